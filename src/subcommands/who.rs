//! The customer a person means: looked up, and where somebody can be asked, asked.

use anyhow::Result;

use super::context::Context;
use super::look_up::{self, Sought, sought};
use super::prompts::Asker;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::render::sanitize::visible;
use crate::text;

/// The customer meant; several are asked about on a terminal.
///
/// # Errors
/// When nobody is called so (exit 1), or several are and nobody can be asked (exit 2).
pub fn customer(context: &Context, ledger: &Ledger, typed: &str) -> Result<CustomerId> {
    match sought(context, ledger, typed)? {
        Sought::Found(id) => Ok(id),
        Sought::Several(names) if context.can_ask() => among(context, ledger, typed, &names),
        _ => look_up::customer(context, ledger, typed),
    }
}

/// Asks which of several customers is meant. Only where [`Context::can_ask`].
///
/// # Errors
/// When none is chosen.
pub fn among(context: &Context, ledger: &Ledger, typed: &str, names: &[String]) -> Result<CustomerId> {
    let typed = visible(typed);
    let prompt = text!("Which {typed}? (type to search)", "Welke {typed}? (typ om te zoeken)");
    let shown: Vec<String> = names.iter().map(|name| visible(name).into_owned()).collect();
    let chosen = Asker::new(context).search(&prompt, &shown)?.ok_or_else(nobody_chosen)?;
    Ok(ledger.exactly(&names[chosen])?.ok_or_else(nobody_chosen)?)
}

/// Who an unknown name turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meant {
    /// A customer with a name like it.
    Known(CustomerId),
    /// Somebody new.
    New,
}

/// Asks whether an unknown name is new or one of those like it. Only where [`Context::can_ask`].
///
/// # Errors
/// When nothing is chosen.
pub fn new_or_like(context: &Context, ledger: &Ledger, typed: &str, similar: &[String]) -> Result<Meant> {
    let typed = visible(typed);
    let prompt = text!("No customer is called {typed} yet", "Er heet nog geen klant {typed}");
    let add = text!("add {typed} as a new customer", "{typed} toevoegen als nieuwe klant");
    let stop = text!("stop, and store nothing", "stoppen, en niets opslaan");
    let items: Vec<Text> = similar.iter().map(|name| Text::same(visible(name))).chain([add, stop]).collect();
    let chosen = Asker::new(context).choose(&prompt, &items, 0)?.ok_or_else(nobody_chosen)?;
    match similar.get(chosen) {
        Some(name) => Ok(Meant::Known(ledger.exactly(name)?.ok_or_else(nobody_chosen)?)),
        None if chosen == similar.len() => Ok(Meant::New),
        None => Err(nobody_chosen().into()),
    }
}

fn nobody_chosen() -> Problem {
    Problem::failure(text!("nobody was chosen, and nothing was stored", "er is niemand gekozen en er is niets opgeslagen"))
}
