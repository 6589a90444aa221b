//! REF3: no referral is asked when in the last 90 days a failure was open (METHOD §3.2) **[J]**.

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref3,
    name: || text!("Do not ask after a failure", "Niet vragen na een misser"),
    reason: || {
        text!(
            "something went wrong in the last 90 days: do not ask for a referral now",
            "er ging de afgelopen 90 dagen iets mis: vraag nu niet om een aanbeveling"
        )
    },
    evidence: || {
        text!(
            "A meta-analysis found nothing certain for recommending after even a good recovery; the 90 days are a judgement, not a finding.",
            "Een meta-analyse vond niets zekers voor aanbevelen, ook na goed herstel; de 90 dagen zijn een inschatting, geen bevinding."
        )
    },
    source: "de Matos, Henrique & Rossi 2007",
    kept: Kept::Veto(stops),
};

/// Days without a failure needed.
pub const QUIET_DAYS: f64 = 90.0;

fn stops(case: &Case<'_>) -> bool {
    case.play.asks_for_referral() && case.person.hurt_within(case.now, QUIET_DAYS)
}
