//! People no customer is called after: nobody is dropped without a word.

use std::ops::Range;

use super::course::tells_of_the_past;
use super::names::Named;
use super::people::Search;
use super::positions::{Place, place};
use super::sentence::Use;
use super::vocabulary::{
    is_about, is_also_a_word, is_and, is_article, is_calendar, is_company, is_contacting, is_filler, is_inner, is_nobody, is_party,
    is_title, is_with,
};
use crate::domain::touchpoint::CustomerId;

/// How many customers are offered as meant by an unknown name.
const ALIKE: usize = 3;

/// Takes the unknown name at a place, if one is named there. Gives the place behind it.
pub(super) fn stranger(search: &mut Search<'_, '_>, at: usize) -> Option<usize> {
    if is_small_in_a_list(search, at) {
        search.add(at..at + 1, like(search, &(at..at + 1)), true);
        return Some(at + 1);
    }
    let begins = search.sentence.words[at].begins;
    if !could_be_a_name(search, at) {
        return None;
    }
    let named = if begins { beside_somebody(search, at) } else { place(search.sentence, search.words, at) == Place::Person };
    named.then(|| add(search, at))
}

/// `Bart belde`, when nobody else is named: the word that begins the sentence is asked about after all.
pub(super) fn first_word(search: &mut Search<'_, '_>) {
    let after = search.sentence.words.iter().find(|word| word.used.is_none() && !word.begins);
    let calls = after.is_some_and(|word| is_contacting(&word.folded));
    let first = search.sentence.words.iter().position(|word| word.used.is_none());
    if let Some(at) = first.filter(|&at| calls && could_be_a_name(search, at) && !is_small(&search.sentence.words[at].folded)) {
        add(search, at);
    }
}

fn add(search: &mut Search<'_, '_>, at: usize) -> usize {
    let words = at..end_of_name(search, at + 1);
    let like = like(search, &words);
    search.add(words.clone(), like, true);
    words.end
}

/// The words around a name that make it somebody else's: `Anna Bakker` when only Anna Jansen is
/// known, `Piet Jansen` likewise. With the customers it is like.
pub(super) fn longer_than(search: &Search<'_, '_>, named: &Named) -> Option<(Range<usize>, Vec<CustomerId>)> {
    let end = end_of_name(search, named.words.end);
    let start = if named.whole || search.names.begins(&search.sentence.words[named.words.start].folded, *named.customers.first()?) {
        named.words.start
    } else {
        start_of_name(search, named.words.start)
    };
    let words = start..end;
    (words != named.words).then(|| (words, named.customers.iter().copied().take(ALIKE).collect()))
}

fn start_of_name(search: &Search<'_, '_>, start: usize) -> usize {
    let Some(before) = start.checked_sub(1) else { return start };
    let word = &search.sentence.words[before];
    let fits = !word.stop_after && could_be_a_name(search, before) && !is_small(&word.folded);
    if fits { before } else { start }
}

/// The end of a name that goes on in capitals: `Bart`, `de`, `Vries`.
fn end_of_name(search: &Search<'_, '_>, mut end: usize) -> usize {
    while end < search.sentence.words.len() && !search.sentence.words[end - 1].stop_after {
        let inner = (end..search.sentence.words.len()).take_while(|&at| search.goes_on_small(at)).take(3).count();
        let next = end + inner;
        if next >= search.sentence.words.len() || search.sentence.words[next].begins || !could_be_a_name(search, next) {
            break;
        }
        end = next + 1;
    }
    end
}

impl Search<'_, '_> {
    fn goes_on_small(&self, at: usize) -> bool {
        let word = &self.sentence.words[at];
        word.used.is_none() && !word.stop_after && is_inner(&word.folded)
    }
}

/// A free word with a capital that means nothing else.
fn could_be_a_name(search: &Search<'_, '_>, at: usize) -> bool {
    let word = &search.sentence.words[at];
    let plain = word.used.is_none() && word.is_capitalised() && !word.folded.is_empty() && !search.listed[at];
    plain && !is_calendar(&word.folded) && !is_nobody(&word.folded) && !is_title(&word.folded)
}

/// `lunch met jan, piet en roos`: beside somebody known who is written small as well, an unknown word
/// stands for a person.
fn is_small_in_a_list(search: &Search<'_, '_>, at: usize) -> bool {
    let words = &search.sentence.words;
    let word = &words[at];
    let sign = |at: usize| words.get(at).map_or("", |word| if word.folded.is_empty() { word.text } else { &word.folded });
    let small = |at: usize| words.get(at).is_some_and(|word| word.text.starts_with(char::is_lowercase));
    let named = |at: usize| small(at) && (words[at].used == Some(Use::Name) || search.names.parts_at(&[sign(at)]).is_some());
    if !small(at) || !is_plainly_unknown(search, at) {
        return false;
    }
    let follows_a_name = at >= 1 && words[at - 1].used == Some(Use::Name) && small(at - 1) && words[at - 1].stop_after;
    let joins_a_name = at >= 2 && is_and(sign(at - 1)) && words[at - 2].used == Some(Use::Name) && small(at - 2);
    let before_a_name = is_and(sign(at + 1)) && named(at + 2);
    let in_a_list = follows_a_name && (before_a_name || word.stop_after && is_and(sign(at + 2)) && named(at + 3));
    let next = sign(at + 1);
    let ends = word.stop_after
        || words.get(at + 1).is_none_or(|word| word.used == Some(Use::Time) || search.listed[at + 1])
        || is_and(next)
        || is_about(next)
        || is_with(next)
        || is_party(next)
        || is_contacting(next);
    let there = || place(search.sentence, search.words, at) == Place::Person;
    (in_a_list || joins_a_name && ends || before_a_name) && there()
}

/// A word of letters that stands in no list and is no verb.
fn is_plainly_unknown(search: &Search<'_, '_>, at: usize) -> bool {
    let word = &search.sentence.words[at];
    let folded = word.folded.as_str();
    let verb = folded.len() > 4 && ["de", "te", "ed", "ing", "en"].iter().any(|end| folded.ends_with(end))
        || tells_of_the_past(search.sentence, at);
    let letters = folded.len() > 2 && word.text.chars().all(|sign| sign.is_alphabetic() || matches!(sign, '-' | '\'' | '’'));
    let other =
        is_calendar(folded) || is_nobody(folded) || is_title(folded) || is_small(folded) || is_company(folded) || is_also_a_word(folded);
    word.used.is_none() && letters && !verb && !other && !search.listed[at]
}

/// `Bart en Anna belden`.
fn beside_somebody(search: &Search<'_, '_>, at: usize) -> bool {
    let [and, other] = [1, 2].map(|on| search.sentence.words.get(at + on));
    let joined = and.is_some_and(|word| is_and(if word.folded.is_empty() { word.text } else { &word.folded }));
    let known = |folded: &str| search.names.parts_at(&[folded]).is_some();
    joined && other.is_some_and(|word| word.used == Some(Use::Name) || word.is_capitalised() && known(&word.folded))
}

/// Words that stand before names and begin sentences.
fn is_small(word: &str) -> bool {
    is_filler(word) || is_contacting(word) || is_with(word) || is_party(word) || is_about(word) || is_article(word) || is_inner(word)
}

/// The customers that share a word with an unknown name.
fn like(search: &Search<'_, '_>, words: &Range<usize>) -> Vec<CustomerId> {
    let shared = words.clone().filter_map(|at| search.names.parts_at(&[search.sentence.words[at].folded.as_str()]));
    let mut like: Vec<CustomerId> = Vec::new();
    for id in shared.flat_map(|(_, customers)| customers) {
        if !like.contains(&id) {
            like.push(id);
        }
    }
    like.truncate(ALIKE);
    like
}
