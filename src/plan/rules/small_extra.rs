//! R5: make whole first, then a small extra of at most €15 or 20 % of the loss, whichever is more **[J]**, inside the
//! gift policy, which G6 and G7 keep (METHOD §2.2). What making whole itself costs has no limit here.

use super::{Case, Kept, REST_DAYS, Rule};
use crate::domain::incident::Failure;
use crate::domain::rule::RuleId;
use crate::measure::recovery::extra_limit;
use crate::text;

pub const RULE: Rule = Rule {
    id: RuleId::R5,
    name: || text!("Make whole, then a small extra", "Eerst de schade, dan iets kleins extra"),
    reason: || {
        text!(
            "more than a small extra: at most €15, or a fifth of what it cost them",
            "meer dan iets kleins extra: hooguit € 15, of een vijfde van wat het hun kostte"
        )
    },
    evidence: || {
        text!(
            "More than making whole is said to add ever less, in a meta-analysis quoted from memory; the €15 and the fifth are a judgement, not a finding.",
            "Meer dan de schade vergoeden zou steeds minder toevoegen, volgens een meta-analyse die uit het hoofd is aangehaald; de € 15 en het vijfde deel zijn een inschatting, geen bevinding."
        )
    },
    source: "Gelbrich & Roschk 2011",
    kept: Kept::Veto(stops),
};

fn stops(case: &Case<'_>) -> bool {
    let near = |failure: &&Failure| failure.open_at(case.now) || failure.healing(case.now, REST_DAYS);
    let largest = case.person.failures.iter().filter(near).filter_map(|failure| failure.loss).max();
    case.is_extra() && case.cost() > extra_limit(largest)
}
