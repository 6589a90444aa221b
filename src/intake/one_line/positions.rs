//! Where in a sentence a person is named.

use super::sentence::{Sentence, Use};
use super::vocabulary::{is_about, is_and, is_article, is_contacting, is_filler, is_moving, is_party, is_title, is_with};
use crate::domain::words::Channel;
use crate::intake::contact_words::Words;

/// How the place of a word speaks for its being a person who was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A person is named here: `lunch met …`, `belde …`, `Anna en …`.
    Person,
    /// A person may be named here: the sentence begins, or a channel or a looser preposition stands before it.
    Perhaps,
    /// Whoever stands here is talked about.
    Topic,
    /// A thing is named here: `de …`.
    Thing,
    /// Nothing is known of this place.
    Open,
}

/// What the words before the one at `at` say about it. Of whatever follows `over` or `about`, up to a stop
/// or somebody who was there, is only talked: `over de offerte voor Bart`.
pub(super) fn place(sentence: &Sentence<'_>, words: &Words, at: usize) -> Place {
    match nearby(sentence, words, at) {
        Place::Perhaps | Place::Open | Place::Thing if follows_about(sentence, at) => Place::Topic,
        place => place,
    }
}

fn follows_about(sentence: &Sentence<'_>, at: usize) -> bool {
    let before = (0..at).rev().take_while(|&place| !sentence.words[place].stop_after);
    let telling = before.map(|place| &sentence.words[place]).find(|word| {
        word.used == Some(Use::Name)
            || is_about(&word.folded)
            || is_with(&word.folded)
            || is_contacting(&word.folded)
            || is_and(&word.folded)
    });
    telling.is_some_and(|word| word.used.is_none() && is_about(&word.folded))
}

/// What the nearest words say.
fn nearby(sentence: &Sentence<'_>, words: &Words, at: usize) -> Place {
    let Some(before) = last_telling(sentence, at) else { return Place::Perhaps };
    let word = &sentence.words[before];
    let folded = word.folded.as_str();
    let sign = if folded.is_empty() { word.text } else { folded };
    if is_and(sign) {
        return beside(sentence, words, before);
    }
    if is_about(folded) && word.used.is_none() {
        return Place::Topic;
    }
    if word.stop_after {
        // A list of people goes on after a comma; anything else begins anew.
        return if word.used == Some(Use::Name) {
            place(sentence, words, first_of_name(sentence, before)).or_person()
        } else {
            Place::Open
        };
    }
    if is_contacting(folded) || is_with(folded) {
        return Place::Person;
    }
    if is_article(folded) {
        return Place::Thing;
    }
    if is_party(folded) {
        return party(sentence, words, before);
    }
    if channel(words, folded).is_some() { Place::Perhaps } else { Place::Open }
}

impl Place {
    /// In a list of people nobody stands by chance.
    fn or_person(self) -> Self {
        if self == Self::Topic { self } else { Self::Person }
    }
}

/// The nearest word before that is no time, filler or title.
fn last_telling(sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let mut place = at;
    while place > 0 && !sentence.words[place].begins {
        let word = &sentence.words[place - 1];
        let passed = word.used == Some(Use::Time) || is_filler(&word.folded) || is_title(&word.folded);
        if !passed || word.stop_after && word.used != Some(Use::Time) && !is_title(&word.folded) {
            return Some(place - 1);
        }
        place -= 1;
    }
    None
}

/// Two beside each other are of a sort.
fn beside(sentence: &Sentence<'_>, words: &Words, and: usize) -> Place {
    let Some(left) = and.checked_sub(1) else { return Place::Open };
    let word = &sentence.words[left];
    if word.used == Some(Use::Name) {
        return place(sentence, words, first_of_name(sentence, left)).or_person();
    }
    if word.stop_after || word.is_capitalised() {
        return Place::Open;
    }
    let thing = (0..=left).rev().find(|&at| at == 0 || !is_article(&sentence.words[at - 1].folded)).unwrap_or_default();
    match place(sentence, words, thing) {
        found @ (Place::Person | Place::Topic) if thing < left || found == Place::Topic => found,
        _ => Place::Open,
    }
}

fn first_of_name(sentence: &Sentence<'_>, last: usize) -> usize {
    let mut first = last;
    while first > 0 && sentence.words[first - 1].used == Some(Use::Name) && !sentence.words[first - 1].stop_after {
        first -= 1;
    }
    first
}

/// `mail van …`, `talked to …`: with a word of contact before it.
fn party(sentence: &Sentence<'_>, words: &Words, preposition: usize) -> Place {
    let folded = sentence.words[preposition].folded.as_str();
    let before = last_telling(sentence, preposition).map(|place| sentence.words[place].folded.as_str()).unwrap_or_default();
    let sure = matches!(folded, "van" | "from" | "door" | "by" | "to" | "naar") || matches!(before, "langs" | "bezoek" | "bezoekje");
    let talked = matches!(before, "talked" | "spoke" | "spoken" | "sent" | "gave" | "explained" | "gestuurd" | "stuurde" | "verstuurd");
    if matches!(folded, "for" | "voor") && words.infer_from(&[before]).kind.is_some() {
        return Place::Topic;
    }
    if is_moving(before) {
        return Place::Open;
    }
    if sure && (talked || is_contacting(before) || channel(words, before).is_some()) { Place::Person } else { Place::Perhaps }
}

fn channel(words: &Words, folded: &str) -> Option<Channel> {
    words.infer_from(&folded.split(' ').collect::<Vec<_>>()).channel
}
