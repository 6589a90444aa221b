//! Dates and times as a calendar writes them (RFC 5545 §3.3.4, §3.3.5).

use calcard::common::PartialDateTime;
use calcard::icalendar::ICalendarEntry;
use chrono::{Datelike, NaiveDateTime, NaiveTime};

/// Which clock a time is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clock {
    /// A day without a time.
    Day,
    /// Whatever the clock on the wall says.
    Floating,
    /// So many seconds east of UTC; 0 is UTC.
    Offset(i32),
    /// A time zone by its TZID.
    Zone(String),
}

/// A time as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The time on its own clock; midnight for a day.
    pub(super) wall: NaiveDateTime,
    pub(super) clock: Clock,
}

impl Stamp {
    /// Reads one value of a property; `None` when there is no such time or its year cannot be meant.
    pub(super) fn read(value: &PartialDateTime, entry: &ICalendarEntry) -> Option<Self> {
        let time = value.to_date_time()?;
        if !believable(time.date_time) {
            return None;
        }
        let clock = match (time.offset, entry.tz_id()) {
            _ if !value.has_time() => Clock::Day,
            (Some(offset), _) => Clock::Offset(offset.local_minus_utc()),
            (None, Some(zone)) if !zone.trim().is_empty() => Clock::Zone(zone.trim().to_owned()),
            (None, _) => Clock::Floating,
        };
        Some(Self { wall: time.date_time, clock })
    }

    /// The same, on the clock of another when it says none itself.
    pub(super) fn on_clock_of(mut self, other: &Self) -> Self {
        if self.clock == Clock::Floating && other.clock != Clock::Day {
            self.clock = other.clock.clone();
        }
        self
    }

    /// The day of a time on the wall.
    pub(super) fn day(wall: NaiveDateTime) -> Self {
        Self { wall: wall.date().and_time(NaiveTime::MIN), clock: Clock::Day }
    }
}

/// Whether a year can be meant: not before 1900 and not after 2199.
pub(super) fn believable(time: NaiveDateTime) -> bool {
    (1900..=2199).contains(&time.year())
}
