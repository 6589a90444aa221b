//! REF1: a referral is asked only of a warm relationship, W ≥ 60 (METHOD §3.2) **[J]**.

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref1,
    name: || text!("Ask only where it is warm", "Alleen vragen waar het warm is"),
    reason: || {
        text!(
            "the relationship is not warm enough yet to ask for a referral: from 60 up",
            "de relatie is nog niet warm genoeg om een aanbeveling te vragen: vanaf 60"
        )
    },
    evidence: || {
        text!(
            "A judgement, not a finding: who asks too early asks a favour of a stranger.",
            "Een inschatting, geen bevinding: wie te vroeg vraagt, vraagt een gunst van een vreemde."
        )
    },
    source: "",
    kept: Kept::Veto(stops),
};

/// The warmth of the relationship from which a referral may be asked.
pub const WARM: f64 = 60.0;

fn stops(case: &Case<'_>) -> bool {
    case.play.asks_for_referral() && case.person.warmth < WARM
}
