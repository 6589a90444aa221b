//! Dates as a profile says they are written.

use std::borrow::Cow;
use std::fmt::Write;

use chrono::format::{Item, Parsed, StrftimeItems};
use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use super::profile::Profile;
use crate::domain::calendar::Moment;
use crate::domain::party::Anniversary;
use crate::domain::text::Text;
use crate::intake::dates::{Stamps, parse_stamp};

/// Dutch months that English has other words for, the longest first.
const MONTHS: &[(&str, &str)] = &[
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "march"),
    ("mrt", "mar"),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("oktober", "october"),
    ("okt", "oct"),
];

/// One way to write a date, in the signs of strftime.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    items: Vec<Item<'static>>,
    named_month: bool,
}

impl Pattern {
    /// `None` when it has signs nobody knows, or a date written so cannot be read back.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        if pattern.len() > 200 {
            return None;
        }
        let items = StrftimeItems::new(pattern).parse_to_owned().ok()?;
        let named_month = ["%b", "%B", "%h"].iter().any(|sign| pattern.contains(sign));
        let read = Self { items, named_month };
        let sample = NaiveDate::from_ymd_opt(2026, 11, 21)?.and_hms_opt(13, 45, 0)?.and_utc();
        let mut written = String::new();
        write!(written, "{}", sample.format_with_items(read.items.iter())).ok()?;
        let day = read.local(&written)?.0.date();
        (day == sample.date_naive()).then_some(read)
    }

    /// Whether this is a date written so, in a year one would believe.
    pub(super) fn reads(&self, typed: &str) -> bool {
        let typed = if self.named_month { in_english(typed) } else { typed.into() };
        self.local(typed.trim()).is_some_and(|(local, _)| (1900..=2199).contains(&local.year()))
    }

    /// The time on the wall, and the moment when an offset is written too.
    fn local(&self, typed: &str) -> Option<(NaiveDateTime, Option<Moment>)> {
        let mut parsed = Parsed::new();
        chrono::format::parse(&mut parsed, typed, self.items.iter()).ok()?;
        if let Ok(stamp) = parsed.to_datetime() {
            return Some((stamp.naive_local(), Some(Moment(stamp.timestamp_millis()))));
        }
        let date = parsed.to_naive_date().ok()?;
        Some((date.and_time(parsed.to_naive_time().unwrap_or(NaiveTime::MIN)), None))
    }
}

/// The dates of one table.
pub(super) struct Dates<Tz> {
    patterns: Vec<Pattern>,
    utc: bool,
    stamps: Stamps<Tz>,
}

impl<Tz: TimeZone> Dates<Tz> {
    pub(super) fn new(profile: &Profile, zone: Tz) -> Self {
        let patterns = profile.dates.iter().filter_map(|pattern| Pattern::new(pattern)).collect();
        Self { patterns, utc: profile.utc, stamps: Stamps::new(zone) }
    }

    /// The moment a date of the file stands for.
    pub(super) fn moment(&mut self, typed: &str) -> Result<Moment, Text> {
        let stamp = self.house_style(typed);
        if self.utc { parse_stamp(&stamp, &Utc) } else { self.stamps.parse(&stamp) }
    }

    /// A day that comes back every year; the year may be left out.
    pub(super) fn birthday(&self, typed: &str) -> Result<Anniversary, Text> {
        let what = || "birthday".to_owned();
        if let Some((month, day)) = without_year(typed) {
            return Ok(Anniversary { what: what(), year: None, month, day });
        }
        let moment = parse_stamp(&self.house_style(typed), &Utc)?;
        let day = DateTime::from_timestamp_millis(moment.0).unwrap_or_default().date_naive();
        Ok(Anniversary { what: what(), year: Some(day.year()), month: day.month(), day: day.day() })
    }

    /// As the house writes stamps, when a pattern of the profile fits; otherwise as it is.
    fn house_style<'t>(&self, typed: &'t str) -> Cow<'t, str> {
        let english = Cow::Borrowed(typed);
        for pattern in &self.patterns {
            let typed = if pattern.named_month { in_english(typed) } else { english.clone() };
            match pattern.local(typed.trim()) {
                Some((local, None)) => return local.format("%Y-%m-%dT%H:%M:%S%.3f").to_string().into(),
                Some((_, Some(moment))) => {
                    let stamp = DateTime::from_timestamp_millis(moment.0).unwrap_or_default();
                    return stamp.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string().into();
                }
                None => {}
            }
        }
        english
    }
}

/// The names of months in English.
fn in_english(typed: &str) -> Cow<'_, str> {
    let lower = typed.to_lowercase();
    match MONTHS.iter().find(|(dutch, _)| lower.contains(dutch)) {
        Some((dutch, english)) => lower.replacen(dutch, english, 1).into(),
        None => lower.into(),
    }
}

/// `21-11`, `21/11`, and `--11-21` as address books write it.
fn without_year(typed: &str) -> Option<(u32, u32)> {
    let ((one, other), month_first) = match typed.trim().strip_prefix("--") {
        Some(rest) => (rest.split_once('-').or_else(|| rest.split_at_checked(2))?, true),
        None => (typed.trim().split_once(['-', '/', '.'])?, false),
    };
    let number =
        |digits: &str| (digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse::<u32>().ok()).flatten();
    let (one, other) = (number(one)?, number(other)?);
    let (month, day) = if month_first { (one, other) } else { (other, one) };
    // a leap year, in which every day of a year exists
    NaiveDate::from_ymd_opt(2024, month, day).map(|_| (month, day))
}
