//! Whom a sentence is about: what it leaves open is asked, or refused where nobody can be asked.

use anyhow::Result;

use super::guests::{Guest, newcomer};
use crate::domain::names::slug;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::intake::one_line::Person;
use crate::ledger::Ledger;
use crate::render::sanitize::visible;
use crate::subcommands::context::Context;
use crate::subcommands::look_up::{Sought, sought};
use crate::subcommands::prompts::Asker;
use crate::subcommands::who;
use crate::text;

/// How many customers are listed where a name fits several.
const LISTED: usize = 12;

/// The customers a sentence names, each once; those it leaves open are asked about.
///
/// # Errors
/// When a name fits nobody (exit 1), several or is missing (exit 2) and nobody can be asked.
pub fn settle(context: &Context, ledger: &Ledger, people: &[Person], new: bool) -> Result<Vec<Guest>> {
    let mut guests: Vec<Guest> = Vec::new();
    for person in people {
        if let Some(guest) = one(context, ledger, person, new)?
            && !guests.contains(&guest)
        {
            guests.push(guest);
        }
    }
    if guests.is_empty() {
        if !context.can_ask() {
            return Err(nobody_named().into());
        }
        guests = ask(context, ledger)?;
    }
    Ok(guests)
}

fn one(context: &Context, ledger: &Ledger, person: &Person, new: bool) -> Result<Option<Guest>> {
    match person {
        Person::Known(id) => Ok(Some(Guest::Known(*id))),
        Person::Several { typed, customers } => {
            let names = names(ledger, customers)?;
            if !context.can_ask() {
                return Err(several(typed, &names).into());
            }
            who::among(context, ledger, typed, &names).map(|id| Some(Guest::Known(id)))
        }
        Person::Unknown { typed, .. } if new => newcomer(typed).map(Some),
        Person::Unknown { typed, like } => {
            let like = alike(context, ledger, typed, like)?;
            if context.can_ask() { stranger(context, ledger, typed, &like) } else { Err(unknown(typed, &names(ledger, &like)?).into()) }
        }
    }
}

fn names(ledger: &Ledger, ids: &[CustomerId]) -> Result<Vec<String>> {
    let found = ids.iter().map(|id| ledger.customer(*id)).collect::<Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().map(|customer| customer.name).collect())
}

/// Whom an unknown name may mean: those who share a word with it, else those it looks like (`Oneil`).
fn alike(context: &Context, ledger: &Ledger, typed: &str, like: &[CustomerId]) -> Result<Vec<CustomerId>> {
    if !like.is_empty() {
        return Ok(like.to_vec());
    }
    let similar = match sought(context, ledger, typed)? {
        Sought::Found(id) => return Ok(vec![id]),
        Sought::Several(names) | Sought::Nobody(names) => names,
    };
    let found = similar.iter().take(LISTED).map(|name| ledger.exactly(name)).collect::<Result<Vec<_>>>()?;
    Ok(found.into_iter().flatten().collect())
}

/// Asks who somebody unknown is; `None` leaves them out.
fn stranger(context: &Context, ledger: &Ledger, typed: &str, like: &[CustomerId]) -> Result<Option<Guest>> {
    let shown = visible(typed);
    let prompt = text!("No customer is called {shown} yet", "Er heet nog geen klant {shown}");
    let known = names(ledger, like)?.into_iter().map(|name| Text::same(visible(&name)));
    let last = [
        text!("add {shown} as a new customer", "{shown} toevoegen als nieuwe klant"),
        text!("not a customer: leave out", "geen klant: weglaten"),
        text!("stop, and store nothing", "stoppen, en niets opslaan"),
    ];
    let items: Vec<Text> = known.chain(last).collect();
    let chosen = Asker::new(context).choose(&prompt, &items, 0)?.ok_or_else(stopped)?;
    match (like.get(chosen), chosen.saturating_sub(like.len())) {
        (Some(id), _) => Ok(Some(Guest::Known(*id))),
        (None, 0) => newcomer(typed).map(Some),
        (None, 1) => Ok(None),
        (None, _) => Err(stopped().into()),
    }
}

/// Asks who it was, until that is everybody. Only where [`Context::can_ask`].
///
/// # Errors
/// When it is broken off, or the log cannot be read.
pub fn ask(context: &Context, ledger: &Ledger) -> Result<Vec<Guest>> {
    let mut customers = ledger.customers()?;
    customers.sort_by_cached_key(|customer| slug(&customer.name));
    let asker = Asker::new(context);
    let mut guests = Vec::new();
    loop {
        let done = if guests.is_empty() { None } else { Some(text!("nobody else", "niemand anders")) };
        let newcomer = text!("somebody new", "iemand nieuws");
        let names = customers.iter().map(|customer| visible(&customer.name).into_owned());
        let first = usize::from(done.is_some());
        let items: Vec<String> = done
            .iter()
            .map(|text| text.get(context.lang()).to_owned())
            .chain(names)
            .chain([newcomer.get(context.lang()).to_owned()])
            .collect();
        let question = if guests.is_empty() {
            text!("Who was it? (type to search)", "Wie was het? (typ om te zoeken)")
        } else {
            text!("Who else? (type to search)", "Wie nog meer? (typ om te zoeken)")
        };
        let chosen = if items.len() == 1 { 0 } else { asker.search(&question, &items)?.ok_or_else(stopped)? };
        if chosen < first {
            return Ok(guests);
        }
        if chosen == items.len() - 1 {
            guests.push(somebody_new(&asker)?);
        } else {
            guests.push(Guest::Known(customers.remove(chosen - first).id));
        }
    }
}

fn somebody_new(asker: &Asker<'_>) -> Result<Guest> {
    let name = |typed: &str| crate::domain::limits::name(typed).map(drop);
    let typed = asker.line(&text!("What is the name?", "Wat is de naam?"), name)?.ok_or_else(stopped)?;
    newcomer(&typed)
}

/// It was broken off.
pub fn stopped() -> Problem {
    Problem::failure(text!("stopped, and nothing was stored", "gestopt, en er is niets opgeslagen"))
}

fn nobody_named() -> Problem {
    Problem::usage(text!("no customer was found in that sentence", "in die zin is geen klant gevonden")).todo(text!(
        "name the customer first: attent log anna \"called about the invoice\"",
        "noem eerst de klant: attent log anna \"belde over de factuur\""
    ))
}

fn unknown(typed: &str, like: &[String]) -> Problem {
    let problem = Problem::failure(text!("no customer is called {typed}", "geen klant heet {typed}"));
    let problem = match like.join(", ") {
        names if names.is_empty() => problem,
        names => problem.why(text!("did you mean {names}?", "bedoelde je {names}?")),
    };
    problem.todo(text!(
        "add --new to make {typed} a new customer, or name the customers first: attent log anna bart \"…\"",
        "zet er --new bij om van {typed} een nieuwe klant te maken, of noem eerst de klanten: attent log anna bart \"…\""
    ))
}

fn several(typed: &str, names: &[String]) -> Problem {
    let n = names.len();
    let mut listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("- {name}  ({})", slug(name))).collect();
    if n > LISTED {
        listed.push("- …".to_owned());
    }
    Problem::usage(text!("`{typed}` fits {n} customers", "`{typed}` past op {n} klanten"))
        .why(Text::same(listed.join("\n")))
        .todo(text!("give more of the name", "geef meer van de naam"))
}
