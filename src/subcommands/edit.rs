//! `attent edit`: changes one contact of the log.

mod ask;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::complete;
use super::context::Context;
use super::lines::{as_table, touchpoint_line};
use super::log::{ContactFlags, line, what_can_be_stored, wrong};
use super::output;
use super::score::stage_of;
use super::typed::Said;
use super::undo::{in_short, no_contact};
use super::who;
use super::workspace::Workspace;
use crate::domain::problem::Problem;
use crate::domain::touchpoint::{CustomerId, Facts, Touchpoint, TouchpointId};
use crate::domain::words::Channel;
use crate::ledger::{Ledger, LoggedTouchpoint};
use crate::render::pages::edited::{edited, what_changed};
use crate::render::pages::timeline::TouchpointLine;
use crate::text;

/// The arguments of `edit`.
#[derive(Debug, Args)]
pub struct EditArgs {
    /// The number of the contact, as log and timeline show it
    #[arg(value_name = "NUMBER", value_parser = number)]
    pub number: TouchpointId,
    /// What happened
    #[arg(long, value_name = "WHAT HAPPENED")]
    pub note: Option<String>,
    /// With whom it was; a part of the name is enough
    #[arg(long, value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: Option<String>,
    /// What changes.
    #[command(flatten)]
    pub flags: ContactFlags,
    /// What is taken away.
    #[command(flatten)]
    pub without: Without,
}

/// The flags that take something away.
#[derive(Debug, Args, Clone, Copy, Default, PartialEq, Eq)]
pub struct Without {
    /// It is not known how it felt
    #[arg(long, conflicts_with = "felt")]
    pub no_felt: bool,
    /// Let the journey's rules decide the stage
    #[arg(long, conflicts_with = "stage")]
    pub no_stage: bool,
    /// It is not known how long it took
    #[arg(long, conflicts_with = "minutes")]
    pub no_minutes: bool,
    /// No money was involved
    #[arg(long, conflicts_with = "amount")]
    pub no_amount: bool,
    /// Take every label away
    #[arg(long, conflicts_with = "tag")]
    pub no_tags: bool,
}

impl EditArgs {
    /// Whether no flag says what changes.
    fn says_nothing(&self) -> bool {
        let flags = &self.flags;
        let words = [&self.note, &self.customer, &flags.stage, &flags.at];
        let facts = flags.channel.is_some() || flags.sender.is_some() || flags.personal.is_some() || flags.kind.is_some();
        let rest = flags.felt.is_some() || flags.minutes.is_some() || flags.amount.is_some() || !flags.tag.is_empty();
        words.iter().all(|word| word.is_none()) && !facts && !rest && flags.direction().is_none() && self.without == Without::default()
    }
}

fn number(typed: &str) -> Result<TouchpointId, Said> {
    typed.trim().trim_start_matches('#').parse().map(TouchpointId).map_err(|_| {
        Said(text!("`{typed}` is not the number of a contact, such as 123", "`{typed}` is niet het nummer van een contact, zoals 123"))
    })
}

/// Runs the command.
///
/// # Errors
/// When there is no such contact (exit 1), a customer or stage is not found, nothing says what changes
/// and nobody can be asked (exit 2), or the log cannot be written.
pub fn run(context: &Context, args: &EditArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let id = args.number;
    let logged = ledger.touchpoint(id)?.ok_or_else(|| no_contact(id))?;
    let before = line(context, &ledger, id)?.ok_or_else(|| no_contact(id))?;
    let (customer, changed) = if !args.says_nothing() {
        said(context, &ledger, args, logged.customer, &logged.touchpoint)?
    } else if context.can_ask() {
        ask::ask(context, &ledger, &logged)?
    } else {
        return Err(nothing_said(id).into());
    };
    if customer != logged.customer || changed != logged.touchpoint {
        let name = ledger.customer(customer)?.map(|customer| customer.name).unwrap_or_default();
        let after = after(context, &ledger, &logged, customer, &changed)?;
        let summary = in_short(id, &name, what_changed(&before, &after).get(context.lang()));
        ledger.change_touchpoint(context.now(), id, customer, &changed, &summary)?;
    }
    let after = line(context, &ledger, id)?.ok_or_else(|| no_contact(id))?;
    output::answer(context, &workspace.settings.currency, &edited(&before, &after, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// The contact as it will be shown.
fn after(context: &Context, ledger: &Ledger, logged: &LoggedTouchpoint, with: CustomerId, changed: &Touchpoint) -> Result<TouchpointLine> {
    let customer = ledger.customer(with)?;
    let course = &ledger.courses()[ledger.course_of(customer.as_ref().and_then(|customer| customer.journey.as_deref()))];
    let counted_in = changed.stage.clone().or_else(|| logged.counted_in.clone());
    let name = customer.map(|customer| customer.name).unwrap_or_default();
    let row = LoggedTouchpoint { customer: with, touchpoint: changed.clone(), counted_in, ..logged.clone() };
    Ok(touchpoint_line(context, course, &name, row))
}

/// The contact as the flags have it, and with whom.
fn said(context: &Context, ledger: &Ledger, args: &EditArgs, with: CustomerId, before: &Touchpoint) -> Result<(CustomerId, Touchpoint)> {
    let (flags, without) = (&args.flags, args.without);
    let with = args.customer.as_deref().map_or(Ok(with), |typed| who::customer(context, ledger, typed))?;
    let mut changed = before.clone();
    if let Some(channel) = flags.channel {
        through(&mut changed.facts, channel);
    }
    let facts = &mut changed.facts;
    facts.direction = flags.direction().unwrap_or(facts.direction);
    facts.sender = flags.sender.unwrap_or(facts.sender);
    facts.personal = flags.personal.unwrap_or(facts.personal);
    facts.kind = flags.kind.unwrap_or(facts.kind);
    facts.sentiment = flags.felt.or(facts.sentiment).filter(|_| !without.no_felt);
    if let Some(at) = &flags.at {
        facts.at = context.past(at, "--at")?;
    }
    changed.minutes = flags.minutes.or(changed.minutes).filter(|_| !without.no_minutes);
    changed.amount = flags.amount.or(changed.amount).filter(|_| !without.no_amount);
    if without.no_tags || !flags.tag.is_empty() {
        changed.tags = flags.tags().map_err(wrong)?;
    }
    if let Some(note) = &args.note {
        what_can_be_stored(note)?.clone_into(&mut changed.note);
    }
    changed.stage = stage(ledger, args, with, changed.stage)?;
    Ok((with, changed))
}

/// The stage that was said: now, or before if the customer's journey has it.
fn stage(ledger: &Ledger, args: &EditArgs, with: CustomerId, before: Option<String>) -> Result<Option<String>> {
    let journey = ledger.customer(with)?.and_then(|customer| customer.journey);
    let course = &ledger.courses()[ledger.course_of(journey.as_deref())];
    match &args.flags.stage {
        Some(typed) => Ok(Some(course.journey.stages[stage_of(course, typed)?].id.clone())),
        None => Ok(before.filter(|stage| !args.without.no_stage && course.journey.position(stage).is_some())),
    }
}

/// Another channel: what was usual for the old one becomes what is usual for the new one; what was
/// said to be otherwise stays.
fn through(facts: &mut Facts, channel: Channel) {
    let (was, is) = (facts.channel.defaults(), channel.defaults());
    if facts.direction == was.direction {
        facts.direction = is.direction;
    }
    if facts.sender == was.sender {
        facts.sender = is.sender;
    }
    if facts.personal == was.personal {
        facts.personal = is.personal;
    }
    if facts.kind == was.kind {
        facts.kind = is.kind;
    }
    facts.channel = channel;
}

fn nothing_said(TouchpointId(id): TouchpointId) -> Problem {
    Problem::usage(text!("it does not say what changes", "er staat niet bij wat er verandert")).todo(text!(
        "say it with flags: attent edit {id} --note \"…\" --at yesterday --channel phone --felt good; --help lists them all",
        "zeg het met opties: attent edit {id} --note \"…\" --at gisteren --channel telefoon --felt goed; --help toont ze allemaal"
    ))
}
