//! Bytes → unfolded lines (RFC 5545 §3.1).

use std::io::{self, BufRead, BufReader, Read};

/// More bytes than this of one line are passed by.
pub(super) const LONGEST_LINE: usize = 256 * 1024;

/// A line with its continuations put behind it.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// The line of the file it begins on, from 1.
    pub(super) number: u64,
    /// Without its line end.
    pub(super) bytes: Vec<u8>,
    /// Whether it was longer than [`LONGEST_LINE`].
    pub(super) cut: bool,
}

/// Reads unfolded lines. Folding goes by bytes: a fold may lie inside a letter.
pub(super) struct Lines<R> {
    source: BufReader<R>,
    read: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source: BufReader::with_capacity(64 * 1024, source), read: 0 }
    }

    /// The source as it was given.
    pub(super) fn into_source(self) -> R {
        self.source.into_inner()
    }

    /// How many lines were read.
    pub(super) fn count(&self) -> u64 {
        self.read
    }

    /// The next line; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line { number: self.read + 1, ..Line::default() };
        if !self.add(&mut line)? {
            return Ok(None);
        }
        while matches!(self.peek()?, Some(b' ' | b'\t')) {
            self.source.consume(1);
            self.add(&mut line)?;
        }
        if line.number == 1 && line.bytes.starts_with("\u{feff}".as_bytes()) {
            line.bytes.drain(..3);
        }
        Ok(Some(line))
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.filled()?.first().copied())
    }

    fn filled(&mut self) -> io::Result<&[u8]> {
        // asked twice, so that an interruption does not hold on to the buffer
        while let Err(error) = self.source.fill_buf() {
            if error.kind() != io::ErrorKind::Interrupted {
                return Err(error);
            }
        }
        self.source.fill_buf()
    }

    /// Adds the bytes up to the next line end; false when there are none left.
    fn add(&mut self, line: &mut Line) -> io::Result<bool> {
        let mut any = false;
        loop {
            let piece = self.filled()?;
            if piece.is_empty() {
                self.read += u64::from(any);
                break;
            }
            any = true;
            let end = piece.iter().position(|&byte| byte == b'\n');
            let wanted = &piece[..end.unwrap_or(piece.len())];
            let room = LONGEST_LINE.saturating_sub(line.bytes.len());
            line.cut |= wanted.len() > room;
            line.bytes.extend_from_slice(&wanted[..wanted.len().min(room)]);
            let used = wanted.len() + usize::from(end.is_some());
            self.source.consume(used);
            if end.is_some() {
                self.read += 1;
                break;
            }
        }
        if line.bytes.last() == Some(&b'\r') {
            line.bytes.pop();
        }
        Ok(any)
    }
}
