//! R1 and G3: an open failure, or one resolved less than 14 days ago, leaves room for recovery only; and without a
//! failure there is nothing to recover. What follows a recovery waits until it has been made good, and fits in those
//! 14 days (METHOD §2.2; Magnini et al. 2007, Maxham & Netemeyer 2002).

use super::{Case, Rule};
use crate::domain::play::Theme;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::R1, reason, stops };

fn reason() -> Text {
    Text::new(
        "first make good what went wrong; until 14 days after that, nothing else",
        "eerst goedmaken wat misging; tot 14 dagen daarna niets anders",
    )
}

/// Days of rest after a resolution.
pub const REST_DAYS: f64 = 14.0;

fn stops(case: &Case<'_>) -> bool {
    let (person, now) = (case.person, case.now);
    let (wounded, healing) = (person.wounded(now), person.healing(now, REST_DAYS));
    match (case.play.theme, case.play.after_recovery) {
        (Theme::Recovery, false) => !wounded,
        (Theme::Recovery, true) => wounded || !healing,
        _ => wounded || healing,
    }
}
