//! Opt-out: who asked not to be contacted is left alone, whatever else holds (METHOD §8). It is the one rule
//! that cannot be switched off.

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::OptOut,
    name: || text!("Left alone on request", "Met rust gelaten op verzoek"),
    reason: || text!("asked not to be contacted", "liever geen contact"),
    evidence: || {
        text!(
            "No study is needed: they said so themselves, and that outranks every suggestion.",
            "Daar is geen onderzoek voor nodig: ze zeiden het zelf, en dat gaat boven elke suggestie."
        )
    },
    source: "",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    case.person.customer.no_contact
}
