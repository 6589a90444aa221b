//! What became of earlier nudges: what stands, what is at rest, and what has lost its cause.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use rustc_hash::FxHashSet;

use super::candidates::Considered;
use super::reasons::{Reason, rest};
use super::subject::{Subject, Week};
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::nudge::{Cause, Nudge, NudgeState};
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::domain::touchpoint::CustomerId;
use crate::plan::knapsack::Budget;
use crate::plan::rules::{Case, veto};

/// The longest a nudge may be put off, in days.
pub const SNOOZE_DAYS: f64 = 90.0;

/// All nudges there ever were, to be asked about.
#[derive(Debug, Default)]
pub struct Register<'a> {
    /// Those that stand, by number.
    pub open: Vec<&'a Nudge>,
    causes: HashSet<&'a Cause>,
    /// Who ever had one.
    people: FxHashSet<CustomerId>,
    /// The latest ended one of each cause.
    ended: HashMap<&'a Cause, &'a Nudge>,
    /// Those that stand, by customer.
    standing: HashMap<CustomerId, Vec<&'a Nudge>>,
    /// When something was done for whom, with its minutes and money.
    done: Vec<(CustomerId, Moment, u32, Cents)>,
    /// When something was skipped for whom.
    skipped: Vec<(CustomerId, Moment)>,
}

impl<'a> Register<'a> {
    /// Takes them in; those that did not exist yet at `now` as well, for a clock may have gone back.
    pub fn new(nudges: &'a [Nudge]) -> Self {
        let mut register = Self::default();
        for nudge in nudges {
            register.people.insert(nudge.cause.customer);
            match nudge.state {
                NudgeState::Open => {
                    register.open.push(nudge);
                    register.causes.insert(&nudge.cause);
                    register.standing.entry(nudge.cause.customer).or_default().push(nudge);
                }
                NudgeState::Done | NudgeState::Skipped => {
                    let latest = register.ended.entry(&nudge.cause).or_insert(nudge);
                    if nudge.ended > latest.ended {
                        *latest = nudge;
                    }
                    match (nudge.state, nudge.ended) {
                        (NudgeState::Done, Some(at)) => register.done.push((nudge.cause.customer, at, nudge.minutes, nudge.cost)),
                        (_, Some(at)) => register.skipped.push((nudge.cause.customer, at)),
                        (_, None) => {}
                    }
                }
                NudgeState::Closed => {}
            }
        }
        register
    }

    /// Whether a customer ever had a nudge.
    pub fn knows(&self, customer: CustomerId) -> bool {
        self.people.contains(&customer)
    }

    /// How many actions of this week a customer has: those that stand and are not put off beyond it, and
    /// those that were done or skipped in it.
    pub fn load(&self, customer: CustomerId, week: &Week) -> usize {
        if !self.knows(customer) {
            return 0;
        }
        let standing = self.standing.get(&customer).map(Vec::as_slice).unwrap_or_default();
        let awake = standing.iter().filter(|nudge| nudge.awake(week.end())).count();
        let done = self.done.iter().filter(|&&(who, at, ..)| who == customer && week.holds(at)).count();
        awake + done + self.skipped.iter().filter(|&&(who, at)| who == customer && week.holds(at)).count()
    }

    /// The plays of this week's actions of a customer, by id.
    pub fn plays(&self, customer: CustomerId, week: &Week) -> Vec<&str> {
        if !self.knows(customer) {
            return Vec::new();
        }
        let standing = self.standing.get(&customer).map(Vec::as_slice).unwrap_or_default().iter().copied();
        let ended = self.ended.values().copied().filter(|nudge| nudge.cause.customer == customer);
        let this_week = |nudge: &&Nudge| nudge.ended.map_or_else(|| nudge.awake(week.end()), |at| week.holds(at));
        standing.chain(ended).filter(this_week).filter_map(|nudge| nudge.play.as_deref()).collect()
    }

    /// Whether a reason may be brought up: it does not stand, is not at rest, and is not too long ago.
    pub fn free(&self, reason: &Reason, now: Moment) -> bool {
        // Most people never had a nudge.
        let never = !self.knows(reason.cause.customer);
        !reason.past && (never || !self.causes.contains(&reason.cause) && self.rest(reason, now).is_none())
    }

    /// Until when a reason is at rest, when it is; [`Moment`]'s far end for ever.
    pub fn rest(&self, reason: &Reason, now: Moment) -> Option<(NudgeState, Moment)> {
        let last = self.ended.get(&reason.cause)?;
        let until = match rest(&reason.cause, last.state) {
            Some(days) => last.ended?.minus_days(-days),
            None => Moment(i64::MAX),
        };
        (now < until).then_some((last.state, until))
    }

    /// The place under which an occasion is known, when its day was another one by a day: where midnight is
    /// depends on where the clock is that asks.
    pub fn place_of(&self, cause: &Cause) -> Option<String> {
        let (kind, day) = dated(&cause.place)?;
        let near = |known: &&&Cause| {
            let same = known.customer == cause.customer && known.rule == cause.rule;
            same && dated(&known.place).is_some_and(|(other, at)| other == kind && (at - day).num_days().abs() <= 1)
        };
        let all = || self.causes.iter().chain(self.ended.keys());
        if all().any(|known| **known == *cause) {
            return None;
        }
        all().filter(near).min().map(|known| known.place.clone())
    }

    /// Whether a cause stands.
    pub fn stands(&self, cause: &Cause) -> bool {
        self.causes.contains(cause)
    }

    /// What is left of a week's minutes and money beside what stands and what was done in it. What is
    /// put off beyond the week takes nothing.
    pub fn room(&self, budget: Budget, week: &Week) -> Budget {
        let standing = self.open.iter().filter(|nudge| nudge.awake(week.end())).map(|nudge| (nudge.minutes, nudge.cost));
        let done = self.done.iter().filter(|(_, at, ..)| week.holds(*at)).map(|&(_, _, minutes, cost)| (minutes, cost));
        standing.chain(done).fold(budget, |left, (minutes, cost)| Budget {
            minutes: left.minutes.saturating_sub(minutes),
            cents: left.cents.saturating_sub(u32::try_from(cost.0.max(0)).unwrap_or(u32::MAX)),
        })
    }
}

/// The sort and the day of a place that has one: `birthday:2026-07-03`.
fn dated(place: &str) -> Option<(&str, NaiveDate)> {
    let (kind, day) = place.rsplit_once(':')?;
    Some((kind, day.parse().ok()?))
}

/// Why a nudge is closed by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// What it was for is not so any more.
    CauseGone,
    /// A rule stops its play now.
    Rule(RuleId),
    /// The play is not in the playbook any more.
    PlayGone,
}

impl Closed {
    /// As it is kept.
    pub fn code(self) -> &'static str {
        match self {
            Self::CauseGone => "cause-gone",
            Self::PlayGone => "play-gone",
            Self::Rule(rule) => rule.id(),
        }
    }

    /// As it was kept; `None` for words of a person.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "cause-gone" => Some(Self::CauseGone),
            "play-gone" => Some(Self::PlayGone),
            rule => rule.parse().ok().map(Self::Rule),
        }
    }
}

/// A nudge that closes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    /// Its number.
    pub id: i64,
    /// Why.
    pub why: Closed,
}

/// Which of the open nudges have lost their cause or may not be done any more.
pub fn review(
    register: &Register<'_>,
    subjects: &[Subject<'_>],
    considered: &[Considered<'_>],
    plays: &[Play],
    now: Moment,
    off: &[RuleId],
) -> Vec<Closing> {
    let place: HashMap<CustomerId, usize> = subjects.iter().enumerate().map(|(at, subject)| (subject.id(), at)).collect();
    let why = |nudge: &Nudge| -> Option<Closed> {
        let Some(&at) = place.get(&nudge.cause.customer) else { return Some(Closed::CauseGone) };
        let Some(reason) = considered[at].reasons.iter().find(|reason| reason.cause == nudge.cause) else { return Some(Closed::CauseGone) };
        let Some(id) = &nudge.play else { return None };
        let Some(play) = plays.iter().find(|play| play.id == *id) else { return Some(Closed::PlayGone) };
        let (person, model) = (&subjects[at].person, &subjects[at].course.model);
        veto(&Case { person, play, now: reason.judged_at(now), model, present: None, off }).map(|rule| Closed::Rule(rule.id))
    };
    register.open.iter().filter_map(|nudge| why(nudge).map(|why| Closing { id: nudge.id, why })).collect()
}
