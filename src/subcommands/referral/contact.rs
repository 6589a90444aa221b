//! The contact that asking and thanking become on the log.

use anyhow::Result;

use super::{moment, not_stored};
use crate::domain::play::PlayContact;
use crate::domain::touchpoint::{CustomerId, Facts, Touchpoint};
use crate::ledger::{Batch, Key, Ledger, Outcome};
use crate::subcommands::context::Context;
use crate::subcommands::log::ContactFlags;
use crate::subcommands::score::stage_of;

/// A contact as the flags say, else as `usual` says; with another channel, as is usual for that channel,
/// but by a person and about what `usual` is about. It carries `tag`.
///
/// # Errors
/// When a stage is not found, a moment lies ahead, or a label cannot be stored.
pub fn contact(
    context: &Context,
    ledger: &Ledger,
    customer: CustomerId,
    flags: &ContactFlags,
    usual: &PlayContact,
    tag: &str,
) -> Result<Touchpoint> {
    let journey = ledger.customer(customer)?.and_then(|customer| customer.journey);
    let course = &ledger.courses()[ledger.course_of(journey.as_deref())];
    let stage = flags.stage.as_deref().map(|stage| stage_of(course, stage)).transpose()?;
    let channel = flags.channel.unwrap_or(usual.channel);
    let of_channel = channel.defaults();
    let same = channel == usual.channel;
    let direction = if same { usual.direction } else { of_channel.direction };
    let facts = Facts {
        at: moment(context, flags.at.as_deref())?,
        channel,
        direction: flags.direction().unwrap_or(direction),
        sender: flags.sender.unwrap_or(usual.sender),
        personal: flags.personal.unwrap_or(usual.personal),
        kind: flags.kind.unwrap_or(usual.kind),
        sentiment: flags.felt,
    };
    let mut tags = flags.tags().map_err(not_stored)?;
    tags.push(tag.to_owned());
    tags.sort_unstable();
    tags.dedup();
    let stage = stage.map(|place| course.journey.stages[place].id.clone());
    Ok(Touchpoint { facts, stage, amount: flags.amount, minutes: flags.minutes, note: String::new(), tags })
}

/// Writes it, and gives the number it got.
///
/// # Errors
/// When the log cannot be written.
pub fn record(batch: &mut Batch<'_>, customer: CustomerId, touchpoint: &Touchpoint) -> Result<Option<i64>> {
    Ok(match batch.record(customer, touchpoint, "log", Key::None)? {
        Outcome::Added(recorded) => Some(recorded.id.0),
        Outcome::Known | Outcome::Refused => None,
    })
}
