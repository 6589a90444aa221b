//! `attent backup` and `attent restore`: whole or not at all, and nothing lost on the way back.

use std::path::Path;
use std::process::Stdio;

use attent::ledger::backup::Target;
use rusqlite::Connection;
use serde_json::Value;

use super::cli::{attent, fails, json, ok, run};
use super::cli_doctor::full;
use super::edges_import::{business, log, put};

const NOW: &str = "2026-11-20T12:00";

/// Every row of every table, as SQL would write it.
fn rows_of(path: &Path) -> Vec<String> {
    let db = Connection::open(path).unwrap();
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> 'workspace_files' ORDER BY 1";
    let tables: Vec<String> = db.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut all = Vec::new();
    for table in tables {
        let mut select = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let width = select.column_count();
        let row =
            |row: &rusqlite::Row<'_>| Ok((0..width).map(|at| format!("{:?}", row.get_ref(at).unwrap())).collect::<Vec<_>>().join("|"));
        all.extend(select.query_map([], row).unwrap().map(|row| format!("{table}: {}", row.unwrap())));
    }
    all
}

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_backup_is_the_log_row_for_row_with_the_files_people_wrote() {
    let folder = full();
    let made = json(folder.path(), &["backup", "--now", NOW]);
    assert_eq!(made["schema"], "attent.backup/1");
    let backup = &made["backups"][0];
    assert_eq!(backup["path"], "backups/attent-2026-11-20-120000.db");
    assert_eq!((&backup["customers"], &backup["contacts"]), (&3.into(), &4.into()), "{made}");
    assert!(backup["files"].as_array().unwrap().contains(&"attent.yaml".into()), "{made}");
    let path = folder.path().join("backups/attent-2026-11-20-120000.db");
    assert_eq!(backup["bytes"], path.metadata().unwrap().len());
    assert_eq!(rows_of(&path), rows_of(&folder.path().join("attent.db")));
    assert_eq!(names(&folder.path().join("backups")), ["attent-2026-11-20-120000.db"], "one file, and nothing beside it");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(folder.path().join("backups").metadata().unwrap().permissions().mode() & 0o777, 0o700);
    }
    // It is a log by itself, for who moves it by hand.
    std::fs::copy(&path, folder.path().join("attent.db")).unwrap();
    ok(folder.path(), &["score", "--now", NOW]);
    let dutch = ok(folder.path(), &["backup", "--lang", "nl", "--now", NOW]);
    assert!(dutch.starts_with("Reservekopie gemaakt: backups/attent-2026-11-20-120000-2.db"), "{dutch}");
}

#[test]
fn a_backup_goes_where_it_is_told_and_over_nothing_by_itself() {
    let folder = full();
    std::fs::create_dir(folder.path().join("stick")).unwrap();
    ok(folder.path(), &["backup", "stick", "--now", NOW]);
    assert_eq!(names(&folder.path().join("stick")), ["attent-2026-11-20-120000.db"]);
    ok(folder.path(), &["backup", "copy.db"]);
    let before = std::fs::read(folder.path().join("copy.db")).unwrap();
    let said = fails(folder.path(), &["backup", "copy.db"], 1);
    assert!(said.contains("copy.db is there already") && said.contains("--force"), "{said}");
    assert!(std::fs::read(folder.path().join("copy.db")).unwrap() == before);
    ok(folder.path(), &["customers", "add", "Zed"]);
    ok(folder.path(), &["backup", "copy.db", "--force"]);
    assert_eq!(rows_of(&folder.path().join("copy.db")), rows_of(&folder.path().join("attent.db")));
    for own in ["attent.db", "attent.yaml", "./journeys/../attent.db"] {
        assert!(fails(folder.path(), &["backup", own, "--force"], 2).contains("the workspace lives on"), "{own}");
    }
    let said = fails(folder.path(), &["backup", "gone/copy.db"], 1);
    assert!(said.contains("there is no such folder") && said.lines().count() == 3, "{said}");
    assert!(fails(folder.path(), &["backup", "copy2.db", "--keep", "3"], 2).contains("--keep goes with a folder"));
    assert!(!folder.path().join("copy2.db").exists());
    // It is made beside mistakes in the files too; and not without a log.
    std::fs::write(folder.path().join("attent.yaml"), "langage: en\n").unwrap();
    ok(folder.path(), &["backup", "--now", NOW]);
    std::fs::remove_file(folder.path().join("attent.db")).unwrap();
    assert!(fails(folder.path(), &["backup"], 1).contains("there is no log\n"));
    std::fs::remove_dir_all(folder.path().join("backups")).unwrap();
    assert!(fails(folder.path(), &["backup"], 1).contains("there is no log yet"));
}

#[test]
fn cron_keeps_the_latest_and_nothing_else_is_removed() {
    let folder = full();
    let at = |day: u32, args: &[&str]| {
        let now = format!("2026-11-{day:02}T06:00");
        let all: Vec<&str> = ["backup", "--now", &now].iter().chain(args).copied().collect();
        json(folder.path(), &all)
    };
    (1..=5).for_each(|day| drop(at(day, &[])));
    let backups = folder.path().join("backups");
    for other in ["attent-before-v3-2026-01-01-060000.db", "attent-2026-01-01-060000-damaged.db", "notes.txt", "attent-mine.db"] {
        std::fs::write(backups.join(other), "").unwrap();
    }
    let made = at(6, &["--keep", "3"]);
    assert_eq!(made["removed"].as_array().unwrap().len(), 3, "{made}");
    let own: Vec<String> = names(&backups).into_iter().filter(|name| name.starts_with("attent-2026-11")).collect();
    assert_eq!(own, ["attent-2026-11-04-060000.db", "attent-2026-11-05-060000.db", "attent-2026-11-06-060000.db"]);
    assert_eq!(names(&backups).len(), 7, "others stay");
    // The one just made is never the one to go, whatever its name says.
    let made = at(1, &["--keep", "1"]);
    assert_eq!(made["removed"].as_array().unwrap().len(), 3, "{made}");
    assert!(backups.join("attent-2026-11-01-060000.db").is_file());
    // One that fails removes nothing.
    at(7, &[]);
    std::fs::write(folder.path().join("attent.db"), "spoilt").unwrap();
    let before = names(&backups);
    fails(folder.path(), &["backup", "--keep", "1"], 1);
    assert_eq!(names(&backups), before);
}

/// While one process writes without pause, every backup is one moment of the log, sound and in order.
#[test]
fn a_backup_is_of_one_moment_while_others_write() {
    let folder = business();
    put(folder.path(), "log.csv", &log(3, 300));
    ok(folder.path(), &["import", "log.csv"]);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| (0..25).for_each(|n| drop(ok(folder.path(), &["log", "Anna", &format!("called, {n}")]))));
        let mut n = 0;
        while !writer.is_finished() {
            n += 1;
            let target = format!("copy-{n}.db");
            let made = json(folder.path(), &["backup", &target]);
            let db = Connection::open(folder.path().join(&target)).unwrap();
            let said: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
            let counted: i64 = db.query_row("SELECT count(*) FROM touchpoints", [], |row| row.get(0)).unwrap();
            let entries: i64 = db.query_row("SELECT count(*) FROM entries", [], |row| row.get(0)).unwrap();
            assert_eq!((said.as_str(), &made["backups"][0]["contacts"]), ("ok", &counted.into()));
            assert_eq!(counted - 300, entries - 1, "a contact and its entry are in it together, or neither");
        }
        assert!(n > 2, "{n}");
    });
    assert_eq!(run(folder.path(), &["doctor"]).status.code(), Some(0));
}

/// Somebody writes between two pages that are copied: what they write is in the log, and not in the copy.
#[test]
fn what_is_written_meanwhile_is_not_in_the_copy() {
    let folder = business();
    let note = "and what else was said of it ".repeat(20);
    let rows: Vec<String> = log(3, 3_000).iter().map(|row| format!("{row} {note}")).collect();
    put(folder.path(), "log.csv", &rows);
    ok(folder.path(), &["import", "log.csv"]);
    let (path, target) = (folder.path().join("attent.db"), folder.path().join("copy.db"));
    let before = rows_of(&path);
    let mut told = Vec::new();
    let kept = attent::ledger::backup::back_up(&path, Target::Named { path: &target, over: false }, &[], &mut |share| {
        told.push(share);
        if told.len() <= 2 {
            ok(folder.path(), &["log", "Anna", "called"]);
        }
    })
    .unwrap();
    assert!(told.len() == 2 && told.is_sorted() && told.iter().all(|share| (0.0..=1.0).contains(share)), "{told:?}");
    assert_eq!(kept.contents.touchpoints, 3_000);
    assert!(rows_of(&target) == before, "the copy is of the moment it was begun");
    assert_eq!(rows_of(&path).iter().filter(|row| row.starts_with("touchpoints: ")).count(), 3_002);
}

#[test]
fn what_was_there_is_put_back_and_what_it_replaced_is_kept() {
    let folder = full();
    let log = folder.path().join("attent.db");
    ok(folder.path(), &["backup", "first.db", "--now", NOW]);
    let first = rows_of(&log);
    ok(folder.path(), &["log", "--new", "Zed", "called", "--now", NOW]);
    let second = rows_of(&log);
    assert_ne!(first, second);
    // Without a terminal it is done only when that is said.
    let said = fails(folder.path(), &["restore", "first.db", "--now", NOW], 2);
    assert!(said.contains("--yes") && said.contains("3 customers and 4 contacts") && said.contains("4 customers and 5 contacts"), "{said}");
    assert_eq!(rows_of(&log), second);
    let restored = json(folder.path(), &["restore", "first.db", "--yes", "--now", NOW]);
    assert_eq!((&restored["schema"], &restored["was_damaged"]), (&"attent.restore/1".into(), &false.into()), "{restored}");
    assert!(!folder.path().join("attent.db-wal").exists());
    assert_eq!(rows_of(&log), first);
    let kept = restored["kept"].as_str().unwrap();
    assert_eq!(rows_of(&folder.path().join(kept)), second);
    assert_eq!(run(folder.path(), &["doctor", "--now", NOW]).status.code(), Some(0));
    // A restore is undone by a restore, by the name in the folder alone.
    let name = kept.rsplit('/').next().unwrap();
    ok(folder.path(), &["restore", name, "--yes", "--now", NOW]);
    assert_eq!(rows_of(&log), second);
    let list = json(folder.path(), &["restore", "--now", NOW]);
    assert_eq!((&list["schema"], list["backups"].as_array().unwrap().len()), (&"attent.backups/1".into(), 2), "{list}");
    assert!(fails(folder.path(), &["restore", "attent.db", "--yes"], 2).contains("the log itself"));
    assert!(fails(folder.path(), &["restore", "gone.db", "--yes"], 1).contains("there is no backup gone.db"));
}

#[test]
fn files_that_are_gone_come_back_and_those_that_changed_only_when_asked() {
    let folder = full();
    let at = |name: &str| std::fs::read_to_string(folder.path().join(name)).ok();
    let (settings, journey, playbook) =
        (at("attent.yaml"), at("journeys/customer.yaml").or(at("journeys/client.yaml")), at("playbook.yaml"));
    let journey_name = names(&folder.path().join("journeys")).remove(0);
    ok(folder.path(), &["backup", "first.db", "--now", NOW]);
    std::fs::remove_file(folder.path().join("playbook.yaml")).unwrap();
    std::fs::write(folder.path().join("attent.yaml"), "language: nl\n").unwrap();
    let restored = json(folder.path(), &["restore", "first.db", "--yes", "--now", NOW]);
    assert_eq!(
        (&restored["files"], &restored["left"]),
        (&serde_json::json!(["playbook.yaml"]), &serde_json::json!(["attent.yaml"])),
        "{restored}"
    );
    assert_eq!((at("playbook.yaml"), at("attent.yaml").as_deref()), (playbook.clone(), Some("language: nl\n")));
    let restored = json(folder.path(), &["restore", "first.db", "--yes", "--files", "--now", NOW]);
    assert_eq!(restored["files"], serde_json::json!(["attent.yaml"]), "{restored}");
    assert_eq!(at("attent.yaml"), settings);
    // What was replaced is in the backup that was made first.
    ok(folder.path(), &["restore", restored["kept"].as_str().unwrap(), "--yes", "--files", "--now", NOW]);
    assert_eq!(at("attent.yaml").as_deref(), Some("language: nl\n"));
    // With a log that is damaged they are laid aside.
    std::fs::write(folder.path().join("attent.db"), "spoilt").unwrap();
    ok(folder.path(), &["restore", "first.db", "--yes", "--files", "--now", NOW]);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("backups/attent-2026-11-20-120000-files/attent.yaml")).unwrap(),
        "language: nl\n"
    );
    // A folder that is lost is made whole from the backup alone.
    let new = tempfile::tempdir().unwrap();
    let backup = folder.path().join("first.db");
    let args = ["restore", backup.to_str().unwrap(), "-w", "again", "--yes", "--now", NOW];
    ok(new.path(), &args);
    let again = new.path().join("again");
    let read = |name: &str| std::fs::read_to_string(again.join(name)).ok();
    assert_eq!((read("attent.yaml"), read("playbook.yaml"), read(&format!("journeys/{journey_name}"))), (settings, playbook, journey));
    assert_eq!(rows_of(&again.join("attent.db")), rows_of(&folder.path().join("attent.db")));
    assert_eq!(run(&again, &["doctor", "--now", NOW]).status.code(), Some(0));
}

#[test]
fn what_is_no_sound_backup_is_refused_and_the_log_stays() {
    let folder = full();
    let log = folder.path().join("attent.db");
    ok(folder.path(), &["backup", "good.db", "--now", NOW]);
    let before = std::fs::read(&log).unwrap();
    let good = std::fs::read(folder.path().join("good.db")).unwrap();
    let spoil = |name: &str, sql: &str| {
        std::fs::write(folder.path().join(name), &good).unwrap();
        Connection::open(folder.path().join(name)).unwrap().execute_batch(sql).unwrap();
    };
    spoil("newer.db", "PRAGMA user_version = 99");
    spoil("other.db", "PRAGMA application_id = 7");
    spoil("trigger.db", "CREATE TRIGGER spy AFTER INSERT ON touchpoints BEGIN DELETE FROM entries; END");
    spoil("outside.db", "UPDATE workspace_files SET name = '../outside.yaml' WHERE name = 'attent.yaml'");
    spoil("deeper.db", "UPDATE workspace_files SET name = 'journeys/../../x.yaml' WHERE name = 'attent.yaml'");
    spoil("hidden.db", "UPDATE workspace_files SET name = '.bashrc' WHERE name = 'attent.yaml'");
    std::fs::write(folder.path().join("short.db"), &good[..good.len() / 2]).unwrap();
    std::fs::write(folder.path().join("text.db"), "hello").unwrap();
    std::fs::create_dir(folder.path().join("folder.db")).unwrap();
    std::fs::write(folder.path().join("empty.db"), "").unwrap();
    Connection::open(folder.path().join("bare.db")).unwrap().execute_batch("VACUUM").unwrap();
    spoil("unnumbered.db", "PRAGMA user_version = 0");
    let mut files = vec!["newer.db"];
    #[cfg(unix)]
    {
        assert!(std::process::Command::new("mkfifo").arg(folder.path().join("pipe.db")).status().unwrap().success());
        files.extend(["/dev/null", "/dev/zero", "pipe.db"]);
    }
    for name in files.split_off(1) {
        assert!(fails(folder.path(), &["restore", name, "--yes"], 1).contains("a device or a pipe"), "{name}");
        assert!(std::fs::read(&log).unwrap() == before, "{name}");
    }
    for (name, why) in [
        ("newer.db", "made by a newer version"),
        ("other.db", "another program's database"),
        ("trigger.db", "a trigger `spy`"),
        ("outside.db", "`../outside.yaml`"),
        ("deeper.db", "`journeys/../../x.yaml`"),
        ("hidden.db", "`.bashrc`"),
        ("short.db", "damaged"),
        ("text.db", "not an SQLite file"),
        ("folder.db", "it is a folder"),
        ("empty.db", "there is no log in it"),
        ("bare.db", "there is no log in it"),
        ("unnumbered.db", "there is no log in it"),
    ] {
        let said = fails(folder.path(), &["restore", name, "--yes", "--files"], 1);
        assert!(said.contains(why), "{name}\n{said}");
        // It is the copy that is to blame, and nothing about the log is advised.
        assert!(said.contains(name) || said.contains("backup of attent"), "{name}\n{said}");
        assert!(
            !["attent.db", "`attent doctor`", "attent restore", "network", "--workspace"].iter().any(|word| said.contains(word)),
            "{said}"
        );
        assert!(std::fs::read(&log).unwrap() == before, "{name}");
    }
    assert!(!folder.path().join("backups").exists() || names(&folder.path().join("backups")).is_empty());
    assert!(!folder.path().parent().unwrap().join("outside.yaml").exists());
}

/// Another command that has the log open keeps its log: nothing is replaced under it.
#[test]
fn a_log_that_another_command_has_open_is_not_replaced() {
    let folder = full();
    let log = folder.path().join("attent.db");
    ok(folder.path(), &["backup", "first.db", "--now", NOW]);
    ok(folder.path(), &["log", "--new", "Zed", "called", "--now", NOW]);
    let before = rows_of(&log);
    let other = Connection::open(&log).unwrap();
    other.execute_batch("BEGIN; SELECT count(*) FROM touchpoints;").unwrap();
    let said = fails(folder.path(), &["restore", "first.db", "--yes", "--now", NOW], 1);
    assert!(said.contains("attent.db is in use") && said.lines().count() == 3, "{said}");
    assert_eq!(rows_of(&log), before);
    drop(other);
    ok(folder.path(), &["restore", "first.db", "--yes", "--now", NOW]);
    assert_ne!(rows_of(&log), before);
}

#[test]
fn an_older_backup_is_put_back_and_brought_up_to_date_by_the_next_command() {
    let folder = full();
    // Nobody was forgotten, so that nothing has to be carried into the older log.
    Connection::open(folder.path().join("attent.db")).unwrap().execute("DELETE FROM forgotten", []).unwrap();
    let old = folder.path().join("old.db");
    Connection::open(&old).unwrap().execute_batch(include_str!("data/ledger-v1.sql")).unwrap();
    ok(folder.path(), &["restore", "old.db", "--yes", "--now", NOW]);
    let output = run(folder.path(), &["customers", "list", "--now", NOW]);
    assert!(String::from_utf8(output.stdout).unwrap().contains("Bram Visser"));
    assert!(String::from_utf8(output.stderr).unwrap().contains("backups/attent-before-v"));
}

/// A backup that is killed leaves no file that looks like one.
#[cfg(unix)]
#[test]
fn a_backup_that_is_killed_leaves_none() {
    let folder = business();
    put(folder.path(), "log.csv", &log(4, 3_000));
    ok(folder.path(), &["import", "log.csv"]);
    for wait in [0, 2, 5, 8, 12, 20, 30] {
        let mut child = attent(folder.path(), &["backup"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(wait));
        let _ = child.kill();
        child.wait().unwrap();
        for name in names(&folder.path().join("backups")).iter().filter(|name| !name.starts_with('.')) {
            let db = Connection::open(folder.path().join("backups").join(name)).unwrap();
            let found: (String, i64) = db
                .query_row("SELECT (SELECT integrity_check FROM pragma_integrity_check), (SELECT count(*) FROM touchpoints)", [], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .unwrap();
            assert_eq!(found, ("ok".to_owned(), 3_000), "{name}");
        }
    }
    let made: Value = json(folder.path(), &["backup"]);
    assert_eq!(made["backups"][0]["contacts"], 3_000);
}

#[test]
fn an_export_does_not_make_two_logs_one() {
    let folder = full();
    ok(folder.path(), &["backup", "--now", NOW]);
    ok(folder.path(), &["export", "-o", "all.jsonl", "--now", NOW]);
    let new = full();
    std::fs::remove_file(new.path().join("attent.db")).unwrap();
    ok(new.path(), &["score", "--now", NOW]);
    ok(new.path(), &["backup", "--now", NOW]);
    ok(new.path(), &["import", folder.path().join("all.jsonl").to_str().unwrap(), "--now", NOW]);
    ok(new.path(), &["backup", "--now", NOW]);
    let name = |folder: &Path| -> String {
        let db = Connection::open(folder.join("attent.db")).unwrap();
        db.query_row("SELECT value FROM settings WHERE key = 'log_name'", [], |row| row.get(0)).unwrap()
    };
    assert_ne!(name(folder.path()), name(new.path()));
}

/// The folder of a stick or a share, in which a consultant has the backups of every client.
#[test]
fn in_a_folder_that_workspaces_share_each_counts_and_removes_its_own() {
    let (one, other) = (full(), full());
    let shared = tempfile::tempdir().unwrap();
    let stick = shared.path().to_str().unwrap();
    let at = |folder: &Path, day: u32, args: &[&str]| {
        let now = format!("2026-11-{day:02}T06:00");
        json(folder, &[&["backup", stick, "--now", &now], args].concat())
    };
    (1..=3).for_each(|day| drop(at(one.path(), day, &[])));
    let made = at(other.path(), 4, &["--keep", "1"]);
    assert_eq!(made["removed"].as_array().unwrap().len(), 0, "{made}");
    let made = at(one.path(), 5, &["--keep", "2"]);
    let removed = made["removed"].to_string();
    assert!(removed.contains("attent-2026-11-01-060000.db") && removed.contains("attent-2026-11-02-060000.db"), "{made}");
    assert_eq!(names(shared.path()), ["attent-2026-11-03-060000.db", "attent-2026-11-04-060000.db", "attent-2026-11-05-060000.db"]);
    // A log stays itself when the copy of another is put into it, and where it had none it takes that of the copy.
    let copy = shared.path().join("attent-2026-11-05-060000.db");
    ok(other.path(), &["restore", copy.to_str().unwrap(), "--yes", "--now", NOW]);
    let made = at(other.path(), 6, &["--keep", "1"]);
    assert!(made["removed"].as_array().unwrap().len() == 1 && made["removed"].to_string().contains("-04-"), "{made}");
    // In the workspace's own folder all are its own, those of before logs had names too.
    ok(one.path(), &["backup", "--now", "2026-11-01"]);
    let old = one.path().join("backups/attent-2026-11-01-000000.db");
    Connection::open(&old).unwrap().execute("DELETE FROM settings WHERE key = 'log_name'", []).unwrap();
    let made = json(one.path(), &["backup", "--keep", "1", "--now", NOW]);
    assert!(made["removed"].to_string().contains("attent-2026-11-01-000000.db"), "{made}");
}

#[test]
fn a_log_that_was_only_begun_is_no_reason_to_refuse_a_backup() {
    let folder = full();
    ok(folder.path(), &["backup", "first.db", "--now", NOW]);
    let (log, first) = (folder.path().join("attent.db"), rows_of(&folder.path().join("first.db")));
    for sql in ["", "PRAGMA journal_mode = WAL; CREATE TABLE x (y); DROP TABLE x;"] {
        std::fs::remove_file(&log).unwrap();
        Connection::open(&log).unwrap().execute_batch(sql).unwrap();
        std::fs::File::options().create(true).append(true).open(&log).unwrap();
        let said = fails(folder.path(), &["backup", "--now", NOW], 1);
        assert!(said.contains("nothing to copy yet") && said.contains("attent.db is empty"), "{sql} {said}");
        let restored = json(folder.path(), &["restore", "first.db", "--yes", "--now", NOW]);
        assert_eq!((&restored["kept"], rows_of(&log) == first), (&Value::Null, true), "{sql} {restored}");
        assert!(names(&folder.path().join("backups")).is_empty(), "{sql}");
    }
}

/// What is not in a copy yet stands beside it under its whole name, and beside the file a link leads to.
#[test]
fn what_lies_beside_a_copy_of_any_name_is_read_with_it() {
    let folder = full();
    let log = folder.path().join("attent.db");
    let db = Connection::open(&log).unwrap();
    db.execute_batch("PRAGMA journal_mode = WAL; PRAGMA wal_checkpoint(TRUNCATE); UPDATE customers SET notes = 'in the wal' WHERE id = 1")
        .unwrap();
    for name in ["copy.db.bak", "copy", "copy.db"] {
        std::fs::copy(&log, folder.path().join(name)).unwrap();
        std::fs::copy(folder.path().join("attent.db-wal"), folder.path().join(format!("{name}-wal"))).unwrap();
    }
    drop(db);
    let notes = || -> String {
        Connection::open(&log).unwrap().query_row("SELECT notes FROM customers WHERE id = 1", [], |row| row.get(0)).unwrap()
    };
    #[cfg(unix)]
    std::os::unix::fs::symlink("copy.db.bak", folder.path().join("link.db")).unwrap();
    for name in ["copy.db.bak", "copy", "copy.db", "link.db"].iter().filter(|name| folder.path().join(name).exists()) {
        Connection::open(&log).unwrap().execute("UPDATE customers SET notes = '' WHERE id = 1", []).unwrap();
        ok(folder.path(), &["restore", name, "--yes", "--now", NOW]);
        assert_eq!(notes(), "in the wal", "{name}");
    }
}

#[cfg(unix)]
#[test]
fn a_damaged_log_behind_a_link_is_replaced_where_it_is() {
    let folder = full();
    let (log, disk) = (folder.path().join("attent.db"), tempfile::tempdir().unwrap());
    ok(folder.path(), &["backup", "first.db", "--now", NOW]);
    let real = disk.path().join("real.db");
    std::fs::remove_file(&log).unwrap();
    std::fs::write(&real, "spoilt").unwrap();
    std::fs::write(disk.path().join("real.db-wal"), "of the spoilt one").unwrap();
    std::os::unix::fs::symlink(&real, &log).unwrap();
    let restored = json(folder.path(), &["restore", "first.db", "--yes", "--now", NOW]);
    let kept = folder.path().join(restored["kept"].as_str().unwrap());
    assert_eq!(std::fs::read(&kept).unwrap(), b"spoilt");
    assert_eq!(std::fs::read(format!("{}-wal", kept.display())).unwrap(), b"of the spoilt one");
    assert!(log.is_symlink() && !disk.path().join("real.db-wal").exists(), "{restored}");
    assert_eq!(rows_of(&real), rows_of(&folder.path().join("first.db")));
    // And so is the file that a link leads to which a backup goes to.
    let (copy, link) = (disk.path().join("copy.db"), folder.path().join("link.db"));
    std::fs::write(&copy, "").unwrap();
    std::os::unix::fs::symlink(&copy, &link).unwrap();
    ok(folder.path(), &["backup", "link.db", "--force", "--now", NOW]);
    assert!(link.is_symlink() && rows_of(&copy) == rows_of(&log));
}

#[cfg(unix)]
#[test]
fn a_device_or_a_pipe_is_never_replaced_by_a_backup() {
    use std::os::unix::fs::FileTypeExt as _;
    let folder = full();
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for args in [&["backup", "pipe"][..], &["backup", "pipe", "--force"]] {
        assert!(fails(folder.path(), args, 2).contains("a device or a pipe"));
    }
    assert!(pipe.metadata().unwrap().file_type().is_fifo());
}

/// A folder may have any name a disk can hold; SQLite is told it in a way of its own.
#[cfg(target_os = "linux")]
#[test]
fn folders_and_files_of_any_name_are_backed_up_and_put_back() {
    use std::os::unix::ffi::OsStrExt as _;
    let top = tempfile::tempdir().unwrap();
    for name in [&b"odd \xff name"[..], b"100% #1 ?x=y&immutable=0", b"%ff", b"plus+ and e\xcc\x81", b"two\nlines"] {
        let root = top.path().join(std::ffi::OsStr::from_bytes(name));
        let source = full();
        std::fs::create_dir(&root).unwrap();
        for file in ["attent.db", "attent.yaml", "playbook.yaml"] {
            std::fs::copy(source.path().join(file), root.join(file)).unwrap();
        }
        std::fs::rename(source.path().join("journeys"), root.join("journeys")).unwrap();
        ok(&root, &["backup", "--now", NOW]);
        let before = rows_of(&root.join("attent.db"));
        ok(&root, &["log", "--new", "Zed", "called", "--now", NOW]);
        ok(&root, &["restore", "attent-2026-11-20-120000.db", "--yes", "--now", NOW]);
        assert_eq!(rows_of(&root.join("attent.db")), before, "{}", root.display());
        let copy = root.join(std::ffi::OsStr::from_bytes(b"\xff.db"));
        assert!(attent(&root, &["backup", "--now", NOW]).arg(&copy).status().unwrap().success());
        assert!(attent(&root, &["restore", "--yes", "--now", NOW]).arg(&copy).status().unwrap().success(), "{}", root.display());
        let twice = format!("/{}", top.path().display());
        let doubled = Path::new(&twice).join(std::ffi::OsStr::from_bytes(name));
        let output = attent(top.path(), &["backup", "--now", NOW, "-w"]).arg(&doubled).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let listed = attent(top.path(), &["restore", "-O", "json", "-w"]).arg(&doubled).output().unwrap();
        let listed: Value = serde_json::from_slice(&listed.stdout).unwrap();
        assert!(listed["unreadable"].as_array().unwrap().is_empty() && listed["backups"].as_array().unwrap().len() >= 3, "{listed}");
    }
}
