//! `attent referral add`: somebody came through a customer.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::{line, moment, not_stored, note};
use crate::domain::customer::Customer;
use crate::domain::limits;
use crate::domain::names::slug;
use crate::domain::nudge::Nudge;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::render::pages::referral::Done;
use crate::render::sanitize::visible;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::{as_table, name_of};
use crate::subcommands::look_up::{self, Sought, names, sought};
use crate::subcommands::output;
use crate::subcommands::week::nudge::bring_up_owed;
use crate::subcommands::who::{self, Meant};
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `referral add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// Who came: a customer, or somebody who becomes one
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// The customer who sent them; a part of the name is enough
    #[arg(long, value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub by: String,
    /// When they came; now when left out
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// What became of it, as far as it is known
    #[arg(long, value_name = "TEXT")]
    pub outcome: Option<String>,
}

/// Who came.
enum Came {
    Known(CustomerId),
    New(String),
}

/// Runs the command.
///
/// # Errors
/// When a name is not clear, somebody sent them already, they would have sent one another in a circle, or
/// the log cannot be written.
pub fn run(context: &Context, args: &AddArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let at = moment(context, args.at.as_deref())?;
    let outcome = note(args.outcome.as_deref().unwrap_or_default())?;
    let referrer = who::customer(context, &ledger, &args.by)?;
    let by = ledger.customer(referrer)?.map(|customer| customer.name).unwrap_or_default();
    let came = came(context, &ledger, &args.customer)?;
    let name = match &came {
        Came::Known(id) => ledger.customer(*id)?.map(|customer| customer.name).unwrap_or_default(),
        Came::New(name) => name.clone(),
    };
    let id = ledger.batch(context.now(), "referral add", |batch| {
        let id = match &came {
            Came::Known(id) => *id,
            Came::New(name) => batch.add_customer(&Customer::named(name))?,
        };
        batch.refer(id, referrer, at, &outcome)?;
        Ok((id, format!("{by} → {name}")))
    })?;
    let names = names(&ledger)?;
    let lines = ledger.referral_of(id)?.iter().map(|referral| line(context, &names, referral)).collect();
    let (shown, by) = (name_of(&names, id), visible(&by).into_owned());
    let newcomer = matches!(came, Came::New(_)).then(|| text!("New customer: {shown}.", "Nieuwe klant: {shown}."));
    let word = slug(&by);
    drop(ledger);
    let nudges = bring_up_owed(context, &workspace, referrer)?;
    let thank = thank_them(&nudges, &by)
        .unwrap_or_else(|| text!("Thanked {by}? attent referral thank {word}", "{by} bedankt? attent referral thank {word}"));
    let done = Done {
        lines,
        said: text!("{shown} came through {by}.", "{shown} kwam via {by}."),
        hints: newcomer.into_iter().chain([thank]).collect::<Vec<Text>>(),
        against: Vec::new(),
        touchpoint: None,
    };
    output::answer(context, &workspace.settings.currency, &done.answer(as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// That who sent somebody is to be thanked, when a nudge for it was brought up just now.
pub fn thank_them(nudges: &[Nudge], by: &str) -> Option<Text> {
    let id = nudges.iter().find(|nudge| nudge.cause.rule == RuleId::Ref6.id())?.id;
    Some(text!(
        "Thank {by} within two days: it is nudge {id} of this week. Done? attent done {id}",
        "Bedank {by} binnen twee dagen: het is nudge {id} van deze week. Gedaan? attent done {id}"
    ))
}

/// Who came: somebody known, or who becomes a customer; on a terminal those with a name like it are asked
/// about first.
fn came(context: &Context, ledger: &Ledger, typed: &str) -> Result<Came> {
    match sought(context, ledger, typed)? {
        Sought::Found(id) => Ok(Came::Known(id)),
        Sought::Several(names) if context.can_ask() => Ok(Came::Known(who::among(context, ledger, typed, &names)?)),
        Sought::Several(_) => Ok(Came::Known(look_up::customer(context, ledger, typed)?)),
        Sought::Nobody(similar) if context.can_ask() && !similar.is_empty() => match who::new_or_like(context, ledger, typed, &similar)? {
            Meant::Known(id) => Ok(Came::Known(id)),
            Meant::New => newcomer(typed),
        },
        Sought::Nobody(_) => newcomer(typed),
    }
}

fn newcomer(typed: &str) -> Result<Came> {
    Ok(Came::New(limits::name(typed).map_err(not_stored)?.to_owned()))
}
