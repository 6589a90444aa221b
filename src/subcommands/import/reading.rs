//! Reading inputs into a batch.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use indicatif::ProgressBar;

use super::inputs::Input;
use super::open::{Reader, reader};
use super::rows::import_rows;
use super::source::open;
use super::taker::Taker;
use crate::domain::calendar::Moment;
use crate::domain::problem::{Exit, Problem};
use crate::domain::text::Text;
use crate::intake::kinds::FileKind;
use crate::intake::records::{RecordError, Records};
use crate::ledger::Batch;
use crate::render::pages::import::ImportSummary;
use crate::settings::keys::Settings;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::workspace::progress;
use crate::text;

/// The most bad records that are listed.
const LISTED: u64 = 50;

/// What is asked of an import.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// What the files are, if said.
    pub kind: Option<FileKind>,
    /// Only contacts from this moment on.
    pub since: Option<Moment>,
    /// Whether people who are no customers yet become customers.
    pub new: bool,
    /// Only cards in one of these categories, lower case; all when empty.
    pub only: Vec<String>,
    /// The id of the profile that says what the columns of a table mean, if said.
    pub profile: Option<String>,
    /// Where to begin in files of which the beginning is known; lines are counted from there.
    pub from: HashMap<PathBuf, u64>,
}

/// What there is to know after reading.
#[derive(Debug, Default)]
pub struct Done {
    /// When the files have something new although they did not change, if ever.
    pub next: Option<Moment>,
    /// Files found in folders that gave nothing, because they are something else.
    pub passed_by: Vec<PathBuf>,
}

/// Reads all inputs.
///
/// # Errors
/// When one cannot be read to its end, or the log cannot be written.
pub fn read(
    context: &Context,
    settings: &Settings,
    batch: &mut Batch<'_>,
    inputs: &[Input],
    order: &Order,
    summary: &mut ImportSummary,
) -> Result<Done> {
    let mut done = Done::default();
    let mut reading = Reading { context, settings, order, taker: None };
    for input in inputs {
        let bar = if input.kind == FileKind::Maildir {
            progress(context, input.files.len() as u64, &text!("importing", "importeren"))
        } else {
            ProgressBar::hidden()
        };
        if input.kind != FileKind::Maildir {
            batch.next_file();
        }
        for path in &input.files {
            bar.inc(1);
            // a mail program may have moved a message since the folder was looked at; the next time will tell
            if input.kind == FileKind::Maildir && !path.is_file() {
                continue;
            }
            let before = summary.taken();
            match reading.one(batch, input, path, summary) {
                Ok(due) => done.next = [done.next, due].into_iter().flatten().min(),
                // In a folder lie other things too; what gave nothing is passed by.
                Err(err) if input.found && summary.taken() == before && is_of_input(&err) => done.passed_by.push(path.clone()),
                Err(err) => return Err(err),
            }
        }
        bar.finish_and_clear();
    }
    if let Some(taker) = reading.taker {
        taker.finish(summary);
    }
    Ok(done)
}

/// What files are read with.
struct Reading<'r> {
    context: &'r Context,
    settings: &'r Settings,
    order: &'r Order,
    taker: Option<Taker<'r>>,
}

impl Reading<'_> {
    /// Reads one file. Gives when it has something new although it did not change.
    fn one(&mut self, batch: &mut Batch<'_>, input: &Input, path: &Path, summary: &mut ImportSummary) -> Result<Option<Moment>> {
        let Self { context, settings, order, .. } = *self;
        let opened = open(context, path, order.from.get(path).copied().unwrap_or(0))?;
        let moving = opened.bar.clone();
        let shown = path.display().to_string();
        let mut due = None;
        let reader = reader(context, settings, input.kind, order, path, opened)?;
        if let Reader::Table(_, profile) = &reader {
            summary.profiles.insert(profile.clone());
        }
        match reader {
            Reader::Log(source) => {
                // The log's own rows make customers the directory does not know of.
                if let Some(taker) = self.taker.take() {
                    taker.finish(summary);
                }
                import_rows(context, batch, &shown, source, summary)?;
            }
            Reader::Records(mut records, source) | Reader::Table(mut records, source) => {
                let taker = match &mut self.taker {
                    Some(taker) => taker,
                    none => none.insert(Taker::new(context, settings, batch)?),
                };
                taker.begin(order, input.kind, &source, &shown);
                take_all(batch, taker, records.as_mut(), summary)?;
                due = records.next_due();
            }
        }
        moving.finish_and_clear();
        Ok(due)
    }
}

fn is_of_input(err: &anyhow::Error) -> bool {
    err.downcast_ref::<Problem>().is_some_and(|problem| problem.exit == Exit::Input)
}

fn take_all(batch: &mut Batch<'_>, taker: &mut Taker<'_>, records: &mut dyn Records, summary: &mut ImportSummary) -> Result<()> {
    while let Some(read) = records.next() {
        match read {
            Ok(record) => taker.take(batch, record, summary)?,
            Err(err) if err.fatal => return Err(fatal(taker.shown(), &err).into()),
            Err(err) => taker.complain(err.line, &err.reason, summary),
        }
    }
    Ok(())
}

/// What ends an import: a file that cannot be read on.
pub fn fatal(shown: &str, err: &RecordError) -> Problem {
    let (line, reason) = (err.line, &err.reason);
    Problem::input(Text::new(format!("{shown}:{line}: {}", reason.en), format!("{shown}:{line}: {}", reason.nl)))
        .todo(text!("nothing was stored", "er is niets opgeslagen"))
}

/// Tells a bad record on standard error, the first of them at least.
pub fn complain(context: &Context, shown: &str, line: u64, reason: &Text, nth: u64) {
    if nth <= LISTED {
        output::note(context, &Text::new(format!("{shown}:{line}: {}", reason.en), format!("{shown}:{line}: {}", reason.nl)));
    } else if nth == LISTED + 1 {
        output::note(context, &text!("… and more rows like these", "… en meer van zulke rijen"));
    }
}

/// Tells which files of folders were passed by.
pub fn pass_by(context: &Context, files: &[PathBuf]) {
    let Some(first) = files.first() else { return };
    let shown = Path::new(first).display();
    let said = match files.len() {
        1 => text!("note: {shown} is nothing that can be read", "let op: {shown} is niets dat gelezen kan worden"),
        n => text!(
            "note: {n} files are nothing that can be read, such as {shown}",
            "let op: {n} bestanden zijn niets dat gelezen kan worden, zoals {shown}"
        ),
    };
    output::note(context, &said);
}
