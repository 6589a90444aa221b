//! Who was there: customers by their names, and those nobody knows.

use std::ops::Range;

use super::course::tells_of_the_past;
use super::names::{Named, Names};
use super::positions::{Place, place};
use super::sentence::{Sentence, Use};
use super::strangers;
use super::vocabulary::{is_also_a_word, is_and, is_calendar, is_contacting, is_filler, is_nobody, is_particle, is_party, is_with};
use super::whole::Person;
use crate::domain::touchpoint::CustomerId;
use crate::intake::contact_words::Words;

/// Somebody found, and whether they were there or talked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// The words of the name.
    pub words: Range<usize>,
    /// Who.
    pub person: Person,
    /// Whether only talked about.
    pub topic: bool,
}

/// What the search goes by.
pub(super) struct Search<'s, 't> {
    /// The sentence, of which words are taken.
    pub sentence: &'s mut Sentence<'t>,
    /// The customers.
    pub names: &'s Names,
    /// The words of channels.
    pub words: &'s Words,
    /// Which words the lists of channels know.
    pub listed: Vec<bool>,
    /// Who was found so far.
    pub found: Vec<Found>,
}

/// Takes whole names of several words, the longest first at each place.
pub(super) fn take_whole(sentence: &mut Sentence<'_>, names: &Names) -> Vec<Named> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < sentence.words.len() {
        let folded = sentence.folded(at..sentence.words.len().min(at + 16));
        let here = names.whole_at(&folded).filter(|(length, _)| *length > 1);
        match here.map(|(length, customers)| Named { words: at..at + length, customers: customers.to_vec(), whole: true }) {
            Some(named) if !sentence.is_broken(named.words.clone()) => {
                at = named.words.end;
                sentence.take(named.words.clone(), Use::Name);
                found.push(named);
            }
            _ => at += 1,
        }
    }
    found
}

impl Search<'_, '_> {
    /// Goes through the sentence from the left.
    pub(super) fn run(mut self, whole: Vec<Named>) -> Vec<Found> {
        let mut whole = whole.into_iter().peekable();
        let mut at = 0;
        while at < self.sentence.words.len() {
            let next = match whole.next_if(|named| named.words.start == at) {
                Some(named) => {
                    self.add(named.words.clone(), Vec::from(named.customers.as_slice()), false);
                    named.words.end
                }
                None => self.single(at).or_else(|| strangers::stranger(&mut self, at)).unwrap_or(at + 1),
            };
            at = next;
        }
        if self.found.is_empty() {
            strangers::first_word(&mut self);
        }
        self.found
    }

    /// Adds somebody; no customers is somebody unknown, like those given.
    pub(super) fn add(&mut self, words: Range<usize>, customers: Vec<CustomerId>, unknown: bool) {
        self.sentence.take(words.clone(), Use::Name);
        let topic = place(self.sentence, self.words, words.start) == Place::Topic;
        let typed = self.sentence.typed(words.clone()).to_owned();
        let person = match customers.as_slice() {
            _ if unknown => Person::Unknown { typed, like: customers },
            [one] => Person::Known(*one),
            _ => Person::Several { typed, customers },
        };
        self.found.push(Found { words, person, topic });
    }

    /// A name of one word, or parts of a name. Gives the place behind it.
    fn single(&mut self, at: usize) -> Option<usize> {
        if !self.sentence.is_free(at..at + 1) {
            return None;
        }
        let named = self.named_at(at)?;
        if let Some((words, like)) = strangers::longer_than(self, &named) {
            let end = words.end;
            self.add(words, like, true);
            return Some(end);
        }
        let end = named.words.end;
        self.add(named.words, named.customers, false);
        Some(end)
    }

    fn named_at(&self, at: usize) -> Option<Named> {
        let free = (at..self.sentence.words.len()).take_while(|&next| next == at || self.may_go_on(next)).count();
        let folded = self.sentence.folded(at..at + free);
        let one = self.names.whole_at(&folded[..1]).map(|(_, customers)| customers.to_vec());
        let parts = self.names.parts_at(&folded);
        let named = match (one, parts) {
            (Some(customers), None | Some((1, _))) => Named { words: at..at + 1, customers, whole: true },
            (_, Some((length, customers))) => Named { words: at..at + length, customers, whole: false },
            (None, None) => return self.opening_at(at, &folded).or_else(|| self.owner_at(at)),
        };
        self.is_meant(&named).then_some(named)
    }

    /// `de boer gebeld`, unless it ends the name of somebody else: `Piet de Boer`.
    fn opening_at(&self, at: usize, folded: &[&str]) -> Option<Named> {
        let (length, customers) = self.names.opening_at(folded)?;
        let ends_another = at > 0 && !self.sentence.words[at].begins && {
            let before = &self.sentence.words[at - 1];
            !before.stop_after && before.used != Some(Use::Time) && (before.used.is_some() || before.is_capitalised() && !before.begins)
        };
        (!ends_another).then(|| Named { words: at..at + length, customers: customers.to_vec(), whole: true })
    }

    /// `Annas hond`, `Jans vrouw`: with a capital, and as no other name.
    fn owner_at(&self, at: usize) -> Option<Named> {
        let word = &self.sentence.words[at];
        let customers = self.names.owner_of(&word.folded).filter(|_| word.is_capitalised() && !self.listed[at])?;
        Some(Named { words: at..at + 1, customers, whole: true })
    }

    fn may_go_on(&self, next: usize) -> bool {
        self.sentence.is_free(next..next + 1) && !self.sentence.words[next - 1].stop_after
    }

    /// Whether the words are meant as a name here.
    fn is_meant(&self, named: &Named) -> bool {
        let first = &self.sentence.words[named.words.start];
        let capital = first.text.chars().any(char::is_uppercase);
        let here = || place(self.sentence, self.words, named.words.start);
        if named.words.len() == 1 && is_also_a_word(&first.folded) && (first.begins || !capital) {
            return self.is_somebody_all_the_same(named.words.start, capital);
        }
        if named.words.len() == 1 && (is_calendar(&first.folded) || is_nobody(&first.folded) || is_particle(&first.folded)) {
            return capital && !first.begins && here() == Place::Person;
        }
        if self.listed[named.words.start] && named.words.len() == 1 {
            return named.whole && capital && !first.begins;
        }
        match here() {
            Place::Thing => capital,
            Place::Open => capital || named.whole || named.words.len() > 1,
            Place::Person | Place::Perhaps | Place::Topic => true,
        }
    }

    /// Whether a name that is an ordinary word as well is meant as a name, where its capital does not tell:
    /// `Will called`, `lunch with joy`; not `will call Jan`, `bill sent to Sophie`.
    fn is_somebody_all_the_same(&self, at: usize, capital: bool) -> bool {
        let words = &self.sentence.words;
        if !words[at].begins {
            return place(self.sentence, self.words, at) == Place::Person && !is_filler(&words[at - 1].folded);
        }
        let next = words.get(at + 1).map_or("", |word| word.folded.as_str());
        let after = words.get(at + 2).map_or("", |word| word.folded.as_str());
        let alone = words.get(at + 1).is_none() || words[at].stop_after;
        let modal = matches!(words[at].folded.as_str(), "will" | "may");
        let acts = words.get(at + 1).is_some() && tells_of_the_past(self.sentence, at + 1) && !is_party(after) && !is_with(after);
        let channel = !modal && self.listed.get(at + 1).is_some_and(|listed| *listed);
        is_contacting(next) || capital && (alone || acts || channel || is_and(next))
    }
}
