//! G6, the other half: never below the value of the last gift (METHOD §3.2, the value ladder; Bauer, Leung & Palmatier
//! 2024). An apology is no step on it.

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G6b,
    name: || text!("Never less than the last one", "Nooit minder dan de vorige"),
    reason: || {
        text!(
            "worth less than the last gift they got: that tells them they matter less",
            "minder waard dan het vorige cadeau: dat zegt dat ze minder belangrijk zijn geworden"
        )
    },
    evidence: || {
        text!(
            "A gift too small for the stage of the relation felt unfair; that the last one is the measure is a judgement, not a finding.",
            "Een te klein cadeau voor de fase van de relatie voelde oneerlijk; dat het vorige de maat is, is een inschatting, geen bevinding."
        )
    },
    source: "Bauer, Leung & Palmatier 2024",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let last = case.person.gifts.and_then(|gifts| gifts.last_value);
    case.is_gift() && last.is_some_and(|last| case.cost() < last)
}
