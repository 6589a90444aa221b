//! `incident` as a person runs it.

use super::cli::{fails, json, ok};
use super::cli_log::{NOW, shop};

#[test]
fn the_quality_of_the_method_comes_out_term_by_term() {
    let shop = shop(&["Anna Jansen"]);
    let folder = shop.path();
    let said = ok(folder, &["incident", "open", "anna", "wrong colour", "--at", "2026-11-10T00:00:00Z", "--now", NOW]);
    assert!(said.starts_with("#1 Anna Jansen · moderate · stage Find · since 10 Nov 2026\n"), "{said}");
    // Acknowledged after 20 hours, made good after 96, in person, generously: METHOD §2.3.
    let resolve = ["incident", "resolve", "1", "--acknowledged", "2026-11-10T20:00:00Z", "--at", "2026-11-14T00:00:00Z"];
    let said = ok(folder, &[&resolve[..], &["--personal", "--generous", "--now", NOW]].concat());
    for words in ["0.8333", "0.2083", "0.3500", "Recovery quality: 0.9583 of 1."] {
        assert!(said.contains(words), "{words}\n{said}");
    }
    let row = json(folder, &["incident", "list", "--now", NOW])["incidents"][0].clone();
    assert!((row["quality"].as_f64().unwrap() - 0.958_333_333).abs() < 1e-6);
    assert_eq!([row["status"].as_str(), row["severity"].as_str()], [Some("resolved"), Some("moderate")]);
    assert_eq!(row["resolved"], "2026-11-14T00:00:00+00:00");
    // As it stood before it was made good.
    let row = json(folder, &["incident", "list", "--now", "2026-11-12"])["incidents"][0].clone();
    assert_eq!(
        [&row["status"], &row["quality"], &row["resolved"]],
        [&"acknowledged".into(), &serde_json::Value::Null, &serde_json::Value::Null]
    );
}

#[test]
fn caps_are_told_with_their_reason() {
    let shop = shop(&["Anna", "Bram"]);
    let open = |what: &[&str]| ok(shop.path(), &[&["incident", "open"], what, &["--at", "2026-11-19", "--now", NOW]].concat());
    let resolve = |id: &str, more: &[&str]| {
        ok(
            shop.path(),
            &[&["incident", "resolve", id, "--at", "2026-11-19 01:00", "--personal", "--generous=1", "--now", NOW], more].concat(),
        )
    };
    open(&["anna", "late", "--kind", "delivery"]);
    open(&["anna", "broken"]);
    open(&["anna", "late again", "--kind", "Delivery"]);
    open(&["bram", "lost", "--severity", "ernstig", "--stage", "Buy", "--owner", "Zoë"]);
    assert!(resolve("1", &[]).contains("\n\nRecovery quality: 1.0000 of 1.\n"));
    assert!(resolve("#2", &[]).contains("1.0000 is held at 0.5000, because something went wrong before within a year"));
    assert!(resolve("anna", &["--lang", "nl"]).contains("1,0000 wordt hoogstens 0,3000, want hetzelfde ging binnen een jaar al eens mis"));
    let said = resolve("bram", &["--quality", "0.9"]);
    assert!(said.contains("You stated a quality of 0.9000") && said.contains("0.9000 is held at 0.7000, because it was severe"), "{said}");
    let all = json(shop.path(), &["incident", "--now", NOW]);
    let bram = all["incidents"].as_array().unwrap().iter().find(|row| row["customer"] == "Bram").unwrap().clone();
    assert_eq!(
        [&bram["owner"], &bram["stage"], &bram["quality"]],
        [&serde_json::json!("Zoë"), &serde_json::json!("buy"), &serde_json::json!(0.7)]
    );
}

#[test]
fn a_failure_is_found_by_number_or_by_its_customer() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    assert!(fails(folder, &["incident", "resolve", "anna"], 1).contains("has no open failure"));
    assert!(fails(folder, &["incident", "resolve", "7"], 1).contains("there is no failure #7"));
    for what in ["late", "broken"] {
        ok(folder, &["incident", "open", "anna", what, "--at", "2026-11-19", "--now", NOW]);
    }
    let said = fails(folder, &["incident", "resolve", "anna", "--now", NOW], 2);
    assert!(said.contains("#1  late") && said.contains("#2  broken"), "{said}");
    ok(folder, &["incident", "resolve", "1", "--now", NOW]);
    assert!(fails(folder, &["incident", "resolve", "1", "--now", NOW], 1).contains("already"));
    ok(folder, &["incident", "resolve", "anna", "--now", NOW]);
    assert_eq!(json(folder, &["incident", "list", "--open", "--now", NOW])["incidents"], serde_json::json!([]));
}

#[test]
fn what_cannot_be_is_told() {
    let shop = shop(&["Anna"]);
    let folder = shop.path();
    assert!(fails(folder, &["incident", "open", "anna", "x", "--at", "2026-12-01", "--now", NOW], 2).contains("lies ahead"));
    fails(folder, &["incident", "open", "anna", "x", "--severity", "huge"], 2);
    assert!(fails(folder, &["incident", "open", "anna", "x", "--stage", "bye"], 2).contains("buy"));
    ok(folder, &["incident", "open", "anna", "x", "--at", "2026-11-10", "--now", NOW]);
    let resolve = |more: &[&str]| fails(folder, &[&["incident", "resolve", "anna", "--now", NOW], more].concat(), 2);
    assert!(resolve(&["--at", "2026-11-09"]).contains("before it went wrong"));
    assert!(resolve(&["--at", "2026-11-21"]).contains("lies ahead"));
    assert!(resolve(&["--acknowledged", "2026-11-09"]).contains("before it went wrong"));
    assert!(resolve(&["--acknowledged", "2026-11-12", "--at", "2026-11-11"]).contains("after it was made good"));
    resolve(&["--generous", "2"]);
    resolve(&["--quality", "-1"]);
}

#[test]
fn the_list_is_written_in_every_format() {
    let shop = shop(&["Anna"]);
    ok(shop.path(), &["incident", "open", "anna", "=HYPERLINK(1)", "--at", "2026-11-10", "--now", NOW]);
    let of = |format| ok(shop.path(), &["incident", "list", "--now", NOW, "-O", format]);
    assert!(of("csv").starts_with("id,customer,stage,severity,what,status,opened,resolved,quality,kind,owner,acknowledged\n1,Anna,find,moderate,'=HYPERLINK(1),open,"), "{}", of("csv"));
    assert_eq!(of("ids"), "1\n");
    assert_eq!(of("jsonl").lines().count(), 1);
    for format in ["tsv", "md", "html", "table"] {
        assert!(of(format).contains("Anna"), "{format}");
    }
    assert!(ok(shop.path(), &["incident", "list", "--now", NOW, "--lang", "nl"]).contains("Wat er misging"));
}
