//! Wounded: a failure recorded on this stage is open (METHOD §1.2, R1), and whether it is past its time (R2).

use super::{People, StageFacts, customers, days};
use crate::domain::numbers::count;
use crate::domain::text::Text;
use crate::measure::clock::{span, units};

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let people = facts.people;
    (people.wounded > 0).then(|| {
        let who = customers(people.wounded.into());
        let long = days(people.wounded_days);
        let verb = if people.wounded == 1 { "has" } else { "have" };
        let heeft = if people.wounded == 1 { "heeft" } else { "hebben" };
        let al = if people.wounded_days < 1.0 { "" } else { "al " };
        let late = late(people);
        Text::new(
            format!("{} {verb} an open failure, the oldest for {}{}", who.en, long.en, late.en),
            format!("{} {heeft} een misser die nog openstaat, de oudste {al}{}{}", who.nl, long.nl, late.nl),
        )
    })
}

/// R2: a word back, and made good, within the hours of the stage.
fn late(people: &People) -> Text {
    let (en, nl) = match people.late {
        0 => return Text::default(),
        all if all == people.wounded => (" and past its time".to_owned(), " en te laat".to_owned()),
        some => {
            let some = count(some.into());
            (format!("; {} of them past its time", some.en), format!("; {} daarvan te laat", some.nl))
        }
    };
    let (answer, resolve) = (span(people.level.acknowledge, people.working), units(people.level.resolve, people.working));
    Text::new(
        format!("{en} ({} to answer, {} to make it good)", answer.en, resolve.en),
        format!("{nl} (reactie binnen {}, herstel binnen {})", answer.nl, resolve.nl),
    )
}
