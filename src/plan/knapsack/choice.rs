//! What is asked of the solver, and what it answers.

/// One way to spend on a group; a set of one or two actions is made into choices by [`combine`](super::combine).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Choice {
    /// What it is worth, in hundredths of a point. A choice that is worth nothing and costs something
    /// is never taken.
    pub value: i64,
    /// The minutes it takes.
    pub minutes: u32,
    /// The money it takes, in cents.
    pub cents: u32,
}

/// What may be spent on all groups together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Minutes of work.
    pub minutes: u32,
    /// Money, in cents.
    pub cents: u32,
}

/// The best way to spend a budget that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// For each group the place of the choice that is taken, `None` for nothing.
    pub taken: Vec<Option<usize>>,
    /// What all of it is worth, in hundredths of a point.
    pub value: i64,
    /// The minutes it takes; at most those of the budget.
    pub minutes: u32,
    /// The money it takes, in cents; at most that of the budget.
    pub cents: u32,
    /// Whether it is certain that nothing is better, in value and in every tie-break. It is not when the
    /// states of the search passed its limits ([`solve`](super::solve)).
    pub proven: bool,
    /// No way to spend the budget is worth more than this; the value itself when that is proven.
    pub bound: i64,
}
