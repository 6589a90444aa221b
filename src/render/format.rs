//! One answer, every format: the verbs compute it once, and the format only changes the marks.

use std::io::{self, Write};
use std::path::Path;
use std::str::FromStr;

use serde_json::Value;

use super::document::{Block, Document, Table};
use super::ics::Calendar;
use super::locale::Look;
use super::rows::{Many, Rows};
use super::sanitize::visible;
use super::{delimited, html, ics, json, markdown, terminal};
use crate::domain::text::Text;
use crate::text;

/// What a verb found, for people and for machines.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The name and version of the JSON document: `attent.score/1`.
    pub schema: &'static str,
    /// An object with everything in it; the writer puts `schema` before it.
    pub json: Value,
    /// The field of `json` that holds the array of rows, for JSON Lines.
    pub rows_key: &'static str,
    /// The ids of the rows, for another command to read.
    pub ids: Vec<String>,
    /// What people read, and the table that CSV and TSV write.
    pub document: Document,
    /// What has a day by which it is to be done; `None` where nothing ever has one.
    pub calendar: Option<Calendar>,
}

impl Answer {
    /// The rows of the main table, where they are many: then the array of rows in `json` is empty and there are no
    /// `ids`, for both are made with them. A table that names a field of its own has nothing to do with the ids.
    pub fn many(&self) -> Option<&dyn Many> {
        self.document.main_table().filter(|table| table.field.is_none()).and_then(made)
    }

    /// The rows of a field of `json`, where they are many: of the table that names the field, or of the main table.
    pub fn many_of(&self, field: &str) -> Option<&dyn Many> {
        let tables = self.document.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let named = tables.filter(|table| table.field == Some(field)).find_map(made);
        named.or_else(|| self.many().filter(|_| field == self.rows_key))
    }
}

/// The rows of a table that are made when they are asked for.
fn made(table: &Table) -> Option<&dyn Many> {
    match &table.rows {
        Rows::Made(many) => Some(&**many),
        Rows::Held(_) => None,
    }
}

/// A way to write an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// For a person at a terminal.
    #[default]
    Table,
    /// One JSON document.
    Json,
    /// One JSON object a row.
    Jsonl,
    /// Comma-separated raw values.
    Csv,
    /// Tab-separated raw values.
    Tsv,
    /// Markdown.
    Md,
    /// A self-contained page.
    Html,
    /// A calendar file.
    Ics,
    /// One id a line.
    Ids,
}

impl Format {
    /// Every format, in the order they are documented.
    pub const ALL: &'static [Self] =
        &[Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Tsv, Self::Md, Self::Html, Self::Ics, Self::Ids];

    /// The word after `-O`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Md => "md",
            Self::Html => "html",
            Self::Ics => "ics",
            Self::Ids => "ids",
        }
    }

    /// The format that the extension of a file name stands for; of a name that ends in `.gz`, the one before.
    pub fn from_extension(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        match extension.as_str() {
            "gz" => Self::from_extension(Path::new(path.file_stem()?)),
            "txt" => Some(Self::Table),
            "ndjson" => Some(Self::Jsonl),
            "tab" => Some(Self::Tsv),
            "markdown" => Some(Self::Md),
            "htm" => Some(Self::Html),
            word @ ("json" | "jsonl" | "csv" | "tsv" | "md" | "html" | "ics") => word.parse().ok(),
            _ => None,
        }
    }
}

impl FromStr for Format {
    type Err = Text;

    fn from_str(word: &str) -> Result<Self, Text> {
        Self::ALL.iter().copied().find(|format| format.word() == word).ok_or_else(|| {
            let words = Self::ALL.iter().map(|format| format.word()).collect::<Vec<_>>().join(", ");
            text!("`{word}` is not a format; it is one of: {words}", "`{word}` is geen formaat; het is een van: {words}")
        })
    }
}

/// Writes an answer. Whether a closed pipe is an error is for the caller to say.
///
/// # Errors
/// When `out` fails, or a calendar is asked of an answer that has none.
pub fn write(answer: &Answer, format: Format, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let document = &answer.document;
    match format {
        Format::Table => terminal::write(document, look, out),
        Format::Json => json::write(answer, out),
        Format::Jsonl => json::write_lines(answer, out),
        Format::Csv => delimited::write_csv(document, look, out),
        Format::Tsv => delimited::write_tsv(document, look, out),
        Format::Md => markdown::write(document, look, out),
        Format::Html => html::write(document, look, out),
        Format::Ics => match &answer.calendar {
            Some(calendar) => ics::write(calendar, look, out),
            None => Err(io::ErrorKind::Unsupported.into()),
        },
        Format::Ids => match answer.many() {
            Some(many) => (0..many.count()).try_for_each(|at| writeln!(out, "{}", visible(&many.id(at)))),
            None => answer.ids.iter().try_for_each(|id| writeln!(out, "{}", visible(id))),
        },
    }
}
