//! `attent referral`: who came through whom, whom to ask, and thanking who sent somebody.

mod add;
mod ask;
mod contact;
mod list;
mod outcome;
mod thank;
mod told;

pub use add::thank_them;

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

use self::add::AddArgs;
use self::ask::AskArgs;
use self::list::ListArgs;
use self::outcome::OutcomeArgs;
use self::thank::ThankArgs;
use self::told::ToldArgs;
use super::context::Context;
use super::lines::name_of;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::limits;
use crate::domain::problem::Problem;
use crate::domain::referral::Referral;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::plan::person::Person;
use crate::plan::referrals::Asking;
use crate::render::pages::logged::when;
use crate::render::pages::referral::ReferralLine;
use crate::render::pages::referral_ask::{AskLine, NotYet};
use crate::text;

/// The arguments of `referral`.
#[derive(Debug, Args)]
pub struct ReferralArgs {
    /// What to do; without it, the list.
    #[command(subcommand)]
    pub what: Option<ReferralCommand>,
}

/// What can be done with referrals.
#[derive(Debug, Subcommand)]
pub enum ReferralCommand {
    /// Show who brought whom, where revenue comes from, and whom to ask
    List(ListArgs),
    /// Record that somebody came through a customer
    Add(AddArgs),
    /// Record what became of somebody who was sent
    Outcome(OutcomeArgs),
    /// See whether a customer can be asked for a referral now, and record that you asked
    Ask(AskArgs),
    /// Record that you thanked who sent somebody
    Thank(ThankArgs),
    /// Record that who sent somebody heard what became of it
    Told(ToldArgs),
}

/// Runs the command.
///
/// # Errors
/// When a customer or referral is not found, a rule stands in the way, or the log cannot be read or
/// written.
pub fn run(context: &Context, args: &ReferralArgs) -> Result<ExitCode> {
    match &args.what {
        None => list::run(context, &ListArgs::default()),
        Some(ReferralCommand::List(args)) => list::run(context, args),
        Some(ReferralCommand::Add(args)) => add::run(context, args),
        Some(ReferralCommand::Outcome(args)) => outcome::run(context, args),
        Some(ReferralCommand::Ask(args)) => ask::run(context, args),
        Some(ReferralCommand::Thank(args)) => thank::run(context, args),
        Some(ReferralCommand::Told(args)) => told::run(context, args),
    }
}

/// A referral as it is shown.
fn line(context: &Context, names: &BTreeMap<CustomerId, Customer>, referral: &Referral) -> ReferralLine {
    ReferralLine {
        customer: name_of(names, referral.customer),
        referred_by: name_of(names, referral.referrer),
        at: context.local(referral.at),
        thanked: referral.thanked.map(|at| context.local(at)),
        told: referral.told.map(|at| context.local(at)),
        outcome: referral.outcome.clone(),
        reward: referral.reward,
        reward_referred: referral.reward_referred,
    }
}

/// Somebody who may be asked or not yet, as is shown.
fn ask_line(context: &Context, person: &Person<'_>, asking: &Asking, now: Moment) -> AskLine {
    let local = |at: Option<Moment>| at.map(|at| context.local(at));
    AskLine {
        customer: person.customer.name.clone(),
        warmth: person.warmth,
        days: person.tenure(now) as u64,
        positive: local(person.positive),
        not_yet: asking
            .objections
            .iter()
            .map(|objection| NotYet { id: objection.id, reason: objection.reason.clone(), from: local(objection.from) })
            .collect(),
        from: local(asking.from),
    }
}

/// The referral by which somebody came.
///
/// # Errors
/// When nobody sent them.
fn referral_of(ledger: &Ledger, customer: CustomerId) -> Result<Referral> {
    if let Some(found) = ledger.referral_of(customer)? {
        return Ok(found);
    }
    let name = ledger.customer(customer)?.map(|customer| customer.name).unwrap_or_default();
    let word = shell::quoted(&name);
    Err(Problem::failure(text!("nobody is known to have sent {name}", "van niemand is bekend dat die {name} stuurde"))
        .todo(text!("somebody did? `attent referral add {word} --by NAME`", "deed iemand dat? `attent referral add {word} --by NAAM`"))
        .into())
}

/// When it was: as typed, else now; what happened is recorded once it has.
fn moment(context: &Context, typed: Option<&str>) -> Result<Moment, Problem> {
    let at = typed.map_or(Ok(context.now()), |typed| context.past(typed, "--at"))?;
    if at <= context.now() {
        return Ok(at);
    }
    Err(Problem::usage(text!("--at lies ahead", "--at ligt in de toekomst"))
        .why(text!("this is recorded once it has happened", "dit wordt vastgelegd als het gebeurd is"))
        .todo(text!("give a moment that has passed", "geef een moment dat voorbij is")))
}

/// Refuses what was done before the day on which `name`, who was sent, came.
///
/// # Errors
/// When it was.
pub fn after_they_came(context: &Context, referral: &Referral, name: &str, at: Moment) -> Result<(), Problem> {
    let came = context.local(referral.at);
    if context.local(at).date_naive() >= came.date_naive() {
        return Ok(());
    }
    let day = when(came);
    Err(Problem::usage(text!("--at lies before {name} came", "--at ligt voordat {name} kwam"))
        .why(Text::new(format!("{name} came on {}", day.en), format!("{name} kwam op {}", day.nl)))
        .todo(text!("give a later day", "geef een latere dag")))
}

/// A note as it is stored.
fn note(typed: &str) -> Result<String, Problem> {
    limits::note(typed).map(str::to_owned).map_err(not_stored)
}

/// That something said cannot be stored.
fn not_stored(why: Text) -> Problem {
    Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why)
}
