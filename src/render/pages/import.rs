//! The page of `attent import`: one line, and for a dry run what would be added, to whom, and why.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::stamp;
use crate::domain::numbers::{count, counted};
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// So many people who are no customers are named.
const NAMED: usize = 5;

/// What became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowOutcome {
    /// A contact that was added.
    Added,
    /// It was known.
    Known,
    /// It was left out.
    Skipped,
    /// A customer that was made.
    New,
    /// A customer about whom more is known now.
    FilledIn,
}

impl RowOutcome {
    fn word(self) -> Word {
        match self {
            Self::Added => Word::new("added", text!("contact", "contact")),
            Self::Known => Word::new("known", text!("known", "bekend")),
            Self::Skipped => Word::new("skipped", text!("left out", "weggelaten")),
            Self::New => Word::new("new", text!("new customer", "nieuwe klant")),
            Self::FilledIn => Word::new("filled_in", text!("filled in", "aangevuld")),
        }
    }
}

/// A record of a dry run.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// The file and the line.
    pub place: String,
    /// When the contact was.
    pub at: Option<DateTime<FixedOffset>>,
    /// Who it is, or empty.
    pub customer: String,
    /// What kind of contact it was.
    pub facts: Option<Facts>,
    /// What became of it.
    pub outcome: RowOutcome,
    /// Why.
    pub why: Text,
}

/// What an import did.
#[derive(Debug, Clone, Default)]
pub struct ImportSummary {
    /// Contacts that were added, or would be.
    pub added: u64,
    /// Contacts that were in the log already.
    pub known: u64,
    /// Records that are not right.
    pub bad: u64,
    /// Records that were left out, by the reason in English.
    pub skipped: BTreeMap<String, (Text, u64)>,
    /// Customers that were made.
    pub new_customers: u64,
    /// Customers about whom more is known now.
    pub filled_in: u64,
    /// Customers of whom nothing new was said.
    pub known_customers: u64,
    /// Cards that are known to be a certain customer from now on, whatever name they get.
    pub recognised: u64,
    /// Whether nothing was stored.
    pub dry_run: bool,
    /// In a dry run: how many contacts each customer would get.
    pub per_customer: Option<BTreeMap<String, u64>>,
    /// In a dry run: the records one by one.
    pub rows: Vec<ImportRow>,
    /// How many records are not among `rows`, because there are so many.
    pub rows_left_out: u64,
    /// People contacts were with who are no customers, with how many.
    pub strangers: Vec<(String, u64)>,
    /// New customers who may be another one: both names, and why.
    pub doubtful: Vec<(String, String, Text)>,
}

impl ImportSummary {
    /// Counts a contact that was added.
    pub fn add(&mut self, customer: &str) {
        self.added += 1;
        if self.dry_run {
            *self.per_customer.get_or_insert_with(BTreeMap::new).entry(customer.to_owned()).or_insert(0) += 1;
        }
    }

    /// Counts a record that was left out.
    pub fn skip(&mut self, why: Text) {
        self.skipped.entry(why.en.clone()).or_insert((why, 0)).1 += 1;
    }

    /// Whether anything was added or changed, or is known from now on.
    pub fn changes_anything(&self) -> bool {
        self.added + self.new_customers + self.filled_in + self.recognised > 0
    }

    /// How many records were left out.
    pub fn left_out(&self) -> u64 {
        self.bad + self.skipped.values().map(|(_, n)| n).sum::<u64>()
    }

    /// The one line.
    pub fn in_words(&self) -> Text {
        let (added, known) = (count(self.added), count(self.known));
        let (en, nl) = if self.dry_run { ("would be added", "komen erbij") } else { ("added", "toegevoegd") };
        let mut said =
            Text::new(format!("{} {en}, {} already known", added.en, known.en), format!("{} {nl}, {} al bekend", added.nl, known.nl));
        if self.left_out() > 0 {
            let (n, why) = (count(self.left_out()), self.why_left_out());
            said.en += &format!(", {} skipped{}", n.en, why.en);
            said.nl += &format!(", {} overgeslagen{}", n.nl, why.nl);
        }
        if let Some(people) = self.people() {
            said.en += &format!("; {}", people.en);
            said.nl += &format!("; {}", people.nl);
        }
        said
    }

    /// ` (12 × cancelled, 3 × an automatic reply)`, the commonest first; nothing when all are just not right.
    fn why_left_out(&self) -> Text {
        if self.skipped.is_empty() {
            return Text::default();
        }
        let mut reasons: Vec<(Text, u64)> = self.skipped.values().cloned().collect();
        if self.bad > 0 {
            reasons.push((text!("not right", "klopt niet"), self.bad));
        }
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.en.cmp(&b.0.en)));
        let (en, nl): (Vec<_>, Vec<_>) = reasons
            .into_iter()
            .map(|(why, n)| {
                let n = count(n);
                (format!("{} × {}", n.en, why.en), format!("{} × {}", n.nl, why.nl))
            })
            .unzip();
        Text::new(format!(" ({})", en.join(", ")), format!(" ({})", nl.join(", ")))
    }

    fn people(&self) -> Option<Text> {
        let parts: Vec<Text> = [
            (self.new_customers, ["new customer", "new customers"], ["nieuwe klant", "nieuwe klanten"]),
            (self.filled_in, ["customer filled in", "customers filled in"], ["klant aangevuld", "klanten aangevuld"]),
            (self.known_customers, ["customer known", "customers known"], ["klant bekend", "klanten bekend"]),
        ]
        .into_iter()
        .filter(|(n, _, _)| *n > 0)
        .map(|(n, en, nl)| counted(n, en, nl))
        .collect();
        let (en, nl): (Vec<_>, Vec<_>) = parts.into_iter().map(|part| (part.en, part.nl)).unzip();
        (!en.is_empty()).then(|| Text::new(en.join(", "), nl.join(", ")))
    }

    /// Adds what another import did.
    pub fn take_in(&mut self, other: &Self) {
        self.added += other.added;
        self.known += other.known;
        self.bad += other.bad;
        self.new_customers += other.new_customers;
        self.filled_in += other.filled_in;
        self.known_customers += other.known_customers;
        self.recognised += other.recognised;
        self.rows_left_out += other.rows_left_out;
        for (why, n) in other.skipped.values() {
            self.skipped.entry(why.en.clone()).or_insert_with(|| (why.clone(), 0)).1 += n;
        }
        for (name, n) in other.per_customer.iter().flatten() {
            *self.per_customer.get_or_insert_with(BTreeMap::new).entry(name.clone()).or_insert(0) += n;
        }
        self.rows.extend(other.rows.iter().cloned());
        self.strangers.extend(other.strangers.iter().cloned());
        self.doubtful.extend(other.doubtful.iter().cloned());
    }

    /// What is worth a word besides.
    pub fn hints(&self) -> Vec<Text> {
        let mut hints = Vec::new();
        if self.rows_left_out > 0 {
            let n = count(self.rows_left_out);
            hints.push(Text::new(format!("… and {} more records.", n.en), format!("… en nog {} gegevens.", n.nl)));
        }
        let mut strangers: Vec<&(String, u64)> = self.strangers.iter().collect();
        strangers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        if !strangers.is_empty() {
            let some = strangers.iter().take(NAMED).map(|(who, n)| format!("{who} ({n})")).collect::<Vec<_>>().join(", ");
            let who = counted(strangers.len() as u64, ["person you are", "people you are"], ["persoon met wie je", "mensen met wie je"]);
            let (en, nl) = (who.en, who.nl);
            hints.push(text!(
                "{en} in contact with, but no customer: {some}. Add those who are with `attent customers add`, or all with --new.",
                "{nl} contact hebt, maar geen klant: {some}. Voeg toe wie dat wel is met `attent customers add`, of allemaal met --new."
            ));
        }
        for (name, other, why) in self.doubtful.iter().take(NAMED) {
            hints.push(text!(
                "{name} may be {other}, who {}; if so: `attent customers merge \"{other}\" \"{name}\"`.",
                "{name} is misschien {other}, die {}; zo ja: `attent customers merge \"{other}\" \"{name}\"`.",
                why
            ));
        }
        hints
    }
}

/// The answer.
pub fn answer(summary: &ImportSummary) -> Answer {
    let mut document = blocks(Document::new(Text::default()), summary).with(Block::Text(summary.in_words()));
    for hint in summary.hints() {
        document = document.with(Block::Hint(hint));
    }
    Answer {
        schema: "attent.import/1",
        json: json(summary),
        rows_key: if summary.rows.is_empty() { "customers" } else { "records" },
        ids: Vec::new(),
        document,
    }
}

/// The tables of a dry run.
pub fn blocks(mut document: Document, summary: &ImportSummary) -> Document {
    if !summary.rows.is_empty() {
        document = document.with(Block::Table(records(&summary.rows)));
    }
    if let Some(customers) = &summary.per_customer {
        let table = per_customer(customers);
        document = document.with(Block::Table(if summary.rows.is_empty() { table.main() } else { table }));
    }
    document
}

/// The numbers for machines.
pub fn json(summary: &ImportSummary) -> Value {
    let customers = summary.per_customer.iter().flatten().map(|(name, n)| json!({"customer": name, "touchpoints": n}));
    let reasons = summary.skipped.values().map(|(why, n)| json!({"why": why.en, "count": n}));
    let doubtful = summary.doubtful.iter().map(|(name, other, why)| json!({"customer": name, "other": other, "why": why.en}));
    json!({
        "dry_run": summary.dry_run,
        "added": summary.added,
        "known": summary.known,
        "skipped": summary.left_out(),
        "bad": summary.bad,
        "reasons": reasons.collect::<Vec<_>>(),
        "new_customers": summary.new_customers,
        "filled_in": summary.filled_in,
        "known_customers": summary.known_customers,
        "customers": customers.collect::<Vec<_>>(),
        "records": summary.rows.iter().map(row_json).collect::<Vec<_>>(),
        "doubtful": doubtful.collect::<Vec<_>>(),
    })
}

fn per_customer(customers: &BTreeMap<String, u64>) -> Table {
    let mut table = Table::new(vec![
        Column::left("customer", Text::new("customer", "klant")),
        Column::right("touchpoints", Text::new("contacts", "contacten")),
    ]);
    customers.iter().for_each(|(name, &n)| table.push(vec![Cell::name(name.clone()), Cell::Count(n as i64)]));
    table
}

fn records(rows: &[ImportRow]) -> Table {
    let mut table = Table::new(vec![
        Column::left("at", Text::new("when", "wanneer")),
        Column::left("customer", Text::new("customer", "klant")),
        Column::left("outcome", Text::new("becomes", "wordt")),
        Column::left("channel", Text::new("channel", "kanaal")),
        Column::left("direction", Text::new("direction", "richting")).expendable(2),
        Column::left("sender", Text::new("by", "door")).expendable(1),
        Column::left("kind", Text::new("kind", "soort")).expendable(3),
        Column::left("why", Text::new("why", "waarom")),
        Column::left("place", Text::new("where", "waar")).expendable(4),
    ])
    .main();
    for row in rows {
        let word = |of: fn(&Facts) -> Word| row.facts.as_ref().map_or(Cell::Empty, |facts| Cell::Word(of(facts)));
        let cells = Row::from(vec![
            row.at.map_or(Cell::Empty, Cell::DateTime),
            Cell::name(row.customer.clone()),
            Cell::Word(row.outcome.word()),
            word(|facts| Word::new(facts.channel.word(), facts.channel.label())),
            word(|facts| Word::new(facts.direction.word(), facts.direction.label())),
            word(|facts| Word::new(facts.sender.word(), facts.sender.label())),
            word(|facts| Word::new(facts.kind.word(), facts.kind.label())),
            Cell::Text(row.why.clone()),
            Cell::Text(Text::same(row.place.clone())),
        ]);
        let quiet = matches!(row.outcome, RowOutcome::Skipped | RowOutcome::Known);
        table.push(if quiet { cells.tone(Tone::Quiet) } else { cells });
    }
    table
}

fn row_json(row: &ImportRow) -> Value {
    json!({
        "at": row.at.map(stamp),
        "customer": Some(&row.customer).filter(|name| !name.is_empty()),
        "outcome": row.outcome.word().id,
        "channel": row.facts.map(|facts| facts.channel.word()),
        "direction": row.facts.map(|facts| facts.direction.word()),
        "sender": row.facts.map(|facts| facts.sender.word()),
        "personal": row.facts.map(|facts| facts.personal.word()),
        "kind": row.facts.map(|facts| facts.kind.word()),
        "why": row.why.en,
        "place": row.place,
    })
}
