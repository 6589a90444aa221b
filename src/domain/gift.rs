//! A present in the register: thought of, planned or given (METHOD §3.2, G10).

use super::calendar::Moment;
use super::money::Cents;
use super::touchpoint::{CustomerId, TouchpointId};
use super::words::words;

words! {
    /// How far a present is.
    GiftState, "state", "stand" {
        /// Thought of.
        Idea = "idea", "idee";
        /// Meant for a day.
        Planned = "planned", "gepland";
        /// Given.
        Given = "given", "gegeven";
    }
}

/// One present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gift {
    /// The row number; 0 before it is kept, and for a gift that only the log knows.
    pub id: i64,
    /// For whom.
    pub customer: CustomerId,
    /// How far it is.
    pub state: GiftState,
    /// What it is.
    pub what: String,
    /// What it costs, when known.
    pub value: Option<Cents>,
    /// The day it is meant for, or was given.
    pub day: Option<Moment>,
    /// The occasion: its key, or words of the user's own, or empty.
    pub occasion: String,
    /// Why this, for them: what it refers to.
    pub why: String,
    /// Who gave it, or empty.
    pub given_by: String,
    /// Who approved it, or empty.
    pub approved: String,
    /// The rules it goes against, and why it is given all the same, or empty.
    pub against: String,
    /// The contact it became.
    pub touchpoint: Option<TouchpointId>,
}

impl Gift {
    /// A present somebody thought of, of which nothing else is known.
    pub fn idea(customer: CustomerId, what: impl Into<String>) -> Self {
        Self {
            id: 0,
            customer,
            state: GiftState::Idea,
            what: what.into(),
            value: None,
            day: None,
            occasion: String::new(),
            why: String::new(),
            given_by: String::new(),
            approved: String::new(),
            against: String::new(),
            touchpoint: None,
        }
    }
}
