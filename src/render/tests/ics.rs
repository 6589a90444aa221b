//! What a calendar file looks like, and whether others read in it what was meant.

use std::io::Cursor;
use std::str::FromStr;

use calcard::common::timezone::Tz;
use calcard::icalendar::{ICalendar, ICalendarComponentType as Component, ICalendarProperty as Property, ICalendarValue as Value};
use calcard::{Entry, Parser};
use chrono::{DateTime, NaiveDate};

use super::hostile::hostile;
use super::look;
use crate::domain::calendar::Moment;
use crate::domain::text::{Lang, Text};
use crate::intake::calendar::{Calendar as Read, CalendarRules};
use crate::intake::contact_words::Words;
use crate::intake::records::{Identity, Me, Records, Told};
use crate::render::ics::{Calendar, Item, ItemKind, ItemStatus, When, write};
use crate::render::locale::Look;
use crate::render::sanitize::visible;

fn moment(text: &str) -> Moment {
    Moment(DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
}

fn item(uid: &str, kind: ItemKind, at: When) -> Item {
    Item {
        uid: uid.to_owned(),
        kind,
        summary: Text::new("Call Anna", "Bel Anna"),
        description: Text::default(),
        at,
        minutes: 0,
        alarm_minutes_before: Vec::new(),
        status: ItemStatus::NeedsAction,
        stamp: moment("2026-11-23T08:00:00Z"),
        sequence: 0,
        last_modified: moment("2026-11-20T08:00:00Z"),
        categories: Vec::new(),
    }
}

/// A calendar in which a text stands wherever one may.
pub(super) fn calendar(text: &str) -> Calendar {
    let said = Text::same(text);
    let at = When::Moment(moment("2026-11-27T15:30:00Z"));
    let with = |kind| Item {
        summary: said.clone(),
        description: Text::same(format!("{text}\n{text}")),
        categories: vec![said.clone(), Text::same("x")],
        alarm_minutes_before: vec![15],
        ..item(text, kind, at)
    };
    Calendar { name: said.clone(), items: vec![with(ItemKind::Todo), with(ItemKind::Event)] }
}

fn written(calendar: &Calendar, look: &Look) -> String {
    let mut bytes = Vec::new();
    write(calendar, look, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn a_week_as_a_calendar() {
    let day = When::Day(NaiveDate::from_ymd_opt(2026, 12, 5).unwrap());
    let week = Calendar {
        name: Text::new("This week", "Deze week"),
        items: vec![
            Item {
                description: Text::new(
                    "Silent since 3 August.\nAsk about the bike; she has a new one.",
                    "Stil sinds 3 augustus.\nVraag naar de fiets; ze heeft een nieuwe.",
                ),
                alarm_minutes_before: vec![60, 1440, 60],
                categories: vec![Text::new("cold", "koud"), Text::same("Anna, Bakker")],
                sequence: 2,
                ..item("nudge-12@attent.invalid", ItemKind::Todo, When::Moment(moment("2026-11-27T15:30:00Z")))
            },
            Item { alarm_minutes_before: vec![-540], ..item("birthday-3@attent.invalid", ItemKind::Event, day) },
            Item {
                status: ItemStatus::Completed(moment("2026-11-19T08:00:00Z")),
                alarm_minutes_before: vec![60],
                ..item("a@attent.invalid", ItemKind::Todo, day)
            },
            Item { minutes: 30, status: ItemStatus::Cancelled, ..item("b@attent.invalid", ItemKind::Event, When::Moment(Moment(0))) },
        ],
    };
    let text = written(&week, &Look { lang: Lang::Nl, ..Look::default() });
    assert_eq!(text, written(&week, &Look { lang: Lang::Nl, ..look(40) }), "the width of a screen is nothing to a file");
    insta::assert_snapshot!(text.replace("\r\n", "\n"), @r###"
    BEGIN:VCALENDAR
    VERSION:2.0
    PRODID:-//attent//attent//NL
    CALSCALE:GREGORIAN
    NAME:Deze week
    X-WR-CALNAME:Deze week
    BEGIN:VTODO
    UID:nudge-12@attent.invalid
    DTSTAMP:20261123T080000Z
    SEQUENCE:2
    LAST-MODIFIED:20261120T080000Z
    DUE:20261127T153000Z
    SUMMARY:Bel Anna
    DESCRIPTION:Stil sinds 3 augustus.\nVraag naar de fiets\; ze heeft een nieu
     we.
    CATEGORIES:koud,Anna\, Bakker
    CLASS:PRIVATE
    STATUS:NEEDS-ACTION
    BEGIN:VALARM
    UID:nudge-12@attent.invalid-alarm-1440
    ACTION:DISPLAY
    DESCRIPTION:Bel Anna
    TRIGGER;RELATED=END:-PT1440M
    END:VALARM
    BEGIN:VALARM
    UID:nudge-12@attent.invalid-alarm-60
    ACTION:DISPLAY
    DESCRIPTION:Bel Anna
    TRIGGER;RELATED=END:-PT60M
    END:VALARM
    END:VTODO
    BEGIN:VEVENT
    UID:birthday-3@attent.invalid
    DTSTAMP:20261123T080000Z
    SEQUENCE:0
    LAST-MODIFIED:20261120T080000Z
    DTSTART;VALUE=DATE:20261205
    TRANSP:TRANSPARENT
    SUMMARY:Bel Anna
    CLASS:PRIVATE
    STATUS:CONFIRMED
    BEGIN:VALARM
    UID:birthday-3@attent.invalid-alarm--540
    ACTION:DISPLAY
    DESCRIPTION:Bel Anna
    TRIGGER:PT540M
    END:VALARM
    END:VEVENT
    BEGIN:VTODO
    UID:a@attent.invalid
    DTSTAMP:20261123T080000Z
    SEQUENCE:0
    LAST-MODIFIED:20261120T080000Z
    DUE;VALUE=DATE:20261205
    SUMMARY:Bel Anna
    CLASS:PRIVATE
    COMPLETED:20261119T080000Z
    PERCENT-COMPLETE:100
    STATUS:COMPLETED
    END:VTODO
    BEGIN:VEVENT
    UID:b@attent.invalid
    DTSTAMP:20261123T080000Z
    SEQUENCE:0
    LAST-MODIFIED:20261120T080000Z
    DTSTART:19700101T000000Z
    DURATION:PT30M
    SUMMARY:Bel Anna
    CLASS:PRIVATE
    STATUS:CANCELLED
    END:VEVENT
    END:VCALENDAR
    "###);
}

/// The lines of a file as RFC 5545 has them, whole again: names with their values.
#[track_caller]
fn unfolded(text: &str) -> Vec<(String, String)> {
    let body = text.strip_suffix("\r\n").expect("the last line ends too");
    for line in body.split("\r\n") {
        assert!(line.len() <= 75, "{} octets: {line}", line.len());
        assert!(!line.chars().any(char::is_control), "{line:?}");
    }
    let whole = body.replace("\r\n ", "");
    let lines: Vec<_> = whole.split("\r\n").map(|line| line.split_once(':').expect("a name and a value")).collect();
    let mut open = Vec::new();
    for (name, value) in &lines {
        match *name {
            "BEGIN" => open.push(*value),
            "END" => assert_eq!(open.pop(), Some(*value)),
            name => assert!(name.bytes().all(|byte| byte.is_ascii_uppercase() || b"-;=".contains(&byte)), "{name}"),
        }
    }
    assert!(open.is_empty());
    lines.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn parsed(text: &str) -> ICalendar {
    match Parser::new(text).entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("{other:?}"),
    }
}

#[test]
fn hostile_texts_stay_inside_their_lines() {
    let more = ["a;b,c\\d\\n", "x\r\nEND:VTODO\r\nBEGIN:VEVENT", "\n\n", "\\", "a\rb", "é".repeat(200).as_str(), "  two  ", "\u{2028}z"]
        .map(str::to_owned);
    for text in hostile().into_iter().chain(more) {
        let file = written(&calendar(&text), &Look::default());
        let names: Vec<String> = unfolded(&file).into_iter().map(|(name, _)| name).collect();
        let plain: Vec<String> = unfolded(&written(&calendar("x"), &Look::default())).into_iter().map(|(name, _)| name).collect();
        let of_a_description = |name: &&String| *name != "DESCRIPTION";
        assert!(names.iter().filter(of_a_description).eq(plain.iter().filter(of_a_description)), "{text:?}: {file}");

        let read = parsed(&file);
        let component = |kind: Component| read.components.iter().find(|component| component.component_type == kind).unwrap();
        let one_line = |text: &str| {
            text.replace("\r\n", "\n")
                .replace('\r', "\n")
                .trim_end_matches('\n')
                .split('\n')
                .map(|line| visible(line).into_owned())
                .collect::<Vec<_>>()
                .join("\n")
        };
        for kind in [Component::VTodo, Component::VEvent] {
            let summary = component(kind).entries.iter().find(|entry| entry.name == Property::Summary).unwrap();
            let value = summary.values.first().and_then(|value| value.as_text()).unwrap_or_default();
            assert_eq!(value.trim(), one_line(&text).trim(), "{text:?}");
        }
    }
}

#[test]
fn another_reader_finds_days_alarms_and_what_became_of_it() {
    let day = When::Day(NaiveDate::from_ymd_opt(2026, 12, 5).unwrap());
    let todo = Item { alarm_minutes_before: vec![60, 1440], sequence: 7, ..item("u", ItemKind::Todo, day) };
    let read = parsed(&written(&Calendar { name: Text::same("x"), items: vec![todo] }, &Look::default()));
    let of = |kind: &Component| read.components.iter().filter(|component| component.component_type == *kind).collect::<Vec<_>>();
    let todo = of(&Component::VTodo)[0];
    let value = |name: Property| &todo.entries.iter().find(|entry| entry.name == name).unwrap().values[0];
    assert_eq!(value(Property::Sequence), &Value::Integer(7));
    assert!(
        matches!(value(Property::Due), Value::PartialDateTime(due) if (due.year, due.month, due.day, due.hour) == (Some(2026), Some(12), Some(5), None))
    );
    assert!(matches!(value(Property::Dtstamp), Value::PartialDateTime(stamp) if stamp.hour == Some(8)));
    let alarms = of(&Component::VAlarm);
    let seconds: Vec<i64> = alarms
        .iter()
        .map(|alarm| match &alarm.entries.iter().find(|entry| entry.name == Property::Trigger).unwrap().values[0] {
            Value::Duration(before) => before.as_seconds(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(seconds, [-86_400, -3_600]);
}

/// What our own reader of calendars makes of a file: who it is, when, and what it is called.
fn read_again(text: &str) -> Vec<(Identity, Moment, String)> {
    let rules = CalendarRules { me: Me::new(["ik@mij.nl".to_owned()]), words: Words::default() };
    let zone = Tz::from_str("Europe/Amsterdam").unwrap();
    let mut read = Read::open(Cursor::new(text.as_bytes().to_vec()), &rules, zone, moment("2030-01-01T00:00:00Z")).unwrap();
    let mut all = Vec::new();
    while let Some(record) = read.next() {
        let record = record.unwrap();
        if let Told::Contact(contact) = record.told {
            all.push((record.identity, contact.touchpoint.facts.at, contact.named_in));
        }
    }
    all
}

#[test]
fn a_file_read_again_changes_what_it_brought_before() {
    let at = |text: &str| When::Moment(moment(text));
    let event = |when: &str, sequence: u32, summary: &str| Item {
        sequence,
        summary: Text::same(summary),
        ..item("nudge-12@x.example", ItemKind::Event, at(when))
    };
    let file = |items: Vec<Item>| written(&Calendar { name: Text::same("x"), items }, &Look::default());
    let first = event("2026-11-27T15:30:00Z", 0, "Overleg Anna; Bakker, Zn");
    let moved = event("2026-11-30T09:00:00Z", 1, "Overleg Anna");
    let (before, after) = (read_again(&file(vec![first.clone()])), read_again(&file(vec![moved.clone()])));
    assert_eq!((before[0].1, before[0].2.as_str()), (moment("2026-11-27T15:30:00Z"), "Overleg Anna; Bakker, Zn"));
    assert_eq!(before[0].0, after[0].0, "it is known by its UID");
    assert_eq!(read_again(&file(vec![moved, first])), after, "the version with the higher SEQUENCE counts");
    assert_eq!(read_again(&file(vec![Item { status: ItemStatus::Cancelled, ..event("2026-11-27T15:30:00Z", 2, "x") }])), []);
}

#[test]
fn moments_no_calendar_can_say_are_the_nearest_it_can() {
    let ends = [Moment(i64::MIN), Moment(i64::MAX)].map(|at| item("u", ItemKind::Todo, When::Moment(at)));
    let days = [NaiveDate::MIN, NaiveDate::MAX].map(|day| item("u", ItemKind::Todo, When::Day(day)));
    let items = ends.into_iter().chain(days).collect();
    let lines = unfolded(&written(&Calendar { name: Text::same("x"), items }, &Look::default()));
    let due: Vec<String> = lines.into_iter().filter(|(name, _)| name.starts_with("DUE")).map(|(_, value)| value).collect();
    assert_eq!(due, ["00010101T000000Z", "99991231T235959Z", "00010101", "99991231"]);
}
