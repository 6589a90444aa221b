//! One-way: hardly any contact goes both ways, M < .1·max(I, O) (METHOD §1.2).
//!
//! I and O are the stage's, pooled with ω like every share of a finding, and M is the smaller of the
//! two: customers who only hear and others who only speak make a stage that goes both ways.

use super::StageFacts;
use crate::domain::text::Text;

/// Below this part of the larger direction, contact is one-way.
pub const ONE_WAY: f64 = 0.1;

pub fn check(facts: &StageFacts<'_>) -> Option<Text> {
    let pooled = &facts.score.pooled;
    let one_way = pooled.two_way() < ONE_WAY * pooled.inbound.max(pooled.outbound);
    (facts.evident() && one_way).then(|| {
        if pooled.outbound >= pooled.inbound {
            Text::new(
                "nearly all personal contact goes out and hardly any comes back",
                "bijna al het persoonlijke contact gaat naar de klant en er komt nauwelijks iets terug",
            )
        } else {
            Text::new(
                "nearly all personal contact comes from the customer and hardly any goes back",
                "bijna al het persoonlijke contact komt van de klant en er gaat nauwelijks iets terug",
            )
        }
    })
}
