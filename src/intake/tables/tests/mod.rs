//! What all tests of tables use.

mod broken;
mod cells;
mod checked;
mod kept;
mod legible;
mod proposing;
mod reading;
mod sheets;
mod shipped;

use chrono::Utc;

use super::*;
use crate::domain::touchpoint::Touchpoint;
use crate::intake::records::{Aside, Record, RecordError, Records, Told};
use crate::intake::workspace::parse_workspace;

/// The one profile of a text that stands under `profiles:`.
pub(in crate::intake) fn profile(yaml: &str) -> Profile {
    let indented: String = yaml.lines().map(|line| format!("    {line}\n")).collect();
    let parsed = parse_workspace(format!("profiles:\n  test:\n{indented}").as_bytes());
    assert_eq!(parsed.complaints, [], "{yaml}");
    parsed.value.unwrap().profiles.remove(0)
}

pub(super) fn read(profile: &Profile, bytes: &[u8]) -> Vec<Result<Record, RecordError>> {
    let mut table = match Table::open(bytes, profile, Utc) {
        Ok(table) => table,
        Err(error) => return vec![Err(error)],
    };
    std::iter::from_fn(|| table.next()).collect()
}

/// Every record in a line.
pub(super) fn lines(profile: &Profile, bytes: &[u8]) -> Vec<String> {
    read(profile, bytes).iter().map(shown).collect()
}

pub(in crate::intake) fn shown(read: &Result<Record, RecordError>) -> String {
    match read {
        Err(error) => format!("{}{error}", if error.fatal { "fatal " } else { "" }),
        Ok(Record { line, told: Told::Nothing(why) | Told::Aside(Aside { why, .. }), .. }) => format!("{line}: nothing: {why}"),
        Ok(Record { line, told: Told::Contact(contact), .. }) => {
            let who =
                contact.parties.iter().map(|party| format!("{} {} {}", party.name, party.addresses.join("+"), party.phones.join("+")));
            format!("{line}: {} | {}", who.map(|who| who.trim().to_owned()).collect::<Vec<_>>().join(" & "), touched(&contact.touchpoint))
        }
        Ok(Record { line, told: Told::Card(card), .. }) => {
            let days =
                card.anniversaries.iter().map(|day| format!("{}-{}-{}", day.year.unwrap_or(0), day.month, day.day)).collect::<String>();
            let party = &card.party;
            let who = [&party.name, &party.addresses.join("+"), &party.phones.join("+"), &card.organisation, &card.categories.join("+")];
            let rest = [&card.postal.join("+"), &days, &card.since.map_or_else(String::new, |since| stamp(since.0)), &card.notes];
            format!("{line}: card {}", who.into_iter().chain(rest).filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>().join(" / "))
        }
    }
}

fn stamp(milliseconds: i64) -> String {
    chrono::DateTime::from_timestamp_millis(milliseconds).unwrap().format("%Y-%m-%dT%H:%M").to_string()
}

fn touched(touchpoint: &Touchpoint) -> String {
    let facts = touchpoint.facts;
    let words = [facts.channel.word(), facts.direction.word(), facts.sender.word(), facts.personal.word(), facts.kind.word()].join(" ");
    let mut line = format!("{} {words}", stamp(facts.at.0));
    let cents = touchpoint.amount.map(|amount| amount.0.to_string());
    let more = [
        ("felt", facts.sentiment.map(|felt| felt.to_string())),
        ("stage", touchpoint.stage.clone()),
        ("cents", cents),
        ("minutes", touchpoint.minutes.map(|minutes| minutes.to_string())),
        ("note", Some(touchpoint.note.clone()).filter(|note| !note.is_empty())),
        ("tags", Some(touchpoint.tags.join("+")).filter(|tags| !tags.is_empty())),
    ];
    for (name, value) in more {
        if let Some(value) = value {
            line += &format!(" {name}={value}");
        }
    }
    line
}
