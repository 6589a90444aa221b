//! Which customer a party is.

use crate::domain::party::Party;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::text;

use super::few::Few;
use super::kept::{Called, Directory, beginning, is_bare, lower};
use super::name::{Name, mistyped};

/// How many customers are named at most when it is not certain.
const MANY: usize = 5;

/// How many customers may have a word, for names to be compared because of it. A commoner word
/// (`klant`, `familie`) tells nobody apart.
const COMMON: usize = 1_000;

/// Which customer somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// This one, and by what: `by the address anna@x.nl`.
    Certain(CustomerId, Text),
    /// It may be one of these, in order of their numbers, at most five; why, for each: `has the
    /// number +31612345678, under another name`.
    Doubtful(Vec<(CustomerId, Text)>),
    /// No customer that is known.
    Nobody,
}

impl Directory {
    /// Which customer a party is. In this order:
    ///
    /// * an e-mail address that one customer has, then a whole domain, is certain;
    /// * a telephone number is certain when the names share a word or one has no name; else it
    ///   may be a switchboard;
    /// * an equal name is certain, in any order of words, if it has two words or is an other name
    ///   of the customer; a single word (`Anna`) only when one of both has no address or number;
    /// * a name that is alike, or a single word of a name where nothing else is known, is doubtful.
    ///
    /// Where several customers fit, an equal name chooses among them; else it is doubtful.
    pub fn who(&self, party: &Party) -> Who {
        let seen = Seen::of(self, party);
        self.by_address(&seen).or_else(|| self.by_domain(&seen)).unwrap_or_else(|| self.by_number_or_name(&seen))
    }

    /// Which customer wrote a mail, or was written to. Anybody can write any name beside an address, so
    /// of a customer whose address is known a name at another address is doubtful.
    pub fn who_wrote(&self, party: &Party) -> Who {
        let seen = Seen::of(self, party);
        let sure = self.by_address(&seen).or_else(|| self.by_domain(&seen));
        match sure.unwrap_or_else(|| self.by_number_or_name(&seen)) {
            Who::Certain(id, _) if self.is_elsewhere(id, &seen) => {
                doubt(vec![(id, text!("has the same name, at another address", "heet ook zo, op een ander adres"))])
            }
            who => who,
        }
    }

    /// Whether a customer has addresses, and none of those seen.
    fn is_elsewhere(&self, id: CustomerId, seen: &Seen) -> bool {
        let of = |found: Option<&Few<CustomerId>>| found.is_some_and(|ids| ids.contains(&id));
        let here = seen.addresses.iter().any(|address| {
            let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
            of(self.addresses.get(address.as_str())) || of(self.domains.get(domain))
        });
        !here && !seen.addresses.is_empty() && self.customers.get(&id).is_some_and(|kept| kept.mailed)
    }

    fn by_address(&self, seen: &Seen) -> Option<Who> {
        let found = find(&seen.addresses, |address| self.addresses.get(address));
        let why = |at: &str| text!("by the address {at}", "aan het adres {at}");
        self.choose(&found, seen, why, |at| text!("has the address {at}", "heeft het adres {at}"))
    }

    fn by_domain(&self, seen: &Seen) -> Option<Who> {
        let domain = |address: &str| address.rsplit_once('@').and_then(|(_, domain)| self.domains.get(domain));
        let found = find(&seen.addresses, domain);
        let tail = |at: &str| at.rsplit_once('@').map_or_else(String::new, |(_, domain)| format!("@{domain}"));
        let why = |at: &str| text!("by the domain {}", "aan het domein {}", tail(at));
        self.choose(&found, seen, why, |at| text!("is everybody at {}", "is iedereen bij {}", tail(at)))
    }

    fn by_number_or_name(&self, seen: &Seen) -> Who {
        let found = find(&seen.phones, |number| self.phones.get(number));
        let known: Vec<_> = found.iter().filter(|(id, _)| self.may_share(*id, &seen.name)).copied().collect();
        let why = |at: &str| text!("by the number {at}", "aan het nummer {at}");
        let certain = self.choose(&known, seen, why, |at| text!("has the number {at}", "heeft het nummer {at}"));
        if let Some(who) = certain {
            return who;
        }
        let mut doubtful: Vec<(CustomerId, Text)> = found
            .iter()
            .map(|(id, at)| (*id, text!("has the number {at}, under another name", "heeft het nummer {at}, onder een andere naam")))
            .collect();
        match self.by_name(seen) {
            Who::Doubtful(more) => doubtful.extend(more.into_iter().filter(|(id, _)| !found.iter().any(|(had, _)| had == id))),
            Who::Nobody => {}
            certain => return certain,
        }
        doubt(doubtful)
    }

    /// One is certain; of several the one of the equal name, if no other has anything of theirs.
    fn choose(&self, found: &[(CustomerId, &str)], seen: &Seen, sure: impl Fn(&str) -> Text, unsure: impl Fn(&str) -> Text) -> Option<Who> {
        match found {
            [] => None,
            [(id, at)] => Some(Who::Certain(*id, sure(at))),
            _ => {
                let shared = found.iter().all(|(_, at)| *at == found[0].1);
                let mut named = found.iter().filter(|(id, _)| shared && self.is_called(*id, &seen.name));
                match (named.next(), named.next()) {
                    (Some((id, at)), None) => Some(Who::Certain(*id, sure(at))),
                    _ => Some(doubt(found.iter().map(|(id, at)| (*id, unsure(at))).collect())),
                }
            }
        }
    }

    fn by_name(&self, seen: &Seen) -> Who {
        if seen.name.is_empty() {
            return Who::Nobody;
        }
        let called = self.keys.get(&seen.name.key()).map_or(&[][..], |called| &called[..]);
        let mut same: Vec<CustomerId> = called.iter().filter(|(called, _)| *called != Called::Short).map(|(_, id)| *id).collect();
        same.sort_unstable();
        same.dedup();
        match same.as_slice() {
            [] => self.by_likeness(seen),
            [id] if self.is_sure(*id, called, seen) => Who::Certain(*id, text!("by the name {}", "aan de naam {}", seen.written)),
            [id] => doubt(vec![(*id, text!("has the same name, of one word", "heet ook zo, maar het is één woord"))]),
            _ => doubt(same.into_iter().map(|id| (id, text!("has the same name", "heet ook zo"))).collect()),
        }
    }

    fn is_sure(&self, id: CustomerId, called: &[(Called, CustomerId)], seen: &Seen) -> bool {
        let on_purpose = called.contains(&(Called::Other, id));
        let reachable = self.customers.get(&id).is_some_and(|kept| kept.reachable);
        on_purpose || seen.name.core().len() > 1 || !(reachable && seen.reachable)
    }

    fn by_likeness(&self, seen: &Seen) -> Who {
        let mut found: Vec<(CustomerId, Text)> = self
            .like(&seen.name, COMMON)
            .into_iter()
            .map(|id| (id, text!("the name looks like {}", "de naam lijkt op {}", self.name(id))))
            .collect();
        if let ([word], false) = (seen.name.words.as_slice(), seen.reachable) {
            let part = self.with_word(&word.folded).iter().filter(|id| !found.iter().any(|(had, _)| had == *id)).take(MANY);
            let part: Vec<_> =
                part.map(|id| (*id, text!("is part of the name {}", "is een deel van de naam {}", self.name(*id)))).collect();
            found.extend(part);
        }
        doubt(found)
    }

    /// The customers whose name is alike, in order: those that share a word with it, and for a name
    /// of one word those whose word is mistyped. Words that more than `common` customers have are
    /// passed over.
    pub(super) fn like(&self, name: &Name, common: usize) -> Vec<CustomerId> {
        let core = name.core();
        let mut near: Vec<CustomerId> = Vec::new();
        for word in &core {
            near.extend(Some(self.with_word(&word.folded)).filter(|with| with.len() <= common).unwrap_or_default());
        }
        if let [word] = core.as_slice() {
            let beginning_so = self.beginnings.get(&beginning(&word.folded)).into_iter().flatten();
            near.extend(beginning_so.filter(|other| mistyped(&word.folded, other)).flat_map(|other| self.with_word(other)));
        }
        near.sort_unstable();
        near.dedup();
        near.retain(|id| self.names(*id).iter().any(|other| name.is_like(other)));
        near
    }

    pub(super) fn names(&self, id: CustomerId) -> &[Name] {
        self.customers.get(&id).map_or(&[], |kept| kept.names.as_slice())
    }

    fn is_called(&self, id: CustomerId, name: &Name) -> bool {
        !name.is_empty() && self.names(id).iter().any(|other| other.key() == name.key())
    }

    /// Whether these may be one: the names share a word, or one of them has no name.
    fn may_share(&self, id: CustomerId, name: &Name) -> bool {
        let names = self.names(id);
        name.is_empty() || names.is_empty() || names.iter().any(|other| other.shares_a_word(name))
    }
}

/// What is known of a party, as it is compared.
struct Seen<'a> {
    written: &'a str,
    name: Name,
    addresses: Vec<String>,
    phones: Vec<String>,
    reachable: bool,
}

impl<'a> Seen<'a> {
    fn of(directory: &Directory, party: &'a Party) -> Self {
        let written = party.name.trim();
        let mut addresses: Vec<String> = party.addresses.iter().map(|address| lower(address)).collect();
        let mut phones: Vec<String> = party.phones.iter().filter_map(|phone| directory.phone(phone)).collect();
        // Some programs put the address or the number where the name should be.
        let mut name = Name::default();
        if written.contains('@') {
            addresses.push(lower(written));
        } else if let Some(number) = directory.phone(written).filter(|_| !is_bare(written)) {
            phones.push(number);
        } else {
            name = Name::read(written);
        }
        let reachable = !party.addresses.is_empty() || !party.phones.is_empty();
        Self { written, name, addresses, phones, reachable }
    }
}

/// Each customer once, in order, with the first thing it was found by.
fn find<'t, 'd>(things: &'t [String], look_up: impl Fn(&str) -> Option<&'d Few<CustomerId>>) -> Vec<(CustomerId, &'t str)> {
    let mut found: Vec<(CustomerId, &str)> = Vec::new();
    for thing in things {
        for id in look_up(thing).into_iter().flat_map(|ids| ids.iter()) {
            if !found.iter().any(|(had, _)| had == id) {
                found.push((*id, thing));
            }
        }
    }
    found.sort_by_key(|(id, _)| *id);
    found
}

fn doubt(mut found: Vec<(CustomerId, Text)>) -> Who {
    found.sort_by_key(|(id, _)| *id);
    found.truncate(MANY);
    if found.is_empty() { Who::Nobody } else { Who::Doubtful(found) }
}
