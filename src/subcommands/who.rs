//! The customer a person means: looked up, and where somebody can be asked, asked.

use anyhow::Result;
use dialoguer::{FuzzySelect, Select};

use super::context::Context;
use super::look_up::{self, Sought, sought};
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
    match sought(ledger, typed)? {
        Sought::Found(id) => Ok(id),
        Sought::Several(names) if context.can_ask() => among(context, ledger, typed, &names),
        _ => look_up::customer(ledger, typed),
    }
}

/// Asks which of several customers is meant. Only where [`Context::can_ask`].
///
/// # Errors
/// When none is chosen.
pub fn among(context: &Context, ledger: &Ledger, typed: &str, names: &[String]) -> Result<CustomerId> {
    let prompt = text!("Which {typed}? (type to search)", "Welke {typed}? (typ om te zoeken)");
    let shown: Vec<_> = names.iter().map(|name| visible(name)).collect();
    let asked = FuzzySelect::new().with_prompt(visible(prompt.get(context.lang()))).items(&shown).default(0);
    let chosen = ask(|| asked.interact_opt())?;
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
    let prompt = text!("No customer is called {typed} yet", "Er heet nog geen klant {typed}");
    let add = text!("add {typed} as a new customer", "{typed} toevoegen als nieuwe klant");
    let stop = text!("stop, and store nothing", "stoppen, en niets opslaan");
    let say = |text: &Text| visible(text.get(context.lang())).into_owned();
    let names = similar.iter().map(|name| visible(name).into_owned());
    let items: Vec<String> = names.chain([say(&add), say(&stop)]).collect();
    let chosen = ask(|| Select::new().with_prompt(say(&prompt)).items(&items).default(0).interact_opt())?;
    match similar.get(chosen) {
        Some(name) => Ok(Meant::Known(ledger.exactly(name)?.ok_or_else(nobody_chosen)?)),
        None if chosen == similar.len() => Ok(Meant::New),
        None => Err(nobody_chosen().into()),
    }
}

fn nobody_chosen() -> Problem {
    Problem::failure(text!("nobody was chosen, and nothing was stored", "er is niemand gekozen en er is niets opgeslagen"))
}

/// Runs a prompt. It hides the cursor, so Ctrl-C is caught: the prompt then ends with an error, and
/// the cursor is brought back.
fn ask(prompt: impl FnOnce() -> dialoguer::Result<Option<usize>>) -> Result<usize> {
    // A handler that stands already stays.
    let _ = ctrlc::set_handler(|| ());
    let chosen = prompt();
    let _ = console::Term::stderr().show_cursor();
    Ok(chosen.ok().flatten().ok_or_else(nobody_chosen)?)
}
