//! REF2: a referral is asked only of who has been a customer for 180 days (METHOD §3.2; Van den Bulte et al. 2018).

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref2,
    name: || text!("Ask only who has been here half a year", "Alleen vragen wie een halfjaar klant is"),
    reason: || {
        text!(
            "a customer for less than 180 days: too early to ask for a referral",
            "nog geen 180 dagen klant: te vroeg om een aanbeveling te vragen"
        )
    },
    evidence: || {
        text!(
            "The advice of a study of referred customers is to look for referrers among those of six months or more.",
            "Het advies uit een onderzoek naar aanbevolen klanten is aanbevelers te zoeken onder klanten van zes maanden of langer."
        )
    },
    source: "Van den Bulte et al. 2018",
    kept: Kept::Veto(stops),
};

/// Days of being a customer needed.
pub const TENURE_DAYS: f64 = 180.0;

fn stops(case: &Case<'_>) -> bool {
    case.play.asks_for_referral() && case.person.tenure(case.now) < TENURE_DAYS
}
