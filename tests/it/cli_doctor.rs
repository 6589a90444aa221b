//! `attent doctor`: what it finds, what it mends, and what it leaves to a person.

use std::path::Path;

use rusqlite::Connection;
use serde_json::Value;

use super::cli::{attent, fails, json, ok, run};

const NOW: &str = "2026-11-20T12:00";

/// A workspace whose log has a row in every table.
pub fn full() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    super::migrations::old(folder.path(), include_str!("data/ledger-v4.sql"));
    close(folder.path());
    folder
}

/// Files as attent writes them: for their owner only.
fn close(folder: &Path) {
    #[cfg(unix)]
    for entry in ["attent.db", "attent.yaml", "playbook.yaml", "journeys/client.yaml", "journeys/customer.yaml"] {
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        let _ = std::fs::set_permissions(folder.join(entry), mode);
    }
    // The sums are brought up to date, which is not what is tested here.
    ok(folder, &["score", "--now", NOW]);
}

fn examined(folder: &Path, args: &[&str]) -> (Option<i32>, Value) {
    let all: Vec<&str> = ["doctor", "-O", "json", "--now", NOW].iter().chain(args).copied().collect();
    let output = run(folder, &all);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), serde_json::from_slice(&output.stdout).expect(&said))
}

/// The row of one check.
fn check<'a>(answer: &'a Value, id: &str) -> &'a Value {
    let rows = answer["checks"].as_array().unwrap();
    rows.iter().find(|row| row["check"] == id).unwrap_or_else(|| panic!("no {id} in {answer}"))
}

/// Everything that people would miss.
fn state(folder: &Path) -> Vec<Value> {
    let at = |args: &[&str]| json(folder, &args.iter().copied().chain(["--now", NOW]).collect::<Vec<_>>());
    vec![
        at(&["score", "--by", "customer"]),
        at(&["customers", "list"]),
        at(&["nudges", "--all"]),
        at(&["timeline", "Anna"]),
        at(&["gifts"]),
    ]
}

#[test]
fn a_log_with_a_row_in_every_table_is_in_order() {
    let folder = full();
    let before = std::fs::read(folder.path().join("attent.db")).unwrap();
    let (code, answer) = examined(folder.path(), &[]);
    assert_eq!((code, &answer["wrong"]), (Some(0), &0.into()), "{answer}");
    assert_eq!(answer["schema"], "attent.doctor/1");
    for id in [
        "settings",
        "journeys",
        "file",
        "pages",
        "schema",
        "references",
        "orphans",
        "erased",
        "sums",
        "permissions",
        "leftovers",
        "backups",
    ] {
        assert!(["fine", "note"].contains(&check(&answer, id)["verdict"].as_str().unwrap()), "{id} {answer}");
    }
    assert_eq!(check(&answer, "sums")["verdict"], "fine", "{answer}");
    assert!(std::fs::read(folder.path().join("attent.db")).unwrap() == before, "looking changes nothing");
    for beside in ["attent.db-wal", "attent.db-shm", "backups"] {
        assert!(!folder.path().join(beside).exists(), "{beside}");
    }
    // Nothing to mend is nothing done.
    let (code, answer) = examined(folder.path(), &["--fix"]);
    assert_eq!((code, &answer["kept"]), (Some(0), &Value::Null), "{answer}");
    let dutch = ok(folder.path(), &["doctor", "--lang", "nl", "--now", NOW]);
    assert!(dutch.starts_with("Alles is in orde\n") && dutch.contains("gelijk aan het logboek"), "{dutch}");
}

/// Takes an index out of the schema, changes its table, and puts it back as it was.
const STALE_INDEX: &str = "CREATE TEMP TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'touchpoints_by_customer';
    PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'touchpoints_by_customer'; PRAGMA writable_schema = RESET;
    DELETE FROM touchpoints WHERE id = 1;
    PRAGMA writable_schema = ON; INSERT INTO sqlite_schema SELECT * FROM kept; PRAGMA writable_schema = RESET;";

/// What is done to a log, which check says so, and whether it can be mended.
const HARMS: &[(&str, &str, bool)] = &[
    ("UPDATE standings SET sums = zeroblob(length(sums)) WHERE customer = 1", "sums", true),
    ("DELETE FROM standings WHERE customer = 2", "sums", true),
    ("DELETE FROM days WHERE day = (SELECT min(day) FROM days)", "sums", true),
    ("UPDATE days SET count = count + 1", "sums", true),
    ("UPDATE touchpoints SET stage = 5 WHERE id = 1", "sums", true),
    ("UPDATE touchpoints SET stage = 77 WHERE id = 1", "orphans", true),
    ("INSERT INTO standings SELECT 99, sums FROM standings WHERE customer = 1", "references", true),
    ("INSERT INTO cards (key, customer, content) VALUES ('AA', 99, 'BB')", "references", true),
    ("INSERT INTO refused (key, customer) VALUES ('AA', 99)", "references", true),
    ("UPDATE nudges SET touchpoint = 4711 WHERE id = 2", "orphans", true),
    ("UPDATE gifts SET touchpoint = 4711", "orphans", true),
    ("DROP INDEX customer_keys_by_customer", "schema", true),
    ("DROP VIEW touchpoint_log", "schema", true),
    ("DROP INDEX nudges_standing; CREATE INDEX nudges_standing ON nudges (customer)", "schema", true),
    ("CREATE TRIGGER spy AFTER INSERT ON touchpoints BEGIN DELETE FROM entries; END", "schema", true),
    ("CREATE TABLE workspace_files (name TEXT)", "schema", true),
    // What somebody typed stays where it is, and a person is told.
    ("INSERT INTO customer_keys (folded, key, customer) VALUES ('x@y.nl', 'x@y.nl', 99)", "references", false),
    ("UPDATE nudges SET customer = 99 WHERE why <> ''", "references", false),
    ("UPDATE touchpoints SET entry = 4711 WHERE id = 2", "orphans", false),
    ("UPDATE touchpoints SET said = 77 WHERE id = 2", "orphans", false),
    ("UPDATE entries SET undoes = 4711 WHERE id = 3", "orphans", false),
    ("UPDATE incidents SET personal = 3", "values", false),
    ("UPDATE customers SET since = 8640000000000000 WHERE id = 1", "values", false),
    ("UPDATE touchpoints SET minutes = -5 WHERE id = 1", "values", false),
    ("UPDATE customers SET no_contact = 7 WHERE id = 1", "values", false),
    ("UPDATE customers SET notes = printf('%.*c', 200000, 'x') WHERE id = 1", "values", false),
    ("UPDATE changes SET tbl = 'elsewhere' WHERE seq = 1", "values", false),
    ("UPDATE changes SET before = json_object('colour', 'red') WHERE seq = 1", "values", false),
    ("UPDATE changes SET row = 'one' WHERE seq = 1", "values", false),
    ("DROP TABLE gifts", "schema", false),
];

#[test]
fn each_harm_is_found_and_mended_or_left_to_a_person() {
    for (harm, id, mendable) in HARMS {
        let folder = full();
        let before = if *mendable { state(folder.path()) } else { Vec::new() };
        let db = Connection::open(folder.path().join("attent.db")).unwrap();
        db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {harm};")).expect(harm);
        drop(db);
        let (code, answer) = examined(folder.path(), &[]);
        let row = check(&answer, id);
        assert_eq!((code, &row["verdict"], &row["mendable"]), (Some(1), &"wrong".into(), &(*mendable).into()), "{harm}\n{answer}");
        let way_out = if *mendable { "--fix" } else { "attent restore" };
        assert!(row["todo"].as_str().unwrap().contains(way_out), "{harm}\n{row}");
        let (code, answer) = examined(folder.path(), &["--fix"]);
        let verdict = if *mendable { "mended" } else { "wrong" };
        assert_eq!((code, &check(&answer, id)["verdict"]), (Some(i32::from(!mendable)), &verdict.into()), "{harm}\n{answer}");
        if *mendable {
            assert!(folder.path().join(answer["kept"].as_str().unwrap()).is_file(), "{harm}: a copy is made first\n{answer}");
            assert_eq!(examined(folder.path(), &[]).0, Some(0), "{harm}");
            assert_eq!(state(folder.path()), before, "{harm}: nothing else changed");
        }
    }
}

#[test]
fn for_cron_it_says_nothing_when_everything_is_in_order() {
    let folder = full();
    let quiet = ["doctor", "--quiet-if-empty", "--now", NOW];
    assert!(ok(folder.path(), &quiet).contains("`attent backup` makes one"), "no backup yet is worth a word");
    ok(folder.path(), &["backup", "--now", NOW]);
    assert_eq!(ok(folder.path(), &quiet), "");
    Connection::open(folder.path().join("attent.db")).unwrap().execute("UPDATE days SET count = count + 1", []).unwrap();
    let output = run(folder.path(), &quiet);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("doctor --fix"), "{output:?}");
}

#[test]
fn an_index_that_is_not_like_its_table_is_made_anew() {
    let folder = full();
    let db = Connection::open(folder.path().join("attent.db")).unwrap();
    db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {STALE_INDEX}")).unwrap();
    drop(db);
    let (_, answer) = examined(folder.path(), &[]);
    assert_eq!((&check(&answer, "pages")["verdict"], &check(&answer, "pages")["mendable"]), (&"wrong".into(), &true.into()), "{answer}");
    let (code, answer) = examined(folder.path(), &["--fix"]);
    assert_eq!((code, &check(&answer, "pages")["verdict"]), (Some(0), &"mended".into()), "{answer}");
}

#[test]
fn what_the_files_say_wrong_does_not_stop_the_look_at_the_log() {
    let folder = full();
    std::fs::write(folder.path().join("journeys/broken.yaml"), "id: x\ntitel: X\n").unwrap();
    let db = Connection::open(folder.path().join("attent.db")).unwrap();
    db.execute_batch("DROP VIEW touchpoint_log").unwrap();
    drop(db);
    let (code, answer) = examined(folder.path(), &[]);
    assert_eq!(code, Some(1));
    assert_eq!(check(&answer, "journeys")["verdict"], "wrong", "{answer}");
    assert!(check(&answer, "journeys")["found"].as_str().unwrap().contains("journeys/broken.yaml"), "{answer}");
    assert_eq!(check(&answer, "schema")["verdict"], "wrong", "{answer}");
    // The view is mended all the same; the mistake waits for a person.
    let (code, answer) = examined(folder.path(), &["--fix"]);
    assert_eq!((code, &answer["wrong"], &answer["mended"]), (Some(1), &1.into(), &1.into()), "{answer}");
}

#[test]
fn settings_sources_and_variables_are_looked_at() {
    let folder = full();
    let settings = std::fs::read_to_string(folder.path().join("attent.yaml")).unwrap();
    std::fs::write(folder.path().join("attent.yaml"), format!("{settings}\nsources:\n  - path: gone.vcf\n  - path: journeys\n")).unwrap();
    let (code, answer) = examined(folder.path(), &[]);
    assert_eq!((code, &check(&answer, "sources")["verdict"]), (Some(1), &"wrong".into()), "{answer}");
    assert!(check(&answer, "sources")["found"].as_str().unwrap().ends_with(": gone.vcf"), "{answer}");
    std::fs::write(folder.path().join("gone.vcf"), "").unwrap();
    let output = attent(folder.path(), &["doctor", "-O", "json", "--now", NOW]).env("ATTENT_HALFLIFE", "30").output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check(&answer, "sources")["verdict"], "fine", "{answer}");
    assert!(check(&answer, "settings")["found"].as_str().unwrap().contains("ATTENT_HALFLIFE"), "{answer}");
    let output = attent(folder.path(), &["doctor", "-O", "json", "--now", NOW]).env("ATTENT_HALF_LIFE", "minus one").output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &check(&answer, "settings")["verdict"]), (Some(1), &"wrong".into()), "{answer}");
}

#[test]
fn a_log_that_is_not_there_yet_or_of_another_version_is_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    ok(folder.path(), &["init", ".", "--template", "coach", "--lang", "en"]);
    let (code, answer) = examined(folder.path(), &[]);
    assert_eq!((code, &check(&answer, "file")["verdict"]), (Some(0), &"note".into()), "{answer}");
    assert!(!folder.path().join("attent.db").exists(), "looking makes none");
    let folder = tempfile::tempdir().unwrap();
    super::migrations::old(folder.path(), include_str!("data/ledger-v1.sql"));
    let before = std::fs::read(folder.path().join("attent.db")).unwrap();
    let (_, answer) = examined(folder.path(), &[]);
    assert!(check(&answer, "file")["found"].as_str().unwrap().starts_with("a log of version 1;"), "{answer}");
    assert!(std::fs::read(folder.path().join("attent.db")).unwrap() == before, "looking migrates nothing");
}

#[cfg(unix)]
#[test]
fn what_others_may_read_is_told_and_closed() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = full();
    let mode = |name: &str| std::fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
    let open = |name: &str, mode: u32| std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    ok(folder.path(), &["backup", "--now", NOW]);
    let backup = "backups/attent-2026-11-20-120000.db";
    for (name, wide, verdict, narrow) in [
        ("attent.db", 0o644, "wrong", 0o600),
        (backup, 0o640, "wrong", 0o600),
        ("attent.yaml", 0o644, "note", 0o600),
        ("attent.yaml", 0o666, "wrong", 0o600),
        ("journeys", 0o755, "note", 0o700),
        (".", 0o777, "wrong", 0o700),
    ] {
        open(name, wide);
        let (code, answer) = examined(folder.path(), &[]);
        let row = check(&answer, "permissions");
        assert_eq!((code, &row["verdict"]), (Some(i32::from(verdict == "wrong")), &verdict.into()), "{name} {answer}");
        assert!(row["found"].as_str().unwrap().contains(name), "{name} {row}");
        let (code, answer) = examined(folder.path(), &["--fix"]);
        assert_eq!((code, mode(name), &answer["kept"]), (Some(0), narrow, &Value::Null), "{name} {answer}");
    }
}

/// As somebody else, who may look and not touch.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_looked_at_all_the_same() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let folder = full();
    let mode = |name: &str, mode: u32| std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    for (name, bits) in [
        (".", 0o755),
        ("attent.db", 0o644),
        ("attent.yaml", 0o644),
        ("playbook.yaml", 0o644),
        ("journeys", 0o755),
        ("journeys/customer.yaml", 0o644),
    ] {
        mode(name, bits);
    }
    let before = std::fs::read(folder.path().join("attent.db")).unwrap();
    for fix in [false, true] {
        let mut command = attent(folder.path(), &["doctor", "-O", "json", "--now", NOW]);
        command.args(fix.then_some("--fix")).uid(65_534).gid(65_534);
        let Ok(output) = command.output() else { return };
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if fix {
            // It belongs to somebody else, which nothing but a person can change; there is nothing to mend besides.
            assert_eq!(output.status.code(), Some(1), "{said}");
        }
        let answer: Value = serde_json::from_slice(&output.stdout).expect(&said);
        assert_eq!(check(&answer, "pages")["verdict"], "fine", "{answer}");
        assert_eq!(check(&answer, "sums")["verdict"], "fine", "{answer}");
        assert!(check(&answer, "permissions")["found"].as_str().unwrap().starts_with("owned by somebody else"), "{answer}");
    }
    assert!(std::fs::read(folder.path().join("attent.db")).unwrap() == before);
}

#[cfg(unix)]
#[test]
fn an_owner_who_cannot_write_is_told_how_to() {
    use std::os::unix::fs::{PermissionsExt as _, chown};
    use std::os::unix::process::CommandExt as _;
    const OWNER: u32 = 65_534;
    let folder = full();
    for name in ["", "attent.db", "attent.yaml", "playbook.yaml", "journeys", "journeys/client.yaml", "journeys/customer.yaml"] {
        let path = folder.path().join(name);
        if path.exists() && chown(path, Some(OWNER), Some(OWNER)).is_err() {
            return;
        }
    }
    let mode = |name: &str, mode: u32| std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(mode)).unwrap();
    for (root, log, named) in
        [(0o700, 0o600, None), (0o500, 0o600, Some("/")), (0o700, 0o400, Some("attent.db")), (0o700, 0o000, Some("attent.db"))]
    {
        mode("", root);
        mode("attent.db", log);
        let mut command = attent(folder.path(), &["doctor", "-O", "json", "--now", NOW]);
        let output = command.uid(OWNER).gid(OWNER).output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let row = check(&answer, "permissions");
        let Some(named) = named else {
            assert_eq!(row["verdict"], "fine", "{answer}");
            continue;
        };
        assert_eq!((output.status.code(), row["verdict"].as_str()), (Some(1), Some("wrong")), "{answer}");
        let (found, todo) = (row["found"].as_str().unwrap(), row["todo"].as_str().unwrap());
        assert!(found.starts_with("you cannot read or write everything here: ") && found.contains(named), "{found}");
        let command = todo.split('`').nth(1).unwrap();
        assert!(command.starts_with("chmod u+rwX "), "{todo}");
        assert!(std::process::Command::new("sh").args(["-c", command]).status().unwrap().success());
        let output = attent(folder.path(), &["log", "Anna", "called", "--new", "--now", NOW]).uid(OWNER).gid(OWNER).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_backup_that_is_old_or_spoilt_is_told() {
    let folder = full();
    let (_, answer) = examined(folder.path(), &[]);
    assert!(check(&answer, "backups")["found"].as_str().unwrap().starts_with("none"), "{answer}");
    ok(folder.path(), &["backup", "--now", NOW]);
    let (_, answer) = examined(folder.path(), &[]);
    assert_eq!(check(&answer, "backups")["verdict"], "fine", "{answer}");
    let output = run(folder.path(), &["doctor", "-O", "json", "--now", "2199-01-01"]);
    let later: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check(&later, "backups")["verdict"], "note", "{later}");
    let backup = folder.path().join("backups/attent-2026-11-20-120000.db");
    let half = std::fs::read(&backup).unwrap();
    std::fs::write(&backup, &half[..half.len() / 2]).unwrap();
    let (code, answer) = examined(folder.path(), &[]);
    assert_eq!((code, &check(&answer, "backups")["verdict"]), (Some(1), &"wrong".into()), "{answer}");
}

/// The version of the schema that the program writes.
pub fn version() -> i64 {
    let folder = tempfile::tempdir().unwrap();
    super::cli::workspace(folder.path(), super::edges_import::JOURNEY);
    ok(folder.path(), &["customers", "add", "Anna"]);
    let db = Connection::open(folder.path().join("attent.db")).unwrap();
    db.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

#[test]
fn an_erasure_that_was_stopped_is_told_and_finished() {
    let folder = full();
    let path = folder.path().join("attent.db");
    let db = Connection::open(&path).unwrap();
    db.execute_batch("CREATE TABLE page (text TEXT); INSERT INTO page VALUES ('geheimwoord'); DROP TABLE page").unwrap();
    db.execute("INSERT INTO settings (key, value) VALUES ('erasing', '1')", []).unwrap();
    drop(db);
    let holds = || std::fs::read(&path).unwrap().windows(11).any(|bytes| bytes == b"geheimwoord");
    assert!(holds());
    let (code, answer) = examined(folder.path(), &[]);
    assert_eq!((code, &check(&answer, "erased")["verdict"]), (Some(1), &"wrong".into()), "{answer}");
    let (code, answer) = examined(folder.path(), &["--fix"]);
    assert_eq!((code, &check(&answer, "erased")["verdict"]), (Some(0), &"mended".into()), "{answer}");
    assert!(!holds() && answer["kept"].is_null(), "and no copy has it: {answer}");
}

#[test]
fn what_a_stopped_command_left_is_told_and_taken_away_after_a_day() {
    let folder = full();
    std::fs::create_dir(folder.path().join("backups")).unwrap();
    let files = [
        ".attent-draft-passphrase.db",
        ".attent-draft-x1Y2z3.db",
        "backups/.attent-draft-y1Y2z3.db",
        "backups/.attent-draft-y1Y2z3.db-journal",
        ".attent-draft-z1Y2z3",
    ];
    // What somebody may call a file of their own.
    let own = [".attent-passphrase", ".tmp", ".tmpbackup", "attent.db.new", "attent.db.newest", "backups/.attent-mine.db"];
    let written = |hours: u64| {
        for name in files.iter().chain(&own) {
            let file = std::fs::File::create(folder.path().join(name)).unwrap();
            let made = file.metadata().unwrap().modified().unwrap();
            file.set_modified(made - std::time::Duration::from_secs(hours * 3600)).unwrap();
        }
    };
    let now = |args: &[&str]| {
        let output = run(folder.path(), &[&["doctor", "-O", "json"], args].concat());
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    written(1);
    let answer = now(&["--fix"]);
    assert_eq!(check(&answer, "leftovers")["verdict"], "note", "{answer}");
    assert!(files.iter().all(|name| folder.path().join(name).exists()), "they may be at work still");
    written(30);
    assert_eq!(check(&now(&[]), "leftovers")["verdict"], "wrong");
    assert_eq!(check(&now(&["--fix"]), "leftovers")["verdict"], "mended");
    assert!(!files.iter().any(|name| folder.path().join(name).exists()) && folder.path().join("attent.db").exists());
    assert!(own.iter().all(|name| folder.path().join(name).exists()), "none of these is a draft");
}

#[cfg(unix)]
#[test]
fn closing_follows_no_link_and_leaves_the_owner_what_is_the_owners() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let (folder, out) = (full(), tempfile::tempdir().unwrap());
    let open = |path: &Path, mode: u32| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o7777;
    let (script, deep) = (out.path().join("script.sh"), out.path().join("deep"));
    std::fs::write(&script, "").unwrap();
    std::fs::create_dir(&deep).unwrap();
    std::fs::write(deep.join("inside.yaml"), "").unwrap();
    for path in [&script, &deep, &deep.join("inside.yaml")] {
        open(path, 0o755);
    }
    let backups = folder.path().join("backups");
    std::fs::create_dir(&backups).unwrap();
    symlink(&script, backups.join("r.db")).unwrap();
    symlink(&deep, backups.join("d")).unwrap();
    symlink(&script, folder.path().join("journeys/linked.yaml")).unwrap();
    std::fs::remove_file(folder.path().join("playbook.yaml")).unwrap();
    symlink(&script, folder.path().join("playbook.yaml")).unwrap();
    std::fs::write(backups.join("run.sh"), "").unwrap();
    open(&backups.join("run.sh"), 0o755);
    open(&backups, 0o755);
    examined(folder.path(), &["--fix"]);
    assert_eq!([mode(&script), mode(&deep), mode(&deep.join("inside.yaml"))], [0o755; 3]);
    assert_eq!((mode(&backups), mode(&backups.join("run.sh"))), (0o700, 0o700));
    // A folder that is a link itself leads out as well.
    std::fs::remove_dir_all(&backups).unwrap();
    symlink(&deep, &backups).unwrap();
    examined(folder.path(), &["--fix"]);
    assert_eq!([mode(&deep), mode(&deep.join("inside.yaml"))], [0o755; 2]);
    // Of the log itself it is told.
    let log = out.path().join("real.db");
    std::fs::rename(folder.path().join("attent.db"), &log).unwrap();
    symlink(&log, folder.path().join("attent.db")).unwrap();
    open(&log, 0o644);
    let (_, answer) = examined(folder.path(), &["--fix"]);
    let row = check(&answer, "permissions");
    assert!(row["verdict"] == "wrong" && row["todo"].as_str().unwrap().contains("chmod go= "), "{row}");
    assert_eq!(mode(&log), 0o644);
}

#[test]
fn a_log_that_says_it_is_older_than_its_tables_is_found_and_left_alone() {
    for version in [0, 1, 2, 3] {
        let folder = full();
        let path = folder.path().join("attent.db");
        Connection::open(&path).unwrap().execute_batch(&format!("PRAGMA user_version = {version}")).unwrap();
        let (code, answer) = examined(folder.path(), &[]);
        let row = check(&answer, "schema");
        assert_eq!((code, &row["verdict"], &row["mendable"]), (Some(1), &"wrong".into(), &false.into()), "{version} {answer}");
        for _ in 0..2 {
            let said = super::cli::fails(folder.path(), &["score", "--now", NOW], 1);
            assert!(said.contains("is damaged") && said.contains("attent restore") && !said.contains("CREATE"), "{version} {said}");
        }
        assert!(!folder.path().join("backups").exists(), "nothing is kept for what is not done");
    }
}

#[test]
fn sums_that_are_counted_up_to_no_day_are_made_anew() {
    let folder = full();
    let before = state(folder.path());
    for odd in ["99999999999999999", "-99999999999999999", "9223372036854775807"] {
        let db = Connection::open(folder.path().join("attent.db")).unwrap();
        db.execute("UPDATE settings SET value = ?1 WHERE key = 'counted_to'", [odd]).unwrap();
        drop(db);
        let (code, answer) = examined(folder.path(), &[]);
        assert_eq!((code, &check(&answer, "sums")["verdict"]), (Some(1), &"wrong".into()), "{odd} {answer}");
        let (code, answer) = examined(folder.path(), &["--fix"]);
        assert_eq!((code, &check(&answer, "sums")["verdict"]), (Some(0), &"mended".into()), "{odd} {answer}");
        assert_eq!(state(folder.path()), before, "{odd}");
    }
}

#[test]
fn one_is_told_as_one() {
    let folder = full();
    Connection::open(folder.path().join("attent.db")).unwrap().execute("UPDATE nudges SET touchpoint = 4711 WHERE id = 2", []).unwrap();
    let found = |answer: &Value, id: &str| check(answer, id)["found"].as_str().unwrap().to_owned();
    let (_, answer) = examined(folder.path(), &[]);
    assert_eq!(found(&answer, "orphans"), "1 nudge points to a contact that is not there");
    ok(folder.path(), &["backup"]);
    let output = run(folder.path(), &["doctor", "-O", "json"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(found(&answer, "backups").ends_with(", less than a day old"), "{answer}");
}

/// A log that is gone, cut off to nothing, or begun anew beside a backup with customers in it.
#[test]
fn a_log_that_holds_nothing_beside_a_backup_is_missed_by_everybody() {
    let folder = full();
    let at = |args: &[&str]| [args, &["--now", NOW]].concat().into_iter().map(str::to_owned).collect::<Vec<_>>();
    let refused = |args: &[&str]| fails(folder.path(), &at(args).iter().map(String::as_str).collect::<Vec<_>>(), 1);
    ok(folder.path(), &["backup", "--now", NOW]);
    let log = folder.path().join("attent.db");
    for harm in ["gone", "cut", "begun"] {
        for beside in ["attent.db", "attent.db-wal", "attent.db-shm"] {
            let _ = std::fs::remove_file(folder.path().join(beside));
        }
        if harm == "cut" {
            std::fs::write(&log, "").unwrap();
        }
        if harm == "begun" {
            run(folder.path(), &["today", "--now", NOW]);
        }
        let (code, answer) = examined(folder.path(), &["--quiet-if-empty"]);
        let row = check(&answer, "file");
        assert_eq!((code, row["verdict"].as_str()), (Some(1), Some("wrong")), "{harm} {answer}");
        assert!(row["found"].as_str().unwrap().contains("the backup attent-2026-11-20-120000.db has 3 customers"), "{harm} {row}");
        assert_eq!(row["todo"], "`attent restore attent-2026-11-20-120000.db` puts it back");
        for words in [&["log", "Anna", "called"][..], &["backup"], &["backup", "--keep", "1"], &["nudge"]] {
            let said = refused(words);
            assert!(said.contains("has 3 customers") && said.contains("`attent restore attent-2026"), "{harm} {words:?} {said}");
            assert!(!said.contains(".attent-"), "{harm} {said}");
        }
        let today = run(folder.path(), &["today", "--now", NOW]);
        let said = String::from_utf8_lossy(&today.stderr);
        assert!(today.status.success() && said.contains("note: ") && said.contains("`attent restore attent-2026"), "{harm} {said}");
    }
    ok(folder.path(), &["restore", "attent-2026-11-20-120000.db", "--yes", "--now", "2026-11-20T12:05"]);
    let (code, answer) = examined(folder.path(), &[]);
    assert_eq!(code, Some(0), "{answer}");
    // Who wants a new log moves the backups of the old one elsewhere.
    std::fs::remove_file(&log).unwrap();
    std::fs::rename(folder.path().join("backups"), folder.path().join("old")).unwrap();
    ok(folder.path(), &["log", "Anna", "called", "--new", "--now", NOW]);
}
