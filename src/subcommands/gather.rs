//! From the ledger to a scoreboard: one pass over the standings of a journey.

use std::collections::{HashMap, HashSet};

use anyhow::Result;

use super::lines::clock;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::finding::Finding;
use crate::domain::incident::{Failure, Incident};
use crate::domain::standing::Standing;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::findings::{PERIOD_DAYS, People, Period, StageFacts, findings};
use crate::measure::people::{nobody, observe};
use crate::measure::recovery::failures;
use crate::measure::scoreboard::{Scoreboard, Tally, score_cells, scoreboard};

/// A journey's scoreboard with what was found.
#[derive(Debug)]
pub struct Board {
    /// The scores.
    pub scores: Scoreboard,
    /// What was found, a list for each stage.
    pub findings: Vec<Vec<Finding>>,
}

/// The failures of every customer who had any.
#[derive(Debug, Default)]
pub struct Failures {
    incidents: HashMap<CustomerId, Vec<Incident>>,
}

impl Failures {
    /// Reads them.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn read(ledger: &Ledger, now: Moment) -> Result<Self> {
        let mut incidents = ledger.incidents()?;
        incidents.values_mut().for_each(|list| list.retain(|incident| incident.opened <= now));
        Ok(Self { incidents })
    }

    /// The failures of one customer as the score counts them.
    pub fn of(&self, customer: CustomerId, standing: &Standing, course: &Course) -> Vec<Failure> {
        let list = self.incidents.get(&customer).map(Vec::as_slice).unwrap_or_default();
        failures(list, standing.current, course, &clock(course))
    }

    /// The customers of one journey who had a failure and are not among those seen.
    fn unseen(&self, ledger: &Ledger, course: usize, seen: &HashSet<CustomerId>) -> Result<Vec<CustomerId>> {
        let mut unseen = Vec::new();
        for &id in self.incidents.keys().filter(|id| !seen.contains(id)) {
            let journey = ledger.customer(id)?.and_then(|customer| customer.journey);
            unseen.extend((ledger.course_of(journey.as_deref()) == course).then_some(id));
        }
        unseen.sort_unstable();
        Ok(unseen)
    }
}

/// Scores a journey; `each` sees every standing with its failures on the way, also the empty
/// standing of a customer of whom only a failure is known.
///
/// # Errors
/// When the log cannot be read, or `each` fails.
pub fn board(
    ledger: &Ledger,
    course: usize,
    now: Moment,
    mut each: impl FnMut(CustomerId, &Standing, &[Failure]) -> Result<()>,
) -> Result<Board> {
    let journey = &ledger.courses()[course];
    let known = Failures::read(ledger, now)?;
    let mut tallies = vec![Tally::default(); journey.journey.stages.len()];
    let mut people = nobody(journey);
    let mut seen = HashSet::new();
    let mut count = |customer: CustomerId, standing: &Standing| {
        let failures = known.of(customer, standing, journey);
        for cell in score_cells(standing, &failures, journey, now) {
            tallies[cell.stage].add(&cell);
        }
        observe(&mut people, standing, &failures, journey, now);
        each(customer, standing, &failures)
    };
    ledger.standings(course, now, |customer, standing| {
        seen.extend(known.incidents.contains_key(&customer).then_some(customer));
        count(customer, standing)
    })?;
    let nowhere = Standing::new(journey.journey.stages.len());
    for customer in known.unseen(ledger, course, &seen)? {
        count(customer, &nowhere)?;
    }
    let scores = scoreboard(tallies);
    let found = found(ledger, course, now, &scores, &people)?;
    Ok(Board { scores, findings: found })
}

fn found(ledger: &Ledger, course: usize, now: Moment, scores: &Scoreboard, people: &[People]) -> Result<Vec<Vec<Finding>>> {
    let today = now.day();
    let period = |from: i64, to: i64| -> Result<Vec<Period>> {
        let sums = ledger.day_sums(course, today - from, today - to)?;
        Ok(sums.into_iter().map(|(count, sums)| Period { count, sums }).collect())
    };
    let (last, before) = (period(PERIOD_DAYS, 0)?, period(2 * PERIOD_DAYS, PERIOD_DAYS)?);
    let model = &ledger.courses()[course].model;
    let stages = scores.stages.iter().zip(people).zip(last.into_iter().zip(before));
    Ok(stages.map(|((score, people), periods)| findings(&StageFacts { score, people, periods, model })).collect())
}
