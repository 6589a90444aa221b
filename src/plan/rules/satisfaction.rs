//! R9: satisfaction after a recovery is reported apart from staying (METHOD §2.2; de Matos, Henrique & Rossi 2007).

use super::{Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R9,
    name: || text!("Satisfied is not the same as staying", "Tevreden is niet hetzelfde als blijven"),
    reason: || {
        text!(
            "how satisfied they are after a recovery is told apart from whether they stay",
            "hoe tevreden ze na herstel zijn, staat los van of ze blijven"
        )
    },
    evidence: || {
        text!(
            "A meta-analysis found that a good recovery can lift satisfaction, and nothing certain for buying again or recommending.",
            "Een meta-analyse vond dat goed herstel de tevredenheid kan verhogen, en niets zekers voor opnieuw kopen of aanbevelen."
        )
    },
    source: "de Matos, Henrique & Rossi 2007",
    kept: Kept::Elsewhere(|| {
        text!(
            "the list of failures: satisfaction stands in a column of its own and is never turned into a forecast",
            "de lijst van missers: tevredenheid heeft een eigen kolom en wordt nooit een voorspelling"
        )
    }),
};
