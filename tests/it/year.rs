//! A year of weekly cron over a business of two hundred customers, with doing, skipping, putting off,
//! sleeping, two runs at once, runs that are killed and clocks that go back; and after every step the
//! question whether anything was repeated, lost, over budget or against a rule.
//!
//! What may be is said here once more, by SQL and from the method, and not by the program. One year takes
//! some seconds; `ATTENT_YEARS=20 cargo test --test it -- year --nocapture` lives through twenty, and
//! `ATTENT_YEAR=7` through the one of that seed.

mod business;
mod chance;
mod deeds;
mod digests;
mod facts;
mod found;
mod history;
mod rules;

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use rusqlite::Connection;
use serde_json::Value;

use crate::cli;
use business::Settings;
use chance::Chance;
use digests::NUDGE;
use facts::{DAY, stamp};
use history::Nudges;
use rules::Play;

/// Monday 5 January 2026.
const BEGIN: i64 = 1_767_571_200_000;
const WEEK: i64 = 7 * DAY;

/// A business in the course of a year.
struct Year {
    _home: tempfile::TempDir,
    folder: PathBuf,
    db: Connection,
    chance: Chance,
    settings: Settings,
    plays: HashMap<String, Play>,
    names: HashMap<i64, String>,
    /// As they were at the last look.
    nudges: Nudges,
    /// In the digest of which moment it was told that a nudge closed.
    told: BTreeMap<i64, i64>,
    /// Which rules closed how many.
    closed_by: BTreeMap<String, usize>,
    digests: usize,
    referred: usize,
}

#[expect(clippy::disallowed_methods, reason = "how many years is asked of who runs the tests, not of the program")]
#[test]
fn a_year_of_weekly_cron_repeats_nothing_and_loses_nothing() {
    let said = |name: &str| std::env::var(name).ok().and_then(|said| said.parse::<u64>().ok());
    let seeds = said("ATTENT_YEAR").map_or(0..said("ATTENT_YEARS").unwrap_or(1), |seed| seed..seed + 1);
    for seed in seeds {
        println!("the year of seed {seed}");
        let mut year = Year::new(seed);
        year.live();
        println!("{} digests, {} nudges {:?}, closed {:?}", year.digests, year.nudges.len(), year.sorts(), year.closed_by);
        year.was_full();
    }
}

impl Year {
    fn new(seed: u64) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().to_path_buf();
        let mut chance = Chance::new(seed);
        business::found(&folder, &mut chance, BEGIN, &stamp(BEGIN));
        let settings = Settings { minutes: 150, euros: 60, off: None };
        settings.write(&folder);
        let db = Connection::open(folder.join("attent.db")).unwrap();
        db.busy_timeout(Duration::from_secs(10)).unwrap();
        let plays = rules::plays(&cli::json(&folder, &["plays"]));
        let (nudges, told, closed_by) = (Nudges::new(), BTreeMap::new(), BTreeMap::new());
        let (names, digests, referred) = (HashMap::new(), 0, 0);
        let mut year = Self { _home: home, folder, db, chance, settings, plays, names, nudges, told, closed_by, digests, referred };
        year.names = year.everybody();
        year
    }

    /// Fifty-three Mondays.
    fn live(&mut self) {
        let mut asleep = 0;
        for week in 0..53 {
            let monday = BEGIN + week * WEEK;
            let now = monday + DAY / 3 + self.chance.within(0, 3_600) * 1_000;
            if week > 0 {
                business::week(&self.folder, &mut self.chance, now - WEEK, now - 3_600_000, &stamp(now - 3_600_000));
            }
            for hour in 1..=self.chance.within(1, 4) {
                self.event(now - 3_600_000 + hour * 60_000);
            }
            asleep = if asleep > 0 {
                asleep - 1
            } else if self.chance.percent(8) {
                self.chance.within(1, 5)
            } else {
                0
            };
            if asleep == 0 {
                self.change_settings();
                self.monday(now);
            }
            let deeds = if asleep == 0 { 7 } else { 1 };
            for deed in 1..=deeds {
                let at = now + deed * DAY / 2 + self.chance.within(0, 1_000) * 1_000;
                self.deed(at);
            }
        }
        self.rebuilt(BEGIN + 53 * WEEK);
    }

    /// One Monday: a digest, and sometimes something that goes wrong with it.
    fn monday(&mut self, now: i64) {
        match self.chance.within(0, 10) {
            0 => self.clock_back(now),
            1 => self.killed_nudge(now),
            2 => self.killed_nudge(now - 1_000),
            3 => return self.two_at_once(now),
            _ => {}
        }
        let dry = self.chance.percent(30).then(|| self.ok(now, &["nudge", "--dry-run", "--max", "1000", "-O", "json"]));
        let first = self.digest(now);
        self.no_cause_is_gone(now);
        if let Some(dry) = dry {
            let dry: Value = serde_json::from_str(&dry).unwrap();
            assert_eq!(causes(&dry), causes(&first), "a dry run says what would be brought up");
        }
        if self.chance.percent(30) {
            let second = self.digest(now);
            assert!(first == second, "the same moment, the same digest\n{first:#}\n{second:#}");
            let plan = self.ok(now, &["plan", "-O", "json"]);
            assert_eq!(plan, self.ok(now, &["plan", "-O", "json"]), "the same moment, the same plan");
        }
    }

    /// A digest by a clock that is a week behind, or has lost its battery.
    fn clock_back(&mut self, now: i64) {
        let back = if self.chance.percent(50) { now - WEEK } else { 3 * DAY };
        self.digest(back);
    }

    fn killed_nudge(&mut self, now: i64) {
        let before = self.nudges.clone();
        self.killed(now, NUDGE);
        self.nudges = history::read(&self.db);
        let changes = history::between(&before, &self.nudges);
        assert!(changes.put_off.is_empty() && changes.new.iter().all(|new| new.opened == now), "{changes:#?}");
        assert!(changes.ended.iter().all(|ended| ended.state == "closed" && ended.told == Some(now)), "{changes:#?}");
    }

    /// Two of cron at the same time: both show the same, and it is recorded once.
    fn two_at_once(&mut self, now: i64) {
        let before = self.nudges.clone();
        // Each has its own reader: a digest is shown before it is final, and waits for who reads it.
        let start = || {
            let mut command = self.command(now, NUDGE);
            std::thread::spawn(move || command.output().unwrap())
        };
        let both = [start(), start()].map(|run| run.join().unwrap());
        let answers = both.map(|run| {
            assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
            serde_json::from_slice::<Value>(&run.stdout).unwrap()
        });
        assert!(answers[0] == answers[1], "both show the same\n{:#}\n{:#}", answers[0], answers[1]);
        self.judge(&before, &answers[0], now, now);
        self.digests += 1;
    }

    /// Starts a command and kills it before it has ended, or not.
    fn killed(&mut self, now: i64, arguments: &[&str]) {
        let wait = Duration::from_micros(u64::try_from(self.chance.within(0, 45_000)).unwrap());
        let mut run = self.command(now, arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(wait);
        run.kill().unwrap();
        run.wait().unwrap();
        self.whole();
    }

    /// The file is whole.
    fn whole(&self) {
        let said: String = self.db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(said, "ok");
        assert_eq!(facts::number(&self.db, "SELECT count(*) FROM pragma_foreign_key_check"), Some(0));
    }

    fn change_settings(&mut self) {
        if self.chance.percent(15) {
            (self.settings.minutes, self.settings.euros) = (self.chance.of(&[0, 20, 90, 150, 240, 480]), self.chance.of(&[0, 10, 40, 100]));
        }
        if self.chance.percent(15) {
            self.settings.off = self.chance.of(&[None, None, Some("G5"), Some("crowded"), Some("G4"), Some("REF4"), Some("R1")]);
        }
        self.settings.write(&self.folder);
    }

    /// What is kept equals what is made anew from the log.
    fn rebuilt(&self, now: i64) {
        let kept = self.ok(now, &["score", "--by", "customer", "-O", "json"]);
        self.db.execute("DELETE FROM settings WHERE key = 'fingerprint'", []).unwrap();
        assert_eq!(kept, self.ok(now, &["score", "--by", "customer", "-O", "json"]), "made anew from the log");
        self.whole();
    }

    /// How many of each rule there were.
    fn sorts(&self) -> BTreeMap<String, usize> {
        let mut found = BTreeMap::new();
        for nudge in self.nudges.values() {
            *found.entry(format!("{} {}", nudge.rule, nudge.play.as_deref().unwrap_or_default())).or_default() += 1;
        }
        found
    }

    /// A year in which nothing happened would show nothing.
    fn was_full(&self) {
        let some = |what: &str, count: usize| assert!(count > 0, "a year without {what}");
        let of = |test: &dyn Fn(&history::Nudge) -> bool| self.nudges.values().filter(|nudge| test(nudge)).count();
        for state in ["done", "skipped", "closed"] {
            some(state, of(&|nudge| nudge.state == state));
        }
        some("a nudge that is owed", of(&|nudge| nudge.owed));
        // Presents are rare: whether one comes up depends on the moments of the kills. `cli_gifts` shows them.
        some("an ask", of(&|nudge| nudge.rule == "REF4"));
        some(
            "a cause that came back",
            of(&|nudge| self.nudges.values().any(|old| old.id < nudge.id && old.identity() == nudge.identity())),
        );
    }

    fn command(&self, now: i64, arguments: &[&str]) -> Command {
        let mut command = cli::attent(&self.folder, arguments);
        command.env("ATTENT_NOW", stamp(now));
        command
    }

    #[track_caller]
    fn ok(&self, now: i64, arguments: &[&str]) -> String {
        let run = self.command(now, arguments).output().unwrap();
        assert!(run.status.success(), "{} attent {arguments:?}\n{}", stamp(now), String::from_utf8_lossy(&run.stderr));
        String::from_utf8(run.stdout).unwrap()
    }

    #[track_caller]
    fn fails(&self, now: i64, arguments: &[&str], code: i32) {
        let run = self.command(now, arguments).output().unwrap();
        let said = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(code), "{} attent {arguments:?}\n{said}", stamp(now));
    }

    fn column(&self, sql: &str) -> Vec<i64> {
        self.db.prepare_cached(sql).unwrap().query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    fn everybody(&self) -> HashMap<i64, String> {
        let mut select = self.db.prepare_cached("SELECT id, name FROM customers").unwrap();
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
    }
}

/// What a digest shows, without numbers.
fn causes(digest: &Value) -> Vec<String> {
    let said = |line: &Value| format!("{} {} {} {}", line["customer"]["id"], line["place"], line["rule"], line["play"]);
    digest["nudges"].as_array().unwrap().iter().map(said).collect()
}
