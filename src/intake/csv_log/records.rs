//! Bytes → records, with the line each begins on; blank ones are passed by.

use std::fmt;
use std::io::{self, Chain, Cursor, Read};

use csv::{ByteRecord, ReaderBuilder, Terminator};

use crate::domain::text::Text;
use crate::intake::records::RecordError;
use crate::intake::tables::Rationed;
use crate::text;

use super::header::separator;

/// How far the end of the header line is looked for.
const LONGEST_HEADER: usize = 64 * 1024;

/// Put behind the source: it ends the last line when nobody did, and when it comes out as anything but
/// a record of its own, a quote was never closed and has swallowed the rest of the file.
const END: &[u8] = b"\n\0the end of the log\0";

/// More bytes than this in one row are no row: memory stays bounded, whatever comes in.
const LONGEST_ROW: usize = 4 * 1024 * 1024;

/// The bytes already looked at, the rest, and [`END`].
type Source<R> = Rationed<Chain<Chain<Cursor<Vec<u8>>, R>, &'static [u8]>>;

/// Reads records, one at a time into the same place.
pub(super) struct Records<R> {
    csv: csv::Reader<Source<R>>,
    /// The record read last.
    pub(super) record: ByteRecord,
    done: bool,
}

impl<R: Read> Records<R> {
    /// Looks at the first line for the separator.
    pub(super) fn new(mut source: R) -> Result<Self, RecordError> {
        let head = head(&mut source).map_err(|error| fatal(1, unreadable(&error)))?;
        check_encoding(&head).map_err(|reason| fatal(1, reason))?;
        let csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator(first_line(&head)))
            // a carriage return before it is trimmed off with the spaces, and lines are counted rightly
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(128 * 1024)
            .from_reader(Rationed { inner: Cursor::new(head).chain(source).chain(END), left: LONGEST_ROW });
        Ok(Self { csv, record: ByteRecord::new(), done: false })
    }

    /// Reads the next record that is not blank and says its line; `None` at the end. Every error is fatal.
    pub(super) fn advance(&mut self) -> Result<Option<u64>, RecordError> {
        while !self.done {
            self.csv.get_mut().left = LONGEST_ROW;
            let begun = self.csv.position().line();
            let read = self.csv.read_byte_record(&mut self.record);
            self.done = !matches!(read, Ok(true)) || self.record.as_slice().ends_with(&END[1..]);
            match read {
                Err(error) if too_long(&error) => return Err(fatal(begun, endless())),
                Err(error) => return Err(fatal(self.csv.position().line(), unreadable(&error))),
                Ok(true) if self.done && self.record.as_slice() != &END[1..] => return Err(fatal(self.line() + 1, unclosed())),
                Ok(true) if !self.done && !self.blank() => return Ok(Some(self.line())),
                Ok(_) => {}
            }
        }
        Ok(None)
    }

    fn blank(&self) -> bool {
        self.record.iter().all(|field| field.trim_ascii().is_empty())
    }

    /// The line the record begins on. A record ends in a line end, so it is the line after it, less one,
    /// less the line ends inside its quotes. (The position csv gives lies before the blank lines above it.)
    fn line(&self) -> u64 {
        let inside = self.record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
        self.csv.position().line().saturating_sub(inside + 1)
    }
}

/// The beginning of the source, with the whole first line if it is not outlandishly long.
fn head(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = vec![0; LONGEST_HEADER];
    let mut filled = 0;
    while filled < LONGEST_HEADER && !head[..filled].trim_ascii_start().contains(&b'\n') {
        match source.read(&mut head[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    head.truncate(filled);
    Ok(head)
}

fn first_line(head: &[u8]) -> &[u8] {
    head.trim_ascii_start().split(|&byte| byte == b'\n').next().unwrap_or_default()
}

/// Refuses UTF-16 and line ends of old Macintoshes.
fn check_encoding(head: &[u8]) -> Result<(), Text> {
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) || first_line(head).contains(&0) {
        return Err(text!(
            "this is not UTF-8 text; save the file as `CSV UTF-8`",
            "dit is geen UTF-8-tekst; sla het bestand op als `CSV UTF-8`"
        ));
    }
    // A slow pipe gives no more than the header line: its end says how lines end here, though nothing follows yet.
    if head.trim_ascii().contains(&b'\r') && !head.trim_ascii_start().contains(&b'\n') {
        return Err(text!(
            "the lines end in a way that only old Macs use; save the file as `CSV UTF-8`",
            "de regels eindigen zoals alleen oude Macs dat doen; sla het bestand op als `CSV UTF-8`"
        ));
    }
    Ok(())
}

/// An error after which nothing can be read.
pub(super) fn fatal(line: u64, reason: Text) -> RecordError {
    RecordError { line, reason, fatal: true }
}

fn unclosed() -> Text {
    text!(
        "a double quote in this row is never closed, and all that follows would be part of it",
        "een dubbel aanhalingsteken in deze rij wordt nooit gesloten; alles wat volgt zou erbij horen"
    )
}

fn too_long(error: &csv::Error) -> bool {
    matches!(error.kind(), csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge)
}

fn endless() -> Text {
    text!(
        "this row has no end within 4 MB; is a double quote in it not closed?",
        "deze rij heeft binnen 4 MB geen einde; is een dubbel aanhalingsteken erin niet gesloten?"
    )
}

fn unreadable(error: &dyn fmt::Display) -> Text {
    text!("cannot read on: {error}", "kan niet verder lezen: {error}")
}
