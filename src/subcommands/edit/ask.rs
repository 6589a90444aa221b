//! `attent edit` without flags, at a terminal: what may change, with what it is now.

use anyhow::Result;

use super::through;
use crate::domain::calendar::Moment;
use crate::domain::limits;
use crate::domain::numbers::shortest;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::Touchpoint;
use crate::intake::dates::{Lean, parse_moment};
use crate::render::sanitize::visible;
use crate::render::wrap::clip;
use crate::subcommands::context::Context;
use crate::subcommands::log::ask::channel;
use crate::subcommands::log::felt::choices;
use crate::subcommands::prompts::Asker;
use crate::text;

/// Asks what happened, when, how, and how it felt; Enter leaves each as it is.
///
/// # Errors
/// When it is broken off, or the terminal fails.
pub fn ask(context: &Context, before: &Touchpoint) -> Result<Touchpoint> {
    let mut changed = before.clone();
    changed.note = what_happened(context, &before.note)?;
    changed.facts.at = when(context, before.facts.at)?;
    let through_which = channel(context, before.facts.channel)?;
    if through_which != before.facts.channel {
        through(&mut changed.facts, through_which);
    }
    changed.facts.sentiment = felt(context, before.facts.sentiment)?;
    Ok(changed)
}

fn what_happened(context: &Context, before: &str) -> Result<String> {
    let question = text!("What happened?", "Wat gebeurde er?");
    let check = |typed: &str| limits::note(typed).map(drop);
    let asker = Asker::new(context);
    if before.is_empty() {
        return Ok(asker.line(&question, check)?.ok_or_else(stopped)?.trim().to_owned());
    }
    // A long note is shown by its beginning; Enter keeps all of it.
    let shown = clip(&visible(before), 50, "…");
    let typed = asker.line_or(&question, &shown, check)?.ok_or_else(stopped)?;
    Ok(if typed == shown { before.to_owned() } else { typed.trim().to_owned() })
}

fn when(context: &Context, before: Moment) -> Result<Moment> {
    let shown = context.local(before).format("%Y-%m-%d %H:%M").to_string();
    let moment = |typed: &str| parse_moment(typed, &context.clock, Lean::Past);
    let question = text!("When?", "Wanneer?");
    let check = |typed: &str| if typed == shown { Ok(()) } else { moment(typed).map(drop) };
    let typed = Asker::new(context).line_or(&question, &shown, check)?.ok_or_else(stopped)?;
    if typed == shown { Ok(before) } else { moment(&typed).map_err(|_| stopped().into()) }
}

fn felt(context: &Context, before: Option<f64>) -> Result<Option<f64>> {
    let mut known: Vec<(Option<f64>, Text)> = vec![(None, text!("not known", "niet bekend"))];
    known.extend(choices().map(|(felt, word)| (Some(felt), word)));
    if let Some(felt) = before.filter(|_| !known.iter().any(|(felt, _)| *felt == before)) {
        known.push((before, shortest(felt)));
    }
    let usual = known.iter().position(|(felt, _)| *felt == before).unwrap_or_default();
    let items: Vec<Text> = known.iter().map(|(_, word)| word.clone()).collect();
    let question = text!("How did it feel to the customer?", "Hoe voelde het voor de klant?");
    let chosen = Asker::new(context).choose(&question, &items, usual)?.ok_or_else(stopped)?;
    Ok(known[chosen].0)
}

/// It was broken off.
fn stopped() -> Problem {
    Problem::failure(text!("stopped, and nothing was changed", "gestopt, en er is niets veranderd"))
}
