//! Which plays are left for a reason, and which two go together.

use super::super::candidates::{Against, together};
use super::*;
use crate::domain::play::{EXPLANATION, REFERRAL_ASK, STATUS_UPDATE};
use crate::domain::rule::RuleId;

/// A life with an open failure, which makes recoveries candidates without any score.
fn hurt() -> Life {
    life(1).hurt(NOW - 0.5, None, None, "")
}

fn left(life: &Life, plays: &[Play]) -> (Vec<String>, Vec<(String, Against)>) {
    let found = consider(&life.subject(), plays, &week(), day(NOW), &[]);
    let ids = found.candidates.iter().filter_map(|candidate| candidate.play).map(|play| play.id.clone()).collect();
    (ids, found.against.iter().map(|&(_, place, against)| (plays[place].id.clone(), against)).collect())
}

#[test]
fn of_plays_that_do_the_same_through_one_channel_the_cheaper_is_left() {
    let slow = Play { minutes: 30, ..sorry("slow") };
    let dear = Play { cost: Cents(100), ..sorry("dear") };
    let letter = Play { contact: PlayContact { channel: Channel::Letter, ..sorry("letter").contact }, ..sorry("letter") };
    // Who is hurt is answered by the quicker of two ways that do about as much, through whatever channel.
    let long = Play { minutes: 60, ..letter.clone() };
    let (left, against) = left(&hurt(), &[slow, sorry("quick"), dear, letter, Play { id: "long".into(), ..long }]);
    assert_eq!(left, ["quick", "letter"]);
    let outdone = |id: &str, by| (id.to_owned(), Against::Outdone(by));
    assert_eq!(against, [outdone("slow", 1), outdone("dear", 1), outdone("long", 0)]);
}

#[test]
fn of_equals_the_one_had_longest_ago_is_left() {
    let plays = [sorry("a"), sorry("b"), sorry("c")];
    let had = |list: &[(&str, f64)]| Life { had: list.iter().map(|&(id, at)| (id.to_owned(), day(at))).collect(), ..hurt() };
    for (before, expected) in [
        (&[][..], "a"),
        (&[("a", 900.0)], "b"),
        (&[("a", 900.0), ("b", 910.0)], "c"),
        (&[("a", 900.0), ("b", 910.0), ("c", 890.0)], "c"),
        (&[("a", 800.0), ("a", 950.0), ("b", 900.0), ("c", 940.0)], "b"),
    ] {
        assert_eq!(left(&had(before), &plays).0, [expected], "{before:?}");
    }
}

#[test]
fn a_rule_that_stops_a_play_is_named() {
    let mut opted_out = hurt();
    opted_out.customer.no_contact = true;
    let (left, against) = left(&opted_out, &[sorry("call")]);
    assert_eq!((left.len(), &against[..]), (0, &[("call".to_owned(), Against::Rule(RuleId::OptOut))][..]));
}

#[test]
fn a_cause_to_find_is_a_task_of_its_own() {
    let again = life(1).hurt(NOW - 100.0, None, Some(NOW - 99.0), "late").hurt(NOW - 0.5, None, None, "late");
    let plays = [sorry("call")];
    let found = consider(&again.subject(), &plays, &week(), day(NOW), &[]);
    let task = found.candidates.iter().find(|candidate| candidate.play.is_none()).unwrap();
    assert_eq!((task.minutes(), task.cost(), found.reasons[task.reason].cause.rule.as_str()), (30, Cents(0), "R6"));
}

#[test]
fn two_actions_go_together_or_not() {
    let call = PlayContact { channel: Channel::Phone, ..play("").contact };
    let tagged = |id: &str, tag: &str| Play { tags: vec![tag.into()], contact: call, ..play(id) };
    let gift = |id: &str| Play { theme: Theme::Present, contact: PlayContact { channel: Channel::Gift, ..call }, ..play(id) };
    let card = play("card");
    let other = Play { contact: call, ..play("call") };
    let twice = |one: Play, two: Play, tier: Tier, reason: usize| {
        let plays = [one, two];
        let mut pair = considered(1, "cold", tier, &plays, &[10, 10]);
        pair.reasons.push(pair.reasons[0].clone());
        pair.candidates[1].reason = reason;
        assert_eq!(together(&pair, 0, 1), together(&pair, 1, 0), "either way round");
        together(&pair, 0, 1)
    };
    let visit = |id: &str, tag: &str| Play { contact: PlayContact { channel: Channel::Visit, ..call }, ..tagged(id, tag) };
    for (name, one, two, tier, reason, expected) in [
        ("two reasons, two plays", card.clone(), other.clone(), Tier::Ordinary, 1, true),
        ("one reason", card.clone(), other.clone(), Tier::Ordinary, 0, false),
        ("one play", card.clone(), card.clone(), Tier::Ordinary, 1, false),
        ("one channel", card.clone(), play("card two"), Tier::Ordinary, 1, false),
        ("one channel, but owed", card.clone(), play("card two"), Tier::Owed, 1, true),
        ("a gift and asking", gift("gift"), tagged("ask", REFERRAL_ASK), Tier::Ordinary, 1, false),
        ("two gifts, even owed", gift("gift"), gift("gift two"), Tier::Owed, 1, false),
        ("explaining and where it stands", tagged("why", EXPLANATION), visit("how", STATUS_UPDATE), Tier::Owed, 1, false),
        ("two explanations", tagged("why", EXPLANATION), visit("how", EXPLANATION), Tier::Owed, 1, true),
    ] {
        assert_eq!(twice(one, two, tier, reason), expected, "{name}");
    }
}
