//! Too digital: at least 70 % of the contact mass is automated, A/N ≥ .7 (METHOD §1.2).

use super::{StageFacts, percent};
use crate::domain::text::Text;
use crate::text;

/// From this share of automated contact on.
pub const TOO_DIGITAL: f64 = 0.7;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let share = facts.share(facts.score.pooled.automated);
    (facts.evident() && share >= TOO_DIGITAL).then(|| {
        let percent = percent(share);
        text!("{percent}% of the contact here comes from a machine", "{percent}% van het contact hier komt van een machine")
    })
}
