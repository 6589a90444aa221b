//! From single actions to choices: every allowed set of one or two is one choice (METHOD §7), so that
//! "at most two for each customer, and never these together" needs no constraint in the solver.

use super::choice::Choice;

/// One thing that can be done for a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Action {
    /// What it is worth, in points.
    pub value: i64,
    /// The minutes it takes.
    pub minutes: u32,
    /// The money it takes, in cents.
    pub cents: u32,
}

/// A choice, with the actions it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Combined {
    /// What the solver chooses.
    pub choice: Choice,
    /// The place of its only action, or of the earlier of two.
    pub first: usize,
    /// The place of the later of two actions.
    pub second: Option<usize>,
}

/// The choices there are with these actions: the single ones in their order, then the pairs i < j that
/// `together(i, j)` allows, in order of i and then j. A pair is worth 100 · the best + `second_percent` ·
/// the other (METHOD §7). `most` is how many actions a choice may stand for: none, one, or (from two on) two.
///
/// Nothing overflows: a sum that does not fit becomes the largest that does, which no budget holds for
/// minutes and cents but one that is as large itself.
pub fn combine(actions: &[Action], most: usize, second_percent: i64, together: impl Fn(usize, usize) -> bool) -> Vec<Combined> {
    let single = |first: usize| Combined { choice: alone(&actions[first]), first, second: None };
    let pairs = (0..actions.len()).flat_map(|first| (first + 1..actions.len()).map(move |second| (first, second)));
    let pair = |(first, second): (usize, usize)| Combined {
        choice: both(&actions[first], &actions[second], second_percent),
        first,
        second: Some(second),
    };
    let singles = (0..actions.len()).filter(|_| most >= 1).map(single);
    singles.chain(pairs.filter(|&(first, second)| most >= 2 && together(first, second)).map(pair)).collect()
}

fn alone(action: &Action) -> Choice {
    Choice { value: action.value.saturating_mul(100), minutes: action.minutes, cents: action.cents }
}

fn both(first: &Action, second: &Action, second_percent: i64) -> Choice {
    let (best, other) = (first.value.max(second.value), first.value.min(second.value));
    Choice {
        value: best.saturating_mul(100).saturating_add(other.saturating_mul(second_percent)),
        minutes: first.minutes.saturating_add(second.minutes),
        cents: first.cents.saturating_add(second.cents),
    }
}
