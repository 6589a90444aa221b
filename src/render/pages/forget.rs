//! The page of `attent forget`: what went, what was changed for it, and what is left to look at.

use serde_json::{Value, json};

use crate::domain::names::slug;
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::text;

/// What a line tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text about somebody else that a mention was taken out of.
    Changed,
    /// A text in which something looks like a mention, and that was left as it is.
    Alike,
    /// A file that names them.
    File,
    /// A copy of the log.
    Copy,
    /// An export or an answer that names them, and that nobody but the user deletes.
    Delete,
}

impl Kind {
    fn word(self) -> Word {
        match self {
            Self::Changed => Word::new("changed", text!("taken out of", "gehaald uit")),
            Self::Alike => Word::new("alike", text!("perhaps them", "misschien zij")),
            Self::File => Word::new("file", text!("names them", "noemt ze")),
            Self::Copy => Word::new("copy", text!("backup", "reservekopie")),
            Self::Delete => Word::new("delete", text!("to delete", "te wissen")),
        }
    }
}

/// A place to know of.
#[derive(Debug, Clone)]
pub struct Line {
    /// What it is.
    pub kind: Kind,
    /// Where: `contact #12 (Bram)`, `attent.yaml:4`.
    pub place: Text,
    /// What stands there now; of files and copies, what is the matter with them.
    pub text: Text,
}

impl Line {
    fn json(&self) -> Value {
        json!({"kind": self.kind.word().id, "place": self.place.en, "text": self.text.en})
    }
}

/// What was forgotten, or would be.
#[derive(Debug, Clone)]
pub struct Forgotten {
    /// Who.
    pub customer: String,
    /// Whether nothing was done.
    pub dry_run: bool,
    /// Contacts.
    pub contacts: u64,
    /// Addresses, numbers, other names.
    pub known_by: u64,
    /// Birthdays, postal addresses, preferences.
    pub particulars: u64,
    /// Failures.
    pub incidents: u64,
    /// Nudges.
    pub nudges: u64,
    /// Gifts.
    pub gifts: u64,
    /// Links of who came through whom.
    pub referrals: u64,
    /// Entries that cannot be taken back any more.
    pub entries: u64,
    /// Texts about others that a mention was taken out of.
    pub rewritten: u64,
    /// Texts about others that may mention them.
    pub alike: u64,
    /// Earlier versions and lines of the journal that were changed.
    pub earlier: u64,
    /// Whether no byte of it is left in the file.
    pub finished: bool,
    /// Places to know of.
    pub lines: Vec<Line>,
}

impl Forgotten {
    /// What is going to happen: `Anna Jansen will be forgotten: 12 contacts, 2 gifts`.
    pub fn will(&self) -> Text {
        let name = &self.customer;
        self.with_counts(text!("{name} will be forgotten", "{name} wordt vergeten"))
    }

    fn done(&self) -> Text {
        let name = &self.customer;
        self.with_counts(text!("{name} is forgotten", "{name} is vergeten"))
    }

    fn with_counts(&self, said: Text) -> Text {
        let all = [
            (self.contacts, ["contact", "contacts"], ["contact", "contacten"]),
            (self.gifts, ["gift", "gifts"], ["cadeau", "cadeaus"]),
            (self.nudges, ["nudge", "nudges"], ["nudge", "nudges"]),
            (self.incidents, ["failure", "failures"], ["misser", "missers"]),
            (self.referrals, ["referral", "referrals"], ["aanbeveling", "aanbevelingen"]),
            (
                self.known_by,
                ["address, number or other name", "addresses, numbers and other names"],
                ["adres, nummer of andere naam", "adressen, nummers en andere namen"],
            ),
            (self.particulars, ["particular", "particulars"], ["bijzonderheid", "bijzonderheden"]),
            (self.rewritten, ["mention with others", "mentions with others"], ["vermelding bij anderen", "vermeldingen bij anderen"]),
        ];
        let parts = all.into_iter().filter(|(n, ..)| *n > 0).map(|(n, en, nl)| counted(n, en, nl));
        let (en, nl): (Vec<_>, Vec<_>) = parts.map(|part| (part.en, part.nl)).unzip();
        let behind = |parts: Vec<String>| if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
        Text::new(said.en + &behind(en), said.nl + &behind(nl))
    }
}

/// What is going to happen to all of them.
pub fn will(all: &[Forgotten]) -> Text {
    let (en, nl): (Vec<_>, Vec<_>) = all.iter().map(Forgotten::will).map(|will| (will.en, will.nl)).unzip();
    Text::new(en.join("; "), nl.join("; "))
}

/// The answer of `forget`.
pub fn answer(all: &[Forgotten], dry_run: bool) -> Answer {
    let mut document = Document::new(Text::default()).named(text!("Forgotten", "Vergeten"));
    if all.is_empty() {
        document =
            document.with(Block::Text(text!("Nobody in the log was forgotten before.", "Niemand in het logboek was al eerder vergeten.")));
    }
    for told in all {
        let said = if told.dry_run { told.will() } else { told.done() };
        document = document.with(Block::Text(Text::new(format!("{}.", said.en), format!("{}.", said.nl))));
    }
    let sum = |of: fn(&Forgotten) -> u64| all.iter().map(of).sum::<u64>();
    let (entries, alike, places) = (sum(|told| told.entries), sum(|told| told.alike), sum(|told| told.rewritten + told.alike));
    if entries > 0 {
        document = document.with(Block::Text(not_undone(entries)));
    }
    let lines: Vec<&Line> = all.iter().flat_map(|told| &told.lines).collect();
    let of = |kind| lines.iter().filter(|line| line.kind == kind).count() as u64;
    document = document.with(Block::Table(table(&lines)));
    let untold = places.saturating_sub(of(Kind::Changed) + of(Kind::Alike));
    if untold > 0 {
        document = document.with(Block::Text(text!("… and {untold} more places in the log.", "… en nog {untold} plekken in het logboek.")));
    }
    if alike > 0 {
        document = document.with(Block::Hint(text!(
            "What may be them was left: look at it, and change it with `attent edit` or `attent customers edit`.",
            "Wat misschien over hen gaat, is gebleven: kijk ernaar, en pas het aan met `attent edit` of `attent customers edit`."
        )));
    }
    if of(Kind::Delete) > 0 {
        document = document.with(Block::Hint(text!(
            "attent deletes no files that you had it write: those to delete name them still, and are yours to delete.",
            "attent wist geen bestanden die je het liet schrijven: die te wissen zijn, noemen ze nog; wis ze zelf."
        )));
    }
    if !all.is_empty() {
        document = document.with(Block::Hint(kept(dry_run)));
    }
    let (rows, ids) = (all.iter().map(row).collect::<Vec<_>>(), all.iter().map(|told| slug(&told.customer)).collect());
    Answer { schema: "attent.forget/1", json: json!({"forgotten": rows}), rows_key: "forgotten", ids, document, calendar: None }
}

fn not_undone(entries: u64) -> Text {
    let n = counted(entries, ["entry", "entries"], ["keer", "keer"]);
    Text::new(
        format!("What was entered only about them ({}) can no longer be taken back with `attent undo`.", n.en),
        format!("Wat alleen over hen is ingevoerd ({}), kun je niet meer terugnemen met `attent undo`.", n.nl),
    )
}

/// What stays, said honestly.
fn kept(dry_run: bool) -> Text {
    if dry_run {
        return text!("Nothing was changed.", "Er is niets veranderd.");
    }
    text!(
        "What stays: how much contact there was in a stage on a day, of nobody; and digests by which files do not bring them back.",
        "Wat blijft: hoeveel contact er op een dag in een fase was, van niemand; en vingerafdrukken waardoor bestanden ze niet terugbrengen."
    )
}

fn table(lines: &[&Line]) -> Table {
    let mut table = Table::new(vec![
        Column::left("kind", text!("what", "wat")),
        Column::left("place", text!("where", "waar")),
        Column::left("text", text!("what stands there", "wat er staat")).telling(),
    ])
    .main();
    for line in lines {
        table.push(vec![Cell::Word(line.kind.word()), Cell::Text(line.place.clone()), Cell::Text(line.text.clone())]);
    }
    table
}

fn row(told: &Forgotten) -> Value {
    json!({
        "customer": told.customer,
        "dry_run": told.dry_run,
        "contacts": told.contacts,
        "gifts": told.gifts,
        "nudges": told.nudges,
        "incidents": told.incidents,
        "referrals": told.referrals,
        "keys": told.known_by,
        "particulars": told.particulars,
        "entries_for_good": told.entries,
        "rewritten": told.rewritten,
        "rewritten_in_journal": told.earlier,
        "alike": told.alike,
        "finished": told.finished,
        "lines": told.lines.iter().map(Line::json).collect::<Vec<_>>(),
    })
}
