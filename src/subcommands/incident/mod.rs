//! `attent incident`: what went wrong, and how it was made good: open → acknowledged → made good → asked
//! after. One verb a file; `board` is `attent incidents`, which is also what `attent incident` alone shows.

mod acknowledge;
mod assign;
mod board;
mod check;
mod list;
pub mod moments;
mod open;
mod resolve;
mod which;

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

pub use self::board::{BoardArgs, run as board};
use super::context::Context;
use super::lines::{incident_line, name_of};
use crate::domain::customer::Customer;
use crate::domain::incident::Incident;
use crate::domain::limits;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::render::pages::incidents::IncidentLine;
use crate::text;

/// The arguments of `incident`.
#[derive(Debug, Args)]
pub struct IncidentArgs {
    /// What to do; without it, what waits for somebody.
    #[command(subcommand)]
    pub what: Option<IncidentCommand>,
}

/// What can be done with failures.
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// Record that something went wrong
    Open(open::OpenArgs),
    /// Record that somebody answered them
    #[command(visible_alias = "ack")]
    Acknowledge(acknowledge::AcknowledgeArgs),
    /// Record that it was made good, and see how well
    Resolve(resolve::ResolveArgs),
    /// Record that somebody asked afterwards how it is now
    Check(check::CheckArgs),
    /// Say who takes care of it
    Assign(assign::AssignArgs),
    /// List what went wrong
    List(list::ListArgs),
}

/// Runs the command.
///
/// # Errors
/// When the customer or failure is not found, the step cannot be, or the log cannot be read or written.
pub fn run(context: &Context, args: &IncidentArgs) -> Result<ExitCode> {
    match &args.what {
        Some(IncidentCommand::Open(args)) => open::run(context, args),
        Some(IncidentCommand::Acknowledge(args)) => acknowledge::run(context, args),
        Some(IncidentCommand::Resolve(args)) => resolve::run(context, args),
        Some(IncidentCommand::Check(args)) => check::run(context, args),
        Some(IncidentCommand::Assign(args)) => assign::run(context, args),
        Some(IncidentCommand::List(args)) => list::run(context, args),
        None => board(context, &BoardArgs::default()),
    }
}

/// A word that can be stored, such as a name.
fn word(typed: &str) -> Result<String, Problem> {
    limits::name(typed).map(str::to_owned).map_err(not_stored)
}

fn not_stored(why: Text) -> Problem {
    Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why)
}

fn of(context: &Context, ledger: &Ledger, names: &BTreeMap<CustomerId, Customer>, incident: &Incident, all: &[Incident]) -> IncidentLine {
    let journey = names.get(&incident.customer).and_then(|customer| customer.journey.as_deref());
    let course = &ledger.courses()[ledger.course_of(journey)];
    incident_line(context, course, &name_of(names, incident.customer), incident, all)
}

/// One failure as it is shown.
fn line(context: &Context, ledger: &Ledger, incident: &Incident) -> Result<IncidentLine> {
    let all = ledger.incidents_of(incident.customer)?;
    let whose = ledger.customer(incident.customer)?.map(|customer| (customer.id, customer));
    Ok(of(context, ledger, &whose.into_iter().collect(), incident, &all))
}
