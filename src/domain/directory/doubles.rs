//! Customers who may be one.

use std::collections::BTreeMap;

use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::text;

use super::kept::{Called, Directory, Lookup};

/// Where so many customers share one number, it is a switchboard and says nothing.
const SWITCHBOARD: usize = 5;

/// How many customers may have a word, for names to be compared because of it: with twenty thousand
/// customers it keeps the comparisons to a few million.
const COMMON: usize = 200;

impl Directory {
    /// The customers who may be one, each pair once with the lower number first, in order; and
    /// why, as in `the same telephone number, +31612345678`. Names are compared only where they
    /// share a word, and not by words that more than two hundred customers have.
    pub fn doubles(&self) -> Vec<(CustomerId, CustomerId, Text)> {
        let mut pairs: BTreeMap<(CustomerId, CustomerId), Text> = BTreeMap::new();
        let mut note = |one: CustomerId, other: CustomerId, why: Text| {
            if one != other {
                pairs.entry((one.min(other), one.max(other))).or_insert(why);
            }
        };
        // Sorted, so that the same customers always give the same reasons.
        for (address, ids) in self.shared(&self.addresses, SWITCHBOARD) {
            each_pair(ids, |one, other| note(one, other, text!("the same address, {address}", "hetzelfde adres, {address}")));
        }
        for (number, ids) in self.shared(&self.phones, SWITCHBOARD) {
            each_pair(ids, |one, other| {
                note(one, other, text!("the same telephone number, {number}", "hetzelfde telefoonnummer, {number}"))
            });
        }
        for called in self.keys.values() {
            let mut ids: Vec<CustomerId> = called.iter().filter(|(called, _)| *called != Called::Short).map(|(_, id)| *id).collect();
            ids.sort_unstable();
            each_pair(&ids[..ids.len().min(COMMON)], |one, other| note(one, other, text!("the same name", "dezelfde naam")));
        }
        for id in self.sorted() {
            for name in self.names(id) {
                self.like(name, COMMON)
                    .into_iter()
                    .for_each(|other| note(id, other, text!("names that look alike", "namen die op elkaar lijken")));
            }
        }
        pairs.into_iter().map(|((one, other), why)| (one, other, why)).collect()
    }

    fn shared<'a>(&self, lookup: &'a Lookup, most: usize) -> impl Iterator<Item = (&'a str, &'a [CustomerId])> {
        let mut shared: Vec<_> =
            lookup.iter().filter(|(_, ids)| (2..=most).contains(&ids.len())).map(|(key, ids)| (key.as_str(), &ids[..])).collect();
        shared.sort_unstable();
        shared.into_iter()
    }

    fn sorted(&self) -> Vec<CustomerId> {
        let mut ids: Vec<CustomerId> = self.customers.keys().copied().collect();
        ids.sort_unstable();
        ids
    }
}

fn each_pair(ids: &[CustomerId], mut note: impl FnMut(CustomerId, CustomerId)) {
    for (at, one) in ids.iter().enumerate() {
        ids[at + 1..].iter().for_each(|other| note(*one, *other));
    }
}
