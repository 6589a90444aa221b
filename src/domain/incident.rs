//! A failure as it is recorded, and as the score counts it (METHOD §1.2, §2).

use super::calendar::{Days, Moment};
use super::money::Cents;
use super::text::Text;
use super::touchpoint::CustomerId;
use super::words::Severity;
use crate::text;

/// One recorded failure.
#[derive(Debug, Clone, PartialEq)]
pub struct Incident {
    /// The row number.
    pub id: i64,
    /// Whose it is.
    pub customer: CustomerId,
    /// The stage it happened in, by id.
    pub stage: Option<String>,
    /// How grave.
    pub severity: Severity,
    /// What sort of failure, in a word of the user's own, or empty.
    pub kind: String,
    /// What went wrong.
    pub what: String,
    /// Who takes care of it, or empty.
    pub owner: String,
    /// When it happened.
    pub opened: Moment,
    /// When a person acknowledged it.
    pub acknowledged: Option<Moment>,
    /// When it was made good.
    pub resolved: Option<Moment>,
    /// Whether a named person handled it.
    pub personal: bool,
    /// How generous it was, 0…1.
    pub generous: f64,
    /// The quality as stated by the user instead of computed, 0…1.
    pub stated_quality: Option<f64>,
    /// What it cost the customer, when known.
    pub loss: Option<Cents>,
    /// What was given on top of making it good (R5).
    pub extra: Option<Cents>,
    /// What will be done otherwise from now on, or empty (R4).
    pub lesson: String,
    /// When somebody asked afterwards how it is now (R8).
    pub checked: Option<Moment>,
    /// How satisfied they were then, −1…1.
    pub satisfied: Option<f64>,
}

impl Incident {
    /// A failure of which only what and when is known.
    pub fn new(customer: CustomerId, what: impl Into<String>, opened: Moment) -> Self {
        Self {
            id: 0,
            customer,
            stage: None,
            severity: Severity::Moderate,
            kind: String::new(),
            what: what.into(),
            owner: String::new(),
            opened,
            acknowledged: None,
            resolved: None,
            personal: false,
            generous: 0.0,
            stated_quality: None,
            loss: None,
            extra: None,
            lesson: String::new(),
            checked: None,
            satisfied: None,
        }
    }
}

/// How fast a failure should be dealt with, in hours (METHOD §2.2, R2).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceLevel {
    /// Hours within which a person should acknowledge it.
    pub acknowledge: f64,
    /// Hours within which it should be made good.
    pub resolve: f64,
}

impl Default for ServiceLevel {
    /// A day and three days.
    fn default() -> Self {
        Self { acknowledge: 24.0, resolve: 72.0 }
    }
}

impl ServiceLevel {
    /// The longest that dealing with a failure may be given, in hours: a quarter of a year.
    pub const LONGEST: f64 = 90.0 * 24.0;

    /// Reads how long may be taken, in hours: `4h`, `2d`.
    ///
    /// # Errors
    /// When it is no length of time, or too long to be meant: `30m` is thirty months.
    pub fn read_hours(typed: &str) -> Result<f64, Text> {
        let hours = (typed.parse::<Days>()?.0 * 24.0 * 1e6).round() / 1e6;
        if hours <= Self::LONGEST {
            return Ok(hours);
        }
        let typed = typed.trim();
        Err(text!(
            "`{typed}` is longer than the 90 days a failure may take; `m` stands for months, half an hour is 0.5h",
            "`{typed}` is langer dan de 90 dagen die een misser mag duren; `m` staat voor maanden, een half uur is 0.5h"
        ))
    }

    /// So many hours as settings write them: `4h`, `3d`.
    pub fn show_hours(hours: f64) -> String {
        Days(hours / 24.0).to_string()
    }
}

/// The hours in which somebody is there (METHOD §2.2, R2: clocks may run in working hours). A working
/// day counts as a whole one: 24 hours on this clock are one working day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkingWeek {
    /// Which days, Monday first; at least one.
    pub days: [bool; 7],
    /// When a working day begins, in minutes after midnight.
    pub from: u32,
    /// When it ends, later than it begins.
    pub until: u32,
}

/// What holds for every failure of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct RecoveryTerms {
    /// The hours to acknowledge it and to make it good, where a stage says nothing else.
    pub level: ServiceLevel,
    /// The hours the clocks run in; all of them when `None`.
    pub working: Option<WorkingWeek>,
}

/// A failure as the score counts it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Failure {
    /// The place of the stage it is recorded on, when the customer's journey has that stage: the
    /// cell it drags (METHOD §1.2).
    pub stage: Option<usize>,
    /// The place of the stage it is dealt with in: its own, else where the customer is now, else
    /// the first. No failure is without one.
    pub here: usize,
    /// How grave, as recorded.
    pub word: Severity,
    /// sev: how much it weighs, repeats included.
    pub severity: f64,
    /// When it happened.
    pub opened: Moment,
    /// When a person acknowledged it.
    pub acknowledged: Option<Moment>,
    /// Until when a person should have acknowledged it (R2).
    pub acknowledge_by: Moment,
    /// Until when it should have been made good (R2).
    pub resolve_by: Moment,
    /// What it cost the customer, when known.
    pub loss: Option<Cents>,
    /// When it was resolved, and q.
    pub resolved: Option<(Moment, f64)>,
}

impl Failure {
    /// Known and not yet resolved at a moment.
    pub fn open_at(&self, now: Moment) -> bool {
        self.opened <= now && self.resolved.is_none_or(|(resolved, _)| resolved > now)
    }

    /// Resolved at a moment, less than so many days before it.
    pub fn healing(&self, now: Moment, days: f64) -> bool {
        self.resolved.is_some_and(|(at, _)| (0.0..days).contains(&now.days_since(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_a_failure_may_take_reads_back_what_it_shows() {
        for (typed, hours, shown) in
            [("24h", 24.0, "1d"), ("3d", 72.0, "3d"), ("4h", 4.0, "4h"), ("0.5h", 0.5, "0.5h"), ("90d", 2160.0, "90d")]
        {
            assert_eq!(ServiceLevel::read_hours(typed), Ok(hours), "{typed}");
            assert_eq!(ServiceLevel::show_hours(hours), shown);
        }
        for wrong in ["30m", "91d", "0h", "soon"] {
            assert!(ServiceLevel::read_hours(wrong).is_err(), "{wrong}");
        }
    }
}
