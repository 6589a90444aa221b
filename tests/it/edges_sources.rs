//! What import and sync meet outside of files: pipes, links, packed files, permissions, sizes.

use std::io::Write as _;
use std::path::Path;

use serde_json::Value;

use super::cli::{fails, json, ok, workspace};
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
    put(folder, "attent.yaml", format!("language: en\nme: me@home.example\n{settings}"));
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

#[test]
#[cfg(unix)]
fn links_that_lead_back_or_nowhere_and_pipes_in_a_folder_are_passed() {
    let folder = office("sources:\n  - path: in\n", &[]);
    put(folder.path(), "in/log.csv", "at,customer,channel\n2026-11-02,Anna,phone\n");
    put(folder.path(), "in/deep/more.csv", "at,customer,channel\n2026-11-03,Anna,phone\n");
    for (link, to) in [("in/back", "."), ("in/up", ".."), ("in/deep/again", "../deep"), ("in/nowhere.csv", "gone.csv")] {
        std::os::unix::fs::symlink(to, folder.path().join(link)).unwrap();
    }
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("in/pipe.csv")).status();
    assert!(made.is_ok_and(|status| status.success()));
    for (args, expected) in [(&["sync"][..], [2, 0]), (&["sync"], [0, 0]), (&["import", "in"], [0, 2])] {
        let answer = told(folder.path(), args);
        assert_eq!(counts(&answer, ["added", "known"]), expected, "{args:?}");
    }
}

/// As `attent import <(zcat log.csv.gz)` of bash gives it.
#[test]
#[cfg(unix)]
fn a_pipe_with_a_name_is_read_whole() {
    let vcf = "BEGIN:VCARD\nVERSION:3.0\nFN:Anna\nEND:VCARD\n".to_owned();
    let ics = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261102T090000Z\nSUMMARY:Anna\nEND:VEVENT\nEND:VCALENDAR\n".to_owned();
    let csv = "at,customer,channel\n".to_owned() + &"2026-11-02,Anna,phone\n".repeat(2_000);
    for (text, name, expected) in [(csv, "added", 2_000), (vcf, "known_customers", 1), (ics, "added", 1)] {
        for bytes in [text.clone().into_bytes(), packed(&text)] {
            let folder = office("", &[&["Anna"]]);
            let pipe = folder.path().join("pipe");
            assert!(std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success()));
            let writer = std::thread::spawn(move || std::fs::write(pipe, bytes));
            assert_eq!(counts(&imported(folder.path(), &["pipe"]), [name]), [expected], "{name}");
            writer.join().unwrap().unwrap();
        }
    }
}

/// A message that a mail program moves while it is read is found the next time.
#[test]
fn a_message_that_is_gone_is_no_failure() {
    let folder = office("sources:\n  - path: Mail\n", &[&["Anna", "--email", "anna@x.example"]]);
    for part in ["cur", "new"] {
        std::fs::create_dir_all(folder.path().join("Mail").join(part)).unwrap();
    }
    put(folder.path(), "Mail/cur/1", letter("anna@x.example", "me@home.example", 2, "1", ""));
    #[cfg(unix)]
    std::os::unix::fs::symlink("gone", folder.path().join("Mail/cur/2")).unwrap();
    assert_eq!(counts(&told(folder.path(), &["sync"]), ["added", "failed"]), [1, 0]);
    std::fs::rename(folder.path().join("Mail/cur/1"), folder.path().join("Mail/cur/1:2,S")).unwrap();
    assert_eq!(counts(&told(folder.path(), &["sync"]), ["added", "known"]), [0, 1]);
    assert!(fails(folder.path(), &["import", "Mail/cur/9"], 3).contains("there is no such file"));
}

#[test]
fn what_is_packed_and_broken_is_told_in_words() {
    let folder = office("", &[]);
    let whole = packed("at,customer,channel\n".to_owned() + &"2026-11-02,Anna,phone\n".repeat(20_000));
    put(folder.path(), "cut.csv.gz", &whole[..whole.len() - 9]);
    put(folder.path(), "head.csv.gz", &whole[..5]);
    for name in ["cut.csv.gz", "head.csv.gz"] {
        let said = fails(folder.path(), &["import", name, "--lang", "nl"], 3);
        assert!(said.contains(name) && !said.contains("UnexpectedEof"), "{said}");
    }
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "");
}
