//! What becomes of the answer when the search may keep little.

use super::instances::{Instance, Kind, Random};
use crate::plan::knapsack::frontier::{State, Trail, settle};
use crate::plan::knapsack::greedy::greedy;
use crate::plan::knapsack::prices::lowest;
use crate::plan::knapsack::reduce::without_beaten;
use crate::plan::knapsack::search::Limits;
use crate::plan::knapsack::solve::solve_within;
use crate::plan::knapsack::{Choice, solve};

/// Nearly all worth what they cost, so that prices tell little.
fn hard(random: &mut Random) -> Instance {
    let mut instance = random.instance(14, 5, &Kind { values: 3, below_zero: 0, minutes: 20, cents: 20, step: 1 });
    let priced = |choice: &mut Choice| choice.value += i64::from(10 * choice.minutes + 7 * choice.cents);
    instance.groups.iter_mut().flatten().for_each(priced);
    instance
}

/// What the greedy plan is worth.
fn quick(instance: &Instance) -> i64 {
    let groups = without_beaten(&instance.groups.as_slice().into(), instance.budget, false);
    let prices = lowest(&[State::ORIGIN], &groups, instance.budget);
    greedy(&groups, instance.budget, prices).iter().flatten().map(|candidate| candidate.value).sum()
}

#[test]
fn with_too_little_room_the_plan_is_good_and_says_how_good() {
    let mut random = Random(11);
    let mut unproven = 0;
    for round in 0..60 {
        let instance = hard(&mut random);
        let best = solve(&instance.groups, instance.budget);
        let tight = Limits { together: [10, 100, 1_000][round % 3], steps: [50, 1_000][round % 2], in_all: [500, 20_000][round % 2] };
        let found = solve_within(&instance.groups, instance.budget, tight);
        assert!(best.proven, "{instance:?}");
        assert!(found.value <= best.value && best.value <= found.bound, "{found:?}, {best:?}");
        assert!(found.minutes <= instance.budget.minutes && found.cents <= instance.budget.cents);
        assert!(found.value >= quick(&instance), "{} of {}", found.value, best.value);
        unproven += usize::from(!found.proven);
        assert!(!found.proven || found == best, "{found:?}, {best:?}");
    }
    assert!(unproven > 20, "{unproven}");
}

/// What is left of a trail, state by state: the groups and choices that lead there.
fn told(trail: &Trail, frontier: &[State]) -> Vec<Vec<(u32, u32)>> {
    frontier.iter().map(|state| trail.back_from(state.step).map(|step| (step.group, step.choice)).collect()).collect()
}

#[test]
fn forgetting_steps_that_lead_nowhere_changes_no_state() {
    let mut trail = Trail::default();
    let mut frontier = vec![State::ORIGIN];
    let mut pinned = (0, Vec::new());
    for group in 0..9 {
        let take = |state: &State| State { value: state.value + 3, minutes: state.minutes + 1 + group % 3, adding: Some(7), ..*state };
        let taken: Vec<State> = frontier.iter().map(take).collect();
        frontier = settle([frontier, taken].concat(), &mut trail, group);
        if group == 4 {
            pinned = (trail.len(), frontier.clone());
        }
    }
    frontier.retain(|state| state.value % 2 == 0);
    let (before, steps) = (told(&trail, &frontier), trail.len());
    let pinned_before = told(&trail, &pinned.1);
    trail.forget_unused(&mut frontier, pinned.0);
    assert!(pinned.0 < trail.len() && trail.len() < steps, "{} of {steps}", trail.len());
    assert_eq!(told(&trail, &frontier), before);
    assert_eq!(told(&trail, &pinned.1), pinned_before);
}

#[test]
fn few_steps_are_enough_for_a_proven_plan_when_the_unused_are_forgotten() {
    let mut random = Random(12);
    let mut proven = 0;
    for _ in 0..60 {
        let instance = hard(&mut random);
        let few = Limits { steps: 1_000, ..Limits::USUAL };
        let (found, best) = (solve_within(&instance.groups, instance.budget, few), solve(&instance.groups, instance.budget));
        proven += usize::from(found.proven);
        assert!(!found.proven || found == best, "{found:?}, {best:?}");
    }
    assert!(proven > 20, "{proven}");
}
