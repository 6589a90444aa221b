//! G1: never a gift at first contact: three two-way contacts and sixty days, or a closed deal (METHOD §3.2;
//! Maréchal & Thöni 2019: counter-productive when the two meet for the first time).

use super::{Case, Rule};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

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

fn stops(case: &Case<'_>) -> bool {
    let known = case.person.standing.two_way_contacts() >= CONTACTS && case.person.tenure(case.now) >= TENURE_DAYS;
    case.is_gift() && !known && !case.person.tagged(&["deal"], case.now, 365.0)
}
