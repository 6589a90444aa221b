//! Which names stand where among the words of a sentence.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use super::sentence::{Sentence, base};
use super::vocabulary::{is_inner, is_particle};
use crate::domain::names::fold;
use crate::domain::touchpoint::CustomerId;

/// The most words of a name that are compared.
const LONGEST: usize = 12;

/// The names customers go by, ready to be found in a sentence. Every list of customers is in order
/// and has each once.
#[derive(Debug, Clone, Default)]
pub struct Names {
    whole: FxHashMap<String, Vec<CustomerId>>,
    parts: FxHashMap<String, Vec<CustomerId>>,
    /// The parts that begin a name.
    firsts: FxHashMap<String, Vec<CustomerId>>,
    /// The beginnings of names that begin with a small word: `de boer`.
    openings: FxHashMap<String, Vec<CustomerId>>,
    longest: usize,
}

/// A name found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    /// The words it takes.
    pub words: Range<usize>,
    /// Who is called so.
    pub customers: Vec<CustomerId>,
    /// Whether it is a whole name, not a part of one.
    pub whole: bool,
}

impl Names {
    /// Takes in the names and other names of customers; addresses and numbers are no names.
    pub fn new<'a>(names: impl IntoIterator<Item = (CustomerId, &'a str)>) -> Self {
        let mut known = Self::default();
        let mut names: Vec<(CustomerId, &str)> = names.into_iter().filter(|(_, name)| is_a_name(name)).collect();
        names.sort_by_key(|(id, _)| *id);
        for (id, name) in names {
            known.learn(id, name);
        }
        known
    }

    /// Of the same names those that may stand in a sentence: what it says is the same as with all of them,
    /// and with many thousands of customers it takes a fraction of the time.
    pub fn that_may_stand_in<'a>(sentence: &str, names: impl IntoIterator<Item = (CustomerId, &'a str)>) -> Self {
        let sentence = Sentence::new(sentence);
        let folded = sentence.words.iter().flat_map(|word| word.folded.split(' '));
        let words: FxHashSet<&str> = folded.flat_map(|word| [Some(word), owner(word)]).flatten().collect();
        // Loose letters are put together, over the edges of words.
        let loose = words.iter().any(|word| word.chars().nth(1).is_none());
        let mut lower = String::new();
        Self::new(names.into_iter().filter(|(_, name)| loose || may_share_a_word(name, &words, &mut lower)))
    }

    fn learn(&mut self, id: CustomerId, name: &str) {
        let folded = folded(name);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() || words.len() > LONGEST {
            return;
        }
        // A word more than it has: loose letters count as one word here and as several in a sentence.
        self.longest = self.longest.max(words.len() + 2);
        push(&mut self.whole, &folded, id);
        for spoken in in_words(name) {
            push(&mut self.whole, &spoken, id);
        }
        let small = words.iter().take_while(|word| is_inner(word)).count();
        if (1..words.len()).contains(&small) {
            push(&mut self.openings, &words[..=small].join(" "), id);
        }
        for word in &words {
            push(&mut self.parts, word, id);
        }
        push(&mut self.firsts, words[0], id);
    }

    /// The whole name that begins the words, if one does; the longest.
    pub(super) fn whole_at(&self, words: &[&str]) -> Option<(usize, &[CustomerId])> {
        (1..=self.longest.min(words.len())).rev().filter(|&length| !words[0].is_empty() && !words[length - 1].is_empty()).find_map(
            |length| {
                let found = self.whole.get(&fold(&words[..length].join(" ")))?;
                Some((length, found.as_slice()))
            },
        )
    }

    /// The longest run of parts of one and the same name that begins the words; it holds a word that
    /// can be told by.
    pub(super) fn parts_at(&self, words: &[&str]) -> Option<(usize, Vec<CustomerId>)> {
        let first = *words.first()?;
        if is_particle(first) || first.chars().count() < 2 {
            return None;
        }
        let mut customers = self.parts.get(first)?.clone();
        let mut length = 1;
        for word in &words[1..] {
            let Some(also) = self.parts.get(*word) else { break };
            let both: Vec<CustomerId> = customers.iter().copied().filter(|id| also.binary_search(id).is_ok()).collect();
            if both.is_empty() {
                break;
            }
            customers = both;
            length += 1;
        }
        Some((length, customers))
    }

    /// The beginning of names that begin with a small word, if one stands here: `de boer` of De Boer & Zn.
    pub(super) fn opening_at(&self, words: &[&str]) -> Option<(usize, &[CustomerId])> {
        if !is_inner(words.first()?) {
            return None;
        }
        (2..=4.min(words.len())).rev().find_map(|length| Some((length, self.openings.get(&words[..length].join(" "))?.as_slice())))
    }

    /// Whose a word is when it is a name with an `s`: `Annas hond`.
    pub(super) fn owner_of(&self, word: &str) -> Option<Vec<CustomerId>> {
        let name = owner(word)?;
        self.whole.get(name).cloned().or_else(|| self.parts_at(&[name]).map(|(_, customers)| customers))
    }

    /// Whether a word is the first of a name of this customer.
    pub(super) fn begins(&self, word: &str, customer: CustomerId) -> bool {
        self.firsts.get(word).is_some_and(|of| of.binary_search(&customer).is_ok())
    }
}

/// A name without the `s` that says it is somebody's.
fn owner(word: &str) -> Option<&str> {
    word.strip_suffix('s').filter(|name| name.chars().count() > 2)
}

/// A name with its `&` as it is said: `De Boer en Zn`, and the other way about.
fn in_words(name: &str) -> Vec<String> {
    let written = name.replace(" en ", " & ").replace(" and ", " & ");
    let signs = [" en ", " and ", " "].into_iter().filter(|_| written.contains('&'));
    let mut spoken: Vec<String> = signs.map(|sign| folded(&written.replace('&', sign))).collect();
    spoken.retain(|spoken| *spoken != folded(name));
    spoken.dedup();
    spoken
}

/// Customers come in order, so that one who is there already is the last.
fn push(map: &mut FxHashMap<String, Vec<CustomerId>>, word: &str, id: CustomerId) {
    match map.get_mut(word) {
        Some(ids) if ids.last() == Some(&id) => {}
        Some(ids) => ids.push(id),
        None => drop(map.insert(word.to_owned(), vec![id])),
    }
}

/// Whether a name has one of these folded words; true as well where that is not plain, because folding does
/// more than making its letters small.
fn may_share_a_word(name: &str, words: &FxHashSet<&str>, lower: &mut String) -> bool {
    let plain = |piece: &str| piece.len() > 1 && piece.bytes().all(|byte| byte.is_ascii_alphanumeric());
    name.split([' ', '-']).any(|piece| {
        lower.clear();
        lower.push_str(piece);
        lower.make_ascii_lowercase();
        !plain(piece) || words.contains(lower.as_str())
    })
}

fn is_a_name(name: &str) -> bool {
    !name.contains('@') && name.chars().any(char::is_alphabetic)
}

fn folded(name: &str) -> String {
    fold(&name.split_whitespace().map(base).collect::<Vec<_>>().join(" "))
}
