//! Looking for somebody in a file of any size, whose lines may be of any length, with little memory.

use std::borrow::Cow;
use std::io::{self, BufRead, Read as _};

use crate::domain::directory::Mentions;
use crate::domain::text::Text;
use crate::text;

/// So much of a line is looked at at once.
const PIECE: u64 = 16 << 10;
/// So much of a piece is looked at again with the next: a name is shorter.
const AGAIN: usize = 1 << 10;

/// `3 lines name them`.
pub fn said(lines: u64) -> Text {
    match lines {
        1 => text!("1 line names them", "1 regel noemt ze"),
        n => text!("{n} lines name them", "{n} regels noemen ze"),
    }
}

/// How many lines name somebody; `plain` takes away how a kind of file writes what it holds.
///
/// # Errors
/// When it cannot be read.
pub fn lines_naming(reader: &mut dyn BufRead, mentions: &Mentions, plain: &dyn Fn(Cow<'_, str>) -> Cow<'_, str>) -> io::Result<u64> {
    let (mut piece, mut found, mut named) = (Vec::new(), 0, false);
    loop {
        let more = reader.take(PIECE).read_until(b'\n', &mut piece)?;
        let ends = more == 0 || piece.last() == Some(&b'\n');
        // A word that goes on is looked at with what follows.
        let whole = if ends { piece.len() } else { piece.iter().rposition(|byte| parts(*byte)).map_or(piece.len(), |at| at + 1) };
        named = named || mentions.named_in(&plain(String::from_utf8_lossy(&piece[..whole])));
        if ends {
            found += u64::from(named);
            named = false;
            piece.clear();
        } else {
            let from = whole.saturating_sub(AGAIN);
            let from = piece[from..whole].iter().position(|byte| parts(*byte)).map_or(whole, |at| from + at);
            piece.drain(..from);
        }
        if more == 0 {
            return Ok(found);
        }
    }
}

/// Whether a byte stands between words.
fn parts(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::phone::Country;

    fn count(text: &str) -> u64 {
        let mut mentions = Mentions::new(Country::default());
        mentions.add("Anna Jansen");
        lines_naming(&mut text.as_bytes(), &mentions, &|text| text).unwrap()
    }

    #[test]
    fn a_name_is_found_wherever_it_stands_in_a_line_of_any_length() {
        assert_eq!(count("Anna Jansen\n\nAnna Jansen and Anna Jansen\nBram"), 2);
        for before in (PIECE as usize - 14)..(PIECE as usize + 3) {
            let row = format!("{}Anna Jansen came", "x ".repeat(before / 2) + &"y ".repeat(before % 2));
            assert_eq!(count(&row), 1, "{before}");
        }
        let long = "lorem ipsum ".repeat(10_000);
        assert_eq!(count(&format!("{long}Anna Jansen{long}\nBram\n")), 0, "her name is no part of another word");
        assert_eq!(count(&format!("{long} Anna Jansen {long}\nBram\n{long} Anna Jansen")), 2);
    }
}
