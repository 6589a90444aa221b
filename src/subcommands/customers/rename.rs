//! `attent customers rename`: another name.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::edit::not_stored;
use super::show;
use crate::domain::customer::Customer;
use crate::domain::limits;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `customers rename`.
#[derive(Debug, Args)]
pub struct RenameArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// The new name
    #[arg(value_name = "NAME")]
    pub name: String,
}

/// Gives a customer another name; the old one becomes another name, so that files that use it still
/// find them.
///
/// # Errors
/// When the customer is not found, the name belongs to another, or the log cannot be written.
pub fn rename(context: &Context, args: &RenameArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let before = ledger.customer(id)?.unwrap_or_else(|| Customer::named(""));
    let name = limits::name(&args.name).map_err(not_stored)?;
    let old = &before.name;
    let done = if name == old {
        text!("Nothing was changed.", "Er is niets veranderd.")
    } else {
        ledger.change_customer(context.now(), "customers rename", &Customer { name: name.to_owned(), ..before.clone() })?;
        text!("{old} is called {name} now.", "{old} heet nu {name}.")
    };
    show::answer(context, &workspace, &ledger, id, Some(done))
}
