//! Asking the rules about a present somebody has in mind.

use anyhow::Result;

use crate::domain::calendar::Moment;
use crate::domain::gift::Gift;
use crate::domain::play::Play;
use crate::ledger::Ledger;
use crate::plan::gifts::{Wish, as_play, first_free_day, stops};
use crate::plan::person::Person;
use crate::plan::rules::{Present, Rule};
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::workspace::Workspace;

/// A present the rules are asked about.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The present.
    pub present: &'a Gift,
    /// The play that asks for it, if any.
    pub play: Option<&'a Play>,
}

/// What the rules say of a present.
pub struct Verdict {
    /// Those that stop it.
    pub stops: Vec<&'static Rule>,
    /// From when none does, as far as is known now.
    pub free_from: Option<Moment>,
}

impl Verdict {
    /// The ids, as they are kept: `G2, G5`.
    pub fn ids(&self) -> String {
        self.stops.iter().map(|rule| rule.id.id()).collect::<Vec<_>>().join(", ")
    }
}

/// Asks every rule about a present for one customer, given at a moment and seen from another: what has
/// been given is seen from when it was given, what is planned from now. `play` is what asked for it, where
/// something did: an apology is judged as one.
///
/// # Errors
/// When the log cannot be read.
pub fn ask(context: &Context, workspace: &Workspace, ledger: &Ledger, asked: Asked<'_>, at: Moment, seen: Moment) -> Result<Verdict> {
    let present = asked.present;
    let crowd = Crowd::of_one(context, ledger, present.customer, seen)?;
    let Some(person) = crowd.person(present.customer) else { anyhow::bail!("a customer who was found is seen") };
    let person = Person { gifts: crowd.received().without(present.customer, present.id), ..person };
    let known =
        Present { what: &present.what, value: present.value, why: &present.why, given_by: &present.given_by, approved: &present.approved };
    let own = as_play(&known);
    let wish = Wish { play: asked.play.unwrap_or(&own), present: Some(&known), at };
    let (model, off) = (&workspace.settings.model, &workspace.settings.rules_off);
    let found = stops(&person, wish, model, off);
    let free_from = if found.is_empty() { None } else { first_free_day(&person, wish, model, off) };
    Ok(Verdict { stops: found, free_from })
}

/// Asks the rules about what was given at a moment, and keeps with it what they say: one way for every verb
/// that records a gift. A fact is never refused, so what speaks against it is only told. What was planned
/// against rules keeps what was said then.
///
/// # Errors
/// When the log cannot be read.
pub fn hold(
    context: &Context,
    workspace: &Workspace,
    ledger: &Ledger,
    present: &mut Gift,
    play: Option<&Play>,
    at: Moment,
) -> Result<Vec<&'static Rule>> {
    let verdict = ask(context, workspace, ledger, Asked { present, play }, at, at)?;
    if present.against.is_empty() {
        present.against = verdict.ids();
    }
    Ok(verdict.stops)
}
