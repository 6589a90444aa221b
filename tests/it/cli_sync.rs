//! `sync` as a person or a timer runs it.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{attent, fails, ok, run};
use super::cli_log::{NOW, scores};
use super::edges_sources::{contacts, counts, everything, letter, mbox, office, packed, put, settle, there_and_back, told};

const ME: &str = "me@home.example";
const BOOK: &str = "BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Anna Jansen\nEMAIL:anna@x.example\nEND:VCARD\n";
const LOG: &str = "at,customer,channel\n2026-11-05,Carla,visit\n";

/// Mail with Anna and with Bram.
fn mail() -> String {
    mbox(&[letter("anna@x.example", ME, 2, "1", ""), letter(ME, "bram@y.example", 3, "2", "")])
}

/// What became of each source.
fn outcomes(answer: &Value) -> Vec<(&str, &str, u64)> {
    let rows = answer["sources"].as_array().unwrap();
    rows.iter().map(|line| (line["source"].as_str().unwrap(), line["outcome"].as_str().unwrap(), line["added"].as_u64().unwrap())).collect()
}

/// The answer of a sync that may have failed, with its exit code and what it said.
fn synced(folder: &Path, args: &[&str]) -> (Value, i32, String) {
    let output = run(folder, &[&["sync", "-O", "json", "--now", NOW], args].concat());
    let answer = serde_json::from_slice(&output.stdout).unwrap_or_default();
    (answer, output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn what_says_who_somebody_is_is_read_first_whatever_the_order() {
    let sources = ["  - path: all.mbox\n", "  - path: a.vcf\n", "  - path: log.csv\n"];
    let mut first: Option<[Value; 3]> = None;
    for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
        let listed: String = order.map(|n| sources[n]).concat();
        let folder = office(&format!("sources:\n{listed}"), &[]);
        for (name, text) in [("all.mbox", mail().as_str()), ("a.vcf", BOOK), ("log.csv", LOG)] {
            put(folder.path(), name, text);
        }
        let answer = told(folder.path(), &["sync"]);
        let names: Vec<String> = order.iter().map(|&n| sources[n].replace("  - path: ", "").trim().to_owned()).collect();
        assert_eq!(outcomes(&answer).iter().map(|line| line.0).collect::<Vec<_>>(), names, "told in the order of the settings");
        assert_eq!(counts(&answer, ["added", "new_customers"]), [2, 1], "{order:?}");
        assert_eq!(contacts(folder.path(), "Anna"), 1, "{order:?}");
        let all = scores(folder.path());
        assert!(*first.get_or_insert_with(|| all.clone()) == all, "{order:?}");
    }
}

#[test]
fn only_what_changed_is_read() {
    let folder = office("sources:\n  - path: all.mbox\n  - path: a.vcf\n  - path: log.csv\n", &[]);
    for (name, text) in [("all.mbox", mail().as_str()), ("a.vcf", BOOK), ("log.csv", LOG)] {
        put(folder.path(), name, text);
    }
    let sync = |args: &[&str]| {
        let answer = told(folder.path(), &[&["sync"], args].concat());
        outcomes(&answer).iter().map(|(_, outcome, added)| format!("{outcome} {added}")).collect::<Vec<_>>().join(", ")
    };
    assert_eq!(sync(&[]), "read 1, read 0, read 1");
    assert_eq!(sync(&[]), "unchanged 0, unchanged 0, unchanged 0");
    assert!(ok(folder.path(), &["sync", "--lang", "nl"]).contains("Niets nieuws in 3 bronnen"));
    assert_eq!(sync(&["--again"]), "read 0, read 0, read 0");
    assert_eq!(sync(&["a.vcf", "--again"]), "read 0", "only this one");
    ok(folder.path(), &["customers", "add", "Bram", "--email", "bram@y.example"]);
    assert_eq!(sync(&[]), "read 1, unchanged 0, unchanged 0", "the mail was looked through for the new customer");
    assert_eq!(sync(&[]), "unchanged 0, unchanged 0, unchanged 0");
    put(folder.path(), "all.mbox", mail() + &mbox(&[letter("anna@x.example", ME, 4, "3", "")]));
    assert_eq!(sync(&[]), "read 1, unchanged 0, unchanged 0", "a mailbox grows at its end");
    settle(folder.path(), "ignore: nobody@x.example\nsources:\n  - path: all.mbox\n  - path: a.vcf\n");
    assert_eq!(sync(&[]), "read 0, read 0", "other settings may read it otherwise");
    // What is not read is not even opened: of the same size and time, nonsense is no news.
    let path = folder.path().join("a.vcf");
    let changed = path.metadata().unwrap().modified().unwrap();
    std::fs::write(&path, "x".repeat(BOOK.len())).unwrap();
    std::fs::File::options().append(true).open(&path).unwrap().set_modified(changed).unwrap();
    assert_eq!(sync(&[]), "unchanged 0, unchanged 0");
    let (answer, code, said) = synced(folder.path(), &["--again"]);
    assert_eq!((outcomes(&answer)[1].1, code), ("failed", 1), "{said}");
    let said = fails(folder.path(), &["sync", "a.vfc"], 2);
    assert!(said.contains("`a.vfc` is no source") && said.contains("a.vcf"), "{said}");
}

#[test]
fn a_file_dated_in_the_future_is_read_once_and_when_it_changes() {
    let folder = office("sources:\n  - path: log.csv\n", &[]);
    let at = |hours: u64| {
        let file = std::fs::File::options().append(true).open(folder.path().join("log.csv")).unwrap();
        file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(4_000_000_000 + hours * 3600)).unwrap();
    };
    let outcome = || told(folder.path(), &["sync"])["sources"][0]["outcome"].as_str().unwrap().to_owned();
    put(folder.path(), "log.csv", LOG);
    for (hours, expected) in [(5, "read"), (5, "unchanged"), (4, "read"), (4, "unchanged")] {
        at(hours);
        assert_eq!(outcome(), expected, "{hours}");
    }
}

#[test]
fn one_source_that_fails_does_not_stop_the_others() {
    let broken = ["gone.vcf", "none.vcf", "cut.vcf.gz", "journeys/customer.yaml", "pipe"];
    let listed: String = broken.iter().map(|name| format!("  - path: {name}\n")).collect();
    let folder = office(&format!("sources:\n{listed}  - path: a.vcf\n  - path: empty\n  - path: all.mbox\n"), &[]);
    put(folder.path(), "none.vcf", "hello\n");
    put(folder.path(), "cut.vcf.gz", &packed(BOOK)[..30]);
    put(folder.path(), "a.vcf", BOOK);
    put(folder.path(), "all.mbox", mail());
    put(folder.path(), "pipe", "a\u{0}b");
    std::fs::create_dir(folder.path().join("empty")).unwrap();
    let (answer, code, said) = synced(folder.path(), &[]);
    assert_eq!((code, &answer["failed"]), (1, &value!(5)), "{said}");
    let found: Vec<&str> = outcomes(&answer).iter().map(|line| line.1).collect();
    assert_eq!(found, ["failed", "failed", "failed", "failed", "failed", "read", "read", "read"], "{said}");
    assert_eq!(contacts(folder.path(), "Anna"), 1);
    for name in broken {
        assert!(said.contains(&format!("{name} could not be read:")), "{said}");
    }
    assert!(said.contains("there is no such file") && said.contains("none.vcf:1: this is no address book"), "{said}");
    assert!(said.contains("damaged or not complete"), "{said}");
    let (again, code, _) = synced(folder.path(), &["--lang", "nl"]);
    assert_eq!((code, &again["failed"], &again["added"]), (1, &value!(5), &value!(0)));
    let table = run(folder.path(), &["sync", "--lang", "nl", "--now", NOW]);
    let (shown, said) = (String::from_utf8(table.stdout).unwrap(), String::from_utf8(table.stderr).unwrap());
    assert!(shown.contains("mislukt") && shown.contains("ongewijzigd"), "{shown}");
    assert!(said.contains("gone.vcf kon niet worden gelezen:") && said.contains("dat bestand bestaat niet"), "{said}");
    put(folder.path(), "gone.vcf", BOOK.replace("Anna", "Dirk").replace("anna", "dirk").replace("UID:1", "UID:9"));
    assert_eq!(outcomes(&synced(folder.path(), &[]).0)[0].1, "read", "it is back");
}

#[test]
fn a_dry_run_tells_and_stores_nothing() {
    let folder = office("sources:\n  - path: a.vcf\n  - path: log.csv\n", &[]);
    put(folder.path(), "a.vcf", BOOK);
    put(folder.path(), "log.csv", LOG);
    let before = everything(folder.path());
    for _ in 0..2 {
        let answer = told(folder.path(), &["sync", "--dry-run"]);
        assert_eq!((outcomes(&answer), &answer["dry_run"]), (vec![("a.vcf", "read", 0), ("log.csv", "read", 1)], &value!(true)));
    }
    assert!(everything(folder.path()) == before);
    let entries = told(folder.path(), &["undo", "--list"]);
    assert_eq!(entries["entries"], value!([]));
    assert_eq!(counts(&told(folder.path(), &["sync"]), ["added", "new_customers"]), [1, 1]);
}

#[test]
fn without_sources_it_says_how_to_name_them() {
    let folder = office("", &[]);
    let said = fails(folder.path(), &["sync"], 1);
    assert!(said.contains("attent.yaml names no sources") && said.contains("- path: ~/Maildir"), "{said}");
    assert!(fails(folder.path(), &["sync", "--lang", "nl"], 1).contains("noemt geen bronnen"));
    settle(folder.path(), "sources:\n  - path: a.vcf\n    since: 2026-02-30\n");
    assert!(fails(folder.path(), &["sync"], 3).contains("`2026-02-30` is not a day"));
}

#[test]
fn paths_begin_at_home_at_the_workspace_or_at_the_root() {
    let (folder, home) = (office("", &[]), tempfile::tempdir().unwrap());
    put(folder.path(), "in/a.vcf", BOOK);
    put(home.path(), "b/b.vcf", BOOK.replace("Anna", "Bo").replace("anna", "bo").replace("UID:1", "UID:2"));
    put(home.path(), "c.vcf", BOOK.replace("Anna", "Cas").replace("anna", "cas").replace("UID:1", "UID:3"));
    let absolute = home.path().join("c.vcf").display().to_string();
    settle(folder.path(), &format!("sources:\n  - path: in/\n  - path: ~/b\n  - path: {absolute}\n"));
    let elsewhere = tempfile::tempdir().unwrap();
    let workspace = folder.path().display().to_string();
    let mut command = attent(elsewhere.path(), &["sync", "-w", &workspace, "-O", "json"]);
    let output = command.env("HOME", home.path()).output().unwrap();
    let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(counts(&answer, ["new_customers", "failed"]), [3, 0], "{answer}");
    assert_eq!(outcomes(&answer).iter().map(|line| line.0).collect::<Vec<_>>(), ["in/", "~/b", &absolute]);
}

#[test]
fn two_at_once_neither_fail_nor_double() {
    let folder = office("sources:\n  - path: all.mbox\n    new: true\n  - path: a.vcf\n", &[]);
    let letters: Vec<String> = (0..300).map(|n| letter(&format!("p{}@x.example", n % 40), ME, 1 + n % 19, &n.to_string(), "")).collect();
    put(folder.path(), "all.mbox", mbox(&letters));
    put(folder.path(), "a.vcf", BOOK);
    let spawn = || {
        let mut command = attent(folder.path(), &["sync", "-O", "json", "--now", NOW]);
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let running: Vec<_> = (0..4).map(|_| spawn()).collect();
    let mut added = 0;
    for child in running {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        added += counts(&serde_json::from_slice(&output.stdout).unwrap(), ["added"])[0];
    }
    assert_eq!(added, 300);
    let people = told(folder.path(), &["customers", "list"]);
    let touchpoints: u64 = people["customers"].as_array().unwrap().iter().map(|row| row["touchpoints"].as_u64().unwrap()).sum();
    assert_eq!((people["customers"].as_array().unwrap().len(), touchpoints), (41, 300));
}

#[test]
fn what_a_sync_brought_is_taken_back_source_by_source() {
    let folder = office("sources:\n  - path: log.csv\n", &[]);
    put(folder.path(), "log.csv", LOG);
    there_and_back(folder.path(), &["sync"]);
    settle(folder.path(), "sources:\n  - path: log.csv\n  - path: a.vcf\n  - path: all.mbox\n");
    put(folder.path(), "a.vcf", BOOK);
    put(folder.path(), "all.mbox", mail());
    told(folder.path(), &["sync"]);
    let entries = told(folder.path(), &["undo", "--list"]);
    let newest: Vec<&str> = entries["entries"].as_array().unwrap()[..2].iter().map(|entry| entry["summary"].as_str().unwrap()).collect();
    assert!(newest[0].starts_with("all.mbox: 1 added") && newest[1].starts_with("a.vcf: 1 new customer"), "{newest:?}");
}

#[test]
fn the_answer_comes_in_every_form() {
    let folder = office("sources:\n  - path: a.vcf\n  - path: log.csv\n", &[]);
    put(folder.path(), "a.vcf", BOOK);
    put(folder.path(), "log.csv", LOG);
    let csv = ok(folder.path(), &["sync", "-O", "csv"]);
    assert_eq!(csv.lines().count(), 3, "{csv}");
    assert!(csv.starts_with("source,") && csv.contains("\nlog.csv,read,1,"), "{csv}");
    assert_eq!(ok(folder.path(), &["sync", "-O", "ids"]), "a.vcf\nlog.csv\n");
    let lines = ok(folder.path(), &["sync", "-O", "jsonl"]);
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).unwrap()["outcome"] == "unchanged"), "{lines}");
    assert!(ok(folder.path(), &["sync", "--again", "--lang", "nl"]).contains("1 al bekend"));
}

#[test]
fn words_and_profiles_of_my_own_do_not_make_a_source_new() {
    let folder = office(
        "words: {visit: [tuinronde, schouw, rondje], phone: [belletje, telefoontje], in: [kwam binnen]}\nsources:\n  - path: a.vcf\n",
        &[],
    );
    put(folder.path(), "a.vcf", BOOK);
    told(folder.path(), &["sync"]);
    for _ in 0..5 {
        assert_eq!(outcomes(&synced(folder.path(), &[]).0)[0].1, "unchanged");
    }
}

#[test]
fn what_else_lies_in_a_folder_is_passed_by() {
    let folder = office("sources:\n  - path: exports\n", &[]);
    put(folder.path(), "exports/a.vcf", BOOK);
    put(folder.path(), "exports/leesmij.txt", "Hier staan exports, elke maand een.\n");
    put(folder.path(), "exports/oud.csv", "kolom,nog een\n1,2\n");
    put(folder.path(), "exports/leeg.csv", "");
    put(folder.path(), "exports/leeg.ics", "");
    put(folder.path(), "exports/kapot.csv.gz", [0x1f, 0x8b, 8, 0]);
    let synced = run(folder.path(), &["sync", "--now", NOW, "-O", "json"]);
    let (said, told) = (String::from_utf8(synced.stdout).unwrap(), String::from_utf8(synced.stderr).unwrap());
    assert_eq!(synced.status.code(), Some(0), "{said} {told}");
    assert!(said.contains("\"new_customers\": 1") && told.contains("5 files"), "{said} {told}");
    // Named by itself such a file is a mistake.
    fails(folder.path(), &["import", "exports/oud.csv"], 3);
}

#[test]
fn a_rehearsal_knows_the_people_of_the_other_sources() {
    let folder = office("sources:\n  - path: all.mbox\n  - path: a.vcf\n", &[]);
    put(folder.path(), "a.vcf", BOOK);
    put(folder.path(), "all.mbox", mail());
    let rehearsed = told(folder.path(), &["sync", "--dry-run"]);
    let done = told(folder.path(), &["sync"]);
    assert_eq!([&rehearsed["added"], &rehearsed["new_customers"]], [&done["added"], &done["new_customers"]]);
    assert!(done["added"].as_u64().unwrap() > 0);
}

#[test]
fn cron_hears_nothing_when_there_is_nothing() {
    let folder = office("sources:\n  - path: a.vcf\n", &[]);
    put(folder.path(), "a.vcf", BOOK);
    let quiet = || ok(folder.path(), &["sync", "--quiet-if-empty", "--now", NOW]);
    assert!(quiet().contains("1 new customer"));
    assert_eq!(quiet(), "");
    std::fs::remove_file(folder.path().join("a.vcf")).unwrap();
    let failed = run(folder.path(), &["sync", "--quiet-if-empty", "--now", NOW]);
    assert_eq!(failed.status.code(), Some(1));
    assert!(!failed.stdout.is_empty() && !failed.stderr.is_empty());
}

#[test]
fn an_mbox_that_only_grew_is_read_on_from_its_old_end() {
    let folder = office("sources:\n  - path: all.mbox\n", &[&["Anna", "--email", "anna@x.example"]]);
    let letters = |days: std::ops::Range<u32>| -> Vec<String> {
        days.map(|day| letter("anna@x.example", ME, day, &format!("<{day}@x>"), "")).collect()
    };
    put(folder.path(), "all.mbox", mbox(&letters(1..4)));
    told(folder.path(), &["sync"]);
    put(folder.path(), "all.mbox", mbox(&letters(1..6)));
    let grown = told(folder.path(), &["sync"]);
    assert_eq!(counts(&grown, ["added", "known"]), [2, 0], "what was there is not looked at again");
    // With other customers all of it may mean something else.
    ok(folder.path(), &["customers", "add", "Bram"]);
    put(folder.path(), "all.mbox", mbox(&letters(1..7)));
    assert_eq!(counts(&told(folder.path(), &["sync"]), ["added", "known"]), [1, 5]);
    assert_eq!(contacts(folder.path(), "Anna"), 6);
}

#[test]
fn cron_with_nothing_to_read_is_quiet() {
    let folder = tempfile::tempdir().expect("a folder");
    crate::cli::ok(folder.path(), &["init", ".", "--template", "agency", "--lang", "en"]);
    assert_eq!(crate::cli::ok(folder.path(), &["sync", "--quiet-if-empty"]), "");
    crate::cli::fails(folder.path(), &["sync"], 1);
}
