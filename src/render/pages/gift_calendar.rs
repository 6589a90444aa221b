//! The page of `attent gifts`: the occasions ahead, and what everybody was given this year.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use super::customers::policy_cell;
use super::gifts::Stop;
use super::{as_of, stamp};
use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::gift::Gift;
use crate::domain::money::Cents;
use crate::domain::names::slug;
use crate::domain::occasion::Occasion;
use crate::domain::text::Text;
use crate::plan::gifts::{Fitting, PolicyFrom, Reminder};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::ics::Calendar;
use crate::text;

/// One occasion, or a plan without one.
#[derive(Debug, Clone)]
pub struct CalendarLine {
    /// Whose.
    pub customer: String,
    /// The day to begin: the occasion's less the time it takes, today at the earliest.
    pub begin: NaiveDate,
    /// The day of the occasion or the plan.
    pub day: NaiveDate,
    /// The occasion.
    pub occasion: Option<Occasion>,
    /// What is planned for it.
    pub plan: Option<Gift>,
    /// What somebody thought of for them.
    pub ideas: Vec<String>,
    /// What a present may cost.
    pub fits: Fitting,
    /// What is left of what they may be given in a year, when there is a most.
    pub left: Option<Cents>,
    /// The rules that stop a gift on that day, or today when it is past.
    pub stops: Vec<Stop>,
    /// From when none does, when some do.
    pub free_from: Option<NaiveDate>,
}

/// What one customer was given this year, against what they may be given.
#[derive(Debug, Clone)]
pub struct BudgetLine {
    /// Who.
    pub customer: String,
    /// How many gifts were given.
    pub given: usize,
    /// What they cost together.
    pub value: Cents,
    /// What is planned for the rest of the year.
    pub planned: Cents,
    /// What they may accept each time.
    pub policy: GiftPolicy,
    /// What else holds.
    pub terms: GiftTerms,
    /// Who says what they may accept.
    pub from: PolicyFrom,
}

/// The whole page.
#[derive(Debug)]
pub struct CalendarPage {
    /// How far ahead it looks.
    pub days: u16,
    /// The calendar year of the budgets.
    pub year: i32,
    /// The occasions, in the order they are to be begun.
    pub lines: Vec<CalendarLine>,
    /// The budgets, by name.
    pub budgets: Vec<BudgetLine>,
    /// What to check.
    pub reminders: Vec<Reminder>,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
    /// The occasions as a calendar, when that was asked for.
    pub calendar: Option<Calendar>,
}

/// Who says what somebody may accept, for people.
pub fn from_word(from: PolicyFrom) -> Word {
    let label = match from {
        PolicyFrom::Customer => text!("said of them", "van hen bekend"),
        PolicyFrom::Segment => text!("by their segment", "volgens hun segment"),
        PolicyFrom::Medical => text!("shipped default for medical professions", "standaard voor medische beroepen"),
        PolicyFrom::Nobody => text!("not known: ask first", "niet bekend: vraag het eerst"),
    };
    Word::new(from.word(), label)
}

impl CalendarLine {
    /// `birthday (41)`; of a plan without an occasion its own words.
    fn occasion_cell(&self) -> Cell {
        match (&self.occasion, &self.plan) {
            (Some(Occasion { kind, years, .. }), _) => {
                let label = kind.label();
                let years = years.map(|years| format!(" ({years})")).unwrap_or_default();
                Cell::word(kind.word(), Text::new(format!("{}{years}", label.en), format!("{}{years}", label.nl)))
            }
            (None, Some(plan)) if !plan.occasion.is_empty() => Cell::name(plan.occasion.clone()),
            _ => Cell::Empty,
        }
    }

    /// What it is, as the summary of a calendar item has it.
    pub(super) fn what(&self) -> Text {
        match self.occasion_cell() {
            Cell::Word(word) => word.label,
            _ => match &self.plan {
                Some(plan) if !plan.occasion.is_empty() => Text::same(&plan.occasion),
                Some(plan) => Text::same(&plan.what),
                None => Text::default(),
            },
        }
    }

    pub(super) fn bounds(&self) -> (Option<Cents>, Option<Cents>) {
        match self.fits {
            Fitting::Between(least, most) => (Some(least), Some(most)),
            Fitting::Nothing | Fitting::AskFirst | Fitting::CardOnly => (None, None),
        }
    }

    pub(super) fn advice(&self) -> Option<Word> {
        match self.fits {
            Fitting::Between(..) => None,
            Fitting::Nothing => Some(Word::new("none", text!("no gift: a card", "geen cadeau: een kaart"))),
            Fitting::AskFirst => {
                Some(Word::new("ask-first", text!("a card, and ask first what they may accept", "een kaart, en vraag eerst wat mag")))
            }
            Fitting::CardOnly => Some(Word::new("card", text!("a card this time", "deze keer een kaart"))),
        }
    }

    pub(super) fn note(&self) -> &str {
        self.occasion.as_ref().map(|occasion| occasion.note.as_str()).unwrap_or_default()
    }

    fn row(&self) -> Row {
        let (least, most) = self.bounds();
        let list = |words: &[String]| Cell::List(words.iter().map(|word| Word::new(word, Text::same(word))).collect());
        let plan = self.plan.as_ref().map(|plan| Cell::name(plan.what.clone()));
        let stops = self.stops.iter().map(|(rule, _)| Word::new(rule, Text::same(rule))).collect();
        let row = Row::from(vec![
            Cell::Date(self.begin),
            Cell::name(self.customer.clone()),
            self.occasion_cell(),
            Cell::Date(self.day),
            plan.unwrap_or(Cell::Empty),
            list(&self.ideas),
            Cell::maybe(least, Cell::Money),
            Cell::maybe(most, Cell::Money),
            Cell::maybe(self.advice(), Cell::Word),
            Cell::List(stops),
            Cell::maybe(self.left, Cell::Money),
            if self.note().is_empty() { Cell::Empty } else { Cell::name(self.note()) },
            Cell::maybe(self.free_from, Cell::Date),
        ]);
        if self.stops.is_empty() { row } else { row.tone(Tone::Quiet) }
    }

    fn json(&self) -> Value {
        let (least, most) = self.bounds();
        json!({
            "customer": self.customer,
            "begin": self.begin.to_string(),
            "day": self.day.to_string(),
            "occasion": self.occasion.as_ref().map(|occasion| occasion.kind.word()),
            "key": self.occasion.as_ref().map(Occasion::key),
            "years": self.occasion.as_ref().and_then(|occasion| occasion.years),
            "note": self.note(),
            "planned": self.plan.as_ref().map(|plan| json!({"id": plan.id, "what": plan.what, "value": plan.value.map(Cents::units)})),
            "ideas": self.ideas,
            "least": least.map(Cents::units),
            "most": most.map(Cents::units),
            "advice": self.advice().map(|word| word.id),
            "left_this_year": self.left.map(Cents::units),
            "stops": self.stops.iter().map(|(rule, reason)| json!({"rule": rule, "reason": {"en": reason.en, "nl": reason.nl}})).collect::<Vec<_>>(),
            "free_from": self.free_from.map(|day| day.to_string()),
        })
    }
}

impl BudgetLine {
    fn row(&self) -> Row {
        let yes = |yes: bool| if yes { Cell::word("yes", text!("yes", "ja")) } else { Cell::word("no", text!("no", "nee")) };
        Row::from(vec![
            Cell::name(self.customer.clone()),
            Cell::Count(self.given as i64),
            Cell::Money(self.value),
            if self.planned.0 == 0 { Cell::Empty } else { Cell::Money(self.planned) },
            policy_cell(self.policy),
            Cell::maybe(self.terms.a_year, Cell::Money),
            Cell::Word(from_word(self.from)),
            yes(self.terms.approval),
            yes(self.terms.office_only),
        ])
    }

    fn json(&self) -> Value {
        let (policy, cap) = match self.policy {
            GiftPolicy::Unknown => ("unknown", None),
            GiftPolicy::None => ("none", None),
            GiftPolicy::UpTo(cap) => ("up-to", Some(cap.units())),
        };
        json!({
            "customer": self.customer,
            "given": self.given,
            "value": self.value.units(),
            "planned": self.planned.units(),
            "policy": policy,
            "policy_from": self.from.word(),
            "cap": cap,
            "cap_year": self.terms.a_year.map(Cents::units),
            "approval": self.terms.approval,
            "office_only": self.terms.office_only,
        })
    }
}

impl CalendarPage {
    /// The answer of `gifts`.
    pub fn answer(&self) -> Answer {
        let days = self.days;
        let title = text!("Occasions of the coming {days} days", "Aanleidingen in de komende {days} dagen");
        let mut document = Document::new(title).subtitle(as_of(self.as_of)).with(Block::Table(self.calendar()));
        let reasons = self.reasons();
        if !reasons.is_empty() {
            document = document.with(Block::Heading(text!("What stops a gift", "Wat een cadeau tegenhoudt"))).with(Block::List(reasons));
        }
        if !self.budgets.is_empty() {
            let year = self.year;
            document = document
                .with(Block::Heading(text!("Given in {year}, and what may be", "Gegeven in {year}, en wat mag")))
                .with(Block::Table(self.budget()));
        }
        if !self.reminders.is_empty() {
            let list = self.reminders.iter().map(reminder).collect();
            document = document
                .with(Block::Heading(text!("To check; this is no advice", "Om te controleren; dit is geen advies")))
                .with(Block::List(list));
        }
        let json = json!({
            "as_of": stamp(self.as_of),
            "days": days,
            "occasions": self.lines.iter().map(CalendarLine::json).collect::<Vec<_>>(),
            "year": self.year,
            "budgets": self.budgets.iter().map(BudgetLine::json).collect::<Vec<_>>(),
            "reminders": self.reminders.iter().map(|reminder| json!({
                "id": reminder.id, "fact": {"en": reminder.fact.en, "nl": reminder.fact.nl}, "source": reminder.source, "about": reminder.about,
            })).collect::<Vec<_>>(),
        });
        let ids = self.lines.iter().map(|line| slug(&line.customer)).collect();
        Answer { schema: "attent.gifts/1", json, rows_key: "occasions", ids, document, calendar: self.calendar.clone() }
    }

    fn calendar(&self) -> Table {
        let mut table = Table::new(vec![
            Column::left("begin", Text::new("begin by", "begin op")),
            Column::left("customer", Text::new("customer", "klant")),
            Column::left("occasion", Text::new("occasion", "aanleiding")),
            Column::left("day", Text::new("day", "dag")),
            Column::left("planned", Text::new("planned", "gepland")).unless(""),
            Column::left("ideas", Text::new("ideas", "ideeën")).unless("").expendable(4),
            Column::right("least", Text::new("from", "van")).unless("").expendable(5),
            Column::right("most", Text::new("up to", "tot")).unless("").expendable(1),
            Column::left("advice", Text::new("advice", "advies")).unless("").expendable(2),
            Column::left("stops", Text::new("stopped by", "tegengehouden door")).unless(""),
            Column::right("left_this_year", Text::new("left this year", "over dit jaar")).unless("").expendable(6),
            Column::left("note", Text::new("note", "notitie")).unless("").expendable(3),
            Column::left("free_from", Text::new("free from", "vrij vanaf")).unless("").expendable(7),
        ])
        .main();
        self.lines.iter().for_each(|line| table.push(line.row()));
        table
    }

    fn budget(&self) -> Table {
        let mut table = Table::new(vec![
            Column::left("customer", Text::new("customer", "klant")),
            Column::right("given", Text::new("gifts", "cadeaus")),
            Column::right("value", Text::new("value", "waarde")),
            Column::right("planned", Text::new("planned", "gepland")).unless(""),
            Column::right("cap", Text::new("each up to", "elk tot")),
            Column::right("cap_year", Text::new("a year up to", "per jaar tot")).unless(""),
            Column::left("policy_from", Text::new("says who", "volgens wie")).expendable(1),
            Column::left("approval", Text::new("needs approval", "akkoord nodig")).unless("no"),
            Column::left("office_only", Text::new("office only", "alleen kantoor")).unless("no"),
        ]);
        self.budgets.iter().for_each(|line| table.push(line.row()));
        table
    }

    /// Each rule that stops something once, with its reason.
    fn reasons(&self) -> Vec<Text> {
        let mut seen: Vec<&Stop> = Vec::new();
        for stop in self.lines.iter().flat_map(|line| &line.stops) {
            if seen.iter().all(|(rule, _)| *rule != stop.0) {
                seen.push(stop);
            }
        }
        seen.into_iter().map(|(rule, reason)| Text::new(format!("{rule}: {}", reason.en), format!("{rule}: {}", reason.nl))).collect()
    }
}

/// `… check (p-direkt.nl): Anna, Bram`.
fn reminder(reminder: &Reminder) -> Text {
    let (source, about) = (reminder.source, reminder.about.join(", "));
    let (en, nl) = (&reminder.fact.en, &reminder.fact.nl);
    text!("{en} ({source}) · {about}", "{nl} ({source}) · {about}")
}
