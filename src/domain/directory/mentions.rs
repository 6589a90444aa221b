//! Where somebody is mentioned in what was written about others: for taking the mention out.
//!
//! Two mistakes are possible. A mention that stays is a trace of somebody who wanted none; one that is taken out of
//! somebody else's note damages that note. So whole names, addresses and numbers are **sure**: they are taken out
//! whatever their case, accents, notation or order. A single word of a name (`Anna`, `De Vries`) is sure only in a
//! text that names them in full as well, and only when no other customer has that word in a name. Everywhere else it
//! is a **likeness**, as is a name with a typing error: pointed out to a person and left as it is. A name within the
//! longer name of another customer (`Jan Jansen` in `Jan Jansen BV`) is that customer's.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::name::{Word, like, words};
use super::word_lists::{is_also_a_word, is_sentence_word};
use crate::domain::phone::{self, Country};

/// The most words of a name.
const LONGEST: usize = 12;
/// The shortest single word that can be told from an abbreviation.
const SHORTEST: usize = 3;
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

/// Looks for mentions of one or more people.
#[derive(Debug, Clone, Default)]
pub struct Mentions {
    country: Country,
    /// Whole names, as their sorted words; false for those that are another customer's and hold one of ours.
    names: HashMap<String, bool>,
    /// The same in the order they are written, for names that were cut short.
    ordered: Vec<Vec<String>>,
    /// Every word of a name of ours: a text with none of them is done quickly.
    vocabulary: HashSet<String>,
    /// Single words that tell somebody, and whether another customer has them too.
    parts: HashMap<String, (Word, bool)>,
    addresses: HashSet<String>,
    /// Numbers in each notation, digits only.
    numbers: HashSet<String>,
    longest: usize,
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
            self.add_number(number.trim_start_matches('+'));
        } else {
            self.add_name(key);
        }
    }

    /// Also looks for a postal address: for its first line, when that has a number in it.
    pub fn add_place(&mut self, postal: &str) {
        let street = postal.split([',', '\n', ';']).map(str::trim).find(|part| !part.is_empty()).unwrap_or_default();
        let words = spoken(street);
        if words.len() > 1 && words.iter().any(|word| word.folded.chars().any(char::is_numeric)) {
            self.take_name(&words);
        }
    }

    /// Tells of another customer, whose names stay as they are. To be told after everybody who is looked for.
    pub fn spare(&mut self, key: &str) {
        if key.contains('@') {
            self.addresses.remove(&key.trim().to_lowercase());
            return;
        }
        let words = spoken(key);
        if !words.iter().any(|word| self.vocabulary.contains(&word.folded)) {
            return;
        }
        for word in &words {
            if let Some((_, shared)) = self.parts.get_mut(&word.folded) {
                *shared = true;
            }
        }
        if words.len() <= LONGEST {
            self.longest = self.longest.max(words.len());
            self.names.entry(sorted(&words)).or_insert(false);
        }
    }

    /// Whether nobody is looked for.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.addresses.is_empty() && self.numbers.is_empty()
    }

    fn add_name(&mut self, name: &str) {
        let words = spoken(name);
        let short = words.len() == 1 && words[0].folded.chars().count() < SHORTEST;
        if words.is_empty() || words.len() > LONGEST || short {
            return;
        }
        for word in words.iter().filter(|word| words.len() > 1 && is_telling(word)) {
            self.parts.entry(word.folded.clone()).or_insert_with(|| (word.clone(), false));
        }
        self.take_name(&words);
    }

    fn take_name(&mut self, words: &[Word]) {
        self.longest = self.longest.max(words.len());
        self.vocabulary.extend(words.iter().map(|word| word.folded.clone()));
        self.ordered.push(words.iter().map(|word| word.folded.clone()).collect());
        self.names.insert(sorted(words), true);
    }

    /// The ways to write a number: with its calling code, with `00`, within its country, and with a zero too many.
    fn add_number(&mut self, international: &str) {
        let code = Country::calling_code(international);
        let own = &international[code.len()..];
        self.numbers.extend([
            international.to_owned(),
            format!("00{international}"),
            format!("0{own}"),
            format!("{code}0{own}"),
            format!("00{code}0{own}"),
        ]);
    }

    /// Looks through a text.
    pub fn find(&self, text: &str) -> Found {
        self.look(text, true)
    }

    /// Whether somebody is named for sure, without looking for likenesses.
    pub fn named_in(&self, text: &str) -> bool {
        !self.look(text, false).sure.is_empty()
    }

    /// Looks through a text; likenesses take longer.
    fn look(&self, text: &str, likenesses: bool) -> Found {
        let mut sure = self.addresses_in(text);
        sure.extend(self.numbers_in(text));
        let words = spoken(text);
        let mut taken: Vec<bool> =
            words.iter().map(|word| sure.iter().any(|at| word.at.start < at.end && at.start < word.at.end)).collect();
        sure.extend(self.names_in(&words, &mut taken));
        sure.extend(self.cut_short(text, &words, &mut taken));
        let mut likeness = Vec::new();
        let named = !sure.is_empty();
        for (word, _) in words.iter().zip(&taken).filter(|(_, taken)| !**taken && (named || likenesses)) {
            match self.part(text, word, named, likenesses) {
                Some(true) => sure.push(word.at.clone()),
                Some(false) => likeness.push(word.at.clone()),
                None => {}
            }
        }
        sure.sort_unstable_by_key(|at| at.start);
        Found { sure, likeness }
    }

    /// The text with `instead` for every sure mention; `None` when there is none.
    pub fn without(&self, text: &str, instead: &str) -> Option<String> {
        let sure = self.look(text, false).sure;
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
            if self.addresses.contains(&lower) || self.addresses.contains(host) {
                found.push(start..start + address.len());
            }
        }
        found
    }

    fn numbers_in(&self, text: &str) -> Vec<Range<usize>> {
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
                if whole && self.numbers.contains(&number) {
                    last = Some(end);
                }
                if end == digits.len() || !gap(digits[end - 1].0, digits[end].0) {
                    break;
                }
                number.push(digits[end].1);
                end += 1;
            }
            let begins = first == 0 || digits[first].0 > digits[first - 1].0 + 1;
            match last.filter(|_| begins) {
                Some(last) => {
                    let start = digits[first].0;
                    let plus = text[..start].trim_end_matches('(').ends_with('+');
                    let start = if plus { text[..start].rfind('+').unwrap_or(start) } else { start };
                    found.push(start..digits[last - 1].0 + 1);
                    first = last;
                }
                None => first += 1,
            }
        }
        found
    }

    /// Whole names, the longest first, in any order of their words.
    fn names_in(&self, words: &[Word], taken: &mut [bool]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if !words.iter().any(|word| self.vocabulary.contains(&word.folded)) {
            return found;
        }
        for length in (1..=self.longest.min(words.len())).rev() {
            for first in 0..=words.len() - length {
                let span = first..first + length;
                if taken[span.clone()].iter().any(|taken| *taken) {
                    continue;
                }
                if let Some(ours) = self.names.get(&sorted(&words[span.clone()])) {
                    taken[span.clone()].fill(true);
                    found.extend(ours.then(|| words[span.start].at.start..words[span.end - 1].at.end));
                }
            }
        }
        found
    }

    /// A name at the end of a text that was cut short: `call Anna de Vr…`.
    fn cut_short(&self, text: &str, words: &[Word], taken: &mut [bool]) -> Option<Range<usize>> {
        let (last, before) = words.split_last()?;
        if !text.trim_end().ends_with('…') || *taken.last()? {
            return None;
        }
        let fits = |name: &Vec<String>| {
            let whole = (0..name.len()).rev().find(|&n| {
                let begin = before.len().checked_sub(n);
                begin.is_some_and(|begin| before[begin..].iter().map(|word| &word.folded).eq(&name[..n]))
                    && name[n].starts_with(&last.folded)
            })?;
            (whole > 0 || last.folded.chars().count() > SHORTEST).then_some(whole)
        };
        let whole = self.ordered.iter().filter_map(fits).max()?;
        let first = before.len() - whole;
        taken[first..].fill(true);
        Some(words[first].at.start..last.at.end)
    }

    /// Whether a word is certainly (`true`) or perhaps (`false`) a part of a name.
    fn part(&self, text: &str, word: &Word, named: bool, likenesses: bool) -> Option<bool> {
        if !is_telling(word) {
            return None;
        }
        let capital = text[word.at.clone()].chars().next().is_some_and(char::is_uppercase);
        if !capital && is_also_a_word(&word.folded) {
            return None;
        }
        match self.parts.get(&word.folded) {
            Some((_, shared)) => Some(named && !shared),
            None => (likenesses && self.parts.values().any(|(part, _)| like(part, word))).then_some(false),
        }
    }
}

/// Whether a word may stand for a person by itself.
fn is_telling(word: &Word) -> bool {
    word.telling && !word.initials && word.folded.chars().count() >= SHORTEST && !is_sentence_word(&word.folded)
}

/// The words of a text; `Anna's` is Anna.
fn spoken(text: &str) -> Vec<Word> {
    let mut all = words(text);
    for word in &mut all {
        let typed = &text[word.at.clone()];
        let owned = ["'s", "’s", "´s", "`s", "'S", "’S"].iter().any(|ending| typed.len() > ending.len() && typed.ends_with(ending));
        if owned && word.folded.len() > 1 {
            word.folded.pop();
        }
    }
    all
}

fn sorted(words: &[Word]) -> String {
    let mut all: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    all.sort_unstable();
    all.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anna() -> Mentions {
        let mut mentions = Mentions::new(Country::default());
        for key in ["Anna de Vries-Bloem", "Annie", "anna.dv@x.nl", "06-12345678", "@bloemwerk.nl"] {
            mentions.add(key);
        }
        mentions.add_place("Dorpsstraat 12, 1234 AB Utrecht");
        for other in ["Bram Bakker", "Anna de Vries-Bloem BV", "Jan de Vries"] {
            mentions.spare(other);
        }
        mentions
    }

    #[test]
    fn whole_names_addresses_and_numbers_are_taken_out_and_nothing_else() {
        for (text, left) in [
            ("met Anna de Vries-Bloem gebeld", "met … gebeld"),
            ("ANNA DE VRIES BLOEM's offerte", "… offerte"),
            ("Vries-Bloem, Ánna de: akkoord", "…: akkoord"),
            ("annie, en Annie's man", "…, en … man"),
            ("mail Anna.DV@X.nl.", "mail …."),
            ("cc piet@bloemwerk.nl, info@werk.nl", "cc …, info@werk.nl"),
            ("bel 06 1234 5678 om 12:00", "bel … om 12:00"),
            ("+31 (0)6-12345678, 0031612345678, (+31) 612345678", "…, …, (…"),
            ("12 0612345678 3", "12 … 3"),
            ("stuur naar dorpsstraat 12", "stuur naar …"),
            ("Anna de Vries-Bloem belde; Anna komt", "… belde; Anna komt"),
            ("Anna de Vries-Bloem en Jan de Vries", "… en Jan de Vries"),
            ("Gebeld met Anna de Vri…", "Gebeld met ……"),
        ] {
            assert_eq!(anna().without(text, "…").as_deref(), Some(left), "{text}");
        }
        for text in [
            "Anna de Vries-Bloem BV",
            "Anna belde",
            "0612345679 en 106123456781",
            "de bloem bloeide",
            "banna.dv@x.nl",
            "dorpsstraat 121",
            "",
        ] {
            assert_eq!(anna().without(text, "…"), None, "{text}");
        }
    }

    #[test]
    fn beside_the_whole_name_a_word_of_it_is_sure_unless_somebody_else_has_it_too() {
        let mut mentions = Mentions::new(Country::default());
        mentions.add("Anna de Vries");
        mentions.spare("Jan de Vries");
        let text = "Anna de Vries belde; Anna komt, De Vries ook";
        assert_eq!(mentions.without(text, "…").as_deref(), Some("… belde; … komt, De Vries ook"));
    }

    #[test]
    fn likenesses_are_pointed_out() {
        for (text, like) in [
            ("Anna belde", vec!["Anna"]),
            ("mevrouw De Vries", vec!["Vries"]),
            ("met Bloemm gepraat", vec!["Bloemm"]),
            ("de bloem bloeide", vec![]),
            ("Bram Bakker", vec![]),
            ("Jan de Vries", vec![]),
            ("Anna de Vries-Bloem BV", vec![]),
        ] {
            let found = anna().find(text).likeness;
            assert_eq!(found.into_iter().map(|at| &text[at]).collect::<Vec<_>>(), like, "{text}");
        }
    }
}
