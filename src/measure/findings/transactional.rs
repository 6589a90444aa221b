//! Transactional: at least 60 % of the contact mass is about transactions, X/N ≥ .6 (METHOD §1.2).

use super::{StageFacts, percent};
use crate::domain::text::Text;
use crate::text;

/// From this share of transactional contact on.
pub const TRANSACTIONAL: f64 = 0.6;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let share = facts.share(facts.score.pooled.transactional);
    (facts.evident() && share >= TRANSACTIONAL).then(|| {
        let percent = percent(share);
        text!(
            "{percent}% of the contact here is about orders, invoices or selling",
            "{percent}% van het contact hier gaat over bestellen, betalen of verkopen"
        )
    })
}
