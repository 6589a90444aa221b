//! Tiny instances, of which every plan can be looked at: the answer is the best by all four tie-breaks.

use super::instances::{Instance, Kind, ODD, Random, TIES};
use crate::plan::knapsack::{Choice, solve};

/// A plan as METHOD §7 compares it: the smallest is the best.
type Rank = (i64, u64, u64, Vec<usize>);

/// The best of all plans there are.
fn best(instance: &Instance) -> Rank {
    let mut plans: Vec<Rank> = vec![(0, 0, 0, Vec::new())];
    for choices in &instance.groups {
        let with = |plan: &Rank, place: usize| {
            let choice = choices.get(place).copied().unwrap_or(Choice { value: 0, minutes: 0, cents: 0 });
            let mut places = plan.3.clone();
            places.push(place);
            (plan.0 - choice.value, plan.1 + u64::from(choice.cents), plan.2 + u64::from(choice.minutes), places)
        };
        plans = plans.iter().flat_map(|plan| (0..=choices.len()).map(move |place| with(plan, place))).collect();
    }
    let (minutes, cents) = (u64::from(instance.budget.minutes), u64::from(instance.budget.cents));
    plans.into_iter().filter(|plan| plan.1 <= cents && plan.2 <= minutes).min().unwrap()
}

fn check(instance: &Instance, what: &str) {
    let solution = solve(&instance.groups, instance.budget);
    let places = solution.taken.iter().zip(&instance.groups).map(|(taken, choices)| taken.unwrap_or(choices.len())).collect();
    let found: Rank = (-solution.value, u64::from(solution.cents), u64::from(solution.minutes), places);
    assert_eq!(found, best(instance), "{what}: {instance:?}");
    assert!(solution.proven, "{what}");
}

#[test]
fn the_answer_is_the_best_of_all_plans_by_every_tie_break() {
    let mut random = Random(7);
    for round in 0..6_000 {
        check(&random.instance(6, 3, &TIES), &format!("ties, round {round}"));
    }
    for round in 0..1_000 {
        check(&random.instance(5, 4, &ODD), &format!("odd, round {round}"));
    }
}

#[test]
fn what_is_owed_goes_before_everything_else_and_the_rest_is_still_the_best() {
    let mut random = Random(8);
    let kinds = [Kind { step: 1, ..TIES }, Kind { values: 50, below_zero: 0, minutes: 6, cents: 4, step: 1 }];
    for round in 0..2_000 {
        let mut instance = random.instance(6, 3, &kinds[round % 2]);
        for choices in &mut instance.groups {
            let bonus = [0, 0, 1_000_000_000, 1_000_000_000_000_000 / 6][random.below(4) as usize];
            choices.iter_mut().take(1).for_each(|choice| choice.value += bonus);
        }
        check(&instance, &format!("owed, round {round}"));
    }
}

#[test]
fn the_same_group_many_times_over_is_taken_from_the_front() {
    for budget in 0..9 {
        let groups = vec![vec![Choice { value: 5, minutes: 2, cents: 1 }, Choice { value: 5, minutes: 2, cents: 1 }]; 7];
        let budget = crate::plan::knapsack::Budget { minutes: budget, cents: 9 };
        check(&Instance { groups, budget }, "the same");
    }
}
