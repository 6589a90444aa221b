//! `attent incident list`: all that went wrong, what is open first.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::of;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::render::pages::incidents::{self as page, IncidentLine};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::look_up::names;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// The arguments of `incident list`.
#[derive(Debug, Args, Default)]
pub struct ListArgs {
    /// Only this customer's
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: Option<String>,
    /// Only what is not made good yet
    #[arg(long)]
    pub open: bool,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn run(context: &Context, args: &ListArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let only = args.customer.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let mut lines = lines(context, &ledger, only)?;
    lines.retain(|line| !args.open || line.resolved.is_none());
    lines.sort_by_key(|line| (line.resolved.is_some(), line.incident.opened, line.incident.id));
    output::answer(context, &workspace.settings.currency, &page::list(&lines, context.local(context.now())))?;
    Ok(ExitCode::SUCCESS)
}

/// Every failure known at now, of one customer or of all, in no order.
///
/// # Errors
/// When the log cannot be read.
pub fn lines(context: &Context, ledger: &Ledger, only: Option<CustomerId>) -> Result<Vec<IncidentLine>> {
    let (names, all) = match only {
        Some(only) => {
            let whose = ledger.customer(only)?.map(|customer| (only, customer));
            (whose.into_iter().collect(), HashMap::from([(only, ledger.incidents_of(only)?)]))
        }
        None => (names(ledger)?, ledger.incidents()?),
    };
    let mut lines: Vec<IncidentLine> = Vec::new();
    for theirs in all.values() {
        let known = theirs.iter().filter(|incident| incident.opened <= context.now());
        lines.extend(known.map(|incident| of(context, ledger, &names, incident, theirs)));
    }
    Ok(lines)
}
