//! A log of every earlier schema opens, with all that can be taken back in it.

use std::path::Path;

use crate::cli::{fails, json, ok};

const NOW: &str = "2026-11-20T12:00";

/// A workspace whose log was made by an earlier version.
pub fn old(folder: &Path, dump: &str) {
    ok(folder, &["init", ".", "--template", "coach", "--lang", "en"]);
    let path = folder.join("attent.db");
    let _ = std::fs::remove_file(&path);
    let db = rusqlite::Connection::open(path).expect("the log");
    db.execute_batch(dump).expect("the dump");
    #[cfg(unix)]
    std::fs::set_permissions(folder.join("attent.db"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("the log is closed");
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

#[test]
fn the_third_schema_opens_with_a_row_in_every_table_and_everything_can_be_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    old(folder, include_str!("data/ledger-v3.sql"));
    let db = rusqlite::Connection::open(folder.join("attent.db")).expect("the log");
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let names: Vec<String> =
        db.prepare(tables).expect("tables").query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect();
    assert_eq!(names.len(), 18);
    for table in names {
        let rows: i64 = db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("a count");
        assert!(rows > 0, "{table} is empty");
    }
    drop(db);
    assert_eq!(warmths(folder).as_array().expect("customers").len(), 3);
    let entries = json(folder, &["undo", "--list", "--now", NOW])["entries"].as_array().expect("entries").len();
    let mut taken = 0;
    while crate::cli::run(folder, &["undo", "--now", NOW]).status.success() {
        taken += 1;
        assert!(taken < entries, "it never ends");
    }
    assert_eq!(json(folder, &["customers", "list"])["customers"], serde_json::json!([]));
    assert_eq!(crate::cli::run(folder, &["doctor", "--now", NOW]).status.code(), Some(0));
}

#[test]
fn the_fourth_schema_opens_with_a_row_in_every_table_and_no_copy_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    old(folder, include_str!("data/ledger-v4.sql"));
    let before = rows(&folder.join("attent.db"));
    let tables: std::collections::BTreeSet<_> = before.iter().filter_map(|row| row.split(':').next()).collect();
    let db = rusqlite::Connection::open(folder.join("attent.db")).expect("the log");
    let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'";
    let all: i64 = db.query_row(sql, [], |row| row.get(0)).expect("a count");
    drop(db);
    assert_eq!((tables.len() as i64, all), (20, 20), "{tables:?}");
    assert_eq!(warmths(folder).as_array().expect("customers").len(), 3);
    assert!(crate::cli::run(folder, &["doctor", "--now", NOW]).status.success());
    assert_eq!(rows(&folder.join("attent.db")), before);
    assert!(!folder.join("backups").exists());
}

/// The rows of every table that the log had, as text.
fn rows(path: &Path) -> Vec<String> {
    let db = rusqlite::Connection::open(path).expect("a log");
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1";
    let names: Vec<String> =
        db.prepare(tables).expect("tables").query_map([], |row| row.get(0)).expect("rows").map(|name| name.expect("a name")).collect();
    let mut all = Vec::new();
    for table in names {
        let mut select = db.prepare(&format!("SELECT * FROM {table}")).expect("a table");
        let width = select.column_count();
        let row =
            |row: &rusqlite::Row<'_>| Ok((0..width).map(|at| format!("{:?}|", row.get_ref(at).expect("a value"))).collect::<String>());
        all.extend(select.query_map([], row).expect("rows").map(|row| format!("{table}: {}", row.expect("a row"))));
    }
    all
}

#[test]
fn each_older_log_is_kept_as_it_was_before_it_is_brought_up_to_date() {
    let known = crate::cli_doctor::version();
    let dumps = [
        include_str!("data/ledger-v1.sql"),
        include_str!("data/ledger-v2.sql"),
        include_str!("data/ledger-v3.sql"),
        include_str!("data/ledger-v4.sql"),
    ];
    for (at, dump) in dumps.iter().enumerate().filter(|(at, _)| (*at as i64) + 1 < known) {
        let folder = tempfile::tempdir().expect("a folder");
        let folder = folder.path();
        old(folder, dump);
        let before = rows(&folder.join("attent.db"));
        let output = crate::cli::run(folder, &["customers", "list", "--now", NOW]);
        let said = String::from_utf8(output.stderr).expect("words");
        let kept = format!("backups/attent-before-v{known}-2026-11-20-120000.db");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(
            said.starts_with("note: the log was brought up to date; as it was, it is in ") && said.trim_end().ends_with(&kept),
            "{said}"
        );
        assert_eq!(rows(&folder.join(&kept)), before, "version {}", at + 1);
        let db = rusqlite::Connection::open(folder.join(&kept)).expect("the copy");
        let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0)).expect("a version");
        assert_eq!(version, at as i64 + 1);
        drop(db);
        // Once is enough, and it can be put back.
        assert!(crate::cli::run(folder, &["customers", "list", "--now", NOW]).stderr.is_empty());
        ok(folder, &["restore", &kept, "--yes", "--now", NOW]);
        assert_eq!(rows(&folder.join("attent.db")), before);
    }
}

#[test]
fn without_a_copy_nothing_is_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    old(folder, include_str!("data/ledger-v1.sql"));
    // A file where the folder of backups would be.
    std::fs::write(folder.join("backups"), "").expect("a file");
    let before = std::fs::read(folder.join("attent.db")).expect("the log");
    let rows_before = rows(&folder.join("attent.db"));
    for verb in [&["score"][..], &["log", "Anna", "called"]] {
        let said = fails(folder, verb, 1);
        assert!(said.starts_with("error: ") && said.contains("was not brought up to date\n  a copy comes first, and "), "{said}");
        assert!(said.contains("nothing was changed") && said.lines().count() == 3, "{said}");
        let after = std::fs::read(folder.join("attent.db")).expect("the log");
        // What may change is the head, which says how it is written.
        assert!(after[100..] == before[100..], "{verb:?}");
        assert_eq!(rows(&folder.join("attent.db")), rows_before);
    }
    std::fs::remove_file(folder.join("backups")).expect("it goes");
    ok(folder, &["score", "--now", NOW]);
    // A log in which nothing stands yet needs none.
    let new = tempfile::tempdir().expect("a folder");
    ok(new.path(), &["init", ".", "--template", "coach", "--lang", "en"]);
    ok(new.path(), &["customers", "add", "Anna"]);
    assert!(!new.path().join("backups").exists());
}
