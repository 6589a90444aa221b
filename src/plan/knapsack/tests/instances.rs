//! Instances: those of the fixture, and as many as wanted from a seed.

use serde_json::Value;

use crate::plan::knapsack::{Action, Budget, Choice, combine};

/// What is asked of the solver.
#[derive(Debug, Clone)]
pub struct Instance {
    pub groups: Vec<Vec<Choice>>,
    pub budget: Budget,
}

/// SplitMix64 (Steele, Lea & Flood 2014): the same instances everywhere.
pub struct Random(pub u64);

impl Random {
    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    /// A number from `low` to `high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    fn choice(&mut self, kind: &Kind) -> Choice {
        Choice {
            value: self.between(0, kind.values) as i64 - kind.below_zero,
            minutes: (self.between(0, kind.minutes) * kind.step) as u32,
            cents: (self.between(0, kind.cents) * kind.step) as u32,
        }
    }

    /// Groups of loose choices of a kind, with a budget.
    pub fn instance(&mut self, groups: u64, choices: u64, kind: &Kind) -> Instance {
        let groups: Vec<Vec<Choice>> = (0..groups).map(|_| (0..self.between(0, choices)).map(|_| self.choice(kind)).collect()).collect();
        let most = (groups.len() as u64).div_ceil(2);
        let minutes = self.between(0, kind.minutes * kind.step * most) as u32;
        let cents = self.between(0, kind.cents * kind.step * most) as u32;
        Instance { groups, budget: Budget { minutes, cents } }
    }

    /// Customers for whom a few things can be done: one of them, or two that go together.
    pub fn week(&mut self, customers: u64, actions: u64, minutes: u32, cents: u32) -> Instance {
        let groups = (0..customers).map(|_| {
            let actions: Vec<Action> = (0..self.between(1, actions)).map(|_| self.action()).collect();
            let apart = self.below(actions.len() as u64) as usize;
            combine(&actions, 2, 50, |first, second| first != apart && second != apart)
                .into_iter()
                .map(|combined| combined.choice)
                .collect()
        });
        Instance { groups: groups.collect(), budget: Budget { minutes, cents } }
    }

    fn action(&mut self) -> Action {
        let cents = if self.below(2) == 0 { 0 } else { 250 * self.between(1, 14) as u32 };
        Action { value: self.between(3, 35) as i64, minutes: 5 * self.between(2, 9) as u32, cents }
    }
}

/// What random choices look like.
pub struct Kind {
    pub values: u64,
    pub below_zero: i64,
    pub minutes: u64,
    pub cents: u64,
    pub step: u64,
}

/// Everything small, so that nearly everything is a tie.
pub const TIES: Kind = Kind { values: 4, below_zero: 1, minutes: 3, cents: 2, step: 1 };
/// Numbers that hardly ever meet.
pub const ODD: Kind = Kind { values: 9_000, below_zero: 500, minutes: 97, cents: 4_999, step: 1 };

/// The fixture of METHOD §7: instances by name, and what is expected of them.
pub fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/knapsack_expected.json")).unwrap()
}

/// An instance of the fixture.
pub fn instance(told: &Value) -> Instance {
    let number = |told: &Value| told.as_u64().unwrap();
    let apart = |one: &Value, other: &Value| {
        let kinds =
            |pair: &Value| (pair[0] == one["kind"] && pair[1] == other["kind"]) || (pair[1] == one["kind"] && pair[0] == other["kind"]);
        told["exclusive"].as_array().unwrap().iter().any(kinds)
    };
    let group = |group: &Value| -> Vec<Choice> {
        let told_actions = group["actions"].as_array().unwrap();
        let action = |told: &Value| Action {
            value: told["value"].as_i64().unwrap(),
            minutes: number(&told["minutes"]) as u32,
            cents: number(&told["cents"]) as u32,
        };
        let actions: Vec<Action> = told_actions.iter().map(action).collect();
        let together = |first: usize, second: usize| !apart(&told_actions[first], &told_actions[second]);
        let most = number(&told["max_per_group"]) as usize;
        combine(&actions, most, told["second_pct"].as_i64().unwrap(), together).into_iter().map(|combined| combined.choice).collect()
    };
    Instance {
        groups: told["groups"].as_array().unwrap().iter().map(group).collect(),
        budget: Budget { minutes: number(&told["minutes"]) as u32, cents: number(&told["cents"]) as u32 },
    }
}
