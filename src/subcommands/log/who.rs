//! Whom a sentence is about: what it leaves open is asked, or refused where nobody can be asked.

use anyhow::Result;

use super::guests::{Guest, guests, newcomer, one_name};
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
        guests = ask_once(context, ledger)?;
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
    let mut guests = ask_once(context, ledger)?;
    let question = text!("Who else? (Enter: nobody else)", "Wie nog meer? (Enter: niemand anders)");
    let register = Register::of(context, ledger)?;
    while let Some(typed) = register.name(&question)? {
        for guest in register.find(&typed)? {
            if !guests.contains(&guest) {
                guests.push(guest);
            }
        }
    }
    Ok(guests)
}

/// Asks who it was, until there is an answer.
fn ask_once(context: &Context, ledger: &Ledger) -> Result<Vec<Guest>> {
    let register = Register::of(context, ledger)?;
    if register.names.is_empty() {
        return Ok(vec![somebody_new(&register.asker)?]);
    }
    let question = text!("Who was it? (part of a name; Enter lists everybody)", "Wie was het? (deel van een naam; Enter toont iedereen)");
    loop {
        let found = match register.name(&question)? {
            Some(typed) => register.find(&typed)?,
            None => vec![register.everybody()?],
        };
        if !found.is_empty() {
            return Ok(found);
        }
    }
}

/// The customers as they are asked about.
struct Register<'a> {
    context: &'a Context,
    ledger: &'a Ledger,
    asker: Asker<'a>,
    /// By name, in the order of the alphabet.
    customers: Vec<(String, CustomerId)>,
    names: Vec<String>,
}

impl<'a> Register<'a> {
    fn of(context: &'a Context, ledger: &'a Ledger) -> Result<Self> {
        let mut customers: Vec<_> = ledger.customers()?.into_iter().map(|customer| (customer.name, customer.id)).collect();
        customers.sort_by_cached_key(|(name, _)| slug(name));
        let names = customers.iter().map(|(name, _)| visible(name).into_owned()).collect();
        Ok(Self { context, ledger, asker: Asker::new(context), customers, names })
    }

    /// A name as typed; `None` when nothing was.
    fn name(&self, question: &Text) -> Result<Option<String>> {
        let typed = self.asker.name(question, &self.names, |_| Ok(()))?.ok_or_else(stopped)?;
        Ok(Some(typed.trim().to_owned()).filter(|typed| !typed.is_empty()))
    }

    /// Those a name means, found as everywhere; nobody when it is to be asked again.
    fn find(&self, typed: &str) -> Result<Vec<Guest>> {
        if !one_name(typed) {
            return guests(self.context, self.ledger, &[typed.to_owned()], false);
        }
        let Sought::Nobody(similar) = sought(self.context, self.ledger, typed)? else {
            return who::customer(self.context, self.ledger, typed).map(|id| vec![Guest::Known(id)]);
        };
        let shown = visible(typed);
        let prompt = text!("No customer is called {shown} yet", "Er heet nog geen klant {shown}");
        let last = [text!("add {shown} as a new customer", "{shown} toevoegen als nieuwe klant"), text!("ask again", "opnieuw vragen")];
        let items: Vec<Text> = similar.iter().map(|name| Text::same(visible(name))).chain(last).collect();
        let chosen = self.asker.choose(&prompt, &items, 0)?.ok_or_else(stopped)?;
        match similar.get(chosen) {
            Some(name) => Ok(vec![Guest::Known(self.ledger.exactly(name)?.ok_or_else(stopped)?)]),
            None if chosen == similar.len() => Ok(vec![newcomer(typed)?]),
            None => Ok(Vec::new()),
        }
    }

    /// One of all customers, or somebody new.
    fn everybody(&self) -> Result<Guest> {
        let n = self.names.len();
        let question = text!("Who of {n}? (type to search)", "Wie van de {n}? (typ om te zoeken)");
        let newcomer = text!("somebody new", "iemand nieuws").get(self.context.lang()).to_owned();
        let items: Vec<String> = self.names.iter().cloned().chain([newcomer]).collect();
        let chosen = self.asker.search(&question, &items)?.ok_or_else(stopped)?;
        match self.customers.get(chosen) {
            Some((_, id)) => Ok(Guest::Known(*id)),
            None => somebody_new(&self.asker),
        }
    }
}

fn somebody_new(asker: &Asker<'_>) -> Result<Guest> {
    let name = |typed: &str| crate::domain::limits::name(typed).map(drop);
    let typed = asker.line(&text!("What is the name of the new customer?", "Hoe heet de nieuwe klant?"), name)?.ok_or_else(stopped)?;
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
