//! `attent gift add`: planning a gift, with the rules asked first.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCompleter;

use super::asked::{Particulars, day_ahead, moment_of, not_stored, summary, what};
use super::case::{Asked, Verdict, ask};
use super::list::line;
use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftPolicy};
use crate::domain::gift::{Gift, GiftState};
use crate::domain::limits;
use crate::domain::problem::Problem;
use crate::domain::shell::quoted;
use crate::domain::text::Text;
use crate::plan::gifts::policy_of;
use crate::render::pages::gifts as page;
use crate::render::pages::logged::when;
use crate::subcommands::complete;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::occasions::{day_of, midnight};
use crate::subcommands::output;
use crate::subcommands::who;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `gift add`.
#[derive(Debug, Args)]
pub struct AddArgs {
    /// The customer; a part of the name is enough
    #[arg(value_name = "CUSTOMER", add = ArgValueCompleter::new(complete::customers))]
    pub customer: String,
    /// What it is
    #[arg(value_name = "WHAT")]
    pub what: String,
    /// What is known of it.
    #[command(flatten)]
    pub particulars: Particulars,
    /// The day it is meant for; that of the occasion when left out, else today
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Plan it although rules stop it, and say why
    #[arg(long, value_name = "WHY")]
    pub anyway: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When the customer is not found, a rule stops it, or the log cannot be written.
pub fn run(context: &Context, args: &AddArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let mut ledger = workspace.ledger(context)?;
    let customer = who::customer(context, &ledger, &args.customer)?;
    let mut plan = Gift { state: GiftState::Planned, ..Gift::idea(customer, what(&args.what)?) };
    let occasion = args.particulars.tell(context, &ledger, &mut plan)?;
    let today = day_of(context, context.now());
    let day = match &args.on {
        Some(typed) => day_ahead(context, typed, "--on")?,
        None => occasion.map_or(today, |occasion| occasion.day.max(today)),
    };
    let at = moment_of(context, day);
    plan.day = Some(midnight(day));
    let verdict = ask(context, &workspace, &ledger, Asked { present: &plan, play: None }, at, context.now())?;
    let known = ledger.customer(customer)?;
    plan.against = against(context, args.anyway.as_deref(), &verdict, &plan, known.as_ref())?;
    plan.id = ledger.keep_gift(context.now(), "gift add", &plan, &summary(known.as_ref(), &plan.what))?;
    let line = line(context, &ledger, plan)?;
    output::answer(context, &workspace.settings.currency, &page::planned(&line, &page::told(&verdict.stops), as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// What is kept of the rules it goes against.
fn against(context: &Context, anyway: Option<&str>, verdict: &Verdict, plan: &Gift, customer: Option<&Customer>) -> Result<String> {
    if verdict.stops.is_empty() {
        return Ok(String::new());
    }
    let Some(why) = anyway else { return Err(refused(context, verdict, plan, customer).into()) };
    let why = limits::name(why).map_err(not_stored)?;
    Ok(format!("{}: {why}", verdict.ids()))
}

/// That rules stop it, which, and what can be done.
fn refused(context: &Context, verdict: &Verdict, plan: &Gift, customer: Option<&Customer>) -> Problem {
    let what = &plan.what;
    let reasons = page::told(&verdict.stops);
    let lines =
        |lang: fn(&Text) -> &str| reasons.iter().map(|(id, reason)| format!("- {id}: {}", lang(reason))).collect::<Vec<_>>().join("\n");
    let from = verdict
        .free_from
        .map_or_else(|| text!("waiting alone does not change that. ", "wachten alleen verandert dat niet. "), |at| later(context, at));
    let say = customer.map(|customer| where_to_say(context, customer)).unwrap_or_default();
    let (en, nl) = (say.en + &from.en, say.nl + &from.nl);
    Problem::failure(text!("`{what}` was not planned", "`{what}` is niet gepland"))
        .why(Text::new(lines(|text| &text.en), lines(|text| &text.nl)))
        .todo(text!(
            "{en}A card is always possible; --anyway WHY plans it all the same, and keeps your reason",
            "{nl}Een kaart kan altijd; --anyway WAAROM plant het toch, en bewaart je reden"
        ))
}

/// Where it is said what somebody may accept, while nobody did.
fn where_to_say(context: &Context, customer: &Customer) -> Text {
    if policy_of(customer, &context.gift_policies()).gifts != GiftPolicy::Unknown {
        return Text::default();
    }
    let name = quoted(&customer.name);
    text!(
        "what they may accept is said with `attent customers edit {name} --gifts 25`, or none. ",
        "wat ze mogen aannemen leg je vast met `attent customers edit {name} --gifts 25`, of none. "
    )
}

/// From when nothing stops it.
fn later(context: &Context, at: Moment) -> Text {
    let day = day_of(context, at);
    let said = when(context.local(midnight(day)));
    let (en, nl) = (&said.en, &said.nl);
    text!("as far as is known now, nothing stops it from {en} on: --on {day}. ", "voor zover nu bekend kan het vanaf {nl}: --on {day}. ")
}
