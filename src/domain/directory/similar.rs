//! Customers whose names look like what was typed: "did you mean".

use rustc_hash::FxHashMap;

use crate::domain::touchpoint::CustomerId;

use super::kept::Directory;
use super::name::{Name, Word};

/// How much alike typed words must be to a name, on average, for a "did you mean".
const ALIKE: f64 = 0.85;

/// How many are handed back.
const MANY: usize = 5;

impl Directory {
    /// The customers whose names look like these words, the likeliest first, at most five. A word
    /// may be mistyped, or be the beginning of a name.
    pub fn similar(&self, words: &str) -> Vec<CustomerId> {
        let typed = Name::read(words);
        let typed = typed.core();
        let mut sums: FxHashMap<CustomerId, f64> = FxHashMap::default();
        for word in typed.iter().take(12) {
            for (id, likeness) in self.best_by_word(word) {
                *sums.entry(id).or_default() += likeness;
            }
        }
        let mut scored: Vec<(f64, CustomerId)> = sums.into_iter().map(|(id, sum)| (sum / typed.len() as f64, id)).collect();
        scored.retain(|(score, _)| *score >= ALIKE);
        scored.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        scored.into_iter().take(MANY).map(|(_, id)| id).collect()
    }

    /// Of each customer, how much the likeliest word of the name is like this one. Goes through
    /// all the words there are: once for a sentence a person typed, not for the records of a file.
    fn best_by_word(&self, typed: &Word) -> FxHashMap<CustomerId, f64> {
        let mut best: FxHashMap<CustomerId, f64> = FxHashMap::default();
        for (word, with) in &self.words {
            let likeness = likeness(typed, word);
            if likeness >= 0.7 {
                for id in with.iter() {
                    let had = best.entry(*id).or_default();
                    *had = had.max(likeness);
                }
            }
        }
        best
    }
}

fn likeness(typed: &Word, word: &str) -> f64 {
    if typed.initials {
        return if word.chars().next() == typed.folded.chars().next() { 0.8 } else { 0.0 };
    }
    if typed.folded.len().max(word.len()) > 60 {
        return if typed.folded == word { 1.0 } else { 0.0 };
    }
    strsim::jaro_winkler(&typed.folded, word)
}
