//! Cold: the stage's warmth is below 40 (METHOD §1.2).

use super::{StageFacts, customers};
use crate::domain::model::Component;
use crate::domain::numbers::{decimal, shortest};
use crate::domain::text::Text;
use crate::measure::scoreboard::StageScore;

/// Below this warmth a stage is cold.
pub const COLD: f64 = 40.0;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let warmth = facts.score.warmth.filter(|&warmth| facts.evident() && warmth < COLD)?;
    let who = customers(facts.score.customers as u64);
    let (component, part, weight) = weakest(facts.score, &facts.model.weights)?;
    let name = super::super::explain::name(component);
    let (warmth, part, weight) = (decimal(warmth, 1), decimal(part, 1), shortest(weight));
    Some(Text::new(
        format!("warmth is {} of 100 over {}; least of all {}: {} of {}", warmth.en, who.en, name.en, part.en, weight.en),
        format!("de warmte is {} van 100 over {}; het minst {}: {} van {}", warmth.nl, who.nl, name.nl, part.nl, weight.nl),
    ))
}

/// The component furthest below what it could give.
fn weakest(score: &StageScore, weights: &[f64; 5]) -> Option<(Component, f64, f64)> {
    let lacking = |k: usize| weights[k] - score.contributions[k];
    let k = (0..5).max_by(|&a, &b| lacking(a).total_cmp(&lacking(b)).then(b.cmp(&a)))?;
    Some((Component::ALL[k], score.contributions[k], weights[k]))
}
