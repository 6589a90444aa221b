//! The lists, made ready once: a phrase is looked up by its first word.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::lists::{CHANNELS, DIRECTIONS, FAINT, HIDING, KINDS, SUBJECTS};
use super::words::{Meaning, NAME};

/// What a phrase of the lists stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// For a meaning.
    For(Meaning),
    /// For a meaning, when nothing clearer is said.
    Faintly(Meaning),
    /// For something else: the words in it say nothing.
    ForNothing,
}

/// A phrase after its first word.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Phrase {
    rest: Vec<String>,
    stands: Stands,
}

/// Phrases by their first word, each list with the longest first. In order, so that the same words are
/// written the same by every process: `sync` compares them with those of the last time.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lexicon {
    by_first: BTreeMap<String, Vec<Phrase>>,
}

/// The shipped lists.
pub(super) static SHIPPED: LazyLock<Lexicon> = LazyLock::new(|| {
    let surely = |list: &'static str, meaning| list.split(", ").map(move |phrase| (phrase.to_owned(), Stands::For(meaning)));
    let channels = CHANNELS.iter().flat_map(|(channel, list)| surely(list, Meaning::Channel(*channel)));
    let kinds = KINDS.iter().flat_map(|(kind, list)| surely(list, Meaning::Kind(*kind)));
    let directions = DIRECTIONS.iter().flat_map(|(direction, list)| surely(list, Meaning::Direction(*direction)));
    let faint = FAINT
        .iter()
        .flat_map(|(channel, list)| list.split(", ").map(|phrase| (phrase.to_owned(), Stands::Faintly(Meaning::Channel(*channel)))));
    let hiding = HIDING.split(", ").map(|phrase| (phrase.to_owned(), Stands::ForNothing));
    Lexicon::new(channels.chain(kinds).chain(directions.flat_map(said_of_a_name)).chain(faint).chain(hiding))
});

/// `ze belde` and `anna belde` say the same.
fn said_of_a_name((phrase, stands): (String, Stands)) -> impl Iterator<Item = (String, Stands)> {
    let of_a_name = phrase.split_once(' ').filter(|(first, _)| SUBJECTS.contains(first)).map(|(_, verb)| format!("{NAME} {verb}"));
    [Some(phrase), of_a_name].into_iter().flatten().map(move |phrase| (phrase, stands))
}

impl Lexicon {
    /// Phrases already folded; of two the same that mean the same sort of thing, the first counts.
    pub(super) fn new(phrases: impl IntoIterator<Item = (String, Stands)>) -> Self {
        let mut by_first: BTreeMap<String, Vec<Phrase>> = BTreeMap::new();
        for (phrase, stands) in phrases {
            let mut words = phrase.split(' ').map(str::to_owned);
            let Some(first) = words.next() else { continue };
            by_first.entry(first).or_default().push(Phrase { rest: words.collect(), stands });
        }
        Self { by_first }.sorted()
    }

    /// These phrases, and those of another where they do not stand here.
    pub(super) fn before(mut self, weaker: Self) -> Self {
        for (first, phrases) in weaker.by_first {
            self.by_first.entry(first).or_default().extend(phrases);
        }
        self.sorted()
    }

    /// The longest first; a stable sort, so that what was listed first stays first.
    fn sorted(mut self) -> Self {
        for phrases in self.by_first.values_mut() {
            phrases.sort_by_key(|phrase| std::cmp::Reverse((phrase.rest.len(), phrase.rest.concat().len())));
        }
        self
    }

    /// What stands at the front of these words, the longest first, with how many words it takes.
    pub(super) fn at<'a>(&'a self, words: &'a [&str]) -> impl Iterator<Item = (Stands, usize)> + 'a {
        let phrases = words.first().and_then(|first| self.by_first.get(*first));
        let after = words.get(1..).unwrap_or_default();
        phrases
            .into_iter()
            .flatten()
            .filter(move |phrase| after.len() >= phrase.rest.len() && phrase.rest.iter().zip(after).all(|(a, b)| a == b))
            .map(|phrase| (phrase.stands, phrase.rest.len() + 1))
    }

    /// Whether it knows no phrase.
    pub(super) fn is_empty(&self) -> bool {
        self.by_first.is_empty()
    }
}
