//! Hostile data through every importer and every format: whatever a name, a note or a title holds, no answer
//! does anything but be read.
#![cfg(unix)]

mod checks;
mod corpus;
mod exports;
mod files;

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::io::Write as _;
use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Instant;

use self::checks::{FORMATS, wrong};
use self::files::{PROFILE, yaml};
use super::cli::{attent, json, ok};
use super::edges_sources::put;

const NOW: &str = "2026-09-20T12:00:00Z";

/// Runs it; whatever it says on standard error is inert, and so are the commands it tells to type.
#[track_caller]
fn run<A: AsRef<OsStr>>(folder: &Path, args: &[A]) -> Output {
    let mut command = attent(folder, &["--now", NOW, "--no-input"]);
    judged(command.args(args), None)
}

#[track_caller]
fn judged(command: &mut Command, input: Option<&[u8]>) -> Output {
    let output = match input {
        None => command.output().unwrap(),
        Some(bytes) => {
            let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
            // Who stops reading early need not take it all.
            let _ = child.stdin.take().unwrap().write_all(bytes);
            child.wait_with_output().unwrap()
        }
    };
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.code().is_some_and(|code| code < 4) && !said.contains("panicked"), "{command:?}\n{said}");
    let colours = command.get_args().any(|arg| arg == "always");
    if let Some(wrong) = wrong(if colours { "color" } else { "messages" }, &output.stderr) {
        panic!("{command:?} said: {wrong}");
    }
    output
}

/// Runs it in every format; each answer is inert.
#[track_caller]
fn inert(root: &Path, verb: &[&str]) {
    for (format, flags) in FORMATS {
        let output = run(root, &[*flags, verb].concat());
        if let Some(wrong) = wrong(format, &output.stdout) {
            panic!("attent {verb:?} as {format}: {wrong} {}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

/// A workspace whose titles and settings are of the corpus.
fn workspace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let mut journey = format!("id: customer\ntitle: {}\nstages:\n", yaml("\u{1b}]0;x\u{7}</title><script>alert(1)</script>"));
    let titles = corpus::names().into_iter().step_by(5).chain(["=1+1", "a|b", "<script>alert(1)</script>"]);
    for (n, title) in titles.enumerate() {
        writeln!(journey, "  - {{id: s{n}, title: {}}}", yaml(title)).unwrap();
    }
    put(root, "journeys/customer.yaml", journey);
    put(root, "attent.yaml", format!("language: en\nme: me@home.example\n{PROFILE}"));
    folder
}

/// Everything in one workspace, by every way in.
fn filled() -> tempfile::TempDir {
    let folder = workspace();
    let root = folder.path();
    let texts = corpus::texts();
    for (file, more) in files::write_all(root, &texts) {
        let dry = run(root, &[&["import", file, "--skip-errors", "--dry-run"], more].concat());
        let told = run(root, &[&["import", file, "--skip-errors"], more].concat());
        assert!(dry.status.success() && told.status.success(), "{file}: {}", String::from_utf8_lossy(&told.stderr));
        if let Some(wrong) = wrong("table", &dry.stdout).or_else(|| wrong("table", &told.stdout)) {
            panic!("import {file}: {wrong}");
        }
    }
    folder
}

fn customers(root: &Path) -> BTreeSet<String> {
    let all = json(root, &["customers", "list", "--now", NOW]);
    all["customers"].as_array().unwrap().iter().map(|row| row["customer"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn every_answer_is_inert_whatever_was_imported() {
    let folder = filled();
    let root = folder.path();
    let known = customers(root);
    for way in ["v", "h", "h1", "c"] {
        let came = known.iter().filter(|name| name.contains(&format!(" ({way}"))).count();
        assert!(came > 20, "{came} names came in by {way}");
    }
    let plain: BTreeSet<String> = corpus::names().iter().map(|name| name.trim().to_owned()).collect();
    let whole = plain.intersection(&known).count();
    assert!(whole > 100, "{whole} names came in as they are");
    run(root, &["nudge", "--max", "5"]);
    let formula = known.iter().find(|name| name.starts_with("=cmd")).unwrap();
    let verbs: &[&[&str]] = &[
        &["customers", "list"],
        &["customers", "show", "--", formula],
        &["timeline", "--", formula],
        &["score"],
        &["why", "s0"],
        &["plan"],
        &["nudges"],
        &["nudge", "--dry-run", "--max", "1000"],
        &["undo", "--list"],
    ];
    verbs.iter().for_each(|verb| inert(root, verb));
    let notes = json(root, &["timeline", "cmd-c-calc-a0", "--now", NOW]);
    assert!(notes["touchpoints"].as_array().unwrap().iter().any(|row| row["note"] == formula.as_str()), "{notes}");
    completed(root, &known);
}

/// What a shell is offered is a line each, and nothing in it is obeyed.
fn completed(root: &Path, known: &BTreeSet<String>) {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        for words in [&["timeline", ""][..], &["score", "--stage", ""], &["sync", ""]] {
            let mut command = attent(root, &["--", "attent"]);
            command.args(words).env("COMPLETE", shell).env("_CLAP_COMPLETE_INDEX", words.len().to_string()).env("_CLAP_IFS", "\n");
            let output = command.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "false").output().unwrap();
            let text = String::from_utf8(output.stdout).unwrap().replace('\t', " ");
            assert_eq!((wrong("completions", text.as_bytes()), output.stderr.len()), (None, 0), "{shell} {words:?}");
            assert!(text.lines().count() <= known.len() + 200, "{shell} {words:?}: a line each");
        }
    }
}

#[test]
fn what_is_typed_is_inert_too() {
    let folder = workspace();
    let root = folder.path();
    ok(root, &["customers", "add", "Anna Bakker", "--now", NOW]);
    for (n, text) in corpus::some().into_iter().filter(|text| !text.contains('\0')).enumerate() {
        let given = |flag: &str| format!("{flag}={text}");
        let tries: &[&[&str]] = &[
            &["customers", "add", &given("--segment"), "--", text],
            &["log", "--new", "--", text, text],
            &["log", &given("--tag"), &given("--stage"), "--", "Anna", "called"],
            &["incident", "open", "--", "Anna", text],
            &["gift", "idea", "--", "Anna", text],
            &["referral", "add", &given("--outcome"), "--by=Anna", "--", text],
            &["timeline", "--", text],
            &["import", "--", text],
            &["-w", text, "score"],
            &["--lang", text],
            &["config", "--", text],
            &[text],
        ];
        // The words that go into the log with each, of the others a third.
        for (_, words) in tries.iter().enumerate().filter(|(place, _)| *place == 1 || place % 3 == n % 3) {
            run(root, words);
        }
    }
    std::fs::read_dir(root).unwrap().for_each(|entry| assert_ne!(entry.unwrap().file_name(), "ran"));
    run(root, &["nudge", "--max", "5"]);
    let verbs: &[&[&str]] = &[
        &["customers", "list"],
        &["timeline", "Anna"],
        &["dossier", "Anna"],
        &["incidents"],
        &["incident", "list"],
        &["gift", "list"],
        &["gifts"],
        &["referral", "list"],
    ];
    verbs.iter().for_each(|verb| inert(root, verb));
    inert(root, &["today"]);
}

#[test]
fn arguments_that_are_no_text_are_told_of() {
    let folder = workspace();
    for bytes in [&b"\xff\xfe"[..], b"a\xc3", b"\x9b31m", b"\xed\xa0\x80", b"\x1b]0;x\x07\xff"] {
        let word = OsStr::from_bytes(bytes);
        for verb in [&["timeline"][..], &["log", "Anna"], &["import"], &["customers", "add"], &["-w"], &["-o"], &[]] {
            let words: Vec<&OsStr> = verb.iter().map(OsStr::new).chain([word]).collect();
            run(folder.path(), &words);
        }
    }
}

/// What a file holds with a text in it.
type Content<'a> = &'a dyn Fn(&str) -> String;

#[test]
fn files_people_write_are_shown_inert_with_all_their_mistakes() {
    let playbook = |text: &str| format!("plays:\n  - {{id: x, title: {0}, action: {0}, theme: {0}, {0}: 1}}\n", yaml(text));
    let tries: [(&str, Content<'_>); 7] = [
        ("attent.yaml", &|text| format!("{}: x\nme: {}\ncurrency: {}\n", yaml(text), yaml(text), yaml(text))),
        ("attent.yaml", &|text| format!("sources: [{{path: {0}, as: {0}}}]\nwords: {{visit: [{0}]}}\nignore: {0}\n", yaml(text))),
        ("attent.yaml", &|text| format!("# {text}\nlanguage: {text}\n")),
        ("journeys/customer.yaml", &|text| {
            format!("id: {0}\ntitle: {0}\nstages: [{{id: {0}, title: {0}, rules: [{{word: {0}, channel: {0}}}]}}]\n", yaml(text))
        }),
        ("journeys/customer.yaml", &|text| text.to_owned()),
        ("journeys/customer.yaml", &|text| format!("id: a\nid: b\ntitle: '{}'\n{text}", text.replace('\'', "''"))),
        ("playbook.yaml", &playbook),
    ];
    let folder = workspace();
    let root = folder.path();
    for (n, text) in corpus::some().into_iter().enumerate() {
        for (file, content) in &tries {
            let before = std::fs::read(root.join(file)).ok();
            put(root, file, content(text));
            let (format, flags) = FORMATS[n % FORMATS.len()];
            let verbs = [&["check"][..], &["plays"]];
            for verb in verbs.into_iter().take(if n % 3 == 0 { 2 } else { 1 }) {
                let output = run(root, &[flags, verb].concat());
                // A mistake that stops the command leaves nothing for a program to read.
                if let Some(wrong) = wrong(format, &output.stdout).filter(|_| !output.stdout.is_empty()) {
                    panic!("attent {verb:?} as {format} with {text:?} in {file}: {wrong}");
                }
            }
            match before {
                Some(bytes) => put(root, file, bytes),
                None => std::fs::remove_file(root.join(file)).unwrap(),
            }
        }
    }
}

#[test]
fn own_plays_and_journeys_are_shown_inert() {
    let folder = workspace();
    let root = folder.path();
    let mut plays = "plays:\n".to_owned();
    for (n, text) in corpus::names().into_iter().enumerate() {
        let text = yaml(text);
        writeln!(plays, "  - {{id: p{n}, title: {text}, action: {text}, theme: update, answers: [cold, empty], minutes: 1, touchpoint: {{channel: card}}, checklist: [{text}]}}").unwrap();
    }
    put(root, "playbook.yaml", plays);
    ok(root, &["log", "--new", "Anna Bakker", "called", "--at", "2026-01-01", "--now", NOW]);
    for verb in [&["plays"][..], &["plays", "p60"], &["suggest"], &["plan"], &["nudge", "--dry-run"]] {
        inert(root, verb);
    }
}

/// Bytes that are no text, in the middle of every kind of file.
#[test]
fn broken_bytes_in_files_are_told_of() {
    let folder = workspace();
    let root = folder.path();
    let all = files::write_all(root, &["Anna Bakker", "MARK", "Bram"]);
    for bytes in [&b"\xff\xfe\0"[..], b"\xc3", b"\0\0\0", b"\xed\xa0\x80", b"\x9b2J\x1b[2J", b"\xf0\x9f\x91"] {
        for (file, more) in all.iter().filter(|(file, _)| !file.ends_with("xlsx") && *file != "Maildir") {
            let text = std::fs::read(root.join(file)).unwrap();
            let mut parts = text.split(|byte| *byte == b'M').collect::<Vec<_>>().join(&[bytes, b"M"].concat()[..]);
            let name = format!("broken-{file}");
            put(root, &name, &parts);
            run(root, &[&["import", &name, "--skip-errors"], *more].concat());
            parts.truncate(parts.len() / 2);
            put(root, &name, &parts);
            run(root, &[&["import", &name, "--skip-errors", "--dry-run"], *more].concat());
        }
    }
    inert(root, &["customers", "list"]);
}

/// What a shell would find in a command that is told to be typed: everything a name holds stands in quotes.
#[test]
fn commands_that_are_told_to_be_typed_hold_names_as_words() {
    let folder = workspace();
    let root = folder.path();
    let names = [
        "$(touch ran)",
        "`touch ran`",
        "a; touch ran",
        "a\"; touch ran; \"",
        "it's $(touch ran)",
        "!!",
        "a\\",
        "-o/ran",
        "|touch ran",
        "&touch ran",
    ];
    let mut told = String::new();
    for name in names {
        put(
            root,
            "a.vcf",
            format!(
                "BEGIN:VCARD\nVERSION:4.0\nFN:{0}\nEMAIL:a@x.example\nEND:VCARD\nBEGIN:VCARD\nVERSION:4.0\nFN:{0}\nEMAIL:b@x.example\nEND:VCARD\n",
                name.replace('\\', "\\\\").replace(';', "\\;")
            ),
        );
        let tries: &[&[&str]] = &[
            &["import", "a.vcf"],
            &["timeline", "--", &format!("{name} zzz")],
            &["customers", "add", "--email", "a@x.example", "--", "Somebody else"],
            &["referral", "outcome", "--", name, "good"],
            &["referral", "thank", "--", name],
            &["plan"],
            &["-w", name, "score"],
            &["customers", "doubles"],
        ];
        for words in tries {
            let output = run(root, words);
            told += &String::from_utf8(output.stdout).unwrap();
            told += &String::from_utf8(output.stderr).unwrap();
        }
    }
    let commands: Vec<&str> = told.split("`attent ").skip(1).collect();
    assert!(commands.len() > 40, "{} commands are told", commands.len());
    for command in commands {
        assert_eq!(checks::obeyed(command), None, "`attent {}", command.lines().next().unwrap_or_default());
    }
}

/// A name and a note of ten megabytes in a file of each kind, with no more memory than a small computer has.
#[test]
fn ten_megabytes_are_refused_or_bounded_in_few_words() {
    let folder = workspace();
    let root = folder.path();
    let large = "Anna Bakker ".repeat(10_000_000 / 12);
    let program = env!("CARGO_BIN_EXE_attent");
    for (file, more) in files::write_all(root, &[&large]) {
        let begin = Instant::now();
        let line =
            format!("ulimit -v 500000; exec timeout 20 '{program}' --no-input --now {NOW} import {file} --skip-errors {}", more.join(" "));
        let mut command = Command::new("sh");
        command.arg("-c").arg(line).current_dir(root).env_clear().env("TZ", "UTC").env("HOME", root).env("ATTENT_TRUST", "*");
        let output = judged(&mut command, None);
        let said = [output.stdout, output.stderr].concat();
        assert!(said.len() < 4_000, "{file}: {} bytes are said", said.len());
        assert!(begin.elapsed().as_secs() < 10, "{file} took {:?}", begin.elapsed());
    }
    let sentence = judged(attent(root, &["log", "-", "--new", "--now", NOW]).env("TZ", "UTC"), Some(large.as_bytes()));
    assert_eq!((sentence.status.code(), sentence.stdout.len()), (Some(3), 0));
    assert!(sentence.stderr.len() < 1_000);
    for file in ["attent.yaml", "journeys/customer.yaml"] {
        let before = std::fs::read(root.join(file)).unwrap();
        let content = if file == "attent.yaml" {
            format!("me: {large}\n")
        } else {
            format!("id: customer\ntitle: {large}\nstages: [{{id: a, title: {large}}}]\n")
        };
        put(root, file, content);
        let output = run(root, &["check"]);
        assert!(output.stdout.len() < 10_000, "{file}: {} bytes are said", output.stdout.len());
        let output = run(root, &["score", "-O", "table"]);
        assert!(output.stdout.len() + output.stderr.len() < 10_000, "{file}: {} bytes are said", output.stdout.len() + output.stderr.len());
        put(root, file, before);
    }
    for customer in customers(root) {
        assert!(customer.chars().count() <= 240, "a name of {}", customer.chars().count());
    }
    assert!(run(root, &["customers", "list", "-O", "html"]).stdout.len() < 20_000);
}
