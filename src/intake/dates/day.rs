//! The day: by its distance from now, by its name, or written out.

use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime, TimeDelta, Weekday};

use super::fault::Fault;
use super::people::Lean;
use super::vocabulary::{Turn, Unit, count, day_word, month, number, turn, unit, weekday};
use super::zone;

/// What the words for the day came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    /// So long before (negative) or after now.
    FromNow(TimeDelta),
    /// A day said by its distance or name.
    Relative(NaiveDate),
    /// A day said by its bare name: with a time later than now it is last week's when logging.
    Named(NaiveDate),
    /// A date written out.
    Written(NaiveDate),
}

/// What was read and what is left.
type Found<'a, 't> = Option<(Result<Day, Fault>, &'a [&'t str])>;

/// The base that words are read from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Base {
    /// Now, on the wall.
    pub(super) now: NaiveDateTime,
    /// Past or future where the words leave it open.
    pub(super) lean: Lean,
}

impl Base {
    /// Reads a day from the front of the tokens; `None` when none stands there.
    pub(super) fn day<'a, 't>(self, tokens: &'a [&'t str]) -> Found<'a, 't> {
        let tokens = match tokens {
            ["on" | "op", rest @ ..] => rest,
            _ => tokens,
        };
        self.spoken(tokens)
            .or_else(|| self.distance(tokens))
            .or_else(|| self.turned(tokens))
            .or_else(|| self.dated_weekday(tokens))
            .or_else(|| self.named_weekday(tokens))
            .or_else(|| self.written(tokens))
    }

    fn shifted(self, days: i64) -> Result<NaiveDate, Fault> {
        TimeDelta::try_days(days).and_then(|shift| self.now.date().checked_add_signed(shift)).ok_or(Fault::Year)
    }

    /// `now`, `today`, `gisteren`, `the day before yesterday`.
    fn spoken<'a, 't>(self, tokens: &'a [&'t str]) -> Found<'a, 't> {
        let tokens = tokens.strip_prefix(&["the"]).unwrap_or(tokens);
        let (shift, rest) = match tokens {
            ["just", "now", rest @ ..] | ["now" | "nu" | "zojuist", rest @ ..] => return Some((Ok(Day::FromNow(TimeDelta::zero())), rest)),
            ["day", "before", "yesterday", rest @ ..] => (-2, rest),
            ["day", "after", "tomorrow", rest @ ..] => (2, rest),
            [first, rest @ ..] => (day_word(first)?, rest),
            [] => return None,
        };
        Some((self.shifted(shift).map(Day::Relative), rest))
    }

    /// `3 days ago`, `een uur geleden`, `in 2 weeks`, `over 2 weken`, `2 weeks from now`.
    fn distance<'a, 't>(self, tokens: &'a [&'t str]) -> Found<'a, 't> {
        let (ahead, tokens) = match tokens {
            ["in" | "over", rest @ ..] => (true, rest),
            _ => (false, tokens),
        };
        if let Some((minutes, rest)) = part_of_an_hour(tokens).filter(|_| !ahead) {
            return Some((Ok(Day::FromNow(TimeDelta::minutes(-minutes))), rest));
        }
        let ([number, name, rest @ ..], false) = (tokens, tokens.is_empty()) else { return None };
        let (count, unit) = (i64::from(count(number)?), unit(name)?);
        match (ahead, rest) {
            (true, rest) | (false, ["from", "now", rest @ ..]) => Some((self.counted(count, unit), rest)),
            (false, ["ago" | "geleden" | "terug" | "back", rest @ ..]) => Some((self.counted(-count, unit), rest)),
            _ => None,
        }
    }

    fn counted(self, count: i64, unit: Unit) -> Result<Day, Fault> {
        match unit {
            Unit::Minute => Ok(Day::FromNow(TimeDelta::minutes(count))),
            Unit::Hour => Ok(Day::FromNow(TimeDelta::hours(count))),
            Unit::Day => self.shifted(count).map(Day::Relative),
            Unit::Week => self.shifted(count * 7).map(Day::Relative),
            Unit::Month => self.months(count).map(Day::Relative),
            Unit::Year => self.months(count * 12).map(Day::Relative),
        }
    }

    /// The same day so many months on, or the month's last.
    fn months(self, count: i64) -> Result<NaiveDate, Fault> {
        let months = u32::try_from(count.unsigned_abs()).map(Months::new).map_err(|_| Fault::Year)?;
        let today = self.now.date();
        let moved = if count < 0 { today.checked_sub_months(months) } else { today.checked_add_months(months) };
        moved.ok_or(Fault::Year)
    }

    /// `last friday`, `volgende week maandag`, `last month`, `this week tuesday`.
    fn turned<'a, 't>(self, tokens: &'a [&'t str]) -> Found<'a, 't> {
        let [first, second, rest @ ..] = tokens else { return None };
        let turn = turn(first)?;
        if let Some(weekday) = weekday(second) {
            return Some((self.nearest(weekday, turn).map(Day::Relative), rest));
        }
        let step = match turn {
            Turn::Last => -1,
            Turn::This => 0,
            Turn::Next => 1,
        };
        match (unit(second)?, rest) {
            (Unit::Week, [day, rest @ ..]) if weekday(day).is_some() => Some((self.in_week(step, weekday(day)?).map(Day::Relative), rest)),
            (unit @ (Unit::Week | Unit::Month | Unit::Year), rest) => Some((self.counted(step, unit), rest)),
            _ => None,
        }
    }

    /// A weekday of the week, from Monday, so many weeks from this one.
    fn in_week(self, weeks: i64, weekday: Weekday) -> Result<NaiveDate, Fault> {
        let into_week = |day: Weekday| i64::from(day.num_days_from_monday());
        self.shifted(weeks * 7 + into_week(weekday) - into_week(self.now.weekday()))
    }

    fn nearest(self, weekday: Weekday, turn: Turn) -> Result<NaiveDate, Fault> {
        let back = i64::from(self.now.weekday().days_since(weekday));
        let on = i64::from(weekday.days_since(self.now.weekday()));
        self.shifted(match (turn, self.lean) {
            (Turn::This, Lean::Past) => -back,
            (Turn::Last, _) => -(if back == 0 { 7 } else { back }),
            (Turn::Next, _) | (Turn::This, Lean::Future) => {
                if on == 0 {
                    7
                } else {
                    on
                }
            }
        })
    }

    /// `friday`, `dinsdag vorige week`, `friday next week`.
    fn named_weekday<'a, 't>(self, tokens: &'a [&'t str]) -> Found<'a, 't> {
        let (first, rest) = tokens.split_first()?;
        let weekday = weekday(first)?;
        match rest {
            [word, "week", rest @ ..] if turn(word).is_some() => {
                let step = [Turn::Last, Turn::This, Turn::Next].iter().position(|&known| turn(word) == Some(known))? as i64 - 1;
                Some((self.in_week(step, weekday).map(Day::Relative), rest))
            }
            _ => Some((self.nearest(weekday, Turn::This).map(Day::Named), rest)),
        }
    }

    /// `friday 20 november`: the two must agree.
    fn dated_weekday<'a, 't>(self, tokens: &'a [&'t str]) -> Found<'a, 't> {
        let (first, rest) = tokens.split_first()?;
        let weekday = weekday(first)?;
        let (day, rest) = self.written(rest)?;
        let agrees = day.and_then(|day| match day {
            Day::Written(date) if date.weekday() != weekday => Err(Fault::Weekday),
            _ => Ok(day),
        });
        Some((agrees, rest))
    }

    /// `21 november 2025`, `november 21`, `21-11-2026`, `21/11`, `2026-11-21`.
    fn written<'a, 't>(self, tokens: &'a [&'t str]) -> Found<'a, 't> {
        let tokens = match tokens {
            ["the" | "de" | "den", rest @ ..] => rest,
            _ => tokens,
        };
        let (first, rest) = tokens.split_first()?;
        if let Some(date) = self.in_numbers(first) {
            return Some((date.map(Day::Written), rest));
        }
        let (second, rest) = match rest {
            ["of", second, rest @ ..] | [second, rest @ ..] => (second, rest),
            [] => return None,
        };
        let (day, month) = ordinal(first).zip(month(second)).or_else(|| ordinal(second).zip(month(first)))?;
        let (year, rest) = match rest {
            [year, rest @ ..] if year.len() == 4 && number(year, 4).is_some() => (number(year, 4), rest),
            _ => (None, rest),
        };
        Some((self.in_year(year, month, day).map(Day::Written), rest))
    }

    fn in_numbers(self, token: &str) -> Option<Result<NaiveDate, Fault>> {
        if token.len() == 8 && number(token, 8).is_some() {
            return Some(zone::date(number(&token[..4], 4)? as i32, number(&token[4..6], 2)?, number(&token[6..], 2)?));
        }
        let separator = token.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
        let pieces: Vec<u32> = token.split(separator).map(|piece| number(piece, 4)).collect::<Option<_>>()?;
        let year_first = token.split(separator).next()?.len() == 4;
        match pieces.as_slice() {
            [year, month, day] if year_first => Some(zone::date(*year as i32, *month, *day)),
            [day, month, year] if *year < 100 => Some(zone::date(*year as i32 + 2000, *month, *day)),
            [day, month, year] => Some(zone::date(*year as i32, *month, *day)),
            [day, month] if separator != '.' && token.len() <= 5 => Some(self.in_year(None, *month, *day)),
            _ => None,
        }
    }

    /// The date in the year said, or in the nearest one that fits the lean; a leap day may lie years off.
    fn in_year(self, year: Option<u32>, month: u32, day: u32) -> Result<NaiveDate, Fault> {
        if let Some(year) = year {
            return zone::date(year as i32, month, day);
        }
        let today = self.now.date();
        (0..=8)
            .filter_map(|away| match self.lean {
                Lean::Past => NaiveDate::from_ymd_opt(today.year() - away, month, day).filter(|date| *date <= today),
                Lean::Future => NaiveDate::from_ymd_opt(today.year() + away, month, day).filter(|date| *date >= today),
            })
            .next()
            .ok_or(Fault::NoSuchDay)
    }
}

/// `half an hour ago`, `een kwartier geleden`: the minutes, and what is left.
fn part_of_an_hour<'a, 't>(tokens: &'a [&'t str]) -> Option<(i64, &'a [&'t str])> {
    let (minutes, rest) = match tokens {
        ["half", "an", "hour", rest @ ..] | ["a" | "een", "half", "hour" | "uur", rest @ ..] | ["half", "uur", rest @ ..] => (30, rest),
        ["een", "halfuur", rest @ ..] | ["halfuur", rest @ ..] => (30, rest),
        ["een", "kwartier", rest @ ..] | ["kwartier", rest @ ..] | ["a", "quarter", "of", "an", "hour", rest @ ..] => (15, rest),
        _ => return None,
    };
    matches!(rest.first()?, &("ago" | "geleden" | "terug" | "back")).then(|| (minutes, &rest[1..]))
}

/// `21`, `21st`, `2nd`, `3rd`, `4th`, `21e`, `1ste`, `2de`.
fn ordinal(token: &str) -> Option<u32> {
    let digits = token.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &token[digits.len()..];
    matches!(suffix, "" | "st" | "nd" | "rd" | "th" | "e" | "ste" | "de").then(|| number(digits, 2)).flatten()
}

/// The week before a date.
pub(super) fn week_before(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(7)).unwrap_or(date)
}
