//! G1: never a gift at first contact: three two-way contacts and sixty days, or a closed deal (METHOD §3.2;
//! Maréchal & Thöni 2019: counter-productive when the two meet for the first time).

use super::{Case, Rule};
use crate::domain::calendar::Moment;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::plan::person::Person;

pub const RULE: Rule = Rule { id: RuleId::G1, reason, stops };

fn reason() -> Text {
    Text::new(
        "too early for a gift: first three conversations and sixty days, or a deal",
        "te vroeg voor een cadeau: eerst drie gesprekken en zestig dagen, of een opdracht",
    )
}

/// Two-way contacts needed.
pub const CONTACTS: u32 = 3;
/// Days of being a customer needed.
pub const TENURE_DAYS: f64 = 60.0;

/// Whether the two know each other well enough for a gift.
pub fn known_enough(person: &Person<'_>, now: Moment) -> bool {
    let known = person.standing.two_way_contacts() >= CONTACTS && person.tenure(now) >= TENURE_DAYS;
    known || person.tagged(&["deal"], now, 365.0)
}

fn stops(case: &Case<'_>) -> bool {
    case.is_gift() && !known_enough(case.person, case.now)
}
