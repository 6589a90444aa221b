//! Bytes of a CSV file → rows of text.

use std::io::{self, Chain, Read};

use csv::{ByteRecord, ReaderBuilder, Terminator};
use encoding_rs::Encoding;

use super::bytes::{Decoded, Either, Peeked, Rationed, SAMPLE, encoding_of, peek, text_of};
use crate::domain::text::Text;
use crate::intake::records::RecordError;
use crate::text;

/// More bytes than this in one row are no row.
const LONGEST_ROW: usize = 4 * 1024 * 1024;

/// More columns than this are no table.
const MOST_COLUMNS: usize = 4096;

/// Put behind the source: it ends the last line, and when it comes out as anything but a record of its
/// own, a quote was never closed and has swallowed the rest of the file.
const END: &[u8] = b"\n\0the end of the table\0";

/// One row: the line it begins on and its fields, trimmed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::intake) struct Row {
    pub(in crate::intake) line: u64,
    pub(in crate::intake) fields: Vec<String>,
}

/// Rows, however they are stored; blank ones are passed by.
pub(super) trait Rows {
    /// The next row; `None` at the end. Every error is fatal.
    fn next(&mut self) -> Option<Result<Row, RecordError>>;
}

type Source<R> = Rationed<Chain<Either<Peeked<R>, Decoded<Peeked<R>>>, &'static [u8]>>;

/// The rows of a CSV file.
pub(super) struct Lines<R> {
    csv: csv::Reader<Source<R>>,
    record: ByteRecord,
    done: bool,
    /// What parts the columns.
    pub(super) delimiter: char,
    /// The character set, `None` when rows are looked at one by one.
    pub(super) encoding: Option<&'static Encoding>,
    /// The first rows, to be told again: what was looked at to know the file.
    pub(super) sample: Vec<Row>,
}

impl<R: Read> Lines<R> {
    /// Looks at the beginning for the character set and the separator, unless they are said.
    pub(super) fn new(source: R, encoding: Option<&'static Encoding>, delimiter: Option<char>) -> Result<Self, RecordError> {
        let (start, source) = peek(source).map_err(|error| fatal(1, unreadable(&error)))?;
        let encoding = encoding_of(&start, encoding);
        let whole = start.len() < SAMPLE;
        let start = match encoding {
            Some(encoding) => encoding.decode(&start).0.into_owned().into_bytes(),
            None => start,
        };
        check_line_ends(&start).map_err(|reason| fatal(1, reason))?;
        let delimiter = delimiter.unwrap_or_else(|| sniff(&start));
        let sample = sample(&start, delimiter, whole);
        let source = match encoding {
            Some(encoding) => Either::Decoded(Decoded::new(source, encoding)),
            None => Either::Plain(source),
        };
        let csv = builder(delimiter).buffer_capacity(64 * 1024).from_reader(Rationed { inner: source.chain(END), left: LONGEST_ROW });
        Ok(Self { csv, record: ByteRecord::new(), done: false, delimiter, encoding, sample })
    }

    fn advance(&mut self) -> Result<Option<Row>, RecordError> {
        while !self.done {
            self.csv.get_mut().left = LONGEST_ROW;
            let begun = self.csv.position().line();
            let read = self.csv.read_byte_record(&mut self.record);
            self.done = !matches!(read, Ok(true)) || self.record.as_slice().ends_with(&END[1..]);
            let line = line_of(&self.csv, &self.record);
            match read {
                Err(error) if too_long(&error) => return Err(fatal(begun, endless())),
                Err(error) => return Err(fatal(begun, unreadable(&error))),
                Ok(true) if self.done && self.record.as_slice() != &END[1..] => return Err(fatal(line + 1, unclosed())),
                Ok(true) if !self.done && self.record.len() > MOST_COLUMNS => return self.stop(line, too_wide()),
                Ok(true) if !self.done => {
                    let row = Row { line, fields: fields(&self.record) };
                    if row.fields.iter().any(|field| !field.is_empty()) {
                        return Ok(Some(row));
                    }
                }
                Ok(_) => {}
            }
        }
        Ok(None)
    }

    fn stop(&mut self, line: u64, reason: Text) -> Result<Option<Row>, RecordError> {
        self.done = true;
        Err(fatal(line, reason))
    }
}

impl<R: Read> Rows for Lines<R> {
    fn next(&mut self) -> Option<Result<Row, RecordError>> {
        self.advance().transpose()
    }
}

fn builder(delimiter: char) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    // a carriage return before a line end is trimmed off with the spaces, and lines are counted rightly
    builder.has_headers(false).flexible(true).delimiter(delimiter as u8).terminator(Terminator::Any(b'\n'));
    builder
}

/// The line a record begins on: the line after it, less one, less the line ends inside its quotes.
fn line_of<R: Read>(csv: &csv::Reader<R>, record: &ByteRecord) -> u64 {
    let inside = record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
    csv.position().line().saturating_sub(inside + 1)
}

fn fields(record: &ByteRecord) -> Vec<String> {
    record.iter().map(|field| text_of(field).trim().trim_start_matches('\u{feff}').to_owned()).collect()
}

/// The rows that lie whole in the beginning of a file.
fn sample(start: &[u8], delimiter: char, whole: bool) -> Vec<Row> {
    let mut csv = builder(delimiter).from_reader(start);
    let (mut record, mut rows) = (ByteRecord::new(), Vec::new());
    while matches!(csv.read_byte_record(&mut record), Ok(true)) {
        let row = Row { line: line_of(&csv, &record), fields: fields(&record) };
        if record.len() <= MOST_COLUMNS && row.fields.iter().any(|field| !field.is_empty()) {
            rows.push(row);
        }
    }
    if !whole {
        rows.pop();
    }
    rows
}

/// The separator the first line with any uses most.
fn sniff(start: &[u8]) -> char {
    let text = start.strip_prefix(b"\xef\xbb\xbf").unwrap_or(start);
    for line in text.split(|&byte| byte == b'\n').take(20) {
        let mut quoted = false;
        let mut counts = [(',', 0), (';', 0), ('\t', 0), ('|', 0)];
        for &byte in line {
            quoted ^= byte == b'"';
            counts.iter_mut().filter(|(sign, _)| !quoted && *sign as u8 == byte).for_each(|(_, count)| *count += 1);
        }
        // of equals the first one wins, so they are looked at from behind
        if let Some((sign, _)) = counts.into_iter().rev().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count) {
            return sign;
        }
    }
    ','
}

/// Refuses line ends of old Macintoshes.
fn check_line_ends(start: &[u8]) -> Result<(), Text> {
    let text = start.trim_ascii();
    if text.contains(&b'\r') && !text.contains(&b'\n') {
        return Err(text!(
            "the lines end in a way that only old Macs use; save the file as `CSV UTF-8`",
            "de regels eindigen zoals alleen oude Macs dat doen; sla het bestand op als `CSV UTF-8`"
        ));
    }
    Ok(())
}

/// An error after which nothing can be read.
pub(in crate::intake) fn fatal(line: u64, reason: Text) -> RecordError {
    RecordError { line, reason, fatal: true }
}

fn too_long(error: &csv::Error) -> bool {
    matches!(error.kind(), csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge)
}

fn unclosed() -> Text {
    text!(
        "a double quote in this row is never closed, and all that follows would be part of it",
        "een dubbel aanhalingsteken in deze rij wordt nooit gesloten; alles wat volgt zou erbij horen"
    )
}

fn too_wide() -> Text {
    text!("this row has more than {MOST_COLUMNS} columns", "deze rij heeft meer dan {MOST_COLUMNS} kolommen")
}

fn endless() -> Text {
    text!(
        "this row has no end within 4 MB; is a double quote in it not closed?",
        "deze rij heeft binnen 4 MB geen einde; is een dubbel aanhalingsteken erin niet gesloten?"
    )
}

pub(in crate::intake) fn unreadable(error: &dyn std::fmt::Display) -> Text {
    text!("cannot read on: {error}", "kan niet verder lezen: {error}")
}
