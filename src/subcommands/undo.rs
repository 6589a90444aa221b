//! `attent undo`: takes an entry back, or one contact out.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;
use super::output;
use super::typed::Said;
use super::workspace::Workspace;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::TouchpointId;
use crate::ledger::{Entry, Ledger, Touched};
use crate::render::pages::undone::{self as page, EntryLine, Taken, TakenOut};
use crate::render::wrap::clip;
use crate::text;

/// The arguments of `undo`.
#[derive(Debug, Args)]
pub struct UndoArgs {
    /// A contact by its number, or an entry such as e12; the last entry when left out
    #[arg(value_name = "NUMBER", value_parser = number)]
    pub what: Option<Number>,
    /// Show the last entries, and what was taken back
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "20", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "what")]
    pub list: Option<u32>,
}

/// What is to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Number {
    /// A contact, as `log` and `timeline` number it.
    Contact(i64),
    /// An entry, as `undo --list` numbers it.
    Entry(i64),
}

fn number(typed: &str) -> Result<Number, Said> {
    let typed = typed.trim().trim_start_matches('#');
    let read = match typed.strip_prefix(['e', 'E']) {
        Some(digits) => digits.parse().ok().map(Number::Entry),
        None => typed.parse().ok().map(Number::Contact),
    };
    read.ok_or_else(|| {
        Said(text!(
            "`{typed}` is neither a contact, such as 123, nor an entry, such as e12",
            "`{typed}` is geen contact, zoals 123, en geen invoer, zoals e12"
        ))
    })
}

/// Runs the command.
///
/// # Errors
/// When there is nothing to take back, something later stands in the way (exit 1), or the log cannot
/// be written.
pub fn run(context: &Context, args: &UndoArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let answer = match (args.list, args.what) {
        (Some(count), _) => list(context, &workspace.reader(context)?, count)?,
        (None, Some(Number::Contact(id))) => {
            let contact = take_out(context, &mut workspace.ledger(context)?, TouchpointId(id))?;
            page::taken_out(&contact)
        }
        (None, which) => {
            let which = which.map(|number| match number {
                Number::Entry(id) | Number::Contact(id) => id,
            });
            let done = workspace.ledger(context)?.undo(context.now(), which)?.ok_or_else(|| nothing(which))?;
            page::undone(&Taken {
                entry: done.entry.id,
                at: context.local(done.entry.at),
                verb: done.entry.verb,
                about: done.entry.summary,
                by: done.by,
                touchpoints: done.touchpoints,
                returned: done.returned,
                customers: done.customers,
                kept: done.kept,
                customers_returned: done.customers_returned,
                incidents: done.incidents,
                nudges_again: done.nudges.again,
                nudges_put_off: done.nudges.put_off,
                nudges_gone: done.nudges.gone,
                nudges_again_since: done.nudges.again_since,
            })
        }
    };
    output::answer(context, &workspace.settings.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

fn list(context: &Context, ledger: &Ledger, count: u32) -> Result<crate::render::format::Answer> {
    let line = |entry: Entry| -> Result<EntryLine> {
        Ok(EntryLine {
            id: entry.id,
            at: context.local(entry.at),
            about: about(ledger, &entry)?,
            verb: entry.verb,
            summary: entry.summary,
            undone: entry.undone.map(|at| context.local(at)),
            undoes: entry.undoes,
            erased: entry.erased,
        })
    };
    Ok(page::entries(&ledger.entries(count)?.into_iter().map(line).collect::<Result<Vec<_>>>()?))
}

/// What an entry was about, for people: where the journal keeps numbers, whose they are.
fn about(ledger: &Ledger, entry: &Entry) -> Result<Text> {
    let said = match entry.verb.as_str() {
        "nudge" => page::of_nudges(&ledger.nudges_touched(entry.id)?.into_iter().map(|one| (one.customer, one.is_new)).collect::<Vec<_>>()),
        verb if verb.starts_with("incident ") => {
            let failure = ledger.incidents_touched(entry.id)?.into_iter().next();
            failure.map(|Touched { row, customer, .. }| text!("failure #{row} of {customer}", "misser #{row} van {customer}"))
        }
        _ => None,
    };
    Ok(said.unwrap_or_else(|| Text::same(entry.summary.clone())))
}

fn take_out(context: &Context, ledger: &mut Ledger, id: TouchpointId) -> Result<TakenOut> {
    let found = ledger.touchpoint(id)?.ok_or_else(|| no_contact(id))?;
    let customer = ledger.customer(found.customer)?.map(|customer| customer.name).unwrap_or_default();
    let note = clip(&found.touchpoint.note, 60, "…");
    ledger.remove_touchpoint(context.now(), id, &in_short(id, &customer, &note))?;
    let by = ledger.entries(1)?.first().map(|entry| entry.id).unwrap_or_default();
    Ok(TakenOut { id: id.0, by, customer, at: context.local(found.touchpoint.facts.at), note })
}

/// A contact as the journal names it: `#12 Anna: called about the plan`.
pub fn in_short(TouchpointId(id): TouchpointId, customer: &str, note: &str) -> String {
    let note = clip(note, 60, "…");
    if note.is_empty() { format!("#{id} {customer}") } else { format!("#{id} {customer}: {note}") }
}

/// That no contact has this number.
pub fn no_contact(TouchpointId(id): TouchpointId) -> Problem {
    Problem::failure(text!("there is no contact #{id}", "er is geen contact #{id}")).todo(text!(
        "`attent timeline` shows the numbers of a customer's contacts",
        "`attent timeline` laat de nummers van de contacten met een klant zien"
    ))
}

fn nothing(which: Option<i64>) -> Problem {
    let Some(id) = which else {
        return Problem::failure(text!("there is nothing to take back", "er is niets om terug te nemen"))
            .why(text!("every entry has been taken back, or there was none yet", "elke invoer is al teruggenomen, of er was er nog geen"));
    };
    let todo: Text = text!("`attent undo --list` shows the entries", "`attent undo --list` laat de invoer zien");
    Problem::failure(text!("there is no entry e{id}", "er is geen invoer e{id}")).todo(todo)
}
