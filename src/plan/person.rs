//! What the rules know of a customer.

use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftsReceived};
use crate::domain::incident::Failure;
use crate::domain::standing::Standing;

/// One customer at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// Who it is and what may be done.
    pub customer: &'a Customer,
    /// Where they stand.
    pub standing: &'a Standing,
    /// What went wrong.
    pub failures: &'a [Failure],
    /// Contact pressure over all stages at now.
    pub pressure: f64,
    /// Gifts of the last year.
    pub gifts: Option<GiftsReceived>,
    /// Tags of the last year, with their moments.
    pub tags: &'a [(Moment, String)],
}

impl Person<'_> {
    /// How long they have been a customer, in days: since the date said, or the first contact.
    pub fn tenure(&self, now: Moment) -> f64 {
        let first = self.standing.overall.map(|cell| cell.first);
        let since = [self.customer.since, first].into_iter().flatten().min();
        since.map_or(0.0, |since| now.days_since(since).max(0.0))
    }

    /// Whether a failure is open.
    pub fn wounded(&self, now: Moment) -> bool {
        self.failures.iter().any(|failure| failure.open_at(now))
    }

    /// Whether a failure was resolved within so many days.
    pub fn healing(&self, now: Moment, days: f64) -> bool {
        let resolved = self.failures.iter().filter_map(|failure| failure.resolved);
        resolved.map(|(at, _)| now.days_since(at)).any(|ago| (0.0..days).contains(&ago))
    }

    /// Whether the log carries any of these tags within so many days.
    pub fn tagged(&self, tags: &[&str], now: Moment, days: f64) -> bool {
        let near = |at: Moment| (0.0..=days).contains(&now.days_since(at));
        self.tags.iter().any(|(at, tag)| near(*at) && tags.contains(&tag.as_str()))
    }
}
