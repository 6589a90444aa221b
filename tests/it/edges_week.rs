//! The week when things go wrong: hostile words, several at once, killed, asleep, a clock that goes back.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::cli::{attent, json, ok, run};
use super::cli_log::shop;
use super::cli_week::{NOW, at, field, garden, json_at, set};

const FORMATS: [&str; 8] = ["table", "json", "jsonl", "csv", "tsv", "md", "html", "ids"];

/// The causes that stand, and how many nudges there ever were.
fn causes(folder: &Path) -> (Vec<String>, usize) {
    let rows = json_at(folder, &["nudges", "--all"])["nudges"].clone();
    let rows = rows.as_array().unwrap().clone();
    let open = rows.iter().filter(|row| row["state"] == "open");
    (open.map(|row| format!("{} {} {}", row["customer"]["id"], row["place"], row["rule"])).collect(), rows.len())
}

#[track_caller]
fn none_twice(folder: &Path) -> usize {
    let (open, ever) = causes(folder);
    assert_eq!(open.iter().collect::<BTreeSet<_>>().len(), open.len(), "{open:?}");
    assert_eq!(open.len(), ever);
    let db = rusqlite::Connection::open(folder.join("attent.db")).unwrap();
    assert_eq!(db.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap(), "ok");
    open.len()
}

#[test]
fn hostile_names_and_notes_stay_inert_everywhere() {
    let shop = garden();
    let folder = shop.path();
    let csv = "at,customer,channel,direction,sender,personal,kind,stage,note\n\
        2026-01-02,\"=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",email,out,human,personal,relational,use,\"=cmd|' /C calc'!A1\"\n\
        2026-01-02,<script>alert(1)</script>,email,out,human,personal,relational,use,<img src=x onerror=alert(1)>\n\
        2026-01-02,Eve\u{202e}evE,email,out,human,personal,relational,use,\u{1b}]0;owned\u{7}\u{202e}note\n\
        2026-01-02,+31@SUM,email,out,human,personal,relational,use,\"[a](javascript:x) `b` | c\"\n";
    std::fs::write(folder.join("hostile.csv"), csv).unwrap();
    at(folder, &["import", "hostile.csv"]);
    at(folder, &["gift", "prefers", "Eve", "<b>tea</b>\u{202e}"]);
    set(folder, "budget: {minutes: 1000}\n");
    let question = ["plan", "--why", "script"];
    for command in [&["plan"][..], &["nudge", "--max", "50"], &["nudges"], &["nudges", "--all"], &[], &question] {
        for format in FORMATS {
            let said = at(folder, &[command, &["-O", format, "--color", "never"]].concat());
            assert!(!said.is_empty(), "{command:?} {format}");
            let hidden = |c: char| (c.is_control() && c != '\n' && c != '\t' && c != '\r') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!said.contains(hidden) || format == "json" || format == "jsonl", "{command:?} {format}\n{said:?}");
            if format == "html" || format == "md" {
                assert!(
                    !said.contains("<script>alert") && !said.contains("<img src=x") && !said.contains("<b>tea"),
                    "{command:?} {format}"
                );
            }
            if format == "csv" {
                for record in csv::Reader::from_reader(said.as_bytes()).records() {
                    let record = record.unwrap();
                    let formula =
                        |cell: &str| cell.starts_with(['=', '@', '+', '\t']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
                    assert!(!record.iter().any(formula), "{command:?}\n{record:?}");
                }
            }
            if format.starts_with("json") {
                assert!(!said.contains('\u{1b}') && !said.contains('\u{7}'), "{command:?} {format}");
            }
        }
    }
    let said = run(folder, &["done", "script", "\u{1b}[2Jx", "--checked", "--now", NOW]);
    assert!(!String::from_utf8_lossy(&said.stdout).contains('\u{1b}') && !String::from_utf8_lossy(&said.stderr).contains('\u{1b}'));
}

fn digest(folder: &Path) -> Child {
    let mut command = attent(folder, &["nudge", "--now", NOW]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

#[test]
fn four_digests_at_once_bring_everything_up_once() {
    for _ in 0..20 {
        let shop = garden();
        let running: Vec<Child> = (0..4).map(|_| digest(shop.path())).collect();
        let said: Vec<String> = running
            .into_iter()
            .map(|child| {
                let output = child.wait_with_output().unwrap();
                assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
                String::from_utf8(output.stdout).unwrap()
            })
            .collect();
        assert_eq!(none_twice(shop.path()), 5);
        assert!(said.iter().all(|one| *one == said[0]), "all of them say the same");
    }
}

/// A number that changes a little every time, without a clock.
fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

#[test]
fn a_digest_that_is_killed_at_any_moment_loses_nothing_and_repeats_nothing() {
    let shop = garden();
    let before = Instant::now();
    at(shop.path(), &["nudge", "--dry-run"]);
    let whole = before.elapsed().as_micros() as u64 + 5_000;
    let (mut seed, mut killed, mut said_all) = (0x9e37_79b9_7f4a_7c15, 0, 0);
    let clean = std::fs::read(shop.path().join("attent.db")).unwrap();
    for _ in 0..200 {
        let mut child = digest(shop.path());
        std::thread::sleep(Duration::from_micros(random(&mut seed) % whole));
        killed += u32::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        let _ = child.wait();
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        let stood = none_twice(shop.path());
        assert!(stood == 0 || said.contains("#1 Anna Jansen") && stood == 5, "what stands has been shown: {stood}\n{said}");
        said_all += u32::from(stood == 5);
        let after = at(shop.path(), &["nudge"]);
        assert_eq!((none_twice(shop.path()), after.matches("attent done").count()), (5, 5), "nothing is lost");
        for beside in ["attent.db-wal", "attent.db-shm"] {
            let _ = std::fs::remove_file(shop.path().join(beside));
        }
        std::fs::write(shop.path().join("attent.db"), &clean).unwrap();
    }
    assert!(killed > 20, "{killed} were killed, {said_all} had recorded");
}

/// A workspace whose digest does not fit into a pipe.
fn long() -> tempfile::TempDir {
    let shop = garden();
    let folder = shop.path();
    let note = "a long talk about the garden ".repeat(40);
    let mut csv = "at,customer,channel,direction,sender,personal,kind,stage,note\n".to_owned();
    (0..200).for_each(|n| csv += &format!("2026-01-02,Customer {n},email,out,human,personal,relational,use,{note}\n"));
    std::fs::write(folder.join("many.csv"), csv).unwrap();
    at(folder, &["import", "many.csv"]);
    set(folder, "budget: {minutes: 100000, euros: 10000}\nnudge: {max: 1000}\n");
    shop
}

/// Nobody reads the first digest; whoever writes meanwhile is not kept waiting, and nothing is recorded that
/// somebody has not seen.
#[test]
fn a_digest_that_nobody_reads_keeps_nobody_waiting() {
    let shop = long();
    let folder = shop.path();
    let mut child = digest(folder);
    let mut out = child.stdout.take().unwrap();
    // It has begun to write, and goes on for as long as somebody reads.
    let mut all = vec![0; 20];
    out.read_exact(&mut all).unwrap();
    let begin = Instant::now();
    at(folder, &["log", "bram", "called"]);
    assert!(begin.elapsed() < Duration::from_secs(15), "waited for {:?}", begin.elapsed());
    assert!(child.try_wait().unwrap().is_none(), "it still waits for its reader");
    assert_eq!(causes(folder).1, 0, "nothing of it is recorded yet");
    out.read_to_end(&mut all).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(1) && said.contains("what was shown is not recorded"), "{said}");
    assert_eq!(causes(folder).1, 0, "its numbers may be those of others by now");
    // Read late, but with nobody in between, it is recorded by the numbers it has.
    let mut child = digest(folder);
    let mut out = child.stdout.take().unwrap();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(causes(folder).1, 0);
    let mut all = String::new();
    out.read_to_string(&mut all).unwrap();
    assert!(child.wait().unwrap().success());
    let stood = causes(folder).1;
    assert!(stood > 200 && all.matches("attent done").count() == stood, "{stood}");
    assert_eq!(at(folder, &["nudge"]), all, "and the next run says the same");
}

/// Even to open a pipe with a name is to wait for who reads it. A digest of nothing, which empties a file, waits there too.
#[cfg(unix)]
#[test]
fn a_digest_into_a_pipe_that_nobody_opens_keeps_nobody_waiting() {
    for (nothing, more) in [(false, &[][..]), (false, &["-O", "json"]), (true, &["--quiet-if-empty"])] {
        let shop = if nothing { shop(&[]) } else { garden() };
        let folder = shop.path();
        assert!(std::process::Command::new("mkfifo").arg(folder.join("digest.txt")).status().unwrap().success());
        let mut command = attent(folder, &[&["nudge", "--now", NOW, "-o", "digest.txt"], more].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // Longer than others are kept waiting, so that it has let go.
        std::thread::sleep(Duration::from_secs(3));
        let begin = Instant::now();
        assert!(child.try_wait().unwrap().is_none(), "it waits for a reader");
        at(folder, &["customers", "add", "Zeno"]);
        at(folder, &["undo"]);
        assert!(begin.elapsed() < Duration::from_secs(10), "{more:?}: waited for {:?}", begin.elapsed());
        assert_eq!(causes(folder).1, 0, "nothing of it is recorded yet");
        child.kill().unwrap();
        child.wait().unwrap();
        // Read late, but with nobody in between, it is recorded.
        let child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_secs(2));
        let said = std::fs::read_to_string(folder.join("digest.txt")).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success() && output.stdout.is_empty(), "{more:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert_eq!((said.is_empty(), causes(folder).1 == 0), (nothing, nothing), "{more:?}: {said}");
    }
}

/// With so many that the pipe cannot hold them, `| head -1` is gone before all of it was written.
#[test]
fn what_a_broken_pipe_did_not_take_was_not_recorded() {
    let shop = long();
    let folder = shop.path();
    let mut child = digest(folder);
    let mut first = [0; 20];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut first).unwrap();
    drop(out);
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(causes(folder).1, 0);
    assert!(at(folder, &["nudge"]).matches("attent done").count() > 200);
    // A file that cannot be written, neither.
    let other = garden();
    let output = run(other.path(), &["nudge", "--now", NOW, "-o", "no/such/folder.txt"]);
    assert!(!output.status.success());
    assert_eq!(causes(other.path()).1, 0);
}

#[test]
fn days_that_passed_while_nobody_looked_are_told_once() {
    let shop = garden();
    let folder = shop.path();
    let card = |name: &str, day: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nBDAY:1980-{day}\r\nEND:VCARD\r\n");
    std::fs::write(folder.join("cards.vcf"), card("Bram", "07-18") + &card("Cleo", "07-03") + &card("Dirk", "07-19")).unwrap();
    at(folder, &["import", "cards.vcf"]);
    at(folder, &["customers", "edit", "Dirk", "--no-contact"]);
    assert!(!at(folder, &["nudge"]).contains("Passed since"));
    let then = "2026-07-24T12:00:00Z";
    let dry = ok(folder, &["nudge", "--dry-run", "--now", then]);
    let woke = ok(folder, &["nudge", "--now", then]);
    assert!(woke.contains("Passed since the last digest\n• Bram: turned 46 on 18 July\n"), "{woke}");
    assert!(dry.contains("• Bram: turned 46") && !woke.contains("• Cleo: turned"), "Cleo's birthday had its nudge\n{woke}");
    assert!(woke.contains("the day has passed"), "which is told to be over\n{woke}");
    assert!(!woke.contains("Dirk: turned"), "who wants no contact is not congratulated");
    assert!(woke.contains("last contact 83 days ago") && !woke.contains("60 days ago"), "what is said is of today\n{woke}");
    let next = ok(folder, &["nudge", "--now", "2026-07-24T12:00:01Z"]);
    assert!(!next.contains("Passed since") && !next.contains("the day has passed"), "once\n{next}");
}

#[test]
fn a_clock_that_goes_back_repeats_and_loses_nothing() {
    let shop = garden();
    let folder = shop.path();
    std::fs::write(folder.join("bram.vcf"), "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bram\r\nBDAY:1980-07-18\r\nEND:VCARD\r\n").unwrap();
    at(folder, &["import", "bram.vcf"]);
    at(folder, &["nudge"]);
    let (open, ever) = causes(folder);
    for earlier in ["2026-06-20", "2026-01-01", "2000-01-01"] {
        let said = ok(folder, &["nudge", "--now", earlier]);
        assert!(!said.contains("No longer needed"), "{earlier}\n{said}");
        let (still, more) = causes(folder);
        assert!(open.iter().all(|cause| still.contains(cause)), "{earlier}");
        assert_eq!(more, ever, "{earlier}: nothing came up for people who are busy");
        assert_eq!(ok(folder, &["nudge", "--now", earlier]), said);
    }
    let woke = ok(folder, &["nudge", "--now", "2026-07-24"]);
    assert!(woke.contains("• Bram: turned 46"), "{woke}");
    ok(folder, &["nudge", "--now", "2026-07-01"]);
    let again = ok(folder, &["nudge", "--now", "2026-07-25"]);
    assert!(!again.contains("Passed since"), "told before the clock went back\n{again}");
    // A nudge that was done later than now rests, and stays done.
    let shop = garden();
    at(shop.path(), &["nudge"]);
    at(shop.path(), &["done", "1", "--checked"]);
    ok(shop.path(), &["nudge", "--now", "2026-06-30"]);
    assert!(!causes(shop.path()).0.iter().any(|cause| cause.ends_with("one-way")), "{:?}", causes(shop.path()));
}

#[test]
fn a_log_that_somebody_else_writes_in_is_waited_for() {
    let shop = garden();
    let db = rusqlite::Connection::open(shop.path().join("attent.db")).unwrap();
    db.execute_batch("BEGIN IMMEDIATE").unwrap();
    let child = digest(shop.path());
    std::thread::sleep(Duration::from_secs(1));
    db.execute_batch("COMMIT").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(none_twice(shop.path()), 5);
}

/// As somebody else, who may look and not touch.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_shows_the_week_and_records_none_of_it() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let shop = garden();
    let folder = shop.path();
    let mode = |path: &Path, mode: u32| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    [folder, &folder.join("journeys")].iter().for_each(|path| mode(path, 0o755));
    ["attent.yaml", "attent.db", "journeys/customer.yaml"].iter().for_each(|name| mode(&folder.join(name), 0o644));
    for beside in ["attent.db-wal", "attent.db-shm"] {
        let _ = std::fs::remove_file(folder.join(beside));
    }
    let nobody = |args: &[&str]| {
        let mut command = attent(folder, &[args, &["--now", NOW]].concat());
        command.uid(65_534).gid(65_534);
        command.output()
    };
    let Ok(first) = nobody(&["nudge", "--dry-run"]) else { return };
    let said = String::from_utf8(first.stdout).unwrap();
    assert!(said.contains("Anna Jansen: drop by"), "{said}{}", String::from_utf8_lossy(&first.stderr));
    for reads in [&["plan"][..], &["nudges"], &[], &["plan", "--why", "anna"]] {
        assert!(nobody(reads).unwrap().status.success(), "{reads:?}");
    }
    for (lang, words) in [("en", "attent.db cannot be written"), ("nl", "attent.db kan niet worden geschreven")] {
        let output = nobody(&["nudge", "--lang", lang]).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{said}");
        assert!(said.contains(words) && said.lines().count() == 3, "{said}");
    }
    assert_eq!(causes(folder).1, 0);
}

/// A digest that is computed while somebody logs a contact is computed anew, not told from old facts.
#[test]
fn what_is_logged_meanwhile_is_counted() {
    let shop = garden();
    let folder = shop.path();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            (0..10).for_each(|n| drop(at(folder, &["log", "cleo", &format!("called, {n}"), "--channel", "phone", "--felt", "1"])))
        });
        scope.spawn(|| (0..10).for_each(|_| drop(at(folder, &["nudge"]))));
    });
    let last: Value = json_at(folder, &["nudge"]);
    assert!(!field(&last["nudges"], "because").iter().any(|because| because.contains("in Use; last contact 121")), "{last}");
    let timeline = json(folder, &["timeline", "cleo", "--now", NOW]);
    assert_eq!(timeline["touchpoints"].as_array().unwrap().len(), 11);
}
