//! `attent customers alias`: what else a customer is known by.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::edit::not_stored;
use super::{keys, show};
use crate::domain::customer::Customer;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `customers alias`.
#[derive(Debug, Args)]
pub struct AliasArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// Addresses, telephone numbers, other names, or @example.nl for everybody at a firm
    #[arg(value_name = "KEY", required = true)]
    pub keys: Vec<String>,
    /// Forget them instead
    #[arg(long)]
    pub remove: bool,
}

/// Adds or removes keys of a customer.
///
/// # Errors
/// When the customer is not found, a key belongs to another or is none of this one, or the log cannot
/// be written.
pub fn alias(context: &Context, args: &AliasArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let before = ledger.customer(id)?.unwrap_or_else(|| Customer::named(""));
    let mut changed = before.clone();
    let mut said = Vec::new();
    for typed in &args.keys {
        let key = keys::read(typed, context.country()).map_err(not_stored)?;
        if args.remove {
            keys::remove(&mut changed, typed, context.country())?;
            said.push(key);
        } else if keys::add(&mut changed, key.clone(), context.country()) {
            said.push(key);
        }
    }
    let (name, said) = (&before.name, said.join(", "));
    let done = if changed == before {
        text!("Nothing was changed.", "Er is niets veranderd.")
    } else {
        ledger.change_customer(context.now(), "customers alias", &changed)?;
        match args.remove {
            true => text!("{name} is no longer known by {said}.", "{name} is niet meer bekend als {said}."),
            false => text!("{name} is now also known by {said}.", "{name} is nu ook bekend als {said}."),
        }
    };
    show::answer(context, &workspace, &ledger, id, Some(done))
}
