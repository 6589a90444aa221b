//! Group by group, from what can be had without a group to what can be had with it; states that can not become
//! a plan as good as asked are left behind (the bound of [`prices`](super::prices)).
//!
//! What is asked is high at first, just below the ceiling, where little is left to look at, and lower when there
//! is no such plan: the first that is found is the best, for every plan as good as asked was looked at.
//!
//! Groups come in order of what they are worth. Where that falls off a cliff (after what is owed, which callers
//! give a bonus beyond everything else), prices that fit what comes before say nothing of what comes
//! after. So the search begins anew there: all states that can be reached become one group of which one must be
//! taken, with prices and a ceiling of its own.

use super::choice::Budget;
use super::frontier::{State, Trail, settle};
use super::prices::{Prices, SCALE, lowest};
use super::reduce::Group;

/// The fall in value from one group to the next that counts as a cliff.
const CLIFF: i64 = 1_000;
/// States that go on once they were too many, if they are not looked at more often than half as often as all before.
const NARROW: usize = 1_000;
/// What is asked first: the ceiling, less these parts of what it is above the floor.
const PARTS: [i64; 4] = [64, 16, 4, 1];

/// How much a search may keep and look at; beyond it, it is no longer exact.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// States looked at together; 32 bytes each, which sorting may hold twice.
    pub together: usize,
    /// Steps kept; 12 bytes each, and 5 more while they are sifted.
    pub steps: usize,
    /// States looked at in all.
    pub in_all: usize,
}

impl Limits {
    /// 26 MiB of states, 26 MiB of steps, and a few seconds.
    pub const USUAL: Self = Self { together: 400_000, steps: 1_500_000, in_all: 20_000_000 };
}

/// A search for the best plan.
pub struct Search {
    /// The groups in the order they are gone through.
    groups: Vec<Group>,
    /// Where each stretch between cliffs ends.
    ends: Vec<usize>,
    budget: Budget,
    trail: Trail,
    ceiling: i64,
    limits: Limits,
    looked_at: usize,
    exact: bool,
}

/// One group as it is gone through: what of it can be in a plan as good as asked.
struct Layer {
    group: u32,
    /// Additions to a state: value, minutes, cents, and the place of the choice; `None` for nothing.
    options: Vec<(i64, u32, u32, Option<u32>)>,
    best: i128,
}

impl Search {
    /// A search among these groups, of which all plans are worth at most `most`.
    pub fn new(mut groups: Vec<Group>, budget: Budget, most: i64, limits: Limits) -> Self {
        groups.sort_by_key(|group| (std::cmp::Reverse(group.best()), group.place));
        let falls = |at: &usize| groups[*at].best() < groups[at - 1].best() / CLIFF;
        let ends = (1..groups.len()).filter(falls).chain([groups.len()]).collect();
        Self { groups, ends, budget, trail: Trail::default(), ceiling: most, limits, looked_at: 0, exact: true }
    }

    /// What is taken of so many groups in the best plan worth at least `floor`; `None` if none was found.
    pub fn best_from(&mut self, floor: i64, length: usize) -> Option<Vec<Option<usize>>> {
        let best = self.go_on(0, &[State::ORIGIN], floor)?;
        let mut taken = vec![None; length];
        for step in self.trail.back_from(best.step) {
            taken[step.group as usize] = Some(step.choice as usize);
        }
        Some(taken)
    }

    /// Whether every plan was looked at that could be the best.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// No plan is worth more.
    pub fn ceiling(&self) -> i64 {
        self.ceiling
    }

    /// The best plan, worth at least `floor`, that goes on from one of these states with the groups from a stretch on.
    fn go_on(&mut self, stretch: usize, frontier: &[State], floor: i64) -> Option<State> {
        let start = stretch.checked_sub(1).map_or(0, |before| self.ends[before]);
        let prices = lowest(frontier, &self.groups[start..], self.budget);
        let top = prices.ceiling(frontier, &self.groups[start..], self.budget).div_euclid(SCALE).min(i128::from(self.ceiling)) as i64;
        if stretch == 0 {
            self.ceiling = top;
        }
        let mut asked: Vec<i64> = PARTS.iter().map(|part| top - (top - floor) / part).filter(|&asked| asked >= floor).collect();
        asked.dedup();
        let pinned = self.trail.len();
        for asked in asked {
            if !self.exact && asked > floor {
                continue;
            }
            self.trail.truncate(pinned);
            let reached = self.go_through(stretch, frontier.to_vec(), prices, asked);
            let last = stretch + 1 == self.ends.len();
            let found = if last { best_of(reached, asked) } else { self.go_on(stretch + 1, &reached, asked) };
            if found.is_some() {
                return found;
            }
            if stretch == 0 && self.exact {
                self.ceiling = asked - 1;
            }
        }
        None
    }

    /// What can be reached from these states with the groups of a stretch, and become a plan as good as asked.
    fn go_through(&mut self, stretch: usize, mut frontier: Vec<State>, prices: Prices, asked: i64) -> Vec<State> {
        let start = stretch.checked_sub(1).map_or(0, |before| self.ends[before]);
        let pinned = self.trail.len();
        let goal = i128::from(asked) * SCALE - prices.of_all(self.budget);
        let before = frontier.iter().map(|state| prices.gain_of_state(state)).max();
        let mut rest: i128 = self.groups[start..].iter().map(|group| prices.best_of(group)).sum();
        let Some(slack) = before.map(|before| before + rest - goal) else { return frontier };
        let mut layers: Vec<Layer> = self.groups[start..self.ends[stretch]].iter().map(|group| layer(group, prices, slack)).collect();
        // Where nothing is left to choose, nothing multiplies.
        layers.sort_by_key(|layer| layer.options.len() > 1);
        let narrow = self.limits.in_all / 2 / layers.iter().map(|layer| layer.options.len()).sum::<usize>().max(1);
        let narrow = narrow.clamp(1, NARROW);
        for layer in layers {
            rest -= layer.best;
            let room = self.room(layer.options.len(), narrow);
            self.narrow(&mut frontier, room, prices);
            frontier = self.extend(&frontier, &layer, |state| prices.gain_of_state(state) + rest >= goal);
            self.sweep(&mut frontier, pinned, narrow, prices);
        }
        frontier
    }

    /// Every state with every option of a group.
    fn extend(&mut self, frontier: &[State], layer: &Layer, hopeful: impl Fn(&State) -> bool) -> Vec<State> {
        let mut states = Vec::new();
        for &(value, minutes, cents, adding) in &layer.options {
            for state in frontier {
                let fits = minutes <= self.budget.minutes - state.minutes && cents <= self.budget.cents - state.cents;
                if fits {
                    let next = State {
                        value: state.value + value,
                        minutes: state.minutes + minutes,
                        cents: state.cents + cents,
                        step: state.step,
                        adding,
                    };
                    states.extend(Some(next).filter(&hopeful));
                }
            }
        }
        self.looked_at += frontier.len() * layer.options.len();
        settle(states, &mut self.trail, layer.group)
    }

    /// How many states may go on into a group with so many options.
    fn room(&self, options: usize, narrow: usize) -> usize {
        let many = (self.limits.together / options.max(1)).max(1);
        let enough = self.exact && self.looked_at < self.limits.in_all;
        if enough { many } else { narrow.min(many) }
    }

    /// Keeps only the most promising states where there are more than there is room for.
    fn narrow(&mut self, frontier: &mut Vec<State>, room: usize, prices: Prices) {
        if frontier.len() > room {
            self.exact = false;
            frontier.sort_by_cached_key(|state| std::cmp::Reverse(prices.gain_of_state(state)));
            frontier.truncate(room);
        }
    }

    /// Forgets the steps that lead nowhere when there are many, and states when that does not help.
    fn sweep(&mut self, frontier: &mut Vec<State>, pinned: usize, narrow: usize, prices: Prices) {
        if self.trail.len() > self.limits.steps {
            self.trail.forget_unused(frontier, pinned);
            if self.trail.len() > self.limits.steps / 2 {
                self.narrow(frontier, narrow, prices);
                self.trail.forget_unused(frontier, pinned);
            }
        }
    }
}

/// The best of these states, if it is worth what was asked; until the end only the ceiling was held to that.
fn best_of(states: Vec<State>, asked: i64) -> Option<State> {
    states.into_iter().min_by_key(State::rank).filter(|best| best.value >= asked)
}

/// A group without what costs a plan more than `slack` compared with the group's best.
fn layer(group: &Group, prices: Prices, slack: i128) -> Layer {
    let best = prices.best_of(group);
    let close = group.candidates.iter().filter(|candidate| best - prices.gain_of(candidate) <= slack);
    let options = close.map(|candidate| (candidate.value, candidate.minutes, candidate.cents, Some(candidate.place)));
    let nothing = Some((0, 0, 0, None)).filter(|_| best <= slack);
    Layer { group: group.place, options: options.chain(nothing).collect(), best }
}
