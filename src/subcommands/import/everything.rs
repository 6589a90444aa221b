//! `attent import FILE.jsonl`: everything an export holds, into an empty log.

use std::io::BufReader;
use std::process::ExitCode;

use anyhow::Result;
use indicatif::ProgressBar;

use super::ImportArgs;
use super::inputs::Input;
use super::source::open;
use crate::domain::problem::Problem;
use crate::domain::shell::quoted;
use crate::intake::kinds::FileKind;
use crate::ledger::Step;
use crate::render::pages::imported_log::{self as page, ImportedLog};
use crate::subcommands::context::Context;
use crate::subcommands::forget::tell_of_forgotten;
use crate::subcommands::output::{self, unreadable};
use crate::subcommands::workspace::{Workspace, progress};
use crate::text;

/// So much of a file is read at once.
const BUFFER: usize = 128 * 1024;

/// Runs the command for inputs among which is an export.
///
/// # Errors
/// When the export is not alone or flags for other files are given, the log is not empty, the file is cut
/// off, changed or not right, or the log cannot be written. Then nothing has changed.
pub fn run(context: &Context, args: &ImportArgs, workspace: &Workspace, inputs: &[Input]) -> Result<ExitCode> {
    let export = inputs.iter().find(|input| input.kind == FileKind::Jsonl);
    let (Some(path), [_]) = (export.and_then(|input| input.files.first()), inputs) else {
        return Err(alone(&export.map(|input| input.shown.clone()).unwrap_or_default()).into());
    };
    whole(args)?;
    let opened = open(context, path, 0)?;
    let mut ledger = workspace.ledger(context)?;
    let (mut source, mut sums) = (BufReader::with_capacity(BUFFER, opened.all), None::<ProgressBar>);
    let imported = ledger.import_export(context.now(), &mut source, args.dry_run, &mut |step| {
        if let Step::AddedUp(done, all) = step {
            opened.bar.finish_and_clear();
            let bar = sums.get_or_insert_with(|| progress(context, all, &text!("adding up the log", "het logboek optellen")));
            bar.set_position(done);
        }
    });
    opened.bar.finish_and_clear();
    if let Some(bar) = sums {
        bar.finish_and_clear();
    }
    let imported = imported.map_err(|err| match err.downcast::<std::io::Error>() {
        Ok(err) => unreadable(path, &err).into(),
        Err(err) => err,
    })?;
    let log = ImportedLog { dry_run: args.dry_run, written_by: imported.written_by, rows: imported.rows.0 };
    output::answer(context, &workspace.settings.currency, &page::answer(&log))?;
    tell_of_forgotten(context, imported.forgotten);
    Ok(ExitCode::SUCCESS)
}

/// An export comes in whole: nothing of it can be left out.
fn whole(args: &ImportArgs) -> Result<(), Problem> {
    let flags = [
        (args.profile.is_some(), "--profile"),
        (args.since.is_some(), "--since"),
        (args.new, "--new"),
        (!args.only.is_empty(), "--only"),
        (args.skip_errors, "--skip-errors"),
    ];
    match flags.into_iter().find(|(given, _)| *given) {
        None => Ok(()),
        Some((_, flag)) => Err(Problem::usage(text!("{flag} does not go with an export", "{flag} gaat niet samen met een export"))
            .why(text!("an export comes in whole or not at all", "een export komt er helemaal in of helemaal niet"))
            .todo(text!("leave it out", "laat dat weg"))),
    }
}

/// An export does not go together with other files.
pub fn alone(shown: &str) -> Problem {
    let file = quoted(shown);
    Problem::usage(text!("{file} is the export of a whole log", "{file} is de export van een heel logboek"))
        .why(text!("it cannot be read together with other files", "die kan niet samen met andere bestanden worden gelezen"))
        .todo(text!("import it by itself: `attent import {file} --as jsonl`", "importeer die los: `attent import {file} --as jsonl`"))
}
