//! What to do about it: the plays that fit, the rules that stop them, and the best first. Pure; it
//! uses only the domain and the measures.

pub mod gain;
pub mod gifts;
pub mod knapsack;
pub mod occasions;
pub mod person;
pub mod referrals;
pub mod rules;
pub mod suggest;
pub mod week;

/// The shipped playbook, as it is written.
pub const PLAYBOOK: &str = include_str!("playbook.yaml");
