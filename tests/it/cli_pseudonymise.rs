//! `--pseudonymise`: answers for others, which say nobody's name and nothing anybody typed.

use std::path::Path;

use serde_json::Value;

use super::cli::{fails, json, ok, run};
use super::cli_log::{NOW, shop};

/// Every one of these was typed about somebody, in a place of its own.
const TYPED: [&str; 20] = [
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
    "beursbuurman",
    "eerderenotitie",
    "eerderwoord",
];

/// The customer all of it is about.
const ZWAAN: &str = "zwaanhilde quistorff";

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
        "eerderenotitie",
        "--origin",
        "beursbuurman",
        "--gifts",
        "50",
        "--since",
        "2024-11-28",
        "--segment",
        "vip",
    ]);
    act(&["customers", "edit", ZWAAN, "--note", "notitiekastje"]);
    act(&["customers", "edit", "bram", "--origin", "Beursbuurman"]);
    act(&["customers", "add", "Zwaanhilde Jans", "--origin", "website of beursbuurman"]);
    act(&["customers", "add", "Carel", "--referred-by", "zwaan@quistorff.example"]);
    for day in ["2026-08-01", "2026-09-01", "2026-10-10", "2026-11-10"] {
        act(&["log", ZWAAN, "called, gespreksflard", "--at", day, "--channel", "phone", "--amount", "120", "--sentiment", "0.5"]);
        act(&["log", "bram", "newsletter gespreksflard", "--at", day]);
    }
    act(&["edit", "1", "--note", "called, gespreksflard and eerderwoord"]);
    act(&["edit", "1", "--note", "called, gespreksflard"]);
    act(&["incident", "open", ZWAAN, "voorvalwoord", "--severity", "severe", "--owner", "eigenaresse"]);
    act(&["incident", "open", "bram", "voorvalwoord", "--severity", "minor"]);
    act(&["incident", "resolve", "2", "--lesson", "lesgedachte"]);
    act(&["gift", "idea", ZWAAN, "cadeaubegonia"]);
    act(&["gift", "prefers", ZWAAN, "kanariewens"]);
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
    &["plan", "--why", ZWAAN],
    &["nudge", "--dry-run"],
    &["nudges"],
    &["nudges", "--all"],
    &["why", ZWAAN],
    &["why", "buy"],
    &["timeline", ZWAAN],
    &["customers", "list"],
    &["customers", "show", ZWAAN],
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
    &["plays"],
    &["plays", "short-call"],
];

/// Every command that tells of nobody.
const OF_NOBODY: &[&[&str]] = &[&["init", "elsewhere", "--template", "coach"], &["schema", "journey"], &["completions", "bash"]];

/// Every command that would tell names, or records something.
const REFUSED: &[&[&str]] = &[
    &["nudge"],
    &["done", "1"],
    &["skip", "1"],
    &["snooze", "1", "tomorrow"],
    &["log", "bram", "called"],
    &["edit", "1", "--note", "x"],
    &["undo"],
    &["undo", "1"],
    &["forget", ZWAAN, "--dry-run"],
    &["tidy", "--dry-run"],
    &["import", "table.csv"],
    &["import", "table.csv", "--dry-run"],
    &["import", "table.csv", "--map", "--dry-run"],
    &["import", "everything.jsonl"],
    &["sync"],
    &["sync", "--dry-run"],
    &["export"],
    &["dossier", ZWAAN],
    &["customers", "add", "Eva"],
    &["customers", "edit", "bram", "--note", "x"],
    &["customers", "rename", "bram", "Bart"],
    &["customers", "alias", "bram", "Bart"],
    &["customers", "merge", "bram", "carel", "--yes"],
    &["incident", "open", "bram", "x"],
    &["gift", "idea", "bram", "x"],
    &["referral", "outcome", "carel", "x"],
    &["check"],
    &["doctor"],
    &["backup"],
    &["backup", "elsewhere.db"],
    &["restore"],
    &["restore", "elsewhere.db", "--yes"],
    &["config"],
    &["passphrase", "set"],
    &["demo"],
];

fn answer(folder: &Path, args: &[&str], more: &[&str]) -> Option<String> {
    let output = run(folder, &[args, &["--now", NOW, "--pseudonymise"], more].concat());
    // The mail of cron has standard error too.
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    output.status.success().then_some(said)
}

/// What of the typed words is in what was said.
fn told(said: &str) -> Vec<&'static str> {
    let lower = said.to_lowercase();
    TYPED.into_iter().filter(|word| lower.contains(word)).collect()
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
            assert_eq!(told(&said), Vec::<&str>::new(), "{args:?} as {format} tells of somebody\n{said}");
        }
    }
    assert!(shown > 100, "only {shown} answers said anything");
    let plain = ok(shop.path(), &["timeline", ZWAAN, "--now", NOW]);
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
    for args in [&["score"][..], &["score", "--by", "customer"], &["why", ZWAAN], &["suggest"], &["plan"], &["referral"]] {
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
    assert_eq!(found, ["Bram", "Carel", "Zwaanhilde Jans", "Zwaanhilde Quistorff"]);
    let other = planted();
    let elsewhere = json(other.path(), &["customers", "list", "--pseudonymise", "--now", NOW]);
    assert!(
        !names.contains(&elsewhere["customers"][0]["customer"].as_str().expect("a name").to_owned()),
        "another workspace has another key"
    );
}

#[test]
fn every_command_names_nobody_or_refuses() {
    let shop = planted();
    let folder = shop.path();
    std::fs::write(folder.join("table.csv"), "Datum,Naam,Bedrag\n2026-10-01,Zwaanhilde Quistorff,12\n2026-10-03,Bram,13\n").unwrap();
    ok(folder, &["export", "-o", "everything.jsonl"]);
    std::fs::copy(folder.join("attent.yaml"), folder.join("before.yaml")).unwrap();
    std::fs::write(folder.join("attent.yaml"), "language: en\n# zwaanhilde\nme: [zwaan@quistorff.example]\n").unwrap();
    for args in REFUSED {
        let output = run(folder, &[*args, &["--pseudonymise", "--no-input", "--now", NOW]].concat());
        let said = [&output.stdout[..], &output.stderr].concat();
        let said = String::from_utf8_lossy(&said);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("cannot be pseudonymised"), "{args:?}: {said}");
        assert_eq!(told(&said), Vec::<&str>::new(), "{args:?}: {said}");
    }
    for made in ["elsewhere.db", "backups"] {
        assert!(!folder.join(made).exists(), "{made} was made all the same");
    }
    for args in OF_NOBODY {
        ok(folder, &[*args, &["--pseudonymise", "--no-input"]].concat());
    }
    for (args, dutch) in
        [(&["log", "bram", "x"][..], "kan niet gepseudonimiseerd"), (&["export"], "een export kan niet"), (&["backup"], "je bestanden")]
    {
        assert!(fails(folder, &[args, &["--pseudonymise", "--lang", "nl"]].concat(), 2).contains(dutch), "{args:?}");
    }
    // A command that is new is in one of the lists.
    let help = ok(folder, &["--help"]);
    let verbs = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let verbs: Vec<&str> =
        verbs.filter(|line| line.starts_with("  ") && !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(verbs.len() > 30, "{help}");
    let listed = |verb: &str| [ANSWERS, OF_NOBODY, REFUSED].concat().iter().any(|args| args.first() == Some(&verb));
    let missing: Vec<_> = verbs.into_iter().filter(|verb| *verb != "help" && !listed(verb)).collect();
    assert_eq!(missing, Vec::<&str>::new(), "whether these name somebody is tested nowhere");
}

#[test]
fn who_may_be_meant_is_told_by_pseudonyms() {
    let shop = planted();
    let folder = shop.path();
    for (args, code) in [
        (&["customers", "show", "zwaan"][..], 2),
        (&["timeline", "zwaan"], 2),
        (&["why", "zwaanh"], 2),
        (&["why", "zwanhilde"], 1),
        (&["timeline", "kwistorff"], 1),
        (&["customers", "list", "--referred-by", "hilde"], 2),
    ] {
        let said = fails(folder, &[args, &["--pseudonymise", "--now", NOW]].concat(), code);
        let others = said.to_lowercase().replace(args[args.len() - 1], "");
        assert!(said.contains("Customer "), "{args:?}: {said}");
        assert_eq!(told(&others), Vec::<&str>::new(), "{args:?}: {said}");
        assert!(!said.contains("Jans"), "{args:?}: {said}");
    }
    let said = fails(folder, &["customers", "show", "zwaan"], 2);
    assert!(said.contains("Zwaanhilde Jans"), "without the flag they are named: {said}");
}

#[test]
fn how_customers_came_is_numbered() {
    let shop = planted();
    let folder = shop.path();
    let came = |args: &[&str]| {
        let answer = json(folder, &[&["customers", "list", "--now", NOW], args].concat());
        let rows = answer["customers"].as_array().expect("rows").clone();
        let mut came = Vec::from_iter(rows.iter().map(|row| row["origin"].as_str().expect("a word").to_owned()));
        came.sort();
        came
    };
    assert_eq!(came(&["--pseudonymise"]), ["", "route 1", "route 1", "route 2"]);
    assert_eq!(came(&["--pseudonymise", "--origin", "BEURSBUURMAN"]), ["route 1", "route 1"], "found by the word that was typed");
    assert_eq!(came(&["--pseudonymise", "--origin", "route 2"]), ["route 2"], "and by the number");
    assert_eq!(came(&["--origin", "beursbuurman"]), ["Beursbuurman", "beursbuurman"]);
}
