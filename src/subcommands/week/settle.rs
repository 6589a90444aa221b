//! What doing a nudge settles beside the contact itself.

use anyhow::Result;

use super::done::DoneArgs;
use crate::domain::calendar::Moment;
use crate::domain::gift::{Gift, GiftState};
use crate::domain::nudge::Nudge;
use crate::domain::play::{EXPLANATION, Play, STATUS_UPDATE};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::TouchpointId;
use crate::domain::words::{Channel, Sender};
use crate::ledger::{Batch, Ledger};
use crate::subcommands::context::Context;
use crate::subcommands::gift::complete_it;
use crate::text;

/// What will be settled.
#[derive(Debug, Clone, PartialEq)]
pub enum Settled {
    /// Nothing but the contact.
    Nothing,
    /// A failure is acknowledged.
    Acknowledged(i64),
    /// A failure is made good, by voice or not.
    MadeGood(i64, bool),
    /// Somebody asked back after a failure.
    CheckedBack(i64, Option<f64>),
    /// The cause of a failure was found.
    Learned(i64, String),
    /// A referrer was thanked.
    Thanked(i64),
    /// A referrer knows what became of it.
    Told(i64),
    /// Something was given, and stands in the register (G10).
    Given(Box<Gift>),
}

/// What a nudge will settle when it is done.
///
/// # Errors
/// When what has to be known for it is not known.
pub fn of(ledger: &Ledger, nudge: &Nudge, play: Option<&Play>, args: &DoneArgs, note: &str, context: &Context) -> Result<Settled> {
    let number = |prefix: &str| nudge.cause.place.strip_prefix(prefix).and_then(|number| number.parse::<i64>().ok());
    let rule = nudge.cause.rule.parse::<RuleId>().ok();
    let by_voice = play.is_some_and(|play| {
        play.contact.sender == Sender::Human && matches!(play.contact.channel, Channel::Phone | Channel::Visit | Channel::Video)
    });
    if let Some(play) = play.filter(|play| play.is_gift() || play.hands_over()) {
        return Ok(Settled::Given(Box::new(given(context, ledger, nudge, play, args, note)?)));
    }
    if let Some(id) = number("referral:") {
        return Ok(if rule == Some(RuleId::Ref7) { Settled::Told(id) } else { Settled::Thanked(id) });
    }
    // An explanation or the state of things answers a failure; any other recovery puts it right.
    let answers_only = play.is_none_or(|play| play.carries(EXPLANATION) || play.carries(STATUS_UPDATE));
    Ok(match (rule, number("incident:")) {
        (Some(RuleId::R1), Some(id)) if answers_only => Settled::Acknowledged(id),
        (Some(RuleId::R1 | RuleId::R2), Some(id)) => Settled::MadeGood(id, by_voice),
        (Some(RuleId::R8), Some(id)) => Settled::CheckedBack(id, args.felt),
        (Some(RuleId::R6), Some(id)) => Settled::Learned(id, note.to_owned()),
        _ => Settled::Nothing,
    })
}

/// What goes into the register: the present that was planned for them, or one that nobody planned. What
/// is not known of it is asked for.
fn given(context: &Context, ledger: &Ledger, nudge: &Nudge, play: &Play, args: &DoneArgs, note: &str) -> Result<Gift> {
    let customer = nudge.cause.customer;
    let mut planned = ledger.gift_plans()?;
    planned.retain(|gift| gift.customer == customer && gift.state == GiftState::Planned);
    let mut present = match planned.len() {
        1 => planned.remove(0),
        _ => Gift::idea(customer, play.title.get(context.lang())),
    };
    if !note.is_empty() {
        note.clone_into(&mut present.what);
    }
    let usual = Some(play.cost).filter(|cost| cost.0 > 0);
    present.value = args.cost.or(present.value).or(usual);
    let said = |flag: &Option<String>, known: String| flag.clone().filter(|typed| !typed.trim().is_empty()).unwrap_or(known);
    present.why = said(&args.why, present.why);
    present.given_by = said(&args.by, present.given_by);
    present.approved = said(&args.approved_by, present.approved);
    present.occasion = if present.occasion.is_empty() { nudge.cause.place.clone() } else { present.occasion };
    complete_it(context, &mut present)?;
    Ok(present)
}

impl Settled {
    /// Stores it, in the transaction of the contact.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn store(&self, batch: &mut Batch<'_>, touchpoint: Option<TouchpointId>, at: Moment) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Acknowledged(id) => batch.acknowledge_incident(*id, at),
            Self::MadeGood(id, personal) => batch.make_good(*id, at, *personal),
            Self::CheckedBack(id, satisfied) => batch.check_back(*id, at, *satisfied),
            Self::Learned(id, lesson) => batch.learn_from(*id, lesson),
            Self::Thanked(id) => batch.thank(*id, at, None).map(drop),
            Self::Told(id) => batch.told(*id, at).map(drop),
            Self::Given(present) => batch.give(present, at, touchpoint).map(drop),
        }
    }

    /// What was settled, as a person reads it.
    pub fn said(&self) -> Vec<Text> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Acknowledged(id) => vec![text!(
                "Failure #{id} is acknowledged. Once it is made good: attent incident resolve {id} --personal",
                "Misser #{id} is beantwoord. Zodra het goedgemaakt is: attent incident resolve {id} --personal"
            )],
            Self::MadeGood(id, _) => vec![text!(
                "Failure #{id} is made good; in two weeks you are asked to hear how it is.",
                "Misser #{id} is goedgemaakt; over twee weken is de vraag hoe het nu is."
            )],
            Self::CheckedBack(id, _) => vec![text!("Failure #{id} is asked after.", "Naar misser #{id} is gevraagd.")],
            Self::Thanked(_) => vec![text!("The referral is thanked for.", "Voor de aanbeveling is bedankt.")],
            Self::Told(_) => vec![text!("They know what became of it.", "Ze weten hoe het afliep.")],
            Self::Given(_) => vec![text!(
                "It stands in the register: `attent gifts --register`.",
                "Het staat in het register: `attent gifts --register`."
            )],
            Self::Learned(id, _) => {
                vec![text!("What will be different stands with failure #{id}.", "Wat er anders wordt staat bij misser #{id}.")]
            }
        }
    }
}
