//! REF8: a referral is rewarded on both sides equally, or on neither (METHOD §3.2) **[J]**.

use super::{Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref8,
    name: || text!("Both the same, or neither", "Allebei hetzelfde, of geen van beiden"),
    reason: || {
        text!(
            "reward both sides equally or neither: otherwise a recommendation looks bought",
            "beloon beide kanten gelijk of geen van beide: anders lijkt een aanbeveling gekocht"
        )
    },
    evidence: || {
        text!(
            "A judgement, not a finding: a reward for one side only makes a friend a salesman.",
            "Een inschatting, geen bevinding: een beloning voor één kant maakt van een vriend een verkoper."
        )
    },
    source: "",
    kept: Kept::Elsewhere(|| text!("recording the thanks for a referral", "het vastleggen van het bedanken voor een aanbeveling")),
};
