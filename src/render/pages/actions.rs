//! Actions of a week as lines: of a plan, and of the nudges that came of it.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::stamp;
use crate::domain::money::Cents;
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Column, Row, Table, Tone};
use crate::text;

/// One action.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionLine {
    /// The number of the nudge it is, when it is one.
    pub nudge: Option<i64>,
    /// The number of the customer.
    pub id: i64,
    /// Their name.
    pub customer: String,
    /// The id of the play; `None` for a task that is no contact.
    pub play: Option<String>,
    /// What to do, in a few words.
    pub action: Text,
    /// What to do, in a sentence.
    pub how: Text,
    /// Why now.
    pub because: Text,
    /// The stage or occasion it is about, and the finding or rule that asks for it.
    pub place: String,
    /// The finding or rule that asks for it.
    pub rule: String,
    /// Minutes.
    pub minutes: u32,
    /// Money.
    pub cost: Cents,
    /// The mean gain in the relationship's warmth over thirty days; `None` when it was not computed.
    pub gain: Option<f64>,
    /// What the plan was made by: the gain times importance and evidence, in whole points.
    pub value: Option<i64>,
    /// By when.
    pub due: DateTime<FixedOffset>,
    /// Whether that has passed.
    pub overdue: bool,
    /// Whether it is owed rather than a good idea.
    pub owed: bool,
}

impl ActionLine {
    /// As JSON has it.
    pub fn json(&self) -> Value {
        json!({
            "nudge": self.nudge,
            "customer": {"id": self.id, "name": self.customer},
            "play": self.play,
            "action": self.action.en,
            "because": self.because.en,
            "place": self.place,
            "rule": self.rule,
            "minutes": self.minutes,
            "cost": self.cost.units(),
            "gain": self.gain,
            "value": self.value,
            "due": stamp(self.due),
            "overdue": self.overdue,
            "owed": self.owed,
        })
    }

    /// By what other commands know it: the number of a nudge, else the customer in the letters of an id. A
    /// customer's own number would be taken for a nudge's.
    pub fn name(&self) -> String {
        self.nudge.map_or_else(|| slug(&self.customer), |id| id.to_string())
    }

    fn row(&self) -> Row {
        let row = Row::from(vec![
            Cell::maybe(self.nudge, Cell::Count),
            Cell::name(&self.customer),
            Cell::word(self.play.clone().unwrap_or_default(), self.action.clone()),
            Cell::Text(self.because.clone()),
            Cell::Count(i64::from(self.minutes)),
            if self.cost.0 == 0 { Cell::Empty } else { Cell::Money(self.cost) },
            Cell::maybe(self.gain, |value| Cell::Signed { value, decimals: 1 }),
            Cell::By(self.due),
            Cell::name(&self.place),
            Cell::name(&self.rule),
            Cell::Count(i64::from(self.owed)),
        ]);
        if self.overdue { row.tone(Tone::Alert) } else { row }
    }
}

/// The table of actions.
pub fn table(lines: &[ActionLine]) -> Table {
    let mut table = Table::new(vec![
        Column::right("nudge", Text::same("#")).unless(""),
        Column::left("customer", text!("who", "wie")),
        Column::left("action", text!("what", "wat")),
        Column::left("because", text!("why now", "waarom nu")).telling(),
        Column::right("minutes", text!("min", "min")),
        Column::right("cost", text!("cost", "kosten")).unless("").expendable(1),
        Column::right("gain", text!("gain", "effect")).expendable(2),
        Column::left("due", text!("by", "uiterlijk")),
        Column::left("place", text!("place", "plek")).machines_only(),
        Column::left("rule", text!("rule", "regel")).machines_only(),
        Column::right("owed", text!("owed", "verplicht")).machines_only(),
    ]);
    lines.iter().for_each(|line| table.push(line.row()));
    table.main()
}
