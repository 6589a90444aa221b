//! Names for reports that others read: `Customer 482913` instead of who it is.
//!
//! A pseudonym is the customer's number, shuffled with a key of the workspace: the same customer has the same
//! pseudonym in every report, no two have the same, and without the key nobody can tell the number, let alone
//! the name. The shuffle is a Feistel network of four rounds over the two halves of the number; that many cannot be
//! told from a random permutation (Luby and Rackoff, SIAM J. Comput. 17(2), 1988), and run backwards they lead
//! from the pseudonym to the customer.

use sha2::{Digest, Sha256};

use super::text::{Lang, Text};
use super::touchpoint::CustomerId;
use crate::text;

/// A pseudonym has two halves of three digits.
const HALF: u64 = 1_000;
const WHOLE: u64 = HALF * HALF;
const ROUNDS: u8 = 4;

/// The pseudonyms of one workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pseudonyms {
    key: Vec<u8>,
}

impl Pseudonyms {
    /// The pseudonyms that belong to a key, which never leaves the workspace.
    pub fn new(key: impl Into<Vec<u8>>) -> Self {
        Self { key: key.into() }
    }

    /// What a customer is called for others.
    pub fn of(&self, customer: CustomerId) -> Text {
        let number = self.number(customer);
        text!("Customer {number:06}", "Klant {number:06}")
    }

    /// What a customer is called for others, in one language.
    pub fn name(&self, customer: CustomerId, lang: Lang) -> String {
        self.of(customer).get(lang).to_owned()
    }

    /// Whom a pseudonym stands for, in either language, or its short name (`customer-482913`); `None` when it is none.
    pub fn whose(&self, typed: &str) -> Option<CustomerId> {
        let (word, digits) = typed.trim().split_once([' ', '-'])?;
        let known = ["customer", "klant"].contains(&word.to_lowercase().as_str());
        let sound = digits.len() >= 6 && digits.bytes().all(|digit| digit.is_ascii_digit());
        let number: u64 = digits.parse().ok().filter(|_| known && sound)?;
        let (mut left, mut right) = (number % WHOLE / HALF, number % HALF);
        for round in (0..ROUNDS).rev() {
            (left, right) = ((right + HALF - self.mix(round, left)) % HALF, left);
        }
        i64::try_from(number / WHOLE * WHOLE + left * HALF + right).ok().map(CustomerId)
    }

    fn number(&self, customer: CustomerId) -> u64 {
        let id = customer.0.unsigned_abs();
        let (mut left, mut right) = (id % WHOLE / HALF, id % HALF);
        for round in 0..ROUNDS {
            (left, right) = (right, (left + self.mix(round, right)) % HALF);
        }
        id / WHOLE * WHOLE + left * HALF + right
    }

    /// What is added to one half, given the other.
    fn mix(&self, round: u8, half: u64) -> u64 {
        let mut hash = Sha256::new();
        hash.update(&self.key);
        hash.update([round]);
        hash.update(half.to_le_bytes());
        let digest = hash.finalize();
        digest.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte)) % HALF
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::names::slug;
    use std::collections::HashSet;

    #[test]
    fn every_customer_has_one_and_it_leads_back() {
        let names = Pseudonyms::new(*b"a key of sixteen");
        let ids: Vec<i64> = (1..30_000).chain(999_990..1_000_020).chain([25_000_017]).collect();
        let shown: HashSet<String> = ids.iter().map(|id| names.name(CustomerId(*id), Lang::Nl)).collect();
        assert_eq!(shown.len(), ids.len(), "no two share one");
        for id in ids {
            let name = names.name(CustomerId(id), Lang::En);
            assert_eq!(names.whose(&name), Some(CustomerId(id)), "{name}");
            assert_eq!(names.whose(&slug(&name)), Some(CustomerId(id)), "the short name of {name}");
        }
    }

    #[test]
    fn another_key_gives_others_and_the_order_is_not_told() {
        let (one, other) = (Pseudonyms::new(*b"one"), Pseudonyms::new(*b"other"));
        let numbers = |names: &Pseudonyms| Vec::from_iter((1..=200).map(|id| names.number(CustomerId(id))));
        assert_ne!(numbers(&one), numbers(&other));
        let rises = numbers(&one).windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert!((70..130).contains(&rises), "{rises} of 199 are larger than the one before");
    }

    #[test]
    fn other_words_are_no_pseudonyms() {
        let names = Pseudonyms::new(*b"key");
        for typed in ["", "Klant", "Klant 12", "Klant 12345x", "Klantje 123456", "Jansen 123456", "Klant 99999999999999999999999"] {
            assert_eq!(names.whose(typed), None, "{typed}");
        }
        assert!(names.whose("  klant 000123").is_some());
    }
}
