//! Whether a card is still what it was.

use crate::domain::party::{Anniversary, Card};
use crate::intake::records::digest;

/// A hash over all that is kept of a card, to know whether a card met again has changed. The order
/// of addresses, numbers and days does not count; that of categories does, because the first one
/// becomes the segment.
pub fn content(card: &Card) -> [u8; 16] {
    let list = |all: &[String]| {
        let mut all: Vec<&[u8]> = all.iter().map(String::as_bytes).collect();
        all.sort_unstable();
        digest(&all)
    };
    let categories: Vec<&[u8]> = card.categories.iter().map(String::as_bytes).collect();
    let mut days: Vec<&Anniversary> = card.anniversaries.iter().collect();
    days.sort_unstable();
    let days: Vec<String> = days.iter().map(|day| format!("{:?} {} {} {}", day.year, day.month, day.day, day.what)).collect();
    digest(&[
        card.party.name.as_bytes(),
        card.organisation.as_bytes(),
        &list(&card.party.addresses),
        &list(&card.party.phones),
        &list(&card.postal),
        &list(&days),
        &digest(&categories),
        &card.since.map_or([0; 9], |since| marked(since.0)),
        card.notes.as_bytes(),
    ])
}

/// A number that is no absence.
fn marked(number: i64) -> [u8; 9] {
    let mut bytes = [1; 9];
    bytes[1..].copy_from_slice(&number.to_le_bytes());
    bytes
}
