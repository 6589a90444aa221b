//! What stands, what is at rest, and what has lost its cause.

use super::*;
use crate::domain::rule::RuleId;
use crate::plan::knapsack::Budget;

fn reason(rule: &str, recurs: bool) -> Reason {
    let cause = nudge(1, 1, rule, NudgeState::Open, 0.0).cause;
    let ask = if recurs { Ask::Finding(FindingKind::Cold) } else { Ask::CheckBack };
    Reason { cause, ask, because: Text::default(), due: None, tier: Tier::Ordinary }
}

#[test]
fn what_was_done_rests_a_month_what_was_skipped_three_and_what_happens_once_for_good() {
    let free = |state, days: f64, recurs| Register::new(&[nudge(1, 1, "cold", state, -days)]).free(&reason("cold", recurs), day(NOW));
    for (state, days, recurs, expected) in [
        (NudgeState::Open, 0.0, true, false),
        (NudgeState::Done, 29.9, true, false),
        (NudgeState::Done, 30.0, true, true),
        (NudgeState::Skipped, 89.9, true, false),
        (NudgeState::Skipped, 90.0, true, true),
        (NudgeState::Closed, 0.0, true, true),
        (NudgeState::Done, 900.0, false, false),
        (NudgeState::Skipped, 900.0, false, false),
        (NudgeState::Closed, 0.0, false, true),
        // A clock that went back: it was done later than now.
        (NudgeState::Done, -5.0, true, false),
    ] {
        assert_eq!(free(state, days, recurs), expected, "{state:?} {days} days ago, recurs: {recurs}");
    }
}

#[test]
fn of_one_cause_the_latest_end_counts() {
    let early = nudge(1, 1, "cold", NudgeState::Skipped, -100.0);
    let late = nudge(2, 1, "cold", NudgeState::Done, -10.0);
    for list in [[early.clone(), late.clone()], [late, early]] {
        let register = Register::new(&list);
        assert_eq!(register.rest(&reason("cold", true), day(NOW)), Some((NudgeState::Done, day(NOW + 20.0))));
        assert!(register.free(&reason("one-way", true), day(NOW)), "another cause is free");
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
