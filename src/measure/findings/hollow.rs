//! Hollow: contact went up against the period before while its warmth went down. The articles'
//! "more contact and less connection"; volume alone never warms a stage.
//!
//! A period is the last ninety whole days, compared with the ninety before. The warmth of a
//! period's contact is the formula of METHOD §1.2 over the plain sums of that period, without
//! decay: it tells what that contact was like, not how the stage stands. The thresholds are
//! judgements **[J]**: a fifth more contacts, and five points less warmth.

use super::StageFacts;
use crate::domain::accumulators::Sums;
use crate::domain::numbers::count;
use crate::domain::text::Text;
use crate::measure::warmth::warmth;

/// Days in a period.
pub const PERIOD_DAYS: i64 = 90;
/// So many times the contacts of the period before is "more contact".
pub const MORE: f64 = 1.2;
/// So many points less warmth is "less connection".
pub const LESS: f64 = 5.0;
/// Fewer contacts than this in the period before say nothing.
pub const ENOUGH: u64 = 5;

/// The contact of one stage in one period.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Period {
    /// How many touchpoints.
    pub count: u64,
    /// Their terms, added without decay.
    pub sums: Sums,
}

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let (now, before) = facts.periods;
    if before.count < ENOUGH || (now.count as f64) < MORE * before.count as f64 {
        return None;
    }
    let warmth_of = |period: &Period| warmth(&period.sums, 0.0, &facts.model.weights).score;
    let (warm, was) = (warmth_of(&now), warmth_of(&before));
    (warm <= was - LESS).then(|| {
        let (now, before) = (count(now.count), count(before.count));
        Text::new(
            format!(
                "{} contacts in {PERIOD_DAYS} days against {} before, while their warmth went from {was:.0} to {warm:.0}",
                now.en, before.en
            ),
            format!(
                "{} contacten in {PERIOD_DAYS} dagen tegen {} daarvoor, terwijl de warmte ervan van {was:.0} naar {warm:.0} ging",
                now.nl, before.nl
            ),
        )
    })
}
