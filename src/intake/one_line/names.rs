//! Which names stand where among the words of a sentence.

use std::collections::HashMap;
use std::ops::Range;

use super::sentence::base;
use super::vocabulary::is_particle;
use crate::domain::names::fold;
use crate::domain::touchpoint::CustomerId;

/// The most words of a name that are compared.
const LONGEST: usize = 12;

/// The names customers go by, ready to be found in a sentence.
#[derive(Debug, Clone, Default)]
pub struct Names {
    whole: HashMap<String, Vec<CustomerId>>,
    parts: HashMap<String, Vec<CustomerId>>,
    /// The parts that begin a name.
    firsts: HashMap<String, Vec<CustomerId>>,
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
        for (id, name) in names.into_iter().filter(|(_, name)| is_a_name(name)) {
            known.learn(id, name);
        }
        known
    }

    fn learn(&mut self, id: CustomerId, name: &str) {
        let folded = folded(name);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        if words.is_empty() || words.len() > LONGEST {
            return;
        }
        // A word more than it has: loose letters count as one word here and as several in a sentence.
        self.longest = self.longest.max(words.len() + 1);
        push(&mut self.whole, &folded, id);
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
            let both: Vec<CustomerId> = customers.iter().copied().filter(|id| also.contains(id)).collect();
            if both.is_empty() {
                break;
            }
            customers = both;
            length += 1;
        }
        Some((length, customers))
    }

    /// Whether a word is the first of a name of this customer.
    pub(super) fn begins(&self, word: &str, customer: CustomerId) -> bool {
        self.firsts.get(word).is_some_and(|of| of.contains(&customer))
    }
}

fn push(map: &mut HashMap<String, Vec<CustomerId>>, word: &str, id: CustomerId) {
    let ids = map.entry(word.to_owned()).or_default();
    if !ids.contains(&id) {
        ids.push(id);
    }
}

fn is_a_name(name: &str) -> bool {
    !name.contains('@') && name.chars().any(char::is_alphabetic)
}

fn folded(name: &str) -> String {
    fold(&name.split_whitespace().map(base).collect::<Vec<_>>().join(" "))
}
