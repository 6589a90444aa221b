//! Moments and spans of time. Time flows in from the edge; nothing here asks what time it is.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike as _, NaiveDate};

use super::text::Text;
use crate::text;

/// Milliseconds in a day.
pub const DAY_MS: i64 = 86_400_000;

/// The months as English writes them in a date.
pub const MONTHS_EN: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
/// The months as Dutch writes them in a date.
pub const MONTHS_NL: [&str; 12] =
    ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"];

/// A day in a sentence: `3 July`, `3 juli`.
pub fn day_and_month(day: NaiveDate) -> Text {
    let month = day.month0() as usize;
    Text::new(format!("{} {}", day.day(), MONTHS_EN[month]), format!("{} {}", day.day(), MONTHS_NL[month]))
}

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Moment(pub i64);

impl Moment {
    /// The time from `earlier` to `self` in days; negative when `earlier` is later.
    pub fn days_since(self, earlier: Self) -> f64 {
        (self.0 as f64 - earlier.0 as f64) / DAY_MS as f64
    }

    /// The moment a number of days before this one.
    #[must_use]
    pub fn minus_days(self, days: f64) -> Self {
        Self(self.0.saturating_sub((days * DAY_MS as f64).round() as i64))
    }

    /// The number of the UTC day this moment lies in, counted from 1970-01-01.
    pub fn day(self) -> i64 {
        self.0.div_euclid(DAY_MS)
    }
}

/// A length of time in days, as people write it: `48h`, `2d`, `3w`, `6m`, `1y`.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct Days(pub f64);

impl FromStr for Days {
    type Err = Text;

    /// Reads a whole or decimal number with a unit, in English or Dutch: `h`/`u` hours, `d` days,
    /// `w` weeks, `m` months of 30 days, `y`/`j` years of 365; also `2 weeks`, `3 dagen`.
    fn from_str(typed: &str) -> Result<Self, Text> {
        let trimmed = typed.trim();
        let split = trimmed.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(trimmed.len());
        let (number, unit) = trimmed.split_at(split);
        let days = unit_days(unit.trim()).zip(number.parse::<f64>().ok()).map(|(unit, number)| unit * number);
        match days {
            Some(days) if days > 0.0 && days <= 36_500.0 => Ok(Self(days)),
            Some(_) => Err(text!(
                "`{trimmed}` is not a possible duration: it must be longer than nothing and at most 100 years",
                "`{trimmed}` is geen mogelijke duur: langer dan niets en hoogstens 100 jaar"
            )),
            None => Err(text!(
                "`{trimmed}` is not a duration, such as 48h, 2d, 3w, 6m or 1y",
                "`{trimmed}` is geen duur, zoals 48h, 2d, 3w, 6m of 1y"
            )),
        }
    }
}

fn unit_days(unit: &str) -> Option<f64> {
    match unit.to_ascii_lowercase().as_str() {
        "h" | "u" | "hour" | "hours" | "uur" | "uren" => Some(1.0 / 24.0),
        "d" | "day" | "days" | "dag" | "dagen" => Some(1.0),
        "w" | "week" | "weeks" | "weken" => Some(7.0),
        "m" | "month" | "months" | "maand" | "maanden" => Some(30.0),
        "y" | "j" | "year" | "years" | "jaar" => Some(365.0),
        _ => None,
    }
}

impl fmt::Display for Days {
    /// The shortest exact spelling: `2d`, `48h` becomes `2d`, half days as hours.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.fract() == 0.0 { write!(f, "{}d", self.0) } else { write!(f, "{}h", (self.0 * 24.0 * 1e6).round() / 1e6) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_both_languages() {
        for (typed, days) in [("48h", 2.0), ("36u", 1.5), ("2d", 2.0), ("3 weken", 21.0), ("6m", 180.0), ("1y", 365.0), ("1.5d", 1.5)] {
            assert_eq!(typed.parse::<Days>(), Ok(Days(days)), "{typed}");
        }
        for wrong in ["", "d", "2", "-2d", "0d", "200y", "soon", "1e9d", "NaN"] {
            assert!(wrong.parse::<Days>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_between_moments_and_day_numbers() {
        assert_eq!(Moment(3 * DAY_MS / 2).days_since(Moment(0)), 1.5);
        assert_eq!(Moment(-1).day(), -1);
        assert_eq!(Moment(DAY_MS).minus_days(2.0), Moment(-DAY_MS));
    }
}
