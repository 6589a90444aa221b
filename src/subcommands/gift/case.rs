//! Asking the rules about a present somebody has in mind.

use std::collections::HashMap;

use anyhow::Result;

use crate::domain::calendar::Moment;
use crate::domain::customer::GiftsReceived;
use crate::domain::gift::Gift;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::plan::gifts::{Wish, as_play, first_free_day, stops, with_plans};
use crate::plan::person::Person;
use crate::plan::rules::{GIFTS_APART_DAYS, Present, Rule};
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::workspace::Workspace;

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
/// been given is seen from when it was given, what is planned from now.
///
/// # Errors
/// When the log cannot be read.
pub fn ask(context: &Context, workspace: &Workspace, ledger: &Ledger, present: &Gift, at: Moment, seen: Moment) -> Result<Verdict> {
    let crowd = Crowd::of_one(context, ledger, present.customer, seen)?;
    let Some(person) = crowd.person(present.customer) else { anyhow::bail!("a customer who was found is seen") };
    let person = Person { gifts: Received::read(ledger, seen)?.without(present), ..person };
    let known =
        Present { what: &present.what, value: present.value, why: &present.why, given_by: &present.given_by, approved: &present.approved };
    let play = as_play(&known);
    let wish = Wish { play: &play, present: Some(&known), at };
    let (model, off) = (&workspace.settings.model, &workspace.settings.rules_off);
    let found = stops(&person, wish, model, off);
    let free_from = if found.is_empty() { None } else { first_free_day(&person, wish, model, off) };
    Ok(Verdict { stops: found, free_from })
}

/// What everybody received and will receive, as the rules count it.
pub struct Received {
    log: HashMap<CustomerId, GiftsReceived>,
    plans: Vec<Gift>,
    from: Moment,
    until: Moment,
}

impl Received {
    /// Reads it, as it stands at a moment.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn read(ledger: &Ledger, now: Moment) -> Result<Self> {
        let until = now.minus_days(-GIFTS_APART_DAYS);
        Ok(Self { log: ledger.gifts(now.minus_days(365.0), until, now, None)?, plans: ledger.gift_plans()?, from: now, until })
    }

    /// What the customer of a present receives apart from it: a plan is not in its own way.
    pub fn without(&self, present: &Gift) -> Option<GiftsReceived> {
        let mut theirs: HashMap<_, _> = self.log.get(&present.customer).map(|gifts| (present.customer, *gifts)).into_iter().collect();
        let others: Vec<Gift> =
            self.plans.iter().filter(|plan| plan.customer == present.customer && plan.id != present.id).cloned().collect();
        with_plans(&mut theirs, &others, self.from, self.until);
        theirs.remove(&present.customer)
    }
}
