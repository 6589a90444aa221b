//! `attent customers show`: everything known of one customer.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::list::line;
use crate::domain::customer::Customer;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::scoreboard::score_relationship;
use crate::plan::gifts::policy_of;
use crate::render::pages::customers::{CustomerPage, Known};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::gather::Failures;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// The arguments of `customers show`.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
}

/// Shows a customer.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn show(context: &Context, args: &ShowArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    answer(context, &workspace, &ledger, id, None)
}

/// Shows a customer, with what was done.
///
/// # Errors
/// When the log cannot be read, or the answer not written.
pub fn answer(context: &Context, workspace: &Workspace, ledger: &Ledger, id: CustomerId, done: Option<Text>) -> Result<ExitCode> {
    let page = page(context, ledger, id)?;
    output::answer(context, &workspace.settings.currency, &page.answer(done, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

fn page(context: &Context, ledger: &Ledger, id: CustomerId) -> Result<CustomerPage> {
    let now = context.now();
    let customer = ledger.customer(id)?.unwrap_or_else(|| Customer::named(""));
    let stands = ledger.standing(id, now)?;
    let course = &ledger.courses()[stands.course];
    let failures = Failures::read(ledger, now)?.of(id, &stands.standing, course);
    let (sums, _, warmth) = score_relationship(&stands.standing, &failures, course, now);
    let known = stands.standing.overall.is_some();
    let besides = ledger.particulars(id)?;
    let name = |id| -> Result<String> { Ok(ledger.customer(id)?.map(|customer| customer.name).unwrap_or_default()) };
    let referred_by = ledger.referral_of(id)?.map(|referral| name(referral.referrer)).transpose()?;
    let theirs = ledger.referrals()?.into_iter().filter(|referral| referral.referrer == id);
    let brought = theirs.map(|referral| name(referral.customer)).collect::<Result<_>>()?;
    let policy = policy_of(&customer, &context.gift_policies());
    Ok(CustomerPage {
        policy,
        line: line(course, customer, (&stands.standing).into(), referred_by),
        warmth: known.then_some((warmth.score, sums.mass)),
        open: failures.iter().filter(|failure| failure.open_at(now)).count(),
        besides: besides.into_iter().map(|known| Known { what: known.what, value: known.value, source: known.source }).collect(),
        brought,
        as_of: context.local(now),
    })
}
