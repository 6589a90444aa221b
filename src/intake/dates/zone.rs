//! From the clock on the wall to a moment.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};

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

/// How many days [`Offsets`] remembers: a power of two, more than two years.
const DAYS: usize = 1024;

/// A zone that remembers the offsets of days: asking the system's zone costs more than all the rest of
/// reading a stamp. A day is remembered when it begins and ends with one and the same offset.
pub(super) struct Offsets<Tz> {
    zone: Tz,
    days: Vec<Option<(i32, i64)>>,
}

impl<Tz: TimeZone> Offsets<Tz> {
    pub(super) fn new(zone: Tz) -> Self {
        Self { zone, days: vec![None; DAYS] }
    }

    /// What [`local_moment`] says.
    pub(super) fn moment(&mut self, local: NaiveDateTime) -> Moment {
        let number = local.num_days_from_ce();
        let slot = &mut self.days[number as usize % DAYS];
        if slot.is_none_or(|(day, _)| day != number) {
            match steady(local.date(), &self.zone) {
                Some(offset) => *slot = Some((number, offset)),
                None => return local_moment(local, &self.zone),
            }
        }
        Moment(local.and_utc().timestamp_millis() - slot.map_or(0, |(_, offset)| offset))
    }
}

/// The offset of a whole day in milliseconds, if the clock is not set that day.
fn steady<Tz: TimeZone>(date: NaiveDate, zone: &Tz) -> Option<i64> {
    let offset = |date: NaiveDate| zone.offset_from_local_datetime(&date.and_time(NaiveTime::MIN)).single();
    let (first, last) = (offset(date)?.fix().local_minus_utc(), offset(date.succ_opt()?)?.fix().local_minus_utc());
    (first == last).then_some(i64::from(first) * 1000)
}
