//! REF5: at most two asks for a referral a year, planned ones counted (METHOD §3.2) **[J]**.

use super::{Case, Kept, Rule};
use crate::domain::play::REFERRAL_ASK;
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref5,
    name: || text!("Ask at most twice a year", "Hooguit twee keer per jaar vragen"),
    reason: || text!("asked for a referral twice already in a year", "in een jaar al twee keer om een aanbeveling gevraagd"),
    evidence: || {
        text!(
            "Beyond an ideal amount, contact turned against the sender; twice a year is a judgement, not a finding.",
            "Voorbij een ideale hoeveelheid keerde contact zich tegen de afzender; twee keer per jaar is een inschatting, geen bevinding."
        )
    },
    source: "Godfrey, Seiders & Voss 2011",
    kept: Kept::Veto(stops),
};

/// Asks a year.
pub const ASKS_A_YEAR: usize = 2;

fn stops(case: &Case<'_>) -> bool {
    let this_year = |at| case.now.days_since(at) <= 365.0;
    let asks = case.person.tags.iter().filter(|(at, tag)| tag == REFERRAL_ASK && this_year(*at)).count();
    case.play.asks_for_referral() && asks >= ASKS_A_YEAR
}
