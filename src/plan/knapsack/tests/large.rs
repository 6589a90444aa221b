//! As many customers as anybody has.

use super::instances::Random;
use crate::plan::knapsack::{Choice, solve};

#[test]
fn twenty_thousand_groups_of_forty_choices_are_solved_exactly() {
    let instance = Random(10).week(20_000, 8, 960, 50_000);
    let solution = solve(&instance.groups, instance.budget);
    assert!(solution.proven && solution.value > 0, "{} of {}", solution.value, solution.bound);
}

#[test]
fn twenty_thousand_groups_with_more_owed_than_fits_are_solved_exactly() {
    let mut random = Random(11);
    let mut instance = random.week(20_000, 4, 180, 6_000);
    for choices in instance.groups.iter_mut().step_by(40) {
        let minutes = 5 * random.between(5, 12) as u32;
        choices.push(Choice { value: 1_000_000_000_000 + random.below(3_000) as i64, minutes, cents: 0 });
    }
    let solution = solve(&instance.groups, instance.budget);
    // Seven times 25 minutes are 175, and no eighth fits.
    assert!(solution.proven && solution.value / 1_000_000_000_000 == 7, "{solution:?}");
}
