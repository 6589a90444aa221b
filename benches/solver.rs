//! How fast the weekly plan is found, next to a general solver.
//!
//! `cargo bench --bench solver` prints a Markdown table; see README.md here.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a bench answers on standard output, and stops when it can not")]

use std::time::{Duration, Instant};

use attent::plan::knapsack::{Action, Budget, Choice, Solution, combine, solve};
use microlp::{ComparisonOp, OptimizationDirection, Problem};
use serde_json::Value;

const RUNS: usize = 7;
/// For more groups, and for loose choices, microlp takes minutes or longer, and is not waited for.
const MOST_FOR_THE_PEER: usize = 1_000;

struct Instance {
    name: String,
    groups: Vec<Vec<Choice>>,
    budget: Budget,
    /// Whether its choices are not made from actions.
    loose: bool,
}

fn main() {
    println!("| instance | groups | choices | attent | microlp 0.7 | value | bound | proven |\n|---|---:|---:|---:|---:|---:|---:|---|");
    for instance in fixture().into_iter().chain(made()) {
        let (time, solution) = median(|| solve(&instance.groups, instance.budget));
        let peer = (instance.groups.len() <= MOST_FOR_THE_PEER && !instance.loose).then(|| peer(&instance, &solution));
        let choices: usize = instance.groups.iter().map(Vec::len).sum();
        let peer = peer.map_or("–".to_owned(), shown);
        let Solution { value, bound, proven, .. } = solution;
        println!("| {} | {} | {choices} | {} | {peer} | {value} | {bound} | {proven} |", instance.name, instance.groups.len(), shown(time));
    }
}

fn shown(time: Duration) -> String {
    if time.as_secs_f64() < 1.0 { format!("{:.2} ms", time.as_secs_f64() * 1e3) } else { format!("{:.2} s", time.as_secs_f64()) }
}

/// The median time of several runs, of fewer when they are long, and the last answer.
fn median<T>(mut run: impl FnMut() -> T) -> (Duration, T) {
    let mut once = || {
        let start = Instant::now();
        let answer = run();
        (start.elapsed(), answer)
    };
    let (first, mut answer) = once();
    let mut times = vec![first];
    while times.len() < RUNS && first < Duration::from_secs(1) {
        let (time, again) = once();
        times.push(time);
        answer = again;
    }
    times.sort();
    (times[times.len() / 2], answer)
}

/// The time microlp takes to find the same value.
fn peer(instance: &Instance, solution: &Solution) -> Duration {
    let (time, value) = median(|| {
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
    });
    assert_eq!(value, solution.value, "the solvers differ on {}", instance.name);
    time
}

/// The instances of the method, of which the tests know the optimum.
fn fixture() -> Vec<Instance> {
    let told: Value = serde_json::from_str(include_str!("../tests/fixtures/knapsack_expected.json")).unwrap();
    let number = |told: &Value| told.as_u64().unwrap() as u32;
    let instance = |(name, told): (&String, &Value)| {
        let group = |group: &Value| {
            let all = group["actions"].as_array().unwrap();
            let action = |one: &Value| Action {
                value: one["value"].as_i64().unwrap(),
                minutes: number(&one["minutes"]),
                cents: number(&one["cents"]),
            };
            let pair = |pair: &Value, one: usize, other: usize| pair[0] == all[one]["kind"] && pair[1] == all[other]["kind"];
            let apart =
                |one, other| told["exclusive"].as_array().unwrap().iter().any(|both| pair(both, one, other) || pair(both, other, one));
            let actions: Vec<Action> = all.iter().map(action).collect();
            choices(&actions, number(&told["max_per_group"]) as usize, |one, other| !apart(one, other))
        };
        Instance {
            name: name.clone(),
            groups: told["groups"].as_array().unwrap().iter().map(group).collect(),
            budget: Budget { minutes: number(&told["minutes"]), cents: number(&told["cents"]) },
            loose: false,
        }
    };
    told["instances"].as_object().unwrap().iter().map(instance).collect()
}

fn choices(actions: &[Action], most: usize, together: impl Fn(usize, usize) -> bool) -> Vec<Choice> {
    combine(actions, most, 50, together).into_iter().map(|combined| combined.choice).collect()
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same instances everywhere.
struct Random(u64);

impl Random {
    fn between(&mut self, low: u64, high: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        low + (z ^ (z >> 31)) % (high - low + 1)
    }
}

/// Larger ones: customers for whom up to nine things can be done at costs as people write them down; the same
/// with 500 failures that are owed an answer and do not all fit; loose choices at odd prices; and a kind that is made
/// to be hard, where everything is worth what it costs and a little more (Pisinger's strongly correlated ones).
fn made() -> Vec<Instance> {
    let budget = Budget { minutes: 960, cents: 50_000 };
    let mut random = Random(10);
    let mut all = Vec::new();
    for customers in [300, 1_000, 20_000] {
        let groups: Vec<_> = (0..customers).map(|_| customer(&mut random)).collect();
        all.push(Instance { name: format!("week of {customers}"), groups, budget, loose: false });
    }
    let mut groups: Vec<_> = (0..20_000).map(|_| customer(&mut random)).collect();
    for group in groups.iter_mut().step_by(40) {
        group.push(Choice {
            value: 1_000_000_000_000 + random.between(1, 3_000) as i64,
            minutes: 5 * random.between(5, 12) as u32,
            cents: 0,
        });
    }
    all.push(Instance { name: "week of 20000, 500 owed".to_owned(), groups, budget, loose: false });
    for (name, customers) in [("odd prices", 1_000), ("odd prices", 20_000), ("hard", 100), ("hard", 1_000), ("hard", 20_000)] {
        let groups = (0..customers).map(|_| (0..20).map(|_| loose(&mut random, name == "hard")).collect()).collect();
        all.push(Instance { name: format!("{name}, {customers}"), groups, budget, loose: true });
    }
    all
}

fn customer(random: &mut Random) -> Vec<Choice> {
    let action = |random: &mut Random| {
        let minutes = 5 * random.between(2, 9);
        let cents = 250 * random.between(0, 1) * random.between(1, 14);
        Action { value: (minutes / 2 + random.between(3, 200)) as i64, minutes: minutes as u32, cents: cents as u32 }
    };
    let actions: Vec<Action> = (0..random.between(1, 9)).map(|_| action(random)).collect();
    let apart = random.between(0, 8) as usize;
    choices(&actions, 2, |one, other| one != apart && other != apart)
}

fn loose(random: &mut Random, hard: bool) -> Choice {
    let (minutes, cents) = (random.between(3, 97), random.between(0, 4_999));
    let value = if hard { 40 * minutes + cents / 2 + 200 } else { random.between(1, 9_000) };
    Choice { value: value as i64, minutes: minutes as u32, cents: cents as u32 }
}
