//! Whom a row names.

use std::collections::HashSet;

use super::profile::Target;
use super::row::{Fields, clean};
use crate::domain::limits::LONGEST_NAME;
use crate::domain::names::fold;
use crate::domain::party::Party;

/// More people than this in one row are not looked at.
const MOST_PARTIES: usize = 50;

/// Whom a row names; a firm when it names no person. Several names are parted by `;`, and an address
/// may stand behind each, as in `Anna Smit (anna@example.nl)`.
pub(super) fn parties(fields: &Fields) -> Vec<Party> {
    let text = fields.text(Target::Customer);
    let text = if text.is_empty() || is_nobody(&text) { fields.text(Target::Organisation) } else { text };
    let mut parties: Vec<Party> =
        text.split(';').take(MOST_PARTIES).map(written_party).filter(|party| *party != Party::default()).collect();
    if parties.len() <= 1 {
        let mut party = parties.pop().unwrap_or_default();
        party.addresses.extend(fields.parts(Target::Email).into_iter().flat_map(addresses));
        party.phones.extend(fields.parts(Target::Phone).into_iter().flat_map(phones));
        parties = vec![party];
    }
    for party in &mut parties {
        let mut met = HashSet::new();
        party.addresses.retain(|address| met.insert(address.clone()));
        party.phones.dedup();
        // a name that is only the address again says nothing more
        if party.addresses.contains(&party.name.to_lowercase()) {
            party.name.clear();
        }
    }
    parties.retain(|party| *party != Party::default());
    parties
}

/// A name, with the addresses behind it taken off.
fn written_party(text: &str) -> Party {
    let name = text.split([' ', '\t', '\n']).filter(|word| !is_address(bare_address(word))).collect::<Vec<_>>().join(" ");
    let name = if is_nobody(&name) { String::new() } else { clean(&name, LONGEST_NAME) };
    Party { name, addresses: addresses(text).collect(), phones: Vec::new() }
}

/// Whether a name only says that nobody is named: `-`, `n.v.t.`, `unknown`.
fn is_nobody(name: &str) -> bool {
    let folded = fold(name).replace(' ', "");
    let words = ["nvt", "onbekend", "unknown", "nietbekend", "notapplicable", "nietvantoepassing", "none", "geen", "null", "leeg"];
    // somebody may be called Na
    words.contains(&folded.as_str()) || folded.is_empty() || (folded == "na" && name.contains(['/', '.']))
}

fn bare_address(word: &str) -> &str {
    word.trim_matches(['(', ')', '<', '>', '[', ']', '"', '\'', ',', ';'])
}

fn addresses(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';')).map(bare_address);
    words.filter(|word| is_address(word)).map(|word| clean(word, LONGEST_NAME).to_lowercase())
}

fn phones(text: &str) -> impl Iterator<Item = String> {
    // spreadsheets are kept from reckoning with a number by an apostrophe
    let numbers = text.split([',', ';', '\n']).map(|phone| clean(phone.trim().trim_start_matches('\''), LONGEST_NAME));
    numbers.filter(|phone| phone.chars().filter(char::is_ascii_digit).count() >= 5)
}

/// Whether this looks like a mail address.
pub(super) fn is_address(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@') && !host.ends_with('.'))
}
