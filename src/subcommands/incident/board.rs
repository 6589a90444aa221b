//! `attent incidents`: what waits for somebody, what is overdue first.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::list::lines;
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::recovery::{Afterwards, WAIT_DAYS, YEAR_DAYS, afterwards};
use crate::render::pages::incidents::{Board, IncidentLine, Place};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// The arguments of `incidents`.
#[derive(Debug, Args, Default)]
pub struct BoardArgs {
    /// Only this customer's
    #[arg(long, value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: Option<String>,
    /// Only what is overdue
    #[arg(long)]
    pub overdue: bool,
    /// Also what was over more than 90 days ago
    #[arg(long, conflicts_with = "overdue")]
    pub all: bool,
    /// End with exit code 10 when something is overdue
    #[arg(long)]
    pub exit_code: bool,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn run(context: &Context, args: &BoardArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let only = args.customer.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let mut lines = lines(context, &ledger, only)?;
    let known = lines.len();
    lines.retain(|line| args.all || recent(line, context.now()));
    let left_out = if args.overdue { 0 } else { known - lines.len() };
    lines.retain(|line| !args.overdue || line.overdue().is_some());
    lines.sort_by_key(|line| (Place::of(line), line.incident.id));
    let board = Board { lines, left_out, after: after(context, &ledger, only)?, as_of: context.local(context.now()) };
    output::answer(context, &workspace.settings.currency, &board.answer())?;
    Ok(if args.exit_code && board.overdue() > 0 { ExitCode::from(10) } else { ExitCode::SUCCESS })
}

/// Whether it waits for something, or was over not long ago.
fn recent(line: &IncidentLine, now: Moment) -> bool {
    let over = line.incident.checked.or(line.incident.resolved);
    line.waits.is_some() || over.is_none_or(|over| now.days_since(over) <= WAIT_DAYS)
}

/// How people are afterwards: one customer, or all (R9).
fn after(context: &Context, ledger: &Ledger, only: Option<CustomerId>) -> Result<Afterwards> {
    let now = context.now();
    let incidents = match only {
        Some(only) => HashMap::from([(only, ledger.incidents_of(only)?)]),
        None => ledger.incidents()?,
    };
    let mut heard = HashMap::new();
    for (id, all) in &incidents {
        let this_year = |incident: &Incident| (0.0..=YEAR_DAYS).contains(&now.days_since(incident.opened));
        if all.iter().any(this_year) {
            heard.insert(*id, ledger.last_heard(*id, now)?);
        }
    }
    Ok(afterwards(incidents.iter().map(|(id, all)| (all.as_slice(), heard.get(id).copied().flatten())), now))
}
