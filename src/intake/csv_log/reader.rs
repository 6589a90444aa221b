//! The reader: bytes → rows, with the line each begins on.

use std::fmt;
use std::io::{self, Chain, Cursor, Read};

use chrono::TimeZone;
use csv::{ByteRecord, ReaderBuilder, Terminator};

use crate::domain::text::Text;
use crate::intake::dates::Stamps;
use crate::text;

use super::header::{Layout, separator};
use super::key::row_key;
use super::row::{Fields, LogRow};

/// How far the end of the header line is looked for.
const LONGEST_HEADER: usize = 64 * 1024;

/// What is wrong with one row, or with the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// The line of the file the row begins on, from 1.
    pub line: u64,
    /// What is wrong.
    pub reason: Text,
    /// True when nothing more can be read.
    pub fatal: bool,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.reason)
    }
}

impl std::error::Error for RowError {}

/// The bytes already looked at, the rest, and a last line end for files that lack it.
type Source<R> = Chain<Chain<Cursor<Vec<u8>>, R>, &'static [u8]>;

/// Reads a log row by row; see the module for what it takes.
pub struct Reader<R: Read, Tz: TimeZone> {
    csv: csv::Reader<Source<R>>,
    layout: Layout,
    stamps: Stamps<Tz>,
    record: ByteRecord,
    scratch: Vec<u8>,
    done: bool,
}

impl<R: Read, Tz: TimeZone> Reader<R, Tz> {
    /// Reads the header. Stamps without an offset are in `zone`.
    ///
    /// # Errors
    /// When the header is not right or the source cannot be read; always fatal.
    pub fn new(mut source: R, zone: Tz) -> Result<Self, RowError> {
        let head = head(&mut source).map_err(|error| fatal(1, unreadable(&error)))?;
        check_encoding(&head).map_err(|reason| fatal(1, reason))?;
        let separator = separator(first_line(&head));
        let mut csv = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(separator)
            // a carriage return before it is trimmed off with the spaces, and lines are counted rightly
            .terminator(Terminator::Any(b'\n'))
            .buffer_capacity(128 * 1024)
            .from_reader(Cursor::new(head).chain(source).chain(b"\n".as_slice()));
        let mut record = ByteRecord::new();
        loop {
            match csv.read_byte_record(&mut record) {
                Ok(true) if record.iter().all(|field| field.trim_ascii().is_empty()) => {}
                Ok(true) => break,
                Ok(false) => return Err(fatal(1, empty())),
                Err(error) => return Err(fatal(1, unreadable(&error))),
            }
        }
        let layout = Layout::read(&record).map_err(|reason| fatal(line_of(&csv, &record), reason))?;
        Ok(Self { csv, layout, stamps: Stamps::new(zone), record, scratch: Vec::new(), done: false })
    }

    /// Fills `row` with the next row; `None` at the end. After an error that is not fatal the next row
    /// can be read, and `row` holds nothing of use but its line.
    pub fn next(&mut self, row: &mut LogRow) -> Option<Result<(), RowError>> {
        while !self.done {
            match self.csv.read_byte_record(&mut self.record) {
                Ok(true) => {}
                Ok(false) => self.done = true,
                Err(error) => {
                    self.done = true;
                    return Some(Err(fatal(self.csv.position().line(), unreadable(&error))));
                }
            }
            let fields = Fields { record: &self.record, layout: &self.layout };
            if self.done || fields.blank() {
                continue;
            }
            row.line = line_of(&self.csv, &self.record);
            let filled = fields.fill(&mut self.stamps, row);
            if filled.is_ok() {
                row.key = row_key(&row.customer, &row.touchpoint, &mut self.scratch);
            }
            return Some(filled.map_err(|reason| RowError { line: row.line, reason, fatal: false }));
        }
        None
    }
}

/// The line a record that was just read begins on. Every record ends in a line end, so it is the line
/// after it, less one, less the line ends inside its quotes. (The position csv gives a record lies
/// before the blank lines above it.)
fn line_of<S: Read>(csv: &csv::Reader<S>, record: &ByteRecord) -> u64 {
    let inside = record.as_slice().iter().filter(|&&byte| byte == b'\n').count() as u64;
    csv.position().line().saturating_sub(inside + 1).max(1)
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
    let text = head.trim_ascii();
    if text.contains(&b'\r') && !text.contains(&b'\n') {
        return Err(text!(
            "the lines end in bare carriage returns; save the file as `CSV UTF-8`",
            "de regels eindigen op losse carriage returns; sla het bestand op als `CSV UTF-8`"
        ));
    }
    Ok(())
}

fn fatal(line: u64, reason: Text) -> RowError {
    RowError { line, reason, fatal: true }
}

fn empty() -> Text {
    text!(
        "the file is empty; its first line must name the columns: at,customer,channel,…",
        "het bestand is leeg; de eerste regel moet de kolommen noemen: at,customer,channel,…"
    )
}

fn unreadable(error: &dyn fmt::Display) -> Text {
    text!("cannot read on: {error}", "kan niet verder lezen: {error}")
}
