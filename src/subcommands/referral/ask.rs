//! `attent referral ask`: may this customer be asked for a referral, and recording that it was done.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::contact::{contact, record};
use super::{ask_line, moment, note};
use crate::domain::play::REFERRAL_ASK;
use crate::domain::problem::Problem;
use crate::domain::rule::RuleId;
use crate::domain::shell;
use crate::domain::text::{Lang, Text};
use crate::domain::touchpoint::CustomerId;
use crate::ledger::Ledger;
use crate::plan::referrals::{Asked, asking_play};
use crate::render::pages::referral_ask::{AskLine, asked};
use crate::render::wrap::clip;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::lines::as_table;
use crate::subcommands::log::ContactFlags;
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `referral ask`.
#[derive(Debug, Args)]
pub struct AskArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// Record that you asked
    #[arg(long)]
    pub record: bool,
    /// Record it although a rule says not yet, and why
    #[arg(long, value_name = "WHY", requires = "record")]
    pub anyway: Option<String>,
    /// What was said
    #[arg(long, value_name = "NOTE", requires = "record")]
    pub note: Option<String>,
    /// What is known of the contact.
    #[command(flatten)]
    pub flags: ContactFlags,
}

/// Runs the command: exit code 1 when a rule says not yet.
///
/// # Errors
/// When the customer is not found, it is to be recorded although a rule says not yet, or the log cannot be
/// read or written.
pub fn run(context: &Context, args: &AskArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let id = who::customer(context, &ledger, &args.customer)?;
    let at = moment(context, args.flags.at.as_deref())?;
    let play = asking_play(&workspace.plays(context)?);
    let crowd = Crowd::of_one(context, &ledger, id, at)?;
    let (Some(person), Some(seen)) = (crowd.person(id), crowd.seen(id)) else { anyhow::bail!("the customer was not read") };
    let model = &ledger.courses()[seen.course].model;
    let asking = Asked { person: &person, play: &play, model, off: &workspace.settings.rules_off }.asking(at);
    let line = ask_line(context, &person, &asking, at);
    let mut touchpoint = None;
    if args.record {
        if !line.not_yet.is_empty() {
            go_ahead(&line, args.anyway.as_deref())?;
        }
        let contact = contact(context, &ledger, id, &args.flags, &play.contact, REFERRAL_ASK)?;
        touchpoint = store(context, &mut ledger, id, args, &line, contact)?;
    }
    let allowed = line.not_yet.is_empty() || touchpoint.is_some();
    output::answer(context, &workspace.settings.currency, &asked(&line, touchpoint, as_table(context)))?;
    Ok(if allowed { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn store(
    context: &Context,
    ledger: &mut Ledger,
    id: CustomerId,
    args: &AskArgs,
    line: &AskLine,
    contact: crate::domain::touchpoint::Touchpoint,
) -> Result<Option<i64>> {
    let said = args.note.clone().unwrap_or_else(|| asked_for(context.lang()));
    let against = args.anyway.as_deref().filter(|_| !line.not_yet.is_empty());
    let note = note(&against.map_or_else(|| said.clone(), |why| format!("{said}\n{}", although(context.lang(), line, why))))?;
    let touchpoint = crate::domain::touchpoint::Touchpoint { note, ..contact };
    ledger.batch(context.now(), "referral ask", |batch| {
        let id = record(batch, id, &touchpoint)?;
        Ok((id, format!("{}: {}", line.customer, clip(&touchpoint.note, 60, "…"))))
    })
}

fn asked_for(lang: Lang) -> String {
    text!("asked for a referral", "om een aanbeveling gevraagd").get(lang).to_owned()
}

/// Which rules said not yet, and why it was done all the same: `against REF2: she offered`.
fn although(lang: Lang, line: &AskLine, why: &str) -> String {
    let rules = line.not_yet.iter().map(|rule| rule.id.id()).collect::<Vec<_>>().join(", ");
    let why = why.trim();
    text!("against {rules}: {why}", "tegen {rules} in: {why}").get(lang).to_owned()
}

/// Whether a rule that says not yet may be passed over: with a reason, but never that of who asked for no
/// contact.
fn go_ahead(line: &AskLine, anyway: Option<&str>) -> Result<(), Problem> {
    let name = &line.customer;
    let word = shell::quoted(name);
    let opted_out = line.not_yet.iter().any(|rule| rule.id == RuleId::OptOut);
    let reasons = line.reasons();
    let list = |lang| reasons.iter().map(|reason| format!("- {}", reason.get(lang))).collect::<Vec<_>>().join("\n");
    let problem = || {
        Problem::failure(text!("not yet: nothing was recorded for {name}", "nog niet: voor {name} is niets vastgelegd"))
            .why(Text::new(list(Lang::En), list(Lang::Nl)))
    };
    match anyway.map(str::trim) {
        _ if opted_out => Err(problem().todo(text!(
            "--anyway does not go over this; if contact is welcome again: `attent customers edit {word} --contact`",
            "--anyway gaat hier niet overheen; is contact weer welkom: `attent customers edit {word} --contact`"
        ))),
        Some(why) if !why.is_empty() => Ok(()),
        _ => Err(problem().todo(text!(
            "asked already, or is there a good reason? --anyway \"WHY\" records it with the reason",
            "is het al gevraagd, of is er een goede reden? --anyway \"WAAROM\" legt het vast met de reden"
        ))),
    }
}
