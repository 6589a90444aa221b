//! `attent done`: what a nudge asked for was done. Its checklist is gone through first; then the contact
//! is recorded, what it settles is settled, and the relationship is scored anew.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::checked::go_through;
use super::context_lines::task;
use super::matter::Matter;
use super::settle::{self, Doing, Settled, Step};
use super::which::{standing, too_late};
use crate::domain::calendar::Moment;
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::nudge::{Nudge, NudgeState};
use crate::domain::play::{APOLOGY, Play};
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::{Touchpoint, TouchpointId};
use crate::domain::words::{Direction, Sender};
use crate::ledger::{Batch, Key, Ledger, LoggedTouchpoint, NudgeEnd, Outcome};
use crate::plan::gain::facts;
use crate::render::pages::ended::{Ended, EndedKind};
use crate::render::pages::gifts::told;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::log::felt::felt;
use crate::subcommands::output;
use crate::subcommands::typed::{amount, minutes};
use crate::subcommands::workspace::Workspace;
use crate::text;

/// Where contacts that came of a nudge say they came from.
pub const SOURCE: &str = "nudge";

/// The arguments of `done`.
#[derive(Debug, Args)]
pub struct DoneArgs {
    /// The number of the nudge, or the customer when only one of theirs stands
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCandidates::new(complete::nudges))]
    pub which: String,
    /// What was said, in your own words
    #[arg(value_name = "WHAT HAPPENED")]
    pub note: Option<String>,
    /// Everything on the checklist is so
    #[arg(long)]
    pub checked: bool,
    /// It is on the log already: count the latest contact with them, and record none
    #[arg(long, conflicts_with_all = ["note", "at", "felt", "minutes", "cost"])]
    pub logged: bool,
    /// Of a failure: it was made good at once, not just answered
    #[arg(long)]
    pub made_good: bool,
    /// When it was done; now when left out
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// How it felt to the customer: from -1 to 1, or great, good, neutral, bad or terrible
    #[arg(long, value_parser = felt, allow_hyphen_values = true, value_name = "-1..1")]
    pub felt: Option<f64>,
    /// How many minutes it took
    #[arg(long, value_parser = minutes, value_name = "N")]
    pub minutes: Option<u32>,
    /// What it cost, such as 12.50
    #[arg(long, value_parser = amount, value_name = "AMOUNT")]
    pub cost: Option<Cents>,
    /// Of a gift: why this, for them
    #[arg(long, value_name = "WHY")]
    pub why: Option<String>,
    /// Of a gift: who gave it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Of a gift: who on their side approved it
    #[arg(long, value_name = "NAME")]
    pub approved_by: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When the nudge is not found or stands no longer, something on the checklist is not so, or the log
/// cannot be written.
pub fn run(context: &Context, args: &DoneArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let nudge = standing(context, &ledger, &args.which)?;
    let plays = workspace.plays(context)?;
    let play = match &nudge.play {
        Some(id) => Some(plays.iter().find(|play| play.id == *id).ok_or_else(|| play_gone(id))?),
        None => None,
    };
    let (now, matter) = (context.now(), Matter::of(&ledger, &nudge)?);
    if args.made_good && !matter.is_open_failure() {
        return Err(nothing_to_make_good(nudge.id).into());
    }
    let logged = if args.logged { Some(logged(&ledger, &nudge, play, now, matter.since(context))?) } else { None };
    let at = logged.as_ref().map_or_else(|| when(context, args, &nudge), |logged| Ok(logged.touchpoint.facts.at))?;
    matter.can_be(context, at)?;
    let note = what_happened(args, play)?;
    if !go_through(context, play, args.checked)? {
        return Ok(ExitCode::FAILURE);
    }
    let doing = Doing { nudge: &nudge, play, args, note: &note, at };
    let settled = settle::of(context, &workspace, &ledger, doing)?;
    let before = warmth(context, &ledger, &nudge, now)?;
    let name = ledger.customer(nudge.cause.customer)?.map(|customer| customer.name).unwrap_or_default();
    let contact = match (&logged, play) {
        (Some(logged), _) => Contact::Logged(labelled(&mut ledger, now, logged, play)?),
        (None, Some(play)) => Contact::New(touchpoint(play, doing, &settled)),
        (None, None) => Contact::None,
    };
    let minutes = args.minutes.or_else(|| logged.as_ref().and_then(|logged| logged.touchpoint.minutes));
    let note = if let Contact::New(touchpoint) = &contact { touchpoint.note.as_str() } else { "" };
    let end = NudgeEnd { minutes, cost: settled.value().or(args.cost), ..NudgeEnd::new(NudgeState::Done, at, note) };
    let recorded = ledger.batch(now, "done", |batch| {
        matter.still_can_be(context, batch, at)?;
        let touchpoint = record(batch, &nudge, &contact, &settled, &end)?;
        Ok((touchpoint, format!("#{} {name}", nudge.id)))
    })?;
    let after = warmth(context, &ledger, &nudge, now.max(at))?;
    let action = play.map_or_else(|| task(&nudge.cause.rule).0, |play| play.title.clone());
    let kind = EndedKind::Done {
        action,
        touchpoint: recorded.map(|id| id.0),
        warmth: before.zip(after).filter(|_| matches!(contact, Contact::New(_))),
        besides: settled.said(),
        against: settled.gift.as_ref().map(|given| told(&given.stops)).unwrap_or_default(),
    };
    let ended = Ended { id: nudge.id, customer: name, kind };
    output::answer(context, &workspace.settings.currency, &ended.answer())?;
    Ok(ExitCode::SUCCESS)
}

/// The contact a nudge became.
enum Contact {
    /// None: it was a task.
    None,
    /// One that is recorded with it.
    New(Touchpoint),
    /// One that is on the log already.
    Logged(TouchpointId),
}

/// The contact, the nudge, and what it settles.
fn record(batch: &mut Batch<'_>, nudge: &Nudge, contact: &Contact, settled: &Settled, end: &NudgeEnd<'_>) -> Result<Option<TouchpointId>> {
    let touchpoint = match contact {
        Contact::None => None,
        Contact::Logged(id) => Some(*id),
        Contact::New(touchpoint) => match batch.record(nudge.cause.customer, touchpoint, SOURCE, Key::None)? {
            Outcome::Added(recorded) => Some(recorded.id),
            Outcome::Known | Outcome::Refused => None,
        },
    };
    if !batch.end_nudge(nudge.id, &NudgeEnd { touchpoint, ..*end })? {
        return Err(too_late(nudge.id).into());
    }
    settled.store(batch, touchpoint, end.at)?;
    Ok(touchpoint)
}

/// Gives a contact of the log the tags of the play it was, which rules look for: an entry of its own.
fn labelled(ledger: &mut Ledger, now: Moment, logged: &LoggedTouchpoint, play: Option<&Play>) -> Result<TouchpointId> {
    let missing = |tag: &&String| !logged.touchpoint.tags.contains(*tag);
    let new: Vec<String> = play.map(|play| play.tags.iter().filter(missing).cloned().collect()).unwrap_or_default();
    if !new.is_empty() {
        let mut changed = logged.touchpoint.clone();
        changed.tags.extend(new);
        ledger.change_touchpoint(now, logged.id, logged.customer, &changed, &format!("#{}", logged.id.0))?;
    }
    Ok(logged.id)
}

/// The contact on the log that a nudge became: the latest with them by a person since the nudge stands,
/// through the play's channel where there is one; none from before what it is about can have been (`from`).
fn logged(ledger: &Ledger, nudge: &Nudge, play: Option<&Play>, now: Moment, from: Option<Moment>) -> Result<LoggedTouchpoint> {
    let id = nudge.id;
    let again = text!(
        "`attent done {id}` records it with what the log needs to know; `attent undo NUMBER` takes the other out",
        "`attent done {id}` legt het vast met wat het logboek moet weten; `attent undo NUMMER` haalt het andere eruit"
    );
    if play.is_none_or(|play| play.is_gift() || play.hands_over()) {
        let what = text!("nudge {id} is more than a contact", "nudge {id} is meer dan een contact");
        return Err(Problem::usage(what).todo(again).into());
    }
    let mut log = ledger.timeline(nudge.cause.customer, now)?;
    let since = from.into_iter().fold(nudge.opened.minus_days(1.0), Moment::max);
    log.retain(|logged| {
        let facts = &logged.touchpoint.facts;
        facts.at >= since && facts.sender == Sender::Human && facts.direction != Direction::In
    });
    let through = play.map(|play| play.contact.channel);
    let best = log.iter().rposition(|logged| Some(logged.touchpoint.facts.channel) == through).or(log.len().checked_sub(1));
    let none = || {
        Problem::failure(text!(
            "the log has no contact by you with them since nudge {id} stands",
            "het logboek heeft geen contact van jou met deze klant sinds nudge {id} er staat"
        ))
        .todo(text!("leave --logged out and it is recorded", "laat --logged weg, dan wordt het vastgelegd"))
    };
    Ok(best.map(|at| log.swap_remove(at)).ok_or_else(none)?)
}

/// The contact a play became. What was given counts at what it cost, and an extra on top of making good is
/// an apology.
fn touchpoint(play: &Play, doing: Doing<'_>, settled: &Settled) -> Touchpoint {
    let args = doing.args;
    let mut facts = facts(&play.contact, doing.at);
    facts.sentiment = args.felt.or(facts.sentiment);
    let value = settled.gift.as_ref().map_or(args.cost, |given| given.present.value);
    let mut tags = play.tags.clone();
    if matches!(settled.step, Step::Extra(..)) && !play.carries(APOLOGY) {
        tags.push(APOLOGY.to_owned());
        tags.sort_unstable();
    }
    Touchpoint { facts, stage: None, amount: value.filter(|value| value.0 != 0), minutes: args.minutes, note: doing.note.to_owned(), tags }
}

/// The note of the contact: what was said, else what the play is called in the log's language.
fn what_happened(args: &DoneArgs, play: Option<&Play>) -> Result<String> {
    let stored = |why: Text| Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why);
    let typed = args.note.as_deref().map(limits::note).transpose().map_err(stored)?.map(str::trim).filter(|note| !note.is_empty());
    if let (None, None) = (typed, play) {
        return Err(Problem::usage(text!("it does not say what came of it", "er staat niet bij wat het opleverde"))
            .todo(text!("say it: attent done NUMBER \"what will be different\"", "zeg het: attent done NUMMER \"wat er anders wordt\""))
            .into());
    }
    Ok(typed.unwrap_or_default().to_owned())
}

fn when(context: &Context, args: &DoneArgs, nudge: &Nudge) -> Result<Moment> {
    let Some(typed) = args.at.as_deref() else { return Ok(context.now()) };
    let at = context.past(typed, "--at")?;
    if at > context.now() {
        let id = nudge.id;
        return Err(Problem::usage(text!("--at lies ahead", "--at ligt in de toekomst"))
            .why(text!("a nudge is done once it has happened", "een nudge is gedaan als het gebeurd is"))
            .todo(text!("`attent snooze {id}` puts it off", "met `attent snooze {id}` stel je hem uit"))
            .into());
    }
    Ok(at)
}

fn warmth(context: &Context, ledger: &Ledger, nudge: &Nudge, now: Moment) -> Result<Option<f64>> {
    let crowd = Crowd::of_one(context, ledger, nudge.cause.customer, now)?;
    Ok(crowd.seen(nudge.cause.customer).map(|seen| seen.warmth))
}

fn nothing_to_make_good(id: i64) -> Problem {
    Problem::usage(text!("--made-good does not go with nudge {id}", "--made-good past niet bij nudge {id}"))
        .why(text!("it is for a nudge that asks to put a failure right", "het is voor een nudge die vraagt een misser goed te maken"))
        .todo(text!("leave it out", "laat het weg"))
}

fn play_gone(id: &str) -> Problem {
    Problem::failure(text!("the play `{id}` is not in the playbook any more", "de actie `{id}` staat niet meer in het draaiboek")).todo(
        text!(
            "record what you did with `attent log`; the next digest closes this nudge",
            "leg wat je deed vast met `attent log`; het volgende overzicht rondt deze nudge af"
        ),
    )
}
