//! An occasion: a day that is a reason to do something for a customer.

use chrono::NaiveDate;

use super::calendar::Moment;
use super::words::words;

words! {
    /// What sort of occasion it is (METHOD §3.2, G2).
    OccasionKind, "occasion", "aanleiding" {
        /// A deal was closed.
        Deal = "deal", "opdracht";
        /// Something was reached or finished.
        Milestone = "milestone", "mijlpaal";
        /// Something happened in their life or their business.
        LifeEvent = "life-event", "levensgebeurtenis";
        /// Somebody came on their recommendation.
        Referral = "referral", "aanbeveling";
        /// So many years a customer.
        Anniversary = "anniversary", "jubileum";
        /// Their birthday.
        Birthday = "birthday", "verjaardag";
    }
}

/// One occasion of one customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// What sort.
    pub kind: OccasionKind,
    /// The day, as the reader's calendar has it.
    pub day: NaiveDate,
    /// When the day begins, or the moment of the contact that made the occasion.
    pub at: Moment,
    /// What a person noted about it: the note of the contact, or empty.
    pub note: String,
    /// How many years, for a jubilee or a birthday of which the first year is known.
    pub years: Option<i32>,
}

impl Occasion {
    /// By what the occasion is known when it comes up again: its sort and its day.
    pub fn key(&self) -> String {
        format!("{}:{}", self.kind.word(), self.day)
    }
}

/// A contact of the log, past or planned, that carries the tag of an occasion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    /// What sort, by its tag.
    pub kind: OccasionKind,
    /// The moment of the contact.
    pub at: Moment,
    /// Its note, or empty.
    pub note: String,
}

impl OccasionKind {
    /// The sort of occasion that a tag of the log stands for. A referral is none: those have a table of
    /// their own, with who came through whom.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().filter(|kind| *kind != Self::Referral).find(|kind| kind.word() == tag)
    }
}
