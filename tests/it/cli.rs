//! Running the program as a person would, in an environment of its own.

use std::path::Path;
use std::process::{Command, Output};

/// A command of the program in a folder, with nothing of the surroundings but UTC and English. The folders of
/// tests are made with the rights they happen to get, which is no concern of theirs (`edges_permissions`).
pub fn attent(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_attent"));
    command
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("TZ", "UTC")
        .env("HOME", folder)
        .env("LANG", "en_GB.UTF-8")
        .env("ATTENT_TRUST", "*");
    command
}

/// Runs it and gives what it wrote.
pub fn run(folder: &Path, args: &[&str]) -> Output {
    attent(folder, args).output().expect("the program starts")
}

/// Runs it, expects it to succeed, and gives its standard output.
#[track_caller]
pub fn ok(folder: &Path, args: &[&str]) -> String {
    let output = run(folder, args);
    assert!(output.status.success(), "attent {args:?}\n{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("the answer is UTF-8")
}

/// Runs it, expects this exit code, and gives its standard error.
#[track_caller]
pub fn fails(folder: &Path, args: &[&str], code: i32) -> String {
    let output = run(folder, args);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(code), "attent {args:?}\n{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Runs it with `-O json` and reads the answer.
#[track_caller]
pub fn json(folder: &Path, args: &[&str]) -> serde_json::Value {
    let all: Vec<&str> = args.iter().copied().chain(["-O", "json"]).collect();
    serde_json::from_str(&ok(folder, &all)).expect("the answer is JSON")
}

/// Makes a workspace of one journey in a folder.
pub fn workspace(folder: &Path, journey: &str) {
    std::fs::create_dir_all(folder.join("journeys")).expect("the folder is made");
    std::fs::write(folder.join("attent.yaml"), "language: en\n").expect("the settings are written");
    std::fs::write(folder.join("journeys/customer.yaml"), journey).expect("the journey is written");
}
