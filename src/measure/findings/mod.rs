//! What is noticed about a stage: one file a finding, each with its threshold and the sentence
//! that holds the numbers which caused it (METHOD §1.2).

mod cold;
mod crowded;
mod empty;
mod hollow;
mod one_way;
mod overdue;
mod too_digital;
mod transactional;
mod wounded;

pub use cold::COLD;
pub use hollow::{PERIOD_DAYS, Period};
pub use one_way::ONE_WAY;
pub use too_digital::TOO_DIGITAL;
pub use transactional::TRANSACTIONAL;

use crate::domain::finding::{Finding, FindingKind};
use crate::domain::incident::ServiceLevel;
use crate::domain::model::{LITTLE_EVIDENCE, Model};
use crate::domain::numbers::counted;
use crate::domain::text::Text;

use super::scoreboard::StageScore;

/// What the findings look at.
#[derive(Debug, Clone, Copy)]
pub struct StageFacts<'a> {
    /// The stage's score.
    pub score: &'a StageScore,
    /// What is known of the customers behind it.
    pub people: &'a People,
    /// The contact of the last period and of the one before.
    pub periods: (Period, Period),
    /// The constants.
    pub model: &'a Model,
}

impl StageFacts<'_> {
    /// Whether there is enough evidence for a judgement on warmth or shares.
    fn evident(&self) -> bool {
        self.score.evidence >= LITTLE_EVIDENCE
    }

    /// A part of the stage's pooled contact mass.
    fn share(&self, part: f64) -> f64 {
        if self.score.pooled.mass > 0.0 { part / self.score.pooled.mass } else { 0.0 }
    }
}

/// What the findings need to know of a stage's customers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct People {
    /// Customers with an open failure on this stage.
    pub wounded: u32,
    /// How long the oldest open failure has been open, in days.
    pub wounded_days: f64,
    /// Customers with an open failure here that is past its time (R2).
    pub late: u32,
    /// The hours in which a failure here is dealt with (R2).
    pub level: ServiceLevel,
    /// Whether those are hours of working days, 24 in each.
    pub working: bool,
    /// Customers here now whose contact pressure is above the cap.
    pub crowded: u32,
    /// The highest pressure among them.
    pub pressure: f64,
    /// Customers for whom a promise's time has passed, a count for each promise of the stage.
    pub promises_missed: Vec<u32>,
    /// The titles of those promises.
    pub promises: Vec<String>,
    /// Customers here now who have been without contact longer than the maximum gap.
    pub gaps_passed: u32,
    /// The longest of those silences, in days.
    pub longest_gap: f64,
    /// The maximum gap, in days.
    pub maximum_gap: f64,
}

type Check = fn(&StageFacts<'_>) -> Option<Text>;

/// Every finding with its check, in the order they are shown.
const CHECKS: &[(FindingKind, Check)] = &[
    (FindingKind::Wounded, wounded::check),
    (FindingKind::Cold, cold::check),
    (FindingKind::TooDigital, too_digital::check),
    (FindingKind::Transactional, transactional::check),
    (FindingKind::OneWay, one_way::check),
    (FindingKind::Overdue, overdue::check),
    (FindingKind::Hollow, hollow::check),
    (FindingKind::Crowded, crowded::check),
    (FindingKind::Empty, empty::check),
];

/// All findings about one stage.
pub fn findings(facts: &StageFacts<'_>) -> Vec<Finding> {
    CHECKS.iter().filter_map(|&(kind, check)| Some(Finding { kind, because: check(facts)? })).collect()
}

/// A number of customers, as a person says it.
fn customers(n: u64) -> Text {
    counted(n, ["customer", "customers"], ["klant", "klanten"])
}

/// A percentage of a share, rounded down so that "70 %" is never said of less.
fn percent(share: f64) -> u32 {
    (share * 100.0 + 1e-9).floor() as u32
}

/// A number of days, as a person says it.
fn days(days: f64) -> Text {
    match days.floor() {
        n if n < 1.0 => Text::new("less than a day", "minder dan een dag"),
        n => counted(n as u64, ["day", "days"], ["dag", "dagen"]),
    }
}

#[cfg(test)]
mod tests;
