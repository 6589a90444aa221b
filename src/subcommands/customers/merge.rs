//! `attent customers merge`: two customers who are one.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::doubles;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::phone::normal;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::render::pages::merge::{Merged, merged};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `customers merge`.
#[derive(Debug, Args)]
pub struct MergeArgs {
    /// The customer who stays; without the other, those who may be the same are listed
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub stays: Option<String>,
    /// The customer who becomes a part of it
    #[arg(value_name = "OTHER", add = ArgValueCompleter::new(complete::customers))]
    pub other: Option<String>,
    /// Do not ask whether it is right
    #[arg(long, short)]
    pub yes: bool,
}

/// Makes two customers one, or lists who may be the same.
///
/// # Errors
/// When a customer is not found, both are one already, nobody can be asked, or the log cannot be
/// written.
pub fn merge(context: &Context, args: &MergeArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let (Some(stays), Some(other)) = (&args.stays, &args.other) else {
        return doubles::list(context, &workspace, args.stays.as_deref());
    };
    let mut ledger = workspace.ledger(context)?;
    let into = found(&ledger, who::customer(context, &ledger, stays)?)?;
    let from = found(&ledger, who::customer(context, &ledger, other)?)?;
    if into.id == from.id {
        let name = &into.name;
        return Err(Problem::usage(text!("these are one customer already", "dit is al één klant"))
            .why(text!("both names lead to {name}", "beide namen leiden naar {name}"))
            .into());
    }
    let mut brings = brings(context, &ledger, &into, &from)?;
    if !args.yes {
        confirm(context, &brings)?;
    }
    brings.contacts = ledger.merge_customers(context.now(), &into, &from)?;
    output::answer(context, &workspace.settings.currency, &merged(&brings, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

fn found(ledger: &Ledger, id: CustomerId) -> Result<Customer> {
    Ok(ledger.customer(id)?.unwrap_or_else(|| Customer::named("")))
}

/// What the other customer brings along.
fn brings(context: &Context, ledger: &Ledger, into: &Customer, from: &Customer) -> Result<Merged> {
    let is_number = |key: &str| normal(key, context.country()).is_some();
    let of = |fits: &dyn Fn(&str) -> bool| from.keys.iter().filter(|key| fits(key)).count() as u64;
    Ok(Merged {
        customer: into.name.clone(),
        part: from.name.clone(),
        contacts: ledger.timeline(from.id, Moment(i64::MAX))?.len() as u64,
        addresses: of(&|key| key.contains('@')),
        numbers: of(&|key| !key.contains('@') && is_number(key)),
        names: of(&|key| !key.contains('@') && !is_number(key)),
        failures: ledger.incidents()?.get(&from.id).map_or(0, |all| all.len() as u64),
    })
}

/// Shows what will happen and asks whether it is right.
fn confirm(context: &Context, brings: &Merged) -> Result<()> {
    let will = brings.will();
    if !context.can_ask() {
        return Err(Problem::usage(text!("this is done only when you say so", "dit gebeurt alleen als je het bevestigt"))
            .why(will)
            .todo(text!("add --yes to do it", "zet er --yes bij om het te doen"))
            .into());
    }
    output::note(context, &Text::new(format!("{}.", will.en), format!("{}.", will.nl)));
    let items = [text!("do it", "doen"), text!("stop, and leave both as they are", "stoppen, en beide laten zoals ze zijn")];
    match Asker::new(context).choose(&text!("Is that right?", "Klopt dat?"), &items, 0)? {
        Some(0) => Ok(()),
        _ => Err(Problem::failure(text!("stopped, and nothing was changed", "gestopt, en er is niets veranderd")).into()),
    }
}
