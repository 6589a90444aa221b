//! G2, the other half: no gift in a tender, a negotiation, a renewal decision or while a quote is
//! open: not until the decision, and not in the thirty days before it begins (METHOD §3.2; Malmendier
//! & Schmidt 2017: a gift weighs on a choice that should be free).

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G2b,
    name: || text!("Not while something is to be decided", "Niet zolang er iets te beslissen valt"),
    reason: || {
        text!(
            "something is to be decided: a quote, a tender, a negotiation or a renewal; a gift would weigh on it",
            "er valt iets te beslissen: een offerte, een aanbesteding, een onderhandeling of een verlenging; een cadeau zou meewegen"
        )
    },
    evidence: || {
        text!(
            "Small gifts swayed choices made for somebody else, even where the intent was understood; the thirty days are a judgement, not a finding.",
            "Kleine cadeaus stuurden keuzes die voor een ander werden gemaakt, ook als de bedoeling werd doorzien; de dertig dagen zijn een inschatting, geen bevinding."
        )
    },
    source: "Malmendier & Schmidt 2017",
    kept: Kept::Veto(stops),
};

/// Days before and after, in which a decision that is not recorded is still open.
pub const UNDECIDED_DAYS: f64 = 30.0;
/// Tags of what is to be decided.
const PENDING: [&str; 5] = ["quote", "offerte", "tender", "negotiation", "renewal"];
/// Tags of a decision.
const DECIDED: [&str; 2] = ["deal", "declined"];

fn stops(case: &Case<'_>) -> bool {
    let tags = case.person.tags;
    let decided = tags.iter().filter(|(at, tag)| *at <= case.now && DECIDED.contains(&tag.as_str())).map(|&(at, _)| at).max();
    let open = |(at, tag): &(_, String)| {
        PENDING.contains(&tag.as_str()) && case.now.days_since(*at).abs() <= UNDECIDED_DAYS && decided.is_none_or(|decided| decided < *at)
    };
    case.is_gift() && tags.iter().any(open)
}
