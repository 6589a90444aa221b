//! `attent customers`: who they are and where they stand.

mod alias;
mod doubles;
mod edit;
mod keys;
mod list;
mod merge;
mod rename;
mod show;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

use self::alias::AliasArgs;
use self::edit::{AddArgs, EditArgs};
use self::list::ListArgs;
use self::merge::MergeArgs;
use self::rename::RenameArgs;
use self::show::ShowArgs;
use super::context::Context;

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
    /// Give one another name; the old one still finds them
    Rename(RenameArgs),
    /// Add or remove addresses, telephone numbers and other names of one
    Alias(AliasArgs),
    /// Make two one, or list who may be the same
    Merge(MergeArgs),
}

/// Runs the command.
///
/// # Errors
/// When a customer or journey is not found, or the log cannot be read or written.
pub fn run(context: &Context, args: &CustomersArgs) -> Result<ExitCode> {
    match &args.what {
        None => list::list(context, &ListArgs::default()),
        Some(CustomersCommand::List(args)) => list::list(context, args),
        Some(CustomersCommand::Show(args)) => show::show(context, args),
        Some(CustomersCommand::Add(args)) => edit::add(context, args),
        Some(CustomersCommand::Edit(args)) => edit::edit(context, args),
        Some(CustomersCommand::Rename(args)) => rename::rename(context, args),
        Some(CustomersCommand::Alias(args)) => alias::alias(context, args),
        Some(CustomersCommand::Merge(args)) => merge::merge(context, args),
    }
}
