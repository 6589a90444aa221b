//! A nudge: an action that was proposed for a customer and stands until it is done, skipped, or its
//! cause is gone.

use super::calendar::Moment;
use super::money::Cents;
use super::rule::RuleId;
use super::text::Text;
use super::touchpoint::{CustomerId, TouchpointId};
use super::words::words;

/// Why something is proposed, and by what a nudge is known: the same customer, place and rule is never
/// proposed twice at a time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cause {
    /// The customer.
    pub customer: CustomerId,
    /// The stage or the occasion: `stage:quotation`, `birthday:2026-07-03`, `incident:3`.
    pub place: String,
    /// The finding (`cold`) or the rule (`R8`) that asks for it, or `occasion`.
    pub rule: String,
}

words! {
    /// What became of a nudge.
    NudgeState, "state", "stand" {
        /// It stands.
        Open = "open", "open";
        /// It was done.
        Done = "done", "gedaan";
        /// Somebody decided against it.
        Skipped = "skipped", "overgeslagen";
        /// Its cause is gone.
        Closed = "closed", "vervallen";
    }
}

/// One nudge, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Nudge {
    /// The number people name it by; 0 before it is kept.
    pub id: i64,
    /// Why, and for whom.
    pub cause: Cause,
    /// The play, by id; `None` for a task that is no contact.
    pub play: Option<String>,
    /// Why, in one sentence made of the numbers.
    pub because: Text,
    /// Minutes it takes.
    pub minutes: u32,
    /// Money it costs.
    pub cost: Cents,
    /// Whether it is owed rather than a good idea: a recovery, a thank-you, asking back.
    pub owed: bool,
    /// Since when it stands.
    pub opened: Moment,
    /// By when.
    pub due: Moment,
    /// What became of it.
    pub state: NudgeState,
    /// Not to be shown before this moment.
    pub snoozed: Option<Moment>,
    /// When it was done, skipped or closed.
    pub ended: Option<Moment>,
    /// Why it was skipped or closed, or what is left to do, or empty.
    pub why: String,
    /// The contact it became.
    pub touchpoint: Option<TouchpointId>,
    /// When a digest said that it was closed.
    pub told: Option<Moment>,
}

/// The place of an action among others, by the finding or rule that asks for it: a failure that is open goes
/// first (R1, R2), then what else is owed.
pub fn rank(rule: &str, owed: bool) -> u8 {
    let open_failure = [RuleId::R1, RuleId::R2].iter().any(|open| open.id() == rule);
    if open_failure { 0 } else { 2 - u8::from(owed) }
}

impl Nudge {
    /// Its place among others: a failure that is open goes first (R1, R2), then what else is owed.
    pub fn rank(&self) -> u8 {
        rank(&self.cause.rule, self.owed)
    }

    /// Whether it stands and is not put off at a moment.
    pub fn awake(&self, now: Moment) -> bool {
        self.state == NudgeState::Open && self.snoozed.is_none_or(|until| until <= now)
    }
}
