//! `attent suggest` where there is no cell to point at: promises that run from another stage,
//! failures without contact, what follows a recovery, and what makes a play a gift.

use std::path::Path;

use serde_json::Value;

use crate::cli::{json, ok, workspace};

const JOURNEY: &str = "id: customer
stages:
  - {id: a, title: Asking}
  - id: b
    title: Building
    promises: [{title: A call, channel: phone, who: human, within: 2d, of: a}]
  - {id: c, title: Caring}
";
const NOW: &str = "2026-07-01";

/// Two customers who were met in person long enough ago, warm and both ways.
fn met(folder: &Path) {
    workspace(folder, JOURNEY);
    let mut csv = "at,customer,channel,sentiment,stage,note\n".to_owned();
    for who in ["Xan", "Yara"] {
        for day in ["2026-03-02", "2026-04-06", "2026-05-11", "2026-06-26"] {
            csv += &format!("{day},{who},visit,1,a,talked about the garden\n");
        }
    }
    std::fs::write(folder.join("log.csv"), csv).unwrap();
    ok(folder, &["import", "log.csv", "--now", NOW]);
}

fn folder(journey: impl Fn(&str) -> String) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    met(folder.path());
    std::fs::write(folder.path().join("journeys/customer.yaml"), journey(JOURNEY)).unwrap();
    folder
}

fn without_promise(journey: &str) -> String {
    let promise = "    promises: [{title: A call, channel: phone, who: human, within: 2d, of: a}]\n";
    assert!(journey.contains(promise));
    journey.replace(promise, "")
}

fn suggested(folder: &Path, more: &[&str]) -> Vec<Value> {
    let answer = json(folder, &[&["suggest", "--max", "20", "--now", NOW], more].concat());
    answer["suggestions"].as_array().unwrap().clone()
}

fn plays(suggestions: &[Value], stage: &str) -> Vec<String> {
    let here = suggestions.iter().filter(|suggestion| suggestion["stage"] == stage);
    here.map(|suggestion| suggestion["play"].as_str().unwrap().to_owned()).collect()
}

fn own(folder: &Path, yaml: &str) {
    std::fs::write(folder.join("playbook.yaml"), yaml).unwrap();
}

#[test]
fn a_promise_overdue_in_a_stage_nobody_has_been_in_asks_for_action() {
    let folder = folder(str::to_owned);
    let suggestions = suggested(folder.path(), &[]);
    let call = suggestions.iter().find(|suggestion| suggestion["stage"] == "b").expect("something for stage b");
    assert_eq!(call["customers"], serde_json::json!(["Xan", "Yara"]));
    assert!(call["reason"].as_str().unwrap().contains("\u{201c}A call\u{201d} is still to come for 2 customers"), "{call}");
    assert!(!ok(folder.path(), &["suggest", "--max", "20", "--now", NOW]).contains("?."), "a title that asks is a sentence");
    // The first contact of a stage without cells: from nothing to the warmth of this one touchpoint.
    let gain = call["expected_gain"].as_f64().unwrap();
    for who in ["Xan", "Yara"] {
        let play = call["play"].as_str().unwrap();
        let touch = json(folder.path(), &["plays", play])["plays"][0]["touchpoint"].clone();
        let word = |key: &str| format!("--{key}={}", touch[key].as_str().unwrap());
        let (channel, sender, personal, kind) = (word("channel"), word("sender"), word("personal"), word("kind"));
        let direction = format!("--{}", touch["direction"].as_str().unwrap());
        let args = ["log", who, "done", &channel, &direction, &sender, &personal, &kind, "--stage", "b", "--at", NOW, "--now", NOW];
        ok(folder.path(), &args);
    }
    let score = json(folder.path(), &["score", "--now", NOW]);
    assert!((score["stages"][1]["warmth"].as_f64().unwrap() - gain).abs() < 1e-6, "{gain} {score}");
}

#[test]
fn a_failure_in_a_stage_without_contact_is_recovered_first() {
    let folder = folder(without_promise);
    assert!(ok(folder.path(), &["suggest", "--now", NOW]).contains("Well kept"));
    ok(folder.path(), &["incident", "open", "Xan", "it broke", "--stage", "c", "--at", "2026-06-30", "--now", NOW]);
    let suggestions = suggested(folder.path(), &[]);
    assert_eq!(plays(&suggestions, "c")[0], "own-up-call");
    assert_eq!(suggestions[0]["stage"], "c", "a wounded stage without a rank comes first");
    assert_eq!(suggestions[0]["customers"], serde_json::json!(["Xan"]));
    assert!(!ok(folder.path(), &["suggest", "--now", NOW]).contains("Well kept"));
}

#[test]
fn a_failure_of_somebody_without_contact_is_on_the_first_stage() {
    let folder = folder(without_promise);
    ok(folder.path(), &["customers", "add", "Zoë", "--now", NOW]);
    ok(folder.path(), &["incident", "open", "Zoë", "never came", "--at", "2026-06-30", "--now", NOW]);
    let suggestions = suggested(folder.path(), &[]);
    assert_eq!(suggestions[0]["stage"], "a");
    assert_eq!(suggestions[0]["customers"], serde_json::json!(["Zoë"]));
    let score = json(folder.path(), &["score", "--now", NOW]);
    assert_eq!(score["stages"][0]["findings"], serde_json::json!(["wounded"]));
    let customers = json(folder.path(), &["score", "--by", "customer", "--now", NOW]);
    let zoe = customers["customers"].as_array().unwrap().iter().find(|line| line["customer"] == "Zoë").cloned();
    assert!(zoe.is_none_or(|line| line["warmth"].is_null() || line["warmth"] == 0.0));
}

#[test]
fn a_failure_on_a_stage_that_is_gone_is_on_the_current_one() {
    let folder = folder(without_promise);
    ok(folder.path(), &["incident", "open", "Xan", "it broke", "--stage", "c", "--at", "2026-06-30", "--now", NOW]);
    std::fs::write(folder.path().join("journeys/customer.yaml"), without_promise(JOURNEY).replace("{id: c", "{id: care")).unwrap();
    let suggestions = suggested(folder.path(), &[]);
    assert_eq!((suggestions[0]["stage"].as_str(), &suggestions[0]["customers"][0]), (Some("a"), &"Xan".into()));
    assert_eq!(suggestions[0]["findings"], serde_json::json!(["wounded"]));
}

#[test]
fn a_failure_past_its_time_says_so() {
    let folder = folder(without_promise);
    ok(folder.path(), &["incident", "open", "Xan", "it broke", "--at", "2026-06-29", "--now", NOW]);
    let reason = suggested(folder.path(), &[])[0]["reason"].clone();
    assert!(reason.as_str().unwrap().contains("past its time"), "{reason}");
    assert!(!ok(folder.path(), &["suggest", "--now", "2026-06-29 12:00"]).contains("past its time"));
}

#[test]
fn the_card_afterwards_waits_until_it_is_right() {
    let folder = folder(str::to_owned);
    let open = ["incident", "open", "Xan", "it broke", "--stage", "b", "--severity", "minor", "--at", "2026-06-29", "--now", NOW];
    ok(folder.path(), &open);
    let open = plays(&suggested(folder.path(), &["--stage", "b"]), "b");
    assert!(open.contains(&"own-up-call".to_owned()) && !open.contains(&"sorry-card".to_owned()), "{open:?}");
    ok(folder.path(), &["incident", "resolve", "Xan", "--at", "2026-06-30", "--now", NOW]);
    let after = suggested(folder.path(), &["--stage", "b"]);
    let card = after.iter().find(|suggestion| suggestion["play"] == "sorry-card").expect("the card afterwards");
    assert_eq!(card["customers"], serde_json::json!(["Xan"]));
    assert!(card["reason"].as_str().unwrap().contains("made good"), "{card}");
    assert!(!plays(&after, "b").contains(&"own-up-call".to_owned()));
}

#[test]
fn a_glass_that_costs_something_is_a_gift() {
    let folder = folder(|journey| without_promise(journey).replace("{id: a, ", "{id: a, gap: {maximum: 3d}, "));
    own(
        folder.path(),
        "plays:\n  - {id: parcel, title: A parcel, action: Send it, theme: update, answers: overdue, minutes: 5, touchpoint: {channel: gift}}\n  - {id: treat, title: A treat, action: Bring it, theme: celebration, answers: overdue, minutes: 5, cost: 12, touchpoint: {channel: visit}}\n",
    );
    let given = |folder: &Path| {
        let suggestions = suggested(folder, &[]);
        let mut found: Vec<_> = plays(&suggestions, "a").into_iter().filter(|play| play == "parcel" || play == "treat").collect();
        found.sort();
        found
    };
    assert!(plays(&suggested(folder.path(), &[]), "a").len() > 1);
    assert_eq!(given(folder.path()), [""; 0], "nobody's policy is known");
    ok(folder.path(), &["customers", "edit", "Xan", "--gifts", "30", "--since", "2025-01-01", "--now", NOW]);
    assert_eq!(given(folder.path()), [""; 0], "there is no moment for it");
    ok(folder.path(), &["log", "Xan", "signed", "--channel", "email", "--tag", "deal", "--at", "2026-06-27", "--now", NOW]);
    assert_eq!(given(folder.path()), ["parcel", "treat"]);
    ok(folder.path(), &["log", "Xan", "next quote", "--channel", "email", "--tag", "offerte", "--at", "2026-07-20", "--now", NOW]);
    assert_eq!(given(folder.path()), [""; 0], "a quote is being prepared");
    ok(folder.path(), &["undo", "--now", NOW]);
    ok(folder.path(), &["log", "Xan", "a present", "--channel", "gift", "--at", "2026-09-20", "--now", NOW]);
    assert_eq!(given(folder.path()), [""; 0], "a gift is planned");
}

#[test]
fn who_is_overdue_comes_first_though_others_are_colder() {
    let folder = folder(|journey| without_promise(journey).replace("{id: a, ", "{id: a, gap: {maximum: 3d}, "));
    ok(folder.path(), &["log", "Bo", "asked something", "--channel", "social", "--in", "--new", "--at", "2026-06-30", "--now", NOW]);
    let suggestions = suggested(folder.path(), &[]);
    let reason = |suggestion: &&Value| suggestion["reason"].as_str().unwrap().contains("without contact");
    let first = suggestions.iter().find(reason).expect("something about the silence");
    assert_eq!(first["customers"], serde_json::json!(["Xan", "Yara", "Bo"]));
}
