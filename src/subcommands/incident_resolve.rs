//! `attent incident resolve`: how well a failure was made good.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::complete;
use super::context::Context;
use super::incident::{ahead, line};
use super::output;
use super::typed::share;
use super::who;
use super::workspace::Workspace;
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::Ledger;
use crate::render::pages::incidents as page;
use crate::render::pages::logged::when;
use crate::text;

/// The arguments of `incident resolve`.
#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// The number of the failure, or the customer when only one of theirs is open
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::open_failures))]
    pub which: String,
    /// When it was made good; now when left out
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// When a person acknowledged it; when it was made good if left out
    #[arg(long, value_name = "WHEN")]
    pub acknowledged: Option<String>,
    /// A person known by name handled it, by phone or in person
    #[arg(long)]
    pub personal: bool,
    /// How generous it was, from 0 to 1; 1 without a number
    #[arg(long, value_parser = share, num_args = 0..=1, default_missing_value = "1", value_name = "0..1")]
    pub generous: Option<f64>,
    /// State the quality, from 0 to 1, instead of computing it
    #[arg(long, value_parser = share, value_name = "0..1")]
    pub quality: Option<f64>,
}

/// Runs the command.
///
/// # Errors
/// When the failure is not found or already made good, or the log cannot be written.
pub fn run(context: &Context, args: &ResolveArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let incident = find(context, &ledger, &args.which)?;
    let resolved = args.at.as_deref().map_or(Ok(context.now()), |at| context.past(at, "--at"))?;
    let acknowledged = args.acknowledged.as_deref().map(|at| context.past(at, "--acknowledged")).transpose()?;
    check(context, &incident, resolved, acknowledged)?;
    let changed = Incident {
        acknowledged,
        resolved: Some(resolved),
        personal: args.personal,
        generous: args.generous.unwrap_or(0.0),
        stated_quality: args.quality,
        ..incident
    };
    ledger.change_incident(context.now(), "incident resolve", &changed)?;
    let line = line(context, &ledger, &changed)?;
    let quality = line.quality.expect("what was just made good has a quality");
    output::answer(context, &workspace.settings.currency, &page::resolved(&line, &quality))?;
    Ok(ExitCode::SUCCESS)
}

/// What cannot be: made good twice, before it happened, or in times to come.
fn check(context: &Context, incident: &Incident, resolved: Moment, acknowledged: Option<Moment>) -> Result<()> {
    let id = incident.id;
    if let Some(before) = incident.resolved {
        let at = when(context.local(before));
        let (en, nl) = (at.en, at.nl);
        return Err(Problem::failure(text!("failure #{id} was made good on {en} already", "misser #{id} is al goedgemaakt op {nl}"))
            .todo(text!(
                "if that was the last entry, `attent undo` opens it again",
                "was dat de laatste invoer, dan zet `attent undo` die weer open"
            ))
            .into());
    }
    if resolved > context.now() {
        return Err(ahead("--at").into());
    }
    if resolved < incident.opened {
        return Err(too_early(context, incident, "--at").into());
    }
    match acknowledged {
        Some(at) if at < incident.opened => Err(too_early(context, incident, "--acknowledged").into()),
        Some(at) if at > resolved => {
            Err(Problem::usage(text!("--acknowledged lies after it was made good", "--acknowledged ligt na het moment van goedmaken"))
                .todo(text!("leave it out when both were at once", "laat het weg als het tegelijk was"))
                .into())
        }
        _ => Ok(()),
    }
}

fn too_early(context: &Context, incident: &Incident, flag: &str) -> Problem {
    let (id, at) = (incident.id, when(context.local(incident.opened)));
    let (en, nl) = (at.en, at.nl);
    Problem::usage(text!("{flag} lies before it went wrong", "{flag} ligt voordat het misging"))
        .why(text!("failure #{id} is of {en}", "misser #{id} is van {nl}"))
}

/// A failure by its number, or the only open one of a customer.
fn find(context: &Context, ledger: &Ledger, typed: &str) -> Result<Incident> {
    let number = typed.trim().trim_start_matches('#');
    if let Ok(id) = number.parse::<i64>() {
        if let Some(found) = ledger.incident(id)? {
            return Ok(found);
        }
        if ledger.exactly(typed)?.is_none() {
            return Err(Problem::failure(text!("there is no failure #{id}", "er is geen misser #{id}")).todo(see_list()).into());
        }
    }
    let customer = who::customer(context, ledger, typed)?;
    let mut open = ledger.incidents()?.remove(&customer).unwrap_or_default();
    open.retain(|incident| incident.resolved.is_none());
    let name = ledger.customer(customer)?.map(|customer| customer.name).unwrap_or_default();
    match open.len() {
        0 => Err(Problem::failure(text!("{name} has no open failure", "{name} heeft geen open misser")).todo(see_list()).into()),
        1 => Ok(open.remove(0)),
        n => Err(Problem::usage(text!("{name} has {n} open failures", "{name} heeft {n} open missers"))
            .why(Text::same(
                open.iter().map(|incident| format!("- #{}  {}", incident.id, first_line(&incident.what))).collect::<Vec<_>>().join("\n"),
            ))
            .todo(text!("name one by its number", "noem er een bij het nummer"))
            .into()),
    }
}

fn first_line(what: &str) -> &str {
    what.lines().next().unwrap_or_default()
}

fn see_list() -> Text {
    text!("`attent incident list` shows them all", "`attent incident list` toont ze allemaal")
}
