//! `attent incident resolve`: it was made good, and how well.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::which::{Wanted, find, nothing_chosen};
use super::{line, moments, not_stored, word};
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::incident::Incident;
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::problem::Problem;
use crate::measure::recovery::{Overdone, overdone};
use crate::plan::gifts::policy_of;
use crate::render::pages::incidents as page;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::typed::{Said, amount, share};
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `incident resolve`.
#[derive(Debug, Args)]
pub struct ResolveArgs {
    /// The number of the failure, or the customer when only one of theirs fits
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::open_failures))]
    pub which: Option<String>,
    /// When it was made good; now when left out
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// When a person acknowledged it; when it was made good if left out
    #[arg(long, value_name = "WHEN")]
    pub acknowledged: Option<String>,
    /// A person known by name handled it, by phone or in person
    #[arg(long)]
    pub personal: bool,
    /// How generous it was, from 0 to 1; 1 without a number
    #[arg(long, value_parser = share, num_args = 0..=1, default_missing_value = "1", value_name = "0..1")]
    pub generous: Option<f64>,
    /// What was given on top of making it good, such as 15; that counts as generous
    #[arg(long, value_parser = extra, allow_hyphen_values = true, value_name = "AMOUNT")]
    pub extra: Option<Cents>,
    /// What will not happen again
    #[arg(long, value_name = "WORDS")]
    pub lesson: Option<String>,
    /// Who took care of it
    #[arg(long, value_name = "NAME")]
    pub owner: Option<String>,
    /// State the quality, from 0 to 1, instead of computing it
    #[arg(long, value_parser = share, value_name = "0..1")]
    pub quality: Option<f64>,
}

fn extra(typed: &str) -> Result<Cents, Said> {
    at_least_nothing(amount(typed)?)
}

/// An amount that is not below nothing.
///
/// # Errors
/// When it is.
pub fn at_least_nothing(amount: Cents) -> Result<Cents, Said> {
    if amount.0 < 0 { Err(Said(text!("it is an amount of 0 or more", "het is een bedrag van 0 of meer"))) } else { Ok(amount) }
}

/// Runs the command.
///
/// # Errors
/// When the failure is not found or already made good, or the log cannot be written.
pub fn run(context: &Context, args: &ResolveArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let resolved = moments::past(context, args.at.as_deref(), "--at")?;
    let said = args.acknowledged.as_deref().map(|at| context.past(at, "--acknowledged")).transpose()?;
    let owner = args.owner.as_deref().map(word).transpose()?;
    let lesson = args.lesson.as_deref().map(|typed| limits::note(typed).map(str::to_owned).map_err(not_stored)).transpose()?;
    let incident = find(context, &ledger, args.which.as_deref(), Wanted::Open)?;
    can_be(context, &incident, resolved, said)?;
    let lesson = match lesson {
        None if incident.lesson.is_empty() && context.can_ask() => Some(asked(context)?).filter(|typed| !typed.is_empty()),
        said => said,
    };
    let changed = ledger.change_incident(context.now(), "incident resolve", incident.id, |incident| {
        can_be(context, &incident, resolved, said)?;
        Ok(Incident {
            acknowledged: said.or(incident.acknowledged),
            resolved: Some(resolved),
            personal: args.personal,
            // Made whole first, then a small extra: who gives one on top has been generous (R5).
            generous: args.generous.unwrap_or(if args.extra.is_some_and(|extra| extra.0 > 0) { 1.0 } else { 0.0 }),
            stated_quality: args.quality,
            extra: args.extra,
            lesson: lesson.unwrap_or_else(|| incident.lesson.clone()),
            owner: owner.unwrap_or_else(|| incident.owner.clone()),
            ..incident
        })
    })?;
    let customer = ledger.customer(changed.customer)?;
    let against = against(context, customer.as_ref(), &changed);
    let line = line(context, &ledger, &changed)?;
    let quality = line.quality.expect("what was just made good has a quality");
    let currency = &workspace.settings.currency;
    output::answer(context, currency, &page::resolved(&line, &quality, &against, currency))?;
    Ok(ExitCode::SUCCESS)
}

/// What cannot be: made good twice, before it happened or was acknowledged, or in times to come.
fn can_be(context: &Context, incident: &Incident, resolved: Moment, acknowledged: Option<Moment>) -> Result<(), Problem> {
    if let Some(before) = incident.resolved {
        return Err(moments::already(context, incident, &text!("made good", "goedgemaakt"), before));
    }
    moments::after_it_went_wrong(context, incident, resolved, "--at")?;
    match (acknowledged, incident.acknowledged) {
        (Some(at), _) => {
            moments::after_it_went_wrong(context, incident, at, "--acknowledged")?;
            if at > resolved {
                return Err(Problem::usage(text!(
                    "--acknowledged lies after it was made good",
                    "--acknowledged ligt na het moment van goedmaken"
                ))
                .todo(text!("leave it out when both were at once", "laat het weg als het tegelijk was")));
            }
            Ok(())
        }
        (None, Some(_)) => moments::after_it_was_acknowledged(context, incident, resolved).map_err(|problem| {
            problem.todo(text!(
                "give a later moment, or say with --acknowledged when that was",
                "geef een later moment, of zeg met --acknowledged wanneer dat was"
            ))
        }),
        (None, None) => Ok(()),
    }
}

/// What speaks against the extra, by the policy that holds for the customer (R5, G7).
fn against(context: &Context, customer: Option<&Customer>, incident: &Incident) -> Vec<Overdone> {
    let (Some(extra), Some(customer)) = (incident.extra, customer) else { return Vec::new() };
    let policy = policy_of(customer, &context.gift_policies());
    overdone(extra, incident.loss, policy.gifts, policy.terms)
}

/// What will not happen again (R4); Enter when there is nothing to say.
fn asked(context: &Context) -> Result<String> {
    let question = text!("What will not happen again? (Enter to skip)", "Wat gebeurt er niet meer? (Enter slaat over)");
    let typed = Asker::new(context).line(&question, |typed| limits::note(typed).map(|_| ()))?;
    Ok(typed.ok_or_else(nothing_chosen)?.trim().to_owned())
}
