//! `attent incident check`: somebody asked afterwards how it is now (METHOD §2.2, R8).

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::which::{Wanted, find, nothing_chosen};
use super::{line, moments};
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::problem::Problem;
use crate::render::pages::incidents as page;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::log::felt::felt;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::typed::Said;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `incident check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The number of the failure, or the customer when only one of theirs fits
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::failures_to_ask_after))]
    pub which: Option<String>,
    /// When somebody asked; now when left out
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// How satisfied they are: from 1 to 5, or great, good, neutral, bad or terrible
    #[arg(long, value_parser = satisfied, allow_hyphen_values = true, value_name = "1..5")]
    pub satisfied: Option<f64>,
}

/// An answer of 1 to 5 as −1…1, which is (x − 3)/2; or a word that says how it feels.
fn satisfied(typed: &str) -> Result<f64, Said> {
    let wrong = || {
        Said(text!(
            "it is a number from 1 to 5, or great, good, neutral, bad or terrible",
            "het is een getal van 1 tot 5, of geweldig, goed, neutraal, slecht of verschrikkelijk"
        ))
    };
    match typed.trim().replace(',', ".").parse::<f64>() {
        Ok(number) if (1.0..=5.0).contains(&number) => Ok((number - 3.0) / 2.0),
        Ok(_) => Err(wrong()),
        Err(_) => felt(typed).map_err(|_| wrong()),
    }
}

/// Runs the command.
///
/// # Errors
/// When the failure is not found, not made good yet or asked after already, or the log cannot be written.
pub fn run(context: &Context, args: &CheckArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let at = moments::past(context, args.at.as_deref(), "--at")?;
    let incident = find(context, &ledger, args.which.as_deref(), Wanted::MadeGood)?;
    can_be(context, &incident, at)?;
    let satisfied = match args.satisfied {
        None if context.can_ask() => asked(context)?,
        said => said,
    };
    let changed = ledger.change_incident(context.now(), "incident check", incident.id, |incident| {
        can_be(context, &incident, at)?;
        Ok(Incident { checked: Some(at), satisfied, ..incident })
    })?;
    let line = line(context, &ledger, &changed)?;
    output::answer(context, &workspace.settings.currency, &page::checked(&line, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// What cannot be: asked before it was made good, or twice.
fn can_be(context: &Context, incident: &Incident, at: Moment) -> Result<(), Problem> {
    if let Some(before) = incident.checked {
        return Err(moments::already(context, incident, &text!("asked after", "nagevraagd"), before));
    }
    moments::after_it_was_made_good(context, incident, at)
}

/// How satisfied they are; Enter when they were not asked that.
fn asked(context: &Context) -> Result<Option<f64>> {
    let question = text!("How satisfied are they, from 1 to 5? (Enter to skip)", "Hoe tevreden zijn ze, van 1 tot 5? (Enter slaat over)");
    let check = |typed: &str| if typed.trim().is_empty() { Ok(()) } else { satisfied(typed).map(|_| ()).map_err(|said| said.0) };
    let typed = Asker::new(context).line(&question, check)?.ok_or_else(nothing_chosen)?;
    Ok(satisfied(&typed).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn satisfaction_is_a_number_of_five_or_a_word() {
        for (typed, meant) in [("1", -1.0), ("3", 0.0), ("4,5", 0.75), ("5", 1.0), ("goed", 0.5), ("Terrible", -1.0)] {
            assert_eq!(satisfied(typed).ok(), Some(meant), "{typed}");
        }
        for wrong in ["0", "-1", "5.1", "0.5", "", "nan", "satisfied"] {
            assert!(satisfied(wrong).is_err(), "{wrong}");
        }
    }
}
