//! `attent referral thank`: who sent somebody was thanked, by a person, and perhaps given something.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::contact::{contact, record};
use super::{after_they_came, line, note};
use crate::domain::gift::{Gift, GiftState};
use crate::domain::money::Cents;
use crate::domain::play::PlayContact;
use crate::domain::play::REFERRAL_THANKS;
use crate::domain::problem::Problem;
use crate::domain::referral::{Referral, Rewards};
use crate::domain::rule::RuleId;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::domain::touchpoint::{CustomerId, Touchpoint, TouchpointId};
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::ledger::Ledger;
use crate::render::pages::gifts::told;
use crate::render::pages::referral::Done;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::gift::{hold, said_of_it};
use crate::subcommands::lines::{as_table, name_of};
use crate::subcommands::log::ContactFlags;
use crate::subcommands::look_up::names;
use crate::subcommands::output;
use crate::subcommands::typed::amount;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `referral thank`.
#[derive(Debug, Args)]
pub struct ThankArgs {
    /// Who sent somebody; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// For whom; for everybody they were not thanked for yet when left out
    #[arg(long = "for", value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub came: Option<String>,
    /// What they got for it
    #[arg(long, value_parser = amount, value_name = "AMOUNT")]
    pub reward: Option<Cents>,
    /// What who came got; the same as the one who sent them, or neither gets anything
    #[arg(long, value_parser = amount, value_name = "AMOUNT")]
    pub reward_new: Option<Cents>,
    /// What was said
    #[arg(long, value_name = "NOTE")]
    pub note: Option<String>,
    /// Of a gift: who gave it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Of a gift: who on their side approved it
    #[arg(long, value_name = "NAME")]
    pub approved_by: Option<String>,
    /// What is known of the contact.
    #[command(flatten)]
    pub flags: ContactFlags,
}

/// A telephone call to say thanks: what it is unless flags say otherwise.
const CALL: PlayContact = PlayContact {
    channel: Channel::Phone,
    direction: Direction::Both,
    sender: Sender::Human,
    personal: Personal::Personal,
    kind: Kind::Relational,
    sentiment: 0.0,
};

/// Runs the command.
///
/// # Errors
/// When there is nobody to thank them for, a rule says it is done otherwise, or the log cannot be written.
pub fn run(context: &Context, args: &ThankArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let off = &workspace.settings.rules_off;
    if !off.contains(&RuleId::Ref6) {
        by_a_person(&args.flags)?;
    }
    let rewards = rewards(args, off.contains(&RuleId::Ref8))?;
    let referrer = who::customer(context, &ledger, &args.customer)?;
    let referrals = what_for(context, &ledger, referrer, args.came.as_deref())?;
    one_at_a_time(&referrals, rewards)?;
    let names = names(&ledger)?;
    let by = name_of(&names, referrer);
    let came = referrals.iter().map(|referral| name_of(&names, referral.customer)).collect::<Vec<_>>().join(", ");
    let why = text!("thanked for sending {came}", "bedankt voor het sturen van {came}");
    let said = note(args.note.as_deref().unwrap_or_else(|| why.get(context.lang())))?;
    let contact = contact(context, &ledger, referrer, &args.flags, &CALL, REFERRAL_THANKS)?;
    for referral in &referrals {
        after_they_came(context, referral, &name_of(&names, referral.customer), contact.facts.at)?;
    }
    let touchpoint = Touchpoint { note: said, ..contact };
    let mut gift = given(&ledger, referrer, &referrals, &touchpoint)?;
    let mut stops = Vec::new();
    if let Some(present) = &mut gift {
        let why = note(why.get(context.lang()))?;
        let why = if present.why.is_empty() { Some(why.as_str()) } else { None };
        said_of_it(present, why, args.by.as_deref(), args.approved_by.as_deref())?;
        stops = hold(context, &workspace, &ledger, present, None, touchpoint.facts.at)?;
    }
    let id = ledger.batch(context.now(), "referral thank", |batch| {
        let id = record(batch, referrer, &touchpoint)?;
        if let Some(present) = &gift {
            batch.give(present, touchpoint.facts.at, id.map(TouchpointId))?;
        }
        for referral in &referrals {
            batch.thank(referral.id, touchpoint.facts.at, rewards)?;
        }
        Ok((id, format!("{by} → {came}")))
    })?;
    let now = referrals.iter().map(|referral| ledger.referral_of(referral.customer)).collect::<Result<Vec<_>>>()?;
    let number = id.unwrap_or_default();
    let done = Done {
        lines: now.iter().flatten().map(|referral| line(context, &names, referral)).collect(),
        said: text!("{by} was thanked for {came}: contact #{number}.", "{by} is bedankt voor {came}: contact #{number}."),
        hints: Vec::new(),
        touchpoint: id,
        against: told(&stops),
    };
    output::answer(context, &workspace.settings.currency, &done.answer(as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// The present that the thanks are, when they are one: that which was planned for this referral, or one that
/// nobody planned.
fn given(ledger: &Ledger, referrer: CustomerId, referrals: &[Referral], contact: &Touchpoint) -> Result<Option<Gift>> {
    if contact.facts.channel != Channel::Gift || contact.facts.direction == Direction::In {
        return Ok(None);
    }
    let places: Vec<String> = referrals.iter().map(|referral| format!("referral:{}", referral.id)).collect();
    let mut plans = ledger.gift_plans()?;
    plans.retain(|plan| plan.customer == referrer && plan.state == GiftState::Planned && places.contains(&plan.occasion));
    let mut present = if plans.is_empty() { Gift::idea(referrer, "") } else { plans.swap_remove(0) };
    present.what.clone_from(&contact.note);
    present.value = contact.amount.or(present.value);
    present.occasion = places.first().cloned().unwrap_or_default();
    Ok(Some(present))
}

/// REF6: thanks come from a person.
fn by_a_person(flags: &ContactFlags) -> Result<(), Problem> {
    if flags.sender.is_none_or(|sender| sender == Sender::Human) {
        return Ok(());
    }
    Err(Problem::failure(text!("this does not count as thanks", "dit telt niet als bedanken"))
        .why(text!(
            "REF6: thanks for a referral come from a person, not from a machine or in its words",
            "REF6: voor een aanbeveling bedank je zelf, niet met een machine of in haar woorden"
        ))
        .todo(text!("thank them yourself, and record that", "bedank zelf, en leg dat vast")))
}

/// REF8: both sides get the same, or neither gets anything (METHOD §3.2).
fn rewards(args: &ThankArgs, uneven_too: bool) -> Result<Option<Rewards>, Problem> {
    if args.reward.is_none() && args.reward_new.is_none() {
        return Ok(None);
    }
    let [referrer, referred] = [args.reward, args.reward_new].map(Option::unwrap_or_default);
    let rewards = Rewards { referrer, referred };
    if referrer < Cents(0) || referred < Cents(0) {
        return Err(Problem::usage(text!("a reward is not below nothing", "een beloning is niet minder dan niets")));
    }
    if rewards.even() || uneven_too {
        return Ok(Some(rewards));
    }
    Err(Problem::failure(text!("nothing was recorded", "er is niets vastgelegd"))
        .why(text!(
            "REF8: reward both sides equally, or neither (a default that `rules` in attent.yaml can switch off)",
            "REF8: beloon beide kanten gelijk, of geen van beide (een standaardkeuze die je bij `rules` in attent.yaml uit kunt zetten)"
        ))
        .todo(text!("give both: --reward AMOUNT --reward-new AMOUNT", "geef beide: --reward BEDRAG --reward-new BEDRAG")))
}

/// What somebody is thanked for: for whom was said, else for everybody they were not thanked for yet.
fn what_for(context: &Context, ledger: &Ledger, referrer: CustomerId, came: Option<&str>) -> Result<Vec<Referral>> {
    if let Some(typed) = came {
        return Ok(vec![sent_by(ledger, referrer, who::customer(context, ledger, typed)?)?]);
    }
    let theirs: Vec<Referral> = ledger.referrals()?.into_iter().filter(|referral| referral.referrer == referrer).collect();
    let name = ledger.customer(referrer)?.map(|customer| customer.name).unwrap_or_default();
    if theirs.is_empty() {
        return Err(sent_nobody(&name).into());
    }
    let open: Vec<Referral> = theirs.into_iter().filter(|referral| referral.thanked.is_none()).collect();
    if open.is_empty() {
        return Err(Problem::failure(text!("{name} was thanked for everybody already", "{name} is al voor iedereen bedankt"))
            .todo(text!("once more for somebody: --for NAME", "nog eens voor iemand: --for NAAM"))
            .into());
    }
    Ok(open)
}

/// A reward belongs to one referral.
fn one_at_a_time(referrals: &[Referral], rewards: Option<Rewards>) -> Result<(), Problem> {
    if rewards.is_none() || referrals.len() < 2 {
        return Ok(());
    }
    let n = referrals.len();
    Err(Problem::usage(text!("for which of the {n} they sent is the reward?", "voor wie van de {n} die ze stuurden is de beloning?"))
        .todo(text!("name one: --for NAME", "noem er een: --for NAAM")))
}

fn sent_nobody(name: &str) -> Problem {
    let word = shell::quoted(name);
    Problem::failure(text!("{name} is not known to have sent anybody", "van {name} is niet bekend dat die iemand stuurde"))
        .todo(text!("they did? `attent referral add NEW --by {word}`", "toch wel? `attent referral add NIEUW --by {word}`"))
}

/// The referral by which one customer sent another.
///
/// # Errors
/// When they did not.
pub fn sent_by(ledger: &Ledger, referrer: CustomerId, came: CustomerId) -> Result<Referral> {
    if let Some(found) = ledger.referral_of(came)?.filter(|referral| referral.referrer == referrer) {
        return Ok(found);
    }
    let name = |id| -> Result<String> { Ok(ledger.customer(id)?.map(|customer| customer.name).unwrap_or_default()) };
    let (by, name) = (name(referrer)?, name(came)?);
    let todo: Text = text!("`attent referral` shows who came through whom", "`attent referral` toont wie via wie kwam");
    Err(Problem::failure(text!("{name} did not come through {by}", "{name} kwam niet via {by}")).todo(todo).into())
}
