//! The page of `attent tidy`: what goes, by which setting.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::stamp;
use crate::domain::numbers::counted;
use crate::domain::retention::Retention;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// So many names stand in a row.
const NAMED: usize = 12;

/// What goes by one setting.
#[derive(Debug, Clone)]
pub struct Removed {
    /// The setting.
    pub what: Retention,
    /// For how long it is kept, as written.
    pub kept_for: String,
    /// The same, as people say it.
    pub said: Text,
    /// What is before it goes.
    pub before: DateTime<FixedOffset>,
    /// How much.
    pub count: u64,
    /// How much of that is no contact, but a nudge, a failure or a gift that is over.
    pub over: u64,
    /// Whose, or which; with how much of each where that is known.
    pub whose: Vec<(String, Option<u64>)>,
}

/// A customer without contact who stays.
#[derive(Debug, Clone)]
pub struct Kept {
    /// Who.
    pub customer: String,
    /// Why.
    pub why: Text,
}

/// What went, or would.
#[derive(Debug, Clone)]
pub struct Tidy {
    /// Whether nothing was done.
    pub dry_run: bool,
    /// A line for each setting that says something.
    pub removed: Vec<Removed>,
    /// Customers without contact who stay.
    pub stay: Vec<Kept>,
    /// Mentions of customers that were taken out of what was written about others.
    pub mentions: u64,
    /// Whether no byte of it is left in the file.
    pub finished: bool,
}

impl Tidy {
    /// Whether nothing goes.
    pub fn is_empty(&self) -> bool {
        self.removed.iter().all(|line| line.count == 0)
    }

    /// What is going to happen: `3 customers and 120 contacts are erased`.
    pub fn will(&self) -> Text {
        let what = self.in_words();
        Text::new(format!("to be erased: {}", what.en), format!("te wissen: {}", what.nl))
    }

    fn in_words(&self) -> Text {
        let of = |line: &Removed| [(line.count - line.over, thing(line.what)), (line.over, OVER)];
        let parts = self.removed.iter().flat_map(of).filter(|(n, _)| *n > 0).map(|(n, (en, nl))| counted(n, en, nl));
        let (en, nl): (Vec<_>, Vec<_>) = parts.map(|part| (part.en, part.nl)).unzip();
        Text::new(en.join(", "), nl.join(", "))
    }

    fn said(&self) -> Text {
        if self.removed.is_empty() {
            return text!(
                "Nothing is said under `retention:` of attent.yaml: everything is kept.",
                "Er staat niets onder `retention:` in attent.yaml: alles blijft bewaard."
            );
        }
        if self.is_empty() {
            return text!("Nothing is older than you asked for.", "Niets is ouder dan je wilt bewaren.");
        }
        let what = self.in_words();
        if self.dry_run {
            return Text::new(format!("Would be erased: {}.", what.en), format!("Zou gewist worden: {}.", what.nl));
        }
        Text::new(format!("Erased: {}.", what.en), format!("Gewist: {}.", what.nl))
    }
}

/// A thing in one and in more, in English and in Dutch.
type Thing = ([&'static str; 2], [&'static str; 2]);

/// What goes with old contacts.
const OVER: Thing = (
    ["nudge, failure or gift of then", "nudges, failures and gifts of then"],
    ["nudge, misser of cadeau van toen", "nudges, missers en cadeaus van toen"],
);

fn thing(what: Retention) -> Thing {
    match what {
        Retention::Customers => (["customer", "customers"], ["klant", "klanten"]),
        Retention::Contacts => (["old contact", "old contacts"], ["oud contact", "oude contacten"]),
        Retention::MachineMail => (["contact of a machine", "contacts of machines"], ["contact van een machine", "contacten van machines"]),
        Retention::Journal => {
            (["entry that could be undone", "entries that could be undone"], ["keer invoer die je nog kon terugnemen"; 2])
        }
        Retention::Backups => (["backup", "backups"], ["reservekopie", "reservekopieën"]),
    }
}

/// The answer of `tidy`.
pub fn answer(told: &Tidy) -> Answer {
    let mut document =
        Document::new(Text::default()).named(text!("Tidied", "Opgeruimd")).otherwise(table(&[])).with(Block::Text(told.said()));
    if !told.removed.is_empty() {
        document = document.with(Block::Table(table(&told.removed)));
    }
    if !told.stay.is_empty() {
        document = document.with(Block::Heading(text!("Without contact, and kept", "Zonder contact, en toch bewaard")));
        let line = |kept: &Kept| {
            let who = &kept.customer;
            Text::new(format!("{who}: {}", kept.why.en), format!("{who}: {}", kept.why.nl))
        };
        document = document.with(Block::List(told.stay.iter().map(line).collect()));
    }
    if !told.is_empty() {
        document = document.with(Block::Hint(if told.dry_run {
            text!(
                "Nothing was changed. `attent tidy` does it, for good; what stays is how much contact there was on a day, of nobody.",
                "Er is niets veranderd. `attent tidy` doet het, voorgoed; wat blijft is hoeveel contact er op een dag was, van niemand."
            )
        } else {
            text!("This is for good: `attent undo` does not bring it back.", "Dit is voorgoed: `attent undo` brengt het niet terug.")
        }));
    }
    let ids = told.removed.iter().map(|line| line.what.id().to_owned()).collect();
    Answer { schema: "attent.tidy/1", json: json(told), rows_key: "rules", ids, document, calendar: None }
}

fn table(lines: &[Removed]) -> Table {
    let mut table = Table::new(vec![
        Column::left("rule", text!("what", "wat")),
        Column::left("kept_for", text!("kept for", "bewaard")),
        Column::left("before", text!("from before", "van vóór")),
        Column::right("count", text!("goes", "gaat weg")),
        Column::left("whose", text!("of", "van")).telling(),
    ])
    .main();
    for line in lines {
        table.push(vec![
            Cell::word(line.what.id(), setting(line.what)),
            Cell::word(line.kept_for.clone(), line.said.clone()),
            Cell::Day(line.before),
            Cell::Count(i64::try_from(line.count).unwrap_or(i64::MAX)),
            whose(line),
        ]);
    }
    table
}

/// A setting in words; its name in `attent.yaml` breaks at eighty columns, and is what programs read.
fn setting(what: Retention) -> Text {
    match what {
        Retention::Customers => text!("customers without contact", "klanten zonder contact"),
        Retention::Contacts => text!("contacts", "contacten"),
        Retention::MachineMail => text!("contacts of machines", "contacten van machines"),
        Retention::Journal => text!("what undo remembers", "wat undo onthoudt"),
        Retention::Backups => text!("backups", "reservekopieën"),
    }
}

fn whose(line: &Removed) -> Cell {
    if line.whose.is_empty() {
        return Cell::Empty;
    }
    let one = |(name, count): &(String, Option<u64>)| count.map_or_else(|| name.clone(), |count| format!("{name} ({count})"));
    let names = line.whose.iter().take(NAMED).map(one).collect::<Vec<_>>().join(", ");
    Cell::name(if line.whose.len() > NAMED { format!("{names}, …") } else { names })
}

fn json(told: &Tidy) -> Value {
    let rule = |line: &Removed| {
        json!({
            "rule": line.what.id(),
            "kept_for": line.kept_for,
            "before": stamp(line.before),
            "count": line.count,
            "whose": line.whose.iter().map(|(name, count)| json!({"name": name, "count": count})).collect::<Vec<_>>(),
        })
    };
    json!({
        "dry_run": told.dry_run,
        "rules": told.removed.iter().map(rule).collect::<Vec<_>>(),
        "kept": told.stay.iter().map(|kept| json!({"customer": kept.customer, "why": kept.why.en})).collect::<Vec<_>>(),
        "mentions": told.mentions,
        "finished": told.finished,
    })
}
