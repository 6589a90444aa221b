//! The page of `attent doctor`: what was looked at, what was found, and what to do.

use serde_json::json;

use crate::domain::checkup::{Check, Verdict};
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// The answer. `kept` is the copy that was made before anything was mended.
pub fn answer(checks: &[Check], kept: Option<&str>) -> Answer {
    let mut table = Table::new(vec![
        Column::left("check", text!("looked at", "bekeken")),
        Column::left("verdict", text!("verdict", "oordeel")),
        Column::left("found", text!("found", "gevonden")).telling(),
        Column::left("todo", text!("what to do", "wat te doen")).unless(""),
    ])
    .main();
    checks.iter().for_each(|check| table.push(row(check)));
    let of = |verdict| checks.iter().filter(|check| check.verdict == verdict).count() as u64;
    let [wrong, mended, notes] = [Verdict::Wrong, Verdict::Mended, Verdict::Note].map(of);
    let mut document = Document::new(in_words(wrong, mended)).named(text!("Examination", "Onderzoek")).with(Block::Table(table));
    if let Some(kept) = kept {
        document = document.with(Block::Text(text!("What was there before is in {kept}.", "Wat er eerst stond, staat in {kept}.")));
    }
    if checks.iter().any(|check| check.mendable && check.verdict == Verdict::Wrong) {
        document = document.with(Block::Hint(text!(
            "`attent doctor --fix` makes a backup and mends what it can without losing anything.",
            "`attent doctor --fix` maakt een reservekopie en herstelt wat kan zonder iets te verliezen."
        )));
    }
    let json = json!({
        "wrong": wrong, "mended": mended, "notes": notes, "kept": kept,
        "checks": checks.iter().map(|check| json!({
            "check": check.id, "verdict": check.verdict.word(), "found": check.found.en, "todo": check.todo.en,
            "mendable": check.mendable,
        })).collect::<Vec<_>>(),
    });
    let ids = checks.iter().filter(|check| check.verdict == Verdict::Wrong).map(|check| check.id.to_owned()).collect();
    Answer { schema: "attent.doctor/1", json, rows_key: "checks", ids, document, calendar: None }
}

fn row(check: &Check) -> Row {
    let wording = |text: &Text| if text.is_empty() { Cell::Empty } else { Cell::Text(text.clone()) };
    let row: Row = vec![
        Cell::word(check.id, check.name.clone()),
        Cell::word(check.verdict.word(), check.verdict.label()),
        wording(&check.found),
        wording(&check.todo),
    ]
    .into();
    match check.verdict {
        Verdict::Wrong => row.tone(Tone::Alert),
        Verdict::Fine => row.tone(Tone::Quiet),
        Verdict::Note | Verdict::Mended => row,
    }
}

/// How it is, in a line.
fn in_words(wrong: u64, mended: u64) -> Text {
    let done = counted(mended, ["thing was mended", "things were mended"], ["ding is hersteld", "dingen zijn hersteld"]);
    let todo = counted(wrong, ["thing to do", "things to do"], ["ding te doen", "dingen te doen"]);
    match (wrong, mended) {
        (0, 0) => text!("Everything is in order", "Alles is in orde"),
        (0, _) => done,
        (_, 0) => todo,
        _ => Text::new(format!("{}, {}", done.en, todo.en), format!("{}, {}", done.nl, todo.nl)),
    }
}
