//! A plan that is good and quickly made, to hold others against.

use super::choice::Budget;
use super::prices::Prices;
use super::reduce::{Candidate, Group};

/// For each group what is taken: always the candidate with the most value for what it costs at these prices
/// that fits, also in the place of one that is worth less (the greedy of Kellerer, Pferschy & Pisinger 2004, §2.1).
pub fn greedy(groups: &[Group], budget: Budget, prices: Prices) -> Vec<Option<Candidate>> {
    let mut all: Vec<(f64, usize, Candidate)> = Vec::new();
    for (group, one) in groups.iter().enumerate() {
        all.extend(one.candidates.iter().map(|&candidate| (worth(&candidate, prices), group, candidate)));
    }
    all.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    let mut taken = vec![None; groups.len()];
    let mut left = (u64::from(budget.minutes), u64::from(budget.cents));
    for (_, group, candidate) in all {
        let now = taken[group].unwrap_or(Candidate { place: 0, value: i64::MIN, minutes: 0, cents: 0 });
        let minutes = (left.0 + u64::from(now.minutes)).checked_sub(u64::from(candidate.minutes));
        let cents = (left.1 + u64::from(now.cents)).checked_sub(u64::from(candidate.cents));
        if let (Some(minutes), Some(cents), true) = (minutes, cents, candidate.value > now.value) {
            left = (minutes, cents);
            taken[group] = Some(candidate);
        }
    }
    taken
}

/// Value for each unit of cost.
fn worth(candidate: &Candidate, prices: Prices) -> f64 {
    let paid = i128::from(candidate.minutes) * prices.minute + i128::from(candidate.cents) * prices.cent;
    candidate.value as f64 / (paid as f64).max(1e-9)
}
