//! `attent gift` and `attent gifts`: what is planned for whom, what was given, and what they like.

mod add;
mod asked;
mod calendar;
mod case;
mod drop;
mod given;
mod idea;
mod list;
mod prefers;
mod register;

pub use asked::{cost, said_of_it};
pub use case::hold;
pub use given::complete_it;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use clap_complete::engine::ArgValueCompleter;

use super::complete;
use super::context::Context;

/// The arguments of `gift`.
#[derive(Debug, Args)]
pub struct GiftArgs {
    /// What to do; without it, the list.
    #[command(subcommand)]
    pub what: Option<GiftCommand>,
}

/// What can be done with gifts.
#[derive(Debug, Subcommand)]
pub enum GiftCommand {
    /// Plan a gift; the rules are asked first
    Add(add::AddArgs),
    /// Note an idea for a gift
    Idea(idea::IdeaArgs),
    /// Record what was given
    Given(given::GivenArgs),
    /// List ideas and plans
    List(list::ListArgs),
    /// Take an idea or a plan away
    Drop(drop::DropArgs),
    /// Note or list what a customer likes, cannot have, and how they want to be reached
    Prefers(prefers::PrefersArgs),
}

/// The arguments of `gifts`.
#[derive(Debug, Args)]
pub struct GiftsArgs {
    /// How many days to look ahead
    #[arg(long, value_name = "N", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=366))]
    pub days: u16,
    /// Only this customer's
    #[arg(long, value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: Option<String>,
    /// Every gift that was given, with its particulars
    #[arg(long)]
    pub register: bool,
    /// Only what was given in this year
    #[arg(long, value_name = "YEAR", requires = "register", conflicts_with_all = ["from", "until"], value_parser = clap::value_parser!(i32).range(1900..=2199))]
    pub year: Option<i32>,
    /// Only from this day on
    #[arg(long, value_name = "DATE", requires = "register")]
    pub from: Option<String>,
    /// Only up to this day
    #[arg(long, value_name = "DATE", requires = "register")]
    pub until: Option<String>,
}

/// Runs `gift`.
///
/// # Errors
/// When the customer or gift is not found, a rule stops it, or the log cannot be read or written.
pub fn run(context: &Context, args: &GiftArgs) -> Result<ExitCode> {
    match &args.what {
        None => list::run(context, &list::ListArgs::default()),
        Some(GiftCommand::Add(args)) => add::run(context, args),
        Some(GiftCommand::Idea(args)) => idea::run(context, args),
        Some(GiftCommand::Given(args)) => given::run(context, args),
        Some(GiftCommand::List(args)) => list::run(context, args),
        Some(GiftCommand::Drop(args)) => drop::run(context, args),
        Some(GiftCommand::Prefers(args)) => prefers::run(context, args),
    }
}

/// Runs `gifts`.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn gifts(context: &Context, args: &GiftsArgs) -> Result<ExitCode> {
    if args.register { register::run(context, args) } else { calendar::run(context, args) }
}
