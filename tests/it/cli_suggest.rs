//! `attent suggest`: what it promises is what happens.

use std::fmt::Write as _;

use serde_json::Value;

use crate::cli::{fails, json, ok, run, workspace};

const JOURNEY: &str = "id: customer
stages:
  - {id: find, title: Finding us, half_life: 30d}
  - {id: buy, title: Buying}
  - {id: use, title: Using}
";
const NOW: &str = "2026-07-01";

/// A business of some customers, most of whose contact is mail from a machine.
fn business() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    let mut csv = "at,customer,channel,direction,sender,personal,kind,sentiment,stage\n".to_owned();
    for n in 0..12 {
        let (month, day) = (1 + n % 5, 1 + 2 * n);
        writeln!(csv, "2026-0{month}-{day:02},Customer {n},social,in,human,generic,relational,,find").unwrap();
        writeln!(csv, "2026-0{month}-{:02},Customer {n},email,out,automated,generic,transactional,,buy", day + 2).unwrap();
        if n % 2 == 0 {
            writeln!(csv, "2026-0{month}-{:02},Customer {n},email,in,human,merged,service,-0.25,buy", day + 3).unwrap();
        }
        if n % 3 == 0 {
            writeln!(csv, "2026-0{month}-{:02},Customer {n},portal,in,automated,generic,service,,use", day + 4).unwrap();
            writeln!(csv, "2026-0{month}-{:02},Customer {n},newsletter,out,automated,generic,promo,,use", day + 4).unwrap();
        }
    }
    std::fs::write(folder.path().join("log.csv"), csv).unwrap();
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    folder
}

fn plays() -> Value {
    let yaml = include_str!("../../src/plan/playbook.yaml");
    attent::intake::yaml::parse(yaml).unwrap().root.to_json()["plays"].clone()
}

fn warmth(folder: &std::path::Path, stage: &str) -> f64 {
    let score = json(folder, &["score", "--now", NOW]);
    let stages = score["stages"].as_array().unwrap().iter();
    stages.filter(|line| line["stage"] == stage).find_map(|line| line["warmth"].as_f64()).unwrap()
}

/// Adds the play's touchpoint now for everybody who is in the stage, and takes it back again.
fn gain_when_done(folder: &std::path::Path, stage: &str, play: &Value) -> f64 {
    let before = warmth(folder, stage);
    let cells = json(folder, &["score", "--by", "cell", "--stage", stage, "--now", NOW]);
    let touch = &play["touchpoint"];
    let word = |key: &str| touch[key].as_str().unwrap_or_default();
    let mut csv = "at,customer,channel,direction,sender,personal,kind,sentiment,stage\n".to_owned();
    let cells = cells["cells"].as_array().unwrap();
    let anybody = cells.iter().any(|cell| cell["current"] == true);
    for cell in cells.iter().filter(|cell| cell["current"] == true || !anybody) {
        let name = cell["customer"].as_str().unwrap();
        let sentiment = touch["sentiment"].as_f64().filter(|s| *s != 0.0).map(|s| s.to_string()).unwrap_or_default();
        let (channel, direction, sender, personal, kind) =
            (word("channel"), word("direction"), word("sender"), word("personal"), word("kind"));
        writeln!(csv, "{NOW},{name},{channel},{direction},{sender},{personal},{kind},{sentiment},{stage}").unwrap();
    }
    std::fs::write(folder.join("done.csv"), csv).unwrap();
    ok(folder, &["import", "done.csv", "--now", NOW]);
    let after = warmth(folder, stage);
    ok(folder, &["undo", "--now", NOW]);
    assert!((warmth(folder, stage) - before).abs() < 1e-9);
    after - before
}

#[test]
fn the_expected_gain_is_what_doing_it_gives() {
    let folder = business();
    let answer = json(folder.path(), &["suggest", "--max", "20", "--now", NOW]);
    assert_eq!(answer["schema"], "attent.suggest/1");
    let suggestions = answer["suggestions"].as_array().unwrap();
    assert!(suggestions.len() >= 6, "{}", suggestions.len());
    let plays = plays();
    for suggestion in suggestions {
        let play = plays.as_array().unwrap().iter().find(|play| play["id"] == suggestion["play"]).unwrap();
        let done = gain_when_done(folder.path(), suggestion["stage"].as_str().unwrap(), play);
        let promised = suggestion["expected_gain"].as_f64().unwrap();
        assert!((done - promised).abs() < 1e-6, "{suggestion}: {done}");
    }
}

#[test]
fn the_coldest_stage_comes_first_with_at_most_two_actions_each() {
    let folder = business();
    let score = json(folder.path(), &["score", "--now", NOW]);
    let rank =
        |stage: &Value| score["stages"].as_array().unwrap().iter().find(|line| line["stage"] == *stage).unwrap()["rank"].as_f64().unwrap();
    let answer = json(folder.path(), &["suggest", "--now", NOW]);
    let stages: Vec<&Value> = answer["suggestions"].as_array().unwrap().iter().map(|suggestion| &suggestion["stage"]).collect();
    assert!(stages.windows(2).all(|pair| rank(pair[0]) <= rank(pair[1])));
    for stage in &stages {
        assert!(stages.iter().filter(|other| *other == stage).count() <= 2);
    }
    let one = json(folder.path(), &["suggest", "--max", "1", "--stage", "buy", "--now", NOW]);
    assert_eq!(one["suggestions"].as_array().unwrap().len(), 1);
    assert_eq!(one["suggestions"][0]["stage"], "buy");
}

#[test]
fn an_open_failure_and_an_opt_out_leave_room_for_nothing_else() {
    let folder = business();
    let who = |suggestion: &Value| -> Vec<String> {
        suggestion["customers"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect()
    };
    ok(folder.path(), &["incident", "open", "Customer 1", "wrong parcel", "--stage", "buy", "--at", "2026-06-29", "--now", NOW]);
    ok(folder.path(), &["customers", "edit", "Customer 2", "--no-contact", "--now", NOW]);
    let answer = json(folder.path(), &["suggest", "--stage", "buy", "--max", "20", "--now", NOW]);
    let plays = plays();
    let mut recovered = false;
    for suggestion in answer["suggestions"].as_array().unwrap() {
        let play = plays.as_array().unwrap().iter().find(|play| play["id"] == suggestion["play"]).unwrap();
        let names = who(suggestion);
        assert!(!names.contains(&"Customer 2".into()), "{suggestion}");
        if play["theme"] == "recovery" {
            assert_eq!(names, ["Customer 1"], "{suggestion}");
            recovered = true;
        } else {
            assert!(!names.contains(&"Customer 1".into()), "{suggestion}");
            assert_ne!(play["theme"], "present", "a gift without a moment");
        }
    }
    assert!(recovered);
}

#[test]
fn names_that_do_not_exist_are_answered_and_exit_codes_tell() {
    let folder = business();
    let said = fails(folder.path(), &["suggest", "--stage", "bui", "--now", NOW], 2);
    assert!(said.contains("did you mean `buy`"), "{said}");
    assert_eq!(run(folder.path(), &["suggest", "--exit-code", "--now", NOW]).status.code(), Some(10));
    assert_eq!(run(folder.path(), &["score", "--exit-code", "--now", NOW]).status.code(), Some(10));
}
