//! `attent incident`: what went wrong, and how it was made good.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use super::complete;
use super::context::Context;
use super::incident_resolve::{self, ResolveArgs};
use super::lines::{as_table, incident_line, name_of};
use super::look_up::names;
use super::output;
use super::score::stage_of;
use super::typed::Words;
use super::who;
use super::workspace::Workspace;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::incident::Incident;
use crate::domain::limits;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Severity;
use crate::ledger::Ledger;
use crate::render::pages::incidents::{self as page, IncidentLine};
use crate::text;

/// The arguments of `incident`.
#[derive(Debug, Args)]
pub struct IncidentArgs {
    /// What to do; without it, the list.
    #[command(subcommand)]
    pub what: Option<IncidentCommand>,
}

/// What can be done with failures.
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// Record that something went wrong
    Open(OpenArgs),
    /// Record that it was made good, and see how well
    Resolve(ResolveArgs),
    /// List what went wrong
    List(ListArgs),
}

/// The arguments of `incident open`.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// What went wrong
    #[arg(value_name = "WHAT WENT WRONG")]
    pub what: String,
    /// How grave it is for the customer
    #[arg(long, default_value = "moderate", value_parser = Words::new(Severity::ALL, Severity::word), value_name = "SEVERITY")]
    pub severity: Severity,
    /// The stage it happened in; the customer's current one when left out
    #[arg(long, value_name = "STAGE", add = ArgValueCandidates::new(complete::any_stages))]
    pub stage: Option<String>,
    /// When it happened
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// What sort of failure, in a word of your own; the same word again within a year is a repeat
    #[arg(long, value_name = "WORD")]
    pub kind: Option<String>,
    /// Who takes care of it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
}

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
/// When the customer or failure is not found, or the log cannot be read or written.
pub fn run(context: &Context, args: &IncidentArgs) -> Result<ExitCode> {
    match &args.what {
        Some(IncidentCommand::Open(args)) => open(context, args),
        Some(IncidentCommand::Resolve(args)) => incident_resolve::run(context, args),
        Some(IncidentCommand::List(args)) => list(context, args),
        None => list(context, &ListArgs::default()),
    }
}

fn open(context: &Context, args: &OpenArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let opened = args.at.as_deref().map_or(Ok(context.now()), |at| context.past(at, "--at"))?;
    if opened > context.now() {
        return Err(ahead("--at").into());
    }
    let word = |typed: &Option<String>| typed.as_deref().map_or(Ok(String::new()), |typed| limits::name(typed).map(str::to_owned));
    let (kind, owner) = (word(&args.kind).map_err(not_stored)?, word(&args.owner).map_err(not_stored)?);
    let what = limits::note(&args.what).map_err(not_stored)?.to_owned();
    let customer = who::customer(context, &ledger, &args.customer)?;
    let stage = Some(stage(&ledger, customer, opened, args.stage.as_deref())?);
    let new = Incident { stage, severity: args.severity, kind, owner, ..Incident::new(customer, what, opened) };
    let id = ledger.open_incident(context.now(), &new)?;
    let line = line(context, &ledger, &Incident { id, ..new })?;
    output::answer(context, &workspace.settings.currency, &page::opened(&line, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// The id of the stage said, or of the one the customer was in when it went wrong.
fn stage(ledger: &Ledger, customer: CustomerId, opened: Moment, said: Option<&str>) -> Result<String> {
    let stands = ledger.standing(customer, opened)?;
    let course = &ledger.courses()[stands.course];
    let place = match said {
        Some(said) => stage_of(course, said)?,
        None => stands.standing.current.unwrap_or(0),
    };
    Ok(course.journey.stages[place].id.clone())
}

fn not_stored(why: Text) -> Problem {
    Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why)
}

/// A moment that lies ahead, where only what has happened is recorded.
pub fn ahead(flag: &str) -> Problem {
    Problem::usage(text!("{flag} lies ahead", "{flag} ligt in de toekomst"))
        .why(text!("what went wrong is recorded once it has happened", "wat misging wordt vastgelegd als het gebeurd is"))
        .todo(text!("give a moment that has passed", "geef een moment dat voorbij is"))
}

fn list(context: &Context, args: &ListArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let only = args.customer.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let names = names(&ledger)?;
    let mut lines: Vec<IncidentLine> = Vec::new();
    for (id, all) in ledger.incidents()? {
        if only.is_none_or(|only| only == id) {
            let known = all.iter().filter(|incident| incident.opened <= context.now());
            lines.extend(known.map(|incident| of(context, &ledger, &names, incident, &all)));
        }
    }
    lines.retain(|line| !args.open || line.resolved.is_none());
    lines.sort_by_key(|line| (line.resolved.is_some(), line.incident.opened, line.incident.id));
    output::answer(context, &workspace.settings.currency, &page::list(&lines, context.local(context.now())))?;
    Ok(ExitCode::SUCCESS)
}

fn of(context: &Context, ledger: &Ledger, names: &HashMap<CustomerId, Customer>, incident: &Incident, all: &[Incident]) -> IncidentLine {
    let journey = names.get(&incident.customer).and_then(|customer| customer.journey.as_deref());
    let course = &ledger.courses()[ledger.course_of(journey)];
    incident_line(context, course, &name_of(names, incident.customer), incident, all)
}

/// One failure as it is shown.
///
/// # Errors
/// When the log cannot be read.
pub fn line(context: &Context, ledger: &Ledger, incident: &Incident) -> Result<IncidentLine> {
    let all = ledger.incidents()?.remove(&incident.customer).unwrap_or_default();
    Ok(of(context, ledger, &names(ledger)?, incident, &all))
}
