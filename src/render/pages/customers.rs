//! The pages of `attent customers`.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::{Value, json};

use super::gift_calendar::from_word;
use super::{as_of, stamp};
use crate::domain::customer::{Customer, GiftPolicy};
use crate::domain::model::Band;
use crate::domain::money::Cents;
use crate::domain::names::slug;
use crate::domain::text::{Lang, Text};
use crate::plan::gifts::{Policy, PolicyFrom};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::locale::Look;
use crate::render::rows::Many;
use crate::text;

/// One customer.
#[derive(Debug, Clone)]
pub struct CustomerLine {
    /// As recorded.
    pub customer: Customer,
    /// The journey they are on.
    pub journey: Word,
    /// The current stage.
    pub stage: Option<Word>,
    /// Customer since.
    pub since: Option<DateTime<FixedOffset>>,
    /// The latest contact.
    pub last: Option<DateTime<FixedOffset>>,
    /// How many contacts there were.
    pub touchpoints: u32,
    /// The customer who sent them.
    pub referred_by: Option<String>,
}

impl CustomerLine {
    fn json(&self) -> Value {
        let customer = &self.customer;
        let (gifts, cap) = gifts(customer.gifts);
        json!({
            "customer": customer.name,
            "id": slug(&customer.name),
            "segment": customer.segment,
            "journey": self.journey.id,
            "stage": self.stage.as_ref().map(|stage| &stage.id),
            "last": self.last.map(stamp),
            "touchpoints": self.touchpoints,
            "since": self.since.map(stamp),
            "no_contact": customer.no_contact,
            "gifts": gifts.id,
            "gift_cap": cap,
            "referred_by": self.referred_by,
            "origin": customer.origin,
        })
    }

    /// The name; where contact is not welcome, that is said with it.
    fn name(&self) -> Text {
        let name = &self.customer.name;
        if self.customer.no_contact { text!("{name} (no contact)", "{name} (geen contact)") } else { Text::same(name) }
    }

    fn row(&self) -> Row {
        let customer = &self.customer;
        let row = Row::from(vec![
            Cell::word(customer.name.clone(), self.name()),
            said(&customer.segment),
            Cell::Word(self.journey.clone()),
            Cell::maybe(self.stage.clone(), Cell::Word),
            Cell::maybe(self.last, Cell::Day),
            Cell::Count(self.touchpoints.into()),
            if customer.no_contact { Cell::word("yes", text!("yes", "ja")) } else { Cell::word("no", text!("no", "nee")) },
            Cell::maybe(self.since, Cell::Day),
            policy_cell(customer.gifts),
            Cell::name(slug(&customer.name)),
            Cell::maybe(self.referred_by.clone(), Cell::name),
            said(&customer.origin),
        ]);
        if customer.no_contact || self.touchpoints == 0 { row.tone(Tone::Quiet) } else { row }
    }
}

fn said(word: &str) -> Cell {
    if word.is_empty() { Cell::Empty } else { Cell::name(word) }
}

fn gifts(policy: GiftPolicy) -> (Word, Option<f64>) {
    match policy {
        GiftPolicy::Unknown => (Word::new("unknown", text!("not known", "niet bekend")), None),
        GiftPolicy::None => (Word::new("none", text!("none", "geen")), None),
        GiftPolicy::UpTo(cap) => (Word::new("up-to", text!("up to", "tot")), Some(cap.units())),
    }
}

/// The most a gift may cost, or what else is known of what they accept.
pub fn policy_cell(policy: GiftPolicy) -> Cell {
    match policy {
        GiftPolicy::UpTo(cap) => Cell::Money(cap),
        other => Cell::Word(gifts(other).0),
    }
}

fn columns() -> Vec<Column> {
    vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("segment", Text::new("segment", "segment")).expendable(3),
        Column::left("journey", Text::new("journey", "klantreis")).expendable(7),
        Column::left("stage", Text::new("stage now", "fase nu")),
        Column::left("last", Text::new("last contact", "laatste contact")),
        Column::right("touchpoints", Text::new("contacts", "contacten")),
        Column::left("no_contact", Text::new("no contact", "geen contact")).expendable(8),
        Column::left("since", Text::new("since", "sinds")).expendable(5),
        Column::right("gifts", Text::new("gifts", "cadeaus")).expendable(6),
        Column::left("id", Text::new("short name", "korte naam")).expendable(9),
        Column::left("referred_by", Text::new("sent by", "gestuurd door")).expendable(4).unless(""),
        Column::left("origin", Text::new("came by", "kwam via")).expendable(4).unless(""),
    ]
}

/// The customers of a list, each a row.
pub trait Listed: Send + Sync {
    /// How many there are.
    fn count(&self) -> usize;
    /// The line of the customer at a place.
    fn line(&self, at: usize) -> CustomerLine;
}

struct List<L>(L);

impl<L: Listed> Many for List<L> {
    fn count(&self) -> usize {
        self.0.count()
    }

    fn row(&self, at: usize) -> Row {
        self.0.line(at).row()
    }

    fn json(&self, at: usize) -> Value {
        self.0.line(at).json()
    }

    fn id(&self, at: usize) -> String {
        slug(&self.0.line(at).customer.name)
    }
}

/// The answer of `customers list`. `any` tells whether there are customers at all.
pub fn list(listed: impl Listed + 'static, any: bool, moment: DateTime<FixedOffset>) -> Answer {
    let mut document = Document::new(text!("Customers", "Klanten")).subtitle(as_of(moment));
    if listed.count() == 0 && !any {
        document = document.with(Block::Text(text!("There are none yet.", "Er zijn er nog geen."))).with(Block::Hint(text!(
            "The first one: attent log --new \"Anna Jansen\" \"called about her wishes\"",
            "De eerste: attent log --new \"Anna Jansen\" \"gebeld over haar wensen\""
        )));
    } else {
        document = document.with(Block::Table(Table::of_many(columns(), Arc::new(List(listed)))));
    }
    Answer {
        schema: "attent.customers/1",
        json: json!({"as_of": stamp(moment), "customers": []}),
        rows_key: "customers",
        ids: Vec::new(),
        document,
        calendar: None,
    }
}

/// What a file says of a customer, or somebody learned.
#[derive(Debug, Clone)]
pub struct Known {
    /// `postal`, `birthday`, `anniversary`, `prefers` or a label of the file's own.
    pub what: String,
    /// An address, what they like, or a day: `1985-04-12`, or `--04-12` when the year is not known.
    pub value: String,
    /// The kind of file that said so, or where it was learned; may be empty.
    pub source: String,
}

impl Known {
    fn json(&self) -> Value {
        json!({"what": self.what, "value": self.value, "source": self.source})
    }

    fn label(&self) -> Text {
        match self.what.as_str() {
            "postal" => text!("postal address", "postadres"),
            "birthday" => text!("birthday", "verjaardag"),
            "anniversary" => text!("anniversary", "jubileum"),
            "prefers" => text!("prefers", "voorkeur"),
            own => Text::same(own),
        }
    }

    /// The day in words, or the address; and where it came from.
    fn shown(&self) -> Text {
        let (day, from) = (in_words(&self.value), source_in_words(&self.source));
        if from.is_empty() {
            return day;
        }
        Text::new(format!("{} ({})", day.en, from.en), format!("{} ({})", day.nl, from.nl))
    }
}

/// A day in words; what is no day as it is.
pub fn in_words(value: &str) -> Text {
    let day = |lang| day_in_words(value, lang).unwrap_or_else(|| value.to_owned());
    Text::new(day(Lang::En), day(Lang::Nl))
}

/// Where a particular was read, in words where the program has some.
pub fn source_in_words(source: &str) -> Text {
    match source {
        "address book" => text!("address book", "adresboek"),
        "calendar" => text!("calendar", "agenda"),
        other => Text::same(other),
    }
}

/// `12 Apr 1985`, or `12 Apr` when the year is not known.
fn day_in_words(value: &str, lang: Lang) -> Option<String> {
    let look = Look { lang, ..Look::default() };
    match value.strip_prefix("--") {
        // A leap year has every day a year can have.
        Some(day) => {
            let date = look.date(NaiveDate::parse_from_str(&format!("2000-{day}"), "%Y-%m-%d").ok()?);
            date.strip_suffix(" 2000").map(str::to_owned)
        }
        None => Some(look.date(NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()?)),
    }
}

/// Everything known of one customer.
#[derive(Debug, Clone)]
pub struct CustomerPage {
    /// The customer.
    pub line: CustomerLine,
    /// The warmth of the relationship and the evidence it stands on.
    pub warmth: Option<(f64, f64)>,
    /// Failures that are open.
    pub open: usize,
    /// What they may be given, and who says so.
    pub policy: Policy,
    /// What files say of them besides.
    pub besides: Vec<Known>,
    /// Whom they sent, by name.
    pub brought: Vec<String>,
    /// The moment.
    pub as_of: DateTime<FixedOffset>,
}

impl CustomerPage {
    /// The answer of `show`, and with what was done to them of `add` and `edit`.
    pub fn answer(&self, done: Option<Text>, as_table: bool) -> Answer {
        let customer = &self.line.customer;
        let mut document = Document::new(Text::same(customer.name.clone()));
        document = if let Some(done) = done { document.subtitle(done) } else { document.subtitle(as_of(self.as_of)) };
        document = document.with(if as_table { Block::Table(self.table()) } else { Block::Facts(self.facts()) });
        let ids = vec![slug(&customer.name)];
        let json = json!({"as_of": stamp(self.as_of), "customers": [self.json()]});
        Answer { schema: "attent.customers/1", json, rows_key: "customers", ids, document, calendar: None }
    }

    fn table(&self) -> Table {
        let mut table = Table::new(columns()).main();
        table.push(self.line.row());
        table
    }

    fn band(&self) -> Option<Band> {
        self.warmth.map(|(warmth, evidence)| Band::of(warmth, evidence))
    }

    fn facts(&self) -> Vec<(Text, Cell)> {
        let (line, customer) = (&self.line, &self.line.customer);
        let mut facts = vec![
            (text!("warmth", "warmte"), Cell::Warmth(self.warmth.map(|(warmth, _)| warmth))),
            (text!("band", "oordeel"), Cell::maybe(self.band(), |band| Cell::word(band.word(), band.label()))),
            (text!("stage now", "fase nu"), Cell::maybe(line.stage.clone(), Cell::Word)),
            (text!("journey", "klantreis"), Cell::Word(line.journey.clone())),
            (text!("last contact", "laatste contact"), Cell::maybe(line.last, Cell::Day)),
            (text!("contacts", "contacten"), Cell::Count(line.touchpoints.into())),
            (text!("customer since", "klant sinds"), Cell::maybe(line.since, Cell::Day)),
            (text!("organisation", "organisatie"), said(&customer.organisation)),
            (text!("segment", "segment"), said(&customer.segment)),
            (
                text!("also known by", "ook bekend als"),
                Cell::List(customer.keys.iter().map(|key| Word::new(key, Text::same(key))).collect()),
            ),
            (text!("gifts up to", "cadeaus tot"), policy_cell(self.policy.gifts)),
        ];
        facts.extend(self.gift_facts());
        facts.extend(self.besides.iter().map(|known| (known.label(), Cell::Text(known.shown()))));
        if let Some(referrer) = &line.referred_by {
            facts.push((text!("sent by", "gestuurd door"), Cell::name(referrer.clone())));
        }
        if !customer.origin.is_empty() {
            facts.push((text!("came by", "kwam via"), Cell::name(customer.origin.clone())));
        }
        if !self.brought.is_empty() {
            let names = self.brought.iter().map(|name| Word::new(name, Text::same(name)));
            facts.push((text!("sent you", "bracht aan"), Cell::List(names.collect())));
        }
        if customer.no_contact {
            facts.push((text!("contact", "contact"), Cell::Text(text!("asked for none", "liever geen"))));
        }
        if self.open > 0 {
            facts.push((text!("open failures", "open missers"), Cell::Count(self.open as i64)));
        }
        if !customer.notes.is_empty() {
            facts.push((text!("notes", "notities"), Cell::name(customer.notes.clone())));
        }
        facts
    }

    /// Who says what they may be given, and what else holds.
    fn gift_facts(&self) -> Vec<(Text, Cell)> {
        let (policy, terms) = (&self.policy, &self.policy.terms);
        let from = (policy.from != PolicyFrom::Nobody).then(|| (text!("says who", "volgens wie"), Cell::Word(from_word(policy.from))));
        let a_year = terms.a_year.map(|most| (text!("gifts a year up to", "cadeaus per jaar tot"), Cell::Money(most)));
        let approval = (text!("gifts need", "cadeaus vragen"), Cell::Text(text!("approval on their side", "akkoord aan hun kant")));
        let office = (text!("gifts go", "cadeaus gaan"), Cell::Text(text!("to the office only", "alleen naar kantoor")));
        let duties = [terms.approval.then_some(approval), terms.office_only.then_some(office)];
        from.into_iter().chain(a_year).chain(duties.into_iter().flatten()).collect()
    }

    fn json(&self) -> Value {
        let mut json = self.line.json();
        let (word, cap) = gifts(self.policy.gifts);
        let terms = &self.policy.terms;
        json["gift_policy"] = json!({
            "gifts": word.id,
            "cap": cap,
            "from": self.policy.from.word(),
            "cap_year": terms.a_year.map(Cents::units),
            "approval": terms.approval,
            "office_only": terms.office_only,
        });
        json["organisation"] = json!(self.line.customer.organisation);
        json["particulars"] = json!(self.besides.iter().map(Known::json).collect::<Vec<_>>());
        json["keys"] = json!(self.line.customer.keys);
        json["notes"] = json!(self.line.customer.notes);
        json["warmth"] = json!(self.warmth.map(|(warmth, _)| warmth));
        json["band"] = json!(self.band().map(Band::word));
        json["brought"] = json!(self.brought);
        json["open_incidents"] = json!(self.open);
        json
    }
}
