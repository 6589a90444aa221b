//! `attent sync`: everything new from the sources in `attent.yaml`.

mod ends;
mod plan;
mod stamp;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use plan::Plan;
pub use plan::resolve;

use super::complete;
use super::context::Context;
use super::guard;
use super::output;
use super::reach::still_answers;
use super::workspace::Workspace;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::sources::Source;
use crate::ledger::Ledger;
use crate::render::pages::import::ImportSummary;
use crate::render::pages::sync::{self as page, SourceLine, SourceOutcome};
use crate::text;

/// The arguments of `sync`.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Only these sources, by their path in attent.yaml
    #[arg(value_name = "SOURCE", add = ArgValueCandidates::new(complete::sources))]
    pub only: Vec<String>,
    /// Also read what did not change since the last time
    #[arg(long)]
    pub again: bool,
    /// Only show what would be added, to whom, and why
    #[arg(long)]
    pub dry_run: bool,
    /// Say nothing when there is nothing new, for cron
    #[arg(long)]
    pub quiet_if_empty: bool,
}

/// Runs the command. Every source is an entry of its own; one that fails does not stop the others.
///
/// # Errors
/// When no source is named in `attent.yaml`; with exit 1 when any source failed or held bad
/// records.
pub fn run(context: &Context, args: &SyncArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    // Cron runs the same line for everybody, also for who has nothing to read yet.
    if args.quiet_if_empty && args.only.is_empty() && workspace.settings.imports.sources.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    guard::may_name_sources(context, &workspace)?;
    let sources = chosen(&workspace, &args.only)?;
    let mut ledger = workspace.ledger(context)?;
    let (mut lines, mut plans) = (Vec::new(), Vec::new());
    for (place, source) in sources.into_iter().enumerate() {
        match Plan::new(&workspace, &ledger, source, args.again) {
            Ok(plan) => plans.push((place, plan)),
            Err(err) => lines.push((place, failed(context, source, &err)?)),
        }
    }
    // Who somebody is comes first; mail and calendars look for people who are known by then.
    plans.sort_by_key(|(_, plan)| plan.looks_for_people);
    let mut whole = ImportSummary { dry_run: args.dry_run, ..ImportSummary::default() };
    if args.dry_run {
        lines.extend(rehearse(context, &workspace, &mut ledger, plans, &mut whole)?);
    } else {
        for (place, plan) in plans {
            lines.push((place, carry_out(context, &workspace, &mut ledger, plan)?));
        }
    }
    lines.sort_by_key(|(place, _)| *place);
    let lines: Vec<SourceLine> = lines.into_iter().map(|(_, line)| line).collect();
    let any_failed = lines.iter().any(|line| line.outcome == SourceOutcome::Failed || line.summary.bad > 0);
    if !args.quiet_if_empty || any_failed || lines.iter().any(|line| line.summary.changes_anything()) {
        output::answer(context, &workspace.settings.currency, &page::answer(lines, whole))?;
    }
    Ok(if any_failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn chosen<'w>(workspace: &'w Workspace, only: &[String]) -> Result<Vec<&'w Source>> {
    let all = &workspace.settings.imports.sources;
    if all.is_empty() {
        return Err(no_sources().into());
    }
    if let Some(unknown) = only.iter().find(|wanted| !all.iter().any(|source| source.path == **wanted)) {
        let paths: Vec<&str> = all.iter().map(|source| source.path.as_str()).collect();
        let problem = Problem::usage(text!("`{unknown}` is no source in attent.yaml", "`{unknown}` is geen bron in attent.yaml"));
        return Err(problem.todo(crate::intake::near::suggest(unknown, &paths)).into());
    }
    Ok(all.iter().filter(|source| only.is_empty() || only.contains(&source.path)).collect())
}

fn no_sources() -> Problem {
    Problem::failure(text!("attent.yaml names no sources", "attent.yaml noemt geen bronnen")).todo(text!(
        "write them there, each with its path:\n  sources:\n    - path: ~/Maildir\n    - path: ~/exports",
        "zet ze daarin, elk met het pad:\n  sources:\n    - path: ~/Maildir\n    - path: ~/exports"
    ))
}

fn carry_out(context: &Context, workspace: &Workspace, ledger: &mut Ledger, mut plan: Plan<'_>) -> Result<SourceLine> {
    match bring(context, workspace, ledger, &mut plan) {
        Ok(line) => Ok(line),
        Err(err) => failed(context, plan.source, &err),
    }
}

/// Reads a source as an entry of its own.
fn bring(context: &Context, workspace: &Workspace, ledger: &mut Ledger, plan: &mut Plan<'_>) -> Result<SourceLine> {
    let source = plan.source.path.clone();
    if plan.brings_nothing(context, ledger.people_version()?) {
        return Ok(SourceLine { source, outcome: SourceOutcome::Unchanged, summary: ImportSummary::default() });
    }
    let (summary, unstored) = ledger.batch(context.now(), "sync", |batch| {
        let (summary, state) = plan.read(context, workspace, batch, false)?;
        let said = format!("{source}: {}", summary.in_brief().get(context.lang()));
        if summary.changes_anything() {
            batch.keep_source(&source, &state)?;
            return Ok(((summary, None), said));
        }
        batch.discard();
        Ok(((summary, Some(state)), said))
    })?;
    if let Some(state) = unstored {
        ledger.keep_source(&source, &state)?;
    }
    Ok(SourceLine { source, outcome: SourceOutcome::Read, summary })
}

/// Reads all sources one after the other as `bring` would, and stores nothing. How many contacts each customer would
/// get goes into `whole` at once, for every source may be about all of them.
fn rehearse(
    context: &Context,
    workspace: &Workspace,
    ledger: &mut Ledger,
    plans: Vec<(usize, Plan<'_>)>,
    whole: &mut ImportSummary,
) -> Result<Vec<(usize, SourceLine)>> {
    ledger.batch(context.now(), "sync", |batch| {
        let mut lines = Vec::new();
        for (place, mut plan) in plans {
            let source = plan.source.path.clone();
            let line = if plan.brings_nothing(context, batch.people_version()?) {
                SourceLine { source, outcome: SourceOutcome::Unchanged, summary: ImportSummary::default() }
            } else {
                match plan.read(context, workspace, batch, true) {
                    Ok((mut summary, _)) => {
                        whole.take_counts(&mut summary);
                        SourceLine { source, outcome: SourceOutcome::Read, summary }
                    }
                    Err(err) => failed(context, plan.source, &err)?,
                }
            };
            lines.push((place, line));
        }
        batch.discard();
        Ok((lines, String::new()))
    })
}

/// A source that could not be read; the others still are, as long as the log itself is within reach.
fn failed(context: &Context, source: &Source, err: &anyhow::Error) -> Result<SourceLine> {
    still_answers(context).map_err(|lost| lost.todo(again()))?;
    let path = &source.path;
    output::note(context, &text!("{path} could not be read:", "{path} kon niet worden gelezen:"));
    let _ = output::tell(err, context.lang(), context.error_color());
    Ok(SourceLine { source: path.clone(), outcome: SourceOutcome::Failed, summary: ImportSummary::default() })
}

/// What to do when the log is out of reach in the middle: some sources may be read already, and no contact is counted twice.
fn again() -> Text {
    text!(
        "connect it again, and run the command again: what was read already is not counted twice",
        "verbind die weer, en geef het commando opnieuw: wat al gelezen is, telt niet dubbel"
    )
}
