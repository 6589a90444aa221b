//! Bytes → text: which character set, and how much of it.
//!
//! A byte order mark tells the character set; else the profile; else it is UTF-16 when every second
//! byte is 0, and otherwise a character set of 8 bits, which is looked at row by row: a row that is
//! valid UTF-8 is UTF-8, any other is windows-1252. A stream cannot be looked at as a whole before
//! it is read, and a row of windows-1252 with a letter beyond ASCII is practically never valid UTF-8.

use std::io::{self, BufRead, BufReader, Chain, Cursor, Read};

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a file is looked at to know what it is, in bytes.
pub(super) const SAMPLE: usize = 64 * 1024;

/// The beginning of a source, and the source from its beginning.
pub(in crate::intake) type Peeked<R> = Chain<Cursor<Vec<u8>>, R>;

/// Reads the beginning and puts it back.
pub(in crate::intake) fn peek<R: Read>(mut source: R) -> io::Result<(Vec<u8>, Peeked<R>)> {
    let mut start = Vec::new();
    source.by_ref().take(SAMPLE as u64).read_to_end(&mut start)?;
    Ok((start.clone(), Cursor::new(start).chain(source)))
}

/// The character set, when rows need not be looked at one by one.
pub(in crate::intake) fn encoding_of(start: &[u8], said: Option<&'static Encoding>) -> Option<&'static Encoding> {
    match Encoding::for_bom(start) {
        Some((told, _)) if told != UTF_8 => Some(told),
        Some(_) => None,
        None => said.filter(|said| *said != UTF_8).or_else(|| wide(start)),
    }
}

/// UTF-16 without a mark: letters of ASCII have a 0 beside them.
fn wide(start: &[u8]) -> Option<&'static Encoding> {
    let pairs = &start.as_chunks::<2>().0[..(start.len() / 2).min(512)];
    let zeros = |place: usize| pairs.iter().filter(|pair| pair[place] == 0 && pair[1 - place] != 0).count();
    let most = pairs.len() * 3 / 4;
    match (zeros(1), zeros(0)) {
        _ if pairs.len() < 2 => None,
        (little, 0) if little > most => Some(UTF_16LE),
        (0, big) if big > most => Some(UTF_16BE),
        _ => None,
    }
}

/// The text of a row in a character set of 8 bits.
pub(super) fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// A source in another character set, read as UTF-8. What is not in it becomes `�`.
pub(in crate::intake) struct Decoded<R> {
    source: BufReader<R>,
    decoder: Decoder,
    ready: Vec<u8>,
    given: usize,
    done: bool,
}

impl<R: Read> Decoded<R> {
    pub(in crate::intake) fn new(source: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_with_bom_removal();
        Self { source: BufReader::new(source), decoder, ready: Vec::new(), given: 0, done: false }
    }

    /// Makes at least one byte ready, unless the source is at its end.
    fn fill(&mut self) -> io::Result<()> {
        while self.given == self.ready.len() && !self.done {
            let bytes = self.source.fill_buf()?;
            let last = bytes.is_empty();
            self.ready.resize(bytes.len().max(16) * 3, 0);
            let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, &mut self.ready, last);
            self.ready.truncate(written);
            self.given = 0;
            self.source.consume(read);
            self.done = last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill()?;
        let count = (&self.ready[self.given..]).read(buffer)?;
        self.given += count;
        Ok(count)
    }
}

/// Either of two sources.
pub(in crate::intake) enum Either<A, B> {
    /// As it comes.
    Plain(A),
    /// From another character set.
    Decoded(B),
}

impl<A: Read, B: Read> Read for Either<A, B> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Plain(source) => source.read(buffer),
            Self::Decoded(source) => source.read(buffer),
        }
    }
}

/// A source that gives so many bytes and then refuses, so that no piece of a file can fill the memory.
pub(in crate::intake) struct Rationed<R> {
    pub(in crate::intake) inner: R,
    pub(in crate::intake) left: usize,
}

impl<R: Read> Read for Rationed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let count = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(count);
        Ok(count)
    }
}
