//! `attent score`: how warm every stage, customer or cell is.

use std::collections::HashMap;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCandidates;

use super::complete;
use super::context::{Context, local};
use super::gather::{Board, Sight, board};
use super::output;
use super::workspace::Workspace;
use crate::domain::course::Course;
use crate::domain::numbers::shortest;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::robust::coldest_shares;
use crate::measure::scoreboard::score_relationship;
use crate::render::format::Answer;
use crate::render::pages::score::{self as page, CellLine, CustomerLine};
use crate::settings::keys::Key;
use crate::settings::layers::FlagValue;
use crate::text;

/// What is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum By {
    /// Every stage of the journey.
    #[default]
    Stage,
    /// The relationship with every customer.
    Customer,
    /// Every customer in every stage.
    Cell,
}

/// What the columns of stages say.
const COLUMNS: &str = "\
Columns of the table of stages:
  warmth    from 0 to 100
  cautious  the warmth, drawn towards the mean of the journey where little is
            known; the stage where it is lowest counts as the coldest
  range     between these two the warmth most likely lies (95 %), given how
            customers differ
  evidence  how much contact the score stands on, in visits; old contact counts
            less";

/// The arguments of `score`.
#[derive(Debug, Args, Default)]
#[command(after_help = COLUMNS)]
pub struct ScoreArgs {
    /// The journey; the default one when left out
    #[arg(long, value_name = "JOURNEY", add = ArgValueCandidates::new(complete::journeys))]
    pub journey: Option<String>,
    /// Only this stage
    #[arg(long, value_name = "STAGE", add = ArgValueCandidates::new(complete::stages))]
    pub stage: Option<String>,
    /// Score stages, customers, or cells (customer × stage)
    #[arg(long, value_enum, default_value_t, value_name = "WHAT")]
    pub by: By,
    /// Try a weight without saving it, such as human=30
    #[arg(long, value_name = "NAME=VALUE", add = ArgValueCandidates::new(complete::weights))]
    pub set: Vec<String>,
    /// Say how often the coldest stage stays the coldest under other weights
    #[arg(long)]
    pub robust: bool,
    /// End with exit code 10 when something was found
    #[arg(long)]
    pub exit_code: bool,
}

/// Runs the command.
///
/// # Errors
/// When the workspace or its log cannot be read.
pub fn run(context: &Context, args: &ScoreArgs) -> Result<ExitCode> {
    let workspace = Workspace::open_with(context, &tried(&args.set)?)?;
    let at = workspace.course(args.journey.as_deref())?;
    let ledger = workspace.reader(context)?;
    let stage = args.stage.as_deref().map(|stage| stage_of(&workspace.courses[at], stage)).transpose()?;
    note_weights(context, &workspace.settings.model.weights);
    let (answer, found) = match args.by {
        By::Stage => by_stage(context, &ledger, at, stage, args.robust)?,
        By::Customer => (by_customer(context, &ledger, at, stage)?, false),
        By::Cell => (by_cell(context, &ledger, at, stage)?, false),
    };
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(if found && args.exit_code { ExitCode::from(10) } else { ExitCode::SUCCESS })
}

/// The weights tried with `--set`.
///
/// # Errors
/// When one is not a name and a value, or not a weight.
pub fn tried(set: &[String]) -> Result<Vec<FlagValue>> {
    let one = |typed: &String| -> Result<FlagValue> {
        let wrong = |why: Text| Problem::usage(text!("--set {typed} was not understood", "--set {typed} is niet begrepen")).why(why);
        let (name, value) = typed.split_once('=').ok_or_else(|| wrong(text!("write it as human=30", "schrijf het als human=30")))?;
        let key: Key = name.parse().map_err(wrong)?;
        if !matches!(key, Key::Weight(_)) {
            let todo = text!(
                "try one of human, personal, relational, sentiment, reciprocity",
                "probeer human, personal, relational, sentiment of reciprocity"
            );
            return Err(wrong(todo).into());
        }
        Ok(FlagValue { flag: format!("--set {typed}"), key, value: value.to_owned() })
    };
    set.iter().map(one).collect()
}

/// Weights that do not add up to 100 change the scale, which is worth a word.
pub fn note_weights(context: &Context, weights: &[f64; 5]) {
    let sum: f64 = weights.iter().sum();
    if (sum - 100.0).abs() > 1e-9 {
        let sum = shortest(sum);
        output::note(
            context,
            &Text::new(
                format!("note: the weights add up to {0}, so a score runs to {0} instead of 100", sum.en),
                format!("let op: de gewichten zijn samen {0}, dus een score loopt tot {0} in plaats van 100", sum.nl),
            ),
        );
    }
}

/// The place of a stage by its id or its title.
///
/// # Errors
/// When the journey has no such stage.
pub fn stage_of(course: &Course, typed: &str) -> Result<usize> {
    let stages = &course.journey.stages;
    let found =
        course.journey.position(typed).or_else(|| stages.iter().position(|stage| stage.title.to_lowercase() == typed.to_lowercase()));
    let ids: Vec<&str> = stages.iter().map(|stage| stage.id.as_str()).collect();
    let journey = &course.journey.id;
    Ok(found.ok_or_else(|| {
        Problem::usage(text!("journey `{journey}` has no stage `{typed}`", "klantreis `{journey}` heeft geen fase `{typed}`"))
            .todo(crate::intake::near::suggest(typed, &ids))
    })?)
}

/// The stages of a journey, and whether anything was found.
///
/// # Errors
/// When the log cannot be read.
pub(super) fn by_stage(context: &Context, ledger: &Ledger, at: usize, only: Option<usize>, robust: bool) -> Result<(Answer, bool)> {
    let course = &ledger.courses()[at];
    let Board { scores, findings } = board(ledger, at, context.now(), |_| Ok(()))?;
    let shares = robust.then(|| coldest_shares(&scores, &course.model.weights));
    let found = findings.iter().enumerate().any(|(stage, found)| only.is_none_or(|only| only == stage) && !found.is_empty());
    let page = page::StagePage {
        course,
        scores: &scores,
        findings: &findings,
        only,
        shares: shares.as_deref(),
        as_of: context.local(context.now()),
    };
    Ok((page.answer(), found))
}

fn by_customer(context: &Context, ledger: &Ledger, at: usize, only: Option<usize>) -> Result<Answer> {
    let (course, now) = (&ledger.courses()[at], context.now());
    let mut names: HashMap<CustomerId, String> = HashMap::new();
    ledger.each_customer(|customer| {
        if ledger.course_of(customer.journey.as_deref()) == at {
            names.insert(customer.id, customer.name);
        }
    })?;
    let mut lines = Vec::new();
    board(ledger, at, now, |Sight { customer, standing, failures, .. }| {
        if standing.overall.is_none() {
            return Ok(());
        }
        let (sums, _, warmth) = score_relationship(standing, failures, course, now);
        let Some(name) = names.remove(&customer) else { return Ok(()) };
        let last = standing.latest.map(|(last, _)| local(last));
        lines.push(CustomerLine::new(name, standing.current, &warmth, sums.mass, last));
        Ok(())
    })?;
    lines.extend(names.into_values().map(CustomerLine::without_contact));
    lines.retain(|line| only.is_none_or(|only| line.stage == Some(only)));
    Ok(page::customers(course, lines, context.local(now)))
}

fn by_cell(context: &Context, ledger: &Ledger, at: usize, only: Option<usize>) -> Result<Answer> {
    let (course, now) = (&ledger.courses()[at], context.now());
    let mut names: HashMap<CustomerId, Arc<str>> = HashMap::new();
    ledger.each_customer(|customer| {
        names.insert(customer.id, customer.name.into());
    })?;
    let mut lines = Vec::new();
    board(ledger, at, now, |sight| {
        let cells = sight.cells.iter().filter(|cell| only.is_none_or(|only| cell.stage == only));
        let name = names.get(&sight.customer).cloned().unwrap_or_default();
        lines.extend(cells.map(|cell| CellLine::new(name.clone(), cell)));
        Ok(())
    })?;
    Ok(page::cells(course, lines, context.local(now)))
}
