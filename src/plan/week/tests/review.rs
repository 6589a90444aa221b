//! What stands, what is at rest, and what has lost its cause.

use super::*;
use crate::domain::rule::RuleId;
use crate::plan::knapsack::Budget;

fn reason(rule: &str) -> Reason {
    let cause = nudge(1, 1, rule, NudgeState::Open, 0.0).cause;
    let ask = Ask::Finding(FindingKind::Cold);
    Reason { cause, ask, because: Text::default(), due: None, tier: Tier::Ordinary, past: false }
}

#[test]
fn what_was_done_rests_a_month_what_was_skipped_three_and_what_happens_once_for_good() {
    let free = |rule, state, days: f64| Register::new(&[nudge(1, 1, rule, state, -days)]).free(&reason(rule), day(NOW));
    for (rule, state, days, expected) in [
        ("cold", NudgeState::Open, 0.0, false),
        ("cold", NudgeState::Done, 29.9, false),
        ("cold", NudgeState::Done, 30.0, true),
        ("cold", NudgeState::Skipped, 89.9, false),
        ("cold", NudgeState::Skipped, 90.0, true),
        ("cold", NudgeState::Closed, 0.0, true),
        // Once: a gesture after a recovery.
        ("R5", NudgeState::Done, 900.0, false),
        ("R5", NudgeState::Skipped, 900.0, false),
        ("R5", NudgeState::Closed, 0.0, true),
        // What is owed is settled in the log; if it is owed still, it is owed.
        ("REF6", NudgeState::Done, 0.0, true),
        ("REF6", NudgeState::Skipped, 900.0, false),
        // An open failure is not passed over for long.
        ("R1", NudgeState::Skipped, 6.9, false),
        ("R1", NudgeState::Skipped, 7.0, true),
        // A clock that went back: it was done later than now.
        ("cold", NudgeState::Done, -5.0, false),
    ] {
        assert_eq!(free(rule, state, days), expected, "{rule} {state:?} {days} days ago");
    }
    assert!(!Register::new(&[]).free(&Reason { past: true, ..reason("REF6") }, day(NOW)), "too long ago");
}

#[test]
fn an_occasion_is_the_same_one_when_midnight_lies_elsewhere() {
    let at = |place: &str| Cause { place: place.into(), rule: "occasion".into(), ..reason("cold").cause };
    let known = [Nudge { cause: at("birthday:2026-07-03"), ..nudge(1, 1, "cold", NudgeState::Open, 0.0) }];
    let register = Register::new(&known);
    let place = |asked: &str| register.place_of(&at(asked));
    assert_eq!(place("birthday:2026-07-03"), None, "it is that one");
    assert_eq!(place("birthday:2026-07-02").as_deref(), Some("birthday:2026-07-03"));
    assert_eq!(place("birthday:2026-07-04").as_deref(), Some("birthday:2026-07-03"));
    for other in ["birthday:2026-07-05", "deal:2026-07-02", "birthday:2027-07-03", "stage:cold"] {
        assert_eq!(place(other), None, "{other}");
    }
}

#[test]
fn of_one_cause_the_latest_end_counts() {
    let early = nudge(1, 1, "cold", NudgeState::Skipped, -100.0);
    let late = nudge(2, 1, "cold", NudgeState::Done, -10.0);
    for list in [[early.clone(), late.clone()], [late, early]] {
        let register = Register::new(&list);
        assert_eq!(register.rest(&reason("cold"), day(NOW)), Some((NudgeState::Done, day(NOW + 20.0))));
        assert!(register.free(&reason("one-way"), day(NOW)), "another cause is free");
    }
}

#[test]
fn what_stands_and_what_was_done_this_week_take_their_room() {
    let full = Budget { minutes: 100, cents: 10_000 };
    let room = |nudges: &[Nudge]| Register::new(nudges).room(full, &week());
    let snoozed = |days: f64| Nudge { snoozed: Some(day(NOW + days)), ..nudge(1, 1, "cold", NudgeState::Open, 0.0) };
    let taken = Budget { minutes: 70, cents: 9_000 };
    for (name, of, expected) in [
        ("stands", nudge(1, 1, "cold", NudgeState::Open, 0.0), taken),
        ("put off within the week", snoozed(3.0), taken),
        ("put off beyond it", snoozed(6.0), full),
        ("done this week", nudge(1, 1, "cold", NudgeState::Done, -1.0), taken),
        ("done last week", nudge(1, 1, "cold", NudgeState::Done, -3.0), full),
        ("skipped", nudge(1, 1, "cold", NudgeState::Skipped, -1.0), full),
        ("closed", nudge(1, 1, "cold", NudgeState::Closed, -1.0), full),
    ] {
        assert_eq!(room(&[of]), expected, "{name}");
    }
    let many: Vec<Nudge> = (0..5).map(|id| nudge(id, id, "cold", NudgeState::Open, 0.0)).collect();
    assert_eq!(room(&many), Budget { minutes: 0, cents: 5_000 }, "never below nothing");
}

#[test]
fn a_nudge_closes_when_its_cause_its_customer_or_its_play_is_gone_or_a_rule_stops_it() {
    let open = |rule: &str, play: Option<&str>| Nudge { play: play.map(str::to_owned), ..nudge(7, 1, rule, NudgeState::Open, 0.0) };
    let plays = [play("card")];
    let closed = |of: Nudge, no_contact: bool, there: bool| {
        let mut one = life(1);
        one.customer.no_contact = no_contact;
        let subjects = if there { vec![one.subject()] } else { Vec::new() };
        let found = if there { vec![considered(1, "cold", Tier::Ordinary, &plays, &[10])] } else { Vec::new() };
        let nudges = [of];
        review(&Register::new(&nudges), &subjects, &found, &plays, day(NOW), &[]).first().map(|closing| (closing.id, closing.why))
    };
    assert_eq!(closed(open("cold", Some("card")), false, true), None);
    assert_eq!(closed(open("cold", None), true, true), None, "a task is no contact, so no rule stops it");
    assert_eq!(closed(open("one-way", Some("card")), false, true), Some((7, Closed::CauseGone)));
    assert_eq!(closed(open("cold", Some("card")), false, false), Some((7, Closed::CauseGone)));
    assert_eq!(closed(open("cold", Some("walk")), false, true), Some((7, Closed::PlayGone)));
    assert_eq!(closed(open("cold", Some("card")), true, true), Some((7, Closed::Rule(RuleId::OptOut))));
}

#[test]
fn why_it_closed_is_kept_and_read_back() {
    let rules = RuleId::ALL.iter().map(|&rule| Closed::Rule(rule));
    for why in [Closed::CauseGone, Closed::PlayGone].into_iter().chain(rules) {
        assert_eq!(Closed::from_code(why.code()), Some(why));
    }
    assert_eq!(Closed::from_code("on holiday"), None);
}
