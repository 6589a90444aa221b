//! `attent edit` without flags, at a terminal: what may change, with what it is now.

use anyhow::Result;

use super::through;
use crate::domain::calendar::Moment;
use crate::domain::limits;
use crate::domain::numbers::shortest;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::{CustomerId, Touchpoint};
use crate::domain::words::Direction;
use crate::intake::dates::{Lean, parse_moment};
use crate::ledger::{Ledger, LoggedTouchpoint};
use crate::render::sanitize::visible;
use crate::render::wrap::clip;
use crate::subcommands::context::Context;
use crate::subcommands::log::ask::channel;
use crate::subcommands::log::felt::choices;
use crate::subcommands::look_up::{Sought, sought};
use crate::subcommands::prompts::Asker;
use crate::subcommands::typed::{Said, minutes};
use crate::subcommands::who;
use crate::text;

/// Asks who, what happened, when, how, in which direction, how long and how it felt; Enter leaves each
/// as it is.
///
/// # Errors
/// When it is broken off, or the terminal fails.
pub fn ask(context: &Context, ledger: &Ledger, logged: &LoggedTouchpoint) -> Result<(CustomerId, Touchpoint)> {
    Asker::new(context).say(&text!(
        "Enter leaves it as it is. Ctrl-C stops, and changes nothing.",
        "Enter laat het zoals het is. Ctrl-C stopt, en verandert niets."
    ))?;
    let before = &logged.touchpoint;
    let mut changed = before.clone();
    let with = who_it_was(context, ledger, logged.customer)?;
    changed.note = what_happened(context, &before.note)?;
    changed.facts.at = when(context, before.facts.at)?;
    let through_which = channel(context, before.facts.channel)?;
    if through_which != before.facts.channel {
        through(&mut changed.facts, through_which);
    }
    changed.facts.direction = direction(context, changed.facts.direction)?;
    changed.minutes = how_long(context, before.minutes)?;
    changed.facts.sentiment = felt(context, before.facts.sentiment)?;
    Ok((with, changed))
}

fn who_it_was(context: &Context, ledger: &Ledger, before: CustomerId) -> Result<CustomerId> {
    let name = ledger.customer(before)?.map(|customer| customer.name).unwrap_or_default();
    let shown = visible(&name).into_owned();
    let check = |typed: &str| match sought(context, ledger, typed) {
        Ok(Sought::Nobody(_)) if typed != shown => Err(text!("no customer is called that", "zo heet geen klant")),
        _ => Ok(()),
    };
    let typed = Asker::new(context).line_or(&text!("Who was it?", "Wie was het?"), &shown, check)?.ok_or_else(stopped)?;
    if typed == shown { Ok(before) } else { who::customer(context, ledger, &typed) }
}

fn direction(context: &Context, before: Direction) -> Result<Direction> {
    let labels: Vec<Text> = Direction::ALL.iter().map(|direction| direction.label()).collect();
    let usual = Direction::ALL.iter().position(|direction| *direction == before).unwrap_or_default();
    let question = text!("Who started it?", "Van wie ging het uit?");
    Ok(Direction::ALL[Asker::new(context).choose(&question, &labels, usual)?.ok_or_else(stopped)?])
}

fn how_long(context: &Context, before: Option<u32>) -> Result<Option<u32>> {
    let question = text!("How many minutes? (0 when not known)", "Hoeveel minuten? (0 als het niet bekend is)");
    let shown = before.unwrap_or_default().to_string();
    let check = |typed: &str| if typed == shown { Ok(()) } else { minutes(typed).map(drop).map_err(|Said(why)| why) };
    let typed = Asker::new(context).line_or(&question, &shown, check)?.ok_or_else(stopped)?;
    if typed == shown { Ok(before) } else { Ok(minutes(&typed).ok().filter(|minutes| *minutes > 0)) }
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
