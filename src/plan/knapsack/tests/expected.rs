//! The optima of METHOD §7, which two other solvers agree on.

use serde_json::json;

use super::instances::{fixture, instance};
use crate::plan::knapsack::solve;

#[test]
fn every_instance_of_the_method_has_its_expected_optimum() {
    let fixture = fixture();
    let instances = fixture["instances"].as_object().unwrap();
    assert!(!instances.is_empty());
    for (name, told) in instances {
        let (instance, expected) = (instance(told), &fixture["expected"][name]);
        let solution = solve(&instance.groups, instance.budget);
        let places: Vec<usize> =
            solution.taken.iter().zip(&instance.groups).map(|(taken, choices)| taken.unwrap_or(choices.len())).collect();
        let found = json!([solution.value, solution.minutes, solution.cents, places]);
        let wanted = json!([expected["optimum_x100"], expected["minutes"], expected["cents"], expected["options"]]);
        assert_eq!(found, wanted, "{name}");
        assert!(solution.proven && solution.bound == solution.value, "{name}");
    }
}
