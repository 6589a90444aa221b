//! `attent log` in one sentence, step by step, and what was logged last.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use rexpect::session::{PtySession, spawn_command};
use serde_json::{Value, json as value};

use super::cli::{attent, fails, json, ok};
use super::cli_log::{NOW, shop};

fn said(folder: &Path, sentence: &str, more: &[&str]) -> Vec<Value> {
    let all: Vec<&str> = ["log", sentence, "--now", NOW].iter().chain(more).copied().collect();
    json(folder, &all)["touchpoints"].as_array().expect("rows").clone()
}

fn terminal(folder: &Path, args: &[&str]) -> PtySession {
    let mut command = attent(folder, args);
    command.env("TERM", "xterm");
    spawn_command(command, Some(20_000)).expect("a terminal opens")
}

fn count(folder: &Path) -> u64 {
    let answer = json(folder, &["customers"]);
    answer["customers"].as_array().into_iter().flatten().filter_map(|row| row["touchpoints"].as_u64()).sum()
}

#[test]
fn a_sentence_says_who_when_and_how() {
    let shop = shop(&["Anna Jansen", "Bart de Vries"]);
    ok(shop.path(), &["customers", "edit", "Bart", "--alias", "Krul"]);
    let sentence = "Belde gisteren Anna en Krul over de vertraging, excuses aangeboden, 20 minuten";
    let rows = said(shop.path(), sentence, &["--felt", "slecht"]);
    assert_eq!([&rows[0]["customer"], &rows[1]["customer"]], ["Anna Jansen", "Bart de Vries"]);
    for row in &rows {
        assert_eq!([&row["at"], &row["channel"], &row["direction"]], ["2026-11-19T12:00:00+00:00", "phone", "both"]);
        assert_eq!([&row["note"], &row["minutes"], &row["sentiment"]], [&value!(sentence), &value!(20), &value!(-0.5)]);
    }
    let over = said(shop.path(), sentence, &["--at", "2026-11-01", "--minutes", "5", "--channel", "e-mail", "--in"]);
    assert_eq!([&over[0]["at"], &over[0]["minutes"]], [&value!("2026-11-01T00:00:00+00:00"), &value!(5)]);
    assert_eq!([&over[0]["channel"], &over[0]["direction"]], ["email", "in"]);
}

#[test]
fn what_happened_says_when_and_how_long_behind_the_names_as_well() {
    let shop = shop(&["Anna Jansen", "May Chen"]);
    let row = |args: &[&str]| json(shop.path(), &[&["log", "anna"], args, &["--now", NOW]].concat())["touchpoints"][0].clone();
    let read = row(&["called yesterday at 10, 20 minutes"]);
    assert_eq!([&read["at"], &read["minutes"]], [&value!("2026-11-19T10:00:00+00:00"), &value!(20)]);
    let read = row(&["koffie gehad vorige week dinsdag om 14u, half uur, over May Chen"]);
    assert_eq!([&read["at"], &read["minutes"], &read["channel"]], [&value!("2026-11-10T14:00:00+00:00"), &value!(30), &value!("visit")]);
    let read = row(&["called yesterday, 20 minutes", "--at", "2026-11-01", "--minutes", "5"]);
    assert_eq!([&read["at"], &read["minutes"]], [&value!("2026-11-01T00:00:00+00:00"), &value!(5)]);
    assert_eq!(count(shop.path()), 3, "nobody but Anna");
    let told = fails(shop.path(), &["log", "Anna belde op 31 februari"], 2);
    assert!(told.contains("31 februari") && told.contains("--at"), "{told}");
    json(shop.path(), &["log", "Anna belde op 31 februari", "--at", "yesterday"]);
}

#[test]
fn the_answer_says_what_was_understood() {
    let shop = shop(&["Anna Jansen"]);
    let told = ok(shop.path(), &["log", "Lunch met Anna, gisteren, anderhalf uur", "--felt", "good", "--now", NOW]);
    let first = "#1 Anna Jansen · visit, both ways, by a person · stage Find · 19 Nov 2026 12:00 · 90 min · felt +0.5";
    assert_eq!(told.lines().next(), Some(first));
    let told = ok(shop.path(), &["log", "Belde Anna, volgende week terugbellen", "--now", NOW, "--lang", "nl"]);
    assert!(told.contains("20 nov 2026 12:00") && told.contains("`volgende week` komt nog, dus dit telt als nu"), "{told}");
}

#[test]
fn nobody_is_dropped_without_a_word() {
    let shop = shop(&["Anna Jansen", "Anna Peters", "Carla"]);
    let told = fails(shop.path(), &["log", "Belde gisteren Carla en Bart"], 1);
    assert!(told.contains("no customer is called Bart") && told.contains("--new"), "{told}");
    let told = fails(shop.path(), &["log", "Belde Carla en Anna"], 2);
    assert!(told.contains("anna-jansen") && told.contains("anna-peters"), "{told}");
    let told = fails(shop.path(), &["log", "Belde Anna Bakker"], 1);
    assert!(told.contains("did you mean Anna Jansen, Anna Peters?"), "{told}");
    assert!(fails(shop.path(), &["log", "even gebeld"], 2).contains("name the customer first"));
    assert!(fails(shop.path(), &["log", "carla"], 2).contains("attent log carla"));
    assert!(fails(shop.path(), &["log"], 2).contains("attent log \"called Anna"));
    assert!(fails(shop.path(), &["log", " "], 2).contains("does not say what happened"));
    assert_eq!(count(shop.path()), 0);
    let rows = said(shop.path(), "Belde Carla en Bart Smit", &["--new"]);
    assert_eq!([&rows[0]["customer"], &rows[1]["customer"]], ["Carla", "Bart Smit"]);
}

#[test]
fn a_workspace_has_words_of_its_own() {
    let shop = shop(&["Anna"]);
    std::fs::write(shop.path().join("attent.yaml"), "language: en\nwords:\n  event: [koffieklets]\n  in: kwam binnen\n").unwrap();
    let row = said(shop.path(), "koffieklets met Anna, kwam binnen met taart", &[]).remove(0);
    assert_eq!([&row["channel"], &row["direction"]], ["event", "in"]);
    let row = json(shop.path(), &["log", "anna", "koffieklets", "--now", NOW])["touchpoints"][0].clone();
    assert_eq!(row["channel"], "event");
    std::fs::write(shop.path().join("attent.yaml"), "words:\n  evnt: [koffieklets]\n").unwrap();
    assert!(fails(shop.path(), &["log", "anna", "x"], 3).contains("did you mean `event`?"));
}

#[test]
fn what_was_logged_last_is_shown() {
    let shop = shop(&["Anna", "Carla"]);
    assert_eq!(ok(shop.path(), &["log", "--last"]), "Nothing has been logged yet.\n");
    ok(shop.path(), &["log", "anna", "called", "--now", NOW]);
    std::fs::write(shop.path().join("log.csv"), "at,customer,channel\n2026-10-01,Anna,visit\n").unwrap();
    ok(shop.path(), &["import", "log.csv"]);
    ok(shop.path(), &["log", "Lunch met Anna en Carla,\n\u{1b}[2J lekker", "--now", NOW]);
    let numbers = |args: &[&str]| -> Vec<Value> {
        let rows = json(shop.path(), &[&["log", "--last"], args].concat());
        rows["touchpoints"].as_array().expect("rows").iter().map(|row| row["id"].clone()).collect()
    };
    assert_eq!(numbers(&[]), [3, 4]);
    assert_eq!(numbers(&["2"]), [3, 4, 1]);
    let told = ok(shop.path(), &["log", "--last", "9", "--now", NOW]);
    assert!(told.contains("#1 Anna · phone, both ways") && told.contains("· called") && !told.contains('\u{1b}'), "{told}");
    ok(shop.path(), &["undo"]);
    assert_eq!(numbers(&["9"]), [1]);
    fails(shop.path(), &["log", "--last", "0"], 2);
    fails(shop.path(), &["log", "--last", "1", "anna", "x"], 2);
}

#[test]
fn a_person_is_asked_about_on_a_terminal() {
    let shop = shop(&["Anna Jansen", "Anna Peters"]);
    let mut session = terminal(shop.path(), &["log", "Belde Anna en Bart", "--now", NOW]);
    session.exp_string("Which Anna?").unwrap();
    session.send_line("pet").unwrap();
    session.exp_string("No customer is called Bart yet").unwrap();
    session.send("\x1b[B\r").unwrap();
    session.flush().unwrap();
    session.exp_string("#1 Anna Peters").unwrap();
    session.exp_eof().unwrap();
    let mut session = terminal(shop.path(), &["log", "even gebeld", "--now", NOW]);
    session.exp_string("Who was it?").unwrap();
    session.send_line("jansen").unwrap();
    let before = session.exp_string("#2 Anna Jansen").unwrap();
    assert!(!before.contains("Who else?"), "one name was missing: {before}");
    session.exp_eof().unwrap();
    let mut session = terminal(shop.path(), &["log", "Anna Jansen", "--now", NOW]);
    session.exp_string("What happened?").unwrap();
    session.send_line("mailed about the tiles").unwrap();
    session.exp_string("#3 Anna Jansen").unwrap();
    session.exp_eof().unwrap();
    let rows = json(shop.path(), &["timeline", "jansen", "--now", NOW])["touchpoints"].clone();
    assert_eq!([&rows[0]["channel"], &rows[1]["channel"], &rows[1]["note"]], ["phone", "email", "mailed about the tiles"]);
    assert_eq!(count(shop.path()), 3);
}

#[test]
fn without_words_it_asks_step_by_step() {
    let shop = shop(&["Anna Jansen", "Carla"]);
    let mut session = terminal(shop.path(), &["log", "--now", NOW]);
    session.exp_string("Who was it?").unwrap();
    session.send_line("carla").unwrap();
    session.exp_string("Who else?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("What happened?").unwrap();
    session.send_line("called yesterday about the tiles").unwrap();
    session.exp_string("How?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("When?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("How did it feel").unwrap();
    session.send("\x1b[B\r").unwrap();
    session.flush().unwrap();
    session.exp_string("phone, both ways, by a person").unwrap();
    session.exp_string("Is that right?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("#1 Carla").unwrap();
    session.exp_eof().unwrap();
    let row = json(shop.path(), &["timeline", "carla", "--now", NOW])["touchpoints"][0].clone();
    assert_eq!([&row["channel"], &row["at"], &row["sentiment"]], [&value!("phone"), &value!("2026-11-19T12:00:00+00:00"), &value!(1.0)]);
}

#[test]
fn breaking_off_stores_nothing_and_says_so() {
    let shop = shop(&["Anna Jansen"]);
    // Escape does nothing where a line is typed, which is why the way out is said; it does at a list.
    for keys in [&["\r", "\x1b"][..], &["\x03"]] {
        let mut session = terminal(shop.path(), &["log", "--lang", "nl"]);
        session.exp_string("Ctrl-C stopt").unwrap();
        session.exp_string("Wie was het?").unwrap();
        for (n, key) in keys.iter().enumerate() {
            if n > 0 {
                session.exp_string("Wie van de 1?").unwrap();
            }
            session.send(key).unwrap();
            session.flush().unwrap();
        }
        session.flush().unwrap();
        session.exp_string("er is niets opgeslagen").unwrap();
        session.exp_eof().unwrap();
    }
    assert_eq!(count(shop.path()), 0);
}

#[test]
fn who_it_was_is_typed_and_found_as_everywhere() {
    let shop = shop(&["Anna Jansen", "Anna Peters", "Carla"]);
    let mut session = terminal(shop.path(), &["log", "--now", NOW]);
    session.exp_string("Who was it?").unwrap();
    session.send_line("Zebedee").unwrap();
    session.exp_string("No customer is called Zebedee yet").unwrap();
    session.exp_string("add Zebedee as a new customer").unwrap();
    session.send("\x1b[B\r").unwrap();
    session.flush().unwrap();
    session.exp_string("Who was it?").unwrap();
    session.send("car\t\r").unwrap();
    session.flush().unwrap();
    session.exp_string("Who else?").unwrap();
    session.send_line("Anna").unwrap();
    session.exp_string("Which Anna?").unwrap();
    session.send_line("pet").unwrap();
    session.exp_string("Who else?").unwrap();
    session.send_line("Zebedee").unwrap();
    session.exp_string("add Zebedee as a new customer").unwrap();
    session.send_line("").unwrap();
    session.exp_string("Who else?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("What happened?").unwrap();
    session.send_line("called yesterday").unwrap();
    for question in ["How?", "When?", "How did it feel"] {
        session.exp_string(question).unwrap();
        session.send_line("").unwrap();
    }
    session.exp_string("Carla, Anna Peters, Zebedee").unwrap();
    session.exp_string("Is that right?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("#3 Zebedee").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(count(shop.path()), 3);
}

/// Runs `log` with sentences on standard input; gives the exit code, what it said and what it complained of.
fn piped(folder: &Path, args: &[&str], typed: &[u8]) -> (i32, String, String) {
    let mut command = attent(folder, &[&["log", "--now", NOW][..], args].concat());
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who refuses what is too long does not read to its end.
    let _ = child.stdin.take().unwrap().write_all(typed);
    let output = child.wait_with_output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn sentences_come_from_standard_input_too() {
    let shop = shop(&["Anna Jansen", "Carla"]);
    let folder = shop.path();
    let (code, said, _) = piped(folder, &[], b"called Anna yesterday\n");
    assert!(code == 0 && said.starts_with("#1 Anna Jansen \u{b7} phone"), "{said}");
    let (code, said, wrong) = piped(folder, &["-", "--new"], "\u{feff}belde Anna\r\n\r\nbelde met Bart\nmailde Bart\n".as_bytes());
    assert!(code == 0 && said.contains("#2 Anna") && said.contains("#4 Bart"), "{said}{wrong}");
    ok(folder, &["undo", "--now", NOW]);
    assert_eq!(count(folder), 3, "each line is an entry of its own");
    // All of it or nothing.
    let (code, said, wrong) = piped(folder, &["-"], b"called Anna\nit rained\n");
    assert!(code == 2 && said.is_empty() && wrong.contains("line 2: no customer was found"), "{said}{wrong}");
    assert_eq!(count(folder), 3);
    assert_eq!(piped(folder, &[], b"\n").0, 2, "nothing was said");
    assert_eq!(piped(folder, &["-"], b"\n").0, 0, "an empty list is a list");
    for wrong in [&b"called Anna \xff\n"[..], &b"called Anna ".repeat(100_000)] {
        let (code, _, said) = piped(folder, &["-"], wrong);
        assert!(code == 3 && said.contains("cannot be read as sentences"), "{code} {said}");
    }
}

#[test]
fn plans_silence_and_newcomers_are_told() {
    let shop = shop(&["Anna Jansen", "Sean O'Neill"]);
    let told = ok(shop.path(), &["log", "vrijdag over een week ga ik bij Anna langs", "--now", NOW]);
    assert!(!told.is_empty(), "{told}");
    let told = ok(shop.path(), &["log", "ik ga maandag bij Anna langs", "--now", NOW]);
    assert!(told.contains("23 Nov 2026") && told.contains("planned, it counts from then on"), "{told}");
    let told = ok(shop.path(), &["log", "Anna gebeld op 24 november", "--now", NOW]);
    assert!(told.contains("24 Nov 2025") && told.contains("--at 2026-11-24"), "{told}");
    let before = count(shop.path());
    let told = fails(shop.path(), &["log", "niks gehoord van Anna"], 1);
    assert!(told.contains("there was no contact") && told.contains("--channel"), "{told}");
    assert_eq!(count(shop.path()), before);
    ok(shop.path(), &["log", "niks gehoord van Anna", "--channel", "message"]);
    let told = ok(shop.path(), &["log", "belde Carla", "--new", "--lang", "nl"]);
    assert!(told.contains("Nieuwe klant: Carla"), "{told}");
    assert!(fails(shop.path(), &["log", "called Oneil"], 1).contains("did you mean Sean O'Neill?"));
}

#[test]
fn a_feeling_that_is_said_is_kept_and_told() {
    let shop = shop(&["Anna Jansen"]);
    let told = ok(shop.path(), &["log", "Anna belde, ze was boos", "--now", NOW, "--lang", "nl"]);
    assert!(told.contains("gevoel −1") && told.contains("gelezen uit je woorden (`boos`)"), "{told}");
    let told = ok(shop.path(), &["log", "anna", "called, happy", "--felt", "-0.5", "--now", NOW]);
    assert!(told.contains("felt −0.5") && !told.contains("How it felt"), "{told}");
}

#[test]
fn of_several_lines_one_that_is_wrong_says_that_nothing_was_stored() {
    let shop = shop(&["Anna Jansen"]);
    let mut command = attent(shop.path(), &["log", "-", "--now", NOW, "--no-input"]);
    command.stdin(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    std::io::Write::write_all(child.stdin.as_mut().unwrap(), b"called Anna about the tiles\ncalled Xerxes about them\n").unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        !output.status.success() && said.contains("line 2: ") && said.contains("nothing was stored, of the other lines either"),
        "{said}"
    );
    assert_eq!(json(shop.path(), &["timeline", "anna", "--now", NOW])["touchpoints"].as_array().unwrap().len(), 0);
}
