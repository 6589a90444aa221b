//! `attent gift idea`: something that would suit somebody, before there is a plan.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::asked::{cost, summary, what};
use super::list::line;
use crate::domain::gift::Gift;
use crate::domain::money::Cents;
use crate::render::pages::gifts as page;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// The arguments of `gift idea`.
#[derive(Debug, Args)]
pub struct IdeaArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// What would suit them
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// What it costs
    #[arg(long, value_parser = cost, value_name = "AMOUNT")]
    pub value: Option<Cents>,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, or the log cannot be written.
pub fn run(context: &Context, args: &IdeaArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let customer = who::customer(context, &ledger, &args.customer)?;
    let mut idea = Gift { value: args.value, ..Gift::idea(customer, what(&args.what)?) };
    let known = ledger.customer(customer)?;
    idea.id = ledger.keep_gift(context.now(), "gift idea", &idea, &summary(known.as_ref(), &idea.what))?;
    let line = line(context, &ledger, idea)?;
    output::answer(context, &workspace.settings.currency, &page::planned(&line, &[], as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}
