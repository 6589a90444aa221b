//! What there is to do for one source.

use std::collections::HashMap;
use std::path::PathBuf;

use anyhow::Result;

use super::ends::Ends;
use super::stamp;
use crate::intake::records::digest;
use crate::intake::sources::Source;
use crate::ledger::{Batch, Ledger, SourceState};
use crate::render::pages::import::ImportSummary;
use crate::subcommands::context::Context;
use crate::subcommands::import::{Found, Order, find, pass_by, read};
use crate::subcommands::workspace::Workspace;

/// Raised when importers read the same file otherwise than before, so that sources are read again.
const READING: u32 = 1;

/// What there is to do for a source.
pub struct Plan<'w> {
    /// As `attent.yaml` names it.
    pub source: &'w Source,
    path: PathBuf,
    /// How it was read last, with the settings of today.
    before: Option<SourceState>,
    settings: String,
    stamp: String,
    /// Whether what it brings depends on who is a customer.
    pub looks_for_people: bool,
    found: Option<Found>,
}

/// So many files of a source are remembered from the first look at it.
const FILES: usize = 1_000;

/// For sources that do not depend on who is a customer.
const NOBODY: i64 = -1;

impl<'w> Plan<'w> {
    /// Looks at the source, without reading what did not change.
    ///
    /// # Errors
    /// When it is not there, or cannot be read.
    pub fn new(workspace: &'w Workspace, ledger: &Ledger, source: &'w Source, again: bool) -> Result<Self> {
        let path = resolve(workspace, &source.path);
        let (settings, stamp) = (fingerprint(workspace, source), stamp::stamp(&path)?);
        let before = ledger.source(&source.path)?.filter(|kept| !again && kept.settings == settings);
        let mut plan = Self { source, path, before, settings, stamp, looks_for_people: true, found: None };
        match plan.unchanged() {
            Some(kept) => plan.looks_for_people = kept.people != NOBODY,
            None => {
                let found = plan.find()?;
                plan.looks_for_people = found.inputs.iter().any(|input| !input.kind.makes_customers());
                // A folder of very many messages is looked into again when its turn comes, rather than kept until then.
                if found.inputs.iter().map(|input| input.files.len()).sum::<usize>() <= FILES {
                    plan.found = Some(found);
                }
            }
        }
        Ok(plan)
    }

    /// How it was read last, when its files have not changed since.
    fn unchanged(&self) -> Option<&SourceState> {
        self.before.as_ref().filter(|kept| kept.stamp == self.stamp)
    }

    fn find(&self) -> Result<Found> {
        find(std::slice::from_ref(&self.path), self.source.kind)
    }

    /// Whether reading it would bring nothing; `people` is the version of the customers there are.
    pub fn brings_nothing(&self, context: &Context, people: i64) -> bool {
        let due = |kept: &SourceState| kept.next.is_some_and(|next| next <= context.now());
        self.unchanged().is_some_and(|kept| !due(kept) && (kept.people == NOBODY || kept.people == people))
    }

    /// Where the new mail begins in mbox files that only grew. With other customers the mail of before may be
    /// about somebody after all.
    fn grown(&self, people: i64) -> HashMap<PathBuf, u64> {
        match &self.before {
            Some(kept) if kept.people == people => Ends::read(&kept.ends).grown(),
            _ => HashMap::new(),
        }
    }

    /// Reads the source into a batch. Gives what it brought and how the source was.
    ///
    /// # Errors
    /// When it cannot be read to its end, or the log cannot be written.
    pub fn read(
        &mut self,
        context: &Context,
        workspace: &Workspace,
        batch: &mut Batch<'_>,
        dry_run: bool,
    ) -> Result<(ImportSummary, SourceState)> {
        let found = match self.found.take() {
            Some(found) => found,
            None => self.find()?,
        };
        let source = self.source;
        // What was read goes with who was known when the reading began: with those it made customers itself,
        // what came before them is worth another look.
        let people = batch.people_version()?;
        let order = Order {
            kind: source.kind,
            since: source.since.as_deref().map(|since| context.past(since, "since")).transpose()?,
            new: source.new,
            only: source.only.clone(),
            profile: source.profile.clone(),
            from: self.grown(people),
        };
        let ends = Ends::of(&found.inputs).written();
        let mut summary = ImportSummary { dry_run, ..ImportSummary::default() };
        let done = read(context, &workspace.settings, batch, &found.inputs, &order, &mut summary)?;
        pass_by(context, &[found.passed_by, done.passed_by].concat());
        let state = SourceState {
            settings: self.settings.clone(),
            stamp: self.stamp.clone(),
            people: if self.looks_for_people { people } else { NOBODY },
            next: done.next,
            read: context.now(),
            ends,
        };
        Ok((summary, state))
    }
}

/// Where a source is: from the home when it begins with `~`, else from the workspace.
pub fn resolve(workspace: &Workspace, path: &str) -> PathBuf {
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
