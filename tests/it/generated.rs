//! What is generated and kept under `completions/`: the scripts of the shells and the man pages.
//! `ATTENT_RENEW=1 cargo test generated` renews them all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::{attent, ok, workspace};
use crate::docs::renewing;

/// The shells with the file each looks for.
const SCRIPTS: [(&str, &str); 5] =
    [("bash", "attent.bash"), ("zsh", "_attent"), ("fish", "attent.fish"), ("elvish", "attent.elv"), ("powershell", "attent.ps1")];

fn kept() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("completions")
}

/// Every file of a folder and the folders in it, by its path from there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        let name = PathBuf::from(path.file_name().expect("a name"));
        if path.is_dir() {
            found.extend(files(&path).into_iter().map(|(below, bytes)| (name.join(below), bytes)));
        } else {
            found.insert(name, fs::read(&path).expect("a file"));
        }
    }
    found
}

fn generate(folder: &Path) {
    for (shell, name) in SCRIPTS {
        fs::write(folder.join(name), ok(folder, &["completions", shell])).expect("the script is written");
    }
    ok(folder, &["completions", "--man", "man"]);
}

#[test]
fn generated_files_are_up_to_date() {
    let folder = tempfile::tempdir().expect("a folder");
    generate(folder.path());
    let (made, kept) = (files(folder.path()), kept());
    if renewing() {
        let _ = fs::remove_dir_all(&kept);
        fs::create_dir_all(kept.join("man")).expect("the folders are made");
        made.iter().for_each(|(name, bytes)| fs::write(kept.join(name), bytes).expect("the file is written"));
    }
    let found = files(&kept);
    let names: std::collections::BTreeSet<_> = made.keys().chain(found.keys()).collect();
    let stale: Vec<_> = names.into_iter().filter(|name| made.get(*name) != found.get(*name)).collect();
    assert!(stale.is_empty(), "out of date under completions/: {stale:?}\nrenew them with: ATTENT_RENEW=1 cargo test generated");
}

#[test]
fn scripts_name_the_program_and_no_path_of_this_machine() {
    let folder = tempfile::tempdir().expect("a folder");
    for (shell, _) in SCRIPTS {
        let script = ok(folder.path(), &["completions", shell]);
        assert!(script.contains("attent") && script.contains("COMPLETE"), "{script}");
        let program = env!("CARGO_BIN_EXE_attent").strip_suffix("attent").expect("its folder");
        assert!(!script.contains(program) && !script.contains(&*folder.path().to_string_lossy()), "{script}");
    }
}

/// What bash is offered for the last of the words.
#[track_caller]
fn offered(folder: &Path, words: &[&str]) -> Vec<String> {
    let (args, index) = ([&["--", "attent"], words].concat(), words.len().to_string());
    let mut command = attent(folder, &args);
    command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", index).env("_CLAP_IFS", "\n");
    let output = command.output().expect("the program starts");
    assert!(output.stderr.is_empty() && output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8").lines().map(str::to_owned).collect()
}

const JOURNEY: &str = "id: customer\ntitle: Customer\nstages:\n  - id: buy\n    title: Buying\n  - id: use\n    title: Using\n";

fn filled() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    workspace(folder.path(), JOURNEY);
    fs::write(folder.path().join("journeys/partner.yaml"), JOURNEY.replace("customer", "partner").replace("buy", "meet")).unwrap();
    fs::write(folder.path().join("log.csv"), "at,customer,channel\n2026-01-01,Jansen BV,visit\n2026-01-02,O'Neill & Zn,visit\n").unwrap();
    ok(folder.path(), &["import", "log.csv"]);
    folder
}

#[test]
fn names_of_the_workspace_complete() {
    let folder = filled();
    assert_eq!(offered(folder.path(), &["why", "b"]), ["buy"]);
    assert_eq!(offered(folder.path(), &["why", "Jan"]), ["jansen-bv"]);
    assert_eq!(offered(folder.path(), &["why", "O'Ne"]), ["oneill-zn"]);
    let all = offered(folder.path(), &["why", ""]);
    assert_eq!(all[..4], ["buy", "use", "jansen-bv", "oneill-zn"]);
    assert_eq!(offered(folder.path(), &["score", "--stage", ""]), ["buy", "use"]);
    assert_eq!(offered(folder.path(), &["score", "--journey", "partner", "--stage", ""]), ["meet", "use"]);
    assert_eq!(offered(folder.path(), &["suggest", "--journey", ""]), ["customer", "partner"]);
    assert_eq!(offered(folder.path(), &["score", "--set", "h"]), ["human="]);
    assert_eq!(offered(folder.path(), &["-O", "j"]), ["json", "jsonl"]);
    assert_eq!(offered(folder.path(), &["sco"]), ["score"]);
}

/// A step of a failure is offered for those that it can be taken on, by number and by whose they are.
#[test]
fn failures_complete_where_their_step_is_next() {
    let folder = filled();
    for (who, at) in [("jansen-bv", "2026-03-01"), ("oneill-zn", "2026-03-02"), ("oneill-zn", "2026-03-03")] {
        ok(folder.path(), &["incident", "open", who, "wrong parcel", "--at", at]);
    }
    ok(folder.path(), &["incident", "resolve", "2", "--at", "2026-03-04"]);
    ok(folder.path(), &["incident", "resolve", "3", "--at", "2026-03-04"]);
    ok(folder.path(), &["incident", "check", "3", "--at", "2026-03-20"]);
    for (verb, numbers) in [
        ("acknowledge", &["1", "jansen-bv"][..]),
        ("resolve", &["1", "jansen-bv"]),
        ("check", &["2", "oneill-zn"]),
        ("assign", &["1", "2", "jansen-bv", "oneill-zn"]),
    ] {
        let all = offered(folder.path(), &["incident", verb, ""]);
        assert_eq!(all[..numbers.len()], *numbers, "{verb}: {all:?}");
        assert!(!all.contains(&"3".to_owned()), "{verb}: {all:?}");
    }
}

/// Every place of a line where a name of the workspace stands.
#[test]
fn names_complete_wherever_they_can_stand() {
    let folder = filled();
    ok(folder.path(), &["customers", "edit", "jansen-bv", "--segment", "Big ones", "--journey", "partner"]);
    ok(folder.path(), &["customers", "edit", "oneill-zn", "--segment", "small"]);
    ok(folder.path(), &["incident", "open", "jansen-bv", "wrong parcel"]);
    let jansen: &[&[&str]] = &[
        &["log", "Jan"],
        &["log", "oneill-zn", "jan"],
        &["incident", "open", "jan"],
        &["incident", "list", "jan"],
        &["incident", "resolve", "jan"],
        &["customers", "show", "jan"],
        &["customers", "edit", "jan"],
        &["timeline", "jan"],
        &["dossier", "jan"],
        &["why", "jan"],
    ];
    for words in jansen {
        assert_eq!(offered(folder.path(), words), ["jansen-bv"], "{words:?}");
    }
    assert_eq!(offered(folder.path(), &["incident", "resolve", ""])[..2], ["1", "jansen-bv"]);
    for words in [&["log", "--stage", ""][..], &["incident", "open", "--stage", ""]] {
        assert_eq!(offered(folder.path(), words), ["buy", "use", "meet"], "{words:?}");
    }
    for words in [&["customers", "list"][..], &["customers", "add"], &["customers", "edit"], &["why"], &["score"], &["suggest"]] {
        let words = [words, &["--journey", "p"]].concat();
        assert_eq!(offered(folder.path(), &words), ["partner"], "{words:?}");
    }
    assert_eq!(offered(folder.path(), &["customers", "list", "--segment", ""]), ["big-ones", "small"]);
    assert_eq!(offered(folder.path(), &["customers", "edit", "--segment", ""]), ["small"]);
    assert_eq!(ok(folder.path(), &["customers", "list", "--segment", "big-ones", "-O", "ids"]), "jansen-bv\n");
    assert_eq!(offered(folder.path(), &["config", "weights.h"]), ["weights.human"]);
}

#[test]
fn words_with_a_reader_of_their_own_complete_too() {
    let folder = filled();
    for (words, expected) in [
        (&["log", "--channel", "vi"][..], &["visit", "video"][..]),
        (&["log", "--sender", ""], &["human", "assisted", "automated"]),
        (&["log", "--personal", ""], &["personal", "merged", "generic"]),
        (&["log", "--kind", "p"], &["promo"]),
        (&["incident", "open", "--severity", "m"], &["minor", "moderate"]),
        (&["plays", "--answers", "c"], &["cold", "crowded"]),
        (&["plays", "--theme", "re"], &["recovery", "referral"]),
    ] {
        assert_eq!(offered(folder.path(), words), expected, "{words:?}");
    }
}

#[test]
fn plays_complete_without_a_workspace_and_with_its_own_playbook() {
    let bare = tempfile::tempdir().expect("a folder");
    for words in [&["plays", "short"][..], &["suggest", "--play", "short"]] {
        assert_eq!(offered(bare.path(), words), ["short-call"], "{words:?}");
    }
    let folder = filled();
    let own = "hide: short-call\nplays:\n  - {id: short-walk, title: A walk, action: Walk., theme: update, answers: cold, minutes: 30, touchpoint: {channel: visit}}\n";
    fs::write(folder.path().join("playbook.yaml"), own).unwrap();
    assert_eq!(offered(folder.path(), &["plays", "short"]), ["short-walk"]);
    assert_eq!(offered(folder.path(), &["suggest", "--play", "short"]), ["short-walk"]);
    fs::write(folder.path().join("playbook.yaml"), "plays: [").unwrap();
    assert_eq!(offered(folder.path(), &["plays", "short"]), ["short-call"]);
}

#[test]
fn names_come_from_the_workspace_that_was_typed() {
    let (folder, elsewhere) = (filled(), tempfile::tempdir().expect("a folder"));
    let named = folder.path().to_string_lossy().into_owned();
    assert_eq!(offered(elsewhere.path(), &["-w", &named, "why", "j"]), ["jansen-bv"]);
    assert_eq!(offered(elsewhere.path(), &[&format!("--workspace={named}"), "score", "--stage", ""]), ["buy", "use"]);
}

/// Without a workspace, a log, or with one that is none: nothing is offered, said or made.
#[test]
fn completing_is_silent_and_makes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    assert!(offered(folder.path(), &["why", "j"]).is_empty());
    workspace(folder.path(), JOURNEY);
    let before = files(folder.path());
    assert!(offered(folder.path(), &["why", "j"]).is_empty());
    assert_eq!(files(folder.path()), before);
    fs::write(folder.path().join("attent.db"), "not a log").unwrap();
    fs::write(folder.path().join("journeys/customer.yaml"), "id: [").unwrap();
    let before = files(folder.path());
    assert!(offered(folder.path(), &["why", "j"]).is_empty() && offered(folder.path(), &["score", "--stage", ""]).is_empty());
    assert_eq!(files(folder.path()), before);
    let full = filled();
    let before = files(full.path());
    offered(full.path(), &["why", ""]);
    assert_eq!(files(full.path()), before);
}

#[test]
fn a_variable_that_means_something_else_changes_nothing() {
    let folder = filled();
    let output = attent(folder.path(), &["score", "-O", "ids"]).env("COMPLETE", "yes").output().unwrap();
    assert_eq!((String::from_utf8_lossy(&output.stdout).as_ref(), output.status.success()), ("buy\nuse\n", true));
}
