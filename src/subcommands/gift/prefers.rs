//! `attent gift prefers`: what a customer likes, cannot have, and how they want to be reached.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::asked::{not_stored, summary};
use crate::domain::limits;
use crate::domain::names::fold;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::{Ledger, PREFERS, Particular};
use crate::render::pages::gifts::{self as page, Preference};
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `gift prefers`.
#[derive(Debug, Args)]
pub struct PrefersArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// What they like or cannot have, or how they want to be reached; without it, what is known
    #[arg(value_name = "WHAT")]
    pub what: Option<String>,
    /// Where it was learned
    #[arg(long, value_name = "WHERE", requires = "what")]
    pub learned: Option<String>,
    /// Forget it; a part of it is enough
    #[arg(long, requires = "what", conflicts_with = "learned")]
    pub remove: bool,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, it cannot be stored, or the log cannot be read or written.
pub fn run(context: &Context, args: &PrefersArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let done = match &args.what {
        None => None,
        Some(typed) if args.remove => Some(forget(context, &mut ledger, id, typed)?),
        Some(typed) => Some(learn(context, &mut ledger, id, typed, args.learned.as_deref().unwrap_or_default())?),
    };
    let name = ledger.customer(id)?.map(|customer| customer.name).unwrap_or_default();
    let known: Vec<Preference> =
        theirs(&ledger, id)?.into_iter().map(|known| Preference { what: known.value, learned: known.source }).collect();
    output::answer(context, &workspace.settings.currency, &page::preferences(&name, &known, done))?;
    Ok(ExitCode::SUCCESS)
}

fn theirs(ledger: &Ledger, id: CustomerId) -> Result<Vec<Particular>> {
    Ok(ledger.preferences()?.remove(&id).unwrap_or_default())
}

fn learn(context: &Context, ledger: &mut Ledger, id: CustomerId, typed: &str, learned: &str) -> Result<Text> {
    let value = limits::name(typed).map_err(not_stored)?.to_owned();
    let source = if learned.trim().is_empty() { String::new() } else { limits::name(learned).map_err(not_stored)?.to_owned() };
    let summary = summary(ledger.customer(id)?.as_ref(), &value);
    let new = Particular { what: PREFERS.into(), value, source };
    let added = ledger.add_particular(context.now(), "gift prefers", id, &new, &summary)?;
    Ok(if added { text!("Noted.", "Genoteerd.") } else { text!("That was known already.", "Dat was al bekend.") })
}

/// Takes away the one that is meant: what it says, or a part of it that fits no other.
fn forget(context: &Context, ledger: &mut Ledger, id: CustomerId, typed: &str) -> Result<Text> {
    let wanted = fold(typed);
    let known = theirs(ledger, id)?;
    let whole = known.iter().filter(|known| fold(&known.value) == wanted);
    let part = known.iter().filter(|known| !wanted.is_empty() && fold(&known.value).contains(&wanted));
    let found: Vec<&Particular> = if whole.clone().next().is_some() { whole.collect() } else { part.collect() };
    match found.as_slice() {
        [one] => {
            let summary = summary(ledger.customer(id)?.as_ref(), &one.value);
            ledger.remove_particular(context.now(), "gift prefers", id, one, &summary)?;
            Ok(text!("Forgotten.", "Vergeten."))
        }
        [] => Err(Problem::failure(text!("`{typed}` is not known of them", "`{typed}` is niet van hen bekend"))
            .todo(text!("without WHAT the command lists what is", "zonder WAT toont het commando wat wel bekend is"))
            .into()),
        several => Err(Problem::usage(text!("`{typed}` fits several", "`{typed}` past op meer"))
            .why(Text::same(several.iter().map(|known| format!("- {}", known.value)).collect::<Vec<_>>().join("\n")))
            .todo(text!("give more of it", "geef meer ervan"))
            .into()),
    }
}
