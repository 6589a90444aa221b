//! Lines of a given width, measured in the columns of a terminal.

use unicode_width::UnicodeWidthStr;

/// The columns a text takes on a terminal.
pub fn width(text: &str) -> usize {
    text.width()
}

/// Breaks a text at its spaces into lines of at most `limit` columns; a word is only cut when it
/// is wider than a whole line. There is always at least one line.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(2);
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        if used + gap + width(word) <= limit {
            line.push_str(if gap > 0 { " " } else { "" });
            line.push_str(word);
            used += gap + width(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        let mut pieces = cut(word, limit);
        line = pieces.pop().unwrap_or_default();
        used = width(&line);
        lines.append(&mut pieces);
    }
    lines.push(line);
    lines
}

/// Breaks a message at its spaces into lines of at most `limit` columns, each after the first with `indent` before it. A command
/// between backticks goes to the next line as a whole, and what is wider than a line is left for the terminal to break, so
/// that both can be copied.
pub fn fold(text: &str, limit: usize, indent: &str) -> String {
    let said = text.trim_start_matches(' ');
    let mut folded = text[..text.len() - said.len()].to_owned();
    let mut used = width(&folded);
    for (at, word) in chunks(said).enumerate() {
        if at > 0 && used + 1 + width(word) > limit {
            folded.push('\n');
            folded.push_str(indent);
            used = width(indent);
        } else if at > 0 {
            folded.push(' ');
            used += 1;
        }
        folded.push_str(word);
        used += width(word);
    }
    folded
}

/// The words of a message; a stretch between two backticks is one word with what touches it.
fn chunks(text: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    text.split(move |c| {
        inside ^= c == '`';
        c == ' ' && !inside
    })
}

/// Cuts a word into pieces of at most `limit` columns.
fn cut(word: &str, limit: usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut piece = String::new();
    for c in word.chars() {
        piece.push(c);
        if width(&piece) > limit {
            piece.pop();
            pieces.push(std::mem::replace(&mut piece, c.to_string()));
        }
    }
    pieces.push(piece);
    pieces
}

/// The text if it fits in `limit` columns, else its beginning with `mark` after it.
pub fn clip(text: &str, limit: usize, mark: &str) -> String {
    // A text has at least as many bytes as columns, so most are not measured at all.
    if text.len() <= limit || width(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(width(mark));
    let start = cut(&text.chars().take(limit * 4).collect::<String>(), room.max(1)).into_iter().next().unwrap_or_default();
    format!("{}{mark}", start.trim_end())
}

/// The columns of the widest word.
pub fn longest_word(text: &str) -> usize {
    text.split(' ').map(width).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_whole_when_they_fit() {
        assert_eq!(wrap("send a handwritten card", 12), ["send a", "handwritten", "card"]);
        assert_eq!(wrap("李李李 李李", 6), ["李李李", "李李"]);
        assert_eq!(wrap("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("", 10), [""]);
    }

    #[test]
    fn messages_are_folded_between_words_and_a_command_stays_whole() {
        assert_eq!(fold("note: all is well", 10, "  "), "note: all\n  is well");
        assert_eq!(fold("mend it: `attent doctor --fix` does", 24, "  "), "mend it:\n  `attent doctor --fix`\n  does");
        assert_eq!(fold("see /a/very/long/path/to/it now", 10, "  "), "see\n  /a/very/long/path/to/it\n  now");
        assert_eq!(fold("  two in front", 80, "  "), "  two in front");
        assert_eq!(fold("an open ` is a word", 8, ""), "an open\n` is a word");
    }

    #[test]
    fn long_texts_are_clipped_with_a_mark() {
        assert_eq!(clip("abcdef", 6, "…"), "abcdef");
        assert_eq!(clip("abcdefg", 6, "…"), "abcde…");
        assert_eq!(clip("李李李李", 6, "…"), "李李…");
    }
}
