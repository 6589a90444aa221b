//! REF4: a referral is asked within 14 days of a positive moment: a contact that felt good, a deal or a milestone
//! (METHOD §3.2) **[J]**.

use super::{Case, Kept, Rule};
use crate::domain::occasion::OccasionKind;
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref4,
    name: || text!("Ask soon after a good moment", "Vragen kort na een goed moment"),
    reason: || {
        text!(
            "no good moment in the last 14 days: a deal, a milestone, or a contact that felt good",
            "geen goed moment in de afgelopen 14 dagen: een opdracht, een mijlpaal of een contact dat goed voelde"
        )
    },
    evidence: || {
        text!(
            "A favour was returned after five minutes and no longer after a week; that asking is no different, and the 14 days, are a judgement, not a finding.",
            "Een gunst werd na vijf minuten beantwoord en na een week niet meer; dat het met vragen net zo is, en de 14 dagen, zijn een inschatting, geen bevinding."
        )
    },
    source: "Burger et al. 1997",
    kept: Kept::Veto(stops),
};

/// Days after a good moment in which a referral may be asked.
pub const GOOD_MOMENT_DAYS: f64 = 14.0;

fn stops(case: &Case<'_>) -> bool {
    let (person, now) = (case.person, case.now);
    let felt_good = person.positive.is_some_and(|at| (0.0..=GOOD_MOMENT_DAYS).contains(&now.days_since(at)));
    let good = felt_good || person.had(&[OccasionKind::Deal, OccasionKind::Milestone], now, GOOD_MOMENT_DAYS);
    case.play.asks_for_referral() && !good
}
