//! Contact pressure above the cap: nothing extra but recovery (METHOD §1.2; Godfrey, Seiders & Voss 2011). A thank-you
//! for a referral is nothing extra: it is owed (REF6).

use super::{Case, Kept, Rule};
use crate::domain::play::{REFERRAL_THANKS, Theme};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Crowded,
    name: || text!("Enough contact already", "Al genoeg contact"),
    reason: || text!("enough contact from your side already", "al genoeg contact van jouw kant"),
    evidence: || {
        text!(
            "More contact worked up to an ideal point and turned against the sender beyond it; where that point lies for you is a judgement, not a finding.",
            "Meer contact werkte tot een ideaal punt en keerde zich daarna tegen de afzender; waar dat punt bij jou ligt, is een inschatting, geen bevinding."
        )
    },
    source: "Godfrey, Seiders & Voss 2011",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let owed = case.play.theme == Theme::Recovery || case.play.carries(REFERRAL_THANKS);
    case.person.pressure > case.model.pressure_cap && !owed
}
