//! The reference numbers of METHOD §1.3, through the command line: CSV in, JSON out, to 1e-6.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use crate::cli::{json, ok, workspace};

/// Day 0 of the reference cases.
const BASE: i64 = 18_262; // 2020-01-01

fn expected() -> Value {
    serde_json::from_str(include_str!("../fixtures/warmth_expected.json")).expect("the fixture is JSON")
}

/// A day of the cases as a date.
fn date(day: f64) -> String {
    let days = chrono::Days::new((BASE + day as i64) as u64);
    let date = chrono::NaiveDate::from_ymd_opt(1970, 1, 1).and_then(|first| first.checked_add_days(days)).expect("a date");
    date.to_string()
}

const ONE_STAGE: &str = "id: customer\nstages: [{id: all}]\n";
const FOUR_STAGES: &str = "id: customer\nstages:\n  - {id: find, half_life: 30d}\n  - {id: buy}\n  - {id: use}\n  - {id: stay}\n";

fn close(found: &Value, expected: &Value, what: &str) {
    let (found, expected) = (found.as_f64().expect(what), expected.as_f64().expect(what));
    assert!((found - expected).abs() < 1e-6, "{what}: {found} instead of {expected}");
}

fn same_contributions(found: &Value, expected: &Value, what: &str) {
    for name in ["human", "personal", "relational", "sentiment", "reciprocity", "failures"] {
        close(&found[name], &expected[name], &format!("{what}, {name}"));
    }
}

/// The touchpoints of one customer as rows of a log.
fn rows(csv: &mut String, customer: &str, touchpoints: &Value) {
    for touch in touchpoints.as_array().expect("a list of touchpoints") {
        let text = |key: &str| touch[key].as_str().unwrap_or_default().to_owned();
        let sentiment = touch["sentiment"].as_f64().map(|s| s.to_string()).unwrap_or_default();
        let at = date(touch["t"].as_f64().expect("a day"));
        let [channel, direction, sender, personal, kind, stage] = ["channel", "direction", "sender", "personal", "kind", "stage"].map(text);
        writeln!(csv, "{at},{customer},{channel},{direction},{sender},{personal},{kind},{sentiment},{stage}").expect("a string takes it");
    }
}

const HEADER: &str = "at,customer,channel,direction,sender,personal,kind,sentiment,stage\n";

fn import(folder: &Path, csv: &str, now: &str) {
    std::fs::write(folder.join("log.csv"), csv).expect("the log is written");
    ok(folder, &["import", "log.csv", "--now", now]);
}

const SEVERITIES: [(f64, &str); 3] = [(0.5, "minor"), (1.0, "moderate"), (2.0, "severe")];

fn fail(folder: &Path, customer: &str, failure: &Value, now: &str) {
    let severity = SEVERITIES.iter().find(|(weight, _)| failure["sev"] == *weight).expect("a known severity").1;
    let opened = date(failure["opened"].as_f64().expect("a day"));
    let mut args = vec!["incident", "open", customer, "it went wrong", "--severity", severity, "--at", &opened, "--now", now];
    if let Some(stage) = failure["stage"].as_str() {
        args.extend(["--stage", stage]);
    }
    ok(folder, &args);
    if let Some(resolved) = failure["resolved"].as_f64() {
        let (at, q) = (date(resolved), failure["quality"].to_string());
        ok(folder, &["incident", "resolve", customer, "--at", &at, "--quality", &q, "--now", now]);
    }
}

#[test]
fn every_case_of_one_customer_comes_out() {
    for (name, case) in expected().as_object().expect("the cases").iter().filter(|(name, _)| *name != "journey_at_180") {
        let folder = tempfile::tempdir().expect("a folder");
        let now = date(case["now"].as_f64().expect("a day"));
        workspace(folder.path(), ONE_STAGE);
        let mut csv = HEADER.to_owned();
        rows(&mut csv, "Anna", &case["touchpoints"]);
        import(folder.path(), &csv, &now);
        if csv == HEADER {
            ok(folder.path(), &["customers", "add", "Anna"]);
        }
        for failure in case["failures"].as_array().expect("the failures") {
            fail(folder.path(), "Anna", failure, &now);
        }
        let score = json(folder.path(), &["score", "--by", "customer", "--now", &now]);
        let anna = &score["customers"][0];
        assert_eq!(anna["customer"], "Anna", "{name}");
        close(&anna["warmth"], &case["score"], name);
        same_contributions(&anna["contributions"], &case["contributions"], name);
        per_touch(folder.path(), case, &now, name);
    }
}

/// Every touchpoint's share, through `why`.
fn per_touch(folder: &Path, case: &Value, now: &str, name: &str) {
    let why = json(folder, &["why", "Anna", "--top", "100", "--now", now]);
    let mut found: Vec<f64> = why["touchpoints"].as_array().expect(name).iter().map(|touch| touch["share"].as_f64().expect(name)).collect();
    let touches = case["touchpoints"].as_array().expect(name).iter().zip(case["per_touch"].as_array().expect(name));
    let counted = touches.filter(|(touch, _)| touch["t"].as_f64() <= case["now"].as_f64());
    let mut expected: Vec<f64> = counted.map(|(_, share)| share.as_f64().expect(name)).collect();
    found.sort_by(f64::total_cmp);
    expected.sort_by(f64::total_cmp);
    assert_eq!(found.len(), expected.len(), "{name}");
    assert!(found.iter().zip(&expected).all(|(a, b)| (a - b).abs() < 1e-6), "{name}: {found:?} {expected:?}");
}

/// The journey of METHOD §1.3 in a workspace of its own.
fn journey(case: &Value) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let now = date(180.0);
    workspace(folder.path(), FOUR_STAGES);
    let mut csv = HEADER.to_owned();
    for (customer, touchpoints) in case["touchpoints"].as_object().expect("customers") {
        rows(&mut csv, customer, touchpoints);
    }
    import(folder.path(), &csv, &now);
    for (customer, failures) in case["failures"].as_object().expect("failures") {
        failures.as_array().expect("a list").iter().for_each(|failure| fail(folder.path(), customer, failure, &now));
    }
    (folder, now)
}

#[test]
fn the_whole_journey_comes_out() {
    let case = &expected()["journey_at_180"];
    let (folder, now) = journey(case);
    let score = json(folder.path(), &["score", "--now", &now]);
    assert_eq!((&score["schema"], &score["journey"]), (&"attent.score/1".into(), &"customer".into()));
    for stage in score["stages"].as_array().expect("stages") {
        let id = stage["stage"].as_str().expect("an id");
        let expected = &case["stages"][id];
        if expected.is_null() {
            assert!(stage["warmth"].is_null() && stage["rank"].is_null() && stage["interval"].is_null());
            assert_eq!(stage["findings"], serde_json::json!(["empty"]));
            continue;
        }
        for key in ["warmth", "rank", "evidence"] {
            close(&stage[key], &expected[key], &format!("{id}, {key}"));
        }
        assert_eq!(stage["customers"], expected["customers"]);
        same_contributions(&stage["contributions"], &expected["contributions"], id);
    }
    let cells = json(folder.path(), &["score", "--by", "cell", "--now", &now]);
    let cells = cells["cells"].as_array().expect("cells").clone();
    assert_eq!(cells.len(), case["cells"].as_object().expect("cells").len());
    for cell in cells {
        let key = format!("{}/{}", cell["customer"].as_str().expect("a name"), cell["stage"].as_str().expect("a stage"));
        close(&cell["warmth"], &case["cells"][&key]["score"], &key);
        close(&cell["evidence"], &case["cells"][&key]["acc"]["N"], &key);
        same_contributions(&cell["contributions"], &case["cells"][&key]["contributions"], &key);
    }
}

#[test]
fn the_relationships_of_the_journey_come_out() {
    let case = &expected()["journey_at_180"];
    let (folder, now) = journey(case);
    let score = json(folder.path(), &["score", "--by", "customer", "--now", &now]);
    for customer in score["customers"].as_array().expect("customers") {
        let name = customer["customer"].as_str().expect("a name");
        assert_eq!(customer["stage"], case["current"][name]);
        close(&customer["warmth"], &case["relationships"][name]["score"], name);
        same_contributions(&customer["contributions"], &case["relationships"][name]["contributions"], name);
    }
}

#[test]
fn a_moment_in_the_past_gives_what_it_would_have_given_then() {
    let case = &expected()["journey_at_180"];
    let (folder, _) = journey(case);
    for day in [0.0, 21.0, 100.0, 125.0, 179.0] {
        let then = date(day);
        let fresh = tempfile::tempdir().expect("a folder");
        workspace(fresh.path(), FOUR_STAGES);
        let mut csv = HEADER.to_owned();
        for (customer, touchpoints) in case["touchpoints"].as_object().expect("customers") {
            let known = touchpoints.as_array().expect("a list").iter().filter(|touch| touch["t"].as_f64() <= Some(day));
            rows(&mut csv, customer, &known.cloned().collect());
        }
        import(fresh.path(), &csv, &then);
        for (customer, failures) in case["failures"].as_object().expect("failures") {
            for failure in failures.as_array().expect("a list").iter().filter(|failure| failure["opened"].as_f64() <= Some(day)) {
                fail(fresh.path(), customer, failure, &then);
            }
        }
        for by in ["stage", "customer", "cell"] {
            let args = ["score", "--by", by, "--now", &then];
            let (mut now, mut before) = (json(folder.path(), &args), json(fresh.path(), &args));
            for answer in [&mut now, &mut before] {
                // Customers of whom nothing was known then are no part of the older log.
                if let Some(list) = answer["customers"].as_array_mut() {
                    list.retain(|customer| !customer["stage"].is_null());
                }
            }
            assert_eq!(now, before, "{by} on {then}");
        }
    }
}
