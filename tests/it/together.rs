//! Eight processes that write and four that read, on one log, for half a minute.
//!
//! Nobody sees an error, every row is there, and the sums are those of a log made in peace. `ATTENT_TOGETHER` says for how
//! many seconds; thirty when it is not set.

use std::cell::RefCell;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use attent::ledger::backup::{Places, Replaced, Target, restore};
use rusqlite::Connection;

use super::cli::{attent, json, ok, run, workspace};
use super::cli_log::JOURNEY;

const NOW: &str = "2026-11-20T12:00:00Z";
const WRITERS: usize = 8;
const READERS: usize = 4;

#[allow(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
fn seconds() -> u64 {
    std::env::var("ATTENT_TOGETHER").ok().and_then(|said| said.parse().ok()).unwrap_or(30)
}

/// One thing after another until the time is over, each of which must succeed and say nothing on standard error.
fn busy(folder: &Path, end: Instant, failures: &Mutex<Vec<String>>, mut next: impl FnMut(usize) -> Vec<String>) -> usize {
    let mut done = 0;
    while Instant::now() < end {
        let args = next(done);
        let args: Vec<&str> = args.iter().map(String::as_str).chain(["--now", NOW, "--no-input"]).collect();
        let output = run(folder, &args);
        if !output.status.success() || !output.stderr.is_empty() {
            failures.lock().unwrap().push(format!("{args:?}: {:?} {}", output.status, String::from_utf8_lossy(&output.stderr)));
            return done;
        }
        done += 1;
    }
    done
}

fn words(args: &[&str]) -> Vec<String> {
    args.iter().map(|&word| word.to_owned()).collect()
}

/// What the writers do in turn: a line, a few at once from a file of their own, a new customer.
fn write(folder: &Path, writer: usize, turn: usize) -> Vec<String> {
    let who = format!("Customer {}", (writer + turn) % 5);
    match turn % 3 {
        0 | 1 => words(&["log", &who, &format!("called, the {turn}th time of {writer}")]),
        _ => {
            let file = format!("writer-{writer}.csv");
            let rows: String = (0..10)
                .map(|row| format!("{who},2026-01-{:02}T{:02}:00:00Z,email,w{writer} t{turn} r{row}\n", 1 + turn % 28, 8 + row))
                .collect();
            std::fs::write(folder.join(&file), format!("customer,at,channel,note\n{rows}")).unwrap();
            words(&["import", &file])
        }
    }
}

fn read(reader: usize, turn: usize) -> Vec<String> {
    match (reader + turn) % 5 {
        0 => words(&["score", "--by", "cell", "-O", "json"]),
        1 => words(&["timeline", "Customer 1"]),
        2 => words(&["plan"]),
        3 => words(&["customers", "list", "-O", "csv"]),
        _ => words(&["why", "Customer 2"]),
    }
}

#[test]
fn twelve_processes_get_along_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    (0..5).for_each(|who| drop(ok(folder, &["customers", "add", &format!("Customer {who}"), "--now", NOW])));
    let failures = Mutex::new(Vec::new());
    let end = Instant::now() + Duration::from_secs(seconds());
    let failed = &failures;
    let written: Vec<usize> = std::thread::scope(|scope| {
        let writers: Vec<_> =
            (0..WRITERS).map(|writer| scope.spawn(move || busy(folder, end, failed, |turn| write(folder, writer, turn)))).collect();
        let readers: Vec<_> =
            (0..READERS).map(|reader| scope.spawn(move || busy(folder, end, failed, |turn| read(reader, turn)))).collect();
        let read: usize = readers.into_iter().map(|reader| reader.join().unwrap()).sum();
        assert!(read > 0 || !failed.lock().unwrap().is_empty());
        writers.into_iter().map(|writer| writer.join().unwrap()).collect()
    });
    assert_eq!(*failures.lock().unwrap(), Vec::<String>::new());
    let rows = |turns: usize| -> usize { (0..turns).map(|turn| if turn % 3 == 2 { 10 } else { 1 }).sum() };
    let expected: usize = written.iter().map(|&turns| rows(turns)).sum();
    let db = Connection::open(folder.join("attent.db")).unwrap();
    let there: i64 = db.query_row("SELECT count(*) FROM touchpoints", [], |row| row.get(0)).unwrap();
    assert_eq!(there, expected as i64, "each of {written:?} turns of the writers is there");
    let entries: i64 = db.query_row("SELECT count(*) FROM entries WHERE verb IN ('log', 'import')", [], |row| row.get(0)).unwrap();
    assert_eq!(entries, written.iter().sum::<usize>() as i64);
    drop(db);
    ok(folder, &["doctor", "--now", NOW]);
}

/// Two write without pause while a backup is put back again and again. What they wrote before it was put back is in the
/// copies that were kept; the log itself is whole at every moment.
#[test]
fn a_backup_is_put_back_beside_others_that_write_and_the_log_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    let rows: String = (0..500).map(|n| format!("Kees,2026-01-{:02}T09:00:00Z,email,the {n}th\n", 1 + n % 28)).collect();
    std::fs::write(folder.join("log.csv"), format!("customer,at,channel,note\n{rows}")).unwrap();
    ok(folder, &["import", "log.csv", "--now", NOW]);
    ok(folder, &["backup", "copy.db", "--now", NOW]);
    let failures = Mutex::new(Vec::new());
    let failed = &failures;
    std::thread::scope(|scope| {
        let write = |writer: usize| {
            move || {
                let next = |turn| words(&["log", "Kees", &format!("called, the {turn}th time of {writer}")]);
                let begun = Instant::now();
                busy(folder, begun + Duration::from_secs(4), failed, next)
            }
        };
        let writers = [scope.spawn(write(1)), scope.spawn(write(2))];
        let mut restored = 0;
        while writers.iter().any(|writer| !writer.is_finished()) {
            let output = run(folder, &["restore", "copy.db", "--yes"]);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            // Writers that leave no pause may be in the way for longer than it waits, which it says.
            if !output.status.success() && !said.contains("attent.db is in use") {
                failed.lock().unwrap().push(format!("restore: {said}"));
            }
            restored += usize::from(output.status.success());
            let head = std::fs::read(folder.join("attent.db")).unwrap();
            if !head.starts_with(b"SQLite format 3\0") {
                failed.lock().unwrap().push("the log lost its head".to_owned());
            }
        }
        assert!(restored > 0 || !failed.lock().unwrap().is_empty(), "none was put back");
    });
    assert_eq!(*failures.lock().unwrap(), Vec::<String>::new());
    ok(folder, &["doctor", "--now", NOW]);
}

#[test]
fn nobody_gets_in_while_a_log_is_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    ok(folder, &["customers", "add", "Kees", "--now", NOW]);
    ok(folder, &["backup", "copy.db", "--now", NOW]);
    nobody_gets_in(folder, &|| attent(folder, &["log", "Kees", "called", "--now", NOW]));
}

/// Puts `copy.db` back in this process; each time it asks under which name the log is kept, another one tries to write.
pub fn nobody_gets_in(folder: &Path, writer: &dyn Fn() -> Command) {
    let waiting = RefCell::new(Vec::new());
    let free = || {
        let mut writer = writer().stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(1_500));
        assert!(writer.try_wait().unwrap().is_none(), "another command waits until the log is replaced");
        waiting.borrow_mut().push(writer);
        folder.join("kept.db")
    };
    let places = Places { sound: Target::Free(&free), damaged: &|| folder.join("damaged.db") };
    let restored = restore(&folder.join("copy.db"), &folder.join("attent.db"), places, &[]).unwrap();
    assert_eq!(restored.replaced, Replaced::Sound(folder.join("kept.db")));
    let waiting = waiting.into_inner();
    assert!(waiting.len() >= 2, "it is asked before and after the copy is made");
    waiting.into_iter().for_each(|mut writer| assert!(writer.wait().unwrap().success()));
}

/// A log that is damaged is replaced by a new file. Who comes second finds that one, and not the damaged one any more.
#[test]
fn backups_that_are_put_back_at_once_over_a_damaged_log_leave_it_whole() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    ok(folder, &["customers", "add", "Kees", "--now", NOW]);
    ok(folder, &["backup", "copy.db", "--now", NOW]);
    for round in 0..6 {
        let _ = std::fs::remove_dir_all(folder.join("backups"));
        let spoilt = format!("spoilt, the {round}th time").repeat(50_000);
        ["attent.db-wal", "attent.db-shm"].iter().for_each(|name| drop(std::fs::remove_file(folder.join(name))));
        std::fs::write(folder.join("attent.db"), &spoilt).unwrap();
        std::thread::scope(|scope| {
            let restore = || json(folder, &["restore", "copy.db", "--yes", "--now", NOW])["was_damaged"] == true;
            let all: Vec<_> = (0..4).map(|_| scope.spawn(restore)).collect();
            let found_it_damaged = all.into_iter().map(|one| usize::from(one.join().unwrap())).sum::<usize>();
            assert_eq!(found_it_damaged, 1);
        });
        assert_eq!(std::fs::read_to_string(folder.join("backups/attent-2026-11-20-120000-damaged.db")).unwrap(), spoilt);
        assert_eq!(std::fs::read_dir(folder.join("backups")).unwrap().count(), 4, "each kept what was there");
        ok(folder, &["customers", "show", "Kees", "--now", NOW]);
        assert_eq!(run(folder, &["doctor", "--now", NOW]).status.code(), Some(0));
    }
}

#[cfg(unix)]
#[test]
fn who_puts_a_backup_back_waits_for_another_that_does() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    ok(folder, &["customers", "add", "Kees", "--now", NOW]);
    ok(folder, &["backup", "--now", NOW]);
    std::fs::write(folder.join("attent.db"), "spoilt").unwrap();
    let other = std::fs::File::open(folder.join("backups")).unwrap();
    other.lock().unwrap();
    let copy = "attent-2026-11-20-120000.db";
    let mut waiting = attent(folder, &["restore", copy, "--yes", "--now", NOW]).stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1_500));
    assert!(waiting.try_wait().unwrap().is_none() && std::fs::read(folder.join("attent.db")).unwrap() == b"spoilt");
    drop(other);
    assert!(waiting.wait().unwrap().success());
    ok(folder, &["customers", "show", "Kees", "--now", NOW]);
}

/// Of one second each: a name that is taken is no reason to fail.
#[test]
fn copies_that_are_made_at_once_each_get_a_name() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    ok(folder, &["customers", "add", "Kees", "--now", NOW]);
    ok(folder, &["backup", "copy.db", "--now", NOW]);
    // Who restores waits for another no longer than five seconds.
    for (count, args) in [(4, &["backup", "--now", NOW][..]), (2, &["restore", "copy.db", "--yes", "--now", NOW])] {
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..count).map(|_| scope.spawn(|| ok(folder, args))).collect();
            all.into_iter().for_each(|one| drop(one.join().unwrap()));
        });
    }
    let made = std::fs::read_dir(folder.join("backups")).unwrap().count();
    assert_eq!(made, 6);
    let list = json(folder, &["restore", "--now", NOW]);
    assert_eq!(list["backups"].as_array().unwrap().len(), 6, "{list}");
}
