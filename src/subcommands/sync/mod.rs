//! `attent sync`: everything new from the sources in `attent.yaml`.

mod ends;
mod stamp;

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use ends::Ends;

use super::context::Context;
use super::import::{Found, Order, find, pass_by, read};
use super::output;
use super::workspace::Workspace;
use crate::domain::problem::Problem;
use crate::intake::records::digest;
use crate::intake::sources::Source;
use crate::ledger::{Ledger, SourceState};
use crate::render::pages::import::ImportSummary;
use crate::render::pages::sync::{self as page, SourceLine, SourceOutcome};
use crate::text;

/// Raised when importers read the same file otherwise than before, so that sources are read again.
const READING: u32 = 1;

/// The arguments of `sync`.
#[derive(Debug, Args)]
pub struct SyncArgs {
    /// Only these sources, by their path in attent.yaml
    #[arg(value_name = "SOURCE")]
    pub only: Vec<String>,
    /// Also read what did not change since the last time
    #[arg(long)]
    pub again: bool,
    /// Only show what would be added, to whom, and why
    #[arg(long)]
    pub dry_run: bool,
}

/// Runs the command. Every source is an entry of its own; one that fails does not stop the others.
///
/// # Errors
/// When no source is named in `attent.yaml`; with exit 1 when any source failed.
pub fn run(context: &Context, args: &SyncArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let sources = chosen(&workspace, &args.only)?;
    let mut ledger = workspace.ledger(context)?;
    let mut lines: Vec<(usize, SourceLine)> = Vec::new();
    let mut waiting = Vec::new();
    for (place, source) in sources.into_iter().enumerate() {
        match Plan::new(&workspace, &ledger, source, args.again) {
            // Who somebody is comes first; mail and calendars look for people who are known by then.
            Ok(plan) if plan.looks_for_people => waiting.push((place, plan)),
            Ok(plan) => lines.push((place, carry_out(context, &workspace, &mut ledger, plan, args.dry_run))),
            Err(err) => lines.push((place, failed(context, source, &err))),
        }
    }
    for (place, plan) in waiting {
        lines.push((place, carry_out(context, &workspace, &mut ledger, plan, args.dry_run)));
    }
    lines.sort_by_key(|(place, _)| *place);
    let lines: Vec<SourceLine> = lines.into_iter().map(|(_, line)| line).collect();
    let any_failed = lines.iter().any(|line| line.outcome == SourceOutcome::Failed);
    output::answer(context, &workspace.settings.currency, &page::answer(&lines, args.dry_run))?;
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

/// What there is to do for a source.
struct Plan<'w> {
    source: &'w Source,
    path: PathBuf,
    /// How it was read last, with the settings of today.
    before: Option<SourceState>,
    settings: String,
    stamp: String,
    /// Whether what it brings depends on who is a customer.
    looks_for_people: bool,
    found: Option<Found>,
}

/// For sources that do not depend on who is a customer.
const NOBODY: i64 = -1;

impl<'w> Plan<'w> {
    fn new(workspace: &'w Workspace, ledger: &Ledger, source: &'w Source, again: bool) -> Result<Self> {
        let path = resolve(workspace, &source.path);
        let (settings, stamp) = (fingerprint(workspace, source), stamp::stamp(&path)?);
        let before = ledger.source(&source.path)?.filter(|kept| !again && kept.settings == settings);
        let mut plan = Self { source, path, before, settings, stamp, looks_for_people: true, found: None };
        match plan.unchanged() {
            Some(kept) => plan.looks_for_people = kept.people != NOBODY,
            None => plan.looks_for_people = plan.find()?.inputs.iter().any(|input| !input.kind.makes_customers()),
        }
        Ok(plan)
    }

    /// How it was read last, when its files have not changed since.
    fn unchanged(&self) -> Option<&SourceState> {
        self.before.as_ref().filter(|kept| kept.stamp == self.stamp)
    }

    fn find(&mut self) -> Result<&Found> {
        let found = find(std::slice::from_ref(&self.path), self.source.kind)?;
        Ok(self.found.insert(found))
    }

    /// Whether reading it would bring nothing.
    fn brings_nothing(&self, context: &Context, ledger: &Ledger) -> Result<bool> {
        let Some(kept) = self.unchanged() else { return Ok(false) };
        let due = kept.next.is_some_and(|next| next <= context.now());
        Ok(!due && (kept.people == NOBODY || kept.people == ledger.people_version()?))
    }

    /// Where the new mail begins in mbox files that only grew. With other customers the mail of before may be
    /// about somebody after all.
    fn grown(&self, ledger: &Ledger) -> Result<HashMap<PathBuf, u64>> {
        match &self.before {
            Some(kept) if kept.people == ledger.people_version()? => Ok(Ends::read(&kept.ends).grown()),
            _ => Ok(HashMap::new()),
        }
    }
}

fn resolve(workspace: &Workspace, path: &str) -> PathBuf {
    match (path.strip_prefix("~/").or((path == "~").then_some("")), &workspace.home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => workspace.root.join(path),
    }
}

/// A hash of what decides how a source is read.
fn fingerprint(workspace: &Workspace, source: &Source) -> String {
    let settings = &workspace.settings;
    let imports = &settings.imports;
    let reading = format!("{READING} {source:?} {:?} {} {:?}", settings.me, settings.country, imports.reading());
    digest(&[reading.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn carry_out(context: &Context, workspace: &Workspace, ledger: &mut Ledger, mut plan: Plan<'_>, dry_run: bool) -> SourceLine {
    match bring(context, workspace, ledger, &mut plan, dry_run) {
        Ok(line) => line,
        Err(err) => failed(context, plan.source, &err),
    }
}

fn bring(context: &Context, workspace: &Workspace, ledger: &mut Ledger, plan: &mut Plan<'_>, dry_run: bool) -> Result<SourceLine> {
    let mut summary = ImportSummary { dry_run, ..ImportSummary::default() };
    let name = plan.source.path.clone();
    if plan.brings_nothing(context, ledger)? {
        return Ok(SourceLine { source: name, outcome: SourceOutcome::Unchanged, summary });
    }
    if plan.found.is_none() {
        plan.find()?;
    }
    let found = plan.found.take().unwrap_or_default();
    let since = plan.source.since.as_deref().map(|since| context.past(since, "since")).transpose()?;
    let source = plan.source;
    let from = plan.grown(ledger)?;
    let order = Order { kind: source.kind, since, new: source.new, only: source.only.clone(), profile: source.profile.clone(), from };
    let ends = Ends::of(&found.inputs).written();
    let next = ledger.batch(context.now(), "sync", |batch| {
        let next = read(context, &workspace.settings, batch, &found.inputs, &order, &mut summary)?;
        if dry_run || !summary.changes_anything() {
            batch.discard();
        }
        Ok((next, format!("{name}: {}", summary.in_words().en)))
    })?;
    pass_by(context, &found.passed_by);
    if !dry_run {
        let people = if plan.looks_for_people { ledger.people_version()? } else { NOBODY };
        let state = SourceState { settings: plan.settings.clone(), stamp: plan.stamp.clone(), people, next, read: context.now(), ends };
        ledger.keep_source(&source.path, &state)?;
    }
    Ok(SourceLine { source: name, outcome: SourceOutcome::Read, summary })
}

fn failed(context: &Context, source: &Source, err: &anyhow::Error) -> SourceLine {
    let path = &source.path;
    output::note(context, &text!("{path} could not be read:", "{path} kon niet worden gelezen:"));
    let _ = output::tell(err, context.lang(), context.error_color());
    SourceLine { source: path.clone(), outcome: SourceOutcome::Failed, summary: ImportSummary::default() }
}
