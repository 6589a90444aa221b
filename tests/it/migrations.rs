//! A log of every earlier schema opens, with all that can be taken back in it.

use std::path::Path;

use crate::cli::{fails, json, ok};

const NOW: &str = "2026-11-20T12:00";

/// A workspace whose log was made by an earlier version.
fn old(folder: &Path, dump: &str) {
    ok(folder, &["init", ".", "--template", "coach", "--lang", "en"]);
    let path = folder.join("attent.db");
    let _ = std::fs::remove_file(&path);
    let db = rusqlite::Connection::open(path).expect("the log");
    db.execute_batch(dump).expect("the dump");
}

fn warmths(folder: &Path) -> serde_json::Value {
    json(folder, &["score", "--by", "customer", "--now", NOW])["customers"].clone()
}

#[test]
fn the_first_schema_opens_and_everything_in_it_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    old(folder, include_str!("data/ledger-v1.sql"));
    let before = warmths(folder);
    assert_eq!(before.as_array().expect("customers").len(), 3, "{before}");
    // The call that was taken back comes back, and goes again.
    let list = ok(folder, &["undo", "--list", "--now", NOW]);
    assert!(list.contains("took e7 back"), "{list}");
    let redone = json(folder, &["undo", "e8", "--now", NOW]);
    assert_eq!(redone["undone"][0]["returned"], 1, "{redone}");
    assert_eq!(json(folder, &["timeline", "anna", "--now", NOW])["touchpoints"].as_array().expect("contacts").len(), 2);
    ok(folder, &["undo", "--now", NOW]);
    assert_eq!(warmths(folder), before);
    // Then everything else, the latest first.
    let verbs: Vec<String> =
        (0..6).map(|_| json(folder, &["undo", "--now", NOW])["undone"][0]["verb"].as_str().expect("a verb").to_owned()).collect();
    assert_eq!(verbs, ["incident resolve", "incident open", "incident open", "customers edit", "log", "import"]);
    assert_eq!(json(folder, &["customers", "list"])["customers"], serde_json::json!([]));
    fails(folder, &["undo"], 1);
}

#[test]
fn a_rename_of_the_first_schema_is_taken_back_by_its_name() {
    let folder = tempfile::tempdir().expect("a folder");
    old(folder.path(), include_str!("data/ledger-v1.sql"));
    assert!(ok(folder.path(), &["customers", "list"]).contains("Bram Visser"));
    for id in ["e6", "e5", "e4", "e3"] {
        ok(folder.path(), &["undo", id, "--now", NOW]);
    }
    assert!(!ok(folder.path(), &["customers", "list"]).contains("Bram Visser"));
    assert!(ok(folder.path(), &["timeline", "Bram", "--now", NOW]).contains("plan"));
}

#[test]
fn the_second_schema_opens_and_everything_in_it_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    old(folder, include_str!("data/ledger-v2.sql"));
    let before = warmths(folder);
    assert_eq!(before.as_array().expect("customers").len(), 2, "{before}");
    // What the second schema did not know has its place.
    ok(folder, &["nudge", "--now", NOW]);
    ok(folder, &["undo", "e9", "--now", NOW]);
    let mut verbs = Vec::new();
    for _ in 0..8 {
        let undone = json(folder, &["undo", "--now", NOW]);
        verbs.push(undone["undone"][0]["verb"].as_str().expect("a verb").to_owned());
    }
    assert_eq!(verbs, ["log", "customers rename", "incident resolve", "incident open", "customers edit", "log", "import", "import"]);
    assert_eq!(json(folder, &["customers", "list"])["customers"], serde_json::json!([]));
}
