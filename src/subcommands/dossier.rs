//! `attent dossier`: all that is known of one customer, for who asks and for handing over.

use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::complete;
use super::context::{Context, local};
use super::forget::{Copies, naming};
use super::gather::Failures;
use super::lines::stage_word;
use super::output;
use super::who;
use super::workspace::Workspace;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::customer::Customer;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::measure::scoreboard::{score_cells, score_relationship};
use crate::plan::gifts::policy_of;
use crate::render::pages::dossier::{DossierPage, Elsewhere, Reader, Score};

/// The arguments of `dossier`.
#[derive(Debug, Args)]
pub struct DossierArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// Leave out where they are named in what is recorded about others
    #[arg(long)]
    pub without_others: bool,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, or the log cannot be read.
pub fn run(context: &Context, args: &DossierArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let ledger = workspace.reader(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let customer = ledger.customer(id)?.unwrap_or_else(|| Customer::named(&args.customer));
    let dossier = ledger.dossier(id, context.country(), !args.without_others)?;
    let page = DossierPage {
        elsewhere: elsewhere(context, &workspace, &dossier.keys)?,
        policy: policy_of(&customer, &context.gift_policies()),
        customer: customer.name,
        dossier,
        scores: scores(&ledger, id, context.now())?,
        reader: Arc::new(reader(context, &workspace)?),
        as_of: context.local(context.now()),
    };
    output::answer(context, &workspace.settings.currency, &page.answer())?;
    Ok(ExitCode::SUCCESS)
}

fn reader(context: &Context, workspace: &Workspace) -> Result<Reader> {
    let stages = workspace.courses.iter().flat_map(|course| &course.journey.stages);
    Ok(Reader {
        now: context.now(),
        local,
        stages: stages.map(|stage| (stage.id.clone(), stage.title.clone())).collect(),
        plays: workspace.plays(context)?.into_iter().map(|play| (play.id, play.title)).collect(),
        currency: workspace.settings.currency.clone(),
    })
}

/// The warmth of the relationship and of each stage; none without contact.
fn scores(ledger: &Ledger, id: CustomerId, now: Moment) -> Result<Vec<Score>> {
    let stands = ledger.standing(id, now)?;
    let course: &Course = &ledger.courses()[stands.course];
    let failures = Failures::read(ledger, now)?.of(id, &stands.standing, course);
    let Some(overall) = &stands.standing.overall else { return Ok(Vec::new()) };
    let (_, _, warmth) = score_relationship(&stands.standing, &failures, course, now);
    let mut scores = vec![Score { stage: None, contacts: overall.count, warmth }];
    for cell in score_cells(&stands.standing, &failures, course, now) {
        let stage = stage_word(course, &course.journey.stages[cell.stage].id);
        scores.push(Score { stage: Some(stage), contacts: cell.count, warmth: cell.warmth });
    }
    Ok(scores)
}

/// The files of the workspace, its sources and its backups that name them.
fn elsewhere(context: &Context, workspace: &Workspace, keys: &[String]) -> Result<Vec<Elsewhere>> {
    let files = naming(context, workspace, keys)?.into_iter();
    let mut found: Vec<Elsewhere> = files.map(|line| Elsewhere { kind: "file", place: line.place, text: line.text }).collect();
    for line in Copies::of(workspace)?.naming(keys) {
        found.push(Elsewhere { kind: "copy", place: line.place, text: line.text });
    }
    Ok(found)
}
