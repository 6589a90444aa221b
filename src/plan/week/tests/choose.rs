//! What is chosen: what is owed before what gains, and no more than there is room for.

use super::*;
use crate::plan::knapsack::Budget;

const EVERYTHING: Budget = Budget { minutes: 10_000, cents: 1_000_000 };

/// The plan for these: rule of the reason and id of the play, then what is owed and does not fit.
fn planned(all: &[Considered<'_>], nudges: &[Nudge], room: Budget) -> (Vec<String>, Vec<String>, WeekPlan<'static>) {
    let lives: Vec<Life> = (1..=all.len() as i64).map(life).collect();
    let subjects: Vec<Subject<'_>> = lives.iter().map(Life::subject).collect();
    let made = plan(&subjects, all, &Register::new(nudges), &[], (&week(), day(NOW)), room);
    let said = |list: &[Planned<'_>]| {
        let one = |action: &Planned<'_>| {
            format!("{} {} {}", action.subject, action.reason.cause.rule, action.play.map_or("task", |play| play.id.as_str()))
        };
        list.iter().map(one).collect::<Vec<_>>()
    };
    let (actions, unfit) = (said(&made.actions), said(&made.unfit));
    (actions, unfit, WeekPlan { actions: Vec::new(), unfit: Vec::new(), ..made })
}

/// A thank-you that gains nothing goes before a call that gains everything.
#[test]
fn what_is_owed_goes_before_what_gains_most() {
    let (cards, calls) = ([play("card")], [play("call")]);
    let all = [
        considered(1, "cold", Tier::Ordinary, &calls, &[90]),
        considered(2, "REF6", Tier::Owed, &cards, &[-3]),
        considered(3, "R1", Tier::Wounded, &cards, &[0]),
        considered(4, "R2", Tier::Late, &cards, &[1]),
    ];
    let room = |minutes| Budget { minutes, ..EVERYTHING };
    for (minutes, expected, unfit, waiting) in [
        (40, &["3 R2 card", "2 R1 card", "1 REF6 card", "0 cold call"][..], &[][..], 0),
        (39, &["3 R2 card", "2 R1 card", "1 REF6 card"], &[], 1),
        (25, &["3 R2 card", "2 R1 card"], &["1 REF6 card"], 1),
        (10, &["3 R2 card"], &["2 R1 card", "1 REF6 card"], 1),
        (9, &[], &["3 R2 card", "2 R1 card", "1 REF6 card"], 1),
    ] {
        let (actions, left, made) = planned(&all, &[], room(minutes));
        assert_eq!((&actions[..], &left[..], made.waiting), (&expected.map_str()[..], &unfit.map_str()[..], waiting), "{minutes} minutes");
        assert!(made.minutes <= minutes && made.proven);
    }
}

/// Words as the plan has them.
trait MapStr {
    fn map_str(&self) -> Vec<String>;
}

impl MapStr for [&str] {
    fn map_str(&self) -> Vec<String> {
        self.iter().map(|&word| word.to_owned()).collect()
    }
}

#[test]
fn the_second_action_for_somebody_counts_for_half() {
    let call = Play { contact: PlayContact { channel: Channel::Phone, ..play("").contact }, ..play("call") };
    let plays = [play("card"), call];
    let mut both = considered(1, "cold", Tier::Ordinary, &plays, &[40, 30]);
    both.reasons.push(Reason { cause: Cause { rule: "one-way".into(), ..both.reasons[0].cause.clone() }, ..both.reasons[0].clone() });
    both.candidates[1].reason = 1;
    let (actions, _, made) = planned(&[both.clone()], &[], EVERYTHING);
    assert_eq!((actions.len(), made.value, made.minutes, made.cost), (2, 100 * 40 + 50 * 30, 20, Cents(500)));
    let other = [play("other")];
    let rival = considered(2, "cold", Tier::Ordinary, &other, &[16]);
    let (actions, _, made) = planned(&[both, rival], &[], Budget { minutes: 20, cents: 500 });
    assert_eq!((actions, made.value), (["0 cold card", "1 cold other"].map_str(), 5600), "16 once is more than 30 for half");
}

/// Who has a nudge, or had something this week, gets nothing more but what is owed.
#[test]
fn who_is_busy_waits_but_for_what_is_owed() {
    let cards = [play("card")];
    let cold = [considered(1, "cold", Tier::Ordinary, &cards, &[40])];
    let owed = [considered(1, "R1", Tier::Wounded, &cards, &[40])];
    for (name, state, ended, waits) in [
        ("stands", NudgeState::Open, 0.0, true),
        ("done this week", NudgeState::Done, -1.0, true),
        ("done last week", NudgeState::Done, -3.0, false),
        ("skipped this week", NudgeState::Skipped, -1.0, true),
        ("closed this week", NudgeState::Closed, -1.0, false),
    ] {
        let nudges = [nudge(1, 1, "one-way", state, ended)];
        assert_eq!(planned(&cold, &nudges, EVERYTHING).0.is_empty(), waits, "{name}");
        assert_eq!(planned(&owed, &nudges, EVERYTHING).0.len(), 1, "{name}");
    }
    let same = [nudge(1, 1, "R1", NudgeState::Open, 0.0)];
    assert!(planned(&owed, &same, EVERYTHING).0.is_empty(), "what stands is not brought up again");
}

#[test]
fn nobody_and_nothing_make_an_empty_plan() {
    let (actions, unfit, made) = planned(&[], &[], EVERYTHING);
    assert_eq!((actions.len(), unfit.len(), made.waiting, made.value, made.proven), (0, 0, 0, 0, true));
}
