//! R3: a failure that is more than minor is made good by a person through phone, visit or video
//! (METHOD §2.2): a written line is too little. Once it has been made good, a card may follow.

use super::{Case, Kept, Rule};
use crate::domain::play::Theme;
use crate::domain::rule::RuleId;
use crate::domain::words::{Channel, Sender, Severity};
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R3,
    name: || text!("By somebody with a name, by voice", "Door iemand met een naam, met de stem"),
    reason: || {
        text!(
            "this is too serious for a written line: call, or go there yourself",
            "dit is te ernstig voor een berichtje: bel, of ga er zelf heen"
        )
    },
    evidence: || {
        text!(
            "Over 94 studies, work on a relation did better when it was built with a person rather than a firm; where the line lies is a judgement, not a finding.",
            "In 94 onderzoeken samen werkte investeren in de relatie beter van mens tot mens dan van bedrijf tot klant; waar de grens ligt is een inschatting, geen bevinding."
        )
    },
    source: "Palmatier et al. 2006",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let contact = &case.play.contact;
    let by_voice = contact.sender == Sender::Human && matches!(contact.channel, Channel::Phone | Channel::Visit | Channel::Video);
    let mut open = case.person.failures.iter().filter(|failure| failure.open_at(case.now));
    case.play.theme == Theme::Recovery && !by_voice && open.any(|failure| failure.word >= Severity::Moderate)
}
