//! The workspace at its edges: none, one that cannot be written, a broken log, two commands at
//! once, a journey that changes, and taking things back.

use std::path::Path;

use serde_json::Value;

use super::cli::{attent, fails, json, ok, run};
use super::cli_log::scores;
use super::edges_import::{JOURNEY, business, log, put, same};

const NOW: &str = "2026-09-20T12:00:00Z";

/// Every verb that opens the workspace, with arguments it would take.
const VERBS: &[&[&str]] = &[
    &[],
    &["score"],
    &["suggest"],
    &["why", "find"],
    &["log", "Anna", "called"],
    &["import", "log.csv"],
    &["undo"],
    &["incident", "open", "Anna", "late"],
    &["incident", "resolve", "1"],
    &["incident", "list"],
    &["customers", "list"],
    &["customers", "show", "Anna"],
    &["customers", "add", "Zed"],
    &["customers", "edit", "Anna", "--segment", "gold"],
    &["timeline", "Anna"],
];

fn filled() -> tempfile::TempDir {
    let folder = business();
    put(folder.path(), "log.csv", &log(5, 60));
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    folder
}

#[test]
fn without_a_workspace_every_verb_says_how_to_get_one() {
    let bare = tempfile::tempdir().unwrap();
    std::fs::write(bare.path().join("file"), "").unwrap();
    for verb in VERBS {
        let said = fails(bare.path(), verb, 1);
        assert!(said.starts_with("error: there is no workspace here\n") && said.contains("attent init"), "{verb:?}\n{said}");
        let dutch: Vec<&str> = verb.iter().copied().chain(["--lang", "nl"]).collect();
        assert!(fails(bare.path(), &dutch, 1).starts_with("fout: hier is geen werkmap\n"));
        for (place, why) in [("nowhere", "there is no such folder"), ("file", "it is a file"), (".", "the folder has no attent.yaml")] {
            let all: Vec<&str> = ["-w", place].into_iter().chain(verb.iter().copied()).collect();
            let said = fails(bare.path(), &all, 1);
            assert!(said.contains(&format!("`{place}`, named by -w, is not a workspace\n  {why}")), "{said}");
        }
    }
    assert_eq!(std::fs::read_dir(bare.path()).unwrap().count(), 1, "nothing was made");
}

#[test]
fn a_mistake_in_a_file_stops_every_verb_and_is_pointed_at() {
    let folder = filled();
    let before = std::fs::read(folder.path().join("attent.db")).unwrap();
    for (file, mistake) in
        [("attent.yaml", "langage: en\n"), ("journeys/customer.yaml", "id: customer\ntitel: Customer\n"), ("journeys/x.yaml", "- [\n")]
    {
        let path = folder.path().join(file);
        let good = std::fs::read(&path).ok();
        std::fs::write(&path, mistake).unwrap();
        for verb in VERBS {
            let output = run(folder.path(), verb);
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!((output.status.code(), output.stdout.len()), (Some(3), 0), "{verb:?}\n{said}");
            assert!(said.contains(&format!("{file}:")) && (said.contains('━') || said.contains('^')), "{verb:?}\n{said}");
        }
        match good {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
    }
    assert!(std::fs::read(folder.path().join("attent.db")).unwrap() == before, "nothing was written");
}

/// Leaves one file and nothing that SQLite laid beside it.
fn alone(folder: &Path, bytes: Option<&[u8]>) {
    for beside in ["attent.db-wal", "attent.db-shm"] {
        let _ = std::fs::remove_file(folder.join(beside));
    }
    if let Some(bytes) = bytes {
        std::fs::write(folder.join("attent.db"), bytes).unwrap();
    }
}

#[test]
fn a_log_that_is_broken_is_told_and_left_as_it_is() {
    let folder = filled();
    let good = std::fs::read(folder.path().join("attent.db")).unwrap();
    let with = |from: usize, bytes: &[u8]| {
        let mut broken = good.clone();
        broken[from..from + bytes.len()].copy_from_slice(bytes);
        broken
    };
    let cases: &[(Vec<u8>, &str, &str)] = &[
        (with(0, b"not a database at all"), "is not a log of attent\n  it is not an SQLite file", "is geen logboek van attent"),
        (good[..100].to_vec(), "is damaged\n", "is beschadigd\n"),
        (good[..good.len() / 2].to_vec(), "is damaged\n", "is beschadigd\n"),
        (
            with(60, &99_u32.to_be_bytes()),
            "was made by a newer version of attent\n  it has version 99",
            "door een nieuwere versie van attent",
        ),
        (with(68, &7_u32.to_be_bytes()), "is not a log of attent\n  it is another program's database", "is geen logboek van attent"),
    ];
    for (bytes, en, nl) in cases {
        for verb in VERBS {
            alone(folder.path(), Some(bytes));
            let said = fails(folder.path(), verb, 1);
            assert!(said.contains(en) && said.lines().count() == 3, "{verb:?}\n{said}");
            let dutch: Vec<&str> = verb.iter().copied().chain(["--lang", "nl"]).collect();
            assert!(fails(folder.path(), &dutch, 1).contains(nl));
            assert!(std::fs::read(folder.path().join("attent.db")).unwrap() == *bytes, "{verb:?} changed the file");
        }
    }
    alone(folder.path(), None);
    std::fs::remove_file(folder.path().join("attent.db")).unwrap();
    std::fs::create_dir(folder.path().join("attent.db")).unwrap();
    for verb in VERBS {
        assert!(fails(folder.path(), verb, 1).contains("is not a log of attent\n  it is a folder"), "{verb:?}");
    }
}

/// Any one page that is rubbish: an answer or three voices, and never SQLite's own words first.
#[test]
fn a_page_that_is_rubbish_gives_words_and_no_panic() {
    let folder = filled();
    let good = std::fs::read(folder.path().join("attent.db")).unwrap();
    let mut told = 0;
    for (n, page) in (1..good.len() / 4096).enumerate() {
        let mut broken = good.clone();
        broken[page * 4096..(page + 1) * 4096].fill([0, 0x5a, 0xff][n % 3]);
        for verb in [VERBS[1], VERBS[4], VERBS[10], VERBS[14]] {
            alone(folder.path(), Some(&broken));
            let output = run(folder.path(), verb);
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(matches!(output.status.code(), Some(0 | 1)) && !said.contains("panicked"), "page {page} {verb:?}\n{said}");
            if !output.status.success() && said.contains("malformed") {
                told += 1;
                let line = said.lines().next().unwrap();
                assert!(line.starts_with("error: ") && line.ends_with("attent.db is damaged"), "page {page} {verb:?}\n{said}");
            }
        }
    }
    assert!(told > 10, "{told}");
}

/// As somebody else, who may look and not touch.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_read_and_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let folder = filled();
    let expected = scores(folder.path());
    let nobody = |args: &[&str]| {
        let mut command = attent(folder.path(), args);
        command.uid(65_534).gid(65_534);
        command.output()
    };
    let mode = |path: &Path, mode: u32| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    mode(folder.path(), 0o755);
    for name in ["attent.yaml", "attent.db", "log.csv", "journeys/customer.yaml"] {
        mode(&folder.path().join(name), 0o644);
    }
    mode(&folder.path().join("journeys"), 0o755);
    alone(folder.path(), None);
    let Ok(first) = nobody(&["score", "--now", super::cli_log::NOW, "-O", "json"]) else { return };
    let said = String::from_utf8_lossy(&first.stderr).into_owned();
    assert_eq!(serde_json::from_slice::<Value>(&first.stdout).expect(&said), expected[0]);
    let before = std::fs::read(folder.path().join("attent.db")).unwrap();
    for (lang, what, label) in
        [("en", "attent.db cannot be written\n", "error: "), ("nl", "attent.db kan niet worden geschreven\n", "fout: ")]
    {
        for verb in [
            &["log", "Anna", "called"][..],
            &["import", "log.csv"],
            &["undo"],
            &["customers", "add", "Zed"],
            &["incident", "open", "Anna", "late"],
        ] {
            let all: Vec<&str> = verb.iter().copied().chain(["--lang", lang]).collect();
            let output = nobody(&all).unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{said}");
            assert!(said.starts_with(&format!("{label}{what}")) && said.lines().count() == 3, "{verb:?}\n{said}");
        }
    }
    let output = nobody(&["score", "-o", "a.html"]).unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "error: cannot write a.html\n  the permissions do not allow it\n  check its permissions\n"
    );
    assert!(std::fs::read(folder.path().join("attent.db")).unwrap() == before);
    // What may not even be read is told by its name.
    for (name, code) in [("attent.yaml", 3), ("journeys", 3), ("attent.db", 1)] {
        let path = folder.path().join(name);
        let kept = std::fs::metadata(&path).unwrap().permissions().mode();
        mode(&path, 0o600);
        let output = nobody(&["score"]).unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.lines().next().unwrap().contains(name) && said.lines().count() == 3, "{said}");
        mode(&path, kept);
    }
}

#[test]
fn commands_at_the_same_time_lose_nothing() {
    let folder = business();
    std::thread::scope(|scope| {
        for name in ["Anna", "Bo"] {
            let path = folder.path();
            scope.spawn(move || (0..20).for_each(|n| drop(ok(path, &["log", "--new", name, &format!("called, {n}")]))));
        }
    });
    for name in ["Anna", "Bo"] {
        let timeline = json(folder.path(), &["timeline", name]);
        let notes: std::collections::BTreeSet<&str> =
            timeline["touchpoints"].as_array().unwrap().iter().filter_map(|row| row["note"].as_str()).collect();
        assert_eq!(notes.len(), 20, "{timeline}");
    }
}

#[track_caller]
fn same_as_new(folder: &Path, journeys: &[(&str, &str)]) {
    let fresh = business();
    for (name, text) in journeys {
        std::fs::write(fresh.path().join("journeys").join(name), text).unwrap();
    }
    std::fs::copy(folder.join("log.csv"), fresh.path().join("log.csv")).unwrap();
    ok(fresh.path(), &["import", "log.csv", "--now", NOW]);
    scores(folder).iter().zip(&scores(fresh.path())).for_each(|(a, b)| same(a, b));
}

/// Rows that say a stage are left out, as a new workspace would refuse the stages that are gone.
#[test]
fn a_journey_that_changes_scores_as_if_it_had_always_been_so() {
    let folder = business();
    let rows: Vec<String> = log(9, 80).into_iter().filter(|row| !row.contains(",use,") && !row.contains(",buy,")).collect();
    put(folder.path(), "log.csv", &rows);
    ok(folder.path(), &["import", "log.csv", "--now", NOW]);
    let renamed = JOURNEY.replace("id: buy", "id: order");
    let removed = JOURNEY.replace("  - id: find\n    title: Find\n    rules:\n      - channel: newsletter\n", "");
    for journey in [
        JOURNEY.replace("channel: newsletter", "channel: [newsletter, portal]"),
        JOURNEY.replace("half_life: 45d", "half_life: 200d"),
        JOURNEY.replace("      - word: offer\n", "      - word: hello\n"),
        renamed,
        removed,
        format!("{JOURNEY}  - id: more\n    title: More\n    rules:\n      - channel: visit\n"),
        JOURNEY.to_owned(),
    ] {
        std::fs::write(folder.path().join("journeys/customer.yaml"), &journey).unwrap();
        same_as_new(folder.path(), &[("customer.yaml", &journey)]);
    }
}

/// A stage that touchpoints name can go and come back; nothing is lost meanwhile.
#[test]
fn a_stage_that_touchpoints_name_can_go_and_come_back() {
    let folder = filled();
    let before = scores(folder.path());
    let count =
        |answer: &Value| answer["stages"].as_array().unwrap().iter().map(|stage| stage["touchpoints"].as_u64().unwrap()).sum::<u64>();
    for journey in [JOURNEY.replace("id: use", "id: service"), JOURNEY.replace("  - id: use\n    title: Use\n", "")] {
        std::fs::write(folder.path().join("journeys/customer.yaml"), &journey).unwrap();
        let [stages, ..] = scores(folder.path());
        assert_eq!(count(&stages), 60);
        ok(folder.path(), &["timeline", "Anna"]);
        ok(folder.path(), &["suggest"]);
    }
    std::fs::write(folder.path().join("journeys/customer.yaml"), JOURNEY).unwrap();
    assert_eq!(scores(folder.path()), before);
}

#[test]
fn customers_move_between_journeys_and_back() {
    let folder = filled();
    let before = scores(folder.path());
    let other = "id: partner\ntitle: Partner\nstages:\n  - id: meet\n    title: Meet\n  - id: use\n    title: Use together\n";
    std::fs::write(folder.path().join("journeys/partner.yaml"), other).unwrap();
    std::fs::write(folder.path().join("attent.yaml"), "language: en\njourney: customer\n").unwrap();
    let score = |journey: &str| json(folder.path(), &["score", "--journey", journey, "--now", super::cli_log::NOW]);
    let count =
        |answer: &Value| answer["stages"].as_array().unwrap().iter().map(|stage| stage["touchpoints"].as_u64().unwrap()).sum::<u64>();
    assert_eq!(score("customer"), before[0]);
    assert_eq!(count(&score("partner")), 0);
    ok(folder.path(), &["customers", "edit", "Anna", "--journey", "partner"]);
    assert_eq!(count(&score("partner")) + count(&score("customer")), 60);
    assert!(count(&score("partner")) > 5);
    ok(folder.path(), &["customers", "edit", "Anna", "--journey", "customer"]);
    assert_eq!(score("customer"), before[0]);
    ok(folder.path(), &["undo"]);
    assert!(count(&score("partner")) > 5, "undo puts Anna back on the journey she was on");
    ok(folder.path(), &["undo"]);
    assert_eq!(scores(folder.path()), before);
    let said = fails(folder.path(), &["customers", "edit", "Anna", "--journey", "partnr"], 2);
    assert!(said.contains("did you mean"), "{said}");
}

#[test]
fn undo_takes_each_thing_back_in_turn() {
    let folder = filled();
    let at = |args: &[&str]| ok(folder.path(), &args.iter().copied().chain(["--now", NOW]).collect::<Vec<_>>());
    let state = || {
        (
            scores(folder.path()),
            at(&["customers", "list", "-O", "csv"]),
            at(&["timeline", "Anna", "-O", "csv"]),
            at(&["incident", "list", "-O", "csv"]),
        )
    };
    put(
        folder.path(),
        "more.csv",
        &["2026-09-01,Zed,phone,,,", "2026-02-01,Anna,visit,,use,late arrival", "2026-12-01,Anna,visit,1,,planned"],
    );
    let steps: &[&[&str]] = &[
        &["log", "Anna", "called", "--stage", "use"],
        &["log", "--new", "Yas", "called"],
        &["import", "more.csv"],
        &["customers", "add", "Xeno"],
        &["incident", "open", "Anna", "late"],
        &["incident", "resolve", "1"],
        &["customers", "edit", "Anna", "--segment", "gold", "--name", "Anna Bakker"],
    ];
    let mut states = vec![state()];
    for step in steps {
        at(step);
        states.push(state());
        assert_ne!(states[states.len() - 2], states[states.len() - 1], "{step:?}");
    }
    for before in states.iter().rev().skip(1) {
        at(&["undo"]);
        assert_eq!(&state(), before);
    }
}

#[test]
fn what_was_typed_is_answered_in_the_readers_language_and_at_no_length() {
    let folder = filled();
    let path = folder.path();
    for args in
        [&["score", "--now", "rommel", "--lang", "nl"][..], &["why", "", "--lang", "nl"], &["log", "", "hi", "--new", "--lang", "nl"]]
    {
        assert!(fails(path, args, 2).starts_with("fout: "), "{args:?}");
    }
    let from_environment = |variable: &str, value: &str| {
        let output = attent(path, &["score"]).env("LANG", "nl_NL.UTF-8").env(variable, value).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(from_environment("ATTENT_NOW", "rommel").starts_with("fout: ATTENT_NOW is niet begrepen\n"));
    assert!(from_environment("ATTENT_LANG", "fr").contains("ATTENT_LANG "), "it is called as it was written");
    assert!(from_environment("ATTENT_LANGUAGE", "fr").contains("ATTENT_LANGUAGE "));
    let file = "x".repeat(100_000);
    for (args, code) in [(&["why", &file][..], 1), (&["log", &file, "hi"], 1), (&["customers", "add", &file], 2), (&["timeline", &file], 1)]
    {
        let said = fails(path, args, code);
        assert!(said.len() < 4_000, "{} bytes about {}", said.len(), args[0]);
    }
}
