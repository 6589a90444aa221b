//! G10: a present stands in the register with its date, its value, for whom, why, by whom, and who approved it
//! where that is asked (METHOD §3.2). It holds for a present somebody has in mind; a play by itself is not one yet.

use super::{Case, Kept, Present, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G10,
    name: || text!("In the register", "In het register"),
    reason: || {
        text!(
            "not known yet: what it costs, why this one, who gives it, or who approved it",
            "nog niet bekend: wat het kost, waarom juist dit, wie het geeft of wie het goedkeurde"
        )
    },
    evidence: || {
        text!(
            "Codes of conduct ask that gifts are transparent and recorded; which particulars is a judgement, not a finding.",
            "Gedragscodes vragen dat cadeaus open en vastgelegd zijn; welke gegevens is een inschatting, geen bevinding."
        )
    },
    source: "ICC Guidelines on Gifts and Hospitality",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let incomplete = |present: &Present<'_>| present.value.is_none() || present.why.trim().is_empty() || present.given_by.trim().is_empty();
    case.gives() && case.present.is_some_and(|present| incomplete(present) || case.lacks_approval())
}
