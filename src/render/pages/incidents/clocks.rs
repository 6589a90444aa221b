//! How a clock is told: by when something is to be done, or how long ago that was.

use chrono::{DateTime, Datelike as _, FixedOffset};

use crate::domain::numbers::counted;
use crate::domain::text::{Lang, Text};
use crate::measure::recovery::Step;
use crate::render::locale::Look;
use crate::render::pages::logged::when;
use crate::text;

const WEEKDAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WEEKDAYS_NL: [&str; 7] = ["ma", "di", "wo", "do", "vr", "za", "zo"];

/// `today 14:00`, `Tue 14:00` within a week, else the day and the time in full.
pub fn moment(at: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> Text {
    let (time, day) = (at.format("%H:%M"), day(at, now));
    match (at.date_naive() - now.date_naive()).num_days() {
        0..=6 => Text::new(format!("{} {time}", day.en), format!("{} {time}", day.nl)),
        _ => when(at),
    }
}

/// `today`, `Tue` within a week, else the day in full.
pub fn day(at: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> Text {
    let day = at.weekday().num_days_from_monday() as usize;
    match (at.date_naive() - now.date_naive()).num_days() {
        0 => text!("today", "vandaag"),
        1..=6 => Text::new(WEEKDAYS_EN[day], WEEKDAYS_NL[day]),
        _ => {
            let of = |lang| Look { lang, ..Look::default() }.date(at.date_naive());
            Text::new(of(Lang::En), of(Lang::Nl))
        }
    }
}

/// What is to be done by when, or how late it is. Asking afterwards is never too late.
pub fn told(step: Step, by: DateTime<FixedOffset>, now: DateTime<FixedOffset>) -> Text {
    let at = if step == Step::Check { day(by, now) } else { moment(by, now) };
    let (en, nl) = (at.en, at.nl);
    let late = (now > by).then(|| long(now - by));
    match (step, late) {
        (Step::Acknowledge, None) => text!("answer by {en}", "antwoord voor {nl}"),
        (Step::Resolve, None) => text!("make good by {en}", "goedmaken voor {nl}"),
        (Step::Check, None) => text!("ask how it is from {en}", "vragen hoe het is vanaf {nl}"),
        (Step::Check, Some(_)) => text!("time to ask how it is", "tijd om te vragen hoe het is"),
        (Step::Acknowledge, Some(late)) => Text::new(format!("answer: {} too late", late.en), format!("antwoord: {} te laat", late.nl)),
        (Step::Resolve, Some(late)) => Text::new(format!("make good: {} too late", late.en), format!("goedmaken: {} te laat", late.nl)),
    }
}

/// Hours up to two days, then days.
fn long(late: chrono::TimeDelta) -> Text {
    match late.num_hours() {
        ..1 => text!("less than an hour", "minder dan een uur"),
        hours @ 1..48 => counted(hours.unsigned_abs(), ["hour", "hours"], ["uur", "uur"]),
        hours => counted((hours / 24).unsigned_abs(), ["day", "days"], ["dag", "dagen"]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_told_in_both_languages() {
        let at = |written: &str| DateTime::parse_from_rfc3339(&format!("{written}:00+01:00")).unwrap();
        let by = at("2026-11-24T14:00");
        for (now, step, en, nl) in [
            ("2026-11-24T13:59", Step::Acknowledge, "answer by today 14:00", "antwoord voor vandaag 14:00"),
            ("2026-11-24T14:00", Step::Acknowledge, "answer by today 14:00", "antwoord voor vandaag 14:00"),
            ("2026-11-24T14:30", Step::Acknowledge, "answer: less than an hour too late", "antwoord: minder dan een uur te laat"),
            ("2026-11-20T09:00", Step::Resolve, "make good by Tue 14:00", "goedmaken voor di 14:00"),
            ("2026-11-17T09:00", Step::Resolve, "make good by 24 Nov 2026 14:00", "goedmaken voor 24 nov 2026 14:00"),
            ("2026-11-24T17:10", Step::Resolve, "make good: 3 hours too late", "goedmaken: 3 uur te laat"),
            ("2026-11-27T17:10", Step::Resolve, "make good: 3 days too late", "goedmaken: 3 dagen te laat"),
            ("2026-11-10T09:00", Step::Check, "ask how it is from 24 Nov 2026", "vragen hoe het is vanaf 24 nov 2026"),
            ("2026-11-27T09:00", Step::Check, "time to ask how it is", "tijd om te vragen hoe het is"),
        ] {
            assert_eq!(told(step, by, at(now)), Text::new(en, nl), "{now}");
        }
    }
}
