//! `import` at its edges: order, repetition, what is wrong, and what never ends.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::cli::{attent, fails, json, ok, run, workspace};
use super::cli_log::scores;

/// A journey with every kind of rule that placement can depend on.
pub const JOURNEY: &str = "id: customer\ntitle: Customer\nstages:\n  - id: find\n    title: Find\n    rules:\n      - channel: newsletter\n  - id: buy\n    title: Buy\n    half_life: 45d\n    rules:\n      - word: offer\n  - id: use\n    title: Use\n";

/// The columns of [`log`].
pub const HEADER: &str = "at,customer,channel,sentiment,stage,note";

/// A small generator of numbers that is the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    /// A number below `sides`.
    pub fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// Fisher and Yates.
    fn shuffle<T>(&mut self, rows: &mut [T]) {
        for last in (1..rows.len()).rev() {
            rows.swap(last, self.roll(last as u64 + 1) as usize);
        }
    }
}

/// Rows in order of time, no two at the same moment, up to 15 September 2026.
pub fn log(seed: u64, count: usize) -> Vec<String> {
    let mut dice = Dice(seed);
    let start = chrono::DateTime::parse_from_rfc3339("2026-01-05T08:00:00Z").unwrap();
    let row = |n: usize, dice: &mut Dice| {
        let at = start + chrono::TimeDelta::minutes((n * 360_000 / count) as i64 + 1);
        let customer = ["Anna", "Bo", "Cees", "Dina"][dice.roll(4) as usize];
        let channel = ["phone", "email", "newsletter", "visit", "card", "portal"][dice.roll(6) as usize];
        let sentiment = ["", "", "-1", "0.5", "1"][dice.roll(5) as usize];
        let stage = ["", "", "", "use", "buy"][dice.roll(5) as usize];
        let note = ["", "an offer", "hello"][dice.roll(3) as usize];
        format!("{},{customer},{channel},{sentiment},{stage},{note}", at.to_rfc3339())
    };
    (0..count).map(|n| row(n, &mut dice)).collect()
}

/// A workspace on [`JOURNEY`].
pub fn business() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    folder
}

/// Writes a log of these rows.
pub fn put(folder: &Path, name: &str, rows: &[impl AsRef<str>]) {
    let mut text = format!("{HEADER}\n");
    for row in rows {
        writeln!(text, "{}", row.as_ref()).unwrap();
    }
    std::fs::write(folder.join(name), text).unwrap();
}

/// The same answer, its numbers to 1e-9.
#[track_caller]
pub fn same(a: &Value, b: &Value) {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().unwrap(), b.as_f64().unwrap());
            assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{a} and {b}");
        }
        (Value::Array(a), Value::Array(b)) => {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).for_each(|(a, b)| same(a, b));
        }
        (Value::Object(a), Value::Object(b)) => {
            assert!(a.keys().eq(b.keys()));
            a.iter().for_each(|(key, value)| same(value, &b[key]));
        }
        _ => assert_eq!(a, b),
    }
}

#[track_caller]
fn same_scores(a: &Path, b: &Path) {
    scores(a).iter().zip(&scores(b)).for_each(|(a, b)| same(a, b));
}

/// How many of them were added.
#[track_caller]
fn added(folder: &Path, args: &[&str]) -> u64 {
    let all: Vec<&str> = ["import"].iter().chain(args).copied().collect();
    json(folder, &all)["added"].as_u64().expect("a count")
}

#[test]
fn rows_in_any_order_and_in_any_number_of_imports_give_the_same_scores() {
    for seed in 1..=4 {
        let mut rows = log(seed, 60);
        let (sorted, shuffled, parts) = (business(), business(), business());
        put(sorted.path(), "log.csv", &rows);
        assert_eq!(added(sorted.path(), &["log.csv"]), 60);
        Dice(seed).shuffle(&mut rows);
        put(shuffled.path(), "log.csv", &rows);
        ok(shuffled.path(), &["import", "log.csv"]);
        same_scores(sorted.path(), shuffled.path());
        for part in rows.chunks(17) {
            put(parts.path(), "part.csv", part);
            assert_eq!(added(parts.path(), &["part.csv"]), part.len() as u64);
        }
        same_scores(sorted.path(), parts.path());
    }
}

#[test]
fn a_row_is_known_again_and_equal_rows_of_one_file_are_kept() {
    let folder = business();
    let twice = ["2026-03-01,Anna,phone,,,hi", "2026-03-01,Anna,phone,,,hi", "2026-03-02,Bo,email,,,"];
    put(folder.path(), "a.csv", &twice);
    put(folder.path(), "b.csv", &twice[1..]);
    assert_eq!(added(folder.path(), &["a.csv"]), 3);
    for again in [&["a.csv"][..], &["b.csv"], &["a.csv", "b.csv"], &["b.csv", "a.csv", "a.csv"]] {
        assert_eq!(added(folder.path(), again), 0, "{again:?}");
    }
    // Files that overlap are the same in one command as in one command each.
    for files in [["a.csv", "b.csv"], ["b.csv", "a.csv"], ["a.csv", "a.csv"]] {
        let (together, apart) = (business(), business());
        for folder in [&together, &apart] {
            put(folder.path(), "a.csv", &twice);
            put(folder.path(), "b.csv", &twice[1..]);
        }
        assert_eq!(added(together.path(), &files), 3, "{files:?}");
        assert_eq!(files.map(|file| added(apart.path(), &[file])).iter().sum::<u64>(), 3);
        same_scores(together.path(), apart.path());
    }
}

#[test]
fn a_dry_run_and_a_refusal_leave_nothing_behind() {
    let folder = business();
    put(folder.path(), "log.csv", &log(1, 20));
    put(folder.path(), "new.csv", &["2026-05-01,Zed,phone,,,", "2026-05-02,Yas,visit,,,"]);
    put(folder.path(), "bad.csv", &["2026-05-01,Xeno,phone,,,", "2026-05-01,Wil,phone,,nowhere,", "2026-05-01,,phone,,,"]);
    ok(folder.path(), &["import", "log.csv"]);
    let (before, people) = (scores(folder.path()), ok(folder.path(), &["customers", "list", "-O", "ids"]));
    assert!(ok(folder.path(), &["import", "new.csv", "--dry-run"]).contains("Zed"));
    ok(folder.path(), &["import", "bad.csv", "--dry-run", "--skip-errors"]);
    let said = fails(folder.path(), &["import", "new.csv", "bad.csv"], 3);
    assert!(said.contains("bad.csv:3: there is no stage `nowhere`") && said.contains("bad.csv:4: the customer is empty"), "{said}");
    assert!(said.contains("nothing was stored, because 2 rows"), "{said}");
    for broken in ["gone.csv", "empty.csv", "attent.yaml"] {
        std::fs::write(folder.path().join("empty.csv"), "").unwrap();
        fails(folder.path(), &["import", "new.csv", broken], 3);
        fails(folder.path(), &["import", "new.csv", broken, "--skip-errors"], 3);
    }
    assert_eq!(scores(folder.path()), before);
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), people);
    let undone = json(folder.path(), &["undo"]);
    assert_eq!(undone["undone"][0]["touchpoints"], 20, "the last entry is the first import: {undone}");
    fails(folder.path(), &["undo"], 1);
}

#[test]
fn skipping_bad_rows_stores_the_others_and_makes_no_customers_of_them() {
    let folder = business();
    let rows = ["2026-05-01,Good,phone,,,", "2026-05-01,Bad,phon,,,", "2026-05-01,Worse,phone,,nowhere,", "2026-05-02,Fine,visit,,,", "x"];
    put(folder.path(), "log.csv", &rows);
    let output = run(folder.path(), &["import", "log.csv", "--skip-errors", "-O", "json"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.lines().map(|line| &line[..10]).collect::<Vec<_>>(), ["log.csv:3:", "log.csv:4:", "log.csv:6:"]);
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((&answer["added"], &answer["skipped"]), (&2.into(), &3.into()), "{answer}");
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "fine\ngood\n");
    ok(folder.path(), &["undo"]);
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "");
}

#[test]
fn spreadsheets_write_it_in_many_ways() {
    let rows = "2026-03-01;Anna;phone;\"an offer; and more\"\r\n2026-03-02;Bo;email;";
    let bytes = format!("\u{feff}At;Customer;CHANNEL;note\r\n\r\n{rows}");
    let plain = "note,channel,customer,at\n\"an offer; and more\",phone,Anna,2026-03-01\n,email,Bo,2026-03-02\n";
    let tabs = "at\tcustomer\tchannel\tnote\n2026-03-01\tAnna\tphone\tan offer; and more\n2026-03-02\tBo\temail\t";
    let reference = business();
    std::fs::write(reference.path().join("log.csv"), plain).unwrap();
    ok(reference.path(), &["import", "log.csv"]);
    for text in [bytes.as_str(), tabs] {
        let folder = business();
        std::fs::write(folder.path().join("log.csv"), text).unwrap();
        assert_eq!(added(folder.path(), &["log.csv", "--as", "csv"]), 2);
        same_scores(folder.path(), reference.path());
        std::fs::write(folder.path().join("plain.csv"), plain).unwrap();
        assert_eq!(added(folder.path(), &["plain.csv"]), 0, "the same rows, written otherwise");
    }
    let folder = business();
    let mut child = attent(folder.path(), &["import", "-", "-O", "json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(bytes.as_bytes()).unwrap();
    assert!(String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap().contains("\"added\": 2"));
    same_scores(folder.path(), reference.path());
}

#[test]
fn what_is_no_log_is_told_in_both_languages() {
    let folder = business();
    let at = |name: &str| folder.path().join(name);
    for (name, bytes) in [
        ("empty.csv", &b""[..]),
        ("binary.csv", b"\x7fELF\0\x01\x02\0\0\xff\xfe\0"),
        ("twice.csv", b"at,customer,channel,at\n"),
        ("quote.csv", b"at,customer,channel,note\n2026-01-01,Anna,phone,\"never\n2026-01-02,Bo,phone,x\n"),
        ("calendar.csv", b"at,customer,channel\n2026-02-30,Anna,phone\n"),
    ] {
        std::fs::write(at(name), bytes).unwrap();
        let (en, nl) = (fails(folder.path(), &["import", name], 3), fails(folder.path(), &["import", name, "--lang", "nl"], 3));
        assert!(en.contains(&format!("{name}:")) && en.contains("nothing was stored"), "{en}");
        assert!(nl.contains(&format!("{name}:")) && nl.contains("niets opgeslagen"), "{nl}");
    }
    let said = fails(folder.path(), &["import", "journeys"], 3);
    assert!(said.contains("nothing in journeys can be read"), "{said}");
    std::fs::write(at("header.csv"), b"when,who\n1,2\n").unwrap();
    let said = fails(folder.path(), &["import", "header.csv"], 3);
    assert!(said.contains("no profile knows the columns of header.csv") && said.contains("--map"), "{said}");
    let said = fails(folder.path(), &["import", "gone.csv", "--lang", "nl"], 3);
    assert!(said.contains("dat bestand bestaat niet"), "{said}");
    std::fs::write(at("only.csv"), "at,customer,channel\n").unwrap();
    assert_eq!(added(folder.path(), &["only.csv"]), 0);
    fails(folder.path(), &["undo"], 1);
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "");
}

/// A row without an end is refused after a few megabytes, however much more would come.
#[test]
fn a_row_that_never_ends_does_not_fill_the_memory() {
    let folder = business();
    for forever in [&b"2026-01-01,Anna,phone\n"[..], b"\0"] {
        let mut command = attent(folder.path(), &["import", "-"]);
        let mut child = command.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut pipe = child.stdin.take().unwrap();
        pipe.write_all(b"at,customer,channel\n2026-01-01,Anna,phone\n2026-01-02,\"").unwrap();
        let block = forever.repeat(65_536 / forever.len());
        let taken = (0..10_000).take_while(|_| pipe.write_all(&block).is_ok()).count();
        drop(pipe);
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(3), "{said}");
        assert!(said.contains("-:3: ") && said.contains("no end within 4 MB"), "{said}");
        assert!(taken < 200, "{taken} blocks of 64 KB were taken");
    }
}

#[test]
fn a_row_in_the_future_is_planned_and_counts_from_its_day() {
    let (folder, plain) = (business(), business());
    let past = log(3, 20);
    put(plain.path(), "log.csv", &past);
    let mut both = past;
    both.push("2026-12-24T10:00:00Z,Anna,visit,1,,".into());
    put(folder.path(), "log.csv", &both);
    ok(plain.path(), &["import", "log.csv", "--now", "2026-10-01"]);
    ok(folder.path(), &["import", "log.csv", "--now", "2026-10-01"]);
    same_scores(folder.path(), plain.path());
    let touchpoints = |now: &str| {
        let answer = json(folder.path(), &["score", "--now", now]);
        answer["stages"].as_array().unwrap().iter().map(|stage| stage["touchpoints"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!([touchpoints("2026-12-24T09:59:59Z"), touchpoints("2026-12-24T10:00:00Z"), touchpoints("2026-10-01")], [20, 21, 20]);
    assert!(ok(folder.path(), &["timeline", "Anna", "--now", "2026-10-01"]).contains("planned"));
}
