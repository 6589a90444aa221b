//! Everybody the rules look at: customers with where they stand, what went wrong, what they were given,
//! and what is coming for them.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use super::context::Context;
use super::gather::{Board, Failures, board};
use super::look_up::names;
use super::occasions;
use super::received::Received;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::{Customer, GiftPolicy};
use crate::domain::incident::Failure;
use crate::domain::occasion::Occasion;
use crate::domain::referral::Referral;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::people::pressure;
use crate::measure::scoreboard::{ScoredCell, score_cells, score_relationship};
use crate::plan::gifts::policy_of;
use crate::plan::occasions::AHEAD_DAYS;
use crate::plan::person::Person;
use crate::plan::rules::{UNDECIDED_DAYS, WARM};

/// Good moments are looked up so many days back.
const GOOD_MOMENT_DAYS: f64 = 30.0;

/// One customer as the pass over the standings left them.
#[derive(Debug)]
pub struct Seen {
    /// The place of their journey.
    pub course: usize,
    /// Where they stand.
    pub standing: Standing,
    /// What went wrong.
    pub failures: Vec<Failure>,
    /// Their cells, scored.
    pub cells: Vec<ScoredCell>,
    /// Contact pressure at now.
    pub pressure: f64,
    /// W of the relationship.
    pub warmth: f64,
}

impl Seen {
    /// Scores a customer.
    pub fn of(at: usize, standing: &Standing, failures: &[Failure], course: &Course, now: Moment) -> Self {
        Self {
            course: at,
            standing: standing.clone(),
            failures: failures.to_vec(),
            cells: score_cells(standing, failures, course, now).collect(),
            pressure: pressure(standing, course, now),
            warmth: score_relationship(standing, failures, course, now).2.score,
        }
    }
}

/// Everybody of one journey or of all.
#[derive(Debug)]
pub struct Crowd {
    /// The scoreboards of the journeys that were asked for, by the place of the journey.
    pub boards: Vec<(usize, Board)>,
    /// Every customer of the workspace.
    pub customers: HashMap<CustomerId, Customer>,
    /// Who has been seen on those journeys.
    pub seen: HashMap<CustomerId, Seen>,
    known: Known,
}

impl Crowd {
    /// Reads everybody of one journey, or of all.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn read(context: &Context, ledger: &Ledger, only: Option<usize>, now: Moment) -> Result<Self> {
        let mut seen = HashMap::new();
        let mut boards = Vec::new();
        for at in (0..ledger.courses().len()).filter(|at| only.is_none_or(|only| only == *at)) {
            let course = &ledger.courses()[at];
            let board = board(ledger, at, now, |id, standing, failures| {
                seen.insert(id, Seen::of(at, standing, failures, course, now));
                Ok(())
            })?;
            boards.push((at, board));
        }
        let mut customers = names(ledger)?;
        customers.values_mut().for_each(|customer| with_policy(context, customer));
        if only.is_none() {
            strangers(ledger, &customers, &mut seen, now);
        }
        let known = Known::read(context, ledger, &customers, &seen, now)?;
        Ok(Self { boards, customers, seen, known })
    }

    /// Reads one customer, without reading the others.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn of_one(context: &Context, ledger: &Ledger, id: CustomerId, now: Moment) -> Result<Self> {
        let mut customers: HashMap<_, _> = ledger.customer(id)?.map(|customer| (id, customer)).into_iter().collect();
        customers.values_mut().for_each(|customer| with_policy(context, customer));
        let stands = ledger.standing(id, now)?;
        let course = &ledger.courses()[stands.course];
        let failures = Failures::read(ledger, now)?.of(id, &stands.standing, course);
        let seen = HashMap::from([(id, Seen::of(stands.course, &stands.standing, &failures, course, now))]);
        let known = Known::read(context, ledger, &customers, &seen, now)?;
        Ok(Self { boards: Vec::new(), customers, seen, known })
    }

    /// One customer as the rules see them; `None` for who has not been seen.
    pub fn person(&self, id: CustomerId) -> Option<Person<'_>> {
        let (seen, known) = (self.seen.get(&id)?, &self.known);
        Some(Person {
            customer: self.customers.get(&id)?,
            standing: &seen.standing,
            failures: &seen.failures,
            warmth: seen.warmth,
            pressure: seen.pressure,
            gifts: known.received.of(id),
            tags: known.tags.get(&id).map(Vec::as_slice).unwrap_or_default(),
            noted: known.noted.contains(&id),
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
    pub fn people(&self) -> Vec<(Person<'_>, &Seen)> {
        let mut people: Vec<_> = self.seen.iter().filter_map(|(id, seen)| Some((self.person(*id)?, seen))).collect();
        people.sort_by_key(|(person, _)| person.customer.id);
        people
    }
}

/// The latest good moment of who is warm enough (METHOD §3.2) to be asked for a referral and had contact lately; the
/// log of nobody else is read.
fn good_moments(ledger: &Ledger, seen: &HashMap<CustomerId, Seen>, now: Moment) -> Result<HashMap<CustomerId, Moment>> {
    let from = now.minus_days(GOOD_MOMENT_DAYS);
    let lately = |seen: &Seen| seen.standing.latest.is_some_and(|(at, _)| at > from);
    let warm = seen.iter().filter(|(_, seen)| seen.warmth >= WARM && lately(seen)).map(|(id, _)| *id);
    ledger.good_moments(warm, from, now)
}

/// Customers of whom nothing is on the log have birthdays, and send others: they are among the people too.
fn strangers(ledger: &Ledger, customers: &HashMap<CustomerId, Customer>, seen: &mut HashMap<CustomerId, Seen>, now: Moment) {
    for (&id, customer) in customers {
        seen.entry(id).or_insert_with(|| {
            let at = ledger.course_of(customer.journey.as_deref());
            let course = &ledger.courses()[at];
            Seen::of(at, &Standing::new(course.journey.stages.len()), &[], course, now)
        });
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
    noted: HashSet<CustomerId>,
    occasions: HashMap<CustomerId, Vec<Occasion>>,
    positive: HashMap<CustomerId, Moment>,
    referrals: HashMap<CustomerId, Vec<Referral>>,
}

impl Known {
    fn read(
        context: &Context,
        ledger: &Ledger,
        customers: &HashMap<CustomerId, Customer>,
        seen: &HashMap<CustomerId, Seen>,
        now: Moment,
    ) -> Result<Self> {
        let year = now.minus_days(365.0);
        let only = customers.keys().next().copied().filter(|_| customers.len() == 1);
        let mut noted = HashSet::new();
        // Only who accepts gifts may be given one, and they are few.
        for customer in customers.values().filter(|customer| matches!(customer.gifts, GiftPolicy::UpTo(_))) {
            if !customer.notes.is_empty() || ledger.has_note(customer.id, now)? {
                noted.insert(customer.id);
            }
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
