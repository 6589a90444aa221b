//! The file a profile is made for: its beginning, and its first rows as the profile reads them.

use std::io::Seek as _;
use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::Local;

use super::inputs::kind_of;
use super::reading::{complain, fatal};
use super::source::{open, seekable};
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::intake::kinds::FileKind;
use crate::intake::records::{Record, Records, Told};
use crate::intake::tables::{Head, Profile, Table, Target, head, head_of_sheet};
use crate::render::pages::mapped::Sampled;
use crate::subcommands::context::Context;
use crate::subcommands::output::unreadable;
use crate::text;

/// So many rows are shown, and so many are looked at to find them.
const SHOWN: usize = 3;
const LOOKED_AT: usize = 100;

/// A table that was looked at.
#[derive(Debug)]
pub struct Seen {
    /// The file.
    pub path: PathBuf,
    /// The file as a shell reads it.
    pub shown: String,
    /// A workbook or a text file.
    pub kind: FileKind,
    /// How it begins.
    pub head: Head,
}

/// Looks at the one file that was named.
///
/// # Errors
/// When it is not one file, cannot be read, or is no table with a row that names the columns.
pub fn look(context: &Context, files: &[PathBuf], said: Option<FileKind>) -> Result<Seen> {
    let [path] = files else {
        let what = text!("a profile is made from one file", "een profiel wordt gemaakt uit één bestand");
        return Err(Problem::usage(what).todo(text!("name one of them", "noem er een van")).into());
    };
    if path == Path::new("-") {
        let what = text!("a profile cannot be made from standard input", "een profiel kan niet uit de standaardinvoer worden gemaakt");
        return Err(Problem::usage(what).todo(text!("save it as a file first", "bewaar het eerst als bestand")).into());
    }
    let shown = shell::path(&path.display().to_string());
    let kind = match said {
        Some(kind) => kind,
        // a file of no kind at all may still be a table
        None => kind_of(path)?.unwrap_or(FileKind::Csv),
    };
    let opened = open(context, path, 0)?;
    let bar = opened.bar.clone();
    let seen = match kind {
        FileKind::Csv if opened.head.contains(&0) && said.is_none() && kind_of(path)?.is_none() => return Err(no_table(&shown).into()),
        FileKind::Csv => head(opened.all),
        FileKind::Xlsx => head_of_sheet(seekable(path, opened)?.0),
        other => return Err(another_kind(&shown, other).into()),
    };
    bar.finish_and_clear();
    let head = seen.map_err(|err| fatal(&shown, &err))?;
    if head.header.iter().all(String::is_empty) {
        return Err(Problem::input(text!("{shown} is empty", "{shown} is leeg")).todo(first_row()).into());
    }
    Ok(Seen { path: path.clone(), shown, kind, head })
}

/// Whether a profile can be made of it at all.
///
/// # Errors
/// When no column says who it was with.
pub fn has_somebody(seen: &Seen, profile: &Profile) -> Result<(), Problem> {
    let who = [Target::Customer, Target::Email, Target::Phone, Target::Organisation];
    if who.into_iter().any(|target| profile.source(target).is_some()) {
        return Ok(());
    }
    let shown = &seen.shown;
    let what = text!("no column of {shown} says who it was with", "geen kolom van {shown} zegt met wie het was");
    Err(Problem::input(what).todo(first_row()))
}

/// The first rows as a profile reads them.
///
/// # Errors
/// When the file cannot be read.
pub fn rows(context: &Context, seen: &Seen, profile: &Profile) -> Result<Vec<Sampled>> {
    let opened = open(context, &seen.path, 0)?;
    let bar = opened.bar.clone();
    let table = match seen.kind {
        FileKind::Xlsx => {
            let (mut source, _) = seekable(&seen.path, opened)?;
            source.rewind().map_err(|err| unreadable(&seen.path, &err))?;
            Table::open_sheet(source, profile, Local)
        }
        _ => Table::open(opened.all, profile, Local),
    };
    let found = first_rows(context, seen, &mut table.map_err(|err| fatal(&seen.shown, &err))?);
    bar.finish_and_clear();
    Ok(found)
}

fn first_rows(context: &Context, seen: &Seen, table: &mut dyn Records) -> Vec<Sampled> {
    let (mut found, mut bad) = (Vec::new(), 0);
    for _ in 0..LOOKED_AT {
        match table.next() {
            Some(Ok(record)) => found.extend(sampled(context, record)),
            Some(Err(err)) => {
                bad += 1;
                if bad <= SHOWN as u64 {
                    complain(context, &seen.path.display().to_string(), err.line, &err.reason, bad);
                }
            }
            None => break,
        }
        if found.len() == SHOWN {
            break;
        }
    }
    found
}

fn sampled(context: &Context, record: Record) -> Option<Sampled> {
    match record.told {
        Told::Nothing(_) | Told::Aside(_) => None,
        Told::Contact(contact) => {
            let party = contact.parties.into_iter().next().unwrap_or_default();
            let (facts, amount, note) = (contact.touchpoint.facts, contact.touchpoint.amount, contact.touchpoint.note);
            let reach = party.addresses.first().or(party.phones.first()).cloned().unwrap_or_default();
            Some(Sampled { at: Some(context.local(facts.at)), who: party.name, reach, facts: Some(facts), amount, note })
        }
        Told::Card(card) => {
            let reach = card.party.addresses.first().or(card.party.phones.first()).cloned().unwrap_or_default();
            Some(Sampled { who: card.party.name, reach, note: card.organisation, ..Sampled::default() })
        }
    }
}

/// What attent wants to know, and in which columns it is; the label of the rows, and which of them count.
pub fn about(profile: &Profile) -> Vec<(Text, String)> {
    let columns = profile.columns.iter().map(|(target, source)| (target.label(), source.written()));
    let labels = Some(profile.always.tags.join(", ")).filter(|tags| !tags.is_empty());
    let labels = labels.map(|tags| (text!("label of every row", "label van elke rij"), tags));
    let only = profile.only.iter().map(|(column, words)| (text!("rows that count", "rijen die tellen"), weighed(column, words)));
    columns.chain(labels).chain(only).collect()
}

/// A column and the words in it by which a row counts; `–` for an empty field.
fn weighed(column: &str, words: &[String]) -> String {
    let words = words.iter().map(|word| if word.is_empty() { "–" } else { word }).collect::<Vec<_>>().join(", ");
    format!("{column}: {words}")
}

fn first_row() -> Text {
    text!("the first row of a table names its columns", "de eerste rij van een tabel noemt de kolommen")
}

fn no_table(shown: &str) -> Problem {
    Problem::input(text!("{shown} is no table", "{shown} is geen tabel"))
        .todo(text!("export it as CSV or Excel (.xlsx)", "exporteer het als CSV of Excel (.xlsx)"))
}

fn another_kind(shown: &str, kind: FileKind) -> Problem {
    let word = kind.word();
    Problem::usage(text!("{shown} is no table but `{word}`", "{shown} is geen tabel maar `{word}`"))
        .todo(text!("`attent import {shown}` reads it without a profile", "`attent import {shown}` leest het zonder profiel"))
}
