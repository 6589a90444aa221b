//! Referrals: whom to ask and when, and how to thank.

use super::*;
use crate::domain::referral::Rewards;

/// Checks a life in which somebody is about to be asked for a referral.
#[track_caller]
fn asked(change: impl Fn(&mut Life), expected: Option<&str>) {
    check(
        |life| {
            life.play = ask();
            change(life);
        },
        expected,
    );
}

#[test]
fn a_warm_customer_of_long_standing_may_be_asked_after_a_good_moment() {
    asked(|_| (), None);
    asked(|life| life.warmth = 59.99, Some("REF1"));
    asked(|life| life.customer.since = Some(day(NOW - 179)), Some("REF2"));
    asked(|life| life.customer.no_contact = true, Some("opt-out"));
    asked(|life| life.pressure = 5.0, Some("crowded"));
    // None of it is asked of any other contact.
    check(|life| (life.play, life.warmth, life.customer.since, life.tags) = (play(Theme::Card), 0.0, None, Vec::new()), None);
}

#[test]
fn ref3_not_after_a_failure() {
    asked(|life| life.failures = vec![failure(990, None)], Some("R1"));
    asked(|life| life.failures = vec![failure(980, Some(NOW - 1))], Some("R1"));
    asked(|life| (life.failures, life.off) = (vec![failure(700, None)], vec![RuleId::R1]), Some("REF3"));
    asked(|life| life.failures = vec![failure(980, Some(NOW - 14))], Some("REF3"));
    asked(|life| life.failures = vec![failure(700, Some(NOW - 89))], Some("REF3"));
    asked(|life| life.failures = vec![failure(700, Some(NOW - 90))], None);
}

#[test]
fn ref4_within_two_weeks_of_a_good_moment() {
    let moment = |tags: Vec<(Moment, String)>, days: Option<Day>, positive: Option<i64>| {
        move |life: &mut Life| {
            life.tags.clone_from(&tags);
            life.occasions = days.clone().into_iter().collect();
            life.positive = positive.map(|days| day(NOW + days));
        }
    };
    asked(moment(vec![], None, None), Some("REF4"));
    asked(moment(vec![], None, Some(-14)), None);
    asked(moment(vec![], None, Some(-15)), Some("REF4"));
    asked(moment(vec![], None, Some(1)), Some("REF4"));
    asked(moment(vec![tag(-14, "deal")], None, None), None);
    asked(moment(vec![tag(-15, "milestone")], None, None), Some("REF4"));
    asked(moment(vec![], Some(occasion(OccasionKind::Milestone, -14)), None), None);
    asked(moment(vec![], Some(occasion(OccasionKind::Birthday, 0)), None), Some("REF4"));
}

#[test]
fn ref5_at_most_twice_a_year() {
    let asks = |days: &'static [i64]| move |life: &mut Life| life.tags.extend(days.iter().map(|&days| tag(days, REFERRAL_ASK)));
    asked(asks(&[-300]), None);
    asked(asks(&[-300, -365]), Some("REF5"));
    asked(asks(&[-300, -366]), None);
    asked(asks(&[-300, 10]), Some("REF5"));
}

#[test]
fn g4_no_ask_around_a_gift() {
    asked(|life| life.gifts = gifts(1, -29, 0, None), Some("G4"));
    asked(|life| life.gifts = gifts(1, 29, 0, None), Some("G4"));
    asked(|life| life.gifts = gifts(1, -30, 0, None), None);
    let planned_after =
        |life: &mut Life| life.gifts = gifts(2, 100, 0, None).map(|all| GiftsReceived { given: Some(day(NOW - 10)), ..all });
    asked(planned_after, Some("G4"));
    check(|life| (life.play, life.gifts) = (play(Theme::Card), gifts(1, -29, 0, None)), None);
}

#[test]
fn ref6_thanks_come_from_a_person() {
    let thanked = |sender| move |life: &mut Life| (life.play, life.tags) = (thanks(sender), vec![tag(-1, "referral")]);
    check(thanked(Sender::Human), None);
    check(thanked(Sender::Assisted), Some("REF6"));
    check(thanked(Sender::Automated), Some("REF6"));
}

#[test]
fn ref8_both_the_same_or_neither() {
    for (referrer, referred, equal) in [(0, 0, true), (1000, 1000, true), (1000, 0, false), (0, 1000, false), (1000, 999, false)] {
        assert_eq!(Rewards { referrer: Cents(referrer), referred: Cents(referred) }.even(), equal, "{referrer} {referred}");
    }
}
