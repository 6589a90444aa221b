//! Everybody the rules look at: customers with where they stand, what went wrong, what they were given,
//! and what is coming for them.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::Result;

use super::context::Context;
use super::gather::{Board, Failures, Lookout, Sight, board};
use super::look_up::names;
use super::occasions;
use super::received::Received;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::{Customer, GiftPolicy};
use crate::domain::incident::Failure;
use crate::domain::occasion::Occasion;
use crate::domain::referral::Referral;
use crate::domain::standing::{Relationship, Standing};
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::people::{Concern, pressure};
use crate::measure::scoreboard::{CellScore, score_relationship};
use crate::plan::gifts::policy_of;
use crate::plan::occasions::AHEAD_DAYS;
use crate::plan::person::Person;
use crate::plan::rules::{UNDECIDED_DAYS, WARM};

/// Good moments are looked up so many days back.
const GOOD_MOMENT_DAYS: f64 = 30.0;

/// One customer as the pass over the standings left them: what the rules and the plan ask of them and no more,
/// for everybody is kept at once.
#[derive(Debug)]
pub struct Seen {
    /// Who.
    pub customer: CustomerId,
    /// The place of their journey.
    pub course: usize,
    /// What there was between them and the firm.
    pub relationship: Relationship,
    /// What went wrong.
    pub failures: Box<[Failure]>,
    /// The cells that were asked for, scored.
    pub cells: Box<[CellScore]>,
    /// What is found about them, by the place of the stage.
    pub concerns: Box<[(usize, Concern)]>,
    /// Contact pressure at now.
    pub pressure: f64,
    /// W of the relationship.
    pub warmth: f64,
}

impl Seen {
    /// Keeps of a customer what is asked for.
    fn of(at: usize, sight: Sight<'_>, which: Which, course: &Course, now: Moment) -> Self {
        let Sight { customer, standing, failures, cells, concerns } = sight;
        Self {
            customer,
            course: at,
            relationship: standing.into(),
            failures: failures.into(),
            cells: cells.iter().filter(|cell| which == Which::All || cell.current).map(CellScore::from).collect(),
            concerns: concerns.into(),
            pressure: pressure(standing, course, now),
            warmth: score_relationship(standing, failures, course, now).2.score,
        }
    }

    /// The cell of a stage, if it was asked for.
    pub fn cell(&self, stage: usize) -> Option<&CellScore> {
        self.cells.iter().find(|cell| cell.stage == stage)
    }

    /// What is found about them in a stage, if anything is.
    pub fn concern(&self, stage: usize) -> Option<&Concern> {
        self.concerns.iter().find(|(at, _)| *at == stage).map(|(_, concern)| concern)
    }
}

/// Which cells of everybody are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those of the stages people are in now, by which a week is planned.
    Current,
    /// All of them, by which a stage is advised.
    All,
}

/// Everybody of one journey or of all.
#[derive(Debug)]
pub struct Crowd {
    /// The scoreboards of the journeys that were asked for, by the place of the journey.
    pub boards: Vec<(usize, Board)>,
    /// Every customer of the workspace.
    pub customers: BTreeMap<CustomerId, Customer>,
    /// Who has been seen on those journeys, by number.
    pub seen: Vec<Seen>,
    known: Known,
}

impl Crowd {
    /// Reads everybody of all journeys, with the cells of where they are now.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn read(context: &Context, ledger: &Ledger, now: Moment) -> Result<Self> {
        let (mut boards, mut seen) = (Vec::new(), Vec::new());
        for at in 0..ledger.courses().len() {
            boards.push((at, look(ledger, at, Which::Current, now, &mut seen)?));
        }
        let customers = everybody(context, ledger)?;
        strangers(ledger, &customers, &mut seen, now);
        Self::of(context, ledger, boards, customers, seen, now)
    }

    /// Reads everybody of one journey, with all their cells.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn on(context: &Context, ledger: &Ledger, at: usize, now: Moment) -> Result<Self> {
        let mut seen = Vec::new();
        let boards = vec![(at, look(ledger, at, Which::All, now, &mut seen)?)];
        Self::of(context, ledger, boards, everybody(context, ledger)?, seen, now)
    }

    /// Reads one customer, without reading the others.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn of_one(context: &Context, ledger: &Ledger, id: CustomerId, now: Moment) -> Result<Self> {
        let mut customers: BTreeMap<_, _> = ledger.customer(id)?.map(|customer| (id, customer)).into_iter().collect();
        customers.values_mut().for_each(|customer| with_policy(context, customer));
        let stands = ledger.standing(id, now)?;
        let course = &ledger.courses()[stands.course];
        let failures = Failures::read(ledger, now)?.of(id, &stands.standing, course);
        let mut lookout = Lookout::default();
        let sight = lookout.at(id, &stands.standing, &failures, course, now);
        let seen = vec![Seen::of(stands.course, sight, Which::Current, course, now)];
        Self::of(context, ledger, Vec::new(), customers, seen, now)
    }

    fn of(
        context: &Context,
        ledger: &Ledger,
        boards: Vec<(usize, Board)>,
        customers: BTreeMap<CustomerId, Customer>,
        mut seen: Vec<Seen>,
        now: Moment,
    ) -> Result<Self> {
        seen.sort_by_key(|seen| seen.customer);
        let known = Known::read(context, ledger, &customers, &seen, now)?;
        Ok(Self { boards, customers, seen, known })
    }

    /// What was seen of one customer.
    pub fn seen(&self, id: CustomerId) -> Option<&Seen> {
        self.seen.binary_search_by_key(&id, |seen| seen.customer).ok().map(|at| &self.seen[at])
    }

    /// One customer as the rules see them; `None` for who has not been seen.
    pub fn person(&self, id: CustomerId) -> Option<Person<'_>> {
        self.as_person(self.seen(id)?)
    }

    fn as_person<'a>(&'a self, seen: &'a Seen) -> Option<Person<'a>> {
        let (id, known) = (seen.customer, &self.known);
        Some(Person {
            customer: self.customers.get(&id)?,
            relationship: &seen.relationship,
            failures: &seen.failures,
            warmth: seen.warmth,
            pressure: seen.pressure,
            gifts: known.received.of(id),
            tags: known.tags.get(&id).map(Vec::as_slice).unwrap_or_default(),
            noted: known.noted.get(&id).copied(),
            occasions: known.occasions.get(&id).map(Vec::as_slice).unwrap_or_default(),
            positive: known.positive.get(&id).copied(),
            referrals: known.referrals.get(&id).map(Vec::as_slice).unwrap_or_default(),
            plans: known.received.planned(id),
        })
    }

    /// What everybody received and will receive.
    pub fn received(&self) -> &Received {
        &self.known.received
    }

    /// Everybody who has been seen, by number.
    pub fn people(&self) -> impl Iterator<Item = (Person<'_>, &Seen)> {
        self.seen.iter().filter_map(|seen| Some((self.as_person(seen)?, seen)))
    }
}

/// Scores a journey and keeps who is on it.
fn look(ledger: &Ledger, at: usize, which: Which, now: Moment, seen: &mut Vec<Seen>) -> Result<Board> {
    let course = &ledger.courses()[at];
    board(ledger, at, now, |sight| {
        seen.push(Seen::of(at, sight, which, course, now));
        Ok(())
    })
}

/// Every customer, with what they may be given as it holds.
fn everybody(context: &Context, ledger: &Ledger) -> Result<BTreeMap<CustomerId, Customer>> {
    let mut customers = names(ledger)?;
    customers.values_mut().for_each(|customer| with_policy(context, customer));
    Ok(customers)
}

/// The latest good moment of who is warm enough (METHOD §3.2) to be asked for a referral and had contact lately; the
/// log of nobody else is read.
fn good_moments(ledger: &Ledger, seen: &[Seen], now: Moment) -> Result<HashMap<CustomerId, Moment>> {
    let from = now.minus_days(GOOD_MOMENT_DAYS);
    let lately = |seen: &Seen| seen.relationship.latest.is_some_and(|at| at > from);
    let warm = seen.iter().filter(|seen| seen.warmth >= WARM && lately(seen)).map(|seen| seen.customer);
    ledger.good_moments(warm, from, now)
}

/// Customers of whom nothing is on the log have birthdays, and send others: they are among the people too.
fn strangers(ledger: &Ledger, customers: &BTreeMap<CustomerId, Customer>, seen: &mut Vec<Seen>, now: Moment) {
    let known: HashSet<CustomerId> = seen.iter().map(|seen| seen.customer).collect();
    let mut lookout = Lookout::default();
    for (&id, customer) in customers.iter().filter(|(id, _)| !known.contains(id)) {
        let at = ledger.course_of(customer.journey.as_deref());
        let course = &ledger.courses()[at];
        let nowhere = Standing::new(course.journey.stages.len());
        seen.push(Seen::of(at, lookout.at(id, &nowhere, &[], course, now), Which::Current, course, now));
    }
}

/// The rules see what holds for a customer, whoever said it.
fn with_policy(context: &Context, customer: &mut Customer) {
    let policy = policy_of(customer, &context.gift_policies());
    (customer.gifts, customer.gift_terms) = (policy.gifts, policy.terms);
}

/// What the rules need to know beside the standings.
#[derive(Debug, Default)]
struct Known {
    received: Received,
    tags: HashMap<CustomerId, Vec<(Moment, String)>>,
    noted: HashMap<CustomerId, bool>,
    occasions: HashMap<CustomerId, Vec<Occasion>>,
    positive: HashMap<CustomerId, Moment>,
    referrals: HashMap<CustomerId, Vec<Referral>>,
}

impl Known {
    fn read(context: &Context, ledger: &Ledger, customers: &BTreeMap<CustomerId, Customer>, seen: &[Seen], now: Moment) -> Result<Self> {
        let year = now.minus_days(365.0);
        let only = customers.keys().next().copied().filter(|_| customers.len() == 1);
        let mut noted = HashMap::new();
        // Only who accepts gifts may be given one, and they are few; one customer alone is always asked about.
        let asked = |customer: &&Customer| only.is_some() || matches!(customer.gifts, GiftPolicy::UpTo(_));
        for customer in customers.values().filter(asked) {
            noted.insert(customer.id, !customer.notes.is_empty() || ledger.has_note(customer.id, now)?);
        }
        let mut referrals: HashMap<CustomerId, Vec<Referral>> = HashMap::new();
        for referral in ledger.referrals()?.into_iter().filter(|referral| referral.at <= now) {
            referrals.entry(referral.referrer).or_default().push(referral);
        }
        Ok(Self {
            received: Received::read(ledger, customers, now)?,
            tags: ledger.tags(year, now.minus_days(-UNDECIDED_DAYS), only)?,
            noted,
            occasions: occasions::of_customers(context, ledger, customers, now, AHEAD_DAYS)?,
            positive: good_moments(ledger, seen, now)?,
            referrals,
        })
    }
}
