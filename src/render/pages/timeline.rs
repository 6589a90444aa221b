//! The page of `attent timeline`, and how a touchpoint is shown everywhere.

use chrono::{DateTime, FixedOffset, NaiveTime};
use serde_json::{Value, json};

use super::incidents::IncidentLine;
use super::{as_of, stamp};
use crate::domain::model::Model;
use crate::domain::numbers::count;
use crate::domain::text::Text;
use crate::domain::touchpoint::Touchpoint;
use crate::domain::words::{Kind, Personal, Sender};
use crate::measure::weeks::{Amount, Week};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::strip::{Marked, Strip};
use crate::text;

/// One touchpoint of the log.
#[derive(Debug, Clone)]
pub struct TouchpointLine {
    /// Its number.
    pub id: i64,
    /// Whose it is.
    pub customer: String,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Whether it still lies ahead.
    pub planned: bool,
    /// What happened.
    pub touchpoint: Touchpoint,
    /// The stage it counts in, or was said to belong to.
    pub stage: Option<Word>,
    /// Where it came from.
    pub source: String,
}

impl TouchpointLine {
    /// The touchpoint as JSON has it.
    pub fn json(&self) -> Value {
        let (touchpoint, facts) = (&self.touchpoint, &self.touchpoint.facts);
        json!({
            "id": self.id,
            "customer": self.customer,
            "at": stamp(self.at),
            "channel": facts.channel.word(),
            "direction": facts.direction.word(),
            "sender": facts.sender.word(),
            "personal": facts.personal.word(),
            "kind": facts.kind.word(),
            "sentiment": facts.sentiment,
            "stage": self.stage.as_ref().map(|stage| &stage.id),
            "amount": touchpoint.amount.map(|amount| amount.units()),
            "minutes": touchpoint.minutes,
            "note": touchpoint.note,
            "tags": touchpoint.tags,
            "source": self.source,
            "planned": self.planned,
        })
    }

    fn row(&self) -> Row {
        let (touchpoint, facts) = (&self.touchpoint, &self.touchpoint.facts);
        let mut channel = Word::new(facts.channel.word(), facts.channel.label());
        if self.planned {
            let (en, nl) = (&channel.label.en, &channel.label.nl);
            channel.label = text!("{en}, planned", "{nl}, gepland");
        }
        let tags = touchpoint.tags.iter().map(|tag| Word::new(tag.clone(), Text::same(tag.clone())));
        let cells = vec![
            moment(self.at),
            Cell::Word(channel),
            Cell::word(facts.direction.word(), facts.direction.label()),
            Cell::maybe(self.stage.clone(), Cell::Word),
            Cell::maybe(facts.sentiment, felt),
            Cell::name(touchpoint.note.clone()),
            Cell::maybe(touchpoint.amount, Cell::Money),
            Cell::maybe(touchpoint.minutes, |minutes| Cell::Count(minutes.into())),
            Cell::word(facts.sender.word(), facts.sender.label()),
            Cell::word(facts.personal.word(), facts.personal.label()),
            Cell::word(facts.kind.word(), facts.kind.label()),
            Cell::List(tags.collect()),
            if self.planned { Cell::word("planned", text!("planned", "gepland")) } else { Cell::word("done", text!("done", "gebeurd")) },
            Cell::Count(self.id),
            Cell::name(self.customer.clone()),
        ];
        if self.planned { Row::from(cells).tone(Tone::Quiet) } else { cells.into() }
    }
}

/// A moment; a day that was given without a time has none.
pub fn moment(at: DateTime<FixedOffset>) -> Cell {
    if at.naive_local().time() == NaiveTime::MIN { Cell::Day(at) } else { Cell::DateTime(at) }
}

/// How it felt: `+0.5`; two decimals only where one would round.
pub fn felt(value: f64) -> Cell {
    let whole = (value * 10.0 - (value * 10.0).round()).abs() < 1e-6;
    Cell::Signed { value, decimals: if whole { 1 } else { 2 } }
}

/// A table of touchpoints.
pub fn table() -> Table {
    Table::new(vec![
        Column::left("at", Text::new("date", "datum")),
        Column::left("channel", Text::new("channel", "kanaal")),
        Column::left("direction", Text::new("direction", "richting")).unless("").expendable(3),
        Column::left("stage", Text::new("stage", "fase")).unless("").expendable(2),
        Column::right("sentiment", Text::new("felt", "gevoel")).unless("").expendable(1),
        Column::left("note", Text::new("what happened", "wat er gebeurde")).telling(),
        Column::right("amount", Text::new("amount", "bedrag")).unless("").expendable(4),
        Column::right("minutes", Text::new("minutes", "minuten")).unless("").expendable(5),
        Column::left("sender", Text::new("sender", "afzender")).unless(Sender::Human.word()).expendable(8),
        Column::left("personal", Text::new("personal", "persoonlijk")).unless(Personal::Personal.word()).expendable(9),
        Column::left("kind", Text::new("kind", "soort")).unless(Kind::Relational.word()).expendable(7),
        Column::left("tags", Text::new("tags", "labels")).unless("").expendable(6),
        Column::left("status", Text::new("status", "status")).machines_only(),
        Column::right("id", Text::new("no.", "nr.")),
        Column::left("customer", Text::new("customer", "klant")).machines_only(),
    ])
    .main()
}

/// Adds touchpoints to a table.
pub fn fill<'a>(table: &mut Table, lines: impl IntoIterator<Item = &'a TouchpointLine>) {
    lines.into_iter().for_each(|line| table.push(line.row()));
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct TimelinePage {
    /// The customer.
    pub customer: String,
    /// The touchpoints, oldest first.
    pub touchpoints: Vec<TouchpointLine>,
    /// The failures of the same stretch of time.
    pub incidents: Vec<IncidentLine>,
    /// Touchpoints before these, which were not asked for.
    pub before: usize,
    /// The weeks of the past year, oldest first.
    pub year: Vec<Week>,
    /// What the levels of the strip are measured by.
    pub model: Model,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

impl TimelinePage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(Text::same(self.customer.clone())).subtitle(as_of(self.as_of));
        let nothing = self.touchpoints.is_empty() && self.incidents.is_empty();
        if nothing && self.before == 0 {
            document = document.with(Block::Text(text!("No contact with them in the log yet.", "Nog geen contact in het logboek.")));
        }
        if !nothing || self.before > 0 {
            document = document.with(Block::Strip(self.strip()));
        }
        let mut table = table();
        self.rows().into_iter().for_each(|(_, row)| table.push(row));
        if !nothing || self.before > 0 {
            document = document.with(Block::Table(table));
        }
        if self.before > 0 {
            let n = count(self.before as u64);
            document =
                document.with(Block::Hint(Text::new(format!("{} earlier not shown.", n.en), format!("{} eerdere niet getoond.", n.nl))));
        }
        let json = json!({
            "as_of": stamp(self.as_of),
            "customer": self.customer,
            "year": self.year.iter().map(week_json).collect::<Vec<_>>(),
            "touchpoints": self.touchpoints.iter().map(TouchpointLine::json).collect::<Vec<_>>(),
            "incidents": self.incidents.iter().map(IncidentLine::json).collect::<Vec<_>>(),
        });
        let ids = self.touchpoints.iter().map(|line| line.id.to_string()).collect();
        Answer { schema: "attent.timeline/1", json, rows_key: "touchpoints", ids, document, calendar: None }
    }

    fn strip(&self) -> Strip {
        let marked = |week: &Week| Marked {
            begins: week.begins,
            people: Amount::of(week.people, &self.model),
            automated: Amount::of(week.automated, &self.model),
            failed: week.failures > 0,
        };
        Strip { weeks: self.year.iter().map(marked).collect() }
    }

    /// Touchpoints and failures in order of time; at one moment the touchpoint first.
    fn rows(&self) -> Vec<(DateTime<FixedOffset>, Row)> {
        let mut rows: Vec<_> = self.touchpoints.iter().map(|line| (line.at, line.row())).collect();
        for line in &self.incidents {
            rows.push((line.opened, failure_row(line, line.opened, "failure", text!("failure", "misser"))));
            if let Some(resolved) = line.resolved {
                rows.push((resolved, failure_row(line, resolved, "made-good", text!("made good", "goedgemaakt"))));
            }
        }
        rows.sort_by_key(|(at, _)| *at);
        rows
    }
}

fn week_json(week: &Week) -> Value {
    json!({
        "week": week.begins.to_string(),
        "touchpoints": week.contacts,
        "people": week.people,
        "automated": week.automated,
        "failures": week.failures,
    })
}

fn failure_row(line: &IncidentLine, at: DateTime<FixedOffset>, id: &str, label: Text) -> Row {
    let mut cells = vec![Cell::Empty; 15];
    cells[0] = moment(at);
    cells[1] = Cell::word(id, label.clone());
    cells[3] = Cell::maybe(line.stage.clone(), Cell::Word);
    cells[5] = Cell::name(line.incident.what.clone());
    cells[12] = Cell::word(id, label);
    cells[13] = Cell::Count(line.incident.id);
    cells[14] = Cell::name(line.customer.clone());
    Row::from(cells).tone(if id == "failure" && line.resolved.is_none() { Tone::Alert } else { Tone::Quiet })
}
