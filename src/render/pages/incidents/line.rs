//! One failure as every page of them shows it, and the plain list.

use chrono::{DateTime, FixedOffset, TimeDelta};
use serde_json::{Value, json};

use super::clocks::told;
use crate::domain::incident::Incident;
use crate::domain::text::Text;
use crate::measure::recovery::{Quality, State, Step, state};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::pages::logged::when;
use crate::render::pages::{as_of, stamp};
use crate::text;

/// One failure as it was known at a moment.
#[derive(Debug, Clone)]
pub struct IncidentLine {
    /// As recorded.
    pub incident: Incident,
    /// Whose it is.
    pub customer: String,
    /// The stage it happened in.
    pub stage: Option<Word>,
    /// When it happened.
    pub opened: DateTime<FixedOffset>,
    /// When a person acknowledged it.
    pub acknowledged: Option<DateTime<FixedOffset>>,
    /// When it was made good.
    pub resolved: Option<DateTime<FixedOffset>>,
    /// When somebody asked afterwards.
    pub checked: Option<DateTime<FixedOffset>>,
    /// Until when a person should have acknowledged it (R2).
    pub acknowledge_by: DateTime<FixedOffset>,
    /// Until when it should have been made good (R2).
    pub resolve_by: DateTime<FixedOffset>,
    /// What it waits for, and by when.
    pub waits: Option<(Step, DateTime<FixedOffset>)>,
    /// How well it was made good, once it was.
    pub quality: Option<Quality>,
    /// Whether its clock rests out of working hours.
    pub working: bool,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

impl IncidentLine {
    /// How far it is.
    pub fn status(&self) -> Word {
        match state(&self.incident) {
            State::Open => Word::new("open", text!("open", "open")),
            State::Acknowledged => Word::new("acknowledged", text!("acknowledged", "erkend")),
            State::Resolved => Word::new("resolved", text!("made good", "goedgemaakt")),
            State::Checked => Word::new("checked", text!("asked after", "nagevraagd")),
        }
    }

    /// For how long its clock has run out (R2); `None` when it has not. Asking afterwards has no end.
    pub fn overdue(&self) -> Option<TimeDelta> {
        let (step, by) = self.waits?;
        (step != Step::Check && self.as_of > by).then(|| self.as_of - by)
    }

    /// What it waits for, as people read it.
    pub fn clock(&self) -> Option<Text> {
        self.waits.map(|(step, by)| told(step, by, self.as_of))
    }

    /// The failure as JSON has it.
    pub fn json(&self) -> Value {
        let incident = &self.incident;
        json!({
            "id": incident.id,
            "customer": self.customer,
            "stage": incident.stage,
            "severity": incident.severity.word(),
            "kind": incident.kind,
            "what": incident.what,
            "owner": incident.owner,
            "opened": stamp(self.opened),
            "acknowledged": self.acknowledged.map(stamp),
            "resolved": self.resolved.map(stamp),
            "checked": self.checked.map(stamp),
            "acknowledge_by": stamp(self.acknowledge_by),
            "resolve_by": stamp(self.resolve_by),
            "waits_for": self.waits.map(|(step, _)| step_id(step)),
            "due": self.waits.map(|(_, by)| stamp(by)),
            "overdue_hours": self.overdue().map(hours),
            "loss": incident.loss.map(|loss| loss.units()),
            "extra": incident.extra.map(|extra| extra.units()),
            "lesson": incident.lesson,
            "satisfied": incident.satisfied,
            "quality": self.quality.map(|quality| quality.q),
            "status": self.status().id,
        })
    }

    fn row(&self) -> Row {
        let incident = &self.incident;
        let row = Row::from(vec![
            Cell::Count(incident.id),
            Cell::name(self.customer.clone()),
            Cell::maybe(self.stage.clone(), Cell::Word),
            Cell::word(incident.severity.word(), incident.severity.label()),
            Cell::name(incident.what.clone()),
            Cell::Word(self.status()),
            Cell::Day(self.opened),
            Cell::maybe(self.resolved, Cell::Day),
            Cell::maybe(self.quality, |quality| Cell::Number { value: quality.q, decimals: 2 }),
            said(&incident.kind),
            said(&incident.owner),
            Cell::maybe(self.acknowledged, Cell::Day),
        ]);
        if self.resolved.is_some() { row.tone(Tone::Quiet) } else { row }
    }

    /// `#3 Anna Jansen · moderate · stage Use · since 21 Nov 2026 14:00`.
    pub fn sentence(&self) -> Text {
        let (id, name, severity, at) = (self.incident.id, &self.customer, self.incident.severity.label(), when(self.opened));
        let stage = self.stage.as_ref().map_or_else(Text::default, |Word { label, .. }| {
            let (en, nl) = (&label.en, &label.nl);
            text!(" · stage {en}", " · fase {nl}")
        });
        Text::new(
            format!("#{id} {name} · {}{} · since {}", severity.en, stage.en, at.en),
            format!("#{id} {name} · {}{} · sinds {}", severity.nl, stage.nl, at.nl),
        )
    }
}

/// The stable word of a step.
pub fn step_id(step: Step) -> &'static str {
    match step {
        Step::Acknowledge => "acknowledge",
        Step::Resolve => "resolve",
        Step::Check => "check",
    }
}

/// A length of time in hours, with what is left of one.
pub fn hours(long: TimeDelta) -> f64 {
    long.num_milliseconds() as f64 / 3_600_000.0
}

/// A word from the log, or nothing.
pub fn said(word: &str) -> Cell {
    if word.is_empty() { Cell::Empty } else { Cell::name(word) }
}

/// The table of `incident list`.
pub fn table(lines: &[IncidentLine]) -> Table {
    let mut table = Table::new(vec![
        Column::right("id", Text::new("number", "nummer")),
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("stage", Text::new("stage", "fase")).expendable(4),
        Column::left("severity", Text::new("severity", "ernst")).expendable(3),
        Column::left("what", Text::new("what went wrong", "wat er misging")),
        Column::left("status", Text::new("status", "status")),
        Column::left("opened", Text::new("since", "sinds")),
        Column::left("resolved", Text::new("made good", "goedgemaakt")).expendable(2),
        Column::right("quality", Text::new("quality", "kwaliteit")).expendable(1),
        Column::left("kind", Text::new("kind", "soort")).expendable(6),
        Column::left("owner", Text::new("owner", "eigenaar")).expendable(5),
        Column::left("acknowledged", Text::new("acknowledged", "erkend")).expendable(7),
    ])
    .main();
    lines.iter().for_each(|line| table.push(line.row()));
    table
}

/// Failures as JSON has them.
pub fn json_of(lines: &[IncidentLine]) -> Value {
    json!(lines.iter().map(IncidentLine::json).collect::<Vec<_>>())
}

/// Their numbers.
pub fn ids(lines: &[IncidentLine]) -> Vec<String> {
    lines.iter().map(|line| line.incident.id.to_string()).collect()
}

/// The answer of `incident list`.
pub fn list(lines: &[IncidentLine], moment: DateTime<FixedOffset>) -> Answer {
    let mut document = Document::new(text!("What went wrong", "Wat er misging")).subtitle(as_of(moment));
    if lines.is_empty() {
        document = document.with(Block::Text(text!("Nothing that is known of.", "Niets, voor zover bekend.")));
    } else {
        document = document.with(Block::Table(table(lines)));
    }
    let json = json!({"as_of": stamp(moment), "incidents": json_of(lines)});
    Answer { schema: "attent.incidents/1", json, rows_key: "incidents", ids: ids(lines), document, calendar: None }
}
