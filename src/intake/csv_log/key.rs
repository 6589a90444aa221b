//! The identity of a row: a hash of what it means.

use sha2::{Digest, Sha256};

use crate::domain::touchpoint::Touchpoint;

/// Stands first in every hash; a change of the layout below needs another one, and every file
/// imported before would then be new.
const VERSION: u8 = 1;

/// The key of a row: its customer without regard to case, and every value of the touchpoint. Columns
/// left out and their defaults written out give the same key. `scratch` is room to work in.
pub fn row_key(customer: &str, touchpoint: &Touchpoint, scratch: &mut Vec<u8>) -> [u8; 16] {
    let facts = &touchpoint.facts;
    scratch.clear();
    scratch.push(VERSION);
    scratch.extend(facts.at.0.to_le_bytes());
    scratch.extend([facts.channel.code(), facts.direction.code(), facts.sender.code(), facts.personal.code(), facts.kind.code()]);
    push_option(scratch, facts.sentiment.map(|felt| (felt + 0.0).to_bits()));
    push_option(scratch, touchpoint.amount.map(|cents| cents.0 as u64));
    push_option(scratch, touchpoint.minutes.map(u64::from));
    push_folded(scratch, customer);
    scratch.push(u8::from(touchpoint.stage.is_some()));
    push_text(scratch, touchpoint.stage.as_deref().unwrap_or_default());
    push_text(scratch, &touchpoint.note);
    touchpoint.tags.iter().for_each(|tag| push_text(scratch, tag));
    first_half(scratch)
}

fn first_half(bytes: &[u8]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&Sha256::digest(bytes)[..16]);
    half
}

fn push_option(scratch: &mut Vec<u8>, value: Option<u64>) {
    scratch.push(u8::from(value.is_some()));
    scratch.extend(value.unwrap_or_default().to_le_bytes());
}

fn push_text(scratch: &mut Vec<u8>, text: &str) {
    scratch.extend((text.len() as u64).to_le_bytes());
    scratch.extend_from_slice(text.as_bytes());
}

/// The name in lower case, without an allocation when it is plain ASCII.
fn push_folded(scratch: &mut Vec<u8>, name: &str) {
    if !name.is_ascii() {
        return push_text(scratch, &name.to_lowercase());
    }
    push_text(scratch, name);
    let start = scratch.len() - name.len();
    scratch[start..].make_ascii_lowercase();
}
