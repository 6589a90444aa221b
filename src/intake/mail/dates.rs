//! Dates in mail, as the standards write them and as programs do.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use mail_parser::HeaderValue;
use mail_parser::parsers::MessageStream;

use crate::domain::calendar::Moment;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Zones with a name (RFC 5322 §4.3, and those of Western Europe), in hours; another name is read as UTC, as the
/// RFC asks.
const ZONES: &[(&str, i64)] = &[
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("BST", 1),
    ("CET", 1),
    ("MET", 1),
    ("CEST", 2),
    ("MEST", 2),
];

/// The longest header that is read as a date, in bytes.
const LONGEST: usize = 200;

/// A date found among words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    /// The first word of it.
    pub(super) first: usize,
    /// The first word after it.
    pub(super) after: usize,
    /// Whether it begins with the day of the week.
    pub(super) weekday: bool,
    /// The moment; without a zone in UTC, as RFC 4155 has it.
    pub(super) at: Moment,
}

/// Reads the value of a `Date` header (RFC 5322 §3.3): strictly first, then as broken programs write it.
pub(super) fn read(value: &str) -> Option<Moment> {
    let value = value.get(..LONGEST).unwrap_or(value);
    let strict = match MessageStream::new(format!("{value}\n").as_bytes()).parse_date() {
        // of words without a month the parser makes a date as well
        HeaderValue::DateTime(date) if date.is_valid() && names_month(value) => date.to_timestamp().checked_mul(1000).map(Moment),
        _ => None,
    };
    strict.or_else(|| {
        let spaced = value.replace(',', " ");
        let words: Vec<&str> = spaced.split_ascii_whitespace().collect();
        find(&words).map(|found| found.at)
    })
}

/// Finds a date around the first word that is a time: `Mon Jan 1 12:00:00 [zone] 2024 [zone]` (asctime),
/// `[Mon,] 1 Jan 2024 12:00[:00] [zone]` (RFC 5322), `2024-01-01 12:00` or `1-Jan-2024 12:00`.
pub(super) fn find(words: &[&str]) -> Option<Found> {
    let (clock, time) = words.iter().enumerate().find_map(|(place, word)| time(word).map(|time| (place, time)))?;
    let before = |back: usize| clock.checked_sub(back).map_or("", |place| words[place]);
    let mut after = clock + 1;
    let mut offset = take_zone(words, &mut after);
    let (first, date) = if let Some(date) = joined(before(1)) {
        (clock - 1, date)
    } else if let Some(date) = words.get(after).and_then(|year| calendar_date(before(1), before(2), year)) {
        after += 1;
        offset = offset.or_else(|| take_zone(words, &mut after));
        (clock - 2, date)
    } else {
        (clock.checked_sub(3)?, calendar_date(before(3), before(2), before(1))?)
    };
    let weekday = first.checked_sub(1).is_some_and(|place| is_weekday(words[place]));
    let seconds = NaiveDateTime::new(date, time).and_utc().timestamp().checked_sub(offset.unwrap_or(0))?;
    Some(Found { first: first - usize::from(weekday), after, weekday, at: Moment(seconds.checked_mul(1000)?) })
}

fn calendar_date(day: &str, month_name: &str, year_digits: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year(year_digits)?, month(month_name)?, day.parse().ok()?)
}

fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches(',').to_ascii_lowercase();
    WEEKDAYS.contains(&word.as_str())
}

fn names_month(value: &str) -> bool {
    value.split(|c: char| !c.is_alphanumeric()).any(|word| month(word.trim_start_matches(|c: char| c.is_ascii_digit())).is_some())
}

fn month(word: &str) -> Option<u32> {
    let beginning = word.get(..3)?.to_ascii_lowercase();
    let place = MONTHS.iter().position(|month| *month == beginning)?;
    u32::try_from(place + 1).ok()
}

/// A year in four digits, or in the two of RFC 822 (read as RFC 5322 §4.3 asks).
fn year(word: &str) -> Option<i32> {
    let number: i32 = word.parse().ok()?;
    match (word.len(), number) {
        (4, _) => Some(number),
        (2, 0..50) => Some(2000 + number),
        (2, _) => Some(1900 + number),
        _ => None,
    }
}

/// `12:00` or `12:00:00`; a leap second is the one before it.
fn time(word: &str) -> Option<NaiveTime> {
    let mut parts = word.split(':').map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 2));
    let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
    NaiveTime::from_hms_opt(hour, minute, second.min(59)).filter(|_| second <= 60 && parts.next().is_none())
}

fn joined(word: &str) -> Option<NaiveDate> {
    ["%Y-%m-%d", "%d-%b-%Y"].iter().find_map(|form| NaiveDate::parse_from_str(word, form).ok())
}

/// The offset from UTC in seconds of the zone at a place, which is then passed.
fn take_zone(words: &[&str], place: &mut usize) -> Option<i64> {
    let offset = zone(words.get(*place)?)?;
    *place += 1;
    Some(offset)
}

fn zone(word: &str) -> Option<i64> {
    let sign = match word.as_bytes().first()? {
        b'-' => -1,
        b'+' => 1,
        _ => {
            let named = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_uppercase());
            let hours = ZONES.iter().find(|(name, _)| *name == word).map_or(0, |(_, hours)| *hours);
            return named.then_some(hours * 3600);
        }
    };
    let digits = word[1..].replace(':', "");
    let number: i64 = digits.parse().ok().filter(|_| digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(sign * (number / 100 * 3600 + number % 100 * 60))
}
