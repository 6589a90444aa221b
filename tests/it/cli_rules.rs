//! Every rule from the outside: for each a file in `rules/` with a case that it stops and one that it
//! lets pass, tried with the program itself.
//!
//! A fixture holds `stops` and `passes`: command lines that are run in a workspace of their own, a
//! question, and what must be said in its JSON, by JSON pointers in which `*` is any element. The
//! workspace begins with Anna, a warm customer of some years, for whom a promise is overdue; `alone: true`
//! leaves her out. A fixture that `waits` names the command that its rule is kept by and that is not there yet.

use std::collections::BTreeSet;
use std::path::Path;

use attent::domain::rule::RuleId;
use serde_json::Value;

use crate::cli::{json, ok, workspace};

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

/// Plays that answer an overdue promise, so that every rule can be asked about them.
const PLAYBOOK: &str = include_str!("rules/playbook.yaml");

fn fixture(id: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rules").join(format!("{id}.yaml"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("rule {id} needs a fixture: {}", path.display()));
    attent::intake::yaml::parse(&text).unwrap().root.to_json()
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

fn run(folder: &Path, line: &str) {
    let words = words(line);
    ok(folder, &words.iter().map(String::as_str).chain(["--now", NOW]).collect::<Vec<_>>());
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

fn tried(id: &str, fixture: &Value, case: &str) {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    workspace(folder, JOURNEY);
    std::fs::write(folder.join("playbook.yaml"), PLAYBOOK).unwrap();
    std::fs::write(folder.join("anna.csv"), VISITS).unwrap();
    for (name, text) in fixture["files"].as_object().into_iter().flatten() {
        std::fs::write(folder.join(name), text.as_str().unwrap()).unwrap();
    }
    if fixture["alone"] != true {
        ANNA.iter().for_each(|line| run(folder, line));
    }
    let part = &fixture[case];
    texts(&part["lines"]).into_iter().for_each(|line| run(folder, line));
    let question = words(part["question"].as_str().unwrap_or_else(|| panic!("{id} {case} asks something")));
    let answer = json(folder, &question.iter().map(String::as_str).chain(["--now", NOW]).collect::<Vec<_>>());
    let says = part["says"].as_object().unwrap_or_else(|| panic!("{id} {case} says something"));
    for (pointer, expected) in says {
        let found = at(&answer, pointer);
        assert!(found.iter().any(|value| same(value, expected)), "{id} {case}: {pointer} is {found:?}, not {expected}\n{answer:#}");
    }
}

#[test]
fn every_rule_stops_its_case_and_lets_the_other_pass() {
    for id in RuleId::ALL {
        let fixture = fixture(id.id());
        if fixture["waits"].is_string() {
            continue;
        }
        for case in ["stops", "passes"] {
            tried(id.id(), &fixture, case);
        }
    }
}

#[test]
fn every_fixture_is_of_a_rule_and_says_what_it_is_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/rules");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let found: BTreeSet<String> = names.map(|name| name.trim_end_matches(".yaml").to_owned()).filter(|name| name != "playbook").collect();
    let rules: BTreeSet<String> = RuleId::ALL.iter().map(|id| id.id().to_owned()).collect();
    assert_eq!(found, rules);
    for id in RuleId::ALL {
        let fixture = fixture(id.id());
        assert_eq!(fixture["rule"], id.id());
        let waits = fixture["waits"].is_string();
        assert_eq!(waits, fixture["shall"].is_string(), "{id}: what waits says what it shall show");
        assert_eq!(waits, fixture["stops"].is_null() && fixture["passes"].is_null(), "{id}: what does not wait has both cases");
    }
}
