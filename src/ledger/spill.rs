//! Sorting more than memory should hold: records of whole numbers go to a file without a name in sorted
//! stretches, and come back in one order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Result;
use rusqlite::Connection;

use super::trouble::no_room;

/// So much of a stretch is read at once when few are merged, in bytes; all of them together get
/// [`MERGING`] at most.
const READ: usize = 64 * 1024;
const MERGING: usize = 8 * 1024 * 1024;

/// A file without a name, that is gone when it is closed: beside the log, where there is room for the
/// log too, or where the system keeps such files when that folder cannot be written.
#[derive(Debug)]
pub struct Scratch {
    file: File,
    folder: PathBuf,
    length: u64,
}

impl Scratch {
    /// An empty one, in this folder if it can be.
    pub fn new(folder: Option<&Path>) -> Result<Self> {
        if let Some(folder) = folder
            && let Ok(file) = tempfile::tempfile_in(folder)
        {
            return Ok(Self { file, folder: folder.to_owned(), length: 0 });
        }
        let folder = std::env::temp_dir();
        let file = tempfile::tempfile_in(&folder).map_err(|err| no_room(&folder, &err))?;
        Ok(Self { file, folder, length: 0 })
    }

    /// Adds records at the end, and gives the place in bytes where they begin.
    pub fn write<const N: usize>(&mut self, records: &[[u64; N]]) -> Result<u64> {
        let begin = self.length;
        let mut out = || -> io::Result<()> {
            self.file.seek(SeekFrom::Start(begin))?;
            let mut bytes = Vec::with_capacity(READ);
            for piece in records.chunks(READ / (8 * N)) {
                bytes.clear();
                piece.iter().flatten().for_each(|word| bytes.extend(word.to_le_bytes()));
                self.file.write_all(&bytes)?;
            }
            Ok(())
        };
        out().map_err(|err| no_room(&self.folder, &err))?;
        self.length += (records.len() * 8 * N) as u64;
        Ok(begin)
    }

    /// Reads so many records from a place in bytes on into `into`, which is emptied first.
    pub fn read<const N: usize>(&mut self, from: u64, count: usize, into: &mut Vec<[u64; N]>) -> Result<()> {
        let mut bytes = vec![0; count * 8 * N];
        let mut fill = || -> io::Result<()> {
            self.file.seek(SeekFrom::Start(from))?;
            self.file.read_exact(&mut bytes)
        };
        fill().map_err(|err| no_room(&self.folder, &err))?;
        into.clear();
        let mut words = bytes.as_chunks::<8>().0.iter().map(|word| u64::from_le_bytes(*word));
        into.extend((0..count).map(|_| std::array::from_fn(|_| words.next().unwrap_or_default())));
        Ok(())
    }
}

/// Takes records in any order and gives them in theirs, holding a bounded number in memory.
#[derive(Debug)]
pub struct Sorter<const N: usize> {
    held: Vec<[u64; N]>,
    most: usize,
    folder: Option<PathBuf>,
    scratch: Option<Scratch>,
    /// Where each sorted stretch begins, and how many records it has.
    runs: Vec<(u64, usize)>,
}

impl<const N: usize> Sorter<N> {
    /// One that holds so many bytes in memory; what is more goes to a file beside the log that is open.
    pub fn new(db: &Connection, bytes: usize) -> Self {
        let most = (bytes / (8 * N)).max(1);
        Self { held: Vec::with_capacity(most), most, folder: folder_of(db), scratch: None, runs: Vec::new() }
    }

    /// One that nothing was given to.
    pub fn nothing() -> Self {
        Self { held: Vec::new(), most: 1, folder: None, scratch: None, runs: Vec::new() }
    }

    /// Takes a record.
    pub fn push(&mut self, record: [u64; N]) -> Result<()> {
        if self.held.len() >= self.most {
            self.spill()?;
        }
        self.held.push(record);
        Ok(())
    }

    fn spill(&mut self) -> Result<()> {
        self.held.sort_unstable();
        let scratch = match &mut self.scratch {
            Some(scratch) => scratch,
            none => none.insert(Scratch::new(self.folder.as_deref())?),
        };
        let begin = scratch.write(&self.held)?;
        self.runs.push((begin, self.held.len()));
        self.held.clear();
        Ok(())
    }

    /// All records, from the least on.
    pub fn sorted(mut self) -> Result<Sorted<N>> {
        if self.scratch.is_some() && !self.held.is_empty() {
            self.spill()?;
        }
        self.held.sort_unstable();
        let at_once = (MERGING / self.runs.len().max(1)).clamp(4096, READ) / (8 * N);
        let Some(scratch) = self.scratch else {
            return Ok(Sorted { first: self.held.into_iter(), scratch: None, runs: Vec::new(), least: BinaryHeap::new(), at_once });
        };
        drop(self.held);
        let runs = self.runs.into_iter().map(|(from, left)| Run { from, left, read: Vec::new(), next: 0 }).collect();
        let mut sorted = Sorted { first: Vec::new().into_iter(), scratch: Some(scratch), runs, least: BinaryHeap::new(), at_once };
        for run in 0..sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }
}

/// The records of a [`Sorter`] in their order.
#[derive(Debug)]
pub struct Sorted<const N: usize> {
    /// All of them, when memory could hold them.
    first: std::vec::IntoIter<[u64; N]>,
    scratch: Option<Scratch>,
    runs: Vec<Run<N>>,
    /// The next record of every stretch that has one.
    least: BinaryHeap<Reverse<([u64; N], usize)>>,
    at_once: usize,
}

/// A sorted stretch that is being read.
#[derive(Debug)]
struct Run<const N: usize> {
    from: u64,
    left: usize,
    read: Vec<[u64; N]>,
    next: usize,
}

impl<const N: usize> Sorted<N> {
    /// The next record.
    pub fn next(&mut self) -> Result<Option<[u64; N]>> {
        let Some(Reverse((record, run))) = self.least.pop() else { return Ok(self.first.next()) };
        self.advance(run)?;
        Ok(Some(record))
    }

    /// Puts the next record of a stretch among the candidates.
    fn advance(&mut self, at: usize) -> Result<()> {
        let (run, Some(scratch)) = (&mut self.runs[at], &mut self.scratch) else { return Ok(()) };
        if run.next == run.read.len() && run.left > 0 {
            let count = run.left.min(self.at_once);
            scratch.read(run.from, count, &mut run.read)?;
            (run.from, run.left, run.next) = (run.from + (count * 8 * N) as u64, run.left - count, 0);
        }
        if let Some(record) = run.read.get(run.next) {
            self.least.push(Reverse((*record, at)));
            run.next += 1;
        }
        Ok(())
    }
}

/// The folder of the log that is open; `None` for one in memory.
pub fn folder_of(db: &Connection) -> Option<PathBuf> {
    let folder = Path::new(db.path()?).parent()?;
    (!folder.as_os_str().is_empty()).then(|| folder.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that jump about, the same every time.
    fn scattered(count: u64) -> Vec<[u64; 3]> {
        (0..count).map(|n| [n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 50, n % 7, n]).collect()
    }

    #[test]
    fn records_come_back_in_order_whether_memory_holds_them_or_not() {
        let folder = tempfile::tempdir().unwrap();
        let db = Connection::open(folder.path().join("log.db")).unwrap();
        for (count, bytes) in [(0, 4096), (1, 4096), (1000, 1 << 20), (1000, 24), (1000, 240), (100_000, 240_000), (100_000, 1 << 20)] {
            let mut sorter = Sorter::new(&db, bytes);
            scattered(count).into_iter().for_each(|record| sorter.push(record).unwrap());
            let mut sorted = sorter.sorted().unwrap();
            let mut got = Vec::new();
            while let Some(record) = sorted.next().unwrap() {
                got.push(record);
            }
            let mut wanted = scattered(count);
            wanted.sort_unstable();
            assert!(got == wanted, "{count} records in {bytes} bytes");
        }
        let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert!(left.iter().all(|name| name.to_string_lossy().starts_with("log.db")), "a file without a name stays behind: {left:?}");
    }

    #[test]
    fn a_folder_that_cannot_be_written_is_passed_by() {
        let mut scratch = Scratch::new(Some(Path::new("/nowhere/at/all"))).unwrap();
        assert_eq!(scratch.write(&[[1, 2], [3, 4]]).unwrap(), 0);
        assert_eq!(scratch.write(&[[5, 6]]).unwrap(), 32);
        let mut read = Vec::new();
        scratch.read::<2>(16, 2, &mut read).unwrap();
        assert_eq!(read, [[3, 4], [5, 6]]);
    }
}
