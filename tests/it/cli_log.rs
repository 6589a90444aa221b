//! `log`, `timeline` and `undo` as a person runs them.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok, run, workspace};

/// A journey of three stages.
pub const JOURNEY: &str = "id: customer\ntitle: Customer\nstages:\n  - id: find\n    title: Find\n  - id: buy\n    title: Buy\n  - id: use\n    title: Use\n    rules:\n      - tag: onboarding\n";

/// When the tests play.
pub const NOW: &str = "2026-11-20T12:00:00Z";

/// A workspace with these customers.
pub fn shop(names: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder is made");
    workspace(folder.path(), JOURNEY);
    for name in names {
        ok(folder.path(), &["customers", "add", name]);
    }
    folder
}

fn logged(folder: &Path, args: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["log", "--now", NOW].iter().chain(args).copied().collect();
    let answer = json(folder, &all);
    assert_eq!(answer["schema"], "attent.log/1");
    answer["touchpoints"].as_array().expect("rows").clone()
}

fn names(rows: &[Value]) -> Vec<&str> {
    rows.iter().map(|row| row["customer"].as_str().expect("a name")).collect()
}

/// Everything the scores say.
pub fn scores(folder: &Path) -> [Value; 3] {
    ["stage", "customer", "cell"].map(|by| json(folder, &["score", "--by", by, "--now", NOW]))
}

#[test]
fn what_is_sent_about_an_invoice_is_transactional_and_a_talk_about_one_is_a_talk() {
    let shop = shop(&["Anna"]);
    let kind = |note: &str| json(shop.path(), &["log", "Anna", note])["touchpoints"][0]["kind"].clone();
    assert_eq!(kind("mailed the invoice"), "transactional");
    assert_eq!(kind("Sent a payment reminder"), "transactional");
    assert_eq!(kind("called about the invoice, all clear"), "relational");
}

#[test]
fn one_call_scores_as_the_method_says() {
    let shop = shop(&["Anna Jansen"]);
    logged(shop.path(), &["Anna", "call", "--channel", "phone", "--sentiment", "0.5"]);
    let answer = json(shop.path(), &["score", "--by", "customer", "--now", NOW]);
    let warmth = answer["customers"][0]["warmth"].as_f64().unwrap();
    assert!((warmth - 56.923_076_923).abs() < 1e-6, "{warmth}");
}

#[test]
fn the_note_says_the_channel_and_the_direction() {
    let shop = shop(&["Anna Jansen"]);
    let facts = |args: &[&str]| {
        let row = logged(shop.path(), args).remove(0);
        ["channel", "direction", "sender", "personal", "kind"].map(|key| row[key].as_str().unwrap().to_owned())
    };
    assert_eq!(facts(&["anna", "mailde mij over de keuken"]), ["email", "in", "human", "personal", "service"]);
    assert_eq!(facts(&["anna", "newsletter of May"]), ["newsletter", "out", "automated", "generic", "promo"]);
    assert_eq!(facts(&["anna", "hm"]), ["message", "out", "human", "personal", "relational"]);
    assert_eq!(facts(&["anna", "she called me", "--channel", "visit"]), ["visit", "both", "human", "personal", "relational"]);
    let said = ["anna", "mail", "--channel", "bezoek", "--in", "--sender", "assisted", "--personal", "merged", "--kind", "promo"];
    assert_eq!(facts(&said), ["visit", "in", "assisted", "merged", "promo"]);
}

#[test]
fn everything_said_is_kept_and_shown_in_the_timeline() {
    let shop = shop(&["Anna Jansen"]);
    let args = ["anna", "two\nlines\u{1b}[2J", "--sentiment", "-0,5", "--stage", "Buy", "--at", "2026-11-01 14:30"];
    let more = ["--minutes", "20", "--amount", "12,50", "--tag", "VIP,tea", "--tag", "vip"];
    logged(shop.path(), &[&args[..], &more].concat());
    let answer = json(shop.path(), &["timeline", "jansen", "--now", NOW]);
    assert_eq!(answer["schema"], "attent.timeline/1");
    let row = &answer["touchpoints"][0];
    assert_eq!(
        [&row["note"], &row["sentiment"], &row["stage"], &row["at"]],
        [&value!("two\nlines\u{1b}[2J"), &value!(-0.5), &value!("buy"), &value!("2026-11-01T14:30:00+00:00")]
    );
    assert_eq!([&row["minutes"], &row["amount"], &row["tags"]], [&value!(20), &value!(12.5), &value!(["tea", "vip"])]);
    assert!(!ok(shop.path(), &["timeline", "jansen", "--now", NOW]).contains('\u{1b}'));
}

#[test]
fn the_answer_is_a_line_a_customer() {
    let shop = shop(&["Anna Jansen", "Bram"]);
    let said = ok(shop.path(), &["log", "anna", "called", "--stage", "use", "--now", NOW]);
    assert_eq!(said.lines().next(), Some("#1 Anna Jansen · phone, both ways, by a person · stage Use · 20 Nov 2026 12:00"));
    assert!(said.contains("Read as phone from your words"), "{said}");
    let said = ok(shop.path(), &["log", "anna", "called", "--channel", "phone", "--now", NOW]);
    assert_eq!(said.lines().count(), 1, "{said}");
    let said = ok(shop.path(), &["log", "anna", "bram", "x", "--now", NOW, "--lang", "nl"]);
    assert!(
        said.starts_with("• #3 Anna Jansen · bericht, naar de klant, door een mens · fase Use · 20 nov 2026 12:00\n• #4 Bram"),
        "{said}"
    );
    assert_eq!(ok(shop.path(), &["log", "anna", "x", "-O", "ids"]), "5\n");
    assert!(ok(shop.path(), &["log", "anna", "x", "-O", "csv"]).starts_with("at,channel,direction,stage,"));
}

#[test]
fn several_customers_make_one_entry() {
    let shop = shop(&["Anna Jansen", "Bram de Vries", "Carla", "Peters & Co", "Ende"]);
    for typed in [&["anna", "bram"][..], &["anna, bram"], &["anna+bram"], &["anna & bram"], &["anna en bram"], &["anna and bram", "anna"]] {
        let rows = logged(shop.path(), &[typed, &["lunch"]].concat());
        assert_eq!(names(&rows), ["Anna Jansen", "Bram de Vries"], "{typed:?}");
    }
    assert_eq!(names(&logged(shop.path(), &["Peters & Co, Carla", "x"])), ["Peters & Co", "Carla"]);
    assert_eq!(names(&logged(shop.path(), &["peters & c", "x"])), ["Peters & Co"]);
    assert_eq!(names(&logged(shop.path(), &["Vries, Bram", "x"])), ["Bram de Vries"]);
    let before = scores(shop.path());
    let said = fails(shop.path(), &["log", "anna", "nobody", "x", "--now", NOW], 1);
    assert!(said.contains("`nobody`") && said.contains("--new"), "{said}");
    assert_eq!(scores(shop.path()), before, "all of them or none");
}

#[test]
fn newcomers_are_made_only_when_asked_for() {
    let shop = shop(&["Anna Jansen"]);
    assert!(fails(shop.path(), &["log", "Anne Janssen", "x", "--no-input"], 1).contains("did you mean Anna Jansen?"));
    assert_eq!(names(&logged(shop.path(), &["--new", "anna, Bram", "Jansen & Zn", "x"])), ["Anna Jansen", "Bram", "Jansen & Zn"]);
    assert_eq!(names(&logged(shop.path(), &["--new", "BRAM", "bràm", "x"])), ["Bram"]);
    assert!(fails(shop.path(), &["log", "--new", "a\nb", "x"], 2).contains("control character"));
    assert!(fails(shop.path(), &["log", "--new", &"x".repeat(201), "x"], 2).contains("200"));
    assert!(fails(shop.path(), &["log", "anna", &"x".repeat(10_001)], 2).contains("10000"));
}

#[test]
fn what_is_not_clear_is_told() {
    let shop = shop(&["Anna Jansen", "Anna Peters"]);
    let said = fails(shop.path(), &["log", "anna", "x", "--no-input"], 2);
    assert!(said.contains("anna-jansen") && said.contains("anna-peters"), "{said}");
    assert_eq!(names(&logged(shop.path(), &["anna-peters", "x"])), ["Anna Peters"]);
    assert!(fails(shop.path(), &["log", "peters", "x", "--stage", "us"], 2).contains("did you mean `use`?"));
    assert!(fails(shop.path(), &["log", "peters", "x", "--channel", "fone"], 2).contains("visit, event, video"));
    for wrong in [
        ["--sentiment", "2"],
        ["--sentiment", "-1.1"],
        ["--sentiment", "nan"],
        ["--minutes", "-1"],
        ["--amount", "many"],
        ["--at", "soonish"],
    ] {
        fails(shop.path(), &["log", "peters", "x", wrong[0], wrong[1]], 2);
    }
    fails(shop.path(), &["log", "peters", "x", "--in", "--out"], 2);
    fails(shop.path(), &["log", "peters"], 2);
}

#[test]
fn what_lies_ahead_is_planned_and_counts_in_its_time() {
    let shop = shop(&["Anna"]);
    let said = ok(shop.path(), &["log", "anna", "visit", "--at", "2026-11-25", "--now", NOW]);
    assert!(said.contains("planned, it counts from then on"), "{said}");
    let timeline = |now| json(shop.path(), &["timeline", "anna", "--now", now])["touchpoints"][0].clone();
    assert_eq!(timeline(NOW)["planned"], true);
    assert!(ok(shop.path(), &["timeline", "anna", "--now", NOW, "--lang", "nl"]).contains("bezoek, gepland"));
    assert_eq!(json(shop.path(), &["customers", "--now", NOW])["customers"][0]["touchpoints"], 0);
    assert_eq!(timeline("2026-11-26")["planned"], false);
    assert_eq!(json(shop.path(), &["customers", "--now", "2026-11-26"])["customers"][0]["touchpoints"], 1);
}

#[test]
fn a_timeline_can_be_cut_and_shows_failures_in_between() {
    let shop = shop(&["Anna"]);
    for day in ["2026-11-01", "2026-11-05", "2026-11-10"] {
        logged(shop.path(), &["anna", "call", "--at", day]);
    }
    ok(shop.path(), &["incident", "open", "anna", "late parcel", "--at", "2026-11-07", "--now", NOW]);
    ok(shop.path(), &["incident", "resolve", "anna", "--at", "2026-11-08", "--now", NOW]);
    let count = |args: &[&str]| {
        let all: Vec<&str> = ["timeline", "anna", "--now", NOW].iter().chain(args).copied().collect();
        json(shop.path(), &all)["touchpoints"].as_array().unwrap().len()
    };
    assert_eq!([count(&[]), count(&["--last", "2"]), count(&["--since", "2026-11-05"]), count(&["--since", "2026-11-11"])], [3, 2, 2, 0]);
    let rows = ok(shop.path(), &["timeline", "anna", "--now", NOW, "-O", "csv"]);
    let channels: Vec<&str> = rows.lines().skip(1).map(|row| row.split(',').nth(1).unwrap()).collect();
    assert_eq!(channels, ["phone", "phone", "failure", "made-good", "phone"]);
    let failures = |since| json(shop.path(), &["timeline", "anna", "--now", NOW, "--since", since])["incidents"].as_array().unwrap().len();
    assert_eq!([failures("2026-11-08"), failures("2026-11-09")], [1, 0]);
    assert!(ok(shop.path(), &["timeline", "anna", "--now", NOW, "--lang", "nl"]).contains("goedgemaakt"));
    assert_eq!(fails(shop.path(), &["timeline", "zoe"], 1).lines().count(), 2);
}

#[test]
fn undo_of_every_kind_restores_the_scores() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    std::fs::write(folder.join("log.csv"), "at,customer,channel\n2026-10-01,Anna,visit\n2026-10-02,Dirk,phone\n").unwrap();
    let mut before = vec![scores(folder)];
    let steps: [&[&str]; 7] = [
        &["log", "anna", "call", "--at", "2026-11-01"],
        &["import", "log.csv"],
        &["log", "--new", "anna", "Carla", "lunch", "--at", "2026-10-15", "--stage", "use"],
        &["customers", "add", "Eva"],
        &["incident", "open", "anna", "late", "--at", "2026-11-10"],
        &["incident", "resolve", "anna", "--at", "2026-11-12", "--acknowledged", "2026-11-11", "--personal", "--generous"],
        &["log", "anna", "bram", "mail", "--at", "2026-09-01"],
    ];
    for step in steps {
        ok(folder, &[step, &["--now", NOW]].concat());
        before.push(scores(folder));
    }
    let mut after = before.pop().unwrap();
    for (step, before) in steps.iter().zip(before).rev() {
        // Back, forth again, and back.
        let by = json(folder, &["undo", "--now", NOW])["undone"][0]["by"].as_str().unwrap().to_owned();
        assert_eq!(scores(folder), before, "{step:?}");
        ok(folder, &["undo", &by, "--now", NOW]);
        assert_eq!(scores(folder), after, "{step:?}");
        let said = ok(folder, &["undo", "--now", NOW]);
        assert!(said.starts_with("Took back `") && said.lines().count() == 3, "{step:?} {said}");
        assert_eq!(scores(folder), before, "{step:?}");
        after = before;
    }
    ok(folder, &["undo"]);
    assert!(ok(folder, &["undo", "--lang", "nl"]).contains("teruggenomen: 1 nieuwe klant, Anna.\n"));
    assert!(fails(folder, &["undo"], 1).contains("nothing to take back"));
    assert!(!run(folder, &["undo"]).status.success());
}
