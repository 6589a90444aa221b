//! `attent log` without words, at a terminal: one question after another.

use anyhow::Result;

use super::felt::choices;
use super::guests::Guest;
use super::sentence::understood;
use super::who::{self, stopped};
use super::{Heard, LogArgs};
use crate::domain::calendar::Moment;
use crate::domain::limits;
use crate::domain::text::Text;
use crate::domain::words::Channel;
use crate::intake::contact_words::Words;
use crate::intake::dates::{Lean, parse_moment};
use crate::ledger::Ledger;
use crate::subcommands::context::Context;
use crate::subcommands::prompts::Asker;
use crate::text;

/// Asks who, what, how and when; what a flag says is not asked.
///
/// # Errors
/// When it is broken off, or the terminal fails.
pub fn ask(context: &Context, ledger: &Ledger, words: &Words, args: &LogArgs) -> Result<(Vec<Guest>, Heard)> {
    Asker::new(context).say(&text!("Ctrl-C stops, and stores nothing.", "Ctrl-C stopt, en slaat niets op."))?;
    let guests = who::ask(context, ledger)?;
    let note = what_happened(context)?;
    let line = understood(context, ledger, words, &note)?;
    let mut heard = Heard::of(context, note, &line);
    if args.flags.channel.is_none() {
        heard.channel = Some(channel(context, line.inferred.channel.unwrap_or(Channel::Message))?);
    }
    if args.flags.at.is_none() {
        heard.at = when(context, line.at.as_ref().map(|(_, typed)| typed.as_str()))?;
    }
    if args.flags.felt.is_none() {
        (heard.felt, heard.felt_word) = (felt(context)?, None);
    }
    heard.ahead = None;
    Ok((guests, heard))
}

/// Asks what happened, in a sentence.
///
/// # Errors
/// When it is broken off, or the terminal fails.
pub fn what_happened(context: &Context) -> Result<String> {
    let check = |typed: &str| match limits::note(typed)? {
        "" => Err(text!("say in a few words what happened", "zeg in een paar woorden wat er gebeurde")),
        _ => Ok(()),
    };
    Ok(Asker::new(context).line(&text!("What happened?", "Wat gebeurde er?"), check)?.ok_or_else(stopped)?)
}

/// Asks through which channel it was.
///
/// # Errors
/// When it is broken off, or the terminal fails.
pub fn channel(context: &Context, read: Channel) -> Result<Channel> {
    let labels: Vec<Text> = Channel::ALL.iter().map(|channel| channel.label()).collect();
    let usual = Channel::ALL.iter().position(|channel| *channel == read).unwrap_or_default();
    let chosen = Asker::new(context).choose(&text!("How?", "Hoe?"), &labels, usual)?.ok_or_else(stopped)?;
    Ok(Channel::ALL[chosen])
}

fn when(context: &Context, read: Option<&str>) -> Result<Moment> {
    let now = text!("now", "nu");
    let usual = read.unwrap_or(now.get(context.lang()));
    let moment = |typed: &str| parse_moment(typed, &context.clock, Lean::Past);
    let question = text!("When?", "Wanneer?");
    let typed = Asker::new(context).line_or(&question, usual, |typed| moment(typed).map(drop))?.ok_or_else(stopped)?;
    moment(&typed).map_err(|_| stopped().into())
}

fn felt(context: &Context) -> Result<Option<f64>> {
    let (felt, words): (Vec<f64>, Vec<Text>) = choices().unzip();
    let items: Vec<Text> = [text!("skip this", "overslaan")].into_iter().chain(words).collect();
    let question = text!("How did it feel to the customer?", "Hoe voelde het voor de klant?");
    let chosen = Asker::new(context).choose(&question, &items, 0)?.ok_or_else(stopped)?;
    Ok(chosen.checked_sub(1).map(|place| felt[place]))
}

/// Shows what would be stored and asks whether it is right.
///
/// # Errors
/// When it is not, or the terminal fails.
pub fn confirm(context: &Context, summary: &Text) -> Result<()> {
    let items = [text!("store it", "opslaan"), text!("stop, and store nothing", "stoppen, en niets opslaan")];
    let asker = Asker::new(context);
    asker.say(summary)?;
    match asker.choose(&text!("Is that right?", "Klopt dat?"), &items, 0)? {
        Some(0) => Ok(()),
        _ => Err(stopped().into()),
    }
}
