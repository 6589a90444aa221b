//! G11: ten things are checked before a present counts as given (METHOD §3.2) **[J]**: badly executed, it harms.

use super::{Kept, Rule};
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G11,
    name: || text!("Checked before it counts", "Nagelopen voor het telt"),
    reason: || {
        text!(
            "it counts as given when everything on its checklist was done",
            "het telt als gegeven wanneer alles op de controlelijst is gedaan"
        )
    },
    evidence: || {
        text!(
            "A judgement, not a finding: what is badly executed tells more than what is given.",
            "Een inschatting, geen bevinding: slordig uitgevoerd zegt meer dan wat er gegeven is."
        )
    },
    source: "",
    kept: Kept::Elsewhere(|| text!("the checklist of everything that is given", "de controlelijst bij alles wat gegeven wordt")),
};

/// The ten things of G11, in the order of doing.
pub const GIFT_CHECKLIST: fn() -> Vec<Text> = || {
    vec![
        text!("The name is right, and spelled right", "De naam klopt en is goed geschreven"),
        text!("The reason fits in one sentence", "De reden past in één zin"),
        text!("A line is written by hand, by the one who gives it", "Er zit een regel bij, met de hand geschreven door wie het geeft"),
        text!("No logo is the main thing", "Geen logo is de hoofdzaak"),
        text!(
            "I checked what they may accept, and whether it must go to the office",
            "Ik heb nagekeken wat ze mogen aannemen, en of het naar kantoor moet"
        ),
        text!("It is worth no more than they may accept", "Het is niet meer waard dan ze mogen aannemen"),
        text!("Packed by hand and looked at once more", "Met de hand ingepakt en nog eens bekeken"),
        text!("The address and the day of delivery are confirmed", "Het adres en de dag van bezorging zijn bevestigd"),
        text!("It is noted that it arrived", "Genoteerd dat het is aangekomen"),
        text!("What follows it is no sales question", "Wat erop volgt, is geen verkoopvraag"),
    ]
};

/// What to check before a play counts as done: its own list, and for whatever is given the ten of G11.
pub fn checklist(play: &Play) -> Vec<Text> {
    let ten = if play.is_gift() || play.hands_over() { GIFT_CHECKLIST() } else { Vec::new() };
    play.checklist.iter().cloned().chain(ten).collect()
}
