//! Nothing hidden in data reaches a reader's screen: control characters, escape sequences,
//! direction overrides and zero-width characters are shown instead of obeyed.

use std::borrow::Cow;

pub use crate::domain::hidden::is_hidden;

/// The text as one line in which everything can be seen: line ends and tabs become spaces,
/// `ESC` becomes `^[`, a direction override `<U+202E>` (the notation of `less`). A joiner between
/// letters that are joined that way, as in Persian or a family emoji, stays.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\r' if rest.peek() == Some(&'\n') => {}
            '\u{200c}' | '\u{200d}' if shown.chars().next_back().is_some_and(|before| before >= '\u{590}') => shown.push(c),
            _ if is_hidden(c) => shown.push_str(&notation(c)),
            _ => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

fn notation(c: char) -> String {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => " ".to_owned(),
        '\0'..='\u{1f}' => format!("^{}", char::from(c as u8 + b'@')),
        '\u{7f}' => "^?".to_owned(),
        _ => format!("<U+{:04X}>", u32::from(c)),
    }
}

/// Defuses a text cell that a spreadsheet would execute, with the leading `'` that spreadsheets
/// read as "this is text". The full-width signs work as formulas in East Asian settings.
pub fn defused(cell: &str) -> Cow<'_, str> {
    match cell.trim_start().chars().next() {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => Cow::Owned(format!("'{cell}")),
        _ => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        for (data, shown) in [
            ("\x1b]0;pwn\x07", "^[]0;pwn^G"),
            ("\x1b[2J", "^[[2J"),
            ("\u{9b}2J", "<U+009B>2J"),
            ("a\0b\x7f", "a^@b^?"),
            ("one\r\ntwo\tthree", "one two three"),
            ("\u{202e}fdp.exe", "<U+202E>fdp.exe"),
            ("An\u{200b}na", "An<U+200B>na"),
            ("a\u{200d}b", "a<U+200D>b"),
            ("👩\u{200d}🚀 José 李", "👩\u{200d}🚀 José 李"),
        ] {
            assert_eq!(visible(data), shown);
            assert_eq!(visible(shown), shown, "showing twice changes nothing");
        }
    }

    #[test]
    fn formulas_are_defused_and_names_are_not_touched() {
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused(" @SUM(A1)"), "' @SUM(A1)");
        assert_eq!(defused("Anna - Bakker"), "Anna - Bakker");
    }
}
