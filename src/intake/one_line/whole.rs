//! The whole sentence.

use chrono::{DateTime, TimeZone};

use super::names::Names;
use super::people::{Found, Search, take_whole};
use super::sentence::{Sentence, Use};
use super::vocabulary::{is_about, is_and, is_article, is_contacting, is_with};
use super::{course, duration, feeling, time};
use crate::domain::calendar::Moment;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Direction;
use crate::intake::contact_words::{Inferred, NAME, Words};

/// Somebody a sentence names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// A customer.
    Known(CustomerId),
    /// One of several customers.
    Several {
        /// The name as typed.
        typed: String,
        /// Who may be meant.
        customers: Vec<CustomerId>,
    },
    /// Somebody no customer is called after.
    Unknown {
        /// The name as typed.
        typed: String,
        /// Customers who share a word with it, at most three.
        like: Vec<CustomerId>,
    },
}

/// What a sentence says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Line {
    /// Who was there, in the order of the sentence, each customer once.
    pub people: Vec<Person>,
    /// When it happened, or is planned when all of the sentence is still to come, with the words that say so.
    pub at: Option<(Moment, String)>,
    /// A moment to come that it names, when it does not say when it happened.
    pub ahead: Option<(Moment, String)>,
    /// How many minutes it took.
    pub minutes: Option<u32>,
    /// What is wrong with a date it names that the calendar does not have.
    pub slip: Option<Text>,
    /// The channel, who started it, and what it was about.
    pub inferred: Inferred,
    /// How it felt to the customer, from −1 to 1, with the word that says so.
    pub felt: Option<(f64, String)>,
    /// Whether it says that nothing was heard of somebody, which is no contact.
    pub silence: bool,
    /// Whether it says who, and nothing of what happened.
    pub only_names: bool,
}

/// Reads a sentence, which never fails: what is unsure is handed back as such. Times are read at
/// `now`, in its zone.
pub fn read<Tz: TimeZone>(sentence: &str, names: &Names, words: &Words, now: &DateTime<Tz>) -> Line {
    let mut sentence = Sentence::new(sentence);
    let whole = take_whole(&mut sentence, names);
    let mut times = time::take(&mut sentence, now);
    if times.past.is_none() && course::is_planned(&sentence, &times.ahead_words) {
        times.past = times.ahead.take();
    }
    let minutes = duration::take(&mut sentence).or(times.minutes);
    let silence = course::is_silence(&sentence);
    let listed = listed(&sentence, words);
    let found = Search { sentence: &mut sentence, names, words, listed, found: Vec::new() }.run(whole);
    let inferred = inferred(&sentence, words);
    Line {
        felt: feeling::read(&sentence),
        silence: silence && inferred.channel.is_none(),
        inferred,
        only_names: only_names(&sentence),
        people: people(&sentence, found),
        at: times.past.map(|said| (said.at, said.typed)),
        ahead: times.ahead.map(|said| (said.at, said.typed)),
        minutes,
        slip: times.slip,
    }
}

/// Which words stand in the lists of channels, directions and kinds.
fn listed(sentence: &Sentence<'_>, words: &Words) -> Vec<bool> {
    let flat: Vec<(usize, &str)> =
        sentence.words.iter().enumerate().flat_map(|(at, word)| word.folded.split(' ').map(move |folded| (at, folded))).collect();
    let folded: Vec<&str> = flat.iter().map(|(_, folded)| *folded).collect();
    let mut listed = vec![false; sentence.words.len()];
    for place in 0..folded.len() {
        for (at, _) in &flat[place..place + words.taken_at(&folded[place..])] {
            listed[*at] = true;
        }
    }
    listed
}

/// The lists, with names out of their way and times left out.
fn inferred(sentence: &Sentence<'_>, words: &Words) -> Inferred {
    let mut folded = Vec::new();
    let mut in_name = false;
    for word in &sentence.words {
        match word.used {
            Some(Use::Time) => continue,
            Some(Use::Name) if in_name => {}
            Some(Use::Name) => folded.push(NAME),
            None => folded.extend(word.folded.split(' ')),
        }
        in_name = word.used == Some(Use::Name) && !word.stop_after;
        if word.used == Some(Use::Name) && word.stop_after {
            folded.push("");
        }
    }
    let read = words.infer_from(&folded);
    Inferred { direction: who_has_sent(&folded).or(read.direction), ..read }
}

/// `Jan heeft een boeket gestuurd`: the thing stands between, so no list knows it.
fn who_has_sent(folded: &[&str]) -> Option<Direction> {
    let has = folded.windows(2).position(|pair| pair[0] == NAME && matches!(pair[1], "heeft" | "hebben" | "has" | "have"))?;
    let mut clause = folded[has + 2..].iter().take_while(|word| !word.is_empty() && **word != NAME).take(8);
    let sent = clause
        .any(|word| matches!(*word, "gestuurd" | "opgestuurd" | "gebracht" | "meegebracht" | "gegeven" | "sent" | "brought" | "given"));
    sent.then_some(Direction::In)
}

fn only_names(sentence: &Sentence<'_>) -> bool {
    let empty = |folded: &str| folded.is_empty() || is_and(folded);
    sentence.words.iter().all(|word| word.used.is_some() || empty(&word.folded))
}

/// Those who were there; when nobody was, those talked about. Of one customer named twice, and of a
/// short name beside the full one, one stays.
fn people(sentence: &Sentence<'_>, found: Vec<Found>) -> Vec<Person> {
    let only_topics = found.iter().all(|found| found.topic) && !somebody_else(sentence);
    let there: Vec<Person> = found.into_iter().filter(|found| only_topics || !found.topic).map(|found| found.person).collect();
    let known: Vec<CustomerId> = there.iter().filter_map(|person| if let Person::Known(id) = person { Some(*id) } else { None }).collect();
    let mut people: Vec<Person> = Vec::new();
    for person in there {
        let said = match &person {
            Person::Several { customers, .. } => customers.iter().any(|id| known.contains(id)),
            _ => false,
        };
        if !said && !people.contains(&person) {
            people.push(person);
        }
    }
    people
}

/// `called the accountant about Bill`: somebody was contacted who is no customer.
fn somebody_else(sentence: &Sentence<'_>) -> bool {
    sentence.words.windows(4).any(|words| {
        let [verb, article, who, about] = words else { return false };
        let free = [article, who].iter().all(|word| word.used.is_none() && !word.stop_after);
        (is_contacting(&verb.folded) || is_with(&verb.folded)) && is_article(&article.folded) && free && is_about(&about.folded)
    })
}
