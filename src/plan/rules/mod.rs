//! The rules that stop a play for a customer: one rule a file, each with its id, its reason in a
//! sentence, and what it rests on (METHOD §2.2, §3.2). An opt-out outranks everything.

mod by_voice;
mod cap;
mod checklist;
mod crowded;
mod first_contact;
mod frequency;
mod moment;
mod no_contact;
mod occasion;
mod policy;
mod recovery_first;
mod separation;
mod something_to_cite;
mod undecided;

pub use cap::ladder;
pub use checklist::GIFT_CHECKLIST;
pub use frequency::APART_DAYS as GIFTS_APART_DAYS;
pub use recovery_first::REST_DAYS;
pub use undecided::UNDECIDED_DAYS;

use super::person::Person;
use crate::domain::calendar::Moment;
use crate::domain::model::Model;
use crate::domain::money::Cents;
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

/// What a rule looks at.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The customer.
    pub person: &'a Person<'a>,
    /// The play that is considered.
    pub play: &'a Play,
    /// The moment.
    pub now: Moment,
    /// The constants.
    pub model: &'a Model,
    /// What is known of a present that somebody has in mind; `None` for a play by itself.
    pub present: Option<&'a Present<'a>>,
    /// The rules that are switched off.
    pub off: &'a [RuleId],
}

/// A present somebody has in mind.
#[derive(Debug, Clone, Copy, Default)]
pub struct Present<'a> {
    /// What it is.
    pub what: &'a str,
    /// What it costs.
    pub value: Option<Cents>,
    /// Why this, for them.
    pub why: &'a str,
    /// Who gives it.
    pub given_by: &'a str,
    /// Who approved it.
    pub approved: &'a str,
}

impl Case<'_> {
    /// Whether the play gives a present, by what it is: the rules for gifts hold for it.
    fn is_gift(&self) -> bool {
        self.play.is_gift()
    }

    /// Whether something changes hands: a present, or an apology that is one. What the recipient
    /// may accept holds for both (R5: inside the gift policy).
    fn gives(&self) -> bool {
        self.is_gift() || self.play.hands_over()
    }
}

/// One rule.
pub struct Rule {
    /// The id in output and documentation.
    pub id: RuleId,
    /// Why, in one sentence.
    pub reason: fn() -> Text,
    /// Whether it stops the play.
    pub stops: fn(&Case<'_>) -> bool,
}

/// Every rule, in the order they are asked.
pub const RULES: &[Rule] = &[
    no_contact::RULE,
    recovery_first::RULE,
    by_voice::RULE,
    crowded::RULE,
    occasion::RULE,
    policy::RULE,
    first_contact::RULE,
    undecided::RULE,
    moment::RULE,
    separation::RULE,
    frequency::RULE,
    cap::RULE,
    something_to_cite::RULE,
];

/// The first rule that stops a play for a customer; `None` when it may be done.
pub fn veto(case: &Case<'_>) -> Option<&'static Rule> {
    RULES.iter().find(|rule| !case.off.contains(&rule.id) && (rule.stops)(case))
}

#[cfg(test)]
mod tests;
