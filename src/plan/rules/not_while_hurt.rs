//! G3: no gift while a failure is open, nor in the 14 days after it was made good: it would look like
//! hush money. An apology that is a present is booked as recovery (METHOD §3.2).

use super::{Case, Kept, REST_DAYS, Rule};
use crate::domain::rule::RuleId;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::G3,
    name: || text!("No gift around a failure", "Geen cadeau rond een misser"),
    reason: || {
        text!(
            "something went wrong, and it is not 14 days since it was made good: a gift now looks like buying peace",
            "er ging iets mis, en het is nog geen 14 dagen goedgemaakt: een cadeau lijkt nu op afkopen"
        )
    },
    evidence: || {
        text!(
            "A handwritten note felt warmer than print, but not where the service itself was poor; that gifts are no different, and the 14 days, are a judgement, not a finding.",
            "Een handgeschreven briefje voelde warmer dan drukwerk, maar niet waar de dienst zelf tegenviel; dat het bij cadeaus net zo is, en de 14 dagen, zijn een inschatting, geen bevinding."
        )
    },
    source: "Ren, Xia & Du 2018",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let (person, now) = (case.person, case.now);
    case.is_gift() && (person.wounded(now) || person.healing(now, REST_DAYS))
}
