//! The pages of `attent backup` and `attent restore`.

use chrono::{DateTime, FixedOffset};
use serde_json::{Value, json};

use super::stamp;
use crate::domain::numbers::{counted, decimal};
use crate::domain::shell;
use crate::domain::text::{Lang, Text};
use crate::render::cell::{Cell, Word};
use crate::render::document::{Block, Column, Document, Table};
use crate::render::format::Answer;
use crate::render::locale::Look;
use crate::text;

/// A backup, or the log itself.
#[derive(Debug, Clone)]
pub struct BackupLine {
    /// Where it is.
    pub path: String,
    /// How large it is, in bytes.
    pub bytes: u64,
    /// Customers.
    pub customers: u64,
    /// Touchpoints.
    pub contacts: u64,
    /// The version of its schema.
    pub version: i64,
    /// When something was last entered.
    pub latest: Option<DateTime<FixedOffset>>,
    /// The files that people wrote and that go along.
    pub files: Vec<String>,
}

impl BackupLine {
    /// `20 customers and 340 contacts, the last entry of 20 November 2026`.
    pub fn holds(&self) -> Text {
        let customers = counted(self.customers, ["customer", "customers"], ["klant", "klanten"]);
        let contacts = counted(self.contacts, ["contact", "contacts"], ["contact", "contacten"]);
        let last = self.latest.map(last_entry).unwrap_or_default();
        Text::new(format!("{} and {}{}", customers.en, contacts.en, last.en), format!("{} en {}{}", customers.nl, contacts.nl, last.nl))
    }

    fn json(&self) -> Value {
        json!({
            "path": self.path, "bytes": self.bytes, "customers": self.customers, "contacts": self.contacts, "version": self.version,
            "latest_entry": self.latest.map(stamp), "files": self.files,
        })
    }

    fn cells(&self) -> Vec<Cell> {
        let count = |n: u64| Cell::Count(i64::try_from(n).unwrap_or(i64::MAX));
        vec![
            Cell::name(self.path.clone()),
            Cell::word(self.bytes.to_string(), size(self.bytes)),
            count(self.customers),
            count(self.contacts),
            Cell::maybe(self.latest, Cell::Day),
            Cell::List(self.files.iter().map(|name| Word::new(name.clone(), Text::same(name.clone()))).collect()),
        ]
    }
}

fn last_entry(at: DateTime<FixedOffset>) -> Text {
    let long = |lang| Look { lang, ..Look::default() }.long_date(at.date_naive());
    Text::new(format!(", the last entry of {}", long(Lang::En)), format!(", de laatste invoer van {}", long(Lang::Nl)))
}

fn table() -> Table {
    Table::new(vec![
        Column::left("path", text!("backup", "reservekopie")).telling(),
        Column::right("bytes", text!("size", "grootte")),
        Column::right("customers", text!("customers", "klanten")),
        Column::right("contacts", text!("contacts", "contacten")),
        Column::left("latest_entry", text!("last entry", "laatste invoer")),
        Column::left("files", text!("with it", "erbij")).expendable(1),
    ])
    .main()
}

/// The answer of `backup`. For formats that know only tables, `as_table` makes it one.
pub fn made(line: &BackupLine, removed: Vec<String>, as_table: bool) -> Answer {
    let json = json!({"backups": [line.json()], "removed": removed});
    let mut document = Document::new(Text::default()).named(text!("Backup", "Reservekopie"));
    if as_table {
        let mut rows = table();
        rows.push(line.cells());
        document = document.with(Block::Table(rows));
    } else {
        let (path, size, holds) = (&line.path, size(line.bytes), line.holds());
        document = document.with(Block::Text(Text::new(
            format!("Backup made: {path} ({}), with {}.", size.en, holds.en),
            format!("Reservekopie gemaakt: {path} ({}), met {}.", size.nl, holds.nl),
        )));
        if !line.files.is_empty() {
            let files = line.files.join(", ");
            document = document.with(Block::Text(text!("With it go {files}.", "Daarbij gaan mee: {files}.")));
        }
        if !removed.is_empty() {
            let n = counted(
                removed.len() as u64,
                ["older backup was", "older backups were"],
                ["oudere reservekopie is", "oudere reservekopieën zijn"],
            );
            document = document.with(Block::Text(Text::new(format!("{} removed.", n.en), format!("{} verwijderd.", n.nl))));
        }
        let path = shell::path(path);
        document = document.with(Block::Hint(text!("`attent restore {path}` puts it back.", "`attent restore {path}` zet hem terug.")));
    }
    Answer { schema: "attent.backup/1", json, rows_key: "backups", ids: vec![line.path.clone()], document, calendar: None }
}

/// The answer of `restore` without a file: the backups there are, the latest first. Of one that cannot be read,
/// why.
pub fn list(lines: &[BackupLine], unreadable: &[(String, Text)]) -> Answer {
    let mut rows = table();
    lines.iter().for_each(|line| rows.push(line.cells()));
    let json = json!({
        "backups": lines.iter().map(BackupLine::json).collect::<Vec<_>>(),
        "unreadable": unreadable.iter().map(|(path, why)| json!({"path": path, "why": why.en})).collect::<Vec<_>>(),
    });
    let mut document = Document::new(text!("Backups", "Reservekopieën")).otherwise(table());
    document = match lines.is_empty() {
        true => document.with(Block::Text(text!(
            "There are none yet; `attent backup` makes one.",
            "Er zijn er nog geen; `attent backup` maakt er een."
        ))),
        false => document.with(Block::Table(rows)),
    };
    for (path, why) in unreadable {
        document = document.with(Block::Text(Text::new(format!("{path}: {}.", why.en), format!("{path}: {}.", why.nl))));
    }
    if let Some(latest) = lines.first() {
        let path = shell::path(&latest.path);
        document = document
            .with(Block::Hint(text!("`attent restore {path}` puts the latest back.", "`attent restore {path}` zet de laatste terug.")));
    }
    let ids = lines.iter().map(|line| line.path.clone()).collect();
    Answer { schema: "attent.backups/1", json, rows_key: "backups", ids, document, calendar: None }
}

/// What was put back.
#[derive(Debug, Clone)]
pub struct PutBack {
    /// The backup.
    pub from: String,
    /// What the log holds now.
    pub log: BackupLine,
    /// Where the log that was there lies, if there was one.
    pub kept: Option<String>,
    /// Whether the log that was there was damaged.
    pub was_damaged: bool,
    /// The files that were put back.
    pub files: Vec<String>,
    /// The files that are otherwise in the backup and were left as they are.
    pub left: Vec<String>,
    /// The files in the backup that attent would not read, and that were not put back.
    pub too_large: Vec<String>,
}

/// The answer of `restore FILE`. For formats that know only tables, `as_table` makes it one.
pub fn put_back(done: &PutBack, as_table: bool) -> Answer {
    let PutBack { from, log, kept, was_damaged, files, left, too_large } = done;
    let json = json!({
        "restored": [log.json()],
        "from": from,
        "kept": kept,
        "was_damaged": was_damaged,
        "files": files,
        "left": left,
        "too_large": too_large,
    });
    let mut document = Document::new(Text::default()).named(text!("Put back", "Teruggezet"));
    if as_table {
        let mut rows = table();
        rows.push(log.cells());
        document = document.with(Block::Table(rows));
    } else {
        let holds = log.holds();
        document = document.with(Block::Text(Text::new(
            format!("The log is that of {from}: {}.", holds.en),
            format!("Het logboek is dat van {from}: {}.", holds.nl),
        )));
        for said in about_files(done) {
            document = document.with(Block::Text(said));
        }
        if let Some(kept) = kept.as_deref().filter(|_| !was_damaged).map(shell::path) {
            document =
                document.with(Block::Hint(text!("`attent restore {kept}` undoes this.", "`attent restore {kept}` maakt dit ongedaan.")));
        }
    }
    Answer { schema: "attent.restore/1", json, rows_key: "restored", ids: vec![log.path.clone()], document, calendar: None }
}

fn about_files(PutBack { kept, was_damaged, files, left, too_large, .. }: &PutBack) -> Vec<Text> {
    let mut said = Vec::new();
    if let Some(kept) = kept {
        said.push(match was_damaged {
            true => text!("The damaged log that was there is in {kept}.", "Het beschadigde logboek dat er stond, staat in {kept}."),
            false => text!("What was there is in {kept}.", "Wat er stond, staat in {kept}."),
        });
    }
    if !files.is_empty() {
        let files = files.join(", ");
        said.push(text!("Put back too: {files}.", "Ook teruggezet: {files}."));
    }
    if !left.is_empty() {
        let files = left.join(", ");
        said.push(text!(
            "Otherwise in the backup, and left as they are: {files}. With --files they are put back too.",
            "Anders in de reservekopie, en gelaten zoals ze zijn: {files}. Met --files worden die ook teruggezet."
        ));
    }
    if !too_large.is_empty() {
        let files = too_large.join(", ");
        said.push(text!(
            "Not put back, for attent reads no files as large as these: {files}.",
            "Niet teruggezet, want zulke grote bestanden leest attent niet: {files}."
        ));
    }
    said
}

/// A size as people read it: `12 kB`, `3.4 MB`.
pub fn size(bytes: u64) -> Text {
    let (value, decimals, unit) = match bytes as f64 {
        small if small < 1e6 => (small / 1e3, 0, "kB"),
        middle if middle < 1e9 => (middle / 1e6, 1, "MB"),
        large => (large / 1e9, 1, "GB"),
    };
    let value = decimal(value.max(if bytes > 0 { 1.0 } else { 0.0 }), decimals);
    Text::new(format!("{} {unit}", value.en), format!("{} {unit}", value.nl))
}
