//! `--pseudonymise`: answers for others, which say nobody's name and nothing anybody typed.

use std::path::Path;

use serde_json::Value;

use super::cli::{fails, json, ok, run};
use super::cli_log::{NOW, shop};

/// Every one of these was typed about somebody, in a place of its own.
const TYPED: [&str; 17] = [
    "zwaanhilde",
    "quistorff",
    "zwaan@quistorff.example",
    "0612345678",
    "quibusfirma",
    "notitiekastje",
    "gespreksflard",
    "voorvalwoord",
    "lesgedachte",
    "eigenaresse",
    "cadeaubegonia",
    "cadeaureden",
    "gevermarie",
    "gelegenheidje",
    "kanariewens",
    "dankbloem",
    "overslaanreden",
];

/// A year of a small shop, with a word of its own in every place where words may be typed.
fn planted() -> tempfile::TempDir {
    let shop = shop(&["Bram"]);
    let folder = shop.path();
    let act = |args: &[&str]| ok(folder, &[args, &["--now", NOW, "--no-input"]].concat());
    act(&[
        "customers",
        "add",
        "Zwaanhilde Quistorff",
        "--email",
        "zwaan@quistorff.example",
        "--phone",
        "0612345678",
        "--organisation",
        "Quibusfirma",
        "--note",
        "notitiekastje",
        "--gifts",
        "50",
        "--since",
        "2024-11-28",
        "--segment",
        "vip",
    ]);
    act(&["customers", "add", "Carel", "--referred-by", "zwaan"]);
    for day in ["2026-08-01", "2026-09-01", "2026-10-10", "2026-11-10"] {
        act(&["log", "zwaan", "called, gespreksflard", "--at", day, "--channel", "phone", "--amount", "120", "--sentiment", "0.5"]);
        act(&["log", "bram", "newsletter gespreksflard", "--at", day]);
    }
    act(&["incident", "open", "zwaan", "voorvalwoord", "--severity", "severe", "--owner", "eigenaresse"]);
    act(&["incident", "open", "bram", "voorvalwoord", "--severity", "minor"]);
    act(&["incident", "resolve", "2", "--lesson", "lesgedachte"]);
    act(&["gift", "idea", "zwaan", "cadeaubegonia"]);
    act(&["gift", "prefers", "zwaan", "kanariewens"]);
    let gift = ["gift", "given", "carel", "cadeaubegonia", "--why", "cadeaureden", "--by", "gevermarie", "--for", "gelegenheidje"];
    act(&[&gift[..], &["--value", "10", "--checked"]].concat());
    act(&["referral", "outcome", "carel", "dankbloem"]);
    act(&["nudge"]);
    run(folder, &["skip", "1", "--why", "overslaanreden", "--now", NOW, "--no-input"]);
    shop
}

/// Every verb that answers without recording.
const ANSWERS: &[&[&str]] = &[
    &[],
    &["today"],
    &["score"],
    &["score", "--by", "customer"],
    &["score", "--by", "cell"],
    &["suggest"],
    &["plan"],
    &["plan", "--why", "zwaanhilde"],
    &["nudge", "--dry-run"],
    &["nudges"],
    &["nudges", "--all"],
    &["why", "zwaanhilde"],
    &["why", "buy"],
    &["timeline", "zwaanhilde"],
    &["customers", "list"],
    &["customers", "show", "zwaanhilde"],
    &["customers", "show", "carel"],
    &["customers", "merge"],
    &["incidents"],
    &["incident", "list"],
    &["gifts"],
    &["gifts", "--register"],
    &["gift", "list"],
    &["referral"],
    &["undo", "--list", "50"],
    &["log", "--last"],
];

fn answer(folder: &Path, args: &[&str], more: &[&str]) -> Option<String> {
    let output = run(folder, &[args, &["--now", NOW, "--pseudonymise"], more].concat());
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    output.status.success().then_some(said)
}

#[test]
fn no_answer_tells_a_name_or_anything_typed() {
    let shop = planted();
    let mut shown = 0;
    for args in ANSWERS {
        for format in ["table", "json", "csv", "html", "md", "ids", "ics"] {
            let Some(said) = answer(shop.path(), args, &["-O", format]) else {
                assert!(format == "ics" || format == "ids", "{args:?} has no {format}");
                continue;
            };
            shown += usize::from(!said.is_empty());
            let lower = said.to_lowercase();
            let told: Vec<_> = TYPED.iter().filter(|word| lower.contains(*word)).collect();
            assert!(told.is_empty(), "{args:?} as {format} tells {told:?}\n{said}");
        }
    }
    assert!(shown > 100, "only {shown} answers said anything");
    let plain = ok(shop.path(), &["timeline", "zwaanhilde", "--now", NOW]);
    assert!(plain.contains("gespreksflard"), "without the flag the words are there\n{plain}");
}

/// An answer with every text taken out of it.
fn numbers(value: &Value) -> Value {
    match value {
        Value::String(_) => Value::String(String::new()),
        Value::Array(all) => all.iter().map(numbers).collect(),
        Value::Object(all) => all.iter().map(|(key, value)| (key.clone(), numbers(value))).collect(),
        other => other.clone(),
    }
}

#[test]
fn the_numbers_are_those_of_the_answer_with_names() {
    let shop = planted();
    let folder = shop.path();
    for args in [&["score"][..], &["score", "--by", "customer"], &["why", "zwaanhilde"], &["suggest"], &["plan"], &["referral"]] {
        let plain = json(folder, &[args, &["--now", NOW]].concat());
        let other = json(folder, &[args, &["--now", NOW, "--pseudonymise"]].concat());
        assert_eq!(numbers(&plain), numbers(&other), "{args:?}");
    }
    let earlier = |more: &[&str]| json(folder, &[&["score", "--now", "2026-10-20T00:00:00Z"], more].concat());
    assert_eq!(earlier(&[]), earlier(&["--pseudonymise"]), "also of an earlier moment");
}

#[test]
fn a_pseudonym_stays_and_leads_back_to_the_customer() {
    let shop = planted();
    let folder = shop.path();
    let listed = |lang: &str| {
        let answer = json(folder, &["customers", "list", "--pseudonymise", "--lang", lang, "--now", NOW]);
        let rows = answer["customers"].as_array().expect("rows").clone();
        Vec::from_iter(rows.iter().map(|row| row["customer"].as_str().expect("a name").to_owned()))
    };
    let (mut names, mut dutch) = (listed("en"), listed("nl"));
    assert_eq!(names, listed("en"), "the same in the next report");
    names.sort();
    dutch.sort();
    assert_eq!(Vec::from_iter(names.iter().map(|name| name.replace("Customer", "Klant"))), dutch);
    assert!(names.iter().all(|name| name.starts_with("Customer ") && name.len() == 15), "{names:?}");
    let found = names.iter().map(|name| json(folder, &["customers", "show", name, "--now", NOW])["customers"][0]["customer"].clone());
    let mut found: Vec<String> = found.map(|name| name.as_str().expect("a name").to_owned()).collect();
    found.sort();
    assert_eq!(found, ["Bram", "Carel", "Zwaanhilde Quistorff"]);
    let other = planted();
    let elsewhere = json(other.path(), &["customers", "list", "--pseudonymise", "--now", NOW]);
    assert!(
        !names.contains(&elsewhere["customers"][0]["customer"].as_str().expect("a name").to_owned()),
        "another workspace has another key"
    );
}

#[test]
fn what_records_something_refuses() {
    let shop = planted();
    for args in [&["log", "bram", "called"][..], &["nudge"], &["customers", "add", "Eva"], &["incident", "open", "bram", "x"]] {
        let said = fails(shop.path(), &[args, &["--pseudonymise", "--no-input", "--now", NOW]].concat(), 2);
        assert!(said.contains("cannot be pseudonymised"), "{args:?}: {said}");
    }
    assert!(fails(shop.path(), &["log", "bram", "x", "--pseudonymise", "--lang", "nl"], 2).contains("gepseudonimiseerd"));
}
