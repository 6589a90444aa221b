//! The page of `attent import`: one line, and for a dry run what would be added, to whom, and why.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::stamp;
use crate::domain::numbers::{count, counted};
use crate::domain::shell;
use crate::domain::text::Text;
use crate::domain::touchpoint::Facts;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::render::wrap::clip;
use crate::text;

/// So many people who are no customers are named.
const NAMED: usize = 5;
/// So many reasons for leaving records out are named.
const REASONS: usize = 4;
/// So many characters of a record's place stand where its customer would.
const LONGEST_PLACE: usize = 20;

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
        for (address, n) in &other.perhaps_mine {
            *self.perhaps_mine.entry(address.clone()).or_default() += n;
        }
        self.strangers.extend(other.strangers.iter().cloned());
        self.doubtful.extend(other.doubtful.iter().cloned());
        self.profiles.extend(other.profiles.iter().cloned());
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
pub fn answer(summary: &ImportSummary) -> Answer {
    let mut document =
        blocks(Document::new(Text::default()).named(text!("Import", "Import")), summary).with(Block::Text(summary.in_words()));
    if let Some(read_with) = summary.read_with() {
        document = document.with(Block::Hint(read_with));
    }
    for hint in summary.hints(&text!("with --new", "met --new")) {
        document = document.with(Block::Hint(hint));
    }
    Answer {
        schema: "attent.import/1",
        json: json(summary),
        rows_key: if summary.rows.is_empty() { "customers" } else { "records" },
        ids: Vec::new(),
        document,
        calendar: None,
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
        "profiles": summary.profiles,
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
        Column::left("channel", Text::new("channel", "kanaal")).expendable(1),
        Column::left("direction", Text::new("direction", "richting")).expendable(3),
        Column::left("sender", Text::new("by", "door")).expendable(2),
        Column::left("kind", Text::new("kind", "soort")).expendable(4),
        Column::left("why", Text::new("why", "waarom")),
        Column::left("place", Text::new("where", "waar")).expendable(5),
    ])
    .main();
    for row in rows {
        let word = |of: fn(&Facts) -> Word| row.facts.as_ref().map_or(Cell::Empty, |facts| Cell::Word(of(facts)));
        let cells = Row::from(vec![
            row.at.map_or(Cell::Empty, Cell::DateTime),
            who(row),
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

/// The customer; of a record that found none, for the eye only, with whom it was or where it stands.
fn who(row: &ImportRow) -> Cell {
    match [&row.customer, &row.with].map(String::as_str) {
        ["", ""] => Cell::Word(Word::new("", Text::same(end_of(&row.place)))),
        ["", with] => Cell::Word(Word::new("", Text::same(clip(with, LONGEST_PLACE, "…")))),
        [customer, _] => Cell::name(customer),
    }
}

/// The end of a place, as much as a column of names can take. A message has no lines that say more.
fn end_of(place: &str) -> String {
    let file = place.rsplit(['/', '\\']).next().unwrap_or_default();
    let file = file.strip_suffix(":1").unwrap_or(file);
    let surplus = file.chars().count().saturating_sub(LONGEST_PLACE);
    if surplus == 0 { file.to_owned() } else { "…".chars().chain(file.chars().skip(surplus + 1)).collect() }
}

fn row_json(row: &ImportRow) -> Value {
    json!({
        "at": row.at.map(stamp),
        "customer": Some(&row.customer).filter(|name| !name.is_empty()),
        "with": Some(&row.with).filter(|with| !with.is_empty()),
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
    fn who_may_be_another_is_told_in_the_language_of_the_reader() {
        let why = Text::new("has the number", "heeft het nummer");
        let summary = ImportSummary { doubtful: vec![("A. Smit".into(), "Anna Smit".into(), why)], ..ImportSummary::default() };
        let hint = summary.hints(&Text::default()).pop().unwrap();
        assert_eq!(hint.en, "A. Smit may be Anna Smit: has the number; if so: `attent customers merge \"Anna Smit\" \"A. Smit\"`.");
        assert!(hint.nl.contains("heeft het nummer; zo ja"), "{}", hint.nl);
    }

    #[test]
    fn a_record_without_a_customer_is_known_by_whom_or_where() {
        let row = |customer: &str, with: &str, place: &str| ImportRow {
            place: place.to_owned(),
            at: None,
            customer: customer.to_owned(),
            with: with.to_owned(),
            facts: None,
            outcome: RowOutcome::Skipped,
            why: Text::default(),
        };
        let shown = |row: &ImportRow| match who(row) {
            Cell::Word(word) => (word.id, word.label.en),
            other => panic!("{other:?}"),
        };
        assert_eq!(shown(&row("", "bo@x.nl", "a.csv:2")), (String::new(), "bo@x.nl".to_owned()));
        assert_eq!(shown(&row("", "", "exports/a.csv:2")).1, "a.csv:2");
        assert_eq!(shown(&row("", "", "cur/20260506T0600.nieuwsbrief.eml:1")).1, "…600.nieuwsbrief.eml");
        assert!(!matches!(who(&row("Anna", "bo@x.nl", "a.csv:2")), Cell::Word(_)));
    }
}
