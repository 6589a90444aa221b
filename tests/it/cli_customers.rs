//! `customers` as a person runs it.

use serde_json::json as value;

use super::cli::{fails, json, ok};
use super::cli_log::{NOW, shop};

#[test]
fn a_customer_is_added_shown_and_changed() {
    let shop = shop(&[]);
    let folder = shop.path();
    let add = ["customers", "add", "Anna Jansen", "--email", "anna@jansen.nl", "--phone", "06-1234 5678", "--alias", "Annie"];
    let more =
        ["--segment", "vip", "--journey", "customer", "--since", "2025-03-01", "--no-contact", "--gifts", "25", "--note", "likes tea"];
    assert!(ok(folder, &[&add[..], &more].concat()).contains("Added."));
    let shown = |who| json(folder, &["customers", "show", who, "--now", NOW])["customers"][0].clone();
    let anna = shown("annie");
    assert_eq!([&anna["customer"], &anna["id"], &anna["segment"]], [&value!("Anna Jansen"), &value!("anna-jansen"), &value!("vip")]);
    assert_eq!([&anna["gifts"], &anna["gift_cap"], &anna["no_contact"]], [&value!("up-to"), &value!(25.0), &value!(true)]);
    assert_eq!(anna["keys"].as_array().unwrap().len(), 3);
    assert_eq!(
        [&anna["since"], &anna["notes"], &anna["warmth"]],
        [&value!("2025-03-01T00:00:00+00:00"), &value!("likes tea"), &value!(null)]
    );
    let edit = ["customers", "edit", "ANNA@jansen.nl", "--name", "Anna Peters", "--contact", "--remove-key", "annie", "--gifts", "none"];
    assert!(ok(folder, &[&edit[..], &["--segment", "", "--since", "", "--note", "", "--lang", "nl"]].concat()).contains("Gewijzigd."));
    let anna = shown("06 1234 5678");
    assert_eq!([&anna["customer"], &anna["segment"], &anna["since"]], [&value!("Anna Peters"), &value!(""), &value!(null)]);
    assert_eq!([&anna["gifts"], &anna["no_contact"]], [&value!("none"), &value!(false)]);
    assert_eq!(anna["keys"], value!(["+31612345678", "Anna Jansen", "anna@jansen.nl"]), "the old name still finds her");
    assert!(ok(folder, &["customers", "edit", "anna"]).contains("Nothing was changed."));
}

#[test]
fn names_that_differ_in_case_and_accents_are_one() {
    let shop = shop(&["José van der Meer", "Bram"]);
    let folder = shop.path();
    assert!(fails(folder, &["customers", "add", "JOSE VAN DER MEER"], 2).contains("taken"));
    assert!(fails(folder, &["customers", "edit", "bram", "--name", "jose van der meer"], 2).contains("taken"));
    assert!(fails(folder, &["customers", "edit", "bram", "--alias", "José van der Meer"], 2).contains("taken"));
    ok(folder, &["customers", "edit", "bram", "--name", "BRAM"]);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "bram\njose-van-der-meer\n");
}

#[test]
fn what_cannot_be_is_told() {
    let shop = shop(&["Anna"]);
    let fails = |args: &[&str]| fails(shop.path(), &[&["customers"], args].concat(), 2);
    assert!(fails(&["add", "B", "--journey", "custmer"]).contains("did you mean `customer`?"));
    assert!(fails(&["list", "--journey", "custmer"]).contains("did you mean `customer`?"));
    assert!(fails(&["add", "B\u{7}"]).contains("control character"));
    assert!(fails(&["add", " "]).contains("empty"));
    assert!(fails(&["add", "B", "--email", "b.nl"]).contains("not an e-mail address"));
    assert!(fails(&["add", "B", "--phone", "home"]).contains("not a telephone number"));
    assert!(fails(&["add", "B", "--gifts", "lots"]).contains("unknown, none, or an amount"));
    assert!(fails(&["add", "B", "--gifts", "-5"]).len() > 1);
    assert!(fails(&["edit", "anna", "--remove-key", "x"]).contains("not known by `x`"));
    fails(&["edit", "anna", "--contact", "--no-contact"]);
    assert_eq!(ok(shop.path(), &["customers", "-O", "ids"]), "anna\n");
}

#[test]
fn the_list_shows_where_everybody_stands() {
    let shop = shop(&["Zoë", "Anna"]);
    let folder = shop.path();
    ok(folder, &["customers", "edit", "zoe", "--segment", "VIP", "--no-contact"]);
    ok(folder, &["log", "anna", "call", "--stage", "buy", "--at", "2026-11-01", "--now", NOW]);
    let answer = json(folder, &["customers", "list", "--now", NOW]);
    assert_eq!(answer["schema"], "attent.customers/1");
    let rows = answer["customers"].as_array().unwrap();
    assert_eq!([&rows[0]["customer"], &rows[0]["stage"], &rows[0]["touchpoints"]], [&value!("Anna"), &value!("buy"), &value!(1)]);
    assert_eq!([&rows[0]["last"], &rows[1]["last"]], [&value!("2026-11-01T00:00:00+00:00"), &value!(null)]);
    assert_eq!(ok(folder, &["customers", "list", "--segment", "vip", "-O", "ids"]), "zoe\n");
    let said = ok(folder, &["customers", "--lang", "nl", "--now", NOW]);
    assert!(said.contains("Zoë (geen contact)") && said.contains("1 nov 2026"), "{said}");
    let csv = ok(folder, &["customers", "-O", "csv", "--now", NOW]);
    assert!(
        csv.starts_with(
            "customer,segment,journey,stage,last,touchpoints,no_contact,since,gifts,id,referred_by,origin\nAnna,,customer,buy,"
        ),
        "{csv}"
    );
    assert!(csv.contains("\nZoë,VIP,customer,,,0,yes,,unknown,zoe,,\n"), "{csv}");
    for format in ["tsv", "md", "html", "jsonl"] {
        assert!(ok(folder, &["customers", "-O", format]).contains("Anna"), "{format}");
    }
}

#[test]
fn a_change_can_be_taken_back() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    std::fs::write(folder.join("journeys/other.yaml"), "id: other\ntitle: Other\nstages:\n  - id: all\n    title: All\n").unwrap();
    ok(folder, &["customers", "edit", "anna", "--email", "anna@x.nl", "--alias", "Ann"]);
    ok(folder, &["log", "anna", "call", "--stage", "buy", "--at", "2026-11-01", "--now", NOW]);
    let shown = || json(folder, &["customers", "show", "anna", "--now", NOW]);
    let (before, scores) = (shown(), super::cli_log::scores(folder));
    let edit = ["customers", "edit", "anna", "--name", "Anna Peters", "--journey", "other", "--no-contact", "--remove-key", "ann"];
    ok(folder, &[&edit[..], &["--gifts", "10", "--segment", "x", "--now", NOW]].concat());
    assert_eq!(shown()["customers"][0]["stage"], "all");
    let said = ok(folder, &["undo", "--now", NOW]);
    assert!(said.starts_with("Took back `customers edit` of 20 Nov 2026 12:00: Anna Peters is as before.\n"), "{said}");
    assert_eq!((shown(), super::cli_log::scores(folder)), (before, scores));
    assert!(ok(folder, &["undo"]).contains("`log`"));
}

#[test]
fn a_new_customer_whom_later_entries_know_stays() {
    let shop = shop(&[]);
    let folder = shop.path();
    ok(folder, &["customers", "add", "Anna", "--now", NOW]);
    ok(folder, &["log", "anna", "called", "--now", NOW]);
    let entry = json(folder, &["undo", "--list"])["entries"][1]["entry"].as_str().unwrap().to_owned();
    let refused = fails(folder, &["undo", &entry], 1);
    assert!(refused.contains("Anna stays, because later entries know them"), "{refused}");
    assert!(refused.contains("take that back first: `attent undo e"), "{refused}");
    assert_eq!(json(folder, &["undo", "--list"])["entries"][1]["undone"], value!(null), "the list does not claim it");
    ok(folder, &["undo", "--now", NOW]);
    assert!(ok(folder, &["undo", &entry, "--now", NOW]).contains("1 new customer"));
    // What else the entry did is taken back, and who stays is named.
    ok(folder, &["log", "cleo,dirk", "called", "--new", "--now", NOW]);
    ok(folder, &["log", "dirk", "called again", "--now", NOW]);
    let entry = json(folder, &["undo", "--list"])["entries"][1]["entry"].as_str().unwrap().to_owned();
    let said = ok(folder, &["undo", &entry, "--now", NOW]);
    assert!(said.contains("dirk stays, because later entries know them.") && !said.contains("cleo stays"), "{said}");
}

#[test]
fn what_was_taken_back_is_put_back_in_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    crate::cli::workspace(folder, crate::cli_log::JOURNEY);
    ok(folder, &["customers", "add", "Anna"]);
    ok(folder, &["customers", "edit", "anna", "--segment", "one"]);
    ok(folder, &["customers", "edit", "anna", "--segment", "two"]);
    let (later, earlier) = (json(folder, &["undo"]), json(folder, &["undo"]));
    let number = |answer: &serde_json::Value| answer["undone"][0]["by"].as_str().unwrap().to_owned();
    // The later change stood on the earlier one.
    let said = fails(folder, &["undo", &number(&later)], 1);
    assert!(said.contains(&format!("`attent undo {}`", number(&earlier))), "{said}");
    ok(folder, &["undo", &number(&earlier)]);
    ok(folder, &["undo", &number(&later)]);
    assert_eq!(json(folder, &["customers", "show", "anna"])["customers"][0]["segment"], "two");
}
