//! The solver of the week, on any groups of choices and any budget.

use attent::plan::knapsack::{Budget, Choice, solve};

use super::bytes::Choices;

/// More groups than this are a matter of speed, which `benches/solver.rs` measures.
const MOST_GROUPS: usize = 40;

fn value(choices: &mut Choices<'_>) -> i64 {
    match choices.below(8) {
        0 => choices.i64(),
        1 => choices.one_of(&[i64::MAX, i64::MIN, 0, 1, 1 << 61, 1 << 62]),
        _ => choices.below(10_000) as i64,
    }
}

fn size(choices: &mut Choices<'_>) -> u32 {
    match choices.below(8) {
        0 => choices.u32(),
        1 => choices.one_of(&[0, 1, u32::MAX, u32::MAX - 1]),
        _ => choices.below(200) as u32,
    }
}

/// The plan stays within the budget, adds up to what it says, and is no worse than any single choice.
pub fn week_solver(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let budget = Budget { minutes: size(&mut choices), cents: size(&mut choices) };
    let mut groups: Vec<Vec<Choice>> = Vec::new();
    while !choices.is_empty() && groups.len() < MOST_GROUPS {
        let count = choices.below(6);
        let one = |choices: &mut Choices<'_>| Choice { value: value(choices), minutes: size(choices), cents: size(choices) };
        groups.push((0..count).map(|_| one(&mut choices)).collect());
    }
    let plan = solve(&groups, budget);
    assert_eq!(plan.taken.len(), groups.len());
    let taken = groups.iter().zip(&plan.taken).filter_map(|(group, taken)| taken.map(|place| group[place]));
    let taken: Vec<Choice> = taken.collect();
    let sum = |of: fn(&Choice) -> i128| taken.iter().map(of).sum::<i128>();
    assert_eq!(sum(|choice| choice.minutes.into()), plan.minutes.into());
    assert_eq!(sum(|choice| choice.cents.into()), plan.cents.into());
    assert!(plan.minutes <= budget.minutes && plan.cents <= budget.cents, "over the budget");
    let worth = sum(|choice| choice.value.into());
    assert_eq!(worth.clamp(i64::MIN.into(), i64::MAX.into()), plan.value.into(), "it is worth what it says");
    assert!(i128::from(plan.bound) >= worth.min(i64::MAX.into()));
    let fits = |choice: &&Choice| choice.minutes <= budget.minutes && choice.cents <= budget.cents;
    let best = groups.iter().flatten().filter(fits).map(|choice| choice.value).max().unwrap_or_default();
    assert!(!plan.proven || plan.value >= best, "one choice by itself is worth {best}, the plan {}", plan.value);
}
