//! `attent skip` and `attent snooze`: not, or not now.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::which::{standing, too_late};
use crate::domain::calendar::{Days, Moment};
use crate::domain::limits;
use crate::domain::nudge::NudgeState;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::dates::{Lean, parse_moment};
use crate::ledger::{Ledger, NudgeEnd};
use crate::plan::week::reasons::rest;
use crate::plan::week::review::SNOOZE_DAYS;
use crate::render::pages::ended::{Ended, EndedKind};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `skip`.
#[derive(Debug, Args)]
pub struct SkipArgs {
    /// The number of the nudge, or the customer when only one of theirs stands
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::nudges))]
    pub which: String,
    /// Why not
    #[arg(long, value_name = "WHY")]
    pub why: Option<String>,
}

/// The arguments of `snooze`.
#[derive(Debug, Args)]
pub struct SnoozeArgs {
    /// The number of the nudge, or the customer when only one of theirs stands
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::nudges))]
    pub which: String,
    /// For how long, or until when: 3d, 2w, friday, 2026-12-01; a week when left out
    #[arg(value_name = "HOW LONG")]
    pub until: Option<String>,
    /// Why later
    #[arg(long, value_name = "WHY")]
    pub why: Option<String>,
}

/// Runs `skip`.
///
/// # Errors
/// When the nudge is not found or stands no longer, or the log cannot be written.
pub fn skip(context: &Context, args: &SkipArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let nudge = standing(context, &ledger, &args.which)?;
    let (id, now, why) = (nudge.id, context.now(), said(args.why.as_deref())?);
    let name = name(&ledger, &nudge)?;
    ledger.batch(now, "skip", |batch| {
        if !batch.end_nudge(id, &NudgeEnd::new(NudgeState::Skipped, now, &why))? {
            return Err(too_late(id).into());
        }
        Ok(((), format!("#{id} {name}")))
    })?;
    let rests = rest(&nudge.cause, NudgeState::Skipped).map(|days| context.local(now.minus_days(-days)));
    answer(context, &workspace, &Ended { id, customer: name, kind: EndedKind::Skipped { rests } })
}

/// Runs `snooze`.
///
/// # Errors
/// When the nudge is not found or stands no longer, the time cannot be, or the log cannot be written.
pub fn snooze(context: &Context, args: &SnoozeArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let nudge = standing(context, &ledger, &args.which)?;
    let until = until(context, args.until.as_deref().unwrap_or("1w"))?;
    let (id, now, why) = (nudge.id, context.now(), said(args.why.as_deref())?);
    let name = name(&ledger, &nudge)?;
    ledger.batch(now, "snooze", |batch| {
        if !batch.snooze_nudge(id, until, &why)? {
            return Err(too_late(id).into());
        }
        Ok(((), format!("#{id} {name}")))
    })?;
    answer(
        context,
        &workspace,
        &Ended { id, customer: name, kind: EndedKind::Snoozed { until: context.local(until), late: nudge.due < until && nudge.owed } },
    )
}

fn answer(context: &Context, workspace: &Workspace, ended: &Ended) -> Result<ExitCode> {
    output::answer(context, &workspace.settings.currency, &ended.answer())?;
    Ok(ExitCode::SUCCESS)
}

fn name(ledger: &Ledger, nudge: &crate::domain::nudge::Nudge) -> Result<String> {
    Ok(ledger.customer(nudge.cause.customer)?.map(|customer| customer.name).unwrap_or_default())
}

fn said(why: Option<&str>) -> Result<String, Problem> {
    let stored = |why: Text| Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why);
    Ok(why.map(limits::note).transpose().map_err(stored)?.unwrap_or_default().to_owned())
}

/// A length of time from now, or a moment to come; at most ninety days ahead.
fn until(context: &Context, typed: &str) -> Result<Moment, Problem> {
    let wrong = |why: Text| {
        Problem::usage(text!("`{typed}` is no time to put it off to", "`{typed}` is geen tijd om het naar uit te stellen"))
            .why(why)
            .todo(text!("say how long, such as 3d or 2w, or until when", "zeg hoelang, zoals 3d of 2w, of tot wanneer"))
    };
    let now = context.now();
    let until = match typed.parse::<Days>() {
        Ok(days) => now.minus_days(-days.0),
        Err(_) => parse_moment(typed, &context.clock, Lean::Future).map_err(wrong)?,
    };
    let most = SNOOZE_DAYS as u32;
    match until.days_since(now) {
        days if days <= 0.0 => Err(wrong(text!("it has passed", "die is voorbij"))),
        days if days > SNOOZE_DAYS => Err(wrong(text!(
            "a nudge is put off for {most} days at most, so that it is never lost",
            "een nudge stel je hoogstens {most} dagen uit, zodat die nooit zoekraakt"
        ))),
        _ => Ok(until),
    }
}
