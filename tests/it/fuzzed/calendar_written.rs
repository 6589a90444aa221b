//! Calendars as they are written, read back.

use std::io::Cursor;

use attent::domain::calendar::Moment;
use attent::domain::text::{Lang, Text};
use attent::intake::calendar::{Calendar as Read, CalendarRules};
use attent::render::ics::{Calendar, Item, ItemKind, ItemStatus, When, write};
use attent::render::locale::Look;
use chrono::{Days, NaiveDate, Utc};

use super::bytes::Choices;
use super::importers::opened;

fn text(choices: &mut Choices<'_>) -> Text {
    Text::new(choices.text(120), choices.text(40))
}

fn moment(choices: &mut Choices<'_>) -> Moment {
    if choices.once_in(4) { Moment(choices.i64()) } else { Moment(1_700_000_000_000 + i64::from(choices.u32()) * 100) }
}

fn day(choices: &mut Choices<'_>) -> NaiveDate {
    match choices.below(4) {
        0 => NaiveDate::MAX,
        1 => NaiveDate::MIN,
        _ => NaiveDate::default() + Days::new(choices.below(40_000) as u64),
    }
}

fn item(number: usize, choices: &mut Choices<'_>) -> Item {
    Item {
        uid: format!("{}-{number}@x.invalid", choices.text(12)),
        kind: choices.one_of(&[ItemKind::Todo, ItemKind::Event]),
        summary: text(choices),
        description: text(choices),
        at: if choices.once_in(2) { When::Day(day(choices)) } else { When::Moment(moment(choices)) },
        minutes: choices.u32() >> choices.below(32),
        alarm_minutes_before: (0..choices.below(4)).map(|_| choices.i64() >> choices.below(64)).collect(),
        status: match choices.below(3) {
            0 => ItemStatus::NeedsAction,
            1 => ItemStatus::Completed(moment(choices)),
            _ => ItemStatus::Cancelled,
        },
        stamp: moment(choices),
        sequence: choices.u32(),
        last_modified: moment(choices),
        categories: (0..choices.below(3)).map(|_| text(choices)).collect(),
    }
}

/// No line is too long, every line is a property, nothing in a text makes a line or an item of its own, and
/// attent can read it back.
pub fn calendar_written(bytes: &[u8]) {
    let mut choices = Choices::new(bytes);
    let name = text(&mut choices);
    let mut items = Vec::new();
    while !choices.is_empty() && items.len() < 8 {
        items.push(item(items.len(), &mut choices));
    }
    let calendar = Calendar { name, items };
    for lang in [Lang::En, Lang::Nl] {
        let mut file = Vec::new();
        write(&calendar, &Look { lang, ..Look::default() }, &mut file).expect("memory takes all");
        let file = String::from_utf8(file).expect("a calendar is UTF-8");
        lines_are_properties(&file, &calendar);
        let rules = CalendarRules::default();
        let read = opened(Read::open(Cursor::new(file.as_bytes()), &rules, Utc, Moment(i64::MAX)));
        assert!(read.iter().all(|record| record.as_ref().err().is_none_or(|error| !error.fatal)), "{read:?}\n{file}");
    }
}

fn lines_are_properties(file: &str, calendar: &Calendar) {
    assert!(file.ends_with("\r\n"));
    assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(char::is_control)), "{file:?}");
    let unfolded = file.replace("\r\n ", "");
    let lines: Vec<&str> = unfolded.trim_end_matches("\r\n").split("\r\n").collect();
    let name = |line: &str| line.split([':', ';']).next().unwrap_or_default().to_owned();
    assert!(lines.iter().all(|line| line.contains(':') && name(line).chars().all(|c| c.is_ascii_uppercase() || c == '-')), "{file}");
    let begun = |what: &str| lines.iter().filter(|line| **line == format!("BEGIN:{what}")).count();
    assert_eq!(begun("VTODO") + begun("VEVENT"), calendar.items.len(), "{file}");
    let mut open = Vec::new();
    for line in lines {
        if let Some(what) = line.strip_prefix("BEGIN:") {
            open.push(what);
        }
        if let Some(what) = line.strip_prefix("END:") {
            assert_eq!(open.pop(), Some(what), "{file}");
        }
    }
    assert!(open.is_empty());
}
