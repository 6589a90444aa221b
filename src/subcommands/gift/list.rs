//! `attent gift list`: ideas and plans.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use crate::domain::gift::{Gift, GiftState};
use crate::ledger::Ledger;
use crate::render::pages::gifts::{self as page, GiftLine};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::name_of;
use crate::subcommands::look_up::names;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// The arguments of `gift list`.
#[derive(Debug, Args, Default)]
pub struct ListArgs {
    /// Only this customer's
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn run(context: &Context, args: &ListArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let only = args.customer.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let names = names(&ledger)?;
    let mut open = ledger.gift_plans()?;
    open.retain(|gift| gift.state != GiftState::Given && only.is_none_or(|only| only == gift.customer));
    // What has a day comes first, in the order of the days.
    open.sort_by_key(|gift| (gift.day.is_none(), gift.day, gift.id));
    let lines: Vec<GiftLine> = open.into_iter().map(|gift| line_of(context, name_of(&names, gift.customer), gift)).collect();
    output::answer(context, &workspace.settings.currency, &page::list(&lines, context.local(context.now())))?;
    Ok(ExitCode::SUCCESS)
}

/// A present as it is shown.
///
/// # Errors
/// When the log cannot be read.
pub fn line(context: &Context, ledger: &Ledger, gift: Gift) -> Result<GiftLine> {
    let name = ledger.customer(gift.customer)?.map(|customer| customer.name).unwrap_or_default();
    Ok(line_of(context, name, gift))
}

/// A present of somebody of this name, as it is shown.
pub fn line_of(context: &Context, customer: String, gift: Gift) -> GiftLine {
    GiftLine { customer, day: gift.day.map(|day| context.local(day)), gift }
}
