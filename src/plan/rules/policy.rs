//! G6 and G7: no present to who accepts none, and none before the recipient's policy is known: a card, and ask
//! first (METHOD §3.2).

use super::{Case, Rule};
use crate::domain::customer::GiftPolicy;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::G7, reason, stops };

fn reason() -> Text {
    Text::new(
        "no gifts accepted, or not known yet what may be accepted: send a card and ask first",
        "geen cadeaus gewenst, of nog niet bekend wat mag: stuur een kaart en vraag het eerst",
    )
}

fn stops(case: &Case<'_>) -> bool {
    case.gives() && !matches!(case.person.customer.gifts, GiftPolicy::UpTo(_))
}
