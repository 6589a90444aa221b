//! A source that counts its lines and gives only so many bytes to one piece of markup.

use std::io::{self, BufRead, BufReader, Read};

/// More bytes than this in one tag or one text are no event log.
const LONGEST_PIECE: usize = 4 * 1024 * 1024;

/// Reads on, counting.
pub(super) struct Counted<R> {
    inner: BufReader<R>,
    /// The line the next byte is on, from 1.
    pub(super) line: u64,
    left: usize,
}

impl<R: Read> Counted<R> {
    pub(super) fn new(inner: R) -> Self {
        Self { inner: BufReader::new(inner), line: 1, left: LONGEST_PIECE }
    }

    /// A new piece begins.
    pub(super) fn renew(&mut self) {
        self.left = LONGEST_PIECE;
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.read(buffer)?;
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, count: usize) {
        let gone = &self.inner.buffer()[..count.min(self.inner.buffer().len())];
        self.line += gone.iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.left = self.left.saturating_sub(count);
        self.inner.consume(count);
    }
}
