//! The pages of `attent undo`: what was taken back, and what there is to take back.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::logged::when;
use super::stamp;
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::render::cell::Cell;
use crate::render::document::{Block, Column, Document, Row, Table, Tone};
use crate::render::format::Answer;
use crate::text;

/// What was taken back.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The number of the entry that was taken back.
    pub entry: i64,
    /// Which command had done it.
    pub verb: String,
    /// When it was done.
    pub at: DateTime<FixedOffset>,
    /// Whom or what it was about, in names or a number.
    pub about: String,
    /// The number of the entry that took it back.
    pub by: i64,
    /// Touchpoints taken out of the log.
    pub touchpoints: u64,
    /// Touchpoints put back, or made what they were.
    pub returned: u64,
    /// Customers removed again.
    pub customers: u64,
    /// The names of new customers that stay, because later entries know them.
    pub kept: Vec<String>,
    /// Customers put back.
    pub customers_returned: u64,
    /// Failures removed or open again.
    pub incidents: u64,
    /// The nudges that stand again, by number.
    pub nudges_again: Vec<i64>,
    /// The nudges that are put off once more, by number.
    pub nudges_put_off: Vec<i64>,
    /// The nudges that stand no longer, by number.
    pub nudges_gone: Vec<i64>,
    /// The nudges that stay closed because the same came up again since, by number.
    pub nudges_again_since: Vec<i64>,
}

/// The answer of `undo`.
pub fn undone(taken: &Taken) -> Answer {
    let json = json!({
        "undone": [{
            "entry": format!("e{}", taken.entry),
            "verb": taken.verb,
            "at": stamp(taken.at),
            "by": format!("e{}", taken.by),
            "touchpoints": taken.touchpoints,
            "returned": taken.returned,
            "customers": taken.customers,
            "kept": taken.kept,
            "customers_returned": taken.customers_returned,
            "incidents": taken.incidents,
            "nudges_again": taken.nudges_again,
            "nudges_put_off": taken.nudges_put_off,
            "nudges_gone": taken.nudges_gone,
            "nudges_again_since": taken.nudges_again_since,
        }],
    });
    let by = taken.by;
    let hint = text!("`attent undo e{by}` puts it back.", "`attent undo e{by}` zet het terug.");
    let mut document = Document::new(Text::default()).named(name()).with(Block::Text(taken_back(taken)));
    for said in nudges(taken) {
        document = document.with(Block::Text(said));
    }
    if !taken.kept.is_empty() {
        document = document.with(Block::Text(staying(&taken.kept)));
    }
    let document = document.with(Block::Hint(hint));
    Answer { schema: "attent.undo/1", json, rows_key: "undone", ids: vec![format!("e{by}")], document, calendar: None }
}

/// The heading of a page of its own.
fn name() -> Text {
    text!("Taken back", "Teruggenomen")
}

/// How many names of customers that stay are named.
const NAMED: usize = 5;

/// `Anna stays, because later entries know them.`
fn staying(kept: &[String]) -> Text {
    let names = kept.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    let names = if kept.len() > NAMED { format!("{names}, …") } else { names };
    let (stays, blijft) = if kept.len() == 1 { ("stays", "blijft") } else { ("stay", "blijven") };
    text!("{names} {stays}, because later entries know them.", "{names} {blijft}, want latere invoer gaat er ook over.")
}

/// `Nudge 3 stands again.`
fn nudges(taken: &Taken) -> Vec<Text> {
    let sentence = |ids: &[i64], one: [&str; 2], many: [&str; 2]| {
        let [en, nl] = if ids.len() == 1 { one } else { many };
        numbered(ids).map(|numbers| Text::new(format!("{} {en}.", numbers.en), format!("{} {nl}.", numbers.nl)))
    };
    let again = sentence(&taken.nudges_again, ["stands again", "staat er weer"], ["stand again", "staan er weer"]);
    let put_off =
        sentence(&taken.nudges_put_off, ["is put off again", "is weer uitgesteld"], ["are put off again", "zijn weer uitgesteld"]);
    let gone = sentence(&taken.nudges_gone, ["stands no longer", "staat er niet meer"], ["stand no longer", "staan er niet meer"]);
    let since = sentence(
        &taken.nudges_again_since,
        ["stays closed: the same came up again since", "blijft afgesloten: hetzelfde kwam sindsdien terug"],
        ["stay closed: the same came up again since", "blijven afgesloten: hetzelfde kwam sindsdien terug"],
    );
    [again, put_off, gone, since].into_iter().flatten().collect()
}

/// `Nudge 3`, `Nudges 3, 4 and 5`, and for many `40 nudges`.
fn numbered(ids: &[i64]) -> Option<Text> {
    let (last, before) = ids.split_last()?;
    if ids.len() > NAMED {
        return Some(counted(ids.len() as u64, ["nudge", "nudges"], ["nudge", "nudges"]));
    }
    if before.is_empty() {
        return Some(Text::same(format!("Nudge {last}")));
    }
    let before = before.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
    Some(text!("Nudges {before} and {last}", "Nudges {before} en {last}"))
}

/// `Took back `log` of 21 Nov 2026 14:00: 2 contacts (Anna Jansen, Bram).`
fn taken_back(taken: &Taken) -> Text {
    let (verb, at, about) = (&taken.verb, when(taken.at), &taken.about);
    let mut parts = Vec::new();
    let mut count = |n: u64, en, nl| {
        if n > 0 {
            parts.push(counted(n, en, nl));
        }
    };
    count(taken.touchpoints, ["contact", "contacts"], ["contact", "contacten"]);
    count(taken.customers, ["new customer", "new customers"], ["nieuwe klant", "nieuwe klanten"]);
    count(taken.returned, ["contact as it was", "contacts as they were"], ["contact zoals het was", "contacten zoals ze waren"]);
    count(taken.customers_returned, ["customer put back", "customers put back"], ["klant teruggezet", "klanten teruggezet"]);
    match verb.as_str() {
        "incident open" => parts.push(text!("failure #{about} is gone", "misser #{about} is weg")),
        "incident resolve" => parts.push(text!("failure #{about} is open again", "misser #{about} staat weer open")),
        "incident acknowledge" | "incident check" | "incident assign" => {
            parts.push(text!("failure #{about} is as before", "misser #{about} is weer als eerst"));
        }
        "customers edit" | "customers alias" | "customers rename" => parts.push(text!("{about} is as before", "{about} is weer als eerst")),
        "import" | "sync" if !parts.is_empty() => {}
        // A digest is told by its nudges.
        "nudge" => {}
        _ if about.is_empty() => {}
        _ => parts.push(Text::same(about.clone())),
    }
    if parts.is_empty() {
        return Text::new(format!("Took back `{verb}` of {}.", at.en), format!("`{verb}` van {} teruggenomen.", at.nl));
    }
    let (en, nl): (Vec<_>, Vec<_>) = parts.into_iter().map(|part| (part.en, part.nl)).unzip();
    Text::new(
        format!("Took back `{verb}` of {}: {}.", at.en, en.join(", ")),
        format!("`{verb}` van {} teruggenomen: {}.", at.nl, nl.join(", ")),
    )
}

/// A contact that was taken out by its number.
#[derive(Debug, Clone)]
pub struct TakenOut {
    /// The number.
    pub id: i64,
    /// The number of the entry that took it out.
    pub by: i64,
    /// Whose it was.
    pub customer: String,
    /// When it was.
    pub at: DateTime<FixedOffset>,
    /// What happened.
    pub note: String,
}

/// The answer of `undo NUMBER`.
pub fn taken_out(contact: &TakenOut) -> Answer {
    let TakenOut { id, by, customer, at, note } = contact;
    let at_words = when(*at);
    let what = if note.is_empty() { String::new() } else { format!(": {note}") };
    let said = Text::new(
        format!("Took contact #{id} out: {customer}, {}{what}.", at_words.en),
        format!("Contact #{id} eruit gehaald: {customer}, {}{what}.", at_words.nl),
    );
    let hint = text!(
        "`attent undo e{by}` puts it back. A file it came from does not bring it back.",
        "`attent undo e{by}` zet het terug. Een bestand waar het uit kwam, brengt het niet terug."
    );
    let json = json!({"undone": [{"touchpoint": id, "by": format!("e{by}"), "customer": customer, "at": stamp(*at), "note": note}]});
    let document = Document::new(Text::default()).named(name()).with(Block::Text(said)).with(Block::Hint(hint));
    Answer { schema: "attent.undo/1", json, rows_key: "undone", ids: vec![id.to_string()], document, calendar: None }
}

/// An entry of the journal as it is listed.
#[derive(Debug, Clone)]
pub struct EntryLine {
    /// The number.
    pub id: i64,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Which command.
    pub verb: String,
    /// What it said it did.
    pub summary: String,
    /// The same, as people read it.
    pub about: Text,
    /// When it was taken back.
    pub undone: Option<DateTime<FixedOffset>>,
    /// Which entry it took back itself.
    pub undoes: Option<i64>,
    /// Whether it cannot be taken back any more.
    pub erased: bool,
}

impl EntryLine {
    fn json(&self) -> Value {
        json!({
            "entry": format!("e{}", self.id),
            "at": stamp(self.at),
            "verb": self.verb,
            "summary": self.summary,
            "undone": self.undone.map(stamp),
            "undoes": self.undoes.map(|id| format!("e{id}")),
            "for_good": self.erased,
        })
    }

    fn state(&self) -> Text {
        if self.erased {
            return text!("for good", "voorgoed");
        }
        match (self.undone, self.undoes) {
            (Some(_), _) => text!("taken back", "teruggenomen"),
            (None, Some(id)) => text!("took e{id} back", "nam e{id} terug"),
            (None, None) => Text::default(),
        }
    }
}

/// What became of nudges, by whose they are and whether they were new; nothing where none are known any more.
pub fn of_nudges(nudges: &[(String, bool)]) -> Option<Text> {
    let (new, closed): (Vec<_>, Vec<_>) = nudges.iter().partition(|(_, is_new)| *is_new);
    let mut names: Vec<&str> = new.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    let more = if names.len() > NAMED { ", …" } else { "" };
    let names = names.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
    let mut parts = Vec::new();
    if !new.is_empty() {
        let n = counted(new.len() as u64, ["nudge", "nudges"], ["nudge", "nudges"]);
        parts.push(Text::new(format!("{} for {names}{more}", n.en), format!("{} voor {names}{more}", n.nl)));
    }
    if !closed.is_empty() {
        parts.push(counted(closed.len() as u64, ["closed", "closed"], ["vervallen", "vervallen"]));
    }
    let (en, nl): (Vec<_>, Vec<_>) = parts.into_iter().map(|part| (part.en, part.nl)).unzip();
    (!en.is_empty()).then(|| Text::new(en.join(", "), nl.join(", ")))
}

/// The answer of `undo --list`.
pub fn entries(lines: &[EntryLine]) -> Answer {
    let mut table = Table::new(vec![
        Column::left("entry", Text::new("entry", "invoer")),
        Column::left("at", Text::new("when", "wanneer")),
        Column::left("verb", Text::new("command", "opdracht")),
        Column::left("summary", Text::new("what", "wat")),
        Column::left("state", Text::new("state", "toestand")),
    ])
    .main();
    for line in lines {
        let row = Row::from(vec![
            Cell::Text(Text::same(format!("e{}", line.id))),
            Cell::DateTime(line.at),
            Cell::Text(Text::same(line.verb.clone())),
            Cell::word(line.summary.clone(), line.about.clone()),
            Cell::Text(line.state()),
        ]);
        table.push(if line.undone.is_some() || line.erased { row.tone(Tone::Quiet) } else { row });
    }
    let nothing = text!("Nothing was done yet.", "Er is nog niets gedaan.");
    let name = text!("What was done", "Wat er gedaan is");
    let document =
        Document::new(Text::default()).named(name).with(if lines.is_empty() { Block::Text(nothing) } else { Block::Table(table) });
    Answer {
        schema: "attent.entries/1",
        json: json!({"entries": lines.iter().map(EntryLine::json).collect::<Vec<_>>()}),
        rows_key: "entries",
        ids: lines.iter().map(|line| format!("e{}", line.id)).collect(),
        document,
        calendar: None,
    }
}
