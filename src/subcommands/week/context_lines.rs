//! Actions and nudges as lines of a page.

use super::desk::Desk;
use crate::domain::calendar::Moment;
use crate::domain::nudge::Nudge;
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::plan::week::{Considered, Planned, Subject};
use crate::render::pages::actions::ActionLine;
use crate::subcommands::context::Context;
use crate::text;

/// An action of a plan.
pub fn action_line(context: &Context, desk: &Desk, subjects: &[Subject<'_>], action: &Planned<'_>) -> ActionLine {
    let customer = subjects[action.subject].person.customer;
    let (title, how) = action.play.map_or_else(|| task(&action.reason.cause.rule), |play| (play.title.clone(), play.action.clone()));
    ActionLine {
        nudge: None,
        id: customer.id.0,
        customer: customer.name.clone(),
        play: action.play.map(|play| play.id.clone()),
        action: title,
        how,
        because: action.reason.because.clone(),
        place: action.reason.cause.place.clone(),
        rule: action.reason.cause.rule.clone(),
        minutes: action.minutes,
        cost: action.cost,
        gain: action.play.map(|_| action.gain),
        value: Some(action.value),
        due: context.local(action.due),
        overdue: action.due < desk.now,
        owed: action.reason.tier > crate::plan::week::Tier::Ordinary,
    }
}

/// A nudge that stands, with what it would gain today.
pub fn nudge_line(context: &Context, desk: &Desk, subjects: &[Subject<'_>], considered: &[Considered<'_>], nudge: &Nudge) -> ActionLine {
    let at = subjects.binary_search_by_key(&nudge.cause.customer, Subject::id).ok();
    let reason = at.and_then(|at| considered[at].reasons.iter().find(|reason| reason.cause == nudge.cause));
    let today = at.and_then(|at| {
        let of = &considered[at];
        let same = |reason: usize| of.reasons[reason].cause == nudge.cause;
        of.candidates
            .iter()
            .find(|candidate| same(candidate.reason) && candidate.play.map(|play| play.id.as_str()) == nudge.play.as_deref())
    });
    // What is new has its own sentence, made just now; the reasons of who never had a nudge keep none.
    let told = reason.map(|reason| &reason.because).filter(|because| !because.is_empty());
    let because = told.unwrap_or(&nudge.because).clone();
    ActionLine {
        // As it is now: the days and the warmth of when it was brought up are not today's.
        because,
        gain: today.filter(|candidate| candidate.play.is_some()).map(|candidate| candidate.gain),
        value: today.map(|candidate| candidate.value),
        ..kept_line(context, desk.play(nudge.play.as_deref()), desk.name(nudge.cause.customer), nudge, desk.now)
    }
}

/// A nudge as it was kept, whether it stands or not; `play` is what its play is today.
pub fn kept_line(context: &Context, play: Option<&Play>, customer: String, nudge: &Nudge, now: Moment) -> ActionLine {
    let (title, how) = asked(play, nudge);
    ActionLine {
        nudge: Some(nudge.id),
        id: nudge.cause.customer.0,
        customer,
        play: nudge.play.clone(),
        action: title,
        how,
        because: nudge.because.clone(),
        place: nudge.cause.place.clone(),
        rule: nudge.cause.rule.clone(),
        minutes: nudge.minutes,
        cost: nudge.cost,
        gain: None,
        value: None,
        due: context.local(nudge.due),
        overdue: nudge.due < now,
        owed: nudge.owed,
    }
}

/// What a nudge asks for, in a few words and in a sentence: by its play, by the id of one that has left the
/// playbook, or as a task that is no contact.
pub fn asked(play: Option<&Play>, nudge: &Nudge) -> (Text, Text) {
    match (play, &nudge.play) {
        (Some(play), _) => (play.title.clone(), play.action.clone()),
        (None, Some(id)) => (Text::same(id.clone()), Text::default()),
        (None, None) => task(&nudge.cause.rule),
    }
}

/// What a task that is no contact asks for.
pub fn task(rule: &str) -> (Text, Text) {
    if rule == RuleId::R6.id() {
        return (
            text!("Find the cause", "De oorzaak zoeken"),
            text!(
                "Find out why this went wrong again, decide what will be different, and write it down with `attent done`.",
                "Zoek uit waarom dit weer misging, bepaal wat er anders wordt, en schrijf dat op met `attent done`."
            ),
        );
    }
    (Text::same(rule), Text::default())
}
