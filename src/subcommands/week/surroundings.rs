//! What is good to know before somebody acts: the last contacts, what was said, what they like; and the
//! days that passed while nobody looked.

use anyhow::Result;

use super::desk::Desk;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::nudge::Nudge;
use crate::domain::play::Play;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Channel;
use crate::ledger::Ledger;
use crate::plan::week::Subject;
use crate::plan::week::reasons::said;
use crate::render::pages::nudges::{Around, Contact};
use crate::subcommands::context::Context;

/// How many contacts are shown.
const CONTACTS: u32 = 3;
/// A digest that comes later than so many days after the last one tells which days passed meanwhile.
const SLEPT_DAYS: f64 = 8.0;

/// What is known around a nudge.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    contacts: Vec<Contact>,
    good_to_know: Vec<String>,
}

impl From<Surroundings> for Around {
    fn from(of: Surroundings) -> Self {
        Self { contacts: of.contacts, good_to_know: of.good_to_know }
    }
}

/// What is known around a nudge.
///
/// # Errors
/// When the log cannot be read.
pub fn of(context: &Context, ledger: &Ledger, desk: &Desk, nudge: &Nudge) -> Result<Surroundings> {
    let id = nudge.cause.customer;
    around(context, ledger, desk.now, desk.crowd.customers.get(&id), desk.play(nudge.play.as_deref()), id)
}

/// What is known around a customer to whom a play is to be done.
///
/// # Errors
/// When the log cannot be read.
pub fn around(
    context: &Context,
    ledger: &Ledger,
    now: Moment,
    person: Option<&Customer>,
    play: Option<&Play>,
    customer: CustomerId,
) -> Result<Surroundings> {
    // A newsletter is nothing to talk about.
    let contacts = ledger.last_by_people(customer, now, CONTACTS)?.into_iter().map(|logged| Contact {
        at: context.local(logged.touchpoint.facts.at),
        channel: logged.touchpoint.facts.channel,
        note: logged.touchpoint.note,
    });
    let mut good_to_know = Vec::new();
    let particulars = ledger.particulars(customer)?;
    for known in particulars.iter().filter(|known| known.what == "prefers") {
        let source = if known.source.is_empty() { String::new() } else { format!(" ({})", known.source) };
        good_to_know.push(format!("{}{source}", known.value));
    }
    let by_post = play.is_some_and(|play| matches!(play.contact.channel, Channel::Card | Channel::Gift | Channel::Letter));
    if by_post {
        good_to_know.extend(particulars.iter().filter(|known| known.what == "postal").map(|known| known.value.replace('\n', ", ")));
    }
    if let Some(person) = person {
        good_to_know.extend(Some(person.notes.clone()).filter(|notes| !notes.trim().is_empty()));
    }
    Ok(Surroundings { contacts: contacts.collect(), good_to_know })
}

/// An occasion that passed unseen.
#[derive(Debug, Clone)]
pub struct Missed {
    who: String,
    what: Text,
}

impl Missed {
    /// As a person reads it.
    pub fn said(&self) -> Text {
        let who = &self.who;
        Text::new(format!("{who}: {}", self.what.en), format!("{who}: {}", self.what.nl))
    }
}

/// The occasions that came and went since the last digest, when that is long ago, and that no nudge was
/// ever about.
///
/// # Errors
/// When the log cannot be read.
pub fn missed(ledger: &Ledger, desk: &Desk, subjects: &[Subject<'_>], new: &[Nudge]) -> Result<Vec<Missed>> {
    let Some(last) = ledger.last_digest(desk.now)?.filter(|last| desk.now.days_since(*last) > SLEPT_DAYS) else { return Ok(Vec::new()) };
    let known = |place: &str, subject: &Subject<'_>| {
        desk.nudges.iter().chain(new).any(|nudge| nudge.cause.customer == subject.id() && nudge.cause.place == place)
    };
    let passed = |at: Moment| last < at && at <= desk.now;
    let mut missed = Vec::new();
    for subject in subjects.iter().filter(|subject| !subject.person.customer.no_contact) {
        let gone = subject.person.occasions.iter().filter(|occasion| passed(occasion.at) && !known(&occasion.key(), subject));
        missed.extend(gone.map(|occasion| Missed { who: subject.person.customer.name.clone(), what: said(occasion, desk.now) }));
    }
    Ok(missed)
}
