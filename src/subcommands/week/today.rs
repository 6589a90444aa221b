//! `attent` by itself: what is due, the coldest stage, and one thing to do.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context_lines::{action_line, nudge_line};
use super::desk::Desk;
use super::nudge::closing;
use crate::domain::nudge::Nudge;
use crate::plan::week::Register;
use crate::render::pages::today::{Coldest, TodayPage};
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::workspace::Workspace;

/// The arguments of `today`.
#[derive(Debug, Args, Default)]
pub struct TodayArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace or its log cannot be read.
pub fn run(context: &Context, _args: &TodayArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let desk = Desk::read(context, &workspace, &ledger, None)?;
    let subjects = desk.subjects(&ledger);
    let considered = desk.consider(&subjects);
    let (_, left) = closing(&desk, &subjects, &considered);
    let register = Register::new(&left);
    let best = desk.best(&subjects, &considered, &register);
    let mut awake: Vec<&Nudge> = register.open.iter().copied().filter(|nudge| nudge.awake(desk.now)).collect();
    awake.sort_by_key(|nudge| (nudge.rank(), nudge.due, nudge.id));
    let due: Vec<_> = awake.iter().map(|nudge| nudge_line(context, &desk, &subjects, &considered, nudge)).collect();
    let new: Vec<_> = best.actions.iter().chain(&best.unfit).map(|action| action_line(context, &desk, &subjects, action)).collect();
    let page = TodayPage {
        as_of: context.local(desk.now),
        due,
        new,
        waiting: best.waiting,
        coldest: coldest(&workspace, &desk),
        anybody: !subjects.is_empty(),
    };
    output::answer(context, &workspace.settings.currency, &page.answer())?;
    Ok(ExitCode::SUCCESS)
}

/// The stage that ranks coldest, of the default journey.
fn coldest(workspace: &Workspace, desk: &Desk) -> Option<Coldest> {
    let at = workspace.default_course;
    let (_, board) = desk.crowd.boards.iter().find(|(place, _)| *place == at)?;
    let ranked = board.scores.stages.iter().enumerate().filter_map(|(stage, score)| Some((stage, score.rank?, score)));
    let (stage, _, score) = ranked.min_by(|(_, one, _), (_, other, _)| one.total_cmp(other))?;
    let of = &workspace.courses[at].journey.stages[stage];
    let findings = board.findings[stage].iter().map(|finding| finding.kind).collect();
    Some(Coldest { id: of.id.clone(), title: of.title.clone(), warmth: score.warmth?, evidence: score.evidence, findings })
}
