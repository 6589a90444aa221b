//! The week of a small street: why somebody, what, and what is chosen.

mod candidates;
mod choose;
mod reasons;
mod review;

use chrono::NaiveDate;

use super::*;
use crate::domain::calendar::{DAY_MS, Moment};
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::finding::FindingKind;
use crate::domain::incident::{Failure, Incident};
use crate::domain::journey::{Journey, Stage};
use crate::domain::model::Model;
use crate::domain::money::Cents;
use crate::domain::nudge::{Cause, Nudge, NudgeState};
use crate::domain::occasion::Occasion;
use crate::domain::play::{Grade, Play, PlayContact, Theme};
use crate::domain::referral::Referral;
use crate::domain::standing::Relationship;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender, Severity};
use crate::plan::person::Person;

/// A Wednesday, in days; its week began two days before.
const NOW: f64 = 1000.0;

fn day(day: f64) -> Moment {
    Moment((day * DAY_MS as f64).round() as i64)
}

fn week() -> Week {
    Week { from: day(NOW - 2.0), until: day(NOW + 5.0), monday: NaiveDate::default() }
}

/// A card against a cold relationship: ten minutes, €2.50.
fn play(id: &str) -> Play {
    let contact = PlayContact {
        channel: Channel::Card,
        direction: Direction::Out,
        sender: Sender::Human,
        personal: Personal::Personal,
        kind: Kind::Relational,
        sentiment: 0.0,
    };
    Play {
        id: id.into(),
        title: Text::same(id),
        action: Text::default(),
        theme: Theme::Card,
        answers: vec![FindingKind::Cold],
        stages: Vec::new(),
        not_for: Text::default(),
        minutes: 10,
        cost: Cents(250),
        lead_time: 0.0,
        contact,
        tags: Vec::new(),
        checklist: Vec::new(),
        grade: Grade::Judgement,
        evidence: Text::default(),
        source: String::new(),
        occasion: None,
        after_recovery: false,
    }
}

/// A recovery by telephone: twenty minutes, for nothing.
fn sorry(id: &str) -> Play {
    let mut play = Play { theme: Theme::Recovery, answers: vec![FindingKind::Wounded], minutes: 20, cost: Cents(0), ..play(id) };
    play.contact = PlayContact { channel: Channel::Phone, direction: Direction::Both, kind: Kind::Service, ..play.contact };
    play
}

/// One customer in a journey of one stage, met long ago and silent since.
struct Life {
    customer: Customer,
    relationship: Relationship,
    course: Course,
    incidents: Vec<Incident>,
    failures: Vec<Failure>,
    occasions: Vec<Occasion>,
    referrals: Vec<Referral>,
    positive: Option<Moment>,
    had: Vec<(String, Moment)>,
}

fn life(id: i64) -> Life {
    let stage = Stage { id: "use".into(), title: "Use".into(), ..Stage::default() };
    let journey = Journey { id: "customer".into(), title: "Customer".into(), stages: vec![stage] };
    let customer = Customer { id: CustomerId(id), since: Some(day(500.0)), ..Customer::named(format!("Customer {id}")) };
    Life {
        customer,
        relationship: Relationship { current: Some(0), met: Some(day(500.0)), ..Relationship::default() },
        course: Course::new(journey, &Model::default()),
        incidents: Vec::new(),
        failures: Vec::new(),
        occasions: Vec::new(),
        referrals: Vec::new(),
        positive: None,
        had: Vec::new(),
    }
}

impl Life {
    fn subject(&self) -> Subject<'_> {
        let person = Person {
            customer: &self.customer,
            relationship: &self.relationship,
            failures: &self.failures,
            warmth: 20.0,
            pressure: 0.0,
            gifts: None,
            tags: &[],
            noted: Some(false),
            occasions: &self.occasions,
            positive: self.positive,
            referrals: &self.referrals,
            plans: &[],
        };
        Subject { person, course: &self.course, here: None, concerns: &[], incidents: &self.incidents, importance: 1.0, had: &self.had }
    }

    /// Something went wrong on a day, was answered and made good on others.
    fn hurt(mut self, opened: f64, acknowledged: Option<f64>, resolved: Option<f64>, kind: &str) -> Self {
        let id = self.incidents.len() as i64 + 1;
        let (acknowledged, resolved) = (acknowledged.map(day), resolved.map(day));
        let incident = Incident::new(self.customer.id, "wrong parcel", day(opened));
        self.incidents.push(Incident { id, kind: kind.into(), acknowledged, resolved, ..incident });
        self.failures.push(Failure {
            stage: None,
            here: 0,
            word: Severity::Minor,
            severity: 0.5,
            opened: day(opened),
            acknowledged,
            acknowledge_by: day(opened + 1.0),
            resolve_by: day(opened + 3.0),
            loss: None,
            resolved: resolved.map(|at| (at, 0.5)),
        });
        self
    }
}

/// A reason of a rule with candidates that are worth and take so much.
fn considered<'a>(subject: i64, rule: &str, tier: Tier, plays: &'a [Play], values: &[i64]) -> Considered<'a> {
    let cause = Cause { customer: CustomerId(subject), place: format!("stage:{rule}"), rule: rule.into() };
    let ask = Ask::Finding(FindingKind::Cold);
    let candidates = plays.iter().zip(values).map(|(play, &value)| Candidate { reason: 0, play: Some(play), gain: 1.0, value });
    Considered {
        reasons: vec![Reason { cause, ask, because: Text::default(), due: None, tier, past: false }],
        candidates: candidates.collect(),
        against: Vec::new(),
    }
}

/// A nudge of a customer in a state, ended so many days from now.
fn nudge(id: i64, customer: i64, rule: &str, state: NudgeState, ended: f64) -> Nudge {
    Nudge {
        id,
        cause: Cause { customer: CustomerId(customer), place: format!("stage:{rule}"), rule: rule.into() },
        play: Some("card".into()),
        because: Text::default(),
        minutes: 30,
        cost: Cents(1000),
        owed: false,
        opened: day(NOW - 200.0),
        due: week().end(),
        state,
        snoozed: None,
        ended: (state != NudgeState::Open).then(|| day(NOW + ended)),
        why: String::new(),
        touchpoint: None,
        told: None,
    }
}
