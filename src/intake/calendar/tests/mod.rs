mod hostile;
mod meaning;
mod series;
mod times;

use std::io::Cursor;
use std::str::FromStr;

use calcard::common::timezone::Tz;
use chrono::{DateTime, NaiveDateTime};

use super::*;
use crate::domain::calendar::Moment;
use crate::intake::contact_words::Words;
use crate::intake::records::{Contact, Me, Record, RecordError, Records, Told};

/// Long after everything in the tests.
const LATER: &str = "2030-01-01T00:00:00Z";

fn moment(text: &str) -> Moment {
    Moment(DateTime::parse_from_rfc3339(text).unwrap().timestamp_millis())
}

fn rules() -> CalendarRules {
    CalendarRules { me: Me::new(["ik@mij.nl".to_owned()]), words: Words::default() }
}

/// A calendar of mine in Amsterdam, read until a moment.
fn open(bytes: &[u8], until: &str) -> Result<Calendar<Cursor<Vec<u8>>, Tz>, RecordError> {
    let zone = Tz::from_str("Europe/Amsterdam").unwrap();
    Calendar::open(Cursor::new(bytes.to_vec()), &rules(), zone, moment(until))
}

/// Everything a file gives, and when it is due.
fn read(bytes: &[u8], until: &str) -> (Vec<Result<Record, RecordError>>, Option<Moment>) {
    let mut calendar = match open(bytes, until) {
        Ok(calendar) => calendar,
        Err(error) => return (vec![Err(error)], None),
    };
    let mut all = Vec::new();
    while let Some(record) = calendar.next() {
        all.push(record);
    }
    (all, calendar.next_due())
}

/// A calendar around lines, each event given whole.
fn calendar(lines: &str) -> String {
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{lines}\nEND:VCALENDAR\n")
}

/// A calendar of events, each given by its lines; every one has a UID and a summary unless it says so.
fn events(all: &[&str]) -> String {
    let event = |(number, lines): (usize, &&str)| {
        let uid = if lines.contains("UID") { String::new() } else { format!("UID:u{number}\n") };
        let summary = if lines.contains("SUMMARY") { "" } else { "SUMMARY:Overleg\n" };
        format!("BEGIN:VEVENT\n{uid}{summary}{lines}\nEND:VEVENT")
    };
    calendar(&all.iter().enumerate().map(event).collect::<Vec<_>>().join("\n"))
}

/// What a record says in short: a moment in UTC, `- why`, or `! what is wrong`.
fn short(record: &Result<Record, RecordError>) -> String {
    match record {
        Ok(Record { told: Told::Contact(contact), .. }) => utc(contact.touchpoint.facts.at),
        Ok(Record { told: Told::Nothing(why), .. }) => format!("- {why}"),
        Ok(other) => format!("? {other:?}"),
        Err(error) => format!("! {error}"),
    }
}

fn utc(at: Moment) -> String {
    let time: NaiveDateTime = DateTime::from_timestamp_millis(at.0).unwrap().naive_utc();
    time.format("%Y-%m-%dT%H:%M").to_string()
}

/// Everything a file says in short.
fn told(text: &str, until: &str) -> Vec<String> {
    read(text.as_bytes(), until).0.iter().map(short).collect()
}

/// The one contact of a calendar with one event.
fn contact(lines: &str) -> Contact {
    let (mut all, _) = read(events(&[lines]).as_bytes(), LATER);
    match (all.pop(), all.is_empty()) {
        (Some(Ok(Record { told: Told::Contact(contact), .. })), true) => contact,
        other => panic!("{lines}: {other:?}"),
    }
}
