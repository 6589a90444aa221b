//! `customers merge`, `rename` and `alias` as a person runs them.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok};
use super::cli_ask::terminal;
use super::cli_log::{NOW, scores, shop};

/// A mail to several people.
fn mail(to: &str, day: u32, id: &str) -> String {
    format!(
        "From me@shop.nl Mon Nov {day} 10:00:00 2026\nFrom: Me <me@shop.nl>\nTo: {to}\nDate: {day} Nov 2026 10:00:00 +0000\nMessage-ID: <{id}@shop.nl>\nSubject: hello\n\nbody\n\n"
    )
}

fn shown(folder: &Path, who: &str) -> Value {
    json(folder, &["customers", "show", who, "--now", NOW])["customers"][0].clone()
}

fn failures(folder: &Path) -> Value {
    json(folder, &["incident", "list", "--now", NOW])
}

/// Anna and Bram, on one mail and on some of their own, in an address book, with a failure and a table.
fn two_of_one() -> tempfile::TempDir {
    let shop = shop(&[]);
    let folder = shop.path();
    std::fs::write(folder.join("attent.yaml"), "language: en\nme: [me@shop.nl]\n").unwrap();
    ok(folder, &["customers", "add", "Anna Jansen", "--email", "anna@x.nl", "--note", "likes tea"]);
    ok(folder, &["customers", "add", "Bram", "--email", "bram@x.nl", "--phone", "06-12345678", "--note", "likes coffee", "--gifts", "10"]);
    let mails = [mail("anna@x.nl, bram@x.nl", 2, "a"), mail("bram@x.nl", 3, "b"), mail("anna@x.nl", 4, "c")].concat();
    std::fs::write(folder.join("sent.mbox"), mails).unwrap();
    let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:Bram\r\nORG:Bakker\r\nEMAIL:bram@x.nl\r\nBDAY:1985-04-12\r\nADR:;;Dam 1;Amsterdam;;1012AB;\r\nEND:VCARD\r\n";
    std::fs::write(folder.join("people.vcf"), card).unwrap();
    std::fs::write(
        folder.join("log.csv"),
        "at,customer,channel\n2026-10-01,Bram,visit\n2026-10-01,Bram,visit\n2026-10-02,Anna Jansen,phone\n",
    )
    .unwrap();
    for file in ["sent.mbox", "people.vcf", "log.csv"] {
        ok(folder, &["import", file, "--now", NOW]);
    }
    ok(folder, &["incident", "open", "bram", "late parcel", "--at", "2026-11-10", "--now", NOW]);
    ok(folder, &["log", "bram", "call", "--stage", "use", "--at", "2026-11-12", "--now", NOW]);
    shop
}

#[test]
fn two_become_one_and_apart_again_to_the_last_bit() {
    let shop = two_of_one();
    let folder = shop.path();
    let all = || (scores(folder), shown(folder, "anna"), shown(folder, "bram@x.nl"), failures(folder));
    let before = all();
    let said = ok(folder, &["customers", "merge", "anna", "bram", "--yes", "--now", NOW]);
    let first = said.lines().next().unwrap();
    assert_eq!(first, "Bram is now part of Anna Jansen: 4 contacts, 1 address, 1 telephone number, 1 failure.");
    assert!(said.contains("`attent undo` takes it apart again."));
    let merged = all();
    let anna = &merged.1;
    assert_eq!([&anna["customer"], &anna["touchpoints"], &anna["organisation"]], [&value!("Anna Jansen"), &value!(7), &value!("Bakker")]);
    assert_eq!(anna["keys"], value!(["+31612345678", "Bram", "anna@x.nl", "bram@x.nl"]));
    assert_eq!([&anna["notes"], &anna["gift_cap"]], [&value!("likes tea\nlikes coffee"), &value!(10.0)]);
    let known: Vec<_> = anna["particulars"].as_array().unwrap().iter().map(|known| known["what"].as_str().unwrap()).collect();
    assert_eq!(known, ["birthday", "postal"]);
    assert_eq!(anna, &merged.2, "every key of both leads to the one that stays");
    assert_eq!(merged.3["incidents"][0]["customer"], "Anna Jansen");
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-jansen\n");

    let undone = json(folder, &["undo", "--now", NOW])["undone"][0].clone();
    assert_eq!(undone["customers_returned"], 1);
    assert_eq!(all(), before);
    ok(folder, &["undo", undone["by"].as_str().unwrap(), "--now", NOW]);
    assert_eq!(all(), merged);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-jansen\n");
    ok(folder, &["undo", "--now", NOW]);
    assert_eq!(all(), before);
}

#[test]
fn files_that_were_read_before_add_nothing_after_a_merge() {
    let shop = two_of_one();
    let folder = shop.path();
    ok(folder, &["customers", "merge", "anna", "bram", "--yes", "--now", NOW]);
    let (merged, anna) = (scores(folder), shown(folder, "anna"));
    for file in ["sent.mbox", "people.vcf", "log.csv"] {
        let said = json(folder, &["import", file, "--now", NOW])["import"][0].clone();
        let none = |key: &str| said[key].as_u64().unwrap_or(0);
        assert_eq!([none("added"), none("new_customers"), none("filled_in")], [0, 0, 0], "{file} {said}");
    }
    assert_eq!((scores(folder), shown(folder, "anna")), (merged, anna));
}

#[test]
fn a_merge_is_only_done_when_it_is_said_and_makes_sense() {
    let shop = two_of_one();
    let folder = shop.path();
    let said = fails(folder, &["customers", "merge", "anna", "bram"], 2);
    assert!(said.contains("Bram becomes part of Anna Jansen, with 5 contacts, 1 address") && said.contains("--yes"), "{said}");
    assert!(fails(folder, &["customers", "merge", "bram", "bram@x.nl", "--yes"], 2).contains("both names lead to Bram"));
    fails(folder, &["customers", "merge", "anna", "zoe", "--yes"], 1);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-jansen\nbram\n");
    let row = ok(folder, &["customers", "merge", "bram", "anna", "--yes", "-O", "csv"]);
    assert_eq!(row, "customer,part,contacts,addresses,numbers,names,failures\nBram,Anna Jansen,2,1,0,0,0\n");
}

#[test]
fn who_may_be_one_is_listed_with_the_command() {
    let shop = shop(&["Jansen BV", "Jansen", "Bram de Vries", "Carla"]);
    let folder = shop.path();
    ok(folder, &["log", "jansen-bv", "call", "--now", NOW]);
    let list = json(folder, &["customers", "merge"]);
    assert_eq!(list["schema"], "attent.doubles/1");
    let rows = list["doubles"].as_array().unwrap();
    assert_eq!((rows.len(), rows[0]["command"].as_str()), (1, Some("attent customers merge jansen-bv jansen")), "{rows:?}");
    assert!(ok(folder, &["customers", "merge", "--lang", "nl"]).contains("Zijn ze één: `attent customers merge jansen-bv jansen`"));
    assert!(ok(folder, &["customers", "merge", "carla"]).contains("Nobody looks like Carla."));
    ok(folder, &["log", "jansen", "visit", "--now", NOW]);
    ok(folder, &["log", "jansen", "visit", "--now", NOW]);
    let words: Vec<String> =
        json(folder, &["customers", "merge"])["doubles"][0]["command"].as_str().unwrap().split(' ').map(str::to_owned).collect();
    let words: Vec<&str> = words.iter().skip(1).map(String::as_str).chain(["--yes", "--now", NOW]).collect();
    assert!(ok(folder, &words).starts_with("Jansen BV is now part of Jansen: 1 contact."));
    assert!(ok(folder, &["customers", "merge", "--lang", "nl"]).contains("Geen twee klanten"));
}

#[test]
fn a_customer_gets_another_name_and_the_old_one_still_finds_them() {
    let shop = shop(&["Anna Jansen", "Bram"]);
    let folder = shop.path();
    let before = shown(folder, "anna");
    assert!(ok(folder, &["customers", "rename", "anna", "Anna Peters"]).contains("Anna Jansen is called Anna Peters now."));
    assert_eq!(shown(folder, "anna jansen")["customer"], "Anna Peters");
    let said = fails(folder, &["customers", "rename", "bram", "anna JANSEN"], 2);
    assert!(said.contains("belongs to Anna Peters") && said.contains("attent customers merge \"Anna Peters\" \"Bram\""), "{said}");
    assert!(fails(folder, &["customers", "rename", "bram", " "], 2).contains("empty"));
    assert!(ok(folder, &["undo"]).starts_with("Took back `customers rename`"));
    assert_eq!(shown(folder, "anna"), before);
    assert!(ok(folder, &["customers", "rename", "anna", "ANNA Jansen"]).starts_with("ANNA Jansen\n"));
}

#[test]
fn keys_are_added_and_removed_in_any_notation() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    ok(folder, &["customers", "alias", "anna", "06 1234 5678", "Anna@X.nl", "@anna.nl", "Annie", "annie"]);
    assert_eq!(shown(folder, "anna")["keys"], value!(["+31612345678", "@anna.nl", "Annie", "anna@x.nl"]));
    for typed in ["06-12345678", "0031612345678", "+31 (0)6 12345678", "ANNIE", "anna@x.nl"] {
        assert_eq!(json(folder, &["timeline", typed])["customer"], "Anna", "{typed}");
    }
    ok(folder, &["log", "06-12345678", "call"]);
    let said = fails(folder, &["customers", "alias", "bram", "0031612345678"], 2);
    assert!(
        said.contains("`+31612345678` is taken: it belongs to Anna") && said.contains("alias \"Anna\" \"+31612345678\" --remove"),
        "{said}"
    );
    assert!(fails(folder, &["customers", "alias", "bram", "@gmail.com"], 2).contains("anybody can have an address"));
    assert!(ok(folder, &["customers", "alias", "anna", "0612345678", "ANNIE", "--remove"]).contains("no longer known by"));
    assert_eq!(shown(folder, "anna")["keys"], value!(["@anna.nl", "anna@x.nl"]));
    assert!(fails(folder, &["customers", "alias", "anna", "0612345678", "--remove"], 2).contains("is not known by"));
    assert!(ok(folder, &["undo"]).starts_with("Took back `customers alias`"));
    assert_eq!(shown(folder, "anna")["keys"].as_array().unwrap().len(), 4);
    assert!(ok(folder, &["customers", "alias", "anna", "annie"]).contains("Nothing was changed."));
}

#[test]
fn what_a_file_says_is_shown_with_where_it_came_from() {
    let shop = two_of_one();
    let said = ok(shop.path(), &["customers", "show", "bram", "--now", NOW]);
    for line in ["organisation    Bakker", "12 Apr 1985 (address book)", "Dam 1, 1012AB Amsterdam (address book)"] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let said = ok(shop.path(), &["customers", "show", "bram", "--now", NOW, "--lang", "nl"]);
    assert!(said.contains("verjaardag") && said.contains("12 apr 1985 (adresboek)"), "{said}");
    ok(shop.path(), &["customers", "edit", "bram", "--organisation", "Bakker & Zn"]);
    assert_eq!(shown(shop.path(), "bram")["organisation"], "Bakker & Zn");
    ok(shop.path(), &["customers", "edit", "bram", "--organisation", ""]);
    assert_eq!(shown(shop.path(), "bram")["organisation"], "");
}

#[test]
fn at_a_terminal_it_asks_whether_it_is_right() {
    let shop = shop(&["Anna Jansen", "Bram"]);
    let folder = shop.path();
    let mut session = terminal(folder, &["customers", "merge", "anna", "bram", "--lang", "nl"]);
    session.exp_string("Bram wordt deel van Anna Jansen.").unwrap();
    session.exp_string("Klopt dat?").unwrap();
    session.send("\u{1b}").unwrap();
    session.flush().unwrap();
    session.exp_string("er is niets veranderd").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-jansen\nbram\n");
    let mut session = terminal(folder, &["customers", "merge", "anna", "bram"]);
    session.exp_string("Is that right?").unwrap();
    session.send_line("").unwrap();
    session.exp_string("Bram is now part of Anna Jansen.").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-jansen\n");
}

#[test]
fn what_was_taken_out_or_read_from_a_card_is_remembered_of_the_one_that_stays() {
    let shop = two_of_one();
    let folder = shop.path();
    let mails = json(folder, &["timeline", "bram", "--now", NOW])["touchpoints"].clone();
    let alone = mails.as_array().unwrap().iter().find(|row| row["at"] == "2026-11-03T10:00:00+00:00").unwrap()["id"].to_string();
    ok(folder, &["undo", &alone, "--now", NOW]);
    std::fs::write(folder.join("carla.vcf"), "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:2\r\nFN:Carla Smit\r\nEND:VCARD\r\n").unwrap();
    ok(folder, &["import", "carla.vcf", "--now", NOW]);
    for other in ["bram", "carla"] {
        ok(folder, &["customers", "merge", "anna", other, "--yes", "--now", NOW]);
    }
    ok(folder, &["customers", "alias", "anna", "Carla Smit", "--remove"]);
    let merged = scores(folder);
    for file in ["sent.mbox", "carla.vcf"] {
        ok(folder, &["import", file, "--now", NOW]);
    }
    assert_eq!(scores(folder), merged);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna-jansen\n");
}
