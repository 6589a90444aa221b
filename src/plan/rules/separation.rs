//! G4: thirty days between a gift and any promotion, discount, survey or asking for a referral (METHOD §3.2; Kim et al. 2022: a discount
//! next to a handwritten note attenuates it).

use super::{Case, Rule};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::G4, reason, stops };

fn reason() -> Text {
    Text::new(
        "a promotion, a survey or asking for a referral is less than 30 days away; a gift next to it loses its meaning",
        "een aanbieding, enquête of vraag om een aanbeveling ligt er minder dan 30 dagen vandaan; een cadeau ernaast verliest zijn betekenis",
    )
}

/// Days between a promotion and a gift.
pub const APART_DAYS: f64 = 30.0;

fn stops(case: &Case<'_>) -> bool {
    let promoted = case.person.standing.promoted;
    let asked = case.person.tags.iter().filter(|(_, tag)| tag == "referral-ask").map(|&(at, _)| at);
    let mut near = promoted.into_iter().chain(asked).map(|at| case.now.days_since(at).abs());
    case.is_gift() && near.any(|days| days < APART_DAYS)
}
