//! Which plays answer which reasons, and what stops the others.

use super::reasons::{Ask, FIX_MINUTES, Reason, Tier, reasons};
use super::subject::{Subject, Week};
use super::value::{Outlook, sureness, value};
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::play::{EXPLANATION, Play, STATUS_UPDATE};
use crate::domain::rule::RuleId;
use crate::domain::words::Channel;
use crate::plan::rules::{Case, veto};

/// A play for a reason that no rule stops.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate<'a> {
    /// The place of its reason among those of the customer.
    pub reason: usize,
    /// The play; `None` for a task that is no contact.
    pub play: Option<&'a Play>,
    /// ΔW₃₀: the mean gain in the relationship's warmth over the next thirty days.
    pub gain: f64,
    /// round(ΔW₃₀ · importance · evidence).
    pub value: i64,
}

impl Candidate<'_> {
    /// Minutes it takes.
    pub fn minutes(&self) -> u32 {
        self.play.map_or(FIX_MINUTES, |play| play.minutes)
    }

    /// What it costs.
    pub fn cost(&self) -> Cents {
        self.play.map_or(Cents(0), |play| play.cost)
    }

    fn channel(&self) -> Option<Channel> {
        self.play.map(|play| play.contact.channel)
    }
}

/// Why a play that answers a reason is no candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// A rule stops it.
    Rule(RuleId),
    /// It would change the relationship by less than half a point.
    NoGain,
    /// The play of this place does as much or more through the same channel, in no more time and money.
    Outdone(usize),
}

/// One customer with what there is to do for them.
#[derive(Debug, Clone)]
pub struct Considered<'a> {
    /// Why something might be done.
    pub reasons: Vec<Reason>,
    /// What might be done, by reason, then in the order of the playbook.
    pub candidates: Vec<Candidate<'a>>,
    /// What was looked at and is not done: the reason, the place of the play, and why not.
    pub against: Vec<(usize, usize, Against)>,
}

/// Looks at every play for every reason of a customer.
pub fn consider<'a>(subject: &Subject<'_>, plays: &'a [Play], week: &Week, now: Moment, off: &[RuleId]) -> Considered<'a> {
    let reasons = reasons(subject, week, now, plays, off);
    let mut considered = Considered { reasons: Vec::new(), candidates: Vec::new(), against: Vec::new() };
    if reasons.is_empty() {
        return considered;
    }
    let stage =
        subject.person.relationship.current.and_then(|place| subject.course.journey.stages.get(place)).map(|stage| stage.id.as_str());
    let mut outlook = Lookahead::default();
    for (at, reason) in reasons.iter().enumerate() {
        if reason.ask == Ask::FixCause {
            considered.candidates.push(Candidate { reason: at, play: None, gain: 0.0, value: 0 });
        }
        let begin = considered.candidates.len();
        for (place, play) in plays.iter().enumerate().filter(|(_, play)| reason.answered_by(play, stage)) {
            let case = Case { person: &subject.person, play, now: reason.judged_at(now), model: &subject.course.model, present: None, off };
            if let Some(rule) = veto(&case) {
                considered.against.push((at, place, Against::Rule(rule.id)));
                continue;
            }
            let gain = outlook.gain(subject, play, reason.ask == Ask::Recovery, now);
            let value = value(gain, subject.importance, sureness(play));
            if value <= 0 && reason.tier == Tier::Ordinary {
                considered.against.push((at, place, Against::NoGain));
            } else {
                considered.candidates.push(Candidate { reason: at, play: Some(play), gain, value });
            }
        }
        outdone(&mut considered, begin, &reasons, plays, subject);
    }
    considered.reasons = reasons;
    considered
}

/// The gains of one customer, looked at when the first is asked for: plays that become the same contact gain the same.
#[derive(Default)]
struct Lookahead {
    outlook: Option<Outlook>,
    gains: Vec<(Contact, f64)>,
}

/// What the gain of a contact depends on: its five words, its sentiment, and whether it recovers.
type Contact = ([u8; 5], u64, bool);

impl Lookahead {
    fn gain(&mut self, subject: &Subject<'_>, play: &Play, recovers: bool, now: Moment) -> f64 {
        let c = &play.contact;
        let words = [c.channel.code(), c.direction.code(), c.sender.code(), c.personal.code(), c.kind.code()];
        let key = (words, c.sentiment.to_bits(), recovers);
        if let Some(&(_, gain)) = self.gains.iter().find(|(known, _)| *known == key) {
            return gain;
        }
        let outlook = self.outlook.get_or_insert_with(|| Outlook::new(&subject.person, subject.course, now));
        let gain = outlook.gain(c, recovers, subject.course, now);
        self.gains.push((key, gain));
        gain
    }
}

/// Points of value within which one recovery does about as much as another **[J]**.
const ABOUT_AS_MUCH: i64 = 2;

/// Of the candidates from `begin` on, all for one reason, leaves only those that no other outdoes
/// through the same channel. Of equals the one stays that this customer had longest ago.
fn outdone(considered: &mut Considered<'_>, begin: usize, reasons: &[Reason], plays: &[Play], subject: &Subject<'_>) {
    let place = |play: Option<&Play>| play.and_then(|play| plays.iter().position(|other| other.id == play.id)).unwrap_or_default();
    let had = |play: Option<&Play>| subject.had.iter().filter(|(id, _)| play.is_some_and(|play| play.id == *id)).map(|&(_, at)| at).max();
    let group = considered.candidates.split_off(begin);
    let hurt = group.first().is_some_and(|first| reasons[first.reason].tier >= Tier::Wounded);
    let beats = |a: &Candidate<'_>, b: &Candidate<'_>| {
        // Who is hurt is answered by the quicker of two ways that do about as much.
        if hurt && a.value + ABOUT_AS_MUCH >= b.value && a.minutes() < b.minutes() && a.cost() <= b.cost() {
            return true;
        }
        let no_worse = a.value >= b.value && a.minutes() <= b.minutes() && a.cost() <= b.cost() && a.channel() == b.channel();
        let same = a.value == b.value && a.minutes() == b.minutes() && a.cost() == b.cost();
        no_worse && (!same || (had(a.play), place(a.play)) < (had(b.play), place(b.play)))
    };
    for candidate in &group {
        match group.iter().find(|other| beats(other, candidate)) {
            Some(better) => considered.against.push((candidate.reason, place(candidate.play), Against::Outdone(place(better.play)))),
            None => considered.candidates.push(candidate.clone()),
        }
    }
}

/// Whether two candidates of one customer may be done in the same week: for different reasons, and by plays
/// that go together; through the same channel only when one is owed.
pub fn together(considered: &Considered<'_>, a: usize, b: usize) -> bool {
    let (a, b) = (&considered.candidates[a], &considered.candidates[b]);
    let owed = |candidate: &Candidate<'_>| considered.reasons[candidate.reason].tier > Tier::Ordinary;
    let (Some(one), Some(other)) = (a.play, b.play) else { return a.reason != b.reason };
    a.reason != b.reason && (one.contact.channel != other.contact.channel || owed(a) || owed(b)) && compatible(one, other)
}

/// Whether two plays go together in a week: not the same, not two gifts, no gift beside asking for a referral
/// (G4), and an explanation or a status update, not both (R4).
pub fn compatible(one: &Play, other: &Play) -> bool {
    let both = |first: &dyn Fn(&Play) -> bool, second: &dyn Fn(&Play) -> bool| first(one) && second(other) || first(other) && second(one);
    one.id != other.id
        && !both(&Play::is_gift, &Play::asks_for_referral)
        && !both(&Play::is_gift, &Play::is_gift)
        && !both(&|play| play.carries(EXPLANATION), &|play| play.carries(STATUS_UPDATE))
}
