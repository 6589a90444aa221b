//! R8: fourteen days after a failure was made good, somebody asks how it is now: for feedback, not for a referral
//! (METHOD §2.2) **[J]**. That it does not come sooner is R1's.

use super::{Kept, Rule};
use crate::domain::rule::RuleId;
use crate::measure::recovery::CHECK_DAYS;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R8,
    name: || text!("Ask how it is now", "Vragen hoe het nu is"),
    reason: || {
        text!(
            "14 days after it was made good somebody asks how it is now, and asks for nothing else",
            "14 dagen nadat het is goedgemaakt, vraagt iemand hoe het nu is, en verder niets"
        )
    },
    evidence: || {
        text!(
            "A judgement, not a finding: who asks back hears whether it really is right.",
            "Een inschatting, geen bevinding: wie het navraagt, hoort of het echt goed is."
        )
    },
    source: "",
    kept: Kept::Elsewhere(|| text!("a nudge on the fourteenth day", "een herinnering op de veertiende dag")),
};

/// Days after a failure was made good at which somebody asks back.
pub const CHECK_BACK_DAYS: f64 = CHECK_DAYS;
