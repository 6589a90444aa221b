//! What holds for every instance.

use super::instances::{Instance, ODD, Random, TIES};
use crate::plan::knapsack::{Action, Budget, Choice, Combined, Solution, combine, solve};

fn solved(instance: &Instance) -> Solution {
    solve(&instance.groups, instance.budget)
}

/// Instances of both kinds, with what random numbers are left.
fn instances(seed: u64) -> impl Iterator<Item = (Instance, Random)> {
    (0..400).map(move |round| {
        let mut random = Random(seed * 1_000 + round);
        let instance = if round % 2 == 0 { random.instance(20, 4, &TIES) } else { random.instance(9, 5, &ODD) };
        (instance, random)
    })
}

#[test]
fn more_budget_is_never_worse() {
    for (mut instance, mut random) in instances(1) {
        let before = solved(&instance).value;
        instance.budget.minutes += random.between(0, 3) as u32;
        instance.budget.cents += random.between(0, 3) as u32;
        assert!(solved(&instance).value >= before, "{instance:?}");
    }
}

#[test]
fn a_choice_fewer_is_never_better() {
    for (mut instance, mut random) in instances(2) {
        let before = solved(&instance).value;
        let group = random.below(instance.groups.len() as u64) as usize;
        instance.groups[group].pop();
        assert!(solved(&instance).value <= before, "{instance:?}");
    }
}

#[test]
fn the_plan_keeps_to_the_budget_and_comes_to_what_it_says() {
    for (instance, _) in instances(3) {
        let solution = solved(&instance);
        let chosen: Vec<Choice> =
            solution.taken.iter().zip(&instance.groups).filter_map(|(taken, choices)| Some(choices[(*taken)?])).collect();
        let sums = |of: fn(&Choice) -> u64| chosen.iter().map(of).sum::<u64>();
        assert_eq!(solution.value, chosen.iter().map(|choice| choice.value).sum::<i64>());
        assert_eq!(u64::from(solution.minutes), sums(|choice| choice.minutes.into()));
        assert_eq!(u64::from(solution.cents), sums(|choice| choice.cents.into()));
        assert!(solution.minutes <= instance.budget.minutes && solution.cents <= instance.budget.cents, "{instance:?}");
    }
}

#[test]
fn the_order_of_groups_changes_neither_value_nor_spending() {
    for (mut instance, mut random) in instances(4) {
        let before = solved(&instance);
        for last in (1..instance.groups.len()).rev() {
            instance.groups.swap(last, random.below(last as u64 + 1) as usize);
        }
        let after = solved(&instance);
        assert_eq!((after.value, after.cents, after.minutes), (before.value, before.cents, before.minutes), "{instance:?}");
    }
}

#[test]
fn nothing_to_choose_from_and_nothing_to_spend() {
    let nothing = Budget { minutes: 0, cents: 0 };
    let choice = |value, minutes| Choice { value, minutes, cents: 0 };
    let cases = [
        (vec![], vec![]),
        (vec![vec![], vec![]], vec![None, None]),
        (vec![vec![choice(1, 1)]], vec![None]),
        (vec![vec![choice(0, 0)]], vec![Some(0)]),
        (vec![vec![choice(-1, 0)]], vec![None]),
    ];
    for (groups, taken) in cases {
        let solution = solve(&groups, nothing);
        assert_eq!((solution.taken, solution.value, solution.proven), (taken, 0, true), "{groups:?}");
    }
}

#[test]
fn the_largest_numbers_there_are_do_no_harm() {
    let all = Budget { minutes: u32::MAX, cents: u32::MAX };
    let largest = Choice { value: i64::MAX, minutes: u32::MAX, cents: u32::MAX };
    let solution = solve(&[vec![largest], vec![largest], vec![Choice { value: i64::MIN, ..largest }]], all);
    assert_eq!((solution.taken, solution.value), (vec![Some(0), None, None], i64::MAX));
    assert!(!solution.proven, "values this large are cut off");
    let free = Choice { value: i64::MAX, minutes: 0, cents: 0 };
    let solution = solve(&[vec![free], vec![free]], all);
    assert_eq!((solution.taken, solution.value, solution.bound), (vec![Some(0), Some(0)], i64::MAX, i64::MAX));
    let large = Choice { value: 1 << 60, minutes: u32::MAX, cents: u32::MAX };
    let solution = solve(&[vec![large], vec![Choice { value: (1 << 60) - 1, ..large }]], all);
    assert_eq!((solution.taken, solution.proven), (vec![Some(0), None], true));
}

#[test]
fn actions_become_singles_and_then_the_pairs_that_go_together() {
    let action = |value, minutes, cents| Action { value, minutes, cents };
    let actions = [action(10, 15, 250), action(16, 20, 2500), action(9, 10, 0)];
    let combined = |value, minutes, cents, first, second| Combined { choice: Choice { value, minutes, cents }, first, second };
    let singles = [combined(1000, 15, 250, 0, None), combined(1600, 20, 2500, 1, None), combined(900, 10, 0, 2, None)];
    let pairs = [combined(2100, 35, 2750, 0, Some(1)), combined(1450, 25, 250, 0, Some(2))];
    assert_eq!(combine(&actions, 2, 50, |first, second| (first, second) != (1, 2)), [&singles[..], &pairs[..]].concat());
    assert_eq!(combine(&actions, 1, 50, |_, _| true), singles);
    assert_eq!(combine(&actions, 0, 50, |_, _| true), []);
    let most = action(i64::MAX, u32::MAX, u32::MAX);
    assert_eq!(combine(&[most, most], 2, 50, |_, _| true)[2], combined(i64::MAX, u32::MAX, u32::MAX, 0, Some(1)));
}
