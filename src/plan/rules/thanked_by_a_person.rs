//! REF6: every referral is thanked for within 48 hours by a person, whatever its outcome (METHOD §3.2). The hours are
//! kept by the nudge, the person here.

use super::{Case, Kept, Rule};
use crate::domain::play::Theme;
use crate::domain::rule::RuleId;
use crate::domain::words::Sender;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::Ref6,
    name: || text!("Thanked within 48 hours, by a person", "Binnen 48 uur bedankt, door een mens"),
    reason: || {
        text!(
            "a referral is thanked for within 48 hours by a person, not by a machine or in its words",
            "voor een aanbeveling bedankt binnen 48 uur een mens, niet een machine of in haar woorden"
        )
    },
    evidence: || {
        text!(
            "Among 208 people, messages written with help felt like less effort and satisfied less; the 48 hours are a judgement, not a finding.",
            "Bij 208 mensen voelden berichten die met hulp waren geschreven als minder moeite en stelden ze minder tevreden; de 48 uur zijn een inschatting, geen bevinding."
        )
    },
    source: "Liu, Kang & Wei 2023",
    kept: Kept::Veto(stops),
};

/// Hours within which a referral is thanked for.
pub const THANKS_HOURS: f64 = 48.0;

fn stops(case: &Case<'_>) -> bool {
    let thanks = case.play.theme == Theme::Referral && !case.play.asks_for_referral();
    thanks && case.play.contact.sender != Sender::Human
}
