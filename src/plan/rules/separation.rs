//! G4: thirty days between a gift and any promotion, discount, survey or asking for a referral, whichever comes first
//! (METHOD §3.2; Kim et al. 2022: a discount next to a handwritten note attenuates it).

use super::{Case, Kept, Rule};
use crate::domain::play::REFERRAL_ASK;
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G4,
    name: || text!("Gifts apart from asking and selling", "Cadeaus los van vragen en verkopen"),
    reason: || {
        text!(
            "a gift is less than 30 days away from a promotion, a survey or asking for a referral; next to each other it loses its meaning",
            "een cadeau ligt minder dan 30 dagen van een aanbieding, een enquête of de vraag om een aanbeveling; naast elkaar verliest het zijn betekenis"
        )
    },
    evidence: || {
        text!(
            "A discount next to a handwritten note took away from what the note did; the 30 days are a judgement, not a finding.",
            "Een korting naast een handgeschreven briefje deed af aan wat het briefje deed; de 30 dagen zijn een inschatting, geen bevinding."
        )
    },
    source: "Kim et al. 2022",
    kept: Kept::Veto(stops),
};

/// Days between a gift and a promotion or an ask.
pub const APART_DAYS: f64 = 30.0;

fn stops(case: &Case<'_>) -> bool {
    let person = case.person;
    let near = |at| case.now.days_since(at).abs() < APART_DAYS;
    let asked = || person.tags.iter().any(|(at, tag)| tag == REFERRAL_ASK && near(*at));
    let gift_beside = case.is_gift() && (person.relationship.promoted.is_some_and(near) || asked());
    // One that is planned does not hide the one before it.
    let given = person.gifts.is_some_and(|gifts| near(gifts.last) || gifts.given.is_some_and(near));
    let ask_beside = case.play.asks_for_referral() && given;
    gift_beside || ask_beside
}
