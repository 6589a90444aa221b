//! Mail through the command line: mbox, Maildir and single messages.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json as value};

use super::cli::{attent, fails, ok, run};
use super::cli_log::NOW;
use super::edges_sources::{contacts, counts, everything, imported, letter, mbox, office, packed, put, settle, there_and_back};

const ANNA: &[&str] = &["Anna", "--email", "anna@x.example"];
const BRAM: &[&str] = &["Bram", "--email", "bram@y.example"];
const ME: &str = "me@home.example";

/// One mail in and one mail out.
fn two() -> String {
    mbox(&[letter("Anna <anna@x.example>", ME, 2, "1", ""), letter(ME, "anna@x.example", 3, "2", "")])
}

/// What a dry run tells of each record, by these names.
fn records(folder: &Path, file: &str, names: &[&str]) -> Vec<Vec<Value>> {
    let answer = imported(folder, &[file, "--dry-run"]);
    let of = |row: &Value| names.iter().map(|name| row[*name].clone()).collect();
    answer["records"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn a_message_counts_once_however_it_is_kept() {
    let folder = office("", &[ANNA]);
    let root = folder.path();
    put(root, "all.mbox", two());
    put(root, "all.mbox.gz", packed(two()));
    put(root, "one.eml", letter("Anna <anna@x.example>", ME, 2, "1", ""));
    put(root, "one.eml.gz", packed(letter("Anna <anna@x.example>", ME, 2, "1", "")));
    put(root, "Mail/cur/1:2,S", letter("Anna <anna@x.example>", ME, 2, "1", "").replace('\n', "\r\n"));
    put(root, "Mail/new/3", letter("anna@x.example", ME, 4, "3", ""));
    put(root, "Mail/tmp/4", letter("anna@x.example", ME, 4, "4", ""));
    put(root, "Mail/.Sent/cur/2:2,S", letter(ME, "anna@x.example", 3, "2", ""));
    std::fs::create_dir_all(root.join("Mail/.Sent/new")).unwrap();
    for (n, (name, [added, known])) in
        [("all.mbox", [2, 0]), ("all.mbox.gz", [0, 2]), ("one.eml", [0, 1]), ("one.eml.gz", [0, 1]), ("Mail", [1, 2]), ("Mail", [0, 3])]
            .into_iter()
            .enumerate()
    {
        assert_eq!(counts(&imported(root, &[name]), ["added", "known"]), [added, known], "{n} {name}");
    }
    assert_eq!(contacts(root, "Anna"), 3);
    let other = office("", &[ANNA]);
    for name in ["one.eml.gz", "all.mbox.gz"] {
        put(other.path(), name, std::fs::read(root.join(name)).unwrap());
    }
    assert_eq!(counts(&imported(other.path(), &["one.eml.gz", "all.mbox.gz"]), ["added", "known"]), [2, 1], "and in one command");
}

#[test]
fn drafts_and_what_was_thrown_away_are_no_contacts() {
    let folder = office("", &[ANNA]);
    let all = [
        ("cur/1:2,S", 1),
        ("cur/2:2,DS", 0),
        ("cur/3:2,ST", 0),
        (".Trash/cur/4:2,S", 0),
        (".Junk/new/5", 0),
        (".Drafts/cur/6:2,S", 0),
        (".Prullenbak/cur/7", 0),
        (".Klanten.Oud/cur/8:2,FS", 1),
    ];
    for (n, (path, _)) in all.iter().enumerate() {
        let box_of = Path::new(path).parent().unwrap().parent().unwrap();
        for part in ["cur", "new"] {
            std::fs::create_dir_all(folder.path().join("Maildir").join(box_of).join(part)).unwrap();
        }
        put(folder.path(), &format!("Maildir/{path}"), letter("anna@x.example", ME, 2, &n.to_string(), ""));
    }
    let expected: u64 = all.iter().map(|(_, counted)| counted).sum();
    assert_eq!(counts(&imported(folder.path(), &["Maildir"]), ["added", "skipped"]), [expected, 0]);
}

#[test]
fn standard_input_is_told_by_its_beginning_or_by_as() {
    let read = |bytes: &[u8], args: &[&str]| {
        let folder = office("", &[ANNA]);
        let all = [&["import", "-", "-O", "json", "--now", NOW], args].concat();
        let mut child = attent(folder.path(), &all).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(bytes).unwrap();
        let output = child.wait_with_output().unwrap();
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (answer["added"].as_u64(), String::from_utf8(output.stderr).unwrap())
    };
    let one = letter("anna@x.example", ME, 2, "1", "");
    assert_eq!(read(two().as_bytes(), &[]).0, Some(2));
    assert_eq!(read(&packed(two()), &[]).0, Some(2));
    assert_eq!(read(one.as_bytes(), &[]).0, Some(1));
    assert_eq!(read(&packed(&one), &["--as", "eml"]).0, Some(1));
    assert_eq!(read(format!("X-Own: 1\n{one}").as_bytes(), &["--as", "eml"]).0, Some(1));
    let (added, said) = read(b"hello there\n", &["--as", "mbox"]);
    assert!(added.is_none() && said.contains("-:1: this is no mail"), "{said}");
}

#[test]
fn as_reads_what_the_beginning_does_not_tell() {
    let folder = office("", &[ANNA]);
    put(folder.path(), "message", format!("X-Own: 1\n{}", letter("anna@x.example", ME, 2, "1", "")));
    let said = fails(folder.path(), &["import", "message"], 3);
    assert!(said.contains("it is not clear what message is") && said.contains("--as"), "{said}");
    assert_eq!(counts(&imported(folder.path(), &["message", "--as", "eml"]), ["added"]), [1]);
    assert!(fails(folder.path(), &["import", "message", "--as", "mail"], 2).contains("did you mean `maildir`?"));
}

#[test]
fn without_my_addresses_no_mail_is_read() {
    let folder = office("", &[ANNA]);
    put(folder.path(), "attent.yaml", "language: en\n");
    put(folder.path(), "all.mbox", two());
    let said = fails(folder.path(), &["import", "all.mbox"], 1);
    assert!(said.contains("which mail addresses are yours is not known") && said.contains("me: ["), "{said}");
    let said = fails(folder.path(), &["import", "all.mbox", "--lang", "nl"], 1);
    assert!(said.contains("welke mailadressen van jou zijn"), "{said}");
    settle(folder.path(), "");
    assert_eq!(counts(&imported(folder.path(), &["all.mbox"]), ["added"]), [2]);
}

#[test]
fn a_dry_run_says_which_way_by_whom_and_why() {
    let folder = office("ignore: [boss@x.example, '@quiet.example']\n", &[ANNA, BRAM, &["Stil", "--email", "s@quiet.example"]]);
    let all = [
        letter("anna@x.example", ME, 2, "1", ""),
        letter(ME, "anna@x.example, BRAM@Y.example, anna@x.example", 3, "2", ""),
        letter(ME, "anna@x.example", 3, "3", "Auto-Submitted: auto-generated\n"),
        letter("anna@x.example", ME, 3, "4", "Auto-Submitted: auto-replied\n"),
        letter("anna@x.example", ME, 3, "5", "List-Id: News <n.x.example>\n"),
        letter("s@quiet.example", ME, 3, "6", ""),
        letter("nobody@z.example", ME, 3, "7", ""),
        letter("anna@x.example", ME, 3, "1", ""),
    ];
    put(folder.path(), "all.mbox", mbox(&all));
    let none = Value::Null;
    let rows = records(folder.path(), "all.mbox", &["customer", "outcome", "direction", "sender", "place"]);
    let expected = value!([
        ["Anna", "added", "in", "human", "all.mbox:1"],
        ["Anna", "added", "out", "human", "all.mbox:10"],
        ["Bram", "added", "out", "human", "all.mbox:10"],
        ["Anna", "added", "out", "automated", "all.mbox:19"],
        [none, "skipped", none, none, "all.mbox:29"],
        [none, "skipped", none, none, "all.mbox:39"],
        [none, "skipped", "in", "human", "all.mbox:49"],
        [none, "skipped", "in", "human", "all.mbox:58"],
        ["Anna", "known", "in", "human", "all.mbox:67"],
    ]);
    assert_eq!(value!(rows), expected);
    let why: Vec<String> =
        records(folder.path(), "all.mbox", &["why"]).into_iter().map(|row| row[0].as_str().unwrap().to_owned()).collect();
    assert!(why[0].contains("by the address") && why[3].contains("Auto-Submitted"), "{why:?}");
    assert_eq!(
        [&why[4][..], &why[5], &why[6]],
        [
            "an automatic reply; automated: Auto-Submitted: auto-replied (RFC 3834)",
            "a newsletter; list mail: List-Id (RFC 2919)",
            "with nobody who is a customer"
        ]
    );
    let aside = records(folder.path(), "all.mbox", &["at", "with"]);
    assert!(aside[4][0].is_string() && aside[4][1].as_str().unwrap().contains('@'), "what is left out says when it was and from whom");
    let told = ok(folder.path(), &["import", "all.mbox", "--dry-run", "--now", NOW, "--lang", "nl"]);
    assert!(told.contains("een nieuwsbrief") && told.contains("4 komen erbij"), "{told}");
    assert_eq!(contacts(folder.path(), "Anna"), 0, "nothing was stored");
    let done = imported(folder.path(), &["all.mbox"]);
    assert_eq!(counts(&done, ["added", "known", "skipped"]), [4, 1, 4]);
    let notes = ok(folder.path(), &["timeline", "Anna", "-O", "json"]);
    assert!(!notes.contains("Secret") && !notes.contains("Hello"), "neither bodies nor subjects: {notes}");
}

#[test]
fn only_people_who_wrote_to_me_become_customers_and_only_when_asked() {
    let all = [
        letter("Carla Smit <carla@z.example>", ME, 2, "1", ""),
        letter("Shop <noreply@shop.example>", ME, 2, "2", ""),
        letter("News <n@news.example>", ME, 2, "3", "List-Id: <n.news.example>\n"),
        letter("Robot <robot@z.example>", ME, 2, "4", "Auto-Submitted: auto-generated\n"),
        letter(ME, "Dirk <dirk@z.example>", 2, "5", ""),
        letter("Boss <boss@x.example>", ME, 2, "6", ""),
    ];
    let folder = office("ignore: boss@x.example\n", &[]);
    put(folder.path(), "all.mbox", mbox(&all));
    let answer = imported(folder.path(), &["all.mbox"]);
    assert_eq!(counts(&answer, ["added", "new_customers"]), [0, 0]);
    let said = ok(folder.path(), &["import", "all.mbox", "--now", NOW]);
    assert!(said.contains("carla@z.example (1)") && said.contains("--new") && !said.contains("boss@"), "{said}");
    let empty = everything(folder.path());
    let answer = imported(folder.path(), &["all.mbox", "--new"]);
    let people = ok(folder.path(), &["customers", "list", "-O", "ids"]);
    assert_eq!((people.as_str(), counts(&answer, ["added", "new_customers"])), ("carla-smit\ndirk\n", [2, 2]));
    assert_eq!(counts(&imported(folder.path(), &["all.mbox", "--new"]), ["added", "known", "new_customers"]), [0, 2, 0]);
    ok(folder.path(), &["undo"]);
    assert_eq!(everything(folder.path()), empty, "the customers went with the mail");
}

#[test]
fn people_of_the_same_long_name_are_kept_apart() {
    let folder = office("", &[]);
    let name = "A".repeat(250);
    let all: Vec<String> = (0..3).map(|n| letter(&format!("{name} <a{n}@z.example>"), ME, 2, &n.to_string(), "")).collect();
    put(folder.path(), "all.mbox", mbox(&all));
    assert_eq!(counts(&imported(folder.path(), &["all.mbox", "--new"]), ["added", "new_customers"]), [3, 3]);
}

#[test]
fn a_date_that_cannot_be_read_is_taken_from_elsewhere_and_a_record_without_any_is_told() {
    let folder = office("", &[ANNA]);
    let undated = |more: &str| letter("anna@x.example", ME, 2, "1", more).replace("Date: 2 Nov", "Date: someday in");
    put(folder.path(), "received.eml", undated("Received: by mx; Tue, 3 Nov 2026 09:00:00 +0000\n"));
    put(folder.path(), "envelope.mbox", mbox(&[undated("")]));
    put(folder.path(), "never.eml", undated(""));
    for (file, at, why) in [("received.eml", "2026-11-03T09:00", "received"), ("envelope.mbox", "2026-11-02T12:00", "line before")] {
        let row = records(folder.path(), file, &["at", "why"]).remove(0);
        assert!(row[0].as_str().unwrap().starts_with(at) && row[1].as_str().unwrap().contains(why), "{file}: {row:?}");
    }
    let good = letter("anna@x.example", ME, 2, "2", "");
    put(folder.path(), "mixed.mbox", mbox(&[good]));
    for args in [&["import", "mixed.mbox", "never.eml"][..], &["import", "never.eml", "mixed.mbox"]] {
        let said = fails(folder.path(), args, 3);
        assert!(said.contains("never.eml:1: it has no date that can be read"), "{said}");
        assert!(said.contains("nothing was stored") && said.contains("--skip-errors"), "{said}");
        assert_eq!(contacts(folder.path(), "Anna"), 0);
    }
    let said = run(folder.path(), &["import", "never.eml", "mixed.mbox", "--skip-errors", "--now", NOW, "--lang", "nl"]);
    assert!(String::from_utf8_lossy(&said.stderr).contains("never.eml:1: er staat geen leesbare datum in"));
    assert!(said.status.success() && contacts(folder.path(), "Anna") == 1);
}

#[test]
fn since_leaves_out_what_is_older() {
    let folder = office("", &[ANNA]);
    put(folder.path(), "all.mbox", two());
    let answer = imported(folder.path(), &["all.mbox", "--since", "2026-11-03"]);
    assert_eq!(counts(&answer, ["added", "skipped"]), [1, 1]);
    assert_eq!(answer["reasons"][0]["why"], "before the day asked for");
}

#[test]
fn mail_is_taken_back_and_brought_back_to_the_last_number() {
    let folder = office("", &[ANNA, BRAM]);
    put(folder.path(), "all.mbox", two());
    there_and_back(folder.path(), &["import", "all.mbox"]);
    assert_eq!(counts(&imported(folder.path(), &["all.mbox"]), ["added", "known"]), [0, 2]);
}

#[test]
fn a_contact_taken_out_by_hand_stays_out_until_that_is_taken_back() {
    let folder = office("", &[ANNA, BRAM]);
    put(folder.path(), "all.mbox", mbox(&[letter(ME, "anna@x.example, bram@y.example", 2, "1", "")]));
    imported(folder.path(), &["all.mbox"]);
    let whole = everything(folder.path());
    ok(folder.path(), &["undo", "#1"]);
    assert_eq!([contacts(folder.path(), "Anna"), contacts(folder.path(), "Bram")], [0, 1]);
    let answer = imported(folder.path(), &["all.mbox"]);
    assert_eq!(counts(&answer, ["added", "known", "skipped"]), [0, 1, 1]);
    assert_eq!(answer["reasons"][0]["why"], "taken out by hand before");
    ok(folder.path(), &["undo"]);
    assert_eq!(everything(folder.path()), whole, "the last entry that stands was the taking out");
}

#[test]
fn a_name_at_another_address_is_not_the_customer() {
    let folder = office("", &[&["Anna Visser", "--email", "anna@x.example"], &["Bram Bos"]]);
    let anna = letter("Anna Visser <promo@spam.example>", ME, 3, "1", "");
    let bram = letter("Bram Bos <bram@z.example>", ME, 3, "2", "");
    put(folder.path(), "all.mbox", mbox(&[anna, bram]));
    imported(folder.path(), &["all.mbox"]);
    assert_eq!([contacts(folder.path(), "Anna"), contacts(folder.path(), "Bram")], [0, 1], "of Bram no address is known yet");
}

#[test]
fn mail_of_my_own_systems_that_was_left_out_is_pointed_at() {
    let folder = office("", &[ANNA]);
    let invoice = letter("facturen@home.example", "anna@x.example", 3, "1", "Auto-Submitted: auto-generated\n");
    put(folder.path(), "all.mbox", mbox(&[invoice]));
    let said = ok(folder.path(), &["import", "all.mbox", "--now", NOW]);
    assert!(said.contains("facturen@home.example (1)") && said.contains("`me:`"), "{said}");
    settle(folder.path(), "ignore: [facturen@home.example]\n");
    assert!(!ok(folder.path(), &["import", "all.mbox", "--now", NOW]).contains("facturen@"));
}
