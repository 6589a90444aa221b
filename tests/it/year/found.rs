//! What the simulated years found, each by itself.

use std::path::Path;

use crate::cli::{json, ok, run};

const LOG: &str = "at,customer,channel,direction,sentiment,amount,note,tags
2024-02-01T10:00,Anna,visit,,0.5,,hello,
2025-12-15T10:00,Anna,gift,out,,9,a plant,
2026-05-04T10:00,Anna,gift,out,,40,a bigger plant,
";
const MONDAY: &str = "2026-01-05T08:00";

/// A business of one customer, who was given something and will be given something larger.
fn business(folder: &Path) {
    ok(folder, &["init", "--template", "agency", "--no-input", "--lang", "en"]);
    std::fs::write(folder.join("log.csv"), LOG).unwrap();
    ok(folder, &["import", "log.csv", "--now", MONDAY]);
    ok(folder, &["customers", "edit", "Anna", "--gifts", "50", "--since", "2024-02-01", "--now", MONDAY]);
}

/// What stands in a digest: number, cause and play.
fn standing(digest: &serde_json::Value) -> Vec<String> {
    let owed = digest["nudges"].as_array().unwrap().iter().filter(|line| line["owed"] == true);
    owed.map(|line| format!("{} {} {} {}", line["nudge"], line["place"], line["rule"], line["play"]).replace('"', "")).collect()
}

#[test]
fn a_cause_comes_up_with_another_play_in_the_digest_that_closes_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    business(folder);
    std::fs::write(folder.join("playbook.yaml"), "hide: [put-right-in-person, own-up-call]\n").unwrap();
    ok(folder, &["incident", "open", "Anna", "a small thing", "--severity", "minor", "--now", MONDAY]);
    std::fs::write(folder.join("playbook.yaml"), "hide: [put-right-in-person]\n").unwrap();
    // The message for the small thing is too little now (R3), but only a digest may close it and say so.
    ok(folder, &["incident", "open", "Anna", "a large thing", "--severity", "severe", "--now", MONDAY]);
    assert_eq!(json(folder, &["nudges", "--now", MONDAY])["nudges"].as_array().unwrap().len(), 2);
    let digest = json(folder, &["nudge", "--now", "2026-01-05T09:00"]);
    assert_eq!(standing(&digest), ["2 incident:2 R1 own-up-call", "3 incident:1 R1 own-up-call"]);
    assert_eq!((&digest["closed"][0]["nudge"], &digest["closed"][0]["why"]), (&1.into(), &"R3".into()));
}

/// A second run of the same moment tells the same, and a clock that was wrong for a while neither hides
/// what passed nor tells it again.
#[test]
fn what_passed_is_told_for_the_time_since_the_last_digest() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    business(folder);
    let missed = |now: &str| json(folder, &["nudge", "--now", now])["missed"].as_array().unwrap().len();
    assert_eq!(missed(MONDAY), 0);
    assert_eq!([missed("2026-03-02"), missed("2026-03-02")], [1, 1], "two years a customer on 1 February");
    assert_eq!([missed("1970-01-03"), missed("2030-01-01T12:00")], [0, 0]);
    assert_eq!(missed("2026-03-09"), 0, "it was told a week ago");
    assert_eq!(missed("2026-03-09"), 0);
}

/// A gift that is planned hides neither the one that was just given nor what that was worth.
#[test]
fn a_planned_gift_is_not_the_last_one() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    business(folder);
    let ask = run(folder, &["referral", "ask", "Anna", "--now", MONDAY, "-O", "json"]);
    let ask: serde_json::Value = serde_json::from_slice(&ask.stdout).unwrap();
    let rules: Vec<_> = ask["asks"][0]["rules"].as_array().unwrap().iter().map(|rule| rule["rule"].clone()).collect();
    assert!(rules.contains(&"G4".into()), "{rules:?}");
    let plan = run(folder, &["gift", "add", "Anna", "a plant", "--value", "12", "--why", "the garden", "--by", "me", "--now", MONDAY]);
    let said = String::from_utf8(plan.stderr).unwrap();
    assert!(said.contains("G5") && !said.contains("G6b"), "{said}");
}
