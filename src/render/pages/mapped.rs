//! The page of `attent import --map`: how a table will be read, its first rows read so, and where
//! that is written.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::stamp;
use crate::domain::money::Cents;
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// A row of the file as the profile reads it.
#[derive(Debug, Clone, Default)]
pub struct Sampled {
    /// When the contact was; nothing of a customer.
    pub at: Option<DateTime<FixedOffset>>,
    /// Who.
    pub who: String,
    /// A mail address or telephone number, or empty.
    pub reach: String,
    /// What kind of contact it was; nothing of a customer.
    pub facts: Option<Facts>,
    /// The amount.
    pub amount: Option<Cents>,
    /// What happened; of a customer the firm.
    pub note: String,
}

/// A profile that was made.
#[derive(Debug, Clone)]
pub struct Mapped {
    /// The name of the profile.
    pub id: String,
    /// The file.
    pub path: String,
    /// The file as a shell reads it.
    pub file: String,
    /// What attent wants to know, and the columns it is in.
    pub columns: Vec<(Text, String)>,
    /// The lines of `attent.yaml`.
    pub yaml: String,
    /// The first rows.
    pub rows: Vec<Sampled>,
}

/// How the file will be read, and its first rows.
pub fn preview(mapped: &Mapped) -> Document {
    let facts = mapped.columns.iter().map(|(what, column)| (what.clone(), Cell::name(column.clone()))).collect();
    let document = Document::new(Text::default()).with(Block::Facts(facts));
    if mapped.rows.is_empty() { document } else { document.with(Block::Table(table(&mapped.rows))) }
}

/// The answer; `shown` when the preview was seen already.
pub fn answer(mapped: &Mapped, shown: bool) -> Answer {
    let (id, file) = (&mapped.id, &mapped.file);
    let document = if shown { Document::new(Text::default()) } else { preview(mapped) };
    let next = text!("`attent import {file}` reads the file with it.", "`attent import {file}` leest het bestand ermee.");
    Answer {
        schema: "attent.import-map/1",
        json: json!({
            "profile": id,
            "file": mapped.path,
            "yaml": mapped.yaml,
            "records": mapped.rows.iter().map(row_json).collect::<Vec<_>>(),
        }),
        rows_key: "records",
        ids: vec![id.clone()],
        document: document
            .with(Block::Text(text!("The profile `{id}` is now in attent.yaml.", "Het profiel `{id}` staat nu in attent.yaml.")))
            .with(Block::Hint(next)),
        calendar: None,
    }
}

fn table(rows: &[Sampled]) -> Table {
    let contacts = rows.iter().any(|row| row.facts.is_some());
    let name = Column::left("customer", text!("customer", "klant"));
    let reach = Column::left("reach", text!("reached by", "bereikbaar")).expendable(2);
    if !contacts {
        let mut table = Table::new(vec![name, reach, Column::left("organisation", text!("firm", "bedrijf")).expendable(1)]).main();
        rows.iter().for_each(|row| table.push(vec![cell(&row.who), cell(&row.reach), cell(&row.note)]));
        return table;
    }
    let mut table = Table::new(vec![
        Column::left("at", text!("when", "wanneer")),
        name,
        Column::left("channel", text!("channel", "kanaal")),
        Column::left("kind", text!("kind", "soort")),
        Column::right("amount", text!("amount", "bedrag")),
        Column::left("note", text!("note", "notitie")).expendable(1),
        reach,
    ])
    .main();
    for row in rows {
        table.push(vec![
            Cell::maybe(row.at, Cell::DateTime),
            cell(&row.who),
            Cell::maybe(row.facts, |facts| Cell::word(facts.channel.word(), facts.channel.label())),
            Cell::maybe(row.facts, |facts| Cell::word(facts.kind.word(), facts.kind.label())),
            Cell::maybe(row.amount, Cell::Money),
            cell(&row.note),
            cell(&row.reach),
        ]);
    }
    table
}

fn cell(said: &str) -> Cell {
    if said.is_empty() { Cell::Empty } else { Cell::name(said) }
}

fn row_json(row: &Sampled) -> Value {
    json!({
        "at": row.at.map(stamp),
        "customer": row.who,
        "reach": row.reach,
        "channel": row.facts.map(|facts| facts.channel.word()),
        "kind": row.facts.map(|facts| facts.kind.word()),
        "amount": row.amount.map(Cents::units),
        "note": row.note,
    })
}
