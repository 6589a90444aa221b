//! Bytes → lines of a bounded length, whatever the file is encoded in.

use std::io::{BufRead, BufReader, Error, Read};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};

/// What is kept of one line, in bytes: enough for any note, too little for a photograph.
pub(super) const LONGEST_LINE: usize = 64 * 1024;

/// The lines of a file, ended by LF, CR LF or CR; what is too long of a line is passed over.
pub(super) struct Lines<R: Read> {
    source: BufReader<Utf8<R>>,
    started: bool,
    after_return: bool,
    /// The number of the line given last, from 1.
    pub number: u64,
}

impl<R: Read> Lines<R> {
    pub fn new(source: R) -> Self {
        Self { source: BufReader::new(Utf8::new(source)), started: false, after_return: false, number: 0 }
    }

    /// Fills `line` with the next line, without its end; false when there is none.
    pub fn next(&mut self, line: &mut Vec<u8>) -> Result<bool, Error> {
        line.clear();
        let mut any = false;
        loop {
            let buffer = self.source.fill_buf()?;
            if buffer.is_empty() {
                break;
            }
            if std::mem::take(&mut self.after_return) && buffer[0] == b'\n' {
                self.source.consume(1);
                continue;
            }
            any = true;
            let end = buffer.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
            let part = &buffer[..end.unwrap_or(buffer.len())];
            line.extend_from_slice(&part[..part.len().min(LONGEST_LINE.saturating_sub(line.len()))]);
            self.after_return = end.is_some_and(|end| buffer[end] == b'\r');
            let used = end.map_or(buffer.len(), |end| end + 1);
            self.source.consume(used);
            if end.is_some() {
                break;
            }
        }
        if any {
            self.number += 1;
            self.drop_mark(line);
        }
        Ok(any)
    }

    /// A byte order mark before the first line is no part of it.
    fn drop_mark(&mut self, line: &mut Vec<u8>) {
        if !std::mem::replace(&mut self.started, true) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
    }
}

/// Gives UTF-16 as UTF-8, and anything else as it is.
struct Utf8<R: Read> {
    source: R,
    /// Bytes read and not yet given or decoded.
    ahead: Vec<u8>,
    decoder: Option<Decoder>,
    decoded: Vec<u8>,
    given: usize,
    begun: bool,
    ended: bool,
}

impl<R: Read> Utf8<R> {
    fn new(source: R) -> Self {
        Self { source, ahead: Vec::new(), decoder: None, decoded: Vec::new(), given: 0, begun: false, ended: false }
    }

    /// Looks at the first bytes: a byte order mark, or the zeros of UTF-16 without one.
    fn begin(&mut self) -> Result<(), Error> {
        self.begun = true;
        self.source.by_ref().take(4).read_to_end(&mut self.ahead)?;
        let encoding: Option<&'static Encoding> = match *self.ahead.as_slice() {
            [0xff, 0xfe, ..] => Some(UTF_16LE),
            [0xfe, 0xff, ..] => Some(UTF_16BE),
            [first, 0, ..] if first != 0 => Some(UTF_16LE),
            [0, second, ..] if second != 0 => Some(UTF_16BE),
            _ => None,
        };
        self.decoder = encoding.map(Encoding::new_decoder_with_bom_removal);
        Ok(())
    }

    fn decode(&mut self) -> Result<(), Error> {
        let Some(decoder) = self.decoder.as_mut() else { return Ok(()) };
        (self.given, self.decoded) = (0, Vec::new());
        while self.decoded.is_empty() && !self.ended {
            if self.ahead.is_empty() {
                self.source.by_ref().take(8 * 1024).read_to_end(&mut self.ahead)?;
                self.ended = self.ahead.is_empty();
            }
            let mut text = String::with_capacity(self.ahead.len() * 3 + 16);
            let _ = decoder.decode_to_string(&self.ahead, &mut text, self.ended);
            self.ahead.clear();
            self.decoded = text.into_bytes();
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Error> {
        if !self.begun {
            self.begin()?;
        }
        if self.decoder.is_none() {
            if self.ahead.is_empty() {
                return self.source.read(into);
            }
            let count = self.ahead.len().min(into.len());
            into[..count].copy_from_slice(&self.ahead[..count]);
            self.ahead.drain(..count);
            return Ok(count);
        }
        if self.given == self.decoded.len() {
            self.decode()?;
        }
        let count = (self.decoded.len() - self.given).min(into.len());
        into[..count].copy_from_slice(&self.decoded[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
