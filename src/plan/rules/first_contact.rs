//! G1: never a gift at first contact: three two-way contacts and sixty days, or a closed deal (METHOD §3.2;
//! Maréchal & Thöni 2019: counter-productive when the two meet for the first time).

use super::{Case, Kept, Rule};
use crate::domain::calendar::Moment;
use crate::domain::occasion::OccasionKind;
use crate::domain::rule::RuleId;
use crate::plan::person::Person;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G1,
    name: || text!("Never at first contact", "Nooit bij het eerste contact"),
    reason: || {
        text!(
            "too early for a gift: first three conversations and sixty days, or a deal",
            "te vroeg voor een cadeau: eerst drie gesprekken en zestig dagen, of een opdracht"
        )
    },
    evidence: || {
        text!(
            "In a field experiment small gifts worked on average and turned against the giver when the two met for the first time; three and sixty are a judgement, not a finding.",
            "In een veldexperiment werkten kleine cadeaus gemiddeld en keerden ze zich tegen de gever bij een eerste ontmoeting; drie en zestig zijn een inschatting, geen bevinding."
        )
    },
    source: "Maréchal & Thöni 2019",
    kept: Kept::Veto(stops),
};

/// Two-way contacts needed.
pub const CONTACTS: u32 = 3;
/// Days of being a customer needed.
pub const TENURE_DAYS: f64 = 60.0;

/// Whether the two know each other well enough for a gift.
pub fn known_enough(person: &Person<'_>, now: Moment) -> bool {
    let known = person.relationship.two_way_contacts() >= CONTACTS && person.tenure(now) >= TENURE_DAYS;
    known || person.had(&[OccasionKind::Deal], now, 365.0)
}

fn stops(case: &Case<'_>) -> bool {
    case.is_gift() && !known_enough(case.person, case.now)
}
