//! The states of the search: what can be had for what is spent, with nothing that another state beats
//! (Nemhauser & Ullmann 1969), and how each came about.

use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Something that can be had.
#[derive(Debug, Clone, Copy)]
pub struct State {
    /// What it is worth.
    pub value: i64,
    /// The minutes spent.
    pub minutes: u32,
    /// The cents spent.
    pub cents: u32,
    /// Its last step in the [`Trail`].
    pub step: u32,
    /// What was added to that step to get here, until [`settle`] makes it a step itself.
    pub adding: Option<u32>,
}

impl State {
    /// Nothing spent, nothing had.
    pub const ORIGIN: Self = Self { value: 0, minutes: 0, cents: 0, step: 0, adding: None };

    /// The better first: METHOD §7 without its last tie-break.
    pub fn rank(&self) -> (Reverse<i64>, u32, u32) {
        (Reverse(self.value), self.cents, self.minutes)
    }
}

/// How states came about: steps that each took something in one group, back to the origin. Steps are numbered
/// from 1, later ones on later layers; step 0 is the origin.
#[derive(Debug, Default)]
pub struct Trail {
    steps: Vec<Step>,
}

/// A candidate that was taken.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    before: u32,
    /// The group it was taken in.
    pub group: u32,
    /// The place of the choice in the group.
    pub choice: u32,
}

impl Trail {
    /// How many steps are kept.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    /// Forgets the steps after the first `length`.
    pub fn truncate(&mut self, length: usize) {
        self.steps.truncate(length);
    }

    fn at(&self, step: u32) -> Option<&Step> {
        self.steps.get((step as usize).checked_sub(1)?)
    }

    fn push(&mut self, step: Step) -> u32 {
        self.steps.push(step);
        self.steps.len() as u32
    }

    /// The steps that lead to this one, the latest first.
    pub fn back_from(&self, step: u32) -> impl Iterator<Item = &Step> {
        std::iter::successors(self.at(step), |step| self.at(step.before))
    }

    /// Forgets, of the steps after the first `pinned`, those that lead to none of these states.
    pub fn forget_unused(&mut self, frontier: &mut [State], pinned: usize) {
        let mut used = vec![false; self.steps.len() + 1];
        frontier.iter().for_each(|state| used[state.step as usize] = true);
        for (at, step) in self.steps.iter().enumerate().skip(pinned).rev() {
            if used[at + 1] {
                used[step.before as usize] = true;
            }
        }
        let mut moved: Vec<u32> = (0..=pinned as u32).collect();
        let mut length = pinned;
        for at in pinned..self.steps.len() {
            if used[at + 1] {
                let step = self.steps[at];
                self.steps[length] = Step { before: moved[step.before as usize], ..step };
                length += 1;
            }
            moved.push(length as u32);
        }
        self.steps.truncate(length);
        frontier.iter_mut().for_each(|state| state.step = moved[state.step as usize]);
    }

    /// Whether the choices of one state come before those of another, of which the last were made in `group`:
    /// the smaller choice in the first group where they differ, where "nothing" is the largest.
    fn is_smaller(&self, one: &State, other: &State, group: u32) -> bool {
        let choice = |step: Option<u32>| step.unwrap_or(u32::MAX);
        let mut first = (group, choice(one.adding) < choice(other.adding));
        if one.adding == other.adding {
            first.0 = u32::MAX;
        }
        let (mut one, mut other) = (one.step, other.step);
        while one != other {
            // The larger number is the later layer or the same one; what one of them skipped, it took nothing of.
            let (a, b) = (self.at(one), self.at(other));
            let same_layer = matches!((a, b), (Some(a), Some(b)) if a.group == b.group);
            let (group, smaller) = match (a, b) {
                (Some(a), Some(b)) if same_layer => (a.group, a.choice < b.choice),
                (Some(a), _) if one > other => (a.group, true),
                (_, Some(b)) => (b.group, false),
                _ => return first.1,
            };
            let differs = !matches!((a, b), (Some(a), Some(b)) if same_layer && a.choice == b.choice);
            if differs && group < first.0 {
                first = (group, smaller);
            }
            let (move_one, move_other) = (same_layer || one > other, same_layer || other > one);
            one = a.filter(|_| move_one).map_or(one, |step| step.before);
            other = b.filter(|_| move_other).map_or(other, |step| step.before);
        }
        first.1
    }
}

/// Of these states of one layer those that no other beats, and the step each of them makes. One beats another
/// when it is worth no less and spent no more; where all is equal, by the last tie-break of METHOD §7.
/// Whatever is added later to both, the one that beats stays the better.
pub fn settle(mut states: Vec<State>, trail: &mut Trail, group: u32) -> Vec<State> {
    states.sort_by_key(|state| (state.minutes, state.cents, Reverse(state.value)));
    let mut stairs = Stairs::default();
    let mut kept: Vec<State> = Vec::new();
    for state in states {
        let same = kept.last_mut().filter(|last| (last.minutes, last.rank()) == (state.minutes, state.rank()));
        if let Some(last) = same {
            if trail.is_smaller(&state, last, group) {
                *last = state;
            }
        } else if stairs.most_for(state.cents) < Some(state.value) {
            stairs.add(state.cents, state.value);
            kept.push(state);
        }
    }
    for state in &mut kept {
        if let Some(choice) = state.adding.take() {
            state.step = trail.push(Step { before: state.step, group, choice });
        }
    }
    kept
}

/// The most that can be had for so many cents: values that rise with the cents.
#[derive(Default)]
struct Stairs(BTreeMap<u32, i64>);

impl Stairs {
    fn most_for(&self, cents: u32) -> Option<i64> {
        self.0.range(..=cents).next_back().map(|(_, &value)| value)
    }

    /// Adds what is more than could be had for as much.
    fn add(&mut self, cents: u32, value: i64) {
        while let Some((&higher, _)) = self.0.range(cents..).next().filter(|(_, had)| **had <= value) {
            self.0.remove(&higher);
        }
        self.0.insert(cents, value);
    }
}
