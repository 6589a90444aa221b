//! The beginning of a table, to know it by.

use std::io::Read;

use super::lines::{Lines, Row};
use crate::intake::records::RecordError;

/// What the beginning of a table shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What parts the columns; a comma for a spreadsheet.
    pub delimiter: char,
    /// The name of the character set, such as `UTF-16LE`; empty when rows are UTF-8 or windows-1252.
    pub encoding: &'static str,
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows below it, as many as were looked at.
    pub rows: Vec<Vec<String>>,
}

/// Looks at the beginning of a CSV file.
///
/// # Errors
/// When the source cannot be read; always fatal.
pub fn head(source: impl Read) -> Result<Head, RecordError> {
    let lines = Lines::new(source, None, None)?;
    let encoding = lines.encoding.map_or("", encoding_rs::Encoding::name);
    Ok(of_rows(lines.delimiter, encoding, lines.sample))
}

/// The header is the first row that is as wide as most of the rows below it, or nearly so.
pub(super) fn of_rows(delimiter: char, encoding: &'static str, sample: Vec<Row>) -> Head {
    let filled = |row: &Row| row.fields.iter().filter(|field| !field.is_empty()).count();
    let widest = sample.iter().take(50).map(filled).max().unwrap_or_default();
    let at = sample.iter().take(20).position(|row| filled(row) * 2 > widest && filled(row) > usize::from(widest > 1)).unwrap_or_default();
    let mut rows = sample.into_iter().skip(at).map(|row| row.fields);
    Head { delimiter, encoding, header: rows.next().unwrap_or_default(), rows: rows.collect() }
}
