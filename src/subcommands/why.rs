//! `attent why`: a score taken apart.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use super::complete;
use super::context::Context;
use super::gather::{Failures, board};
use super::look_up::{self, Sought, names, sought};
use super::output;
use super::score::{note_weights, stage_of, tried};
use super::workspace::Workspace;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::incident::Failure;
use crate::domain::problem::Problem;
use crate::domain::touchpoint::CustomerId;
use crate::intake::near::nearest;
use crate::ledger::{Ledger, LoggedTouchpoint};
use crate::measure::scoreboard::{ScoredCell, score_relationship};
use crate::measure::warmth::Warmth;
use crate::measure::why::{Leaders, Whole, placed};
use crate::render::format::Answer;
use crate::render::pages::why::{Before, Explained, Subject, Touch, WhyPage};
use crate::text;

/// How many days ago the score is shown for.
const BEFORE: [u32; 2] = [30, 90];

/// The arguments of `why`.
#[derive(Debug, Args)]
pub struct WhyArgs {
    /// A stage by its id or title, or a customer by a part of the name
    #[arg(value_name = "STAGE|CUSTOMER", add = ArgValueCompleter::new(complete::stages_and_customers))]
    pub subject: String,
    /// The journey; the default one when left out
    #[arg(long, value_name = "JOURNEY", add = ArgValueCandidates::new(complete::journeys))]
    pub journey: Option<String>,
    /// Try a weight without saving it, such as human=30
    #[arg(long, value_name = "NAME=VALUE", add = ArgValueCandidates::new(complete::weights))]
    pub set: Vec<String>,
    /// How many contacts are shown
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub top: u16,
}

/// Runs the command.
///
/// # Errors
/// When the workspace or its log cannot be read, or nothing is called so.
pub fn run(context: &Context, args: &WhyArgs) -> Result<ExitCode> {
    let workspace = Workspace::open_with(context, &tried(&args.set)?)?;
    let at = workspace.course(args.journey.as_deref())?;
    let ledger = workspace.reader(context)?;
    note_weights(context, &workspace.settings.model.weights);
    let asked = Asked { context, ledger: &ledger, most: usize::from(args.top) };
    let answer = match stage_of(&workspace.courses[at], &args.subject) {
        Ok(stage) => asked.stage(at, stage)?,
        Err(_) => asked.customer(whom(context, &workspace, &ledger, at, &args.subject)?)?,
    };
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

/// The customer meant by something that is no stage.
fn whom(context: &Context, workspace: &Workspace, ledger: &Ledger, at: usize, typed: &str) -> Result<CustomerId> {
    let Sought::Nobody(similar) = sought(context, ledger, typed)? else { return look_up::customer(context, ledger, typed) };
    let problem = Problem::failure(text!("no stage or customer is called `{typed}`", "geen fase of klant heet `{typed}`"));
    if let Some(other) = workspace.courses.iter().find(|course| stage_of(course, typed).is_ok()) {
        let id = &other.journey.id;
        return Err(problem
            .todo(text!(
                "it is a stage of journey `{id}`: add --journey {id}",
                "het is een fase van klantreis `{id}`: zet er --journey {id} bij"
            ))
            .into());
    }
    let ids: Vec<&str> = workspace.courses[at].journey.stages.iter().map(|stage| stage.id.as_str()).collect();
    let near: Vec<String> = nearest(typed, ids.iter().copied()).map(str::to_owned).into_iter().chain(similar).collect();
    let (meant, stages) = (near.join(", "), ids.join(", "));
    let todo = if near.is_empty() {
        text!(
            "the stages are: {stages}; `attent customers` lists who there is",
            "de fasen zijn: {stages}; `attent customers` toont wie er zijn"
        )
    } else {
        text!("did you mean {meant}?", "bedoelde je {meant}?")
    };
    Err(problem.todo(todo).into())
}

/// What is asked, beside of whom or what.
struct Asked<'a> {
    context: &'a Context,
    ledger: &'a Ledger,
    most: usize,
}

impl Asked<'_> {
    fn answer(&self, course: &Course, subject: Subject, explained: Option<Explained>, before: Vec<Before>) -> Answer {
        let several = self.ledger.courses().len() > 1;
        WhyPage { course, subject, explained, several, before, as_of: self.context.local(self.context.now()) }.answer()
    }

    fn before(&self, warmth_at: impl Fn(Moment) -> Result<Option<f64>>) -> Result<Vec<Before>> {
        let then = |days: u32| self.context.now().minus_days(days.into());
        BEFORE.into_iter().map(|days| Ok(Before { days, at: self.context.local(then(days)), warmth: warmth_at(then(days))? })).collect()
    }

    fn touch(&self, row: &LoggedTouchpoint, customer: &str) -> Touch {
        let facts = row.touchpoint.facts;
        Touch { at: self.context.local(facts.at), facts, customer: customer.to_owned(), note: row.touchpoint.note.clone() }
    }

    fn customer(&self, id: CustomerId) -> Result<Answer> {
        let now = self.context.now();
        let here = self.ledger.standing(id, now)?;
        let course = &self.ledger.courses()[here.course];
        let name = self.ledger.customer(id)?.map(|customer| customer.name).unwrap_or_default();
        let stage = here.standing.current.map(|stage| course.journey.stages[stage].clone());
        let failures = Failures::read(self.ledger, now)?.of(id, &here.standing, course);
        let explained = match here.standing.overall {
            None => None,
            Some(_) => {
                let (sums, drag, warmth) = score_relationship(&here.standing, &failures, course, now);
                let whole = Whole { moment: now, half_life: course.model.half_life, sums, drag, part: 1.0, model: &course.model };
                let mut leaders = Leaders::new(self.most);
                for row in self.ledger.timeline(id, now)? {
                    leaders.add(whole.share(&row.touchpoint.facts), || self.touch(&row, &name));
                }
                Some(Explained { warmth, evidence: sums.mass, open: open(&failures, now), leaders })
            }
        };
        let before = self.before(|then| self.relationship(id, then))?;
        Ok(self.answer(course, Subject::Customer { name, stage }, explained, before))
    }

    /// W of a relationship at a moment, if there had been contact.
    fn relationship(&self, id: CustomerId, then: Moment) -> Result<Option<f64>> {
        let here = self.ledger.standing(id, then)?;
        let course = &self.ledger.courses()[here.course];
        let failures = Failures::read(self.ledger, then)?.of(id, &here.standing, course);
        Ok(here.standing.overall.map(|_| score_relationship(&here.standing, &failures, course, then).2.score))
    }

    fn stage(&self, at: usize, stage: usize) -> Result<Answer> {
        let (now, course) = (self.context.now(), &self.ledger.courses()[at]);
        let mut cells: HashMap<CustomerId, ScoredCell> = HashMap::new();
        let mut wounds = 0;
        let board = board(self.ledger, at, now, |sight| {
            cells.extend(sight.cells.iter().find(|cell| cell.stage == stage).map(|cell| (sight.customer, *cell)));
            wounds += open(sight.failures.iter().filter(|failure| failure.stage == Some(stage)), now);
            Ok(())
        })?;
        let score = &board.scores.stages[stage];
        let explained = match score.warmth {
            None => None,
            Some(mean) => Some(Explained {
                warmth: Warmth { components: score.components, contributions: score.contributions, score: mean },
                evidence: score.evidence,
                open: wounds,
                leaders: self.stage_leaders(at, stage, &cells, score.weight)?,
            }),
        };
        let before = self.before(|then| Ok(self::board(self.ledger, at, then, |_| Ok(()))?.scores.stages[stage].warmth))?;
        let stage = course.journey.stages[stage].clone();
        Ok(self.answer(course, Subject::Stage { stage, customers: score.customers }, explained, before))
    }

    /// The touchpoints of a stage's cells by their shares.
    fn stage_leaders(&self, at: usize, stage: usize, cells: &HashMap<CustomerId, ScoredCell>, weight: f64) -> Result<Leaders<Touch>> {
        let (now, course) = (self.context.now(), &self.ledger.courses()[at]);
        let customers = names(self.ledger)?;
        let mut leaders = Leaders::new(self.most);
        let mut count = |row: &LoggedTouchpoint| {
            let Some(cell) = cells.get(&row.customer) else { return };
            let moment = if cell.current { now } else { cell.last };
            let (half_life, part) = (course.half_lives[stage], cell.omega / weight);
            let whole = Whole { moment, half_life, sums: cell.sums, drag: cell.drag, part, model: &course.model };
            leaders.add(whole.share(&row.touchpoint.facts), || self.touch(row, name(&customers, row.customer)));
        };
        let unkept = self.unkept(cells)?;
        self.ledger.stage_log(at, stage, now, |row| {
            if unkept.binary_search(&row.customer).is_err() {
                count(&row);
            }
            Ok(())
        })?;
        for &customer in &unkept {
            let rows = self.ledger.timeline(customer, now)?;
            let stages = placed(rows.iter().map(|row| (row.id, &row.touchpoint, row.source.as_str())), course);
            rows.iter().zip(stages).filter(|(_, placed)| *placed == stage).for_each(|(row, _)| count(row));
        }
        Ok(leaders)
    }

    /// Customers whose touchpoints the log does not know the stages of: planned ones have come due,
    /// or the journeys have changed and the log cannot be written. They are placed in memory.
    fn unkept(&self, cells: &HashMap<CustomerId, ScoredCell>) -> Result<Vec<CustomerId>> {
        let due: HashSet<CustomerId> = self.ledger.due(self.context.now())?;
        let fresh = self.ledger.is_fresh()?;
        let mut unkept: Vec<CustomerId> = cells.keys().copied().filter(|id| !fresh || due.contains(id)).collect();
        unkept.sort_unstable();
        Ok(unkept)
    }
}

fn name(customers: &BTreeMap<CustomerId, Customer>, id: CustomerId) -> &str {
    customers.get(&id).map(|customer| customer.name.as_str()).unwrap_or_default()
}

/// How many failures are open.
fn open<'a>(failures: impl IntoIterator<Item = &'a Failure>, now: Moment) -> usize {
    failures.into_iter().filter(|failure| failure.open_at(now)).count()
}
