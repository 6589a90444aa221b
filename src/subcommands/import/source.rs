//! Opening files: unpacked, with their beginning looked at, and a bar that moves as they are read.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use anyhow::Result;
use flate2::read::MultiGzDecoder;
use indicatif::ProgressBar;

use crate::domain::problem::Problem;
use crate::intake::kinds::{ENOUGH, GZIP};
use crate::subcommands::context::Context;
use crate::subcommands::files::{self, nameless};
use crate::subcommands::output::unreadable;
use crate::subcommands::workspace::progress;
use crate::text;

/// More bytes than this are not copied to be read twice.
const MOST_COPIED: u64 = 1024 * 1024 * 1024;

/// Bytes that can be read again from the start.
pub trait ReadSeek: Read + Seek + Send {}
impl<T: Read + Seek + Send> ReadSeek for T {}

/// The beginning of a source, unpacked, and all of it, unpacked, from the start.
///
/// # Errors
/// When it cannot be read.
pub fn peek(mut source: Box<dyn Read + Send>) -> io::Result<(Vec<u8>, Box<dyn Read + Send>)> {
    let packed = beginning(&mut source, GZIP.len())?;
    let whole = Cursor::new(packed.clone()).chain(source);
    if packed != GZIP {
        let mut whole: Box<dyn Read + Send> = Box::new(whole);
        let head = beginning(&mut whole, ENOUGH)?;
        return Ok((head.clone(), Box::new(Cursor::new(head).chain(whole))));
    }
    let mut unpacked: Box<dyn Read + Send> = Box::new(MultiGzDecoder::new(whole));
    let head = beginning(&mut unpacked, ENOUGH)?;
    Ok((head.clone(), Box::new(Cursor::new(head).chain(unpacked))))
}

fn beginning(source: &mut impl Read, length: usize) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(length);
    source.take(length as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// A file that moves a progress bar as it is read.
pub struct Counted<R> {
    inner: R,
    bar: ProgressBar,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.bar.inc(n as u64);
        Ok(n)
    }
}

/// An opened source.
pub struct Opened {
    /// How it begins, unpacked.
    pub head: Vec<u8>,
    /// All of it, unpacked.
    pub all: Box<dyn Read + Send>,
    /// Moves as it is read; to be taken away at the end.
    pub bar: ProgressBar,
}

/// Whether something can be read only once, from front to end: standard input, a pipe.
pub fn is_stream(path: &Path) -> bool {
    path == Path::new("-") || std::fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir())
}

/// Opens a file at a place, or standard input for `-`.
///
/// # Errors
/// When it cannot be read.
pub fn open(context: &Context, path: &Path, from: u64) -> Result<Opened> {
    let wrong = |err: io::Error| unreadable(path, &err);
    if path == Path::new("-") {
        let (head, all) = peek(Box::new(io::stdin())).map_err(wrong)?;
        return Ok(Opened { head, all, bar: ProgressBar::hidden() });
    }
    let mut file = files::open(path).map_err(wrong)?;
    let meta = file.metadata().map_err(wrong)?;
    if meta.is_dir() {
        return Err(unreadable(path, &io::Error::from(io::ErrorKind::IsADirectory)).into());
    }
    if from > 0 {
        file.seek(SeekFrom::Start(from)).map_err(wrong)?;
    }
    let bar = progress(context, meta.len().saturating_sub(from), &text!("importing", "importeren"));
    let (head, all) = peek(Box::new(Counted { inner: file, bar: bar.clone() })).map_err(wrong)?;
    Ok(Opened { head, all, bar })
}

fn too_much(path: &Path) -> Problem {
    let shown = path.display();
    Problem::input(text!("{shown} is too large", "{shown} is te groot"))
        .why(text!("unpacked it is more than 1 GB", "uitgepakt is het meer dan 1 GB"))
        .todo(text!("if it is right, unpack it first and import that", "als het klopt: pak het eerst uit en importeer dat"))
}

/// The same as something that can be read twice: the file itself, or a copy that is gone when the
/// program ends.
///
/// # Errors
/// When it cannot be read, or the copy cannot be written.
pub fn seekable(path: &Path, mut opened: Opened) -> Result<(Box<dyn ReadSeek>, ProgressBar)> {
    if !is_stream(path) {
        let mut file = files::open(path).map_err(|err| unreadable(path, &err))?;
        if beginning(&mut file, GZIP.len()).is_ok_and(|head| head != GZIP) {
            file.seek(SeekFrom::Start(0))?;
            return Ok((Box::new(BufReader::new(file)), opened.bar));
        }
    }
    let copied = copy(&mut opened.all, MOST_COPIED).map_err(|err| unreadable(path, &err))?;
    Ok((Box::new(BufReader::new(copied.ok_or_else(|| too_much(path))?)), opened.bar))
}

/// A copy that has no name and is gone when the program ends; `None` when there are more bytes than `most`.
fn copy(source: &mut impl Read, most: u64) -> io::Result<Option<File>> {
    let mut copy = nameless()?;
    let copied = io::copy(&mut source.take(most + 1), &mut copy)?;
    copy.seek(SeekFrom::Start(0))?;
    Ok((copied <= most).then_some(copy))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_holds_all_or_is_none() {
        for (most, whole) in [(4, false), (5, true), (6, true)] {
            let copy = copy(&mut &b"abcde"[..], most).unwrap();
            assert_eq!(copy.map(|mut copy| beginning(&mut copy, 10).unwrap()), whole.then(|| b"abcde".to_vec()), "{most}");
        }
        // what never ends does not fill the disk
        assert!(copy(&mut io::repeat(b' '), 1 << 20).unwrap().is_none());
    }
}
