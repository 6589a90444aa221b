//! Bytes in any character set → UTF-8, for a reader that knows nothing else.
//!
//! UTF-16 is decoded as a whole. In all else what is UTF-8 goes through as it is, and every other
//! byte is a letter of windows-1252, as Excel writes it: the same text as reading row by row gives,
//! but for a row that mixes both. Plain files are only looked at, in the buffer of who reads.

use std::io::{self, Read};

use encoding_rs::WINDOWS_1252;

use super::bytes::{Decoded, Either, Peeked, encoding_of, peek};

/// The longest beginning of a letter of UTF-8 that may stand at the end of a piece.
const LONGEST_START: usize = 3;

/// A source of bytes as UTF-8; see the module.
///
/// # Errors
/// When the beginning of the source cannot be read.
pub fn legible<R: Read>(source: R) -> io::Result<impl Read + use<R>> {
    let (start, source) = peek(source)?;
    Ok(match encoding_of(&start, None) {
        Some(wide) => Either::Decoded(Decoded::new(source, wide)),
        None => Either::Plain(Patched::<Peeked<R>>::new(source)),
    })
}

/// A source in which bytes that are not UTF-8 become the letters they are in windows-1252.
pub(super) struct Patched<R> {
    source: R,
    /// What was read and is the beginning of a letter.
    open: Vec<u8>,
    /// Text that was patched, and how much of it was given.
    ready: Vec<u8>,
    given: usize,
    done: bool,
}

impl<R: Read> Patched<R> {
    pub(super) fn new(source: R) -> Self {
        Self { source, open: Vec::new(), ready: Vec::new(), given: 0, done: false }
    }

    /// Reads a piece into the buffer and says how much of it is good; the rest becomes ready.
    fn piece(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let begun = self.open.len();
        buffer[..begun].copy_from_slice(&self.open);
        let count = self.source.read(&mut buffer[begun..])?;
        self.open.clear();
        self.ready.clear();
        self.given = 0;
        self.done = count == 0;
        let bytes = &buffer[..begun + count];
        let Err(wrong) = std::str::from_utf8(bytes) else { return Ok(bytes.len()) };
        let good = wrong.valid_up_to();
        self.patch(&bytes[good..]);
        Ok(good)
    }

    /// Makes bytes ready of which the first are not UTF-8. The beginning of a letter at the end waits
    /// for the rest of it, unless there is none.
    fn patch(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            self.ready.extend_from_slice(chunk.valid().as_bytes());
            if chunks.peek().is_none() && !self.done && is_open(chunk.invalid()) {
                self.open.extend_from_slice(chunk.invalid());
            } else {
                self.ready.extend_from_slice(WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0.as_bytes());
            }
        }
    }
}

/// Whether these bytes, with which a piece ends, may be the beginning of a letter.
fn is_open(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|wrong| wrong.error_len().is_none())
}

impl<R: Read> Read for Patched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.given < self.ready.len() {
                let count = (&self.ready[self.given..]).read(buffer)?;
                self.given += count;
                return Ok(count);
            }
            if buffer.is_empty() || self.done {
                return Ok(0);
            }
            let good = if buffer.len() > 2 * LONGEST_START {
                self.piece(buffer)?
            } else {
                // too short to hold a letter and its beginning: through a piece of its own
                let mut small = [0; 64];
                let good = self.piece(&mut small)?;
                self.ready.splice(..0, small[..good].iter().copied());
                0
            };
            if good > 0 {
                return Ok(good);
            }
        }
    }
}
