//! When what a nudge asked for was done, how long it took and what it cost: no step comes before the one it
//! follows, and the week counts what was spent.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok};
use super::cli_week::{at, garden, json_at, set};

/// A day of July at noon.
fn july(day: u32) -> String {
    format!("2026-07-{day:02}T12:00:00Z")
}

#[track_caller]
fn on(folder: &Path, day: u32, args: &[&str]) -> String {
    ok(folder, &[args, &["--now", &july(day)]].concat())
}

#[track_caller]
fn refused(folder: &Path, day: u32, args: &[&str], code: i32) -> String {
    fails(folder, &[args, &["--now", &july(day)]].concat(), code)
}

/// The number of the nudge that stands under a rule once the digest of a day was made.
#[track_caller]
fn nudge(folder: &Path, day: u32, rule: &str) -> String {
    let digest = json(folder, &["nudge", "--max", "100", "--now", &july(day)]);
    let rows = digest["nudges"].as_array().unwrap();
    rows.iter().find(|row| row["rule"] == rule).unwrap_or_else(|| panic!("{rule}\n{digest:#}"))["nudge"].to_string()
}

fn failure(folder: &Path) -> Value {
    json(folder, &["incident", "list", "--now", &july(31)])["incidents"][0].clone()
}

/// What the incident verbs refuse, `done` refuses in the same words; and then nothing is recorded.
#[test]
fn no_step_of_a_failure_comes_before_the_one_it_follows() {
    let shop = garden();
    let folder = shop.path();
    on(folder, 2, &["incident", "open", "cleo", "wrong roses", "--at", "2026-07-02T09:00:00Z"]);
    let contacts = || json(folder, &["timeline", "cleo", "--now", &july(31)])["touchpoints"].as_array().unwrap().len();
    let before = contacts();
    let steps = [
        ("R1", 2, "2026-07-01", "--at lies before it went wrong", &["incident", "ack", "1"][..]),
        ("R2", 3, "2026-07-02T10:00:00Z", "--at lies before it was acknowledged", &["incident", "resolve", "1"]),
        ("R8", 20, "2026-07-02", "--at lies before it", &["incident", "check", "1"]),
    ];
    for (step, (rule, day, too_early, words, verb)) in steps.into_iter().enumerate() {
        let id = nudge(folder, day, rule);
        let said = refused(folder, day, &["done", &id, "--checked", "--at", too_early], 2);
        assert!(said.contains(words), "{rule}\n{said}");
        assert!(refused(folder, day, &[verb, &["--at", too_early]].concat(), 2).contains(words), "{rule}: the verb says the same");
        assert_eq!(contacts(), before + step, "{rule}: nothing was recorded");
        on(folder, day, &["done", &id, "--checked"]);
    }
    let moments = ["acknowledged", "resolved", "checked"].map(|step| failure(folder)[step].clone());
    assert_eq!(moments, ["02", "03", "20"].map(|day| value!(format!("2026-07-{day}T12:00:00+00:00"))));
}

/// A contact from before it went wrong is no answer to it.
#[test]
fn a_contact_on_the_log_counts_from_when_it_went_wrong() {
    let shop = garden();
    let folder = shop.path();
    on(folder, 2, &["log", "cleo", "called her", "--channel", "phone", "--at", "2026-07-02T08:00:00Z"]);
    on(folder, 2, &["incident", "open", "cleo", "wrong roses", "--at", "2026-07-02T09:00:00Z"]);
    let id = nudge(folder, 2, "R1");
    assert!(refused(folder, 2, &["done", &id, "--logged", "--checked"], 1).contains("no contact by you"));
    on(folder, 2, &["log", "cleo", "called her again", "--channel", "phone", "--at", "2026-07-02T10:00:00Z"]);
    on(folder, 2, &["done", &id, "--logged", "--checked"]);
    assert_eq!(failure(folder)["acknowledged"], "2026-07-02T10:00:00+00:00");
}

/// An explanation answers a failure; where it put it right at once, that can be said.
#[test]
fn a_failure_can_be_made_good_at_once() {
    let made_good = |more: &[&str]| {
        let shop = garden();
        let folder = shop.path();
        on(folder, 2, &["incident", "open", "cleo", "wrong roses", "--at", "2026-07-02T09:00:00Z"]);
        let id = nudge(folder, 2, "R1");
        let said = on(folder, 2, &[&["done", &id, "--checked"], more].concat());
        (said, failure(folder))
    };
    let (said, row) = made_good(&[]);
    for words in ["Failure #1 is acknowledged", "attent done", "attent incident resolve 1 --personal", "--made-good"] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    assert_eq!(row["resolved"], Value::Null);
    let (said, row) = made_good(&["--made-good"]);
    assert!(said.contains("Failure #1 is made good") && !said.contains("acknowledged"), "{said}");
    assert_eq!([&row["acknowledged"], &row["resolved"]], [&value!("2026-07-02T12:00:00+00:00"); 2]);
    let shop = garden();
    let digest = json_at(shop.path(), &["nudge"]);
    let cold = digest["nudges"][0]["nudge"].to_string();
    let said = refused(shop.path(), 1, &["done", &cold, "--checked", "--made-good"], 2);
    assert!(said.contains("--made-good does not go with nudge"), "{said}");
}

/// Answering what was made good meanwhile does not turn its clock back to front.
#[test]
fn what_is_made_good_is_not_acknowledged_after_it() {
    let shop = garden();
    let folder = shop.path();
    on(folder, 2, &["incident", "open", "cleo", "wrong roses", "--at", "2026-07-02T09:00:00Z"]);
    let id = nudge(folder, 2, "R1");
    on(folder, 3, &["incident", "resolve", "1", "--at", "2026-07-02T11:00:00Z"]);
    on(folder, 3, &["done", &id, "--checked"]);
    let row = failure(folder);
    assert_eq!([&row["acknowledged"], &row["resolved"]], [&Value::Null, &value!("2026-07-02T11:00:00+00:00")]);
}

#[test]
fn nobody_is_thanked_or_told_before_somebody_came() {
    let shop = garden();
    let folder = shop.path();
    on(folder, 2, &["referral", "add", "Fay", "--by", "cleo", "--at", "2026-07-02T10:00:00Z", "--outcome", "a garden"]);
    for verb in [&["referral", "thank", "cleo"][..], &["referral", "told", "cleo", "--for", "fay"]] {
        let said = refused(folder, 3, &[verb, &["--at", "2026-07-01"]].concat(), 2);
        assert!(said.contains("--at lies before Fay came") && said.contains("2 Jul 2026"), "{verb:?}\n{said}");
    }
    let id = nudge(folder, 3, "REF6");
    assert!(refused(folder, 3, &["done", &id, "--checked", "--at", "2026-07-01"], 2).contains("--at lies before Fay came"));
    for sender in ["assisted", "automated"] {
        assert!(refused(folder, 3, &["referral", "thank", "cleo", "--sender", sender], 1).contains("REF6"), "{sender}");
    }
    // On the day itself, whatever the hour.
    on(folder, 3, &["referral", "told", "cleo", "--for", "fay", "--at", "2026-07-02"]);
    on(folder, 3, &["done", &id, "--checked", "--at", "2026-07-02"]);
}

/// What was really spent is what the week has less.
#[test]
fn the_week_counts_what_was_spent() {
    let shop = garden();
    let folder = shop.path();
    set(folder, "budget: {minutes: 20, euros: 0}\n");
    let id = json_at(folder, &["nudge"])["nudges"][0]["nudge"].to_string();
    set(folder, "budget: {minutes: 180, euros: 60}\n");
    // What the plan finds besides what stands.
    let more = || -> i64 {
        let plan = json_at(folder, &["plan"]);
        let new = plan["actions"].as_array().unwrap().iter().filter(|row| row["nudge"].is_null());
        new.map(|row| row["minutes"].as_i64().unwrap()).sum()
    };
    let before = more();
    assert!(before > 20, "{before}");
    at(folder, &["done", &id, "--checked", "--minutes", "175", "--cost", "59"]);
    let number: i64 = id.parse().unwrap();
    let kept = json_at(folder, &["nudges", "--all"])["nudges"].clone();
    let row = kept.as_array().unwrap().iter().find(|row| row["nudge"] == number).unwrap();
    assert_eq!([&row["minutes"], &row["cost"]], [&value!(175), &value!(59.0)], "{row}");
    assert!(more() <= 5, "{} minutes", more());
    at(folder, &["undo"]);
    assert_eq!(more(), before);
}
