//! The page of `attent` by itself.

use chrono::{DateTime, FixedOffset};
use serde_json::json;

use super::actions::{ActionLine, table};
use super::plan::no_room;
use super::{as_of, stamp};
use crate::domain::finding::FindingKind;
use crate::domain::model::Band;
use crate::domain::numbers::{counted, decimal};
use crate::domain::text::{Lang, Text};
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::render::locale::Look;
use crate::text;

/// How many nudges are shown.
const SHOWN: usize = 5;

/// The coldest stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Coldest {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its warmth.
    pub warmth: f64,
    /// How much that stands on.
    pub evidence: f64,
    /// What is found there.
    pub findings: Vec<FindingKind>,
}

/// What the page is made from.
#[derive(Debug, Clone)]
pub struct TodayPage {
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
    /// The nudges that stand, the most pressing first.
    pub due: Vec<ActionLine>,
    /// What the week asks for besides, and no digest has brought up yet.
    pub new: Vec<ActionLine>,
    /// How many people there is something to do for that does not fit in the week.
    pub waiting: usize,
    /// The coldest stage.
    pub coldest: Option<Coldest>,
    /// Whether anybody is in the log.
    pub anybody: bool,
}

impl TodayPage {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(text!("Today", "Vandaag")).subtitle(as_of(self.as_of)).otherwise(table(&[]));
        if !self.anybody {
            document = document.with(Block::Text(text!("Nobody is in the log yet.", "Er staat nog niemand in het logboek."))).with(Block::Hint(text!(
                "`attent log \"called Anna about the garden\" --new` records a contact; `attent import FILE` reads mail, calendars, address books and tables.",
                "`attent log \"belde Anna over de tuin\" --new` legt een contact vast; `attent import BESTAND` leest mail, agenda's, adresboeken en tabellen."
            )));
            return self.finish(document);
        }
        if !self.due.is_empty() {
            document = document.with(Block::Heading(text!("Due", "Aan de beurt")));
            document = document.with(Block::Table(table(&self.due[..self.due.len().min(SHOWN)])));
        }
        let more = self.more();
        if !more.is_empty() {
            document = document.with(Block::Text(more));
        }
        if let Some(coldest) = &self.coldest {
            document = document.with(Block::Text(said(coldest)));
        }
        if let Some(line) = self.first() {
            document = document.with(Block::Heading(text!("One thing to do", "Eén ding om te doen"))).with(Block::Text(one_thing(line)));
        }
        let hint = if self.due.is_empty() && !self.new.is_empty() {
            text!(
                "`attent plan` shows the whole week; `attent nudge` makes it your nudges.",
                "`attent plan` toont de hele week; `attent nudge` maakt er je nudges van."
            )
        } else {
            text!("`attent score` shows every stage; `attent plan` the week.", "`attent score` toont elke fase; `attent plan` de week.")
        };
        self.finish(document.with(Block::Hint(hint)))
    }

    fn finish(&self, document: Document) -> Answer {
        let coldest = self.coldest.as_ref().map(|stage| {
            json!({"id": stage.id, "title": stage.title, "warmth": stage.warmth, "band": Band::of(stage.warmth, stage.evidence).word(),
                "findings": stage.findings.iter().map(|kind| kind.id()).collect::<Vec<_>>()})
        });
        let json = json!({
            "as_of": stamp(self.as_of),
            "due": self.due.iter().map(ActionLine::json).collect::<Vec<_>>(),
            "planned": self.new.iter().map(ActionLine::json).collect::<Vec<_>>(),
            "waiting": self.waiting,
            "coldest": coldest,
            "first": self.first().map(ActionLine::json),
        });
        Answer {
            schema: "attent.today/1",
            json,
            rows_key: "due",
            ids: self.due.iter().map(ActionLine::name).collect(),
            document,
            calendar: None,
        }
    }

    fn first(&self) -> Option<&ActionLine> {
        let pressing = self.new.iter().find(|line| line.owed);
        self.due.iter().find(|line| line.owed).or(pressing).or(self.due.first()).or(self.new.first())
    }

    /// How much there is besides what is shown.
    fn more(&self) -> Text {
        let hidden = self.due.len().saturating_sub(SHOWN) as u64;
        let hidden = (hidden > 0).then(|| {
            let n = counted(hidden, ["more nudge stands", "more nudges stand"], ["andere staat", "andere staan"]);
            Text::new(format!("{}: `attent nudges`.", n.en), format!("Nog {} open: `attent nudges`.", n.nl))
        });
        let new = (!self.new.is_empty()).then(|| {
            let n = counted(
                self.new.len() as u64,
                ["action", "actions"],
                ["actie die nog in geen overzicht stond", "acties die nog in geen overzicht stonden"],
            );
            Text::new(
                format!("The plan of this week has {} that no digest has brought up yet.", n.en),
                format!("Het plan van deze week heeft {}.", n.nl),
            )
        });
        match (hidden, new) {
            (None, None) if self.due.is_empty() && self.waiting > 0 => no_room(self.waiting),
            (None, None) if self.due.is_empty() => {
                text!(
                    "Nothing is due: nothing is too cold, or it is already on its way.",
                    "Er hoeft niets: niets is te koud, of het is al onderweg."
                )
            }
            (one, other) => join(one, other),
        }
    }
}

fn join(one: Option<Text>, other: Option<Text>) -> Text {
    let parts: Vec<Text> = [one, other].into_iter().flatten().collect();
    let of = |lang: Lang| parts.iter().map(|part| part.get(lang)).collect::<Vec<_>>().join(" ");
    Text::new(of(Lang::En), of(Lang::Nl))
}

fn said(coldest: &Coldest) -> Text {
    let (title, warmth, band) = (&coldest.title, decimal(coldest.warmth, 0), Band::of(coldest.warmth, coldest.evidence).label());
    let of = |lang: Lang| {
        let words =
            coldest.findings.iter().filter(|kind| kind.asks()).map(|kind| kind.label().get(lang).to_owned()).collect::<Vec<_>>().join(", ");
        if words.is_empty() { ".".to_owned() } else { format!(": {words}.") }
    };
    Text::new(
        format!("The coldest stage is {title}, at {} of 100 ({}){}", warmth.en, band.en, of(Lang::En)),
        format!("De koudste fase is {title}, met {} van 100 ({}){}", warmth.nl, band.nl, of(Lang::Nl)),
    )
}

/// `Anna Jansen: a short call (10 minutes, by Sun 5 Jul). Call for five minutes …`
fn one_thing(line: &ActionLine) -> Text {
    let of = |lang: Lang| {
        let look = Look { lang, ..Look::default() };
        let minutes = counted(u64::from(line.minutes), ["minute", "minutes"], ["minuut", "minuten"]);
        let day = look.weekday(line.due.date_naive());
        let number = line.nudge.map_or_else(String::new, |id| format!("#{id} "));
        format!(
            "{number}{}: {} ({}, {} {day}). {}",
            line.customer,
            line.action.get(lang),
            minutes.get(lang),
            lang.pick("by", "uiterlijk"),
            line.how.get(lang)
        )
    };
    Text::new(of(Lang::En), of(Lang::Nl))
}
