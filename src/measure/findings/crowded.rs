//! Crowded: a customer here hears from the firm more than the cap (METHOD §1.2; Godfrey, Seiders
//! & Voss 2011). Suggest nothing extra to them but recovery.

use super::{StageFacts, customers};
use crate::domain::text::Text;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let people = facts.people;
    (people.crowded > 0).then(|| {
        let who = customers(people.crowded.into());
        let (pressure, cap) = (format!("{:.1}", people.pressure), format!("{:.1}", facts.model.pressure_cap));
        let verb = if people.crowded == 1 { "hears" } else { "hear" };
        let hoort = if people.crowded == 1 { "hoort" } else { "horen" };
        Text::new(
            format!("{} {verb} from you a lot: a contact pressure of up to {pressure}, above {cap}", who.en),
            format!("{} {hoort} veel van u: een contactdruk tot {}, boven {}", who.nl, pressure.replace('.', ","), cap.replace('.', ",")),
        )
    })
}
