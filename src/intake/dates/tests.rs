use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDate, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};
use proptest::prelude::*;

use super::*;
use crate::domain::calendar::Moment;

/// Saturday 21 November 2026, two in the afternoon.
fn now() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2026-11-21T14:00:00+01:00").unwrap()
}

fn read(typed: &str, lean: Lean) -> String {
    match parse_moment(typed, &now(), lean) {
        Ok(moment) => {
            DateTime::from_timestamp_millis(moment.0).unwrap().with_timezone(&now().timezone()).format("%Y-%m-%d %H:%M").to_string()
        }
        Err(said) => format!("error: {said}"),
    }
}

#[test]
fn words_that_mean_the_same_whichever_way_it_leans() {
    for (typed, meant) in [
        ("now", "2026-11-21 14:00"),
        ("Nu", "2026-11-21 14:00"),
        ("today", "2026-11-21 14:00"),
        ("vandaag", "2026-11-21 14:00"),
        ("vandaag om 16.15", "2026-11-21 16:15"),
        ("yesterday", "2026-11-20 12:00"),
        ("GISTEREN", "2026-11-20 12:00"),
        ("yesterday 14:30", "2026-11-20 14:30"),
        ("gisteren, om 9 uur", "2026-11-20 09:00"),
        ("at 3pm yesterday", "2026-11-20 15:00"),
        ("yesterday at 3:30 pm", "2026-11-20 15:30"),
        ("gisteravond", "2026-11-20 20:00"),
        ("gisteren 's avonds", "2026-11-20 20:00"),
        ("gisteren om 3 uur 's middags", "2026-11-20 15:00"),
        ("gisterenmiddag om 3 uur", "2026-11-20 15:00"),
        ("vanochtend om 9.15", "2026-11-21 09:15"),
        ("yesterday afternoon at 4:30", "2026-11-20 16:30"),
        ("yesterday 12am", "2026-11-20 00:00"),
        ("yesterday 12pm", "2026-11-20 12:00"),
        ("vanochtend", "2026-11-21 09:00"),
        ("vanmorgen", "2026-11-21 09:00"),
        ("this morning", "2026-11-21 09:00"),
        ("tonight", "2026-11-21 20:00"),
        ("eergisteren", "2026-11-19 12:00"),
        ("the day before yesterday", "2026-11-19 12:00"),
        ("gisteren om half tien", "2026-11-20 09:30"),
        ("3 november 2026 om half 10", "2026-11-03 09:30"),
        ("yesterday at half past nine", "2026-11-20 09:30"),
        ("gisteren kwart over 9", "2026-11-20 09:15"),
        ("yesterday at a quarter to ten", "2026-11-20 09:45"),
        ("gisteren half een", "2026-11-20 12:30"),
        ("gisteren om half vier 's middags", "2026-11-20 15:30"),
        ("yesterday half past three pm", "2026-11-20 15:30"),
        ("gisteren om negen uur", "2026-11-20 09:00"),
        ("yesterday at nine", "2026-11-20 09:00"),
        ("gisteren om kwart voor 9 's avonds", "2026-11-20 20:45"),
        ("tomorrow", "2026-11-22 12:00"),
        ("morgen", "2026-11-22 12:00"),
        ("morgenmiddag", "2026-11-22 14:00"),
        ("overmorgen 14u30", "2026-11-23 14:30"),
        ("3 days ago", "2026-11-18 12:00"),
        ("3 dagen geleden", "2026-11-18 12:00"),
        ("3d ago 08:05", "2026-11-18 08:05"),
        ("drie dagen geleden", "2026-11-18 12:00"),
        ("a week ago", "2026-11-14 12:00"),
        ("2 weeks ago", "2026-11-07 12:00"),
        ("in 2 weeks", "2026-12-05 12:00"),
        ("over 2 weken", "2026-12-05 12:00"),
        ("2 weeks from now", "2026-12-05 12:00"),
        ("in 3 days", "2026-11-24 12:00"),
        ("an hour ago", "2026-11-21 13:00"),
        ("een uur geleden", "2026-11-21 13:00"),
        ("één uur geleden", "2026-11-21 13:00"),
        ("half an hour ago", "2026-11-21 13:30"),
        ("een half uur geleden", "2026-11-21 13:30"),
        ("kwartier geleden", "2026-11-21 13:45"),
        ("9 uur geleden", "2026-11-21 05:00"),
        ("20 minuten geleden", "2026-11-21 13:40"),
        ("last month", "2026-10-21 12:00"),
        ("vorige maand", "2026-10-21 12:00"),
        ("a year ago", "2025-11-21 12:00"),
        ("vorig jaar", "2025-11-21 12:00"),
        ("last week", "2026-11-14 12:00"),
        ("last friday", "2026-11-20 12:00"),
        ("afgelopen vrijdag", "2026-11-20 12:00"),
        ("last saturday", "2026-11-14 12:00"),
        ("next friday", "2026-11-27 12:00"),
        ("komende zaterdag", "2026-11-28 12:00"),
        ("last week tuesday", "2026-11-10 12:00"),
        ("vorige week dinsdag", "2026-11-10 12:00"),
        ("dinsdag vorige week", "2026-11-10 12:00"),
        ("deze week dinsdag", "2026-11-17 12:00"),
        ("volgende week maandag 10:00", "2026-11-23 10:00"),
        ("14:30", "2026-11-21 14:30"),
        ("om 14.30", "2026-11-21 14:30"),
        ("noon", "2026-11-21 12:00"),
        ("21 november", "2026-11-21 00:00"),
        ("november 21", "2026-11-21 00:00"),
        ("21 nov 2025", "2025-11-21 00:00"),
        ("Nov 21st, 2025", "2025-11-21 00:00"),
        ("the 3rd of march 2026", "2026-03-03 00:00"),
        ("de 3e maart 2026 14:30", "2026-03-03 14:30"),
        ("vrijdag 20 november 2026", "2026-11-20 00:00"),
        ("21-11-2026", "2026-11-21 00:00"),
        ("1-11-2026", "2026-11-01 00:00"),
        ("01/11/2026", "2026-11-01 00:00"),
        ("1.11.2026 14.30", "2026-11-01 14:30"),
        ("1-11-26", "2026-11-01 00:00"),
        ("20261101", "2026-11-01 00:00"),
        ("2026/11/1", "2026-11-01 00:00"),
        ("2026-11-20", "2026-11-20 00:00"),
        ("2026-11-20 14:30", "2026-11-20 14:30"),
        ("2026-11-20 om 14:30", "2026-11-20 14:30"),
        ("2026-11-20T14:30:00Z", "2026-11-20 15:30"),
    ] {
        for lean in [Lean::Past, Lean::Future] {
            assert_eq!(read(typed, lean), meant, "{typed} {lean:?}");
        }
    }
}

#[test]
fn words_that_lean() {
    for (typed, past, future) in [
        ("friday", "2026-11-20 12:00", "2026-11-27 12:00"),
        ("vrijdag", "2026-11-20 12:00", "2026-11-27 12:00"),
        ("on fri", "2026-11-20 12:00", "2026-11-27 12:00"),
        ("vr.", "2026-11-20 12:00", "2026-11-27 12:00"),
        ("vrijdagmiddag", "2026-11-20 14:00", "2026-11-27 14:00"),
        ("maandag morgen", "2026-11-16 09:00", "2026-11-23 09:00"),
        ("sunday 10:00", "2026-11-15 10:00", "2026-11-22 10:00"),
        ("saturday", "2026-11-21 14:00", "2026-11-28 12:00"),
        ("saturday 9:00", "2026-11-21 09:00", "2026-11-28 09:00"),
        ("zaterdag 18:00", "2026-11-14 18:00", "2026-11-28 18:00"),
        ("22 november", "2025-11-22 00:00", "2026-11-22 00:00"),
        ("1 jan", "2026-01-01 00:00", "2027-01-01 00:00"),
        ("29 feb", "2024-02-29 00:00", "2028-02-29 00:00"),
        ("20/11", "2026-11-20 00:00", "2027-11-20 00:00"),
    ] {
        assert_eq!(read(typed, Lean::Past), past, "{typed}");
        assert_eq!(read(typed, Lean::Future), future, "{typed}");
    }
}

#[test]
fn what_is_not_a_date_is_answered_with_examples() {
    for wrong in [
        "",
        " ",
        "soon",
        "3 days",
        "day",
        "in days",
        "yesterday tomorrow",
        "12",
        "14:30 14:30",
        "2026-11",
        "now 14:30",
        "last",
        "1.5 days ago",
        "-3 days ago",
    ] {
        assert!(read(wrong, Lean::Past).contains("`3 days ago`"), "{wrong}: {}", read(wrong, Lean::Past));
    }
    for impossible in
        ["31 feb 2026", "2026-02-30", "11/21/2026", "29-2-2026", "25:00", "yesterday 14:75", "13pm", "2026-01-01 24:00", "0 mei"]
    {
        assert!(read(impossible, Lean::Past).contains("not in the calendar"), "{impossible}: {}", read(impossible, Lean::Past));
    }
    for far in ["0026-11-21", "21-11-206", "999999 years ago", "in 999999 weken", "999999 hours ago"] {
        assert!(read(far, Lean::Past).contains("1900 to 2199") || far.contains("hours"), "{far}: {}", read(far, Lean::Past));
    }
    assert!(read("thursday 20 november 2026", Lean::Past).contains("another day of the week"));
    let said = parse_moment("binnenkort", &now(), Lean::Past).unwrap_err();
    assert!(said.nl.starts_with("`binnenkort` is geen datum die ik ken; probeer `gisteren`"));
}

#[test]
fn stamps_of_files_are_exact() {
    let zone = now().timezone();
    let stamp = |typed: &str| parse_stamp(typed, &zone).map(|moment| moment.0).map_err(|said| said.en);
    for (typed, rfc3339) in [
        ("2026-06-30", "2026-06-30T00:00:00+01:00"),
        (" 2026-06-30 14:30 ", "2026-06-30T14:30:00+01:00"),
        ("2026-06-30T14:30", "2026-06-30T14:30:00+01:00"),
        ("2026-06-30 14:30:05", "2026-06-30T14:30:05+01:00"),
        ("2026-06-30 14:30:05.1", "2026-06-30T14:30:05.100+01:00"),
        ("2026-06-30 14:30:05,123999", "2026-06-30T14:30:05.123+01:00"),
        ("2026-06-30T14:30:05Z", "2026-06-30T14:30:05Z"),
        ("2026-06-30t14:30:05.25z", "2026-06-30T14:30:05.250Z"),
        ("2026-06-30 14:30+05:30", "2026-06-30T14:30:00+05:30"),
        ("2026-06-30 14:30:00 -0200", "2026-06-30T14:30:00-02:00"),
        ("2026-06-30T14:30-02", "2026-06-30T14:30:00-02:00"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("30-06-2026 14:30Z", "2026-06-30T14:30:00Z"),
        ("3/6/2026 9:05 Z", "2026-06-03T09:05:00Z"),
        ("2026/06/30 09:05Z", "2026-06-30T09:05:00Z"),
        ("30.6.2026 0:00Z", "2026-06-30T00:00:00Z"),
    ] {
        assert_eq!(stamp(typed), Ok(DateTime::parse_from_rfc3339(rfc3339).unwrap().timestamp_millis()), "{typed}");
    }
    for wrong in [
        "",
        "2026",
        "2026-6-30",
        "yesterday",
        "2026-06-30Z",
        "2026-06-30 ",
        "2026-06-30 14",
        "2026-06-30 14:3",
        "2026-06-30 14:30.",
        "2026-06-30 14:30:05.",
        "2026-06-30 14:30 +",
        "2026-06-30 14:30+2",
        "2026-06-30 14:30Zx",
        "2026-06-30 14:30+25:00",
        "２026-06-30",
        "30-06-26",
        "30-06/2026",
        "06-2026",
    ] {
        assert!(wrong.ends_with(' ') || stamp(wrong).unwrap_err().contains("is not a date such as"), "{wrong}");
    }
    assert!(stamp("2026-02-29").unwrap_err().contains("not in the calendar"));
    assert!(stamp("2026-02-28 14:61").unwrap_err().contains("not in the calendar"));
    assert!(stamp("1026-02-28").unwrap_err().contains("1900"));
    assert!(stamp(&"9".repeat(500)).unwrap_err().len() < 200);
}

/// Amsterdam in 2026 only: summer time from 29 March 01:00 UTC to 25 October 01:00 UTC.
#[derive(Debug, Clone, Copy)]
struct Summer;

impl Summer {
    fn hour(local_or_utc: NaiveDateTime, day: (u32, u32), hour: u32) -> bool {
        local_or_utc >= NaiveDate::from_ymd_opt(2026, day.0, day.1).unwrap().and_hms_opt(hour, 0, 0).unwrap()
    }
}

impl TimeZone for Summer {
    type Offset = FixedOffset;

    fn from_offset(_: &FixedOffset) -> Self {
        Self
    }

    fn offset_from_local_date(&self, _: &NaiveDate) -> MappedLocalTime<FixedOffset> {
        unreachable!("only whole moments are asked for")
    }

    fn offset_from_local_datetime(&self, local: &NaiveDateTime) -> MappedLocalTime<FixedOffset> {
        let [winter, summer] = [1, 2].map(|hours| FixedOffset::east_opt(hours * 3600).unwrap());
        match (
            Self::hour(*local, (3, 29), 2),
            Self::hour(*local, (3, 29), 3),
            Self::hour(*local, (10, 25), 2),
            Self::hour(*local, (10, 25), 3),
        ) {
            (true, false, ..) => MappedLocalTime::None,
            (.., true, false) => MappedLocalTime::Ambiguous(summer, winter),
            (_, true, false, _) => MappedLocalTime::Single(summer),
            _ => MappedLocalTime::Single(winter),
        }
    }

    fn offset_from_utc_date(&self, _: &NaiveDate) -> FixedOffset {
        unreachable!("only whole moments are asked for")
    }

    fn offset_from_utc_datetime(&self, utc: &NaiveDateTime) -> FixedOffset {
        let summer = Self::hour(*utc, (3, 29), 1) && !Self::hour(*utc, (10, 25), 1);
        FixedOffset::east_opt(if summer { 7200 } else { 3600 }).unwrap()
    }
}

#[test]
fn skipped_and_doubled_hours_have_one_meaning() {
    let utc = |typed| Utc.timestamp_millis_opt(parse_stamp(typed, &Summer).unwrap().0).unwrap().format("%d %H:%M").to_string();
    assert_eq!(utc("2026-03-29 01:59"), "29 00:59");
    assert_eq!(utc("2026-03-29 02:30"), "29 01:30", "skipped: 03:30 in summer time");
    assert_eq!(utc("2026-10-25 02:30"), "25 00:30", "the first of the two");
    assert_eq!(utc("2026-10-25 03:00"), "25 02:00");
    let after = Summer.from_utc_datetime(&NaiveDate::from_ymd_opt(2026, 3, 30).unwrap().and_hms_opt(10, 0, 0).unwrap());
    let moment = parse_moment("yesterday 02:30", &after, Lean::Past).unwrap();
    assert_eq!(moment, parse_stamp("2026-03-29 02:30", &Summer).unwrap());
    assert_eq!(parse_moment("34 hours ago", &after, Lean::Past), Ok(Moment((after - TimeDelta::hours(34)).timestamp_millis())));
    assert_eq!(after.offset().fix().local_minus_utc(), 7200);
}

#[test]
fn remembered_days_give_what_asking_gives() {
    let mut stamps = Stamps::new(Summer);
    for _ in 0..2 {
        for day in ["01-15", "03-28", "03-29", "03-30", "07-01", "10-24", "10-25", "10-26"] {
            for time in ["", " 00:00", " 01:30", " 02:30", " 03:00", " 23:59:59.999", " 02:30Z"] {
                let typed = format!("2026-{day}{time}");
                assert_eq!(stamps.parse(&typed), parse_stamp(&typed, &Summer), "{typed}");
                let far = format!("1999-{day}{time}");
                assert_eq!(stamps.parse(&far), parse_stamp(&far, &Summer), "{far}");
            }
        }
    }
    for typed in ["2023-09-11", "2026-07-01", "2023-09-11"] {
        assert_eq!(stamps.parse(typed), parse_stamp(typed, &Summer), "{typed}: 1024 days apart they share a place");
    }
    assert_eq!(stamps.parse("soon"), parse_stamp("soon", &Summer));
}

fn wordy() -> impl Strategy<Value = String> {
    let words = [
        "last",
        "next",
        "week",
        "friday",
        "vrijdag",
        "in",
        "over",
        "3",
        "999999",
        "years",
        "ago",
        "geleden",
        "at",
        "om",
        "14:30",
        "25.99",
        "21",
        "feb",
        "november",
        "2026",
        "31-2",
        "9999-99-99",
        "'s",
        "ochtends",
        "pm",
        "12am",
        "uur",
        "u",
        "morgen",
        "day",
        "before",
        "now",
        "the",
        "of",
        "één",
        "0e",
    ];
    prop::collection::vec(prop::sample::select(words.to_vec()), 0..6).prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn nothing_typed_makes_it_fall_over(typed in any::<String>(), words in wordy()) {
        for lean in [Lean::Past, Lean::Future] {
            for text in [&typed, &words] {
                if let Err(said) = parse_moment(text, &now(), lean) {
                    prop_assert!(!said.en.is_empty() && !said.nl.is_empty());
                }
            }
        }
        let _ = parse_stamp(&typed, &Summer);
    }

    #[test]
    fn a_moment_written_as_rfc_3339_reads_back(ms in -2_000_000_000_000i64..7_000_000_000_000, hours in -12i32..14) {
        let zone = FixedOffset::east_opt(hours * 3600).unwrap();
        let written = zone.timestamp_millis_opt(ms).unwrap().to_rfc3339();
        prop_assert_eq!(parse_stamp(&written, &Utc), Ok(Moment(ms)));
    }
}

#[test]
fn a_slip_is_told_from_what_is_no_date() {
    for (typed, slip) in [
        ("31 februari", true),
        ("on 31 Feb", true),
        ("2026-02-30", true),
        ("32 november", true),
        ("thursday 20 november 2026", true),
        ("28 februari", false),
        ("soon", false),
        ("0026-11-21", false),
    ] {
        assert_eq!(slip_of(typed, &now()).is_some(), slip, "{typed}");
    }
}

#[test]
fn a_day_of_last_year_that_is_soon_again_is_told() {
    for (typed, soon) in [
        ("24 november", Some("2026-11-24")),
        ("1 december om 10:00", Some("2026-12-01")),
        ("24 november 2025", None),
        ("5 mei", None),
        ("20 november", None),
        ("vrijdag", None),
    ] {
        assert_eq!(soon_again(typed, &now()).as_deref(), soon, "{typed}");
    }
}
