//! `attent forget`: a customer, and every trace of them.

mod backups;
mod erasing;
mod files;
mod pieces;
mod spots;
mod written;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

pub use backups::Copies;
pub use erasing::{finish, neutral, sure, tell_of_forgotten};
pub use files::naming;

use super::complete;
use super::context::Context;
use super::workspace::Workspace;
use super::{look_up, output, who};
use crate::domain::phone;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::{Erased, Ledger};
use crate::render::pages::forget::{self as page, Forgotten, Line};
use crate::text;

/// The arguments of `forget`.
#[derive(Debug, Args)]
pub struct ForgetArgs {
    /// The customer; with --yes the whole name, an address or a number
    #[arg(value_name = "CUSTOMER", required_unless_present = "again", add = ArgValueCompleter::new(complete::customers))]
    pub customer: Option<String>,
    /// Erase again who was forgotten before and came back with a copy; all of them
    #[arg(long, conflicts_with = "customer")]
    pub again: bool,
    /// Do not ask whether it is right
    #[arg(long, short)]
    pub yes: bool,
    /// Only show what would be erased and changed
    #[arg(long)]
    pub dry_run: bool,
    /// Also erase them from the copies in the folder backups
    #[arg(long)]
    pub backups: bool,
}

/// Somebody to forget, as far as the log knows them.
struct Sought {
    /// Which customer; `None` for somebody who is only in copies any more.
    id: Option<CustomerId>,
    /// As what they are told of.
    name: String,
    /// What they are known by.
    keys: Vec<String>,
}

/// Forgets a customer, or all who were forgotten before. What that means is shown first, and asked.
///
/// # Errors
/// When the customer is not found, nobody can be asked, or the log cannot be written.
pub fn run(context: &Context, args: &ForgetArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let copies = Copies::of(&workspace)?;
    let whom = match args.customer.as_deref() {
        Some(typed) => vec![whom(context, &ledger, args, typed.trim(), &copies)?],
        None => ledger.forgotten_before()?.into_iter().map(Some).collect(),
    };
    let (mut all, mut sought) = (Vec::new(), Vec::new());
    for id in whom {
        let rehearsed = erase(context, &workspace, &mut ledger, args, id, false)?;
        let typed = args.customer.clone().unwrap_or_default();
        let keys = if id.is_some() { rehearsed.keys.clone() } else { vec![typed.clone()] };
        let name = rehearsed.names.first().cloned().unwrap_or_else(|| typed.trim().to_owned());
        all.push(told(name.clone(), &rehearsed, true));
        sought.push(Sought { id, name, keys });
    }
    let currency = &workspace.settings.currency;
    if args.dry_run || (!args.yes && context.can_ask()) {
        for (told, Sought { name, keys, .. }) in all.iter_mut().zip(&sought) {
            told.lines.extend(copies.holding(keys, name, args.backups));
            told.lines.extend(in_files(context, &workspace, keys)?);
        }
    }
    if !args.dry_run && !all.is_empty() {
        if !args.yes {
            sure(context, currency, &page::will(&all), &page::answer(&all, true))?;
        }
        all = erased(context, &workspace, &mut ledger, args, (&sought, &copies))?;
        for (told, Sought { keys, .. }) in all.iter_mut().zip(&sought) {
            told.lines.extend(in_files(context, &workspace, keys)?);
        }
    }
    output::answer(context, currency, &page::answer(&all, args.dry_run))?;
    Ok(if all.iter().all(|told| told.finished) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Files that name them: those the workspace is made of, and answers that were kept.
fn in_files(context: &Context, workspace: &Workspace, keys: &[String]) -> Result<Vec<Line>> {
    let mut lines = naming(context, workspace, keys)?;
    lines.extend(written::to_delete(context, workspace, keys));
    Ok(lines)
}

/// Erases them one after the other, each whole; then the bytes, and from the copies when that was asked.
fn erased(
    context: &Context,
    workspace: &Workspace,
    ledger: &mut Ledger,
    args: &ForgetArgs,
    (sought, copies): (&[Sought], &Copies),
) -> Result<Vec<Forgotten>> {
    let mut all = Vec::new();
    for Sought { id, name, .. } in sought {
        let erased = erase(context, workspace, ledger, args, *id, true)?;
        all.push(told(name.clone(), &erased, false));
    }
    let finished = finish(context, ledger)?;
    for (told, Sought { name, keys, .. }) in all.iter_mut().zip(sought) {
        told.finished = finished;
        let lines = if args.backups { copies.erase(context, workspace, keys)? } else { copies.holding(keys, name, false) };
        told.lines.extend(lines);
    }
    Ok(all)
}

/// Who is meant; `None` for somebody who is only in copies any more.
fn whom(context: &Context, ledger: &Ledger, args: &ForgetArgs, typed: &str, copies: &Copies) -> Result<Option<CustomerId>> {
    if args.backups && !typed.is_empty() && matches!(look_up::sought(context, ledger, typed)?, look_up::Sought::Nobody(_)) {
        let keys = [typed.to_owned()];
        if copies.have(&keys) {
            return Ok(None);
        }
    }
    let id = who::customer(context, ledger, typed)?;
    let whole = ledger.exactly(typed)? == Some(id) || phone::normal(typed, context.country()).is_some();
    if !whole && !args.dry_run && (args.yes || !context.can_ask()) {
        let name = ledger.customer(id)?.map(|customer| customer.name).unwrap_or_default();
        return Err(Problem::usage(text!("`{typed}` is a part of a name", "`{typed}` is een deel van een naam"))
            .why(text!(
                "forgetting is for good, so without being asked only a whole name will do",
                "vergeten is voorgoed, dus zonder vraag vooraf geldt alleen een hele naam"
            ))
            .todo(text!("if you mean {name}: `attent forget \"{name}\"`", "bedoel je {name}: `attent forget \"{name}\"`"))
            .into());
    }
    Ok(Some(id))
}

fn erase(
    context: &Context,
    workspace: &Workspace,
    ledger: &mut Ledger,
    args: &ForgetArgs,
    whom: Option<CustomerId>,
    store: bool,
) -> Result<Erased> {
    let Some(id) = whom else { return Ok(Erased::default()) };
    if args.again {
        return ledger.forget_again(context.now(), id, context.country(), &neutral(workspace), store);
    }
    ledger.forget(context.now(), &[id], &[], context.country(), &neutral(workspace), store)
}

/// What went, as it is told.
fn told(customer: String, erased: &Erased, dry_run: bool) -> Forgotten {
    let spots = |kind, spots: &crate::ledger::Spots| -> Vec<Line> {
        spots.told.iter().map(|spot| Line { kind, place: spots::place(spot), text: Text::same(spot.text.clone()) }).collect()
    };
    Forgotten {
        customer,
        dry_run,
        contacts: erased.contacts,
        known_by: erased.known_by,
        particulars: erased.particulars,
        incidents: erased.incidents,
        nudges: erased.nudges,
        gifts: erased.gifts,
        referrals: erased.referrals,
        entries: erased.entries,
        rewritten: erased.rewritten.count,
        alike: erased.alike.count,
        earlier: erased.earlier,
        finished: true,
        lines: [spots(page::Kind::Changed, &erased.rewritten), spots(page::Kind::Alike, &erased.alike)].concat(),
    }
}
