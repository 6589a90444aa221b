//! Days that come back every year, as vCards write them.

use crate::domain::party::Anniversary;

/// The year Apple writes where none is known.
const NO_YEAR: i32 = 1604;

/// A day of which month and day are known; a year alone comes back to no day.
fn anniversary(what: &str, year: Option<i32>, month: u32, day: u32) -> Option<Anniversary> {
    let longest = match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    let year = year.filter(|year| *year != NO_YEAR && (1..=9999).contains(year));
    (1..=longest).contains(&day).then(|| Anniversary { what: what.to_owned(), year, month, day })
}

/// From a date as written: `19850412`, `1985-04-12T00:00:00Z`, `--0412`, `--04-12`.
pub(super) fn read(what: &str, written: &str) -> Option<Anniversary> {
    let date = written.trim().split(['T', ' ']).next()?;
    let (year, rest) = match date.strip_prefix("--") {
        Some(rest) => (None, rest),
        None => (Some(date.get(..4)?), date.get(4..)?),
    };
    let digits: String = rest.chars().filter(|sign| *sign != '-').collect();
    let number = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok()).flatten();
    let year = match year {
        Some(year) => Some(i32::try_from(number(year)?).ok()?),
        None => None,
    };
    (digits.len() == 4).then(|| anniversary(what, year, number(digits.get(..2)?)?, number(digits.get(2..)?)?)).flatten()
}
