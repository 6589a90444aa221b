//! `nudge`, `nudges`, `done`, `skip`, `snooze` and `attent` alone as a person runs them.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{attent, fails, json, ok, run};
use super::cli_ask::terminal;
use super::cli_week::{NOW, at, field, garden, json_at, set};

fn standing(folder: &Path) -> Value {
    json_at(folder, &["nudges"])["nudges"].clone()
}

/// The nudge of a rule for a customer, by number.
#[track_caller]
fn number(folder: &Path, who: &str, rule: &str) -> String {
    let all = standing(folder);
    let of = |row: &&Value| row["customer"]["name"] == who && row["rule"] == rule;
    let found = all.as_array().unwrap().iter().find(of).unwrap_or_else(|| panic!("{who} {rule}\n{all:#}"));
    found["nudge"].to_string()
}

#[track_caller]
fn fails_at(folder: &Path, args: &[&str], code: i32) -> String {
    fails(folder, &[args, &["--now", NOW]].concat(), code)
}

fn warmth(folder: &Path, who: &str, now: &str) -> f64 {
    let answer = json(folder, &["score", "--by", "customer", "--now", now]);
    answer["customers"].as_array().unwrap().iter().find(|row| row["customer"] == who || row["name"] == who).unwrap()["warmth"]
        .as_f64()
        .unwrap()
}

#[test]
fn the_digest_fits_a_mail_and_says_what_to_know() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["gift", "prefers", "anna", "no phone before nine", "--learned", "call in May"]);
    at(folder, &["customers", "edit", "anna", "--note", "allergic to lilies"]);
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Bram\r\nBDAY:1980-07-03\r\nEND:VCARD\r\n";
    std::fs::write(folder.join("bram.vcf"), card).unwrap();
    at(folder, &["import", "bram.vcf"]);
    let said = at(folder, &["nudge", "--width", "80"]);
    assert!(said.lines().all(|line| line.chars().count() <= 80) && !said.contains('\u{1b}'), "{said}");
    for words in [
        "why           you reach out and hear little back",
        "2 May 2026, email: asked about the oak",
        "no phone before nine (call in May)",
        "allergic to lilies",
        "turns 46 on 3 July",
        "attent done 1 · attent snooze 1 2w · attent skip 1",
    ] {
        assert!(said.contains(words) || said.replace("\n  ", " ").contains(words), "{words}\n{said}");
    }
    assert!(!said.contains("invoice"), "what a machine sent is nothing to talk about\n{said}");
    let dutch = at(folder, &["nudge", "--lang", "nl"]);
    for words in ["voor deze week", "waarom", "goed om te weten", "uiterlijk", "daarna"] {
        assert!(dutch.contains(words), "{words}\n{dutch}");
    }
}

#[test]
fn what_goes_by_post_comes_with_its_address() {
    let shop = garden();
    let folder = shop.path();
    let letter = "plays:\n  - id: letter\n    title: A letter\n    action: Write it.\n    theme: card\n    answers: [cold]\n    minutes: 1\n    touchpoint: {channel: letter, direction: out, kind: relational}\n";
    std::fs::write(folder.join("playbook.yaml"), letter).unwrap();
    set(folder, "budget: {minutes: 1}\n");
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna Jansen\r\nADR:;;Linden Street 4;Delft;;;\r\nEND:VCARD\r\n";
    std::fs::write(folder.join("anna.vcf"), card).unwrap();
    at(folder, &["import", "anna.vcf"]);
    assert!(at(folder, &["nudge"]).contains("good to know  Linden Street 4"), "{}", at(folder, &["nudge"]));
}

#[test]
fn every_format_says_the_same_nudges_again_and_again() {
    let shop = garden();
    let numbers = field(&json_at(shop.path(), &["nudge"])["nudges"], "nudge");
    let csv = at(shop.path(), &["nudge", "-O", "csv"]);
    let column = |text: &str, mark: char| text.lines().skip(1).map(|row| row.split(mark).next().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(column(&csv, ','), numbers);
    assert_eq!(column(&at(shop.path(), &["nudge", "-O", "tsv"]), '\t'), numbers);
    let lines = at(shop.path(), &["nudge", "-O", "jsonl"]);
    assert_eq!(lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["nudge"].to_string()).collect::<Vec<_>>(), numbers);
    assert_eq!(at(shop.path(), &["nudge", "-O", "ids"]).lines().collect::<Vec<_>>(), numbers);
    let markdown = at(shop.path(), &["nudge", "-O", "md"]);
    assert!(!markdown.contains("****"), "{markdown}");
    let page = at(shop.path(), &["nudge", "-O", "html"]);
    for number in &numbers {
        assert!(markdown.contains(&format!("## \\#{number} ")) && page.contains(&format!("#{number} ")), "{number}");
    }
    assert_eq!(field(&standing(shop.path()), "nudge").len(), numbers.len(), "nothing came up twice");
}

#[test]
fn at_most_so_many_are_shown_and_the_rest_is_counted() {
    let shop = garden();
    let said = at(shop.path(), &["nudge", "--max", "2"]);
    assert_eq!(said.matches("attent done").count(), 2, "{said}");
    let all = standing(shop.path()).as_array().unwrap().len();
    assert!(said.contains(&format!("{} more stand: `attent nudges`", all - 2)), "{said}");
    set(shop.path(), "nudge: {max: 1}\n");
    assert_eq!(json_at(shop.path(), &["nudge"])["more"], value!(all - 1));
    assert_eq!(json_at(shop.path(), &["nudge", "--max", "99"])["more"], 0);
    fails_at(shop.path(), &["nudge", "--max", "0"], 2);
}

#[test]
fn nothing_to_do_is_one_line_or_nothing_at_all() {
    let shop = garden();
    let folder = shop.path();
    ["anna", "bram", "cleo", "dirk"].iter().for_each(|who| drop(at(folder, &["customers", "edit", who, "--no-contact"])));
    let code = |args: &[&str]| run(folder, &[&["nudge", "--now", NOW], args].concat()).status.code();
    assert!(at(folder, &["nudge"]).contains("All warm: nothing needs doing now."));
    assert!(at(folder, &["nudge", "--lang", "nl"]).contains("Alles warm"));
    for format in ["table", "json", "csv", "html"] {
        assert_eq!(at(folder, &["nudge", "--quiet-if-empty", "-O", format]), "", "{format}");
    }
    // As `>` does it: last week's digest is not sent again.
    std::fs::write(folder.join("digest.txt"), "last week's").unwrap();
    at(folder, &["nudge", "--quiet-if-empty", "-o", "digest.txt"]);
    assert_eq!(std::fs::read_to_string(folder.join("digest.txt")).unwrap(), "");
    assert_eq!(code(&["--exit-code"]), Some(0));
    at(folder, &["customers", "edit", "anna", "--contact"]);
    assert_eq!((code(&["--exit-code"]), code(&["--exit-code"]), code(&[])), (Some(10), Some(10), Some(0)));
    at(folder, &["nudge", "--quiet-if-empty", "-o", "digest.txt"]);
    assert!(std::fs::read_to_string(folder.join("digest.txt")).unwrap().contains("Anna Jansen"));
}

#[test]
fn a_dry_run_records_nothing() {
    let shop = garden();
    let before = json_at(shop.path(), &["undo", "--list"]);
    let said = at(shop.path(), &["nudge", "--dry-run"]);
    assert!(said.contains("Anna Jansen: drop by") && !said.contains("attent done"), "{said}");
    assert_eq!((standing(shop.path()), json_at(shop.path(), &["undo", "--list"])), (value!([]), before));
    assert!(field(&json_at(shop.path(), &["nudge", "--dry-run"])["nudges"], "nudge").iter().all(|id| id == "null"));
}

#[test]
fn what_has_lost_its_cause_is_told_once_and_again_for_the_same_moment() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["nudge"]);
    let id = number(folder, "Bram", "cold");
    for day in ["2026-07-01", "2026-07-02"] {
        ok(folder, &["log", "Bram", "a good visit", "--channel", "visit", "--felt", "1", "--at", day, "--now", "2026-07-03"]);
    }
    let digest = |now: &str| ok(folder, &["nudge", "--now", now]);
    let gone = format!("#{id} Bram, ");
    assert!(digest("2026-07-03").contains(&gone) && digest("2026-07-03").contains("no longer cold"));
    assert!(!digest("2026-07-03T00:00:01Z").contains(&gone), "told once");
    let all = json(folder, &["nudges", "--all", "bram", "--now", "2026-07-03"])["nudges"][0].clone();
    assert_eq!([&all["state"], &all["why"]], ["closed", "cause-gone"]);
    // What may not be done any more, and a play that left the playbook.
    at(folder, &["customers", "edit", "cleo", "--no-contact"]);
    assert!(digest("2026-07-03T00:00:02Z").contains("opt-out: "));
}

#[test]
fn a_play_that_left_the_playbook_closes_its_nudge_and_is_no_longer_done() {
    let shop = garden();
    let folder = shop.path();
    let own = "plays:\n  - id: walk\n    title: A walk\n    action: Walk.\n    theme: update\n    answers: [cold]\n    minutes: 1\n    touchpoint: {channel: visit, direction: both, kind: relational, sentiment: 1}\n";
    std::fs::write(folder.join("playbook.yaml"), own).unwrap();
    at(folder, &["nudge"]);
    let id = number(folder, "Bram", "cold");
    std::fs::remove_file(folder.join("playbook.yaml")).unwrap();
    let said = fails_at(folder, &["done", &id, "--checked"], 1);
    assert!(said.contains("the play `walk` is not in the playbook any more"), "{said}");
    assert!(at(folder, &["nudges", "bram"]).contains("walk"));
    let digest = at(folder, &["nudge"]);
    assert!(digest.contains(&format!("#{id} Bram, walk: this play is not in your playbook any more")), "{digest}");
}

#[test]
fn done_records_the_contact_and_says_what_score_says() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["nudge"]);
    let id = number(folder, "Dirk", "cold");
    let before = warmth(folder, "Dirk", NOW);
    let asked = fails_at(folder, &["done", &id], 2);
    assert!(
        asked.contains("the checklist has not been gone through") && asked.contains("--checked") && asked.contains("\n  - "),
        "{asked}"
    );
    let flags = ["--checked", "--felt", "good", "--minutes", "25", "--cost", "4.50"];
    let done = json_at(folder, &[&["done", &id, "had coffee"], &flags[..]].concat())["nudges"][0].clone();
    assert!((done["warmth_before"].as_f64().unwrap() - before).abs() < 1e-9, "{done}");
    assert!((done["warmth_after"].as_f64().unwrap() - warmth(folder, "Dirk", NOW)).abs() < 1e-9);
    assert!(done["warmth_after"].as_f64().unwrap() > before);
    let rows = json_at(folder, &["timeline", "Dirk"])["touchpoints"].clone();
    let row = rows.as_array().unwrap().iter().find(|row| row["id"] == done["touchpoint"]).unwrap().clone();
    assert_eq!([&row["note"], &row["source"], &row["channel"]], ["had coffee", "nudge", "visit"]);
    assert_eq!([&row["sentiment"], &row["minutes"], &row["amount"]], [&value!(0.5), &value!(25), &value!(4.5)]);
    let kept = json_at(folder, &["nudges", "--all", "Dirk"])["nudges"][0].clone();
    assert_eq!([&kept["state"], &kept["touchpoint"], &kept["why"]], [&value!("done"), &done["touchpoint"], &value!("had coffee")]);
    assert!(fails_at(folder, &["done", &id, "--checked"], 1).contains(&format!("nudge {id} was done on 1 July")));
    assert!(fails_at(folder, &["skip", &id, "--lang", "nl"], 1).contains(&format!("nudge {id} is gedaan op 1 juli")));
    assert!(at(folder, &["plan"]).contains("with 1 done already"));
    assert_eq!(
        json_at(folder, &["plan", "--why", "dirk"])["considered"].as_array().unwrap().iter().filter(|row| row["fate"] == "chosen").count(),
        0
    );
}

#[test]
fn which_nudge_is_meant_by_number_or_by_the_only_one_of_a_customer() {
    let shop = garden();
    let folder = shop.path();
    assert!(fails_at(folder, &["done", "1", "--checked"], 1).contains("there is no nudge 1"));
    at(folder, &["nudge"]);
    let several = fails_at(folder, &["done", "anna", "--checked"], 2);
    assert!(several.contains("2 nudges stand for Anna Jansen") && several.contains("- 1  "), "{several}");
    assert!(at(folder, &["done", "#1", "--checked"]).starts_with("Done: drop by for Anna Jansen."));
    assert!(at(folder, &["done", "cleo", "--checked"]).contains("for Cleo"));
    assert!(fails_at(folder, &["done", "cleo", "--checked"], 1).contains("no nudge stands for Cleo"));
    assert!(fails_at(folder, &["skip", "99"], 1).contains("there is no nudge 99"));
    fails_at(folder, &["snooze", "zed"], 1);
}

#[test]
fn done_was_at_some_moment_that_has_been() {
    let shop = garden();
    at(shop.path(), &["nudge"]);
    let ahead = fails_at(shop.path(), &["done", "1", "--checked", "--at", "2026-07-02"], 2);
    assert!(ahead.contains("--at lies ahead") && ahead.contains("attent snooze 1"), "{ahead}");
    at(shop.path(), &["done", "1", "--checked", "--at", "2026-06-30 10:00"]);
    let kept = json_at(shop.path(), &["nudges", "--all", "anna"])["nudges"].clone();
    let ended = kept.as_array().unwrap().iter().find(|row| row["nudge"] == 1).unwrap()["ended"].clone();
    assert_eq!(ended, "2026-06-30T10:00:00+00:00");
}

#[test]
fn on_a_terminal_the_checklist_is_gone_through_point_by_point() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["nudge"]);
    let id = number(folder, "Anna Jansen", "cold");
    let begin = || {
        let mut session = terminal(folder, &["done", &id, "we talked", "--now", NOW]);
        session.exp_string("Before it counts as done:").unwrap();
        session.exp_string("what we last talked about").unwrap();
        session
    };
    let mut session = begin();
    session.send_line("").unwrap();
    session.exp_string("not a sale").unwrap();
    session.send_line("n").unwrap();
    session.flush().unwrap();
    session.exp_string("is not so").unwrap();
    session.exp_eof().unwrap();
    let mut session = begin();
    session.send_control('c').unwrap();
    session.exp_string("nothing was recorded").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(number(folder, "Anna Jansen", "cold"), id, "it stands");
    let mut session = begin();
    session.send_line("").unwrap();
    for point in ["not a sale", "one thing to remember"] {
        session.exp_string(point).unwrap();
        session.send_line("").unwrap();
    }
    session.exp_string("Done: a short call for Anna Jansen.").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn a_snooze_is_a_time_within_ninety_days() {
    let shop = garden();
    at(shop.path(), &["nudge"]);
    let until = |said: &str| {
        let answer = json_at(shop.path(), &["snooze", "1", said]);
        answer["nudges"][0]["snoozed_until"].as_str().unwrap()[..10].to_owned()
    };
    for (said, day) in [
        ("3d", "2026-07-04"),
        ("2w", "2026-07-15"),
        ("1m", "2026-07-31"),
        ("friday", "2026-07-03"),
        ("vrijdag", "2026-07-03"),
        ("tomorrow", "2026-07-02"),
        ("2026-09-01", "2026-09-01"),
        ("90d", "2026-09-29"),
    ] {
        assert_eq!(until(said), day, "{said}");
    }
    for (said, words) in [
        ("91d", "90 days at most"),
        ("100d", "90 days at most"),
        ("2026-12-01", "90 days at most"),
        ("2026-06-01", "it has passed"),
        ("0d", "no time to put it off to"),
        ("someday", "no time to put it off to"),
        ("", "no time to put it off to"),
    ] {
        assert!(fails_at(shop.path(), &["snooze", "1", said], 2).contains(words), "{said}");
    }
    assert!(at(shop.path(), &["snooze", "1", "--why", "on holiday"]).contains("comes back on 8 Jul 2026"));
    assert!(at(shop.path(), &["nudge"]).contains("1 put off for later."));
    let list = at(shop.path(), &["nudges"]);
    assert!(list.contains("put off") && list.contains("on holiday"), "{list}");
    assert!(!at(shop.path(), &["nudge"]).contains("#1 "));
    assert!(ok(shop.path(), &["nudge", "--now", "2026-07-08T12:00:00Z"]).contains("#1 "), "it is back");
}

#[test]
fn what_is_skipped_rests_with_its_why() {
    let shop = garden();
    at(shop.path(), &["nudge"]);
    let said = at(shop.path(), &["skip", "1", "--why", "she moves house"]);
    assert_eq!(said.lines().next(), Some("Nudge 1 for Anna Jansen is skipped; the same is not brought up before 29 Sep 2026."));
    let kept = json_at(shop.path(), &["nudges", "--all"])["nudges"].clone();
    let kept = kept.as_array().unwrap().iter().find(|row| row["nudge"] == 1).unwrap().clone();
    assert_eq!([&kept["state"], &kept["why"]], ["skipped", "she moves house"]);
    fails_at(shop.path(), &["skip", "2", "--why", &"x".repeat(120_000)], 2);
    assert!(!standing(shop.path()).as_array().unwrap().iter().any(|row| row["nudge"] == 1));
    assert!(at(shop.path(), &["nudges", "--lang", "nl"]).contains("uiterlijk"));
}

/// What is done, skipped, put off or brought up can be taken back, and that too; and it says so.
#[test]
fn everything_about_a_nudge_can_be_taken_back_and_put_back() {
    let shop = garden();
    let folder = shop.path();
    let state = || (json_at(folder, &["nudges", "--all"])["nudges"].clone(), at(folder, &["timeline", "anna", "-O", "csv"]));
    let last = || json_at(folder, &["undo", "--list"])["entries"][0]["entry"].as_str().unwrap().to_owned();
    at(folder, &["nudge"]);
    let raised = last();
    let all: Vec<String> = field(&standing(folder), "nudge");
    for (args, back, again) in [
        (&["done", "1", "--checked"][..], "Nudge 1 stands again.", "Nudge 1 stands no longer."),
        (&["skip", "1"], "Nudge 1 stands again.", "Nudge 1 stands no longer."),
        (&["snooze", "1", "2w"], "Nudge 1 stands again.", "Nudge 1 is put off again."),
    ] {
        let before = state();
        at(folder, args);
        let after = state();
        assert_ne!(before, after);
        // A digest in between is nobody's own entry: `undo` passes over it.
        at(folder, &["nudge"]);
        let entries = json_at(folder, &["undo", "--list"])["entries"].clone();
        if entries[0]["verb"] == "nudge" && entries[0]["entry"] != raised {
            at(folder, &["undo", entries[0]["entry"].as_str().unwrap()]);
        }
        let said = at(folder, &["undo"]);
        assert!(said.starts_with(&format!("Took back `{}`", args[0])) && said.contains(back), "{said}");
        assert_eq!(state(), before, "{args:?}");
        let said = at(folder, &["undo", &last()]);
        assert!(said.contains(again), "{said}");
        assert_eq!(state(), after, "{args:?}");
        at(folder, &["undo", &last()]);
        assert_eq!(state(), before, "{args:?}");
    }
    let said = at(folder, &["undo"]);
    assert!(said.starts_with("Took back `import`"), "plain undo passes over the digest\n{said}");
    at(folder, &["undo", &last()]);
    let said = at(folder, &["undo", &raised, "--lang", "nl"]);
    assert!(said.contains("`nudge` van 1 jul 2026") && said.contains("er niet meer"), "{said}");
    assert_eq!(standing(folder), value!([]));
    at(folder, &["undo", &last()]);
    assert_eq!(field(&standing(folder), "nudge"), all);
}

/// What came up anew since stands, the one that was skipped stays closed, and that is said.
#[test]
fn the_same_does_not_stand_twice_when_something_is_taken_back() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["nudge"]);
    at(folder, &["skip", "1"]);
    let skipped = json_at(folder, &["undo", "--list"])["entries"][0]["entry"].as_str().unwrap().to_owned();
    ["2", "3", "4", "5"].iter().for_each(|id| drop(at(folder, &["skip", id])));
    ok(folder, &["nudge", "--now", "2026-10-05"]);
    assert!(standing(folder).as_array().unwrap().iter().any(|row| row["rule"] == "one-way"), "it has rested");
    let said = at(folder, &["undo", &skipped]);
    assert!(said.contains("Nudge 1 stays closed: the same came up again since."), "{said}");
    assert!(!standing(folder).as_array().unwrap().iter().any(|row| row["nudge"] == 1));
}

#[test]
fn a_nudge_follows_its_customer_through_a_new_name_and_a_merge() {
    let shop = garden();
    let folder = shop.path();
    at(folder, &["nudge"]);
    let (bram, dirk) = (number(folder, "Bram", "cold"), number(folder, "Dirk", "cold"));
    at(folder, &["customers", "edit", "Dirk", "--name", "Dirk de Vries"]);
    assert_eq!(number(folder, "Dirk de Vries", "cold"), dirk);
    at(folder, &["customers", "merge", "Bram", "Dirk", "--yes"]);
    let all = field(&standing(folder), "nudge");
    assert!(all.contains(&bram), "{all:?}");
    let digest = json_at(folder, &["nudge"]);
    let names = field(&value!(digest["nudges"].as_array().unwrap().iter().map(|row| row["customer"].clone()).collect::<Vec<_>>()), "name");
    assert!(!names.contains(&"Dirk de Vries".to_owned()), "{names:?}");
    let causes: std::collections::BTreeSet<String> =
        standing(folder).as_array().unwrap().iter().map(|row| format!("{} {} {}", row["customer"], row["place"], row["rule"])).collect();
    assert_eq!(causes.len(), standing(folder).as_array().unwrap().len(), "none stands twice");
}

#[test]
fn attent_alone_says_what_is_due_and_one_thing_to_do() {
    let shop = super::cli_log::shop(&[]);
    let said = ok(shop.path(), &[]);
    assert!(said.contains("Nobody is in the log yet.") && said.contains("attent log"), "{said}");
    let shop = garden();
    let folder = shop.path();
    let said = at(folder, &[]);
    assert!(said.contains("The plan of this week has 5 actions") && said.contains("One thing to do\nAnna Jansen: Drop by"), "{said}");
    at(folder, &["nudge"]);
    at(folder, &["incident", "open", "cleo", "wrong roses", "--at", "2026-06-30"]);
    let answer = json_at(folder, &[]);
    assert_eq!(
        (&answer["first"]["customer"]["name"], &answer["first"]["owed"]),
        (&value!("Cleo"), &value!(true)),
        "what is owed comes first"
    );
    assert_eq!(at(folder, &["-O", "ids"]).lines().count(), answer["due"].as_array().unwrap().len());
    assert!(at(folder, &["--lang", "nl"]).contains("Eén ding om te doen"));
    ["anna", "bram", "cleo", "dirk"].iter().for_each(|who| drop(at(folder, &["customers", "edit", who, "--no-contact"])));
    at(folder, &["nudge"]);
    assert!(at(folder, &[]).contains("Nothing is due"), "{}", at(folder, &[]));
    assert!(attent(folder, &["--now", NOW]).env("LANG", "nl_NL").output().unwrap().status.success());
}
