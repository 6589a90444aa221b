//! How long names and notes may be and what may stand in them, wherever they come from.

use super::text::Text;
use crate::text;

/// The longest name of a customer, stage or tag, in characters.
pub const LONGEST_NAME: usize = 200;

/// The longest note, in characters.
pub const LONGEST_NOTE: usize = 10_000;

/// The largest file of settings, journeys or plays that is read, in bytes. Nobody writes that much by hand, and
/// reading takes some twenty times as much memory.
pub const LARGEST_FILE: usize = 2 * 1024 * 1024;

/// A name as it is stored: without spaces around it.
///
/// # Errors
/// When it is empty, too long, or has a control character in it.
pub fn name(typed: &str) -> Result<&str, Text> {
    let name = typed.trim();
    if name.is_empty() {
        return Err(text!("a name cannot be empty", "een naam kan niet leeg zijn"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(text!("a name has at most {LONGEST_NAME} characters", "een naam heeft hoogstens {LONGEST_NAME} tekens"));
    }
    if name.chars().any(char::is_control) {
        return Err(text!(
            "a name cannot have a line break or another control character in it",
            "in een naam kan geen regeleinde of ander stuurteken staan"
        ));
    }
    Ok(name)
}

/// A note as it is stored: as typed, without spaces around it.
///
/// # Errors
/// When it is too long or has a NUL in it.
pub fn note(typed: &str) -> Result<&str, Text> {
    let note = typed.trim();
    if note.chars().count() > LONGEST_NOTE {
        return Err(text!("a note has at most {LONGEST_NOTE} characters", "een notitie heeft hoogstens {LONGEST_NOTE} tekens"));
    }
    if note.contains('\0') {
        return Err(text!("a note cannot have a NUL character in it", "in een notitie kan geen NUL-teken staan"));
    }
    Ok(note)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_one_line_and_notes_are_free() {
        assert_eq!(name(" Anna "), Ok("Anna"));
        assert_eq!(note("one\ntwo\u{1b}"), Ok("one\ntwo\u{1b}"));
        for wrong in ["", " ", "a\nb", "a\u{1b}[2J", &"x".repeat(LONGEST_NAME + 1)] {
            assert!(name(wrong).is_err(), "{wrong:?}");
        }
        assert!(note("a\0b").is_err() && note(&"x".repeat(LONGEST_NOTE + 1)).is_err());
    }
}
