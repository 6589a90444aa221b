//! The page of `attent import`: one line, and for a dry run what would be added, to whom, and why.

mod rows;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use crate::domain::numbers::{count, counted};
use crate::domain::shell;
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::render::cell::Word;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::text;

/// So many people who are no customers are named.
const NAMED: usize = 5;
/// So many reasons for leaving records out are named.
const REASONS: usize = 4;

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
    /// With whom it was where that is no customer: an address or a name, or empty.
    pub with: String,
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
    /// Addresses at a domain of mine that machines sent mail from, with how many: perhaps mine too.
    pub perhaps_mine: BTreeMap<String, u64>,
    /// New customers who may be another one: both names, and why.
    pub doubtful: Vec<(String, String, Text)>,
    /// The ids of the profiles tables were read with.
    pub profiles: BTreeSet<String>,
}

impl ImportSummary {
    /// Counts a contact that was added.
    pub fn add(&mut self, customer: &str) {
        self.added += 1;
        if self.dry_run {
            let counts = self.per_customer.get_or_insert_with(BTreeMap::new);
            match counts.get_mut(customer) {
                Some(n) => *n += 1,
                None => drop(counts.insert(customer.to_owned(), 1)),
            }
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

    /// How many records were taken in or left out so far.
    pub fn taken(&self) -> u64 {
        self.added + self.known + self.left_out() + self.new_customers + self.filled_in + self.known_customers
    }

    /// How many records were left out.
    pub fn left_out(&self) -> u64 {
        self.bad + self.skipped.values().map(|(_, n)| n).sum::<u64>()
    }

    /// The one line: contacts, what was left out and why, people.
    pub fn in_words(&self) -> Text {
        self.line(&self.why_left_out())
    }

    /// The one line without the reasons.
    pub fn in_brief(&self) -> Text {
        self.line(&Text::default())
    }

    fn line(&self, why: &Text) -> Text {
        let mut left_out = Text::default();
        if self.left_out() > 0 {
            let n = count(self.left_out());
            left_out = Text::new(format!(", {} skipped{}", n.en, why.en), format!(", {} overgeslagen{}", n.nl, why.nl));
        }
        match self.people() {
            Some(people) if self.added + self.known == 0 => self.about_people(&people, &left_out),
            people => {
                let contacts = self.about_contacts(&left_out);
                let behind = people.map_or_else(Text::default, |people| Text::new(format!("; {}", people.en), format!("; {}", people.nl)));
                Text::new(contacts.en + &behind.en, contacts.nl + &behind.nl)
            }
        }
    }

    fn about_contacts(&self, left_out: &Text) -> Text {
        let (added, known) = (count(self.added), count(self.known));
        let (en, nl) = if self.dry_run { ("would be added", "komen erbij") } else { ("added", "toegevoegd") };
        Text::new(
            format!("{} {en}, {} already known{}", added.en, known.en, left_out.en),
            format!("{} {nl}, {} al bekend{}", added.nl, known.nl, left_out.nl),
        )
    }

    /// Of an address book: nothing about contacts, of which it has none.
    fn about_people(&self, people: &Text, left_out: &Text) -> Text {
        let (en, nl) = if self.dry_run { ("would give ", "geeft ") } else { ("", "") };
        Text::new(format!("{en}{}{}", people.en, left_out.en), format!("{nl}{}{}", people.nl, left_out.nl))
    }

    /// ` (12 × cancelled, 3 × an automatic reply)`, the commonest first and the rare ones together;
    /// nothing when all are just not right.
    fn why_left_out(&self) -> Text {
        if self.skipped.is_empty() {
            return Text::default();
        }
        let mut reasons: Vec<(Text, u64)> = self.skipped.values().cloned().collect();
        if self.bad > 0 {
            reasons.push((text!("not right", "klopt niet"), self.bad));
        }
        reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.en.cmp(&b.0.en)));
        if reasons.len() > REASONS + 1 {
            let others = reasons.drain(REASONS..).map(|(_, n)| n).sum();
            reasons.push((text!("something else", "iets anders"), others));
        }
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
    pub fn take_in(&mut self, mut other: Self) {
        self.take_counts(&mut other);
        self.added += other.added;
        self.known += other.known;
        self.bad += other.bad;
        self.new_customers += other.new_customers;
        self.filled_in += other.filled_in;
        self.known_customers += other.known_customers;
        self.recognised += other.recognised;
        self.rows_left_out += other.rows_left_out;
        for (en, (why, n)) in other.skipped {
            self.skipped.entry(en).or_insert((why, 0)).1 += n;
        }
        self.rows.append(&mut other.rows);
        for (address, n) in other.perhaps_mine {
            *self.perhaps_mine.entry(address).or_default() += n;
        }
        self.strangers.append(&mut other.strangers);
        self.doubtful.append(&mut other.doubtful);
        self.profiles.append(&mut other.profiles);
    }

    /// Adds how many contacts each customer would get of another import, which has them no more: so that many
    /// imports have the names of their customers once.
    pub fn take_counts(&mut self, other: &mut Self) {
        let Some(counts) = &mut self.per_customer else {
            self.per_customer = other.per_customer.take();
            return;
        };
        for (name, n) in other.per_customer.take().into_iter().flatten() {
            *counts.entry(name).or_insert(0) += n;
        }
    }

    /// By which profiles tables were read, if any were.
    fn read_with(&self) -> Option<Text> {
        let ids = self.profiles.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        match self.profiles.len() {
            0 => None,
            1 => Some(text!("Read with the profile {ids}.", "Gelezen met het profiel {ids}.")),
            _ => Some(text!("Read with the profiles {ids}.", "Gelezen met de profielen {ids}.")),
        }
    }

    /// What is worth a word besides. `all` is how people who are no customers become so all at once.
    pub fn hints(&self, all: &Text) -> Vec<Text> {
        let mut hints = Vec::new();
        if self.rows_left_out > 0 {
            let n = count(self.rows_left_out);
            hints.push(Text::new(format!("… and {} more records.", n.en), format!("… en nog {} gegevens.", n.nl)));
        }
        let mut strangers: Vec<&(String, u64)> = self.strangers.iter().collect();
        strangers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        if !strangers.is_empty() {
            let some = some(&strangers);
            let who = counted(strangers.len() as u64, ["person you are", "people you are"], ["persoon met wie je", "mensen met wie je"]);
            hints.push(Text::new(
                format!("{} in contact with, but no customer: {}. Add those who are with `attent customers add`, or all {}; who never will be goes under `ignore:` in attent.yaml.", who.en, some.en, all.en),
                format!("{} contact hebt, maar geen klant: {}. Voeg toe wie dat wel is met `attent customers add`, of allemaal {}; wie het nooit wordt, zet je bij `ignore:` in attent.yaml.", who.nl, some.nl, all.nl),
            ));
        }
        let mine: Vec<(String, u64)> = self.perhaps_mine.iter().map(|(address, n)| (address.clone(), *n)).collect();
        if !mine.is_empty() {
            let (n, some) =
                (counted(mine.iter().map(|(_, n)| n).sum(), ["mail", "mails"], ["mail", "mails"]), some(&mine.iter().collect::<Vec<_>>()));
            hints.push(Text::new(
                format!("{} by a machine came from an address like yours and was left out: {}. If you sent it, add the address to `me:` in attent.yaml.", n.en, some.en),
                format!("{} van een machine kwam van een adres dat op het jouwe lijkt en is weggelaten: {}. Heb jij dat gestuurd, zet het adres dan bij `me:` in attent.yaml.", n.nl, some.nl),
            ));
        }
        for (name, other, why) in self.doubtful.iter().take(NAMED) {
            let merge = format!("`attent customers merge {} {}`", shell::quoted(other), shell::quoted(name));
            hints.push(Text::new(
                format!("{name} may be {other}: {}; if so: {merge}.", why.en),
                format!("{name} is misschien {other}: {}; zo ja: {merge}.", why.nl),
            ));
        }
        hints
    }
}

/// `anna@x.nl (12), bram@y.nl (3) and 4 more`.
fn some(all: &[&(String, u64)]) -> Text {
    let named = all.iter().take(NAMED).map(|(who, n)| format!("{who} ({n})")).collect::<Vec<_>>().join(", ");
    match all.len().saturating_sub(NAMED) {
        0 => Text::same(named),
        more => text!("{named} and {more} more", "{named} en nog {more}"),
    }
}

/// The answer.
pub fn answer(summary: ImportSummary) -> Answer {
    let mut after = vec![Block::Text(summary.in_words())];
    after.extend(summary.read_with().into_iter().chain(summary.hints(&text!("with --new", "met --new"))).map(Block::Hint));
    let (json, rows_key) = (json(&summary), if summary.rows.is_empty() { "customers" } else { "records" });
    let mut document = blocks(Document::new(Text::default()).named(text!("Import", "Import")), summary.rows, summary.per_customer);
    document.blocks.extend(after);
    Answer { schema: "attent.import/1", json, rows_key, ids: Vec::new(), document, calendar: None }
}

/// The tables of a dry run: of the records, or else of the customers, is the main one.
pub fn blocks(mut document: Document, records: Vec<ImportRow>, customers: Option<BTreeMap<String, u64>>) -> Document {
    let any_records = !records.is_empty();
    if any_records {
        document = document.with(Block::Table(rows::records(records).main()));
    }
    if let Some(customers) = customers {
        let table = rows::per_customer(customers);
        document = document.with(Block::Table(if any_records { table } else { table.main() }));
    }
    document
}

/// The numbers for machines; the customers and the records are made with the rows of their tables.
pub fn json(summary: &ImportSummary) -> Value {
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
        "customers": [],
        "records": [],
        "doubtful": doubtful.collect::<Vec<_>>(),
        "profiles": summary.profiles,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> ImportSummary {
        let mut summary = ImportSummary { added: 3, ..ImportSummary::default() };
        for (n, why) in ["cancelled", "declined", "junk mail", "a newsletter", "a draft", "a group"].iter().enumerate() {
            (n..6).for_each(|_| summary.skip(Text::same(*why)));
        }
        summary
    }

    #[test]
    fn many_reasons_are_told_in_one_breath() {
        let said = summary().in_words();
        let all = "(6 × cancelled, 5 × declined, 4 × junk mail, 3 × a newsletter, 3 × something else)";
        assert_eq!(said.en, format!("3 added, 0 already known, 21 skipped {all}"));
        assert!(said.nl.ends_with("3 × a newsletter, 3 × iets anders)"), "{}", said.nl);
        let mut five = summary();
        five.skipped.remove("a group");
        assert!(five.in_words().en.ends_with("2 × a draft)"), "one reason more is named: {}", five.in_words().en);
    }

    #[test]
    fn an_address_book_is_about_people() {
        let mut book = ImportSummary { new_customers: 2, ..ImportSummary::default() };
        book.skip(text!("your own card", "je eigen kaart"));
        assert_eq!(
            book.in_words(),
            text!("2 new customers, 1 skipped (1 × your own card)", "2 nieuwe klanten, 1 overgeslagen (1 × je eigen kaart)")
        );
        assert_eq!(book.in_brief(), text!("2 new customers, 1 skipped", "2 nieuwe klanten, 1 overgeslagen"));
        book.dry_run = true;
        assert_eq!(book.in_brief(), text!("would give 2 new customers, 1 skipped", "geeft 2 nieuwe klanten, 1 overgeslagen"));
        book.added = 1;
        assert_eq!(book.in_brief().en, "1 would be added, 0 already known, 1 skipped; 2 new customers");
    }

    #[test]
    fn imports_that_are_taken_together_count_each_customer_once() {
        let of = |names: &[&str]| {
            let mut summary = ImportSummary { dry_run: true, ..ImportSummary::default() };
            names.iter().for_each(|name| summary.add(name));
            summary.skip(Text::same("cancelled"));
            summary
        };
        let mut whole = ImportSummary { dry_run: true, ..ImportSummary::default() };
        let mut first = of(&["Anna", "Bo", "Anna"]);
        whole.take_counts(&mut first);
        assert_eq!(first.per_customer, None);
        whole.take_in(first);
        whole.take_in(of(&["Bo", "Chris"]));
        let counts: Vec<(&str, u64)> = whole.per_customer.iter().flatten().map(|(name, n)| (name.as_str(), *n)).collect();
        assert_eq!(counts, [("Anna", 2), ("Bo", 2), ("Chris", 1)]);
        assert_eq!((whole.added, whole.left_out(), whole.skipped.len()), (5, 2, 1));
    }

    #[test]
    fn who_may_be_another_is_told_in_the_language_of_the_reader() {
        let why = Text::new("has the number", "heeft het nummer");
        let summary = ImportSummary { doubtful: vec![("A. Smit".into(), "Anna Smit".into(), why)], ..ImportSummary::default() };
        let hint = summary.hints(&Text::default()).pop().unwrap();
        assert_eq!(hint.en, "A. Smit may be Anna Smit: has the number; if so: `attent customers merge \"Anna Smit\" \"A. Smit\"`.");
        assert!(hint.nl.contains("heeft het nummer; zo ja"), "{}", hint.nl);
    }
}
