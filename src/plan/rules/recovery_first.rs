//! R1: an open failure, or one resolved less than 14 days ago, leaves room for recovery only: no ask, no promotion, no
//! gift (that one is G3); and without a failure there is nothing to recover. What follows a recovery waits until it has
//! been made good, and fits in those 14 days; asking back comes after them (METHOD §2.2; Magnini et al. 2007, Maxham &
//! Netemeyer 2002).

use super::check_back::CHECK_BACK_DAYS;
use super::{Case, Kept, Rule};
use crate::domain::play::CHECK_BACK;
use crate::domain::play::Theme;
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R1,
    name: || text!("Recovery before everything else", "Herstel gaat voor alles"),
    reason: || {
        text!(
            "first make good what went wrong; until 14 days after that, nothing else",
            "eerst goedmaken wat misging; tot 14 dagen daarna niets anders"
        )
    },
    evidence: || {
        text!(
            "A good recovery can lift satisfaction after a first, slight failure and never did after a second; so a failure is repaired, not used. The 14 days are a judgement, not a finding.",
            "Goed herstel kan na een eerste, lichte misser de tevredenheid verhogen en deed dat na een tweede nooit; een misser wordt dus hersteld en niet benut. De 14 dagen zijn een inschatting, geen bevinding."
        )
    },
    source: "Magnini et al. 2007; Maxham & Netemeyer 2002",
    kept: Kept::Veto(stops),
};

/// Days of rest after a resolution.
pub const REST_DAYS: f64 = 14.0;

fn stops(case: &Case<'_>) -> bool {
    let (person, now) = (case.person, case.now);
    let (wounded, healing) = (person.wounded(now), person.healing(now, REST_DAYS));
    if case.play.carries(CHECK_BACK) {
        return wounded || !person.made_good(now, CHECK_BACK_DAYS);
    }
    match (case.play.theme, case.play.after_recovery) {
        (Theme::Recovery, false) => !wounded,
        (Theme::Recovery, true) => wounded || !healing,
        _ => wounded || healing,
    }
}
