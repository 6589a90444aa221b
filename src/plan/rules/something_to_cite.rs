//! G9: personal or nothing: a present refers to something from this customer's log, so a person must
//! have noted something about them, or say now why it is this one. Without it, a card (METHOD §3.2).

use super::{Case, Kept, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G9,
    name: || text!("Personal or nothing", "Persoonlijk of niets"),
    reason: || {
        text!(
            "nothing about them is noted that a gift could refer to: a card is more personal",
            "er is niets over deze klant genoteerd waar een cadeau op kan slaan: een kaart is persoonlijker"
        )
    },
    evidence: || {
        text!(
            "Choosing it for this person softened what a gift can do wrong; that a note shows it is a judgement, not a finding.",
            "Iets kiezen voor deze persoon verzachtte wat een cadeau verkeerd kan doen; dat een aantekening dat laat zien, is een inschatting, geen bevinding."
        )
    },
    source: "Bauer, Leung & Palmatier 2024",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let said = case.present.is_some_and(|present| !present.why.trim().is_empty());
    case.is_gift() && case.person.noted == Some(false) && !said
}
