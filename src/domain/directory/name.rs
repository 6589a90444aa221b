//! A name taken apart for comparing.

use std::ops::{Deref, Range};

use compact_str::CompactString;

use crate::domain::names::fold;

use super::word_lists::{is_legal_form, is_particle, is_title};

/// How much alike two words must be to be one word with a typing error.
const TYPING_ERROR: f64 = 0.93;

/// A word of a name or a sentence. Those of tens of thousands of customers are kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    pub folded: CompactString,
    /// A bit for every sign it has; several signs share one. Counted once, so that comparing it with thousands of
    /// others is quick, as what follows is.
    signs: u64,
    /// How many signs it has, or 255.
    length: u8,
    /// Whether it can have a typing error; see [`can_be_mistyped`].
    fallible: bool,
    /// Loose letters: `J.` and `J.P.`.
    pub initials: bool,
    /// Whether it tells names apart: no particle, title or legal form, unless there is nothing else.
    pub telling: bool,
}

/// A word with the place where it is written, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Written {
    pub word: Word,
    pub at: Range<usize>,
}

impl Deref for Written {
    type Target = Word;

    fn deref(&self) -> &Word {
        &self.word
    }
}

impl Word {
    fn new(folded: CompactString, initials: bool) -> Self {
        let form = is_title(&folded) || is_legal_form(&folded);
        let initials = initials && !form;
        Self {
            signs: folded.chars().fold(0, |signs, sign| signs | 1 << (u32::from(sign) % 64)),
            length: u8::try_from(folded.chars().count()).unwrap_or(u8::MAX),
            fallible: can_be_mistyped(&folded),
            initials,
            telling: initials || !(form || is_particle(&folded)),
            folded,
        }
    }

    /// Whether [`mistyped`] may hold: a sign of one that the other has not is no match, which bounds the likeness.
    fn may_be_mistyped(&self, other: &Self) -> bool {
        if !(self.fallible && other.fallible) {
            return false;
        }
        let shared = |one: &Self, other: &Self| u32::from(one.length).saturating_sub((one.signs & !other.signs).count_ones());
        let shared = f64::from(shared(self, other).min(shared(other, self)));
        let jaro = (shared / f64::from(self.length) + shared / f64::from(other.length) + 1.0) / 3.0;
        // Winkler adds a tenth of what is missing for each of the first four signs that are the same.
        jaro + 0.4 * (1.0 - jaro) >= TYPING_ERROR - 1e-9
    }
}

/// The words of a name in the order they are said.
#[derive(Debug, Clone, Default)]
pub(super) struct Name {
    pub words: Vec<Word>,
}

impl Name {
    /// Takes a name apart; `Meer, José van der` is read as `José van der Meer`.
    pub fn read(written: &str) -> Self {
        let read = |written: &str| words(written).into_iter().map(|written| written.word).collect::<Vec<_>>();
        let mut words = read(written);
        if let Some((first, rest)) = written.split_once(',') {
            let rest = read(rest);
            if rest.iter().any(|word| !is_legal_form(&word.folded) && !is_title(&word.folded)) {
                words = rest;
                words.extend(read(first));
            }
        }
        words.shrink_to_fit();
        if !words.iter().any(|word| word.telling) {
            words.iter_mut().for_each(|word| word.telling = true);
        }
        Self { words }
    }

    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// By what equal names are found: all the words, sorted.
    pub fn key(&self) -> CompactString {
        sorted(self.words.iter())
    }

    /// The key without legal forms; empty when nothing else is left.
    pub fn short_key(&self) -> CompactString {
        sorted(self.words.iter().filter(|word| !is_legal_form(&word.folded)))
    }

    /// The words that tell names apart.
    pub fn core(&self) -> Vec<&Word> {
        self.words.iter().filter(|word| word.telling).collect()
    }

    fn telling(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.telling)
    }

    /// Whether both may be the name of one person or firm.
    pub fn is_like(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.telling().count(), other.telling().count());
        let (few, many) = if mine <= theirs { (self, other) } else { (other, self) };
        match mine.min(theirs) {
            0 => false,
            1 => {
                let both = few.telling().next().zip(many.telling().next());
                mine == theirs && both.is_some_and(|(one, other)| !one.initials && !other.initials && like(one, other))
            }
            _ => fits_within(few, many),
        }
    }

    /// Whether a telling word is the same.
    pub fn shares_a_word(&self, other: &Self) -> bool {
        self.telling().any(|mine| other.telling().any(|word| same(mine, word) && !word.initials))
    }
}

/// Whether each telling word has one of its own that is like it, at least one of them the very same word.
/// The other name may have more: `Anna Jansen` is like `Anna Jansen-de Vries`.
fn fits_within(few: &Name, many: &Name) -> bool {
    // A bit for every word that has its own; names are too short to have more words.
    let mut taken = 0_u128;
    let mut take = |fits: &dyn Fn(&Word) -> bool| {
        let free = many.words.iter().enumerate().take(128).filter(|(_, other)| other.telling);
        let found = free.filter(|(at, _)| taken & (1 << at) == 0).find(|(_, other)| fits(other));
        found.map(|(at, other)| {
            taken |= 1 << at;
            other
        })
    };
    let (mut same_word, mut left) = (false, 0_u128);
    // The same words first, so that an initial does not take another's place.
    for (at, word) in few.words.iter().enumerate().take(128).filter(|(_, word)| word.telling) {
        match take(&|other| same(word, other)) {
            Some(other) => same_word |= !other.initials,
            None => left |= 1 << at,
        }
    }
    same_word
        && few
            .words
            .iter()
            .enumerate()
            .take(128)
            .filter(|(at, _)| left & (1 << at) != 0)
            .all(|(_, word)| take(&|other| like(word, other)).is_some())
}

fn same(one: &Word, other: &Word) -> bool {
    one.signs == other.signs && one.folded == other.folded
}

/// The same word, an initial of it, or the word with a typing error.
pub(super) fn like(one: &Word, other: &Word) -> bool {
    if same(one, other) {
        return true;
    }
    if one.initials || other.initials {
        return one.folded.chars().next() == other.folded.chars().next() && one.initials != other.initials;
    }
    one.may_be_mistyped(other) && mistyped(&one.folded, &other.folded)
}

/// Whether one is the other with a typing error.
pub(super) fn mistyped(one: &str, other: &str) -> bool {
    one.len().abs_diff(other.len()) <= 3
        && can_be_mistyped(one)
        && can_be_mistyped(other)
        && strsim::jaro_winkler(one, other) >= TYPING_ERROR
}

/// Words that are long enough to tell an error from another word. Numbers are never mistyped: 1024 and 1025
/// are two.
fn can_be_mistyped(word: &str) -> bool {
    word.chars().nth(3).is_some() && word.chars().nth(40).is_none() && !word.chars().any(char::is_numeric)
}

/// The folded words of a text in their order; joined by spaces they are what [`fold`] makes of it.
pub(super) fn words(written: &str) -> Vec<Written> {
    let mut all: Vec<(CompactString, bool, Range<usize>)> = Vec::new();
    let mut loose_before = false;
    for at in runs(written) {
        let folded = CompactString::from(fold(&written[at.clone()]));
        let loose = folded.chars().nth(1).is_none();
        let initials = loose && is_initial(&folded, written, &at);
        match all.last_mut().filter(|_| loose && loose_before) {
            Some((before, all_initials, place)) => {
                before.push_str(&folded);
                place.end = at.end;
                *all_initials &= initials;
            }
            None => all.push((folded, initials, at)),
        }
        loose_before = loose;
    }
    all.into_iter().map(|(folded, initials, at)| Written { word: Word::new(folded, initials), at }).collect()
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

fn sorted<'a>(words: impl Iterator<Item = &'a Word>) -> CompactString {
    let mut all: Vec<&str> = words.map(|word| word.folded.as_str()).collect();
    all.sort_unstable();
    all.join(" ").into()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// What is counted of words never says no where comparing them says yes.
        #[test]
        fn the_quick_look_leaves_no_typing_error_out(word in "[a-eé]{4,9}", at in 0_usize..9, typed in "[a-e]{0,2}", cut in 0_usize..3) {
            let signs: Vec<char> = word.chars().collect();
            let at = at.min(signs.len());
            let one = |word: &str| Word::new(word.into(), false);
            let other: String = signs[..at].iter().copied().chain(typed.chars()).chain(signs[at..].iter().skip(cut).copied()).collect();
            prop_assert!(!mistyped(&word, &other) || one(&word).may_be_mistyped(&one(&other)), "{word} {other}");
        }
    }
}
