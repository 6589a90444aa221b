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
