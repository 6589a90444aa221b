//! `attent gifts --register`: every gift that was given, with its particulars.

use std::process::ExitCode;

use anyhow::Result;
use chrono::{Days, NaiveDate};

use super::GiftsArgs;
use super::list::line_of;
use crate::domain::calendar::Moment;
use crate::render::pages::gifts::{self as page, GiftLine};
use crate::subcommands::context::Context;
use crate::subcommands::lines::name_of;
use crate::subcommands::look_up::names;
use crate::subcommands::occasions::{day_of, midnight};
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// Runs the command.
///
/// # Errors
/// When the customer is not found, a date is not understood, or the log cannot be read.
pub fn run(context: &Context, args: &GiftsArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let only = args.customer.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let (from, until) = stretch(context, args)?;
    let names = names(&ledger)?;
    let given = ledger.gift_register(from, until, only)?;
    let lines: Vec<GiftLine> = given.into_iter().map(|gift| line_of(context, name_of(&names, gift.customer), gift)).collect();
    output::answer(context, &workspace.settings.currency, &page::register(&lines, context.local(context.now())))?;
    Ok(ExitCode::SUCCESS)
}

/// The stretch of time that is asked for, never beyond now: what lies ahead was not given yet.
fn stretch(context: &Context, args: &GiftsArgs) -> Result<(Moment, Moment)> {
    let (first, last) = match args.year {
        Some(year) => year_of(year),
        None => {
            let from = args.from.as_deref().map_or(Ok(Moment(i64::MIN)), |typed| context.past(typed, "--from"))?;
            let until = args.until.as_deref().map(|typed| context.past(typed, "--until")).transpose()?;
            (from, until.map_or(Moment(i64::MAX), |until| last_of(day_of(context, until))))
        }
    };
    Ok((first, last.min(context.now())))
}

/// The first and the last moment of a calendar year where the reader is.
pub fn year_of(year: i32) -> (Moment, Moment) {
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
    (midnight(day(1, 1)), last_of(day(12, 31)))
}

fn last_of(day: NaiveDate) -> Moment {
    Moment(midnight(day.checked_add_days(Days::new(1)).unwrap_or(day)).0 - 1)
}
