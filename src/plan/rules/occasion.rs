//! A play that marks an occasion needs that occasion on the log.

use super::{Case, Rule};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::Occasion, reason, stops };

fn reason() -> Text {
    Text::new("there is no occasion for it in the log", "in het logboek staat er geen aanleiding voor")
}

fn stops(case: &Case<'_>) -> bool {
    case.play.occasion.as_ref().is_some_and(|occasion| {
        let tags: Vec<&str> = occasion.tags.iter().map(String::as_str).collect();
        !case.person.tagged(&tags, case.now, occasion.within)
    })
}
