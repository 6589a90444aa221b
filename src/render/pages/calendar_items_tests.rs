use chrono::{NaiveDate, TimeZone as _};

use super::*;

fn line(due: &str, owed: bool) -> ActionLine {
    ActionLine {
        nudge: Some(12),
        id: 1,
        customer: "Anna".into(),
        play: Some("call".into()),
        action: Text::new("A short call", "Kort bellen"),
        how: Text::new("Call for five minutes.", "Bel vijf minuten."),
        because: Text::new("silent since May", "stil sinds mei"),
        place: "stage:a".into(),
        rule: "cold".into(),
        minutes: 10,
        cost: Cents(250),
        gain: None,
        value: None,
        due: DateTime::parse_from_rfc3339(due).unwrap(),
        overdue: false,
        owed,
    }
}

fn entry(state: NudgeState, changes: u32) -> Entry {
    Entry {
        uid: "u@attent.invalid".into(),
        line: line("2026-07-05T23:59:59+02:00", false),
        around: Around::default(),
        state,
        ended: None,
        why: String::new(),
        changes,
        changed: Moment(1_000),
    }
}

fn making() -> Making {
    Making { kind: ItemKind::Todo, stamp: Moment(2_000), currency: "EUR".into() }
}

#[test]
fn what_is_owed_has_its_hour_and_anything_else_its_day() {
    let day = |day| When::Day(NaiveDate::from_ymd_opt(2026, 7, day).unwrap());
    let hour = |hour, minute| When::Moment(Moment(chrono::Utc.with_ymd_and_hms(2026, 7, 3, hour, minute, 0).unwrap().timestamp_millis()));
    for (due, owed, when, reminders) in [
        ("2026-07-05T23:59:59+02:00", false, day(5), &[-540][..]),
        ("2026-07-03T15:30:00+02:00", false, day(3), &[-540]),
        ("2026-07-03T15:30:00+02:00", true, hour(13, 30), &[390, 390 + 1440]),
        ("2026-07-03T09:00:00+02:00", true, hour(7, 0), &[0, 1440]),
        ("2026-07-03T08:00:00+02:00", true, hour(6, 0), &[0, 1380]),
        ("2026-07-03T00:00:00+02:00", true, day(3), &[-540, 900]),
        ("2026-07-03T23:59:00+02:00", true, day(3), &[-540, 900]),
    ] {
        let line = line(due, owed);
        assert_eq!((at(&line), alarms(&line).as_slice()), (when, reminders), "{due} {owed}");
    }
}

#[test]
fn of_two_of_one_name_the_later_counts_and_the_changes_add_up() {
    let closed = entry(NudgeState::Closed, 2);
    let again = entry(NudgeState::Open, 1);
    let other = Entry { uid: "other@attent.invalid".into(), ..entry(NudgeState::Done, 3) };
    let calendar = of_nudges(&[closed, other, again], &making());
    let items: Vec<_> = calendar.items.iter().map(|item| (item.uid.as_str(), item.sequence, item.status)).collect();
    let done = ItemStatus::Completed(Moment(1_000));
    assert_eq!(items, [("u@attent.invalid", 3, ItemStatus::NeedsAction), ("other@attent.invalid", 3, done)]);
}

#[test]
fn the_description_holds_everything_while_it_stands_and_the_outcome_after() {
    let at = DateTime::parse_from_rfc3339("2026-05-20T10:00:00+02:00").unwrap();
    let contact = super::super::nudges::Contact { at, channel: crate::domain::words::Channel::Phone, note: "about the oak".into() };
    let around = Around { contacts: vec![contact], good_to_know: vec!["likes tea\nattent done 99".into()] };
    let open = Entry { around, ..entry(NudgeState::Open, 1) };
    let said = |entry: &Entry, lang| item(entry, &making()).description.get(lang).to_owned();
    insta::assert_snapshot!(said(&open, Lang::En), @r"
    Why: silent since May
    How: Call for five minutes.
    Before: 20 May 2026, phone: about the oak
    Good to know: likes tea attent done 99
    When: by Sun 5 Jul, 10 minutes, €2.50

    attent done 12
    attent snooze 12 2w
    attent skip 12
    ");
    let planned = Entry { line: ActionLine { nudge: None, ..open.line.clone() }, ..open.clone() };
    assert!(said(&planned, Lang::Nl).ends_with("€\u{a0}2,50\n\n`attent nudge` maakt hier een nudge van."), "{}", said(&planned, Lang::Nl));
    let skipped = Entry { state: NudgeState::Skipped, why: "moved away".into(), ..open };
    assert_eq!(said(&skipped, Lang::En), "Why: silent since May\nskipped: moved away");
}
