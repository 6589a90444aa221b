//! `gift` and `gifts` as a person runs them.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok, run};
use super::cli_ask::terminal;
use super::cli_log::{NOW, shop};

/// Anna, a customer for three years on 1 December, with three conversations and a milestone.
fn florist() -> tempfile::TempDir {
    let shop = shop(&["Bram"]);
    let folder = shop.path();
    let since = ["--since", "2023-12-01", "--gifts", "30", "--gift-cap-year", "40"];
    ok(folder, &[&["customers", "add", "Anna Jansen"], &since[..]].concat());
    for day in ["2026-08-01", "2026-09-01", "2026-10-01"] {
        ok(folder, &["log", "Anna Jansen", "called about roses", "--channel", "phone", "--at", day, "--now", NOW]);
    }
    let milestone = ["--channel", "phone", "--tag", "milestone", "--at", "2026-11-15", "--now", NOW];
    ok(folder, &[&["log", "Anna Jansen", "the garden is ready"], &milestone[..]].concat());
    shop
}

const KNOWN: [&str; 6] = ["--value", "20", "--why", "her garden", "--by", "Zoë"];

fn at<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, &["--now", NOW]].concat()
}

fn register(folder: &Path) -> Value {
    json(folder, &at(&["gifts", "--register"]))
}

fn open(folder: &Path) -> Vec<Value> {
    json(folder, &at(&["gift", "list"]))["gifts"].as_array().unwrap().clone()
}

#[test]
fn what_no_rule_stops_is_planned_for_the_day_of_its_occasion() {
    let shop = florist();
    let args = [&["gift", "add", "anna", "A book on roses", "--for", "jubileum"], &KNOWN[..]].concat();
    let said = ok(shop.path(), &at(&args));
    assert!(said.starts_with("#1 Anna Jansen · A book on roses · 1 Dec 2026\n"), "{said}");
    let row = &open(shop.path())[0];
    assert_eq!([&row["occasion"], &row["state"], &row["against"]], ["anniversary:2026-12-01", "planned", ""]);
    assert_eq!([&row["value"], &row["why"], &row["given_by"]], [&value!(20.0), &value!("her garden"), &value!("Zoë")]);
}

#[test]
fn a_rule_refuses_with_its_reason_and_anyway_keeps_yours() {
    let shop = florist();
    let champagne = ["gift", "add", "anna", "Champagne", "--value", "90", "--why", "the garden", "--by", "Zoë"];
    let said = fails(shop.path(), &at(&champagne), 1);
    assert!(said.contains("`Champagne` was not planned") && said.contains("- G6: ") && said.contains("--anyway"), "{said}");
    assert!(open(shop.path()).is_empty(), "nothing is stored");
    let said = fails(shop.path(), &at(&[&champagne[..], &["--lang", "nl"]].concat()), 1);
    assert!(said.contains("`Champagne` is niet gepland") && said.contains("--anyway WAAROM plant het toch"), "{said}");
    let said = ok(shop.path(), &at(&[&champagne[..], &["--anyway", "her largest order"]].concat()));
    assert!(said.contains("G6: "), "{said}");
    let against = open(shop.path())[0]["against"].as_str().unwrap().to_owned();
    assert!(against.contains("G6") && against.ends_with(": her largest order"), "{against}");
}

#[test]
fn what_lies_behind_is_not_planned_and_nobody_is_given_less_than_nothing() {
    let shop = florist();
    assert!(fails(shop.path(), &at(&["gift", "add", "anna", "Tea", "--on", "2026-11-01"]), 2).contains("--on lies behind us"));
    assert!(fails(shop.path(), &at(&["gift", "given", "anna", "Tea", "--on", "2026-12-24"]), 2).contains("--on lies ahead"));
    fails(shop.path(), &at(&["gift", "idea", "anna", "Tea", "--value=-1"]), 2);
    fails(shop.path(), &at(&["gift", "given", "anna"]), 2);
    assert!(fails(shop.path(), &at(&["gift", "drop", "9"]), 1).contains("there is no gift #9"));
}

/// A rule waits: what is too soon after a gift may be given half a year later, and that day is said.
#[test]
fn a_refusal_says_from_when_it_could_be() {
    let shop = florist();
    ok(
        shop.path(),
        &["gift", "given", "anna", "Tulips", "--value", "5", "--why", "x", "--by", "Zoë", "--on", "2026-06-10", "--checked", "--now", NOW],
    );
    let add = [&["gift", "add", "anna", "A book", "--on", "2026-12-01"], &KNOWN[..]].concat();
    let said = fails(shop.path(), &at(&add), 1);
    assert!(said.contains("- G5: ") && said.contains("nothing stops it from 7 Dec 2026 on: --on 2026-12-07"), "{said}");
    let add = [&["gift", "add", "anna", "A book", "--on", "2026-12-07"], &KNOWN[..]].concat();
    ok(shop.path(), &at(&add));
}

#[test]
fn what_was_given_needs_its_particulars_and_its_checklist() {
    let shop = florist();
    let folder = shop.path();
    let said = fails(folder, &at(&["gift", "given", "anna", "Tulips", "--why", "her garden"]), 2);
    assert!(said.contains("add --value, --by"), "{said}");
    let all = [&["gift", "given", "anna", "Tulips"], &KNOWN[..]].concat();
    assert!(fails(folder, &at(&all), 2).contains("--checked is missing"));
    assert_eq!(register(folder)["count"], 0);
    // A fact is never refused: Bram accepts nothing that is known of.
    let bram = [&["gift", "given", "Bram", "Tulips", "--checked"], &KNOWN[..]].concat();
    assert!(ok(folder, &at(&bram)).contains("G7: "));
    let row = register(folder)["gifts"][0].clone();
    assert!(row["against"].as_str().unwrap().contains("G7"), "{row}");
    let contact = json(folder, &at(&["timeline", "Bram"]))["touchpoints"][0].clone();
    assert_eq!([&contact["channel"], &contact["amount"], &contact["note"]], [&value!("gift"), &value!(20.0), &value!("Tulips")]);
}

#[test]
fn a_plan_that_was_given_is_a_plan_no_more_until_that_is_taken_back() {
    let shop = florist();
    let folder = shop.path();
    let add = [&["gift", "add", "anna", "A book on roses", "--for", "anniversary"], &KNOWN[..]].concat();
    ok(folder, &at(&add));
    let planned = open(folder);
    ok(folder, &at(&["gift", "given", "#1", "--checked", "--value", "18,50"]));
    assert_eq!((open(folder).len(), &register(folder)["value"]), (0, &value!(18.5)));
    assert!(fails(folder, &at(&["gift", "given", "1", "--checked"]), 1).contains("gift #1 was given already"));
    assert!(fails(folder, &at(&["gift", "drop", "1"]), 1).contains("gift #1 was given already"));
    let given = register(folder);
    ok(folder, &at(&["undo"]));
    assert_eq!((open(folder), &register(folder)["count"]), (planned.clone(), &value!(0)));
    ok(folder, &at(&["undo"]));
    assert!(open(folder).is_empty(), "the plan is taken back as well");
    ok(folder, &at(&["undo", &last_undo(folder)]));
    assert_eq!(open(folder), planned);
    ok(folder, &at(&["gift", "drop", "1"]));
    assert!(open(folder).is_empty());
    ok(folder, &at(&["undo"]));
    assert_eq!(open(folder), planned);
    ok(folder, &at(&["gift", "given", "anna", "--checked", "--value", "18,50"]));
    assert_eq!(register(folder)["gifts"][0]["occasion"], given["gifts"][0]["occasion"]);
}

/// The entry that took something back last.
fn last_undo(folder: &Path) -> String {
    json(folder, &["undo", "--list"])["entries"][0]["entry"].as_str().unwrap().to_owned()
}

#[test]
fn on_a_terminal_the_register_is_asked_for_and_a_no_stores_nothing() {
    let shop = florist();
    let mut session = terminal(shop.path(), &at(&["gift", "given", "anna", "Tulips"]));
    session.exp_string("What did it cost?").unwrap();
    session.send_line("12,50").unwrap();
    session.exp_string("Why this, for them?").unwrap();
    session.send_line("her garden").unwrap();
    session.exp_string("Who gave it?").unwrap();
    session.send_line("Zoë").unwrap();
    session.exp_string("Tulips, for Anna Jansen").unwrap();
    session.exp_string("The name is right").unwrap();
    session.send_line("").unwrap();
    session.exp_string("The reason fits").unwrap();
    session.send_line("n").unwrap();
    session.flush().unwrap();
    session.exp_string("not given yet, and nothing was stored").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(register(shop.path())["count"], 0);
}

#[test]
fn on_a_terminal_ten_times_yes_is_given() {
    let shop = florist();
    let mut session = terminal(shop.path(), &at(&[&["gift", "given", "anna", "Tulips", "--lang", "nl"], &KNOWN[..]].concat()));
    let points =
        ["De naam klopt", "De reden", "met de hand", "Geen logo", "aannemen", "waard", "ingepakt", "adres", "aangekomen", "verkoopvraag"];
    for point in points {
        session.exp_string(point).unwrap();
        session.send_line("").unwrap();
    }
    session.exp_string("#1 Anna Jansen").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(register(shop.path())["count"], 1);
}

/// Gifts of a file are in the register too, and its totals are those of the log.
#[test]
fn the_register_is_every_gift_of_the_log_and_reads_back_from_csv() {
    let shop = florist();
    let folder = shop.path();
    let log = "at,customer,channel,direction,amount,note\n\
        2025-12-24T10:00:00Z,Anna Jansen,gift,out,15.25,\"tulips, white\"\n\
        2026-02-01T10:00:00Z,Bram,gift,out,,chocolate\n\
        2026-03-01T10:00:00Z,Bram,gift,in,99,a cake from Bram\n\
        2026-04-01T10:00:00Z,Bram,card,out,2.50,a card\n";
    std::fs::write(folder.join("log.csv"), log).unwrap();
    ok(folder, &at(&["import", "log.csv"]));
    ok(folder, &at(&[&["gift", "given", "anna", "=A book, \"signed\"", "--checked"], &KNOWN[..]].concat()));
    let db = rusqlite::Connection::open(folder.join("attent.db")).unwrap();
    let sql = "SELECT count(*), coalesce(sum(amount), 0) FROM touchpoints WHERE channel = 5 AND direction <> 0 AND at BETWEEN ?1 AND ?2";
    let total = |from: i64, until: i64| db.query_row(sql, [from, until], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?))).unwrap();
    let all = register(folder);
    let (count, cents) = total(i64::MIN, i64::MAX);
    assert_eq!((all["count"].as_i64(), all["value"].as_f64().map(|units| (units * 100.0).round() as i64)), (Some(count), Some(cents)));
    assert_eq!((count, cents), (3, 3525));
    for (flags, expected) in [
        (&["--year", "2025"][..], 1),
        (&["--from", "2026-01-01"], 2),
        (&["--until", "2026-02-01"], 2),
        (&["--from", "2026-02-01", "--until", "2026-02-01"], 1),
        (&["--customer", "Bram"], 1),
    ] {
        assert_eq!(json(folder, &at(&[&["gifts", "--register"], flags].concat()))["count"], expected, "{flags:?}");
    }
    ok(folder, &at(&["gifts", "--register", "-o", "register.csv"]));
    let mut reader = csv::Reader::from_path(folder.join("register.csv")).unwrap();
    assert_eq!(
        reader.headers().unwrap(),
        ["date", "customer", "value", "what", "why", "given_by", "approved_by", "against", "occasion"].as_slice()
    );
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().unwrap();
    let told: Vec<_> = rows.iter().map(|row| [&row[1], &row[2], &row[3]].map(|cell| cell.trim_start_matches('\'').to_owned())).collect();
    assert_eq!(told, [["Anna Jansen", "15.25", "tulips, white"], ["Bram", "", "chocolate"], ["Anna Jansen", "20", "=A book, \"signed\""]]);
}

#[test]
fn the_calendar_says_who_when_how_much_and_what_stops_it() {
    let shop = florist();
    let folder = shop.path();
    ok(folder, &["customers", "edit", "Bram", "--segment", "Huisartsen", "--since", "2020-11-25"]);
    ok(folder, &at(&["gift", "idea", "anna", "a book on roses"]));
    let answer = json(folder, &at(&["gifts"]));
    let told: Vec<_> = answer["occasions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| [&row["begin"], &row["customer"], &row["key"]].map(|cell| cell.as_str().unwrap()))
        .collect();
    assert_eq!(
        told,
        [
            ["2026-11-20", "Anna Jansen", "milestone:2026-11-15"],
            ["2026-11-20", "Bram", "anniversary:2026-11-25"],
            ["2026-11-24", "Anna Jansen", "anniversary:2026-12-01"],
        ]
    );
    let anna = &answer["occasions"][2];
    assert_eq!(
        [&anna["least"], &anna["most"], &anna["left_this_year"], &anna["years"]],
        [&value!(0.0), &value!(30.0), &value!(40.0), &value!(3)]
    );
    assert_eq!((&anna["stops"], &anna["ideas"]), (&value!([]), &value!(["a book on roses"])));
    let bram = &answer["occasions"][1];
    assert_eq!((&bram["advice"], &bram["stops"][0]["rule"]), (&value!("none"), &value!("G7")));
    let budget = answer["budgets"].as_array().unwrap().iter().find(|row| row["customer"] == "Bram").unwrap().clone();
    assert_eq!([&budget["policy"], &budget["policy_from"]], ["none", "medical-default"]);
    assert_eq!(answer["reminders"][0]["id"], "nl-medical");
    assert_eq!(json(folder, &at(&["gifts", "--days", "3"]))["occasions"].as_array().unwrap().len(), 1);
    let dutch = ok(folder, &at(&["gifts", "--lang", "nl"]));
    for words in
        ["Aanleidingen in de komende 60 dagen", "jubileum (3)", "standaard voor medische beroepen", "controleer dit (nvk.nl, CGR) · Bram"]
    {
        assert!(dutch.contains(words), "{words}\n{dutch}");
    }
}

/// What was given narrows what may be: never below the last gift, within what is left of the year.
#[test]
fn what_was_given_narrows_what_may_be() {
    let shop = florist();
    let folder = shop.path();
    ok(folder, &at(&[&["gift", "given", "anna", "Tulips", "--checked", "--on", "2026-03-01"], &KNOWN[..]].concat()));
    let anna =
        |answer: Value| answer["occasions"].as_array().unwrap().iter().find(|row| row["key"] == "anniversary:2026-12-01").cloned().unwrap();
    let row = anna(json(folder, &at(&["gifts"])));
    assert_eq!([&row["least"], &row["most"], &row["left_this_year"]], [20.0, 20.0, 20.0]);
    ok(folder, &at(&[&["gift", "add", "anna", "A book", "--for", "anniversary"], &KNOWN[..]].concat()));
    let row = anna(json(folder, &at(&["gifts"])));
    assert_eq!(
        (&row["planned"]["what"], &row["stops"], &row["most"]),
        (&value!("A book"), &value!([]), &value!(20.0)),
        "a plan is not in its own way"
    );
    ok(folder, &at(&["gift", "given", "2", "--checked"]));
    let keys: Vec<_> = json(folder, &at(&["gifts"]))["occasions"].as_array().unwrap().iter().map(|row| row["key"].clone()).collect();
    assert_eq!(keys, ["milestone:2026-11-15"], "what was marked is off the calendar");
}

#[test]
fn the_country_switches_the_reminders() {
    let shop = florist();
    let folder = shop.path();
    ok(folder, &["customers", "edit", "Bram", "--segment", "gemeente"]);
    ok(folder, &at(&[&["gift", "given", "Bram", "Tulips", "--checked"], &KNOWN[..]].concat()));
    for (country, expected) in [("NL", vec!["nl-municipality"]), ("BE", vec!["be-public"]), ("DE", vec![])] {
        std::fs::write(folder.join("attent.yaml"), format!("language: en\ncountry: {country}\n")).unwrap();
        let answer = json(folder, &at(&["gifts"]));
        let ids: Vec<_> = answer["reminders"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
        assert_eq!(ids, expected, "{country}");
    }
}

#[test]
fn what_somebody_likes_is_kept_with_where_it_was_learned() {
    let shop = florist();
    let folder = shop.path();
    ok(folder, &["gift", "prefers", "anna", "no alcohol", "--learned", "call of 1 October"]);
    assert!(ok(folder, &["gift", "prefers", "anna", "calls before nine", "--lang", "nl"]).contains("Genoteerd."));
    assert!(ok(folder, &["gift", "prefers", "anna", "no alcohol"]).contains("That was known already."));
    let known = json(folder, &["gift", "prefers", "anna"])["preferences"].clone();
    assert_eq!(known[0], value!({"customer": "Anna Jansen", "what": "no alcohol", "learned": "call of 1 October"}));
    let shown = ok(folder, &["customers", "show", "anna"]);
    assert!(shown.contains("no alcohol (call of 1 October)") && shown.contains("calls before nine\n"), "{shown}");
    assert!(fails(folder, &["gift", "prefers", "anna", "o", "--remove"], 2).contains("fits several"));
    assert!(fails(folder, &["gift", "prefers", "anna", "tea", "--remove"], 1).contains("not known of them"));
    ok(folder, &["gift", "prefers", "anna", "alcohol", "--remove"]);
    assert_eq!(json(folder, &["gift", "prefers", "anna"])["preferences"].as_array().unwrap().len(), 1);
    ok(folder, &["undo"]);
    assert_eq!(json(folder, &["gift", "prefers", "anna"])["preferences"], known);
}

#[test]
fn policies_are_said_with_flags_and_shown_with_who_says_so() {
    let shop = florist();
    let folder = shop.path();
    let policy = || json(folder, &["customers", "show", "anna"])["customers"][0]["gift_policy"].clone();
    ok(folder, &["customers", "edit", "anna", "--gift-approval", "ja", "--gift-office", "yes", "--gift-cap-year", "100"]);
    assert_eq!(
        policy(),
        value!({"gifts": "up-to", "cap": 30.0, "from": "customer", "cap_year": 100.0, "approval": true, "office_only": true})
    );
    let shown = ok(folder, &["customers", "show", "anna"]);
    for words in ["said of them", "approval on their side", "to the office only", "€100.00"] {
        assert!(shown.contains(words), "{words}\n{shown}");
    }
    ok(folder, &["customers", "edit", "anna", "--gift-approval", "no", "--gift-cap-year", "", "--gifts", "unknown"]);
    assert_eq!(
        policy(),
        value!({"gifts": "unknown", "cap": null, "from": "nobody", "cap_year": null, "approval": false, "office_only": true})
    );
    fails(folder, &["customers", "edit", "anna", "--gift-cap-year=-5"], 2);
    fails(folder, &["customers", "edit", "anna", "--gift-office", "perhaps"], 2);
}

#[test]
fn every_answer_comes_in_every_format() {
    let shop = florist();
    let folder = shop.path();
    ok(folder, &at(&["gift", "idea", "anna", "a book"]));
    ok(folder, &at(&[&["gift", "given", "Bram", "Tulips", "--checked"], &KNOWN[..]].concat()));
    ok(folder, &["gift", "prefers", "anna", "roses"]);
    for answer in
        [&["gifts"][..], &["gifts", "--register"], &["gift", "list"], &["gift", "prefers", "anna"], &["gift", "idea", "Bram", "tea"]]
    {
        for format in ["table", "json", "jsonl", "csv", "tsv", "md", "html", "ids"] {
            let output = run(folder, &at(&[answer, &["-O", format]].concat()));
            assert!(output.status.success() && !output.stdout.is_empty(), "{answer:?} {format}");
        }
    }
}
