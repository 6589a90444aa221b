//! G5: at most two gifts a year to one person, and 180 days apart, planned ones counted (METHOD §3.2) **[J]**.

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G5,
    name: || text!("Gifts are rare", "Cadeaus zijn zeldzaam"),
    reason: || {
        text!(
            "a gift less than 180 days ago, or planned, or two this year",
            "minder dan 180 dagen geleden al een cadeau, of een gepland, of dit jaar al twee"
        )
    },
    evidence: || {
        text!(
            "With candy at the bill, a second one that came unasked did most; two a year and 180 days are a judgement, not a finding.",
            "Met snoep bij de rekening deed een tweede dat er spontaan bij kwam het meest; twee per jaar en 180 dagen zijn een inschatting, geen bevinding."
        )
    },
    source: "Strohmetz et al. 2002",
    kept: Kept::Veto(stops),
};

/// Gifts a year.
pub const A_YEAR: u32 = 2;
/// Days between two gifts.
pub const APART_DAYS: f64 = 180.0;

fn stops(case: &Case<'_>) -> bool {
    let often = case.person.gifts.is_some_and(|gifts| gifts.count >= A_YEAR || case.now.days_since(gifts.last) < APART_DAYS);
    case.is_gift() && often
}
