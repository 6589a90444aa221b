//! R6: a second failure within 365 days weighs 1.5 times, and its recovery counts for half at most, for .3 when it
//! is of the same kind (METHOD §2.2, §2.3; Maxham & Netemeyer 2002).

use super::{Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R6,
    name: || text!("A second failure within a year", "Een tweede misser binnen een jaar"),
    reason: || {
        text!(
            "it weighs more, making good counts for half at most, and the owner sees to it; the same again asks for mending the cause",
            "die weegt zwaarder, goedmaken telt hooguit voor de helft, en de eigenaar pakt het zelf op; twee keer hetzelfde vraagt om de oorzaak"
        )
    },
    evidence: || {
        text!(
            "Over 20 months a first failure could be made more than good; a second one never was, least of all one like the first. How much it weighs is a judgement, not a finding.",
            "In 20 maanden kon een eerste misser meer dan goedgemaakt worden, een tweede nooit, en al helemaal niet als die op de eerste leek. Hoe zwaar hij weegt, is een inschatting, geen bevinding."
        )
    },
    source: "Maxham & Netemeyer 2002",
    kept: Kept::Elsewhere(|| {
        text!(
            "the quality of a recovery, and a task to mend the cause",
            "de kwaliteit van een herstel, en een taak om de oorzaak aan te pakken"
        )
    }),
};
