//! `tidy` as a person or cron runs it: what is older than asked goes, and nothing without being asked for.

use std::path::Path;

use attent::domain::retention::Retention;
use attent::domain::text::Text;
use attent::render::pages::tidy::{Removed, Tidy};
use serde_json::{Value, json as value};

use super::cli::{fails, json, ok};
use super::cli_log::shop;

/// When these tests play: before any clock that runs them.
const NOW: &str = "2024-06-01T12:00:00Z";

fn at(folder: &Path, day: &str, args: &[&str]) -> String {
    ok(folder, &[args, &["--now", day]].concat())
}

/// Contacts of six years with several customers.
fn years() -> tempfile::TempDir {
    let shop = shop(&[]);
    let folder = shop.path();
    for name in ["Anna", "Bram", "Cleo", "Dirk", "Eva"] {
        at(folder, "2018-01-01", &["customers", "add", name]);
    }
    at(folder, "2018-02-01", &["log", "anna", "came by", "--stage", "use"]);
    at(folder, "2018-02-01", &["log", "bram", "called about Cleo"]);
    at(folder, "2018-03-01", &["log", "cleo", "geheimpje"]);
    at(folder, "2018-03-01", &["customers", "edit", "dirk", "--no-contact"]);
    at(folder, "2018-04-01", &["incident", "open", "eva", "too late"]);
    at(folder, "2022-01-01", &["log", "bram", "newsletter", "--channel", "newsletter", "--sender", "automated"]);
    at(folder, "2023-01-01", &["log", "anna", "called"]);
    at(folder, "2024-05-01", &["log", "bram", "called"]);
    shop
}

fn retention(folder: &Path, said: &str) {
    std::fs::write(folder.join("attent.yaml"), format!("language: en\nretention: {{{said}}}\n")).unwrap();
}

fn counts(answer: &Value) -> Vec<(&str, u64)> {
    answer["rules"].as_array().unwrap().iter().map(|rule| (rule["rule"].as_str().unwrap(), rule["count"].as_u64().unwrap())).collect()
}

fn dump(folder: &Path) -> Vec<u8> {
    std::fs::read(folder.join("attent.db")).unwrap()
}

fn stages(folder: &Path, who: &str) -> Vec<Value> {
    let rows = json(folder, &["timeline", who, "--now", NOW])["touchpoints"].clone();
    rows.as_array().unwrap().iter().map(|row| row["stage"].clone()).collect()
}

fn days(folder: &Path) -> Vec<(i64, i64, i64)> {
    let db = rusqlite::Connection::open(folder.join("attent.db")).unwrap();
    let mut select = db.prepare("SELECT stage, day, count FROM days ORDER BY 1, 2").unwrap();
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().collect::<rusqlite::Result<_>>().unwrap()
}

#[test]
fn nothing_goes_without_the_setting() {
    let shop = years();
    let folder = shop.path();
    let before = dump(folder);
    assert!(at(folder, NOW, &["tidy", "--yes"]).contains("everything is kept"));
    assert_eq!(at(folder, NOW, &["tidy", "--yes", "--quiet-if-empty"]), "");
    retention(folder, "contacts: 20 years, journal: keep");
    assert!(at(folder, NOW, &["tidy"]).contains("Nothing is older"));
    assert_eq!(dump(folder), before);
}

#[test]
fn each_rule_takes_what_it_says_and_a_dry_run_says_the_same() {
    let shop = years();
    let folder = shop.path();
    retention(folder, "customers_without_contact: 5 years, contacts: 5 jaar, machine_mail: 1y, journal: 2y");
    let before = (dump(folder), days(folder));
    let rehearsed = json(folder, &["tidy", "--dry-run", "--now", NOW]);
    assert_eq!(dump(folder), before.0);
    assert_eq!(counts(&rehearsed), [("customers_without_contact", 1), ("contacts", 2), ("machine_mail", 1), ("journal", 7)]);
    assert_eq!(rehearsed["kept"].as_array().unwrap().iter().map(|kept| &kept["customer"]).collect::<Vec<_>>(), ["Dirk", "Eva"]);

    let warmth = |who: &str| {
        json(folder, &["score", "--by", "customer", "--now", NOW])["customers"]
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["customer"] == who)
            .unwrap()["warmth"]
            .as_f64()
            .unwrap()
    };
    let (anna, bram) = (warmth("Anna"), warmth("Bram"));
    let done = json(folder, &["tidy", "--yes", "--now", NOW]);
    assert_eq!(done["rules"], rehearsed["rules"]);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna\nbram\ndirk\neva\n");
    let bytes = dump(folder);
    assert!(!bytes.windows(4).any(|bytes| bytes.eq_ignore_ascii_case(b"cleo")) && !bytes.windows(6).any(|bytes| bytes == b"geheim"));
    assert_eq!(days(folder), before.1, "how much there was is kept");
    assert_eq!(stages(folder, "anna"), [value!("use")], "what stays is in the stage it was in");
    // What was years ago weighs next to nothing; a newsletter of two years ago a little more.
    assert!((warmth("Anna") - anna).abs() < 5.0 && (warmth("Bram") - bram).abs() < 5.0, "{anna} {bram}");
    assert!(at(folder, NOW, &["tidy"]).contains("Nothing is older"), "once is enough");
    assert!(fails(folder, &["undo", "--now", NOW], 1).contains("for good"));
    at(folder, NOW, &["undo", "e13"]);
    assert!(fails(folder, &["undo", "e3", "--now", NOW], 1).contains("erased since"));
}

#[test]
fn at_eighty_columns_no_word_is_broken() {
    let shop = years();
    let folder = shop.path();
    retention(folder, "customers_without_contact: 5 years, contacts: 18 months, machine_mail: 40d, journal: 2y, backups: 1y");
    let page = |lang: &str| {
        let page = at(folder, NOW, &["tidy", "--dry-run", "--width", "80", "--lang", lang]);
        page.lines().take(10).collect::<Vec<_>>().join("\n")
    };
    insta::assert_snapshot!(page("en"), @r"
    Would be erased: 1 customer, 3 old contacts, 7 entries that could be undone.

    what                       kept for   from before  goes  of
    ───────────────────────────────────────────────────────────────────────────
    customers without contact  5 years    1 Jun 2019      1  Cleo
    contacts                   18 months  9 Dec 2022      3  Anna (1), Bram (2)
    contacts of machines       40 days    22 Apr 2024     0  –
    what undo remembers        2 years    1 Jun 2022      7  –
    backups                    1 year     1 Jun 2023      0  –
    ");
    insta::assert_snapshot!(page("nl"), @r"
    Zou gewist worden: 1 klant, 3 oude contacten, 7 keer invoer die je nog kon
    terugnemen.

    wat                     bewaard     van vóór     gaat weg  van
    ─────────────────────────────────────────────────────────────────────────────
    klanten zonder contact  5 jaar      1 jun 2019          1  Cleo
    contacten               18 maanden  9 dec 2022          3  Anna (1), Bram (2)
    contacten van machines  40 dagen    22 apr 2024         0  –
    wat undo onthoudt       2 jaar      1 jun 2022          7  –
    reservekopieën          1 jaar      1 jun 2023          0  –
    ");
    let rows = at(folder, NOW, &["tidy", "--dry-run", "-O", "csv"]);
    assert!(rows.contains("\ncustomers_without_contact,5y,"), "programs read the names of attent.yaml: {rows}");
}

#[test]
fn contacts_and_what_was_over_with_them_are_counted_apart() {
    let goes = |count, over| {
        let before = chrono::DateTime::parse_from_rfc3339(NOW).unwrap();
        let (what, said) = (Retention::Contacts, Text::default());
        let removed = vec![Removed { what, kept_for: String::new(), said, before, count, over, whose: Vec::new() }];
        Tidy { dry_run: true, removed, stay: Vec::new(), mentions: 0, finished: true }.will()
    };
    for (count, over, en, nl) in [
        (1, 0, "1 old contact", "1 oud contact"),
        (1, 1, "1 nudge, failure or gift of then", "1 nudge, misser of cadeau van toen"),
        (5, 3, "2 old contacts, 3 nudges, failures and gifts of then", "2 oude contacten, 3 nudges, missers en cadeaus van toen"),
    ] {
        assert_eq!(goes(count, over), Text::new(format!("to be erased: {en}"), format!("te wissen: {nl}")));
    }
}

#[test]
fn somebody_who_comes_again_after_years_is_welcome() {
    let shop = years();
    let folder = shop.path();
    retention(folder, "customers_without_contact: 5y");
    at(folder, NOW, &["backup", "before.db"]);
    at(folder, NOW, &["tidy", "--yes"]);
    // Who came back with a copy and went again is as welcome.
    at(folder, NOW, &["restore", "before.db", "--yes"]);
    at(folder, "2024-06-15", &["forget", "--again", "--yes"]);
    assert_eq!(ok(folder, &["customers", "-O", "ids"]), "anna\nbram\ndirk\neva\n");
    for (day, comes) in [("2018-03-02", false), ("2024-07-01", true)] {
        std::fs::write(folder.join("log.csv"), format!("at,customer,channel\n{day},Cleo,visit\n")).unwrap();
        at(folder, "2024-07-02", &["import", "log.csv"]);
        assert_eq!(ok(folder, &["customers", "-O", "ids"]).contains("cleo"), comes, "{day}");
    }
}

#[test]
fn old_copies_go_and_the_newest_stays() {
    let shop = years();
    let folder = shop.path();
    std::fs::create_dir(folder.join("backups")).unwrap();
    let names = ["attent-2020-01-01-000000.db", "attent-2021-01-01-000000.db", "attent-2024-05-01-000000.db", "mine.db"];
    names.iter().for_each(|name| std::fs::write(folder.join("backups").join(name), "").unwrap());
    let left = || names.iter().filter(|name| folder.join("backups").join(name).exists()).count();
    retention(folder, "backups: 2 years");
    assert_eq!(counts(&json(folder, &["tidy", "--dry-run", "--now", NOW])), [("backups", 2)]);
    assert_eq!(left(), 4);
    at(folder, NOW, &["tidy", "--yes"]);
    assert_eq!(left(), 2);
    at(folder, NOW, &["tidy", "--yes"]);
    std::fs::remove_file(folder.join("backups").join(names[2])).unwrap();
    std::fs::write(folder.join("backups").join(names[0]), "").unwrap();
    at(folder, NOW, &["tidy", "--yes"]);
    assert_eq!(left(), 2, "the only copy is never too old");
}

/// The newest that stays is one that can be put back; and what attent did not name is nobody's to remove.
#[test]
fn the_last_sound_copy_stays_and_so_does_what_attent_did_not_name() {
    let shop = years();
    let folder = shop.path();
    let at_day = |day: &str| drop(ok(folder, &["backup", "--now", day]));
    ["2020-01-01T10:10:10", "2021-01-01T10:10:10"].iter().for_each(|day| at_day(day));
    let backups = folder.join("backups");
    let sound = std::fs::read(backups.join("attent-2021-01-01-101010.db")).unwrap();
    for (name, bytes) in [
        ("attent-2024-05-20-090000-damaged.db", &b"garbage"[..]),
        ("attent-2020-02-02-090000-2-damaged.db", b"garbage"),
        ("attent-2024-05-21-090000.db", b"garbage"),
        ("attent-before-v4-2020-03-03-090000.db", &sound),
        ("attent-before-v4-2020-03-03-090000.db-wal", b""),
        ("attent-2020-01-01-eindafrekening.db", b"of a person"),
        ("attent-2020-01-01.db", b"of a person"),
        ("attent-before-v4.db", &sound),
    ] {
        std::fs::write(backups.join(name), bytes).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink("../attent.db", backups.join("attent-2019-01-01-090000.db")).unwrap();
    retention(folder, "backups: 2 years");
    at(folder, NOW, &["tidy", "--yes"]);
    let mut left: Vec<String> =
        std::fs::read_dir(&backups).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.sort();
    left.retain(|name| name != "attent-2019-01-01-090000.db");
    assert_eq!(
        left,
        [
            "attent-2020-01-01-eindafrekening.db",
            "attent-2020-01-01.db",
            "attent-2021-01-01-101010.db",
            "attent-2024-05-20-090000-damaged.db",
            "attent-2024-05-21-090000.db",
            "attent-before-v4.db",
        ]
    );
    assert!(folder.join("attent.db").is_file());
}

#[test]
fn it_is_asked_and_never_done_for_a_day_to_come() {
    let shop = years();
    let folder = shop.path();
    retention(folder, "contacts: 5y");
    assert!(fails(folder, &["tidy", "--now", NOW], 2).contains("--yes"));
    assert!(fails(folder, &["tidy", "--yes", "--now", "2190-01-01"], 2).contains("--dry-run"));
    assert_eq!(counts(&json(folder, &["tidy", "--dry-run", "--now", "2190-01-01"])), [("contacts", 6)]);
    retention(folder, "contacts: 1d");
    assert!(fails(folder, &["tidy", "--yes", "--now", NOW], 3).contains("shorter than 30 days"));
    retention(folder, "contact: 5y");
    assert!(fails(folder, &["tidy", "--yes", "--now", NOW], 3).contains("did you mean"));
}

#[test]
fn who_goes_is_named_before_the_question() {
    let shop = years();
    let folder = shop.path();
    retention(folder, "customers_without_contact: 2 years");
    let mut session = super::cli_ask::terminal(folder, &["tidy"]);
    session.exp_string("Would be erased: 3 customers").unwrap();
    session.exp_string("Cleo").unwrap();
    session.exp_string("Is that right?").unwrap();
    session.send("\r").unwrap();
    session.flush().unwrap();
    session.exp_string("nothing was changed").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn years_are_those_of_the_calendar_and_said_as_years() {
    let shop = years();
    let folder = shop.path();
    retention(folder, "contacts: 5 jaar, journal: 90d");
    let told = json(folder, &["tidy", "--dry-run", "--now", "2026-11-22T12:00:00Z"]);
    let rule = |id: &str| told["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == id).unwrap().clone();
    assert_eq!((&rule("contacts")["kept_for"], &rule("journal")["kept_for"]), (&"5y".into(), &"90d".into()));
    assert!(rule("contacts")["before"].as_str().unwrap().starts_with("2021-11-22T12:00"), "{told}");
    let dutch = ok(folder, &["tidy", "--dry-run", "--now", "2026-11-22T12:00:00Z", "--lang", "nl"]);
    assert!(dutch.contains("5 jaar") && dutch.contains("3 maanden") && dutch.contains("22 nov 2021"), "{dutch}");
    let config = ok(folder, &["config", "retention.contacts"]);
    assert!(config.contains("5y"), "{config}");
}
