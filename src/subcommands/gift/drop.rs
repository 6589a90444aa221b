//! `attent gift drop`: an idea or a plan that will not be.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::asked::{by_number, number, summary};
use super::list::line;
use crate::domain::gift::GiftState;
use crate::domain::problem::Problem;
use crate::ledger::given_already;
use crate::render::pages::gifts as page;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `gift drop`.
#[derive(Debug, Args)]
pub struct DropArgs {
    /// The number of the idea or plan
    #[arg(value_name = "NUMBER")]
    pub number: String,
}

/// Runs the command.
///
/// # Errors
/// When there is no idea or plan of this number, or the log cannot be written.
pub fn run(context: &Context, args: &DropArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let typed = &args.number;
    let id = number(typed).ok_or_else(|| Problem::usage(text!("`{typed}` is no number", "`{typed}` is geen nummer")))?;
    let gift = by_number(&ledger, id)?;
    if gift.state == GiftState::Given {
        return Err(given_already(id).into());
    }
    let known = ledger.customer(gift.customer)?;
    // Between reading and writing somebody else may have given it.
    if !ledger.drop_gift(context.now(), id, &summary(known.as_ref(), &gift.what))? {
        return Err(given_already(id).into());
    }
    let line = line(context, &ledger, gift)?;
    output::answer(context, &workspace.settings.currency, &page::dropped(&line, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}
