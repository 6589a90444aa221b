//! `attent undo`: takes the last entry back.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;
use super::output;
use super::workspace::Workspace;
use crate::domain::problem::Problem;
use crate::render::pages::logged::{Taken, undone};
use crate::text;

/// The arguments of `undo`.
#[derive(Debug, Args)]
pub struct UndoArgs {}

/// Runs the command.
///
/// # Errors
/// When there is nothing to take back (exit 1), or the log cannot be written.
pub fn run(context: &Context, _args: &UndoArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let done = ledger.undo(context.now(), None)?.ok_or_else(nothing)?;
    let taken = Taken {
        at: context.local(done.entry.at),
        verb: done.entry.verb,
        about: done.entry.summary,
        touchpoints: done.touchpoints,
        customers: done.customers,
        incidents: done.incidents,
    };
    output::answer(context, &workspace.settings.currency, &undone(&taken))?;
    Ok(ExitCode::SUCCESS)
}

fn nothing() -> Problem {
    Problem::failure(text!("there is nothing to take back", "er is niets om terug te nemen"))
        .why(text!("every entry has been taken back, or there was none yet", "elke invoer is al teruggenomen, of er was er nog geen"))
}
