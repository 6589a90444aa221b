//! `attent gift given`: what was given, checked and recorded. A fact is never refused: rules it goes
//! against are told and kept beside it. But what was not checked is not given yet (METHOD §3.2, G11).

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::asked::{Particulars, by_number, cost, not_stored, number, summary, what};
use super::case::hold;
use super::list::line;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::gift::{Gift, GiftState};
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::{Facts, Touchpoint};
use crate::domain::words::Channel;
use crate::ledger::{Ledger, given_already};
use crate::plan::rules::GIFT_CHECKLIST;
use crate::render::pages::gifts as page;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output;
use crate::subcommands::prompts::Asker;
use crate::subcommands::week::checked::first_not_so;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `gift given`.
#[derive(Debug, Args)]
pub struct GivenArgs {
    /// The number of the plan or idea, or the customer
    #[arg(value_name = "NUMBER|CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub which: String,
    /// What was given; of a plan, what it was meant to be when left out
    #[arg(value_name = "WHAT")]
    pub what: Option<String>,
    /// What is known of it.
    #[command(flatten)]
    pub particulars: Particulars,
    /// When it was given; now when left out
    #[arg(long, value_name = "WHEN")]
    pub on: Option<String>,
    /// Every point of the checklist was checked
    #[arg(long)]
    pub checked: bool,
}

/// Runs the command.
///
/// # Errors
/// When it is not found, something is not known or not checked, or the log cannot be written.
pub fn run(context: &Context, args: &GivenArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let mut present = find(context, &ledger, args)?;
    if let Some(typed) = &args.what {
        present.what = what(typed)?;
    }
    let at = args.on.as_deref().map_or(Ok(context.now()), |on| context.past(on, "--on"))?;
    if at > context.now() {
        return Err(ahead().into());
    }
    args.particulars.tell(context, &ledger, &mut present)?;
    complete_it(context, &mut present)?;
    let known = ledger.customer(present.customer)?;
    check_off(context, args.checked, known.as_ref(), &present)?;
    present.day = Some(at);
    let stops = hold(context, &workspace, &ledger, &mut present, None, at)?;
    let contact = contact(&present, at);
    let given = ledger.give(context.now(), &present, &contact, &summary(known.as_ref(), &present.what))?;
    let line = line(context, &ledger, given)?;
    output::answer(context, &workspace.settings.currency, &page::given(&line, &page::told(&stops), as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// The plan or idea of this number, or a present for this customer that was not planned.
fn find(context: &Context, ledger: &Ledger, args: &GivenArgs) -> Result<Gift> {
    let typed = &args.which;
    let named = ledger.exactly(typed)?.is_some();
    if let Some(id) = number(typed).filter(|_| !named) {
        let gift = by_number(ledger, id)?;
        if gift.state == GiftState::Given {
            return Err(given_already(id).into());
        }
        return Ok(gift);
    }
    let customer = who::customer(context, ledger, typed)?;
    if args.what.is_some() {
        return Ok(Gift::idea(customer, ""));
    }
    let mut planned = ledger.gift_plans()?;
    planned.retain(|gift| gift.customer == customer && gift.state == GiftState::Planned);
    match planned.len() {
        1 => Ok(planned.remove(0)),
        _ => Err(Problem::usage(text!("it is not said what was given", "er staat niet bij wat er gegeven is"))
            .todo(text!(
                "say it after the name, or name a plan by its number: `attent gift list`",
                "zeg het achter de naam, of noem een plan bij het nummer: `attent gift list`"
            ))
            .into()),
    }
}

fn ahead() -> Problem {
    Problem::usage(text!("--on lies ahead", "--on ligt in de toekomst"))
        .why(text!("what was given is recorded once it has been", "wat gegeven is, leg je vast als het zover is"))
        .todo(text!("plan it with `attent gift add`", "plan het met `attent gift add`"))
}

/// What the register needs (G10): asked for on a terminal, else the flags are named.
///
/// # Errors
/// When something is missing and nobody can be asked, or the person stops.
pub fn complete_it(context: &Context, present: &mut Gift) -> Result<()> {
    if !context.can_ask() {
        return Ok(all_known(present)?);
    }
    let asker = Asker::new(context);
    let ask = |question: &Text, check: &dyn Fn(&str) -> Result<(), Text>| -> Result<String> {
        Ok(asker.line(question, check)?.ok_or_else(stopped)?.trim().to_owned())
    };
    let line = |typed: &str| limits::name(typed).map(drop);
    if present.value.is_none() {
        let typed = ask(&text!("What did it cost?", "Wat heeft het gekost?"), &|typed| cost(typed).map(drop).map_err(|said| said.0))?;
        present.value = Some(typed.parse::<Cents>().map_err(not_stored)?);
    }
    if present.why.is_empty() {
        present.why = ask(&text!("Why this, for them?", "Waarom dit, voor hen?"), &line)?;
    }
    if present.given_by.is_empty() {
        present.given_by = ask(&text!("Who gave it?", "Wie heeft het gegeven?"), &line)?;
    }
    Ok(())
}

/// Names every flag that is missing at once.
fn all_known(present: &Gift) -> Result<(), Problem> {
    let needed = [("--value", present.value.is_none()), ("--why", present.why.is_empty()), ("--by", present.given_by.is_empty())];
    let missing = needed.iter().filter(|(_, missing)| *missing).map(|(flag, _)| *flag).collect::<Vec<_>>().join(", ");
    if missing.is_empty() {
        return Ok(());
    }
    Err(Problem::usage(text!("not everything is known of this gift", "niet alles is bekend van dit cadeau"))
        .why(text!(
            "the register holds what every gift cost, why it was given and by whom (G10)",
            "in het register staat van elk cadeau wat het kostte, waarom het gegeven is en door wie (G10)"
        ))
        .todo(text!("add {missing}", "zet erbij: {missing}")))
}

/// Goes through the checklist; what a "no" is about is not given yet, and nothing is stored.
fn check_off(context: &Context, checked: bool, customer: Option<&Customer>, present: &Gift) -> Result<()> {
    if checked {
        return Ok(());
    }
    if !context.can_ask() {
        let n = GIFT_CHECKLIST().len();
        return Err(Problem::usage(text!("--checked is missing", "--checked ontbreekt"))
            .why(text!(
                "a gift counts as given once the {n} points of the checklist are in order (G11)",
                "een cadeau telt als gegeven zodra de {n} punten van de checklist kloppen (G11)"
            ))
            .todo(text!("on a terminal you are asked them one by one", "in een terminal worden ze een voor een gevraagd"))
            .into());
    }
    let asker = Asker::new(context);
    if let Some(customer) = customer {
        asker.say(&heading(customer, present))?;
    }
    match first_not_so(&asker, &GIFT_CHECKLIST())? {
        Some(point) => Err(not_yet(&point).into()),
        None => Ok(()),
    }
}

/// For whom, and where it may go.
fn heading(customer: &Customer, present: &Gift) -> Text {
    let (name, what) = (&customer.name, &present.what);
    if customer.gift_terms.office_only {
        text!("{what}, for {name}; to the office only, never to their home", "{what}, voor {name}; alleen naar kantoor, nooit naar huis")
    } else {
        text!("{what}, for {name}", "{what}, voor {name}")
    }
}

fn not_yet(point: &Text) -> Problem {
    let (en, nl) = (&point.en, &point.nl);
    Problem::failure(text!("not given yet, and nothing was stored", "nog niet gegeven, en er is niets opgeslagen"))
        .why(text!("this is still to be done: {en}", "dit moet nog: {nl}"))
        .todo(text!("see to that, and then record it", "zorg daarvoor, en leg het dan vast"))
}

fn stopped() -> Problem {
    Problem::failure(text!("stopped, and nothing was stored", "gestopt, en er is niets opgeslagen"))
}

/// The contact a gift is.
fn contact(present: &Gift, at: Moment) -> Touchpoint {
    let usual = Channel::Gift.defaults();
    let (direction, sender, personal, kind) = (usual.direction, usual.sender, usual.personal, usual.kind);
    let facts = Facts { at, channel: Channel::Gift, direction, sender, personal, kind, sentiment: None };
    Touchpoint { facts, stage: None, amount: present.value, minutes: None, note: present.what.clone(), tags: Vec::new() }
}
