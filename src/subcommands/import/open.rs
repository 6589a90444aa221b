//! The reader of each kind of file.

use std::io::{self, Cursor, Read};
use std::path::Path;

use anyhow::Result;
use chrono::Local;

use super::everything;
use super::reading::{Order, fatal};
use super::source::{Opened, is_stream, seekable};
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::intake::address_book::AddressBook;
use crate::intake::calendar::{Calendar, CalendarRules};
use crate::intake::csv_log;
use crate::intake::kinds::{FileKind, sniff};
use crate::intake::mail::{MailRules, Mbox, headers_of, message};
use crate::intake::near::suggest;
use crate::intake::records::{Me, Record, RecordError, Records};
use crate::intake::tables::profiles::{recognise, shipped};
use crate::intake::tables::{Profile, Table, head, head_of_sheet, legible};
use crate::intake::xes::Xes;
use crate::settings::keys::Settings;
use crate::subcommands::context::Context;
use crate::subcommands::output::unreadable;
use crate::text;

/// What reads a file.
pub enum Reader<'s> {
    /// The log's own columns.
    Log(Box<dyn Read + Send>),
    /// Records, and where the log says they came from.
    Records(Box<dyn Records + 's>, String),
    /// The rows of a table, and the id of the profile they are read with.
    Table(Box<dyn Records + 's>, String),
}

/// The reader of a file; what standard input or a pipe holds is told by its beginning.
///
/// # Errors
/// When it is of no kind that can be read, or not what it was said to be.
pub fn reader<'s>(
    context: &Context,
    settings: &'s Settings,
    kind: FileKind,
    order: &Order,
    path: &Path,
    opened: Opened,
) -> Result<Reader<'s>> {
    let kind = match (order.kind, is_stream(path)) {
        (None, true) => sniff(&opened.head, "-").unwrap_or(FileKind::Csv),
        _ => kind,
    };
    let wrong = |err: RecordError| fatal(&path.display().to_string(), &err);
    let me = || Me::new(settings.me.iter().cloned());
    let words = &settings.imports.words;
    let records: Box<dyn Records + 's> = match kind {
        FileKind::Csv => return table(settings, order, path, opened),
        FileKind::Xlsx => return workbook(settings, order, path, opened),
        FileKind::Xes => {
            let profile = order.profile.as_deref().map(|id| profile(settings, id)).transpose()?;
            Box::new(Xes::open(opened.all, profile, Local).map_err(wrong)?)
        }
        FileKind::Vcf => Box::new(AddressBook::new(opened.all)),
        FileKind::Ics => {
            // Without my own address I would become a customer myself.
            if order.new && settings.me.is_empty() {
                return Err(nobody_is_me().into());
            }
            let rules = CalendarRules { me: me(), words: words.clone() };
            let (source, _) = seekable(path, opened)?;
            Box::new(Calendar::open(source, &rules, Local, context.now()).map_err(wrong)?)
        }
        FileKind::Jsonl => return Err(everything::alone(&path.display().to_string()).into()),
        FileKind::Mbox | FileKind::Eml | FileKind::Maildir => {
            if settings.me.is_empty() {
                return Err(nobody_is_me().into());
            }
            let rules = MailRules::new(me(), words.clone(), context.now());
            match kind {
                FileKind::Mbox => Box::new(Mbox::new(opened.all, rules)),
                _ => one_message(path, opened, &rules)?,
            }
        }
    };
    Ok(Reader::Records(records, kind.source().to_owned()))
}

/// A single message, already read.
struct Single(Option<Result<Record, RecordError>>);

impl Records for Single {
    fn next(&mut self) -> Option<Result<Record, RecordError>> {
        self.0.take()
    }
}

fn one_message(path: &Path, mut opened: Opened, rules: &MailRules) -> Result<Box<dyn Records>> {
    let headers = headers_of(&mut opened.all).map_err(|err| unreadable(path, &err))?;
    Ok(Box::new(Single(Some(message(&headers, 1, rules, None)))))
}

fn nobody_is_me() -> Problem {
    Problem::failure(text!("which mail addresses are yours is not known", "welke mailadressen van jou zijn, is niet bekend"))
        .why(text!(
            "without them nobody can tell which way a mail went",
            "zonder die adressen is niet te zeggen welke kant een mail op ging"
        ))
        .todo(text!("write them in attent.yaml: `me: [you@example.com]`", "zet ze in attent.yaml: `me: [jij@voorbeeld.nl]`"))
}

fn profile<'s>(settings: &'s Settings, id: &str) -> Result<&'s Profile> {
    let all = || settings.imports.profiles.iter().chain(shipped());
    all().find(|profile| profile.id == id).ok_or_else(|| {
        let ids: Vec<&str> = all().map(|profile| profile.id.as_str()).collect();
        let shown = crate::intake::near::shorten(id);
        Problem::usage(text!("there is no profile `{shown}`", "er is geen profiel `{shown}`")).todo(suggest(&shown, &ids)).into()
    })
}

/// The profile asked for, else the one whose columns the header has.
fn profile_for<'s>(settings: &'s Settings, order: &Order, header: &[String]) -> Result<Option<&'s Profile>> {
    if let Some(id) = &order.profile {
        return profile(settings, id).map(Some);
    }
    Ok(recognise(header, &settings.imports.profiles).or_else(|| recognise(header, shipped())))
}

fn table<'s>(settings: &'s Settings, order: &Order, path: &Path, opened: Opened) -> Result<Reader<'s>> {
    let shown = path.display().to_string();
    let seen = head(Cursor::new(&opened.head)).ok();
    let header = seen.as_ref().map_or(&[][..], |head| &head.header);
    match profile_for(settings, order, header)? {
        Some(profile) => {
            let table = Table::open(opened.all, profile, Local).map_err(|err| fatal(&shown, &err))?;
            Ok(Reader::Table(Box::new(table), profile.id.clone()))
        }
        None if is_own(header) => {
            let source = legible(opened.all).map_err(|err| unreadable(path, &err))?;
            Ok(Reader::Log(Box::new(source)))
        }
        None => Err(no_profile(&shown, header).into()),
    }
}

fn workbook<'s>(settings: &'s Settings, order: &Order, path: &Path, opened: Opened) -> Result<Reader<'s>> {
    let shown = path.display().to_string();
    let (mut source, _) = seekable(path, opened)?;
    let seen = head_of_sheet(&mut source).map_err(|err| fatal(&shown, &err))?;
    source.rewind().map_err(|err: io::Error| unreadable(path, &err))?;
    match profile_for(settings, order, &seen.header)? {
        Some(profile) => {
            let table = Table::open_sheet(source, profile, Local).map_err(|err| fatal(&shown, &err))?;
            Ok(Reader::Table(Box::new(table), profile.id.clone()))
        }
        None => Err(no_profile(&shown, &seen.header).into()),
    }
}

/// Whether a header means to be that of the log itself; mistakes in it are told by its reader. Other
/// programs name columns `customer` or `note` too, but not most of them so, and no date `at`.
fn is_own(header: &[String]) -> bool {
    let own = header.iter().filter(|name| csv_log::COLUMNS.contains(&name.trim().to_lowercase().as_str())).count();
    let has = |column: &&str| header.iter().any(|name| name.trim().eq_ignore_ascii_case(column));
    header.len() <= 1 || csv_log::COLUMNS[..3].iter().all(has) || (own * 2 > header.len() && has(&"at"))
}

fn no_profile(shown: &str, header: &[String]) -> Problem {
    let shown = shell::path(shown);
    let columns = header.iter().map(|name| crate::intake::near::shorten(name)).take(8).collect::<Vec<_>>().join(", ");
    let more = if header.len() > 8 { ", …" } else { "" };
    let todo: Text = text!(
        "`attent import {shown} --map` makes a profile for it; --profile names one",
        "`attent import {shown} --map` maakt er een profiel voor; --profile noemt er een"
    );
    Problem::input(text!("no profile knows the columns of {shown}", "geen profiel kent de kolommen van {shown}"))
        .why(text!("its columns are {columns}{more}", "de kolommen zijn {columns}{more}"))
        .todo(todo)
}
