//! `attent incident assign`: who takes care of it.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::which::{Wanted, find};
use super::{line, moments, word};
use crate::domain::incident::Incident;
use crate::render::pages::incidents as page;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `incident assign`.
#[derive(Debug, Args)]
pub struct AssignArgs {
    /// The number of the failure, or the customer when only one of theirs fits
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::unfinished_failures))]
    pub which: String,
    /// Who takes care of it
    #[arg(value_name = "NAME")]
    pub owner: String,
}

/// Runs the command.
///
/// # Errors
/// When the failure is not found or over, or the log cannot be written.
pub fn run(context: &Context, args: &AssignArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let owner = word(&args.owner)?;
    let incident = find(context, &ledger, Some(&args.which), Wanted::Unfinished)?;
    let changed = ledger.change_incident(context.now(), "incident assign", incident.id, |incident| {
        if let Some(over) = incident.checked {
            return Err(moments::already(context, &incident, &text!("asked after", "nagevraagd"), over).into());
        }
        Ok(Incident { owner, ..incident })
    })?;
    let line = line(context, &ledger, &changed)?;
    output::answer(context, &workspace.settings.currency, &page::assigned(&line, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}
