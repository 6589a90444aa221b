//! The rules of giving wherever something is given: `gift given`, `done`, `referral thank`, `incident resolve`.

use std::path::Path;

use serde_json::{Value, json as value};

use super::cli::{fails, json, ok};
use super::cli_week::{garden, set};

/// A Monday.
const NOW: &str = "2026-06-01T07:00:00Z";

#[track_caller]
fn at(folder: &Path, args: &[&str]) -> String {
    ok(folder, &[args, &["--now", NOW]].concat())
}

#[track_caller]
fn json_at(folder: &Path, args: &[&str]) -> Value {
    json(folder, &[args, &["--now", NOW]].concat())
}

/// R5 and G7: what may be accepted is answered by one policy, whoever said it.
#[test]
fn an_extra_is_held_against_the_policy_that_holds_for_them() {
    let shop = garden();
    let folder = shop.path();
    set(folder, "gift_policies: {zorg-thuis: 5, Überall: none}\n");
    for (name, segment, warned) in [
        ("Eva", "huisartsen", value!(["no-gifts"])),
        ("Finn", "Zorg thuis", value!(["above-policy"])),
        ("Gijs", "überall", value!(["no-gifts"])),
        ("Hans", "webshop", value!(["policy-unknown"])),
    ] {
        at(folder, &["customers", "add", name, "--segment", segment]);
        at(folder, &["incident", "open", name, "came late", "--at", "2026-05-29"]);
        let resolved = json_at(folder, &["incident", "resolve", name, "--extra", "10", "--personal", "--lesson", "leave earlier"]);
        assert_eq!(resolved["incidents"][0]["warnings"], warned, "{segment}\n{resolved:#}");
    }
}

/// Dora, a customer for years who accepts gifts, with a milestone two days ago.
fn dora(folder: &Path, more: &[&str]) {
    at(folder, &[&["customers", "add", "Dora", "--since", "2020-01-05", "--gifts", "50", "--note", "loves oaks"], more].concat());
    for day in ["2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"] {
        at(folder, &["log", "Dora", "about the garden", "--channel", "visit", "--at", day]);
    }
    at(folder, &["log", "Dora", "the garden is ready", "--channel", "visit", "--tag", "milestone", "--at", "2026-05-30"]);
}

const KNOWN: [&str; 4] = ["--why", "her garden", "--by", "Zoë"];

/// G6: the last gift is the measure however long ago it was, and an apology is none.
#[test]
fn the_last_gift_is_remembered_and_an_apology_is_no_step() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &[]);
    at(folder, &["log", "Dora", "a rose", "--channel", "gift", "--amount", "40", "--at", "2024-03-01"]);
    let offer = |value| [&["gift", "add", "dora", "A book on oaks", "--value", value, "--now", NOW], &KNOWN[..]].concat();
    let said = fails(folder, &offer("39"), 1);
    assert!(said.contains("- G6b: ") && !said.contains("- G5: "), "{said}");
    at(folder, &["log", "Dora", "sorry", "--channel", "gift", "--amount", "45", "--tag", "apology", "--at", "2024-05-01"]);
    ok(folder, &offer("40"));
}

/// G7: who approved one gift did not approve the next.
#[test]
fn an_approval_is_of_one_gift() {
    let shop = garden();
    let folder = shop.path();
    dora(folder, &["--gift-approval", "yes"]);
    let offer = |what, more: &[&'static str]| [&["gift", "add", "dora", what, "--value", "20", "--now", NOW], &KNOWN[..], more].concat();
    assert!(fails(folder, &offer("A book on oaks", &[]), 1).contains("- G7: "));
    ok(folder, &offer("A book on oaks", &["--for", "anniversary", "--on", "2027-01-05", "--approved-by", "Mo"]));
    let said = fails(folder, &offer("A lamp", &[]), 1);
    assert!(said.contains("- G7: "), "{said}");
    let stopped = |folder: &Path| json_at(folder, &["plan", "--why", "dora"]).to_string();
    assert!(stopped(folder).contains("G7"), "{}", stopped(folder));
}
