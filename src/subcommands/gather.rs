//! From the ledger to a scoreboard: one pass over the standings of a journey.

use std::collections::HashSet;

use anyhow::Result;
use rustc_hash::FxHashMap;

use super::lines::clock;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::finding::Finding;
use crate::domain::incident::{Failure, Incident};
use crate::domain::standing::Standing;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::findings::{PERIOD_DAYS, People, Period, StageFacts, findings};
use crate::measure::people::{Concern, concerns, nobody, observe};
use crate::measure::recovery::failures;
use crate::measure::scoreboard::{Scoreboard, ScoredCell, Tally, score_cell, scoreboard};

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
    incidents: FxHashMap<CustomerId, Vec<Incident>>,
}

impl Failures {
    /// Reads them.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn read(ledger: &Ledger, now: Moment) -> Result<Self> {
        let mut incidents = ledger.incidents()?;
        incidents.values_mut().for_each(|list| list.retain(|incident| incident.opened <= now));
        // Everybody is looked up here, and few are found.
        Ok(Self { incidents: incidents.into_iter().collect() })
    }

    /// The failures of one customer as the score counts them.
    pub fn of(&self, customer: CustomerId, standing: &Standing, course: &Course) -> Vec<Failure> {
        let Some(list) = self.incidents.get(&customer) else { return Vec::new() };
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

/// One customer as the pass over the standings sees them.
#[derive(Debug, Clone, Copy)]
pub struct Sight<'a> {
    /// Who.
    pub customer: CustomerId,
    /// Where they stand.
    pub standing: &'a Standing,
    /// What went wrong.
    pub failures: &'a [Failure],
    /// Their cells, scored.
    pub cells: &'a [ScoredCell],
    /// What is found about them, by the place of the stage; stages where nothing is are left out.
    pub concerns: &'a [(usize, Concern)],
}

/// Looks at one customer after the other, in the same room.
#[derive(Debug, Default)]
pub struct Lookout {
    cells: Vec<ScoredCell>,
    concerns: Vec<(usize, Concern)>,
}

impl Lookout {
    /// Looks at one customer.
    pub fn at<'a>(
        &'a mut self,
        customer: CustomerId,
        standing: &'a Standing,
        failures: &'a [Failure],
        course: &Course,
        now: Moment,
    ) -> Sight<'a> {
        self.cells.clear();
        self.cells.reserve(standing.cells.len());
        for (stage, cell) in standing.cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            self.cells.push(score_cell(stage, cell, standing.current == Some(stage), failures, course, now));
        }
        concerns(standing, failures, course, now, &mut self.concerns);
        Sight { customer, standing, failures, cells: &self.cells, concerns: &self.concerns }
    }
}

/// Scores a journey; `each` sees everybody on it on the way, also a customer of whom only a failure is known.
///
/// # Errors
/// When the log cannot be read, or `each` fails.
pub fn board(ledger: &Ledger, course: usize, now: Moment, mut each: impl FnMut(Sight<'_>) -> Result<()> + Send) -> Result<Board> {
    let journey = &ledger.courses()[course];
    let known = Failures::read(ledger, now)?;
    let mut tallies = vec![Tally::default(); journey.journey.stages.len()];
    let mut people = nobody(journey);
    let mut lookout = Lookout::default();
    let mut seen = HashSet::new();
    let mut count = |customer: CustomerId, standing: &Standing| {
        let failures = known.of(customer, standing, journey);
        let sight = lookout.at(customer, standing, &failures, journey, now);
        sight.cells.iter().for_each(|cell| tallies[cell.stage].add(cell));
        observe(&mut people, sight.concerns);
        each(sight)
    };
    ledger.standings(course, now, |customer, standing| {
        seen.extend(known.incidents.contains_key(&customer).then_some(customer));
        count(customer, standing)
    })?;
    let nowhere = Standing::new(journey.journey.stages.len());
    for customer in known.unseen(ledger, course, &seen)? {
        count(customer, &nowhere)?;
    }
    let scores = scoreboard(tallies, &journey.model.weights);
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
