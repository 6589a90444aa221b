//! `attent customers`: who they are and where they stand.

use std::collections::HashMap;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use super::complete;
use super::context::Context;
use super::customers_edit::{self, AddArgs, EditArgs};
use super::gather::Failures;
use super::lines::{as_table, stage_word};
use super::output;
use super::who;
use super::workspace::Workspace;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::names::identity;
use crate::domain::standing::Standing;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::scoreboard::score_relationship;
use crate::render::cell::Word;
use crate::render::pages::customers::{self as page, CustomerLine, CustomerPage};

/// The arguments of `customers`.
#[derive(Debug, Args)]
pub struct CustomersArgs {
    /// What to do; without it, the list.
    #[command(subcommand)]
    pub what: Option<CustomersCommand>,
}

/// What can be done with customers.
#[derive(Debug, Subcommand)]
pub enum CustomersCommand {
    /// List them
    List(ListArgs),
    /// Show everything known of one
    Show(ShowArgs),
    /// Add one
    Add(AddArgs),
    /// Change what is known of one
    Edit(EditArgs),
}

/// The arguments of `customers list`.
#[derive(Debug, Args, Default)]
pub struct ListArgs {
    /// Only this segment
    #[arg(long, value_name = "SEGMENT", add = ArgValueCandidates::new(complete::segments))]
    pub segment: Option<String>,
    /// Only this journey
    #[arg(long, value_name = "JOURNEY", add = ArgValueCandidates::new(complete::journeys))]
    pub journey: Option<String>,
}

/// The arguments of `customers show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
}

/// Runs the command.
///
/// # Errors
/// When a customer or journey is not found, or the log cannot be read or written.
pub fn run(context: &Context, args: &CustomersArgs) -> Result<ExitCode> {
    match &args.what {
        None => list(context, &ListArgs::default()),
        Some(CustomersCommand::List(args)) => list(context, args),
        Some(CustomersCommand::Show(args)) => show(context, args),
        Some(CustomersCommand::Add(args)) => customers_edit::add(context, args),
        Some(CustomersCommand::Edit(args)) => customers_edit::edit(context, args),
    }
}

fn list(context: &Context, args: &ListArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let only = args.journey.as_deref().map(|journey| workspace.course(Some(journey))).transpose()?;
    let ledger = workspace.reader(context)?;
    let stands = stands(context, &ledger)?;
    let customers = ledger.customers()?;
    let any = !customers.is_empty();
    let segment = args.segment.as_deref().map(identity);
    let wanted = |customer: &Customer| {
        let journey = only.is_none_or(|only| ledger.course_of(customer.journey.as_deref()) == only);
        journey && segment.as_ref().is_none_or(|segment| identity(&customer.segment) == *segment)
    };
    let mut lines: Vec<CustomerLine> = customers
        .into_iter()
        .filter(wanted)
        .map(|customer| {
            let stand = stands.get(&customer.id).copied().unwrap_or_default();
            line(context, &ledger, customer, stand)
        })
        .collect();
    lines.sort_by_cached_key(|line| identity(&line.customer.name));
    output::answer(context, &workspace.settings.currency, &page::list(&lines, any, context.local(context.now())))?;
    Ok(ExitCode::SUCCESS)
}

/// As much of a standing as a line shows.
#[derive(Debug, Clone, Copy, Default)]
struct Stand {
    stage: Option<usize>,
    last: Option<Moment>,
    count: u32,
}

impl From<&Standing> for Stand {
    fn from(standing: &Standing) -> Self {
        Self {
            stage: standing.current,
            last: standing.latest.map(|(at, _)| at),
            count: standing.overall.map_or(0, |overall| overall.count),
        }
    }
}

/// Where everybody stands, from the kept sums and not from the log.
fn stands(context: &Context, ledger: &Ledger) -> Result<HashMap<CustomerId, Stand>> {
    let mut stands = HashMap::new();
    for course in 0..ledger.courses().len() {
        ledger.standings(course, context.now(), |id, standing| {
            stands.insert(id, standing.into());
            Ok(())
        })?;
    }
    Ok(stands)
}

fn line(context: &Context, ledger: &Ledger, customer: Customer, stand: Stand) -> CustomerLine {
    let course = &ledger.courses()[ledger.course_of(customer.journey.as_deref())];
    CustomerLine {
        journey: Word::new(course.journey.id.clone(), Text::same(course.journey.title.clone())),
        stage: stand.stage.map(|place| stage_word(course, &course.journey.stages[place].id)),
        since: customer.since.map(|since| context.local(since)),
        last: stand.last.map(|last| context.local(last)),
        touchpoints: stand.count,
        customer,
    }
}

fn show(context: &Context, args: &ShowArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    output::answer(context, &workspace.settings.currency, &page(context, &ledger, id)?.answer(None, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// Everything known of one customer.
///
/// # Errors
/// When the log cannot be read.
pub fn page(context: &Context, ledger: &Ledger, id: CustomerId) -> Result<CustomerPage> {
    let now = context.now();
    let customer = ledger.customer(id)?.unwrap_or_else(|| Customer::named(""));
    let stands = ledger.standing(id, now)?;
    let course = &ledger.courses()[stands.course];
    let failures = Failures::read(ledger, now)?.of(id, &stands.standing, course);
    let (sums, _, warmth) = score_relationship(&stands.standing, &failures, course, now);
    let known = stands.standing.overall.is_some();
    Ok(CustomerPage {
        line: line(context, ledger, customer, (&stands.standing).into()),
        warmth: known.then_some((warmth.score, sums.mass)),
        open: failures.iter().filter(|failure| failure.open_at(now)).count(),
        as_of: context.local(now),
    })
}
