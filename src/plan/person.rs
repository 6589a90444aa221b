//! What the rules know of a customer.

use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftsReceived};
use crate::domain::gift::Gift;
use crate::domain::incident::Failure;
use crate::domain::occasion::{Occasion, OccasionKind};
use crate::domain::referral::Referral;
use crate::domain::standing::Relationship;

/// One customer at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Person<'a> {
    /// Who it is and what may be done.
    pub customer: &'a Customer,
    /// What there was between them and the firm.
    pub relationship: &'a Relationship,
    /// What went wrong.
    pub failures: &'a [Failure],
    /// W of the relationship at now, 0…100 (METHOD §1.2).
    pub warmth: f64,
    /// Contact pressure over all stages at now.
    pub pressure: f64,
    /// Gifts of the last year, and those planned; what the last one was worth, however long ago.
    pub gifts: Option<GiftsReceived>,
    /// Tags of the last year and of the month that is planned, with their moments.
    pub tags: &'a [(Moment, String)],
    /// Whether a person noted anything about them that a present could refer to; `None` where that was not
    /// asked, as of a crowd it is only of who may be given one.
    pub noted: Option<bool>,
    /// Their occasions, those of the last months and those that are coming, by day.
    pub occasions: &'a [Occasion],
    /// The latest contact that felt good, or a deal or milestone; asked only of whom a referral may be
    /// asked.
    pub positive: Option<Moment>,
    /// Whom they sent.
    pub referrals: &'a [Referral],
    /// The presents that are planned for them.
    pub plans: &'a [Gift],
}

impl Person<'_> {
    /// How long they have been a customer, in days: since the date said, or since they met. A
    /// newsletter is no acquaintance.
    pub fn tenure(&self, now: Moment) -> f64 {
        let since = [self.customer.since, self.relationship.met].into_iter().flatten().min();
        since.map_or(0.0, |since| now.days_since(since).max(0.0))
    }

    /// Whether a failure is open.
    pub fn wounded(&self, now: Moment) -> bool {
        self.failures.iter().any(|failure| failure.open_at(now))
    }

    /// Whether a failure was resolved within so many days.
    pub fn healing(&self, now: Moment, days: f64) -> bool {
        self.failures.iter().any(|failure| failure.healing(now, days))
    }

    /// Whether a failure was made good so many days ago or longer.
    pub fn made_good(&self, now: Moment, days: f64) -> bool {
        self.failures.iter().any(|failure| failure.resolved.is_some_and(|(at, _)| now.days_since(at) >= days))
    }

    /// Whether a failure was open at any moment of the last so many days.
    pub fn hurt_within(&self, now: Moment, days: f64) -> bool {
        self.failures.iter().any(|failure| failure.open_at(now) || failure.opened <= now && failure.healing(now, days))
    }

    /// Whether the log carries any of these tags within so many days.
    pub fn tagged(&self, tags: &[&str], now: Moment, days: f64) -> bool {
        let near = |at: Moment| (0.0..=days).contains(&now.days_since(at));
        self.tags.iter().any(|(at, tag)| near(*at) && tags.contains(&tag.as_str()))
    }

    /// Whether the log carries this tag within so many days, or will.
    pub fn tagged_around(&self, tag: &str, now: Moment, days: f64) -> bool {
        self.tags.iter().any(|(at, own)| own == tag && now.days_since(*at).abs() <= days)
    }

    /// Whether there was an occasion of these sorts in the last so many days, by the log's tags or by
    /// the calendar.
    pub fn had(&self, kinds: &[OccasionKind], now: Moment, days: f64) -> bool {
        let near = |at: Moment| (0.0..=days).contains(&now.days_since(at));
        let tagged = self.tags.iter().any(|(at, tag)| near(*at) && kinds.iter().any(|kind| kind.word() == tag));
        tagged || self.celebrates(kinds, now, days, 0.0)
    }

    /// Whether one of their occasions of these sorts was at most so many days ago, or, of what can be seen coming, is at
    /// most so many days ahead. Whole days count, because an occasion is a day.
    pub fn celebrates(&self, kinds: &[OccasionKind], now: Moment, after: f64, ahead: f64) -> bool {
        let near = |occasion: &Occasion| {
            let since = now.days_since(occasion.at);
            if since >= 0.0 { since.floor() <= after } else { foreseen(occasion.kind) && -since <= ahead }
        };
        self.occasions.iter().any(|occasion| kinds.contains(&occasion.kind) && near(occasion))
    }
}

/// Whether it is known beforehand when an occasion will be: a deal is no occasion before it is closed.
fn foreseen(kind: OccasionKind) -> bool {
    matches!(kind, OccasionKind::LifeEvent | OccasionKind::Anniversary | OccasionKind::Birthday)
}
