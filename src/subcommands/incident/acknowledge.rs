//! `attent incident acknowledge`: a person told them that it is known and taken care of.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::which::{Wanted, find, nothing_chosen};
use super::{line, moments, word};
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::limits;
use crate::domain::problem::Problem;
use crate::render::pages::incidents as page;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `incident acknowledge`.
#[derive(Debug, Args)]
pub struct AcknowledgeArgs {
    /// The number of the failure, or the customer when only one of theirs fits
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::open_failures))]
    pub which: Option<String>,
    /// When a person answered; now when left out
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// Who takes care of it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When the failure is not found, was acknowledged or made good already, or the log cannot be written.
pub fn run(context: &Context, args: &AcknowledgeArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let at = moments::past(context, args.at.as_deref(), "--at")?;
    let owner = args.owner.as_deref().map(word).transpose()?;
    let incident = find(context, &ledger, args.which.as_deref(), Wanted::Unanswered)?;
    can_be(context, &incident, at)?;
    let owner = match owner {
        None if incident.owner.is_empty() && context.can_ask() => Some(asked(context)?),
        said => said,
    };
    let changed = ledger.change_incident(context.now(), "incident acknowledge", incident.id, |incident| {
        can_be(context, &incident, at)?;
        let owner = owner.filter(|owner| !owner.is_empty()).unwrap_or_else(|| incident.owner.clone());
        Ok(Incident { acknowledged: Some(at), owner, ..incident })
    })?;
    let line = line(context, &ledger, &changed)?;
    output::answer(context, &workspace.settings.currency, &page::acknowledged(&line, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// What cannot be: acknowledged twice, after it was made good, or before it went wrong.
fn can_be(context: &Context, incident: &Incident, at: Moment) -> Result<(), Problem> {
    if let Some(before) = incident.resolved {
        return Err(moments::already(context, incident, &text!("made good", "goedgemaakt"), before));
    }
    if let Some(before) = incident.acknowledged {
        return Err(moments::already(context, incident, &text!("acknowledged", "erkend"), before));
    }
    moments::after_it_went_wrong(context, incident, at, "--at")
}

/// Who took it; Enter when that does not matter.
fn asked(context: &Context) -> Result<String> {
    let question = text!("Who takes care of it? (Enter for nobody yet)", "Wie zorgt ervoor? (Enter voor nog niemand)");
    let check = |typed: &str| if typed.trim().is_empty() { Ok(()) } else { limits::name(typed).map(|_| ()) };
    let typed = Asker::new(context).line(&question, check)?.ok_or_else(nothing_chosen)?;
    if typed.trim().is_empty() { Ok(String::new()) } else { Ok(word(&typed)?) }
}
