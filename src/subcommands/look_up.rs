//! Finding the customer or stage a person means.

use anyhow::Result;

use super::context::Context;
use crate::domain::customer::Customer;
use crate::domain::names::{Match, find, slug};
use crate::domain::phone::normal;
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::text;

/// How many candidates are listed.
const LISTED: usize = 12;

/// The customer meant by a part of a name, a slug, or a key; a telephone number in any notation.
///
/// # Errors
/// When nobody is called so (exit 1), or several are (exit 2, with the candidates).
pub fn customer(context: &Context, ledger: &Ledger, typed: &str) -> Result<CustomerId> {
    match sought(context, ledger, typed)? {
        Sought::Found(id) => Ok(id),
        Sought::Several(names) => Err(several(typed, &names).into()),
        Sought::Nobody(similar) => Err(nobody(typed, &similar).into()),
    }
}

/// What looking for a customer came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// One.
    Found(CustomerId),
    /// Several, by name.
    Several(Vec<String>),
    /// None; who is called something like it.
    Nobody(Vec<String>),
}

fn nobody_said() -> Problem {
    Problem::usage(text!("no customer was named", "er is geen klant genoemd"))
        .why(text!("the name is empty", "de naam is leeg"))
        .todo(text!("a part of the name is enough", "een deel van de naam is genoeg"))
}

/// Looks for a customer.
///
/// # Errors
/// When the name is empty (exit 2), or the log cannot be read.
pub fn sought(context: &Context, ledger: &Ledger, typed: &str) -> Result<Sought> {
    if typed.trim().is_empty() {
        return Err(nobody_said().into());
    }
    if let Some(id) = ledger.exactly(typed)? {
        return Ok(Sought::Found(id));
    }
    let customers = ledger.own_names()?;
    if let Some(id) = ledger.pseudonyms()?.and_then(|names| names.whose(typed)).filter(|id| customers.iter().any(|(known, _)| known == id))
    {
        return Ok(Sought::Found(id));
    }
    // Found by their own names, told by those that answers have.
    let names = |ids: &[CustomerId]| -> Result<Vec<String>> {
        let shown = ledger.shown_names()?;
        Ok(ids.iter().filter_map(|id| shown.get(id).cloned()).collect())
    };
    match by_number(context, ledger, typed)?.as_slice() {
        [] => {}
        [id] => return Ok(Sought::Found(*id)),
        several => return Ok(Sought::Several(names(several)?)),
    }
    Ok(match find(typed, customers.iter().map(|(id, name)| (*id, name.as_str()))) {
        Match::One(id) => Sought::Found(id),
        Match::Many(ids) => Sought::Several(names(&ids)?),
        Match::None { similar } => Sought::Nobody(names(&similar)?),
    })
}

/// The customers who have this telephone number, however it is written.
fn by_number(context: &Context, ledger: &Ledger, typed: &str) -> Result<Vec<CustomerId>> {
    let Some(number) = normal(typed, context.country()) else { return Ok(Vec::new()) };
    if let Some(id) = ledger.exactly(&number)? {
        return Ok(vec![id]);
    }
    let known = ledger.known_as()?.into_iter().filter(|(_, key)| normal(key, context.country()).as_ref() == Some(&number));
    let mut found: Vec<CustomerId> = known.map(|(id, _)| id).collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

fn several(typed: &str, names: &[String]) -> Problem {
    let listed = names.iter().take(LISTED).map(|name| format!("- {name}  ({})", slug(name))).collect::<Vec<_>>().join("\n");
    let more = names.len().saturating_sub(LISTED);
    let rest = if more > 0 { text!("\n- and {more} more", "\n- en nog {more}") } else { Text::default() };
    let n = names.len();
    Problem::usage(text!("`{typed}` fits {n} customers", "`{typed}` past op {n} klanten"))
        .why(Text::new(format!("{listed}{}", rest.en), format!("{listed}{}", rest.nl)))
        .todo(text!("give more of the name", "geef meer van de naam"))
}

fn nobody(typed: &str, similar: &[String]) -> Problem {
    let problem = Problem::failure(text!("no customer is called `{typed}`", "geen klant heet `{typed}`"));
    if similar.is_empty() {
        let word = shell::quoted(typed);
        return problem.todo(text!("add one with `attent customers add {word}`", "voeg er een toe met `attent customers add {word}`"));
    }
    let names = similar.join(", ");
    problem.todo(text!(
        "did you mean {names}? `attent customers add` adds a new one",
        "bedoelde je {names}? `attent customers add` voegt een nieuwe toe"
    ))
}

/// The name of each customer.
///
/// # Errors
/// When the log cannot be read.
pub fn names(ledger: &Ledger) -> Result<std::collections::BTreeMap<CustomerId, Customer>> {
    // Made at once from what is in order, the map has no room to spare.
    Ok(ledger.customers()?.into_iter().map(|customer| (customer.id, customer)).collect())
}
