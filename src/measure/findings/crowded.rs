//! Crowded: a customer here hears from the firm more than the cap (METHOD §1.2; Godfrey, Seiders
//! & Voss 2011). Suggest nothing extra to them but recovery.

use super::{StageFacts, customers};
use crate::domain::numbers::{decimal, shortest};
use crate::domain::text::Text;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let people = facts.people;
    (people.crowded > 0).then(|| {
        let who = customers(people.crowded.into());
        let (pressure, cap) = (decimal(people.pressure, 1), shortest(facts.model.pressure_cap));
        let verb = if people.crowded == 1 { "hears" } else { "hear" };
        let hoort = if people.crowded == 1 { "hoort" } else { "horen" };
        Text::new(
            format!("{} {verb} from you a lot, with a contact pressure of up to {}; above {} is too much", who.en, pressure.en, cap.en),
            format!("{} {hoort} veel van je, met een contactdruk tot {}; boven {} is te veel", who.nl, pressure.nl, cap.nl),
        )
    })
}
