//! From the clock on the wall to a moment.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone};

use crate::domain::calendar::Moment;

use super::fault::Fault;

/// The date, if the calendar has it and its year is believable.
pub(super) fn date(year: i32, month: u32, day: u32) -> Result<NaiveDate, Fault> {
    believable(NaiveDate::from_ymd_opt(year, month, day).ok_or(Fault::NoSuchDay)?)
}

/// Refuses years that can only be slips of the keyboard.
pub(super) fn believable(date: NaiveDate) -> Result<NaiveDate, Fault> {
    if (1900..=2199).contains(&date.year()) { Ok(date) } else { Err(Fault::Year) }
}

/// The moment a local time stands for; a skipped time counts on from before the gap, and of a time
/// that comes twice the first is taken.
pub(super) fn local_moment<Tz: TimeZone>(local: NaiveDateTime, zone: &Tz) -> Moment {
    let offset =
        zone.offset_from_local_datetime(&local).earliest().unwrap_or_else(|| zone.offset_from_utc_datetime(&(local - TimeDelta::days(1))));
    Moment(local.and_utc().timestamp_millis() - i64::from(offset.fix().local_minus_utc()) * 1000)
}
