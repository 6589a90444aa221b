//! G6: the value follows the relationship, up to €25, for long-standing customers up to €50 **[J]**, and never above
//! the recipient's own cap (METHOD §3.2; Bauer, Leung & Palmatier 2024). An apology keeps to it as well.

use super::first_contact::known_enough;
use super::{Case, Kept, Rule};
use crate::domain::calendar::Moment;
use crate::domain::customer::GiftPolicy;
use crate::domain::money::Cents;
use crate::domain::rule::RuleId;
use crate::plan::person::Person;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G6,
    name: || text!("The value follows the relationship", "De waarde volgt de relatie"),
    reason: || {
        text!(
            "costs more than fits this relationship, or than this recipient is known to accept",
            "kost meer dan past bij deze relatie, of dan deze klant voor zover bekend mag aannemen"
        )
    },
    evidence: || {
        text!(
            "A gift too large for the stage of the relation raised suspicion, one too small felt unfair; the amounts are a judgement, not a finding.",
            "Een te groot cadeau voor de fase van de relatie wekte argwaan, een te klein voelde oneerlijk; de bedragen zijn een inschatting, geen bevinding."
        )
    },
    source: "Bauer, Leung & Palmatier 2024",
    kept: Kept::Veto(stops),
};

/// The most for an active customer.
pub const ACTIVE: Cents = Cents(2500);
/// The most for a long-standing one.
pub const LONG_STANDING: Cents = Cents(5000);
/// Days after which a customer is long-standing.
pub const LONG_DAYS: f64 = 730.0;

/// The most that fits a relationship: nothing for who is new (G1), then [`ACTIVE`], then [`LONG_STANDING`].
/// What the recipient may accept comes on top of it.
pub fn ladder(person: &Person<'_>, now: Moment) -> Cents {
    match person.tenure(now) {
        _ if !known_enough(person, now) => Cents(0),
        days if days >= LONG_DAYS => LONG_STANDING,
        _ => ACTIVE,
    }
}

fn stops(case: &Case<'_>) -> bool {
    let ladder = if case.person.tenure(case.now) >= LONG_DAYS { LONG_STANDING } else { ACTIVE };
    let cap = match case.person.customer.gifts {
        GiftPolicy::UpTo(cap) => cap.min(ladder),
        GiftPolicy::None | GiftPolicy::Unknown => Cents(0),
    };
    case.gives() && case.cost() > cap
}
