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
            "Small gifts swayed choices made for somebody else, even where the intent was understood; the thirty days ahead, and that after a year without a word nothing is open any more, are judgements, not findings.",
            "Kleine cadeaus stuurden keuzes die voor een ander werden gemaakt, ook als de bedoeling werd doorzien; de dertig dagen vooraf, en dat er na een jaar stilte niets meer openstaat, zijn inschattingen, geen bevindingen."
        )
    },
    source: "Malmendier & Schmidt 2017",
    kept: Kept::Veto(stops),
};

/// Days before something to be decided in which its shadow falls on a gift (METHOD §3.2).
pub const UNDECIDED_DAYS: f64 = 30.0;
/// Days after which what was never decided is open no longer **[J]**: as far back as tags are read.
const FORGOTTEN_DAYS: f64 = 365.0;
/// Tags of what is to be decided.
const PENDING: [&str; 5] = ["quote", "offerte", "tender", "negotiation", "renewal"];
/// Tags of a decision.
const DECIDED: [&str; 2] = ["deal", "declined"];

fn stops(case: &Case<'_>) -> bool {
    let tags = case.person.tags;
    let decided = tags.iter().filter(|(at, tag)| *at <= case.now && DECIDED.contains(&tag.as_str())).map(|&(at, _)| at).max();
    let near = |at| (-UNDECIDED_DAYS..=FORGOTTEN_DAYS).contains(&case.now.days_since(at));
    let open = |(at, tag): &(_, String)| PENDING.contains(&tag.as_str()) && near(*at) && decided.is_none_or(|decided| decided < *at);
    case.is_gift() && tags.iter().any(open)
}
