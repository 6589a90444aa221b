//! Many customers, and instances made to be hard.

use super::instances::{Instance, Random};
use crate::plan::knapsack::{Budget, Choice, solve};

#[test]
fn twenty_thousand_groups_are_solved_exactly() {
    let start = std::time::Instant::now();
    let instance = Random(10).week(20_000, 9, 960, 50_000);
    eprintln!("made {:?}", start.elapsed());
    let solution = solve(&instance.groups, instance.budget);
    eprintln!("solved {:?} {:?}", start.elapsed(), (solution.value, solution.minutes, solution.cents, solution.proven));
    assert!(solution.proven);
}
