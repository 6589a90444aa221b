//! Contact pressure above the cap: nothing extra but recovery (METHOD §1.2; Godfrey, Seiders & Voss 2011).

use super::{Case, Rule};
use crate::domain::play::Theme;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::Crowded, reason, stops };

fn reason() -> Text {
    Text::new("enough contact from your side already", "al genoeg contact van jouw kant")
}

fn stops(case: &Case<'_>) -> bool {
    case.person.pressure > case.model.pressure_cap && case.play.theme != Theme::Recovery
}
