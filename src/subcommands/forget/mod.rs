//! `attent forget`: a customer, and every trace of them.

mod backups;
mod erasing;
mod files;
mod spots;

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

pub use backups::Copies;
pub use erasing::{finish, neutral, sure, tell_of_forgotten};
pub use files::naming;

use super::complete;
use super::context::Context;
use super::look_up::{Sought, sought};
use super::workspace::Workspace;
use super::{output, who};
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
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
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

/// Forgets a customer. What that means is shown first, and asked.
///
/// # Errors
/// When the customer is not found, nobody can be asked, or the log cannot be written.
pub fn run(context: &Context, args: &ForgetArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let copies = Copies::of(&workspace)?;
    let whom = whom(context, &ledger, args, &copies)?;
    let rehearsed = erase(context, &workspace, &mut ledger, whom, false)?;
    let keys = if whom.is_some() { rehearsed.keys.clone() } else { vec![args.customer.clone()] };
    let name = rehearsed.names.first().cloned().unwrap_or_else(|| args.customer.trim().to_owned());
    let mut told = told(name, &rehearsed, true);
    if args.dry_run || !args.yes {
        told.lines.extend(copies.holding(&keys, &told.customer, args.backups));
    }
    if !args.dry_run {
        if !args.yes {
            let mut all = told.clone();
            all.lines.extend(naming(context, &workspace, &keys)?);
            sure(context, &workspace.settings.currency, &told.will(), &page::answer(&all))?;
        }
        let erased = erase(context, &workspace, &mut ledger, whom, true)?;
        told.lines.clear();
        told = Forgotten { dry_run: false, ..self::told(told.customer, &erased, false) };
        told.finished = finish(context, &mut ledger)?;
        let lines = if args.backups { copies.erase(context, &workspace, &keys)? } else { copies.holding(&keys, &told.customer, false) };
        told.lines.extend(lines);
    }
    told.lines.extend(naming(context, &workspace, &keys)?);
    output::answer(context, &workspace.settings.currency, &page::answer(&told))?;
    Ok(if told.finished { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Who is meant; `None` for somebody who is only in copies any more.
fn whom(context: &Context, ledger: &Ledger, args: &ForgetArgs, copies: &Copies) -> Result<Option<CustomerId>> {
    let typed = args.customer.trim();
    if args.backups && !typed.is_empty() && matches!(sought(context, ledger, typed)?, Sought::Nobody(_)) {
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

fn erase(context: &Context, workspace: &Workspace, ledger: &mut Ledger, whom: Option<CustomerId>, store: bool) -> Result<Erased> {
    let Some(id) = whom else { return Ok(Erased::default()) };
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
