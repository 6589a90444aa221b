//! Recurrences: held against days counted by hand.

use chrono::{Datelike, Days, NaiveDate, TimeDelta, Weekday};

use super::*;

const START: &str = "DTSTART;TZID=Europe/Amsterdam:20240108T090000";

fn days(text: &str) -> Vec<String> {
    told(text, LATER).iter().map(|at| at.get(5..10).unwrap_or(at).to_owned()).collect()
}

#[test]
fn rules_and_their_exceptions() {
    for (lines, expected) in [
        ("RRULE:FREQ=WEEKLY;COUNT=3", "01-08 01-15 01-22"),
        ("RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=3;BYDAY=MO,WE", "01-08 01-10 01-22"),
        // 09:00 in Amsterdam is 08:00 UTC: the end counts, in UTC, as a day, or as a time on the wall
        ("RRULE:FREQ=WEEKLY;UNTIL=20240122T080000Z", "01-08 01-15 01-22"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20240122T075959Z", "01-08 01-15"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20240122", "01-08 01-15 01-22"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20240122T090000", "01-08 01-15 01-22"),
        ("RRULE:FREQ=WEEKLY;UNTIL=20200101T000000Z", "01-08"),
        ("RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE;TZID=Europe/Amsterdam:20240115T090000,20240122T090000", "01-08 01-29"),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20240115T080000Z", "01-08 01-22"),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20240115", "01-08 01-22"),
        ("RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20240115T090000", "01-08 01-22"),
        ("RRULE:FREQ=WEEKLY;COUNT=2\nRDATE:20240110T080000Z,20240115T080000Z", "01-08 01-10 01-15"),
        ("RDATE;TZID=Europe/Amsterdam:20240111T090000\nRDATE;VALUE=PERIOD:20240112T080000Z/PT1H", "01-08 01-11 01-12"),
        ("RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", "01-08 01-26 02-23"),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "01-08"),
        ("RRULE:FREQ=DAILY;COUNT=2\nRRULE:FREQ=WEEKLY;COUNT=2", "01-08 01-09 01-15"),
    ] {
        assert_eq!(days(&events(&[&format!("{START}\n{lines}")])).join(" "), expected, "{lines}");
    }
}

#[test]
fn nine_in_the_morning_stays_nine_when_the_clock_is_set() {
    let lines = "DTSTART;TZID=Europe/Amsterdam:20240325T090000\nRRULE:FREQ=WEEKLY;COUNT=2";
    assert_eq!(told(&events(&[lines]), LATER), ["2024-03-25T08:00", "2024-04-01T07:00"]);
    let floating = "DTSTART:20241021T090000\nRRULE:FREQ=WEEKLY;COUNT=2";
    assert_eq!(told(&events(&[floating]), LATER), ["2024-10-21T07:00", "2024-10-28T08:00"]);
    let all_day = "SUMMARY:Jansen\nDTSTART;VALUE=DATE:20241026\nRRULE:FREQ=DAILY;UNTIL=20241028";
    assert_eq!(told(&events(&[all_day]), LATER), ["2024-10-25T22:00", "2024-10-26T22:00", "2024-10-27T23:00"]);
}

#[test]
fn an_instance_told_anew_is_told_once() {
    let series = format!("UID:s\n{START}\nRRULE:FREQ=WEEKLY;COUNT=4");
    let moved = "UID:s\nSEQUENCE:3\nRECURRENCE-ID;TZID=Europe/Amsterdam:20240115T090000\nDTSTART;TZID=Europe/Amsterdam:20240116T140000";
    let off = "UID:s\nRECURRENCE-ID:20240122T080000Z\nDTSTART:20240122T080000Z\nSTATUS:CANCELLED";
    let expected = ["- cancelled", "2024-01-08T08:00", "2024-01-16T13:00", "2024-01-29T08:00"];
    for order in [[series.as_str(), moved, off], [off, moved, series.as_str()]] {
        let mut said = told(&events(&order), LATER);
        said.sort();
        assert_eq!(said, expected);
    }
    // the changed one is recognised as the one it was
    let identities = |text: String| read(text.as_bytes(), LATER).0.into_iter().map(|record| record.unwrap().identity).collect::<Vec<_>>();
    let (plain, changed) = (identities(events(&[&series])), identities(events(&[&series, moved])));
    assert_eq!((changed[3], plain.len()), (plain[1], 4));
    let whole = "UID:d\nSUMMARY:x\nDTSTART;VALUE=DATE:20240108\nRRULE:FREQ=DAILY;COUNT=2";
    let day = "UID:d\nSUMMARY:y\nRECURRENCE-ID;VALUE=DATE:20240109\nDTSTART;VALUE=DATE:20240112";
    let (plain, changed) = (identities(events(&[whole])), identities(events(&[whole, day])));
    assert_eq!(changed, plain);
    // Outlook's entries for a whole day begin at a midnight
    let flag = "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nUID:o\nSUMMARY:x";
    let whole = format!("{flag}\nDTSTART;TZID=W. Europe Standard Time:20240108T000000\nRRULE:FREQ=DAILY;COUNT=2");
    let day =
        format!("{flag}\nRECURRENCE-ID;TZID=W. Europe Standard Time:20240109T000000\nDTSTART;TZID=W. Europe Standard Time:20240112T000000");
    let (plain, changed) = (identities(events(&[&whole])), identities(events(&[&whole, &day])));
    assert_eq!(changed, plain);
}

#[test]
fn this_and_all_that_follow_move_or_are_cancelled() {
    let series = format!("UID:s\n{START}\nRRULE:FREQ=WEEKLY;COUNT=4");
    let change =
        "UID:s\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20240115T090000\nDTSTART;TZID=Europe/Amsterdam:20240115T100000";
    let expected = ["2024-01-08T08:00", "2024-01-22T09:00", "2024-01-29T09:00", "2024-01-15T09:00"];
    assert_eq!(told(&events(&[&series, change]), LATER), expected);
    let off = format!("{change}\nSTATUS:CANCELLED");
    assert_eq!(told(&events(&[&series, &off]), LATER), ["2024-01-08T08:00", "- cancelled"]);
}

#[test]
fn the_latest_version_counts() {
    let version = |sequence: i32, hour: u32| format!("UID:v\nSEQUENCE:{sequence}\nDTSTART:20240108T{hour}0000Z");
    let older = "- an older version of an appointment";
    assert_eq!(told(&events(&[&version(2, 10), &version(1, 11)]), LATER), ["2024-01-08T10:00", older]);
    assert_eq!(told(&events(&[&version(1, 10), &version(1, 11)]), LATER), [older, "2024-01-08T11:00"]);
    let instance = |sequence: i32, hour: u32| format!("{}\nRECURRENCE-ID:20240108T090000Z", version(sequence, hour));
    assert_eq!(told(&events(&[&instance(2, 10), &instance(1, 11)]), LATER), ["2024-01-08T10:00", older]);
}

#[test]
fn a_series_is_told_up_to_now_and_its_next_is_due() {
    let weekly = events(&[&format!("{START}\nRRULE:FREQ=WEEKLY")]);
    let (all, due) = read(weekly.as_bytes(), "2024-01-22T08:00:00Z");
    assert_eq!((all.len(), due.map(utc)), (3, Some("2024-01-29T08:00".to_owned())));
    let yearly = events(&[&format!("{START}\nRRULE:FREQ=YEARLY;INTERVAL=10")]);
    let due = read(yearly.as_bytes(), "2025-01-01T00:00:00Z").1.unwrap();
    assert!(due > moment("2025-06-01T00:00:00Z") && due < moment("2034-01-08T08:00:00Z"), "look again before it comes");
    let daily = events(&["SUMMARY:x\nDTSTART:19950101T100000Z\nRRULE:FREQ=DAILY"]);
    let (all, due) = read(daily.as_bytes(), "2025-01-01T10:00:00Z");
    assert_eq!(
        (all.len(), short(&all[MOST_INSTANCES - 1]), due.map(utc)),
        (MOST_INSTANCES, "2025-01-01T10:00".to_owned(), Some("2025-01-02T10:00".to_owned()))
    );
}

/// The day of the week of a rule and the day that falls on it.
const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Mon),
    ("TU", Weekday::Tue),
    ("WE", Weekday::Wed),
    ("TH", Weekday::Thu),
    ("FR", Weekday::Fri),
    ("SA", Weekday::Sat),
    ("SU", Weekday::Sun),
];

/// 09:15 in Amsterdam as UTC, by the rule of the European Union alone.
fn quarter_past_nine(day: NaiveDate) -> String {
    let last_sunday = |month: u32| {
        let last = NaiveDate::from_ymd_opt(day.year(), month, 31).unwrap();
        last - TimeDelta::days(i64::from(last.weekday().num_days_from_sunday()))
    };
    let summer = day >= last_sunday(3) && day < last_sunday(10);
    format!("{day}T{}:15", if summer { "07" } else { "08" })
}

/// Holds a rule against every day of nine years, asked one by one.
fn held(rule: &str, start: NaiveDate, falls: impl Fn(NaiveDate) -> bool) {
    let count = 40;
    let end = NaiveDate::from_ymd_opt(2029, 12, 31).unwrap();
    let walk = start.iter_days().take_while(|day| *day <= end);
    let expected: Vec<String> = walk.filter(|day| *day == start || falls(*day)).take(count).map(quarter_past_nine).collect();
    let lines = format!("DTSTART;TZID=Europe/Amsterdam:{}T091500\nRRULE:{rule};COUNT={count}", start.format("%Y%m%d"));
    assert_eq!(told(&events(&[&lines]), LATER), expected, "{lines}");
}

#[test]
fn rules_agree_with_a_walk_over_the_days() {
    let first = NaiveDate::from_ymd_opt(2021, 1, 1).unwrap();
    for offset in (0..365).step_by(13) {
        let start = first + Days::new(offset);
        let weekday = start.weekday();
        let (code, _) = WEEKDAYS[weekday.num_days_from_monday() as usize];
        let (other, other_day) = WEEKDAYS[(offset % 7) as usize];
        let monday = |day: NaiveDate| day - Days::new(u64::from(day.weekday().num_days_from_monday()));
        let months = |day: NaiveDate| (day.year() - start.year()) * 12 + day.month0() as i32 - start.month0() as i32;
        for every in [1, 2, 5] {
            let part = format!("INTERVAL={every}");
            held(&format!("FREQ=DAILY;{part}"), start, |day| (day - start).num_days() % every == 0);
            held(&format!("FREQ=WEEKLY;{part};BYDAY={code},{other}"), start, |day| {
                (monday(day) - monday(start)).num_weeks() % every == 0 && (day.weekday() == weekday || day.weekday() == other_day)
            });
            held(&format!("FREQ=MONTHLY;{part}"), start, |day| i64::from(months(day)) % every == 0 && day.day() == start.day());
            let nth = start.day0() / 7 + 1;
            if nth <= 4 {
                held(&format!("FREQ=MONTHLY;{part};BYDAY={nth}{code}"), start, |day| {
                    i64::from(months(day)) % every == 0 && day.weekday() == weekday && day.day0() / 7 + 1 == nth
                });
            }
            held(&format!("FREQ=YEARLY;{part}"), start, |day| {
                i64::from(day.year() - start.year()) % every == 0 && (day.month(), day.day()) == (start.month(), start.day())
            });
        }
    }
}
