//! `attent customers add` and `attent customers edit`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::{ArgValueCandidates, ArgValueCompleter};

use super::{keys, show};
use crate::domain::customer::{Customer, GiftPolicy};
use crate::domain::limits;
use crate::domain::phone::Country;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::{Ledger, Sent};
use crate::render::sanitize::visible;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::gift::cost;
use crate::subcommands::referral::thank_them;
use crate::subcommands::typed::Said;
use crate::subcommands::week::nudge::bring_up_owed;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// What can be said of a customer.
#[derive(Debug, Args)]
pub struct Particulars {
    /// An e-mail address; may be given more than once
    #[arg(long, value_name = "ADDRESS")]
    pub email: Vec<String>,
    /// A telephone number; may be given more than once
    #[arg(long, value_name = "NUMBER")]
    pub phone: Vec<String>,
    /// Another name; may be given more than once
    #[arg(long, value_name = "NAME")]
    pub alias: Vec<String>,
    /// The firm they belong to
    #[arg(long, alias = "organization", value_name = "NAME")]
    pub organisation: Option<String>,
    /// A group of customers
    #[arg(long, value_name = "SEGMENT", add = ArgValueCandidates::new(complete::segments_as_written))]
    pub segment: Option<String>,
    /// The journey they are on
    #[arg(long, value_name = "JOURNEY", add = ArgValueCandidates::new(complete::journeys))]
    pub journey: Option<String>,
    /// Customer since
    #[arg(long, value_name = "DATE")]
    pub since: Option<String>,
    /// They asked not to be contacted
    #[arg(long)]
    pub no_contact: bool,
    /// What they may accept: unknown, none, or an amount up to which
    #[arg(long, value_parser = gifts, value_name = "unknown|none|AMOUNT")]
    pub gifts: Option<GiftPolicy>,
    /// The customer who sent them; a part of the name is enough
    #[arg(long, value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub referred_by: Option<String>,
    /// How they came when nobody sent them, in a word of your own: website, fair, instagram
    #[arg(long, value_name = "WORD")]
    pub origin: Option<String>,
    /// The most they may be given in a year, all gifts together
    #[arg(long, value_name = "AMOUNT")]
    pub gift_cap_year: Option<String>,
    /// Whether somebody on their side must approve a gift first
    #[arg(long, value_parser = yes_or_no, value_name = "yes|no")]
    pub gift_approval: Option<bool>,
    /// Whether a gift may go to the office address only
    #[arg(long, value_parser = yes_or_no, value_name = "yes|no")]
    pub gift_office: Option<bool>,
    /// A note about them
    #[arg(long, value_name = "NOTE")]
    pub note: Option<String>,
}

/// The arguments of `customers add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The name
    #[arg(value_name = "NAME")]
    pub name: String,
    /// What is known of them.
    #[command(flatten)]
    pub particulars: Particulars,
}

/// The arguments of `customers edit`.
#[derive(Debug, Args)]
pub struct EditArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// The new name
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Contact is welcome again
    #[arg(long, conflicts_with = "no_contact")]
    pub contact: bool,
    /// Forget an address, number or other name; may be given more than once
    #[arg(long, value_name = "KEY")]
    pub remove_key: Vec<String>,
    /// What changes; an empty value takes it away.
    #[command(flatten)]
    pub particulars: Particulars,
}

fn gifts(typed: &str) -> Result<GiftPolicy, Said> {
    let wrong = || Said(text!("it is unknown, none, or an amount such as 25", "het is onbekend, geen, of een bedrag zoals 25"));
    match typed.trim().to_lowercase().as_str() {
        "unknown" | "onbekend" => Ok(GiftPolicy::Unknown),
        "none" | "geen" => Ok(GiftPolicy::None),
        amount => amount.parse().ok().filter(|cap: &crate::domain::money::Cents| cap.0 >= 0).map(GiftPolicy::UpTo).ok_or_else(wrong),
    }
}

fn yes_or_no(typed: &str) -> Result<bool, Said> {
    match typed.trim().to_lowercase().as_str() {
        "yes" | "ja" => Ok(true),
        "no" | "nee" => Ok(false),
        _ => Err(Said(text!("it is yes or no", "het is ja of nee"))),
    }
}

/// Adds a customer.
///
/// # Errors
/// When the name or a key is taken, or something said cannot be stored.
pub fn add(context: &Context, args: &AddArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut customer = Customer::named(limits::name(&args.name).map_err(not_stored)?);
    tell(context, &workspace, &args.particulars, &mut customer)?;
    let mut ledger = workspace.ledger(context)?;
    let sent = sent(context, &ledger, &args.particulars, &customer)?;
    let id = ledger.add_customer_sent(context.now(), &customer, sent)?;
    let (ledger, thank) = thanks_owed(context, &workspace, ledger, id)?;
    let done = text!("Added.", "Toegevoegd.");
    let done = thank.map_or(done.clone(), |thank| Text::new(format!("{} {}", done.en, thank.en), format!("{} {}", done.nl, thank.nl)));
    show::answer(context, &workspace, &ledger, id, Some(done))
}

/// Who sent somebody is thanked within two days: that becomes a nudge at once (REF6), and is told.
fn thanks_owed(context: &Context, workspace: &Workspace, ledger: Ledger, id: CustomerId) -> Result<(Ledger, Option<Text>)> {
    let Some(referral) = ledger.referral_of(id)? else { return Ok((ledger, None)) };
    let by = ledger.customer(referral.referrer)?.map(|customer| customer.name).unwrap_or_default();
    drop(ledger);
    let nudges = bring_up_owed(context, workspace, referral.referrer)?;
    Ok((workspace.ledger(context)?, thank_them(&nudges, &visible(&by))))
}

/// Changes what is known of a customer.
///
/// # Errors
/// When the customer is not found, a name or key is taken, or something said cannot be stored.
pub fn edit(context: &Context, args: &EditArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let before = ledger.customer(id)?.unwrap_or_else(|| Customer::named(""));
    let mut changed = before.clone();
    if let Some(name) = &args.name {
        changed.name = limits::name(name).map_err(not_stored)?.to_owned();
    }
    changed.no_contact &= !args.contact;
    for key in &args.remove_key {
        keys::remove(&mut changed, key, context.country())?;
    }
    tell(context, &workspace, &args.particulars, &mut changed)?;
    let sent = sent(context, &ledger, &args.particulars, &changed)?;
    let done = if changed == before && is_so(&ledger, id, sent)? {
        text!("Nothing was changed.", "Er is niets veranderd.")
    } else {
        ledger.change_customer_sent(context.now(), "customers edit", &changed, sent)?;
        text!("Changed.", "Gewijzigd.")
    };
    show::answer(context, &workspace, &ledger, id, Some(done))
}

/// Writes what was said into a customer.
fn tell(context: &Context, workspace: &Workspace, said: &Particulars, customer: &mut Customer) -> Result<()> {
    for key in said_keys(said, context.country()).map_err(not_stored)? {
        keys::add(customer, key, context.country());
    }
    if let Some(organisation) = &said.organisation {
        customer.organisation = or_nothing(organisation, limits::name).map_err(not_stored)?;
    }
    if let Some(segment) = &said.segment {
        customer.segment = or_nothing(segment, limits::name).map_err(not_stored)?;
    }
    if let Some(journey) = &said.journey {
        let place = if journey.is_empty() { None } else { Some(workspace.course(Some(journey))?) };
        customer.journey = place.map(|place| workspace.courses[place].journey.id.clone());
    }
    if let Some(since) = &said.since {
        customer.since = if since.is_empty() { None } else { Some(context.past(since, "--since")?) };
    }
    if let Some(origin) = &said.origin {
        customer.origin = or_nothing(origin, limits::name).map_err(not_stored)?;
    }
    if let Some(note) = &said.note {
        limits::note(note).map_err(not_stored)?.clone_into(&mut customer.notes);
    }
    customer.no_contact |= said.no_contact;
    customer.gifts = said.gifts.unwrap_or(customer.gifts);
    gift_terms(said, customer)
}

/// What else holds when they are given something.
fn gift_terms(said: &Particulars, customer: &mut Customer) -> Result<()> {
    let terms = &mut customer.gift_terms;
    if let Some(typed) = &said.gift_cap_year {
        terms.a_year = if typed.trim().is_empty() { None } else { Some(cost(typed).map_err(|said| not_stored(said.0))?) };
    }
    terms.approval = said.gift_approval.unwrap_or(terms.approval);
    terms.office_only = said.gift_office.unwrap_or(terms.office_only);
    Ok(())
}

/// What was said of who sent them. They came when they became a customer, or when they met, whichever is
/// known to be first.
fn sent(context: &Context, ledger: &Ledger, said: &Particulars, customer: &Customer) -> Result<Sent> {
    let Some(typed) = said.referred_by.as_deref() else { return Ok(Sent::Unsaid) };
    if typed.trim().is_empty() {
        return Ok(Sent::ByNobody);
    }
    let referrer = who::customer(context, ledger, typed)?;
    let met = if customer.id == CustomerId(0) { None } else { ledger.standing(customer.id, context.now())?.standing.met };
    let came = [customer.since, met, Some(context.now())].into_iter().flatten().min();
    Ok(Sent::By(referrer, came.unwrap_or(context.now())))
}

/// Whether what was said of who sent them is so already.
fn is_so(ledger: &Ledger, id: CustomerId, sent: Sent) -> Result<bool> {
    let known = ledger.referral_of(id)?.map(|referral| referral.referrer);
    Ok(match sent {
        Sent::Unsaid => true,
        Sent::ByNobody => known.is_none(),
        Sent::By(referrer, _) => known == Some(referrer),
    })
}

fn or_nothing<'a>(typed: &'a str, read: impl Fn(&'a str) -> Result<&'a str, Text>) -> Result<String, Text> {
    if typed.trim().is_empty() { Ok(String::new()) } else { read(typed).map(str::to_owned) }
}

/// Addresses, numbers and other names, each looking like one.
fn said_keys(said: &Particulars, country: Country) -> Result<Vec<String>, Text> {
    let emails = said.email.iter().map(|typed| keys::email(typed));
    let phones = said.phone.iter().map(|typed| keys::phone(typed, country));
    let names = said.alias.iter().map(|typed| limits::name(typed).map(str::to_owned));
    emails.chain(phones).chain(names).collect()
}

/// That something said of a customer is no such thing.
pub fn not_stored(why: Text) -> Problem {
    Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why)
}
