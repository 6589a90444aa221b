//! `attent nudges`: what stands, and what became of the others.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use crate::domain::nudge::{Nudge, NudgeState};
use crate::domain::play::Play;
use crate::render::pages::history::{HistoryLine, HistoryPage};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::look_up::names;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;

use super::context_lines::asked;
use super::diary::Diary;

/// The arguments of `nudges`.
#[derive(Debug, Args, Default)]
pub struct NudgesArgs {
    /// Only this customer's
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: Option<String>,
    /// Also what was done, skipped or is no longer needed
    #[arg(long)]
    pub all: bool,
    /// With -O ics: appointments instead of tasks
    #[arg(long)]
    pub events: bool,
}

/// Runs the command.
///
/// # Errors
/// When the workspace or its log cannot be read.
pub fn run(context: &Context, args: &NudgesArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let plays = workspace.plays(context)?;
    let diary = Diary::asked(context, &workspace, &ledger, &plays, args.events)?;
    let only = args.customer.as_deref().map(|typed| who::customer(context, &ledger, typed)).transpose()?;
    let mut nudges = ledger.nudges()?;
    nudges.retain(|nudge| only.is_none_or(|only| only == nudge.cause.customer));
    let calendar = diary.map(|diary| diary.of_kept(nudges.iter().filter(|nudge| args.all || diary.tells(nudge)))).transpose()?;
    nudges.retain(|nudge| args.all || nudge.state == NudgeState::Open);
    nudges.sort_by_key(|nudge| (nudge.state != NudgeState::Open, std::cmp::Reverse(nudge.ended), nudge.rank(), nudge.due, nudge.id));
    let names = names(&ledger)?;
    let name = |nudge: &Nudge| names.get(&nudge.cause.customer).map(|customer| customer.name.clone()).unwrap_or_default();
    let lines = nudges.iter().map(|nudge| line(context, &plays, nudge, name(nudge))).collect();
    let page = HistoryPage { lines, all: args.all, as_of: context.local(context.now()), calendar };
    output::answer(context, &workspace.settings.currency, &page.answer())?;
    Ok(ExitCode::SUCCESS)
}

fn line(context: &Context, plays: &[Play], nudge: &Nudge, customer: String) -> HistoryLine {
    let play = plays.iter().find(|play| Some(&play.id) == nudge.play.as_ref());
    let (action, _) = asked(play, nudge);
    HistoryLine {
        customer,
        action,
        opened: context.local(nudge.opened),
        due: context.local(nudge.due),
        snoozed: nudge.snoozed.filter(|until| *until > context.now()).map(|until| context.local(until)),
        ended: nudge.ended.map(|at| context.local(at)),
        overdue: nudge.awake(context.now()) && nudge.due < context.now(),
        nudge: nudge.clone(),
    }
}
