//! Where the mbox files ended that were read, so that of a file that only grew the rest is read.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use crate::intake::kinds::{FileKind, GZIP};
use crate::intake::records::digest;
use crate::subcommands::files;
use crate::subcommands::import::Input;

/// So many bytes before the end tell whether what was read still stands there.
const TAIL: u64 = 1024;
/// So many bytes after it tell whether a message begins there.
const HEAD: u64 = 64;

/// The ends of mbox files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Ends(Vec<End>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct End {
    length: u64,
    /// A hash of the last bytes.
    tail: String,
    path: String,
}

impl Ends {
    /// The ends as the files are now; those that are packed or cannot be read are left out.
    pub fn of(inputs: &[Input]) -> Self {
        let files = inputs.iter().filter(|input| input.kind == FileKind::Mbox).flat_map(|input| &input.files);
        Self(files.filter_map(|path| end(path).ok().flatten()).collect())
    }

    /// As [`Ends::read`] reads it: a line for each file.
    pub fn written(&self) -> String {
        self.0.iter().map(|end| format!("{} {} {}\n", end.length, end.tail, end.path)).collect()
    }

    /// Reads what was written; what is nothing of the kind is left out.
    pub fn read(written: &str) -> Self {
        let end = |line: &str| {
            let mut parts = line.splitn(3, ' ');
            Some(End { length: parts.next()?.parse().ok()?, tail: parts.next()?.to_owned(), path: parts.next()?.to_owned() })
        };
        Self(written.lines().filter_map(end).collect())
    }

    /// The files that only grew, with the place where the new mail begins.
    pub fn grown(&self) -> HashMap<PathBuf, u64> {
        let grown = self.0.iter().filter(|end| goes_on(end).unwrap_or(false));
        grown.map(|end| (PathBuf::from(&end.path), end.length)).collect()
    }
}

fn end(path: &Path) -> io::Result<Option<End>> {
    let mut file = files::open(path)?;
    let length = file.metadata()?.len();
    let shown = path.to_str().filter(|shown| !shown.contains(['\n', '\r']) && file.metadata().is_ok_and(|meta| meta.is_file()));
    let Some(shown) = shown else { return Ok(None) };
    if piece(&mut file, 0, GZIP.len() as u64)? == GZIP {
        return Ok(None);
    }
    let tail = tail(&mut file, length)?;
    Ok(Some(End { length, tail, path: shown.to_owned() }))
}

/// Whether what was read still ends where it did, and nothing or a new message stands behind it.
fn goes_on(end: &End) -> io::Result<bool> {
    let mut file = files::open(Path::new(&end.path))?;
    if file.metadata()?.len() < end.length || tail(&mut file, end.length)? != end.tail {
        return Ok(false);
    }
    let after = piece(&mut file, end.length, HEAD)?;
    let begins = after.trim_ascii_start();
    Ok(begins.is_empty() || begins.starts_with(b"From "))
}

fn tail(file: &mut File, length: u64) -> io::Result<String> {
    let bytes = piece(file, length.saturating_sub(TAIL), length.min(TAIL))?;
    Ok(digest(&[&bytes]).iter().map(|byte| format!("{byte:02x}")).collect())
}

fn piece(file: &mut File, from: u64, length: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.take(length).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "From a@x.nl Mon Jan  1 12:00:00 2024\nFrom: a@x.nl\n\nHello\n\n";

    fn place_after(before: &str, now: &str) -> Option<u64> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a box");
        std::fs::write(&path, before).unwrap();
        let ends = Ends::of(&[Input { kind: FileKind::Mbox, files: vec![path.clone()], shown: String::new(), found: false }]);
        assert_eq!(Ends::read(&ends.written()), ends);
        std::fs::write(&path, now).unwrap();
        ends.grown().get(&path).copied()
    }

    #[test]
    fn only_a_file_that_grew_by_whole_messages_is_read_on() {
        let end = Some(FIRST.len() as u64);
        for (now, expected) in [
            (FIRST.to_owned(), end),
            (format!("{FIRST}{FIRST}"), end),
            (format!("{FIRST}\n\n{FIRST}"), end),
            (format!("{FIRST}the message goes on\n{FIRST}"), None),
            (format!("{}{FIRST}", FIRST.replace("Hello", "hello")), None),
            (format!("From {FIRST}"), None),
            (String::new(), None),
        ] {
            assert_eq!(place_after(FIRST, &now), expected, "{now}");
        }
        let long = FIRST.repeat(100);
        assert_eq!(place_after(&long, &format!("{long}{FIRST}")), Some(long.len() as u64));
        assert_eq!(place_after(&long, &long[FIRST.len()..]), None, "the first message was deleted");
    }

    #[test]
    fn what_is_packed_or_gone_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("box.gz");
        std::fs::write(&path, [GZIP, b"rest"].concat()).unwrap();
        let input = |path: PathBuf| Input { kind: FileKind::Mbox, files: vec![path], shown: String::new(), found: false };
        assert_eq!(Ends::of(&[input(path), input(folder.path().join("gone")), input("-".into())]), Ends::default());
        assert_eq!(Ends::read("nothing\n12\n12 ab /gone\n").grown(), HashMap::new());
    }
}
