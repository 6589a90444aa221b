//! What asks for something, and by when.

use super::super::reasons::reasons;
use super::*;
use crate::domain::occasion::OccasionKind;

/// The rules of the reasons of a life, with how pressing each is.
fn rules(life: &Life, plays: &[Play]) -> Vec<(String, Tier)> {
    let found = reasons(&life.subject(), &week(), day(NOW), plays, &[]).into_iter();
    found.filter(|reason| !reason.past).map(|reason| (reason.cause.rule, reason.tier)).collect()
}

#[track_caller]
fn check(life: Life, expected: &[(&str, Tier)]) {
    let found = rules(&life, &[]);
    assert_eq!(found.iter().map(|(rule, tier)| (rule.as_str(), *tier)).collect::<Vec<_>>(), expected);
}

#[test]
fn a_failure_asks_for_an_answer_then_for_making_good_then_for_asking_back() {
    let from_now = |days: f64| NOW + days;
    check(life(1), &[]);
    check(life(1).hurt(from_now(-0.5), None, None, ""), &[("R1", Tier::Wounded)]);
    check(life(1).hurt(from_now(-1.5), None, None, ""), &[("R1", Tier::Late)]);
    check(life(1).hurt(from_now(-2.0), Some(from_now(-1.5)), None, ""), &[("R2", Tier::Wounded)]);
    check(life(1).hurt(from_now(-4.0), Some(from_now(-3.5)), None, ""), &[("R2", Tier::Late)]);
    // What lies ahead of now has not happened.
    check(life(1).hurt(from_now(-0.5), Some(from_now(1.0)), None, ""), &[("R1", Tier::Wounded)]);
    // Two weeks after, or earlier in the same week; for the first weeks also a gesture.
    let made_good = |days: f64| life(1).hurt(from_now(days - 1.0), None, Some(from_now(days)), "");
    check(made_good(-8.5), &[("R5", Tier::Ordinary)]);
    check(made_good(-9.5), &[("R8", Tier::Owed), ("R5", Tier::Ordinary)]);
    check(made_good(-13.9), &[("R8", Tier::Owed), ("R5", Tier::Ordinary)]);
    check(made_good(-14.0), &[("R8", Tier::Owed)]);
    check(made_good(-90.0), &[("R8", Tier::Owed)]);
    check(made_good(-90.1), &[]);
    let mut asked = made_good(-20.0);
    asked.incidents[0].checked = Some(day(NOW - 1.0));
    check(asked, &[]);
}

#[test]
fn the_same_failure_within_a_year_asks_for_its_cause_until_it_is_known() {
    let twice = |first: f64, kind: &str, again: &str| {
        life(1).hurt(NOW - first, None, Some(NOW - first + 1.0), kind).hurt(NOW - 0.5, None, None, again)
    };
    let open = ("R1", Tier::Wounded);
    check(twice(300.0, "delivery", "Delivery"), &[("R6", Tier::Owed), open]);
    check(twice(366.0, "delivery", "delivery"), &[open]);
    check(twice(300.0, "delivery", "invoice"), &[open]);
    check(twice(300.0, "", ""), &[open]);
    let mut learned = twice(300.0, "delivery", "delivery");
    learned.incidents[1].lesson = "an hour earlier".into();
    check(learned, &[open]);
}

#[test]
fn a_referral_asks_for_thanks_within_two_days_and_for_news_once_there_is_some() {
    let sent = |days: f64, outcome: &str| {
        let referral = Referral {
            id: 4,
            customer: CustomerId(2),
            referrer: CustomerId(1),
            at: day(NOW - days),
            thanked: None,
            told: None,
            outcome: outcome.into(),
            reward: Cents(0),
            reward_referred: Cents(0),
        };
        Life { referrals: vec![referral], ..life(1) }
    };
    check(sent(1.0, ""), &[("REF6", Tier::Owed)]);
    check(sent(60.0, ""), &[("REF6", Tier::Owed)]);
    check(sent(61.0, ""), &[]);
    check(sent(1.0, "a contract"), &[("REF6", Tier::Owed), ("REF7", Tier::Ordinary)]);
    let mut thanked = sent(1.0, "a contract");
    thanked.referrals[0].thanked = Some(day(NOW));
    check(thanked, &[("REF7", Tier::Ordinary)]);
    let all = sent(1.0, "");
    assert_eq!(reasons(&all.subject(), &week(), day(NOW), &[], &[])[0].due, Some(day(NOW + 1.0)));
}

#[test]
fn a_good_moment_that_has_been_may_be_a_reason_to_ask() {
    check(Life { positive: Some(day(NOW - 3.0)), ..life(1) }, &[("REF4", Tier::Ordinary)]);
    check(Life { positive: Some(day(NOW + 3.0)), ..life(1) }, &[]);
}

/// From a week before its longest play must be ready, within this week, until its plays fit no more.
#[test]
fn an_occasion_has_its_time() {
    let birthday = |days: f64| {
        let occasion =
            Occasion { kind: OccasionKind::Birthday, day: NaiveDate::default(), at: day(NOW + days), note: String::new(), years: None };
        Life { occasions: vec![occasion], ..life(1) }
    };
    let marks = |within: f64| crate::domain::play::Occasion { tags: vec!["birthday".into()], within };
    let card = Play { lead_time: 3.0, occasion: Some(marks(2.0)), ..play("card") };
    let cases = [(14.9, true), (15.0, false), (0.0, true), (-2.0, true), (-2.1, false)];
    for (days, expected) in cases {
        assert_eq!(rules(&birthday(days), std::slice::from_ref(&card)).len(), usize::from(expected), "in {days} days");
    }
    for (days, expected) in [(11.9, true), (12.0, false), (0.0, true), (-0.1, false)] {
        assert_eq!(rules(&birthday(days), &[]).len(), usize::from(expected), "no play, in {days} days");
    }
    // In time to arrive; when it is too late for that, on the day.
    let due = |days: f64| {
        let life = birthday(days);
        reasons(&life.subject(), &week(), day(NOW), std::slice::from_ref(&card), &[])[0].due_with(Some(&card), &week(), day(NOW))
    };
    // A day is not past until it is over.
    let end = |of: f64| Moment(day(of + 1.0).0 - 1000);
    assert_eq!((due(10.0), due(3.0), due(1.0), due(0.0)), (end(NOW + 7.0), end(NOW), end(NOW + 1.0), end(NOW)));
    assert_eq!(due(-1.0), day(NOW + 1.0), "a little after it is still in time");
}

#[test]
fn what_went_wrong_is_told_in_one_short_line() {
    let mut long = life(1).hurt(NOW - 2.5, None, None, "");
    long.incidents[0].what = format!("{}\nand more", "é".repeat(80));
    let because = reasons(&long.subject(), &week(), day(NOW), &[], &[])[0].because.clone();
    assert_eq!(because.en, format!("“{}…”, open for 2 days; nobody has answered yet", "é".repeat(59)));
    assert!(because.nl.ends_with("2 dagen open; er heeft nog niemand op gereageerd"), "{}", because.nl);
}
