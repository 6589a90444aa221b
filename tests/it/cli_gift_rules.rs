//! The rules of giving wherever something is given: `gift given`, `done`, `referral thank`, `incident resolve`.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok};
use super::cli_week::{garden, set};

/// A Monday.
const NOW: &str = "2026-06-01T07:00:00Z";

#[track_caller]
fn at(folder: &Path, args: &[&str]) -> String {
    ok(folder, &[args, &["--now", NOW]].concat())
}

#[track_caller]
fn json_at(folder: &Path, args: &[&str]) -> Value {
    json(folder, &[args, &["--now", NOW]].concat())
}

/// R5 and G7: what may be accepted is answered by one policy, whoever said it.
#[test]
fn an_extra_is_held_against_the_policy_that_holds_for_them() {
    let shop = garden();
    let folder = shop.path();
    set(folder, "gift_policies: {zorg-thuis: 5, Überall: none}\n");
    for (name, segment, warned) in [
        ("Eva", "huisartsen", value!(["no-gifts"])),
        ("Finn", "Zorg thuis", value!(["above-policy"])),
        ("Gijs", "überall", value!(["no-gifts"])),
        ("Hans", "webshop", value!(["policy-unknown"])),
    ] {
        at(folder, &["customers", "add", name, "--segment", segment]);
        at(folder, &["incident", "open", name, "came late", "--at", "2026-05-29"]);
        let resolved = json_at(folder, &["incident", "resolve", name, "--extra", "10", "--personal", "--lesson", "leave earlier"]);
        assert_eq!(resolved["incidents"][0]["warnings"], warned, "{segment}\n{resolved:#}");
    }
}

/// Dora, a customer for years who accepts gifts, with a milestone two days ago.
fn dora(folder: &Path, more: &[&str]) {
    at(folder, &[&["customers", "add", "Dora", "--since", "2020-01-05", "--gifts", "50", "--note", "loves oaks"], more].concat());
    for day in ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"] {
        at(folder, &["log", "Dora", "about the garden", "--channel", "visit", "--at", day]);
    }
    at(folder, &["log", "Dora", "the garden is ready", "--channel", "visit", "--tag", "milestone", "--at", "2026-05-30"]);
}

const KNOWN: [&str; 4] = ["--why", "her garden", "--by", "Zoë"];

/// G6: the last gift is the measure however long ago it was, and an apology is none.
#[test]
fn the_last_gift_is_remembered_and_an_apology_is_no_step() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &[]);
    at(folder, &["log", "Dora", "a rose", "--channel", "gift", "--amount", "40", "--at", "2024-03-01"]);
    let offer = |value| [&["gift", "add", "dora", "A book on oaks", "--value", value, "--now", NOW], &KNOWN[..]].concat();
    let said = fails(folder, &offer("39"), 1);
    assert!(said.contains("- G6b: ") && !said.contains("- G5: "), "{said}");
    at(folder, &["log", "Dora", "sorry", "--channel", "gift", "--amount", "45", "--tag", "apology", "--at", "2024-05-01"]);
    ok(folder, &offer("40"));
}

/// G7: who approved one gift did not approve the next.
#[test]
fn an_approval_is_of_one_gift() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &["--gift-approval", "yes"]);
    let offer = |what, more: &[&'static str]| [&["gift", "add", "dora", what, "--value", "20", "--now", NOW], &KNOWN[..], more].concat();
    assert!(fails(folder, &offer("A book on oaks", &[]), 1).contains("- G7: "));
    ok(folder, &offer("A book on oaks", &["--for", "anniversary", "--on", "2027-01-05", "--approved-by", "Mo"]));
    let said = fails(folder, &offer("A lamp", &[]), 1);
    assert!(said.contains("- G7: "), "{said}");
    let stopped = |folder: &Path| json_at(folder, &["plan", "--why", "dora"]).to_string();
    assert!(stopped(folder).contains("G7"), "{}", stopped(folder));
}

const PLAYS: &str = "plays:
  - id: tulips
    title: Tulips
    action: Bring them.
    theme: present
    answers: [cold]
    minutes: 1
    cost: 10
    touchpoint: {channel: gift, direction: out, kind: relational, sentiment: 1}
    occasion: {tag: [milestone], within: 14d}
  - id: sorry-chocolate
    title: Chocolate
    action: Bring it.
    theme: recovery
    answers: [wounded]
    minutes: 1
    cost: 4
    touchpoint: {channel: gift, direction: out, kind: relational, sentiment: 1}
    after_recovery: true
";

/// Who says what it was, as `done` needs it of a present.
const DONE: [&str; 5] = ["--checked", "--why", "her garden", "--by", "Zoë"];

/// A workspace in which the digest asks for a play; gives the number of the nudge.
fn nudged(folder: &Path, play: &str) -> String {
    std::fs::write(folder.join("playbook.yaml"), PLAYS).unwrap();
    set(folder, "budget: {minutes: 500, euros: 100}\n");
    let digest = json_at(folder, &["nudge", "--max", "100"]);
    let rows = digest["nudges"].as_array().unwrap().iter();
    rows.clone().find(|row| row["play"] == play).unwrap_or_else(|| panic!("{play}\n{digest:#}"))["nudge"].to_string()
}

/// What was given, and what the log says that it cost.
fn given(folder: &Path) -> (Value, Value) {
    let present = json_at(folder, &["gifts", "--register"])["gifts"][0].clone();
    let log = json_at(folder, &["timeline", present["customer"].as_str().unwrap()])["touchpoints"].clone();
    let contact = log.as_array().unwrap().iter().find(|row| row["channel"] == "gift").cloned().unwrap();
    (present, contact)
}

/// A nudge for one occasion leaves the plan for another alone.
#[test]
fn a_nudge_gives_the_plan_for_its_own_occasion() {
    for (what, occasion, worth, left) in [("A lamp", "anniversary", 10.0, 1), ("An oak", "milestone", 22.0, 0)] {
        let shop = garden();
        let folder = shop.path();
        dora(folder, &[]);
        let id = nudged(folder, "tulips");
        at(folder, &[&["gift", "add", "dora", what, "--for", occasion, "--value", "22"], &KNOWN[..]].concat());
        at(folder, &[&["done", &id, "with a card"], &DONE[..]].concat());
        assert_eq!(json_at(folder, &["gift", "list"])["gifts"].as_array().unwrap().len(), left, "{what}");
        let (present, contact) = given(folder);
        assert_eq!([&present["value"], &contact["amount"]], [&value!(worth), &value!(worth)], "{what}");
        assert_eq!(present["occasion"], "milestone:2026-05-30");
    }
}

/// What is given is held against the rules of that day, whichever verb records it, and never refused.
#[test]
fn every_verb_that_gives_keeps_what_speaks_against_it() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &[]);
    let id = nudged(folder, "tulips");
    at(folder, &["customers", "edit", "dora", "--gifts", "none"]);
    let done = at(folder, &[&["done", &id, "with a card"], &DONE[..]].concat());
    assert!(done.contains("Against these rules, which is kept with it:") && done.contains("G7: "), "{done}");
    assert_eq!(given(folder).0["against"], "G7, G6");

    let other = garden();
    let folder = other.path();
    at(folder, &["referral", "add", "Fay", "--by", "cleo"]);
    let thank = ["referral", "thank", "cleo", "--channel", "gift", "--amount", "80", "--note", "VVV-bon", "--by", "Zoë"];
    let said = at(folder, &thank);
    assert!(said.contains("Against these rules") && said.contains("G8: "), "{said}");
    let (present, contact) = given(folder);
    let against = present["against"].as_str().unwrap();
    assert!(["G6", "G7", "G8"].iter().all(|rule| against.contains(rule)) && !against.contains("G10"), "{against}");
    assert_eq!([&present["what"], &present["why"], &present["given_by"]], ["VVV-bon", "thanked for sending Fay", "Zoë"]);
    assert_eq!([&present["occasion"], &present["touchpoint"]], [&value!("referral:1"), &contact["id"]]);
    let call = garden();
    at(call.path(), &["referral", "add", "Fay", "--by", "cleo"]);
    assert!(!at(call.path(), &["referral", "thank", "cleo"]).contains("Against"), "a call is no gift");
    assert_eq!(json_at(call.path(), &["gifts", "--register"])["count"], 0);
}

/// R5: a small extra that was given stands with the failure, and is no step on the ladder of values.
#[test]
fn an_extra_that_a_nudge_became_stands_with_its_failure() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &[]);
    at(folder, &["incident", "open", "dora", "came late", "--at", "2026-05-27"]);
    at(folder, &["incident", "resolve", "dora", "--at", "2026-05-28", "--personal", "--lesson", "leave earlier"]);
    let failure = |folder: &Path| json_at(folder, &["incident", "list"])["incidents"][0].clone();
    let before = failure(folder);
    let id = nudged(folder, "sorry-chocolate");
    let said = at(folder, &[&["done", &id, "dark chocolate", "--cost", "9"], &DONE[..]].concat());
    assert!(said.contains("It counts as the extra of failure #1."), "{said}");
    let after = failure(folder);
    assert_eq!(after["extra"], 9.0);
    assert!(after["quality"].as_f64() > before["quality"].as_f64(), "it was generous: {before:#} {after:#}");
    let (present, contact) = given(folder);
    assert_eq!([&present["value"], &present["against"]], [&value!(9.0), &value!("")]);
    assert!(contact["tags"].to_string().contains("apology"), "{contact}");
}

/// Money is told in the currency of the workspace.
#[test]
fn a_digest_tells_money_in_its_own_currency() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &[]);
    nudged(folder, "tulips");
    set(folder, "currency: USD\nbudget: {minutes: 500, euros: 100}\n");
    let digest = at(folder, &["nudge", "--max", "100"]);
    assert!(digest.contains("$10.00") && !digest.contains('€'), "{digest}");
}

/// One customer's calendar is the part of everybody's that is about them.
#[test]
fn the_calendar_of_one_is_their_part_of_the_whole() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &["--segment", "huisartsen"]);
    at(folder, &["customers", "add", "Eva", "--since", "2021-06-10", "--gifts", "20"]);
    at(folder, &["log", "Dora", "a rose", "--channel", "gift", "--amount", "12", "--at", "2026-05-31"]);
    at(folder, &["gift", "idea", "eva", "A fern"]);
    let [whole, hers] = [&["gifts"][..], &["gifts", "--customer", "eva"]].map(|args| json_at(folder, args));
    for list in ["occasions", "budgets"] {
        let of_eva = |rows: &Value| rows.as_array().unwrap().iter().filter(|row| row["customer"] == "Eva").cloned().collect::<Vec<_>>();
        assert!(!of_eva(&whole[list]).is_empty(), "{list}\n{whole:#}");
        assert_eq!(hers[list].as_array().unwrap(), &of_eva(&whole[list]), "{list}");
    }
    assert_eq!(json_at(folder, &["gifts", "--register", "--customer", "eva"])["count"], 0);
    assert_eq!(json_at(folder, &["gifts", "--register", "--customer", "dora"])["count"], 1);
}

/// G9: what is noted of somebody is noted also while nobody said whether they may accept gifts (G7).
#[test]
fn what_somebody_likes_is_something_a_gift_can_refer_to() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["customers", "add", "Ada", "--since", "2020-06-10"]);
    let stops = |args: &[&str]| -> Vec<String> {
        let all = json_at(folder, &[&["gifts"], args].concat());
        let line =
            all["occasions"].as_array().unwrap().iter().find(|line| line["customer"] == "Ada").unwrap_or_else(|| panic!("{all:#}")).clone();
        line["stops"]
            .as_array()
            .unwrap_or_else(|| panic!("{line:#}"))
            .iter()
            .map(|rule| rule["rule"].as_str().unwrap_or_else(|| panic!("{line:#}")).to_owned())
            .collect()
    };
    let nothing = |args: &[&str]| stops(args).contains(&"G9".to_owned());
    assert!(nothing(&["--customer", "ada"]));
    at(folder, &["gift", "prefers", "ada", "flowers from the field"]);
    assert!(!nothing(&["--customer", "ada"]) && !nothing(&[]));
    at(folder, &["customers", "edit", "ada", "--gifts", "50"]);
    assert!(!nothing(&["--customer", "ada"]) && !nothing(&[]));
    at(folder, &["gift", "prefers", "ada", "flowers", "--remove"]);
    assert!(nothing(&["--customer", "ada"]) && nothing(&[]));
}

/// G7: a refusal says where the answer goes, as long as there is none.
#[test]
fn a_refusal_says_where_it_is_said_what_they_may_accept() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["customers", "add", "Ada Bloem"]);
    let refused = || fails(folder, &["gift", "add", "ada", "a book", "--value", "20", "--why", "oaks", "--by", "Mo", "--now", NOW], 1);
    let said = refused();
    let command = said.split('`').find(|part| part.starts_with("attent customers edit")).unwrap_or_else(|| panic!("{said}")).to_owned();
    assert!(command.contains("Ada Bloem") && command.ends_with("--gifts 25"), "{said}");
    at(folder, &["customers", "edit", "ada", "--gifts", "25"]);
    assert!(!refused().contains("customers edit"));
}
