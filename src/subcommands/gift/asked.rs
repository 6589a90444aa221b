//! What is said of a present on the command line, read and found fit to be stored.

use anyhow::Result;
use chrono::NaiveDate;
use clap::Args;

use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::gift::Gift;
use crate::domain::limits;
use crate::domain::money::Cents;
use crate::domain::occasion::{Occasion, OccasionKind};
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::dates::{Lean, parse_moment};
use crate::ledger::Ledger;
use crate::plan::occasions::AHEAD_DAYS;
use crate::subcommands::context::Context;
use crate::subcommands::occasions;
use crate::subcommands::typed::{Said, amount};
use crate::text;

/// What can be said of a present.
#[derive(Debug, Args, Default)]
pub struct Particulars {
    /// What it costs
    #[arg(long, value_parser = cost, value_name = "AMOUNT")]
    pub value: Option<Cents>,
    /// For which occasion: birthday, anniversary, deal, or in your own words
    #[arg(long = "for", value_name = "OCCASION")]
    pub occasion: Option<String>,
    /// Why this, for them: what it refers to
    #[arg(long, value_name = "WHY")]
    pub why: Option<String>,
    /// Who gives it
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// Who on their side said that it is all right
    #[arg(long, value_name = "NAME")]
    pub approved_by: Option<String>,
}

/// An amount that something can cost.
pub fn cost(typed: &str) -> Result<Cents, Said> {
    match amount(typed)? {
        Cents(cents) if cents >= 0 => Ok(Cents(cents)),
        _ => Err(Said(text!("it cannot cost less than nothing", "het kan niet minder dan niets kosten"))),
    }
}

impl Particulars {
    /// Writes what was said into a present; what was not said stays. Gives the occasion that was meant.
    ///
    /// # Errors
    /// When something cannot be stored, or the log cannot be read.
    pub fn tell(&self, context: &Context, ledger: &Ledger, present: &mut Gift) -> Result<Option<Occasion>> {
        present.value = self.value.or(present.value);
        said_of_it(present, self.why.as_deref(), self.by.as_deref(), self.approved_by.as_deref())?;
        let Some(typed) = &self.occasion else { return Ok(None) };
        let found = occasion(context, ledger, present, typed)?;
        present.occasion = match &found {
            Some(occasion) => occasion.key(),
            None => limits::name(typed).map_err(not_stored)?.to_owned(),
        };
        Ok(found)
    }
}

/// Writes into a present why it is given, by whom and who approved it; what was not said stays.
///
/// # Errors
/// When something cannot be stored (exit 2).
pub fn said_of_it(present: &mut Gift, why: Option<&str>, by: Option<&str>, approved: Option<&str>) -> Result<(), Problem> {
    if let Some(why) = why {
        limits::note(why).map_err(not_stored)?.clone_into(&mut present.why);
    }
    if let Some(by) = by {
        limits::name(by).map_err(not_stored)?.clone_into(&mut present.given_by);
    }
    if let Some(approved) = approved {
        limits::name(approved).map_err(not_stored)?.clone_into(&mut present.approved);
    }
    Ok(())
}

/// The occasion of the customer that a word means, the nearest one; `None` when it is none that is known.
fn occasion(context: &Context, ledger: &Ledger, present: &Gift, typed: &str) -> Result<Option<Occasion>> {
    let kind = typed.parse::<OccasionKind>().ok();
    let customers = ledger.customer(present.customer)?.map(|customer| (present.customer, customer)).into_iter().collect();
    let mut all = occasions::of_customers(context, ledger, &customers, context.now(), AHEAD_DAYS)?;
    let today = occasions::day_of(context, context.now());
    let meant = all.remove(&present.customer).unwrap_or_default().into_iter();
    Ok(meant
        .filter(|occasion| occasion.key() == typed.trim() || kind == Some(occasion.kind))
        .min_by_key(|occasion| ((occasion.day - today).num_days().abs(), occasion.day < today)))
}

/// What a present is, in a line.
///
/// # Errors
/// When nothing is said, or it cannot be stored (exit 2).
pub fn what(typed: &str) -> Result<String, Problem> {
    limits::name(typed).map(str::to_owned).map_err(not_stored)
}

/// That something said of a present is no such thing.
pub fn not_stored(why: Text) -> Problem {
    Problem::usage(text!("this cannot be stored", "dit kan niet worden opgeslagen")).why(why)
}

/// The day of a moment to come, at its beginning; today counts.
///
/// # Errors
/// When it is not understood or lies behind us.
pub fn day_ahead(context: &Context, typed: &str, flag: &str) -> Result<NaiveDate, Problem> {
    let read = parse_moment(typed, &context.clock, Lean::Future);
    let at = read.map_err(|why| Problem::usage(text!("{flag} was not understood", "{flag} is niet begrepen")).why(why))?;
    let day = occasions::day_of(context, at);
    if day < occasions::day_of(context, context.now()) {
        return Err(Problem::usage(text!("{flag} lies behind us", "{flag} ligt achter ons"))
            .todo(text!("record what was given with `attent gift given`", "leg vast wat gegeven is met `attent gift given`")));
    }
    Ok(day)
}

/// A present by its number.
///
/// # Errors
/// When there is none of this number (exit 1), or the log cannot be read.
pub fn by_number(ledger: &Ledger, id: i64) -> Result<Gift> {
    let none = || {
        Problem::failure(text!("there is no gift #{id}", "er is geen cadeau #{id}"))
            .todo(text!("`attent gift list` shows ideas and plans", "`attent gift list` toont ideeën en plannen"))
    };
    Ok(ledger.gift(id)?.ok_or_else(none)?)
}

/// The number that was typed, with or without `#`.
pub fn number(typed: &str) -> Option<i64> {
    typed.trim().trim_start_matches('#').parse().ok()
}

/// What an entry of the journal says of a present.
pub fn summary(customer: Option<&Customer>, what: &str) -> String {
    let name = customer.map(|customer| customer.name.as_str()).unwrap_or_default();
    format!("{name}: {}", crate::render::wrap::clip(what, 60, "…"))
}

/// When a day begins where the reader is, or now when the day is today.
pub fn moment_of(context: &Context, day: NaiveDate) -> Moment {
    let begins = occasions::midnight(day);
    if day == occasions::day_of(context, context.now()) { context.now() } else { begins }
}
