//! Names that are looked for in a text: whole ones, in their own order or the last name first.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use compact_str::CompactString;

use super::said::{Said, beside_a_stranger, is_in_a_date, is_ordinary, said, tied_to_another};
use crate::domain::directory::word_lists::{is_legal_form, is_sentence_word, is_title};

/// The shortest single word that can be told from an abbreviation.
pub(super) const SHORTEST: usize = 3;

/// How much a name tells by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// It is nobody else's: several words, or a word with figures in it.
    Whole,
    /// Several words, each of which is a word of the language: `Groen Hart`.
    Words,
    /// One word, with or without `de`: it may be somebody else's too, or be no name.
    One,
    /// The street and number where somebody lives.
    Place,
}

/// A word of a name.
#[derive(Debug, Clone)]
struct Part {
    folded: CompactString,
    typed: String,
    telling: bool,
    /// What stands between it and the next one.
    gap: String,
}

/// A name that is looked for, or one of somebody else that has a word of it.
#[derive(Debug, Clone)]
struct Name {
    parts: Vec<Part>,
    tells: Tells,
    ours: bool,
    /// Whether somebody else goes by it or lives there as well.
    shared: bool,
}

impl Name {
    fn new(written: &[Said<'_>], ours: bool, place: bool) -> Self {
        let part = |said: &Said<'_>| Part {
            folded: said.word.folded.clone(),
            typed: said.bare().to_owned(),
            telling: said.word.telling,
            gap: said.gap.to_owned(),
        };
        let parts: Vec<Part> = written.iter().map(part).collect();
        let telling: Vec<&Part> = parts.iter().filter(|part| part.telling).collect();
        let firm = parts.iter().any(|part| is_legal_form(&part.folded));
        let figures = |part: &Part| part.folded.chars().any(char::is_numeric) && part.folded.chars().any(char::is_alphabetic);
        let tells = if place {
            Tells::Place
        } else if telling.iter().any(|part| figures(part)) {
            Tells::Whole
        } else if telling.len() < 2 && !(firm && telling.len() == 1) {
            Tells::One
        } else if telling.iter().all(|part| is_ordinary(&part.folded)) {
            Tells::Words
        } else {
            Tells::Whole
        };
        Self { parts, tells, ours, shared: false }
    }

    /// The word it is known by, for a name of one.
    fn word(&self) -> usize {
        self.parts.iter().position(|part| part.telling).unwrap_or(self.parts.len().saturating_sub(1))
    }

    /// Whether the words from a place on are this name, its `turn`-th word first; false where only what stands between them
    /// says that they may not belong together, as in a table.
    fn is_at(&self, words: &[Said<'_>], turn: usize) -> Option<bool> {
        let many = self.parts.len();
        let same = words.len() >= many && (0..many).all(|n| words[n].word.folded == self.parts[(n + turn) % many].folded);
        let between = || words[..many - 1].iter().enumerate().map(|(n, said)| (said, &self.parts[(n + turn) % many]));
        if !same || between().any(|(said, part)| said.ends_a_sentence(&part.gap)) {
            return None;
        }
        let mut gaps = between().enumerate();
        Some(gaps.all(
            |(n, (said, part))| {
                if turn > 0 && n + turn + 1 == many { said.gap.trim() == "," } else { said.may_go_on(&part.gap) }
            },
        ))
    }
}

/// A name that was found.
struct Hit {
    span: Range<usize>,
    name: usize,
    /// Which of its words comes first.
    turn: usize,
    /// Whether nothing stands between its words that parts them.
    tight: bool,
}

/// The names there are.
#[derive(Debug, Clone, Default)]
pub(super) struct Names {
    all: Vec<Name>,
    /// How many of them are ours; those come first.
    ours: usize,
    /// Which names begin with a word or two, and with which of their words. Of many thousands a few share two words.
    beginning: HashMap<String, Vec<(usize, usize)>>,
    /// The words by which our names are told: a text with none of them is done quickly.
    vocabulary: HashSet<CompactString>,
}

impl Names {
    /// Also looks for a name, or for the place where somebody lives.
    pub fn take(&mut self, written: &str, place: bool) {
        let words = said(written);
        if words.is_empty() {
            return;
        }
        let name = Name::new(&in_order(&words), true, place);
        let one = name.tells == Tells::One;
        let known = name.parts.iter().enumerate().filter(|(at, part)| part.telling || one && *at == name.word());
        self.vocabulary.extend(known.map(|(_, part)| part.folded.clone()));
        self.put(name);
        self.ours = self.all.len();
    }

    /// Tells of a name of somebody else.
    pub fn spare(&mut self, written: &str) {
        let words = said(written);
        if !words.iter().any(|said| self.vocabulary.contains(&said.word.folded)) {
            return;
        }
        let name = Name::new(&in_order(&words), false, false);
        for ours in self.all[..self.ours].iter_mut().filter(|ours| ours.tells == Tells::One) {
            let word = &ours.parts[ours.word()].folded;
            ours.shared |= name.parts.iter().any(|part| part.folded == *word);
        }
        self.put(name);
    }

    /// Tells where somebody else lives.
    pub fn spare_place(&mut self, written: &str) {
        let words = said(written);
        for ours in self.all[..self.ours].iter_mut().filter(|ours| ours.tells == Tells::Place) {
            ours.shared |= (0..words.len()).any(|at| ours.is_at(&words[at..], 0).is_some());
        }
    }

    /// Looks for no places any more.
    pub fn without_places(&mut self) {
        for name in &mut self.all {
            name.ours &= name.tells != Tells::Place;
        }
    }

    /// Whether nobody is looked for.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Whether a word is of a name of ours.
    pub fn know(&self, folded: &str) -> bool {
        self.vocabulary.contains(folded)
    }

    /// The names of ours in their order, each with its words.
    pub fn in_order(&self) -> impl Iterator<Item = Vec<&str>> {
        let ours = self.all.iter().filter(|name| name.ours);
        ours.map(|name| name.parts.iter().map(|part| part.folded.as_str()).collect())
    }

    fn put(&mut self, name: Name) {
        let at = self.all.len();
        let many = name.parts.len();
        let turns = if name.tells == Tells::Place { 1 } else { many };
        for turn in 0..turns {
            let second = name.parts.get((turn + 1) % many).filter(|_| many > 1);
            let begins = two(&name.parts[turn].folded, second.map(|part| part.folded.as_str()));
            self.beginning.entry(begins).or_default().push((at, turn));
        }
        self.all.push(name);
    }

    /// Whole names, the longest first: where each is, and whether it is surely meant. What is found is taken, others'
    /// names among it.
    pub fn find(&self, words: &[Said<'_>], taken: &mut [bool]) -> Vec<(Range<usize>, bool)> {
        let mut hits = Vec::new();
        if !words.iter().any(|said| self.vocabulary.contains(&said.word.folded)) {
            return Vec::new();
        }
        for first in 0..words.len() {
            let folded = |at: usize| words.get(at).map(|said| said.word.folded.as_str());
            let begins = [two(&words[first].word.folded, None), two(&words[first].word.folded, folded(first + 1))];
            // The last word of a text begins the same with and without a next.
            let begins = if first + 1 < words.len() { &begins[..] } else { &begins[..1] };
            for (name, turn) in begins.iter().filter_map(|begins| self.beginning.get(begins)).flatten() {
                let found = self.all[*name].is_at(&words[first..], *turn);
                // A name of somebody else is one only where it is written as one.
                if let Some(tight) = found.filter(|tight| *tight || self.all[*name].ours) {
                    hits.push(Hit { span: first..first + self.all[*name].parts.len(), name: *name, turn: *turn, tight });
                }
            }
        }
        hits.sort_by_key(|hit| (!hit.tight, usize::MAX - hit.span.len(), hit.span.start, !self.all[hit.name].ours));
        let mut found = Vec::new();
        for hit in hits {
            if taken[hit.span.clone()].iter().any(|taken| *taken) {
                continue;
            }
            let ours = self.all[hit.name].ours;
            match self.verdict(words, &hit) {
                Some(sure) => found.push((words[hit.span.start].word.at.start..words[hit.span.end - 1].word.at.end, sure)),
                None if ours => continue,
                None => {}
            }
            taken[hit.span].fill(true);
        }
        found
    }

    /// Whether what was found is certainly or perhaps who is looked for; `None` for somebody else, and for no name.
    fn verdict(&self, words: &[Said<'_>], hit: &Hit) -> Option<bool> {
        let name = &self.all[hit.name];
        if !name.ours {
            return None;
        }
        let strangers = || beside_a_stranger(words, &hit.span, |word| self.know(word));
        // The last name of one and the first name of the next are no name.
        if hit.turn > 0 && strangers() {
            return None;
        }
        if !hit.tight {
            return Some(false);
        }
        match name.tells {
            Tells::Place => Some(!name.shared),
            Tells::Whole => Some(!tied_to_another(words, &hit.span)),
            Tells::Words => {
                let capitals = words[hit.span.clone()].iter().all(|said| said.capital || !said.word.telling);
                Some(capitals && !tied_to_another(words, &hit.span))
            }
            Tells::One if hit.turn > 0 => Some(false),
            Tells::One => self.one(words, hit.span.start + name.word(), name).map(|sure| sure && !strangers()),
        }
    }

    /// Whether a name of one word is certainly or perhaps meant, as far as the word tells.
    fn one(&self, words: &[Said<'_>], at: usize, name: &Name) -> Option<bool> {
        let said = &words[at];
        let part = &name.parts[name.word()];
        if part.folded.chars().count() < SHORTEST {
            return (said.bare() == part.typed).then_some(false);
        }
        if is_in_a_date(words, at) {
            return None;
        }
        if !said.capital {
            // Where somebody types no capitals, also a name has none.
            let could_be = !said.is_ordinary() || !is_sentence_word(&part.folded) && words.iter().all(|said| !said.capital);
            return could_be.then_some(false);
        }
        Some(!name.shared && said.is_only_a_name())
    }
}

/// The words of a name as they are said: `Meer, José van der` is `José van der Meer`.
fn in_order<'t>(written: &[Said<'t>]) -> Vec<Said<'t>> {
    let comma = written.iter().position(|said| said.gap.trim() == ",");
    let parted = comma.map(|comma| written.split_at(comma + 1));
    let Some((last, first)) = parted.filter(|(_, rest)| rest.iter().any(|said| !is_form(&said.word.folded))) else {
        return written.to_vec();
    };
    let mut all = [first, last].concat();
    if let Some(end) = first.len().checked_sub(1) {
        all[end].gap = " ";
    }
    all
}

/// The first word of a name, with the second.
fn two(first: &str, second: Option<&str>) -> String {
    second.map_or_else(|| first.to_owned(), |second| format!("{first} {second}"))
}

fn is_form(folded: &str) -> bool {
    is_legal_form(folded) || is_title(folded)
}
