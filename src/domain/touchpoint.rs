//! A touchpoint: one contact with one customer.

use super::calendar::Moment;
use super::money::Cents;
use super::words::{Channel, Direction, Kind, Personal, Sender};

/// The row number of a customer in the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerId(pub i64);

/// The row number of a touchpoint in the ledger; a later entry has a higher number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TouchpointId(pub i64);

/// What the score needs to know of a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Facts {
    /// When it happened.
    pub at: Moment,
    /// Through which medium.
    pub channel: Channel,
    /// Which way.
    pub direction: Direction,
    /// Who made it.
    pub sender: Sender,
    /// How personal it was.
    pub personal: Personal,
    /// What it was about.
    pub kind: Kind,
    /// How it felt to the customer, −1…1; unknown counts as 0.
    pub sentiment: Option<f64>,
}

impl Facts {
    /// Automated contact from the firm moves nobody to another stage (METHOD §1.2).
    pub fn moves(&self) -> bool {
        !(self.sender == Sender::Automated && self.direction == Direction::Out)
    }
}

/// A touchpoint as it is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Touchpoint {
    /// What the score needs.
    pub facts: Facts,
    /// The stage it was said to belong to, by id; the rules decide when `None`.
    pub stage: Option<String>,
    /// What it cost or brought, if money was involved.
    pub amount: Option<Cents>,
    /// How long it took.
    pub minutes: Option<u32>,
    /// What happened, in the words of whoever recorded it.
    pub note: String,
    /// Labels, lower case.
    pub tags: Vec<String>,
}
