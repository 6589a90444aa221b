//! `attent log "…"`: one sentence that says who, when, how and what happened.

use anyhow::Result;

use super::Heard;
use super::ask::what_happened;
use super::guests::Guest;
use super::who::settle;
use crate::domain::names::slug;
use crate::domain::problem::Problem;
use crate::intake::contact_words::Words;
use crate::intake::one_line::{Line, Names, Person, read};
use crate::ledger::Ledger;
use crate::subcommands::context::Context;
use crate::text;

/// Reads the sentence and finds out who is meant.
///
/// # Errors
/// When somebody in it is unknown (exit 1) or unclear (exit 2), or it does not say what happened, and
/// nobody can be asked.
pub fn listen(context: &Context, ledger: &Ledger, words: &Words, sentence: &str, new: bool) -> Result<(Vec<Guest>, Heard)> {
    let line = understood(context, ledger, words, sentence)?;
    let exactly = if sentence.trim().is_empty() { None } else { ledger.exactly(sentence)? };
    if exactly.is_none() && !line.only_names {
        let heard = Heard::of(context, sentence.to_owned(), &line);
        return Ok((settle(context, ledger, &line.people, new)?, heard));
    }
    if !context.can_ask() || sentence.trim().is_empty() {
        return Err(nothing_happened(sentence).into());
    }
    let people = exactly.map_or(line.people, |id| vec![Person::Known(id)]);
    let guests = settle(context, ledger, &people, new)?;
    let note = what_happened(context)?;
    let said = understood(context, ledger, words, &note)?;
    Ok((guests, Heard::of(context, note, &Line { at: said.at.or(line.at), ..said })))
}

/// What a sentence or a note says, read with the names of all customers.
///
/// # Errors
/// When the log cannot be read.
pub fn understood(context: &Context, ledger: &Ledger, words: &Words, sentence: &str) -> Result<Line> {
    let known = ledger.known_as()?;
    let names = Names::that_may_stand_in(sentence, known.iter().map(|(id, name)| (*id, name.as_str())));
    Ok(read(sentence, &names, words, &context.clock))
}

fn nothing_happened(typed: &str) -> Problem {
    let who = slug(typed);
    let who = if who.is_empty() || who.chars().count() > 40 { "anna".to_owned() } else { who };
    Problem::usage(text!("it does not say what happened", "er staat niet bij wat er gebeurde")).todo(text!(
        "say it behind the name: attent log {who} \"called about the invoice\"",
        "zeg het achter de naam: attent log {who} \"belde over de factuur\""
    ))
}
