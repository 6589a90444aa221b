//! A failure as it is recorded, and as the score counts it (METHOD §1.2, §2).

use super::calendar::Moment;
use super::touchpoint::CustomerId;
use super::words::Severity;

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
