//! `attent import`: customers and contacts from files.

mod cards;
mod confirm;
mod everything;
mod inputs;
mod map;
mod open;
mod reading;
mod rows;
mod sampled;
mod source;
mod taker;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

pub use inputs::{Found, Input, entries, find, is_maildir};
pub use reading::{Order, pass_by, read};
pub use rows::import_rows;

use super::complete;
use super::context::Context;
use super::output;
use super::typed::Words;
use super::workspace::Workspace;
use crate::domain::problem::Problem;
use crate::intake::kinds::FileKind;
use crate::render::pages::import::{self as page, ImportSummary};
use crate::text;

/// The arguments of `import`.
#[derive(Debug, Clone, Args)]
pub struct ImportArgs {
    /// Files or folders: mail, calendars, address books, tables, event logs, an export; - reads standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the files hold, where their beginning does not tell
    #[arg(long = "as", value_parser = Words::new(FileKind::ALL, FileKind::word), value_name = "KIND")]
    pub kind: Option<FileKind>,
    /// The profile that says what the columns of a table mean; with --map its name
    #[arg(long, value_name = "PROFILE", add = ArgValueCandidates::new(complete::profiles))]
    pub profile: Option<String>,
    /// Make a profile for a table, and keep it in attent.yaml; what the file does not tell is asked
    #[arg(long, conflicts_with_all = ["since", "new", "only", "skip_errors"])]
    pub map: bool,
    /// Only contacts from this day on
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Make customers of people you write or meet with who are none yet
    #[arg(long)]
    pub new: bool,
    /// Of an address book: only cards in this category; may be given more than once
    #[arg(long, value_name = "CATEGORY")]
    pub only: Vec<String>,
    /// Only show what would be added, to whom, and why
    #[arg(long)]
    pub dry_run: bool,
    /// Add the good records and leave the bad ones out
    #[arg(long)]
    pub skip_errors: bool,
}

/// Runs the command.
///
/// # Errors
/// When a file cannot be read, or holds bad records and `--skip-errors` is not given (exit 3).
pub fn run(context: &Context, args: &ImportArgs) -> Result<ExitCode> {
    if args.map {
        return map::run(context, args);
    }
    let workspace = Workspace::open(context)?;
    let order = Order {
        kind: args.kind,
        since: args.since.as_deref().map(|since| context.past(since, "--since")).transpose()?,
        new: args.new,
        only: args.only.iter().map(|category| category.trim().to_lowercase()).collect(),
        profile: args.profile.clone(),
        from: HashMap::new(),
    };
    let found = find(&args.files, args.kind)?;
    if found.inputs.is_empty() {
        return Err(nothing_to_read(&args.files, &found).into());
    }
    if found.inputs.iter().any(|input| input.kind == FileKind::Jsonl) {
        return everything::run(context, args, &workspace, &found.inputs);
    }
    let mut ledger = workspace.ledger(context)?;
    let mut summary = ImportSummary { dry_run: args.dry_run, ..ImportSummary::default() };
    let stops = |summary: &ImportSummary| summary.bad > 0 && !args.skip_errors;
    let done = ledger.batch(context.now(), "import", |batch| {
        let done = read(context, &workspace.settings, batch, &found.inputs, &order, &mut summary)?;
        if args.dry_run || stops(&summary) || !summary.changes_anything() {
            batch.discard();
        }
        Ok((done, format!("{}: {}", named(&args.files), summary.in_brief().get(context.lang()))))
    })?;
    // A dry run shows what there is, also where something is not right.
    if stops(&summary) && !args.dry_run {
        return Err(refused(summary.bad).into());
    }
    pass_by(context, &[found.passed_by, done.passed_by].concat());
    let refusal = stops(&summary).then(|| refused(summary.bad));
    output::answer(context, &workspace.settings.currency, &page::answer(summary))?;
    refusal.map_or(Ok(ExitCode::SUCCESS), |refusal| Err(refusal.into()))
}

/// The files in a few words, for the list of entries.
fn named(files: &[PathBuf]) -> String {
    let first = files.first().map(|file| file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()).unwrap_or_default();
    if files.len() > 1 { format!("{first} + {}", files.len() - 1) } else { first }
}

fn nothing_to_read(files: &[PathBuf], found: &Found) -> Problem {
    let shown = files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ");
    let problem = Problem::input(text!("nothing in {shown} can be read", "niets in {shown} kan worden gelezen"));
    match found.passed_by.first().map(|path| path.display()) {
        None => problem.why(text!("it is an empty folder", "het is een lege map")),
        Some(first) => problem
            .why(text!("it holds only files of other kinds, such as {first}", "er staan alleen andere soorten bestanden in, zoals {first}"))
            .todo(text!("name a file and say what it is with --as", "noem een bestand en zeg wat het is met --as")),
    }
}

fn refused(n: u64) -> Problem {
    let what = if n == 1 {
        text!("nothing was stored, because one row is not right", "er is niets opgeslagen, want één rij klopt niet")
    } else {
        text!("nothing was stored, because {n} rows are not right", "er is niets opgeslagen, want {n} rijen kloppen niet")
    };
    Problem::input(what).todo(text!("mend them, or leave them out with --skip-errors", "verbeter ze, of laat ze weg met --skip-errors"))
}
