//! `attent plays`: the playbook as it counts here, and `suggest --play`.

use std::path::Path;

use serde_json::Value;

use crate::cli::{fails, json, ok, workspace};

const JOURNEY: &str = "id: customer\nstages:\n  - {id: buy, title: Buying}\n  - {id: use, title: Using}\n";

const OWN: &str = "hide: [drop-by, voice-message]
plays:
  - id: short-call
    title: {en: Our call, nl: Ons belletje}
    action: {en: Ring., nl: Bel.}
    theme: update
    answers: [cold, empty]
    minutes: 3
    touchpoint: {channel: phone}
  - id: walk
    title: A walk
    action: Walk with them.
    theme: celebration
    answers: cold
    stages: [use, later]
    not_for: Rain.
    minutes: 30
    cost: 2.50
    lead_time: 36h
    touchpoint: {channel: email, direction: out, sender: assisted, personal: merged, kind: service, sentiment: 0.5}
    checklist: [Good shoes]
    occasion: {tag: [deal, milestone], within: 2w}
    evidence: {grade: mixed, note: It rained., source: Nobody 2020}
";

fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join("playbook.yaml"), OWN).unwrap();
    folder
}

fn shipped() -> Vec<Value> {
    let yaml = include_str!("../../src/plan/playbook.yaml");
    attent::intake::yaml::parse(yaml).unwrap().root.to_json()["plays"].as_array().unwrap().clone()
}

fn ids(folder: &Path, args: &[&str]) -> Vec<String> {
    ok(folder, &[&["plays", "-O", "ids"], args].concat()).lines().map(str::to_owned).collect()
}

#[test]
fn without_a_workspace_it_is_the_shipped_playbook() {
    let bare = tempfile::tempdir().unwrap();
    let answer = json(bare.path(), &["plays"]);
    assert_eq!(answer["schema"], "attent.plays/1");
    let (told, shipped) = (answer["plays"].as_array().unwrap(), shipped());
    assert_eq!(told.len(), shipped.len());
    for (told, written) in told.iter().zip(&shipped) {
        assert_eq!(told["play"], written["id"]);
        for same in ["theme", "answers", "minutes"] {
            assert_eq!(told[same], written[same], "{}", written["id"]);
        }
        assert_eq!((&told["evidence"]["grade"], &told["origin"]), (&written["evidence"]["grade"], &"shipped".into()));
        assert_eq!(told["touchpoint"]["channel"], written["touchpoint"]["channel"]);
    }
    assert!(ok(bare.path(), &["plays", "short-call"]).contains("Where it does not fit"));
    fails(bare.path(), &["-w", "elsewhere", "plays"], 1);
}

#[test]
fn a_workspace_adds_changes_and_hides() {
    let folder = filled();
    let answer = json(folder.path(), &["plays"]);
    let origin = |id: &str| answer["plays"].as_array().unwrap().iter().find(|play| play["play"] == id).map(|play| play["origin"].clone());
    assert_eq!(origin("short-call").unwrap(), "changed");
    assert_eq!(origin("walk").unwrap(), "own");
    assert_eq!(origin("photo-update").unwrap(), "shipped");
    assert_eq!(origin("drop-by"), None);
    assert_eq!(answer["hidden"], serde_json::json!(["drop-by", "voice-message"]));
    assert!(ok(folder.path(), &["plays"]).contains("Hidden by playbook.yaml: drop-by, voice-message."));
    for command in [&["plays", "drop-by"][..], &["suggest", "--play", "drop-by"]] {
        let said = fails(folder.path(), command, 2);
        assert!(said.contains("does not count here") && said.contains("`hide`"), "{said}");
    }
    std::fs::write(folder.path().join("playbook.yaml"), "plays: [").unwrap();
    fails(folder.path(), &["plays"], 3);
}

#[test]
fn filters_leave_what_was_asked_for() {
    let folder = filled();
    assert_eq!(ids(folder.path(), &["--answers", "empty", "--theme", "update"]), ["short-call"]);
    let gifts = ids(folder.path(), &["--theme", "cadeau"]);
    let shipped = shipped();
    let written: Vec<_> = shipped.iter().filter(|play| play["theme"] == "present").map(|play| play["id"].as_str().unwrap()).collect();
    assert_eq!(gifts, written);
    assert!(ok(folder.path(), &["plays", "--answers", "crowded", "--theme", "present"]).contains("No play fits that."));
    assert!(fails(folder.path(), &["plays", "--answers", "kold"], 2).contains("too-digital"));
    fails(folder.path(), &["plays", "walk", "--theme", "update"], 2);
}

#[test]
fn one_play_is_told_whole() {
    let folder = filled();
    std::fs::write(folder.path().join("attent.yaml"), "language: en\nchannels:\n  email: 0.45\n").unwrap();
    let play = &json(folder.path(), &["plays", "walk"])["plays"][0];
    assert_eq!(play["lead_time_days"], 1.5);
    assert_eq!(play["stages"], serde_json::json!(["use", "later"]));
    assert_eq!(play["occasion"], serde_json::json!({"tags": ["deal", "milestone"], "within_days": 14.0}));
    let worth = serde_json::json!({"mass": 0.45, "pressure": 1.0, "human": 0.5, "personal": 0.3, "relational": 0.7});
    assert_eq!(play["touchpoint"]["worth"], worth);
    let page = ok(folder.path(), &["plays", "a WALK"]);
    for said in [
        "Walk with them.",
        "Using, later",
        "36 hours",
        "€2.50",
        "only when the log has deal or milestone in the last 14 days",
        "Rain.",
        "Good shoes",
        "It rained. (Nobody 2020)",
        "mixed",
        "own",
    ] {
        assert!(page.contains(said), "{said} is not in\n{page}");
    }
    let dutch = ok(folder.path(), &["plays", "ons belletje", "--lang", "nl"]);
    assert!(dutch.contains("aangepast") && dutch.contains("geen: het kan vandaag"), "{dutch}");
    for format in ["table", "json", "jsonl", "csv", "tsv", "md", "html", "ids"] {
        assert!(ok(folder.path(), &["plays", "walk", "-O", format]).contains("walk"), "{format}");
        assert!(ok(folder.path(), &["plays", "-O", format]).contains("walk"), "{format}");
    }
    assert_eq!(ok(folder.path(), &["plays", "walk", "-O", "csv"]).lines().count(), 2);
}

#[test]
fn an_unknown_play_is_answered_with_the_one_that_was_meant() {
    let folder = filled();
    for command in [&["plays", "short-cal"][..], &["suggest", "--play", "short-cal"]] {
        assert!(fails(folder.path(), command, 2).contains("did you mean `short-call`?"));
    }
    assert!(fails(folder.path(), &["plays", "zzz"], 2).contains("`attent plays` lists them"));
}

#[test]
fn suggest_keeps_to_the_play_that_was_named() {
    let folder = filled();
    let csv = "at,customer,channel,stage\n2026-06-01,Anna,newsletter,buy\n2026-06-02,Anna,newsletter,buy\n2026-06-03,Anna,email,buy\n";
    std::fs::write(folder.path().join("log.csv"), csv).unwrap();
    ok(folder.path(), &["import", "log.csv", "--now", "2026-07-01"]);
    let plays = |args: &[&str]| -> Vec<(Value, Value)> {
        let answer = json(folder.path(), &[&["suggest", "--now", "2026-07-01"], args].concat());
        let all = answer["suggestions"].as_array().unwrap().iter();
        all.map(|suggestion| (suggestion["play"].clone(), suggestion["expected_gain"].clone())).collect()
    };
    let all = plays(&["--max", "20"]);
    assert!(all.len() > 1);
    for (id, gain) in &all {
        assert_eq!(plays(&["--play", id.as_str().unwrap()]), [(id.clone(), gain.clone())]);
    }
    assert_eq!(plays(&["--play", "walk"]), [], "it fits in another stage");
}
