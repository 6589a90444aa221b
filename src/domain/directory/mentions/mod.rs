//! Where somebody is mentioned in what was written about others: for taking the mention out.
//!
//! Two mistakes are possible. A mention that stays is a trace of somebody who wanted none; one that is taken out of
//! somebody else's note damages that note. So what can mean nobody else is **sure** and is taken out: addresses, numbers, and
//! whole names of several words, whatever their case, accents or notation, also with the last name first (`Vries, Anna
//! de`). Everything else is a **likeness**, pointed out to a person and left as it is:
//!
//! - A name of one word (`Roos`, `De Vries`) is sure only with a capital, where it is no word of the language and no other
//!   customer has it, and not beside another name (`Anna Bakker` is not Anna).
//! - A single word of a longer name likewise, and only in a text that names them in full as well.
//! - A name with a typing error, and one of a letter or two, is never sure.
//! - A street and number where another customer lives too may be that customer's.
//!
//! Names do not go over the end of a sentence. A name within the longer name of another customer (`Jan Jansen` in `Jan
//! Jansen BV`) is that customer's.

mod names;
mod said;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use compact_str::CompactString;

use self::names::{Names, SHORTEST};
use self::said::{Said, beside_a_stranger, is_in_a_date, said};
use super::name::{Word, like};
use super::word_lists::{is_given_name_too, is_legal_form, is_sentence_word};
use crate::domain::phone::{self, Country};

/// The most signs between two digits of a number: ` (0) `.
const WIDEST_GAP: usize = 3;

/// What was found in a text; ranges in bytes, in order, none within another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// What is certainly meant.
    pub sure: Vec<Range<usize>>,
    /// What may be meant.
    pub likeness: Vec<Range<usize>>,
}

/// A single word of a name.
#[derive(Debug, Clone)]
struct Part {
    word: Word,
    typed: String,
    /// Whether it may be meant by itself beside the whole name: not where another customer has it too, nor for a word
    /// of a firm's name.
    alone: bool,
}

/// Looks for mentions of one or more people.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    country: Country,
    names: Names,
    /// Single words that tell somebody.
    parts: HashMap<CompactString, Part>,
    addresses: HashSet<String>,
    /// Others' addresses at a host that is looked for.
    spared: HashSet<String>,
    /// Numbers in each notation, digits only, and whether they are another's too.
    numbers: HashMap<String, bool>,
}

impl Mentions {
    /// Looks for nobody yet; numbers are written as in this country.
    pub fn new(country: Country) -> Self {
        Self { country, ..Self::default() }
    }

    /// Also looks for a name, an other name, a mail address (`@example.nl` for everybody there) or a telephone number.
    pub fn add(&mut self, key: &str) {
        if key.contains('@') {
            self.addresses.insert(key.trim().to_lowercase());
        } else if let Some(number) = phone::normal(key, self.country) {
            self.numbers.extend(notations(number.trim_start_matches('+')).map(|written| (written, false)));
        } else {
            self.add_name(key);
        }
    }

    /// Also looks for a postal address: for its first line, when that has a number in it.
    pub fn add_place(&mut self, postal: &str) {
        if let Some(street) = street(postal) {
            self.names.take(street, true);
        }
    }

    /// Tells of another customer, whose names stay as they are. To be told after everybody who is looked for.
    pub fn spare(&mut self, key: &str) {
        if key.contains('@') {
            let address = key.trim().to_lowercase();
            self.addresses.remove(&address);
            self.spared.insert(address);
            return;
        }
        if !self.numbers.is_empty()
            && let Some(number) = phone::normal(key, self.country)
        {
            for written in notations(number.trim_start_matches('+')) {
                self.numbers.entry(written).and_modify(|shared| *shared = true);
            }
        }
        for said in said(key) {
            if let Some(part) = self.parts.get_mut(&said.word.folded) {
                part.alone = false;
            }
        }
        self.names.spare(key);
    }

    /// Tells where another customer lives. To be told after everybody who is looked for.
    pub fn spare_place(&mut self, postal: &str) {
        if let Some(street) = street(postal) {
            self.names.spare_place(street);
        }
    }

    /// The same, but for where they live: for another customer's own address.
    pub fn without_places(&self) -> Self {
        let mut other = self.clone();
        other.names.without_places();
        other
    }

    /// Whether nobody is looked for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.addresses.is_empty() && self.numbers.is_empty()
    }

    fn add_name(&mut self, name: &str) {
        let words = said(name);
        let firm = words.iter().any(|said| is_legal_form(&said.word.folded));
        let alone = words.len() > 1 && !firm;
        for said in words.iter().filter(|said| is_telling(&said.word)) {
            let part = Part { word: said.word.word.clone(), typed: said.bare().to_owned(), alone };
            self.parts.entry(said.word.folded.clone()).and_modify(|part| part.alone |= alone).or_insert(part);
        }
        self.names.take(name, false);
    }

    /// Looks through a text.
    pub fn find(&self, text: &str) -> Found {
        self.look(text, true).0
    }

    /// Whether a text has a whole name, an address, a number or a place in it that is or may be theirs.
    pub fn named_in(&self, text: &str) -> bool {
        let (found, whole) = self.look(text, false);
        whole || !found.sure.is_empty()
    }

    /// The text with `instead` for every sure mention; `None` when there is none.
    pub fn without(&self, text: &str, instead: &str) -> Option<String> {
        let sure = self.look(text, false).0.sure;
        if sure.is_empty() {
            return None;
        }
        let (mut out, mut from) = (String::with_capacity(text.len()), 0);
        for at in sure {
            out.push_str(&text[from..at.start.max(from)]);
            out.push_str(instead);
            from = at.end.max(from);
        }
        out.push_str(&text[from..]);
        Some(out)
    }

    /// Looks through a text; likenesses of single words take longer. Also gives whether a likeness is of a whole name.
    fn look(&self, text: &str, likenesses: bool) -> (Found, bool) {
        let (mut sure, mut likeness) = (self.addresses_in(text), Vec::new());
        let words = said(text);
        let mut put = |found: Vec<(Range<usize>, bool)>, sure: &mut Vec<Range<usize>>| {
            found.into_iter().for_each(|(at, certain)| if certain { sure.push(at) } else { likeness.push(at) });
        };
        put(self.numbers_in(text), &mut sure);
        let within = |at: &Range<usize>, word: &Range<usize>| word.start < at.end && at.start < word.end;
        let mut taken: Vec<bool> = words.iter().map(|said| sure.iter().any(|at| within(at, &said.word.at))).collect();
        put(self.names.find(&words, &mut taken), &mut sure);
        put(self.cut_short(text, &words, &mut taken).into_iter().collect(), &mut sure);
        let (whole, named) = (!likeness.is_empty(), !sure.is_empty());
        for at in (0..words.len()).filter(|at| !taken[*at] && (named || likenesses)) {
            match self.part(&words, at, named, likenesses) {
                Some(true) => sure.push(words[at].word.at.clone()),
                Some(false) => likeness.push(words[at].word.at.clone()),
                None => {}
            }
        }
        sure.sort_unstable_by_key(|at| at.start);
        likeness.sort_unstable_by_key(|at| at.start);
        (Found { sure, likeness }, whole)
    }

    fn addresses_in(&self, text: &str) -> Vec<Range<usize>> {
        if self.addresses.is_empty() || !text.contains('@') {
            return Vec::new();
        }
        let belongs = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '+' | '-' | '%' | '@');
        let mut found = Vec::new();
        for piece in text.split(|sign: char| !belongs(sign)).filter(|piece| piece.contains('@')) {
            let start = piece.as_ptr() as usize - text.as_ptr() as usize;
            let address = piece.trim_end_matches(['.', '-']);
            let lower = address.to_lowercase();
            let host = lower.rfind('@').map_or("", |at| &lower[at..]);
            if !self.spared.contains(&lower) && (self.addresses.contains(&lower) || self.addresses.contains(host)) {
                found.push(start..start + address.len());
            }
        }
        found
    }

    /// Numbers, and whether each is nobody else's.
    fn numbers_in(&self, text: &str) -> Vec<(Range<usize>, bool)> {
        if self.numbers.is_empty() {
            return Vec::new();
        }
        let digits: Vec<(usize, char)> = text.char_indices().filter(|(_, sign)| sign.is_ascii_digit()).collect();
        let gap = |from: usize, to: usize| {
            let between = &text[from + 1..to];
            between.chars().count() <= WIDEST_GAP
                && between.chars().all(|sign| sign.is_whitespace() || matches!(sign, '-' | '.' | '/' | '(' | ')' | '‐'..='―'))
        };
        let (mut found, mut first) = (Vec::new(), 0);
        while first < digits.len() {
            let mut end = first + 1;
            let mut number = String::from(digits[first].1);
            let mut last = None;
            while end <= digits.len() && number.len() <= 20 {
                let whole = end == digits.len() || digits[end].0 > digits[end - 1].0 + 1;
                if let Some(shared) = self.numbers.get(&number).filter(|_| whole) {
                    last = Some((end, *shared));
                }
                if end == digits.len() || !gap(digits[end - 1].0, digits[end].0) {
                    break;
                }
                number.push(digits[end].1);
                end += 1;
            }
            let begins = first == 0 || digits[first].0 > digits[first - 1].0 + 1;
            match last.filter(|_| begins) {
                Some((last, shared)) => {
                    let start = digits[first].0;
                    let plus = text[..start].trim_end_matches('(').ends_with('+');
                    let start = if plus { text[..start].rfind('+').unwrap_or(start) } else { start };
                    found.push((start..digits[last - 1].0 + 1, !shared));
                    first = last;
                }
                None => first += 1,
            }
        }
        found
    }

    /// A name at the end of a text that was cut short: `call Anna de Vr…`; sure with a whole word of it.
    fn cut_short(&self, text: &str, words: &[Said<'_>], taken: &mut [bool]) -> Option<(Range<usize>, bool)> {
        let (last, before) = words.split_last()?;
        if !text.trim_end().ends_with('…') || *taken.last()? {
            return None;
        }
        let fits = |name: Vec<&str>| {
            let whole = (0..name.len()).rev().find(|&n| {
                let begin = before.len().checked_sub(n);
                begin.is_some_and(|begin| before[begin..].iter().map(|said| said.word.folded.as_str()).eq(name[..n].iter().copied()))
                    && name[n].starts_with(last.word.folded.as_str())
            })?;
            (whole > 0 || last.word.folded.chars().count() > SHORTEST).then_some(whole)
        };
        let whole = self.names.in_order().filter_map(fits).max()?;
        let first = before.len() - whole;
        taken[first..].fill(true);
        Some((words[first].word.at.start..last.word.at.end, whole > 0))
    }

    /// Whether a word is certainly (`true`) or perhaps (`false`) a part of a name.
    fn part(&self, words: &[Said<'_>], at: usize, named: bool, likenesses: bool) -> Option<bool> {
        let said = &words[at];
        let folded = &said.word.folded;
        if !is_telling(&said.word) || is_in_a_date(words, at) || !said.capital && said.is_ordinary() {
            return None;
        }
        let known = self.parts.get(folded);
        if folded.chars().count() < SHORTEST {
            return known.filter(|part| part.typed == said.bare()).map(|_| false);
        }
        let Some(part) = known else {
            return (likenesses && self.parts.values().any(|part| like(&part.word, &said.word))).then_some(false);
        };
        let ordinary = said.is_ordinary() && said.begins;
        let strangers = || beside_a_stranger(words, &(at..at + 1), |word| self.names.know(word));
        Some(named && part.alone && !ordinary && !strangers())
    }
}

/// The ways to write a number: with its calling code, with `00`, within its country, and with a zero too many.
fn notations(international: &str) -> impl Iterator<Item = String> + use<> {
    let code = Country::calling_code(international);
    let own = &international[code.len()..];
    let all =
        [international.to_owned(), format!("00{international}"), format!("0{own}"), format!("{code}0{own}"), format!("00{code}0{own}")];
    all.into_iter()
}

/// The first line of a postal address, when it has a number in it.
fn street(postal: &str) -> Option<&str> {
    let street = postal.split([',', '\n', ';']).map(str::trim).find(|part| !part.is_empty())?;
    let words = said(street);
    let numbered = words.iter().any(|said| said.word.folded.chars().any(char::is_numeric));
    (words.len() > 1 && numbered).then_some(street)
}

/// Whether a word may stand for a person by itself.
fn is_telling(word: &Word) -> bool {
    let folded = &word.folded;
    word.telling && !word.initials && (!is_sentence_word(folded) || is_given_name_too(folded))
}
