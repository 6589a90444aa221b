//! A table of any kind as records.

use std::collections::VecDeque;
use std::io::Read;

use chrono::TimeZone;

use super::amounts::decimal_sign;
use super::layout::Layout;
use super::lines::{Lines, Row, Rows, fatal};
use super::profile::{Profile, Target};
use super::row::RowReader;
use crate::domain::text::Text;
use crate::intake::records::{Record, RecordError, Records};
use crate::text;

/// In so many rows the header is looked for: programs like to put a title above it.
const HEADER_WITHIN: usize = 20;

/// A table that is read by a profile, row by row.
pub struct Table<'a, Tz> {
    rows: Box<dyn Rows + 'a>,
    reader: RowReader<'a, Tz>,
    ready: VecDeque<Record>,
    over: bool,
}

impl<'a, Tz: TimeZone> Table<'a, Tz> {
    /// Opens a CSV file. Dates without an offset are in `zone`, unless the profile says UTC.
    ///
    /// # Errors
    /// When the source cannot be read or has not the columns the profile needs; always fatal.
    pub fn open(source: impl Read + 'a, profile: &'a Profile, zone: Tz) -> Result<Self, RecordError> {
        let lines = Lines::new(source, profile.encoding, profile.delimiter)?;
        let sample = lines.sample.clone();
        Self::of_rows(Box::new(lines), &sample, profile, zone)
    }

    /// From rows, and the first of them to learn from.
    pub(super) fn of_rows(mut rows: Box<dyn Rows + 'a>, sample: &[Row], profile: &'a Profile, zone: Tz) -> Result<Self, RecordError> {
        let layout = find_header(rows.as_mut(), profile)?;
        let amounts = sample.iter().flat_map(|row| layout.parts(&row.fields, Target::Amount).0);
        let decimal = decimal_sign(amounts);
        Ok(Self { rows, reader: RowReader::new(profile, layout, zone, decimal), ready: VecDeque::new(), over: false })
    }
}

/// Reads on to the row that names the columns.
fn find_header(rows: &mut dyn Rows, profile: &Profile) -> Result<Layout, RecordError> {
    let mut wrong: Option<(usize, RecordError)> = None;
    for _ in 0..HEADER_WITHIN {
        let Some(row) = rows.next() else { break };
        let row = row?;
        let known = profile.names().iter().filter(|name| row.fields.iter().any(|field| super::profile::same_column(field, name))).count();
        match Layout::new(profile, row.fields) {
            Ok(layout) => return Ok(layout),
            // the row most like a header is the one to complain of; of equals the first
            Err(reason) if wrong.as_ref().is_none_or(|(most, _)| known > *most) => wrong = Some((known, fatal(row.line, reason))),
            Err(_) => {}
        }
    }
    Err(wrong.map_or_else(|| fatal(1, empty()), |(_, error)| error))
}

impl<Tz: TimeZone> Records for Table<'_, Tz> {
    fn next(&mut self) -> Option<Result<Record, RecordError>> {
        loop {
            if let Some(record) = self.ready.pop_front() {
                return Some(Ok(record));
            }
            if self.over {
                return None;
            }
            match self.rows.next() {
                None => self.over = true,
                Some(Err(error)) => {
                    self.over = true;
                    return Some(Err(error));
                }
                Some(Ok(row)) => match self.reader.read(row.line, &row.fields) {
                    Ok(records) => self.ready.extend(records),
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }
}

fn empty() -> Text {
    text!("the file is empty; its first line must name the columns", "het bestand is leeg; de eerste regel moet de kolommen noemen")
}
