//! G2: a gift has its moment: up to 14 days after a deal, a milestone, a life event or a birthday, a week around the
//! customer anniversary; what can be seen coming may be prepared for (METHOD §3.2).

use super::{Case, Kept, Rule};
use crate::domain::occasion::OccasionKind;
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G2,
    name: || text!("A gift has its moment", "Een cadeau heeft zijn moment"),
    reason: || {
        text!(
            "there is no moment for a gift now: a deal, a milestone, an anniversary, a birthday or a life event",
            "er is nu geen moment voor een cadeau: een opdracht, een mijlpaal, een jubileum, een verjaardag of een levensgebeurtenis"
        )
    },
    evidence: || {
        text!(
            "A favour was returned after five minutes and no longer after a week; that a gift belongs to its moment, and the 14 days, are a judgement, not a finding.",
            "Een gunst werd na vijf minuten beantwoord en na een week niet meer; dat een cadeau bij zijn moment hoort, en de 14 dagen, zijn een inschatting, geen bevinding."
        )
    },
    source: "Burger et al. 1997",
    kept: Kept::Veto(stops),
};

/// Days after a moment in which a gift still counts.
pub const MOMENT_DAYS: f64 = 14.0;
/// Days around the anniversary.
pub const ANNIVERSARY_DAYS: f64 = 7.0;

fn stops(case: &Case<'_>) -> bool {
    use OccasionKind::{Anniversary, Birthday, Deal, LifeEvent, Milestone};
    let (person, now) = (case.person, case.now);
    if !case.is_gift() {
        return false;
    }
    let had = person.had(&[Deal, Milestone, LifeEvent, Birthday], now, MOMENT_DAYS);
    let tagged = person.tagged(&[Anniversary.word()], now, MOMENT_DAYS);
    let coming = person.celebrates(&[LifeEvent, Birthday], now, MOMENT_DAYS, case.ahead());
    let jubilee = person.celebrates(&[Anniversary], now, ANNIVERSARY_DAYS, ANNIVERSARY_DAYS);
    !(had || tagged || coming || jubilee || anniversary(case))
}

/// Within a week of a whole number of years since they became a customer.
fn anniversary(case: &Case<'_>) -> bool {
    let Some(since) = case.person.customer.since else { return false };
    let years = case.now.days_since(since) / 365.25;
    years > 0.5 && (years - years.round()).abs() * 365.25 <= ANNIVERSARY_DAYS
}
