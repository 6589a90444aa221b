//! A small answer in which everything occurs; beside it, what every format makes of it and of
//! hostile data.

mod hostile;
mod ics;
mod shown;

use serde_json::json;

use super::cell::{Cell, Word};
use super::document::{Block, Column, Document, Table};
use super::format::{Answer, Format, write};
use super::locale::Look;
use crate::domain::money::Cents;
use crate::domain::text::Text;

struct Stage(&'static str, &'static str, Option<f64>, Option<f64>, Option<(f64, f64)>, i64, &'static [(&'static str, &'static str)]);

const STAGES: [Stage; 4] = [
    Stage("Meet", "Kennismaken", Some(72.4), Some(70.1), Some((64.0, 79.5)), 41, &[]),
    Stage(
        "Start",
        "Aan de slag",
        Some(55.0),
        Some(51.9),
        Some((41.2, 66.0)),
        1230,
        &[("too-digital", "te digitaal"), ("one-way", "eenrichting")],
    ),
    Stage(
        "Aftercare",
        "Nazorg",
        Some(17.6),
        Some(18.0),
        Some((-4.0, 38.0)),
        12,
        &[("cold", "koud"), ("overdue", "te laat"), ("hollow", "hol")],
    ),
    Stage("Recommend", "Aanbevelen", None, None, None, 0, &[("empty", "leeg")]),
];

fn columns() -> Vec<Column> {
    vec![
        Column::left("stage", Text::new("stage", "fase")),
        Column::left("warmth", Text::new("warmth", "warmte")),
        Column::right("rank", Text::new("rank", "rang")).expendable(3),
        Column::right("interval", Text::new("range", "marge")).expendable(2),
        Column::right("evidence", Text::new("evidence", "bewijs")).expendable(4),
        Column::right("customers", Text::new("people", "klanten")).expendable(1),
        Column::right("touchpoints", Text::new("contacts", "contacten")).expendable(1),
        Column::left("findings", Text::new("findings", "bevindingen")),
    ]
}

fn score() -> Table {
    let mut table = Table::new(columns()).main();
    for Stage(en, nl, warmth, rank, interval, contacts, findings) in STAGES {
        let findings = findings.iter().map(|(id, nl)| Word::new(*id, Text::new(id.replace('-', " "), *nl))).collect();
        table.push(vec![
            Cell::word(en.to_lowercase(), Text::new(en, nl)),
            Cell::Warmth(warmth),
            Cell::maybe(rank, |value| Cell::Number { value, decimals: 1 }),
            Cell::Interval(interval),
            Cell::Number { value: contacts as f64 / 7.0, decimals: 1 },
            Cell::Count(contacts / 6),
            Cell::Count(contacts),
            Cell::List(findings),
        ]);
    }
    table
}

fn example() -> Answer {
    let spent =
        vec![(Text::new("Spent", "Uitgegeven"), Cell::Money(Cents(123_450))), (Text::new("Warmth", "Warmte"), Cell::Warmth(Some(48.0)))];
    let document = Document::new(Text::new("Coaching: warmth of the journey", "Coaching: warmte van de reis"))
        .subtitle(Text::new("as of 21 Nov 2026", "per 21 nov 2026"))
        .with(Block::Table(score()))
        .with(Block::Heading(Text::new("What stands out", "Wat opvalt")))
        .with(Block::List(vec![Text::new(
            "Aftercare is ice cold: 12 contacts in six months, and the promised call of 3 November has not been made yet.",
            "Nazorg is ijskoud: 12 contacten in zes maanden, en het beloofde telefoontje van 3 november is nog niet gedaan.",
        )]))
        .with(Block::Facts(spent))
        .with(Block::Hint(Text::new("Next: attent suggest", "Verder: attent suggest")));
    let json = json!({"as_of": "2026-11-21T12:00:00Z", "schema": "x", "stages": [{"stage": "meet", "warmth": 72.4}, {"stage": "start", "warmth": null}]});
    Answer { schema: "attent.score/1", json, rows_key: "stages", ids: vec!["meet".into(), "start".into()], document, calendar: None }
}

fn written(answer: &Answer, format: Format, look: &Look) -> String {
    let mut bytes = Vec::new();
    write(answer, format, look, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn look(width: u16) -> Look {
    Look { width: Some(width), ..Look::default() }
}
