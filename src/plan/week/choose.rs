//! The best week: the exact optimum of all candidates within the minutes and the money (METHOD §7).

use std::collections::HashMap;

use super::candidates::{Candidate, Considered, compatible, together};
use super::reasons::{Ask, Reason, Tier};
use super::review::Register;
use super::subject::{Subject, Week};
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::play::Play;
use crate::domain::touchpoint::CustomerId;
use crate::plan::knapsack::{self, Action, Budget, Combined};

/// The most actions for one customer in a week (METHOD §7).
pub const A_CUSTOMER: usize = 2;
/// What the second of two actions for a customer counts for, in hundredths (METHOD §7).
pub const SECOND_PERCENT: i64 = 50;

/// One action of the plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned<'a> {
    /// The place of the customer among the subjects.
    pub subject: usize,
    /// Why.
    pub reason: Reason,
    /// What; `None` for a task that is no contact.
    pub play: Option<&'a Play>,
    /// The mean gain in warmth over thirty days.
    pub gain: f64,
    /// What the plan was made by.
    pub value: i64,
    /// Minutes.
    pub minutes: u32,
    /// Money.
    pub cost: Cents,
    /// By when.
    pub due: Moment,
}

/// The plan of a week.
#[derive(Debug, Clone)]
pub struct WeekPlan<'a> {
    /// What to do, the most pressing first.
    pub actions: Vec<Planned<'a>>,
    /// What is owed and does not fit in the minutes and the money.
    pub unfit: Vec<Planned<'a>>,
    /// How many people there is something to do for, and nothing is: the minutes and the money are too few.
    pub waiting: usize,
    /// Minutes and money that were left for it, after what stands already and what was done this week.
    pub room: Budget,
    /// Minutes of the actions.
    pub minutes: u32,
    /// Money of the actions.
    pub cost: Cents,
    /// The sum of what the plan is worth, with the second action of a customer for half, in hundredths.
    pub value: i64,
    /// Whether it is known to be the best there is.
    pub proven: bool,
}

/// The best week for these people. What stands in the register takes its part of the budget first; who
/// has an open nudge or had an action this week gets nothing more but what is owed.
pub fn plan<'a>(
    subjects: &[Subject<'_>],
    considered: &[Considered<'a>],
    register: &Register<'_>,
    plays: &[Play],
    (week, now): (&Week, Moment),
    room: Budget,
) -> WeekPlan<'a> {
    let lists = lists(subjects, considered, register, plays, (week, now));
    let steps = steps(considered, &lists);
    // The ways to combine what can be done for somebody are made when they are asked for: those of everybody at
    // once are more than everything else together.
    let options = |at: usize| -> Vec<Combined> {
        let (of, list) = (&considered[at], &lists[at]);
        let actions: Vec<Action> = list.iter().map(|&index| action(of, index, &steps)).collect();
        let most = A_CUSTOMER.saturating_sub(register.load(subjects[at].id(), week)).max(1);
        knapsack::combine(&actions, most, SECOND_PERCENT, |i, j| together(of, list[i], list[j]))
    };
    let whose: Vec<usize> = (0..lists.len()).filter(|&at| !lists[at].is_empty()).collect();
    let choices = |group: usize| options(whose[group]).iter().map(|option| option.choice).collect();
    let solution = knapsack::solve_made(whose.len(), choices, room);
    let mut made = WeekPlan {
        actions: Vec::new(),
        unfit: Vec::new(),
        waiting: 0,
        room,
        minutes: 0,
        cost: Cents(0),
        value: 0,
        proven: solution.proven,
    };
    for (at, taken) in whose.iter().zip(&solution.taken) {
        let of = &considered[*at];
        let chosen: Vec<usize> = taken
            .map(|index| options(*at)[index])
            .into_iter()
            .flat_map(|option| [Some(option.first), option.second])
            .flatten()
            .map(|i| lists[*at][i])
            .collect();
        let mut values: Vec<i64> = chosen.iter().map(|&index| of.candidates[index].value).collect();
        values.sort_unstable_by(|a, b| b.cmp(a));
        made.value += values.iter().enumerate().map(|(nth, value)| value * if nth == 0 { 100 } else { SECOND_PERCENT }).sum::<i64>();
        made.actions.extend(chosen.iter().map(|&index| planned(*at, of, &of.candidates[index], week, now)));
        let owed = left_over(*at, of, &lists[*at], &chosen, week, now);
        // Who has something this week does not wait for more.
        made.waiting += usize::from(chosen.is_empty() && owed.is_empty() && register.load(subjects[*at].id(), week) == 0);
        made.unfit.extend(owed);
    }
    made.minutes = made.actions.iter().fold(0, |together, action| together.saturating_add(action.minutes));
    made.cost = made.actions.iter().map(|action| action.cost).sum();
    let order = |action: &Planned<'_>| {
        (std::cmp::Reverse(action.reason.tier), action.due, std::cmp::Reverse(action.value), subjects[action.subject].id())
    };
    made.actions.sort_by_key(order);
    made.unfit.sort_by_key(order);
    made
}

/// For each customer the candidates that may be taken, by their places.
fn lists(
    subjects: &[Subject<'_>],
    considered: &[Considered<'_>],
    register: &Register<'_>,
    plays: &[Play],
    (week, now): (&Week, Moment),
) -> Vec<Vec<usize>> {
    let of = |(subject, considered): (&Subject<'_>, &Considered<'_>)| {
        let has = register.plays(subject.id(), week);
        let has: Vec<&Play> = plays.iter().filter(|play| has.contains(&play.id.as_str())).collect();
        free(subject.id(), considered, register, &has, (week, now))
    };
    subjects.iter().zip(considered).map(of).collect()
}

/// The candidates of a customer that may be taken: their causes are not standing nor at rest. Who has or
/// had something this week gets nothing more but what is owed and, up to two actions in all, what passes:
/// an occasion, by a play that goes with the other.
fn free(
    customer: CustomerId,
    considered: &Considered<'_>,
    register: &Register<'_>,
    has: &[&Play],
    (week, now): (&Week, Moment),
) -> Vec<usize> {
    let load = register.load(customer, week);
    let beside = |play: &Play| has.iter().all(|own| own.contact.channel != play.contact.channel && compatible(own, play));
    let may = |candidate: &Candidate<'_>| {
        let reason = &considered.reasons[candidate.reason];
        let passes = matches!(reason.ask, Ask::Occasion(_)) && load < A_CUSTOMER && candidate.play.is_some_and(beside);
        (load == 0 || passes || reason.tier > Tier::Ordinary) && register.free(reason, now)
    };
    (0..considered.candidates.len()).filter(|&index| may(&considered.candidates[index])).collect()
}

/// What the value of an action is raised by, for each tier: each step is more than everything below
/// it together.
fn steps(considered: &[Considered<'_>], lists: &[Vec<usize>]) -> HashMap<Tier, i64> {
    let mut step = HashMap::from([(Tier::Ordinary, 0)]);
    let mut below: i64 = 0;
    for tier in [Tier::Ordinary, Tier::Owed, Tier::Wounded, Tier::Late] {
        let raised = if tier == Tier::Ordinary { 0 } else { below.saturating_add(1) };
        step.insert(tier, raised);
        for (of, list) in considered.iter().zip(lists) {
            let best = list.iter().map(|&index| &of.candidates[index]).filter(|candidate| of.reasons[candidate.reason].tier == tier);
            let best = best.map(|candidate| candidate.value.max(0)).max();
            below = below.saturating_add(best.map_or(0, |best| (best + raised).saturating_mul(2)));
        }
    }
    step
}

fn action(of: &Considered<'_>, index: usize, steps: &HashMap<Tier, i64>) -> Action {
    let candidate = &of.candidates[index];
    let raised = steps.get(&of.reasons[candidate.reason].tier).copied().unwrap_or_default();
    let cents = u32::try_from(candidate.cost().0.max(0)).unwrap_or(u32::MAX);
    Action { value: candidate.value.max(0).saturating_add(raised), minutes: candidate.minutes(), cents }
}

fn planned<'a>(subject: usize, of: &Considered<'a>, candidate: &Candidate<'a>, week: &Week, now: Moment) -> Planned<'a> {
    let reason = of.reasons[candidate.reason].clone();
    Planned {
        subject,
        due: reason.due_with(candidate.play, week, now),
        reason,
        play: candidate.play,
        gain: candidate.gain,
        value: candidate.value,
        minutes: candidate.minutes(),
        cost: candidate.cost(),
    }
}

/// What is owed to a customer and was not taken: for each such reason the quickest way.
fn left_over<'a>(at: usize, of: &Considered<'a>, list: &[usize], chosen: &[usize], week: &Week, now: Moment) -> Vec<Planned<'a>> {
    let taken = |reason: usize| chosen.iter().any(|&index| of.candidates[index].reason == reason);
    let owed = of.reasons.iter().enumerate().filter(|(place, reason)| reason.tier > Tier::Ordinary && !taken(*place));
    owed.filter_map(|(place, _)| {
        let ways = list.iter().map(|&index| &of.candidates[index]).filter(|candidate| candidate.reason == place);
        ways.min_by_key(|way| (way.minutes(), way.cost())).map(|way| planned(at, of, way, week, now))
    })
    .collect()
}
