//! The line between two messages: `From sender date` (mbox(5), RFC 4155).

use crate::domain::calendar::Moment;

use super::dates;

/// A longer line is no separator.
const LONGEST: usize = 1_000;

/// The longest name of a header field that is looked for.
const LONGEST_FIELD: usize = 100;

/// The date of a separator; `None` when the line is none. The sender is one word (`-` in Thunderbird, a
/// number in Gmail's), or an address written `anna at example.nl`, or missing; after the date only the
/// `remote from` of old mail is allowed. So a sentence that begins with "From" is none.
pub(super) fn envelope(line: &[u8]) -> Option<Moment> {
    // Without a time it has no date, and a body has many lines that begin so.
    let said = line.strip_prefix(b"From ").filter(|said| said.len() < LONGEST && said.contains(&b':'))?;
    let said = String::from_utf8_lossy(said);
    let words: Vec<&str> = said.split_ascii_whitespace().collect();
    let found = dates::find(&words)?;
    let sender = match found.first {
        0 | 1 => true,
        3 => words[1] == "at",
        _ => false,
    };
    let behind = words.get(found.after);
    (sender && found.weekday && behind.is_none_or(|word| *word == "remote")).then_some(found.at)
}

/// Whether a line is a separator of a program that leaves the date out: one word that can be a sender.
pub(super) fn is_dateless(line: &[u8]) -> bool {
    let Some(said) = line.strip_prefix(b"From ").filter(|said| said.len() < LONGEST) else { return false };
    let mut words = said.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let sender = words.next().unwrap_or(b"-");
    words.next().is_none() && (sender.contains(&b'@') || matches!(sender, b"-" | b"MAILER-DAEMON" | b"nobody"))
}

/// Whether a line begins like a header field: printable ASCII without spaces up to a colon (RFC 5322 §2.2), or
/// like the `>From ` line that some programs put first.
pub(super) fn is_field(line: &[u8]) -> bool {
    let name = line.iter().take(LONGEST_FIELD).position(|&byte| byte == b':').map(|colon| &line[..colon]);
    name.is_some_and(|name| !name.is_empty() && name.iter().all(u8::is_ascii_graphic)) || line.starts_with(b">From ")
}
