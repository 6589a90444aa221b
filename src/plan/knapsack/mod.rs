//! The best way to spend a week: the knapsack of METHOD §7, which knows nothing of customers.
//!
//! There are groups of choices. A choice has a value v and takes m minutes and c cents; of each group one is
//! taken, or nothing; all of it together stays within M minutes and C cents. This is the multiple-choice
//! knapsack with two constraints, and [`solve`] finds its exact optimum in three steps:
//!
//! 1. *Reduce* (`reduce`): leave out what something else beats, within a group, and across groups where more of
//!    them have something better than can ever take anything.
//! 2. *Bound* (`prices`, `greedy`): prices λ for a minute and μ for a cent give a ceiling L(λ, μ) on every plan
//!    (Fisher 1981). The ceiling less what an option loses at these prices is a ceiling on plans with it: where that
//!    is below a plan that is there already, the option is out. Of 20,000 groups a handful stays.
//! 3. *Search* (`search`, `frontier`): group by group, keep the pairs of spending and value that no other
//!    pair beats (Nemhauser & Ullmann 1969), and of those the ones whose own ceiling is high enough.
//!
//! Every comparison that leaves something out is exact, in whole numbers, and never leaves out a tie, so that
//! the answer is the best also by the tie-breaks: cents, minutes, the order of the choices.
//!
//! - M. L. Fisher (1981). The Lagrangian relaxation method for solving integer programming problems.
//!   Management Science 27(1), 1–18.
//! - H. Kellerer, U. Pferschy & D. Pisinger (2004). Knapsack Problems. Springer; ch. 11 on multiple choice.
//! - G. L. Nemhauser & Z. Ullmann (1969). Discrete dynamic programming and capital allocation.
//!   Management Science 15(9), 494–505.

mod choice;
mod combine;
mod frontier;
mod greedy;
mod prices;
mod reduce;
mod search;
mod solve;
#[cfg(test)]
mod tests;

pub use choice::{Budget, Choice, Solution};
pub use combine::{Action, Combined, combine};
pub use solve::{solve, solve_made};
