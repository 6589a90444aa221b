//! A name taken apart for comparing.

use std::ops::Range;

use crate::domain::names::fold;

use super::word_lists::{is_legal_form, is_particle, is_title};

/// How much alike two words must be to be one word with a typing error.
const TYPING_ERROR: f64 = 0.93;

/// A word of a name or a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub folded: String,
    /// Loose letters: `J.` and `J.P.`.
    pub initials: bool,
    /// Whether it tells names apart: no particle, title or legal form, unless there is nothing else.
    pub telling: bool,
    /// Where it is written, in bytes.
    pub at: Range<usize>,
}

/// The words of a name in the order they are said.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    pub words: Vec<Word>,
}

impl Name {
    /// Takes a name apart; `Meer, José van der` is read as `José van der Meer`.
    pub fn read(written: &str) -> Self {
        let mut words = words(written);
        if let Some((first, rest)) = written.split_once(',') {
            let rest = self::words(rest);
            if rest.iter().any(|word| !is_legal_form(&word.folded) && !is_title(&word.folded)) {
                words = rest;
                words.extend(self::words(first));
            }
        }
        if !words.iter().any(|word| word.telling) {
            words.iter_mut().for_each(|word| word.telling = true);
        }
        Self { words }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// By what equal names are found: all the words, sorted.
    pub fn key(&self) -> String {
        sorted(self.words.iter())
    }

    /// The key without legal forms; empty when nothing else is left.
    pub fn short_key(&self) -> String {
        sorted(self.words.iter().filter(|word| !is_legal_form(&word.folded)))
    }

    /// The words that tell names apart.
    pub fn core(&self) -> Vec<&Word> {
        self.words.iter().filter(|word| word.telling).collect()
    }

    /// Whether both may be the name of one person or firm.
    pub fn is_like(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.core(), other.core());
        let (few, many) = if mine.len() <= theirs.len() { (mine, theirs) } else { (theirs, mine) };
        match few.len() {
            0 => false,
            1 => many.len() == 1 && !few[0].initials && !many[0].initials && like(few[0], many[0]),
            _ => fits_within(&few, many),
        }
    }

    /// Whether a telling word is the same.
    pub fn shares_a_word(&self, other: &Self) -> bool {
        let theirs = other.core();
        self.core().iter().any(|mine| theirs.iter().any(|word| mine.folded == word.folded && !word.initials))
    }
}

/// Whether each word has one of its own that is like it, at least one of them the very same word.
/// The other name may have more: `Anna Jansen` is like `Anna Jansen-de Vries`.
fn fits_within(few: &[&Word], mut many: Vec<&Word>) -> bool {
    let mut same = false;
    // The same words first, so that an initial does not take another's place.
    let mut rest = Vec::new();
    for word in few {
        match many.iter().position(|other| word.folded == other.folded) {
            Some(at) => same |= !many.swap_remove(at).initials,
            None => rest.push(word),
        }
    }
    same && rest.iter().all(|word| many.iter().position(|other| like(word, other)).map(|at| many.swap_remove(at)).is_some())
}

/// The same word, an initial of it, or the word with a typing error.
pub(super) fn like(one: &Word, other: &Word) -> bool {
    if one.folded == other.folded {
        return true;
    }
    if one.initials || other.initials {
        return one.folded.chars().next() == other.folded.chars().next() && one.initials != other.initials;
    }
    mistyped(&one.folded, &other.folded)
}

/// Numbers are never mistyped: 1024 and 1025 are two.
pub(super) fn mistyped(one: &str, other: &str) -> bool {
    let long = |word: &str| word.chars().nth(3).is_some() && word.chars().nth(40).is_none() && !word.chars().any(|sign| sign.is_numeric());
    one.len().abs_diff(other.len()) <= 3 && long(one) && long(other) && strsim::jaro_winkler(one, other) >= TYPING_ERROR
}

/// The folded words of a text in their order; joined by spaces they are what [`fold`] makes of it.
pub(super) fn words(written: &str) -> Vec<Word> {
    let mut all: Vec<Word> = Vec::new();
    let mut loose_before = false;
    for at in runs(written) {
        let folded = fold(&written[at.clone()]);
        let loose = folded.chars().nth(1).is_none();
        let initials = loose && is_initial(&folded, written, &at);
        match all.last_mut().filter(|_| loose && loose_before) {
            Some(before) => {
                before.folded.push_str(&folded);
                before.at.end = at.end;
                before.initials &= initials;
            }
            None => all.push(Word { folded, initials, telling: true, at }),
        }
        loose_before = loose;
    }
    for word in &mut all {
        let form = is_title(&word.folded) || is_legal_form(&word.folded);
        word.initials &= !form;
        word.telling = word.initials || !(form || is_particle(&word.folded));
    }
    all
}

/// `A.` is an initial, `'t` and the `a` of a sentence are not.
fn is_initial(folded: &str, written: &str, at: &Range<usize>) -> bool {
    let typed = &written[at.clone()];
    let marked = typed.chars().any(char::is_uppercase) || written[at.end..].starts_with('.');
    typed.chars().all(char::is_alphabetic) && (marked || !is_particle(folded))
}

/// Where something is written between what folding makes a space of.
fn runs(written: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = None;
    for (at, sign) in written.char_indices() {
        match (parts_words(sign), start) {
            (true, Some(from)) => {
                all.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    all.extend(start.map(|from| from..written.len()));
    all.retain(|at| !fold(&written[at.clone()]).is_empty());
    all
}

fn parts_words(sign: char) -> bool {
    if sign.is_ascii() {
        return !(sign.is_ascii_alphanumeric() || matches!(sign, '\'' | '`'));
    }
    !sign.is_alphanumeric() && fold(&format!("xx{sign}xx")).contains(' ')
}

fn sorted<'a>(words: impl Iterator<Item = &'a Word>) -> String {
    let mut all: Vec<&str> = words.map(|word| word.folded.as_str()).collect();
    all.sort_unstable();
    all.join(" ")
}
