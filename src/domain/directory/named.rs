//! Customers named in a sentence.

use std::ops::Range;

use crate::domain::touchpoint::CustomerId;

use super::kept::{Called, Directory, lower};
use super::name::{Written, like, words};
use super::word_lists::{is_also_a_word, is_sentence_word, is_surname_particle};

/// The most words of a sentence that are looked at, and of a name in it.
const WORDS: usize = 2_000;
const LONGEST: usize = 10;

/// Names that are months too.
const MONTHS: &[&str] = &["jan", "mei", "may", "april", "june", "august"];

/// Whether a folded word is a month and may be a name.
pub(super) fn is_month_too(word: &str) -> bool {
    MONTHS.contains(&word)
}

/// A customer found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedOne {
    /// Who.
    pub id: CustomerId,
    /// Where it is written, in bytes of the text.
    pub at: Range<usize>,
    /// True for a whole name or address, false for a word or two of a name.
    pub whole: bool,
}

/// Words that may be several customers, or a stranger who shares a name with one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedUnsure {
    /// The words as written.
    pub words: String,
    /// Where they are, in bytes of the text.
    pub at: Range<usize>,
    /// Who it may be, in order of their numbers; at least one.
    pub who: Vec<CustomerId>,
}

/// Who is named in a text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Named {
    /// Each customer that is named for certain, once, in order of the text.
    pub certain: Vec<NamedOne>,
    /// What needs asking, in order of the text; for a file, what had better be left out.
    pub ambiguous: Vec<NamedUnsure>,
}

impl Directory {
    /// The customers named in a sentence, such as `Lunch met Anna de Vries en Bart over offerte`.
    ///
    /// The longest names go first, whole words only, in any order of their words. A single word of
    /// a name counts when one customer has it, it has three letters, it is no ordinary word and it
    /// is not written beside the name of a stranger (`Anna Smit` is not Anna de Vries). Names that
    /// are words too (`Bakker`) need a capital. An other name, given on purpose, always counts.
    pub fn named_in(&self, text: &str) -> Named {
        let mut words = words(text);
        words.truncate(WORDS);
        let mut sentence = Sentence { directory: self, text, taken: vec![false; words.len()], words, named: Named::default() };
        sentence.addresses();
        sentence.whole_names();
        sentence.parts();
        sentence.finish()
    }
}

struct Sentence<'a> {
    directory: &'a Directory,
    text: &'a str,
    words: Vec<Written>,
    taken: Vec<bool>,
    named: Named,
}

impl Sentence<'_> {
    fn addresses(&mut self) {
        let pieces = self.text.split(|sign: char| sign.is_whitespace() || matches!(sign, '<' | '>' | ',' | ';' | '(' | ')' | '"' | ':'));
        let start = |piece: &str| piece.as_ptr() as usize - self.text.as_ptr() as usize;
        let all: Vec<(usize, &str)> = pieces.filter(|piece| piece.contains('@')).take(WORDS).map(|piece| (start(piece), piece)).collect();
        for (start, piece) in all {
            let address = piece.trim_end_matches(['.', '!', '?', '\'']);
            let at = start..start + address.len();
            let first = self.words.partition_point(|word| word.at.end <= at.start);
            let end = self.words.partition_point(|word| word.at.start < at.end);
            let ids = self.directory.addresses.get(lower(address).as_str()).map_or_else(Vec::new, |ids| ids.to_vec());
            // An address that is nobody's must not be taken apart for names either.
            self.take(first..end, at, ids, true, true);
        }
    }

    fn whole_names(&mut self) {
        for length in (1..=self.directory.longest.min(LONGEST)).rev() {
            for first in 0..(self.words.len() + 1).saturating_sub(length) {
                let span = first..first + length;
                if self.taken[span.clone()].iter().any(|taken| *taken) {
                    continue;
                }
                let mut key: Vec<&str> = self.words[span.clone()].iter().map(|word| word.folded.as_str()).collect();
                key.sort_unstable();
                let Some(called) = self.directory.keys.get(key.join(" ").as_str()) else { continue };
                // What is called so on purpose or in full goes before what is without its `bv`.
                let best = called.iter().map(|(called, _)| (*called).max(Called::Full)).min();
                let mut ids: Vec<CustomerId> =
                    called.iter().filter(|(called, _)| Some((*called).max(Called::Full)) == best).map(|(_, id)| *id).collect();
                ids.sort_unstable();
                ids.dedup();
                let on_purpose = called.iter().any(|(called, _)| *called == Called::Other);
                if on_purpose || !self.is_talk(span.clone()) {
                    let at = self.place(&span);
                    // `Rob Jansen` is not the customer who is called just Rob.
                    let strange = length == 1 && !on_purpose && ids.len() == 1 && self.is_strange(ids[0], span.start, span.end);
                    self.take(span, at, ids, !strange, true);
                }
            }
        }
    }

    /// Whether these words are ordinary ones rather than a name.
    fn is_talk(&self, span: Range<usize>) -> bool {
        let ordinary = |at: usize| {
            let word = &self.words[at].folded;
            is_sentence_word(word) || word.chars().all(char::is_numeric) || is_also_a_word(word) && !self.has_capital(at)
        };
        let before = span.start.checked_sub(1).map_or("", |before| self.words[before].folded.as_str());
        let in_a_year = before.parse::<u32>().is_ok() || ["in", "begin", "eind", "medio", "end", "early", "late"].contains(&before);
        // `3 jan` is a day.
        let day = span.len() == 1 && in_a_year && MONTHS.contains(&self.words[span.start].folded.as_str());
        // `De Bakker` in the middle of a sentence is a firm; `de bakker` is somebody's trade.
        let capitals = span.len() > 1 && span.clone().any(|at| self.has_capital(at));
        day || (!capitals && span.clone().all(ordinary))
    }

    /// A capital that says something: not that of the first word.
    fn has_capital(&self, at: usize) -> bool {
        at > 0 && self.is_capital(at)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.text[self.words[at].at.clone()].chars().next().is_some_and(char::is_uppercase)
    }

    /// Single words of names, and words of one name beside each other.
    fn parts(&mut self) {
        let mut first = 0;
        while first < self.words.len() {
            let mut who = self.who_has(first);
            let mut end = first + 1;
            while !who.is_empty() {
                let next = self.past_particles(end);
                let both: Vec<CustomerId> = self.who_has(next).into_iter().filter(|id| who.contains(id)).collect();
                if both.is_empty() || !self.are_joined(end - 1, next) {
                    break;
                }
                (who, end) = (both, next + 1);
            }
            if !who.is_empty() {
                let certain = who.len() == 1 && !self.is_strange(who[0], first, end);
                let at = self.place(&(first..end));
                self.take(first..end, at, who, certain, false);
            }
            first = end;
        }
    }

    /// The customers with this word in their names, if it may stand for them by itself.
    fn who_has(&self, at: usize) -> Vec<CustomerId> {
        match self.words.get(at) {
            Some(word) if !self.taken[at] && !word.initials && word.folded.chars().nth(2).is_some() && !self.is_talk(at..at + 1) => {
                self.directory.with_word(&word.folded).to_vec()
            }
            _ => Vec::new(),
        }
    }

    fn past_particles(&self, from: usize) -> usize {
        let rest = &self.words[from.min(self.words.len())..];
        from + rest.iter().take_while(|word| is_surname_particle(&word.folded)).count()
    }

    /// Whether nothing but spaces and loose signs stands between the words.
    fn are_joined(&self, one: usize, next: usize) -> bool {
        let places = self.words.get(one).zip(self.words.get(next));
        places.is_some_and(|(one, next)| {
            let between = self.text.get(one.at.end..next.at.start).unwrap_or_default();
            !between.contains([',', ';', ':', '/', '+', '&', '|', '(', ')', '\n', '!', '?'])
        })
    }

    /// Whether the words beside these make it the name of somebody else.
    fn is_strange(&self, id: CustomerId, first: usize, end: usize) -> bool {
        let names = self.directory.names(id);
        let own = |at: usize| names.iter().flat_map(|name| &name.words).any(|word| like(word, &self.words[at]));
        let begins = |at: usize, ids: &[CustomerId]| {
            let folded = &self.words[at].folded;
            let starts =
                |id: &CustomerId| self.directory.names(*id).iter().any(|name| name.core().first().is_some_and(|one| one.folded == *folded));
            ids.iter().any(starts)
        };
        let next = self.past_particles(end);
        let may_be_name = |at: usize| !self.taken[at] && !own(at) && !is_sentence_word(&self.words[at].folded);
        let next_is_surname = self.are_joined(end - 1, next) && may_be_name(next) && {
            let who = self.directory.with_word(&self.words[next].folded);
            if who.is_empty() { self.is_capital(next) } else { !begins(next, who) }
        };
        if next_is_surname || begins(first, &[id]) {
            return next_is_surname;
        }
        // `Piet Jansen` where the only Jansen is Anna.
        let before = self.words[..first].iter().rposition(|word| !is_surname_particle(&word.folded));
        before.is_some_and(|at| self.are_joined(at, first) && !own(at) && self.is_capital(at) && !is_sentence_word(&self.words[at].folded))
    }

    fn place(&self, span: &Range<usize>) -> Range<usize> {
        self.words[span.start].at.start..self.words[span.end - 1].at.end
    }

    fn take(&mut self, span: Range<usize>, at: Range<usize>, mut ids: Vec<CustomerId>, certain: bool, whole: bool) {
        self.taken[span].iter_mut().for_each(|taken| *taken = true);
        match (ids.len(), certain) {
            (0, _) => {}
            (1, true) => self.named.certain.push(NamedOne { id: ids.remove(0), at, whole }),
            _ => self.named.ambiguous.push(NamedUnsure { words: self.text[at.clone()].to_owned(), at, who: ids }),
        }
    }

    /// In order of the text; who is certain needs no asking further on.
    fn finish(mut self) -> Named {
        let Named { certain, ambiguous } = &mut self.named;
        certain.sort_by_key(|one| one.at.start);
        let mut had: Vec<CustomerId> = Vec::new();
        certain.retain(|one| {
            !had.contains(&one.id) && {
                had.push(one.id);
                true
            }
        });
        ambiguous.retain(|unsure| !unsure.who.iter().any(|id| had.contains(id)));
        ambiguous.sort_by_key(|unsure| unsure.at.start);
        self.named
    }
}
