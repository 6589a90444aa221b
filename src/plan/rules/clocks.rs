//! R2: a person acknowledges a failure within 24 hours and makes it good within 72, or within what the
//! stage says (METHOD §2.2). Overdue clocks come first.

use super::{Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R2,
    name: || text!("Two clocks for every failure", "Twee klokken voor elke misser"),
    reason: || {
        text!(
            "a person acknowledges it within 24 hours and makes it good within 72, unless a stage says otherwise",
            "een mens reageert binnen 24 uur en maakt het binnen 72 uur goed, tenzij een fase iets anders zegt"
        )
    },
    evidence: || {
        text!(
            "Customers grant some time before their claims rise; after that waiting costs more. The 24 and 72 hours are a judgement, not a finding.",
            "Klanten hebben eerst enig geduld; daarna lopen hun eisen op. De 24 en 72 uur zijn een inschatting, geen bevinding."
        )
    },
    source: "Hogreve, Bilstein & Mandl 2017",
    kept: Kept::Elsewhere(|| {
        text!(
            "the list of failures, where overdue clocks come first, and the quality of a recovery",
            "de lijst van missers, met verlopen klokken bovenaan, en de kwaliteit van een herstel"
        )
    }),
};
