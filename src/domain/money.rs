//! Money as whole cents.

use std::iter::Sum;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::text::Text;
use crate::text;

/// An amount in cents of the workspace's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash, Serialize, Deserialize)]
pub struct Cents(pub i64);

impl Cents {
    /// The amount in whole units, for JSON and CSV.
    pub fn units(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// Rounds an amount in whole units to cents.
    ///
    /// # Errors
    /// When it is not a number or does not fit.
    pub fn from_units(units: f64) -> Result<Self, Text> {
        let cents = (units * 100.0).round();
        if !cents.is_finite() || cents.abs() > 9.0e15 {
            return Err(text!("{units} is not an amount of money", "{units} is geen geldbedrag"));
        }
        Ok(Self(cents as i64))
    }
}

impl Sum for Cents {
    /// Together; what no longer fits stays at the largest amount there is, or the smallest. No sum of real amounts
    /// does, but a damaged file can say anything.
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        Self(amounts.fold(0, |together, amount| together.saturating_add(amount.0)))
    }
}

impl FromStr for Cents {
    type Err = Text;

    /// Reads `12`, `12.50` and `12,50`; and where both signs stand, the last as the decimal one:
    /// `1.250,00`, `1,250.00`.
    fn from_str(word: &str) -> Result<Self, Text> {
        let plain = word.trim().trim_start_matches('€').trim();
        let plain = without_thousands(plain).unwrap_or_else(|| plain.to_owned()).replace(',', ".");
        let shaped = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
        match plain.parse::<f64>() {
            Ok(units) if shaped => Self::from_units(units),
            _ => Err(text!("`{word}` is not an amount, such as 12.50", "`{word}` is geen bedrag, zoals 12,50")),
        }
    }
}

/// The amount without the signs between its thousands; `None` unless both signs stand in it, and every
/// group but the first has three digits.
fn without_thousands(plain: &str) -> Option<String> {
    let decimal = plain.rfind(['.', ','])?;
    let (whole, cents) = plain.split_at(decimal);
    let between = if cents.starts_with(',') { '.' } else { ',' };
    let mut groups = whole.trim_start_matches(['-', '+']).split(between);
    let first = groups.next().filter(|first| (1..=3).contains(&first.len()))?;
    let grouped = groups.clone().count() > 0 && groups.all(|group| group.len() == 3) && first.bytes().all(|b| b.is_ascii_digit());
    grouped.then(|| format!("{}{cents}", whole.replace(between, "")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_never_overflows() {
        assert_eq!([Cents(5), Cents(-2)].into_iter().sum::<Cents>(), Cents(3));
        assert_eq!([Cents(i64::MAX), Cents(1)].into_iter().sum::<Cents>(), Cents(i64::MAX));
    }

    #[test]
    fn amounts_are_read_with_a_point_or_a_comma() {
        assert_eq!("12,50".parse(), Ok(Cents(1250)));
        assert_eq!("€ 1.250,00".parse(), Ok(Cents(125_000)));
        assert_eq!("-1,234,567.89".parse(), Ok(Cents(-123_456_789)));
        assert_eq!("-3".parse(), Ok(Cents(-300)));
        assert_eq!("€ 0.335".parse(), Ok(Cents(34)));
        for wrong in ["", "inf", "1e5", "1.23,56", "1.234,5.6", ".250,00", "abc"] {
            assert!(wrong.parse::<Cents>().is_err(), "{wrong}");
        }
    }
}
