//! Logs that are really damaged: bytes turned over in the pages of every table, files cut off, heads wiped,
//! write-ahead files cut and spoilt. Whatever a command meets, it says so in three voices or answers, leaves the
//! file as it was when it fails, and `attent doctor` finds what SQLite finds.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::OnceLock;

use rusqlite::{Connection, OpenFlags};

use super::cli::{fails, json, ok, run};
use super::edges_import::{Dice, business, log, put};

const NOW: &str = "2026-09-20T12:00:00Z";

/// Commands that read much and little, and that write.
const VERBS: &[&[&str]] = &[
    &["score"],
    &["score", "--by", "customer"],
    &["customers", "list"],
    &["timeline", "Anna"],
    &["suggest"],
    &["why", "Anna"],
    &["nudges", "--all"],
    &["incidents"],
    &["undo", "--list"],
    &["log", "Anna", "called about the offer"],
    &["undo"],
    &["nudge"],
    &["import", "more.csv"],
    &["customers", "edit", "Anna", "--segment", "gold"],
    &["gift", "idea", "Anna", "a book"],
];

/// A workspace with a few hundred contacts, so that tables have more pages than one.
fn workspace() -> tempfile::TempDir {
    let folder = business();
    let at = |args: &[&str]| ok(folder.path(), &args.iter().copied().chain(["--now", NOW]).collect::<Vec<_>>());
    put(folder.path(), "log.csv", &log(5, 400));
    put(folder.path(), "more.csv", &["2026-09-18,Zed,phone,,,", "2026-09-18,Anna,phone,,,again"]);
    at(&["import", "log.csv"]);
    at(&["incident", "open", "Anna", "the delivery was late"]);
    at(&["gift", "idea", "Bo", "a book about gardens"]);
    at(&["referral", "add", "Dina", "--by", "Anna"]);
    at(&["customers", "alias", "Anna", "anna@example.nl"]);
    at(&["nudge"]);
    at(&["log", "Cees", "called"]);
    at(&["undo"]);
    at(&["undo", "7"]);
    folder
}

/// The log of that workspace, made once.
fn good() -> &'static [u8] {
    static GOOD: OnceLock<Vec<u8>> = OnceLock::new();
    GOOD.get_or_init(|| {
        let folder = workspace();
        std::fs::read(folder.path().join("attent.db")).unwrap()
    })
}

/// Lays a log in a workspace, and nothing or a write-ahead file beside it.
fn lay(folder: &Path, bytes: &[u8], wal: Option<&[u8]>) {
    for beside in ["attent.db-wal", "attent.db-shm"] {
        let _ = std::fs::remove_file(folder.join(beside));
    }
    std::fs::write(folder.join("attent.db"), bytes).unwrap();
    if let Some(wal) = wal {
        std::fs::write(folder.join("attent.db-wal"), wal).unwrap();
        #[cfg(unix)]
        std::fs::set_permissions(folder.join("attent.db-wal"), std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    }
}

/// What SQLite itself finds in a log that nobody writes: nothing, or the first complaint.
fn complaint(path: &Path) -> Option<String> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let look = || -> rusqlite::Result<String> {
        let db = Connection::open_with_flags(format!("file:{}?immutable=1", path.display()), flags)?;
        db.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
    };
    match look() {
        Ok(said) if said == "ok" => None,
        Ok(said) => Some(said),
        Err(err) => Some(err.to_string()),
    }
}

/// Runs a command on a spoilt log: an answer, or three voices and the file as it was.
#[track_caller]
fn survives(folder: &Path, verb: &[&str], what: &str) -> bool {
    let before = std::fs::read(folder.join("attent.db")).unwrap();
    let all: Vec<&str> = verb.iter().copied().chain(["--now", NOW, "--no-input"]).collect();
    let output = run(folder, &all);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let code = output.status.code();
    assert!(!said.contains("panicked") && code.is_some(), "{what} {verb:?} {code:?}\n{said}");
    if code == Some(0) {
        return true;
    }
    // A name that can no longer be read, or is another one now, is not found; and nothing to take back is none.
    assert!(matches!(code, Some(1 | 2)), "{what} {verb:?} {code:?}\n{said}");
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("note: ")).collect();
    assert!(lines[0].starts_with("error: ") && lines.len() >= 2, "{what} {verb:?}\n{said}");
    let own_words = |line: &&&str| ["malformed", "Invalid", "no such", "Query"].iter().any(|word| line.contains(word));
    assert_eq!(lines.first().filter(own_words), None, "SQLite's words come first\n{what} {verb:?}\n{said}");
    if said.contains("attent.db is damaged") {
        assert!(said.contains("attent doctor") && said.contains("attent restore"), "{what} {verb:?}\n{said}");
    }
    // A command that had done its work before it met the damage says that it has.
    let recorded = said.contains("what you asked for was recorded before that");
    assert!(recorded || std::fs::read(folder.join("attent.db")).unwrap() == before, "{what} {verb:?} changed the file\n{said}");
    false
}

/// `doctor` finds what SQLite finds, changes nothing, and every other look goes on.
#[track_caller]
fn doctor_finds(folder: &Path, what: &str) {
    let path = folder.join("attent.db");
    let (before, expected) = (std::fs::read(&path).unwrap(), complaint(&path));
    let output = run(folder, &["doctor", "-O", "json", "--now", NOW]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{what}\n{said}"));
    assert!(matches!(output.status.code(), Some(0 | 1)) && !said.contains("panicked"), "{what}\n{said}");
    assert!(answer["checks"].as_array().unwrap().iter().any(|check| check["check"] == "backups"), "{what}\n{answer}");
    let wrong = answer["wrong"].as_u64().unwrap();
    assert_eq!(output.status.code() == Some(1), wrong > 0, "{what}\n{answer}");
    if let Some(expected) = expected {
        assert!(wrong > 0, "{what}: SQLite says {expected}, doctor nothing\n{answer}");
    }
    assert!(std::fs::read(&path).unwrap() == before, "{what}: looking changed the file");
}

/// The pages of each table and index.
fn pages(bytes: &[u8]) -> BTreeMap<String, Vec<usize>> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    std::fs::write(&path, bytes).unwrap();
    let db = Connection::open(path).unwrap();
    let mut select = db.prepare("SELECT name, pageno FROM dbstat ORDER BY 1, 2").unwrap();
    let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))).unwrap();
    let mut found = BTreeMap::<String, Vec<usize>>::new();
    for row in rows {
        let (name, page) = row.unwrap();
        found.entry(name).or_default().push(page as usize);
    }
    found
}

/// Bytes turned over in the middle of a page of each table and index.
#[test]
fn bytes_that_turned_over_in_any_table_give_words_and_no_panic() {
    let folder = workspace();
    let mut dice = Dice(20_260_920);
    let mut failed = 0;
    for (name, pages) in pages(good()) {
        for hard in [false, true] {
            let mut bytes = good().to_vec();
            let page = pages[dice.roll(pages.len() as u64) as usize] - 1;
            // A few bytes anywhere, or a stretch over the cells at the end of the page, which are filled from there.
            let (count, from, room) = if hard { (200, 3_700, 390) } else { (6, 8, 4_000) };
            for _ in 0..count {
                let at = page * 4_096 + from + dice.roll(room) as usize;
                bytes[at] ^= 1 + dice.roll(255) as u8;
            }
            lay(folder.path(), &bytes, None);
            let what = format!("{name}, page {page}, {count} bytes");
            doctor_finds(folder.path(), &what);
            for _ in 0..3 {
                lay(folder.path(), &bytes, None);
                let verb = VERBS[dice.roll(VERBS.len() as u64) as usize];
                failed += u32::from(!survives(folder.path(), verb, &what));
            }
        }
    }
    assert!(failed > 20, "only {failed} commands met the damage");
}

#[test]
fn a_file_that_was_cut_off_or_lost_its_head_is_told_and_left_alone() {
    let folder = workspace();
    let mut dice = Dice(7);
    let mut cases: Vec<(String, Vec<u8>)> = (0..12)
        .map(|_| {
            let length = 1 + dice.roll(good().len() as u64 - 1) as usize;
            (format!("cut off at {length}"), good()[..length].to_vec())
        })
        .collect();
    for wiped in [16, 28, 100, 4_096] {
        let mut bytes = good().to_vec();
        bytes[..wiped].fill(0);
        cases.push((format!("{wiped} bytes wiped"), bytes));
    }
    for at in (16..100).step_by(9) {
        let mut bytes = good().to_vec();
        bytes[at] ^= 0x55;
        cases.push((format!("byte {at} of the head"), bytes));
    }
    for (what, bytes) in &cases {
        lay(folder.path(), bytes, None);
        doctor_finds(folder.path(), what);
        for verb in [VERBS[0], VERBS[9], VERBS[2], &["backup"]] {
            lay(folder.path(), bytes, None);
            survives(folder.path(), verb, what);
        }
    }
}

/// A log of which the last entries stand in the write-ahead file alone, and that file.
fn with_wal(folder: &Path) -> (Vec<u8>, Vec<u8>) {
    let path = folder.join("attent.db");
    let holder = Connection::open(&path).unwrap();
    holder.execute_batch("PRAGMA wal_autocheckpoint = 0; BEGIN; SELECT count(*) FROM entries;").unwrap();
    for n in 0..3 {
        ok(folder, &["log", "Anna", &format!("called, {n}"), "--now", NOW]);
    }
    let found = (std::fs::read(&path).unwrap(), std::fs::read(path.with_extension("db-wal")).unwrap());
    assert!(found.1.len() > 20_000, "{}", found.1.len());
    found
}

/// What a write-ahead file holds up to where it is sound counts; what comes after is as if it never happened.
#[test]
fn a_write_ahead_file_that_was_cut_or_spoilt_loses_its_end_and_nothing_else() {
    let folder = workspace();
    let (bytes, wal) = with_wal(folder.path());
    let contacts = || json(folder.path(), &["timeline", "Anna", "--now", NOW])["touchpoints"].as_array().unwrap().len();
    lay(folder.path(), &bytes, None);
    let without = contacts();
    let mut dice = Dice(99);
    for n in 0..16 {
        let at = 1 + dice.roll(wal.len() as u64 - 1) as usize;
        let mut spoilt = wal.clone();
        if n % 2 == 0 {
            spoilt.truncate(at);
        } else {
            spoilt[at] ^= 0xff;
        }
        let what = format!("write-ahead file, {} at {at}", if n % 2 == 0 { "cut" } else { "spoilt" });
        lay(folder.path(), &bytes, Some(&spoilt));
        let output = run(folder.path(), &["doctor", "--now", NOW]);
        assert_eq!(output.status.code(), Some(0), "{what}\n{}", String::from_utf8_lossy(&output.stdout));
        assert!(std::fs::read(folder.path().join("attent.db-wal")).unwrap() == spoilt, "{what}: looking changed it");
        lay(folder.path(), &bytes, Some(&spoilt));
        let found = contacts();
        assert!((without..=without + 3).contains(&found), "{what}: {found}");
        assert_eq!(run(folder.path(), &["doctor", "--now", NOW]).status.code(), Some(0), "{what}");
    }
    // A backup has what stands in the write-ahead file alone.
    lay(folder.path(), &bytes, Some(&wal));
    ok(folder.path(), &["backup", "with.db"]);
    lay(folder.path(), &bytes, None);
    ok(folder.path(), &["restore", "with.db", "--yes"]);
    assert_eq!(contacts(), without + 3);
}

#[test]
fn what_is_no_log_is_said_to_be_none() {
    let folder = workspace();
    let path = folder.path().join("attent.db");
    let newer = || {
        let mut bytes = good().to_vec();
        bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
        bytes
    };
    let other = || {
        let place = tempfile::tempdir().unwrap();
        let db = Connection::open(place.path().join("x.db")).unwrap();
        db.execute_batch("CREATE TABLE mine (x); INSERT INTO mine VALUES (1);").unwrap();
        drop(db);
        std::fs::read(place.path().join("x.db")).unwrap()
    };
    let cases = [
        (newer(), "was made by a newer version of attent", "install the newer version"),
        (other(), "is not a log of attent", "another program's database"),
        (
            b"a letter to a customer, somewhat longer than the hundred bytes that SQLite looks at before it says no".to_vec(),
            "is not a log of attent",
            "attent restore",
        ),
    ];
    for (bytes, en, todo) in &cases {
        for verb in [&["score"][..], &["log", "Anna", "called"], &["backup"], &["undo"]] {
            lay(folder.path(), bytes, None);
            let said = fails(folder.path(), verb, 1);
            assert!(said.contains(en) && said.contains(todo) && said.lines().count() == 3, "{verb:?}\n{said}");
            assert!(std::fs::read(&path).unwrap() == *bytes, "{verb:?}");
        }
        let output = run(folder.path(), &["doctor"]);
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.code() == Some(1) && said.contains(&en.split(' ').take(3).collect::<Vec<_>>().join(" ")), "{said}");
        assert!(std::fs::read(&path).unwrap() == *bytes);
        assert!(!folder.path().join("backups").exists() || std::fs::read_dir(folder.path().join("backups")).unwrap().count() == 0);
    }
    // An empty file is a log in which nothing stands yet.
    lay(folder.path(), b"", None);
    assert_eq!(run(folder.path(), &["doctor"]).status.code(), Some(0));
    ok(folder.path(), &["customers", "list"]);
    // A folder is no file.
    for name in ["attent.db", "attent.db-wal", "attent.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(name));
    }
    std::fs::create_dir(&path).unwrap();
    for verb in [&["score"][..], &["backup"]] {
        assert!(fails(folder.path(), verb, 1).contains("it is a folder"), "{verb:?}");
    }
    assert_eq!(run(folder.path(), &["doctor"]).status.code(), Some(1));
}

/// Numbers by which room is made in memory: one that a damaged page made up is told, and no memory is asked for it.
#[test]
fn a_number_that_was_never_given_is_damage() {
    let folder = workspace();
    for harm in [
        "UPDATE stages SET id = 4000000000 WHERE stage = 'use'",
        "UPDATE touchpoints SET customer = 4000000000000000 WHERE id = 7; UPDATE customers SET id = 4000000000000000 WHERE name = 'Anna';
         UPDATE touchpoints SET stage = NULL WHERE customer = 4000000000000000; DELETE FROM sqlite_sequence WHERE name = 'customers'",
    ] {
        lay(folder.path(), good(), None);
        let db = Connection::open(folder.path().join("attent.db")).unwrap();
        db.execute_batch(&format!("PRAGMA foreign_keys = OFF; {harm};")).expect(harm);
        drop(db);
        let said = fails(folder.path(), &["log", "Anna", "called", "--now", NOW], 1);
        assert!(
            said.contains("attent.db is damaged") && said.contains("number 40000000") && said.contains("nothing was changed"),
            "{said}"
        );
        assert_eq!(run(folder.path(), &["doctor", "--now", NOW]).status.code(), Some(1));
    }
}

/// After any damage, a backup brings everything back; and what was there is kept.
#[test]
fn a_backup_brings_a_damaged_log_back() {
    let folder = workspace();
    let before = json(folder.path(), &["score", "--by", "customer", "--now", NOW]);
    ok(folder.path(), &["backup", "good.db", "--now", NOW]);
    let mut torn = good().to_vec();
    torn[8_192..60_000].fill(0x5a);
    // With a write-ahead file that would be played into whatever log comes to lie beside it.
    let (mut headless, stale) = with_wal(folder.path());
    headless[..4_096].fill(0);
    headless[20_000..60_000].fill(0x5a);
    let cases = [
        ("torn", torn, None),
        ("headless", headless, Some(stale)),
        ("short", good()[..9_000].to_vec(), None),
        ("text", b"not a database".to_vec(), None),
    ];
    for (n, (what, bytes, wal)) in cases.iter().enumerate() {
        let wal = wal.as_deref();
        lay(folder.path(), bytes, None);
        let said = fails(folder.path(), &["score"], 1);
        assert!(said.contains("attent restore"), "{what}\n{said}");
        lay(folder.path(), bytes, wal);
        let now = format!("2026-09-20T12:00:0{n}Z");
        let restored = json(folder.path(), &["restore", "good.db", "--yes", "--now", &now]);
        assert_eq!(restored["was_damaged"], true, "{what}\n{restored}");
        let kept = folder.path().join(restored["kept"].as_str().unwrap());
        assert!(std::fs::read(&kept).unwrap() == *bytes, "{what}: what was there is kept as it was");
        assert_eq!(std::fs::read(kept.with_extension("db-wal")).ok().as_deref(), wal, "{what}");
        assert_eq!(json(folder.path(), &["score", "--by", "customer", "--now", NOW]), before, "{what}");
        assert_eq!(run(folder.path(), &["doctor", "--now", NOW]).status.code(), Some(0), "{what}");
    }
}
