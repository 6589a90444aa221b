//! The pages of `attent gift`, and the register.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::logged::when;
use super::{as_of, stamp};
use crate::domain::gift::{Gift, GiftState};
use crate::domain::money::Cents;
use crate::domain::occasion::OccasionKind;
use crate::domain::text::Text;
use crate::plan::rules::Rule;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// One present.
#[derive(Debug, Clone)]
pub struct GiftLine {
    /// As kept.
    pub gift: Gift,
    /// For whom.
    pub customer: String,
    /// The day it is meant for, or the moment it was given.
    pub day: Option<DateTime<FixedOffset>>,
}

/// A rule that speaks against it: its id and its reason.
pub type Stop = (String, Text);

/// Rules as they are told.
pub fn told(rules: &[&Rule]) -> Vec<Stop> {
    rules.iter().map(|rule| (rule.id.id().to_owned(), (rule.reason)())).collect()
}

/// A word of the user's own, or nothing.
fn said(word: &str) -> Cell {
    if word.is_empty() { Cell::Empty } else { Cell::name(word) }
}

/// An occasion as it is kept: its sort and its day, or words of the user's own.
fn occasion(kept: &str) -> Cell {
    let kind = kept.split_once(':').and_then(|(kind, _)| OccasionKind::ALL.iter().find(|known| known.word() == kind));
    match kind {
        Some(kind) => Cell::word(kept, kind.label()),
        None => said(kept),
    }
}

impl GiftLine {
    fn json(&self) -> Value {
        let gift = &self.gift;
        json!({
            "id": (gift.id > 0).then_some(gift.id),
            "customer": self.customer,
            "state": gift.state.word(),
            "day": self.day.map(stamp),
            "what": gift.what,
            "value": gift.value.map(Cents::units),
            "occasion": gift.occasion,
            "why": gift.why,
            "given_by": gift.given_by,
            "approved_by": gift.approved,
            "against": gift.against,
            "touchpoint": gift.touchpoint.map(|touchpoint| touchpoint.0),
        })
    }

    fn cells(&self) -> Vec<Cell> {
        let gift = &self.gift;
        vec![
            Cell::maybe(self.day, Cell::Day),
            Cell::name(self.customer.clone()),
            Cell::maybe(gift.value, Cell::Money),
            said(&gift.what),
            said(&gift.why),
            said(&gift.given_by),
            said(&gift.approved),
            said(&gift.against),
            occasion(&gift.occasion),
        ]
    }

    fn open_row(&self) -> Row {
        let number = Cell::Count(self.gift.id);
        let state = Cell::word(self.gift.state.word(), self.gift.state.label());
        let row = Row::from([vec![number, state], self.cells()].concat());
        if self.gift.state == GiftState::Idea { row.tone(Tone::Quiet) } else { row }
    }

    /// `#3 Anna Jansen · A book · 12 Apr 2027`.
    fn sentence(&self) -> Text {
        let (name, what) = (&self.customer, &self.gift.what);
        let number = if self.gift.id > 0 { format!("#{} ", self.gift.id) } else { String::new() };
        let day = self.day.map_or_else(Text::default, |day| {
            let day = when(day);
            Text::new(format!(" · {}", day.en), format!(" · {}", day.nl))
        });
        let (en, nl) = (day.en, day.nl);
        text!("{number}{name} · {what}{en}", "{number}{name} · {what}{nl}")
    }
}

/// The columns every list of presents has, as the register is exported (G10).
fn columns() -> Vec<Column> {
    vec![
        Column::left("date", Text::new("date", "datum")),
        Column::left("customer", Text::new("customer", "klant")),
        Column::right("value", Text::new("value", "waarde")),
        Column::left("what", Text::new("what", "wat")).telling(),
        Column::left("why", Text::new("why", "waarom")).expendable(3),
        Column::left("given_by", Text::new("by", "door")).expendable(4),
        Column::left("approved_by", Text::new("approved by", "akkoord van")).unless("").expendable(5),
        Column::left("against", Text::new("against", "tegen")).unless("").expendable(6),
        Column::left("occasion", Text::new("occasion", "aanleiding")).unless("").expendable(7),
    ]
}

fn open_table(lines: &[GiftLine]) -> Table {
    let first = vec![Column::right("id", Text::new("number", "nummer")), Column::left("state", Text::new("state", "stand"))];
    let mut table = Table::new([first, columns()].concat()).main();
    lines.iter().for_each(|line| table.push(line.open_row()));
    table
}

fn register_table(lines: &[GiftLine]) -> Table {
    let mut table = Table::new(columns()).main();
    lines.iter().for_each(|line| table.push(line.cells()));
    table
}

fn answer(lines: &[GiftLine], extra: Value, document: Document) -> Answer {
    let mut json = json!({"gifts": lines.iter().map(GiftLine::json).collect::<Vec<_>>()});
    if let (Some(json), Value::Object(extra)) = (json.as_object_mut(), extra) {
        json.extend(extra);
    }
    let ids = lines.iter().map(|line| line.gift.id.to_string()).collect();
    Answer { schema: "attent.gift/1", json, rows_key: "gifts", ids, document, calendar: None }
}

/// The answer of `gift list`.
pub fn list(lines: &[GiftLine], moment: DateTime<FixedOffset>) -> Answer {
    let document = Document::new(text!("Ideas and plans", "Ideeën en plannen")).subtitle(as_of(moment));
    let document = if lines.is_empty() {
        document.with(Block::Text(text!("There are none.", "Er zijn er geen."))).with(Block::Hint(text!(
            "The first one: attent gift idea CUSTOMER \"a book on roses\"",
            "De eerste: attent gift idea KLANT \"een boek over rozen\""
        )))
    } else {
        document.with(Block::Table(open_table(lines)))
    };
    answer(lines, json!({"as_of": stamp(moment)}), document)
}

fn one(line: &GiftLine, name: Text, as_table: bool) -> Document {
    let lines = std::slice::from_ref(line);
    let said = if as_table { Block::Table(open_table(lines)) } else { Block::Text(line.sentence()) };
    Document::new(Text::default()).named(name).with(said)
}

fn rules_json(stops: &[Stop]) -> Value {
    json!({"stops": stops.iter().map(|(rule, reason)| json!({"rule": rule, "reason": {"en": reason.en, "nl": reason.nl}})).collect::<Vec<_>>()})
}

/// What it goes against, as a block; nothing when it goes against nothing.
pub(super) fn against(document: Document, stops: &[Stop]) -> Document {
    if stops.is_empty() {
        return document;
    }
    let lines = stops.iter().map(|(rule, reason)| Text::new(format!("{rule}: {}", reason.en), format!("{rule}: {}", reason.nl)));
    document
        .with(Block::Text(text!("Against these rules, which is kept with it:", "Tegen deze regels in, dat wordt erbij bewaard:")))
        .with(Block::List(lines.collect()))
}

/// The answer of `gift add` and `gift idea`; `stops` are the rules it was planned against.
pub fn planned(line: &GiftLine, stops: &[Stop], as_table: bool) -> Answer {
    let id = line.gift.id;
    let document = against(one(line, text!("Planned", "Gepland"), as_table), stops);
    let document =
        document.with(Block::Hint(text!("Once it is given: attent gift given {id}", "Als het gegeven is: attent gift given {id}")));
    answer(std::slice::from_ref(line), rules_json(stops), document)
}

/// The answer of `gift given`; `stops` are the rules it went against.
pub fn given(line: &GiftLine, stops: &[Stop], as_table: bool) -> Answer {
    let document = against(one(line, text!("Given", "Gegeven"), as_table), stops);
    let document = document
        .with(Block::Hint(text!("It is in the register: attent gifts --register", "Het staat in het register: attent gifts --register")));
    answer(std::slice::from_ref(line), rules_json(stops), document)
}

/// The answer of `gift drop`.
pub fn dropped(line: &GiftLine, as_table: bool) -> Answer {
    let name = text!("Taken away", "Weggehaald");
    let document = if as_table {
        one(line, name, true)
    } else {
        let said = line.sentence();
        let (en, nl) = (&said.en, &said.nl);
        Document::new(Text::default()).named(name).with(Block::Text(text!("{en}: taken away", "{nl}: weggehaald")))
    };
    let document = document.with(Block::Hint(text!("`attent undo` puts it back.", "`attent undo` zet het terug.")));
    answer(std::slice::from_ref(line), json!({}), document)
}

/// The answer of `gifts --register`.
pub fn register(lines: &[GiftLine], moment: DateTime<FixedOffset>) -> Answer {
    let value = lines.iter().filter_map(|line| line.gift.value).sum();
    let document = Document::new(text!("Register of gifts", "Register van cadeaus")).subtitle(as_of(moment));
    let facts = vec![(text!("gifts", "cadeaus"), Cell::Count(lines.len() as i64)), (text!("value", "waarde"), Cell::Money(value))];
    let document = document.with(Block::Table(register_table(lines))).with(Block::Facts(facts));
    let rows = lines.iter().map(GiftLine::json).collect::<Vec<_>>();
    let json = json!({"as_of": stamp(moment), "count": lines.len(), "value": value.units(), "gifts": rows});
    let ids = lines.iter().filter_map(|line| line.gift.touchpoint).map(|touchpoint| touchpoint.0.to_string()).collect();
    Answer { schema: "attent.gift-register/1", json, rows_key: "gifts", ids, document, calendar: None }
}

/// Something a customer likes, cannot have, or how they want to be reached.
#[derive(Debug, Clone)]
pub struct Preference {
    /// What it is.
    pub what: String,
    /// Where it was learned, or empty.
    pub learned: String,
}

/// The answer of `gift prefers`, with what was done.
pub fn preferences(customer: &str, known: &[Preference], done: Option<Text>) -> Answer {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")).machines_only(),
        Column::left("what", Text::new("prefers", "voorkeur")),
        Column::left("learned", Text::new("where it was learned", "waar dat vandaan komt")).unless(""),
    ])
    .main();
    known.iter().for_each(|known| table.push(vec![Cell::name(customer), Cell::name(known.what.clone()), said(&known.learned)]));
    let mut document = Document::new(Text::same(customer));
    if let Some(done) = done {
        document = document.subtitle(done);
    }
    document = if known.is_empty() {
        document.with(Block::Text(text!("Nothing is known of what they like.", "Er is niets bekend van wat ze fijn vinden.")))
    } else {
        document.with(Block::Table(table))
    };
    let row = |known: &Preference| json!({"customer": customer, "what": known.what, "learned": known.learned});
    let json = json!({"preferences": known.iter().map(row).collect::<Vec<_>>()});
    let ids = known.iter().map(|known| known.what.clone()).collect();
    Answer { schema: "attent.preferences/1", json, rows_key: "preferences", ids, document, calendar: None }
}
