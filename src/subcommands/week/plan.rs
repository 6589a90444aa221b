//! `attent plan`: the best week within the minutes and the money.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::context_lines::{action_line, nudge_line};
use super::desk::Desk;
use super::diary::Diary;
use super::nudge::{closing, nudge_of};
use super::why_not;
use crate::domain::money::Cents;
use crate::domain::nudge::{Nudge, NudgeState, rank};
use crate::plan::week::{Considered, Register, Subject, WeekPlan};
use crate::render::pages::plan::PlanPage;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::typed::Said;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

/// The arguments of `plan`.
#[derive(Debug, Args, Default)]
pub struct PlanArgs {
    /// Minutes you have this week; budget.minutes of attent.yaml when left out
    #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(0..=100_000))]
    pub minutes: Option<u32>,
    /// Money you have for it; budget.euros of attent.yaml when left out
    #[arg(long, value_name = "AMOUNT", value_parser = amount)]
    pub budget: Option<Cents>,
    /// Which week: this, next, 2026-W30 or a day in it
    #[arg(long, value_name = "WEEK")]
    pub week: Option<String>,
    /// What was considered for one customer, and what stopped it
    #[arg(long, value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub why: Option<String>,
    /// With -O ics: appointments instead of tasks
    #[arg(long)]
    pub events: bool,
    /// End with exit code 10 when there is something to do
    #[arg(long)]
    pub exit_code: bool,
}

fn amount(typed: &str) -> Result<Cents, Said> {
    typed.parse().map_err(Said).and_then(|cents: Cents| {
        if (0..=i64::from(u32::MAX)).contains(&cents.0) {
            Ok(cents)
        } else {
            Err(Said(crate::text!("`{typed}` is not a possible amount", "`{typed}` is geen mogelijk bedrag")))
        }
    })
}

/// Runs the command.
///
/// # Errors
/// When the workspace or its log cannot be read, or the week is over.
pub fn run(context: &Context, args: &PlanArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let mut desk = Desk::read(context, &workspace, &ledger, args.week.as_deref())?;
    desk.budget.minutes = args.minutes.unwrap_or(desk.budget.minutes);
    desk.budget.cents = args.budget.map_or(desk.budget.cents, |money| u32::try_from(money.0).unwrap_or(u32::MAX));
    let diary = Diary::asked(context, &workspace, &ledger, &desk.plays, args.events)?;
    let subjects = desk.subjects(&ledger);
    let considered = desk.consider(&subjects);
    let (_, left) = closing(&desk, &subjects, &considered);
    let register = Register::new(&left);
    let best = desk.best(&subjects, &considered, &register);
    let currency = &workspace.settings.currency;
    if let Some(typed) = &args.why {
        let id = who::customer(context, &ledger, typed)?;
        let answer = why_not::answer(context, &desk, &subjects, &best, &register, id);
        output::answer(context, currency, &answer)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut page = page(context, &desk, &subjects, &considered, &register, &best, currency);
    let planned: Vec<Nudge> = best.actions.iter().chain(&best.unfit).map(|action| nudge_of(&desk, &subjects, action)).collect();
    let standing = register.open.iter().copied().filter(|nudge| nudge.awake(desk.week.end()));
    page.calendar = diary.map(|diary| diary.of_plan(standing, &planned)).transpose()?;
    let any = !page.lines.is_empty();
    output::answer(context, currency, &page.answer())?;
    Ok(if any && args.exit_code { ExitCode::from(10) } else { ExitCode::SUCCESS })
}

/// What stands already comes first: it was in an earlier plan.
fn page(
    context: &Context,
    desk: &Desk,
    subjects: &[Subject<'_>],
    considered: &[Considered<'_>],
    register: &Register<'_>,
    best: &WeekPlan<'_>,
    currency: &str,
) -> PlanPage {
    let mut standing: Vec<&Nudge> = register.open.iter().copied().filter(|nudge| nudge.awake(desk.week.end())).collect();
    standing.sort_by_key(|nudge| (nudge.rank(), nudge.due, nudge.id));
    let mut lines: Vec<_> = standing.iter().map(|nudge| nudge_line(context, desk, subjects, considered, nudge)).collect();
    lines.extend(best.actions.iter().map(|action| action_line(context, desk, subjects, action)));
    // What is owed first, by its day; of the rest what stands, then the best.
    lines.sort_by_key(|line| (rank(&line.rule, line.owed), Some(line.due).filter(|_| line.owed)));
    let done = desk.nudges.iter().filter(|nudge| nudge.state == NudgeState::Done && nudge.ended.is_some_and(|at| desk.week.holds(at)));
    let done = done.fold((0, 0_u32, Cents(0)), |(n, minutes, cost), nudge| {
        (n + 1, minutes.saturating_add(nudge.minutes), [cost, nudge.cost].into_iter().sum())
    });
    PlanPage {
        monday: desk.week.monday,
        as_of: context.local(desk.now),
        lines,
        unfit: best.unfit.iter().map(|action| action_line(context, desk, subjects, action)).collect(),
        waiting: best.waiting,
        budget: desk.budget,
        done,
        value: best.value,
        proven: best.proven,
        anybody: !subjects.is_empty(),
        currency: currency.to_owned(),
        calendar: None,
    }
}
