//! The page of `attent check` for other programs, and for Markdown and HTML.

use serde_json::json;

use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::complaints::LocatedComplaint;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// How much was found.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    /// Files that were checked.
    pub files: usize,
    /// Mistakes.
    pub errors: usize,
    /// Things worth knowing.
    pub warnings: usize,
}

impl Counts {
    /// "2 mistakes and 1 warning".
    pub fn in_words(self) -> Text {
        let Self { errors, warnings, .. } = self;
        let wrong = if errors == 1 { text!("1 mistake", "1 fout") } else { text!("{errors} mistakes", "{errors} fouten") };
        let warned =
            if warnings == 1 { text!("1 warning", "1 waarschuwing") } else { text!("{warnings} warnings", "{warnings} waarschuwingen") };
        match (errors, warnings) {
            (0, 0) => text!("no mistakes", "geen fouten"),
            (_, 0) => wrong,
            (0, _) => warned,
            _ => Text::new(format!("{} and {}", wrong.en, warned.en), format!("{} en {}", wrong.nl, warned.nl)),
        }
    }
}

/// The answer.
pub fn answer(rows: &[LocatedComplaint], counts: Counts) -> Answer {
    let mut table = Table::new(vec![
        Column::left("path", text!("file", "bestand")),
        Column::right("line", text!("line", "regel")),
        Column::right("column", text!("column", "kolom")),
        Column::left("severity", text!("kind", "soort")),
        Column::left("what", text!("what is wrong", "wat er mis is")),
        Column::left("help", text!("what to do", "wat te doen")),
    ])
    .main();
    rows.iter().for_each(|row| table.push(cells(row)));
    let summary = counts.in_words();
    Answer {
        schema: "attent.check/1",
        json: json!({"files": counts.files, "errors": counts.errors, "warnings": counts.warnings, "mistakes": rows}),
        rows_key: "mistakes",
        ids: rows.iter().map(|row| format!("{}:{}:{}", row.path, row.line, row.column)).collect(),
        document: Document::new(text!("Mistakes", "Fouten")).subtitle(summary).with(Block::Table(table)),
        calendar: None,
    }
}

fn cells(row: &LocatedComplaint) -> Vec<Cell> {
    let count = |n: usize| Cell::Count(i64::try_from(n).unwrap_or(i64::MAX));
    let severity = if row.severity == "error" { text!("error", "fout") } else { text!("warning", "let op") };
    let help = if row.help.is_empty() { Cell::Empty } else { Cell::name(row.help.clone()) };
    vec![
        Cell::name(row.path.clone()),
        count(row.line),
        count(row.column),
        Cell::word(row.severity, severity),
        Cell::name(row.what.clone()),
        help,
    ]
}
