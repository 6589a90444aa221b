//! Overdue: the time of a promise, or the maximum contact gap, has passed (METHOD §4).

use super::{People, StageFacts, customers, days};
use crate::domain::text::Text;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let people = facts.people;
    let mut parts: Vec<Text> = promises(people).collect();
    if people.gaps_passed > 0 {
        let (who, long, most) = (customers(people.gaps_passed.into()), days(people.longest_gap), days(people.maximum_gap));
        let (have, zijn) = if people.gaps_passed == 1 { ("has", "is") } else { ("have", "zijn") };
        // In whole days the longest may be no longer than the most there should be.
        let up_to = if long == most { Text::default() } else { Text::new(format!(", up to {}", long.en), format!(", tot {}", long.nl)) };
        parts.push(Text::new(
            format!("{} {have} been without contact for longer than {}{}", who.en, most.en, up_to.en),
            format!("{} {zijn} al langer dan {} zonder contact{}", who.nl, most.nl, up_to.nl),
        ));
    }
    let join = |pick: fn(&Text) -> &str| parts.iter().map(pick).collect::<Vec<_>>().join("; ");
    (!parts.is_empty()).then(|| Text::new(join(|part| &part.en), join(|part| &part.nl)))
}

fn promises(people: &People) -> impl Iterator<Item = Text> {
    let missed = people.promises.iter().zip(&people.promises_missed).filter(|&(_, &missed)| missed > 0);
    missed.map(|(title, &missed)| {
        let who = customers(missed.into());
        Text::new(
            format!("\u{201c}{title}\u{201d} is still to come for {}", who.en),
            format!("\u{201c}{title}\u{201d} moet nog komen voor {}", who.nl),
        )
    })
}
