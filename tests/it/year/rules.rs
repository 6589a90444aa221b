//! The rules written again, from the method and not from the program: what may not be done to whom.

use std::collections::HashMap;

use serde_json::Value;

use super::facts::{Customer, DAY, Failure, Touch};

/// A play, by what it does.
#[derive(Debug, Clone)]
pub struct Play {
    pub theme: String,
    pub channel: String,
    pub human: bool,
    pub cost: i64,
    pub after_recovery: bool,
    pub tag: &'static str,
}

/// The playbook. The answer of `plays` does not tell tags, so those that matter are named here.
pub fn plays(answer: &Value) -> HashMap<String, Play> {
    let tags = HashMap::from([
        ("ask-for-a-referral", "referral-ask"),
        ("ask-over-coffee", "referral-ask"),
        ("check-back", "check-back"),
        ("own-up-call", "explanation"),
        ("one-name", "status-update"),
    ]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let read = |play: &Value| Play {
        theme: text(&play["theme"]),
        channel: text(&play["touchpoint"]["channel"]),
        human: play["touchpoint"]["sender"] == "human",
        cost: (play["cost"].as_f64().unwrap() * 100.0).round() as i64,
        after_recovery: play["after_recovery"].as_bool().unwrap(),
        tag: tags.get(play["play"].as_str().unwrap()).copied().unwrap_or_default(),
    };
    answer["plays"].as_array().unwrap().iter().map(|play| (text(&play["play"]), read(play))).collect()
}

/// The rules this file knows.
pub const KNOWN: &[&str] = &[
    "opt-out", "R1", "R3", "R4", "R5", "G1", "G2b", "G3", "G4", "G5", "G6", "G6b", "G7", "G9", "crowded", "REF1", "REF2", "REF3", "REF4",
    "REF5", "REF6",
];

/// Every rule this file knows that stops a play for a customer; `warmth` is asked only for an ask.
pub fn stopping(who: &Customer, play: &Play, now: i64, warmth: impl FnOnce() -> f64) -> Vec<&'static str> {
    let recovery = play.theme == "recovery";
    let gift = !recovery && (play.theme == "present" || play.channel == "gift" || play.cost > 500);
    let gives = gift || recovery && (play.channel == "gift" || play.after_recovery && play.cost > 500);
    let mut found = Vec::new();
    let mut check = |rule, stops: bool| found.extend(stops.then_some(rule));
    check("opt-out", who.no_contact);
    check("crowded", !recovery && (play.theme != "referral" || play.tag == "referral-ask") && pressure(who, now) > 4.0);
    failure_rules(who, play, now, &mut check);
    if gives {
        policy_rules(who, play.cost, now, &mut check);
    }
    if gift {
        gift_rules(who, play.cost, now, &mut check);
    }
    if play.tag == "referral-ask" {
        check("REF1", warmth() < 60.0);
        ask_rules(who, now, &mut check);
    }
    check("REF6", play.theme == "referral" && play.tag != "referral-ask" && !play.human);
    found
}

/// Σ out + ½ Σ both, at a half-life of ninety days (METHOD §1.2).
fn pressure(who: &Customer, now: i64) -> f64 {
    let felt = |direction| [0.0, 1.0, 0.5][usize::try_from(direction).unwrap()];
    let seen = who.touches.iter().filter(|touch| touch.at <= now);
    seen.map(|touch| felt(touch.direction) * (-((now - touch.at) as f64) / (90.0 * DAY as f64)).exp2()).sum()
}

fn failure_rules(who: &Customer, play: &Play, now: i64, check: &mut impl FnMut(&'static str, bool)) {
    let open: Vec<&Failure> = who.failures.iter().filter(|failure| failure.open_at(now)).collect();
    let resting = who.failures.iter().any(|failure| failure.made_good_within(now, 14));
    let long_ago = who.failures.iter().any(|failure| failure.resolved.is_some_and(|at| now - at >= 14 * DAY));
    let recovery = play.theme == "recovery";
    let r1 = match (play.tag, recovery, play.after_recovery) {
        ("check-back", ..) => !open.is_empty() || !long_ago,
        (_, true, false) => open.is_empty(),
        (_, true, true) => !open.is_empty() || !resting,
        _ => !open.is_empty() || resting,
    };
    check("R1", r1);
    let voice = play.human && ["phone", "visit", "video"].contains(&play.channel.as_str());
    check("R3", recovery && !voice && open.iter().any(|failure| failure.severity >= 1));
    let lately = |tag: &str| who.touches.iter().any(|touch| touch.tags.iter().any(|own| own == tag) && (touch.at - now).abs() <= DAY);
    check("R4", play.tag == "explanation" && lately("status-update") || play.tag == "status-update" && lately("explanation"));
    let near = who.failures.iter().filter(|failure| failure.open_at(now) || failure.made_good_within(now, 14));
    let loss = near.map(|failure| failure.loss).max().unwrap_or(0);
    check("R5", recovery && (play.channel == "gift" || play.after_recovery) && play.cost > 1_500.max(loss / 5));
    let gift = !recovery && (play.theme == "present" || play.channel == "gift" || play.cost > 500);
    check("G3", gift && (!open.is_empty() || resting));
}

/// Gifts of a year back and half a year ahead, as a day and a value; planned ones are among them.
fn gifts(who: &Customer, now: i64) -> Vec<(i64, Option<i64>)> {
    let given = who.touches.iter().filter(|touch| touch.gift && touch.direction != 0).map(|touch| (touch.at, touch.amount));
    let given = given.filter(|(at, _)| *at > now - 365 * DAY);
    let planned = who.planned.iter().filter(|(day, ..)| *day >= now - 14 * DAY).map(|&(day, value, _)| (day, Some(value)));
    given.chain(planned).filter(|(at, _)| *at <= now + 180 * DAY).collect()
}

fn tenure(who: &Customer, now: i64) -> i64 {
    let met = who.touches.iter().find(|touch| touch.at <= now && !(touch.automated && touch.direction == 1)).map(|touch| touch.at);
    [who.since, met].into_iter().flatten().min().map_or(0, |since| (now - since).max(0))
}

/// G6 and G7: what the recipient may accept.
fn policy_rules(who: &Customer, cost: i64, now: i64, check: &mut impl FnMut(&'static str, bool)) {
    let ladder = if tenure(who, now) >= 730 * DAY { 5_000 } else { 2_500 };
    check("G6", cost > who.cap.unwrap_or(0).min(ladder));
    let this_year: i64 = gifts(who, now).iter().filter_map(|(_, value)| *value).sum();
    let approved = who.planned.iter().any(|(.., approved)| *approved);
    check("G7", who.cap.is_none() || who.a_year.is_some_and(|most| this_year + cost > most) || who.approval && !approved);
}

fn tagged<'a>(who: &'a Customer, tags: &'a [&str]) -> impl Iterator<Item = i64> + 'a {
    who.touches.iter().filter(|touch| touch.tags.iter().any(|own| tags.contains(&own.as_str()))).map(|touch| touch.at)
}

fn gift_rules(who: &Customer, cost: i64, now: i64, check: &mut impl FnMut(&'static str, bool)) {
    let people = || who.touches.iter().filter(|touch| touch.at <= now && !touch.automated);
    let ways: Vec<usize> = (0..3).map(|way| people().filter(|touch| touch.direction == way).count()).collect();
    let deal = tagged(who, &["deal"]).any(|at| at <= now && now - at < 365 * DAY);
    check("G1", !(ways[2] + ways[0].min(ways[1]) >= 3 && tenure(who, now) >= 60 * DAY || deal));
    let decided = tagged(who, &["deal", "declined"]).filter(|at| *at <= now).max();
    let mut pending = tagged(who, &["quote", "offerte", "tender", "negotiation", "renewal"]);
    check("G2b", pending.any(|at| (now - at).abs() <= 30 * DAY && decided.is_none_or(|decided| decided < at)));
    let near = |at: i64| (now - at).abs() < 30 * DAY;
    let promoted = who.touches.iter().any(|touch| touch.promotes && touch.direction != 0 && touch.at <= now && near(touch.at));
    check("G4", promoted || tagged(who, &["referral-ask"]).any(near));
    let gifts = gifts(who, now);
    check("G5", gifts.len() >= 2 || gifts.iter().any(|(at, _)| (now - at).abs() < 180 * DAY));
    let last = who.touches.iter().rev().find(|touch| touch.gift && touch.direction != 0 && touch.at <= now && touch.amount.is_some());
    check("G6b", last.is_some_and(|last| now - last.at < 365 * DAY && cost < last.amount.unwrap()));
    check("G9", !who.noted && !people().any(|touch| touch.noted));
}

fn ask_rules(who: &Customer, now: i64, check: &mut impl FnMut(&'static str, bool)) {
    check("REF2", tenure(who, now) < 180 * DAY);
    check("REF3", who.failures.iter().any(|failure| failure.open_at(now) || failure.opened <= now && failure.made_good_within(now, 90)));
    let felt = |touch: &Touch| !touch.automated && touch.sentiment.is_some_and(|felt| felt >= 0.5);
    let felt_good = who.touches.iter().any(|touch| felt(touch) && touch.at <= now && now - touch.at <= 14 * DAY);
    // A deal is a day: the fourteenth counts as a whole.
    let deal = tagged(who, &["deal", "milestone"]).any(|at| at <= now && now - at < 15 * DAY);
    check("REF4", !felt_good && !deal);
    let asks = tagged(who, &["referral-ask"]).filter(|at| *at > now - 365 * DAY && *at <= now + 30 * DAY).count();
    check("REF5", asks >= 2);
    check("G4", gifts(who, now).iter().any(|(at, _)| (now - at).abs() < 30 * DAY));
}
