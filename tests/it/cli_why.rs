//! `attent why`: the terms and the shares add up to the score, now and before.

use std::path::Path;

use attent::domain::calendar::Moment;
use attent::domain::course::Course;
use attent::domain::incident::Incident;
use attent::domain::model::Model;
use attent::intake::journey::parse_journey;
use attent::ledger::Ledger;
use serde_json::Value;

use crate::cli::{attent, fails, json, ok, workspace};

const JOURNEY: &str = "
id: customer
title: Customer
stages:
  - id: find
    title: Finding us
    rules:
      - channel: newsletter
  - id: buy
    title: Buying
    half_life: 30d
  - id: use
    title: Using
";

/// The touchpoints of METHOD §1.3, on days after 1970-01-01.
const EXAMPLE: &str = "at,customer,channel,direction,sender,personal,kind,sentiment,note
1970-01-01T00:00:00Z,Anna Bakker,email,out,automated,merged,relational,,welcome
1970-04-01T00:00:00Z,Anna Bakker,phone,out,human,personal,relational,0.5,called
1970-04-01T00:00:00Z,Anna Bakker,email,out,automated,generic,transactional,,invoice
1970-06-30T00:00:00Z,Anna Bakker,phone,in,human,personal,service,-0.25,asked
";

/// Several customers over three stages, with a late arrival and one planned ahead.
const LOG: &str = "at,customer,channel,direction,sender,personal,kind,sentiment,stage,note
1970-01-05T00:00:00Z,Anna Bakker,email,in,human,personal,service,0.2,find,a question
1970-02-01T00:00:00Z,Anna Bakker,visit,both,human,personal,relational,1,buy,a visit
1970-02-20T00:00:00Z,Anna Bakker,phone,in,human,personal,service,-0.5,,a complaint
1970-02-03T00:00:00Z,Bram de Vries,video,both,human,merged,promo,,buy,an offer
1970-03-01T00:00:00Z,Bram de Vries,card,out,human,personal,relational,0.5,use,a card
1970-03-15T00:00:00Z,Bram de Vries,newsletter,out,automated,generic,promo,,,news
1970-04-02T00:00:00Z,Bram de Vries,phone,out,assisted,personal,service,,,a call
1970-03-20T00:00:00Z,Chris Smit,email,out,human,personal,relational,,buy,hello
1970-04-10T00:00:00Z,Chris Smit,email,in,human,personal,relational,0.5,,hello back
1970-06-01T00:00:00Z,Chris Smit,visit,both,human,personal,relational,1,buy,planned ahead
";

fn filled(log: &str, now: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    workspace(folder.path(), JOURNEY);
    std::fs::write(folder.path().join("log.csv"), log).expect("the log is written");
    ok(folder.path(), &["import", "log.csv", "--now", now]);
    folder
}

#[track_caller]
fn close(found: &Value, expected: f64) {
    let found = found.as_f64().expect("a number");
    assert!((found - expected).abs() < 1e-6, "{found} is not {expected}");
}

fn shares(why: &Value) -> Vec<(&str, f64)> {
    let touches = why["touchpoints"].as_array().expect("touchpoints");
    touches.iter().map(|touch| (touch["note"].as_str().unwrap(), touch["share"].as_f64().unwrap())).collect()
}

/// Terms and touchpoints each sum to the score, and every term is its value times its weight.
#[track_caller]
fn adds_up(why: &Value) {
    let score = why["warmth"].as_f64().expect("a score");
    let rows = why["terms"].as_array().expect("terms").iter().chain([&why["failures"]]);
    let mut sum = 0.0;
    for term in rows {
        let [value, weight, contribution] = ["value", "weight", "contribution"].map(|field| term[field].as_f64().expect("a number"));
        assert!((value * weight - contribution).abs() < 1e-9, "{term}");
        sum += contribution;
    }
    assert!((sum - score).abs() < 1e-9, "terms: {sum} is not {score}");
    let touched: f64 = shares(why).iter().map(|(_, share)| share).sum::<f64>() + why["others"].as_f64().expect("others");
    assert!((touched - score).abs() < 1e-9, "touchpoints: {touched} is not {score}");
}

fn expected(why: &Value, terms: [f64; 6], score: f64, touches: &[(&str, f64)]) {
    adds_up(why);
    let rows = why["terms"].as_array().unwrap().iter().chain([&why["failures"]]);
    rows.zip(terms).for_each(|(row, term)| close(&row["contribution"], term));
    close(&why["warmth"], score);
    let found = shares(why);
    for (note, share) in touches {
        let (_, found) = found.iter().find(|(found, _)| found == note).expect("the touchpoint is shown");
        assert!((found - share).abs() < 1e-6, "{note}: {found} is not {share}");
    }
}

const TERMS: [f64; 5] = [12.5, 12.6875, 8.7, 1.5, 20.0 / 3.0];
const SHARES: [(&str, f64); 4] = [("welcome", 0.6875), ("called", 18.833_333_333), ("invoice", 0.0), ("asked", 22.533_333_333)];

#[test]
fn example_a_of_the_method() {
    let folder = filled(EXAMPLE, "1970-06-30");
    let why = json(folder.path(), &["why", "anna", "--now", "1970-06-30T00:00:00Z"]);
    let [a, b, c, d, e] = TERMS;
    expected(&why, [a, b, c, d, e, 0.0], 42.054_166_667, &SHARES);
    assert_eq!((&why["weakest"]["term"], &why["weakest"]["pillar"]), (&"sentiment".into(), &"Empathy".into()));
    assert_eq!((&why["schema"], &why["subject"]["name"]), (&"attent.why/1".into(), &"Anna Bakker".into()));
    assert_eq!(why["subject"]["stage"], "find");
    let two = json(folder.path(), &["why", "Anna Bakker", "--now", "1970-06-30T00:00:00Z", "--top", "1"]);
    assert_eq!((shares(&two).len(), &two["others_count"]), (1, &3.into()));
    adds_up(&two);
}

/// Opens a moderate failure on the day of the example, as `attent incident open` does.
fn wound(folder: &Path) {
    let course = Course::new(parse_journey(JOURNEY.as_bytes()).value.expect("a journey"), &Model::default());
    let (mut ledger, _) = Ledger::open(&folder.join("attent.db"), vec![course], 0).expect("a log");
    let customer = ledger.exactly("Anna Bakker").unwrap().expect("Anna");
    let now = Moment(180 * 86_400_000);
    let incident = Incident { stage: Some("find".into()), ..Incident::new(customer, "late", now) };
    ledger.open_incident(now, &incident).expect("it is opened");
}

#[test]
fn example_b_of_the_method_with_an_open_failure() {
    let folder = filled(EXAMPLE, "1970-06-30");
    wound(folder.path());
    let why = json(folder.path(), &["why", "anna", "--now", "1970-06-30T00:00:00Z"]);
    let [a, b, c, d, e] = TERMS;
    expected(&why, [a, b, c, d, e, -12.616_25], 29.437_916_667, &SHARES.map(|(note, share)| (note, share * 0.7)));
    assert_eq!(why["failures"]["open"], 1);
    close(&why["failures"]["value"], 0.3);
    adds_up(&json(folder.path(), &["why", "find", "--now", "1970-06-30T00:00:00Z"]));
    let before = json(folder.path(), &["why", "anna", "--now", "1970-07-30"]);
    close(&before["before"][0]["warmth"], 29.437_916_667);
}

/// Every stage and customer at several moments: what was, what is, what was planned.
#[test]
fn terms_and_touchpoints_sum_to_the_score_at_any_moment() {
    let folder = filled(LOG, "1970-05-01");
    for now in ["1970-02-10", "1970-03-18", "1970-05-01", "1970-06-15", "1970-12-01"] {
        let score = json(folder.path(), &["score", "--now", now]);
        for stage in score["stages"].as_array().unwrap().iter().filter(|stage| !stage["warmth"].is_null()) {
            for top in ["0", "2", "50"] {
                let why = json(folder.path(), &["why", stage["stage"].as_str().unwrap(), "--top", top, "--now", now]);
                assert_eq!(why["warmth"], stage["warmth"], "{now} {stage}");
                adds_up(&why);
                let touched = shares(&why).len() as u64 + why["others_count"].as_u64().unwrap();
                assert_eq!(touched, stage["touchpoints"].as_u64().unwrap(), "{now} {stage}");
            }
        }
        let people = json(folder.path(), &["score", "--by", "customer", "--now", now]);
        for person in people["customers"].as_array().unwrap().iter().filter(|person| !person["stage"].is_null()) {
            let why = json(folder.path(), &["why", person["customer"].as_str().unwrap(), "--now", now]);
            assert_eq!(why["warmth"], person["warmth"], "{now} {person}");
            adds_up(&why);
        }
    }
}

#[test]
fn what_it_was_is_what_it_would_have_been() {
    let folder = filled(LOG, "1970-05-01");
    let then = "1970-04-01T00:00:00Z";
    let older: String =
        LOG.lines().filter(|line| line[..10] <= *"1970-04-01" || line.starts_with("at")).map(|line| format!("{line}\n")).collect();
    let fresh = filled(&older, then);
    for subject in ["find", "buy", "use", "anna", "bram", "chris"] {
        let now = json(folder.path(), &["why", subject, "--now", "1970-05-01T00:00:00Z"]);
        let was = json(fresh.path(), &["why", subject, "--now", then]);
        assert_eq!(now["before"][0]["days"], 30);
        assert_eq!(now["before"][0]["warmth"], was["warmth"], "{subject}");
        assert_eq!(json(folder.path(), &["why", subject, "--now", then]), was, "{subject}");
    }
}

/// A log that cannot be written, under a journey that has changed since: stages are placed anew.
#[cfg(unix)]
#[test]
fn a_log_that_cannot_be_written_still_adds_up() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = filled(LOG, "1970-05-01");
    let changed = JOURNEY.replace("channel: newsletter", "channel: [newsletter, phone]");
    std::fs::write(folder.path().join("journeys/customer.yaml"), changed).unwrap();
    for name in ["attent.db", "attent.db-wal", "attent.db-shm"] {
        let _ = std::fs::set_permissions(folder.path().join(name), std::fs::Permissions::from_mode(0o400));
    }
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o500)).unwrap();
    let score = json(folder.path(), &["score", "--now", "1970-05-01"]);
    for stage in score["stages"].as_array().unwrap().iter().filter(|stage| !stage["warmth"].is_null()) {
        let why = json(folder.path(), &["why", stage["stage"].as_str().unwrap(), "--now", "1970-05-01"]);
        assert_eq!(why["warmth"], stage["warmth"]);
        adds_up(&why);
    }
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn without_contact_it_says_so_kindly() {
    let folder = filled(LOG, "1970-05-01");
    let why = json(folder.path(), &["why", "chris", "--now", "1970-01-01"]);
    assert!(why["warmth"].is_null() && why["weakest"].is_null() && why["before"][1]["warmth"].is_null(), "{why}");
    let said = ok(folder.path(), &["why", "using", "--now", "1970-01-01"]);
    assert!(said.contains("Nobody has had contact in Using yet"), "{said}");
    let said = ok(folder.path(), &["why", "chris", "--now", "1970-01-01", "--lang", "nl"]);
    assert!(said.contains("Er is nog geen contact geweest met Chris Smit"), "{said}");
}

#[test]
fn weights_are_tried_and_names_looked_up() {
    let folder = filled(LOG, "1970-05-01");
    let at = ["--now", "1970-05-01"];
    let tried = json(folder.path(), &["why", "Buying", "--set", "human=30", at[0], at[1]]);
    assert_eq!((&tried["subject"]["id"], &tried["terms"][0]["weight"]), (&"buy".into(), &30.0.into()));
    adds_up(&tried);
    assert!(fails(folder.path(), &["why", "buyy"], 1).contains("did you mean buy"));
    assert!(fails(folder.path(), &["why", "Ana Baker"], 1).contains("did you mean Anna Bakker"));
    assert!(fails(folder.path(), &["why", "r"], 2).contains("Bram de Vries"));
    let csv = ok(folder.path(), &["why", "buy", "-O", "csv", at[0], at[1]]);
    assert!(csv.starts_with("term,value,weight,contribution,question,pillar\nhuman,"), "{csv}");
    assert_eq!(csv.lines().count(), 8, "five terms, failures, the sum");
    let narrow = attent(folder.path(), &["why", "anna", "--width", "80", "--lang", "nl", at[0], at[1]]).output().unwrap();
    let shown = String::from_utf8(narrow.stdout).unwrap();
    assert!(shown.lines().all(|line| line.chars().count() <= 80) && shown.contains("Het zwakste onderdeel is"), "{shown}");
}
