//! The clock a failure runs on: calendar hours, or the hours in which somebody is there (METHOD §2.2, R2).
//!
//! A working day counts as a whole one, so that 24 hours are one working day and 72 are three, however
//! long a working day is. Its beginning and end are moments of local time, so a day on which summer time
//! begins or ends is one working day too.

use crate::domain::calendar::{DAY_MS, Moment};
use crate::domain::incident::WorkingWeek;
use crate::domain::numbers::shortest;
use crate::domain::text::Text;

/// Milliseconds in an hour.
const HOUR_MS: f64 = 3_600_000.0;

/// Hours of the clock in one day, or one working day.
const DAY_HOURS: f64 = 24.0;

/// A clock in one place.
#[derive(Debug, Clone, Copy)]
pub struct Clock {
    /// The hours it runs in; all of them when `None`.
    working: Option<Week>,
    /// Local time minus UTC at a moment, in seconds.
    offset: fn(Moment) -> i32,
}

/// A working week that is one: with a day in it, and hours in the day.
#[derive(Debug, Clone, Copy)]
struct Week {
    days: [bool; 7],
    from: i64,
    until: i64,
    /// How many days of the week are working days, at least one.
    many: i64,
}

impl Clock {
    /// A clock that runs in these hours of local time, which is UTC and so many seconds. A working week
    /// without hours stands for all of them.
    pub fn new(working: Option<WorkingWeek>, offset: fn(Moment) -> i32) -> Self {
        let week = working.and_then(|WorkingWeek { days, from, until }| {
            let many = days.iter().filter(|&&works| works).count() as i64;
            (many > 0 && from < until).then_some(Week { days, from: from.into(), until: until.into(), many })
        });
        Self { working: week, offset }
    }

    /// Whether it stands still out of hours.
    pub fn rests(&self) -> bool {
        self.working.is_some()
    }

    /// The hours it runs between two moments; none when the second is not later. With working hours,
    /// 24 for each working day.
    pub fn elapsed(&self, from: Moment, until: Moment) -> f64 {
        if until <= from {
            return 0.0;
        }
        let Some(week) = self.working else { return (until.0 as f64 - from.0 as f64) / HOUR_MS };
        let (first, last) = (self.day(from), self.day(until));
        let whole = week.working_days(first, last) as f64;
        DAY_HOURS * (whole + self.passed(&week, last, until) - self.passed(&week, first, from))
    }

    /// The moment at which it has run so many hours: the inverse of [`Clock::elapsed`]. What falls on the
    /// end of a working day falls on that end, not on the next morning.
    pub fn due(&self, from: Moment, hours: f64) -> Moment {
        let Some(week) = self.working else {
            return Moment(from.0.saturating_add((hours * HOUR_MS).round() as i64));
        };
        let mut day = self.day(from);
        let left = hours / DAY_HOURS + self.passed(&week, day, from);
        let whole = (left.ceil() - 1.0).max(0.0);
        let mut days = whole as i64;
        day += 7 * (days / week.many);
        days %= week.many;
        while !week.works(day) || days > 0 {
            days -= i64::from(week.works(day));
            day += 1;
        }
        let (begin, end) = self.hours_of(&week, day);
        Moment(begin + ((left - whole) * (end - begin) as f64).round() as i64).max(from)
    }

    /// The number of the local day of a moment, counted from 1970-01-01.
    fn day(&self, moment: Moment) -> i64 {
        moment.0.saturating_add(self.shift(moment)).div_euclid(DAY_MS)
    }

    fn shift(&self, moment: Moment) -> i64 {
        i64::from((self.offset)(moment)) * 1000
    }

    /// The part of a day's working hours that has passed at a moment of that day, 0…1; none of a day off.
    fn passed(&self, week: &Week, day: i64, moment: Moment) -> f64 {
        let (begin, end) = self.hours_of(week, day);
        match moment.0 {
            _ if !week.works(day) || moment.0 <= begin => 0.0,
            at if at >= end => 1.0,
            at => (at - begin) as f64 / (end - begin) as f64,
        }
    }

    /// When the working hours of a local day begin and end, in milliseconds of UTC.
    fn hours_of(&self, week: &Week, day: i64) -> (i64, i64) {
        let local = |minutes: i64| day.saturating_mul(DAY_MS).saturating_add(minutes * 60_000);
        (self.utc(local(week.from)), self.utc(local(week.until)))
    }

    /// The moment of a local time. One that is there twice is the first of them; one that is skipped is
    /// as long after the change as it would have been.
    fn utc(&self, local: i64) -> i64 {
        let before = self.shift(Moment(local.saturating_sub(DAY_MS)));
        let after = self.shift(Moment(local.saturating_add(DAY_MS)));
        let fits = |&shift: &i64| self.shift(Moment(local.saturating_sub(shift))) == shift;
        local.saturating_sub([before, after].into_iter().find(fits).unwrap_or(before))
    }
}

impl Week {
    fn works(&self, day: i64) -> bool {
        // 1970-01-01 was a Thursday.
        self.days[(day + 3).rem_euclid(7) as usize]
    }

    /// The working days from one day up to, but not including, another.
    fn working_days(&self, from: i64, until: i64) -> i64 {
        let weeks = (until - from).div_euclid(7);
        weeks * self.many + (from + 7 * weeks..until).filter(|&day| self.works(day)).count() as i64
    }
}

/// Hours of a clock as a person says them: `24 hours`, or `1 working day` when it rests out of hours.
pub fn span(hours: f64, working: bool) -> Text {
    let long = units(hours, working);
    let (en, nl) = match (working, long.en == "1") {
        (true, true) => ("working day", "werkdag"),
        (true, false) => ("working days", "werkdagen"),
        (false, true) => ("hour", "uur"),
        (false, false) => ("hours", "uur"),
    };
    Text::new(format!("{} {en}", long.en), format!("{} {nl}", long.nl))
}

/// The number of [`span`] alone.
pub fn units(hours: f64, working: bool) -> Text {
    shortest(if working { hours / DAY_HOURS } else { hours })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use proptest::prelude::*;

    use super::*;

    /// The Netherlands in 2026: summer time from 29 March to 25 October.
    fn netherlands(moment: Moment) -> i32 {
        let summer = utc("2026-03-29 01:00")..utc("2026-10-25 01:00");
        if summer.contains(&moment) { 7200 } else { 3600 }
    }

    fn utc(written: &str) -> Moment {
        let at = NaiveDateTime::parse_from_str(written, "%Y-%m-%d %H:%M").unwrap();
        Moment(at.and_utc().timestamp_millis())
    }

    const OFFICE: WorkingWeek = WorkingWeek { days: [true, true, true, true, true, false, false], from: 9 * 60, until: 17 * 60 };
    const ALWAYS: WorkingWeek = WorkingWeek { days: [true; 7], from: 0, until: 24 * 60 };

    #[test]
    fn calendar_hours_run_through_nights_and_changes_of_the_clock() {
        let clock = Clock::new(None, netherlands);
        assert_eq!(clock.elapsed(utc("2026-03-28 12:00"), utc("2026-03-29 12:00")), 24.0);
        assert_eq!(clock.due(utc("2026-03-28 12:00"), 24.0), utc("2026-03-29 12:00"));
        assert_eq!(clock.elapsed(utc("2026-03-28 12:00"), utc("2026-03-28 11:00")), 0.0, "nothing runs backwards");
        let nobody = WorkingWeek { days: [false; 7], ..OFFICE };
        assert!(!Clock::new(Some(nobody), netherlands).rests(), "a week without hours would never end");
    }

    #[test]
    fn working_hours_rest_at_night_and_over_the_weekend() {
        let clock = Clock::new(Some(OFFICE), netherlands);
        for (from, hours, due) in [
            // Friday 20 November 15:00 in the Netherlands: two hours that day, six on Monday.
            ("2026-11-20 14:00", 24.0, "2026-11-23 14:00"),
            ("2026-11-20 14:00", 72.0, "2026-11-25 14:00"),
            // At night and on Saturday the clock has not begun.
            ("2026-11-20 03:00", 24.0, "2026-11-20 16:00"),
            ("2026-11-21 10:00", 24.0, "2026-11-23 16:00"),
            ("2026-11-21 10:00", 36.0, "2026-11-24 12:00"),
            // Whole weeks: ten working days.
            ("2026-11-20 14:00", 240.0, "2026-12-04 14:00"),
        ] {
            assert_eq!(clock.due(utc(from), hours), utc(due), "{from} and {hours} hours");
            assert!((clock.elapsed(utc(from), utc(due)) - hours).abs() < 1e-9, "{from} to {due}");
        }
        assert_eq!(clock.elapsed(utc("2026-11-20 17:00"), utc("2026-11-23 07:00")), 0.0, "a weekend");
    }

    #[test]
    fn a_day_on_which_the_clock_changes_is_one_day_of_work() {
        let (office, always) = (Clock::new(Some(OFFICE), netherlands), Clock::new(Some(ALWAYS), netherlands));
        // From Friday 12:00 to Monday 12:00 on the wall, over the change of March: one hour earlier in UTC.
        assert_eq!(office.due(utc("2026-03-27 11:00"), 24.0), utc("2026-03-30 10:00"));
        // The Sundays of 23 and of 25 hours.
        for (from, until) in [("2026-03-28 23:00", "2026-03-29 22:00"), ("2026-10-24 22:00", "2026-10-25 23:00")] {
            assert_eq!(always.elapsed(utc(from), utc(until)), 24.0, "{from}");
            assert_eq!(always.due(utc(from), 24.0), utc(until), "{from}");
        }
    }

    #[test]
    fn a_working_day_that_begins_in_the_skipped_hour_begins_after_it() {
        let early = WorkingWeek { from: 2 * 60 + 30, until: 10 * 60, ..ALWAYS };
        let clock = Clock::new(Some(early), netherlands);
        // 02:30 is not there on 29 March; what would be 02:30 is 03:30.
        assert_eq!(clock.elapsed(utc("2026-03-28 20:00"), utc("2026-03-29 01:30")), 0.0);
        assert!(clock.elapsed(utc("2026-03-28 20:00"), utc("2026-03-29 01:31")) > 0.0);
    }

    #[test]
    fn hours_are_said_as_they_are_meant() {
        for (hours, working, en, nl) in [
            (24.0, false, "24 hours", "24 uur"),
            (1.0, false, "1 hour", "1 uur"),
            (24.0, true, "1 working day", "1 werkdag"),
            (36.0, true, "1.5 working days", "1,5 werkdagen"),
        ] {
            assert_eq!(span(hours, working), Text::new(en, nl));
        }
    }

    proptest! {
        #[test]
        fn a_clock_that_is_due_has_run_its_hours(
            minutes in 0_i64..600_000, hours in 0.0..2000.0_f64, days in any::<[bool; 7]>(), from in 0_u32..1400, long in 1_u32..1440, works in any::<bool>(),
        ) {
            let week = WorkingWeek { days, from, until: (from + long).min(1440) };
            let clock = Clock::new(works.then_some(week), netherlands);
            let start = Moment(utc("2026-01-01 00:00").0 + minutes * 60_000);
            let due = clock.due(start, hours);
            prop_assert!(due >= start);
            // A moment is a whole millisecond; the shortest working day of a minute makes 0.4 hours of 1 second.
            let slack = DAY_HOURS / (f64::from(week.until - week.from) * 60_000.0) + 1e-6;
            let run = clock.elapsed(start, due);
            prop_assert!((run - hours).abs() <= slack.max(1e-6), "{run} instead of {hours}");
            prop_assert!(clock.elapsed(start, Moment(due.0 + DAY_MS)) >= run);
        }
    }
}
