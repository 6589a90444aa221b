//! A play that marks an occasion needs that occasion: on the log, or in the calendar. What can be seen coming may
//! be prepared for.

use super::{Case, Kept, Rule};
use crate::domain::occasion::OccasionKind;
use crate::domain::play::{REFERRAL_NEWS, REFERRAL_THANKS};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Occasion,
    name: || text!("An occasion of its own", "Een eigen aanleiding"),
    reason: || {
        text!("there is no occasion for it in the log or in the calendar", "er is geen aanleiding voor in het logboek of op de kalender")
    },
    evidence: || {
        text!(
            "A judgement, not a finding: thanks and congratulations without a cause are a mailing.",
            "Een inschatting, geen bevinding: bedanken of feliciteren zonder aanleiding is een mailing."
        )
    },
    source: "",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let Some(occasion) = &case.play.occasion else { return false };
    // Somebody they sent is an occasion until they have been thanked and told.
    let about_referral = case.play.carries(REFERRAL_THANKS) || case.play.carries(REFERRAL_NEWS);
    if about_referral && case.person.referrals.iter().any(|referral| referral.thanked.is_none() || referral.told.is_none()) {
        return false;
    }
    let tags: Vec<&str> = occasion.tags.iter().map(String::as_str).collect();
    let kinds: Vec<OccasionKind> = OccasionKind::ALL.iter().copied().filter(|kind| tags.contains(&kind.word())).collect();
    !case.person.tagged(&tags, case.now, occasion.within) && !case.person.celebrates(&kinds, case.now, occasion.within, case.ahead())
}
