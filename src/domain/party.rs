//! Somebody as a file or a person names them, before it is known which customer that is.

use chrono::{Datelike as _, NaiveDate};

use super::calendar::Moment;

/// Somebody, by whatever is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Party {
    /// The name as written, without spaces around it; may be empty.
    pub name: String,
    /// E-mail addresses, lower case.
    pub addresses: Vec<String>,
    /// Telephone numbers as written.
    pub phones: Vec<String>,
}

impl Party {
    /// Somebody of whom only the name is known.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// A day that comes back every year.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Anniversary {
    /// What is remembered: `birthday`, `anniversary`, or a label of the file's own.
    pub what: String,
    /// The year it began, if that is known.
    pub year: Option<i32>,
    /// The month, 1–12.
    pub month: u32,
    /// The day of the month, 1–31.
    pub day: u32,
}

impl Anniversary {
    /// Reads a day as the ledger keeps it: `1985-04-12`, or `--04-12` when the year is not known; `None`
    /// for what is no such day.
    pub fn read(what: &str, kept: &str) -> Option<Self> {
        // A leap year has every day a year can have.
        let (year, day) = match kept.strip_prefix("--") {
            Some(rest) => (None, format!("2000-{rest}").parse::<NaiveDate>().ok()?),
            None => kept.parse::<NaiveDate>().ok().map(|day| (Some(day.year()), day))?,
        };
        Some(Self { what: what.to_owned(), year, month: day.month(), day: day.day() })
    }
}

/// What an address book knows of a person or a firm.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Card {
    /// Who.
    pub party: Party,
    /// The firm they belong to, or empty.
    pub organisation: String,
    /// Categories, as written; the first becomes the segment of a customer who has none.
    pub categories: Vec<String>,
    /// Postal addresses, each on one line.
    pub postal: Vec<String>,
    /// Birthdays and anniversaries.
    pub anniversaries: Vec<Anniversary>,
    /// Customer since, if the file says so.
    pub since: Option<Moment>,
    /// Notes, or empty.
    pub notes: String,
}
