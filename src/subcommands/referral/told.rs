//! `attent referral told`: who sent somebody heard what became of it (METHOD §3.2, REF7).

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::thank::sent_by;
use super::{after_they_came, line, moment};
use crate::domain::names::slug;
use crate::domain::shell;
use crate::render::pages::referral::Done;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::{as_table, name_of};
use crate::subcommands::look_up::names;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `referral told`.
#[derive(Debug, Args)]
pub struct ToldArgs {
    /// Who sent somebody; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// Who came through them
    #[arg(long = "for", value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub came: String,
    /// When they heard it; now when left out
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When the one did not send the other, they heard it before that, or the log cannot be written.
pub fn run(context: &Context, args: &ToldArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let at = moment(context, args.at.as_deref())?;
    let referrer = who::customer(context, &ledger, &args.customer)?;
    let came = who::customer(context, &ledger, &args.came)?;
    let referral = sent_by(&ledger, referrer, came)?;
    let names = names(&ledger)?;
    let (name, by) = (name_of(&names, came), name_of(&names, referrer));
    after_they_came(context, &referral, &name, at)?;
    ledger.batch(context.now(), "referral told", |batch| {
        batch.told(referral.id, at)?;
        Ok(((), format!("{by} → {name}")))
    })?;
    let lines = ledger.referral_of(came)?.iter().map(|referral| line(context, &names, referral)).collect();
    let word = slug(&by);
    let what = (shell::quoted(&format!("told how it went with {name}")), shell::quoted(&format!("verteld hoe het ging met {name}")));
    let (en, nl) = (&what.0, &what.1);
    let hint = text!(
        "This is no contact on the log yet: attent log {word} {en}",
        "Dit is nog geen contact in het logboek: attent log {word} {nl}"
    );
    let said = text!("{by} knows what became of {name}.", "{by} weet wat er van {name} werd.");
    let done = Done { lines, said, hints: vec![hint], touchpoint: None, against: Vec::new() };
    output::answer(context, &workspace.settings.currency, &done.answer(as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}
