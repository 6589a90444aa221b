//! The page of `attent referral ask`: may this customer be asked, and why or why not yet.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::logged::when;
use super::stamp;
use crate::domain::names::slug;
use crate::domain::numbers::count;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// A rule that says not yet.
#[derive(Debug, Clone)]
pub struct NotYet {
    /// Which.
    pub id: RuleId,
    /// Why, in one sentence.
    pub reason: Text,
    /// From when it says so no more, when waiting alone helps.
    pub from: Option<DateTime<FixedOffset>>,
}

/// Somebody who may be asked, or not yet.
#[derive(Debug, Clone)]
pub struct AskLine {
    /// The customer's name.
    pub customer: String,
    /// W of the relationship, 0…100.
    pub warmth: f64,
    /// For how long they have been a customer, in whole days.
    pub days: u64,
    /// The latest good moment of the last weeks.
    pub positive: Option<DateTime<FixedOffset>>,
    /// The rules that say not yet; empty when they may be asked.
    pub not_yet: Vec<NotYet>,
    /// From when no rule says so, when waiting alone helps.
    pub from: Option<DateTime<FixedOffset>>,
}

impl AskLine {
    /// The line as JSON has it.
    pub fn json(&self) -> Value {
        let rule = |rule: &NotYet| json!({"rule": rule.id.id(), "reason": rule.reason.en, "from": rule.from.map(stamp)});
        json!({
            "customer": self.customer,
            "id": slug(&self.customer),
            "allowed": self.not_yet.is_empty(),
            "warmth": self.warmth,
            "tenure_days": self.days,
            "positive": self.positive.map(stamp),
            "rules": self.not_yet.iter().map(rule).collect::<Vec<_>>(),
            "from": self.from.map(stamp),
        })
    }

    fn rules(&self) -> Cell {
        Cell::List(self.not_yet.iter().map(|rule| Word::new(rule.id.id(), Text::same(rule.id.id()))).collect())
    }

    /// `warmth 72; a customer for 400 days; the last good moment was 18 Nov 2026 14:00`.
    fn because(&self) -> Text {
        let (warmth, days) = (self.warmth.floor(), count(self.days));
        let (mut en, mut nl) =
            (format!("warmth {warmth}; a customer for {} days", days.en), format!("warmte {warmth}; {} dagen klant", days.nl));
        if let Some(at) = self.positive {
            let at = when(at);
            en += &format!("; the last good moment was {}", at.en);
            nl += &format!("; het laatste goede moment was {}", at.nl);
        }
        Text::new(en, nl)
    }

    fn verdict(&self) -> Text {
        let (name, because) = (&self.customer, self.because());
        if self.not_yet.is_empty() {
            return Text::new(
                format!("{name}: yes, this is a good moment to ask ({}).", because.en),
                format!("{name}: ja, dit is een goed moment om het te vragen ({}).", because.nl),
            );
        }
        Text::new(format!("{name}: not yet ({}).", because.en), format!("{name}: nog niet ({}).", because.nl))
    }

    /// The rules that say not yet, a sentence each, with the day from which they do not.
    pub fn reasons(&self) -> Vec<Text> {
        let from = |rule: &NotYet| {
            rule.from.map_or_else(Text::default, |at| {
                let at = when(at);
                Text::new(format!(" (until {})", at.en), format!(" (tot {})", at.nl))
            })
        };
        let said = |rule: &NotYet| {
            let (id, from) = (rule.id, from(rule));
            Text::new(format!("{id}: {}{}", rule.reason.en, from.en), format!("{id}: {}{}", rule.reason.nl, from.nl))
        };
        self.not_yet.iter().map(said).collect()
    }
}

/// The answer of `referral ask`; `touchpoint` is the contact that was written.
pub fn asked(line: &AskLine, touchpoint: Option<i64>, as_table: bool) -> Answer {
    let mut document = Document::new(Text::default()).named(text!("Asking for a referral", "Vragen om een aanbeveling"));
    if as_table {
        document = document.with(Block::Table(table(std::slice::from_ref(line))));
    } else {
        document = document.with(Block::Text(line.verdict()));
        if !line.not_yet.is_empty() {
            document = document.with(Block::List(line.reasons()));
        }
        if let Some(from) = line.from {
            let from = when(from);
            document = document.with(Block::Text(Text::new(
                format!("As far as is known now, it can be from {}.", from.en),
                format!("Voor zover nu bekend kan het vanaf {}.", from.nl),
            )));
        }
    }
    let word = slug(&line.customer);
    document = document.with(Block::Hint(match touchpoint {
        Some(id) => {
            text!("Recorded as contact #{id}; `attent undo` takes it out.", "Vastgelegd als contact #{id}; `attent undo` haalt het weg.")
        }
        None if line.not_yet.is_empty() => {
            text!("Asked? attent referral ask {word} --record", "Gevraagd? attent referral ask {word} --record")
        }
        None => text!("The limits of these rules are defaults, not laws.", "De grenzen van deze regels zijn standaardkeuzes, geen wetten."),
    }));
    let mut json = line.json();
    json["touchpoint"] = json!(touchpoint);
    Answer { schema: "attent.referral-ask/1", json: json!({"asks": [json]}), rows_key: "asks", ids: vec![word], document, calendar: None }
}

fn table(lines: &[AskLine]) -> Table {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::right("warmth", Text::new("warmth", "warmte")),
        Column::left("rules", Text::new("rules", "regels")),
        Column::left("from", Text::new("from", "vanaf")),
    ])
    .main();
    for line in lines {
        table.push(vec![
            Cell::name(line.customer.clone()),
            Cell::Warmth(Some(line.warmth)),
            line.rules(),
            Cell::maybe(line.from, Cell::Day),
        ]);
    }
    table
}

/// Who may be asked now.
pub fn asks(lines: &[AskLine]) -> Table {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("warmth", Text::new("warmth", "warmte")),
        Column::right("tenure_days", Text::new("days a customer", "dagen klant")).expendable(2),
        Column::left("positive", Text::new("last good moment", "laatste goede moment")).expendable(1),
    ]);
    for line in lines {
        table.push(vec![
            Cell::name(line.customer.clone()),
            Cell::Warmth(Some(line.warmth)),
            Cell::Count(line.days as i64),
            Cell::maybe(line.positive, Cell::Day),
        ]);
    }
    table
}

/// Who may not be asked yet, with the first rule that says so, the others by name, and from when it can be.
pub fn not_yet(lines: &[AskLine]) -> Table {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("rules", Text::new("rule", "regel")),
        Column::left("reason", Text::new("why", "waarom")).telling(),
        Column::left("from", Text::new("from", "vanaf")),
        Column::left("warmth", Text::new("warmth", "warmte")).expendable(1),
    ]);
    for line in lines {
        let reason = line.not_yet.first().map(|rule| rule.reason.clone()).unwrap_or_default();
        table.push(vec![
            Cell::name(line.customer.clone()),
            line.rules(),
            Cell::Text(reason),
            Cell::maybe(line.from, Cell::Day),
            Cell::Warmth(Some(line.warmth)),
        ]);
    }
    table
}
