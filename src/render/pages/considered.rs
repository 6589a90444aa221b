//! The page of `attent plan --why`.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use super::{as_of, stamp};
use crate::domain::calendar::day_and_month;
use crate::domain::nudge::NudgeState;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// What became of a play that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It is in the plan.
    Chosen,
    /// It was proposed before and stands, under this number.
    Stands(i64),
    /// It was done or skipped, and is at rest: until the day of this number, or for good.
    Rests(NudgeState, Option<i64>),
    /// The customer has an open nudge, or had something this week.
    Busy,
    /// It is too long ago to be brought up.
    Past,
    /// A rule stops it, for this reason.
    Rule(&'static str, Text),
    /// The minutes or the money go to what gains more.
    Budget,
    /// Something else does more for this customer.
    Another,
    /// It changes the relationship by less than half a point.
    NoGain,
    /// Another play does as much through the same channel.
    Outdone(Text),
    /// No play of the playbook answers it.
    NoPlay,
}

impl Fate {
    /// The word in JSON.
    fn word(&self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Stands(_) => "stands",
            Self::Rests(..) => "rests",
            Self::Busy => "busy",
            Self::Past => "past",
            Self::Rule(..) => "rule",
            Self::Budget => "budget",
            Self::Another => "another",
            Self::NoGain => "no-gain",
            Self::Outdone(_) => "outdone",
            Self::NoPlay => "no-play",
        }
    }

    /// As a person reads it.
    fn said(&self) -> Text {
        match self {
            Self::Chosen => text!("in the plan", "in het plan"),
            Self::Stands(id) => text!("stands as nudge {id}", "staat als nudge {id}"),
            Self::Rests(state, until) => rests(*state, *until),
            Self::Busy => text!(
                "waits: they have a nudge already, or had something this week",
                "wacht: er staat al een nudge, of er was deze week al iets"
            ),
            Self::Past => text!("too long ago to bring up", "te lang geleden om nog naar voren te brengen"),
            Self::Rule(id, reason) => Text::new(format!("{id}: {}", reason.en), format!("{id}: {}", reason.nl)),
            Self::Budget => {
                text!("budget: no room for it beside what does more", "budget: geen ruimte naast wat meer doet")
            }
            Self::Another => text!("something else does more for them", "iets anders doet meer voor deze klant"),
            Self::NoGain => text!("would change less than half a point", "zou minder dan een half punt schelen"),
            Self::Outdone(better) => {
                Text::new(format!("`{}` does as much for no more", better.en), format!("`{}` doet evenveel voor niet meer", better.nl))
            }
            Self::NoPlay => text!("no play in the playbook answers this", "geen actie in het draaiboek past hierbij"),
        }
    }
}

fn rests(state: NudgeState, until: Option<i64>) -> Text {
    let (en, nl) = if state == NudgeState::Done { ("done", "gedaan") } else { ("skipped", "overgeslagen") };
    let epoch = NaiveDate::default();
    match until.and_then(|day| epoch.checked_add_signed(chrono::TimeDelta::days(day))) {
        Some(day) => {
            let day = day_and_month(day);
            Text::new(format!("{en} not long ago; rests until {}", day.en), format!("kort geleden {nl}; rust tot {}", day.nl))
        }
        None => Text::new(format!("{en} already"), format!("al {nl}")),
    }
}

/// A play that was looked at for a reason.
#[derive(Debug, Clone, PartialEq)]
pub struct ConsideredLine {
    /// The stage or the occasion.
    pub place: String,
    /// The finding or the rule.
    pub rule: String,
    /// Why something might be done.
    pub because: Text,
    /// The play; `None` where no play was found, or for a task.
    pub play: Option<String>,
    /// What it is called.
    pub action: Text,
    /// ΔW₃₀, where it was computed.
    pub gain: Option<f64>,
    /// The whole value, where it was computed.
    pub value: Option<i64>,
    /// Minutes.
    pub minutes: Option<u32>,
    /// What became of it.
    pub fate: Fate,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct ConsideredPage {
    /// The name of the customer.
    pub customer: String,
    /// Their number.
    pub id: i64,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
    /// What was looked at, by reason.
    pub lines: Vec<ConsideredLine>,
}

impl ConsideredPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let name = &self.customer;
        let mut document =
            Document::new(text!("What was considered for {name}", "Wat er is overwogen voor {name}")).subtitle(as_of(self.as_of));
        document = if self.lines.is_empty() {
            document.with(Block::Text(text!(
                "There is no reason to do something: nothing is found about {name}, and no occasion is near.",
                "Er is geen reden om iets te doen: over {name} is niets gevonden, en er is geen aanleiding dichtbij."
            )))
        } else {
            document.with(Block::Table(self.table()))
        };
        let json = json!({
            "as_of": stamp(self.as_of),
            "customer": {"id": self.id, "name": self.customer},
            "considered": self.lines.iter().map(line).collect::<Vec<_>>(),
        });
        let ids = self.lines.iter().filter_map(|line| line.play.clone()).collect();
        Answer { schema: "attent.considered/1", json, rows_key: "considered", ids, document, calendar: None }
    }

    fn table(&self) -> Table {
        let mut table = Table::new(vec![
            Column::left("because", text!("why something", "waarom iets")).telling(),
            Column::left("action", text!("what", "wat")),
            Column::right("gain", text!("gain", "effect")).expendable(1),
            Column::left("fate", text!("and then", "en toen")).telling(),
            Column::left("place", text!("place", "plek")).machines_only(),
            Column::left("rule", text!("rule", "regel")).machines_only(),
        ]);
        let mut before: Option<&ConsideredLine> = None;
        for line in &self.lines {
            let again = before.is_some_and(|before| before.place == line.place && before.rule == line.rule);
            let row = Row::from(vec![
                if again { Cell::Empty } else { Cell::Text(line.because.clone()) },
                Cell::word(line.play.clone().unwrap_or_default(), line.action.clone()),
                Cell::maybe(line.gain, |value| Cell::Signed { value, decimals: 1 }),
                Cell::Text(line.fate.said()),
                Cell::name(&line.place),
                Cell::name(&line.rule),
            ]);
            table.push(if line.fate == Fate::Chosen { row.tone(Tone::Strong) } else { row });
            before = Some(line);
        }
        table.main()
    }
}

fn line(line: &ConsideredLine) -> Value {
    json!({
        "place": line.place,
        "rule": line.rule,
        "because": line.because.en,
        "play": line.play,
        "gain": line.gain,
        "value": line.value,
        "minutes": line.minutes,
        "fate": line.fate.word(),
        "stopped_by": match &line.fate { Fate::Rule(id, _) => Some(*id), _ => None },
        "said": line.fate.said().en,
    })
}
