//! The page of `attent sync`: a line for each source, and all of it in one.

use serde_json::{Value, json};

use super::import::{self, ImportSummary};
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// How it went with a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceOutcome {
    /// It was read.
    Read,
    /// It did not change since the last time.
    Unchanged,
    /// It could not be read.
    Failed,
}

impl SourceOutcome {
    fn word(self) -> Word {
        match self {
            Self::Read => Word::new("read", text!("read", "gelezen")),
            Self::Unchanged => Word::new("unchanged", text!("unchanged", "ongewijzigd")),
            Self::Failed => Word::new("failed", text!("failed", "mislukt")),
        }
    }
}

/// One source.
#[derive(Debug, Clone)]
pub struct SourceLine {
    /// Its path as `attent.yaml` has it.
    pub source: String,
    /// How it went.
    pub outcome: SourceOutcome,
    /// What it brought.
    pub summary: ImportSummary,
}

/// The answer.
pub fn answer(lines: &[SourceLine], dry_run: bool) -> Answer {
    let mut whole = ImportSummary { dry_run, ..ImportSummary::default() };
    lines.iter().for_each(|line| whole.take_in(&line.summary));
    let mut document = Document::new(Text::default()).named(text!("What is new", "Wat er nieuw is"));
    if dry_run {
        document = import::blocks(document, &whole);
    }
    let table = table(lines);
    document = document.with(Block::Table(if dry_run { table } else { table.main() })).with(Block::Text(summary(lines, &whole)));
    for hint in whole.hints(&text!("with `new: true` at the source", "met `new: true` bij de bron")) {
        document = document.with(Block::Hint(hint));
    }
    let mut json = import::json(&whole);
    json["sources"] = lines.iter().map(line_json).collect();
    json["failed"] = lines.iter().filter(|line| line.outcome == SourceOutcome::Failed).count().into();
    Answer {
        schema: "attent.sync/1",
        json,
        rows_key: if dry_run { "records" } else { "sources" },
        ids: lines.iter().map(|line| line.source.clone()).collect(),
        document,
        calendar: None,
    }
}

fn table(lines: &[SourceLine]) -> Table {
    let mut table = Table::new(vec![
        Column::left("source", Text::new("source", "bron")),
        Column::left("outcome", Text::new("outcome", "uitkomst")),
        Column::right("added", Text::new("added", "nieuw")),
        Column::right("known", Text::new("known", "bekend")),
        Column::right("skipped", Text::new("skipped", "overgeslagen")),
        Column::right("new_customers", Text::new("new customers", "nieuwe klanten")),
        Column::right("filled_in", Text::new("filled in", "aangevuld")).expendable(1),
    ]);
    for line in lines {
        let summary = &line.summary;
        let number = |n: u64| if line.outcome == SourceOutcome::Read { Cell::Count(n as i64) } else { Cell::Empty };
        let row = Row::from(vec![
            Cell::Text(Text::same(line.source.clone())),
            Cell::Word(line.outcome.word()),
            number(summary.added),
            number(summary.known),
            number(summary.left_out()),
            number(summary.new_customers),
            number(summary.filled_in),
        ]);
        table.push(match line.outcome {
            SourceOutcome::Unchanged => row.tone(Tone::Quiet),
            _ => row,
        });
    }
    table
}

/// `12 added, 3 already known; 2 sources unchanged`
fn summary(lines: &[SourceLine], whole: &ImportSummary) -> Text {
    let of = |outcome| lines.iter().filter(|line| line.outcome == outcome).count() as u64;
    let (unchanged, failed) = (of(SourceOutcome::Unchanged), of(SourceOutcome::Failed));
    if unchanged == lines.len() as u64 {
        let n = counted(unchanged, ["source", "sources"], ["bron", "bronnen"]);
        return Text::new(format!("Nothing new in {}.", n.en), format!("Niets nieuws in {}.", n.nl));
    }
    let mut said = whole.in_words();
    for (n, en, nl) in [(unchanged, "unchanged", "ongewijzigd"), (failed, "failed", "mislukt")] {
        if n > 0 {
            let sources = counted(n, ["source", "sources"], ["bron", "bronnen"]);
            said.en += &format!("; {} {en}", sources.en);
            said.nl += &format!("; {} {nl}", sources.nl);
        }
    }
    said
}

fn line_json(line: &SourceLine) -> Value {
    let summary = &line.summary;
    json!({
        "source": line.source,
        "outcome": line.outcome.word().id,
        "added": summary.added,
        "known": summary.known,
        "skipped": summary.left_out(),
        "bad": summary.bad,
        "new_customers": summary.new_customers,
        "filled_in": summary.filled_in,
        "known_customers": summary.known_customers,
    })
}
