//! Address books through the command line.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, ok};
use super::edges_sources::{counts, everything, imported, office, packed, put, settle, there_and_back, told};

/// An address book of these cards, each the lines between the version and END:VCARD.
fn book(cards: &[&str]) -> String {
    cards.iter().map(|card| format!("BEGIN:VCARD\nVERSION:3.0\n{card}\nEND:VCARD\n")).collect()
}

const ANNA: &str = "UID:1\nFN:Anna Jansen\nEMAIL:anna@x.example\nTEL:06-12345678\nCATEGORIES:Klant,Amsterdam";
const BRAM: &str = "UID:2\nFN:Bram de Vries\nORG:De Vries BV\nTEL:020 555 01 23";

/// What is known of a customer.
fn shown(folder: &Path, who: &str) -> Value {
    told(folder, &["customers", "show", who])["customers"][0].clone()
}

const COUNTS: [&str; 3] = ["new_customers", "filled_in", "known_customers"];

#[test]
fn an_address_book_makes_customers_once() {
    let folder = office("", &[]);
    put(folder.path(), "a.vcf", book(&[ANNA, BRAM]));
    put(folder.path(), "a.vcf.gz", packed(book(&[BRAM, ANNA])));
    there_and_back(folder.path(), &["import", "a.vcf"]);
    let whole = everything(folder.path());
    for again in ["a.vcf", "a.vcf.gz"] {
        assert_eq!(counts(&imported(folder.path(), &[again]), COUNTS), [0, 0, 2], "{again}");
    }
    assert!(everything(folder.path()) == whole);
    let anna = shown(folder.path(), "Anna");
    assert_eq!([&anna["segment"], &anna["keys"]], [&value!("klant"), &value!(["+31612345678", "anna@x.example"])]);
}

#[test]
fn one_person_in_two_books_is_one_customer() {
    for other in [
        "UID:x\nFN:A. Jansen\nEMAIL:ANNA@X.example",
        "UID:x\nFN:Jansen Anna\nTEL:+31 (0)6 1234 5678",
        "UID:x\nFN:Jansen\\, Anna\nN:Jansen;Anna;;;\nEMAIL:anna@other.example",
        "FN:Anna Jansen",
    ] {
        let folder = office("", &[]);
        put(folder.path(), "a.vcf", book(&[ANNA]));
        put(folder.path(), "b.vcf", book(&[other]));
        let answer = imported(folder.path(), &["a.vcf", "b.vcf"]);
        assert_eq!(counts(&answer, ["new_customers"]), [1], "{other}: {answer}");
        assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "anna-jansen\n", "{other}");
    }
}

#[test]
fn who_may_be_two_is_named_and_kept_apart() {
    let folder = office("", &[]);
    put(folder.path(), "a.vcf", book(&[ANNA]));
    put(folder.path(), "b.vcf", book(&["UID:x\nFN:Piet Bakker\nTEL:0612345678"]));
    imported(folder.path(), &["a.vcf"]);
    let dry = imported(folder.path(), &["b.vcf", "--dry-run"]);
    let expected = value!([{"customer": "Piet Bakker", "other": "Anna Jansen", "why": "has the number +31612345678, under another name"}]);
    assert_eq!(dry["doubtful"], expected);
    let said = ok(folder.path(), &["import", "b.vcf", "--lang", "nl"]);
    assert!(said.contains("Piet Bakker is misschien Anna Jansen") && said.contains("attent customers merge"), "{said}");
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "anna-jansen\npiet-bakker\n");
    let key = value!(["+31612345678"]);
    assert_eq!([&shown(folder.path(), "Piet")["keys"], &shown(folder.path(), "Anna")["keys"][0]], [&value!([]), &key[0]]);
}

#[test]
fn a_changed_card_fills_in_and_writes_nothing_over() {
    let folder = office("", &[&["Anna Jansen", "--segment", "vip", "--note", "typed", "--since", "2020-01-01"]]);
    put(folder.path(), "a.vcf", book(&["UID:1\nFN:Anna Jansen\nCATEGORIES:Klant\nNOTE:from the book\nREV:20260101T000000Z"]));
    assert_eq!(counts(&imported(folder.path(), &["a.vcf"]), COUNTS), [0, 0, 1], "there was nothing to fill in");
    let since = shown(folder.path(), "Anna")["since"].clone();
    put(folder.path(), "a.vcf", book(&["UID:1\nFN:Anna de Wit\nORG:Wit BV\nCATEGORIES:Anders\nNOTE:later\nTEL:0612345678"]));
    there_and_back(folder.path(), &["import", "a.vcf"]);
    let anna = shown(folder.path(), "Anna");
    assert_eq!([&anna["customer"], &anna["segment"], &anna["notes"]], [&value!("Anna Jansen"), &value!("vip"), &value!("typed")]);
    assert_eq!([&anna["keys"], &anna["since"]], [&value!(["+31612345678"]), &since], "a card met again is known, whatever its name");
    assert_eq!(counts(&imported(folder.path(), &["a.vcf"]), COUNTS), [0, 0, 1]);
    put(folder.path(), "a.vcf", book(&["UID:1\nFN:Anna de Wit"]));
    imported(folder.path(), &["a.vcf"]);
    assert_eq!(shown(folder.path(), "Anna")["keys"], value!(["+31612345678"]), "what a card no longer says is kept");
}

#[test]
fn only_takes_the_cards_of_a_category_and_never_my_own() {
    let folder = office("", &[]);
    let me = "FN:Ik\nEMAIL:me@home.example\nCATEGORIES:Klant";
    put(folder.path(), "a.vcf", book(&[ANNA, BRAM, me, "FN:Carla\nCATEGORIES:familie"]));
    let answer = imported(folder.path(), &["a.vcf", "--only", " klant", "--only", "Familie", "--dry-run"]);
    assert_eq!(counts(&answer, ["new_customers", "skipped"]), [2, 2]);
    let why = value!([{"why": "in none of the categories asked for", "count": 1}, {"why": "your own card", "count": 1}]);
    assert_eq!(answer["reasons"], why);
    imported(folder.path(), &["a.vcf", "--only", "KLANT"]);
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "anna-jansen\n");
    settle(folder.path(), "sources:\n  - path: a.vcf\n    only: [familie]\n");
    told(folder.path(), &["sync"]);
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "anna-jansen\ncarla\n");
}

#[test]
fn a_card_of_a_customer_who_was_removed_is_a_new_customer_again() {
    let folder = office("", &[]);
    put(folder.path(), "a.vcf", book(&[ANNA]));
    imported(folder.path(), &["a.vcf"]);
    ok(folder.path(), &["undo"]);
    assert_eq!(counts(&imported(folder.path(), &["a.vcf"]), COUNTS), [1, 0, 0]);
}

#[test]
fn cards_that_cannot_be_read_are_told_with_their_line() {
    let folder = office("", &[]);
    put(folder.path(), "a.vcf", format!("{}BEGIN:VCARD\nFN:Half\n", book(&[ANNA, BRAM])));
    let said = fails(folder.path(), &["import", "a.vcf"], 3);
    assert!(said.starts_with("a.vcf:16: this card is broken off"), "{said}");
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "");
    assert_eq!(counts(&imported(folder.path(), &["a.vcf", "--skip-errors"]), ["new_customers", "bad"]), [2, 1]);
    put(folder.path(), "none.vcf", "hello\n");
    assert!(fails(folder.path(), &["import", "none.vcf", "--lang", "nl"], 3).contains("none.vcf:1: dit is geen adresboek"));
}

#[test]
fn a_card_that_says_somebody_else_is_somebody_else() {
    let folder = office("", &[]);
    // One identifier for two people, as a broken export has it.
    put(folder.path(), "a.vcf", book(&[ANNA, "UID:1\nFN:Cas Bol\nEMAIL:cas@z.example\nNOTE:private"]));
    for _ in 0..2 {
        imported(folder.path(), &["a.vcf"]);
        assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]), "anna-jansen\ncas-bol\n");
        let anna = shown(folder.path(), "Anna");
        assert_eq!([&anna["notes"], &anna["keys"]], [&value!(""), &value!(["+31612345678", "anna@x.example"])]);
    }
    // The number of a row is another's when a row is added above it.
    let profile = "profiles:\n  list:\n    columns: {customer: Naam, email: Mail, id: Nr}\n    gives: customers\n";
    let folder = office(profile, &[]);
    put(folder.path(), "l.csv", "Nr,Naam,Mail\n1,Anna Jansen,anna@x.example\n2,Bram Bos,bram@y.example\n");
    imported(folder.path(), &["l.csv"]);
    put(folder.path(), "l.csv", "Nr,Naam,Mail\n1,Aad Aal,aad@c.example\n2,Anna Jansen,anna@x.example\n3,Bram Bos,bram@y.example\n");
    imported(folder.path(), &["l.csv"]);
    assert_eq!(shown(folder.path(), "Anna")["keys"], value!(["anna@x.example"]));
    assert_eq!(shown(folder.path(), "Aad")["keys"], value!(["aad@c.example"]));
    assert_eq!(ok(folder.path(), &["customers", "list", "-O", "ids"]).lines().count(), 3);
}
