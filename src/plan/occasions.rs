//! The occasions of a customer: days that are a reason to do something for them (METHOD §3.2, G2).
//!
//! Three sources come together here: how long they have been a customer, the days an address book
//! knows, and the contacts of the log that carry the tag of an occasion. What lies ahead on the log is
//! an event somebody noted. An occasion of the same sort on the same day is one occasion.
//!
//! Somebody of 29 February is congratulated on the 28th in other years **[J]**: every year has one day
//! for them, and a wish comes better early than late.

use chrono::{Datelike as _, Days, NaiveDate};

use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::occasion::{Noted, Occasion, OccasionKind};
use crate::domain::party::Anniversary;

/// Days back in which an occasion is still worth knowing of.
pub const BEHIND_DAYS: u64 = 60;
/// Days ahead that are looked at.
pub const AHEAD_DAYS: u64 = 120;

/// The stretch of days that is looked at, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Horizon {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Horizon {
    /// From so many days back to so many days ahead; at the edge of the calendar, up to it.
    pub fn around(today: NaiveDate, behind: u64, ahead: u64) -> Self {
        Self {
            from: today.checked_sub_days(Days::new(behind)).unwrap_or(NaiveDate::MIN),
            until: today.checked_add_days(Days::new(ahead)).unwrap_or(NaiveDate::MAX),
        }
    }

    fn holds(self, day: NaiveDate) -> bool {
        (self.from..=self.until).contains(&day)
    }
}

/// The reader's calendar: moments become days there, and days begin there.
#[derive(Clone, Copy)]
pub struct LocalDays<'a> {
    /// The day a moment lies in.
    pub day_of: &'a dyn Fn(Moment) -> NaiveDate,
    /// When a day begins.
    pub midnight: &'a dyn Fn(NaiveDate) -> Moment,
}

/// The occasions of one customer within a horizon, by day; on one day in the order of their sorts.
pub fn occasions(customer: &Customer, yearly: &[Anniversary], noted: &[Noted], horizon: Horizon, days: LocalDays<'_>) -> Vec<Occasion> {
    let since = customer.since.map(days.day_of).map(|since| (OccasionKind::Anniversary, Some(since.year()), since.month(), since.day()));
    let known = yearly.iter().filter_map(|day| Some((kind_of(&day.what)?, day.year, day.month, day.day)));
    let mut found: Vec<Occasion> = Vec::new();
    for (kind, first, month, day) in since.into_iter().chain(known) {
        for year in horizon.from.year()..=horizon.until.year() {
            let years = first.map(|first| year - first);
            // The day it began is no anniversary of it.
            let comes_back = years.is_none_or(|years| years > 0);
            let day = in_year(year, month, day).filter(|day| comes_back && horizon.holds(*day));
            found.extend(day.map(|day| Occasion { kind, day, at: (days.midnight)(day), note: String::new(), years }));
        }
    }
    for contact in noted {
        let day = (days.day_of)(contact.at);
        if horizon.holds(day) {
            found.push(Occasion { kind: contact.kind, day, at: contact.at, note: contact.note.clone(), years: None });
        }
    }
    found.sort_by_key(|occasion| (occasion.day, occasion.kind, occasion.at));
    found.dedup_by(|next, first| next.kind == first.kind && next.day == first.day && join(first, next));
    found
}

fn kind_of(what: &str) -> Option<OccasionKind> {
    match what {
        "birthday" => Some(OccasionKind::Birthday),
        "anniversary" => Some(OccasionKind::Anniversary),
        _ => None,
    }
}

/// The day in a year; 29 February is the 28th where there is none.
fn in_year(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).or_else(|| NaiveDate::from_ymd_opt(year, month, day.checked_sub(1)?))
}

/// Adds what a second source says of the same occasion to the first; the first one's years stay.
fn join(first: &mut Occasion, next: &Occasion) -> bool {
    first.years = first.years.or(next.years);
    if !next.note.is_empty() && first.note != next.note {
        let between = if first.note.is_empty() { "" } else { "; " };
        first.note = format!("{}{between}{}", first.note, next.note);
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::calendar::DAY_MS;

    fn date(written: &str) -> NaiveDate {
        written.parse().unwrap()
    }

    /// A calendar that runs so many hours before or behind UTC.
    fn of_zone(hours: i64) -> (impl Fn(Moment) -> NaiveDate, impl Fn(NaiveDate) -> Moment) {
        let shift = hours * 3_600_000;
        let epoch = date("1970-01-01");
        let day_of = move |at: Moment| epoch + chrono::Duration::days(Moment(at.0 + shift).day());
        let midnight = move |day: NaiveDate| Moment((day - epoch).num_days() * DAY_MS - shift);
        (day_of, midnight)
    }

    fn look(customer: &Customer, yearly: &[&str], noted: &[Noted], today: &str, hours: i64) -> Vec<(String, Option<i32>)> {
        let (day_of, midnight) = of_zone(hours);
        let yearly: Vec<_> = yearly.iter().map(|day| Anniversary::read("birthday", day).unwrap()).collect();
        let horizon = Horizon::around(date(today), BEHIND_DAYS, AHEAD_DAYS);
        let days = LocalDays { day_of: &day_of, midnight: &midnight };
        let found = occasions(customer, &yearly, noted, horizon, days);
        assert!(found.iter().all(|occasion| day_of(occasion.at) == occasion.day));
        found.iter().map(|occasion| (occasion.key(), occasion.years)).collect()
    }

    #[test]
    fn birthdays_count_years_and_a_leap_day_comes_every_year() {
        let nobody = Customer::named("Anna");
        for (born, today, expected) in [
            ("1985-04-12", "2026-03-01", vec![("birthday:2026-04-12".to_owned(), Some(41))]),
            ("--04-12", "2026-06-11", vec![("birthday:2026-04-12".to_owned(), None)]),
            ("--04-12", "2026-06-12", vec![]),
            ("1984-02-29", "2026-01-01", vec![("birthday:2026-02-28".to_owned(), Some(42))]),
            ("1984-02-29", "2028-01-01", vec![("birthday:2028-02-29".to_owned(), Some(44))]),
            ("2026-02-01", "2026-01-01", vec![]),
        ] {
            assert_eq!(look(&nobody, &[born], &[], today, 0), expected, "{born} seen on {today}");
        }
    }

    /// A customer since 23:30 UTC on 31 May: a day later in Amsterdam, still May in New York.
    #[test]
    fn the_customer_anniversary_is_of_the_day_in_the_readers_zone() {
        let (_, midnight) = of_zone(0);
        let since = Moment(midnight(date("2024-06-01")).0 - 1_800_000);
        let anna = Customer { since: Some(since), ..Customer::named("Anna") };
        for (hours, expected) in [(2, "anniversary:2026-06-01"), (-4, "anniversary:2026-05-31")] {
            assert_eq!(look(&anna, &[], &[], "2026-05-01", hours), vec![(expected.to_owned(), Some(2))]);
        }
        assert_eq!(look(&anna, &[], &[], "2024-05-01", 0), vec![], "not on the day they became one");
    }

    #[test]
    fn what_the_log_notes_joins_the_day_it_falls_on() {
        let (day_of, midnight) = of_zone(1);
        let at = |day: &str, hour: i64| Moment(midnight(date(day)).0 + hour * 3_600_000);
        let note = |kind, at, note: &str| Noted { kind, at, note: note.to_owned() };
        let noted = [
            note(OccasionKind::Deal, at("2026-03-02", 9), "signed"),
            note(OccasionKind::Deal, at("2026-03-02", 15), "and a second one"),
            note(OccasionKind::LifeEvent, at("2026-04-20", 10), "opening of the shop"),
            note(OccasionKind::Birthday, at("2026-04-12", 10), "40 roses"),
            note(OccasionKind::Milestone, at("2025-12-01", 10), "too long ago"),
        ];
        let horizon = Horizon::around(date("2026-03-10"), BEHIND_DAYS, AHEAD_DAYS);
        let yearly = [Anniversary::read("birthday", "--04-12").unwrap()];
        let days = LocalDays { day_of: &day_of, midnight: &midnight };
        let found = occasions(&Customer::named("Anna"), &yearly, &noted, horizon, days);
        let told: Vec<_> = found.iter().map(|found| (found.key(), found.note.as_str())).collect();
        assert_eq!(
            told,
            [
                ("deal:2026-03-02".to_owned(), "signed; and a second one"),
                ("birthday:2026-04-12".to_owned(), "40 roses"),
                ("life-event:2026-04-20".to_owned(), "opening of the shop"),
            ]
        );
        assert_eq!(found[0].at, at("2026-03-02", 9));
    }

    proptest! {
        /// Against a calendar that is walked day by day: whatever the day, every year has it once.
        #[test]
        fn every_yearly_day_comes_once_a_year(born in 0_i64..40_000, first in 10_000_i64..25_000, years in 1_i64..9, hours in -11_i64..13, known: bool) {
            let (day_of, midnight) = of_zone(hours);
            let day = |number: i64| date("1900-01-01") + chrono::Duration::days(number);
            let born = day(born);
            let written = if known { born.to_string() } else { born.format("--%m-%d").to_string() };
            let yearly = [Anniversary::read("birthday", &written).unwrap()];
            let horizon = Horizon { from: day(first), until: day(first + years * 366) };
            let days = LocalDays { day_of: &day_of, midnight: &midnight };
            let found = occasions(&Customer::named("Anna"), &yearly, &[], horizon, days);
            let is_theirs = |day: NaiveDate| {
                let leaps_over = (born.month(), born.day()) == (2, 29) && (day.month(), day.day()) == (2, 28) && !day.leap_year();
                (day.month(), day.day()) == (born.month(), born.day()) || leaps_over
            };
            let walked: Vec<NaiveDate> = horizon.from.iter_days().take_while(|day| *day <= horizon.until)
                .filter(|day| is_theirs(*day) && (!known || day.year() > born.year())).collect();
            prop_assert_eq!(found.iter().map(|found| found.day).collect::<Vec<_>>(), walked);
            prop_assert!(found.iter().all(|found| found.at == midnight(found.day)));
            prop_assert!(found.iter().all(|found| found.years == known.then(|| found.day.year() - born.year())));
        }
    }
}
