//! What doing a nudge settles beside the contact itself.

use anyhow::Result;

use super::done::DoneArgs;
use crate::domain::calendar::Moment;
use crate::domain::nudge::Nudge;
use crate::domain::play::Play;
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::TouchpointId;
use crate::domain::words::{Channel, Sender};
use crate::ledger::{Batch, Ledger};
use crate::subcommands::context::Context;
use crate::subcommands::workspace::Workspace;
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
}

/// What a nudge will settle when it is done.
///
/// # Errors
/// When what has to be known for it is not known.
pub fn of(
    _ledger: &Ledger,
    nudge: &Nudge,
    play: Option<&Play>,
    args: &DoneArgs,
    note: &str,
    _context: &Context,
    _workspace: &Workspace,
) -> Result<Settled> {
    let number = |prefix: &str| nudge.cause.place.strip_prefix(prefix).and_then(|number| number.parse::<i64>().ok());
    let rule = nudge.cause.rule.parse::<RuleId>().ok();
    let by_voice = play.is_some_and(|play| {
        play.contact.sender == Sender::Human && matches!(play.contact.channel, Channel::Phone | Channel::Visit | Channel::Video)
    });
    Ok(match (rule, number("incident:")) {
        (Some(RuleId::R1), Some(id)) => Settled::Acknowledged(id),
        (Some(RuleId::R2), Some(id)) => Settled::MadeGood(id, by_voice),
        (Some(RuleId::R8), Some(id)) => Settled::CheckedBack(id, args.felt),
        (Some(RuleId::R6), Some(id)) => Settled::Learned(id, note.to_owned()),
        _ => Settled::Nothing,
    })
}

impl Settled {
    /// Stores it, in the transaction of the contact.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn store(&self, batch: &mut Batch<'_>, _nudge: &Nudge, _touchpoint: Option<TouchpointId>, at: Moment) -> Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Acknowledged(id) => batch.acknowledge_incident(*id, at),
            Self::MadeGood(id, personal) => batch.make_good(*id, at, *personal),
            Self::CheckedBack(id, satisfied) => batch.check_back(*id, at, *satisfied),
            Self::Learned(id, lesson) => batch.learn_from(*id, lesson),
        }
    }

    /// What was settled, as a person reads it.
    pub fn said(&self, _context: &Context) -> Vec<Text> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Acknowledged(id) => vec![text!(
                "Failure #{id} is acknowledged; it still has to be made good.",
                "Misser #{id} is beantwoord; het moet nog worden goedgemaakt."
            )],
            Self::MadeGood(id, _) => vec![text!(
                "Failure #{id} is made good; in two weeks you are asked to hear how it is.",
                "Misser #{id} is goedgemaakt; over twee weken is de vraag hoe het nu is."
            )],
            Self::CheckedBack(id, _) => vec![text!("Failure #{id} is asked after.", "Naar misser #{id} is gevraagd.")],
            Self::Learned(id, _) => {
                vec![text!("What will be different stands with failure #{id}.", "Wat er anders wordt staat bij misser #{id}.")]
            }
        }
    }
}
