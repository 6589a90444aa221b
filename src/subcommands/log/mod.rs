//! `attent log`: one contact, one line.
//!
//! Two words or more are customers and what happened; one is a sentence that names them
//! (`sentence`); none, at a terminal, is a conversation (`ask`).

mod ask;
mod felt;
mod guests;
mod last;
mod sentence;
mod who;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use self::felt::felt;
use self::guests::{Guest, guests};
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::{Facts, Touchpoint, TouchpointId};
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::intake::contact_words::{self, Inferred};
use crate::intake::one_line::Line;
use crate::ledger::{Batch, Key, Ledger, Outcome};
use crate::render::pages::logged::{Assumed, logged, summary};
use crate::render::pages::timeline::TouchpointLine;
use crate::render::sanitize::visible;
use crate::render::wrap::clip;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::{as_table, touchpoint_line};
use crate::subcommands::output;
use crate::subcommands::score::stage_of;
use crate::subcommands::typed::{Words, amount};
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `log`.
#[derive(Debug, Args)]
pub struct LogArgs {
    /// One sentence that names who; or the customers (a part of the name is enough), and last what happened
    #[arg(num_args = 0.., value_names = ["CUSTOMER", "WHAT HAPPENED"], add = ArgValueCompleter::new(complete::customers))]
    pub words: Vec<String>,
    /// Through which channel; read from your words when left out
    #[arg(long, value_parser = Words::new(Channel::ALL, Channel::word), value_name = "CHANNEL")]
    pub channel: Option<Channel>,
    /// The customer started it
    #[arg(long = "in", conflicts_with_all = ["outward", "both"])]
    pub inward: bool,
    /// You started it
    #[arg(long = "out", conflicts_with = "both")]
    pub outward: bool,
    /// It was a conversation
    #[arg(long)]
    pub both: bool,
    /// Who made it: a person, a person with a machine's help, or a machine
    #[arg(long, value_parser = Words::new(Sender::ALL, Sender::word), value_name = "SENDER")]
    pub sender: Option<Sender>,
    /// How far it was about this customer
    #[arg(long, value_parser = Words::new(Personal::ALL, Personal::word), value_name = "HOW")]
    pub personal: Option<Personal>,
    /// What it was about
    #[arg(long, value_parser = Words::new(Kind::ALL, Kind::word), value_name = "KIND")]
    pub kind: Option<Kind>,
    /// How it felt to the customer: from -1 to 1, or great, good, neutral, bad or terrible
    #[arg(long, alias = "sentiment", value_parser = felt, allow_hyphen_values = true, value_name = "-1..1")]
    pub felt: Option<f64>,
    /// The stage it belongs to; the journey's rules decide when left out
    #[arg(long, value_name = "STAGE", add = ArgValueCandidates::new(complete::any_stages))]
    pub stage: Option<String>,
    /// When: today, yesterday 14:00, last friday, 2026-11-20 …
    #[arg(long, value_name = "WHEN")]
    pub at: Option<String>,
    /// How many minutes it took
    #[arg(long, value_name = "N")]
    pub minutes: Option<u32>,
    /// What it cost or brought, such as 12.50
    #[arg(long, value_parser = amount, allow_hyphen_values = true, value_name = "AMOUNT")]
    pub amount: Option<Cents>,
    /// A label; may be given more than once
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Make customers of those who are none yet
    #[arg(long)]
    pub new: bool,
    /// Show the entry logged last, or the last so many
    #[arg(long, num_args = 0..=1, default_missing_value = "1", value_name = "N", value_parser = clap::value_parser!(u32).range(1..),
        conflicts_with = "words")]
    pub last: Option<u32>,
}

impl LogArgs {
    fn direction(&self) -> Option<Direction> {
        let said = [(self.inward, Direction::In), (self.outward, Direction::Out), (self.both, Direction::Both)];
        said.into_iter().find(|(said, _)| *said).map(|(_, direction)| direction)
    }
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
    /// How it felt, if that was asked.
    pub felt: Option<f64>,
    /// A time to come that the note names without saying when it happened, as typed.
    pub ahead: Option<String>,
}

impl Heard {
    /// What a sentence says; without a time it is now.
    pub fn of(context: &Context, note: String, line: &Line) -> Self {
        let at = line.at.as_ref().map_or(context.now(), |(at, _)| *at);
        let ahead = line.ahead.as_ref().map(|(_, typed)| typed.clone());
        Self { note, at, minutes: line.minutes, inferred: line.inferred, channel: None, felt: None, ahead }
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
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let at = args.at.as_deref().map(|at| context.past(at, "--at")).transpose()?;
    let words = &workspace.settings.imports.words;
    let (guests, mut heard) = whom_and_what(context, &ledger, words, args)?;
    if let Some(at) = at {
        (heard.at, heard.ahead) = (at, None);
    }
    let (touchpoint, assumed) = touchpoint(args, &heard)?;
    let entries = guests.into_iter().map(|guest| entry(&ledger, guest, args, &touchpoint)).collect::<Result<Vec<_>>>()?;
    if args.words.is_empty() {
        let names: Vec<_> = entries.iter().map(|entry| entry.name.as_str()).collect();
        ask::confirm(context, &summary(&visible(&names.join(", ")), &touchpoint, context.local(heard.at)))?;
    }
    let ids = ledger.batch(context.now(), "log", |batch| record(batch, &entries))?;
    let lines = ids.into_iter().filter_map(|id| line(context, &ledger, id).transpose()).collect::<Result<Vec<_>>>()?;
    let answer = logged(&lines, assumed, heard.ahead.as_deref(), as_table(context));
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

/// Who it was about and what happened, by how many words were typed.
fn whom_and_what(context: &Context, ledger: &Ledger, words: &contact_words::Words, args: &LogArgs) -> Result<(Vec<Guest>, Heard)> {
    match args.words.as_slice() {
        [] if context.can_ask() => ask::ask(context, ledger, words, args),
        [] => Err(nothing_typed().into()),
        [sentence] => sentence::listen(context, ledger, words, sentence, args.new),
        [typed @ .., note] => {
            what_can_be_stored(note)?;
            let line = Line { inferred: words.infer(note), ..Line::default() };
            Ok((guests(context, ledger, typed, args.new)?, Heard::of(context, note.clone(), &line)))
        }
    }
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
    let stage = args.stage.as_deref().map(|stage| stage_of(course, stage)).transpose()?;
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

fn line(context: &Context, ledger: &Ledger, id: TouchpointId) -> Result<Option<TouchpointLine>> {
    let Some(logged) = ledger.touchpoint(id)? else { return Ok(None) };
    let Some(customer) = ledger.customer(logged.customer)? else { return Ok(None) };
    let course = &ledger.courses()[ledger.course_of(customer.journey.as_deref())];
    Ok(Some(touchpoint_line(context, course, &customer.name, logged)))
}

/// A note that has a word in it and is not too long.
fn what_can_be_stored(note: &str) -> Result<&str> {
    let note = limits::note(note).map_err(wrong)?;
    if note.trim().is_empty() {
        return Err(wrong(text!("it does not say what happened", "er staat niet bij wat er gebeurde")).into());
    }
    Ok(note)
}

fn wrong(why: Text) -> Problem {
    Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why)
}

/// What is recorded: said by a flag, else read from the note, else usual for the channel.
fn touchpoint(args: &LogArgs, heard: &Heard) -> Result<(Touchpoint, Assumed)> {
    let note = what_can_be_stored(&heard.note)?;
    let said = args.channel.or(heard.channel);
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
        direction: args.direction().or(read.direction).unwrap_or(usual.direction),
        sender: args.sender.unwrap_or(usual.sender),
        personal: args.personal.unwrap_or(usual.personal),
        kind: args.kind.or(written_about(channel, heard.inferred.kind)).unwrap_or(usual.kind),
        sentiment: args.felt.or(heard.felt),
    };
    let tags = tags(&args.tag).map_err(wrong)?;
    let minutes = args.minutes.or(heard.minutes);
    Ok((Touchpoint { facts, stage: None, amount: args.amount, minutes, note: note.to_owned(), tags }, assumed))
}

/// Written contact that names an invoice or an order is about it; a conversation is more than that.
fn written_about(channel: Channel, kind: Option<Kind>) -> Option<Kind> {
    let written = matches!(channel, Channel::Message | Channel::Email | Channel::Letter | Channel::Portal | Channel::Push);
    kind.filter(|_| written)
}

/// Lower case, sorted, each once: tags are a set.
fn tags(typed: &[String]) -> Result<Vec<String>, Text> {
    let parts = typed.iter().flat_map(|tag| tag.split([' ', ',', ';'])).filter(|tag| !tag.is_empty());
    let mut tags = parts.map(|tag| limits::name(tag).map(str::to_lowercase)).collect::<Result<Vec<_>, _>>()?;
    tags.sort_unstable();
    tags.dedup();
    Ok(tags)
}
