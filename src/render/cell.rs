//! One value of an answer, typed, so that every format can write it its own way: localised and
//! rounded for people, raw and complete for machines.

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat};

use super::document::Tone;
use super::locale::Look;
use super::sanitize::visible;
use crate::domain::money::Cents;
use crate::domain::text::{Lang, Text};

/// The blocks of a full warmth bar.
pub const BAR: usize = 10;

/// A label with the stable id it stands for in machine formats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The id, the same in every language.
    pub id: String,
    /// What a reader sees.
    pub label: Text,
}

impl Word {
    /// Pairs an id with its label.
    pub fn new(id: impl Into<String>, label: Text) -> Self {
        Self { id: id.into(), label }
    }
}

impl From<Text> for Word {
    /// A label that is its own id, in English.
    fn from(label: Text) -> Self {
        Self { id: label.en.clone(), label }
    }
}

/// One typed value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A sentence or a name.
    Text(Text),
    /// A label; machine formats write its id.
    Word(Word),
    /// A name in a tree; machine formats write the name.
    Branch {
        /// For each level above: whether more of that level follows. Empty for a root.
        follows: Vec<bool>,
        /// The name.
        name: String,
    },
    /// Several labels; machine formats write their ids with `;` between them.
    List(Vec<Word>),
    /// A number; people see it rounded.
    Number {
        /// The number.
        value: f64,
        /// The decimals people see.
        decimals: u8,
    },
    /// A difference: people see `+` or `−`.
    Signed {
        /// The difference.
        value: f64,
        /// The decimals people see.
        decimals: u8,
    },
    /// A share of 0..1; people see a percentage.
    Percent(f64),
    /// A whole number.
    Count(i64),
    /// An amount of money.
    Money(Cents),
    /// A day.
    Date(NaiveDate),
    /// A moment of which people see the day and machines everything.
    Day(DateTime<FixedOffset>),
    /// A day of this week or the next: people see the day of the week with the date, machines everything.
    By(DateTime<FixedOffset>),
    /// A moment of which people see the day and the minute.
    DateTime(DateTime<FixedOffset>),
    /// A warmth of 0..100 as a bar and a number; `None` when there is too little to say.
    Warmth(Option<f64>),
    /// Two bounds on the scale of warmth; people see them within 0..100.
    Interval(Option<(f64, f64)>),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A name or another word from data, the same in both languages.
    pub fn name(name: impl Into<String>) -> Self {
        Self::Text(Text::same(name))
    }

    /// A label with its id.
    pub fn word(id: impl Into<String>, label: Text) -> Self {
        Self::Word(Word::new(id, label))
    }

    /// The cell of a value, or an empty one.
    pub fn maybe<T>(value: Option<T>, cell: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Empty, cell)
    }

    /// What a person reads: one line, localised, nothing hidden in it.
    pub fn show(&self, look: &Look) -> String {
        self.show_with_bar(look, BAR)
    }

    /// The same, with another number of blocks in the bar of a warmth; none leaves the number.
    pub fn show_with_bar(&self, look: &Look, blocks: usize) -> String {
        match self {
            Self::Text(text) => look.text(text),
            Self::Word(word) => look.text(&word.label),
            Self::Branch { follows, name } => format!("{}{}", twigs(follows, look), visible(name)),
            Self::List(words) if words.is_empty() => look.nothing(),
            Self::List(words) => words.iter().map(|word| look.text(&word.label)).collect::<Vec<_>>().join(", "),
            Self::Number { value, decimals } => look.number(*value, *decimals),
            Self::Signed { value, decimals } => look.signed(*value, *decimals),
            Self::Percent(share) => look.percent(*share),
            Self::Count(count) => look.count(*count),
            Self::Money(cents) => look.money(*cents),
            Self::Date(date) => look.date(*date),
            Self::Day(moment) => look.date(moment.date_naive()),
            Self::By(moment) => look.weekday(moment.date_naive()),
            Self::DateTime(moment) => look.date_time(moment.naive_local()),
            Self::Warmth(Some(warmth)) if warmth.is_finite() => show_warmth(*warmth, look, blocks),
            Self::Interval(Some((low, high))) if low.is_finite() && high.is_finite() => {
                let [low, high] = [low, high].map(|bound| look.number(bound.clamp(0.0, 100.0), 0));
                format!("{low}{}{high}", look.sign("–", "-"))
            }
            Self::Warmth(_) | Self::Interval(_) | Self::Empty => look.nothing(),
        }
    }

    /// What a machine reads: unrounded numbers with a point, ids, RFC 3339 times; empty when there
    /// is nothing.
    pub fn raw(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => visible(text.get(lang)).into_owned(),
            Self::Word(word) => visible(&word.id).into_owned(),
            Self::Branch { name, .. } => visible(name).into_owned(),
            Self::List(words) => words.iter().map(|word| visible(&word.id)).collect::<Vec<_>>().join(";"),
            Self::Number { value, .. } | Self::Signed { value, .. } | Self::Percent(value) | Self::Warmth(Some(value)) => raw(*value),
            Self::Count(count) => count.to_string(),
            Self::Money(cents) => raw(cents.units()),
            Self::Date(date) => date.to_string(),
            Self::Day(moment) | Self::By(moment) | Self::DateTime(moment) => moment.to_rfc3339_opts(SecondsFormat::AutoSi, true),
            Self::Interval(Some((low, high))) if low.is_finite() && high.is_finite() => format!("{}..{}", raw(*low), raw(*high)),
            Self::Warmth(None) | Self::Interval(_) | Self::Empty => String::new(),
        }
    }

    /// True for what people typed, which may wrap over lines and may hold a spreadsheet formula.
    pub fn is_wording(&self) -> bool {
        matches!(self, Self::Text(_) | Self::Word(_) | Self::List(_) | Self::Branch { .. })
    }

    /// The tone that the value itself has.
    pub fn tone(&self) -> Option<Tone> {
        match self {
            Self::Warmth(Some(warmth)) => Some(Tone::of_warmth(*warmth)),
            Self::Warmth(None) | Self::Empty => Some(Tone::Quiet),
            _ => None,
        }
    }
}

/// The levels of a tree that are drawn; of what lies deeper, the lowest.
const LEVELS: usize = 6;

/// The lines before a name in a tree. The spaces do not break, so that no format closes them up.
fn twigs(follows: &[bool], look: &Look) -> String {
    let Some((last, above)) = follows.split_last() else { return String::new() };
    let hidden = above.len().saturating_sub(LEVELS - 1);
    let more = if hidden > 0 { look.sign("…\u{a0}", "... ") } else { "" };
    let (line, gap) = (look.sign("│\u{a0}\u{a0}", "|  "), look.sign("\u{a0}\u{a0}\u{a0}", "   "));
    let lines: String = above.iter().skip(hidden).map(|follows| if *follows { line } else { gap }).collect();
    let twig = if *last { look.sign("├─\u{a0}", "|- ") } else { look.sign("└─\u{a0}", "`- ") };
    format!("{more}{lines}{twig}")
}

fn raw(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

fn show_warmth(warmth: f64, look: &Look, blocks: usize) -> String {
    let warmth = warmth.clamp(0.0, 100.0);
    // 39.6 is cold; shown as 40 it would contradict its own band.
    let whole = if Tone::of_warmth(warmth.round()) == Tone::of_warmth(warmth) { warmth.round() } else { warmth.floor() };
    let number = look.number(whole, 0);
    if blocks == 0 {
        return number;
    }
    let full = (warmth / 100.0 * blocks as f64).round() as usize;
    let (on, off) = (look.sign("█", "#"), look.sign("░", "."));
    format!("{}{} {number:>3}", on.repeat(full), off.repeat(blocks.saturating_sub(full)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_see_it_rounded_and_machines_see_all_of_it() {
        let look = Look { lang: Lang::Nl, ..Look::default() };
        let moment = DateTime::parse_from_rfc3339("2026-11-21T14:30:00+01:00").unwrap();
        for (cell, shown, raw) in [
            (Cell::Number { value: 1234.567, decimals: 1 }, "1.234,6", "1234.567"),
            (Cell::Signed { value: 2.25, decimals: 1 }, "+2,2", "2.25"),
            (Cell::Percent(0.125), "12%", "0.125"),
            (Cell::Money(Cents(1250)), "€\u{a0}12,50", "12.5"),
            (Cell::Warmth(Some(64.8)), "██████░░░░  65", "64.8"),
            (Cell::Warmth(Some(39.6)), "████░░░░░░  39", "39.6"),
            (Cell::Warmth(Some(f64::NAN)), "–", ""),
            (Cell::Warmth(None), "–", ""),
            (Cell::Interval(Some((-3.5, 41.2))), "0–41", "-3.5..41.2"),
            (Cell::Interval(Some((f64::NAN, 41.2))), "–", ""),
            (Cell::word("cold", Text::new("cold", "koud")), "koud", "cold"),
            (Cell::List(vec![Text::new("a", "b").into(), Word::new("c", Text::same("d"))]), "b, d", "a;c"),
            (Cell::Day(moment), "21 nov 2026", "2026-11-21T14:30:00+01:00"),
            (Cell::DateTime(moment), "21 nov 2026 14:30", "2026-11-21T14:30:00+01:00"),
            (Cell::Date(moment.date_naive()), "21 nov 2026", "2026-11-21"),
            (Cell::Branch { follows: vec![], name: "Anna".into() }, "Anna", "Anna"),
            (Cell::Branch { follows: vec![true, false, true], name: "A\n".into() }, "│\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}├─\u{a0}A ", "A "),
            (Cell::Empty, "–", ""),
        ] {
            assert_eq!(cell.show(&look), shown);
            assert_eq!(cell.raw(Lang::Nl), raw);
        }
    }

    #[test]
    fn a_tree_is_drawn_in_ascii_too_and_never_fills_the_line() {
        let look = Look { ascii: true, ..Look::default() };
        let of = |follows: &[bool]| Cell::Branch { follows: follows.to_vec(), name: "x".into() }.show(&look);
        assert_eq!(of(&[true, false]), "|  `- x");
        assert_eq!(of(&[false; 6]), format!("{}`- x", "   ".repeat(5)));
        assert_eq!(of(&[true; 90]), format!("... {}|- x", "|  ".repeat(5)));
    }
}
