//! The demo, as a new user meets it.

use std::path::Path;

use crate::cli::{fails, json, ok};

const NOW: &str = "2026-07-01T12:00:00Z";

fn demo(home: &Path, lang: &str, more: &[&str]) -> String {
    let args: Vec<&str> = ["demo", "--now", NOW, "--lang", lang].iter().chain(more).copied().collect();
    ok(home, &args)
}

fn home() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn it_shows_the_three_findings_and_what_to_do_in_both_languages() {
    for (lang, words) in [
        ("en", ["After-care, cold:", "After-care, too digital:", "Quotation, transactional:", "A short call", "Try next:"]),
        ("nl", ["Nazorg, koud:", "Nazorg, te digitaal:", "Offerte, zakelijk:", "Even bellen", "Probeer hierna:"]),
    ] {
        let home = home();
        let said = demo(home.path(), lang, &["--dir", "garden", "--width", "80"]);
        for word in words {
            assert!(said.contains(word), "{word}\n{said}");
        }
        assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
        assert!(said.lines().count() <= 46, "{said}");
        assert!(said.ends_with(&format!("attent -w garden timeline Willem --now {NOW}\n")), "{said}");
    }
}

#[test]
fn the_same_moment_gives_the_same_demo() {
    let (one, other) = (home(), home());
    for format in ["table", "json", "md", "csv"] {
        let more = ["--dir", format, "-O", format];
        assert_eq!(demo(one.path(), "nl", &more), demo(other.path(), "nl", &more));
    }
    for file in ["log.csv", "attent.yaml", "journeys/customer.yaml"] {
        let read = |home: &Path| std::fs::read(home.join("table").join(file)).expect("a file of the demo");
        assert_eq!(read(one.path()), read(other.path()), "{file}");
    }
}

#[test]
fn it_is_a_real_workspace_that_gives_the_same_answers() {
    let home = home();
    let told = json(home.path(), &["demo", "--now", NOW, "--dir", "garden"]);
    assert_eq!(told["schema"], "attent.demo/1");
    for (verb, args) in [("score", vec!["score"]), ("suggest", vec!["suggest"])] {
        let all: Vec<&str> = args.into_iter().chain(["-w", "garden", "--now", NOW]).collect();
        assert_eq!(told[verb], json(home.path(), &all), "{verb}");
    }
    let again = ok(home.path(), &["import", "garden/log.csv", "-w", "garden", "--now", NOW]);
    assert!(again.contains("0 added, 365 already known"), "{again}");
}

#[test]
fn a_thanks_for_a_recommendation_and_recovery_are_among_the_suggestions() {
    let home = home();
    let told = json(home.path(), &["demo", "--now", NOW, "--dir", "garden"]);
    let suggestions = told["suggest"]["suggestions"].as_array().expect("suggestions");
    let for_whom = |play: &str| suggestions.iter().find(|one| one["play"] == play).map(|one| one["customers"].clone());
    assert_eq!(for_whom("referral-thanks-call"), Some(serde_json::json!(["Yusuf Demir"])));
    let hurt = suggestions.iter().find(|one| one["findings"].as_array().is_some_and(|all| all.contains(&"wounded".into())));
    assert_eq!(hurt.expect("a recovery")["customers"], serde_json::json!(["Willem Dekker"]));
}

#[test]
fn it_overwrites_nothing() {
    let home = home();
    std::fs::create_dir(home.path().join("mine")).expect("a folder");
    demo(home.path(), "en", &["--dir", "mine"]);
    let said = fails(home.path(), &["demo", "--dir", "mine"], 1);
    assert!(said.contains("not an empty folder"), "{said}");
    std::fs::write(home.path().join("file"), "mine").expect("a file");
    fails(home.path(), &["demo", "--dir", "file"], 1);
    assert_eq!(std::fs::read_to_string(home.path().join("file")).expect("the file"), "mine");
}

#[cfg(unix)]
#[test]
fn without_a_folder_it_makes_a_private_one() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = home();
    let output =
        crate::cli::attent(home.path(), &["demo", "--now", NOW, "-O", "json"]).env("TMPDIR", home.path()).output().expect("it runs");
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let folder = Path::new(told["folder"].as_str().expect("a folder"));
    let mode = std::fs::metadata(folder).expect("the folder stays").permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}
