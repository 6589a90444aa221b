//! `plan` as a person runs it: the best week there is, and why not something else.

use std::collections::HashMap;
use std::path::Path;

use serde_json::Value;

use super::cli::{attent, fails, json, ok, run, workspace};

/// When the tests play: a Wednesday.
pub const NOW: &str = "2026-07-01T12:00:00Z";

const JOURNEY: &str =
    "id: customer\ntitle: Customer\nstages:\n  - {id: find, title: Find}\n  - {id: buy, title: Buy}\n  - {id: use, title: Use}\n";

const LOG: &str = "at,customer,channel,direction,sender,personal,kind,sentiment,amount,stage,note
2026-03-02,Anna Jansen,email,out,automated,generic,transactional,,900,buy,invoice
2026-04-02,Anna Jansen,email,out,automated,generic,transactional,,,buy,invoice
2026-05-02,Anna Jansen,email,out,human,personal,relational,,,buy,asked about the oak
2026-03-02,Bram,newsletter,out,automated,generic,promo,,,find,spring
2026-03-12,Bram,email,out,human,personal,relational,,,find,hello
2026-03-02,Cleo,phone,both,human,personal,relational,0.5,300,use,about roses
2026-01-02,Dirk,visit,both,human,personal,relational,0.5,50,use,met at the fair
";

/// Four customers who have cooled, one of whom hears from a machine and writes back to nobody.
pub fn garden() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join("log.csv"), LOG).unwrap();
    at(folder.path(), &["import", "log.csv"]);
    folder
}

/// Says something of the settings.
pub fn set(folder: &Path, yaml: &str) {
    std::fs::write(folder.join("attent.yaml"), format!("language: en\n{yaml}")).unwrap();
}

/// Runs it when the tests play.
#[track_caller]
pub fn at(folder: &Path, args: &[&str]) -> String {
    ok(folder, &[args, &["--now", NOW]].concat())
}

/// Its JSON when the tests play.
#[track_caller]
pub fn json_at(folder: &Path, args: &[&str]) -> Value {
    json(folder, &[args, &["--now", NOW]].concat())
}

/// What a list of rows says in one field.
pub fn field(rows: &Value, key: &str) -> Vec<String> {
    rows.as_array().unwrap().iter().map(|row| row[key].as_str().map_or_else(|| row[key].to_string(), str::to_owned)).collect()
}

fn actions(folder: &Path, args: &[&str]) -> Vec<(String, String, i64)> {
    let answer = json_at(folder, &[&["plan"], args].concat());
    let action = |row: &Value| {
        (row["customer"]["name"].as_str().unwrap().to_owned(), row["play"].as_str().unwrap().to_owned(), row["value"].as_i64().unwrap())
    };
    answer["actions"].as_array().unwrap().iter().map(action).collect()
}

/// The same log and moment give the same bytes, whatever order the log came in and wherever it is read.
#[test]
fn the_same_input_gives_the_same_plan_to_the_byte() {
    let one = garden();
    for format in ["table", "json", "csv", "md", "html"] {
        let first = at(one.path(), &["plan", "-O", format]);
        assert_eq!(at(one.path(), &["plan", "-O", format]), first, "{format}");
    }
    let other = tempfile::tempdir().unwrap();
    workspace(other.path(), JOURNEY);
    ["Anna Jansen", "Bram", "Cleo", "Dirk"].iter().for_each(|name| drop(at(other.path(), &["customers", "add", name])));
    let mut rows: Vec<&str> = LOG.lines().collect();
    rows[1..].reverse();
    for (n, row) in rows[1..].iter().enumerate() {
        std::fs::write(other.path().join(format!("{n}.csv")), format!("{}\n{row}\n", rows[0])).unwrap();
        at(other.path(), &["import", &format!("{n}.csv")]);
    }
    assert_eq!(at(other.path(), &["plan", "-O", "json"]), at(one.path(), &["plan", "-O", "json"]));
    let here = actions(one.path(), &[]);
    for zone in ["Europe/Amsterdam", "America/New_York", "Pacific/Auckland"] {
        let output = attent(one.path(), &["plan", "-O", "json", "--now", NOW]).env("TZ", zone).output().unwrap();
        let there: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(field(&there["actions"], "play"), here.iter().map(|(_, play, _)| play.clone()).collect::<Vec<_>>(), "{zone}");
        assert_eq!(there["week"], json_at(one.path(), &["plan"])["week"], "{zone}");
    }
}

#[test]
fn a_week_is_named_in_many_ways() {
    let shop = garden();
    let week = |said: &str| json_at(shop.path(), &["plan", "--week", said])["week"]["name"].as_str().unwrap().to_owned();
    for (said, name) in [
        ("this", "2026-W27"),
        ("deze", "2026-W27"),
        ("NEXT", "2026-W28"),
        ("volgende", "2026-W28"),
        ("2026-W30", "2026-W30"),
        ("2026w30", "2026-W30"),
        ("w30", "2026-W30"),
        ("30", "2026-W30"),
        ("1", "2027-W01"),
        ("2026-07-05", "2026-W27"),
        ("2026-07-06", "2026-W28"),
        ("friday", "2026-W27"),
        ("2027-01-01", "2026-W53"),
    ] {
        assert_eq!(week(said), name, "{said}");
    }
    for (said, words) in [
        ("2026-W26", "that week is over"),
        ("2026-06-28", "over"),
        ("262142-W01", "1900 to 2199"),
        ("2200-W02", "1900 to 2199"),
        ("54", "--week was"),
        ("soon", "--week was"),
    ] {
        assert!(fails(shop.path(), &["plan", "--week", said, "--now", NOW], 2).contains(words), "{said}");
    }
    let last = ["plan", "--week", "this", "--now", "2026-07-05T23:59:59Z"];
    assert_eq!(json(shop.path(), &last)["week"]["until"], "2026-07-05");
    assert_eq!(json_at(shop.path(), &["plan", "--week", "next"])["as_of"], "2026-07-06T00:00:00+00:00", "it is planned as of its Monday");
}

#[test]
fn no_time_and_no_money_is_said_and_not_called_warm() {
    let shop = garden();
    let none = at(shop.path(), &["plan", "--minutes", "0", "--budget", "0"]);
    assert!(none.contains("something to do for 4 customers, and nothing of it fits") && !none.contains("too cold"), "{none}");
    let dutch = at(shop.path(), &["plan", "--minutes", "4", "--lang", "nl"]);
    assert!(dutch.contains("Er is iets te doen voor 4 klanten"), "{dutch}");
    let all = actions(shop.path(), &["--minutes", "100000", "--budget", "42949672.95"]);
    assert_eq!(all.len(), 5, "{all:?}");
    let free = json_at(shop.path(), &["plan", "--minutes", "100000", "--budget", "0"]);
    assert_eq!(free["planned"]["money"], 0.0);
    assert_eq!(free["waiting"], 0);
    for wrong in [["--minutes", "-1"], ["--minutes", "100001"], ["--minutes", "x"], ["--budget", "-1"], ["--budget", "99999999999"]] {
        let [flag, amount] = wrong;
        fails(shop.path(), &["plan", &format!("{flag}={amount}")], 2);
    }
    set(shop.path(), "budget: {minutes: 0}\n");
    for command in [&["nudge"][..], &[]] {
        let said = at(shop.path(), command);
        assert!(said.contains("nothing of it fits") && !said.contains("ll warm") && !said.contains("too cold"), "{command:?}\n{said}");
    }
    assert_eq!(at(shop.path(), &["nudge", "--quiet-if-empty"]), "");
}

#[test]
fn the_exit_code_says_whether_there_is_something_to_do() {
    let shop = garden();
    let code = |args: &[&str]| run(shop.path(), &[&["plan", "--exit-code", "--now", NOW], args].concat()).status.code();
    assert_eq!((code(&[]), code(&["--minutes", "0"])), (Some(10), Some(0)));
}

/// A play as far as choosing goes: through which channel, and what it takes.
fn plays() -> HashMap<String, (String, i64)> {
    let yaml = include_str!("../../src/plan/playbook.yaml");
    let plays = attent::intake::yaml::parse(yaml).unwrap().root.to_json()["plays"].clone();
    let cents = |play: &Value| (play["cost"].as_f64().unwrap_or_default() * 100.0).round() as i64;
    let play =
        |play: &Value| (play["id"].as_str().unwrap().to_owned(), (play["touchpoint"]["channel"].as_str().unwrap().to_owned(), cents(play)));
    plays.as_array().unwrap().iter().map(play).collect()
}

/// Everything that may be done for a customer in a week: hundredths of value, minutes, cents.
fn options(folder: &Path, who: &str, plays: &HashMap<String, (String, i64)>) -> Vec<[i64; 3]> {
    let considered = json_at(folder, &["plan", "--why", who])["considered"].clone();
    let rows = considered.as_array().unwrap().iter().filter(|row| row["value"].is_i64());
    let all: Vec<(String, String, i64, i64)> = rows
        .map(|row| {
            let text = |key: &str| row[key].as_str().unwrap().to_owned();
            (text("rule"), text("play"), row["value"].as_i64().unwrap(), row["minutes"].as_i64().unwrap())
        })
        .collect();
    let mut options = vec![[0, 0, 0]];
    for (at, (rule, play, value, minutes)) in all.iter().enumerate() {
        options.push([100 * value, *minutes, plays[play].1]);
        for (other_rule, other, more, longer) in &all[at + 1..] {
            if rule != other_rule && plays[play].0 != plays[other].0 {
                let worth = 100 * value.max(more) + 50 * value.min(more);
                options.push([worth, minutes + longer, plays[play].1 + plays[other].1]);
            }
        }
    }
    options
}

/// Every plan there is, tried.
fn best(groups: &[Vec<[i64; 3]>], minutes: i64, cents: i64) -> i64 {
    let Some((group, rest)) = groups.split_first() else { return 0 };
    let fitting = group.iter().filter(|[_, m, c]| *m <= minutes && *c <= cents);
    fitting.map(|[value, m, c]| value + best(rest, minutes - m, cents - c)).max().unwrap_or_default()
}

#[test]
fn no_plan_of_all_there_are_is_worth_more() {
    let shop = garden();
    let plays = plays();
    let groups: Vec<_> = ["Anna", "Bram", "Cleo", "Dirk"].iter().map(|who| options(shop.path(), who, &plays)).collect();
    assert!(groups.iter().map(Vec::len).product::<usize>() > 1_000, "there is something to choose from");
    let mut seen = std::collections::BTreeSet::new();
    for minutes in [0, 5, 10, 20, 25, 40, 60, 95, 180, 1000] {
        for cents in [0, 250, 300, 750, 6000] {
            let budget = format!("{}.{:02}", cents / 100, cents % 100);
            let answer = json_at(shop.path(), &["plan", "--minutes", &minutes.to_string(), "--budget", &budget]);
            let planned = &answer["planned"];
            let value = (planned["value"].as_f64().unwrap() * 100.0).round() as i64;
            assert_eq!(value, best(&groups, minutes, cents), "{minutes} minutes and {budget}");
            assert!(planned["minutes"].as_i64().unwrap() <= minutes && planned["money"].as_f64().unwrap() * 100.0 <= cents as f64 + 1e-6);
            assert_eq!(planned["proven"], true);
            seen.insert(value);
        }
    }
    assert!(seen.len() > 9, "the budgets give different plans: {seen:?}");
}

fn fates(folder: &Path, who: &str, args: &[&str]) -> Vec<(String, String, String)> {
    let answer = json_at(folder, &[&["plan", "--why", who], args].concat());
    let text = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    answer["considered"].as_array().unwrap().iter().map(|row| (text(row, "rule"), text(row, "play"), text(row, "fate"))).collect()
}

/// Each way in which something considered may end, with what is said of it.
#[test]
fn everything_considered_has_its_fate() {
    let has = |shop: &Path, who: &str, args: &[&str], expected: (&str, &str, &str), said: &str| {
        let all = fates(shop, who, args);
        let found = all.iter().any(|(rule, play, fate)| (rule.as_str(), play.as_str(), fate.as_str()) == expected);
        assert!(found, "{expected:?}\n{all:#?}");
        let page = at(shop, &[&["plan", "--why", who, "--width", "200"], args].concat());
        assert!(page.contains(said), "{said}\n{page}");
    };
    let shop = garden();
    let folder = shop.path();
    has(folder, "anna", &[], ("one-way", "drop-by", "chosen"), "in the plan");
    has(folder, "anna", &[], ("cold", "drop-by", "another"), "something else does more for them");
    has(folder, "anna", &[], ("cold", "voice-message", "outdone"), "does as much for no more");
    has(folder, "anna", &["--minutes", "0"], ("one-way", "drop-by", "budget"), "no room for it beside what does more");
    let newsletter = "plays:\n  - id: one-more-newsletter\n    title: A newsletter\n    action: Send it.\n    theme: update\n    answers: [cold]\n    minutes: 1\n    touchpoint: {channel: newsletter, direction: out, sender: automated, personal: generic, kind: promo}\n";
    let moved = |id: &str| {
        format!(
            "  - id: {id}\n    title: A card\n    action: Send it.\n    theme: card\n    answers: [hollow]\n    minutes: 1\n    touchpoint: {{channel: card}}\n"
        )
    };
    std::fs::write(folder.join("playbook.yaml"), format!("{newsletter}{}{}", moved("book-with-a-line"), moved("year-together"))).unwrap();
    at(folder, &["customers", "edit", "Dirk", "--since", "2024-07-04"]);
    has(folder, "cleo", &[], ("cold", "one-more-newsletter", "no-gain"), "less than half a point");
    has(folder, "dirk", &[], ("occasion", "", "no-play"), "no play in the playbook answers this");
    at(folder, &["customers", "edit", "Bram", "--no-contact"]);
    has(folder, "bram", &[], ("cold", "short-call", "rule"), "opt-out: asked not to be contacted");
    // With little time the digest brings up one thing for Anna; what else there is waits for it.
    set(folder, "budget: {minutes: 10}\n");
    at(folder, &["nudge"]);
    has(folder, "anna", &[], ("cold", "short-call", "stands"), "stands as nudge 1");
    has(folder, "anna", &[], ("one-way", "drop-by", "busy"), "they have a nudge already");
    at(folder, &["skip", "1"]);
    has(folder, "anna", &[], ("cold", "short-call", "rests"), "skipped not long ago; rests until 29 September");
    assert!(fates(folder, "anna", &["--week", "2026-W45"]).iter().all(|(_, _, fate)| fate != "rests"), "it has rested");
}

#[test]
fn a_customer_is_meant_by_name_or_not_at_all() {
    let shop = garden();
    at(shop.path(), &["customers", "add", "Anna Peters"]);
    let why = |who: &str, code| fails(shop.path(), &["plan", "--why", who, "--now", NOW], code);
    assert!(why("anna", 2).contains("fits 2 customers"));
    assert!(why("Zed", 1).contains("no customer"));
    let said = at(shop.path(), &["plan", "--why", "Anna Peters"]);
    assert!(said.contains("There is no reason to do something"), "{said}");
    assert_eq!(json_at(shop.path(), &["plan", "--why", "Anna Peters"])["considered"], serde_json::json!([]));
}

/// A number is a nudge's only, so that `done` never takes one customer for another's nudge.
#[test]
fn ids_are_numbers_of_nudges_and_names_of_customers() {
    let shop = garden();
    let ids = |args: &[&str]| at(shop.path(), &[args, &["-O", "ids"]].concat()).lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(ids(&["plan"])[..2], ["anna-jansen", "anna-jansen"]);
    assert_eq!(ids(&["nudge", "--dry-run"])[0], "anna-jansen");
    let numbers = ids(&["nudge"]);
    assert!(numbers.iter().all(|id| id.parse::<u32>().is_ok()), "{numbers:?}");
    assert_eq!(ids(&["nudges"]).len(), numbers.len());
    assert_eq!(ids(&["plan"]).iter().filter(|id| id.parse::<u32>().is_ok()).count(), numbers.len());
}
