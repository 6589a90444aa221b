//! `attent score`: trying weights, robustness, several journeys, too little evidence.

use serde_json::Value;

use crate::cli::{fails, json, ok, run, workspace};

const JOURNEY: &str = "id: customer
stages:
  - {id: find, rules: [{channel: newsletter}]}
  - {id: buy}
  - {id: use}
";

const LOG: &str = "at,customer,channel,stage,sentiment
2026-01-01,Anna,phone,buy,0.5
2026-01-01,Bart,phone,buy,0.5
2026-02-01,Anna,newsletter,,
2026-02-01,Bart,newsletter,,
2026-03-01,Anna,visit,use,1
2026-03-05,Bart,email,use,
";
const NOW: &str = "2026-03-10";

fn business() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join("log.csv"), LOG).unwrap();
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    folder
}

fn stage<'a>(score: &'a Value, id: &str) -> &'a Value {
    score["stages"].as_array().unwrap().iter().find(|stage| stage["stage"] == id).unwrap()
}

#[test]
fn a_tried_weight_changes_its_own_contribution_and_nothing_is_saved() {
    let folder = business();
    let before = json(folder.path(), &["score", "--now", NOW]);
    let tried = run(folder.path(), &["score", "--now", NOW, "--set", "human=50", "-O", "json"]);
    assert!(String::from_utf8_lossy(&tried.stderr).contains("add up to 125"));
    let tried: Value = serde_json::from_slice(&tried.stdout).unwrap();
    for id in ["buy", "use"] {
        let (was, is) = (&stage(&before, id)["contributions"], &stage(&tried, id)["contributions"]);
        assert!((is["human"].as_f64().unwrap() - 2.0 * was["human"].as_f64().unwrap()).abs() < 1e-9);
        assert_eq!(is["personal"], was["personal"]);
    }
    assert_eq!(json(folder.path(), &["score", "--now", NOW]), before);
    assert!(fails(folder.path(), &["score", "--set", "humane=3"], 2).contains("humane"));
    assert!(fails(folder.path(), &["score", "--set", "human"], 2).contains("human=30"));
    assert!(fails(folder.path(), &["score", "--set", "human=-1"], 2).contains("-1"));
}

#[test]
fn robustness_is_the_same_every_time_and_certain_when_the_difference_is_large() {
    let folder = business();
    let robust = json(folder.path(), &["score", "--robust", "--now", NOW]);
    assert_eq!(robust["robust"]["coldest"], "find");
    assert_eq!(robust["robust"]["share"], 1.0);
    let shares = robust["robust"]["shares"].as_object().unwrap();
    assert!((shares.values().map(|share| share.as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 1e-12);
    assert_eq!(json(folder.path(), &["score", "--robust", "--now", NOW]), robust);
    assert!(ok(folder.path(), &["score", "--robust", "--now", NOW]).contains("1,000 times out of 1,000"));
}

#[test]
fn contributions_sum_to_every_warmth_and_the_interval_holds_it() {
    let folder = business();
    for (by, rows) in [("stage", "stages"), ("customer", "customers"), ("cell", "cells")] {
        let score = json(folder.path(), &["score", "--by", by, "--now", NOW]);
        for row in score[rows].as_array().unwrap() {
            let sum: f64 = row["contributions"].as_object().unwrap().values().map(|part| part.as_f64().unwrap()).sum();
            let warmth = row["warmth"].as_f64().unwrap();
            assert!((sum - warmth).abs() < 1e-9, "{row}");
            if let Some(interval) = row["interval"].as_array() {
                assert!(interval[0].as_f64().unwrap() <= warmth && warmth <= interval[1].as_f64().unwrap());
            }
        }
    }
}

#[test]
fn the_interval_is_students_over_two_equal_cells() {
    // Two cells of the same age with warmth a and b: mean ± t(1 df, .975)·|a−b|/2, t = 12.7062.
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), "id: customer\nstages: [{id: all}]\n");
    let csv = "at,customer,channel,direction,sentiment\n2026-03-10,Anna,visit,out,1\n2026-03-10,Bart,phone,both,0.5\n";
    std::fs::write(folder.path().join("log.csv"), csv).unwrap();
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    let score = json(folder.path(), &["score", "--now", NOW]);
    let interval = stage(&score, "all")["interval"].as_array().unwrap();
    let (a, b) = (56.666_666_666_667, 56.923_076_923_077);
    let half = 12.706_204_736_174_7 * (b - a) / 2.0;
    let mean = (a + b) / 2.0;
    assert!((interval[0].as_f64().unwrap() - (mean - half)).abs() < 1e-6, "{interval:?}");
    assert!((interval[1].as_f64().unwrap() - (mean + half)).abs() < 1e-6, "{interval:?}");
}

#[test]
fn too_little_evidence_is_said_and_is_no_finding() {
    let folder = business();
    let later = json(folder.path(), &["score", "--now", "2029-06-01"]);
    let find = stage(&later, "find");
    assert_eq!((&find["band"], &find["findings"]), (&"too little evidence".into(), &serde_json::json!([])));
    assert!(ok(folder.path(), &["suggest", "--now", "2029-06-01"]).contains("too little recent contact"));
}

#[test]
fn two_journeys_of_one_id_are_refused() {
    let folder = business();
    std::fs::write(folder.path().join("journeys/zz.yaml"), JOURNEY).unwrap();
    assert!(fails(folder.path(), &["score", "--now", NOW], 3).contains("two journeys are called `customer`"));
}

#[test]
fn a_failure_of_the_past_lies_on_the_stage_of_then() {
    let folder = business();
    ok(folder.path(), &["incident", "open", "Anna", "wrong parcel", "--at", "2026-01-15", "--now", NOW]);
    let list = json(folder.path(), &["incident", "list", "--now", NOW]);
    assert_eq!(list["incidents"][0]["stage"], "buy", "she is in `use` by now");
}

#[test]
fn a_renamed_customer_is_found_by_the_next_import() {
    let folder = business();
    ok(folder.path(), &["customers", "edit", "Bart", "--name", "Bart de Boer", "--now", NOW]);
    std::fs::write(folder.path().join("log.csv"), format!("{LOG}2026-03-09,Bart,phone,,\n")).unwrap();
    assert!(ok(folder.path(), &["import", "log.csv", "--now", NOW]).starts_with("1 added, 6 already known"));
    assert_eq!(ok(folder.path(), &["customers", "-O", "ids", "--now", NOW]), "anna\nbart-de-boer\n");
}

#[test]
fn a_customer_on_another_journey_counts_there() {
    let folder = business();
    std::fs::write(folder.path().join("journeys/partner.yaml"), "id: partner\nstages: [{id: meet}, {id: use}]\n").unwrap();
    ok(folder.path(), &["customers", "edit", "Bart", "--journey", "partner", "--now", NOW]);
    let customer = json(folder.path(), &["score", "--by", "customer", "--now", NOW]);
    assert_eq!(customer["customers"].as_array().unwrap().len(), 1);
    let partner = json(folder.path(), &["score", "--journey", "partner", "--now", NOW]);
    assert_eq!(partner["journey"], "partner");
    // A stage said on a touchpoint counts where the journey has it; the others are placed.
    assert_eq!((&stage(&partner, "meet")["touchpoints"], &stage(&partner, "use")["touchpoints"]), (&2.into(), &1.into()));
    assert!(fails(folder.path(), &["score", "--journey", "partnr"], 2).contains("did you mean `partner`"));
}
