//! `attent check` from the command line.

use std::fs;
use std::path::Path;

use crate::cli::{attent, json, ok, run};

/// A workspace of a webshop, fine as it is.
fn shop() -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    ok(top.path(), &["init", "--template", "webshop"]);
    top
}

fn put(top: &Path, path: &str, text: impl AsRef<[u8]>) {
    fs::create_dir_all(top.join(path).parent().unwrap()).unwrap();
    fs::write(top.join(path), text).unwrap();
}

/// Runs a check that finds mistakes, and gives what it wrote on standard output.
#[track_caller]
fn wrong(top: &Path, args: &[&str]) -> String {
    let all: Vec<&str> = ["check"].iter().chain(args).copied().collect();
    let output = run(top, &all);
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!((output.status.code(), err.as_str()), (Some(3), ""), "{out}");
    out
}

const BAD_JOURNEY: &str = "\
id: customer
stages:
  - id: find
    gaol: to be found
  - id: find
  - id: buy
    half_life: 3 fortnights
    promises:
      - {title: Call, channel: phone, within: 2d, of: bye}
";

#[test]
fn every_mistake_is_shown_at_its_place() {
    let top = shop();
    put(top.path(), "attent.yaml", "language: en\ncurrency: euro\njourney: custmer\n");
    put(top.path(), "journeys/customer.yaml", BAD_JOURNEY);
    put(top.path(), "playbook.yaml", "hide: [drop-bye, drop-by]\n");
    insta::assert_snapshot!(wrong(top.path(), &["--ascii"]), @r"
    error: `euro` is not a currency code
     --> attent.yaml:2:11
      |
    2 | currency: euro
      |           ^^^^
      |
      = help: a currency code has three letters, such as EUR

    error: no journey is called `custmer`
     --> attent.yaml:3:10
      |
    3 | journey: custmer
      |          ^^^^^^^
      |
      = help: did you mean `customer`?

    error: unknown key `gaol`
     --> journeys/customer.yaml:4:5
      |
    4 |     gaol: to be found
      |     ^^^^
      |
      = help: did you mean `goal`?

    error: stage `find` stands here twice
     --> journeys/customer.yaml:5:9
      |
    3 |   - id: find
      |         ---- first here
    4 |     gaol: to be found
    5 |   - id: find
      |         ^^^^
      |
      = help: give one of them another id

    error: `3 fortnights` is not a duration, such as 48h, 2d, 3w, 6m or 1y
     --> journeys/customer.yaml:7:16
      |
    7 |     half_life: 3 fortnights
      |                ^^^^^^^^^^^^

    error: no stage is called `bye`
     --> journeys/customer.yaml:9:55
      |
    9 |       - {title: Call, channel: phone, within: 2d, of: bye}
      |                                                       ^^^
      |
      = help: it is one of: find, buy, entry

    error: no shipped play is called `drop-bye`
     --> playbook.yaml:1:8
      |
    1 | hide: [drop-bye, drop-by]
      |        ^^^^^^^^
      |
      = help: did you mean `drop-by`?

    7 mistakes
    ");
}

#[test]
fn the_same_mistakes_as_rows() {
    let top = shop();
    put(top.path(), "attent.yaml", "language: nl\njourney: custmer\n");
    put(top.path(), "journeys/customer.yaml", BAD_JOURNEY);
    insta::assert_snapshot!(wrong(top.path(), &["-O", "csv"]), @r#"
    path,line,column,severity,what,help
    attent.yaml,2,10,error,geen klantreis heet `custmer`,bedoelde je `customer`?
    journeys/customer.yaml,4,5,error,onbekende sleutel `gaol`,bedoelde je `goal`?
    journeys/customer.yaml,5,9,error,fase `find` staat hier twee keer,geef een van beide een andere id
    journeys/customer.yaml,7,16,error,"`3 fortnights` is geen duur, zoals 48h, 2d, 3w, 6m of 1y",
    journeys/customer.yaml,9,55,error,geen fase heet `bye`,"het is een van: find, buy, entry"
    "#);
    assert_eq!(wrong(top.path(), &["-O", "ids"]).lines().count(), 5);
    assert_eq!(wrong(top.path(), &["-O", "jsonl"]).lines().count(), 5);
    assert_eq!(wrong(top.path(), &["-O", "tsv"]).lines().count(), 6);
    assert!(wrong(top.path(), &["-O", "md"]).contains("| journeys/customer.yaml | 4 | 5 |"));
    assert!(wrong(top.path(), &["-O", "html"]).starts_with("<!"));
    let rows: serde_json::Value = serde_json::from_str(&wrong(top.path(), &["-O", "json"])).unwrap();
    assert_eq!((rows["schema"].as_str(), rows["errors"].as_u64(), rows["files"].as_u64()), (Some("attent.check/1"), Some(5), Some(3)));
    assert_eq!((rows["mistakes"][0]["line"].as_u64(), rows["mistakes"][0]["column"].as_u64()), (Some(2), Some(10)));
    assert_eq!(wrong(top.path(), &["-o", "report.txt"]), "");
    assert!(fs::read_to_string(top.path().join("report.txt")).unwrap().ends_with("5 fouten\n"));
}

#[test]
fn fine_is_silent_and_an_empty_document_elsewhere() {
    let top = shop();
    assert_eq!(ok(top.path(), &["check"]), "");
    assert_eq!(ok(top.path(), &["check", "-O", "csv"]), "path,line,column,severity,what,help\n");
    assert_eq!((ok(top.path(), &["check", "-O", "ids"]), ok(top.path(), &["check", "-O", "jsonl"])), (String::new(), String::new()));
    assert_eq!(json(top.path(), &["check"])["mistakes"], serde_json::json!([]));
    for format in ["md", "html"] {
        assert!(ok(top.path(), &["check", "-O", format]).contains("no mistakes"));
    }
}

#[test]
fn warnings_are_shown_and_are_no_failure() {
    let top = shop();
    put(top.path(), "attent.yaml", "weights: {human: 30}\n");
    put(top.path(), "playbook.yaml", "");
    let said = ok(top.path(), &["check"]);
    assert!(
        said.contains("attent.yaml:1:1") && said.contains("warning: the weights add up to 105") && said.ends_with("2 warnings\n"),
        "{said}"
    );
}

#[test]
fn files_are_held_against_each_other() {
    let top = shop();
    let other = "id: customer\nstages:\n  - id: start\n";
    put(top.path(), "journeys/again.yml", other);
    let play = "plays:\n  - id: wave\n    title: Wave\n    action: Wave.\n    theme: update\n    answers: cold\n    minutes: 1\n    stages: [find, strat]\n    touchpoint: {channel: visit}\n";
    put(top.path(), "playbook.yaml", play);
    let ids = "journeys/customer.yaml:3:5\nplaybook.yaml:8:20\n";
    assert_eq!(wrong(top.path(), &["-O", "ids"]), ids);
    assert!(wrong(top.path(), &[]).contains("journeys/again.yml has it too"));
    assert!(wrong(top.path(), &["playbook.yaml"]).contains("did you mean `start`?"), "the neighbours count for a named file");
    assert_eq!(wrong(top.path(), &["journeys/again.yml", "-O", "ids"]), "journeys/again.yml:1:5\n");
    put(top.path(), "journeys/again.yml", "id: [");
    assert_eq!(wrong(top.path(), &["-O", "ids"]).lines().count(), 1, "with an unread journey no play is blamed for its stages");
    fs::remove_dir_all(top.path().join("journeys")).unwrap();
    assert!(wrong(top.path(), &["attent.yaml"]).contains("this workspace has no journey"));
}

#[test]
fn the_users_own_settings_are_checked_too() {
    let top = shop();
    let own = top.path().join("home/.config/attent/config.yaml");
    put(top.path(), "home/.config/attent/config.yaml", "jurney: x\n");
    let output = attent(top.path(), &["check", "-O", "ids"]).env("HOME", top.path().join("home")).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).ends_with("config.yaml:1:1\n"), "{output:?}");
    fs::write(&own, "journey: x\n").unwrap();
    let output = attent(top.path(), &["check"]).env("HOME", top.path().join("home")).output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("no journey is called `x`"));
    put(top.path(), "attent.yaml", "journey: customer\n");
    let output = attent(top.path(), &["check"]).env("HOME", top.path().join("home")).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "the workspace has the last word");
}

#[test]
fn named_files_are_told_apart_without_a_workspace() {
    let top = tempfile::tempdir().unwrap();
    put(top.path(), "attent.yml", "id: a\nstages:\n  - id: b\n");
    put(top.path(), "ideas.yaml", "hide: [short-call]\n");
    put(top.path(), "set/attent.yaml", "currency: EUR\n");
    put(top.path(), "set/config.yaml", "currency: EUR\n");
    put(top.path(), "clients/a/journeys/j.yaml", "id: j\nstages:\n  - id: b\n");
    put(top.path(), "clients/b/journeys/j.yaml", "id: j\nstages:\n  - id: b\n");
    let fine = ["attent.yml", "ideas.yaml", "set/config.yaml", "clients/a/journeys/j.yaml", "clients/b/journeys/j.yaml"];
    let all: Vec<&str> = ["check"].into_iter().chain(fine).collect();
    assert_eq!(ok(top.path(), &all), "");
    assert!(wrong(top.path(), &["set/attent.yaml"]).contains("no journey"));
    put(top.path(), "ideas.yaml", "hide: [short-cal]\n");
    assert!(wrong(top.path(), &["ideas.yaml", "ideas.yaml"]).ends_with("1 mistake\n"), "a file named twice is checked once");
    let nowhere = run(top.path(), &["check"]);
    assert_eq!(nowhere.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("there is no workspace here"));
}

#[test]
fn files_that_cannot_be_read_are_told_and_the_others_checked() {
    let top = tempfile::tempdir().unwrap();
    fs::create_dir(top.path().join("dir.yaml")).unwrap();
    put(top.path(), "latin.yaml", b"id: a\ntitle: caf\xe9\n");
    put(top.path(), "empty.yaml", "");
    put(top.path(), "tabs.yaml", "id: a\nstages:\n\t- id: b\n");
    put(top.path(), "bom.yaml", "\u{feff}id: a\r\nstages:\r\n  - id: b\r\n    gaol: x\r\n");
    put(top.path(), "deep.yaml", "[".repeat(100_000));
    let bomb: String = (1..10).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); 9].join(", "))).collect();
    put(top.path(), "bomb.yaml", format!("a0: &a0 [x]\n{bomb}"));
    let names = ["gone.yaml", "dir.yaml", "latin.yaml", "empty.yaml", "tabs.yaml", "bom.yaml", "deep.yaml", "bomb.yaml"];
    let began = std::time::Instant::now();
    let said = wrong(top.path(), &names);
    assert!(began.elapsed().as_secs() < 20);
    for part in [
        "error: cannot read gone.yaml\n  there is no such file\n",
        "error: cannot read dir.yaml\n  it is a folder\n  name a file in it\n",
        "latin.yaml:2:11",
        "empty.yaml:1:1",
        "tabs.yaml:3:1",
        "bom.yaml:4:5",
        "deep.yaml:1:",
        "bomb.yaml:",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let rows = wrong(top.path(), &["gone.yaml", "bom.yaml", "-O", "csv"]);
    assert!(
        rows.contains(
            "gone.yaml,1,1,error,cannot read gone.yaml: there is no such file,\"check its name, and the folder you are in\"\nbom.yaml,4,5,"
        ),
        "{rows}"
    );
}

#[test]
fn what_a_file_holds_cannot_steer_the_terminal() {
    let top = tempfile::tempdir().unwrap();
    put(top.path(), "a.yaml", "id: a\n\"\\e]0;x\\a\": 1\nstages:\n  - id: b\n");
    put(top.path(), "attent.yaml", "journey: \"\\e[2J\"\n");
    put(top.path(), "journeys/j.yaml", "id: j\nstages:\n  - id: b\n");
    let said = wrong(top.path(), &["a.yaml", "attent.yaml"]);
    assert!(said.chars().all(|c| c == '\n' || !c.is_control()), "{said}");
}
