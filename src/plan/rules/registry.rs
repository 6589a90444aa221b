//! Every rule, in the order they are asked.

use super::*;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::text;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// The id in output, settings and documentation.
    pub id: RuleId,
    /// What people call it, in a few words.
    pub name: fn() -> Text,
    /// Why, in one sentence: what is shown when it stops something.
    pub reason: fn() -> Text,
    /// What it rests on, in one sentence; a judgement says that it is one.
    pub evidence: fn() -> Text,
    /// Who found it; empty for a judgement.
    pub source: &'static str,
    /// Where it is kept.
    pub kept: Kept,
}

/// Where a rule is kept.
#[derive(Debug)]
pub enum Kept {
    /// By stopping a play for a customer when this is true.
    Veto(fn(&Case<'_>) -> bool),
    /// It stops no play; this says, in a few words, where it is kept.
    Elsewhere(fn() -> Text),
}

impl Rule {
    /// Whether it stops the play, switches left aside.
    pub fn stops(&self, case: &Case<'_>) -> bool {
        matches!(self.kept, Kept::Veto(stops) if stops(case))
    }

    /// Where it is kept, for a reader.
    pub fn kept_where(&self) -> Text {
        match (&self.kept, self.id) {
            (Kept::Veto(_), RuleId::OptOut) => text!("stops the action; cannot be switched off", "houdt de actie tegen; kan niet uit"),
            (Kept::Veto(_), RuleId::Ref6) => {
                text!("stops the action; a nudge keeps the 48 hours", "houdt de actie tegen; een herinnering bewaakt de 48 uur")
            }
            (Kept::Veto(_), _) => text!("stops the action", "houdt de actie tegen"),
            (Kept::Elsewhere(text), _) => text(),
        }
    }

    /// Whether it is asked at all: an opt-out cannot be switched off.
    fn counts(&self, off: &[RuleId]) -> bool {
        self.id == RuleId::OptOut || !off.contains(&self.id)
    }
}

/// Every rule, in the order they are asked; the first that stops a play is the one that is named.
pub const RULES: &[Rule] = &[
    no_contact::RULE,
    not_while_hurt::RULE,
    recovery_first::RULE,
    clocks::RULE,
    by_voice::RULE,
    one_message::RULE,
    small_extra::RULE,
    second_failure::RULE,
    severe::RULE,
    check_back::RULE,
    satisfaction::RULE,
    crowded::RULE,
    occasion::RULE,
    policy::RULE,
    no_cash::RULE,
    first_contact::RULE,
    undecided::RULE,
    moment::RULE,
    separation::RULE,
    frequency::RULE,
    cap::RULE,
    never_less::RULE,
    something_to_cite::RULE,
    register::RULE,
    checklist::RULE,
    not_after_failure::RULE,
    half_a_year::RULE,
    warm_enough::RULE,
    good_moment::RULE,
    asked_enough::RULE,
    thanked_by_a_person::RULE,
    tell_the_outcome::RULE,
    equal_reward::RULE,
];

/// The rule of this id; `None` for none, which a test rules out.
pub fn rule(id: RuleId) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == id)
}

/// The first rule that stops a play for a customer; `None` when it may be done.
pub fn veto(case: &Case<'_>) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.counts(case.off) && rule.stops(case))
}

/// Every rule that stops a play for a customer, in the order they are asked: what `plan --why` tells.
pub fn vetoes(case: &Case<'_>) -> Vec<&'static Rule> {
    RULES.iter().filter(|rule| rule.counts(case.off) && rule.stops(case)).collect()
}
