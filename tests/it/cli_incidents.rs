//! The life of a failure, and `incidents`, as a person runs them. Now is Friday 20 November 2026, 12:00.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};

use super::cli::{attent, fails, json, ok, run};
use super::cli_ask::terminal;
use super::cli_log::{NOW, shop};

fn incident(folder: &Path, args: &[&str]) -> String {
    ok(folder, &[&["incident"], args, &["--now", NOW]].concat())
}

#[track_caller]
fn refused(folder: &Path, args: &[&str], code: i32) -> String {
    fails(folder, &[&["incident"], args, &["--now", NOW]].concat(), code)
}

fn board(folder: &Path, args: &[&str]) -> Value {
    json(folder, &[&["incidents", "--now", NOW], args].concat())
}

fn column<'a>(board: &'a Value, key: &str) -> Vec<&'a Value> {
    board["incidents"].as_array().unwrap().iter().map(|row| &row[key]).collect()
}

#[test]
fn a_failure_goes_from_open_to_asked_after() {
    let shop = shop(&["Anna Jansen"]);
    let folder = shop.path();
    let said = incident(folder, &["open", "anna", "wrong colour", "--loss", "120", "--at", "2026-11-20 10:00"]);
    assert!(said.contains("Answer by Sat 10:00, and make it good by Mon 10:00."), "{said}");
    assert!(said.contains("By phone or in person"), "R3: {said}");
    let said = incident(folder, &["ack", "anna", "--at", "2026-11-20 11:00", "--owner", "Zoë"]);
    assert!(said.starts_with("#1 Anna Jansen · acknowledged by Zoë\n") && said.contains("Make it good by Mon 10:00."), "{said}");
    assert!(incident(folder, &["assign", "#1", "Bas"]).starts_with("#1 Anna Jansen · Bas takes care of it\n"));
    assert_eq!(board(folder, &[])["incidents"][0]["acknowledged"], "2026-11-20T11:00:00+00:00", "assigning leaves the rest");
    let said = incident(folder, &["resolve", "1", "--personal", "--extra", "15", "--lesson", "colours are read back"]);
    assert!(said.contains("Ask how it is from 4 Dec 2026, and not for a favour: attent incident check 1"), "R8: {said}");
    let row = board(folder, &[])["incidents"][0].clone();
    for (key, value) in [
        ("owner", json!("Bas")),
        ("loss", json!(120.0)),
        ("extra", json!(15.0)),
        ("lesson", json!("colours are read back")),
        ("quality", json!(1.0)),
        ("status", json!("resolved")),
        ("waits_for", json!("check")),
        ("due", json!("2026-12-04T12:00:00+00:00")),
        ("acknowledge_by", json!("2026-11-21T10:00:00+00:00")),
        ("resolve_by", json!("2026-11-23T10:00:00+00:00")),
    ] {
        assert_eq!(row[key], value, "{key}");
    }
    let said = ok(folder, &["incident", "check", "anna", "--satisfied", "4", "--now", "2026-12-05"]);
    assert_eq!(said, "#1 Anna Jansen · asked after · satisfied: 4 of 5\n");
    let row = json(folder, &["incidents", "--now", "2026-12-05"])["incidents"][0].clone();
    assert_eq!([&row["status"], &row["waits_for"], &row["satisfied"]], [&json!("checked"), &Value::Null, &json!(0.5)]);
    assert!(ok(folder, &["undo"]).contains("failure #1 is as before"));
    assert_eq!(json(folder, &["incidents", "--now", "2026-12-05"])["incidents"][0]["status"], "resolved");
}

#[test]
fn a_step_that_cannot_be_is_refused_with_the_reason() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    incident(folder, &["open", "anna", "late", "--at", "2026-11-18"]);
    for (args, code, why) in [
        (&["check", "1"][..], 1, "has not been made good yet"),
        (&["check", "anna"], 1, "Anna has no failure to ask after"),
        (&["ack", "1", "--at", "2026-11-17"], 2, "--at lies before it went wrong"),
        (&["ack", "1", "--at", "2026-11-21"], 2, "--at lies ahead"),
        (&["ack", "bram"], 1, "Bram has no failure that waits for an answer"),
        (&["ack"], 2, "it does not say which failure"),
        (&["resolve"], 2, "it does not say which failure"),
        (&["check"], 2, "it does not say which failure"),
        (&["open", "anna"], 2, "it does not say what went wrong"),
        (&["resolve", "1", "--extra", "-1"], 2, "0 or more"),
        (&["open", "anna", "x", "--loss", "much"], 2, "much"),
        (&["assign", "9", "Zoë"], 1, "there is no failure #9"),
    ] {
        let said = refused(folder, args, code);
        assert!(said.contains(why), "{args:?}\n{said}");
    }
    incident(folder, &["ack", "1", "--at", "2026-11-19"]);
    assert!(refused(folder, &["ack", "1"], 1).contains("was acknowledged on 19 Nov 2026 already"));
    assert!(refused(folder, &["resolve", "1", "--at", "2026-11-18 12:00"], 2).contains("before it was acknowledged"));
    incident(folder, &["resolve", "1"]);
    assert!(refused(folder, &["ack", "1", "--lang", "nl"], 1).contains("is al goedgemaakt op"));
    assert!(refused(folder, &["check", "1", "--at", "2026-11-19"], 2).contains("before it was made good"));
    assert!(refused(folder, &["check", "1", "--satisfied", "6"], 2).contains("from 1 to 5"));
    incident(folder, &["check", "1"]);
    assert!(refused(folder, &["check", "1"], 1).contains("was asked after on"));
    assert!(refused(folder, &["assign", "1", "Zoë"], 1).contains("was asked after on"));
}

#[test]
fn r3_an_annoyance_may_be_answered_in_writing() {
    let shop = shop(&["Anna"]);
    assert!(!incident(shop.path(), &["open", "anna", "late", "--severity", "minor"]).contains("By phone"));
    assert!(incident(shop.path(), &["open", "anna", "lost", "--severity", "severe", "--lang", "nl"]).contains("Bel of ga langs"));
}

#[test]
fn r6_a_repeat_says_that_there_is_no_paradox_and_asks_for_the_cause() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    let first = incident(folder, &["open", "anna", "late", "--kind", "delivery", "--at", "2026-10-01"]);
    assert!(!first.contains("paradox"), "{first}");
    let other = incident(folder, &["open", "anna", "rude", "--kind", "tone", "--at", "2026-11-19"]);
    assert!(other.contains("Something went wrong on 1 Oct 2026 too (#1). No paradox here"), "{other}");
    assert!(!other.contains("fix the cause"), "{other}");
    let same = incident(folder, &["open", "anna", "late again", "--kind", "Delivery", "--at", "2026-11-20"]);
    assert!(same.contains("The same kind of thing went wrong on 1 Oct 2026 (#1).") && same.contains("fix the cause"), "{same}");
    assert!(incident(folder, &["resolve", "1", "--at", "2026-10-01 01:00"]).ends_with("incident check 1 --satisfied 1..5\n"));
    let resolved = json(folder, &["incident", "resolve", "3", "--now", NOW])["incidents"][0].clone();
    assert_eq!([&resolved["capped_by"], &resolved["cap"]], [&json!("same-kind"), &json!(0.3)]);
    let said = incident(folder, &["resolve", "2"]);
    assert!(said.contains("whoever owns it takes it higher"), "also when nothing is left to hold down: {said}");
}

#[test]
fn r5_an_extra_that_is_large_or_unwelcome_is_recorded_and_told() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    ok(folder, &["customers", "edit", "anna", "--gifts", "25"]);
    let resolve = |customer: &str, extra: &str, loss: &str| {
        incident(folder, &["open", customer, "late", "--loss", loss]);
        json(folder, &["incident", "resolve", customer, "--extra", extra, "--now", NOW])["incidents"][0].clone()
    };
    assert_eq!(resolve("anna", "15", "0")["warnings"], json!([]));
    assert_eq!(resolve("anna", "20", "99")["warnings"], json!(["extra-large"]));
    assert_eq!(resolve("anna", "20", "100")["warnings"], json!([]));
    assert_eq!(resolve("anna", "30", "1000")["warnings"], json!(["above-policy"]));
    assert_eq!(resolve("bram", "10", "0")["warnings"], json!(["policy-unknown"]));
    ok(folder, &["customers", "edit", "bram", "--gifts", "none"]);
    let refused = resolve("bram", "10", "0");
    assert_eq!([&refused["warnings"], &refused["extra"]], [&json!(["no-gifts"]), &json!(10.0)]);
    incident(folder, &["open", "anna", "late"]);
    let said = incident(folder, &["resolve", "anna", "--extra", "20", "--lang", "nl"]);
    assert!(said.contains("Vastgelegd. Een extraatje boven €\u{a0}15,00 doet zelden meer goed"), "{said}");
}

#[test]
fn incidents_puts_what_is_overdue_first() {
    let shop = shop(&["Anna", "Bram", "Cees", "Dora", "Els", "Fien", "Gijs"]);
    let folder = shop.path();
    let open = |who: &str, at: &str| incident(folder, &["open", who, "late", "--at", at]);
    open("anna", "2026-11-20 11:00"); // answer by tomorrow 11:00
    open("bram", "2026-11-18 12:00"); // a day too late to answer
    open("cees", "2026-11-01"); // made good, waits until 24 November
    open("dora", "2026-11-10"); // answered; more than a week too late to be made good
    open("els", "2026-01-01"); // over long ago
    open("fien", "2026-11-19 18:00"); // answer by today 18:00
    open("gijs", "2026-11-01"); // over
    incident(folder, &["resolve", "cees", "--at", "2026-11-10"]);
    incident(folder, &["ack", "dora", "--at", "2026-11-10"]);
    incident(folder, &["resolve", "els", "--at", "2026-01-02"]);
    incident(folder, &["resolve", "gijs", "--at", "2026-11-02"]);
    incident(folder, &["check", "gijs", "--at", "2026-11-17"]);
    let all = board(folder, &["--all"]);
    assert_eq!(all["schema"], "attent.incidents/1");
    assert_eq!(column(&all, "customer"), ["Dora", "Bram", "Fien", "Anna", "Cees", "Gijs", "Els"]);
    assert_eq!(column(&board(folder, &[]), "customer"), ["Dora", "Bram", "Fien", "Anna", "Cees", "Gijs"]);
    assert_eq!(column(&board(folder, &["--overdue"]), "overdue_hours"), [180.0, 24.0]);
    assert_eq!(column(&board(folder, &["--customer", "bram"]), "waits_for"), ["acknowledge"]);
    let said = ok(folder, &["incidents", "--now", NOW]);
    for clock in [
        "make good: 7 days too late",
        "answer: 24 hours too late",
        "answer by today 18:00",
        "answer by Sat 11:00",
        "ask how it is from Tue",
        "1 that are over are not shown; --all shows them.",
    ] {
        assert!(said.contains(clock), "{clock}\n{said}");
    }
    assert_eq!(ok(folder, &["incidents", "--now", NOW, "-O", "ids"]), "4\n2\n6\n1\n3\n7\n");
    assert_eq!(said, ok(folder, &["incident", "--now", NOW]), "`incident` alone is the same");
    let dutch = ok(folder, &["incidents", "--now", NOW, "--lang", "nl"]);
    assert!(dutch.contains("goedmaken: 7 dagen te laat") && dutch.contains("antwoord voor vandaag 18:00"), "{dutch}");
    let code = |args: &[&str]| run(folder, &[&["incidents", "--exit-code", "--now", NOW], args].concat()).status.code();
    assert_eq!([code(&[]), code(&["--customer", "anna"]), code(&["--customer", "bram"])], [Some(10), Some(0), Some(10)]);
    let csv = ok(folder, &["incidents", "--now", NOW, "-O", "csv"]);
    assert!(
        csv.starts_with("id,customer,stage,severity,what,status,clock,owner,quality,waits_for,due,overdue_hours,kind,opened,"),
        "{csv}"
    );
    for format in ["tsv", "md", "html", "jsonl"] {
        assert!(ok(folder, &["incidents", "--now", NOW, "-O", format]).contains("Dora"), "{format}");
    }
}

#[test]
fn r9_satisfaction_and_contact_are_told_apart() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    assert!(!ok(folder, &["incidents", "--now", NOW]).contains("Satisfied"), "nothing went wrong");
    for who in ["anna", "bram"] {
        incident(folder, &["open", who, "late", "--at", "2026-10-01"]);
        incident(folder, &["resolve", who, "--at", "2026-10-02"]);
    }
    assert!(ok(folder, &["incidents", "--now", NOW]).contains("nobody was asked in the last year"));
    incident(folder, &["check", "anna", "--satisfied", "5"]);
    incident(folder, &["check", "bram", "--satisfied", "bad"]);
    // Ours alone is no contact of theirs.
    ok(folder, &["log", "anna", "mailed her", "--out", "--at", "2026-11-19", "--now", NOW]);
    ok(folder, &["log", "bram", "he called", "--in", "--at", "2026-11-19", "--now", NOW]);
    let all = board(folder, &[]);
    assert_eq!(all["satisfaction"], json!({"answers": 2, "mean": 0.25, "mean_of_5": 3.5}));
    assert_eq!(all["retention"], json!({"customers": 2, "in_contact": 1, "within_days": 90.0}));
    let said = ok(folder, &["incidents", "--now", NOW]);
    assert!(said.contains("Satisfied afterwards: 3.5 of 5 on average (2 answers in the last year)."), "{said}");
    assert!(
        said.contains("Still in contact: 1 of 2 with something that went wrong in the last year was heard from")
            && said.contains("two different things"),
        "{said}"
    );
}

#[test]
fn what_is_missing_is_asked_for_at_a_terminal() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    let mut session = terminal(folder, &["incident", "open", "anna"]);
    session.exp_string("What went wrong?").unwrap();
    session.send_line("wrong colour").unwrap();
    session.exp_string("#1 Anna").unwrap();
    session.exp_eof().unwrap();
    ok(folder, &["incident", "open", "bram", "late"]);
    let mut session = terminal(folder, &["incident", "ack"]);
    session.exp_string("Which failure?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("Who takes care of it?").unwrap();
    session.send_line("Zoë").unwrap();
    session.exp_string("#1 Anna").unwrap();
    session.exp_eof().unwrap();
    let mut session = terminal(folder, &["incident", "resolve", "anna", "--lang", "nl"]);
    session.exp_string("Wat gebeurt er niet meer?").unwrap();
    session.send_line("kleur nalezen").unwrap();
    session.exp_string("Kwaliteit van het herstel").unwrap();
    session.exp_eof().unwrap();
    let mut session = terminal(folder, &["incident", "check", "1"]);
    session.exp_string("How satisfied are they, from 1 to 5?").unwrap();
    session.send_line("5").unwrap();
    session.exp_string("satisfied: 5 of 5").unwrap();
    session.exp_eof().unwrap();
    let row = json(folder, &["incidents", "--customer", "anna"])["incidents"][0].clone();
    let kept = [&row["what"], &row["owner"], &row["lesson"], &row["satisfied"]];
    assert_eq!(kept, [&json!("wrong colour"), &json!("Zoë"), &json!("kleur nalezen"), &json!(1.0)]);
}

#[test]
fn stopping_while_asked_stores_nothing() {
    let shop = shop(&["Anna"]);
    let mut session = terminal(shop.path(), &["incident", "open", "anna"]);
    session.exp_string("What went wrong?").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("nothing was stored").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(board(shop.path(), &[])["incidents"], json!([]));
}

/// What several do to one failure at the same moment: nothing that was reported as done is lost.
#[test]
fn several_at_once_do_not_write_over_one_another() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    for round in 1..=6 {
        let id = round.to_string();
        incident(folder, &["open", "anna", "late", "--at", "2026-11-19"]);
        let verbs: [&[&str]; 3] = [&["ack", &id, "--at", "2026-11-20"], &["assign", &id, "Kees"], &["resolve", &id, "--lesson", "earlier"]];
        let started: Vec<_> = verbs
            .iter()
            .map(|verb| {
                attent(folder, &[&["incident"], *verb, &["--now", NOW]].concat())
                    .stdout(Stdio::null())
                    .stderr(Stdio::null())
                    .spawn()
                    .unwrap()
            })
            .collect();
        let done: Vec<bool> = started.into_iter().map(|mut child| child.wait().unwrap().success()).collect();
        let row = json(folder, &["incident", "list", "--now", NOW])["incidents"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"] == round)
            .unwrap()
            .clone();
        let stands = [row["acknowledged"].is_string(), row["owner"] == "Kees", row["resolved"].is_string() && row["lesson"] == "earlier"];
        assert_eq!(stands[1..], done[1..], "assigning and making good\n{row}");
        assert!(done[1] && done[2], "neither stands in the way of the other");
        assert!(!done[0] || stands[0], "what was said to be acknowledged is\n{row}");
    }
}

#[test]
fn the_nudge_a_failure_brings_up_is_named() {
    let shop = super::cli_week::garden();
    let folder = shop.path();
    ok(folder, &["customers", "add", "Fay", "--now", NOW]);
    let said = ok(folder, &["incident", "open", "fay", "the wrong trees", "--severity", "severe", "--now", NOW]);
    let nudge = json(folder, &["nudges", "--now", NOW])["nudges"].as_array().unwrap().last().unwrap_or_else(|| panic!("{said}")).clone();
    let (id, action) =
        (nudge["nudge"].as_i64().unwrap_or_else(|| panic!("{nudge:#}")), nudge["action"].as_str().unwrap_or_else(|| panic!("{nudge:#}")));
    let told = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&format!("It is nudge {id} of this week, “{action}”: attent done {id}")), "{told}");
}
