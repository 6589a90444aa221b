//! What a calendar is told about nudges and plans (`-O ics`).

use std::collections::{BTreeMap, HashMap};

use anyhow::Result;
use chrono::Weekday;

use super::context_lines::kept_line;
use super::surroundings;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::names::fold;
use crate::domain::nudge::{Nudge, NudgeState};
use crate::domain::play::Play;
use crate::domain::problem::Problem;
use crate::domain::touchpoint::CustomerId;
use crate::intake::calendar::OWN_UIDS;
use crate::intake::records::digest;
use crate::ledger::Ledger;
use crate::plan::week::Closed;
use crate::render::format::Format;
use crate::render::ics::{Calendar, ItemKind};
use crate::render::pages::calendar_items::{Entry, Making, of_nudges};
use crate::render::pages::nudges::Around;
use crate::subcommands::config::format_of;
use crate::subcommands::context::Context;
use crate::subcommands::look_up::names;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// For how many days a nudge that ended is told, so that whoever imports now and then is rid of it.
const ENDED_DAYS: f64 = 60.0;

/// Everything a calendar is made of.
pub struct Diary<'a> {
    context: &'a Context,
    ledger: &'a Ledger,
    plays: &'a [Play],
    customers: BTreeMap<CustomerId, Customer>,
    /// How often each nudge was changed, and when that was last.
    changes: HashMap<i64, (u32, Moment)>,
    making: Making,
}

/// The items of a digest; what is new among them has no number yet.
#[derive(Debug, Clone)]
pub struct Pages {
    entries: Vec<Entry>,
    /// The last entries are those that are new: their places among what is recorded.
    new: Vec<usize>,
    making: Making,
}

impl<'a> Diary<'a> {
    /// Reads it when the answer is to be a calendar.
    ///
    /// # Errors
    /// When appointments are asked of another format (exit 2), or the log cannot be read.
    pub fn asked(context: &'a Context, workspace: &Workspace, ledger: &'a Ledger, plays: &'a [Play], events: bool) -> Result<Option<Self>> {
        if format_of(context) != Format::Ics {
            return if events { Err(only_in_a_calendar().into()) } else { Ok(None) };
        }
        let kind = if events { ItemKind::Event } else { ItemKind::Todo };
        let making = Making { kind, stamp: context.now(), currency: workspace.settings.currency.clone() };
        Ok(Some(Self { context, ledger, plays, customers: names(ledger)?, changes: ledger.nudge_changes()?, making }))
    }

    /// Whether a calendar is told about a nudge: it stands, or it ended lately.
    pub fn tells(&self, nudge: &Nudge) -> bool {
        nudge.state == NudgeState::Open || nudge.ended.is_some_and(|at| self.making.stamp.days_since(at) <= ENDED_DAYS)
    }

    /// The calendar of nudges as they are kept.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn of_kept<'n>(&self, nudges: impl Iterator<Item = &'n Nudge>) -> Result<Calendar> {
        let entries = self.kept(nudges)?;
        Ok(of_nudges(&entries, &self.making))
    }

    /// The calendar of a plan: what stands, and what is planned besides.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn of_plan<'n>(&self, standing: impl Iterator<Item = &'n Nudge>, planned: &[Nudge]) -> Result<Calendar> {
        let mut entries = self.kept(standing)?;
        for nudge in planned {
            entries.push(self.entry(nudge, (0, self.making.stamp))?);
        }
        Ok(of_nudges(&entries, &self.making))
    }

    /// What a digest puts in a calendar: nudges that are kept, those among them that close with it, and
    /// what is new. `shown` are the places of the new ones that are shown.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn of_digest<'n>(
        &self,
        kept: impl Iterator<Item = &'n Nudge>,
        closing: &[(Nudge, Closed)],
        new: &[Nudge],
        shown: &[usize],
    ) -> Result<Pages> {
        let now = self.making.stamp;
        let mut entries = self.kept(kept)?;
        for entry in &mut entries {
            if closing.iter().any(|(nudge, _)| Some(nudge.id) == entry.line.nudge) {
                (entry.state, entry.ended, entry.changed) = (NudgeState::Closed, Some(now), now);
                entry.changes += 1;
            }
        }
        let mut shown = shown.to_vec();
        shown.sort_unstable();
        for place in &shown {
            entries.push(self.entry(&new[*place], (1, now))?);
        }
        Ok(Pages { entries, new: shown, making: self.making.clone() })
    }

    /// By number, so that of two with the same name the later counts.
    fn kept<'n>(&self, nudges: impl Iterator<Item = &'n Nudge>) -> Result<Vec<Entry>> {
        let mut nudges: Vec<&Nudge> = nudges.collect();
        nudges.sort_by_key(|nudge| nudge.id);
        let changed = |nudge: &Nudge| self.changes.get(&nudge.id).copied().unwrap_or((1, nudge.opened));
        nudges.into_iter().map(|nudge| self.entry(nudge, changed(nudge))).collect()
    }

    fn entry(&self, nudge: &Nudge, (changes, changed): (u32, Moment)) -> Result<Entry> {
        let id = nudge.cause.customer;
        let person = self.customers.get(&id);
        let play = self.plays.iter().find(|play| Some(&play.id) == nudge.play.as_ref());
        let customer = person.map(|person| person.name.clone()).unwrap_or_default();
        let around = match nudge.state {
            NudgeState::Open => surroundings::around(self.context, self.ledger, self.making.stamp, person, play, id)?.into(),
            NudgeState::Done | NudgeState::Skipped | NudgeState::Closed => Around::default(),
        };
        let uid = self.uid(&customer, nudge);
        let mut line = kept_line(self.context, play, customer, nudge, self.making.stamp);
        line.nudge = line.nudge.filter(|id| *id > 0);
        let why = if nudge.state == NudgeState::Closed { String::new() } else { nudge.why.clone() };
        Ok(Entry { uid, line, around, state: nudge.state, ended: nudge.ended, why, changes, changed })
    }

    /// The name of a nudge for machines, made of what it is known by: the customer, the place, the rule,
    /// and the week in which it was brought up. By the week rather than the day, because a plan of Monday
    /// may be brought up on Tuesday.
    fn uid(&self, customer: &str, nudge: &Nudge) -> String {
        let monday = self.context.local(nudge.opened).date_naive().week(Weekday::Mon).first_day();
        uid_of(&["nudge", &fold(customer), &nudge.cause.place, &nudge.cause.rule, &monday.to_string()])
    }
}

impl Pages {
    /// The calendar, with the numbers that what is new was given; none in a dry run.
    pub fn numbered(&self, ids: &[i64]) -> Calendar {
        let mut entries = self.entries.clone();
        let behind = entries.len() - self.new.len();
        for (entry, place) in entries[behind..].iter_mut().zip(&self.new) {
            entry.line.nudge = ids.get(*place).copied();
        }
        of_nudges(&entries, &self.making)
    }
}

/// A name for machines, the same for the same parts.
pub fn uid_of(parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    let hex = digest(&parts).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    format!("{hex}{OWN_UIDS}")
}

fn only_in_a_calendar() -> Problem {
    Problem::usage(text!("--events is only for a calendar", "--events is alleen voor een agenda"))
        .why(text!("the answer is in another format", "het antwoord is in een ander formaat"))
        .todo(text!("add -O ics", "voeg -O ics toe"))
}
