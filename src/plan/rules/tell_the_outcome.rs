//! REF7: who sent somebody is told what came of it (METHOD §3.2) **[J]**.

use super::{Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref7,
    name: || text!("Tell them what came of it", "Laten weten wat ervan kwam"),
    reason: || {
        text!(
            "who sent somebody is told what came of it, also when it came to nothing",
            "wie iemand stuurde, hoort wat ervan kwam, ook als het niets werd"
        )
    },
    evidence: || {
        text!(
            "A judgement, not a finding: who recommends sticks out a neck and likes to know.",
            "Een inschatting, geen bevinding: wie aanbeveelt, steekt zijn nek uit en wil het graag weten."
        )
    },
    source: "",
    kept: Kept::Elsewhere(|| {
        text!(
            "the register of referrals, and a nudge until it was told",
            "het overzicht van aanbevelingen, en een herinnering tot het is verteld"
        )
    }),
};
