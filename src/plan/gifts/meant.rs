//! For which occasion a planned present is meant.

use super::budget::AFTER_DAYS;
use crate::domain::calendar::Moment;
use crate::domain::gift::Gift;
use crate::domain::occasion::{Occasion, OccasionKind};
use crate::domain::play::Play;
use crate::plan::rules::AHEAD_DAYS;

/// Whether a plan is still to be given: its day lies ahead, or has just passed.
pub fn still_meant(plan: &Gift, now: Moment) -> bool {
    plan.day.is_some_and(|day| now.days_since(day) <= AFTER_DAYS as f64)
}

/// Whether a plan is meant for an occasion that a play marks: it says so, or it names no other and its day
/// lies in the time in which the play may mark it.
pub fn meant_for(plan: &Gift, occasion: &Occasion, play: &Play) -> bool {
    let within = play.occasion.as_ref().map_or(0.0, |own| own.within);
    let in_time = |day: Moment| (-(AHEAD_DAYS + play.lead_time)..=within).contains(&day.days_since(occasion.at).floor());
    plan.occasion == occasion.key() || !names_its_cause(plan) && plan.day.is_some_and(in_time)
}

/// The plan that is given when a play is done for a cause: the one that names it, else the only one whose
/// day fits its occasion.
pub fn plan_for<'a>(plans: &'a [Gift], place: &str, occasion: Option<&Occasion>, play: &Play) -> Option<&'a Gift> {
    let mut near = plans.iter().filter(|plan| occasion.is_some_and(|occasion| meant_for(plan, occasion, play)));
    let named = plans.iter().find(|plan| plan.occasion == place);
    named.or_else(|| near.next().filter(|_| near.next().is_none()))
}

/// Whether it says what it is for by a key, such as `birthday:2026-07-03` or `incident:3`; words of the
/// user's own may be about anything.
fn names_its_cause(plan: &Gift) -> bool {
    plan.occasion.split_once(':').is_some_and(|(word, _)| word == "incident" || OccasionKind::ALL.iter().any(|kind| kind.word() == word))
}
