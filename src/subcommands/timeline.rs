//! `attent timeline`: what happened with one customer.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::complete;
use super::context::Context;
use super::lines::{incident_line, touchpoint_line};
use super::output;
use super::who;
use super::workspace::Workspace;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::incident::Incident;
use crate::ledger::LoggedTouchpoint;
use crate::measure::weeks::{Week, year};
use crate::render::pages::incidents::IncidentLine;
use crate::render::pages::timeline::TimelinePage;

/// The arguments of `timeline`.
#[derive(Debug, Args)]
pub struct TimelineArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// Only from this day on
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// Only the last so many
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub last: Option<u32>,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn run(context: &Context, args: &TimelineArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let since = args.since.as_deref().map(|since| context.past(since, "--since")).transpose()?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let customer = ledger.customer(id)?.unwrap_or_else(|| Customer::named(&args.customer));
    let course = &ledger.courses()[ledger.course_of(customer.journey.as_deref())];
    let all = ledger.timeline(id, Moment(i64::MAX))?;
    let from = first(&all.iter().map(|row| row.touchpoint.facts.at).collect::<Vec<_>>(), since, args.last);
    // Failures belong to the stretch of time that is shown.
    let edge = if args.last.is_some() && from > 0 { all.get(from).map(|row| row.touchpoint.facts.at) } else { since };
    let failures = ledger.incidents()?.remove(&id).unwrap_or_default();
    let year = year_of(context, course, &all, &failures);
    let touchpoints = all.into_iter().skip(from).map(|row| touchpoint_line(context, course, &customer.name, row)).collect();
    let incidents = incidents(context, course, &customer.name, &failures, edge);
    let (as_of, model) = (context.local(context.now()), course.model.clone());
    let page = TimelinePage { customer: customer.name, touchpoints, incidents, before: from, year, model, as_of };
    output::answer(context, &workspace.settings.currency, &page.answer())?;
    Ok(ExitCode::SUCCESS)
}

/// The place of the first touchpoint to show.
fn first(times: &[Moment], since: Option<Moment>, last: Option<u32>) -> usize {
    let from = since.map_or(0, |since| times.partition_point(|at| *at < since));
    let least = last.map_or(0, |last| times.len().saturating_sub(last as usize));
    from.max(least)
}

/// The customer's year up to now.
fn year_of(context: &Context, course: &Course, log: &[LoggedTouchpoint], failures: &[Incident]) -> Vec<Week> {
    let day = |at: Moment| context.local(at).date_naive();
    let done = log.iter().map(|row| row.touchpoint.facts).filter(|facts| facts.at <= context.now());
    let failed = failures.iter().map(|incident| incident.opened).filter(|at| *at <= context.now());
    year(day(context.now()), done.map(|facts| (day(facts.at), facts)), failed.map(day), &course.model)
}

fn incidents(context: &Context, course: &Course, name: &str, all: &[Incident], edge: Option<Moment>) -> Vec<IncidentLine> {
    // What went wrong before but was not made good by then still matters.
    let shown = |incident: &&Incident| {
        let over = |edge| incident.resolved.is_some_and(|resolved| resolved < edge);
        incident.opened <= context.now() && !edge.is_some_and(over)
    };
    all.iter().filter(shown).map(|incident| incident_line(context, course, name, incident, all)).collect()
}
