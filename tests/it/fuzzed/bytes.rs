//! Bytes as a source of choices, and as a source that gives itself in small pieces.

use std::io::{self, Read};

/// Bytes that are choices: each asks for the next of them, and when there are no more all are the first.
pub struct Choices<'a>(&'a [u8]);

impl<'a> Choices<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// A number below `limit`, which is not 0.
    pub fn below(&mut self, limit: usize) -> usize {
        let wide = usize::from(self.byte());
        let wide = if limit > 256 { wide << 8 | usize::from(self.byte()) } else { wide };
        wide % limit
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == times - 1
    }

    pub fn one_of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.below(all.len())]
    }

    pub fn i64(&mut self) -> i64 {
        i64::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    pub fn u32(&mut self) -> u32 {
        u32::from_le_bytes(std::array::from_fn(|_| self.byte()))
    }

    /// Any number with a point at all: also infinite ones, and what is no number.
    pub fn f64(&mut self) -> f64 {
        f64::from_bits(self.i64() as u64)
    }

    /// At most so many bytes as text.
    pub fn text(&mut self, most: usize) -> String {
        let length = self.below(most + 1).min(self.0.len());
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        String::from_utf8_lossy(taken).into_owned()
    }

    /// What is left.
    pub fn rest(self) -> &'a [u8] {
        self.0
    }
}

/// A source that gives one to seven bytes at a time, as a slow pipe does.
pub struct InPieces<'a> {
    left: &'a [u8],
    size: usize,
}

impl<'a> InPieces<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { left: bytes, size: 0 }
    }
}

impl Read for InPieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.size = self.size % 7 + 1;
        let length = self.size.min(buffer.len()).min(self.left.len());
        let (now, later) = self.left.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.left = later;
        Ok(length)
    }
}
