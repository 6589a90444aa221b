//! Reading the channel, the direction and the kind from a free note, in English and Dutch.
//!
//! A short list of whole words and phrases, so that `attent log anna "belde over de offerte"`
//! needs no options. The earliest hit in the note wins, the longest at the same place. Words that
//! often mean something else (`brief`, `text`, `app`) count only when nothing clearer is said, and
//! Dutch compounds (`verjaardagskaart`, `creditfactuur`) are known by their endings. What the list
//! does not know stays unsaid: a guess would be worse than the channel's default.
//!
//! A workspace's own words ([`Words::with`]) go before the shipped ones.

mod endings;
mod lexicon;
mod lists;
mod words;

#[cfg(test)]
mod tests;

pub use words::{Inferred, Meaning, NAME, Words, infer};
