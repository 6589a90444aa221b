//! A source line by line, through one window of fixed size.

use std::io::{self, BufRead, ErrorKind, Read};

/// How much of the source is held at once. A longer line comes in pieces.
const WINDOW: usize = 128 * 1024;

/// Lines of a source, one at a time; nothing is copied but what stands across the edge of the window.
pub(super) struct Lines<R> {
    source: R,
    window: Vec<u8>,
    start: usize,
    end: usize,
    /// How far from `start` no line end stands.
    searched: usize,
    /// Whether `start` is at the beginning of a line.
    fresh: bool,
    ended: bool,
    /// The number of the line at `start`, from 1.
    pub(super) number: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, window: vec![0; WINDOW], start: 0, end: 0, searched: 0, fresh: true, ended: false, number: 1 }
    }

    /// The line here with its end, or as much of it as the window holds; empty at the end of the source.
    pub(super) fn line(&mut self) -> io::Result<&[u8]> {
        let length = self.length_from(0)?;
        self.searched = length.saturating_sub(1);
        Ok(&self.window[self.start..self.start + length])
    }

    /// The line after the one here, or its beginning when the window ends before; does not move.
    pub(super) fn after(&mut self) -> io::Result<&[u8]> {
        let here = self.line()?.len();
        let length = self.length_from(here)?;
        Ok(&self.window[self.start + here..self.start + here + length])
    }

    /// Whether what [`line`](Self::line) gives begins a line and is not the rest of a long one.
    pub(super) fn fresh(&self) -> bool {
        self.fresh
    }

    /// Goes past a number of bytes that [`line`](Self::line) gave.
    pub(super) fn pass(&mut self, length: usize) {
        let length = length.min(self.end - self.start);
        if length > 0 {
            self.fresh = self.window[self.start + length - 1] == b'\n';
            self.number += u64::from(self.fresh);
            self.start += length;
            self.searched = 0;
        }
    }

    /// How long the line is that begins `from` bytes after here.
    fn length_from(&mut self, from: usize) -> io::Result<usize> {
        let mut searched = if from == 0 { self.searched } else { 0 };
        loop {
            let mut rest = &self.window[self.start + from + searched..self.end];
            searched += rest.skip_until(b'\n')?;
            if searched > 0 && self.window[self.start + from + searched - 1] == b'\n' || !self.fill()? {
                return Ok(searched);
            }
        }
    }

    /// Reads more; false when the source has ended or the window is full.
    fn fill(&mut self) -> io::Result<bool> {
        if self.end == self.window.len() && self.start > 0 {
            self.window.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        while !self.ended && self.end < self.window.len() {
            match self.source.read(&mut self.window[self.end..]) {
                Ok(count) => {
                    self.ended = count == 0;
                    self.end += count;
                    return Ok(count > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(false)
    }
}
