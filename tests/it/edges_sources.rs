//! What import and sync meet outside of files: pipes, links, packed files, permissions, sizes.

use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use super::cli::{attent, fails, json, ok, workspace};
use super::cli_log::{JOURNEY, NOW};

/// A workspace of somebody whose mail address is `me@home.example`, with these lines in `attent.yaml`
/// and these customers, each as the arguments of `customers add`.
pub fn office(settings: &str, customers: &[&[&str]]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path(), JOURNEY);
    settle(folder.path(), settings);
    for customer in customers {
        ok(folder.path(), &[&["customers", "add"], *customer].concat());
    }
    folder
}

/// Writes `attent.yaml` anew.
pub fn settle(folder: &Path, settings: &str) {
    put(folder, "attent.yaml", &format!("language: en\nme: me@home.example\n{settings}"));
}

/// Writes a file, with the folders above it.
pub fn put(folder: &Path, name: &str, content: impl AsRef<[u8]>) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, content).unwrap();
}

/// A message; `more` are whole lines of headers.
pub fn letter(from: &str, to: &str, day: u32, id: &str, more: &str) -> String {
    format!(
        "From: {from}\nTo: {to}\nDate: {day} Nov 2026 10:00:00 +0000\nMessage-ID: <{id}@x.example>\nSubject: Hello\n{more}\nSecret body\n"
    )
}

/// Messages as an mbox has them.
pub fn mbox(letters: &[String]) -> String {
    letters.iter().map(|letter| format!("From x@x.example Mon Nov  2 12:00:00 2026\n{letter}\n")).collect()
}

/// As gzip packs it.
pub fn packed(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(content.as_ref()).unwrap();
    packer.finish().unwrap()
}

/// The answer of a command on the day of the tests.
#[track_caller]
pub fn told(folder: &Path, args: &[&str]) -> Value {
    json(folder, &[args, &["--now", NOW]].concat())
}

/// The answer of an import.
#[track_caller]
pub fn imported(folder: &Path, args: &[&str]) -> Value {
    told(folder, &[&["import"], args].concat())
}

/// Numbers of an answer by their names.
#[track_caller]
pub fn counts<const N: usize>(answer: &Value, names: [&str; N]) -> [u64; N] {
    names.map(|name| answer[name].as_u64().unwrap_or_else(|| panic!("no {name} in {answer}")))
}

/// How many contacts a customer has.
#[track_caller]
pub fn contacts(folder: &Path, customer: &str) -> u64 {
    let answer = told(folder, &["timeline", customer]);
    answer["touchpoints"].as_array().map_or(0, Vec::len) as u64
}

/// All that the answers tell of customers and scores.
pub fn everything(folder: &Path) -> Vec<Value> {
    let mut all = super::cli_log::scores(folder).to_vec();
    let people = told(folder, &["customers", "list"]);
    for id in people["customers"].as_array().unwrap() {
        all.push(told(folder, &["customers", "show", id["id"].as_str().unwrap()]));
    }
    all.push(people);
    all
}

/// Runs a command that changes something, takes it back, and back again: everything is as it was, to the
/// last number, each time.
#[track_caller]
pub fn there_and_back(folder: &Path, command: &[&str]) {
    let before = everything(folder);
    told(folder, command);
    let after = everything(folder);
    assert!(before != after, "{command:?} changes something");
    let mut entry = "undo".to_owned();
    for (step, expected) in [&before, &after, &before, &after].into_iter().enumerate() {
        let args: Vec<&str> = ["undo"].into_iter().chain((step > 0).then_some(entry.as_str())).collect();
        let undone = told(folder, &args);
        assert!(&everything(folder) == expected, "{step}: {undone}");
        entry = undone["undone"][0]["by"].as_str().unwrap_or_else(|| panic!("{undone}")).to_owned();
    }
}

#[test]
fn of_two_identical_rows_the_one_taken_out_stays_out() {
    for out in ["#1", "#2"] {
        let folder = office("", &[]);
        put(folder.path(), "log.csv", "at,customer,channel\n2026-11-02,Anna,phone\n2026-11-02,Anna,phone\n");
        imported(folder.path(), &["log.csv"]);
        ok(folder.path(), &["undo", out]);
        for _ in 0..2 {
            assert_eq!(counts(&imported(folder.path(), &["log.csv"]), ["added", "known"]), [0, 2], "{out}");
            assert_eq!(contacts(folder.path(), "Anna"), 1, "{out}");
        }
        put(folder.path(), "log.csv", "at,customer,channel\n2026-11-02,Anna,phone\n2026-11-02,Anna,phone\n2026-11-02,Anna,phone\n");
        assert_eq!(counts(&imported(folder.path(), &["log.csv"]), ["added", "known"]), [1, 2], "a third one is new: {out}");
    }
}
