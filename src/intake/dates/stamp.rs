//! The exact stamps of files, read byte by byte and without allocation.

use chrono::{NaiveDateTime, NaiveTime, TimeDelta, TimeZone};

use crate::domain::calendar::Moment;
use crate::domain::text::Text;

use super::fault::Fault;
use super::zone::{self, Offsets};

/// Reads `2026-06-30`, `2026-06-30 14:30`, `2026-06-30T14:30:05.123`, each time optionally with
/// an offset (`Z`, `+02:00`, `+0200`), and dates as spreadsheets write them, the day first:
/// `30-6-2026 9:05`. Without an offset it is the zone's time; a bare date is its
/// midnight. Fractions finer than a millisecond are cut off.
///
/// # Errors
/// When it is shaped otherwise, or the calendar has no such day.
pub fn parse_stamp<Tz: TimeZone>(typed: &str, zone: &Tz) -> Result<Moment, Text> {
    read_stamp(typed, zone).map_err(|fault| fault.of_files(&shown(typed)))
}

/// [`parse_stamp`] for a great many stamps in one zone: it remembers what the zone said of a day.
pub struct Stamps<Tz> {
    offsets: Offsets<Tz>,
}

impl<Tz: TimeZone> Stamps<Tz> {
    /// Stamps without an offset are in `zone`.
    pub fn new(zone: Tz) -> Self {
        Self { offsets: Offsets::new(zone) }
    }

    /// What [`parse_stamp`] says.
    ///
    /// # Errors
    /// As there.
    pub fn parse(&mut self, typed: &str) -> Result<Moment, Text> {
        read(typed, |local| self.offsets.moment(local)).map_err(|fault| fault.of_files(&shown(typed)))
    }
}

/// What was typed, short enough to repeat in a complaint.
pub(super) fn shown(typed: &str) -> String {
    let trimmed = typed.trim();
    if trimmed.chars().nth(40).is_none() { trimmed.to_owned() } else { trimmed.chars().take(40).chain(['…']).collect() }
}

/// [`parse_stamp`] with the bare fault.
pub(super) fn read_stamp<Tz: TimeZone>(typed: &str, zone: &Tz) -> Result<Moment, Fault> {
    read(typed, |local| zone::local_moment(local, zone))
}

/// Reads a stamp; `settle` knows the zone.
fn read(typed: &str, settle: impl FnOnce(NaiveDateTime) -> Moment) -> Result<Moment, Fault> {
    let mut rest = Bytes(typed.as_bytes().trim_ascii());
    let (year, month, day) = rest.date().ok_or(Fault::Shape)?;
    let time = if rest.0.is_empty() { Some((0, None)) } else { rest.time_and_offset() };
    let (milliseconds, offset) = time.ok_or(Fault::Shape)?;
    if milliseconds < 0 {
        return Err(Fault::NoSuchDay);
    }
    let local = zone::date(year as i32, month, day)?.and_time(NaiveTime::MIN) + TimeDelta::milliseconds(milliseconds);
    Ok(match offset {
        Some(minutes) => Moment(local.and_utc().timestamp_millis() - minutes * 60_000),
        None => settle(local),
    })
}

/// What is left to read.
struct Bytes<'a>(&'a [u8]);

impl Bytes<'_> {
    fn skip(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        wanted.contains(first).then(|| {
            self.0 = rest;
            *first
        })
    }

    fn digits(&mut self, count: usize) -> Option<u32> {
        let (digits, rest) = self.0.split_at_checked(count)?;
        let number = digits.iter().try_fold(0, |sum, b| b.is_ascii_digit().then(|| sum * 10 + u32::from(b - b'0')))?;
        self.0 = rest;
        Some(number)
    }

    fn date(&mut self) -> Option<(u32, u32, u32)> {
        let whole = self.0;
        self.year_first().or_else(|| {
            self.0 = whole;
            self.day_first()
        })
    }

    fn year_first(&mut self) -> Option<(u32, u32, u32)> {
        let year = self.digits(4)?;
        let mark = self.skip(b"-/")?;
        let month = self.digits(2)?;
        self.skip(&[mark])?;
        Some((year, month, self.digits(2)?))
    }

    /// As a spreadsheet writes it in Europe: `30-6-2026`, `30/06/2026`, `30.6.2026`.
    fn day_first(&mut self) -> Option<(u32, u32, u32)> {
        let day = self.one_or_two()?;
        let mark = self.skip(b"-/.")?;
        let month = self.one_or_two()?;
        self.skip(&[mark])?;
        Some((self.digits(4)?, month, day))
    }

    fn one_or_two(&mut self) -> Option<u32> {
        self.digits(2).or_else(|| self.digits(1))
    }

    /// Milliseconds into the day (negative when the clock has no such time) and the offset in minutes.
    fn time_and_offset(&mut self) -> Option<(i64, Option<i64>)> {
        self.skip(b"Tt ")?;
        let hour = self.one_or_two()?;
        self.skip(b":")?;
        let minute = self.digits(2)?;
        let (second, milli) = if self.skip(b":").is_some() { (self.digits(2)?, self.fraction()?) } else { (0, 0) };
        let offset = self.offset()?;
        let possible = hour < 24 && minute < 60 && second <= 60;
        let milliseconds = i64::from(hour * 3_600_000 + minute * 60_000 + second * 1000 + milli);
        Some((if possible { milliseconds } else { -1 }, offset))
    }

    fn fraction(&mut self) -> Option<u32> {
        if self.skip(b".,").is_none() {
            return Some(0);
        }
        let count = self.0.iter().take_while(|b| b.is_ascii_digit()).count();
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        let milli = (0..3).fold(0, |sum, place| sum * 10 + digits.get(place).map_or(0, |b| u32::from(b - b'0')));
        (count > 0).then_some(milli)
    }

    /// The offset to the end of the text: outer `None` when it is not one, inner when there is none.
    fn offset(&mut self) -> Option<Option<i64>> {
        if self.0.is_empty() {
            return Some(None);
        }
        self.skip(b" ");
        let sign = self.skip(b"Zz+-")?;
        if matches!(sign, b'Z' | b'z') {
            return self.0.is_empty().then_some(Some(0));
        }
        let hours = self.digits(2)?;
        self.skip(b":");
        let minutes = if self.0.is_empty() { 0 } else { self.digits(2)? };
        let total = i64::from(hours * 60 + minutes);
        let fine = self.0.is_empty() && hours < 24 && minutes < 60;
        fine.then_some(Some(if sign == b'-' { -total } else { total }))
    }
}
