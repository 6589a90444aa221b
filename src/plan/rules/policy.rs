//! G7: the recipient's own policy: none, a most in a year, or an approval first; and none before the policy is known: a
//! card, and ask (METHOD §3.2). The most for one gift is G6's, the office address stands on the checklist.

use super::{Case, Kept, Rule};
use crate::domain::customer::GiftPolicy;
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G7,
    name: || text!("The recipient's own policy", "Het eigen beleid van de ontvanger"),
    reason: || {
        text!(
            "what they may accept does not allow this, is not known yet, or asks for an approval first: send a card, and ask",
            "dit past niet bij wat ze mogen aannemen, of dat is nog niet bekend, of er moet eerst iemand akkoord gaan: stuur een kaart, en vraag het"
        )
    },
    evidence: || {
        text!(
            "Codes of conduct ask that gifts keep to the recipient's own rules; a judgement, not a finding, that a card will do meanwhile.",
            "Gedragscodes vragen dat cadeaus binnen de regels van de ontvanger blijven; dat een kaart intussen volstaat, is een inschatting, geen bevinding."
        )
    },
    source: "ICC Guidelines on Gifts and Hospitality",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let known = matches!(case.person.customer.gifts, GiftPolicy::UpTo(_));
    case.gives() && (!known || too_much_this_year(case) || case.lacks_approval())
}

/// Whether it would bring the gifts of the year above what the recipient may accept in one.
fn too_much_this_year(case: &Case<'_>) -> bool {
    let given = case.person.gifts.map_or(0, |gifts| gifts.value.0);
    case.person.customer.gift_terms.a_year.is_some_and(|most| given.saturating_add(case.cost().0) > most.0)
}
