//! `attent incident open`: something went wrong.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use super::which::nothing_chosen;
use super::{line, moments, not_stored, word};
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::nudge::Nudge;
use crate::domain::play::Play;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Severity;
use crate::ledger::Ledger;
use crate::measure::recovery::{repeats, same_kind_before};
use crate::render::pages::incidents::{self as page, Before};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::score::stage_of;
use crate::subcommands::typed::{Words, amount};
use crate::subcommands::week::asked as asked_for;
use crate::subcommands::week::nudge::bring_up_owed;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `incident open`.
#[derive(Debug, Args)]
pub struct OpenArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// What went wrong; asked for when left out
    #[arg(value_name = "WHAT WENT WRONG")]
    pub what: Option<String>,
    /// How grave it is for the customer
    #[arg(long, default_value = "moderate", value_parser = Words::new(Severity::ALL, Severity::word), value_name = "SEVERITY")]
    pub severity: Severity,
    /// The stage it happened in; the customer's current one when left out
    #[arg(long, value_name = "STAGE", add = ArgValueCandidates::new(complete::any_stages))]
    pub stage: Option<String>,
    /// When it happened
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// What sort of failure, in a word of your own; the same word again within a year is a repeat
    #[arg(long, value_name = "WORD")]
    pub kind: Option<String>,
    /// Who takes care of it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// What it cost the customer, such as 120
    #[arg(long, value_parser = loss, allow_hyphen_values = true, value_name = "AMOUNT")]
    pub loss: Option<Cents>,
}

/// An amount that was lost: none is below nothing.
fn loss(typed: &str) -> Result<Cents, crate::subcommands::typed::Said> {
    super::resolve::at_least_nothing(amount(typed)?)
}

/// Runs the command.
///
/// # Errors
/// When the customer or stage is not found, it lies ahead, or the log cannot be written.
pub fn run(context: &Context, args: &OpenArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let opened = moments::past(context, args.at.as_deref(), "--at")?;
    let said = |typed: &Option<String>| typed.as_deref().map_or(Ok(String::new()), word);
    let (kind, owner) = (said(&args.kind)?, said(&args.owner)?);
    let typed = args.what.as_deref().map(stored).transpose()?;
    let customer = who::customer(context, &ledger, &args.customer)?;
    let stage = Some(stage(&ledger, customer, opened, args.stage.as_deref())?);
    let what = typed.map_or_else(|| asked(context), Ok)?;
    let new = Incident { stage, severity: args.severity, kind, owner, loss: args.loss, ..Incident::new(customer, what, opened) };
    let id = ledger.open_incident(context.now(), &new)?;
    let new = Incident { id, ..new };
    let before = before(context, &ledger, &new)?;
    let line = line(context, &ledger, &new)?;
    drop(ledger);
    let nudges = bring_up_owed(context, &workspace, customer)?;
    let nudge = nudges.iter().find(|nudge| nudge.cause.place == format!("incident:{id}"));
    let plays = workspace.plays(context)?;
    let nudge = nudge.map(|nudge| (nudge.id, action(nudge, &plays)));
    output::answer(context, &workspace.settings.currency, &page::opened(&line, before, nudge, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// What a nudge asks for, in a few words: doing it may answer a failure or make it good.
fn action(nudge: &Nudge, plays: &[Play]) -> Text {
    asked_for(plays.iter().find(|play| Some(&play.id) == nudge.play.as_ref()), nudge).0
}

/// What went wrong, as it can be stored.
fn stored(typed: &str) -> Result<String, Problem> {
    limits::note(typed).map(str::to_owned).map_err(not_stored)
}

/// What went wrong, asked for where somebody can be.
fn asked(context: &Context) -> Result<String> {
    if !context.can_ask() {
        return Err(Problem::usage(text!("it does not say what went wrong", "er staat niet bij wat er misging"))
            .why(text!("nobody can be asked here", "hier kan niemand gevraagd worden"))
            .todo(text!("say it in a few words behind the customer", "zeg het in een paar woorden achter de klant"))
            .into());
    }
    let empty = || text!("a few words are enough", "een paar woorden is genoeg");
    let check = |typed: &str| -> Result<(), Text> { if typed.trim().is_empty() { Err(empty()) } else { limits::note(typed).map(|_| ()) } };
    let told = Asker::new(context).line(&text!("What went wrong?", "Wat ging er mis?"), check)?;
    Ok(stored(&told.ok_or_else(nothing_chosen)?)?)
}

/// The id of the stage said, or of the one the customer was in when it went wrong.
fn stage(ledger: &Ledger, customer: CustomerId, opened: Moment, said: Option<&str>) -> Result<String> {
    let stands = ledger.standing(customer, opened)?;
    let course = &ledger.courses()[stands.course];
    let place = match said {
        Some(said) => stage_of(course, said)?,
        None => stands.standing.current.unwrap_or(0),
    };
    Ok(course.journey.stages[place].id.clone())
}

/// The failure of the year before that makes this one a repeat; one of the same kind goes first (R6).
fn before(context: &Context, ledger: &Ledger, new: &Incident) -> Result<Option<Before>> {
    let all = ledger.incidents_of(new.customer)?;
    let same = same_kind_before(new, &all);
    let any = || all.iter().rfind(|before| repeats(new, before));
    let found = same.or_else(any);
    Ok(found.map(|found| Before { id: found.id, at: context.local(found.opened), same_kind: same.is_some() }))
}
