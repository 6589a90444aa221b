//! R7: the recovery of a severe failure counts for .7 at most (METHOD §2.2; Magnini et al. 2007, Soares & Proença 2015).

use super::{Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R7,
    name: || text!("A severe failure", "Een ernstige misser"),
    reason: || {
        text!(
            "what is severe is never made good entirely: it counts for 0.7 at most",
            "wat ernstig is, wordt nooit helemaal goedgemaakt: het telt voor hooguit 0,7"
        )
    },
    evidence: || {
        text!(
            "Among 40,813 telephone customers a graver failure left fewer who bought again after its recovery; the 0.7 is a judgement, not a finding.",
            "Bij 40.813 telefoonklanten kochten er na een ernstiger misser minder opnieuw, ook na herstel; de 0,7 is een inschatting, geen bevinding."
        )
    },
    source: "Magnini et al. 2007; Soares & Proença 2015",
    kept: Kept::Elsewhere(|| text!("the quality of a recovery", "de kwaliteit van een herstel")),
};
