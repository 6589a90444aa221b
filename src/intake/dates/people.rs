//! What people type: tokens, then a day and a time in either order.

use chrono::{DateTime, NaiveTime, TimeZone};

use crate::domain::calendar::Moment;
use crate::domain::text::Text;

use super::day::{Base, Day, week_before};
use super::fault::Fault;
use super::hour::time;
use super::stamp::{read_stamp, shown};
use super::vocabulary::{day_word, number, part, unit, weekday};
use super::zone;

/// Which way a date leans when its words leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lean {
    /// What is logged has happened.
    Past,
    /// What is due is to come.
    Future,
}

/// Reads a date as people type it, in English or Dutch; the essay of this module says what is filled in.
///
/// # Errors
/// When it is not understood or not in the calendar, with examples that are.
pub fn parse_moment<Tz: TimeZone>(typed: &str, now: &DateTime<Tz>, lean: Lean) -> Result<Moment, Text> {
    match read_stamp(typed, &now.timezone()) {
        Err(Fault::Shape) => read_words(typed, now, lean),
        read => read,
    }
    .map_err(|fault| fault.of_people(&shown(typed)))
}

/// What is wrong with a date that is written as one and that the calendar does not have, such as
/// `31 februari`, or that is another day of the week; [`None`] for anything else.
pub fn slip_of<Tz: TimeZone>(typed: &str, now: &DateTime<Tz>) -> Option<Text> {
    let fault = match read_stamp(typed, &now.timezone()) {
        Err(Fault::Shape) => read_words(typed, now, Lean::Past).err()?,
        read => read.err()?,
    };
    matches!(fault, Fault::NoSuchDay | Fault::Weekday).then(|| fault.of_people(&shown(typed)))
}

/// A day without a year that lies most of a year back, and in a moment to come within two months: the day to
/// come, as `2026-11-24`; [`None`] for anything else.
pub fn soon_again<Tz: TimeZone>(typed: &str, now: &DateTime<Tz>) -> Option<String> {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    let read = |lean| parse_moment(typed, now, lean).ok().map(|at| at.0 - now.timestamp_millis());
    let (back, on) = (read(Lean::Past)?, read(Lean::Future)?);
    let soon = back < -300 * DAY && (0..60 * DAY).contains(&on);
    soon.then(|| (now.naive_local() + chrono::TimeDelta::milliseconds(on)).date().to_string())
}

fn read_words<Tz: TimeZone>(typed: &str, now: &DateTime<Tz>, lean: Lean) -> Result<Moment, Fault> {
    if typed.len() > 200 {
        return Err(Fault::Shape);
    }
    let lower = typed.to_lowercase();
    let tokens = tokens(&lower);
    let base = Base { now: now.naive_local(), lean };
    let (day, hour) = day_and_time(base, &tokens).ok_or(Fault::Shape)?;
    let hour = hour.transpose()?;
    settle(day?, hour, now, base)
}

/// Cuts at spaces and commas, takes full stops off, and parts what is written together.
fn tokens(lower: &str) -> Vec<&str> {
    lower
        .split(|c: char| c.is_whitespace() || c == ',')
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .flat_map(parted)
        .collect()
}

/// `vrijdagmiddag` → `vrijdag middag`, `vanochtend` → `vandaag ochtend`, `3d` → `3 d`.
fn parted(word: &str) -> impl Iterator<Item = &str> {
    let pair = together(word).unwrap_or((word, ""));
    [pair.0, pair.1].into_iter().filter(|piece| !piece.is_empty())
}

fn together(word: &str) -> Option<(&str, &str)> {
    if word == "tonight" {
        return Some(("today", "evening"));
    }
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (count, name) = word.split_at(digits);
    if number(count, 6).is_some() && unit(name).is_some() {
        return Some((count, name));
    }
    let (day, part_of_day) = ["ochtend", "morgen", "middag", "avond"].iter().find_map(|&end| Some((word.strip_suffix(end)?, end)))?;
    debug_assert!(part(part_of_day).is_some());
    match day {
        "van" => Some(("vandaag", part_of_day)),
        "over" => None,
        day => (day_word(day).is_some() || weekday(day).is_some()).then_some((day, part_of_day)),
    }
}

/// A day and perhaps a time, in either order, or a time alone; nothing may be left over.
#[expect(clippy::type_complexity, reason = "a pair of readings, taken apart at once")]
fn day_and_time(base: Base, tokens: &[&str]) -> Option<(Result<Day, Fault>, Option<Result<NaiveTime, Fault>>)> {
    if let Some((day, rest)) = base.day(tokens) {
        match time(rest) {
            None if rest.is_empty() => return Some((day, None)),
            Some((hour, [])) => return Some((day, Some(hour))),
            _ => {}
        }
    }
    let (hour, rest) = time(tokens)?;
    if rest.is_empty() {
        return Some((Ok(Day::Relative(base.now.date())), Some(hour)));
    }
    base.day(rest).filter(|(_, rest)| rest.is_empty()).map(|(day, _)| (day, Some(hour)))
}

fn settle<Tz: TimeZone>(day: Day, hour: Option<NaiveTime>, now: &DateTime<Tz>, base: Base) -> Result<Moment, Fault> {
    let today = base.now.date();
    let (date, time) = match (day, hour) {
        (Day::FromNow(shift), None) => return away(now, shift),
        (Day::FromNow(_), Some(_)) => return Err(Fault::Shape),
        (Day::Relative(date) | Day::Named(date), None) if date == today => return Ok(Moment(now.timestamp_millis())),
        (Day::Named(date), Some(time)) if base.lean == Lean::Past && date.and_time(time) > base.now => (week_before(date), time),
        (Day::Relative(date) | Day::Named(date), None) => (date, NaiveTime::MIN + chrono::TimeDelta::hours(12)),
        (Day::Written(date), None) => (date, NaiveTime::MIN),
        (Day::Relative(date) | Day::Named(date) | Day::Written(date), Some(time)) => (date, time),
    };
    Ok(zone::local_moment(zone::believable(date)?.and_time(time), &now.timezone()))
}

fn away<Tz: TimeZone>(now: &DateTime<Tz>, shift: chrono::TimeDelta) -> Result<Moment, Fault> {
    let moved = now.naive_utc().checked_add_signed(shift).ok_or(Fault::Year)?;
    zone::believable(moved.date())?;
    Ok(Moment(moved.and_utc().timestamp_millis()))
}
