//! R3: a failure that is more than minor is made good by a person through phone, visit or video
//! (METHOD §2.2): a written line is too little. Once it has been made good, a card may follow.

use super::{Case, Rule};
use crate::domain::play::Theme;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::words::{Channel, Sender, Severity};

pub const RULE: Rule = Rule { id: RuleId::R3, reason, stops };

fn reason() -> Text {
    Text::new(
        "this is too serious for a written line: call, or go there yourself",
        "dit is te ernstig voor een berichtje: bel, of ga er zelf heen",
    )
}

fn stops(case: &Case<'_>) -> bool {
    let contact = &case.play.contact;
    let by_voice = contact.sender == Sender::Human && matches!(contact.channel, Channel::Phone | Channel::Visit | Channel::Video);
    let mut open = case.person.failures.iter().filter(|failure| failure.open_at(case.now));
    case.play.theme == Theme::Recovery && !by_voice && open.any(|failure| failure.word >= Severity::Moderate)
}
