//! G9: personal or nothing: a present refers to something from this customer's log, so a person must
//! have noted something about them. Without it, a card (METHOD §3.2).

use super::{Case, Rule};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::G9, reason, stops };

fn reason() -> Text {
    Text::new(
        "nothing about them is noted that a gift could refer to: a card is more personal",
        "er is niets over deze klant genoteerd waar een cadeau op kan slaan: een kaart is persoonlijker",
    )
}

fn stops(case: &Case<'_>) -> bool {
    case.is_gift() && !case.person.noted
}
