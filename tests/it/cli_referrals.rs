//! `referral` as a person runs it, revenue against the log, and referrals of customers who become one.

use std::collections::HashMap;
use std::path::Path;

use attent::domain::calendar::Moment;
use attent::domain::customer::Customer;
use attent::domain::money::Cents;
use attent::domain::touchpoint::{CustomerId, Touchpoint};
use attent::domain::words::{Channel, Kind};
use attent::ledger::{Key, Ledger};
use proptest::prelude::*;
use serde_json::{Value, json as value};
use unicode_width::UnicodeWidthStr as _;

use super::cli::{fails, json, ok, run};
use super::cli_log::{NOW, shop};
use crate::support::{course, day, touchpoint};

fn at_now(folder: &Path, args: &[&str]) -> String {
    ok(folder, &[args, &["--now", NOW]].concat())
}

fn page(folder: &Path) -> Value {
    json(folder, &["referral", "--now", NOW])
}

fn sender_of(folder: &Path, who: &str) -> Value {
    json(folder, &["customers", "show", who, "--now", NOW])["customers"][0]["referred_by"].clone()
}

/// Anna sent Bea and Dirk, Bea sent Carl; Eva came by herself and Fay by a fair.
fn forest() -> tempfile::TempDir {
    let shop = shop(&["Eva"]);
    let folder = shop.path();
    at_now(folder, &["customers", "add", "Anna Jansen", "--since", "2025-01-01"]);
    at_now(folder, &["customers", "add", "Fay", "--origin", "fair"]);
    at_now(folder, &["referral", "add", "Bea Smit", "--by", "anna", "--at", "2026-10-01"]);
    at_now(folder, &["referral", "add", "Carl", "--by", "bea", "--at", "2026-10-02", "--outcome", "one lesson"]);
    at_now(folder, &["customers", "add", "Dirk", "--referred-by", "anna", "--since", "2026-05-01"]);
    for (who, amount) in [("bea", "250.50"), ("carl", "1200"), ("eva", "300"), ("fay", "49.50"), ("carl", "-200")] {
        at_now(folder, &["log", who, "paid", "--channel", "email", "--kind", "transactional", "--amount", amount, "--at", "2026-11-01"]);
    }
    shop
}

#[test]
fn the_tree_shows_who_brought_whom_with_what_they_and_those_below_paid() {
    let shop = forest();
    let said = at_now(shop.path(), &["referral", "--width", "80"]);
    for line in ["Anna Jansen", "├─\u{a0}Bea Smit", "│\u{a0}\u{a0}└─\u{a0}Carl", "└─\u{a0}Dirk"] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let answer = page(shop.path());
    assert_eq!(answer["schema"], "attent.referrals/1");
    let rows = answer["referrals"].as_array().expect("rows");
    let of = |row: &Value| (row["customer"].clone(), row["depth"].clone(), row["revenue"].clone(), row["revenue_below"].clone());
    let expected = [("Anna Jansen", 0, 0.0, 1250.5), ("Bea Smit", 1, 250.5, 1000.0), ("Carl", 2, 1000.0, 0.0), ("Dirk", 1, 0.0, 0.0)];
    for (row, (name, depth, own, below)) in rows.iter().zip(expected) {
        assert_eq!(of(row), (value!(name), value!(depth), value!(own), value!(below)));
    }
    assert_eq!((rows.len(), &rows[2]["referred_by"], &rows[2]["outcome"]), (4, &value!("Bea Smit"), &value!("one lesson")));
    assert_eq!(rows[3]["at"], "2026-05-01T00:00:00+00:00", "who was customer since then, came then");
    let origins: Vec<_> = answer["origins"]
        .as_array()
        .expect("origins")
        .iter()
        .map(|line| (line["origin"].clone(), line["channel"].clone(), line["customers"].clone(), line["revenue"].clone()))
        .collect();
    assert_eq!(
        origins,
        [
            (value!("own"), Value::Null, value!(2), value!(300.0)),
            (value!("referred"), Value::Null, value!(3), value!(1250.5)),
            (value!("channel"), value!("fair"), value!(1), value!(49.5))
        ]
    );
    let best = &answer["ambassadors"][0];
    assert_eq!(
        (&best["customer"], &best["brought"], &best["in_contact"], &best["revenue"]),
        (&value!("Anna Jansen"), &value!(2), &value!(1), &value!(1250.5))
    );
}

#[test]
fn the_page_is_written_in_every_format_and_in_dutch_within_80_columns() {
    let shop = forest();
    let folder = shop.path();
    let csv = at_now(folder, &["referral", "-O", "csv"]);
    assert!(csv.starts_with("customer,revenue,revenue_below,brought,at,thanked,told,outcome,reward,reward_referred,referred_by,depth,id\nAnna Jansen,0,1250.5,2,,,"), "{csv}");
    assert_eq!(at_now(folder, &["referral", "-O", "ids"]), "anna-jansen\nbea-smit\ncarl\ndirk\n");
    assert_eq!(at_now(folder, &["referral", "list", "-O", "jsonl"]).lines().count(), 4);
    for format in ["md", "html", "tsv"] {
        assert!(at_now(folder, &["referral", "-O", format]).contains("Bea Smit"), "{format}");
    }
    let dutch = at_now(folder, &["referral", "--lang", "nl", "--width", "80"]);
    for words in ["Aanbevelingen", "Waar omzet vandaan komt", "gestuurd door een klant", "Wie anderen brachten", "tellen dubbel"] {
        assert!(dutch.contains(words), "{words}\n{dutch}");
    }
    let ascii = at_now(folder, &["referral", "--ascii", "--lang", "nl", "--width", "80"]);
    assert!(ascii.is_ascii() && ascii.contains("|  `- Carl"), "{ascii}");
    for line in dutch.lines().chain(ascii.lines()) {
        assert!(line.width() <= 80, "{line}");
    }
    assert!(at_now(shop_of_nobody().path(), &["referral"]).contains("Nobody is known to have come through"));
}

fn shop_of_nobody() -> tempfile::TempDir {
    shop(&[])
}

#[test]
fn circles_are_refused_with_the_circle_named() {
    let shop = shop(&["Anna", "Bram", "Cleo", "Dirk", "Eva"]);
    let folder = shop.path();
    let edit = |who: &'static str, by: &'static str| ["customers", "edit", who, "--referred-by", by];
    assert!(fails(folder, &edit("anna", "anna"), 2).contains("Anna → Anna"));
    for pair in [["bram", "anna"], ["cleo", "bram"], ["dirk", "cleo"], ["eva", "dirk"]] {
        ok(folder, &edit(pair[0], pair[1]));
    }
    assert!(fails(folder, &edit("anna", "bram"), 2).contains("Anna → Bram → Anna"));
    let said = fails(folder, &["referral", "add", "anna", "--by", "eva", "--lang", "nl"], 2);
    assert!(said.contains("zo ontstaat een cirkel") && said.contains("Anna → Bram → Cleo → Dirk → Eva → Anna"), "{said}");
    assert!(fails(folder, &["customers", "edit", "cleo", "--referred-by", "eva"], 2).contains("Cleo → Dirk → Eva → Cleo"));
    assert_eq!(sender_of(folder, "anna"), Value::Null);
    // A link that is taken away makes room.
    ok(folder, &edit("bram", ""));
    ok(folder, &edit("anna", "eva"));
    assert_eq!([sender_of(folder, "anna"), sender_of(folder, "bram")], [value!("Eva"), Value::Null]);
}

#[test]
fn who_came_is_found_or_made_and_came_through_one_only() {
    let shop = shop(&["Anna", "Bram"]);
    let folder = shop.path();
    let said = at_now(folder, &["referral", "add", "Zoë", "--by", "anna"]);
    assert!(said.starts_with("Zoë came through Anna.") && said.contains("New customer: Zoë."), "{said}");
    assert!(fails(folder, &["referral", "add", "zoe", "--by", "bram", "--now", NOW], 1).contains("Zoë came through Anna already"));
    assert!(fails(folder, &["referral", "add", "Yara", "--by", "nobody here"], 1).contains("nobody here"));
    assert!(fails(folder, &["referral", "add", "Yara", "--by", "anna", "--at", "2026-12-01", "--now", NOW], 2).contains("lies ahead"));
    assert_eq!(json(folder, &["customers", "list"])["customers"].as_array().expect("customers").len(), 3, "nothing half is stored");
    // Somebody else sent them: who was thanked was another one.
    at_now(folder, &["referral", "thank", "anna"]);
    at_now(folder, &["customers", "edit", "zoe", "--referred-by", "bram"]);
    let row = page(folder)["referrals"][1].clone();
    assert_eq!([&row["referred_by"], &row["thanked"]], [&value!("Bram"), &Value::Null]);
    let names = |args: &[&str]| -> Vec<Value> {
        json(folder, args)["customers"].as_array().expect("rows").iter().map(|row| row["customer"].clone()).collect()
    };
    assert_eq!(names(&["customers", "list", "--referred-by", "bram"]), ["Zoë"]);
    at_now(folder, &["customers", "edit", "anna", "--origin", "Instagram"]);
    assert_eq!(names(&["customers", "list", "--origin", "instagram"]), ["Anna"]);
    at_now(folder, &["customers", "edit", "anna", "--origin", ""]);
    assert!(at_now(folder, &["customers", "edit", "zoe", "--referred-by", "Bram"]).contains("Nothing was changed."));
}

#[test]
fn thanks_are_a_contact_by_a_person_and_rewards_are_even() {
    let shop = forest();
    let folder = shop.path();
    let answer = json(folder, &["referral", "thank", "anna", "--for", "bea", "--reward", "10", "--reward-new", "10", "--now", NOW]);
    let row = &answer["referrals"][0];
    assert_eq!([&row["customer"], &row["reward"], &row["reward_referred"]], [&value!("Bea Smit"), &value!(10.0), &value!(10.0)]);
    assert_eq!(row["thanked"], "2026-11-20T12:00:00+00:00");
    let contact = json(folder, &["timeline", "anna", "--now", NOW])["touchpoints"][0].clone();
    assert_eq!(contact["id"], answer["touchpoint"]);
    let facts = ["channel", "sender", "kind", "note"].map(|field| contact[field].clone());
    assert_eq!(facts, ["phone", "human", "relational", "thanked for sending Bea Smit"].map(Value::from));
    assert_eq!(contact["tags"], value!(["referral-thanks"]));
    assert!(fails(folder, &["referral", "thank", "anna", "--reward", "10", "--now", NOW], 1).contains("REF8"));
    assert!(fails(folder, &["referral", "thank", "anna", "--sender", "automated", "--now", NOW], 1).contains("REF6"));
    assert!(fails(folder, &["referral", "thank", "eva", "--now", NOW], 1).contains("not known to have sent anybody"));
    assert!(
        fails(folder, &["referral", "thank", "anna", "--for", "carl", "--now", NOW], 1).contains("Carl did not come through Anna Jansen")
    );
    at_now(folder, &["referral", "thank", "anna", "--lang", "nl", "--channel", "card"]);
    assert!(fails(folder, &["referral", "thank", "anna", "--now", NOW], 1).contains("thanked for everybody already"));
    // A thank-you once more does not move the first one.
    at_now(folder, &["referral", "thank", "anna", "--for", "bea", "--at", "2026-11-19"]);
    let thanked = |who: &str| {
        page(folder)["referrals"].as_array().expect("rows").iter().find(|row| row["customer"] == who).expect("a row")["thanked"].clone()
    };
    assert_eq!(
        [thanked("Bea Smit"), thanked("Dirk"), thanked("Carl")],
        [value!("2026-11-20T12:00:00+00:00"), value!("2026-11-20T12:00:00+00:00"), Value::Null]
    );
}

#[test]
fn what_became_of_it_is_recorded_and_told() {
    let shop = forest();
    let folder = shop.path();
    let said = at_now(folder, &["referral", "outcome", "bea", "booked ten lessons"]);
    assert!(said.starts_with("Bea Smit: booked ten lessons") && said.contains("attent referral told anna-jansen --for bea-smit"), "{said}");
    at_now(folder, &["referral", "told", "anna", "--for", "bea", "--at", "2026-11-19"]);
    let row = page(folder)["referrals"][1].clone();
    assert_eq!([&row["outcome"], &row["told"]], [&value!("booked ten lessons"), &value!("2026-11-19T00:00:00+00:00")]);
    assert!(fails(folder, &["referral", "outcome", "eva", "x"], 1).contains("nobody is known to have sent Eva"));
    assert!(fails(folder, &["referral", "told", "eva", "--for", "bea"], 1).contains("did not come through"));
}

/// Anna, warm, known for long and glad last week, whom nothing stands in the way of being asked.
fn glad() -> tempfile::TempDir {
    let shop = shop(&[]);
    at_now(shop.path(), &["customers", "add", "Anna Jansen", "--since", "2025-01-01"]);
    for day in ["2026-10-25", "2026-11-08", "2026-11-15"] {
        at_now(shop.path(), &["log", "anna", "lunch", "--channel", "visit", "--felt", "0.8", "--at", day]);
    }
    shop
}

#[test]
fn who_may_be_asked_is_told_why_and_the_asking_is_recorded() {
    let shop = glad();
    let folder = shop.path();
    let said = at_now(folder, &["referral", "ask", "anna"]);
    assert!(said.starts_with("Anna Jansen: yes,") && said.contains("the last good moment was 15 Nov 2026"), "{said}");
    assert_eq!(page(folder)["ask"][0]["customer"], "Anna Jansen");
    let answer = json(folder, &["referral", "ask", "anna", "--record", "--note", "she will think of somebody", "--now", NOW]);
    assert_eq!((&answer["schema"], &answer["asks"][0]["allowed"]), (&value!("attent.referral-ask/1"), &value!(true)));
    let contact = json(folder, &["timeline", "anna", "--now", NOW])["touchpoints"]
        .as_array()
        .expect("contacts")
        .iter()
        .find(|row| row["id"] == answer["asks"][0]["touchpoint"])
        .expect("the contact")
        .clone();
    assert_eq!(
        [&contact["channel"], &contact["tags"], &contact["note"]],
        [&value!("phone"), &value!(["referral-ask"]), &value!("she will think of somebody")]
    );
}

#[test]
fn a_rule_that_says_not_yet_is_named_and_passed_over_with_a_reason_only() {
    let shop = glad();
    let folder = shop.path();
    at_now(folder, &["incident", "open", "anna", "late parcel", "--at", "2026-11-18"]);
    let refused = run(folder, &["referral", "ask", "anna", "--now", NOW, "-O", "json"]);
    assert_eq!(refused.status.code(), Some(1));
    let answer: Value = serde_json::from_slice(&refused.stdout).expect("the answer is JSON all the same");
    assert!(
        answer["asks"][0]["rules"].as_array().expect("rules").iter().any(|rule| rule["rule"] == "R1" && rule["from"].is_null()),
        "{answer}"
    );
    assert!(fails(folder, &["referral", "ask", "anna", "--record", "--now", NOW], 1).contains("R1: first make good"));
    assert!(fails(folder, &["referral", "ask", "anna", "--record", "--anyway", " ", "--now", NOW], 1).contains("nothing was recorded"));
    fails(folder, &["referral", "ask", "anna", "--anyway", "why", "--now", NOW], 2);
    assert_eq!(page(folder)["not_yet"][0]["customer"], "Anna Jansen");
    at_now(folder, &["referral", "ask", "anna", "--record", "--anyway", "she offered it herself"]);
    let note = json(folder, &["timeline", "anna", "--now", NOW])["touchpoints"].to_string();
    assert!(note.contains("R1") && note.contains("she offered it herself"), "{note}");
    // Made good, it is a matter of days.
    at_now(folder, &["incident", "resolve", "anna", "--at", "2026-11-18 12:00"]);
    let rules = run(folder, &["referral", "ask", "anna", "--now", NOW, "-O", "json"]);
    let answer: Value = serde_json::from_slice(&rules.stdout).expect("JSON");
    let r1 = answer["asks"][0]["rules"].as_array().expect("rules").iter().find(|rule| rule["rule"] == "R1").expect("R1").clone();
    assert!(r1["from"].as_str().expect("a day").starts_with("2026-12-02T12:0"), "{r1}");
    // An opt-out is not passed over.
    at_now(folder, &["customers", "edit", "anna", "--no-contact"]);
    let said = fails(folder, &["referral", "ask", "anna", "--record", "--anyway", "why not", "--lang", "nl", "--now", NOW], 1);
    assert!(said.contains("opt-out") && said.contains("--anyway gaat hier niet overheen"), "{said}");
}

#[test]
fn every_verb_can_be_taken_back_and_put_back() {
    let shop = forest();
    let folder = shop.path();
    let all = || (page(folder), json(folder, &["customers", "list", "--now", NOW]));
    for verb in [
        &["referral", "add", "New One", "--by", "carl"][..],
        &["referral", "thank", "anna"],
        &["referral", "told", "anna", "--for", "bea"],
        &["referral", "outcome", "bea", "well"],
        &["customers", "edit", "dirk", "--referred-by", "carl"],
        &["customers", "edit", "bea", "--referred-by", ""],
        &["customers", "add", "Gijs", "--referred-by", "dirk"],
        &["customers", "merge", "anna", "carl", "--yes"],
    ] {
        let before = all();
        at_now(folder, verb);
        let after = all();
        assert_ne!(before, after, "{verb:?}");
        let by = json(folder, &["undo", "--now", NOW])["undone"][0]["by"].as_str().expect("an entry").to_owned();
        assert_eq!(all(), before, "{verb:?}");
        at_now(folder, &["undo", &by]);
        assert_eq!(all(), after, "{verb:?}");
        at_now(folder, &["undo"]);
    }
}

#[test]
fn who_sent_somebody_stays_when_their_own_entry_is_taken_back() {
    let shop = shop(&["Anna"]);
    at_now(shop.path(), &["referral", "add", "Bea", "--by", "anna"]);
    let said = fails(shop.path(), &["undo", "e1", "--now", NOW], 1);
    assert!(said.contains("Anna stays") && said.contains("attent undo e2"), "{said}");
    assert_eq!(sender_of(shop.path(), "bea"), "Anna");
}

#[test]
fn merging_leaves_no_circle_and_nobody_who_sent_themselves() {
    // Anna sent Bea, Bea sent Carl, Carl sent Dirk.
    for (into, from, senders) in [
        ("anna", "carl", [("bea", value!("Anna Jansen")), ("dirk", value!("Anna Jansen")), ("anna", Value::Null)]),
        ("carl", "anna", [("bea", value!("Carl")), ("dirk", value!("Carl")), ("carl", Value::Null)]),
        ("carl", "bea", [("carl", value!("Anna Jansen")), ("dirk", value!("Carl")), ("anna", Value::Null)]),
        ("bea", "carl", [("bea", value!("Anna Jansen")), ("dirk", value!("Bea")), ("anna", Value::Null)]),
        ("dirk", "bea", [("dirk", value!("Anna Jansen")), ("carl", value!("Dirk")), ("anna", Value::Null)]),
    ] {
        let shop = shop(&["Anna Jansen", "Bea", "Carl", "Dirk"]);
        let folder = shop.path();
        for (who, by) in [("bea", "anna"), ("carl", "bea"), ("dirk", "carl")] {
            at_now(folder, &["customers", "edit", who, "--referred-by", by]);
        }
        at_now(folder, &["customers", "merge", into, from, "--yes"]);
        for (who, sender) in senders {
            assert_eq!(sender_of(folder, who), sender, "{from} became {into}: who sent {who}?");
        }
        assert_eq!(page(folder)["referrals"].as_array().expect("rows").len(), 3, "{from} became {into}: all are in the tree");
    }
}

#[test]
fn hostile_names_do_no_harm() {
    let shop = shop(&[]);
    let folder = shop.path();
    let names = ["=cmd|' /C calc'!A0", "\u{202e}fdp.exe", "<script>alert(1)</script>", "a|b`c`", "{{ 7*7 }}", &"很".repeat(190)];
    at_now(folder, &["customers", "add", names[0]]);
    for pair in names.windows(2) {
        at_now(folder, &["referral", "add", pair[1], "--by", pair[0], "--outcome", "=1+1"]);
    }
    let shown = at_now(folder, &["referral", "--width", "80"]);
    assert!(shown.contains("<U+202E>fdp.exe") && !shown.contains('\u{202e}'), "{shown}");
    assert!(shown.lines().all(|line| line.width() <= 80), "{shown}");
    let csv = at_now(folder, &["referral", "-O", "csv"]);
    assert!(csv.contains("'=cmd|") && csv.contains("'=1+1") && !csv.contains(",=1+1"), "{csv}");
    assert!(!at_now(folder, &["referral", "-O", "html"]).contains("<script>alert"));
    assert_eq!(page(folder)["referrals"][1]["customer"], names[1]);
}

/// What a customer paid, from their timeline, by the definition.
fn paid(ledger: &Ledger, id: CustomerId, from: Moment, until: Moment) -> Option<Cents> {
    let rows = ledger.timeline(id, until).expect("a timeline");
    let counts = |row: &Touchpoint| {
        let offered = row.tags.iter().any(|tag| ["quote", "offerte", "tender"].contains(&tag.as_str()));
        row.facts.at > from && row.facts.kind == Kind::Transactional && row.facts.channel != Channel::Gift && !offered
    };
    let amounts: Vec<i64> = rows.iter().filter(|row| counts(&row.touchpoint)).filter_map(|row| Some(row.touchpoint.amount?.0)).collect();
    (!amounts.is_empty()).then(|| Cents(amounts.iter().sum()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn revenue_is_what_the_log_adds_up_to(
        rows in proptest::collection::vec((0_usize..4, touchpoint(), proptest::option::of(-9_000_i64..99_000), 0_usize..7), 0..60),
        from in 0.0_f64..350.0,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("attent.db"), vec![course()], 0).unwrap().0;
        let tags: [&[&str]; 7] = [&[], &["quote"], &["order", "offerte"], &["quoted", "order"], &["tender", "x"], &["pretender"], &["order"]];
        ledger.batch(day(400.0), "import", |batch| {
            for (who, row, amount, tag) in &rows {
                let id = batch.customer(["Anna", "Bart", "Cleo", "Dirk"][*who])?;
                let tags = tags[*tag].iter().map(|tag| (*tag).to_owned()).collect();
                batch.record(id, &Touchpoint { amount: amount.map(Cents), tags, ..row.clone() }, "csv", Key::None)?;
            }
            Ok(((), String::new()))
        }).unwrap();
        let (from, until) = (day(from), day(300.0));
        let mut expected = HashMap::new();
        for customer in ledger.people().unwrap() {
            expected.extend(paid(&ledger, customer.id, from, until).map(|paid| (customer.id, paid)));
        }
        prop_assert_eq!(ledger.revenue(from, until).unwrap(), expected);
    }

    #[test]
    fn whatever_is_referred_and_merged_stays_a_forest(acts in proptest::collection::vec((any::<bool>(), 0_usize..7, 0_usize..7), 1..25)) {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("attent.db"), vec![course()], 0).unwrap().0;
        for name in ["Anna", "Bart", "Cleo", "Dirk", "Eva", "Fay", "Gijs"] {
            ledger.add_customer(day(1.0), &Customer::named(name)).unwrap();
        }
        for (merges, a, b) in acts {
            let people = ledger.people().unwrap();
            let (a, b) = (&people[a % people.len()], &people[b % people.len()]);
            if merges && a.id != b.id && people.len() > 2 {
                ledger.merge_customers(day(2.0), a, b).unwrap();
            } else {
                let _ = ledger.batch(day(2.0), "referral add", |batch| Ok((batch.refer(a.id, b.id, day(2.0), "")?, String::new())));
            }
            let above: HashMap<_, _> = ledger.referrals().unwrap().into_iter().map(|row| (row.customer, row.referrer)).collect();
            for id in above.keys() {
                let steps = std::iter::successors(Some(*id), |id| above.get(id).copied()).take(20).count();
                prop_assert!(steps < 20, "a circle: {:?}", above);
            }
        }
    }
}

#[test]
fn who_is_added_by_whom_they_came_brings_up_thanks_and_says_so() {
    let shop = super::cli_log::shop(&["Anna Jansen"]);
    let said = ok(shop.path(), &["customers", "add", "Bea", "--referred-by", "anna", "--now", "2026-06-01"]);
    assert!(said.contains("Thank Anna Jansen within two days: it is nudge 1"), "{said}");
    let alone = ok(shop.path(), &["customers", "add", "Carel", "--now", "2026-06-01"]);
    assert!(alone.contains("Added.") && !alone.contains("Thank"), "{alone}");
}
