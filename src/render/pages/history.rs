//! The page of `attent nudges`.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::{as_of, stamp};
use crate::domain::nudge::{Nudge, NudgeState};
use crate::domain::text::Text;
use crate::plan::week::Closed;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::ics::Calendar;
use crate::text;

/// One nudge.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    /// The name of the customer.
    pub customer: String,
    /// What was to be done.
    pub action: Text,
    /// The nudge.
    pub nudge: Nudge,
    /// Since when it stands.
    pub opened: DateTime<FixedOffset>,
    /// By when.
    pub due: DateTime<FixedOffset>,
    /// Until when it is put off.
    pub snoozed: Option<DateTime<FixedOffset>>,
    /// When it ended.
    pub ended: Option<DateTime<FixedOffset>>,
    /// Whether it stands and its day has passed.
    pub overdue: bool,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct HistoryPage {
    /// The nudges, those that stand first.
    pub lines: Vec<HistoryLine>,
    /// Whether those that ended were asked for.
    pub all: bool,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
    /// The same as a calendar, when that was asked for, with what ended lately.
    pub calendar: Option<Calendar>,
}

impl HistoryPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(text!("Nudges", "Nudges")).subtitle(as_of(self.as_of)).otherwise(self.table());
        document = if self.lines.is_empty() {
            document.with(Block::Text(text!(
                "None stands. `attent nudge` brings up what this week asks for.",
                "Er staat er geen. `attent nudge` brengt naar voren wat deze week vraagt."
            )))
        } else {
            document.with(Block::Table(self.table()))
        };
        if !self.all {
            document = document.with(Block::Hint(text!(
                "`attent nudges --all` also shows what was done, skipped or is no longer needed.",
                "`attent nudges --all` toont ook wat gedaan, overgeslagen of niet meer nodig is."
            )));
        }
        let json = json!({"as_of": stamp(self.as_of), "nudges": self.lines.iter().map(json_of).collect::<Vec<_>>()});
        let ids = self.lines.iter().map(|line| line.nudge.id.to_string()).collect();
        Answer { schema: "attent.nudges/1", json, rows_key: "nudges", ids, document, calendar: self.calendar.clone() }
    }

    fn table(&self) -> Table {
        let mut table = Table::new(vec![
            Column::right("nudge", Text::same("#")),
            Column::left("customer", text!("who", "wie")),
            Column::left("action", text!("what", "wat")).telling(),
            Column::left("because", text!("why", "waarom")).expendable(2).telling(),
            Column::left("due", text!("by", "uiterlijk")),
            Column::left("state", text!("state", "stand")),
            Column::left("ended", text!("on", "op")).unless("").expendable(1),
            Column::left("remark", text!("remark", "opmerking")).unless("").expendable(3),
            Column::left("place", text!("place", "plek")).machines_only(),
            Column::left("rule", text!("rule", "regel")).machines_only(),
            Column::left("opened", text!("since", "sinds")).machines_only(),
            Column::right("touchpoint", text!("contact", "contact")).machines_only(),
        ]);
        for line in &self.lines {
            let nudge = &line.nudge;
            let row = Row::from(vec![
                Cell::Count(nudge.id),
                Cell::name(&line.customer),
                Cell::word(nudge.play.clone().unwrap_or_default(), line.action.clone()),
                Cell::Text(nudge.because.clone()),
                Cell::By(line.due),
                state(line),
                Cell::maybe(line.snoozed.or(line.ended), Cell::Day),
                remark(nudge),
                Cell::name(&nudge.cause.place),
                Cell::name(&nudge.cause.rule),
                Cell::Day(line.opened),
                Cell::maybe(nudge.touchpoint, |id| Cell::Count(id.0)),
            ]);
            table.push(match (line.overdue, nudge.state) {
                (true, _) => row.tone(Tone::Alert),
                (_, NudgeState::Open) => row,
                _ => row.tone(Tone::Quiet),
            });
        }
        table.main()
    }
}

fn state(line: &HistoryLine) -> Cell {
    match (line.nudge.state, line.snoozed) {
        (NudgeState::Open, Some(_)) => Cell::word("snoozed", text!("put off", "uitgesteld")),
        (state, _) => Cell::word(state.word(), state.label()),
    }
}

fn remark(nudge: &Nudge) -> Cell {
    let closed = (nudge.state == NudgeState::Closed).then(|| Closed::from_code(&nudge.why)).flatten();
    match closed {
        Some(Closed::CauseGone) => Cell::word("cause-gone", text!("no reason any more", "geen reden meer")),
        Some(Closed::PlayGone) => Cell::word("play-gone", text!("the play is gone", "de actie is er niet meer")),
        Some(Closed::Rule(rule)) => Cell::name(rule.id()),
        None if nudge.why.is_empty() => Cell::Empty,
        None => Cell::name(&nudge.why),
    }
}

fn json_of(line: &HistoryLine) -> Value {
    let nudge = &line.nudge;
    json!({
        "nudge": nudge.id,
        "customer": {"id": nudge.cause.customer.0, "name": line.customer},
        "place": nudge.cause.place,
        "rule": nudge.cause.rule,
        "play": nudge.play,
        "action": line.action.en,
        "because": nudge.because.en,
        "minutes": nudge.minutes,
        "cost": nudge.cost.units(),
        "owed": nudge.owed,
        "opened": stamp(line.opened),
        "due": stamp(line.due),
        "overdue": line.overdue,
        "state": nudge.state.word(),
        "snoozed_until": line.snoozed.map(stamp),
        "ended": line.ended.map(stamp),
        "why": nudge.why,
        "touchpoint": nudge.touchpoint.map(|id| id.0),
    })
}
