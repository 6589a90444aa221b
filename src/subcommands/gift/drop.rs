//! `attent gift drop`: an idea or a plan that will not be.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::asked::{by_number, number, summary};
use super::list::line;
use crate::domain::gift::GiftState;
use crate::domain::problem::Problem;
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
        return Err(Problem::failure(text!("gift #{id} was given already", "cadeau #{id} is al gegeven"))
            .why(text!("what was given stays in the register", "wat gegeven is, blijft in het register"))
            .todo(text!(
                "was it a mistake, then `attent undo --list` shows which entry to take back",
                "was het een vergissing, dan laat `attent undo --list` zien welke invoer je kunt terugnemen"
            ))
            .into());
    }
    let known = ledger.customer(gift.customer)?;
    ledger.drop_gift(context.now(), id, &summary(known.as_ref(), &gift.what))?;
    let line = line(context, &ledger, gift)?;
    output::answer(context, &workspace.settings.currency, &page::dropped(&line, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}
