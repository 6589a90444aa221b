//! G4: thirty days between a gift and any promotion, discount or survey (METHOD §3.2; Kim et al. 2022: a discount
//! next to a handwritten note attenuates it).

use super::{Case, Rule};
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: "G4", reason, stops };

fn reason() -> Text {
    Text::new(
        "a promotion or survey went out less than 30 days ago; a gift next to it loses its meaning",
        "er ging minder dan 30 dagen geleden een aanbieding of enquête uit; een cadeau ernaast verliest zijn betekenis",
    )
}

/// Days between a promotion and a gift.
pub const APART_DAYS: f64 = 30.0;

fn stops(case: &Case<'_>) -> bool {
    let promoted = case.person.standing.promoted;
    case.is_gift() && promoted.is_some_and(|at| case.now.days_since(at) < APART_DAYS)
}
