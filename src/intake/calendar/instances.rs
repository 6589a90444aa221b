//! An appointment → the moments it took place.

use std::collections::{HashSet, VecDeque};

use calcard::common::PartialDateTime;
use calcard::icalendar::{ICalendarFrequency as Frequency, ICalendarRecurrenceRule};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone};

use crate::domain::calendar::Moment;
use crate::domain::text::Text;

use super::event::Event;
use super::repeats::{Budget, occurrences, unreadable};
use super::stamp::{Clock, Stamp, believable};
use super::survey::Override;
use super::zones::Zones;

/// How many instances of one series are told: the last ones.
pub const MOST_INSTANCES: usize = 5_000;

/// One time an appointment took place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instance {
    pub(super) at: Moment,
    /// By what it is recognised among its series; `None` when there is no series.
    pub(super) key: Option<i64>,
}

/// The instances of an appointment.
#[derive(Debug, Default)]
pub(super) struct Instances {
    /// Those that have begun, in order.
    pub(super) begun: VecDeque<Instance>,
    /// When the next one begins, or when to look again for it.
    pub(super) due: Option<Moment>,
    /// What is wrong with the rule; the instances are what could be read.
    pub(super) trouble: Option<Text>,
}

impl Instances {
    /// One appointment that stands by itself, or an instance told anew.
    pub(super) fn one(at: Moment, key: Option<i64>, until: Moment) -> Self {
        let begun = at <= until;
        let begun_one = begun.then_some(Instance { at, key }).into_iter().collect();
        Self { begun: begun_one, due: (!begun).then_some(at), trouble: None }
    }
}

/// Works out the instances of a series that begins at `start`, without those told anew elsewhere.
pub(super) fn instances<U: TimeZone>(
    event: &Event,
    start: &Stamp,
    zones: &Zones<U>,
    changed: &[Override],
    until: Moment,
    budget: &mut Budget,
) -> Instances {
    let mut found = Instances::default();
    let mut stamps = vec![start.clone()];
    let now = wall_of(until);
    for rule in &event.rules {
        let horizon = now + TimeDelta::days(look_ahead(rule));
        let end = rule.until.as_ref().and_then(|end| end_of(end, start, zones));
        match occurrences(start.wall, rule, end, horizon, budget) {
            Ok(walls) => {
                let goes_on = end.is_none_or(|end| end > horizon) && rule.count.is_none_or(|count| walls.len() < count as usize);
                if goes_on && !walls.is_empty() && walls.last().is_some_and(|&last| last <= now) {
                    found.due = sooner(found.due, Moment(horizon.and_utc().timestamp_millis()));
                }
                stamps.extend(walls.into_iter().filter(|wall| believable(*wall)).map(|wall| Stamp { wall, clock: start.clock.clone() }));
            }
            Err(reason) => found.trouble = Some(reason),
        }
    }
    if event.broken_rule {
        found.trouble = Some(unreadable());
    }
    stamps.extend(event.added.iter().map(|added| added.clone().on_clock_of(start)));
    let kept = Exceptions::new(event, start, zones, changed);
    let mut seen = HashSet::new();
    for stamp in stamps {
        let key = zones.key(&stamp);
        let Some(at) = kept.moment(&stamp, key, zones).filter(|_| seen.insert(key)) else { continue };
        if at <= until {
            found.begun.push_back(Instance { at, key: Some(key) });
        } else {
            found.due = sooner(found.due, at);
        }
    }
    found.begun.make_contiguous().sort_by_key(|instance| instance.at);
    let surplus = found.begun.len().saturating_sub(MOST_INSTANCES);
    found.begun.drain(..surplus);
    found
}

fn sooner(due: Option<Moment>, at: Moment) -> Option<Moment> {
    Some(due.map_or(at, |due| due.min(at)))
}

/// How many days behind now the next instance of a rule is looked for.
fn look_ahead(rule: &ICalendarRecurrenceRule) -> i64 {
    match rule.freq {
        Frequency::Yearly | Frequency::Monthly => 400,
        _ => 40 * i64::from(rule.interval.unwrap_or(1).clamp(1, 10)),
    }
}

/// The end of a rule on the clock of its series. A day alone counts to its end.
fn end_of<U: TimeZone>(end: &PartialDateTime, start: &Stamp, zones: &Zones<U>) -> Option<NaiveDateTime> {
    let time = end.to_date_time()?;
    if !believable(time.date_time) {
        return None;
    }
    let day_end = NaiveTime::from_hms_opt(23, 59, 59)?;
    let wall = match time.offset {
        _ if !end.has_time() => return Some(time.date_time.date().and_time(day_end)),
        Some(offset) => zones.on_clock(&Stamp { wall: time.date_time, clock: Clock::Offset(offset.local_minus_utc()) }, &start.clock),
        None => time.date_time,
    };
    Some(if start.clock == Clock::Day { wall.date().and_time(day_end) } else { wall })
}

/// A moment in UTC, kept within the years that calendars have.
pub(super) fn wall_of(moment: Moment) -> NaiveDateTime {
    // 1900-01-01 and 2199-01-01
    let millis = moment.0.clamp(-2_208_988_800_000, 7_226_582_400_000);
    chrono::DateTime::from_timestamp_millis(millis).unwrap_or_default().naive_utc()
}

/// What is not told with its series.
struct Exceptions {
    keys: HashSet<i64>,
    /// Days on which nothing of the series takes place: programs write days for times, too.
    days: HashSet<NaiveDate>,
    /// From which key on instances are moved by so many milliseconds, or cancelled when `None`; in order.
    moved: Vec<(i64, Option<i64>)>,
}

impl Exceptions {
    fn new<U: TimeZone>(event: &Event, start: &Stamp, zones: &Zones<U>, changed: &[Override]) -> Self {
        let mut all = Self { keys: HashSet::new(), days: HashSet::new(), moved: Vec::new() };
        let removed = event.removed.iter().chain(changed.iter().map(|change| &change.instance));
        for stamp in removed {
            let stamp = if start.clock == Clock::Day { zones.day(stamp) } else { stamp.clone().on_clock_of(start) };
            if stamp.clock == Clock::Day {
                all.days.insert(stamp.wall.date());
            } else {
                all.keys.insert(zones.key(&stamp));
            }
        }
        for change in changed.iter().filter(|change| change.and_future) {
            let instance = if start.clock == Clock::Day { zones.day(&change.instance) } else { change.instance.clone().on_clock_of(start) };
            let by = change.start.as_ref().map_or(0, |start| zones.moment(start).0 - zones.moment(&instance).0);
            all.moved.push((zones.key(&instance), (!change.cancelled).then_some(by)));
        }
        all.moved.sort_unstable();
        all
    }

    /// The moment of an instance, unless it is excepted.
    fn moment<U: TimeZone>(&self, stamp: &Stamp, key: i64, zones: &Zones<U>) -> Option<Moment> {
        if self.keys.contains(&key) || self.days.contains(&stamp.wall.date()) {
            return None;
        }
        let at = zones.moment(stamp);
        let before = self.moved.partition_point(|(from, _)| *from <= key);
        match before.checked_sub(1).map(|last| self.moved[last]) {
            Some((_, by)) => by.map(|by| Moment(at.0.saturating_add(by))),
            None => Some(at),
        }
    }
}
