//! A sentence cut into words that know where they stand.

use std::ops::Range;

use crate::domain::names::fold;

/// The most words of a sentence that are looked at; a note may go on.
const MOST_WORDS: usize = 400;

/// What a word was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    /// A customer, or somebody who may become one.
    Name,
    /// A time or a duration.
    Time,
}

/// One word, as cut at spaces.
#[derive(Debug, Clone)]
pub(super) struct Word<'a> {
    /// Without the punctuation around it.
    pub text: &'a str,
    /// Where that stands in the sentence.
    pub range: Range<usize>,
    /// As words are compared: without a possessive `'s`; empty when it holds no letter or digit.
    pub folded: String,
    /// Whether the sentence, or a new one, begins here.
    pub begins: bool,
    /// Whether a comma or another stop follows.
    pub stop_after: bool,
    /// What it was taken for.
    pub used: Option<Use>,
}

impl Word<'_> {
    /// Whether it is written with a capital, but not in capitals: an abbreviation is no name.
    pub fn is_capitalised(&self) -> bool {
        let mut letters = self.text.chars().filter(|sign| sign.is_alphabetic());
        let first = self.text.chars().next().is_some_and(char::is_uppercase);
        let one = letters.clone().nth(1).is_none();
        first && (one || letters.any(char::is_lowercase))
    }
}

/// The words of a sentence.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// As typed.
    pub text: &'a str,
    /// Its words in order.
    pub words: Vec<Word<'a>>,
}

impl<'a> Sentence<'a> {
    /// Cuts at white space, and at commas, `&`, `+` and `/` between letters.
    pub fn new(text: &'a str) -> Self {
        let mut words: Vec<Word<'a>> = Vec::new();
        let mut begins = true;
        for range in pieces(text).take(MOST_WORDS) {
            let piece = &text[range.clone()];
            let inner = piece.trim_matches(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '&' | '+' | '@' | '\'' | '’')));
            let start = range.start + (inner.as_ptr() as usize - piece.as_ptr() as usize);
            let after = &text[start + inner.len()..range.end];
            let stop = after.contains([',', ';', ':', '!', '?', '.', ')']) || after.contains('—');
            let ends = after.contains(['!', '?']) || (after.contains('.') && inner.chars().count() > 3);
            if inner.is_empty() {
                if let Some(last) = words.last_mut() {
                    last.stop_after = true;
                }
                continue;
            }
            words.push(Word {
                text: inner,
                range: start..start + inner.len(),
                folded: fold(base(inner)),
                begins,
                stop_after: stop,
                used: None,
            });
            begins = ends || piece.ends_with('\n');
        }
        Self { text, words }
    }

    /// Whether these words are free.
    pub fn is_free(&self, range: Range<usize>) -> bool {
        self.words[range].iter().all(|word| word.used.is_none())
    }

    /// Takes words for something.
    pub fn take(&mut self, range: Range<usize>, used: Use) {
        self.words[range].iter_mut().for_each(|word| word.used = Some(used));
    }

    /// The text from the first to the last of these words, as typed.
    pub fn typed(&self, range: Range<usize>) -> &'a str {
        match (self.words.get(range.start), range.end.checked_sub(1).and_then(|last| self.words.get(last))) {
            (Some(first), Some(last)) if range.start < range.end => &self.text[first.range.start..last.range.end],
            _ => "",
        }
    }

    /// Whether a comma or another stop stands within these words.
    pub fn is_broken(&self, range: Range<usize>) -> bool {
        range.len() > 1 && self.words[range.start..range.end - 1].iter().any(|word| word.stop_after)
    }

    /// The folded words of a stretch.
    pub fn folded(&self, range: Range<usize>) -> Vec<&str> {
        self.words[range].iter().map(|word| word.folded.as_str()).collect()
    }
}

/// The stretches between white space, cut after commas that stand between letters.
fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text[from..].find(|sign: char| !sign.is_whitespace())?;
        let rest = &text[start..];
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let cut = rest[..end].char_indices().find(|(at, sign)| *sign == ',' && is_letter_after(&rest[..end], *at)).map(|(at, _)| at + 1);
        from = start + cut.unwrap_or(end);
        Some(start..from)
    })
}

fn is_letter_after(piece: &str, comma: usize) -> bool {
    piece[comma + 1..].chars().next().is_some_and(char::is_alphabetic)
}

/// A word without a possessive `'s`.
pub(super) fn base(word: &str) -> &str {
    ["'s", "’s"].iter().find_map(|end| word.strip_suffix(end)).filter(|base| !base.is_empty()).unwrap_or(word)
}
