//! What is kept of the customers, to look them up by.

use compact_str::CompactString;
use rustc_hash::FxHashMap;

use crate::domain::phone::{Country, normal};
use crate::domain::touchpoint::CustomerId;

use super::few::Few;
use super::name::Name;
use super::word_lists::is_free_mail;

/// How a name belongs to a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Called {
    /// Another name, given on purpose.
    Other,
    /// The name of the customer.
    Full,
    /// A name without its legal form.
    Short,
}

/// One customer.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    /// The name as shown.
    pub shown: CompactString,
    /// The name and the other names; none where the name is an address or a known number.
    pub names: Vec<Name>,
    /// Whether an address or a telephone number is known.
    pub reachable: bool,
    /// Whether an e-mail address is known.
    pub mailed: bool,
}

/// Whose something is.
pub(super) type Lookup = FxHashMap<CompactString, Few<CustomerId>>;

/// The customers there are. Fill it with [`Directory::add`]; the order does not matter.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    country: Country,
    pub(super) customers: FxHashMap<CustomerId, Kept>,
    pub(super) addresses: Lookup,
    pub(super) domains: Lookup,
    pub(super) phones: Lookup,
    pub(super) keys: FxHashMap<CompactString, Few<(Called, CustomerId)>>,
    pub(super) words: Lookup,
    /// The words by their first two letters.
    pub(super) beginnings: FxHashMap<CompactString, Vec<CompactString>>,
    /// How many words the longest name has.
    pub(super) longest: usize,
}

impl Directory {
    /// Nobody yet. Telephone numbers without a calling code are of `country`.
    pub fn new(country: Country) -> Self {
        Self { country, ..Self::default() }
    }

    /// Adds a customer, or keys to one that is there. Keys are e-mail addresses, telephone numbers,
    /// other names, and `@example.nl` for everybody at a domain; the domains of mail providers
    /// ([`is_free_mail`]) are passed over. A name of digits alone, such as the
    /// number of a case, is a telephone number only when it is among the keys too.
    pub fn add<'a>(&mut self, id: CustomerId, name: &str, keys: impl IntoIterator<Item = &'a str>) {
        let kept = self.customers.entry(id).or_default();
        if kept.shown.is_empty() {
            kept.shown = name.trim().into();
        }
        for key in keys {
            self.key(id, key, Called::Other);
        }
        let known = |number: String| self.phones.get(number.as_str()).is_some_and(|ids| ids.contains(&id));
        match is_bare(name) && !self.phone(name).is_some_and(known) {
            true => self.call(id, Name::read(name), Called::Full),
            false => self.key(id, name, Called::Full),
        }
    }

    /// How many customers there are.
    pub fn len(&self) -> usize {
        self.customers.len()
    }

    /// Whether there is nobody.
    pub fn is_empty(&self) -> bool {
        self.customers.is_empty()
    }

    /// The name of a customer, or nothing when there is no such customer.
    pub fn name(&self, id: CustomerId) -> &str {
        self.customers.get(&id).map_or("", |kept| &kept.shown)
    }

    /// Whether an e-mail address or a telephone number is somebody's already.
    pub fn knows(&self, key: &str) -> bool {
        self.addresses.contains_key(lower(key).as_str()) || self.phone(key).is_some_and(|number| self.phones.contains_key(number.as_str()))
    }

    /// A telephone number in the notation numbers are compared in, in the country of the directory.
    pub(super) fn phone(&self, typed: &str) -> Option<String> {
        normal(typed, self.country)
    }

    fn key(&mut self, id: CustomerId, key: &str, called: Called) {
        if key.contains('@') {
            return self.address(id, key);
        }
        if let Some(number) = self.phone(key) {
            insert(&mut self.phones, number.into(), id);
            self.customers.entry(id).or_default().reachable = true;
            return;
        }
        self.call(id, Name::read(key), called);
    }

    fn address(&mut self, id: CustomerId, key: &str) {
        let address = lower(key);
        match address.strip_prefix('@') {
            Some(domain) if domain.is_empty() || is_free_mail(domain) => {}
            Some(domain) => insert(&mut self.domains, domain.into(), id),
            None => {
                insert(&mut self.addresses, address.into(), id);
                let kept = self.customers.entry(id).or_default();
                (kept.reachable, kept.mailed) = (true, true);
            }
        }
    }

    fn call(&mut self, id: CustomerId, name: Name, called: Called) {
        if name.is_empty() {
            return;
        }
        self.longest = self.longest.max(name.words.len());
        let (key, short) = (name.key(), name.short_key());
        if !short.is_empty() && short != key {
            insert(&mut self.keys, short, (Called::Short, id));
        }
        insert(&mut self.keys, key, (called, id));
        for word in name.core() {
            if !self.words.contains_key(&word.folded) {
                self.beginnings.entry(beginning(&word.folded)).or_default().push(word.folded.clone());
            }
            insert(&mut self.words, word.folded.clone(), id);
        }
        let kept = self.customers.entry(id).or_default();
        if !kept.names.iter().any(|other| other.words.iter().map(|word| &word.folded).eq(name.words.iter().map(|word| &word.folded))) {
            // most have one name, and a list that grows has room for four
            kept.names.reserve_exact(1);
            kept.names.push(name);
        }
    }

    /// The customers with a word in their names, in order.
    pub(super) fn with_word(&self, word: &str) -> &[CustomerId] {
        self.words.get(word).map_or(&[], |few| &few[..])
    }
}

/// Whether a name is digits alone, as cases of programs are numbered and no telephone is written.
pub(super) fn is_bare(name: &str) -> bool {
    let name = name.trim();
    !name.starts_with('0') && name.bytes().all(|b| b.is_ascii_digit()) && !name.is_empty()
}

/// The first two letters.
pub(super) fn beginning(word: &str) -> CompactString {
    word.chars().take(2).collect()
}

/// An address as it is compared.
pub(super) fn lower(address: &str) -> String {
    address.trim().to_lowercase()
}

fn insert<T: Ord + Copy>(into: &mut FxHashMap<CompactString, Few<T>>, key: CompactString, one: T) {
    into.entry(key).and_modify(|few| few.insert(one)).or_insert(Few::One(one));
}
