//! Killed at any moment, the program has done all of what it was asked, or nothing.
//!
//! Each round begins with the same log, starts the same command and kills it (SIGKILL, which nothing can catch)
//! after a random time. What is left must be sound, and equal to the log before or to the log after, row
//! for row. `ATTENT_KILLS` says how often each of the five commands is killed; forty times when it is not set.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use super::cli::{attent, ok, workspace};

pub(super) const JOURNEY: &str = "id: customer\ntitle: Customer\nstages:\n  - id: find\n    title: Find\n    rules:\n      - channel: newsletter\n  - id: buy\n    title: Buy\n    rules:\n      - word: offer\n  - id: use\n    title: Use\n";
const NOW: &str = "2026-11-20T12:00:00Z";

/// A sequence of numbers that look random and are the same in every run.
pub(super) struct Dice(pub u64);

impl Dice {
    /// A number from 0 up to 1.
    pub fn roll(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, most: usize) -> usize {
        (self.roll() * most as f64) as usize
    }
}

#[allow(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
fn kills() -> usize {
    std::env::var("ATTENT_KILLS").ok().and_then(|said| said.parse().ok()).unwrap_or(40)
}

/// Contacts of two years, as the program exports them.
pub(super) fn contacts(rows: usize, seed: u64) -> String {
    let mut dice = Dice(seed);
    let mut csv = String::from("customer,at,channel,direction,note\n");
    for row in 0..rows {
        let channel = ["newsletter", "email", "phone", "visit", "card"][dice.below(5)];
        let (month, day, minute) = (1 + dice.below(12), 1 + dice.below(28), dice.below(60));
        let note = ["made an offer", "hello", "asked about the garden", ""][dice.below(4)];
        let who = dice.below(60);
        csv += &format!("Customer {who:02},2025-{month:02}-{day:02}T10:{minute:02}:00Z,{channel},out,{note} {row}\n");
    }
    csv
}

/// What is placed and added up anew, in a transaction of its own, after a log was brought up to date.
const MADE: &[&str] = &["standings", "days", "settings", "stages", "touchpoints"];

/// Everything in a log, row for row, but for some tables.
pub(super) fn state(log: &Path, passed_over: &[&str]) -> String {
    let db = Connection::open_with_flags(log, OpenFlags::SQLITE_OPEN_READ_WRITE).expect("the log opens");
    let sound: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("it can be read");
    assert_eq!(sound, "ok");
    let mut tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").expect("a schema");
    let tables: Vec<String> = tables.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut all = String::new();
    for table in tables.iter().filter(|table| !passed_over.contains(&table.as_str())) {
        all += &format!("\n== {table}\n");
        let mut select = db.prepare(&format!("SELECT * FROM \"{table}\" ORDER BY 1, 2")).expect("a table");
        let columns = select.column_count();
        let mut rows = select.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            for column in 0..columns {
                all += &match row.get_ref(column).expect("a column") {
                    ValueRef::Null => "|".to_owned(),
                    ValueRef::Integer(number) => format!("{number}|"),
                    ValueRef::Real(number) => format!("{}|", number.to_bits()),
                    ValueRef::Text(text) => format!("{}|", String::from_utf8_lossy(text)),
                    ValueRef::Blob(bytes) => format!("{bytes:?}|"),
                };
            }
            all.push('\n');
        }
    }
    all
}

/// A command that is killed again and again in a workspace of its own.
struct Victim {
    folder: tempfile::TempDir,
    base: PathBuf,
    args: Vec<&'static str>,
    passed_over: &'static [&'static str],
}

impl Victim {
    fn new(folder: tempfile::TempDir, args: &[&'static str]) -> Self {
        let base = folder.path().join("base.db");
        std::fs::rename(folder.path().join("attent.db"), &base).expect("the log is set aside");
        Self { folder, base, args: [args, &["--now", NOW, "--no-input"]].concat(), passed_over: &[] }
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("attent.db")
    }

    fn state(&self) -> String {
        state(&self.log(), self.passed_over)
    }

    /// Lays the log back as it was.
    fn again(&self) {
        for beside in ["attent.db-wal", "attent.db-shm"] {
            let _ = std::fs::remove_file(self.folder.path().join(beside));
        }
        let _ = std::fs::remove_dir_all(self.folder.path().join("backups"));
        std::fs::copy(&self.base, self.log()).expect("the log is copied");
    }

    fn start(&self) -> std::process::Child {
        let mut command = attent(self.folder.path(), &self.args);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the program starts")
    }

    /// Lets it run to its end; gives what the log is then, and how long it took.
    fn whole(&self) -> (String, Duration) {
        self.again();
        let begin = Instant::now();
        ok(self.folder.path(), &self.args);
        let took = begin.elapsed();
        (self.state(), took)
    }

    /// Kills it at random moments. Gives how often it had done nothing and how often everything.
    fn kill(&self, seed: u64) -> [usize; 2] {
        self.again();
        let before = self.state();
        let (after, mut takes) = self.whole();
        assert_ne!(before, after, "{:?} changes something", self.args);
        let mut dice = Dice(seed);
        let mut ends = [0, 0];
        for round in 0..kills() {
            self.again();
            // The end of a command is where it commits: half of the kills are near it.
            let share = if round % 2 == 0 { dice.roll() * 1.1 } else { 0.7 + dice.roll() * 0.5 };
            let mut child = self.start();
            std::thread::sleep(takes.mul_f64(share));
            let _ = child.kill();
            child.wait().expect("it is gone");
            let left = self.state();
            assert!(left == before || left == after, "{:?} was done by half, killed after {share:.3} of it", self.args);
            let done = left == after;
            ends[usize::from(done)] += 1;
            // A machine that has more to do than before, or less, takes another time.
            match (done, share) {
                (false, 1.0..) => takes = takes.mul_f64(1.3),
                (true, ..0.7) => takes = takes.mul_f64(0.8),
                _ => (),
            }
            if round % 4 == 0 {
                let found = attent(self.folder.path(), &["doctor", "--now", NOW]).output().expect("the program starts");
                assert!(found.status.success(), "after {share:.3}: {}", String::from_utf8_lossy(&found.stdout));
            }
        }
        assert_eq!(self.whole().0, after, "and it can be done as if nothing had been");
        ends
    }
}

fn garden(rows: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder is made");
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join("first.csv"), contacts(rows, 1)).expect("the contacts are written");
    std::fs::write(folder.path().join("second.csv"), contacts(rows, 2)).expect("the contacts are written");
    ok(folder.path(), &["import", "first.csv", "--now", NOW]);
    folder
}

#[test]
fn an_import_is_whole_or_not_at_all() {
    let ends = Victim::new(garden(1_500), &["import", "second.csv"]).kill(11);
    assert!(ends.iter().all(|&n| n > 0), "killed both before and after: {ends:?}");
}

#[test]
fn a_first_import_is_whole_or_not_at_all() {
    let folder = tempfile::tempdir().expect("a folder is made");
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join("second.csv"), contacts(1_500, 2)).expect("the contacts are written");
    ok(folder.path(), &["customers", "add", "Customer 01", "--now", NOW]);
    Victim::new(folder, &["import", "second.csv"]).kill(12);
}

#[test]
fn a_contact_is_logged_or_not() {
    Victim::new(garden(200), &["log", "customer 01", "called about the roses", "--new"]).kill(13);
}

#[test]
fn a_nudge_is_done_or_not() {
    let folder = garden(200);
    ok(folder.path(), &["nudge", "--now", NOW]);
    Victim::new(folder, &["done", "1", "we had a long talk", "--checked"]).kill(14);
}

#[test]
fn sums_are_made_anew_or_not() {
    let folder = garden(1_500);
    std::fs::write(folder.path().join("attent.yaml"), "language: en\nhalf_life: 77d\n").expect("the settings are written");
    let victim = Victim::new(folder, &["score"]);
    let ends = victim.kill(15);
    assert!(ends.iter().all(|&n| n > 0), "killed both before and after: {ends:?}");
}

#[test]
fn an_older_log_is_brought_up_to_date_or_not() {
    let folder = tempfile::tempdir().expect("a folder is made");
    workspace(folder.path(), JOURNEY);
    let log = folder.path().join("attent.db");
    let db = Connection::open(&log).expect("a file");
    db.execute_batch(include_str!("data/ledger-v2.sql")).expect("a log of version 2");
    drop(db);
    #[cfg(unix)]
    std::fs::set_permissions(&log, std::os::unix::fs::PermissionsExt::from_mode(0o600)).expect("it is for its owner only");
    let mut victim = Victim::new(folder, &["log", "--last"]);
    victim.passed_over = MADE;
    victim.kill(16);
}
