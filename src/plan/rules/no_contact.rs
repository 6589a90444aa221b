//! Opt-out: who asked not to be contacted is left alone, whatever else holds (METHOD §8).

use super::{Case, Rule};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::OptOut, reason, stops };

fn reason() -> Text {
    Text::new("asked not to be contacted", "liever geen contact")
}

fn stops(case: &Case<'_>) -> bool {
    case.person.customer.no_contact
}
