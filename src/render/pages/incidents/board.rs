//! The page of `attent incidents`: overdue clocks first, and how people are afterwards.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::line::{IncidentLine, hours, ids, json_of, said, step_id};
use super::steps::of_five;
use crate::domain::numbers::{count, counted, shortest};
use crate::domain::text::Text;
use crate::measure::recovery::{Afterwards, CONTACT_DAYS, Step};
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::pages::{as_of, stamp};
use crate::text;

/// The place of a failure among the others: what cannot wait stands above what can.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Its clock has run out; the most overdue first.
    Overdue(std::cmp::Reverse<TimeDelta>),
    /// Its clock runs; the first to run out first.
    Open(i64),
    /// It waits until somebody asks how it is; the first first.
    Waiting(i64),
    /// It is over; the latest first.
    Closed(std::cmp::Reverse<i64>),
}

impl Place {
    /// Where a failure belongs.
    pub fn of(line: &IncidentLine) -> Self {
        match (line.overdue(), line.waits) {
            (Some(late), _) => Self::Overdue(std::cmp::Reverse(late)),
            (None, Some((Step::Check, by))) => Self::Waiting(by.timestamp_millis()),
            (None, Some((_, by))) => Self::Open(by.timestamp_millis()),
            (None, None) => Self::Closed(std::cmp::Reverse(line.resolved.map_or(0, |at| at.timestamp_millis()))),
        }
    }
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct Board {
    /// The failures, in the order they are shown.
    pub lines: Vec<IncidentLine>,
    /// How many that are over are left out.
    pub left_out: usize,
    /// How people are afterwards.
    pub after: Afterwards,
    /// The moment.
    pub as_of: chrono::DateTime<chrono::FixedOffset>,
}

impl Board {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(text!("What went wrong", "Wat er misging")).subtitle(as_of(self.as_of));
        if self.lines.is_empty() {
            document = document.with(Block::Text(text!("Nothing that waits for anybody.", "Niets dat op iemand wacht.")));
        } else {
            document = document.with(Block::Table(self.table()));
        }
        if self.after.failed > 0 || self.after.answers > 0 {
            for said in afterwards(&self.after) {
                document = document.with(Block::Text(said));
            }
        }
        if self.left_out > 0 {
            let n = count(self.left_out as u64);
            document = document.with(Block::Hint(Text::new(
                format!("{} that are over are not shown; --all shows them.", n.en),
                format!("{} die voorbij zijn staan er niet bij; --all toont ze.", n.nl),
            )));
        }
        let json = json!({
            "as_of": stamp(self.as_of),
            "incidents": json_of(&self.lines),
            "overdue": self.overdue(),
            "satisfaction": satisfaction(&self.after),
            "retention": {"customers": self.after.failed, "in_contact": self.after.in_contact, "within_days": CONTACT_DAYS},
        });
        Answer { schema: "attent.incidents/1", json, rows_key: "incidents", ids: ids(&self.lines), document, calendar: None }
    }

    /// How many clocks have run out.
    pub fn overdue(&self) -> usize {
        self.lines.iter().filter(|line| line.overdue().is_some()).count()
    }

    fn table(&self) -> Table {
        let mut table = Table::new(vec![
            Column::right("id", Text::same("#")),
            Column::left("customer", Text::new("customer", "klant")),
            Column::left("stage", Text::new("stage", "fase")).expendable(4),
            Column::left("severity", Text::new("severity", "ernst")).expendable(2),
            Column::left("what", Text::new("what went wrong", "wat er misging")).telling(),
            Column::left("status", Text::new("state", "stand")).expendable(5),
            Column::left("clock", Text::new("clock", "klok")),
            Column::left("owner", Text::new("owner", "eigenaar")).expendable(1).unless(""),
            Column::right("quality", Text::same("q")).expendable(3).unless(""),
            Column::left("waits_for", Text::new("waits for", "wacht op")).machines_only(),
            Column::left("due", Text::new("due", "uiterlijk")).machines_only(),
            Column::right("overdue_hours", Text::new("hours overdue", "uren te laat")).machines_only(),
            Column::left("kind", Text::new("kind", "soort")).machines_only(),
            Column::left("opened", Text::new("since", "sinds")).machines_only(),
            Column::left("acknowledged", Text::new("acknowledged", "erkend")).machines_only(),
            Column::left("resolved", Text::new("made good", "goedgemaakt")).machines_only(),
            Column::left("checked", Text::new("asked after", "nagevraagd")).machines_only(),
            Column::right("satisfied", Text::new("satisfied", "tevreden")).machines_only(),
        ])
        .main();
        self.lines.iter().for_each(|line| table.push(row(line)));
        table
    }
}

fn row(line: &IncidentLine) -> Row {
    let incident = &line.incident;
    let row = Row::from(vec![
        Cell::Count(incident.id),
        Cell::name(line.customer.clone()),
        Cell::maybe(line.stage.clone(), Cell::Word),
        Cell::word(incident.severity.word(), incident.severity.label()),
        Cell::name(incident.what.clone()),
        Cell::Word(line.status()),
        Cell::maybe(line.clock(), Cell::Text),
        said(&incident.owner),
        Cell::maybe(line.quality, |quality| Cell::Number { value: quality.q, decimals: 2 }),
        Cell::maybe(line.waits, |(step, _)| Cell::name(step_id(step))),
        Cell::maybe(line.waits, |(_, by)| Cell::DateTime(by)),
        Cell::maybe(line.overdue(), |late| Cell::Number { value: hours(late), decimals: 1 }),
        said(&incident.kind),
        Cell::DateTime(line.opened),
        Cell::maybe(line.acknowledged, Cell::DateTime),
        Cell::maybe(line.resolved, Cell::DateTime),
        Cell::maybe(line.checked, Cell::DateTime),
        Cell::maybe(incident.satisfied, |value| Cell::Number { value, decimals: 2 }),
    ]);
    match Place::of(line) {
        Place::Overdue(_) => row.tone(Tone::Alert),
        Place::Closed(_) => row.tone(Tone::Quiet),
        _ => row,
    }
}

fn satisfaction(after: &Afterwards) -> Value {
    json!({"answers": after.answers, "mean": after.satisfied, "mean_of_5": after.satisfied.map(|mean| 2.0 * mean + 3.0)})
}

/// R9: satisfaction, who is still in contact, and that these are two different things.
fn afterwards(after: &Afterwards) -> [Text; 3] {
    let answers = counted(after.answers as u64, ["answer", "answers"], ["antwoord", "antwoorden"]);
    let satisfied = match after.satisfied {
        None => text!(
            "Satisfied afterwards: nobody was asked in the last year.",
            "Tevreden achteraf: het afgelopen jaar is het aan niemand gevraagd."
        ),
        Some(mean) => {
            let mean = of_five(mean);
            Text::new(
                format!("Satisfied afterwards: {} of 5 on average ({} in the last year).", mean.en, answers.en),
                format!("Tevreden achteraf: gemiddeld {} van 5 ({} in het afgelopen jaar).", mean.nl, answers.nl),
            )
        }
    };
    let (here, all, days) = (count(after.in_contact as u64), count(after.failed as u64), shortest(CONTACT_DAYS));
    let (were, lieten) = if after.in_contact == 1 { ("was", "liet") } else { ("were", "lieten") };
    let contact = Text::new(
        format!(
            "Still in contact: {} of {} with something that went wrong in the last year {were} heard from in the last {} days.",
            here.en, all.en, days.en
        ),
        format!(
            "Nog in contact: van {} bij wie het afgelopen jaar iets misging, {lieten} er {} de laatste {} dagen van zich horen.",
            all.nl, here.nl, days.nl
        ),
    );
    let two = text!(
        "These are two different things: a good recovery makes people more satisfied, and need not make them stay.",
        "Dat zijn twee verschillende dingen: goed herstel maakt mensen tevredener, maar daarom blijven ze nog niet."
    );
    [satisfied, contact, two]
}
