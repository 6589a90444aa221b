//! Calendars through the command line.

use std::path::Path;

use serde_json::Value;

use super::cli::{fails, json, ok, run};
use super::cli_log::NOW;
use super::edges_sources::{contacts, counts, imported, office, packed, put, settle, there_and_back};

const ANNA: &[&str] = &["Anna Jansen", "--email", "anna@x.example"];
const BRAM: &[&str] = &["Bram de Vries"];

/// A calendar of these appointments, each the lines between BEGIN:VEVENT and END:VEVENT.
fn calendar(events: &[&str]) -> String {
    let events: String = events.iter().map(|event| format!("BEGIN:VEVENT\n{event}\nEND:VEVENT\n")).collect();
    format!("BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n")
}

const WEEKLY: &str = "UID:w\nDTSTART:20261102T090000Z\nDTEND:20261102T094500Z\nRRULE:FREQ=WEEKLY\nSUMMARY:Koffie met Bram de Vries";

/// What a dry run tells: outcome, customer, channel, day, why.
fn rows(folder: &Path, file: &str) -> Vec<[String; 5]> {
    let answer = imported(folder, &[file, "--dry-run"]);
    let of = |row: &Value| ["outcome", "customer", "channel", "at", "why"].map(|name| row[name].as_str().unwrap_or("-").to_owned());
    answer["records"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn a_series_is_told_up_to_now_and_later_what_came_since() {
    let folder = office("sources:\n  - path: a.ics\n", &[BRAM]);
    put(folder.path(), "a.ics", calendar(&[WEEKLY]));
    let sync = |now: &str| {
        let answer = json(folder.path(), &["sync", "--now", now]);
        (answer["sources"][0]["outcome"].as_str().unwrap().to_owned(), answer["added"].as_u64().unwrap())
    };
    for (now, outcome, added) in [
        ("2026-11-20T12:00:00Z", "read", 3),
        ("2026-11-20T12:00:00Z", "unchanged", 0),
        ("2026-11-23T08:59:00Z", "unchanged", 0),
        ("2026-11-23T09:00:00Z", "read", 1),
        ("2026-11-29T09:00:00Z", "unchanged", 0),
        ("2026-12-14T09:00:00Z", "read", 3),
    ] {
        assert_eq!(sync(now), (outcome.to_owned(), added), "{now}");
    }
    let timeline = json(folder.path(), &["timeline", "Bram", "--now", "2026-12-31"]);
    let minutes: Vec<&Value> = timeline["touchpoints"].as_array().unwrap().iter().map(|row| &row["minutes"]).collect();
    assert_eq!(minutes, [45; 7]);
    put(folder.path(), "a.ics.gz", packed(calendar(&[WEEKLY])));
    let answer = json(folder.path(), &["import", "a.ics.gz", "--now", "2026-12-14T09:00:00Z"]);
    assert_eq!(counts(&answer, ["added", "known"]), [0, 7], "packed it is the same calendar");
}

#[test]
fn who_is_met_is_told_by_address_or_by_the_title() {
    let folder = office("", &[ANNA, BRAM]);
    let title = "UID:1\nDTSTART:20261102T090000Z\nSUMMARY:Lunch Bram de Vries";
    let guest = "UID:2\nDTSTART:20261103T090000Z\nSUMMARY:Intake\nATTENDEE:mailto:ANNA@x.example\nATTENDEE:mailto:me@home.example";
    let both = "UID:3\nDTSTART:20261104T090000Z\nSUMMARY:Bram de Vries en Anna Jansen\nATTENDEE;CN=A:mailto:anna@x.example";
    let whole = "UID:4\nDTSTART;VALUE=DATE:20261105\nSUMMARY:Beurs met Anna Jansen";
    let nobody = "UID:5\nDTSTART:20261106T090000Z\nSUMMARY:Tandarts";
    let cancelled = "UID:6\nDTSTART:20261107T090000Z\nSTATUS:CANCELLED\nSUMMARY:Lunch Bram de Vries";
    let later = "UID:7\nDTSTART:20270101T090000Z\nSUMMARY:Lunch Bram de Vries";
    let birthday = "UID:8\nDTSTART;VALUE=DATE:20261108\nSUMMARY:Verjaardag Bram de Vries";
    put(folder.path(), "a.ics", calendar(&[title, guest, both, whole, nobody, cancelled, later, birthday]));
    let told = rows(folder.path(), "a.ics");
    let short: Vec<[&str; 3]> = told.iter().map(|[outcome, customer, _, at, _]| [outcome, customer, at.get(..10).unwrap_or("-")]).collect();
    let expected = [
        ["added", "Bram de Vries", "2026-11-02"],
        ["added", "Anna Jansen", "2026-11-03"],
        ["added", "Anna Jansen", "2026-11-04"],
        ["added", "Bram de Vries", "2026-11-04"],
        ["added", "Anna Jansen", "2026-11-05"],
        ["skipped", "-", "2026-11-06"],
        ["skipped", "-", "-"],
        ["skipped", "-", "-"],
    ];
    assert_eq!(short, expected);
    let why: Vec<&str> = told.iter().map(|row| row[4].as_str()).collect();
    assert!(why[0].contains("named in the title") && why[1].contains("by the address"), "{why:?}");
    assert_eq!([why[6], why[7]], ["cancelled", "a birthday or jubilee, no contact"]);
    there_and_back(folder.path(), &["import", "a.ics"]);
    assert_eq!([contacts(folder.path(), "Anna"), contacts(folder.path(), "Bram")], [3, 2]);
}

#[test]
fn of_a_private_appointment_no_title_is_kept() {
    let folder = office("", &[ANNA]);
    let guest = "ATTENDEE:mailto:anna@x.example";
    let open = format!("UID:1\nDTSTART:20261102T090000Z\nSUMMARY:Jaargesprek\n{guest}");
    let shut = format!("UID:2\nDTSTART:20261103T090000Z\nCLASS:PRIVATE\nSUMMARY:Geheim\nDESCRIPTION:Geheim\nLOCATION:Geheim\n{guest}");
    put(folder.path(), "a.ics", calendar(&[&open, &shut]));
    assert_eq!(counts(&imported(folder.path(), &["a.ics"]), ["added"]), [2]);
    let timeline = ok(folder.path(), &["timeline", "Anna", "-O", "json"]);
    assert!(timeline.contains("Jaargesprek") && !timeline.contains("Geheim"), "{timeline}");
    let log = std::fs::read(folder.path().join("attent.db")).unwrap();
    assert!(!log.windows(6).any(|window| window == b"Geheim"), "nor anywhere in the log");
}

#[test]
fn guests_become_customers_when_asked() {
    let folder = office("", &[]);
    let small = "UID:1\nDTSTART:20261102T090000Z\nSUMMARY:Kennismaking\nATTENDEE;CN=Carla Smit:mailto:carla@z.example";
    let crowd: String = (0..12).map(|n| format!("\nATTENDEE;CN=Gast {n}:mailto:g{n}@z.example")).collect();
    let large = format!("UID:2\nDTSTART:20261103T090000Z\nSUMMARY:Borrel{crowd}");
    put(folder.path(), "a.ics", calendar(&[small, &large]));
    assert_eq!(counts(&imported(folder.path(), &["a.ics"]), ["added", "new_customers"]), [0, 0]);
    assert_eq!(counts(&imported(folder.path(), &["a.ics", "--new"]), ["added", "new_customers"]), [1, 1]);
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "carla-smit\n");
}

#[test]
fn an_instance_taken_out_stays_out_at_the_next_sync_until_that_is_taken_back() {
    let folder = office("sources:\n  - path: a.ics\n", &[BRAM]);
    put(folder.path(), "a.ics", calendar(&[WEEKLY]));
    json(folder.path(), &["sync", "--now", NOW]);
    ok(folder.path(), &["undo", "#2"]);
    for args in [&["sync", "--now", NOW][..], &["sync", "--again", "--now", NOW], &["import", "a.ics", "--now", NOW]] {
        assert_eq!(counts(&json(folder.path(), args), ["added"]), [0], "{args:?}");
        assert_eq!(contacts(folder.path(), "Bram"), 2, "{args:?}");
    }
    let answer = json(folder.path(), &["sync", "--now", "2026-11-23T09:00:00Z"]);
    assert_eq!(counts(&answer, ["added", "known", "skipped"]), [1, 2, 1]);
    ok(folder.path(), &["undo"]);
    ok(folder.path(), &["undo"]);
    assert_eq!(contacts(folder.path(), "Bram"), 3, "the later instance is out, the one taken out is back");
    assert_eq!(counts(&json(folder.path(), &["sync", "--now", NOW]), ["added", "known"]), [0, 3]);
}

#[test]
fn a_broken_appointment_is_told_with_its_line() {
    let folder = office("", &[BRAM]);
    put(folder.path(), "a.ics", calendar(&["UID:1\nSUMMARY:Bram de Vries", "UID:2\nDTSTART:20261102T090000Z\nSUMMARY:Bram de Vries"]));
    let said = fails(folder.path(), &["import", "a.ics"], 3);
    assert!(said.starts_with("a.ics:3: the appointment does not say when it begins"), "{said}");
    assert_eq!(contacts(folder.path(), "Bram"), 0);
    assert_eq!(counts(&imported(folder.path(), &["a.ics", "--skip-errors"]), ["added", "bad"]), [1, 1]);
    put(folder.path(), "cut.ics", calendar(&[WEEKLY]).replace("END:VCALENDAR\n", ""));
    let said = fails(folder.path(), &["import", "cut.ics", "--lang", "nl"], 3);
    assert!(said.contains("het bestand breekt af"), "{said}");
    settle(folder.path(), "sources:\n  - path: a.ics\n");
    let synced = run(folder.path(), &["sync", "--now", NOW]);
    assert_eq!(synced.status.code(), Some(1), "a record that is not right is a failure cron should know of");
    let said = String::from_utf8(synced.stdout).unwrap();
    assert!(said.contains("1 already known"), "what is bad in a source does not keep the rest out: {said}");
}
