//! `attent log`: one contact, one line.
//!
//! Two words or more are customers and what happened; one is a sentence that names them
//! (`sentence`); none, at a terminal, is a conversation (`ask`).

pub mod ask;
pub mod felt;
mod flags;
mod guests;
mod last;
mod piped;
mod sentence;
mod who;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

pub use self::flags::ContactFlags;
use self::guests::{Guest, guests};
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::limits;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::{Facts, Touchpoint, TouchpointId};
use crate::domain::words::{Channel, Kind};
use crate::intake::contact_words::{self, Inferred};
use crate::intake::dates::soon_again;
use crate::intake::one_line::Line;
use crate::ledger::{Batch, Key, Ledger, Outcome};
use crate::render::pages::logged::{Assumed, Remarks, logged, summary};
use crate::render::pages::timeline::TouchpointLine;
use crate::render::sanitize::visible;
use crate::render::wrap::clip;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::{as_table, touchpoint_line};
use crate::subcommands::output;
use crate::subcommands::score::stage_of;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `log`.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// One sentence that names who, or - for one a line from standard input; or the customers (a part of the name is enough), and last what happened
    #[arg(num_args = 0.., value_names = ["CUSTOMER", "WHAT HAPPENED"], add = ArgValueCompleter::new(complete::customers))]
    pub words: Vec<String>,
    /// What is known of the contact.
    #[command(flatten)]
    pub flags: ContactFlags,
    /// Make customers of those who are none yet
    #[arg(long)]
    pub new: bool,
    /// Show the entry logged last, or the last so many
    #[arg(long, num_args = 0..=1, default_missing_value = "1", value_name = "N", value_parser = clap::value_parser!(u32).range(1..),
        conflicts_with = "words")]
    pub last: Option<u32>,
}

/// What is known of a contact before it is recorded, apart from what flags say.
#[derive(Debug, Clone)]
pub struct Heard {
    /// What happened, as typed.
    pub note: String,
    /// When.
    pub at: Moment,
    /// How many minutes it took.
    pub minutes: Option<u32>,
    /// What the note says of the channel, the direction and the kind.
    pub inferred: Inferred,
    /// The channel that was chosen.
    pub channel: Option<Channel>,
    /// How it felt, if that was asked or the note says so.
    pub felt: Option<f64>,
    /// A time to come that the note names without saying when it happened, as typed.
    pub ahead: Option<String>,
    /// The words that say when, if any do.
    pub when: Option<String>,
    /// The word that [`Heard::felt`] was read from.
    pub felt_word: Option<String>,
    /// Whether it says that nothing was heard.
    pub silence: bool,
    /// What is wrong with a date that the note names.
    pub slip: Option<Text>,
}

impl Heard {
    /// What a sentence says; without a time it is now.
    pub fn of(context: &Context, note: String, line: &Line) -> Self {
        let at = line.at.as_ref().map_or(context.now(), |(at, _)| *at);
        let ahead = line.ahead.as_ref().map(|(_, typed)| typed.clone());
        Self {
            note,
            at,
            minutes: line.minutes,
            inferred: line.inferred,
            channel: None,
            felt: line.felt.as_ref().map(|(felt, _)| *felt),
            felt_word: line.felt.as_ref().map(|(_, word)| word.clone()),
            ahead,
            slip: line.slip.clone(),
            when: line.at.as_ref().map(|(_, typed)| typed.clone()),
            silence: line.silence,
        }
    }
}

/// Runs the command.
///
/// # Errors
/// When a customer or the stage is not found, or the log cannot be written.
pub fn run(context: &Context, args: &LogArgs) -> Result<ExitCode> {
    if let Some(count) = args.last {
        return last::run(context, count);
    }
    if let Some(sentences) = piped::sentences(args)? {
        return piped::run(context, args, &sentences);
    }
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let words = &workspace.settings.imports.words;
    let (guests, mut heard) = whom_and_what(context, &ledger, words, args)?;
    settle(context, args, &mut heard)?;
    let (touchpoint, assumed) = touchpoint(args, &heard)?;
    let entries = guests.into_iter().map(|guest| entry(&ledger, guest, args, &touchpoint)).collect::<Result<Vec<_>>>()?;
    if args.words.is_empty() {
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        ask::confirm(context, &summary(&visible(&names.join(", ")), &touchpoint, context.local(heard.at)))?;
    }
    let ids = ledger.batch(context.now(), "log", |batch| record(batch, &entries))?;
    let at = heard.at;
    let lines = ids.iter().filter_map(|&id| line(context, &ledger, id).transpose()).collect::<Result<Vec<_>>>()?;
    let mut remarks = remarks(context, args, &entries, assumed, heard);
    if let ([id], true) = (ids.as_slice(), at <= context.now()) {
        let whose = ledger.touchpoint(*id)?.map(|logged| logged.customer);
        // It is recorded: a remark that cannot be made does not make it fail.
        let standing = whose.and_then(|id| ledger.standing_nudges(id).ok()).unwrap_or_default();
        remarks.nudges = standing.iter().map(|nudge| nudge.id).collect();
    }
    let answer = logged(&lines, &remarks, as_table(context));
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

/// What flags say goes before what was heard; what cannot have been is refused.
fn settle(context: &Context, args: &LogArgs, heard: &mut Heard) -> Result<()> {
    if let Some(at) = args.flags.at.as_deref() {
        (heard.at, heard.ahead) = (context.past(at, "--at")?, None);
    } else if let Some(slip) = heard.slip.take() {
        let todo = text!("write the date anew, or say when with --at", "schrijf de datum opnieuw, of zeg wanneer met --at");
        return Err(wrong(slip).todo(todo).into());
    }
    if heard.silence && args.flags.channel.is_none() {
        return Err(no_contact().into());
    }
    Ok(())
}

fn remarks(context: &Context, args: &LogArgs, entries: &[Entry], assumed: Assumed, heard: Heard) -> Remarks {
    let newcomers = entries.iter().filter(|entry| matches!(entry.guest, Guest::New(_))).map(|entry| entry.name.clone()).collect();
    let typed = args.flags.at.as_deref().or(heard.when.as_deref());
    let last_year = typed.and_then(|typed| Some((typed.to_owned(), soon_again(typed, &context.clock)?)));
    Remarks {
        assumed,
        ahead: heard.ahead,
        last_year: last_year.filter(|_| heard.at < context.now()),
        newcomers,
        felt: heard.felt_word.filter(|_| args.flags.felt.is_none()),
        nudges: Vec::new(),
    }
}

/// Who it was about and what happened, by how many words were typed.
fn whom_and_what(context: &Context, ledger: &Ledger, words: &contact_words::Words, args: &LogArgs) -> Result<(Vec<Guest>, Heard)> {
    match args.words.as_slice() {
        [] if context.can_ask() => ask::ask(context, ledger, words, args),
        [] => Err(nothing_typed().into()),
        [sentence] => sentence::listen(context, ledger, words, sentence, args.new),
        [typed @ .., note] => {
            what_can_be_stored(note)?;
            let line = sentence::understood(context, ledger, words, note)?;
            Ok((guests(context, ledger, typed, args.new)?, Heard::of(context, note.clone(), &line)))
        }
    }
}

fn no_contact() -> Problem {
    Problem::failure(text!("this says that there was no contact", "hier staat dat er geen contact was")).todo(text!(
        "add --channel to log it anyway, such as --channel message",
        "zet er --channel bij om het toch vast te leggen, zoals --channel bericht"
    ))
}

fn nothing_typed() -> Problem {
    Problem::usage(text!("it does not say what happened, or to whom", "er staat niet bij wat er gebeurde, of met wie")).todo(text!(
        "say it in a sentence: attent log \"called Anna yesterday about the invoice\"",
        "zeg het in een zin: attent log \"belde Anna gisteren over de factuur\""
    ))
}

/// One customer's part of an entry.
struct Entry {
    guest: Guest,
    name: String,
    touchpoint: Touchpoint,
}

fn entry(ledger: &Ledger, guest: Guest, args: &LogArgs, touchpoint: &Touchpoint) -> Result<Entry> {
    let known = match &guest {
        Guest::Known(id) => ledger.customer(*id)?,
        Guest::New(_) => None,
    };
    let course = &ledger.courses()[ledger.course_of(known.as_ref().and_then(|customer| customer.journey.as_deref()))];
    let stage = args.flags.stage.as_deref().map(|stage| stage_of(course, stage)).transpose()?;
    let stage = stage.map(|place| course.journey.stages[place].id.clone());
    let name = match (&guest, known) {
        (Guest::New(name), _) => name.clone(),
        (_, known) => known.map(|customer| customer.name).unwrap_or_default(),
    };
    Ok(Entry { guest, name, touchpoint: Touchpoint { stage, ..touchpoint.clone() } })
}

fn record(batch: &mut Batch<'_>, entries: &[Entry]) -> Result<(Vec<TouchpointId>, String)> {
    let mut ids = Vec::new();
    for entry in entries {
        let customer = match &entry.guest {
            Guest::Known(id) => *id,
            Guest::New(name) => batch.add_customer(&Customer::named(name))?,
        };
        if let Outcome::Added(recorded) = batch.record(customer, &entry.touchpoint, "log", Key::None)? {
            ids.push(recorded.id);
        }
    }
    let names = entries.iter().map(|entry| entry.name.as_str()).collect::<Vec<_>>();
    let note = entries.first().map(|entry| entry.touchpoint.note.as_str()).unwrap_or_default();
    Ok((ids, format!("{}: {}", names.join(", "), clip(note, 60, "…"))))
}

/// A contact as it stands in the log now.
///
/// # Errors
/// When the log cannot be read.
pub fn line(context: &Context, ledger: &Ledger, id: TouchpointId) -> Result<Option<TouchpointLine>> {
    let Some(logged) = ledger.touchpoint(id)? else { return Ok(None) };
    let Some(customer) = ledger.customer(logged.customer)? else { return Ok(None) };
    let course = &ledger.courses()[ledger.course_of(customer.journey.as_deref())];
    Ok(Some(touchpoint_line(context, course, &customer.name, logged)))
}

/// A note that has a word in it and is not too long.
///
/// # Errors
/// When it cannot be stored (exit 2).
pub fn what_can_be_stored(note: &str) -> Result<&str> {
    let note = limits::note(note).map_err(wrong)?;
    if note.trim().is_empty() {
        return Err(wrong(text!("it does not say what happened", "er staat niet bij wat er gebeurde")).into());
    }
    Ok(note)
}

/// That a note or a label cannot be stored.
pub fn wrong(why: Text) -> Problem {
    Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why)
}

/// What is recorded: said by a flag, else read from the note, else usual for the channel.
fn touchpoint(args: &LogArgs, heard: &Heard) -> Result<(Touchpoint, Assumed)> {
    let note = what_can_be_stored(&heard.note)?;
    let said = args.flags.channel.or(heard.channel);
    let read = if said.is_none() || said == heard.inferred.channel { heard.inferred } else { Inferred::default() };
    let channel = said.or(read.channel).unwrap_or(Channel::Message);
    let assumed = match (said, read.channel) {
        (Some(_), _) => Assumed::Nothing,
        (None, Some(channel)) => Assumed::Channel(channel),
        (None, None) => Assumed::Message,
    };
    let usual = channel.defaults();
    let facts = Facts {
        at: heard.at,
        channel,
        direction: args.flags.direction().or(read.direction).unwrap_or(usual.direction),
        sender: args.flags.sender.unwrap_or(usual.sender),
        personal: args.flags.personal.unwrap_or(usual.personal),
        kind: args.flags.kind.or(written_about(channel, heard.inferred.kind)).unwrap_or(usual.kind),
        sentiment: args.flags.felt.or(heard.felt),
    };
    let tags = args.flags.tags().map_err(wrong)?;
    let minutes = args.flags.minutes.or(heard.minutes);
    Ok((Touchpoint { facts, stage: None, amount: args.flags.amount, minutes, note: note.to_owned(), tags }, assumed))
}

/// Written contact that names an invoice or an order is about it; a conversation is more than that.
fn written_about(channel: Channel, kind: Option<Kind>) -> Option<Kind> {
    let written = matches!(channel, Channel::Message | Channel::Email | Channel::Letter | Channel::Portal | Channel::Push);
    kind.filter(|_| written)
}
