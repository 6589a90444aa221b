//! `attent referral outcome`: what became of somebody who was sent.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::{line, note, referral_of};
use crate::domain::names::slug;
use crate::domain::text::Text;
use crate::render::pages::referral::Done;
use crate::render::wrap::clip;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::{as_table, name_of};
use crate::subcommands::look_up::names;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `referral outcome`.
#[derive(Debug, Args)]
pub struct OutcomeArgs {
    /// Who came; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// What became of it, in words of your own; empty takes it away
    #[arg(value_name = "TEXT")]
    pub outcome: String,
}

/// Runs the command.
///
/// # Errors
/// When nobody sent them, or the log cannot be written.
pub fn run(context: &Context, args: &OutcomeArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let outcome = note(&args.outcome)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let referral = referral_of(&ledger, id)?;
    let names = names(&ledger)?;
    let (name, by) = (name_of(&names, id), name_of(&names, referral.referrer));
    ledger.batch(context.now(), "referral outcome", |batch| {
        batch.came_to(referral.id, &outcome)?;
        Ok(((), format!("{name}: {}", clip(&outcome, 60, "…"))))
    })?;
    let changed = referral_of(&ledger, id)?;
    let word = slug(&by);
    let mut hints = Vec::new();
    if changed.told.is_none() && !outcome.is_empty() {
        let came = slug(&name);
        hints.push(text!(
            "Does {by} know? attent referral told {word} --for {came}",
            "Weet {by} het al? attent referral told {word} --for {came}"
        ));
    }
    let said = if outcome.is_empty() {
        text!("What became of {name} is not said any more.", "Wat er van {name} werd, staat er niet meer bij.")
    } else {
        Text::same(format!("{name}: {outcome}"))
    };
    let done = Done { lines: vec![line(context, &names, &changed)], said, hints, touchpoint: None, against: Vec::new() };
    output::answer(context, &workspace.settings.currency, &done.answer(as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}
