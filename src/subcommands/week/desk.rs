//! Everything the week is planned from, read once.

use std::collections::HashMap;

use anyhow::Result;

use super::week_of::week_of;
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::nudge::{Nudge, NudgeState};
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::plan::knapsack::Budget;
use crate::plan::week::value::importances;
use crate::plan::week::{Considered, Register, Subject, Week, WeekPlan, consider, plan};
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::workspace::Workspace;

/// What the week is planned from.
#[derive(Debug)]
pub struct Desk {
    /// Everybody.
    pub crowd: Crowd,
    /// Every nudge there ever was.
    pub nudges: Vec<Nudge>,
    /// The playbook.
    pub plays: Vec<Play>,
    /// The week.
    pub week: Week,
    /// The moment it is planned at.
    pub now: Moment,
    /// What a week may take.
    pub budget: Budget,
    /// The rules that are switched off.
    pub off: Vec<RuleId>,
    /// The newest entry when this was read.
    pub seen: i64,
    incidents: HashMap<CustomerId, Vec<Incident>>,
    importance: HashMap<CustomerId, f64>,
    had: HashMap<CustomerId, Vec<(String, Moment)>>,
}

impl Desk {
    /// Reads it for everybody.
    ///
    /// # Errors
    /// When the log or the playbook cannot be read.
    pub fn read(context: &Context, workspace: &Workspace, ledger: &Ledger, week: Option<&str>) -> Result<Self> {
        let (week, now) = week_of(context, week)?;
        let seen = ledger.newest_entry()?;
        Self::of(context, workspace, ledger, (week, now, seen), Crowd::read(context, ledger, now)?)
    }

    /// Reads it for one customer, without reading the others.
    ///
    /// # Errors
    /// When the log or the playbook cannot be read.
    pub fn read_one(context: &Context, workspace: &Workspace, ledger: &Ledger, customer: CustomerId) -> Result<Self> {
        let (week, now) = week_of(context, None)?;
        let seen = ledger.newest_entry()?;
        Self::of(context, workspace, ledger, (week, now, seen), Crowd::of_one(context, ledger, customer, now)?)
    }

    fn of(context: &Context, workspace: &Workspace, ledger: &Ledger, when: (Week, Moment, i64), crowd: Crowd) -> Result<Self> {
        let (week, now, seen) = when;
        let nudges = ledger.nudges()?;
        let mut incidents = ledger.incidents()?;
        incidents.values_mut().for_each(|list| list.retain(|incident| incident.opened <= now));
        let mut had: HashMap<CustomerId, Vec<(String, Moment)>> = HashMap::new();
        for nudge in nudges.iter().filter(|nudge| nudge.state == NudgeState::Done) {
            if let (Some(play), Some(at)) = (&nudge.play, nudge.ended) {
                had.entry(nudge.cause.customer).or_default().push((play.clone(), at));
            }
        }
        let settings = &workspace.settings;
        let budget = Budget { minutes: settings.budget_minutes, cents: u32::try_from(settings.budget.0.max(0)).unwrap_or(u32::MAX) };
        Ok(Self {
            importance: importance(ledger, &crowd, now)?,
            plays: workspace.plays(context)?,
            off: settings.rules_off.clone(),
            crowd,
            nudges,
            week,
            now,
            budget,
            seen,
            incidents,
            had,
        })
    }

    /// The people the plan is about, by number.
    pub fn subjects<'a>(&'a self, ledger: &'a Ledger) -> Vec<Subject<'a>> {
        let mut subjects = Vec::with_capacity(self.crowd.seen.len());
        subjects.extend(self.crowd.people().map(|(person, seen)| {
            let id = person.customer.id;
            Subject {
                person,
                course: &ledger.courses()[seen.course],
                here: seen.cells.iter().find(|cell| cell.current),
                concerns: &seen.concerns,
                incidents: self.incidents.get(&id).map(Vec::as_slice).unwrap_or_default(),
                importance: self.importance.get(&id).copied().unwrap_or(1.0),
                had: self.had.get(&id).map(Vec::as_slice).unwrap_or_default(),
            }
        }));
        subjects
    }

    /// What there is to do for each of them. What was looked at and is not done is left out, and for who never had a
    /// nudge the sentences too: for everybody together that is long. [`Desk::look_at`] tells all of it, and
    /// [`Desk::best`] the sentences of what is chosen.
    pub fn consider<'a>(&'a self, subjects: &[Subject<'_>]) -> Vec<Considered<'a>> {
        let register = self.register();
        let of = |subject: &Subject<'_>| {
            let considered = self.with(&register, subject);
            let mut short = Considered { against: Vec::new(), ..considered };
            if !register.knows(subject.id()) {
                short.reasons.iter_mut().for_each(|reason| reason.because = Text::default());
            }
            short.reasons.shrink_to_fit();
            short.candidates.shrink_to_fit();
            short
        };
        subjects.iter().map(of).collect()
    }

    /// The best week with what was considered, beside what is left of the register.
    pub fn best<'a>(&'a self, subjects: &[Subject<'_>], considered: &[Considered<'a>], left: &Register<'_>) -> WeekPlan<'a> {
        let when = (&self.week, self.now);
        let mut best = plan(subjects, considered, left, &self.plays, when, left.room(self.budget, &self.week));
        for action in best.actions.iter_mut().chain(&mut best.unfit) {
            let told = self.look_at(&subjects[action.subject]);
            if let Some(reason) = told.reasons.into_iter().find(|reason| reason.cause == action.reason.cause) {
                action.reason.because = reason.because;
            }
        }
        best
    }

    /// What there is to do for one of them, with what was looked at and is not done.
    pub fn look_at(&self, subject: &Subject<'_>) -> Considered<'_> {
        self.with(&self.register(), subject)
    }

    fn with<'a>(&'a self, register: &Register<'_>, subject: &Subject<'_>) -> Considered<'a> {
        let mut considered = consider(subject, &self.plays, &self.week, self.now, &self.off);
        for reason in &mut considered.reasons {
            if let Some(place) = register.place_of(&reason.cause) {
                reason.cause.place = place;
            }
        }
        considered
    }

    /// What became of earlier nudges.
    pub fn register(&self) -> Register<'_> {
        Register::new(&self.nudges)
    }

    /// The name of a customer.
    pub fn name(&self, id: CustomerId) -> String {
        self.crowd.customers.get(&id).map(|customer| customer.name.clone()).unwrap_or_default()
    }

    /// A play by its id.
    pub fn play(&self, id: Option<&str>) -> Option<&Play> {
        self.plays.iter().find(|play| Some(play.id.as_str()) == id)
    }
}

/// How much each customer matters: by what they brought in over the last year.
fn importance(ledger: &Ledger, crowd: &Crowd, now: Moment) -> Result<HashMap<CustomerId, f64>> {
    // One customer is not weighed against others.
    if crowd.seen.len() < 2 {
        return Ok(HashMap::new());
    }
    let brought = ledger.revenue(now.minus_days(365.0), now)?;
    let revenue: Vec<_> = crowd.seen.iter().map(|seen| brought.get(&seen.customer).copied().unwrap_or_default()).collect();
    Ok(crowd.seen.iter().map(|seen| seen.customer).zip(importances(&revenue)).collect())
}
