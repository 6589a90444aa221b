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
#[derive(Debug)]
pub struct SourceLine {
    /// Its path as `attent.yaml` has it.
    pub source: String,
    /// How it went.
    pub outcome: SourceOutcome,
    /// What it brought.
    pub summary: ImportSummary,
}

/// What the table of the sources has of one.
struct Told {
    source: String,
    outcome: SourceOutcome,
    added: u64,
    known: u64,
    skipped: u64,
    bad: u64,
    new_customers: u64,
    filled_in: u64,
    known_customers: u64,
}

impl Told {
    /// Takes what a source brought into the whole, and keeps its numbers.
    fn of(line: SourceLine, whole: &mut ImportSummary) -> Self {
        let SourceLine { source, outcome, summary } = line;
        let told = Self {
            source,
            outcome,
            added: summary.added,
            known: summary.known,
            skipped: summary.left_out(),
            bad: summary.bad,
            new_customers: summary.new_customers,
            filled_in: summary.filled_in,
            known_customers: summary.known_customers,
        };
        whole.take_in(summary);
        told
    }

    fn json(&self) -> Value {
        json!({
            "source": self.source,
            "outcome": self.outcome.word().id,
            "added": self.added,
            "known": self.known,
            "skipped": self.skipped,
            "bad": self.bad,
            "new_customers": self.new_customers,
            "filled_in": self.filled_in,
            "known_customers": self.known_customers,
        })
    }
}

/// The answer. `whole` is what is told of all sources together, into which what each brought is taken.
pub fn answer(lines: Vec<SourceLine>, mut whole: ImportSummary) -> Answer {
    let lines: Vec<Told> = lines.into_iter().map(|line| Told::of(line, &mut whole)).collect();
    let dry_run = whole.dry_run;
    let table = table(&lines);
    let mut after = vec![Block::Table(if dry_run { table } else { table.main() }), Block::Text(summary(&lines, &whole))];
    after.extend(whole.hints(&text!("with `new: true` at the source", "met `new: true` bij de bron")).into_iter().map(Block::Hint));
    let mut json = import::json(&whole);
    json["sources"] = lines.iter().map(Told::json).collect();
    json["failed"] = lines.iter().filter(|line| line.outcome == SourceOutcome::Failed).count().into();
    let mut document = Document::new(Text::default()).named(text!("What is new", "Wat er nieuw is"));
    if dry_run {
        document = import::blocks(document, whole.rows, whole.per_customer);
    }
    document.blocks.extend(after);
    Answer {
        schema: "attent.sync/1",
        json,
        rows_key: if dry_run { "records" } else { "sources" },
        ids: lines.into_iter().map(|line| line.source).collect(),
        document,
        calendar: None,
    }
}

fn table(lines: &[Told]) -> Table {
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
        let number = |n: u64| if line.outcome == SourceOutcome::Read { Cell::Count(n as i64) } else { Cell::Empty };
        let row = Row::from(vec![
            Cell::Text(Text::same(line.source.clone())),
            Cell::Word(line.outcome.word()),
            number(line.added),
            number(line.known),
            number(line.skipped),
            number(line.new_customers),
            number(line.filled_in),
        ]);
        table.push(match line.outcome {
            SourceOutcome::Unchanged => row.tone(Tone::Quiet),
            _ => row,
        });
    }
    table
}

/// `12 added, 3 already known; 2 sources unchanged`
fn summary(lines: &[Told], whole: &ImportSummary) -> Text {
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
