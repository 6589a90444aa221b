//! Another solver's opinion of the value: microlp, branch and bound over the simplex method.

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use super::instances::{Instance, ODD, Random, fixture, instance};
use crate::plan::knapsack::solve;

/// The value of the best plan as microlp finds it.
fn value(instance: &Instance) -> i64 {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let (mut minutes, mut cents) = (Vec::new(), Vec::new());
    for choices in &instance.groups {
        let taken: Vec<_> = choices.iter().map(|choice| problem.add_binary_var(choice.value as f64)).collect();
        problem.add_constraint(taken.iter().map(|&variable| (variable, 1.0)), ComparisonOp::Le, 1.0);
        for (&variable, choice) in taken.iter().zip(choices) {
            minutes.push((variable, f64::from(choice.minutes)));
            cents.push((variable, f64::from(choice.cents)));
        }
    }
    problem.add_constraint(&minutes, ComparisonOp::Le, f64::from(instance.budget.minutes));
    problem.add_constraint(&cents, ComparisonOp::Le, f64::from(instance.budget.cents));
    problem.solve().unwrap().into_solution().unwrap().objective().round() as i64
}

#[test]
fn another_solver_finds_the_same_value() {
    let mut random = Random(9);
    for round in 0..250_u64 {
        let budget = (30 * random.between(1, 12) as u32, 500 * random.between(0, 12) as u32);
        let instance = random.week(2 + round % 11, 5, budget.0, budget.1);
        assert_eq!(solve(&instance.groups, instance.budget).value, value(&instance), "week, round {round}: {instance:?}");
    }
    for round in 0..100 {
        let instance = random.instance(2 + round % 9, 6, &ODD);
        assert_eq!(solve(&instance.groups, instance.budget).value, value(&instance), "odd, round {round}: {instance:?}");
    }
}

#[test]
fn the_other_solver_agrees_with_the_method_itself() {
    let fixture = fixture();
    for name in ["tiny_hand", "greedy_trap", "two_actions_exclusive", "week8"] {
        let found = value(&instance(&fixture["instances"][name]));
        assert_eq!(Some(found), fixture["expected"][name]["optimum_x100"].as_i64(), "{name}");
    }
}
