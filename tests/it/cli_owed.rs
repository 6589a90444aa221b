//! What is owed becomes a nudge at once, and what is on the log already counts.

use std::path::Path;

use serde_json::Value;

use crate::cli::{fails, json, ok};

const NOW: &str = "2026-07-01T09:00";

fn at<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, &["--now", NOW]].concat()
}

/// A workspace with two customers of whom one is known for long.
fn shop() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    ok(folder.path(), &["init", ".", "--template", "agency", "--lang", "en"]);
    for day in ["2025-09-01", "2026-01-10", "2026-06-20"] {
        ok(folder.path(), &at(&["log", "Kate Sullivan", "coffee about the roses", "--channel", "visit", "--at", day, "--new"]));
    }
    ok(folder.path(), &at(&["log", "Tom Whitaker", "he asked for a price", "--channel", "email", "--in", "--at", "2026-01-05", "--new"]));
    folder
}

fn standing(folder: &Path) -> Vec<(i64, String, String)> {
    let nudges = json(folder, &at(&["nudges"]))["nudges"].as_array().expect("nudges").clone();
    let told = |nudge: &Value, key: &str| nudge[key].as_str().expect("a word").to_owned();
    nudges.iter().map(|nudge| (nudge["nudge"].as_i64().expect("a number"), told(nudge, "place"), told(nudge, "rule"))).collect()
}

#[test]
fn a_failure_is_a_nudge_of_this_week_and_doing_it_acknowledges_it() {
    let shop = shop();
    let folder = shop.path();
    std::fs::write(folder.join("playbook.yaml"), "hide: [put-right-in-person]\n").expect("a playbook");
    let said = ok(folder, &at(&["incident", "open", "kate", "the wrong colour"]));
    assert!(said.contains("It is nudge 1 of this week"), "{said}");
    assert_eq!(standing(folder), [(1, "incident:1".to_owned(), "R1".to_owned())]);
    let done = json(folder, &at(&["done", "1", "said sorry", "--checked"]));
    assert_eq!(done["nudges"][0]["state"], "done");
    let incident = &json(folder, &at(&["incidents"]))["incidents"][0];
    assert_eq!((&incident["status"], incident["acknowledged"].is_string()), (&Value::from("acknowledged"), true), "{incident}");
    // Then it waits to be made good, which is another nudge of the next digest.
    ok(folder, &at(&["nudge"]));
    assert!(standing(folder).contains(&(2, "incident:1".to_owned(), "R2".to_owned())), "{:?}", standing(folder));
    ok(folder, &at(&["done", "2", "--checked"]));
    assert_eq!(json(folder, &at(&["incidents"]))["incidents"][0]["status"], "resolved");
}

#[test]
fn who_sent_somebody_is_thanked_within_two_days_however_it_was_recorded() {
    for add in [&["referral", "add", "Nico", "--by", "kate"][..], &["customers", "add", "Nico", "--referred-by", "kate"]] {
        let shop = shop();
        let folder = shop.path();
        ok(folder, &at(add));
        assert_eq!(standing(folder), [(1, "referral:1".to_owned(), "REF6".to_owned())], "{add:?}");
        assert!(json(folder, &at(&["nudges"]))["nudges"][0]["due"].as_str().expect("a day").starts_with("2026-07-03T09:00"));
        ok(folder, &at(&["done", "kate", "she was glad", "--checked"]));
        assert!(json(folder, &at(&["referral"]))["referrals"].to_string().contains("2026-07-01"), "thanked");
        ok(folder, &at(&["nudge"]));
        assert!(standing(folder).iter().all(|(_, _, rule)| rule != "REF6"), "thanked once");
    }
}

#[test]
fn a_contact_on_the_log_counts_for_the_nudge_that_asked_for_it() {
    let shop = shop();
    let folder = shop.path();
    ok(folder, &at(&["nudge"]));
    let (id, ..) = standing(folder).into_iter().find(|(_, place, _)| place.starts_with("stage:")).expect("a cold stage");
    let number = id.to_string();
    let who = json(folder, &at(&["nudges"]))["nudges"][0]["customer"]["name"].as_str().expect("a name").to_owned();
    fails(folder, &at(&["done", &number, "--logged", "--checked"]), 1);
    let said = ok(folder, &at(&["log", &who, "we talked about the pond", "--channel", "phone"]));
    assert!(said.contains(&format!("attent done {id} --logged")), "{said}");
    let before = json(folder, &at(&["timeline", &who]))["touchpoints"].as_array().expect("contacts").len();
    let done = json(folder, &at(&["done", &number, "--logged", "--checked"]));
    assert!(done["nudges"][0]["touchpoint"].is_i64(), "{done}");
    assert_eq!(json(folder, &at(&["timeline", &who]))["touchpoints"].as_array().expect("contacts").len(), before);
    // Taking that back leaves the contact and the nudge.
    ok(folder, &at(&["undo"]));
    assert!(standing(folder).iter().any(|(standing, ..)| *standing == id));
    assert_eq!(json(folder, &at(&["timeline", &who]))["touchpoints"].as_array().expect("contacts").len(), before);
}

#[test]
fn who_sent_somebody_and_never_had_contact_is_thanked_all_the_same() {
    let shop = shop();
    let folder = shop.path();
    ok(folder, &at(&["customers", "add", "Zita"]));
    ok(folder, &at(&["referral", "add", "Nico", "--by", "zita"]));
    let digest = ok(folder, &at(&["nudge"]));
    assert!(!digest.contains("No longer needed"), "{digest}");
    assert!(standing(folder).contains(&(1, "referral:1".to_owned(), "REF6".to_owned())));
    // A thank-you that was put off for long is still owed.
    ok(folder, &at(&["snooze", "1", "80d"]));
    let late = json(folder, &["nudge", "--now", "2026-09-25T09:00"]);
    assert!(late["nudges"].as_array().expect("nudges").iter().any(|nudge| nudge["rule"] == "REF6"), "{late}");
}

#[test]
fn an_open_failure_that_was_passed_over_comes_back_and_is_never_called_warm() {
    let shop = shop();
    let folder = shop.path();
    std::fs::write(folder.join("attent.yaml"), "budget: {minutes: 0}\n").expect("settings");
    ok(folder, &at(&["incident", "open", "kate", "the wrong colour"]));
    ok(folder, &at(&["skip", "1"]));
    let quiet = ok(folder, &["nudge", "--now", "2026-07-03T09:00"]);
    assert!(!quiet.contains("All warm"), "{quiet}");
    let later = json(folder, &["nudge", "--now", "2026-07-08T09:01"]);
    assert!(later["nudges"].as_array().expect("nudges").iter().any(|nudge| nudge["rule"] == "R1"), "{later}");
}

#[test]
fn asking_back_is_brought_up_on_the_monday_of_its_week() {
    let shop = shop();
    let folder = shop.path();
    ok(folder, &["incident", "open", "kate", "the wrong colour", "--now", "2026-06-23T09:00"]);
    ok(folder, &["incident", "resolve", "1", "--personal", "--now", "2026-06-24T12:00"]);
    let rules = |now: &str| {
        let nudges = json(folder, &["nudge", "--now", now])["nudges"].clone();
        nudges.as_array().expect("nudges").iter().map(|nudge| nudge["rule"].as_str().expect("a rule").to_owned()).collect::<Vec<_>>()
    };
    assert!(!rules("2026-06-29T08:00").contains(&"R8".to_owned()), "a week too early");
    assert!(rules("2026-07-06T08:00").contains(&"R8".to_owned()), "due on Wednesday");
}
