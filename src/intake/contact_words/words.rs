//! The words of a note against the lists.

use super::endings::by_ending;
use super::lexicon::{Lexicon, SHIPPED, Stands};
use crate::domain::names::fold;
use crate::domain::words::{Channel, Direction, Kind};

/// The word that stands for a customer's name among folded words, which cannot hold this sign.
pub const NAME: &str = "@";

/// What a note says about the contact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Inferred {
    /// The channel, if a word names one.
    pub channel: Option<Channel>,
    /// Who started it, if the note says so.
    pub direction: Option<Direction>,
    /// What it was about, if a word says so.
    pub kind: Option<Kind>,
}

impl Inferred {
    /// Takes a meaning for what is not known yet.
    fn learn(&mut self, meaning: Meaning) {
        match meaning {
            Meaning::Channel(channel) => drop(self.channel.get_or_insert(channel)),
            Meaning::Direction(direction) => drop(self.direction.get_or_insert(direction)),
            Meaning::Kind(kind) => drop(self.kind.get_or_insert(kind)),
        }
    }

    /// What is not known here is taken from another.
    fn or(self, other: Self) -> Self {
        Self { channel: self.channel.or(other.channel), direction: self.direction.or(other.direction), kind: self.kind.or(other.kind) }
    }
}

/// What a word or phrase may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Through which channel.
    Channel(Channel),
    /// Who started it.
    Direction(Direction),
    /// What it was about.
    Kind(Kind),
}

impl Meaning {
    /// Every meaning with the word it goes by in files: `visit`, `in`, `promo`.
    pub fn all() -> impl Iterator<Item = (&'static str, Self)> {
        let channels = Channel::ALL.iter().map(|channel| (channel.word(), Self::Channel(*channel)));
        let directions = Direction::ALL.iter().map(|direction| (direction.word(), Self::Direction(*direction)));
        let kinds = Kind::ALL.iter().map(|kind| (kind.word(), Self::Kind(*kind)));
        channels.chain(directions).chain(kinds)
    }
}

/// The shipped words and those of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    own: Lexicon,
}

impl Words {
    /// The shipped words and a workspace's own, which go first. Of one phrase given twice the first
    /// counts.
    pub fn with(own: impl IntoIterator<Item = (Meaning, String)>) -> Self {
        let folded = own.into_iter().map(|(meaning, phrase)| (fold(&phrase), Stands::For(meaning)));
        Self { own: Lexicon::new(folded.filter(|(phrase, _)| !phrase.is_empty())) }
    }

    /// These words, and behind them those of another workspace file.
    #[must_use]
    pub fn before(self, weaker: Self) -> Self {
        Self { own: self.own.before(weaker.own) }
    }

    /// Reads what a note or a subject says about its channel, its direction and its kind.
    pub fn infer(&self, note: &str) -> Inferred {
        let folded = fold(note);
        self.infer_from(&folded.split(' ').collect::<Vec<_>>())
    }

    /// [`Words::infer`] of words already folded. [`NAME`] stands for a customer's name, an empty
    /// word for what no phrase reaches across.
    pub fn infer_from(&self, words: &[&str]) -> Inferred {
        let own = if self.own.is_empty() { Inferred::default() } else { Reading::of(&self.own, words, |_| None).clear };
        let shipped = Reading::of(&SHIPPED, words, by_ending);
        own.or(shipped.clear).or(shipped.faint)
    }

    /// How many of these words are a phrase of the lists, from the first on; 0 when none stands there.
    pub fn taken_at(&self, words: &[&str]) -> usize {
        let listed = self.own.at(words).chain(SHIPPED.at(words)).map(|(_, taken)| taken).max();
        listed.unwrap_or_else(|| words.first().map_or(0, |word| usize::from(by_ending(word).is_some())))
    }
}

/// Reads a note by the shipped words alone.
pub fn infer(note: &str) -> Inferred {
    Words::default().infer(note)
}

/// What one lexicon finds, in one walk over the words.
struct Reading {
    clear: Inferred,
    faint: Inferred,
}

impl Reading {
    /// `unlisted` knows more of a word that no phrase begins with.
    fn of(lexicon: &Lexicon, words: &[&str], unlisted: impl Fn(&str) -> Option<Stands>) -> Self {
        let mut read = Self { clear: Inferred::default(), faint: Inferred::default() };
        let mut hidden = 0;
        for (place, word) in words.iter().enumerate() {
            let mut listed = false;
            for (stands, taken) in lexicon.at(&words[place..]) {
                listed = true;
                hidden = if stands == Stands::ForNothing { hidden.max(place + taken) } else { hidden };
                if place + taken > hidden {
                    read.learn(stands);
                }
            }
            if let Some(stands) = unlisted(word).filter(|_| !listed && place >= hidden) {
                read.learn(stands);
            }
        }
        read
    }

    fn learn(&mut self, stands: Stands) {
        match stands {
            Stands::For(meaning) => self.clear.learn(meaning),
            Stands::Faintly(meaning) => self.faint.learn(meaning),
            Stands::ForNothing => {}
        }
    }
}
