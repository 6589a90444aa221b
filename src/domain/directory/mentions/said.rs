//! A text as its words, with what stands around each of them.

use std::ops::Range;

use crate::domain::directory::name::{Written, words};
use crate::domain::directory::named::is_month_too;
use crate::domain::directory::word_lists::{
    is_also_a_word, is_given_name_too, is_legal_form, is_sentence_word, is_surname_particle, is_title,
};

/// A word of a text or of a name.
#[derive(Debug, Clone)]
pub(super) struct Said<'t> {
    pub word: Written,
    /// As it is written.
    pub typed: &'t str,
    /// `Anna's`; the word is Anna.
    pub owned: bool,
    /// Whether it begins with a capital.
    pub capital: bool,
    /// Whether it is the first word of a sentence, which has a capital whatever it is.
    pub begins: bool,
    /// What stands between it and the next word.
    pub gap: &'t str,
}

impl Said<'_> {
    /// Whether it may mean something else than a person: a word of the language, or a month.
    pub fn is_ordinary(&self) -> bool {
        is_ordinary(&self.word.folded)
    }

    /// Whether it can be nothing else than a name: not `Roos`, and not `Ben` where a sentence begins.
    pub fn is_only_a_name(&self) -> bool {
        let folded = &self.word.folded;
        let given = is_given_name_too(folded);
        self.capital && !is_also_a_word(folded) && !(given && self.begins) && (given || !is_sentence_word(folded))
    }

    /// As it is written, without the ending of what is owned.
    pub fn bare(&self) -> &str {
        let bare = if self.owned { self.typed.trim_end_matches(['s', 'S']) } else { return self.typed };
        bare.trim_end_matches(['\'', '’', '´', '`'])
    }

    /// Whether it may be a part of somebody's name: not `today`, `BV` or 2026.
    fn is_of_a_name(&self) -> bool {
        let folded = &self.word.folded;
        self.capital && (self.word.initials || !is_sentence_word(folded) || is_given_name_too(folded) && !self.begins)
    }

    /// Whether a point after it ends no sentence: `A.`, `Mr.`
    fn is_short_for(&self) -> bool {
        self.word.initials || self.word.folded.chars().nth(1).is_none() || is_title(&self.word.folded) || is_legal_form(&self.word.folded)
    }

    /// Whether a sentence ends behind it; not at a point that a name has there, or one within an address.
    pub fn ends_a_sentence(&self, written: &str) -> bool {
        self.gap.chars().any(|sign| matches!(sign, '!' | '?' | '\n' | '\r' | '•'))
            || self.gap.contains('.') && self.gap != "." && !self.is_short_for() && !written.contains('.')
    }

    /// Whether it and the next word may be of one name that is written without signs between them.
    fn goes_on(&self) -> bool {
        self.may_go_on("")
    }

    /// Likewise, for a name that has these signs there.
    pub fn may_go_on(&self, written: &str) -> bool {
        self.gap.chars().all(|sign| match sign {
            '\n' | '\r' => false,
            '.' => self.is_short_for() || written.contains('.'),
            sign => sign.is_whitespace() || is_soft(sign) || written.contains(sign),
        })
    }
}

/// Whether a folded word is one of the language, or a month, besides a name.
pub(super) fn is_ordinary(folded: &str) -> bool {
    is_also_a_word(folded) || is_given_name_too(folded) || is_sentence_word(folded) || is_month_too(folded)
}

/// Signs that part nobody's first name from the last: `Vries-Bloem`, `Anna 'Annie' Smit`.
fn is_soft(sign: char) -> bool {
    matches!(sign, '-' | '_' | '&' | '+' | '*' | '\'' | '"' | '`' | '´' | '‐'..='―' | '‘'..='‟')
}

/// The words of a text.
pub(super) fn said(text: &str) -> Vec<Said<'_>> {
    let words = words(text);
    let starts: Vec<usize> = words.iter().skip(1).map(|word| word.at.start).chain([text.len()]).collect();
    let mut all: Vec<Said<'_>> = Vec::with_capacity(words.len());
    let mut begins = true;
    for (mut word, next) in words.into_iter().zip(starts) {
        let typed = &text[word.at.clone()];
        let owned = ["'s", "’s", "´s", "`s", "'S", "’S"].iter().any(|ending| typed.len() > ending.len() && typed.ends_with(ending));
        let owned = owned && word.folded.len() > 1;
        if owned {
            word.word.folded.pop();
        }
        let capital = typed.chars().find(|sign| sign.is_alphabetic()).is_some_and(char::is_uppercase);
        let gap = &text[word.at.end..next];
        let one = Said { word, typed, owned, capital, begins, gap };
        begins = one.ends_a_sentence("") || one.gap.contains([';', ':']);
        all.push(one);
    }
    all
}

/// Whether a stretch of words stands beside another word of a name, so that together they are somebody else:
/// `Kees` before `Smit`, `de Boer` after `Anna`. `ours` says which words are of whom is looked for.
pub(super) fn beside_a_stranger(words: &[Said<'_>], span: &Range<usize>, ours: impl Fn(&str) -> bool) -> bool {
    let strange = |said: &Said<'_>| said.is_of_a_name() && !ours(&said.word.folded);
    let particle = |said: &Said<'_>| is_surname_particle(&said.word.folded);
    let mut before = span.start;
    while before > 0 && words[before - 1].goes_on() {
        before -= 1;
        if !particle(&words[before]) {
            if strange(&words[before]) {
                return true;
            }
            break;
        }
    }
    let mut after = span.end;
    while after < words.len() && words[after - 1].goes_on() && !words[after - 1].owned {
        if !particle(&words[after]) {
            return strange(&words[after]);
        }
        after += 1;
    }
    false
}

/// Whether a capital is tied to a stretch of words by a hyphen: `Kees-Jan Smit`, `Anna Smit-Bakker`.
pub(super) fn tied_to_another(words: &[Said<'_>], span: &Range<usize>) -> bool {
    let tied = |at: usize| words[at].gap.chars().all(|sign| matches!(sign, '-' | '‐'..='―'));
    let before = span.start > 0 && words[span.start - 1].capital && tied(span.start - 1);
    before || words.get(span.end).is_some_and(|next| next.capital) && tied(span.end - 1)
}

/// Whether a word is the month of a date: `12 jan`, `Jan 12`.
pub(super) fn is_in_a_date(words: &[Said<'_>], at: usize) -> bool {
    let number = |said: Option<&Said<'_>>| said.is_some_and(|said| said.word.folded.chars().all(char::is_numeric));
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    is_month_too(&words[at].word.folded) && (number(before) || number(words.get(at + 1)))
}
