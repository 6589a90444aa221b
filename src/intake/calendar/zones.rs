//! Clocks → moments: names of time zones, and zones a calendar describes itself (RFC 5545 §3.6.5).

use std::collections::HashMap;
use std::rc::Rc;
use std::str::FromStr;

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendarComponent, ICalendarComponentType as Component, ICalendarProperty as Property, ICalendarValue as Value};
use calcard::{Entry, Parser};
use chrono::{Datelike, NaiveDateTime, Offset, TimeDelta, TimeZone};

use crate::domain::calendar::Moment;

use super::blocks::Block;
use super::repeats::{Budget, occurrences};
use super::stamp::{Clock, Stamp};

/// A file with more zones of its own than this means them no longer.
const MOST_ZONES: usize = 500;

/// Outlook lets the rules of its zones begin in 1601.
const FIRST_YEAR: i32 = 1600;

/// One change of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    /// When, on the clock as it was.
    at: NaiveDateTime,
    /// Seconds east of UTC before it.
    from: i64,
    /// Seconds east of UTC after it.
    to: i64,
}

/// What a TZID stands for.
#[derive(Debug, Clone)]
enum Zone {
    Known(Tz),
    Described(Rc<[Change]>),
}

/// The zones of a file, and the zone of whoever reads it.
pub(super) struct Zones<U> {
    mine: U,
    own: HashMap<String, Zone>,
}

impl<U: TimeZone> Zones<U> {
    pub(super) fn new(mine: U) -> Self {
        Self { mine, own: HashMap::new() }
    }

    /// Takes a VTIMEZONE; what cannot be read is as if it were not there. Changes of the clock are
    /// worked out up to `horizon`.
    pub(super) fn learn(&mut self, block: &Block, horizon: NaiveDateTime, budget: &mut Budget) {
        if block.too_long || self.own.len() >= MOST_ZONES {
            return;
        }
        let text = format!("BEGIN:VTIMEZONE\n{}END:VTIMEZONE\n", block.text);
        let Entry::ICalendar(parsed) = Parser::new(&text).entry() else { return };
        let Some(zone) = parsed.components.first() else { return };
        let Some(name) = zone.property(&Property::Tzid).and_then(|entry| entry.values.first()).and_then(Value::as_text) else { return };
        let meant = match zone.timezone() {
            Some((_, known)) => Zone::Known(known),
            None => match described(&parsed.components, horizon, budget) {
                changes if changes.is_empty() => return,
                changes => Zone::Described(changes.into()),
            },
        };
        self.own.insert(name.trim().to_owned(), meant);
    }

    /// The moment a time stands for; a time the clock skips is read as if it had not, and of a time
    /// that comes twice the first is meant (RFC 5545 §3.3.5).
    pub(super) fn moment(&self, stamp: &Stamp) -> Moment {
        let wall = stamp.wall;
        match &stamp.clock {
            Clock::Day | Clock::Floating => local(wall, &self.mine),
            Clock::Offset(seconds) => Moment(millis(wall) - i64::from(*seconds) * 1000),
            Clock::Zone(name) => match self.zone(name) {
                Some(Zone::Known(zone)) => local(wall, &zone),
                Some(Zone::Described(changes)) => Moment(millis(wall) - offset(&changes, wall) * 1000),
                None => local(wall, &self.mine),
            },
        }
    }

    /// By what a time is recognised: its moment, or the clock on the wall where that is all there is.
    /// It does not depend on where the file is read.
    pub(super) fn key(&self, stamp: &Stamp) -> i64 {
        match stamp.clock {
            Clock::Day | Clock::Floating => millis(stamp.wall),
            _ => self.moment(stamp).0,
        }
    }

    /// The time on another clock, for a rule's end, which is written in UTC (RFC 5545 §3.3.10).
    pub(super) fn on_clock(&self, stamp: &Stamp, clock: &Clock) -> NaiveDateTime {
        if stamp.clock == *clock || matches!(stamp.clock, Clock::Day | Clock::Floating) {
            return stamp.wall;
        }
        let moment = self.moment(stamp);
        let guess = stamp.wall;
        // two steps settle it: the offset that holds there, then once more across a change of the clock
        let step = |wall: NaiveDateTime| wall + TimeDelta::milliseconds(moment.0 - self.moment(&Stamp { wall, clock: clock.clone() }).0);
        step(step(guess))
    }

    /// The day a time lies on: on its own clock, or on mine when it is in UTC.
    pub(super) fn day(&self, stamp: &Stamp) -> Stamp {
        match stamp.clock {
            Clock::Offset(_) => Stamp::day(self.on_clock(stamp, &Clock::Floating)),
            _ => Stamp::day(stamp.wall),
        }
    }

    fn zone(&self, name: &str) -> Option<Zone> {
        self.own.get(name).cloned().or_else(|| Tz::from_str(name).ok().filter(|zone| !zone.is_floating()).map(Zone::Known))
    }
}

fn millis(wall: NaiveDateTime) -> i64 {
    wall.and_utc().timestamp_millis()
}

fn local<Z: TimeZone>(wall: NaiveDateTime, zone: &Z) -> Moment {
    let offset =
        zone.offset_from_local_datetime(&wall).earliest().unwrap_or_else(|| zone.offset_from_utc_datetime(&(wall - TimeDelta::days(1))));
    Moment(millis(wall) - i64::from(offset.fix().local_minus_utc()) * 1000)
}

/// The offset in seconds at a time on the wall.
fn offset(changes: &[Change], wall: NaiveDateTime) -> i64 {
    let passed = changes.partition_point(|change| change.at <= wall);
    match passed.checked_sub(1).map(|last| changes[last]) {
        // inside the hour that is skipped the old offset still holds
        Some(change) if wall < change.at + TimeDelta::seconds((change.to - change.from).max(0)) => change.from,
        Some(change) => change.to,
        None => changes.first().map_or(0, |first| first.from),
    }
}

/// Every change of the clock that a zone describes, in order.
fn described(components: &[ICalendarComponent], horizon: NaiveDateTime, budget: &mut Budget) -> Vec<Change> {
    let observances = components.iter().filter(|part| matches!(part.component_type, Component::Standard | Component::Daylight));
    let mut all: Vec<Change> = observances.filter_map(|part| changes(part, horizon, budget)).flatten().collect();
    all.sort_unstable();
    all
}

fn changes(part: &ICalendarComponent, horizon: NaiveDateTime, budget: &mut Budget) -> Option<Vec<Change>> {
    let first = |property: &Property| part.property(property).and_then(|entry| entry.values.first());
    let time = |value: &Value| value.as_partial_date_time().and_then(PartialDateTime::to_date_time).map(|time| time.date_time);
    let (from, to) = (seconds(first(&Property::Tzoffsetfrom)?)?, seconds(first(&Property::Tzoffsetto)?)?);
    let start = time(first(&Property::Dtstart)?)?;
    let mut starts = vec![start];
    starts.extend(part.properties(&Property::Rdate).flat_map(|entry| &entry.values).filter_map(time));
    if let (Some(Value::RecurrenceRule(rule)), true) = (first(&Property::Rrule), start.year() >= FIRST_YEAR) {
        // its end is written in UTC
        let end = rule.until.as_ref().and_then(PartialDateTime::to_date_time).map(|end| end.date_time + TimeDelta::seconds(from));
        starts.extend(occurrences(start, rule, end, horizon, budget).unwrap_or_default());
    }
    starts.sort_unstable();
    starts.dedup();
    Some(starts.into_iter().map(|at| Change { at, from, to }).collect())
}

/// Seconds east of UTC.
fn seconds(value: &Value) -> Option<i64> {
    let offset = value.as_partial_date_time()?;
    let east = i64::from(offset.tz_hour?) * 3600 + i64::from(offset.tz_minute.unwrap_or(0)) * 60;
    (east <= 24 * 3600).then_some(if offset.tz_minus { -east } else { east })
}
