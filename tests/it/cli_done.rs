//! `done`: what it settles beside the contact. A failure, its cause, asking back, thanks, news, a present.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok};
use super::cli_week::{field, garden, set};

const OPENED: &str = "2026-07-01T09:00:00Z";

/// A day of July at noon.
fn july(day: u32) -> String {
    format!("2026-07-{day:02}T12:00:00Z")
}

#[track_caller]
fn on(folder: &Path, day: u32, args: &[&str]) -> String {
    ok(folder, &[args, &["--now", &july(day)]].concat())
}

/// The number of the nudge that stands under a rule once the digest of a day was made.
#[track_caller]
fn nudge(folder: &Path, day: u32, rule: &str) -> String {
    let digest = json(folder, &["nudge", "--max", "100", "--now", &july(day)]);
    let rows = digest["nudges"].as_array().unwrap();
    let found = rows.iter().find(|row| row["rule"] == rule).unwrap_or_else(|| panic!("{rule}\n{digest:#}"));
    assert_eq!(found["owed"], true, "{found}");
    found["nudge"].to_string()
}

fn stands(folder: &Path, day: u32, rule: &str) -> bool {
    field(&json(folder, &["nudge", "--max", "100", "--now", &july(day)])["nudges"], "rule").contains(&rule.to_owned())
}

fn failure(folder: &Path, day: u32, id: i64) -> Value {
    let all = json(folder, &["incident", "list", "--now", &july(day)])["incidents"].clone();
    all.as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone()
}

/// From the failure to asking back, each step a nudge; a budget of nothing does not stop what is owed.
#[test]
fn a_failure_is_settled_step_by_step() {
    let shop = garden();
    let folder = shop.path();
    set(folder, "budget: {minutes: 0, euros: 0}\n");
    on(folder, 1, &["incident", "open", "cleo", "wrong roses", "--kind", "delivery", "--at", OPENED]);
    let said = on(folder, 1, &["plan"]);
    assert!(said.contains("open for less than a day; nobody has answered yet") && said.contains("20 of 0 minutes"), "{said}");
    let first = nudge(folder, 1, "R1");
    let done = on(folder, 1, &["done", &first, "I am on it", "--checked"]);
    assert!(done.contains("Failure #1 is acknowledged"), "{done}");
    assert_eq!(failure(folder, 1, 1)["acknowledged"], "2026-07-01T12:00:00+00:00");
    let second = nudge(folder, 1, "R2");
    let done = on(folder, 1, &["done", &second, "--checked"]);
    assert!(done.contains("Failure #1 is made good"), "{done}");
    let made_good = failure(folder, 1, 1);
    assert_eq!([&made_good["resolved"], &made_good["status"]], ["2026-07-01T12:00:00+00:00", "resolved"]);
    assert!(!stands(folder, 12, "R8"), "two weeks is on the fifteenth, in the week after");
    let said = on(folder, 15, &["plan"]);
    assert!(said.contains("Owed, and beyond the minutes"), "{said}");
    let back = nudge(folder, 15, "R8");
    on(folder, 15, &["done", &back, "all is well", "--checked", "--felt", "great"]);
    let asked = failure(folder, 15, 1);
    assert_eq!([&asked["checked"], &asked["satisfied"]], [&value!("2026-07-15T12:00:00+00:00"), &value!(1.0)]);
    assert!(["R1", "R2", "R8"].iter().all(|rule| !stands(folder, 16, rule)));
    on(folder, 16, &["undo"]);
    assert_eq!(failure(folder, 16, 1)["checked"], Value::Null);
    assert!(stands(folder, 16, "R8"), "what was taken back is owed again");
}

#[test]
fn a_failure_that_comes_back_asks_for_its_cause_in_words() {
    let shop = garden();
    let folder = shop.path();
    on(folder, 1, &["incident", "open", "cleo", "late", "--kind", "delivery", "--at", "2026-03-01"]);
    on(folder, 1, &["incident", "resolve", "1", "--at", "2026-03-02"]);
    on(folder, 1, &["incident", "open", "cleo", "late again", "--kind", "Delivery", "--at", OPENED]);
    let task = nudge(folder, 1, "R6");
    assert!(on(folder, 1, &["nudge", "--max", "100"]).contains(&format!("#{task} Cleo: find the cause")));
    let wordless = fails(folder, &["done", &task, "--now", &july(1)], 2);
    assert!(wordless.contains("it does not say what came of it"), "{wordless}");
    let done = on(folder, 1, &["done", &task, "the van leaves an hour earlier"]);
    assert!(done.contains("What will be different stands with failure #2.") && !done.contains("goes from"), "{done}");
    assert_eq!(failure(folder, 1, 2)["lesson"], "the van leaves an hour earlier");
    let contacts = json(folder, &["timeline", "cleo", "--now", &july(1)])["touchpoints"].as_array().unwrap().len();
    assert_eq!(contacts, 1, "a task is no contact");
    assert!(!stands(folder, 1, "R6"));
    on(folder, 2, &["incident", "resolve", "2"]);
    assert_eq!(failure(folder, 2, 2)["lesson"], "the van leaves an hour earlier", "what was learned is not lost");
}

/// Somebody who is sent is thanked for, and who sent them hears what became of it.
#[test]
fn a_referral_is_thanked_for_and_told_about() {
    let shop = garden();
    let folder = shop.path();
    on(folder, 1, &["referral", "add", "Fay", "--by", "cleo", "--at", "2026-06-30"]);
    let thanks = nudge(folder, 1, "REF6");
    assert!(on(folder, 1, &["done", &thanks, "thank you!", "--checked"]).contains("The referral is thanked for."));
    let row = || json(folder, &["referral", "--now", &july(2)])["referrals"].clone();
    let fay = row().as_array().unwrap().iter().find(|row| row["customer"] == "Fay").unwrap().clone();
    assert!(fay["thanked"].is_string(), "{fay}");
    assert!(!stands(folder, 1, "REF6"));
    on(folder, 20, &["referral", "add", "Gus", "--by", "dirk", "--at", "2026-07-19", "--outcome", "a garden of his own"]);
    assert!(stands(folder, 20, "REF6"), "it stands as soon as it is known");
}

/// A present: its day, its price and its reason stand in the register, or it does not count as done.
#[test]
fn a_present_goes_into_the_register() {
    let shop = garden();
    let folder = shop.path();
    let tulips = "plays:\n  - id: tulips\n    title: Tulips\n    action: Bring them.\n    theme: present\n    answers: [cold]\n    minutes: 1\n    cost: 10\n    touchpoint: {channel: gift, direction: out, kind: relational, sentiment: 1}\n    occasion: {tag: [milestone], within: 14d}\n";
    std::fs::write(folder.join("playbook.yaml"), tulips).unwrap();
    set(folder, "budget: {minutes: 1, euros: 10}\n");
    on(
        folder,
        1,
        &["customers", "add", "Hans", "--since", "2024-12-01", "--gifts", "30", "--gift-cap-year", "40", "--note", "likes tulips"],
    );
    for day in ["2026-02-01", "2026-03-01", "2026-04-01"] {
        on(folder, 1, &["log", "Hans", "visited", "--channel", "visit", "--felt", "1", "--at", day]);
    }
    on(folder, 1, &["log", "Hans", "the garden is ready", "--channel", "visit", "--felt", "1", "--tag", "milestone", "--at", "2026-06-29"]);
    let digest = json(folder, &["nudge", "--now", &july(1)]);
    let row =
        digest["nudges"].as_array().unwrap().iter().find(|row| row["play"] == "tulips").unwrap_or_else(|| panic!("{digest:#}")).clone();
    let (id, money) = (row["nudge"].to_string(), row["cost"].clone());
    assert_eq!((money, row["place"].as_str()), (value!(10.0), Some("milestone:2026-06-29")));
    let asked = fails(folder, &["done", &id, "--checked", "--now", &july(2)], 2);
    assert!(asked.contains("--why, --by") && asked.contains("G10"), "{asked}");
    let register = || json(folder, &["gifts", "--register", "--now", &july(2)]);
    assert_eq!(register()["count"], 0);
    let done = on(folder, 2, &["done", &id, "red tulips", "--checked", "--why", "her garden is ready", "--by", "Zoë", "--cost", "8.50"]);
    assert!(done.contains("It stands in the register"), "{done}");
    let given = register()["gifts"][0].clone();
    assert_eq!(
        [&given["what"], &given["value"], &given["why"], &given["given_by"], &given["occasion"]],
        [&value!("red tulips"), &value!(8.5), &value!("her garden is ready"), &value!("Zoë"), &value!("milestone:2026-06-29")]
    );
    let contact = json(folder, &["timeline", "Hans", "--now", &july(2)])["touchpoints"].clone();
    assert_eq!(contact.as_array().unwrap().iter().filter(|row| row["channel"] == "gift" && row["amount"] == 8.5).count(), 1);
    on(folder, 2, &["undo"]);
    assert_eq!(register()["count"], 0);
    assert_eq!(json(folder, &["nudges", "hans", "--now", &july(2)])["nudges"][0]["state"], "open");
}

/// The contact carries the tags of its play, so that what counts them counts this one.
#[test]
fn the_contact_carries_the_tags_of_its_play() {
    let shop = garden();
    let folder = shop.path();
    on(folder, 1, &["referral", "add", "Fay", "--by", "cleo", "--at", "2026-06-30"]);
    let thanks = nudge(folder, 1, "REF6");
    on(folder, 1, &["done", &thanks, "--checked"]);
    let rows = json(folder, &["timeline", "cleo", "--now", &july(1)])["touchpoints"].clone();
    let tags: Vec<String> = rows.as_array().unwrap().iter().map(|row| row["tags"].to_string()).collect();
    assert!(tags.iter().any(|tags| tags.contains("referral-thanks")), "{tags:?}");
}
