//! Which week somebody means.

use std::ops::RangeInclusive;

use anyhow::Result;
use chrono::{Datelike as _, Days, NaiveDate, Weekday};

use crate::domain::calendar::Moment;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::dates::{Lean, parse_moment};
use crate::plan::week::Week;
use crate::subcommands::context::Context;
use crate::subcommands::occasions::midnight;
use crate::text;

/// The years that can be meant, as in every date that is typed.
const YEARS: RangeInclusive<i32> = 1900..=2199;

/// The week a day lies in.
pub fn week_with(day: NaiveDate) -> Week {
    let monday = day.week(Weekday::Mon).first_day();
    let next = monday.checked_add_days(Days::new(7)).unwrap_or(monday);
    Week { from: midnight(monday), until: midnight(next), monday }
}

/// The week that is said, or the one that is running, and the moment to plan at: now, or the beginning
/// of a week to come.
///
/// # Errors
/// When it cannot be understood, or is over (exit 2).
pub fn week_of(context: &Context, said: Option<&str>) -> Result<(Week, Moment)> {
    let today = context.clock.date_naive();
    let day = match said.map(str::trim) {
        None => today,
        Some(typed) => named(context, today, typed)?,
    };
    let week = week_with(day);
    if week.until <= context.now() {
        return Err(Problem::usage(text!("that week is over", "die week is voorbij"))
            .why(text!("a plan is made for a week that is running or to come", "een plan is voor een week die loopt of nog komt"))
            .todo(text!("--now plans as of another day", "met --now plan je vanaf een andere dag"))
            .into());
    }
    Ok((week, context.now().max(week.from)))
}

fn named(context: &Context, today: NaiveDate, typed: &str) -> Result<NaiveDate> {
    let lower = typed.to_lowercase();
    match lower.as_str() {
        "this" | "deze" | "now" | "nu" => return Ok(today),
        "next" | "volgende" => return Ok(today.checked_add_days(Days::new(7)).unwrap_or(today)),
        _ => {}
    }
    if let Some(monday) = numbered(&lower, today) {
        if !YEARS.contains(&monday.year()) {
            return Err(not_understood(text!(
                "`{typed}` lies outside the years 1900 to 2199",
                "`{typed}` ligt buiten de jaren 1900 tot en met 2199"
            )));
        }
        return Ok(monday);
    }
    let moment = parse_moment(typed, &context.clock, Lean::Future).map_err(not_understood)?;
    Ok(context.local(moment).date_naive())
}

fn not_understood(why: Text) -> anyhow::Error {
    Problem::usage(text!("--week was not understood", "--week is niet begrepen"))
        .why(why)
        .todo(text!("name it: this, next, 2026-W30 or a day in it", "noem die zo: deze, volgende, 2026-W30 of een dag erin"))
        .into()
}

/// `2026-W30`, `W30` and `30`: the Monday of a week by its number (ISO 8601). A number alone that has passed
/// this year is next year's.
fn numbered(typed: &str, today: NaiveDate) -> Option<NaiveDate> {
    let monday = |year, number: &str| NaiveDate::from_isoywd_opt(year, number.parse().ok()?, Weekday::Mon);
    let number = match typed.split_once('w') {
        Some(("", number)) => number,
        Some((year, number)) => return monday(year.trim_end_matches('-').parse().ok()?, number),
        None => typed,
    };
    let year = today.iso_week().year();
    let this = today.week(Weekday::Mon).first_day();
    monday(year, number).filter(|monday| *monday >= this).or_else(|| monday(year + 1, number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_by_number_begin_on_monday() {
        let today = NaiveDate::from_ymd_opt(2026, 7, 1).unwrap();
        for (typed, monday) in [
            ("2026-w30", "2026-07-20"),
            ("w30", "2026-07-20"),
            ("27", "2026-06-29"),
            ("53", "2026-12-28"),
            ("2027w01", "2027-01-04"),
            ("2026-w01", "2025-12-29"),
        ] {
            assert_eq!(numbered(typed, today).map(|day| day.to_string()), Some(monday.to_owned()), "{typed}");
        }
        for wrong in ["54", "w0", "2027-w53", "monday", "2026-w", ""] {
            assert_eq!(numbered(wrong, today), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_that_has_passed_this_year_is_next_years() {
        for (today, typed, monday) in [
            ("2026-07-01", "w1", "2027-01-04"),
            ("2026-07-01", "26", "2027-06-28"),
            ("2026-12-31", "w1", "2027-01-04"),
            ("2026-12-31", "w53", "2026-12-28"),
            ("2027-01-01", "w52", "2027-12-27"),
            ("2027-01-03", "53", "2026-12-28"),
        ] {
            assert_eq!(numbered(typed, today.parse().unwrap()).unwrap().to_string(), monday, "{typed} on {today}");
        }
        assert_eq!(numbered("53", "2027-01-04".parse().unwrap()), None, "neither 2027 nor 2028 has one");
    }

    #[test]
    fn a_week_is_seven_days_from_monday() {
        let week = week_with(NaiveDate::from_ymd_opt(2026, 7, 5).unwrap());
        assert_eq!(week.monday.to_string(), "2026-06-29");
        assert_eq!(week_with(NaiveDate::from_ymd_opt(2026, 6, 29).unwrap()), week);
        assert!(week.holds(week.end()) && !week.holds(week.until));
    }
}
