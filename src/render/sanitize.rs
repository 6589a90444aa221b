//! Nothing hidden in data reaches a reader's screen: control characters, escape sequences,
//! direction overrides and zero-width characters are shown instead of obeyed.

use std::borrow::Cow;

use unicode_width::UnicodeWidthChar as _;

pub use crate::domain::hidden::is_hidden;

/// More marks than this on one letter are no language but a flood that runs over the lines around it.
pub const MOST_MARKS: usize = 8;

/// The text as one line in which everything can be seen: line ends and tabs become spaces,
/// `ESC` becomes `^[`, a direction override `<U+202E>` (the notation of `less`). A joiner between
/// letters that are joined that way, as in Persian or a family emoji, stays, and so do marks on a letter;
/// of a flood of them it is told how many more there are: `<+99>`.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_hidden(c) || is_mark(c)) {
        return Cow::Borrowed(text);
    }
    let mut shown = Shown { text: String::with_capacity(text.len() + 8), marks: 0, joined: 0 };
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let next = rest.peek().copied();
        match c {
            '\r' if next == Some('\n') => {}
            '\u{200c}' | '\u{200d}'
                if shown.last().is_some_and(joins) && next.is_some_and(|next| shown.takes(next)) && shown.may_join() =>
            {
                shown.text.push(c);
            }
            _ if is_selector(c) && !shown.last().is_some_and(has_looks) => shown.put(&notation(c)),
            _ if is_mark(c) => shown.mark(c),
            _ if is_hidden(c) => shown.put(&notation(c)),
            _ => shown.put(c.encode_utf8(&mut [0; 4])),
        }
    }
    shown.end_marks();
    if shown.text == text { Cow::Borrowed(text) } else { Cow::Owned(shown.text) }
}

/// What is shown so far, and how many marks its last letter has.
struct Shown {
    text: String,
    marks: usize,
    /// Joiners since the last letter: so many signs are drawn as one, or beside each other where they cannot be.
    joined: usize,
}

impl Shown {
    fn put(&mut self, text: &str) {
        self.end_marks();
        if text < "\u{2000}" {
            self.joined = 0;
        }
        self.text.push_str(text);
    }

    /// What a sign that comes now would stand behind; nothing where marks are left out.
    fn last(&self) -> Option<char> {
        self.text.chars().next_back().filter(|_| self.marks <= MOST_MARKS)
    }

    /// Whether a sign that a joiner stands before would be shown as it is.
    fn takes(&self, next: char) -> bool {
        joins(next) && !is_selector(next) && !(is_mark(next) && self.marks >= MOST_MARKS)
    }

    fn may_join(&mut self) -> bool {
        self.joined += 1;
        self.joined <= MOST_MARKS
    }

    fn mark(&mut self, c: char) {
        self.marks += 1;
        if self.marks <= MOST_MARKS {
            self.text.push(c);
        }
    }

    fn end_marks(&mut self) {
        if self.marks > MOST_MARKS {
            self.text.push_str(&format!("<+{}>", self.marks - MOST_MARKS));
        }
        self.marks = 0;
    }
}

/// A character that takes no room of its own but is drawn on the one before it.
pub fn is_mark(c: char) -> bool {
    c >= '\u{300}' && !is_hidden(c) && c.width() == Some(0)
}

/// A letter or sign of a script, or an emoji, that joiners make one with the next.
fn joins(c: char) -> bool {
    c >= '\u{590}' && !is_hidden(c)
}

/// A sign that a variation selector gives another look: an emoji, a digit on a key, a sign of Chinese.
fn has_looks(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '#' | '*' | '©' | '®') || c >= '\u{2000}' && !is_hidden(c) && !is_selector(c)
}

/// A variation selector, which says how the sign before it looks.
fn is_selector(c: char) -> bool {
    ('\u{fe00}'..='\u{fe0f}').contains(&c)
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
/// read as "this is text". The full-width signs work as formulas in East Asian settings. Where a comma is
/// the sign of decimals, as in Dutch, a spreadsheet takes `;` for the end of a cell, quotes or no quotes, so
/// what comes after one is defused likewise.
pub fn defused(cell: &str) -> Cow<'_, str> {
    if !cell.split(';').any(is_formula) {
        return Cow::Borrowed(cell);
    }
    let pieces = cell.split(';').map(|piece| if is_formula(piece) { format!("'{piece}") } else { piece.to_owned() });
    Cow::Owned(pieces.collect::<Vec<_>>().join(";"))
}

/// Whether a spreadsheet calculates this when it is a cell, quoted or not.
fn is_formula(cell: &str) -> bool {
    let begins = cell.trim_start_matches(|c: char| c == '"' || c.is_whitespace());
    begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
            ("👁\u{fe0f}\u{200d}🗨 1\u{fe0f}\u{20e3} می\u{200c}خ", "👁\u{fe0f}\u{200d}🗨 1\u{fe0f}\u{20e3} می\u{200c}خ"),
            ("李\u{200d}\u{200d}", "李<U+200D><U+200D>"),
            ("李\u{200d}\u{200d}李", "李<U+200D><U+200D>李"),
            ("Anna\u{fe0f}", "Anna<U+FE0F>"),
            ("a\u{fe0f}\u{200d}ن", "a<U+FE0F><U+200D>ن"),
            ("李\u{200d}\u{fe0e}e", "李<U+200D><U+FE0E>e"),
            ("👍\u{fe0f}\u{fe0f}", "👍\u{fe0f}<U+FE0F>"),
            (&"👩\u{200d}".repeat(10), &format!("{}<U+200D>👩<U+200D>", "👩\u{200d}".repeat(8) + "👩")),
            ("e\u{301}\u{302}", "e\u{301}\u{302}"),
            (&format!("Z{}a", "\u{301}".repeat(100)), &format!("Z{}<+92>a", "\u{301}".repeat(8))),
        ] {
            assert_eq!(visible(data), shown);
            assert_eq!(visible(shown), shown, "showing twice changes nothing");
        }
    }

    proptest! {
        #[test]
        fn what_was_shown_once_is_shown_the_same_again(
            signs in prop::collection::vec(prop::sample::select("a1 李ن👩\u{fffd}\u{200c}\u{200d}\u{fe0e}\u{fe0f}\u{301}\u{20dd}\u{93e}\u{202e}\u{7}\r\n<".chars().collect::<Vec<_>>()), 0..40),
        ) {
            let shown = visible(&signs.iter().collect::<String>()).into_owned();
            prop_assert_eq!(visible(&shown), shown.as_str());
        }
    }

    #[test]
    fn formulas_are_defused_and_names_are_not_touched() {
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(defused(" @SUM(A1)"), "' @SUM(A1)");
        for (cell, written) in [("\"=1\"", "'\"=1\""), ("Anna; =1;b", "Anna;' =1;b"), ("a;b\u{a0};\"+1", "a;b\u{a0};'\"+1"), ("'=1", "'=1")]
        {
            assert_eq!(defused(cell), written);
            assert_eq!(defused(written), written, "defusing twice changes nothing");
        }
        for name in ["Anna - Bakker", "a=b; c+d", "'s Gravenhage"] {
            assert_eq!(defused(name), name);
        }
    }
}
