//! What a nudge takes a step of: a failure or a referral; and when that step cannot have been.

use anyhow::Result;

use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::nudge::Nudge;
use crate::domain::problem::Problem;
use crate::domain::referral::Referral;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::ledger::{Batch, Ledger};
use crate::subcommands::context::Context;
use crate::subcommands::incident::moments;
use crate::subcommands::occasions::midnight;
use crate::subcommands::referral::after_they_came;
use crate::text;

/// What a nudge takes a step of.
#[derive(Debug)]
pub enum Matter {
    /// Nothing that is kept beside the log.
    Contact,
    /// A failure, with the rule that asks for the step.
    Failure(Option<RuleId>, Box<Incident>),
    /// A referral, with the name of who was sent.
    Referral(Referral, String),
}

impl Matter {
    /// What this nudge takes a step of.
    ///
    /// # Errors
    /// When that was taken back since, or the file cannot be read.
    pub fn of(ledger: &Ledger, nudge: &Nudge) -> Result<Self> {
        let number = |prefix: &str| nudge.cause.place.strip_prefix(prefix).and_then(|number| number.parse::<i64>().ok());
        if let Some(id) = number("incident:") {
            let incident = ledger.incident(id)?.ok_or_else(|| gone(&text!("failure #{id}", "misser #{id}")))?;
            return Ok(Self::Failure(nudge.cause.rule.parse().ok(), Box::new(incident)));
        }
        let Some(id) = number("referral:") else { return Ok(Self::Contact) };
        let referral = ledger.referrals()?.into_iter().find(|referral| referral.id == id);
        let referral = referral.ok_or_else(|| gone(&text!("the referral", "de aanbeveling")))?;
        let name = ledger.customer(referral.customer)?.map(|customer| customer.name).unwrap_or_default();
        Ok(Self::Referral(referral, name))
    }

    /// From when on the step can have been taken.
    pub fn since(&self, context: &Context) -> Option<Moment> {
        match self {
            Self::Contact => None,
            Self::Failure(Some(RuleId::R2), failure) => failure.acknowledged.or(Some(failure.opened)),
            Self::Failure(Some(RuleId::R8), failure) => failure.resolved.or(Some(failure.opened)),
            Self::Failure(_, failure) => Some(failure.opened),
            Self::Referral(referral, _) => Some(midnight(context.local(referral.at).date_naive())),
        }
    }

    /// Refuses a step that was taken before the one it follows; one that somebody took already may be told
    /// once more.
    ///
    /// # Errors
    /// When it was.
    pub fn can_be(&self, context: &Context, at: Moment) -> Result<(), Problem> {
        match self {
            Self::Contact => Ok(()),
            Self::Failure(rule, failure) => failure_can_be(context, *rule, failure, at),
            Self::Referral(referral, name) => after_they_came(context, referral, name, at),
        }
    }

    /// As [`Matter::can_be`], by what stands once nobody else can write.
    ///
    /// # Errors
    /// When it cannot have been, or the file cannot be read.
    pub fn still_can_be(&self, context: &Context, batch: &Batch<'_>, at: Moment) -> Result<()> {
        let Self::Failure(rule, failure) = self else { return Ok(()) };
        let id = failure.id;
        let now = batch.incident(id)?.ok_or_else(|| gone(&text!("failure #{id}", "misser #{id}")))?;
        Ok(failure_can_be(context, *rule, &now, at)?)
    }

    /// Whether it is a failure that is to be answered or made good (R1, R2).
    pub fn is_open_failure(&self) -> bool {
        matches!(self, Self::Failure(Some(RuleId::R1 | RuleId::R2), _))
    }
}

fn failure_can_be(context: &Context, rule: Option<RuleId>, failure: &Incident, at: Moment) -> Result<(), Problem> {
    moments::after_it_went_wrong(context, failure, at, "--at")?;
    match rule {
        Some(RuleId::R2) if failure.resolved.is_none() => moments::after_it_was_acknowledged(context, failure, at),
        Some(RuleId::R8) if failure.checked.is_none() => moments::after_it_was_made_good(context, failure, at),
        _ => Ok(()),
    }
}

fn gone(what: &Text) -> Problem {
    let (en, nl) = (&what.en, &what.nl);
    Problem::failure(text!("{en} is not on the log any more", "{nl} staat niet meer in het logboek")).todo(text!(
        "record what you did with `attent log`; the next digest closes this nudge",
        "leg wat je deed vast met `attent log`; het volgende overzicht rondt deze nudge af"
    ))
}
