//! The clocks of failures as attent.yaml and the journey set them: over a weekend, and over the days on
//! which summer time begins and ends.

use std::path::Path;

use serde_json::{Value, json};

use super::cli::{attent, workspace};
use super::edges_sources::put;

/// A journey with two stages: one with clocks of its own, one without.
const JOURNEY: &str = "id: customer
stages:
  - {id: find, title: Find}
  - id: deliver
    title: Deliver
    recovery: {acknowledge: 4h, resolve: 1d}
";

fn shop(settings: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    put(folder.path(), "attent.yaml", format!("language: en\n{settings}"));
    asked(folder.path(), &["customers", "add", "Anna"], "2026-01-01");
    folder
}

/// What a command says in Amsterdam, as JSON.
#[track_caller]
fn asked(folder: &Path, args: &[&str], now: &str) -> Value {
    let args = [args, &["--now", now, "-O", "json"]].concat();
    let output = attent(folder, &args).env("TZ", "Europe/Amsterdam").output().unwrap();
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{args:?}\n{}", String::from_utf8_lossy(&output.stderr)))
}

/// By when a failure that is opened at a moment is to be answered and made good: as it is opened, and as
/// the board has it.
#[track_caller]
fn clocks(folder: &Path, stage: &str, at: &str) -> [String; 2] {
    let opened = asked(folder, &["incident", "open", "anna", "late", "--stage", stage, "--at", at], at)["incidents"][0].clone();
    let id = opened["id"].clone();
    let board = asked(folder, &["incidents"], at);
    let row = board["incidents"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap();
    let of = |row: &Value| ["acknowledge_by", "resolve_by"].map(|key| row[key].as_str().unwrap().to_owned());
    assert_eq!(of(row), of(&opened), "{at}");
    of(row)
}

const DAY_AND_NIGHT: &str = "";
const OFFICE: &str = "recovery: {hours: working}\n";
const SHOP: &str = "recovery: {hours: working, working_days: tue-sat, working_hours: 10:00-18:00, acknowledge: 4h, resolve: 2d}\n";

#[test]
fn the_clock_runs_as_the_files_say() {
    for (settings, stage, at, expected) in [
        // a Friday afternoon in winter
        (DAY_AND_NIGHT, "find", "2026-11-20T15:00", ["2026-11-21T15:00:00+01:00", "2026-11-23T15:00:00+01:00"]),
        (DAY_AND_NIGHT, "deliver", "2026-11-20T15:00", ["2026-11-20T19:00:00+01:00", "2026-11-21T15:00:00+01:00"]),
        (OFFICE, "find", "2026-11-20T15:00", ["2026-11-23T15:00:00+01:00", "2026-11-25T15:00:00+01:00"]),
        // four of twenty-four hours are a sixth of a working day: one hour and twenty minutes
        (OFFICE, "deliver", "2026-11-20T15:00", ["2026-11-20T16:20:00+01:00", "2026-11-23T15:00:00+01:00"]),
        (OFFICE, "deliver", "2026-11-20T16:30", ["2026-11-23T09:50:00+01:00", "2026-11-23T16:30:00+01:00"]),
        // on a Saturday it waits for Monday morning; a shop that is open on Saturdays does not
        (OFFICE, "find", "2026-11-21T12:00", ["2026-11-23T17:00:00+01:00", "2026-11-25T17:00:00+01:00"]),
        (SHOP, "find", "2026-11-21T12:00", ["2026-11-21T13:20:00+01:00", "2026-11-25T12:00:00+01:00"]),
        // a stage without hours of its own keeps the hours of attent.yaml
        (SHOP, "deliver", "2026-11-21T17:00", ["2026-11-24T10:20:00+01:00", "2026-11-24T17:00:00+01:00"]),
    ] {
        let shop = shop(settings);
        assert_eq!(clocks(shop.path(), stage, at), expected, "{settings}{stage} {at}");
    }
}

/// Day and night the clock counts hours that pass; with working hours a day is a day, also one that is an
/// hour shorter or longer.
#[test]
fn summer_time_begins_and_ends() {
    for (settings, at, expected) in [
        // Sunday 29 March 2026 has 23 hours, Sunday 25 October 25
        (DAY_AND_NIGHT, "2026-03-28T12:00", ["2026-03-29T13:00:00+02:00", "2026-03-31T13:00:00+02:00"]),
        (DAY_AND_NIGHT, "2026-10-24T12:00", ["2026-10-25T11:00:00+01:00", "2026-10-27T11:00:00+01:00"]),
        (OFFICE, "2026-03-27T12:00", ["2026-03-30T12:00:00+02:00", "2026-04-01T12:00:00+02:00"]),
        (OFFICE, "2026-10-23T12:00", ["2026-10-26T12:00:00+01:00", "2026-10-28T12:00:00+01:00"]),
    ] {
        let shop = shop(settings);
        assert_eq!(clocks(shop.path(), "find", at), expected, "{settings}{at}");
    }
}

/// What the files say later holds for what is open already, and decides what is overdue; a nudge keeps the
/// moment it was brought up with.
#[test]
fn the_board_and_the_nudges_go_by_the_same_clock() {
    for (settings, due, before, after) in [
        (OFFICE, "2026-11-23T15:00:00+01:00", "2026-11-23T14:59", "2026-11-23T15:01"),
        (DAY_AND_NIGHT, "2026-11-21T15:00:00+01:00", "2026-11-21T14:59", "2026-11-21T15:01"),
    ] {
        let shop = shop(settings);
        let folder = shop.path();
        asked(folder, &["incident", "open", "anna", "late", "--stage", "find", "--at", "2026-11-20T15:00"], "2026-11-20T15:00");
        let overdue = |now: &str| asked(folder, &["incidents", "--overdue"], now)["incidents"].as_array().unwrap().len();
        assert_eq!([overdue(before), overdue(after)], [0, 1], "{settings}");
        let nudge = asked(folder, &["nudge"], "2026-11-20T16:00")["nudges"][0].clone();
        assert_eq!([&nudge["rule"], &nudge["due"]], [&json!("R1"), &json!(due)]);
        put(folder, "attent.yaml", "language: en\nrecovery: {acknowledge: 0.5h}\n");
        assert_eq!(overdue("2026-11-20T15:45"), 1, "{settings}");
        assert_eq!(asked(folder, &["nudges"], "2026-11-20T16:00")["nudges"][0]["due"], due, "{settings}");
    }
}
