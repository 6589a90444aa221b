//! Wounded: a failure recorded on this stage is open (METHOD §1.2, R1).

use super::{StageFacts, customers, days};
use crate::domain::text::Text;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let people = facts.people;
    (people.wounded > 0).then(|| {
        let who = customers(people.wounded.into());
        let long = days(people.wounded_days);
        let verb = if people.wounded == 1 { "has" } else { "have" };
        let heeft = if people.wounded == 1 { "heeft" } else { "hebben" };
        let al = if people.wounded_days < 1.0 { "" } else { "al " };
        Text::new(
            format!("{} {verb} an open failure, the oldest for {}", who.en, long.en),
            format!("{} {heeft} een misser die nog openstaat, de oudste {al}{}", who.nl, long.nl),
        )
    })
}
