//! A person's first Monday: from `init` through `plan`, `nudge` and `done` to the warmer score.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::{attent, json, ok};

/// A coach with one customer whom nobody has called since the spring.
fn practice(home: &Path) -> PathBuf {
    ok(home, &["init", "practice", "--template", "coach", "--lang", "en"]);
    let folder = home.join("practice");
    on(&folder, "2026-03-02", &["customers", "add", "Anna Visser"]);
    on(&folder, "2026-03-03", &["log", "Anna Visser", "intro by phone, her new job"]);
    on(&folder, "2026-03-05", &["log", "Anna Visser", "automatic mail with the questionnaire", "--sender", "automated"]);
    folder
}

/// Runs a command on that day.
fn on(folder: &Path, day: &str, args: &[&str]) -> String {
    let output = attent(folder, args).env("ATTENT_NOW", format!("{day} 07:00")).output().expect("it starts");
    assert!(output.status.success(), "attent {args:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The answer of a command on that day.
fn asked(folder: &Path, day: &str, args: &[&str]) -> Value {
    json(folder, &[args, &["--now", &format!("{day} 07:00")]].concat())
}

/// Who is named by the rows of an answer, with the rule.
fn rows(answer: &Value, key: &str) -> Vec<(String, String)> {
    let word = |word: &Value| word.as_str().expect("a word").to_owned();
    answer[key].as_array().expect("rows").iter().map(|row| (word(&row["customer"]["name"]), word(&row["rule"]))).collect()
}

fn warmth(folder: &Path, day: &str) -> f64 {
    asked(folder, day, &["score"])["stages"][0]["warmth"].as_f64().expect("a warmth")
}

#[test]
fn from_init_to_the_warmer_score() {
    const MONDAY: &str = "2026-07-06";
    let home = tempfile::tempdir().unwrap();
    let folder = practice(home.path());
    let before = warmth(&folder, MONDAY);
    let planned = rows(&asked(&folder, MONDAY, &["plan"]), "actions");
    assert!(planned.iter().all(|(who, _)| who == "Anna Visser") && !planned.is_empty(), "{planned:?}");
    assert_eq!(rows(&asked(&folder, MONDAY, &["plan"]), "actions"), planned, "planning records nothing");
    let digest = on(&folder, MONDAY, &["nudge"]);
    assert!(digest.contains("#1 Anna Visser") && digest.contains("attent done 1"), "{digest}");
    let said = on(&folder, MONDAY, &["done", "1", "She is glad to hear from me", "--checked", "--felt", "good"]);
    assert!(said.contains("The relationship with Anna Visser goes from"), "{said}");
    assert!(warmth(&folder, MONDAY) > before + 10.0, "{before} {}", warmth(&folder, MONDAY));
    let again = rows(&asked(&folder, "2026-07-13", &["nudge"]), "nudges");
    assert!(!again.contains(&planned[0]), "the next Monday does not bring it up again: {again:?}");
}

#[test]
fn what_has_lost_its_cause_is_neither_due_nor_planned() {
    const MONDAY: &str = "2026-07-06";
    let home = tempfile::tempdir().unwrap();
    let folder = practice(home.path());
    on(&folder, MONDAY, &["nudge"]);
    assert!(!rows(&asked(&folder, MONDAY, &["today"]), "due").is_empty());
    // She calls before anybody did what stands: whatever asked for contact is gone.
    for _ in 0..4 {
        on(&folder, "2026-07-07", &["log", "Anna Visser", "intro again: she called about her new job", "--felt", "great", "--in"]);
        on(&folder, "2026-07-07", &["log", "Anna Visser", "intro again: called her back", "--felt", "great"]);
    }
    let today = asked(&folder, "2026-07-07", &["today"]);
    assert!(rows(&today, "due").is_empty(), "{today}");
    let planned = asked(&folder, "2026-07-07", &["plan"]);
    assert!(rows(&planned, "actions").iter().all(|(_, rule)| rule != "cold"), "{planned}");
    let digest = on(&folder, "2026-07-07", &["nudge"]);
    assert!(digest.contains("No longer needed") && digest.contains("#1 Anna Visser"), "{digest}");
}

#[test]
fn an_open_failure_goes_before_an_older_debt() {
    let home = tempfile::tempdir().unwrap();
    let folder = practice(home.path());
    on(&folder, "2026-05-01", &["customers", "add", "Bram de Wit"]);
    on(&folder, "2026-05-02", &["log", "Bram de Wit", "intro by phone"]);
    on(&folder, "2026-06-01", &["incident", "open", "Bram", "The session was double-booked"]);
    on(&folder, "2026-06-02", &["incident", "resolve", "Bram", "--personal"]);
    on(&folder, "2026-07-05", &["incident", "open", "Anna", "Her papers went to somebody else"]);
    let tried = on(&folder, "2026-07-06", &["nudge", "--dry-run", "--max", "1"]);
    assert!(tried.contains("2 more: a larger --max") && !tried.contains("attent nudges"), "nothing is kept to be listed: {tried}");
    for (answer, key) in [("nudge", "nudges"), ("today", "due"), ("plan", "actions"), ("nudges", "nudges")] {
        let found = rows(&asked(&folder, "2026-07-06", &[answer]), key);
        let who = |rule: &str| found.iter().position(|(_, own)| own == rule);
        assert!(who("R1") == Some(0) && who("R8") == Some(1), "{answer}: {found:?}");
    }
    let digest = on(&folder, "2026-07-06", &["nudge"]);
    assert!(digest.contains("for this week, 1 past its day") && digest.contains("made good 34 days ago"), "{digest}");
    let first = asked(&folder, "2026-07-06", &["today"]);
    assert_eq!(first["first"]["customer"]["name"], "Anna Visser");
}

#[test]
fn a_call_answers_a_failure_and_putting_it_right_makes_it_good() {
    for (minutes, play, said) in [(30, "Call and own up", "is acknowledged"), (180, "Put it right in person", "is made good")] {
        let home = tempfile::tempdir().unwrap();
        let folder = practice(home.path());
        let settings = std::fs::read_to_string(folder.join("attent.yaml")).unwrap();
        std::fs::write(folder.join("attent.yaml"), format!("{settings}\nbudget: {{minutes: {minutes}}}\n")).unwrap();
        on(&folder, "2026-07-06", &["incident", "open", "Anna", "The session was double-booked"]);
        assert!(on(&folder, "2026-07-06", &["nudges"]).contains(play), "{play}");
        let done = on(&folder, "2026-07-06", &["done", "1", "--checked"]);
        assert!(done.contains(said), "{done}");
        let owed = rows(&asked(&folder, "2026-07-06", &["nudge"]), "nudges").iter().any(|(_, rule)| rule == "R2");
        assert_eq!(owed, minutes == 30, "what was only answered still has to be made good");
    }
}
