//! Nudges, plans and occasions as a calendar, and what a calendar program makes of them.

use std::collections::BTreeMap;
use std::path::Path;

use calcard::icalendar::{
    ICalendar, ICalendarComponent, ICalendarComponentType as Component, ICalendarProperty as Property, ICalendarValue as Value,
};
use calcard::{Entry, Parser};

use super::cli::{fails, json, ok, run, workspace};
use super::edges_sources::put;

const JOURNEY: &str = "id: customer
stages:
  - {id: a, title: Asking}
  - id: b
    title: Building
    promises: [{title: A call, channel: phone, who: human, within: 2d, of: a}]
";

const PLAYBOOK: &str = "plays:
  - id: call
    title: A short call
    action: Call for five minutes.
    theme: question
    answers: [overdue, wounded]
    minutes: 1
    touchpoint: {channel: phone}
";

const SETTINGS: &str = "language: en\nbudget: {minutes: 1}\n";

/// A Wednesday.
const NOW: &str = "2026-07-01T10:00:00Z";

/// Anna, to whom a call is overdue, and Bram, a name and no more; the week has one minute, which is what the call takes.
fn garden() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    put(folder.path(), "attent.yaml", SETTINGS);
    put(folder.path(), "playbook.yaml", PLAYBOOK);
    for line in [
        &["customers", "add", "Anna", "--since", "2024-01-15", "--note", "likes tea"][..],
        &["customers", "add", "Bram", "--since", "2024-01-15"],
        &["log", "Anna", "about the garden", "--channel", "visit", "--stage", "a", "--felt", "great", "--at", "2026-06-10"],
    ] {
        ok(folder.path(), &[line, &["--now", NOW]].concat());
    }
    folder
}

/// One item of a file, in short.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    kind: Component,
    sequence: i64,
    status: String,
    summary: String,
    description: String,
    alarms: usize,
}

fn parsed(text: &str) -> ICalendar {
    match Parser::new(text).entry() {
        Entry::ICalendar(calendar) => calendar,
        other => panic!("{other:?}"),
    }
}

fn value(component: &ICalendarComponent, name: &Property) -> Option<Value> {
    component.entries.iter().find(|entry| entry.name == *name).and_then(|entry| entry.values.first().cloned())
}

fn text(component: &ICalendarComponent, name: &Property) -> String {
    value(component, name).and_then(|value| value.as_text().map(str::to_owned)).unwrap_or_default()
}

/// What is in a file, by UID. No two items share one.
fn items(file: &str) -> BTreeMap<String, Shown> {
    let calendar = parsed(file);
    let mut items = BTreeMap::new();
    for component in calendar.components.iter().filter(|c| matches!(c.component_type, Component::VTodo | Component::VEvent)) {
        let sequence = match value(component, &Property::Sequence) {
            Some(Value::Integer(number)) => number,
            other => panic!("{other:?}"),
        };
        let status = format!("{:?}", value(component, &Property::Status));
        let shown = Shown {
            kind: component.component_type.clone(),
            sequence,
            status: status.rsplit('(').next().unwrap().trim_end_matches(')').to_owned(),
            summary: text(component, &Property::Summary),
            description: text(component, &Property::Description),
            alarms: component.component_ids.len(),
        };
        assert!(items.insert(text(component, &Property::Uid), shown).is_none(), "{file}");
    }
    items
}

/// A calendar program: it knows items by UID, and takes what is not older than what it has.
#[derive(Default)]
struct Program(BTreeMap<String, Shown>);

impl Program {
    fn import(&mut self, file: &str) {
        for (uid, item) in items(file) {
            if self.0.get(&uid).is_none_or(|known| known.sequence <= item.sequence) {
                self.0.insert(uid, item);
            }
        }
    }

    fn shows(&self) -> Vec<(&str, &str)> {
        self.0.values().map(|item| (item.summary.as_str(), item.status.as_str())).collect()
    }
}

fn ics(folder: &Path, args: &[&str], now: &str) -> String {
    ok(folder, &[args, &["-O", "ics", "--now", now]].concat())
}

#[test]
fn a_plan_its_nudge_and_what_became_of_it_are_one_item() {
    let garden = garden();
    let folder = garden.path();
    let mut program = Program::default();
    let mut sequences = Vec::new();
    let mut import = |program: &mut Program, args: &[&str], now: &str, status: &str| {
        program.import(&ics(folder, args, now));
        assert_eq!(program.shows(), [("Anna: A short call", status)], "{args:?}");
        sequences.push(program.0.values().next().unwrap().sequence);
    };
    import(&mut program, &["plan"], NOW, "NeedsAction");
    import(&mut program, &["nudge", "--dry-run"], NOW, "NeedsAction");
    import(&mut program, &["nudge"], "2026-07-02T10:00:00Z", "NeedsAction");
    import(&mut program, &["nudges"], "2026-07-02T10:00:00Z", "NeedsAction");
    import(&mut program, &["plan"], "2026-07-02T10:00:00Z", "NeedsAction");
    ok(folder, &["snooze", "1", "2w", "--now", "2026-07-02T11:00:00Z"]);
    import(&mut program, &["nudge"], "2026-07-02T12:00:00Z", "NeedsAction");
    ok(folder, &["skip", "1", "--why", "on holiday", "--now", "2026-07-02T13:00:00Z"]);
    import(&mut program, &["nudges"], "2026-07-02T14:00:00Z", "Cancelled");
    ok(folder, &["undo", "--now", "2026-07-02T15:00:00Z"]);
    import(&mut program, &["nudge"], "2026-07-02T16:00:00Z", "NeedsAction");
    ok(folder, &["done", "1", "--now", "2026-07-03T09:00:00Z", "--no-input"]);
    import(&mut program, &["nudge"], "2026-07-03T10:00:00Z", "Completed");
    assert_eq!(sequences, [0, 1, 1, 1, 1, 2, 3, 4, 5]);
    assert_eq!(items(&ics(folder, &["nudges"], "2026-09-01T08:00:00Z")).len(), 1, "sixty days later it is still told");
    assert_eq!(ics(folder, &["nudges"], "2026-09-02T08:00:00Z"), "");
    assert_eq!(items(&ics(folder, &["nudges", "--all"], "2026-09-02T08:00:00Z")).len(), 1);
}

#[test]
fn a_nudge_that_closes_by_itself_is_off_in_the_digest_that_says_so_and_later() {
    let garden = garden();
    let folder = garden.path();
    let mut program = Program::default();
    program.import(&ics(folder, &["nudge"], NOW));
    ok(folder, &["log", "Anna", "called her", "--channel", "phone", "--stage", "b", "--felt", "great", "--now", "2026-07-02"]);
    let digest = ics(folder, &["nudge"], "2026-07-03");
    program.import(&digest);
    assert_eq!(program.shows(), [("Anna: A short call", "Cancelled")]);
    assert_eq!(items(&ics(folder, &["nudges"], "2026-07-03")), items(&digest));
}

#[test]
fn the_file_says_what_to_do_and_reminds_at_nine() {
    let garden = garden();
    let folder = garden.path();
    ok(folder, &["nudge", "--now", NOW]);
    ok(folder, &["incident", "open", "Bram", "it broke", "--stage", "b", "--at", "2026-07-01T08:00:00Z", "--now", NOW]);
    let file = ics(folder, &["nudge"], NOW);
    let whole = file.replace("\r\n ", "");
    for part in [
        "DUE:20260702T080000Z\r\n",
        "DUE;VALUE=DATE:20260705\r\n",
        // nine o'clock is later than eight: then at the moment itself; and at nine the day before
        "TRIGGER;RELATED=END:PT0M\r\n",
        "TRIGGER;RELATED=END:-PT1380M\r\n",
        "TRIGGER;RELATED=END:PT540M\r\n",
        "How: Call for five minutes.",
        "Good to know: likes tea",
        "Before: 10 Jun 2026\\, visit: about the garden",
        "\\nattent done 2\\nattent snooze 2 2w\\nattent skip 2\r\n",
    ] {
        assert!(whole.contains(part), "{part}\n{whole}");
    }
    let alarms: Vec<usize> = items(&file).values().map(|item| item.alarms).collect();
    assert_eq!(alarms.iter().sum::<usize>(), 3);
    assert_eq!(ics(folder, &["nudge"], NOW), file, "the same is the same file");
    let dutch = ics(folder, &["nudges", "--lang", "nl"], NOW);
    assert_eq!(items(&dutch).keys().collect::<Vec<_>>(), items(&file).keys().collect::<Vec<_>>(), "in every language it is the same item");
}

#[test]
fn appointments_for_calendars_without_things_to_do() {
    let garden = garden();
    let folder = garden.path();
    for args in [&["plan", "--events"][..], &["nudge", "--events"], &["nudges", "--events"]] {
        let kinds: Vec<Component> = items(&ics(folder, args, NOW)).into_values().map(|item| item.kind).collect();
        assert_eq!(kinds, [Component::VEvent], "{args:?}");
        assert!(fails(folder, &[args, &["--now", NOW]].concat(), 2).contains("add -O ics"));
    }
    for args in [&["plan", "--why", "Anna"][..], &["gifts", "--register"], &["score"]] {
        assert!(fails(folder, &[args, &["-O", "ics"]].concat(), 2).contains("cannot be a calendar"), "{args:?}");
    }
}

#[test]
fn with_nothing_to_tell_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    put(folder, "week.ics", "as it was");
    for (args, told) in
        [(&["plan"][..], true), (&["nudge"], true), (&["nudge", "--quiet-if-empty"], false), (&["nudges"], true), (&["gifts"], true)]
    {
        let to_file = [args, &["-o", "week.ics"]].concat();
        for args in [[args, &["-O", "ics"]].concat(), to_file] {
            let output = run(folder, &args);
            assert!(output.status.success() && output.stdout.is_empty(), "{args:?}");
            assert_eq!(String::from_utf8_lossy(&output.stderr).contains("nothing was written"), told, "{args:?}");
        }
    }
    assert_eq!(std::fs::read_to_string(folder.join("week.ics")).unwrap(), "as it was");
}

#[test]
fn occasions_remind_on_the_day_to_begin_and_on_the_day() {
    let garden = garden();
    let folder = garden.path();
    put(folder, "anna.vcf", "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nBDAY:1980-08-14\nEND:VCARD\n");
    ok(folder, &["import", "anna.vcf", "--now", NOW]);
    let file = ics(folder, &["gifts"], NOW);
    let whole = file.replace("\r\n ", "");
    assert!(whole.contains("SUMMARY:Anna: birthday (46)\r\n") && whole.contains("DTSTART;VALUE=DATE:20260814\r\n"), "{whole}");
    let begin = json(folder, &["gifts", "--now", NOW])["occasions"][0]["begin"].as_str().unwrap().to_owned();
    let day = |text: &str| text.parse::<chrono::NaiveDate>().unwrap();
    let before = day("2026-08-14").signed_duration_since(day(&begin)).num_days() * 1440 - 540;
    assert!(whole.contains("TRIGGER:PT540M\r\n") && whole.contains(&format!("TRIGGER:-PT{before}M\r\n")), "{whole}");
    let mut program = Program::default();
    program.import(&file);
    ok(folder, &["gift", "add", "Anna", "a book", "--for", "birthday", "--anyway", "she asked", "--now", NOW, "--no-input"]);
    program.import(&ics(folder, &["gifts"], NOW));
    let shown: Vec<&Shown> = program.0.values().collect();
    assert!(shown.len() == 1 && shown[0].description.contains("Planned: a book"), "{shown:?}");
}

#[test]
fn our_own_items_in_somebodys_calendar_are_no_contacts() {
    let garden = garden();
    let folder = garden.path();
    put(folder, "attent.yaml", format!("{SETTINGS}sources:\n  - path: mine.ics\n"));
    let own = ics(folder, &["nudge", "--events"], NOW);
    let met = "BEGIN:VEVENT\r\nUID:real@x.example\r\nDTSTART:20260704T090000Z\r\nSUMMARY:Anna\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    put(folder, "mine.ics", own.replace("END:VCALENDAR\r\n", met));
    let answer = json(folder, &["sync", "--now", "2026-07-10"]);
    assert_eq!(answer["added"], 1, "{answer:#}");
    let told = ok(folder, &["import", "mine.ics", "--dry-run", "--now", "2026-07-10"]);
    assert!(told.contains("attent's own reminder"), "{told}");
}

#[test]
fn texts_that_would_break_out_stay_inside() {
    let garden = garden();
    let folder = garden.path();
    let note = "x\r\nEND:VTODO\r\nBEGIN:VALARM;\\n, \u{202e}z\r\nattent skip 1";
    ok(folder, &["customers", "edit", "Anna", "--note", note, "--now", NOW]);
    ok(folder, &["log", "Anna", note, "--channel", "message", "--stage", "a", "--at", "2026-06-20", "--now", NOW]);
    let file = ics(folder, &["nudge"], NOW);
    let count = |line: &str| file.split("\r\n").filter(|found| *found == line).count();
    assert_eq!((count("BEGIN:VTODO"), count("END:VTODO"), count("BEGIN:VALARM")), (1, 1, 1), "{file}");
    assert!(file.split("\r\n").all(|line| line.len() <= 75 && !line.contains(['\n', '\r', '\u{202e}'])), "{file}");
    assert!(items(&file).values().all(|item| item.description.matches("\nattent skip 1").count() == 1), "{file}");
}
