//! The main table as CSV or TSV: stable English headings and raw values.

use std::borrow::Cow;
use std::io::{self, Write};

use super::cell::Cell;
use super::document::{Document, Row, Table};
use super::locale::Look;
use super::sanitize::defused;

/// Writes the main table as CSV; a document without a table gives nothing.
pub fn write_csv(document: &Document, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(table) = document.main_table() else { return Ok(()) };
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(table.columns.iter().map(|column| column.key)).map_err(io_error)?;
    for row in table.rows.iter() {
        writer.write_record(values(table, &row, look)).map_err(io_error)?;
    }
    writer.flush()
}

/// Writes the main table as tab-separated values: a value holds no tab and no line end, so nothing is quoted
/// but what begins with a quote itself. Spreadsheets would take that for a quoted value, which may go on over
/// all lines to come.
pub fn write_tsv(document: &Document, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Some(table) = document.main_table() else { return Ok(()) };
    let keys: Vec<_> = table.columns.iter().map(|column| column.key).collect();
    writeln!(out, "{}", keys.join("\t"))?;
    table.rows.iter().try_for_each(|row| {
        writeln!(out, "{}", values(table, &row, look).iter().map(|value| unquoted(value)).collect::<Vec<_>>().join("\t"))
    })
}

fn unquoted(value: &str) -> Cow<'_, str> {
    if value.starts_with('"') { Cow::Owned(format!("\"{}\"", value.replace('"', "\"\""))) } else { Cow::Borrowed(value) }
}

fn values(table: &Table, row: &Row, look: &Look) -> Vec<String> {
    (0..table.columns.len()).map(|index| row.cells.get(index).map_or_else(String::new, |cell| value(cell, look))).collect()
}

fn value(cell: &Cell, look: &Look) -> String {
    let raw = cell.raw(look.lang);
    if cell.is_wording() { Cow::into_owned(defused(&raw)) } else { raw }
}

/// Keeps the kind of the error, by which a closed pipe is recognised.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
