//! `attent init`, `attent config` and `attent schema` from the command line.

use std::fs;
use std::path::Path;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use crate::cli::{attent, fails, json, ok, run};

const TEMPLATES: [&str; 5] = ["coach", "webshop", "agency", "restaurant", "saas"];

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Every file below a folder with what it holds.
fn contents(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all = Vec::new();
    let mut todo = vec![root.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { todo.push(path) } else { all.push((path.display().to_string(), fs::read(&path).unwrap())) }
        }
    }
    all.sort();
    all
}

#[test]
fn every_template_in_both_languages_is_fine_at_once() {
    let top = folder();
    for template in TEMPLATES {
        for lang in ["en", "nl"] {
            let name = format!("{template}-{lang}");
            let said = ok(top.path(), &["init", &name, "--template", template, "--lang", lang, "--me", "Anna@Shop.example"]);
            assert!(said.contains(&format!("cd {name}")) && said.contains("attent suggest"), "{said}");
            let made = top.path().join(&name);
            assert_eq!(ok(&made, &["check"]), "", "{name}");
            assert_eq!(ok(&made, &["config", "language"]).trim(), lang);
            assert_eq!(ok(&made, &["config", "me"]).trim(), "anna@shop.example");
            let board = json(&made, &["score"]);
            assert!(board["stages"].as_array().unwrap().len() >= 4);
            let journey = fs::read_to_string(made.join("journeys/customer.yaml")).unwrap();
            assert!(journey.starts_with("# yaml-language-server: $schema=../.attent/journey.schema.json\n"));
        }
    }
}

#[cfg(unix)]
#[test]
fn new_folders_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let top = folder();
    ok(top.path(), &["init", "a/b", "--template", "coach"]);
    for made in ["a", "a/b", "a/b/journeys", "a/b/.attent"] {
        assert_eq!(fs::metadata(top.path().join(made)).unwrap().permissions().mode() & 0o777, 0o700, "{made}");
    }
}

#[test]
fn nothing_is_overwritten_and_a_refusal_changes_nothing() {
    for there in ["attent.yaml", "journeys/customer.yaml", "playbook.yaml", ".attent/journey.schema.json"] {
        let top = folder();
        fs::create_dir_all(top.path().join(there).parent().unwrap()).unwrap();
        fs::write(top.path().join(there), "mine").unwrap();
        let before = contents(top.path());
        let said = fails(top.path(), &["init", "--template", "coach"], 1);
        assert!(said.contains(&format!("it holds {there}, and nothing is ever overwritten")), "{said}");
        assert_eq!(contents(top.path()), before);
    }
    let top = folder();
    fs::write(top.path().join(".gitignore"), "target\n").unwrap();
    fs::write(top.path().join("notes.txt"), "").unwrap();
    ok(top.path(), &["init", "--template", "saas"]);
    assert_eq!(fs::read_to_string(top.path().join(".gitignore")).unwrap(), "target\n", "a folder with other files is fine");
    let before = contents(top.path());
    assert!(fails(top.path(), &["init", "--template", "coach"], 1).contains("`.` is a workspace already"));
    assert_eq!(contents(top.path()), before);
}

#[test]
fn what_fails_half_way_leaves_nothing_behind() {
    let top = folder();
    fs::write(top.path().join("journeys"), "a file where a folder should come").unwrap();
    let said = fails(top.path(), &["init", "--template", "coach"], 1);
    assert!(said.contains("nothing has changed"), "{said}");
    assert_eq!(contents(top.path()).len(), 1);
    assert!(!top.path().join(".attent").exists());
    let said = fails(top.path(), &["init", "journeys", "--template", "coach", "--lang", "nl"], 1);
    assert!(said.contains("`journeys` is geen map"), "{said}");
    let said = fails(top.path(), &["init", "journeys/deep", "--template", "coach"], 1);
    assert!(said.contains("cannot make"), "{said}");
}

#[test]
fn flags_that_make_no_sense_are_refused_before_anything_is_made() {
    let top = folder();
    for (args, says) in [
        (["--me", "anna"], "--me cannot be `anna`"),
        (["--me", "a b@c.nl"], "is not a mail address"),
        (["--currency", "euro"], "--currency cannot be `euro`"),
        (["--template", "bakery"], "it is one of: coach, webshop, agency, restaurant, saas"),
    ] {
        let mut all = vec!["init", "new"];
        if args[0] != "--template" {
            all.extend(["--template", "coach"]);
        }
        all.extend(args);
        let said = fails(top.path(), &all, 2);
        assert!(said.contains(says), "{said}");
    }
    assert!(contents(top.path()).is_empty() && !top.path().join("new").exists());
}

#[test]
fn the_answer_is_there_for_machines_too() {
    let top = folder();
    let made = json(top.path(), &["init", "x", "--template", "agency", "--currency", "gbp"]);
    assert_eq!((made["schema"].as_str(), made["currency"].as_str()), (Some("attent.init/1"), Some("GBP")));
    let files = made["files"].as_array().unwrap();
    assert!(files.iter().all(|file| top.path().join("x").join(file["path"].as_str().unwrap()).is_file()));
    assert_eq!(files.len(), 7);
}

#[test]
fn without_a_terminal_it_names_the_flag() {
    let top = folder();
    let said = fails(top.path(), &["init"], 2);
    assert!(said.contains("--template: coach, webshop, agency, restaurant, saas"), "{said}");
    assert!(contents(top.path()).is_empty());
}

fn asked(folder: &Path, args: &[&str]) -> PtySession {
    let plain = attent(folder, args);
    let mut command = Command::new(plain.get_program());
    command.args(plain.get_args()).current_dir(folder).env_clear().envs(plain.get_envs().filter_map(|(name, value)| Some((name, value?))));
    command.env("TERM", "xterm").env("NO_COLOR", "1");
    spawn_command(command, Some(20_000)).unwrap()
}

const UP: &str = "\x1b[A";
const DOWN: &str = "\x1b[B";

fn press(session: &mut PtySession, keys: &str) {
    session.send(keys).unwrap();
    session.flush().unwrap();
}

#[test]
fn on_a_terminal_it_asks_for_language_template_and_address() {
    let top = folder();
    let mut session = asked(top.path(), &["init", "praktijk"]);
    session.exp_string("Which language?").unwrap();
    session.exp_string("English").unwrap();
    press(&mut session, UP);
    press(&mut session, "\r");
    session.exp_string("Welke klantreis lijkt het meest").unwrap();
    session.exp_string("abonnees").unwrap();
    press(&mut session, DOWN);
    press(&mut session, "\r");
    session.exp_string("Je eigen mailadres").unwrap();
    press(&mut session, "noor\r");
    session.exp_string("is geen mailadres").unwrap();
    press(&mut session, "Noor@Winkel.example\r");
    session.exp_string("Een werkmap voor een webwinkel").unwrap();
    session.exp_eof().unwrap();
    let made = top.path().join("praktijk");
    assert_eq!(ok(&made, &["check"]), "");
    assert_eq!(ok(&made, &["config", "language"]), "nl\n");
    assert_eq!(ok(&made, &["config", "me"]), "noor@winkel.example\n");
}

#[test]
fn ctrl_c_ends_it_with_the_cursor_back_and_nothing_made() {
    let top = folder();
    let mut session = asked(top.path(), &["init"]);
    session.exp_string("English").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("\x1b[?25h").unwrap();
    session.exp_eof().unwrap();
    let ended = format!("{:?}", session.process().wait().unwrap());
    assert!(ended.starts_with("Exited") && ended.ends_with("130)"), "{ended}");
    assert!(contents(top.path()).is_empty());
}

#[test]
fn no_input_never_asks() {
    let top = folder();
    let mut session = asked(top.path(), &["init", "--no-input"]);
    session.exp_string("--template: coach").unwrap();
    session.exp_eof().unwrap();
}

/// A workspace with settings in every layer.
fn layered(top: &Path) {
    ok(top, &["init", "work", "--template", "coach"]);
    fs::write(top.join("work/attent.yaml"), "currency: GBP\nweights: {human: 30, personal: 20}\nme: [a@b.c, d@e.f]\n").unwrap();
    fs::create_dir_all(top.join(".config/attent")).unwrap();
    fs::write(top.join(".config/attent/config.yaml"), "# mine\ncurrency: USD\npressure_cap: 6\n").unwrap();
}

#[test]
fn config_tells_where_every_value_came_from() {
    let top = folder();
    layered(top.path());
    let work = top.path().join("work");
    let output = attent(&work, &["config", "-O", "json", "--lang", "nl"])
        .env("HOME", top.path())
        .env("ATTENT_BUDGET_MINUTES", "90")
        .env("LANG", "en_GB.UTF-8")
        .output()
        .unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((answer["schema"].as_str(), answer["found_by"].as_str()), (Some("attent.config/1"), Some("nearest")));
    let setting = |key: &str| answer["settings"].as_array().unwrap().iter().find(|row| row["key"] == key).unwrap().clone();
    let own = top.path().join(".config/attent/config.yaml").display().to_string() + ":3";
    for (key, value, origin) in [
        ("language", serde_json::json!("nl"), "--lang"),
        ("budget.minutes", serde_json::json!(90), "ATTENT_BUDGET_MINUTES"),
        ("currency", serde_json::json!("GBP"), "attent.yaml:1"),
        ("weights.human", serde_json::json!(30), "attent.yaml:2"),
        ("me", serde_json::json!(["a@b.c", "d@e.f"]), "attent.yaml:3"),
        ("pressure_cap", serde_json::json!(6), own.as_str()),
        ("half_life", serde_json::json!("90d"), "default"),
        ("journey", serde_json::Value::Null, "default"),
    ] {
        let row = setting(key);
        assert_eq!((&row["value"], row["origin"].as_str()), (&value, Some(origin)), "{key}");
    }
    assert_eq!(answer["settings"].as_array().unwrap().len(), 41);
    assert_eq!(ok(&work, &["config", "-O", "csv", "weights.human"]), "key,value,origin\nweights.human,30,attent.yaml:2\n");
}

#[test]
fn config_shows_the_rules_that_somebody_switched_and_all_when_asked() {
    let top = folder();
    layered(top.path());
    let work = top.path().join("work");
    let said = ok(&work, &["config"]);
    assert!(said.contains("all on; `attent config rules` shows them") && !said.contains("rules.G5"), "{said}");
    fs::write(work.join("attent.yaml"), "rules:\n  G5: off\n  crowded: on\n").unwrap();
    let said = ok(&work, &["config", "-O", "csv"]);
    assert!(said.contains("rules.G5,off,attent.yaml:2\n") && said.contains("rules.crowded,on,attent.yaml:3\n"), "{said}");
    assert!(!said.contains("rules.G1"), "{said}");
    assert!(ok(&work, &["config"]).contains("1 off; `attent config rules`"));
    assert_eq!(json(&work, &["config", "rules"])["settings"].as_array().unwrap().len(), 33);
    assert_eq!(ok(&work, &["config", "nudge", "-O", "csv"]), "key,value,origin\nnudge.max,10,default\n");
    assert_eq!(ok(&work, &["config", "rules.g5"]), "off\n");
    assert!(fails(&work, &["config", "wieghts"], 2).contains("did you mean `weights`?"));
    fs::write(work.join("attent.yaml"), "rules: {opt-out: off}\n").unwrap();
    let told = fails(&work, &["config"], 3);
    assert!(told.contains("the rule `opt-out` cannot be switched off") && told.contains("attent.yaml:1:18"), "{told}");
}

#[test]
fn config_works_without_a_workspace_but_not_with_a_wrong_one() {
    let top = folder();
    let said = ok(top.path(), &["config", "--lang", "nl", "--width", "80"]);
    assert!(said.contains("hier geen; `attent init` maakt er een") && said.contains("half_life"), "{said}");
    assert!(said.lines().all(|line| line.chars().count() <= 80), "{said}");
    assert_eq!(json(top.path(), &["config"])["workspace"], serde_json::Value::Null);
    assert_eq!(ok(top.path(), &["config", "budget.euros"]), "60.00\n");
    assert!(fails(top.path(), &["-w", "gone", "config"], 1).contains("`gone`, named by -w, is not a workspace"));
    assert!(fails(top.path(), &["config", "curency"], 2).contains("did you mean `currency`?"));
    for format in ["table", "json", "jsonl", "csv", "tsv", "md", "html", "ids"] {
        assert!(ok(top.path(), &["config", "-O", format]).contains("channels.phone"), "{format}");
    }
}

#[test]
fn schemas_are_printed_and_refuse_keys_they_do_not_know() {
    let top = folder();
    for kind in ["journey", "playbook", "workspace"] {
        let schema: serde_json::Value = serde_json::from_str(&ok(top.path(), &["schema", kind])).unwrap();
        assert_eq!(schema["additionalProperties"], false, "{kind}");
        assert_eq!(schema["title"], format!("attent {kind}"));
        ok(top.path(), &["schema", kind, "-o", "s.json"]);
        assert_eq!(fs::read_to_string(top.path().join("s.json")).unwrap(), ok(top.path(), &["schema", kind]));
    }
    assert_eq!(run(top.path(), &["schema", "moon"]).status.code(), Some(2));
}

#[test]
fn with_a_template_it_still_asks_for_the_address() {
    let top = folder();
    let mut session = asked(top.path(), &["init", "x", "--template", "saas", "--lang", "en"]);
    session.exp_string("Your own mail address").unwrap();
    press(&mut session, "noor@shop.example\r");
    session.exp_string("A workspace for").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(ok(&top.path().join("x"), &["config", "me"]), "noor@shop.example\n");
    let mut session = asked(top.path(), &["init", "y", "--template", "saas", "--lang", "en", "--me", "a@b.example"]);
    session.exp_string("A workspace for").unwrap();
    session.exp_eof().unwrap();
    let mut session = asked(&top.path().join("x"), &["check", "--lang", "en"]);
    session.exp_string("Everything is in order: 1 journey, settings, playbook.").unwrap();
    session.exp_eof().unwrap();
}

/// What mail, a calendar and the books tell finds a place of its own on every journey.
#[test]
fn a_log_that_fills_itself_is_spread_over_the_stages() {
    let top = folder();
    for template in TEMPLATES {
        for lang in ["en", "nl"] {
            let name = format!("{template}-{lang}");
            ok(top.path(), &["init", &name, "--template", template, "--lang", lang, "--me", "me@home.example"]);
            let made = top.path().join(&name);
            let mail = "From: me@home.example\nTo: Anna <anna@x.example>\nDate: 2 Nov 2026 10:00:00 +0000\nMessage-ID: <1@x>\nSubject: Offerte\n\nhoi\n";
            let calendar = "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART:20261103T090000Z\nDTEND:20261103T100000Z\nSUMMARY:Anna\n\
                ATTENDEE;CN=Anna:mailto:anna@x.example\nEND:VEVENT\nEND:VCALENDAR\n";
            let books = "Factuurnummer;Contact;Factuurdatum;E-mailadres;Totaal\nF7;Anna;2026-11-04;anna@x.example;12,50\n";
            for (file, text) in [("1.eml", mail), ("a.ics", calendar), ("facturen.csv", books)] {
                fs::write(made.join(file), text).unwrap();
            }
            ok(&made, &["import", "1.eml", "a.ics", "facturen.csv", "--new", "--now", "2026-11-20"]);
            let timeline = json(&made, &["timeline", "Anna", "--now", "2026-11-20"]);
            let first = match template {
                "coach" | "agency" => "meet",
                "webshop" => "find",
                _ => "discover",
            };
            let stages: Vec<&str> = timeline["touchpoints"].as_array().unwrap().iter().map(|row| row["stage"].as_str().unwrap()).collect();
            assert_eq!(stages.len(), 3, "{name}");
            assert!(stages.iter().all(|stage| *stage != first), "{name}: {stages:?}");
            assert!(stages.iter().any(|stage| *stage != stages[0]), "{name}: {stages:?}");
        }
    }
}
