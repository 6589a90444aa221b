//! Records → rows.

use std::io::Read;

use chrono::TimeZone;

use crate::domain::text::Text;
use crate::intake::dates::Stamps;
use crate::intake::records::RecordError;
use crate::text;

use super::header::Layout;
use super::key::row_key;
use super::records::{Records, fatal};
use super::row::{Fields, LogRow};

/// Reads a log row by row; see the module for what it takes.
pub struct Reader<R: Read, Tz: TimeZone> {
    records: Records<R>,
    layout: Layout,
    stamps: Stamps<Tz>,
    scratch: Vec<u8>,
}

impl<R: Read, Tz: TimeZone> Reader<R, Tz> {
    /// Reads the header. Stamps without an offset are in `zone`.
    ///
    /// # Errors
    /// When the header is not right or the source cannot be read; always fatal.
    pub fn new(source: R, zone: Tz) -> Result<Self, RecordError> {
        let mut records = Records::new(source)?;
        let line = records.advance()?.ok_or_else(|| fatal(1, empty()))?;
        let layout = Layout::read(&records.record).map_err(|reason| fatal(line, reason))?;
        Ok(Self { records, layout, stamps: Stamps::new(zone), scratch: Vec::new() })
    }

    /// Fills `row` with the next row; `None` at the end. After an error that is not fatal the next row
    /// can be read, and `row` holds nothing of use but its line.
    pub fn next(&mut self, row: &mut LogRow) -> Option<Result<(), RecordError>> {
        row.line = match self.records.advance() {
            Ok(line) => line?,
            Err(error) => return Some(Err(error)),
        };
        let filled = Fields { record: &self.records.record, layout: &self.layout }.fill(&mut self.stamps, row);
        if filled.is_ok() {
            row.key = row_key(&row.customer, &row.touchpoint, &mut self.scratch);
        }
        Some(filled.map_err(|reason| RecordError { line: row.line, reason, fatal: false }))
    }
}

fn empty() -> Text {
    text!(
        "the file is empty; its first line must name the columns: at,customer,channel,…",
        "het bestand is leeg; de eerste regel moet de kolommen noemen: at,customer,channel,…"
    )
}
