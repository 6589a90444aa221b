//! `attent plan --why`: everything that was considered for one customer, and what stopped it.

use super::desk::Desk;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::plan::knapsack::{Budget, combine, solve};
use crate::plan::rules::rule;
use crate::plan::week::candidates::{Against, together};
use crate::plan::week::choose::{A_CUSTOMER, SECOND_PERCENT};
use crate::plan::week::{Considered, Reason, Register, Subject, Tier, WeekPlan};
use crate::render::format::Answer;
use crate::render::pages::considered::{ConsideredLine, ConsideredPage, Fate};
use crate::subcommands::context::Context;

/// The answer for the customer meant.
pub fn answer(
    context: &Context,
    desk: &Desk,
    subjects: &[Subject<'_>],
    best: &WeekPlan<'_>,
    register: &Register<'_>,
    id: CustomerId,
) -> Answer {
    let at = subjects.iter().position(|subject| subject.id() == id);
    let lines = at.map(|at| lines(desk, register, subjects, &desk.look_at(&subjects[at]), best, at)).unwrap_or_default();
    let page = ConsideredPage { customer: desk.name(id), id: id.0, as_of: context.local(desk.now), lines };
    page.answer()
}

fn lines(
    desk: &Desk,
    register: &Register<'_>,
    subjects: &[Subject<'_>],
    of: &Considered<'_>,
    best: &WeekPlan<'_>,
    at: usize,
) -> Vec<ConsideredLine> {
    let mut lines = Vec::new();
    let wished = wished(of);
    for (place, reason) in of.reasons.iter().enumerate() {
        let line = |play: Option<(&str, &Text)>, fate: Fate| ConsideredLine {
            place: reason.cause.place.clone(),
            rule: reason.cause.rule.clone(),
            because: reason.because.clone(),
            play: play.map(|(id, _)| id.to_owned()),
            action: play.map(|(_, title)| title.clone()).unwrap_or_default(),
            gain: None,
            value: None,
            minutes: None,
            fate,
        };
        let held = held(desk, register, subjects[at].id(), reason);
        let before = lines.len();
        for (index, candidate) in of.candidates.iter().enumerate().filter(|(_, candidate)| candidate.reason == place) {
            let taken = best.actions.iter().any(|action| {
                action.subject == at
                    && action.reason.cause == reason.cause
                    && action.play.map(|play| &play.id) == candidate.play.map(|play| &play.id)
            });
            let fate = match &held {
                _ if taken => Fate::Chosen,
                Some(held) => held.clone(),
                None if wished.contains(&index) => Fate::Budget,
                None => Fate::Another,
            };
            let play = candidate.play.map(|play| (play.id.as_str(), &play.title));
            let minutes = Some(candidate.minutes());
            lines.push(ConsideredLine { gain: Some(candidate.gain), value: Some(candidate.value), minutes, ..line(play, fate) });
        }
        for (_, play, against) in of.against.iter().filter(|(reason, ..)| *reason == place) {
            let play = &desk.plays[*play];
            let fate = match against {
                Against::Rule(rule) => Fate::Rule(rule.id(), rule_reason(*rule)),
                Against::NoGain => Fate::NoGain,
                Against::Outdone(better) => Fate::Outdone(desk.plays[*better].title.clone()),
            };
            lines.push(ConsideredLine { minutes: Some(play.minutes), ..line(Some((&play.id, &play.title)), fate) });
        }
        if lines.len() == before {
            lines.push(line(None, held.unwrap_or(Fate::NoPlay)));
        }
    }
    lines
}

/// What keeps a reason from being brought up at all, if anything does.
fn held(desk: &Desk, register: &Register<'_>, customer: CustomerId, reason: &Reason) -> Option<Fate> {
    if let Some(nudge) = register.open.iter().find(|nudge| nudge.cause == reason.cause) {
        return Some(Fate::Stands(nudge.id));
    }
    if let Some((state, until)) = register.rest(reason, desk.now) {
        return Some(Fate::Rests(state, (until.0 != i64::MAX).then_some(until.day())));
    }
    if reason.past {
        return Some(Fate::Past);
    }
    (reason.tier == Tier::Ordinary && register.load(customer, &desk.week) > 0).then_some(Fate::Busy)
}

/// What would be done for this customer if time and money were no matter.
fn wished(of: &Considered<'_>) -> Vec<usize> {
    let actions: Vec<_> = of
        .candidates
        .iter()
        .map(|candidate| {
            let raised = of.reasons[candidate.reason].tier as i64 * 1_000_000;
            crate::plan::knapsack::Action {
                value: candidate.value.max(0) + raised,
                minutes: candidate.minutes(),
                cents: u32::try_from(candidate.cost().0.max(0)).unwrap_or(u32::MAX),
            }
        })
        .collect();
    let options = combine(&actions, A_CUSTOMER, SECOND_PERCENT, |i, j| together(of, i, j));
    let choices = options.iter().map(|option| option.choice).collect::<Vec<_>>();
    let best = solve(&[choices], Budget { minutes: u32::MAX, cents: u32::MAX }).taken.first().copied().flatten();
    best.map(|index| &options[index]).into_iter().flat_map(|option| [Some(option.first), option.second]).flatten().collect()
}

fn rule_reason(id: RuleId) -> Text {
    rule(id).map(|rule| (rule.reason)()).unwrap_or_default()
}
