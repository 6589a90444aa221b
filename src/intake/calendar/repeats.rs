//! Recurrence rules (RFC 5545 §3.3.10), on the clock on the wall.
//!
//! calcard expands them. It walks on to the year 10000 when a rule falls on no day, gathers a year's
//! times before it gives the first, and knows no end but a count. So rules are bounded before it sees
//! them: in their shape, by an end in time, and by what all rules of a file together may take.

use calcard::common::PartialDateTime;
use calcard::common::timezone::Tz;
use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarFrequency as Frequency, ICalendarProperty,
    ICalendarRecurrenceRule, ICalendarValue,
};
use chrono::NaiveDateTime;

use crate::domain::text::Text;
use crate::text;

/// The longest expansion of one rule: every day for 136 years.
const LONGEST: usize = 50_000;

/// More times than this on one day are no appointments.
const MOST_A_DAY: usize = 48;

/// More values than this in one rule mean nothing to people.
const MOST_VALUES: usize = 128;

/// What a rule costs that falls on no day: it is looked for to the end of time.
const BARREN: usize = 20_000;

/// What the rules of one file may take together, counted in instances.
#[derive(Debug)]
pub(super) struct Budget(usize);

impl Budget {
    /// What a file is given: a thousand weekly series of twenty years.
    pub(super) fn of_a_file() -> Self {
        Self(1_000_000)
    }

    fn spend(&mut self, instances: usize) {
        self.0 = self.0.saturating_sub(instances);
    }
}

/// The times on which a rule falls from `start` up to its own end or `horizon`, in order.
///
/// # Errors
/// When calcard refuses the rule, when it is no rule for appointments, or when the budget is spent.
pub(super) fn occurrences(
    start: NaiveDateTime,
    rule: &ICalendarRecurrenceRule,
    end: Option<NaiveDateTime>,
    horizon: NaiveDateTime,
    budget: &mut Budget,
) -> Result<Vec<NaiveDateTime>, Text> {
    check(rule)?;
    if budget.0 == 0 {
        return Err(too_many());
    }
    let last = end.map_or(horizon, |end| end.min(horizon));
    if last < start {
        return Ok(Vec::new());
    }
    let mut rule = rule.clone();
    rule.until = Some(PartialDateTime::from_naive_timestamp(last.and_utc().timestamp()));
    let expanded = series(start, rule).expand_dates(Tz::UTC, LONGEST);
    if !expanded.errors.is_empty() {
        return Err(unreadable());
    }
    let times: Vec<NaiveDateTime> = expanded.events.iter().map(|event| event.start.naive_utc()).collect();
    budget.spend(if times.is_empty() { BARREN } else { times.len() });
    Ok(times)
}

/// A calendar of one bare appointment: what calcard needs to expand a rule.
fn series(start: NaiveDateTime, rule: ICalendarRecurrenceRule) -> ICalendar {
    let start = PartialDateTime::from_naive_timestamp(start.and_utc().timestamp());
    let entries = vec![
        ICalendarEntry::new(ICalendarProperty::Dtstart).with_value(start),
        ICalendarEntry::new(ICalendarProperty::Rrule).with_value(ICalendarValue::RecurrenceRule(Box::new(rule))),
    ];
    let component_type = ICalendarComponentType::VEvent;
    ICalendar { components: vec![ICalendarComponent { component_type, entries, component_ids: Vec::new() }] }
}

/// Refuses rules of which one step could take a second, or a gigabyte.
fn check(rule: &ICalendarRecurrenceRule) -> Result<(), Text> {
    if matches!(rule.freq, Frequency::Minutely | Frequency::Secondly) {
        return Err(text!(
            "an appointment cannot repeat every minute or second",
            "een afspraak kan niet elke minuut of seconde terugkomen"
        ));
    }
    let times = [&rule.byhour, &rule.byminute, &rule.bysecond].map(|list| list.len());
    let values = rule.byday.len() + rule.bymonthday.len() + rule.byyearday.len() + rule.byweekno.len();
    let all = times.iter().sum::<usize>() + values + rule.bymonth.len() + rule.bysetpos.len();
    let a_day = times.iter().fold(1, |product: usize, &count| product.saturating_mul(count.max(1)));
    if a_day > MOST_A_DAY || all > MOST_VALUES {
        return Err(text!("the rule by which it repeats is too long", "de regel waarmee het terugkomt is te lang"));
    }
    Ok(())
}

/// Said of a rule that cannot be read.
pub(super) fn unreadable() -> Text {
    text!("the rule by which it repeats cannot be read", "de regel waarmee het terugkomt is niet te lezen")
}

fn too_many() -> Text {
    text!("the series in this file have too many appointments", "de reeksen in dit bestand hebben te veel afspraken")
}
