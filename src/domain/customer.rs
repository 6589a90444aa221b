//! A customer: who it is, what may be done, and on which journey.

use super::calendar::Moment;
use super::money::Cents;
use super::touchpoint::CustomerId;

/// What a recipient may accept (METHOD §3.2, G6 and G7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum GiftPolicy {
    /// Not known: a card only, and ask first.
    #[default]
    Unknown,
    /// Gifts are not accepted.
    None,
    /// Gifts up to this value each.
    UpTo(Cents),
}

/// What else holds when a recipient is given something (METHOD §3.2, G7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GiftTerms {
    /// The most in a year, all gifts together.
    pub a_year: Option<Cents>,
    /// Somebody on their side must approve first.
    pub approval: bool,
    /// To the office address only, never to somebody's home.
    pub office_only: bool,
}

impl GiftTerms {
    /// What holds when both hold.
    #[must_use]
    pub fn stricter(self, other: Self) -> Self {
        Self {
            a_year: [self.a_year, other.a_year].into_iter().flatten().min(),
            approval: self.approval || other.approval,
            office_only: self.office_only || other.office_only,
        }
    }
}

/// A customer as recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The row number.
    pub id: CustomerId,
    /// The name, unique in the workspace.
    pub name: String,
    /// What also identifies them: e-mail addresses, phone numbers, other names.
    pub keys: Vec<String>,
    /// The firm they belong to, or empty.
    pub organisation: String,
    /// A group of customers, or empty.
    pub segment: String,
    /// The journey they are on; the workspace's default when `None`.
    pub journey: Option<String>,
    /// Customer since.
    pub since: Option<Moment>,
    /// Asked not to be contacted: outranks every suggestion.
    pub no_contact: bool,
    /// What they may accept.
    pub gifts: GiftPolicy,
    /// What else holds when they are given something.
    pub gift_terms: GiftTerms,
    /// How they found their way here when nobody sent them: a channel in a word of the user's own, or empty.
    pub origin: String,
    /// Free notes.
    pub notes: String,
}

impl Customer {
    /// A new customer of whom only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self {
            id: CustomerId(0),
            name: name.into(),
            keys: Vec::new(),
            organisation: String::new(),
            segment: String::new(),
            journey: None,
            since: None,
            no_contact: false,
            gifts: GiftPolicy::Unknown,
            gift_terms: GiftTerms::default(),
            origin: String::new(),
            notes: String::new(),
        }
    }
}

/// The gifts a customer got within a stretch of time, or will get.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GiftsReceived {
    /// How many.
    pub count: u32,
    /// The latest, which may be one that is planned.
    pub last: Moment,
    /// The latest that has been given.
    pub given: Option<Moment>,
    /// What they cost together, as far as known.
    pub value: Cents,
    /// What the latest that has been given cost, when known, however long ago; an apology is not among them.
    pub last_value: Option<Cents>,
}
