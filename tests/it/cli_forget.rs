//! `forget` as a person runs it: nothing of somebody is left, in no row and in no byte, and nothing of anybody else
//! is touched but what said their name.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use attent::domain::customer::Customer;
use attent::domain::phone::Country;
use attent::domain::text::{Lang, Text};
use attent::domain::touchpoint::CustomerId;
use attent::ledger::{Key, Ledger, Neutral};
use proptest::prelude::*;
use rusqlite::Connection;
use serde_json::{Value, json as value};

use super::cli::{attent, fails, json, ok, run};
use super::cli_ask::terminal;
use super::cli_log::{NOW, shop};
use super::support::{course, day, touchpoint};

/// What is nowhere to be found afterwards, whatever its case.
const TRACES: [&str; 8] =
    ["zwaantje", "quistwater", "zwaan@quist", "12345678", "geheim", "kwikstraat", "zwaantje-quistwater", "1961-03-04"];

const WHO: &str = "Zwaantje Quistwater";

const CARDS: &str = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:7\r\nFN:Zwaantje Quistwater\r\nEMAIL:zwaan@quist.nl\r\nTEL:06-12345678\r\n\
    BDAY:1961-03-04\r\nADR:;;Kwikstraat 9;Utrecht;;3511AA;\r\nNOTE:geheimkaart\r\nEND:VCARD\r\n\
    BEGIN:VCARD\r\nVERSION:3.0\r\nUID:8\r\nFN:Dirk\r\nEMAIL:dirk@x.nl\r\nEND:VCARD\r\n";

const ROWS: &str =
    "at,customer,channel,note\n2026-09-01,Zwaantje Quistwater,phone,geheimrij\n2026-09-02,Bram,visit,kopje thee\n2026-09-03,Cleo,phone,\n";

fn mail(from: &str, to: &str, day: u32, id: &str) -> String {
    format!(
        "From me@shop.nl Mon Nov {day} 10:00:00 2026\nFrom: {from}\nTo: {to}\nDate: {day} Nov 2026 10:00:00 +0000\nMessage-ID: <{id}@shop.nl>\nSubject: hello\n\nbody\n\n"
    )
}

/// A workspace in which somebody is everywhere: by every command that writes words down.
fn everywhere() -> tempfile::TempDir {
    let shop = shop(&[]);
    let folder = shop.path();
    let does = |args: &[&str]| ok(folder, &[args, &["--now", NOW]].concat());
    std::fs::write(folder.join("attent.yaml"), "language: en\nme: [me@shop.nl]\n# Zwaantje Quistwater comes first\nsources:\n  - path: people.vcf\n  - path: post.mbox\n  - path: rows.csv\n").unwrap();
    std::fs::write(folder.join("people.vcf"), CARDS).unwrap();
    std::fs::write(folder.join("rows.csv"), ROWS).unwrap();
    std::fs::write(
        folder.join("post.mbox"),
        [mail("Me <me@shop.nl>", "zwaan@quist.nl, dirk@x.nl", 2, "a"), mail("zwaan@quist.nl", "me@shop.nl", 3, "b")].concat(),
    )
    .unwrap();
    does(&["sync"]);
    does(&[
        "customers",
        "add",
        "Anna Visser",
        "--note",
        "a friend of Zwaantje Quistwater",
        "--referred-by",
        WHO,
        "--segment",
        "zwaantje-quistwater",
    ]);
    does(&["customers", "add", "Zwaantje Q.", "--note", "geheimdubbel"]);
    does(&["customers", "merge", WHO, "Zwaantje Q.", "--yes"]);
    does(&["customers", "alias", WHO, "Kwik"]);
    does(&["customers", "edit", WHO, "--note", "geheimnotitie", "--origin", "geheimbeurs"]);
    does(&["customers", "edit", "bram", "--note", "see ZWAANTJE quistwater, 06 1234 5678", "--origin", "via zwaan@quist.nl"]);
    does(&["customers", "edit", "bram", "--note", "likes tea"]);
    does(&["log", WHO, "called about the geheimplan", "--tag", "geheimtag"]);
    does(&["log", "bram", "lunch; Quistwater, Zwaantje was there too", "--tag", "zwaantje-quistwater"]);
    does(&["log", "bram,cleo", "talked about Kwik's plan at Kwikstraat 9"]);
    does(&["log", "Zwaantje Quistwater,cleo", "dinner"]);
    let logged = json(folder, &["log", WHO, "geheimfout", "--now", NOW])["touchpoints"][0]["id"].to_string();
    does(&["edit", &logged, "--note", "geheimbeter"]);
    does(&["undo", &logged]);
    does(&["incident", "open", "zwaantje", "geheimmisser", "--owner", "Bram"]);
    does(&["incident", "open", "cleo", "mixed up with Zwaantje Quistwater", "--owner", "Zwaantje Quistwater"]);
    does(&["incident", "acknowledge", "2"]);
    does(&["gift", "idea", "zwaantje", "geheimboek"]);
    does(&["gift", "idea", "cleo", "the book Zwaantje Quistwater gave"]);
    does(&["gift", "prefers", "cleo", "sits beside Zwaantje Quistwater"]);
    does(&["nudge"]);
    let nudges = json(folder, &["nudges", "--now", NOW]);
    for nudge in nudges["nudges"].as_array().unwrap().iter().filter(|nudge| nudge["customer"] != WHO) {
        run(folder, &["skip", &nudge["id"].to_string(), "--why", "Zwaantje Quistwater said no", "--now", NOW]);
    }
    does(&["customers", "rename", WHO, "Zwaantje Quistwater-Geheim"]);
    shop
}

fn database(folder: &Path) -> Connection {
    Connection::open(folder.join("attent.db")).expect("the log")
}

/// The traces in the bytes of files.
fn traces(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
        if entry.is_file() && name.contains(".db") {
            let bytes = std::fs::read(&entry).expect("a file").to_ascii_lowercase();
            for trace in TRACES {
                let at = bytes.windows(trace.len()).position(|window| window == trace.as_bytes());
                let around = |at: usize| String::from_utf8_lossy(&bytes[at.saturating_sub(40)..(at + 40).min(bytes.len())]).into_owned();
                found.extend(at.map(|at| format!("{name}: {trace}: {}", around(at))));
            }
        }
    }
    found
}

/// Every value of the rows of a table that are somebody else's.
fn rows(folder: &Path, sql: &str) -> Vec<Vec<rusqlite::types::Value>> {
    let db = database(folder);
    let mut select = db.prepare(sql).expect("a question");
    let width = select.column_count();
    select
        .query_map([], |row| (0..width).map(|column| row.get(column)).collect::<rusqlite::Result<Vec<_>>>())
        .expect("rows")
        .collect::<rusqlite::Result<_>>()
        .expect("values")
}

/// The scores of the others, as they are written.
fn others(folder: &Path) -> Vec<Value> {
    let mut all = Vec::new();
    for (by, key) in [("customer", "customers"), ("cell", "cells")] {
        let answer = json(folder, &["score", "--by", by, "--now", NOW]);
        let rows = answer[key].as_array().unwrap_or_else(|| panic!("{answer}"));
        all.extend(rows.iter().filter(|row| !row["customer"].as_str().unwrap_or_default().starts_with("Zwaantje")).cloned());
    }
    all
}

#[test]
fn nothing_is_left_in_no_row_and_in_no_byte() {
    let shop = everywhere();
    let folder = shop.path();
    assert_eq!(traces(folder).len(), TRACES.len(), "all of it was there: {:?}", traces(folder));
    let (scores, days) = (others(folder), rows(folder, "SELECT * FROM days"));
    let whole = json(folder, &["score", "--now", NOW])["stages"].clone();
    let rehearsed = json(folder, &["forget", "kwik", "--dry-run", "--now", NOW])["forgotten"][0].clone();
    assert_eq!(traces(folder).len(), TRACES.len(), "a dry run changes nothing");

    let done = json(folder, &["forget", "kwik", "--yes", "--now", NOW])["forgotten"][0].clone();
    assert_eq!(traces(folder), Vec::<String>::new());
    for key in ["contacts", "gifts", "nudges", "incidents", "referrals", "keys", "particulars", "entries_for_good", "rewritten", "alike"] {
        assert_eq!(done[key], rehearsed[key], "{key}");
    }
    assert_eq!(
        [&done["contacts"], &done["gifts"], &done["referrals"], &done["finished"]],
        [&value!(5), &value!(1), &value!(1), &value!(true)]
    );
    assert_eq!(others(folder), scores, "to the last bit");
    assert_eq!(rows(folder, "SELECT * FROM days"), days);
    assert_ne!(json(folder, &["score", "--now", NOW])["stages"], whole, "their part in the score goes");
    assert_eq!(rows(folder, "SELECT origin FROM customers WHERE name = 'Anna Visser'"), [["referral".to_owned().into()]]);
    let named: Vec<&str> = done["lines"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|line| line["kind"] == "file")
        .map(|line| line["place"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["attent.yaml:3", "people.vcf", "post.mbox", "rows.csv"]);
    assert!(fails(folder, &["customers", "show", "zwaantje"], 1).contains("no customer"));
    assert!(rows(folder, "PRAGMA integrity_check") == [["ok".to_owned().into()]] && rows(folder, "PRAGMA foreign_key_check").is_empty());
}

#[test]
fn sums_made_anew_count_the_contacts_of_nobody() {
    let shop = everywhere();
    let folder = shop.path();
    let days = |folder: &Path| rows(folder, "SELECT stage, day, count FROM days ORDER BY stage, day");
    let before = days(folder);
    ok(folder, &["forget", "kwik", "--yes", "--now", NOW]);
    database(folder).execute("DELETE FROM settings WHERE key = 'fingerprint'", []).unwrap();
    let findings = json(folder, &["score", "--now", NOW]);
    assert_eq!(days(folder), before, "{findings}");
    database(folder).execute_batch("DELETE FROM settings WHERE key = 'fingerprint'; DELETE FROM anonymous_contacts").unwrap();
    ok(folder, &["score", "--now", NOW]);
    assert_ne!(days(folder), before, "it is they who were counted");
}

#[test]
fn files_do_not_bring_them_back_and_a_person_does() {
    let shop = everywhere();
    let folder = shop.path();
    ok(folder, &["forget", "kwik", "--yes", "--now", NOW]);
    std::fs::write(folder.join("new.mbox"), mail("Zwaantje Quistwater <other@quist.nl>", "me@shop.nl", 5, "c")).unwrap();
    let left_out = "of somebody who was forgotten";
    for (args, n) in [
        (&["sync", "--again"][..], 1),
        (&["import", "people.vcf"], 1),
        (&["import", "rows.csv"], 1),
        (&["import", "post.mbox", "--new"], 1),
        (&["import", "new.mbox", "--new"], 1),
    ] {
        let said = ok(folder, &[args, &["--now", NOW]].concat());
        assert_eq!(said.matches(left_out).count(), n, "{args:?}: {said}");
        assert!(!said.to_lowercase().contains("zwaan"), "{said}");
    }
    assert_eq!(traces(folder), Vec::<String>::new());
    // Somebody's own hand does, and then the files know them again.
    ok(folder, &["customers", "add", WHO]);
    let said = ok(folder, &["import", "people.vcf", "--now", NOW]);
    assert!(!said.contains(left_out), "{said}");
    assert_eq!(json(folder, &["customers", "show", "zwaantje"])["customers"][0]["keys"], value!(["+31612345678", "zwaan@quist.nl"]));
    assert!(!ok(folder, &["import", "post.mbox", "--new", "--now", NOW]).contains(left_out));
}

#[test]
fn what_others_did_can_still_be_taken_back() {
    let shop = everywhere();
    let folder = shop.path();
    ok(folder, &["forget", "kwik", "--yes", "--now", NOW]);
    let said = fails(folder, &["undo", "--now", NOW], 1);
    assert!(said.contains("for good") && said.contains("`attent undo e"), "{said}");
    let list = json(folder, &["undo", "--list", "99"])["entries"].clone();
    assert!(!list.to_string().to_lowercase().contains("zwaan"));
    let (mut undone, mut refused) = (0, 0);
    for entry in list.as_array().unwrap() {
        let id = entry["entry"].as_str().unwrap();
        if entry["for_good"] == true {
            assert!(fails(folder, &["undo", id, "--now", NOW], 1).contains("cannot be taken back"), "{entry}");
            refused += 1;
        } else if entry["undone"].is_null() && entry["undoes"].is_null() && entry["verb"] != "nudge" {
            let output = run(folder, &["undo", id, "--now", NOW]);
            assert!(output.status.success(), "{entry} {}", String::from_utf8_lossy(&output.stderr));
            undone += 1;
        }
    }
    assert!(undone > 8 && refused > 5, "{undone} {refused}");
    assert_eq!(json(folder, &["customers"])["customers"], value!([]), "everything of everybody was taken back");
    assert_eq!(traces(folder), Vec::<String>::new());
}

#[test]
fn two_who_were_one_for_a_while_are_told_apart() {
    let shop = shop(&[WHO, "Bram", "Cleo"]);
    let folder = shop.path();
    let does = |args: &[&str]| ok(folder, &[args, &["--now", NOW]].concat());
    does(&["customers", "edit", WHO, "--note", "geheim one"]);
    does(&["log", "zwaantje", "geheim two"]);
    does(&["log", "bram", "tea"]);
    // A contact of one that was another's first, and the other way round.
    let moved = |who: &str, to: &str, note: &str| {
        let id = json(folder, &["log", who, note, "--now", NOW])["touchpoints"][0]["id"].to_string();
        does(&["edit", &id, "--customer", to]);
    };
    moved("cleo", "zwaantje", "geheim three");
    moved("zwaantje", "cleo", "lunch");
    does(&["customers", "merge", "bram", "zwaantje", "--yes"]);
    does(&["undo"]);
    does(&["customers", "merge", "bram", "cleo", "--yes"]);
    does(&["forget", WHO, "--yes"]);
    assert_eq!(traces(folder), Vec::<String>::new());
    let list = json(folder, &["undo", "--list", "99"])["entries"].clone();
    let merges: Vec<bool> =
        list.as_array().unwrap().iter().filter(|entry| entry["verb"] == "customers merge").map(|entry| entry["for_good"] == true).collect();
    assert_eq!(merges, [false, true], "the merge of two others can be taken back");
    let id =
        list.as_array().unwrap().iter().find(|entry| entry["verb"] == "customers merge").unwrap()["entry"].as_str().unwrap().to_owned();
    does(&["undo", &id]);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "bram\ncleo\n");
    let notes = |who: &str| {
        json(folder, &["timeline", who, "--now", NOW])["touchpoints"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| row["note"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!((notes("bram"), notes("cleo")), (vec![value!("tea")], vec![value!("lunch")]));
    assert_eq!(traces(folder), Vec::<String>::new());
}

#[test]
fn copies_are_named_and_erased_from_when_asked() {
    let shop = everywhere();
    let folder = shop.path();
    let copies = folder.join("backups");
    std::fs::create_dir(&copies).unwrap();
    let copy = copies.join("attent-2026-11-01-100000.db");
    database(folder).execute("VACUUM INTO ?1", [copy.to_str().unwrap()]).unwrap();
    std::fs::write(copies.join("attent-2026-11-02-100000.db"), "no log").unwrap();
    let lines = |args: &[&str]| -> Vec<String> {
        let done = json(folder, &[args, &["--yes", "--now", NOW]].concat());
        let lines = done["forgotten"][0]["lines"].as_array().unwrap().clone();
        lines.iter().filter(|line| line["kind"] == "copy").map(|line| line["text"].as_str().unwrap().to_owned()).collect()
    };
    let said = lines(&["forget", "kwik"]);
    assert!(
        said[0].contains("attent forget \"Zwaantje Quistwater-Geheim\" --backups") && said[1].contains("could not be looked into"),
        "{said:?}"
    );
    assert_eq!(traces(&copies).len(), TRACES.len());
    assert_eq!(lines(&["forget", "Zwaantje Quistwater-Geheim", "--backups"])[0], "erased from it");
    assert_eq!(traces(&copies), Vec::<String>::new());
    assert!(fails(folder, &["forget", "Zwaantje Quistwater-Geheim", "--backups", "--yes"], 1).contains("no customer"));
}

#[test]
fn what_people_wrote_in_a_copy_is_pointed_out() {
    let shop = shop(&["Anna Smit", "Bram"]);
    let folder = shop.path();
    std::fs::write(folder.join("attent.yaml"), "language: en\n# Anna Smit woont hier\n# bij anna.smit@elders.nl\n").unwrap();
    ok(folder, &["backup", "--now", NOW]);
    std::fs::write(folder.join("attent.yaml"), "language: en\n").unwrap();
    let copy = "backups/attent-2026-11-20-120000.db";
    let told = "attent.yaml in it names them: line 2, perhaps line 3";
    let stays = format!("{told}; that stays until you delete the copy");
    let known = json(folder, &["dossier", "Anna Smit", "--now", NOW])["not_in_here"].clone();
    assert!(known.as_array().unwrap().iter().any(|line| line["place"] == copy && line["text"] == told), "{known}");
    let lines = |args: &[&str]| -> Vec<String> {
        let done = json(folder, &[args, &["--now", NOW]].concat());
        let lines = done["forgotten"][0]["lines"].as_array().unwrap().clone();
        lines.iter().filter(|line| line["place"] == copy).map(|line| line["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(lines(&["forget", "Anna Smit", "--dry-run", "--backups"]), ["they would be erased from it", &stays]);
    assert_eq!(lines(&["forget", "Anna Smit", "--yes", "--backups"]), ["erased from it", &stays]);
    assert!(ok(folder, &["customers", "-O", "ids"]).contains("bram"));
    let bytes = std::fs::read(folder.join(copy)).unwrap();
    let count = bytes.windows(9).filter(|window| window.eq_ignore_ascii_case(b"anna smit")).count();
    assert_eq!(count, 1, "once in the file that was written, and nowhere else");
}

#[test]
fn exports_and_reports_of_before_are_named_as_what_is_left_to_delete() {
    let shop = shop(&["Zwaantje & Zn. Quistwater", "Bram"]);
    let folder = shop.path();
    std::fs::create_dir_all(folder.join("backups/deeper")).unwrap();
    ok(folder, &["log", "zwaantje", "called", "--now", NOW]);
    let wrote = ["alles.jsonl", "alles.jsonl.gz", "backups/alles.JSONL", "backups/deeper/alles.jsonl"];
    wrote.iter().for_each(|file| drop(ok(folder, &["export", "-o", file, "--now", NOW])));
    let reports = ["report.csv", "report.html", "report.json", "report.md", "report.tsv"];
    reports.iter().for_each(|file| drop(ok(folder, &["score", "--by", "customer", "-o", file, "--now", NOW])));
    ok(folder, &["timeline", "bram", "-o", "bram.html", "--now", NOW]);
    std::fs::write(folder.join("Zwaantje & Zn. Quistwater.md"), "").unwrap();
    std::fs::write(folder.join("broken.jsonl.gz"), "no gzip").unwrap();
    let of = |done: &Value, kind: &str| -> Vec<(String, String)> {
        let lines = done["forgotten"][0]["lines"].as_array().unwrap().iter().filter(|line| line["kind"] == kind);
        lines.map(|line| (line["place"].as_str().unwrap().to_owned(), line["text"].as_str().unwrap().to_owned())).collect()
    };
    let rehearsed = json(folder, &["forget", "zwaantje", "--dry-run", "--now", NOW]);
    let table = |lang: &str| ok(folder, &["forget", "zwaantje", "--dry-run", "--lang", lang, "--width", "80", "--now", NOW]);
    let (english, dutch) = (table("en"), table("nl"));
    assert!(english.contains("to delete   alles.jsonl ") && english.contains("deletes no files that you had it write"), "{english}");
    assert!(dutch.contains("te wissen  alles.jsonl ") && dutch.contains("wist geen bestanden"), "{dutch}");
    let done = json(folder, &["forget", "Zwaantje & Zn. Quistwater", "--yes", "--now", NOW]);
    let named = of(&done, "delete");
    let places: Vec<&str> = named.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(
        places,
        [
            "Zwaantje & Zn. Quistwater.md",
            "alles.jsonl",
            "alles.jsonl.gz",
            "report.csv",
            "report.html",
            "report.json",
            "report.md",
            "backups/alles.JSONL"
        ]
    );
    assert_eq!(named[0].1, "by its name");
    assert!(named[1].1.ends_with("lines name them") && named[1].1 == named[2].1, "{named:?}");
    assert!(
        of(&done, "file").iter().any(|(place, text)| place == "broken.jsonl.gz" && text.contains("not all of it could be looked into")),
        "{done}"
    );
    assert_eq!(of(&rehearsed, "delete"), named);
}

#[test]
fn files_beyond_those_looked_through_are_told_of_with_their_folder() {
    let shop = shop(&["Zwaantje Quistwater"]);
    let folder = shop.path();
    let fill = |under: &str, files: usize| {
        std::fs::create_dir_all(folder.join(under)).unwrap();
        (0..files).for_each(|n| std::fs::write(folder.join(under).join(format!("{n:05}.csv")), "").unwrap());
    };
    let told = || -> Vec<(String, String)> {
        let done = json(folder, &["forget", "zwaantje", "--dry-run", "--now", NOW]);
        let lines = done["forgotten"][0]["lines"].as_array().unwrap().iter();
        lines.map(|line| (line["place"].as_str().unwrap().to_owned(), line["text"].as_str().unwrap().to_owned())).collect()
    };
    std::fs::write(folder.join("attent.yaml"), "language: en\nsources:\n  - path: shop\n").unwrap();
    [("", 1_000), ("backups", 1_000), ("shop", 20_000)].iter().for_each(|(under, files)| fill(under, *files));
    assert_eq!(told(), []);
    [("", 1_003), ("backups", 1_001), ("shop", 20_001)].iter().for_each(|(under, files)| fill(under, *files));
    let here = folder.canonicalize().unwrap().display().to_string();
    let wanted = [
        ("shop", "perhaps: it has more than 20,000 files, and the others were not looked through"),
        (&here, "perhaps: 3 files in this folder were not looked through; only the first 1,000 by name were"),
        ("backups/", "perhaps: 1 file in this folder was not looked through; only the first 1,000 by name were"),
    ];
    assert_eq!(told(), wanted.map(|(place, text)| (place.to_owned(), text.to_owned())));
    let dutch = ok(folder, &["forget", "zwaantje", "--dry-run", "--lang", "nl", "-O", "csv", "--now", NOW]);
    assert!(dutch.contains("misschien: 3 bestanden in deze map zijn niet bekeken; alleen de eerste 1.000 op naam wel"), "{dutch}");
}

#[test]
fn what_can_no_longer_be_undone_is_said_in_plain_words() {
    let shop = shop(&["Anna Visser", "Bram"]);
    let folder = shop.path();
    ok(folder, &["log", "anna", "called", "--now", NOW]);
    for (lang, said) in [
        ("en", "What was entered only about them (2 entries) can no longer be taken back with `attent undo`."),
        ("nl", "Wat alleen over hen is ingevoerd (2 keer), kun je niet meer terugnemen met `attent undo`."),
    ] {
        let page = ok(folder, &["forget", "anna", "--dry-run", "--lang", lang, "--width", "200", "--now", NOW]);
        assert!(page.contains(said), "{page}");
    }
}

/// Copies elsewhere may be another workspace's: a link to one is told of, and not followed.
#[cfg(unix)]
#[test]
fn a_link_out_of_the_folder_of_copies_is_left_and_told_of() {
    use std::os::unix::fs::symlink;
    let (own, other) = (shop(&["Zwaantje Quistwater", "Bram"]), shop(&["Zwaantje Quistwater"]));
    let (folder, elsewhere) = (own.path(), other.path().canonicalize().unwrap());
    ok(folder, &["backup", "--now", NOW]);
    ok(&elsewhere, &["backup", "theirs.db", "--now", NOW]);
    let copy = "attent-2026-11-20-120000.db";
    symlink(elsewhere.join("theirs.db"), folder.join("backups/linked.db")).unwrap();
    symlink(copy, folder.join("backups/latest.db")).unwrap();
    symlink("gone.db", folder.join("backups/nowhere.db")).unwrap();
    let before = std::fs::read(elsewhere.join("theirs.db")).unwrap();
    let left = format!("not looked into: a link out of this folder, to {}", elsewhere.join("theirs.db").display());
    let copies = |args: &[&str]| -> Vec<(String, String)> {
        let done = json(folder, &[&["forget", "Zwaantje Quistwater", "--now", NOW], args].concat());
        let lines = done["forgotten"][0]["lines"].as_array().unwrap().iter().filter(|line| line["kind"] == "copy");
        lines.map(|line| (line["place"].as_str().unwrap().to_owned(), line["text"].as_str().unwrap().to_owned())).collect()
    };
    let told = |said: &str| vec![(format!("backups/{copy}"), said.to_owned()), ("backups/linked.db".to_owned(), left.clone())];
    assert_eq!(copies(&["--dry-run", "--backups"]), told("they would be erased from it"));
    assert_eq!(copies(&["--yes", "--backups"]), told("erased from it"));
    assert_eq!(std::fs::read(elsewhere.join("theirs.db")).unwrap(), before);
    assert!(!elsewhere.join("theirs.db-wal").exists() && folder.join("backups/linked.db").is_symlink());
    // Who is only in a copy that is linked is in none of this workspace's.
    let said = fails(folder, &["forget", "Zwaantje Quistwater", "--backups", "--yes", "--now", NOW], 1);
    assert!(said.contains("no customer"), "{said}");
}

#[test]
fn a_likeness_is_left_and_pointed_out() {
    let shop = shop(&["Anna de Vries", "Bram", "Jan de Vries", "Anna de Vries BV"]);
    let folder = shop.path();
    for note in ["Anna called", "Jan de Vries came", "Anna de Vries BV paid", "met Anna de Vries"] {
        ok(folder, &["log", "bram", note, "--now", NOW]);
    }
    let done = json(folder, &["forget", "Anna de Vries", "--yes", "--now", NOW])["forgotten"][0].clone();
    let lines: Vec<(&str, &str)> =
        done["lines"].as_array().unwrap().iter().map(|line| (line["kind"].as_str().unwrap(), line["text"].as_str().unwrap())).collect();
    assert_eq!(lines, [("changed", "met [forgotten]"), ("alike", "Anna called")]);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-de-vries-bv\nbram\njan-de-vries\n");
}

/// The lines of `forget` of a kind: where, and what stands there.
fn lines_of(folder: &Path, whom: &str, kind: &str) -> Vec<(String, String)> {
    let done = json(folder, &["forget", whom, "--yes", "--now", NOW])["forgotten"][0].clone();
    let word = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let lines = done["lines"].as_array().unwrap().iter().filter(|line| line["kind"] == kind);
    lines.map(|line| (word(line, "place"), word(line, "text"))).collect()
}

/// All that is noted of contacts, in their order.
fn notes(folder: &Path) -> Vec<String> {
    let rows = rows(folder, "SELECT note FROM touchpoints ORDER BY id").concat();
    rows.into_iter().map(|note| if let rusqlite::types::Value::Text(note) = note { note } else { String::new() }).collect()
}

fn pairs(all: &[(String, String)]) -> Vec<(&str, &str)> {
    all.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect()
}

#[test]
fn words_of_others_that_only_look_like_a_name_are_left() {
    let shop = shop(&["Wil", "Roos", "Jan", "Anna Smit", "Anna Bakker", "Bo", "Cor"]);
    let folder = shop.path();
    ok(folder, &["customers", "alias", "Anna Smit", "Anna"]);
    let said = [
        "Ik wil graag meer; kocht een roos; 12 jan",
        "Anna was blij met het boek",
        "met Kees Smit, Anna de Boer en Joost",
        "oma Smit! Anna Jansen belde",
        "Bo belde, Bo's zus",
        "met Wil gebeld",
    ];
    for (note, whom) in said.iter().zip(["Cor", "Anna Bakker", "Cor", "Cor", "Cor", "Cor"]) {
        ok(folder, &["log", whom, note, "--now", NOW]);
    }
    for name in ["Roos", "Jan", "Wil"] {
        assert_eq!(lines_of(folder, name, "alike"), [], "{name}");
    }
    let mut left = said.map(str::to_owned).to_vec();
    left[5] = "met [forgotten] gebeld".to_owned();
    assert_eq!(notes(folder), left);
    let shown = json(folder, &["dossier", "Anna Smit", "--now", NOW])["mentions"].clone();
    let shown = shown.as_array().unwrap().iter().filter(|row| row["table"] == "touchpoints");
    let shown: Vec<_> = shown.map(|row| (row["text"].as_str().unwrap(), row["certainty"].as_str().unwrap())).collect();
    assert_eq!(shown, said[1..4].iter().map(|text| (*text, "perhaps")).collect::<Vec<_>>(), "a dossier says that it is not sure");
    let alike = lines_of(folder, "Anna Smit", "alike");
    let places = ["contact #2 (Anna Bakker)", "contact #3 (Cor)", "contact #4 (Cor)"];
    let alike: Vec<_> = pairs(&alike).into_iter().filter(|(place, _)| place.starts_with("contact")).collect();
    assert_eq!(alike, places.into_iter().zip(said[1..4].iter().copied()).collect::<Vec<_>>());
    assert_eq!(notes(folder), left);
    assert_eq!(pairs(&lines_of(folder, "Bo", "alike")), [("contact #5 (Cor)", "Bo belde, Bo's zus")]);
}

#[test]
fn where_a_housemate_lives_stays() {
    let shop = shop(&["Zus"]);
    let folder = shop.path();
    let card =
        |name: &str, street: &str| format!("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{name}\r\nADR:;;{street};Utrecht;;1234 AB;\r\nEND:VCARD\r\n");
    let cards = [card("Anna Smit", "Dorpsstraat 12"), card("Bram Bakker", "Dorpsstraat 12"), card("Cor Kwik", "Kwikstraat 9")];
    std::fs::write(folder.join("people.vcf"), cards.concat()).unwrap();
    ok(folder, &["import", "people.vcf", "--now", NOW]);
    for note in ["bloemen naar Dorpsstraat 12", "bloemen naar Kwikstraat 9"] {
        ok(folder, &["log", "Zus", note, "--now", NOW]);
    }
    // Moved house since; the journal knows the one before.
    std::fs::write(folder.join("people.vcf"), card("Zus", "Kwikstraat 9")).unwrap();
    ok(folder, &["import", "people.vcf", "--now", NOW]);
    ok(folder, &["undo", "--now", NOW]);
    let homes = "SELECT value FROM particulars WHERE what = 'postal' ORDER BY 1";
    assert_eq!(rows(folder, homes).len(), 3);
    let alike = lines_of(folder, "Anna Smit", "alike");
    assert_eq!(pairs(&alike), [("contact #1 (Zus)", "bloemen naar Dorpsstraat 12")]);
    let kept = rows(folder, homes).concat();
    assert!(matches!(&kept[0], rusqlite::types::Value::Text(home) if home.starts_with("Dorpsstraat 12")), "{kept:?}");
    assert_eq!(pairs(&lines_of(folder, "Cor Kwik", "changed")), [("contact #2 (Zus)", "bloemen naar [forgotten]")]);
    ok(folder, &["undo", "e6", "--now", NOW]);
    let back = rows(folder, homes).concat();
    assert!(back.iter().any(|home| matches!(home, rusqlite::types::Value::Text(home) if home.starts_with("Kwikstraat 9"))), "{back:?}");
}

#[test]
fn it_is_asked_and_only_a_whole_name_will_do_without_asking() {
    let shop = shop(&["Anna Jansen", "Bram"]);
    let folder = shop.path();
    assert!(fails(folder, &["forget", "anna", "--yes"], 2).contains("attent forget \"Anna Jansen\""));
    assert!(fails(folder, &["forget", "anna jansen"], 2).contains("--yes"));
    fails(folder, &["forget", "Cleo", "--yes"], 1);
    // All of what a dry run shows stands before the question.
    ok(folder, &["log", "bram", "lunch with Anna Jansen"]);
    ok(folder, &["backup", "--now", "2026-11-20T12:00"]);
    let mut session = terminal(folder, &["forget", "anna"]);
    session.exp_string("Anna Jansen will be forgotten").unwrap();
    session.exp_string("lunch with [forgotten]").unwrap();
    session.exp_string("backups/attent-2026-11-20-120000.db").unwrap();
    session.exp_string("Is that right?").unwrap();
    session.exp_string("erase it").unwrap();
    session.send("\r").unwrap();
    session.flush().unwrap();
    session.exp_string("nothing was changed").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-jansen\nbram\n");
    let mut session = terminal(folder, &["forget", "anna"]);
    session.exp_string("Is that right?").unwrap();
    session.exp_string("erase it").unwrap();
    session.send("\x1b[B\r").unwrap();
    session.flush().unwrap();
    session.exp_string("is forgotten").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "bram\n");
    // A number that was had is not given to another contact.
    let number = |who: &str| json(folder, &["log", who, "call", "--now", NOW])["touchpoints"][0]["id"].as_i64().unwrap();
    number("bram");
    ok(folder, &["customers", "add", "Cleo"]);
    let last = number("cleo");
    ok(folder, &["forget", "cleo", "--yes"]);
    assert_eq!(number("bram"), last + 1);
}

/// A source may be the folder that the log is in: the log is looked into row by row, and never read as a file.
#[test]
fn the_log_is_no_file_that_names_somebody() {
    let shop = everywhere();
    let folder = shop.path();
    std::fs::write(folder.join("attent.yaml"), "language: en\nsources:\n  - path: .\n").unwrap();
    let done = json(folder, &["forget", "Zwaantje Quistwater-Geheim", "--yes", "--now", NOW]);
    let lines: Vec<&Value> = done["forgotten"][0]["lines"].as_array().unwrap().iter().filter(|line| line["kind"] == "file").collect();
    assert!(lines.iter().any(|line| line["place"].as_str().unwrap().contains("people.vcf")), "{lines:?}");
    let of_the_log =
        |line: &&&Value| line["place"].as_str().unwrap().contains("attent.db") || line["text"].as_str().unwrap().contains("not all of it");
    assert_eq!(lines.iter().filter(of_the_log).count(), 0, "{lines:?}");
}

fn neutral() -> Neutral {
    Neutral { mention: Text::new("[forgotten]", "[vergeten]"), referral: Text::new("referral", "aanbeveling"), lang: Lang::En }
}

#[test]
fn what_a_stopped_command_left_the_next_one_finishes() {
    let shop = everywhere();
    let folder = shop.path();
    let mut ledger = Ledger::open(&folder.join("attent.db"), vec![course()], 0).unwrap().0;
    let id = ledger.exactly("kwik").unwrap().unwrap();
    ledger.forget(day(20_777.0), &[id], &[], Country::default(), &neutral(), true).unwrap();
    assert!(ledger.is_erasing().unwrap());
    drop(ledger);
    assert!(!traces(folder).is_empty(), "the rows are gone, the bytes are not yet");
    ok(folder, &["customers"]);
    assert_eq!(traces(folder), Vec::<String>::new());
    assert!(!Ledger::open(&folder.join("attent.db"), vec![course()], 0).unwrap().0.is_erasing().unwrap());
}

#[test]
fn killed_at_any_moment_it_happened_whole_or_not_at_all() {
    let shop = everywhere();
    let whole = std::fs::read(shop.path().join("attent.db")).unwrap();
    for n in 0..16 {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        super::cli::workspace(folder, super::cli_log::JOURNEY);
        std::fs::write(folder.join("attent.db"), &whole).unwrap();
        let mut command = attent(folder, &["forget", "kwik", "--yes", "--now", NOW]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(15 * n));
        let _ = child.kill();
        child.wait().unwrap();
        let all = ok(folder, &["customers", "-O", "ids", "--now", NOW]);
        if !all.contains("zwaantje") {
            assert_eq!(traces(folder), Vec::<String>::new(), "after {n}");
        }
        assert_eq!(rows(folder, "PRAGMA integrity_check"), [["ok".to_owned().into()]]);
    }
}

/// The tables with words and the columns that hold them, by the schema itself.
fn texts(db: &Connection) -> Vec<(String, String)> {
    let sql = "SELECT t.name, c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c WHERE t.schema = 'main' AND t.type = 'table'
         AND t.name NOT LIKE 'sqlite_%' AND upper(c.type) NOT IN ('INTEGER', 'INT', 'REAL')";
    let mut select = db.prepare(sql).unwrap();
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever contacts there are of whom: those who stay keep every row and every sum.
    #[test]
    fn those_who_stay_keep_everything(rows in proptest::collection::vec((0_usize..4, touchpoint()), 1..40), gone in 0_usize..4) {
        let folder = tempfile::tempdir().unwrap();
        let path: PathBuf = folder.path().join("attent.db");
        let names = ["Anna", "Bart", "Cleo", "Zwaantje Quistwater"];
        let mut ledger = Ledger::open(&path, vec![course()], 0).unwrap().0;
        let now = day(500.0);
        let ids: Vec<CustomerId> = names.iter().map(|name| ledger.add_customer(now, &Customer::named(*name)).unwrap()).collect();
        for (who, row) in &rows {
            ledger.batch(now, "log", |batch| { batch.record(ids[*who], row, "log", Key::None)?; Ok(((), row.note.clone())) }).unwrap();
        }
        let id = ids[gone].0;
        let kept = |path: &Path| {
            let folder = path.parent().unwrap();
            [
                super::cli_forget::rows(folder, &format!("SELECT * FROM touchpoints WHERE customer <> {id} AND at <= {} ORDER BY id", now.0)),
                super::cli_forget::rows(folder, &format!("SELECT * FROM standings WHERE customer <> {id} ORDER BY customer")),
                super::cli_forget::rows(folder, "SELECT * FROM days ORDER BY stage, day"),
            ]
        };
        let before = kept(&path);
        ledger.forget(now, &[ids[gone]], &[], Country::default(), &neutral(), true).unwrap();
        prop_assert_eq!(kept(&path), before.clone());
        prop_assert!(ledger.finish_erasing().unwrap());
        prop_assert_eq!(kept(&path), before);
        let db = Connection::open(&path).unwrap();
        for (table, column) in texts(&db) {
            let sql = format!("SELECT count(*) FROM {table} WHERE instr(CAST({column} AS TEXT), '{}')", names[gone]);
            prop_assert_eq!(db.query_row(&sql, [], |row| row.get::<_, i64>(0)).unwrap(), 0, "{}.{}", table, column);
        }
    }
}

#[test]
fn who_was_forgotten_stays_known_as_such_when_a_copy_of_before_is_put_back() {
    let shop = everywhere();
    let folder = shop.path();
    ok(folder, &["backup", "before.db", "--now", NOW]);
    ok(folder, &["forget", WHO, "--yes", "--now", NOW]);
    // It is told before the question, and after.
    let asked = fails(folder, &["restore", "before.db", "--now", NOW], 2);
    assert!(asked.contains("1 customer in it was forgotten since and comes back with it"), "{asked}");
    let output = run(folder, &["restore", "before.db", "--yes", "--now", NOW]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("1 customer in it was forgotten before"), "{said}");
    assert!(!said.contains("waantje"), "no names: {said}");
    let found = json(folder, &["doctor", "--now", NOW]);
    let erased = found["checks"].as_array().unwrap().iter().find(|check| check["check"] == "erased").unwrap();
    assert_eq!(erased["verdict"], "note", "{erased}");
    ok(folder, &["forget", WHO, "--yes", "--now", NOW]);
    ok(folder, &["sync", "--now", NOW]);
    let list = json(folder, &["customers", "list", "--now", NOW]).to_string();
    assert!(!list.contains("Zwaantje") && list.contains("Bram"), "{list}");
    // Of somebody who was not, nothing is said.
    ok(folder, &["backup", "after.db", "--now", NOW]);
    assert!(!fails(folder, &["restore", "after.db", "--now", NOW], 2).contains("forgotten"));
    let output = run(folder, &["restore", "after.db", "--yes", "--now", NOW]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("forgotten"), "{output:?}");
}

#[test]
fn all_who_came_back_with_a_copy_are_forgotten_again_by_one_command() {
    let shop = everywhere();
    let folder = shop.path();
    std::fs::create_dir(folder.join("away")).unwrap();
    ok(folder, &["backup", "away/before.db", "--now", NOW]);
    for who in [WHO, "cleo"] {
        ok(folder, &["forget", who, "--yes", "--now", NOW]);
    }
    assert!(ok(folder, &["forget", "--again", "--yes", "--now", NOW]).contains("Nobody in the log was forgotten before."));
    let ids = ok(folder, &["customers", "-O", "ids"]);
    for lang in ["en", "nl"] {
        let output = run(folder, &["restore", "away/before.db", "--yes", "--lang", lang, "--now", NOW]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("`attent forget --again`"), "{output:?}");
    }
    assert!(ok(folder, &["doctor", "--now", NOW]).contains("attent forget --again"));
    let before = ok(folder, &["export", "--now", NOW]);
    let asked = fails(folder, &["forget", "--again", "--now", NOW], 2);
    assert!(asked.contains("Cleo will be forgotten: 3 contacts") && asked.contains("Quistwater-Geheim will be forgotten"), "{asked}");
    fails(folder, &["forget", "--again", "bram", "--yes"], 2);
    fails(folder, &["forget", "--yes"], 2);
    let rehearsed = json(folder, &["forget", "--again", "--dry-run", "--now", NOW])["forgotten"].clone();
    assert_eq!(ok(folder, &["export", "--now", NOW]), before, "nothing was changed yet");
    let mut session = terminal(folder, &["forget", "--again", "--lang", "nl", "--now", NOW]);
    session.exp_string("Cleo wordt vergeten").unwrap();
    session.exp_string("Klopt dat?").unwrap();
    session.exp_string("wissen").unwrap();
    session.send("\x1b[B\r").unwrap();
    session.flush().unwrap();
    session.exp_string("Cleo is vergeten").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(rehearsed.as_array().unwrap().len(), 2, "{rehearsed}");
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), ids);
    assert_eq!(traces(folder), Vec::<String>::new());
    assert!(!ok(folder, &["doctor", "--now", NOW]).contains("attent forget --again"));
    assert_eq!(json(folder, &["forget", "--again", "--dry-run", "--now", NOW])["forgotten"], value!([]));
}

#[test]
fn a_copy_of_before_they_came_does_not_let_a_file_bring_them_back() {
    let shop = shop(&[]);
    let folder = shop.path();
    std::fs::write(folder.join("attent.yaml"), "language: en\nsources:\n  - path: rows.csv\n").unwrap();
    std::fs::write(folder.join("rows.csv"), ROWS).unwrap();
    ok(folder, &["customers", "add", "Dirk", "--now", NOW]);
    ok(folder, &["backup", "before.db", "--now", NOW]);
    ok(folder, &["sync", "--now", NOW]);
    ok(folder, &["forget", WHO, "--yes", "--now", NOW]);
    let output = run(folder, &["restore", "before.db", "--yes", "--now", NOW]);
    assert!(output.status.success() && !String::from_utf8_lossy(&output.stderr).contains("forgotten"), "{output:?}");
    ok(folder, &["sync", "--now", NOW]);
    let list = json(folder, &["customers", "list", "--now", NOW]).to_string();
    assert!(!list.contains("Zwaantje") && list.contains("Bram"), "{list}");
}

#[test]
fn a_copy_of_an_older_version_is_erased_from_without_leaving_another() {
    let folder = tempfile::tempdir().unwrap();
    super::migrations::old(folder.path(), include_str!("data/ledger-v4.sql"));
    ok(folder.path(), &["score", "--now", NOW]);
    std::fs::create_dir_all(folder.path().join("backups")).unwrap();
    let copy = folder.path().join("backups/attent-2026-01-01-100000.db");
    let db = Connection::open(&copy).unwrap();
    db.execute_batch(include_str!("data/ledger-v2.sql")).unwrap();
    db.execute("INSERT INTO customers (id, name, folded) VALUES (999, 'Zwaantje Quistwater', 'zwaantje quistwater')", []).unwrap();
    drop(db);
    ok(folder.path(), &["forget", WHO, "--yes", "--backups", "--now", NOW]);
    let left: Vec<String> =
        std::fs::read_dir(folder.path().join("backups")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(left, ["attent-2026-01-01-100000.db"], "no copy of the copy");
    assert!(!std::fs::read(&copy).unwrap().windows(8).any(|bytes| bytes.eq_ignore_ascii_case(b"zwaantje")));
}

/// Plain `undo` stops once at what is for good; who then says what to take back goes on from there.
#[test]
fn undo_goes_on_behind_an_erasing_once_somebody_said_so() {
    let shop = shop(&["Anna", "Bea"]);
    let folder = shop.path();
    for note in ["one", "two", "three"] {
        ok(folder, &["log", "bea", note]);
    }
    ok(folder, &["forget", "anna", "--yes"]);
    let said = fails(folder, &["undo"], 1);
    let named = said.split('`').nth(1).unwrap().trim_start_matches("attent undo ").to_owned();
    assert!(fails(folder, &["undo"], 1).contains(&named), "it stops until somebody says so");
    assert!(ok(folder, &["undo", &named]).contains("three"));
    assert!(ok(folder, &["undo"]).contains("two"));
    assert!(ok(folder, &["undo"]).contains("one"));
    // The next erasing stops it again.
    ok(folder, &["log", "bea", "four"]);
    ok(folder, &["customers", "add", "Carel"]);
    ok(folder, &["forget", "carel", "--yes"]);
    assert!(fails(folder, &["undo"], 1).contains("for good"));
}

#[test]
fn what_was_done_is_listed_with_whose_it_was() {
    let shop = shop(&["Fatima"]);
    let folder = shop.path();
    ok(folder, &["log", "fatima", "came by", "--at", "2026-09-01", "--now", NOW]);
    ok(folder, &["incident", "open", "fatima", "the wrong cloth", "--severity", "severe", "--now", NOW]);
    let list = ok(folder, &["undo", "--list", "--now", NOW]);
    assert!(list.contains("failure #1 of Fatima") && list.contains("1 nudge for Fatima"), "{list}");
    let dutch = ok(folder, &["undo", "--list", "--now", NOW, "--lang", "nl"]);
    assert!(dutch.contains("misser #1 van Fatima") && dutch.contains("1 nudge voor Fatima") && !dutch.contains("+1"), "{dutch}");
    ok(folder, &["forget", "fatima", "--yes", "--now", NOW]);
    assert!(!ok(folder, &["undo", "--list", "--now", NOW]).contains("Fatima"));
}
