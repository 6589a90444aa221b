//! Every rule from the outside: for each a file in `rules/` with cases that it stops and cases that it
//! lets pass, tried with the program itself.
//!
//! A case holds `lines`, commands that are run in a workspace of its own, and what is then tried:
//!
//! * `play`: `plan --why Anna` says that this rule stops the play, or that none does;
//! * `question`: what its JSON `says`, or `lacks`, by JSON pointers in which `*` is any element;
//! * `refused`: a command that is not done, and what it `told`.
//!
//! What a rule stops is also tried with the rule switched off: then it is done, or another rule stops it
//! (`then`), or it is refused all the same (`always`). `off` is a rule that a case is tried without.
//!
//! `stops` and `passes` hold one case or a list of them. The workspace begins with Anna, a warm customer of
//! some years, for whom a promise is overdue; `alone: true` leaves her out.

use std::collections::BTreeSet;
use std::path::Path;

use attent::domain::rule::RuleId;
use attent::plan::rules::{Kept, RULES};
use serde_json::Value;

use crate::cli::{fails, json, ok, run as attent_in, workspace};

const NOW: &str = "2026-07-01";

const JOURNEY: &str = "id: customer
stages:
  - {id: a, title: Asking}
  - id: b
    title: Building
    promises: [{title: A call, channel: phone, who: human, within: 2d, of: a}]
";

/// Anna: since 2024, four good visits this spring, and nobody has called her since.
const ANNA: [&str; 2] = ["customers add Anna --since 2024-01-15 --gifts 40 --note \"likes her garden\"", "import anna.csv"];

const VISITS: &str = "at,customer,channel,direction,sentiment,stage,note
2026-03-02,Anna,visit,both,1,a,about the garden
2026-04-06,Anna,visit,both,1,a,about the garden
2026-05-11,Anna,visit,both,1,a,about the garden
2026-06-10,Anna,visit,both,1,a,about the garden
";

/// Her card, for who asks when her birthday is.
const CARD: &str = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nBDAY:1980-07-03\nEND:VCARD\n";

/// Plays that answer an overdue promise, so that every rule can be asked about them.
const PLAYBOOK: &str = include_str!("rules/playbook.yaml");

fn fixture(id: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rules").join(format!("{id}.yaml"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("rule {id} needs a fixture: {}", path.display()));
    attent::intake::yaml::parse(&text).unwrap().root.to_json()
}

/// The cases that a rule stops or lets pass.
fn cases<'a>(fixture: &'a Value, which: &str) -> Vec<&'a Value> {
    match &fixture[which] {
        Value::Array(list) => list.iter().collect(),
        Value::Null => Vec::new(),
        case => vec![case],
    }
}

/// The words of a line, as a shell would have them.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, part) in line.split('"').enumerate() {
        match at % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}

fn texts(list: &Value) -> Vec<&str> {
    list.as_array().map(|list| list.iter().map(|line| line.as_str().unwrap()).collect()).unwrap_or_default()
}

/// The arguments of a line, at the moment of the fixtures unless it says another.
fn args(line: &str) -> Vec<String> {
    let mut args = words(line);
    if !args.iter().any(|word| word == "--now") {
        args.extend(["--now".to_owned(), NOW.to_owned()]);
    }
    args
}

fn borrowed(args: &[String]) -> Vec<&str> {
    args.iter().map(String::as_str).collect()
}

/// The JSON of a question; a "not now" is an answer too.
fn asked(folder: &Path, line: &str) -> Value {
    let args = args(line);
    let output = attent_in(folder, &[borrowed(&args), vec!["-O", "json"]].concat());
    serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{line}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Every value that a pointer with stars leads to.
fn at<'a>(answer: &'a Value, pointer: &str) -> Vec<&'a Value> {
    pointer.split('/').skip(1).fold(vec![answer], |found, part| {
        let into = |value: &'a Value| match part {
            "*" => value.as_array().map(|list| list.iter().collect()).unwrap_or_default(),
            key => value.pointer(&format!("/{key}")).into_iter().collect::<Vec<_>>(),
        };
        found.into_iter().flat_map(into).collect()
    })
}

/// Whether two values are the same, numbers to a millionth.
fn same(one: &Value, other: &Value) -> bool {
    match (one.as_f64(), other.as_f64()) {
        (Some(one), Some(other)) => (one - other).abs() < 1e-6,
        _ => one == other,
    }
}

/// The workspace of a case, after its lines; `off` is a rule that is switched off besides the case's own.
fn place(fixture: &Value, case: &Value, off: Option<&str>) -> tempfile::TempDir {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path();
    let off: Vec<String> = off.into_iter().chain(case["off"].as_str()).map(|rule| format!("{rule}: off")).collect();
    let settings = format!("language: en\nrules: {{{}}}\n", off.join(", "));
    workspace(folder, JOURNEY);
    for (name, text) in [("attent.yaml", settings.as_str()), ("playbook.yaml", PLAYBOOK), ("anna.csv", VISITS), ("anna.vcf", CARD)] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    for (name, text) in fixture["files"].as_object().into_iter().flatten() {
        std::fs::write(folder.join(name), text.as_str().unwrap()).unwrap();
    }
    let anna = if fixture["alone"] == true { &[][..] } else { &ANNA[..] };
    for line in anna.iter().copied().chain(texts(&case["lines"])) {
        ok(folder, &borrowed(&args(line)));
    }
    place
}

/// The rules that stop a play, where it was considered for Anna; `None` where none does.
fn stopped(folder: &Path, play: &str) -> Vec<Option<String>> {
    let answer = json(folder, &["plan", "--why", "Anna", "--now", NOW]);
    let lines = answer["considered"].as_array().unwrap().iter().filter(|line| line["play"] == play);
    lines.map(|line| line["stopped_by"].as_str().map(str::to_owned)).collect()
}

fn tried(id: &str, fixture: &Value, case: &Value, stops: bool) {
    let place = place(fixture, case, None);
    let folder = place.path();
    let mut tries = 0;
    if let Some(play) = case["play"].as_str() {
        let expected = stops.then(|| id.to_owned());
        let found = stopped(folder, play);
        assert!(found.contains(&expected), "{id}: {play} is stopped by {found:?}, not by {expected:?}");
        tries += 1;
    }
    if let Some(question) = case["question"].as_str() {
        let answer = asked(folder, question);
        for (pointer, expected) in case["says"].as_object().into_iter().flatten() {
            let found = at(&answer, pointer);
            assert!(found.iter().any(|value| same(value, expected)), "{id}: {pointer} is {found:?}, not {expected}\n{answer:#}");
            tries += 1;
        }
        for (pointer, unexpected) in case["lacks"].as_object().into_iter().flatten() {
            let found = at(&answer, pointer);
            assert!(!found.iter().any(|value| same(value, unexpected)), "{id}: {pointer} is {found:?}\n{answer:#}");
            tries += 1;
        }
    }
    if let Some(line) = case["refused"].as_str() {
        let output = attent_in(folder, &borrowed(&args(line)));
        let said = String::from_utf8_lossy(&output.stderr);
        let told = case["told"].as_str().unwrap();
        assert!(!output.status.success() && said.contains(told), "{id}: {line}: {told}\n{said}");
        tries += 1;
    }
    assert!(tries > 0, "{id} tries something");
}

#[test]
fn every_rule_stops_its_cases_and_lets_the_others_pass() {
    for id in RuleId::ALL {
        let fixture = fixture(id.id());
        for (which, stops) in [("stops", true), ("passes", false)] {
            let cases = cases(&fixture, which);
            assert!(!cases.is_empty(), "{id} {which}");
            cases.into_iter().for_each(|case| tried(id.id(), &fixture, case, stops));
        }
    }
}

/// What a rule stops is done when attent.yaml switches the rule off. An opt-out cannot be.
#[test]
fn a_rule_that_is_switched_off_stops_nothing() {
    for rule in RULES.iter().filter(|rule| matches!(rule.kept, Kept::Veto(_)) && rule.id != RuleId::OptOut) {
        let (id, fixture) = (rule.id.id(), fixture(rule.id.id()));
        let mut tries = 0;
        for case in cases(&fixture, "stops").into_iter().filter(|case| case["always"] != true) {
            let place = place(&fixture, case, Some(id));
            let suggested = case["question"].as_str().and_then(|question| question.strip_prefix("suggest --play "));
            if let Some(play) = case["play"].as_str() {
                let then = case["then"].as_str().map(str::to_owned);
                let found = stopped(place.path(), play);
                assert!(found.contains(&then), "{id} is off: {play} is stopped by {found:?}");
            } else if let Some(play) = suggested {
                let answer = asked(place.path(), case["question"].as_str().unwrap());
                assert!(at(&answer, "/suggestions/*/play").contains(&&Value::from(play)), "{id} is off: {answer:#}");
            } else if let Some(line) = case["refused"].as_str() {
                ok(place.path(), &borrowed(&args(line)));
            } else {
                panic!("{id} has a case that no switch decides");
            }
            tries += 1;
        }
        assert!(tries > 0, "{id} has no case that its switch decides");
    }
    let place = place(&Value::Null, &Value::Null, None);
    std::fs::write(place.path().join("attent.yaml"), "rules: {opt-out: off}\n").unwrap();
    assert!(fails(place.path(), &["plan", "--why", "Anna", "--now", NOW], 3).contains("`opt-out` cannot be switched off"));
}

#[test]
fn every_fixture_is_of_a_rule() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rules");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let found: BTreeSet<String> = names.map(|name| name.trim_end_matches(".yaml").to_owned()).filter(|name| name != "playbook").collect();
    let rules: BTreeSet<String> = RuleId::ALL.iter().map(|id| id.id().to_owned()).collect();
    assert_eq!(found, rules);
    RuleId::ALL.iter().for_each(|id| assert_eq!(fixture(id.id())["rule"], id.id()));
}
