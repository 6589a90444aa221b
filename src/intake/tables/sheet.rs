//! The cells of an Excel file → rows of text, read by the same profiles as CSV.
//!
//! Dates become `2026-06-30T14:30:00`, numbers are written with a point, mistakes of formulas are empty.
//! The first sheet whose columns the profile knows is read; to look at the beginning, the first that
//! is not empty. The cells borrow the opened workbook, so a thread of its own reads them and hands over
//! a row at a time: however long the sheet, what is held are a few rows, beside the table of texts every
//! workbook has.

use std::io::{Read, Seek};
use std::sync::mpsc::{Receiver, sync_channel};

use calamine::{Data, DataRef, ExcelDateTime, Reader, Xlsx};
use chrono::TimeZone;

use super::head::{Head, of_rows};
use super::layout::Layout;
use super::lines::{Row, Rows, fatal};
use super::package;
use super::profile::Profile;
use super::table::Table;
use crate::domain::text::Text;
use crate::intake::records::RecordError;
use crate::text;

/// So many rows are looked at for the header, and to know the file.
const BEGINNING: usize = 500;

/// In so many rows the header is looked for.
const HEADER_WITHIN: usize = 20;

/// More columns than this are not looked at.
const MOST_COLUMNS: u32 = 4096;

/// More text than this in one cell, or in all cells together, is refused; in bytes.
const LONGEST_CELL: usize = 1024 * 1024;
const MOST_TEXT: usize = 200 * 1024 * 1024;

/// So many rows wait to be taken.
const WAITING: usize = 256;

/// Rows as they are read.
struct Handed(Receiver<Result<Row, RecordError>>);

impl Rows for Handed {
    fn next(&mut self) -> Option<Result<Row, RecordError>> {
        self.0.recv().ok()
    }
}

/// Reads a sheet as its rows are taken; stops when nobody takes them any more.
fn hand_over<R: Read + Seek + Send + 'static>(mut book: Xlsx<R>, name: String, sign: Option<char>) -> Handed {
    let (full, taken) = sync_channel(WAITING);
    std::thread::spawn(move || {
        let read = each_row(&mut book, &name, |mut row| {
            if let Some(sign) = sign {
                row.fields.iter_mut().for_each(|field| with_sign(field, sign));
            }
            full.send(Ok(row)).is_ok()
        });
        if let Err(error) = read {
            // Nobody listens any more: then nobody misses it.
            let _ = full.send(Err(error));
        }
    });
    Handed(taken)
}

impl<'a, Tz: TimeZone> Table<'a, Tz> {
    /// Opens an Excel file (`.xlsx`). Lines are the numbers of the rows.
    ///
    /// # Errors
    /// When it cannot be read, is unreasonably large, or no sheet has the columns the profile needs;
    /// always fatal.
    pub fn open_sheet(source: impl Read + Seek + Send + 'static, profile: &'a Profile, zone: Tz) -> Result<Self, RecordError> {
        let mut book = open(source)?;
        let mut chosen = None;
        for name in book.sheet_names() {
            let beginning = rows(&mut book, &name, HEADER_WITHIN)?;
            if beginning.into_iter().any(|row| Layout::new(profile, row.fields).is_ok()) {
                chosen = Some(name);
                break;
            }
        }
        // none fits: the first with anything in it says what is missing
        let name = match chosen {
            Some(name) => name,
            None => first(&mut book)?,
        };
        let sign = profile.decimal.filter(|sign| *sign != '.');
        Self::of_rows(Box::new(hand_over(book, name, sign)), &[], profile, zone)
    }
}

/// Looks at the beginning of an Excel file.
///
/// # Errors
/// When it cannot be read or is unreasonably large; always fatal.
pub fn head_of_sheet(source: impl Read + Seek) -> Result<Head, RecordError> {
    let mut book = open(source)?;
    let name = first(&mut book)?;
    Ok(of_rows(',', "", rows(&mut book, &name, BEGINNING)?))
}

fn open<R: Read + Seek>(mut source: R) -> Result<Xlsx<R>, RecordError> {
    package::check(&mut source).map_err(|reason| fatal(1, reason))?;
    Xlsx::new(source).map_err(|error| fatal(1, unreadable(&error)))
}

/// The first sheet that is not empty.
fn first<R: Read + Seek>(book: &mut Xlsx<R>) -> Result<String, RecordError> {
    let names = book.sheet_names();
    for name in &names {
        if !rows(book, name, 1)?.is_empty() {
            return Ok(name.clone());
        }
    }
    names.into_iter().next().ok_or_else(|| fatal(1, package::no_package()))
}

/// The first rows of a sheet that are not blank.
fn rows<R: Read + Seek>(book: &mut Xlsx<R>, name: &str, most: usize) -> Result<Vec<Row>, RecordError> {
    let mut rows = Vec::new();
    each_row(book, name, |row| {
        rows.push(row);
        rows.len() < most
    })?;
    Ok(rows)
}

/// Takes the rows of a sheet that are not blank, one after the other, for as long as they are wanted. A
/// sheet that holds no cells, such as a chart, has none.
fn each_row<R: Read + Seek>(book: &mut Xlsx<R>, name: &str, mut take: impl FnMut(Row) -> bool) -> Result<(), RecordError> {
    let Ok(mut cells) = book.worksheet_cells_reader(name) else { return Ok(()) };
    let (mut row, mut size) = (Row::default(), 0);
    loop {
        let cell = cells.next_cell().map_err(|error| fatal(row.line.max(1), unreadable(&error)))?;
        let line = cell.as_ref().map_or(u64::MAX, |cell| u64::from(cell.get_position().0) + 1);
        if line != row.line {
            let done = std::mem::replace(&mut row, Row { line, fields: Vec::new() });
            if done.fields.iter().any(|field| !field.is_empty()) && !take(done) {
                return Ok(());
            }
        }
        let Some(cell) = cell else { return Ok(()) };
        let text = written(cell.get_value());
        size += text.len() + size_of::<String>();
        let column = cell.get_position().1;
        if text.len() > LONGEST_CELL || size > MOST_TEXT {
            return Err(fatal(line, package::too_much()));
        }
        if !text.is_empty() && column < MOST_COLUMNS {
            let column = column as usize;
            size += (column + 1).saturating_sub(row.fields.len()) * size_of::<String>();
            row.fields.resize(row.fields.len().max(column + 1), String::new());
            row.fields[column] = text;
        }
    }
}

/// A cell as text.
fn written(cell: &DataRef) -> String {
    match cell {
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Float(number) => written_number(*number),
        DataRef::DateTime(moment) => written_date(moment),
        DataRef::Error(_) | DataRef::Empty => String::new(),
        other => Data::from(other.clone()).to_string(),
    }
}

/// With a point, and never with three digits behind it, which could be thousands.
fn written_number(number: f64) -> String {
    let text = number.to_string();
    match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 3 => text + "0",
        _ => text,
    }
}

/// A number as the amounts of the profile are written; anything else stays.
fn with_sign(field: &mut String, sign: char) {
    if field.contains('.') && field.parse::<f64>().is_ok() {
        *field = field.replace('.', sign.encode_utf8(&mut [0; 4]));
    }
}

fn written_date(moment: &ExcelDateTime) -> String {
    let days = moment.as_f64();
    if moment.is_duration() {
        let seconds = (days * 86_400.0).round().max(0.0) as u64;
        return format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    let (year, month, day, hour, minute, second, milli) = moment.to_ymd_hms_milli();
    match (days < 1.0, days.fract() == 0.0) {
        (true, _) => format!("{hour:02}:{minute:02}:{second:02}"),
        (false, true) => format!("{year:04}-{month:02}-{day:02}"),
        (false, false) => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

fn unreadable(error: &calamine::XlsxError) -> Text {
    text!("this Excel file cannot be read: {error}", "dit Excel-bestand is niet te lezen: {error}")
}
