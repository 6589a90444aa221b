//! G2: a gift has its moment: up to 14 days after a deal or milestone, around the customer anniversary, or at a life
//! event (METHOD §3.2).

use super::{Case, Rule};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;

pub const RULE: Rule = Rule { id: RuleId::G2, reason, stops };

fn reason() -> Text {
    Text::new(
        "there is no moment for a gift now: a deal, a milestone, an anniversary or a life event",
        "er is nu geen moment voor een cadeau: een opdracht, een mijlpaal, een jubileum of een levensgebeurtenis",
    )
}

/// Days after a moment in which a gift still counts.
pub const MOMENT_DAYS: f64 = 14.0;
/// Days around the anniversary.
pub const ANNIVERSARY_DAYS: f64 = 7.0;

fn stops(case: &Case<'_>) -> bool {
    let moments = ["deal", "milestone", "life-event", "anniversary", "birthday"];
    case.is_gift() && !case.person.tagged(&moments, case.now, MOMENT_DAYS) && !anniversary(case)
}

/// Within a week of a whole number of years since they became a customer.
fn anniversary(case: &Case<'_>) -> bool {
    let Some(since) = case.person.customer.since else { return false };
    let years = case.now.days_since(since) / 365.25;
    years > 0.5 && (years - years.round()).abs() * 365.25 <= ANNIVERSARY_DAYS
}
