//! Empty: nobody has had contact in this stage yet.

use super::StageFacts;
use crate::domain::text::Text;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    (facts.score.customers == 0).then(|| Text::new("no contact has been recorded here yet", "hier is nog geen contact vastgelegd"))
}
