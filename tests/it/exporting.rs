//! What is exported comes back: every row of every table, the numbers, the sums, and what can be undone.
//! What was cut off, changed or cannot be is refused with its line, and changes nothing.

use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::path::Path;

use attent::domain::accumulators::Sums;
use attent::domain::calendar::Moment;
use attent::domain::gift::{Gift, GiftState};
use attent::domain::nudge::{Nudge, NudgeState};
use attent::ledger::{Ledger, NudgeEnd};
use proptest::prelude::*;
use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use crate::cli::{attent, fails, json, ok, run};
use crate::cli_log::shop;
use crate::support::{course, day};
use crate::undoing::{Act, act, cold, does, raise};

const NOW: &str = "2026-11-20T12:00";

fn open(path: &Path) -> Ledger {
    Ledger::open(path, vec![course()], 0).expect("the log opens").0
}

fn exported(ledger: &Ledger) -> String {
    let mut bytes = Vec::new();
    let odd = ledger.export(&ledger.row_counts().unwrap(), &mut bytes, &mut |_| ()).unwrap();
    assert_eq!(odd.count, 0, "{:?}", odd.said());
    String::from_utf8(bytes).unwrap()
}

fn import(ledger: &mut Ledger, now: Moment, export: &str) -> anyhow::Result<attent::ledger::Imported> {
    ledger.import_export(now, &mut export.as_bytes(), false, &mut |_| ())
}

/// Every row of every table, the numbers given out, and the schema; day sums apart.
fn dump(path: &Path) -> Vec<String> {
    let db = Connection::open(path).expect("the log");
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'days'";
    let tables: Vec<String> = db.prepare(sql).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(tables.len() > 15 && tables.contains(&"sqlite_sequence".to_owned()), "{tables:?}");
    let mut all = Vec::new();
    for table in tables.iter().map(String::as_str).chain(["sqlite_schema"]) {
        let what = if table == "sqlite_schema" { "type, name, tbl_name, sql" } else { "*" };
        let mut select = db.prepare(&format!("SELECT {what} FROM {table}")).unwrap();
        let width = select.column_count();
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let values: Vec<Value> = (0..width).map(|column| row.get(column).unwrap()).collect();
            // How a rebuild goes about its work is found out anew by each.
            if !(table == "settings" && values[0] == Value::Text("came_late".to_owned())) {
                all.push(format!("{table} {values:?}"));
            }
        }
    }
    all.sort();
    all
}

/// That two logs have the same rows; tells those that one of them has not.
#[track_caller]
fn same(one: &Path, other: &Path) {
    let (one, other) = (dump(one), dump(other));
    let only = |all: &[String], rest: &[String]| all.iter().filter(|row| !rest.contains(row)).cloned().collect::<Vec<_>>();
    assert!(one == other, "only in one: {:#?}\nonly in the other: {:#?}", only(&one, &other), only(&other, &one));
}

/// The day sums. They are added up in the order in which things came, so that a rebuilt one may differ in
/// its last bits.
fn days(ledger: &Ledger) -> Vec<(u64, Sums)> {
    (-10..450).flat_map(|day| ledger.day_sums(0, day, day + 1).unwrap()).collect()
}

#[track_caller]
fn same_days(one: &Ledger, other: &Ledger) {
    for ((count, sums), (other_count, other_sums)) in days(one).into_iter().zip(days(other)) {
        assert_eq!(count, other_count);
        for (sum, other) in sums.to_array().into_iter().zip(other_sums.to_array()) {
            assert!((sum - other).abs() <= 1e-12 * sum.abs().max(1.0), "{sum} {other}");
        }
    }
}

/// Things people do beside what can be undone in any order.
#[derive(Debug, Clone)]
enum Deed {
    Act(Act),
    Nudge(i64),
    EndNudge(i64, bool),
    Gift(usize, i64, String),
    Undo,
}

fn deed() -> impl Strategy<Value = Deed> {
    // Anything a person can type, with what steers terminals, quotes and JSON in it.
    let words = "[a-zé\u{202e}\u{200d}\u{9b}\"\\\\\u{1b}\n\u{1f469}=<]{0,12}";
    prop_oneof![
        12 => act().prop_map(Deed::Act),
        2 => (1_i64..5).prop_map(Deed::Nudge),
        1 => (1_i64..5, any::<bool>()).prop_map(|(id, done)| Deed::EndNudge(id, done)),
        2 => (0_usize..4, 0_i64..99_999, words).prop_map(|(who, cents, what)| Deed::Gift(who, cents, what)),
        4 => Just(Deed::Undo),
    ]
}

fn perform(ledger: &mut Ledger, now: Moment, deed: &Deed) {
    let customers = ledger.customers().unwrap();
    match deed {
        Deed::Act(act) => drop(does(ledger, now, act)),
        Deed::Undo => drop(ledger.undo(now, None)),
        Deed::Nudge(n) => {
            if let Some(customer) = customers.get(*n as usize % customers.len().max(1))
                && ledger.standing_nudges(customer.id).unwrap().is_empty()
            {
                raise(ledger, &Nudge { snoozed: Some(day(401.5)), ..cold(customer.id) }, &[]);
            }
        }
        Deed::EndNudge(id, done) => {
            let state = if *done { NudgeState::Done } else { NudgeState::Skipped };
            let _ = ledger.batch(now, "done", |batch| Ok((batch.end_nudge(*id, &NudgeEnd::new(state, now, "so"))?, "#1".to_owned())));
        }
        Deed::Gift(who, cents, what) => {
            if let Some(customer) = customers.get(*who % customers.len().max(1)) {
                let value = Some(attent::domain::money::Cents(*cents));
                let gift = Gift { state: GiftState::Planned, value, day: Some(day(410.25)), ..Gift::idea(customer.id, what.clone()) };
                ledger.keep_gift(now, "gift add", &gift, what).unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn what_is_exported_comes_back_and_can_be_undone_as_before(deeds in proptest::collection::vec(deed(), 1..25), planned in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        let (path, other_path) = (folder.path().join("attent.db"), folder.path().join("other.db"));
        let mut ledger = open(&path);
        // Half of what is added lies in the future when now is early.
        let now = day(if planned { 200.0 } else { 400.0 });
        deeds.iter().for_each(|deed| perform(&mut ledger, now, deed));
        // As every command does that opens a workspace.
        ledger.refresh(Some(now), &mut |_| ()).unwrap();
        let export = exported(&ledger);
        let mut other = open(&other_path);
        // A dry run says the same and leaves nothing behind.
        let empty = dump(&other_path);
        let tried = other.import_export(now, &mut export.as_bytes(), true, &mut |_| ()).unwrap();
        prop_assert_eq!(dump(&other_path), empty);
        prop_assert_eq!(tried, import(&mut other, now, &export).unwrap());
        same(&path, &other_path);
        same_days(&ledger, &other);
        prop_assert_eq!(exported(&other), export);
        // From here on the two live alike.
        for round in 0..40 {
            let (one, two) = (ledger.undo(now, None).map_err(|err| err.to_string()), other.undo(now, None).map_err(|err| err.to_string()));
            prop_assert_eq!(&one, &two);
            if round % 5 == 0 || !matches!(one, Ok(Some(_))) {
                same(&path, &other_path);
            }
            if !matches!(one, Ok(Some(_))) {
                break;
            }
        }
        deeds.iter().rev().for_each(|deed| { perform(&mut ledger, now, deed); perform(&mut other, now, deed); });
        same(&path, &other_path);
    }
}

/// A small business with something in every table, made as a person would.
fn business(folder: &Path) {
    ok(folder, &["init", ".", "--template", "coach", "--lang", "en"]);
    std::fs::create_dir(folder.join("inbox")).unwrap();
    std::fs::write(folder.join("inbox/book.vcf"), "BEGIN:VCARD\nVERSION:3.0\nUID:1\nFN:Anna Jansen\nEMAIL:anna@x.nl\nBDAY:1985-04-12\nNOTE:likes tea\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nUID:2\nFN:Bram Visser\nTEL:0612345678\nEND:VCARD\n").unwrap();
    let settings = std::fs::read_to_string(folder.join("attent.yaml")).unwrap();
    std::fs::write(folder.join("attent.yaml"), format!("{settings}\nsources:\n  - path: inbox\n")).unwrap();
    for (args, at) in [
        (&["sync"][..], NOW),
        (&["log", "anna", "a call about \"tea\"", "--channel", "phone", "--at", "2026-11-01T10:00", "--sentiment", "0.3"], NOW),
        (&["log", "anna", "paid", "--channel", "email", "--kind", "transactional", "--amount", "250.50", "--at", "2026-11-02"], NOW),
        (&["log", "bram", "visit", "--channel", "visit", "--at", "2026-12-24T10:00", "--tag", "milestone"], NOW),
        (&["customers", "edit", "anna", "--gifts", "50"], NOW),
        (&["incident", "open", "bram", "it came late", "--severity", "severe", "--at", "2026-11-10"], NOW),
        (&["incident", "resolve", "1", "--personal", "--generous", "0.7"], NOW),
        (&["incident", "open", "anna", "wrong size", "--at", "2026-11-18"], NOW),
        (&["referral", "add", "Cleo", "--by", "anna", "--at", "2026-10-01"], NOW),
        (&["gift", "idea", "anna", "a book on tea"], NOW),
        (&["nudge"], NOW),
        (&["log", "cleo", "hello", "--channel", "phone", "--at", "2026-11-03"], NOW),
        (&["undo"], NOW),
        (&["log", "cleo", "hello again", "--channel", "phone", "--at", "2026-11-04"], NOW),
        (&["customers", "merge", "bram", "cleo", "--yes"], NOW),
    ] {
        let output = run(folder, &[args, &["--no-input", "--now", at]].concat());
        assert!(output.status.success(), "{args:?} {}", String::from_utf8_lossy(&output.stderr));
    }
}

/// Another folder with the same journeys and settings, and no log.
fn beside(folder: &Path) -> tempfile::TempDir {
    let other = tempfile::tempdir().unwrap();
    ok(other.path(), &["init", ".", "--template", "coach", "--lang", "en"]);
    std::fs::copy(folder.join("attent.yaml"), other.path().join("attent.yaml")).unwrap();
    other
}

#[test]
fn a_workspace_answers_the_same_after_export_and_import() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    business(folder);
    let export = ok(folder, &["export", "--now", NOW]);
    let other = beside(folder);
    let other = other.path();
    std::fs::write(other.join("all.jsonl"), &export).unwrap();
    let said = json(other, &["import", "all.jsonl", "--now", NOW]);
    assert_eq!((&said["schema"], &said["dry_run"]), (&"attent.imported-log/1".into(), &false.into()));
    same(&folder.join("attent.db"), &other.join("attent.db"));
    assert_eq!(ok(other, &["export", "--now", NOW]), export);
    for args in [
        &["score"][..],
        &["plan"],
        &["nudges", "--all"],
        &["undo", "--list"],
        &["gifts"],
        &["incidents"],
        &["referral"],
        &["customers", "list"],
    ] {
        let args = [args, &["--now", NOW]].concat();
        assert_eq!(json(other, &args), json(folder, &args), "{args:?}");
    }
    for _ in 0..8 {
        let undo = ["undo", "--no-input", "--now", NOW];
        let (one, two) = (run(folder, &undo), run(other, &undo));
        assert_eq!((one.status.code(), one.stdout, one.stderr), (two.status.code(), two.stdout, two.stderr));
    }
    same(&folder.join("attent.db"), &other.join("attent.db"));
    // A log that has something in it is left alone.
    let before = dump(&folder.join("attent.db"));
    let said = fails(folder, &["import", &other.join("all.jsonl").display().to_string()], 1);
    assert!(said.contains("this log is not empty") && said.contains("attent init"), "{said}");
    assert_eq!(dump(&folder.join("attent.db")), before);
}

#[test]
fn an_export_is_packed_piped_and_never_left_half_done() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    business(folder);
    let export = ok(folder, &["export", "--now", NOW]);
    assert_eq!(ok(folder, &["export", "--now", NOW, "-o", "all.jsonl.gz"]), "");
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(folder.join("all.jsonl.gz")).unwrap()).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, export);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(folder.join("all.jsonl.gz")).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // The kind is told from the content: of a file by any name, and of what comes through a pipe, packed or not.
    std::fs::copy(folder.join("all.jsonl.gz"), folder.join("whole")).unwrap();
    for (args, piped) in [
        (&["import", "whole"][..], None),
        (&["import", "-"], Some(export.clone().into_bytes())),
        (&["import", "-"], Some(std::fs::read(folder.join("whole")).unwrap())),
    ] {
        let other = beside(folder);
        std::fs::copy(folder.join("whole"), other.path().join("whole")).unwrap();
        let mut command = attent(other.path(), &[args, &["--now", NOW]].concat());
        let mut child = command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(&piped.unwrap_or_default()).unwrap();
        assert!(child.wait().unwrap().success(), "{args:?}");
        assert_eq!(ok(other.path(), &["export", "--now", NOW]), export);
    }
    for (args, said) in [
        (&["export", "-o", "all.csv"][..], "an export cannot be csv"),
        (&["export", "-O", "html"], "an export cannot be html"),
        (&["import", "whole", "--since", "2026-01-01"], "--since does not go with an export"),
        (&["import", "whole", "--skip-errors"], "--skip-errors does not go with an export"),
        (&["import", "whole", "inbox/book.vcf"], "is the export of a whole log"),
    ] {
        assert!(fails(folder, args, 2).contains(said), "{args:?}");
    }
    assert!(fails(folder, &["export", "-o", "nowhere/all.jsonl"], 1).contains("cannot write nowhere/all.jsonl"));
    // A folder with an export in it, such as one of downloads, is read without it.
    std::fs::copy(folder.join("whole"), folder.join("inbox/whole.jsonl")).unwrap();
    assert_eq!(json(folder, &["sync", "--again", "--now", NOW])["failed"], 0);
}

#[test]
#[cfg(unix)]
fn at_a_terminal_it_says_what_went_where_and_cron_hears_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    business(folder);
    let records = ok(folder, &["export", "--now", NOW]).lines().count() - 2;
    for (lang, said) in [
        (
            "en",
            format!(
                "Exported to all.jsonl: {records} records, with 2 customers and 4 contacts. Everything about all your customers is in it: keep it safe."
            ),
        ),
        (
            "nl",
            format!(
                "Geëxporteerd naar all.jsonl: {records} regels, met 2 klanten en 4 contacten. Alles over al je klanten staat erin: bewaar het veilig."
            ),
        ),
    ] {
        let mut session = crate::cli_ask::terminal(folder, &["export", "-o", "all.jsonl", "--lang", lang, "--now", NOW]);
        // A terminal of these tests has no letters beyond ASCII.
        session.exp_string(said.trim_start_matches("Geë")).unwrap_or_else(|err| panic!("{err}"));
        session.exp_eof().unwrap();
    }
    let output = run(folder, &["export", "-o", "all.jsonl", "--now", NOW]);
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn an_export_is_of_one_moment_whatever_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let mut ledger = open(&path);
    ledger.add_customer(day(1.0), &attent::domain::customer::Customer::named("Anna")).unwrap();
    ledger.snapshot().unwrap();
    let counts = ledger.row_counts().unwrap();
    let mut other = open(&path);
    other.add_customer(day(2.0), &attent::domain::customer::Customer::named("Bram")).unwrap();
    let mut bytes = Vec::new();
    ledger.export(&counts, &mut bytes, &mut |_| ()).unwrap();
    let export = String::from_utf8(bytes).unwrap();
    assert!(export.contains("Anna") && !export.contains("Bram"), "{export}");
    import(&mut open(&folder.path().join("new.db")), day(3.0), &export).unwrap();
}

/// The file again with a last line that fits, as somebody would make it who means harm.
pub fn sealed(lines: &[String]) -> String {
    let mut counts = std::collections::BTreeMap::<String, u64>::new();
    for line in &lines[1..] {
        if let Some(table) = serde_json::from_str::<Json>(line).ok().and_then(|line| Some(line["table"].as_str()?.to_owned())) {
            *counts.entry(table).or_default() += 1;
        }
    }
    let mut header: Json = serde_json::from_str(&lines[0]).unwrap();
    for (table, count) in counts {
        header["rows"][table] = count.into();
    }
    let mut text = format!("{header}\n");
    lines[1..].iter().for_each(|line| writeln!(text, "{line}").unwrap());
    let hash = Sha256::digest(text.as_bytes()).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    format!("{text}{{\"end\":\"attent.export/1\",\"lines\":{},\"sha256\":\"{hash}\"}}\n", lines.len())
}

pub const KEPT: &str = include_str!("data/export-1.jsonl");

/// The lines of the kept export, without the last.
pub fn kept() -> Vec<String> {
    let lines: Vec<String> = KEPT.lines().map(str::to_owned).collect();
    lines[..lines.len() - 1].to_vec()
}

/// Where a line of a table stands, the n-th of them.
fn place(lines: &[String], table: &str) -> usize {
    let begin = format!("{{\"table\":\"{table}\",");
    lines.iter().position(|line| line.starts_with(&begin)).unwrap_or_else(|| panic!("no {table}"))
}

#[test]
fn an_export_of_the_first_version_is_read_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    let imported = import(&mut ledger, day(0.0), KEPT).unwrap();
    assert_eq!(imported.written_by, "0.1.0");
    let lines = kept();
    let header: Json = serde_json::from_str(&lines[0]).unwrap();
    for (table, count) in header["rows"].as_object().unwrap() {
        assert!(count.as_u64().unwrap() > 0, "the kept export has a row of every table: {table}");
        assert_eq!(imported.rows.of(table), count.as_u64().unwrap(), "{table}");
    }
    // Everything it says is said by an export of today too, which may say more.
    let today: Vec<Json> = exported(&ledger).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines[1..] {
        let old: Json = serde_json::from_str(line).unwrap();
        // Where a contact counts follows from the journey of the workspace it is in now.
        let says = |new: &Json| old.as_object().unwrap().iter().all(|(name, value)| name == "stage" || new[name] == *value);
        assert!(today.iter().any(says), "{line}");
    }
    while ledger.undo(day(30_000.0), None).unwrap().is_some() {}
    assert!(ledger.customers().unwrap().is_empty());
}

#[test]
fn what_was_cut_off_or_changed_is_not_imported() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let mut ledger = open(&path);
    let empty = dump(&path);
    let lines = kept();
    let end = KEPT.lines().last().unwrap();
    let with = |lines: &[String], end: &str| format!("{}\n{end}\n", lines.join("\n"));
    let second_last = lines.len() - 1;
    let cases = [
        (String::new(), "it is empty"),
        ("hello\n".to_owned(), "line 1 of the export"),
        ("{\"a\":1}\n".to_owned(), "not an export of attent"),
        (KEPT.replacen("attent.export/1", "attent.export/2", 1), "newer version"),
        (KEPT.replacen("\"log\":3", "\"log\":99", 1), "newer version"),
        (KEPT.replacen("\"log\":3", "\"log\":\"3\"", 1), "does not say its version"),
        (lines.join("\n") + "\n", "cut off"),
        (KEPT[..KEPT.len() / 2].to_owned(), "cut off"),
        (KEPT[..KEPT.len() - 20].to_owned(), "cut off"),
        (with(&lines[..second_last], end), "was changed"),
        (KEPT.replacen("Anna", "Anne", 1), "was changed"),
        (KEPT.replace('\n', "\r\n"), "was changed"),
        (format!("{KEPT}{KEPT}"), "something follows"),
        (KEPT.replacen("\"lines\":", "\"lines\":1", 1), "not as many lines"),
        (sealed(&lines).replacen("\"gifts\":1", "\"gifts\":2", 1), "was changed"),
    ];
    for (export, said) in cases {
        let err = format!("{:?}", import(&mut ledger, day(0.0), &export).unwrap_err());
        assert!(err.contains(said), "{said}: {err}");
        assert_eq!(dump(&path), empty, "{said}");
    }
    // One byte more or less anywhere, and any end but the right one.
    for n in (0..KEPT.len() - 1).step_by(97) {
        assert!(import(&mut ledger, day(0.0), &KEPT[..n]).is_err(), "the first {n} bytes");
    }
    import(&mut ledger, day(0.0), KEPT).unwrap();
}

#[test]
fn every_mistake_is_told_with_its_line_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let mut ledger = open(&path);
    let empty = dump(&path);
    // Table, what stands there, what is put instead, what is said.
    let cases: &[(&str, &str, &str, &str)] = &[
        ("customers", "\"id\":1,", "\"id\":0,", "`id` is not the number of a row"),
        ("customers", "\"id\":1,", "\"id\":9223372036854775807,", "`id` is not the number of a row"),
        ("customers", "\"id\":1,", "\"id\":null,", "`id` is missing"),
        ("customers", "\"id\":1,", "\"id\":1.5,", "`id` is not the number of a row"),
        ("customers", "\"no_contact\":false", "\"no_contact\":2", "`no_contact` is not true or false"),
        ("customers", "\"gifts\":\"cap\"", "\"gifts\":\"all\"", "a value is not possible"),
        ("customers", "\"name\":", "\"nom\":", "`name` is missing"),
        ("customers", "\"name\":", "\"age\":7,\"name\":", "`age` is not known"),
        ("customers", "\"table\":\"customers\"", "\"table\":\"clients\"", "no table `clients`"),
        ("customers", "\"table\":\"customers\",", "", "of which table"),
        ("customers", "{\"table\"", "[{\"table\"", "no JSON object"),
        ("customers", "{\"table\"", "{{\"table\"", "no JSON object"),
        ("touchpoints", "\"channel\":\"", "\"channel\":\"x", "`channel` is not a word that is known"),
        ("touchpoints", "\"at\":\"2", "\"at\":\"-2", "`at` is not a moment"),
        ("touchpoints", "\"at\":\"2", "\"at\":\"92", "`at` is not a moment"),
        ("touchpoints", "\"customer\":1", "\"customer\":99", "refers to a row that is not in the export"),
        ("touchpoints", "\"entry\":", "\"sentiment\":7,\"entry\":", "a value is not possible"),
        ("touchpoints", "\"key\":\"", "\"key\":\"xy", "`key` is not hexadecimal"),
        ("touchpoints", "\"key\":\"", "\"key\":\"é", "`key` is not hexadecimal"),
        ("touchpoints", "\"entry\":", "\"minutes\":-1,\"entry\":", "`minutes` is not a possible whole number"),
        ("touchpoints", "\"entry\":", "\"amount\":9007199254740993,\"entry\":", "`amount` is not a possible whole number"),
        ("touchpoints", "\"stage\":[", "\"stage\":[\"x\",", "`stage` is not a stage"),
        ("touchpoints", "\"stage\":[", "\"stage\":7,\"note\":[", "`stage` is not a stage"),
        ("stages", "\"id\":1,", "\"id\":4000000000,", "`id` is not the number of a row"),
        ("changes", "\"tbl\":\"", "\"tbl\":\"x", "`tbl` is not a table"),
        ("changes", "\"row\":", "\"before\":[],\"row\":", "`before` is not a row"),
        ("changes", "\"row\":", "\"before\":{\"x\":1},\"row\":", "`x` is not known"),
        ("changes", "\"row\":", "\"before\":{\"id'\":1},\"row\":", "`id'` is not known"),
        ("changes", "\"row\":", "\"row\":{},\"old\":", "`row` is not the key"),
        ("changes", "\"row\":1", "\"row\":\"1\"", "`row` is not the key"),
    ];
    let lines = kept();
    for (table, old, new, said) in cases {
        let at = place(&lines, table);
        let mut altered = lines.clone();
        assert!(altered[at].contains(old), "{table} has no {old}: {}", altered[at]);
        altered[at] = altered[at].replacen(old, new, 1);
        let Err(err) = import(&mut ledger, day(0.0), &sealed(&altered)) else { panic!("{table} with {new} came in") };
        let err = format!("{err:?}");
        assert!(err.contains(said) && err.contains(&format!("line {} of the export", at + 1)), "{new} {said}: {err}");
        assert_eq!(dump(&path), empty, "{new}");
    }
    // What is wrong between lines.
    let doubled = |table: &str| {
        let at = place(&lines, table);
        let mut altered = lines.clone();
        altered.insert(at, altered[at].clone());
        (altered, format!("line {} of the export", at + 2))
    };
    for table in ["customers", "customer_keys", "touchpoints", "settings", "former_touchpoints", "changes"] {
        let (altered, line) = doubled(table);
        let err = format!("{:?}", import(&mut ledger, day(0.0), &sealed(&altered)).unwrap_err());
        assert!(err.contains("an earlier line has the same") && err.contains(&line), "{table}: {err}");
    }
    let mut late = lines.clone();
    let customer = late.remove(place(&lines, "settings"));
    late.push(customer);
    let err = format!("{:?}", import(&mut ledger, day(0.0), &sealed(&late)).unwrap_err());
    assert!(err.contains("its table should come earlier"), "{err}");
    for (table, old, new, said) in [
        ("entries", "\"id\":1,", "\"id\":1,\"undoes\":1,", "takes back one that is not earlier"),
        ("refused", "\"key\":\"", "\"key\":\"0", "no key of 16 bytes"),
    ] {
        let mut altered = lines.clone();
        let at = place(&lines, table);
        altered[at] = altered[at].replacen(old, new, 1);
        let err = format!("{:?}", import(&mut ledger, day(0.0), &sealed(&altered)).unwrap_err());
        assert!(err.contains(said), "{said}: {err}");
    }
    // Two referrals that go in a circle would never come to an end.
    let mut circle = lines.clone();
    let at = place(&lines, "referrals");
    let there: Json = serde_json::from_str(&circle[at]).unwrap();
    let mut back = there.clone();
    (back["id"], back["customer"], back["referrer"]) = (900.into(), there["referrer"].clone(), there["customer"].clone());
    circle.insert(at + 1, back.to_string());
    let err = format!("{:?}", import(&mut ledger, day(0.0), &sealed(&circle)).unwrap_err());
    assert!(err.contains("came through themselves"), "{err}");
    // The same record twice is found when all rows are there.
    let mut twice = lines.clone();
    let keyed = lines.iter().position(|line| line.starts_with("{\"table\":\"touchpoints\"") && line.contains("\"key\":")).unwrap();
    let mut again: Json = serde_json::from_str(&lines[keyed]).unwrap();
    again["id"] = 900.into();
    twice.insert(keyed + 1, again.to_string());
    let err = format!("{:?}", import(&mut ledger, day(0.0), &sealed(&twice)).unwrap_err());
    assert!(err.contains("and 900 have the same customer and key"), "{err}");
    assert_eq!(dump(&path), empty);
    import(&mut ledger, day(0.0), &sealed(&lines)).unwrap();
}

#[test]
fn text_that_is_no_text_is_told_with_its_row() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let mut ledger = open(&path);
    import(&mut ledger, day(0.0), &sealed(&kept())).unwrap();
    let db = Connection::open(&path).unwrap();
    let first = |table: &str, key: &str| -> String {
        db.query_row(&format!("SELECT {key} FROM {table} ORDER BY 1 DESC LIMIT 1"), [], |row| row.get::<_, Value>(0))
            .map(|key| match key {
                Value::Integer(key) => key.to_string(),
                Value::Text(key) => key,
                other => panic!("{other:?}"),
            })
            .unwrap()
    };
    for (table, key, column) in [("touchpoints", "id", "note"), ("customer_keys", "folded", "key"), ("changes", "seq", "before")] {
        let at = first(table, key);
        let was: Value = db.query_row(&format!("SELECT {column} FROM {table} WHERE {key} = ?1"), [&at], |row| row.get(0)).unwrap();
        let set = format!("UPDATE {table} SET {column} = CAST(x'68ff69' AS TEXT) WHERE {key} = ?1");
        assert_eq!(db.execute(&set, [&at]).unwrap(), 1);
        let err = ledger.export(&ledger.row_counts().unwrap(), &mut Vec::new(), &mut |_| ()).unwrap_err();
        let told = format!("row {at} of the table `{table}` holds bytes in `{column}` that are no text");
        assert!(err.to_string().contains(&told), "{err}");
        db.execute(&format!("UPDATE {table} SET {column} = ?2 WHERE {key} = ?1"), rusqlite::params![at, was]).unwrap();
    }
    exported(&ledger);
}

/// Whatever somebody puts in place of any value, with a checksum that fits: no panic, and what comes in
/// can be exported, added up, added to and taken back.
/// What somebody put in with another program is exported as it is, and told at once: an import will refuse it.
#[test]
fn what_an_import_will_refuse_is_told_by_the_export() {
    let (kept, other) = (shop(&["Anna", "Bram"]), shop(&[]));
    let folder = kept.path();
    for note in ["called", "came by", "called again"] {
        ok(folder, &["log", "anna", note, "--now", NOW]);
    }
    let export = |args: &[&str]| run(folder, &[&["export", "-o", "all.jsonl", "--now", NOW], args].concat());
    assert_eq!(String::from_utf8(export(&[]).stderr).unwrap(), "");
    let db = Connection::open(folder.join("attent.db")).unwrap();
    db.execute_batch("UPDATE touchpoints SET minutes = -5 WHERE id = 2; UPDATE customers SET no_contact = 7 WHERE name = 'Bram'").unwrap();
    drop(db);
    for (lang, said) in [
        (
            "en",
            "note: the log holds 2 values that attent never writes (`no_contact` in row 2 of the table `customers`, `minutes` in row 2 of the \
                table `touchpoints`); everything is exported as it is, and `attent import` will refuse the file\n",
        ),
        (
            "nl",
            "let op: het logboek bevat 2 waarden die attent nooit schrijft (`no_contact` in rij 2 van de tabel `customers`, `minutes` in rij \
                2 van de tabel `touchpoints`); alles is geëxporteerd zoals het is, en `attent import` zal het bestand weigeren\n",
        ),
    ] {
        let output = export(&["--lang", lang]);
        assert!(output.status.success());
        assert_eq!(String::from_utf8(output.stderr).unwrap(), said);
    }
    assert!(std::fs::read_to_string(folder.join("all.jsonl")).unwrap().contains("\"minutes\":-5"), "faithfully");
    let said = fails(other.path(), &["import", folder.join("all.jsonl").to_str().unwrap()], 3);
    assert!(said.contains("`no_contact` is not true or false"), "{said}");
    // Many are counted, and a few of them named.
    Connection::open(folder.join("attent.db"))
        .unwrap()
        .execute_batch("UPDATE touchpoints SET minutes = -1, amount = -9223372036854775807")
        .unwrap();
    let said = String::from_utf8(export(&[]).stderr).unwrap();
    assert!(said.contains("holds 7 values") && said.matches("in row").count() == 5 && said.contains(", …)"), "{said}");
}

#[test]
fn hostile_values_do_no_harm() {
    let lines = kept();
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = open(&folder.path().join("attent.db"));
    let (mut refused, mut taken) = (0, 0);
    // The last row of a table, which fewer others refer to.
    let last = |table: &str| lines.iter().rposition(|line| line.starts_with(&format!("{{\"table\":\"{table}\",")));
    let header: Json = serde_json::from_str(&lines[0]).unwrap();
    for at in header["rows"].as_object().unwrap().keys().filter_map(|table| last(table)) {
        let row: Json = serde_json::from_str(&lines[at]).unwrap();
        for (name, value) in row.as_object().unwrap().iter().flat_map(|(name, _)| hostile().into_iter().map(move |value| (name, value))) {
            let mut altered = lines.clone();
            let mut row = row.clone();
            row[name] = value;
            altered[at] = row.to_string();
            let export = sealed(&altered);
            match ledger.import_export(day(0.0), &mut export.as_bytes(), true, &mut |_| ()) {
                Err(_) => refused += 1,
                Ok(_) => {
                    taken += 1;
                    live_with(&export, &row);
                }
            }
        }
    }
    assert!(refused > 300 && taken > 50, "{refused} refused, {taken} taken");
}

/// Uses a log somebody made up as if nothing were the matter.
fn live_with(export: &str, row: &Json) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("attent.db");
    let mut ledger = open(&path);
    import(&mut ledger, day(0.0), export).unwrap();
    let again = exported(&ledger);
    ledger.import_export(day(0.0), &mut again.as_bytes(), true, &mut |_| ()).unwrap_err();
    let now = day(30_000.0);
    ledger.refresh(Some(now), &mut |_| ()).unwrap_or_else(|err| panic!("{row}: {err:?}"));
    let contact = attent::domain::touchpoint::Touchpoint {
        facts: attent::domain::touchpoint::Facts {
            at: day(20_000.0),
            channel: attent::domain::words::Channel::Phone,
            direction: attent::domain::words::Direction::Both,
            sender: attent::domain::words::Sender::Human,
            personal: attent::domain::words::Personal::Personal,
            kind: attent::domain::words::Kind::Relational,
            sentiment: None,
        },
        stage: None,
        amount: None,
        minutes: None,
        note: String::new(),
        tags: Vec::new(),
    };
    let customers = ledger.customers().unwrap_or_else(|err| panic!("{row}: {err:?}"));
    let added = ledger.batch(now, "import", |batch| {
        for customer in &customers {
            batch.record(customer.id, &contact, "csv", attent::ledger::Key::Own([9; 16]))?;
        }
        Ok(((), String::new()))
    });
    added.unwrap_or_else(|err| panic!("{row}: {err:?}"));
    for _ in 0..6 {
        if !matches!(ledger.undo(now, None), Ok(Some(_))) {
            break;
        }
    }
}

/// What nobody would have typed.
fn hostile() -> Vec<Json> {
    let texts = ["\0\u{1b}\u{202e}", "9999-12-31T23:59:59.999Z"];
    let numbers = [-1, i64::MAX];
    let others = serde_json::json!([null, 1e308, ["customer", "find"]]);
    let others = others.as_array().unwrap().clone();
    texts.into_iter().map(Json::from).chain(numbers.into_iter().map(Json::from)).chain(others).collect()
}
