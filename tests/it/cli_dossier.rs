//! `dossier` as a person runs it: all that is known of one customer, and nothing of it left out.

use std::collections::BTreeSet;

use attent::domain::dossier::Part;
use attent::render::pages::dossier::{LEFT_OUT, TABLES, fields};
use rusqlite::{Connection, params};
use serde_json::Value;

use super::cli::{fails, json, ok};
use super::cli_log::{NOW, shop};

/// Somebody of whom a little is known, and of whom others' notes say something.
fn known() -> tempfile::TempDir {
    let shop = shop(&["Bram"]);
    let act = |args: &[&str]| ok(shop.path(), &[args, &["--now", NOW, "--no-input"]].concat());
    act(&["customers", "add", "Zwaan Quist", "--email", "zwaan@quist.nl", "--note", "likes tea", "--gifts", "50"]);
    act(&["customers", "add", "Carel", "--referred-by", "zwaan", "--note", "a friend of Zwaan Quist"]);
    act(&["log", "zwaan", "called about the plan", "--channel", "phone", "--at", "2026-09-01", "--sentiment", "0.5", "--tag", "plan"]);
    act(&["log", "bram", "lunch, Quist, Zwaan was there", "--at", "2026-09-02"]);
    act(&["edit", "1", "--note", "called about the new plan"]);
    act(&["customers", "edit", "zwaan", "--note", "likes coffee"]);
    act(&["incident", "open", "zwaan", "wrong parcel", "--owner", "Bram"]);
    act(&["gift", "idea", "zwaan", "tulips"]);
    act(&["gift", "prefers", "zwaan", "white flowers"]);
    shop
}

#[test]
fn the_page_says_all_that_is_known_of_a_customer() {
    let shop = known();
    let page = ok(shop.path(), &["dossier", "zwaan", "--now", NOW, "--width", "80"]);
    assert_eq!(page, include_str!("data/dossier.txt"));
    assert!(page.lines().all(|line| line.chars().count() <= 80), "{page}");
    let dutch = ok(shop.path(), &["dossier", "zwaan", "--now", NOW, "--lang", "nl"]);
    for heading in ["Wat er bekend is van Zwaan Quist", "Wie", "Contacten", "Wat hier niet in staat", "Kijk dit na"] {
        assert!(dutch.contains(heading), "{heading}\n{dutch}");
    }
}

/// The columns of every table of the log, with those that hold text.
fn schema(db: &Connection) -> Vec<(String, String, bool)> {
    let sql = "SELECT t.name, c.name, c.type IN ('TEXT', 'ANY') FROM sqlite_schema t, pragma_table_info(t.name) c
               WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' ORDER BY t.name, c.cid";
    let mut select = db.prepare(sql).unwrap();
    select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

fn shown(table: &str) -> Vec<&'static str> {
    let part = TABLES.iter().find(|(name, _)| *name == table).map(|(_, part)| *part);
    part.map_or_else(Vec::new, |part| fields(part).iter().map(|field| field.column).collect())
}

#[test]
fn every_column_of_the_log_is_shown_or_left_out_for_a_reason() {
    let shop = known();
    let db = Connection::open(shop.path().join("attent.db")).unwrap();
    let left_out: BTreeSet<&str> = LEFT_OUT.iter().map(|(what, _)| *what).collect();
    let told = |table: &str, column: &str| {
        let names = [table.to_owned(), format!("{table}.{column}"), format!("*.{column}")];
        shown(table).contains(&column) || names.iter().any(|name| left_out.contains(name.as_str()))
    };
    let schema = schema(&db);
    let missing: Vec<_> = schema.iter().filter(|(table, column, _)| !told(table, column)).collect();
    assert!(missing.is_empty(), "a new column belongs in render/pages/dossier/fields.rs: {missing:?}");
    for (table, part) in TABLES {
        let known: BTreeSet<&str> = schema.iter().filter(|(name, ..)| name == table).map(|(_, column, _)| column.as_str()).collect();
        let unknown: Vec<_> = fields(*part).iter().filter(|field| !known.contains(field.column)).map(|field| field.column).collect();
        assert!(unknown.is_empty(), "{table} has no {unknown:?}");
    }
}

/// Words that stand under a constraint cannot be planted.
const FIXED: &[&str] = &["customers.gifts", "gifts.state", "nudges.state", "entries.verb"];

/// The columns of words of a table that a dossier shows.
fn words(db: &Connection, table: &str) -> Vec<String> {
    let all = schema(db).into_iter().filter(|(name, column, text)| *text && name == table && shown(table).contains(&column.as_str()));
    all.map(|(_, column, _)| column).filter(|column| !FIXED.contains(&format!("{table}.{column}").as_str())).collect()
}

/// Puts a word of its own in every column that can be about somebody, in what is and in what was; gives the words.
fn plant(db: &Connection, customer: i64) -> Vec<String> {
    let mut planted = Vec::new();
    db.pragma_update(None, "foreign_keys", false).unwrap();
    for (table, part) in TABLES {
        let owner = match *table {
            "customers" => "id = ?2",
            "entries" => "id = (SELECT entry FROM customers WHERE id = ?2)",
            _ => "customer = ?2",
        };
        let mut was = vec![format!("'customer', {customer}")];
        for column in words(db, table) {
            let word = format!("zq{table}x{column}").replace('_', "");
            let sql = format!("UPDATE {table} SET {column} = ?1 WHERE {owner}");
            assert!(db.execute(&sql, params![word, customer]).unwrap() > 0, "no row in {table}");
            was.push(format!("'{column}', 'was{word}'"));
            planted.push(word);
        }
        if !matches!(part, Part::Contacts | Part::Entries) {
            let words = was.iter().filter_map(|pair| pair.split('\'').nth(3)).map(str::to_owned);
            planted.extend(words);
            let row = if *part == Part::Customer { customer } else { 999 };
            let sql = format!("INSERT INTO changes (entry, tbl, row, before) VALUES (2, ?1, ?2, json_object({}))", was.join(", "));
            db.execute(&sql, params![table, row]).unwrap();
        }
    }
    let former =
        "INSERT INTO former_touchpoints (by, was, id, customer, at, channel, direction, sender, personal, kind, note, tags, source, entry)
         VALUES (2, 1, 999, ?1, 5, 0, 0, 0, 0, 0, 'wasnote', 'wastag', 'wassource', 1)";
    db.execute(former, [customer]).unwrap();
    planted.extend(["wasnote", "wastag", "wassource"].map(str::to_owned));
    planted
}

#[test]
fn a_word_in_whatever_column_is_in_the_json_and_on_the_page() {
    let shop = known();
    let folder = shop.path();
    ok(folder, &["referral", "add", "zwaan", "--by", "bram", "--now", NOW, "--no-input"]);
    ok(folder, &["nudge", "--now", NOW, "--no-input"]);
    let db = Connection::open(folder.join("attent.db")).unwrap();
    let customer: i64 = db.query_row("SELECT id FROM customers WHERE name = 'Zwaan Quist'", [], |row| row.get(0)).unwrap();
    let planted = plant(&db, customer);
    drop(db);
    assert!(planted.len() > 60, "{planted:?}");
    let page = |format: &str, lang: &str| ok(folder, &["dossier", "zqcustomersxname", "--now", NOW, "-O", format, "--lang", lang]);
    let (json, html, md) = (page("json", "en"), page("html", "en") + &page("html", "nl"), page("md", "en") + &page("md", "nl"));
    for (format, said) in [("json", &json), ("html", &html), ("md", &md)] {
        let missing: Vec<_> = planted.iter().filter(|word| !said.contains(word.as_str())).collect();
        assert!(missing.is_empty(), "{format} says nothing of {missing:?}");
    }
}

#[test]
fn what_is_about_others_too_can_be_left_out() {
    let shop = known();
    let folder = shop.path();
    let whole = json(folder, &["dossier", "zwaan", "--now", NOW]);
    assert_eq!(whole["schema"], "attent.dossier/1");
    let told = |answer: &Value| -> Vec<String> {
        let rows = answer["mentions"].as_array().unwrap().iter();
        rows.map(|row| format!("{} {} {}", row["table"], row["customer"], row["text"]).replace('"', "")).collect()
    };
    let expected = ["customers Carel a friend of Zwaan Quist", "touchpoints Bram lunch, Quist, Zwaan was there"];
    assert_eq!(told(&whole), expected);
    let without = json(folder, &["dossier", "zwaan", "--without-others", "--now", NOW]);
    assert_eq!(without.get("mentions"), None);
    let page = ok(folder, &["dossier", "zwaan", "--without-others", "--now", NOW]);
    assert!(!page.contains("friend") && !page.contains("Look through"), "{page}");
    // Nor is anybody else named in what was done with both of them.
    ok(folder, &["log", "zwaan", "bram", "a card", "--now", NOW, "--no-input"]);
    ok(folder, &["customers", "edit", "carel", "--origin", "the fair", "--now", NOW]);
    ok(folder, &["undo", "--now", NOW]);
    for (args, named) in [(&[][..], true), (&["--without-others"], false)] {
        let told = json(folder, &[&["dossier", "zwaan", "--now", NOW], args].concat());
        for part in ["entries", "referrals", "versions"] {
            let rows = told[part].to_string();
            assert!(named || !rows.contains("Bram") && !rows.contains("Carel"), "{part} {rows}");
        }
        let entries = told["entries"].to_string();
        assert!(!named || entries.contains("Zwaan Quist, Bram: a card"), "{entries}");
        assert!(named || entries.contains("Zwaan Quist, […]: a card"), "{entries}");
    }
}

#[test]
fn each_format_has_what_it_has_room_for() {
    let shop = known();
    let folder = shop.path();
    let answer = json(folder, &["dossier", "zwaan", "--now", NOW]);
    let contact = &answer["touchpoints"][0];
    for (field, value) in
        [("channel", "phone"), ("sender", "human"), ("note", "called about the new plan"), ("at", "2026-09-01T00:00:00+00:00")]
    {
        assert_eq!(contact[field], value, "{contact}");
    }
    assert!(contact["stage"].is_string(), "{contact}");
    assert_eq!((&contact["sentiment"], &contact["tags"][0], &contact["planned"]), (&0.5.into(), &"plan".into(), &false.into()));
    assert_eq!(answer["customer"]["gift_cap"], 50.0);
    assert_eq!(answer["known_by"][0], "zwaan@quist.nl");
    assert_eq!(answer["particulars"][0]["value"], "white flowers");
    assert!(answer["scores"][0]["components"]["reciprocity"].as_f64().unwrap() > 0.0);
    let was: Vec<&Value> = answer["versions"].as_array().unwrap().iter().map(|row| &row["before"]).collect();
    assert!(was.iter().any(|was| was["note"] == "called about the plan"), "{was:?}");
    assert!(was.iter().any(|was| was["notes"] == "likes tea"), "{was:?}");
    let csv = ok(folder, &["dossier", "zwaan", "--now", NOW, "-O", "csv"]);
    assert!(csv.starts_with("at,channel,direction,") && csv.lines().count() == 2, "{csv}");
    let lines = ok(folder, &["dossier", "zwaan", "--now", NOW, "-O", "jsonl"]);
    assert_eq!(serde_json::from_str::<Value>(&lines).unwrap(), *contact);
    assert_eq!(ok(folder, &["dossier", "zwaan", "--now", NOW, "-O", "ids"]), "1\n");
}

#[test]
fn whom_they_were_before_is_told_too_and_files_that_name_them() {
    let shop = known();
    let folder = shop.path();
    let act = |args: &[&str]| ok(folder, &[args, &["--now", NOW, "--no-input"]].concat());
    act(&["customers", "add", "Kwikje", "--note", "a double"]);
    act(&["log", "kwikje", "met at the fair", "--at", "2026-08-01"]);
    act(&["customers", "merge", "zwaan", "kwikje", "--yes"]);
    act(&["backup"]);
    std::fs::write(folder.join("attent.yaml"), "language: en\n# Zwaan Quist comes first\n").unwrap();
    let answer = json(folder, &["dossier", "zwaan", "--now", NOW]);
    let versions = answer["versions"].to_string();
    assert!(versions.contains("a double") && answer["touchpoints"].to_string().contains("met at the fair"), "{versions}");
    let files = answer["not_in_here"].to_string();
    assert!(files.contains("attent.yaml:2") && files.contains("backups/attent-"), "{files}");
}

#[test]
fn who_is_not_known_or_would_have_no_name_is_told() {
    let shop = known();
    let folder = shop.path();
    ok(folder, &["customers", "add", "Zwaantje"]);
    assert!(fails(folder, &["dossier", "nobody at all", "--no-input"], 1).contains("nobody at all"));
    assert!(fails(folder, &["dossier", "zwaa", "--no-input"], 2).contains("Zwaantje"));
    let refused = fails(folder, &["dossier", "zwaan quist", "--pseudonymise"], 2);
    assert!(refused.contains("a dossier cannot be pseudonymised"), "{refused}");
    assert!(fails(folder, &["dossier", "zwaan quist", "--pseudonymise", "--lang", "nl"], 2).contains("een dossier kan niet"));
}

/// What the log keeps in ids and in English is in words on the page, in the reader's language.
#[test]
fn ids_are_told_in_words_on_the_page_and_kept_in_json() {
    let shop = known();
    let folder = shop.path();
    let card = "BEGIN:VCARD\nVERSION:4.0\nFN:Zwaan Quist\nEMAIL:zwaan@quist.nl\nBDAY:19841203\nEND:VCARD\n";
    std::fs::write(folder.join("book.vcf"), card).unwrap();
    ok(folder, &["import", "book.vcf", "--now", NOW, "--no-input"]);
    let page = ok(folder, &["dossier", "zwaan", "--now", NOW, "--lang", "nl", "-O", "md"]);
    for words in ["adresboek", "3 dec 1984", "aanbeveling"] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    for raw in ["address book", "1984-12-03", "referral:1", "| REF6", "anonymous_contacts"] {
        assert!(!page.contains(raw), "{raw}\n{page}");
    }
    let json = json(folder, &["dossier", "zwaan", "--now", NOW]);
    assert!(json["nudges"].as_array().unwrap().iter().any(|nudge| nudge["place"] == "referral:1" && nudge["rule"] == "REF6"), "{json}");
    assert!(json["particulars"].to_string().contains("1984-12-03"), "{json}");
}
