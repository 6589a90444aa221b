//! An export that somebody made by hand, with a checksum that fits: what attacks stands in every column of words.
//! What comes in is inert in every answer; what cannot is refused by its line, and nothing has changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::{Map, Value, json};

use super::checks::wrong;
use super::{corpus, inert, judged, run, workspace};
use crate::cli::attent;
use crate::edges_sources::put;
use crate::exporting::{KEPT, kept, sealed};

/// Columns that hold words.
type Columns = BTreeSet<(String, String)>;

/// What the export that is kept has, and rows of tables that came later.
fn rows() -> Vec<Map<String, Value>> {
    let later = json!({"table": "changes", "seq": 21, "entry": 17, "tbl": "customers", "row": 4,
        "before": {"name": "x", "folded": "x", "segment": "x", "journey": "x", "notes": "x", "organisation": "x", "origin": "x", "id": 4}});
    let rows = kept().into_iter().skip(1).map(|line| serde_json::from_str::<Value>(&line).unwrap());
    let mut rows: Vec<_> = rows.chain([later]).map(|row| row.as_object().unwrap().clone()).collect();
    for row in &mut rows {
        // Columns that came later, or are left out while they are empty.
        let more: &[&str] = match row["table"].as_str().unwrap() {
            "customers" => &["journey"],
            "touchpoints" | "former_touchpoints" => &["note", "tags"],
            _ => &[],
        };
        for column in more {
            row.entry(*column).or_insert_with(|| "".into());
        }
    }
    rows
}

fn lines(rows: &[Map<String, Value>]) -> String {
    let header = KEPT.lines().next().unwrap().to_owned();
    sealed(&[header].into_iter().chain(rows.iter().map(|row| Value::from(row.clone()).to_string())).collect::<Vec<_>>())
}

/// Whether an export comes in.
fn comes_in(folder: &Path, export: &str) -> bool {
    let (mut ledger, _) = attent::ledger::Ledger::open(&folder.join("trial.db"), vec![crate::support::course()], 0).unwrap();
    ledger.import_export(crate::support::day(21_000.0), &mut export.as_bytes(), true, &mut |_| ()).is_ok()
}

/// The columns that take any words, and those that take only their own.
fn columns(folder: &Path) -> (Columns, Columns) {
    let rows = rows();
    let (mut free, mut own) = (Columns::new(), Columns::new());
    for (at, row) in rows.iter().enumerate() {
        for (name, _) in row.iter().filter(|(name, value)| *name != "table" && value.is_string()) {
            let column = (row["table"].as_str().unwrap().to_owned(), name.clone());
            if free.contains(&column) || own.contains(&column) {
                continue;
            }
            let mut altered = rows.clone();
            altered[at][name] = "\u{1b}]0;x\u{7}".into();
            if comes_in(folder, &lines(&altered)) {
                free.insert(column)
            } else {
                own.insert(column)
            };
        }
    }
    (free, own)
}

/// Words by which the program goes: where they are others, what the row says is not shown.
const GOES_BY: &[(&str, &[&str])] = &[
    ("settings", &["key", "value"]),
    ("stages", &["journey", "stage"]),
    ("entries", &["verb"]),
    ("customers", &["journey"]),
    ("particulars", &["what"]),
    ("nudges", &["state", "rule", "play", "place"]),
    ("gifts", &["state"]),
    ("incidents", &["stage"]),
    ("changes", &["tbl"]),
];

fn goes_by(table: &str, column: &str) -> bool {
    GOES_BY.iter().any(|(of, columns)| *of == table && columns.contains(&column))
}

/// What stands in a row besides words is that of another one, `by` further on.
fn further(row: &mut Map<String, Value>, by: i64) {
    for name in ["id", "customer", "referrer", "entry", "by", "seq", "row", "undoes", "touchpoint", "first_touchpoint", "last_touchpoint"] {
        if let Some(number) = row.get(name).and_then(Value::as_i64) {
            row.insert(name.into(), (number + by).into());
        }
    }
    if let Some(Value::Object(before)) = row.get_mut("before") {
        further(before, by);
    }
    if let Some(Value::String(key)) = row.get_mut("key").filter(|key| key.as_str().is_some_and(|key| key.len() == 32)) {
        *key = format!("{by:06x}{}", &key[6..]);
    }
}

/// An export in which each text stands in every column that takes it; in every other one only in those by which the
/// program does not go.
fn made(texts: &[&str], free: &Columns) -> String {
    let mut tables: BTreeMap<usize, Vec<Map<String, Value>>> = BTreeMap::new();
    let kept = rows();
    let order: Vec<String> = kept.iter().map(|row| row["table"].as_str().unwrap().to_owned()).collect();
    for (n, text) in texts.iter().enumerate() {
        for (place, row) in kept.iter().enumerate() {
            let mut row = row.clone();
            let table = row["table"].as_str().unwrap().to_owned();
            if n > 0 && table == "settings" {
                continue;
            }
            if n > 0 {
                further(&mut row, 100 * n as i64);
            }
            for (name, value) in row.iter_mut().filter(|(name, _)| *name != "table") {
                if let ("before", Value::Object(before)) = (name.as_str(), &mut *value) {
                    let words = before
                        .iter_mut()
                        .filter(|(column, value)| value.is_string() && free.contains(&("customers".into(), (*column).clone())));
                    words.for_each(|(_, value)| *value = (*text).into());
                }
                if value.is_string() && free.contains(&(table.clone(), name.clone())) && !(n % 2 == 0 && goes_by(&table, name)) {
                    // A name, the key of a card and the id of a source are there once.
                    let once = matches!(name.as_str(), "folded" | "name")
                        || matches!((table.as_str(), name.as_str()), ("sources", "id") | ("cards", "key"));
                    *value = if once { format!("{text} (x{n} {place})").into() } else { (*text).into() };
                }
            }
            // What is there once stays what it is, further on.
            for name in ["folded", "stage", "place"] {
                if let Some(Value::String(word)) =
                    row.get_mut(name).filter(|_| n > 0 && matches!(table.as_str(), "stages" | "customer_keys" | "nudges"))
                {
                    *word = format!("{word} {n}");
                }
            }
            tables.entry(order.iter().position(|name| *name == table).unwrap()).or_default().push(row);
        }
    }
    lines(&tables.into_values().flatten().collect::<Vec<_>>())
}

#[test]
fn an_export_made_by_hand_is_inert_in_every_answer() {
    let folder = workspace();
    let root = folder.path();
    let (free, _) = columns(root);
    assert!(free.len() > 40, "{free:?}");
    let texts = corpus::some();
    let export = made(&texts, &free);
    put(root, "all.jsonl", &export);
    for (format, flags) in [("table", &["-O", "table"][..]), ("json", &["-O", "json"])] {
        let dry = run(root, &[&["import", "all.jsonl", "--dry-run"], flags].concat());
        assert!(dry.status.success(), "{}", String::from_utf8_lossy(&dry.stderr));
        assert_eq!(wrong(format, &dry.stdout), None);
    }
    assert!(run(root, &["import", "all.jsonl"]).status.success());
    let came = super::customers(root);
    assert_eq!(came.len(), 4 * texts.len());
    let formula = came.iter().find(|name| name.starts_with('=')).unwrap();
    let verbs: &[&[&str]] = &[
        &["customers", "list"],
        &["customers", "show", "--", formula],
        &["timeline", "--", formula],
        &["dossier", "--", formula],
        &["forget", "--dry-run", "--", formula],
        &["score", "--by", "customer"],
        &["why", "s0"],
        &["nudges", "--all"],
        &["nudge", "--dry-run", "--max", "1000"],
        &["undo", "--list", "10000"],
        &["incident", "list"],
        &["incidents"],
        &["gift", "list"],
        &["gifts"],
        &["referral", "list"],
        &["doctor"],
    ];
    verbs.iter().for_each(|verb| inert(root, verb));
    let again = run(root, &["export"]);
    assert_eq!(wrong("jsonl", &again.stdout), None);
    // Everything came in as it was written, and goes out again as that.
    let words = |export: &str| -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        for line in export.lines().skip(1) {
            if let Value::Object(row) = serde_json::from_str(line).unwrap() {
                let table = row.get("table").and_then(Value::as_str).unwrap_or_default().to_owned();
                all.extend(row.iter().filter(|(_, value)| value.is_string()).map(|(name, value)| format!("{table}.{name} {value}")));
            }
        }
        all.retain(|row| {
            ["customers.", "customer_keys.", "touchpoints.note", "gifts.", "incidents.", "nudges.because"]
                .iter()
                .any(|of| row.starts_with(of))
        });
        all
    };
    let (before, after) = (words(&export), words(&String::from_utf8(again.stdout).unwrap()));
    assert_eq!(before.difference(&after).collect::<Vec<_>>(), [""; 0]);
}

#[test]
fn what_an_export_cannot_hold_is_refused_by_its_line_and_changes_nothing() {
    let folder = workspace();
    let root = folder.path();
    assert!(run(root, &["score"]).status.success());
    let log = || std::fs::read(root.join("attent.db")).unwrap();
    let before = log();
    let (_, own) = columns(root);
    for column in [
        "entries.at",
        "customers.gifts",
        "customers.since",
        "refused.key",
        "incidents.severity",
        "touchpoints.at",
        "touchpoints.channel",
        "touchpoints.key",
        "changes.tbl",
    ] {
        assert!(own.iter().any(|(table, name)| format!("{table}.{name}") == column), "{column} takes anything: {own:?}");
    }
    let rows = rows();
    let mut texts = corpus::some().into_iter().cycle();
    for (table, column) in &own {
        let mut altered = rows.clone();
        let at = altered.iter().position(|row| row["table"] == table.as_str() && row.contains_key(column)).unwrap();
        altered[at][column] = texts.next().unwrap().into();
        put(root, "one.jsonl", lines(&altered));
        for (lang, said) in [("en", "line"), ("nl", "regel")] {
            let output = judged(&mut attent(root, &["import", "one.jsonl", "--no-input", "--lang", lang]), None);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            // Without its line what is wrong between rows: the stages of which others speak.
            assert!(output.status.code() == Some(3) && output.stdout.is_empty(), "{table}.{column}: {told}");
            assert!(told.contains(&format!("{said} {}", at + 2)) || told.contains("refused"), "{table}.{column}: {told}");
            assert!(told.len() < 1_000 && log() == before, "{table}.{column}: {told}");
        }
    }
}

/// Ten megabytes are more than anything that attent writes itself.
#[test]
fn ten_megabytes_in_an_export_are_refused_by_their_line() {
    let folder = workspace();
    let root = folder.path();
    let large = "Anna Bakker ".repeat(10_000_000 / 12);
    let kept = rows();
    for (table, column) in [("customers", "name"), ("customers", "notes"), ("customer_keys", "key"), ("touchpoints", "note")] {
        let mut rows = kept.clone();
        let at = rows.iter().position(|row| row["table"] == table).unwrap();
        rows[at][column] = large.as_str().into();
        put(root, "large.jsonl", lines(&rows));
        for (lang, said) in [("en", "line"), ("nl", "regel")] {
            let output = judged(&mut attent(root, &["import", "large.jsonl", "--no-input", "--lang", lang]), None);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(3), "{table}.{column}: {told}");
            assert!(told.contains(&format!("{said} {}", at + 2)) && told.contains(column) && told.len() < 500, "{table}.{column}: {told}");
        }
    }
    assert_eq!(super::customers(root).len(), 0);
}
