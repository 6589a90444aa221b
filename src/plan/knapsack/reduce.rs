//! Leaving out, before the search, what can not be in the answer: whatever is beaten by something that
//! is there anyway (Kellerer, Pferschy & Pisinger 2004, §11.2), so that the answer stays the same down to
//! the last tie-break.

use std::borrow::Cow;
use std::cmp::Reverse;

use super::choice::{Budget, Choice};

/// The most of all values together, so that no sum of them and no bound overflows.
const MOST_VALUE: i64 = 1 << 61;
/// How many choices a choice is held against at most; looking at fewer only keeps more of them.
const LOOKED_AT: usize = 1_000;

/// A choice that may be in the answer.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    /// Its place in its group.
    pub place: u32,
    /// What it is worth.
    pub value: i64,
    /// The minutes it takes.
    pub minutes: u32,
    /// The cents it takes.
    pub cents: u32,
}

impl Candidate {
    fn is_free(&self) -> bool {
        self.minutes == 0 && self.cents == 0
    }

    /// Whether it costs no more and is worth no less.
    fn is_as_good_as(&self, other: &Self) -> bool {
        self.value >= other.value && self.minutes <= other.minutes && self.cents <= other.cents
    }

    /// The better first: by value, cents, minutes.
    fn rank(&self) -> (Reverse<i64>, u32, u32) {
        (Reverse(self.value), self.cents, self.minutes)
    }
}

/// A group with what may be taken of it; nothing may be taken too.
#[derive(Debug, Clone)]
pub struct Group {
    /// Its place among the groups that were asked about.
    pub place: u32,
    /// What may be taken.
    pub candidates: Vec<Candidate>,
}

impl Group {
    /// The most that can be had here.
    pub fn best(&self) -> i64 {
        self.candidates.iter().map(|candidate| candidate.value).max().unwrap_or(0)
    }

    fn is_free(&self) -> bool {
        self.candidates.iter().any(Candidate::is_free)
    }
}

/// The groups that are asked about, with the choices of each at hand or made when they are asked for.
pub struct Groups<'g> {
    /// How many there are.
    pub count: usize,
    /// The choices of the group at a place.
    pub choices: Box<dyn Fn(usize) -> Cow<'g, [Choice]> + 'g>,
}

impl<'g> From<&'g [Vec<Choice>]> for Groups<'g> {
    fn from(groups: &'g [Vec<Choice>]) -> Self {
        Self { count: groups.len(), choices: Box::new(|place| Cow::Borrowed(groups[place].as_slice())) }
    }
}

impl Groups<'_> {
    /// The choices of the group at a place.
    pub fn of(&self, place: usize) -> Cow<'_, [Choice]> {
        (self.choices)(place)
    }
}

/// The groups with the candidates that no other of the same group, and not "nothing", beats: one that is
/// worth no less, costs no more, and stands earlier where all is equal.
pub fn without_beaten(groups: &Groups<'_>, budget: Budget, cut_off: bool) -> Vec<Group> {
    // A value is cut off only where all of them together would not fit, at an equal part of what does.
    let most = if cut_off { MOST_VALUE / groups.count.max(1) as i64 } else { MOST_VALUE };
    let kept = |place: usize| Group { place: place as u32, candidates: unbeaten(&groups.of(place), budget, most) };
    (0..groups.count).map(kept).filter(|group| !group.candidates.is_empty()).collect()
}

/// Whether all values together are so large that they are cut off.
pub fn is_cut_off(groups: &Groups<'_>) -> bool {
    let best = |place: usize| groups.of(place).iter().map(|choice| i128::from(choice.value)).max().unwrap_or(0).max(0);
    (0..groups.count).map(best).sum::<i128>() > i128::from(MOST_VALUE)
}

fn unbeaten(choices: &[Choice], budget: Budget, most: i64) -> Vec<Candidate> {
    let candidate = |(place, choice): (usize, &Choice)| Candidate {
        place: place as u32,
        value: choice.value.min(most),
        minutes: choice.minutes,
        cents: choice.cents,
    };
    let fits = |candidate: &Candidate| candidate.minutes <= budget.minutes && candidate.cents <= budget.cents;
    let beats_nothing = |candidate: &Candidate| candidate.value > 0 || candidate.value == 0 && candidate.is_free();
    let mut candidates: Vec<_> = choices.iter().enumerate().map(candidate).filter(|one| fits(one) && beats_nothing(one)).collect();
    candidates.sort_by_key(|candidate| (candidate.rank(), candidate.place));
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        if !kept.iter().any(|better| better.is_as_good_as(&candidate)) {
            kept.push(candidate);
        }
    }
    kept
}

/// Drops every candidate that more groups can better than can ever take something together. One of those
/// groups then takes nothing, and with it the same budget gives more, or as much in an earlier group: so
/// of many customers for whom the same can be done, as many stay as the budget can hold.
pub fn drop_outnumbered(groups: &mut Vec<Group>, budget: Budget) {
    let takers = most_takers(groups, budget);
    let mut all: Vec<(usize, Candidate)> = Vec::new();
    for (group, one) in groups.iter().enumerate() {
        all.extend(one.candidates.iter().map(|&candidate| (group, candidate)));
    }
    all.sort_by_key(|(group, candidate)| (candidate.rank(), *group, candidate.place));
    let free: Vec<bool> = groups.iter().map(Group::is_free).collect();
    let mut counted = vec![usize::MAX; groups.len()];
    let mut kept: Vec<(usize, Candidate)> = Vec::new();
    for (turn, &(group, candidate)) in all.iter().enumerate() {
        counted[group] = turn;
        let mut betters = 0;
        for (other, better) in kept.iter().take(LOOKED_AT) {
            if betters > takers {
                break;
            }
            if !free[*other] && counted[*other] != turn && better.is_as_good_as(&candidate) {
                counted[*other] = turn;
                betters += 1;
            }
        }
        if betters <= takers {
            kept.push((group, candidate));
        }
    }
    groups.iter_mut().for_each(|group| group.candidates.clear());
    kept.into_iter().for_each(|(group, candidate)| groups[group].candidates.push(candidate));
    groups.retain(|group| !group.candidates.is_empty());
}

/// How many groups, of those where everything costs something, can take something together at most: the
/// cheapest first, until the minutes, the cents, or half of both are spent.
fn most_takers(groups: &[Group], budget: Budget) -> usize {
    let (minutes, cents) = (u128::from(budget.minutes), u128::from(budget.cents));
    let by = |weight_of_minutes: u128, weight_of_cents: u128| {
        let cost = |one: &Candidate| u128::from(one.minutes) * weight_of_minutes + u128::from(one.cents) * weight_of_cents;
        let costly = groups.iter().filter(|group| !group.is_free());
        let mut costs: Vec<u128> = costly.filter_map(|group| group.candidates.iter().map(cost).min()).collect();
        costs.sort_unstable();
        let mut left = minutes * weight_of_minutes + cents * weight_of_cents;
        let fits = |cost: &&u128| left.checked_sub(**cost).map(|rest| left = rest).is_some();
        costs.iter().take_while(fits).count()
    };
    by(1, 0).min(by(0, 1)).min(by(cents.max(1), minutes.max(1)))
}
