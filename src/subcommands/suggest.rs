//! `attent suggest`: one or two warm actions for every stage that needs it.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::complete;
use super::context::Context;
use super::crowd::Crowd;
use super::gather::Board;
use super::output;
use super::plays::play_of;
use super::score::stage_of;
use super::workspace::{Workspace, own_playbook};
use crate::domain::finding::FindingKind;
use crate::domain::model::LITTLE_EVIDENCE;
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::ledger::Ledger;
use crate::plan::suggest::{Advice, Guest, StageCase, advise};
use crate::render::format::Answer;
use crate::render::pages::suggest::SuggestPage;

/// The arguments of `suggest`.
#[derive(Debug, Args)]
pub struct SuggestArgs {
    /// Only this stage
    #[arg(long, value_name = "STAGE", add = ArgValueCandidates::new(complete::stages))]
    pub stage: Option<String>,
    /// Only this play, by its id or title
    #[arg(long, value_name = "PLAY", add = ArgValueCandidates::new(complete::plays))]
    pub play: Option<String>,
    /// The journey; the default one when left out
    #[arg(long, value_name = "JOURNEY", add = ArgValueCandidates::new(complete::journeys))]
    pub journey: Option<String>,
    /// At most so many actions a stage
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=20))]
    pub max: u8,
    /// End with exit code 10 when there is something to do
    #[arg(long)]
    pub exit_code: bool,
}

/// Runs the command.
///
/// # Errors
/// When the workspace or its log cannot be read.
pub fn run(context: &Context, args: &SuggestArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let at = workspace.course(args.journey.as_deref())?;
    let mut plays = workspace.plays(context)?;
    if let Some(typed) = &args.play {
        plays = vec![play_of(&plays, &own_playbook(context, &workspace.root)?, typed)?.clone()];
    }
    let ledger = workspace.reader(context)?;
    let only = args.stage.as_deref().map(|stage| stage_of(&workspace.courses[at], stage)).transpose()?;
    let (answer, any) = suggestions(context, &ledger, at, &plays, only, usize::from(args.max), &workspace.settings.rules_off)?;
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(if any && args.exit_code { ExitCode::from(10) } else { ExitCode::SUCCESS })
}

/// The suggestions of a journey, and whether there are any.
///
/// # Errors
/// When the log cannot be read.
pub fn suggestions(
    context: &Context,
    ledger: &Ledger,
    at: usize,
    plays: &[Play],
    only: Option<usize>,
    most: usize,
    off: &[RuleId],
) -> Result<(Answer, bool)> {
    let (course, now) = (&ledger.courses()[at], context.now());
    let crowd = Crowd::on(context, ledger, at, now)?;
    let Some((_, board)) = crowd.boards.first() else { anyhow::bail!("the journey has no scoreboard") };
    let people: Vec<_> = crowd.people().collect();
    // One stage after the other: the guests of one are as many as there are customers.
    let advice: Vec<(usize, Advice<'_>)> = asking(board, only)
        .into_iter()
        .map(|stage| {
            let guests = people.iter().filter_map(|(person, seen)| Guest::of(person, seen.cell(stage), seen.concern(stage), stage, now));
            let case = StageCase { stage, findings: &board.findings[stage], guests: guests.collect() };
            (stage, advise(&case, plays, course, now, most, off))
        })
        .collect();
    let any = advice.iter().any(|(_, advice)| !advice.suggestions.is_empty());
    let thin = board.scores.stages.iter().all(|stage| stage.evidence < LITTLE_EVIDENCE);
    let page = SuggestPage { course, advice: &advice, thin, customers: &crowd.customers, as_of: context.local(now) };
    Ok((page.answer(), any))
}

/// The stages that ask for action: the coldest first, after them those without a rank, for nobody
/// has been there; but where somebody is hurt there, before everything else.
fn asking(board: &Board, only: Option<usize>) -> Vec<usize> {
    let asks = |stage: &usize| board.findings[*stage].iter().any(|finding| finding.kind.asks());
    let asked = |stage: &usize| only.is_none_or(|only| only == *stage);
    let mut stages: Vec<usize> = (0..board.findings.len()).filter(asks).filter(asked).collect();
    let rank = |stage: usize| {
        let wounded = board.findings[stage].iter().any(|finding| finding.kind == FindingKind::Wounded);
        board.scores.stages[stage].rank.unwrap_or(if wounded { f64::NEG_INFINITY } else { f64::INFINITY })
    };
    stages.sort_by(|&a, &b| rank(a).total_cmp(&rank(b)).then(a.cmp(&b)));
    stages
}
