//! G5: at most two gifts a year to one person, and 180 days apart, planned ones counted (METHOD §3.2).

use super::{Case, Rule};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::G5, reason, stops };

fn reason() -> Text {
    Text::new(
        "a gift less than 180 days ago, or planned, or two this year",
        "minder dan 180 dagen geleden al een cadeau, of een gepland, of dit jaar al twee",
    )
}

/// Gifts a year.
pub const A_YEAR: u32 = 2;
/// Days between two gifts.
pub const APART_DAYS: f64 = 180.0;

fn stops(case: &Case<'_>) -> bool {
    let often = case.person.gifts.is_some_and(|gifts| gifts.count >= A_YEAR || case.now.days_since(gifts.last) < APART_DAYS);
    case.is_gift() && often
}
