//! R4: an explanation or a status update, not both in one breath (METHOD §2.2; Hogreve, Bilstein & Mandl 2017: each
//! helped, both together backfired). The breath is a day **[J]**.

use super::{Case, Kept, Rule};
use crate::domain::play::{EXPLANATION, STATUS_UPDATE};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R4,
    name: || text!("An explanation or a status update", "Een uitleg of een tussenstand"),
    reason: || {
        text!(
            "they get an explanation or the state of things, not both within a day",
            "ze krijgen een uitleg of een tussenstand, niet allebei binnen een dag"
        )
    },
    evidence: || {
        text!(
            "A status update or an explanation helped; both together backfired. That a day keeps them apart is a judgement, not a finding.",
            "Een tussenstand of een uitleg hielp; allebei samen werkte averechts. Dat een dag ze uit elkaar houdt, is een inschatting, geen bevinding."
        )
    },
    source: "Hogreve, Bilstein & Mandl 2017",
    kept: Kept::Veto(stops),
};

/// Days within which the two are one breath.
pub const BREATH_DAYS: f64 = 1.0;

fn stops(case: &Case<'_>) -> bool {
    let (explains, updates) = (case.play.carries(EXPLANATION), case.play.carries(STATUS_UPDATE));
    let lately = |tag: &str| case.person.tagged_around(tag, case.now, BREATH_DAYS);
    explains && (updates || lately(STATUS_UPDATE)) || updates && lately(EXPLANATION)
}
