//! What doing a nudge settles beside the contact itself.

use anyhow::Result;

use super::done::DoneArgs;
use crate::domain::calendar::Moment;
use crate::domain::gift::Gift;
use crate::domain::money::Cents;
use crate::domain::nudge::Nudge;
use crate::domain::play::{EXPLANATION, Play, STATUS_UPDATE};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::TouchpointId;
use crate::domain::words::{Channel, Sender};
use crate::ledger::{Batch, Ledger};
use crate::plan::gifts::plan_for;
use crate::plan::rules::Rule;
use crate::subcommands::context::Context;
use crate::subcommands::crowd::Crowd;
use crate::subcommands::gift::{complete_it, hold, said_of_it};
use crate::subcommands::workspace::Workspace;
use crate::text;

/// What will be settled.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The step that was taken.
    pub step: Step,
    /// What was given with it.
    pub gift: Option<Given>,
}

/// Something that was given.
#[derive(Debug, Clone)]
pub struct Given {
    /// As it goes into the register (G10).
    pub present: Gift,
    /// The rules it goes against.
    pub stops: Vec<&'static Rule>,
}

/// A step that doing a nudge was.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Nothing but the contact.
    Nothing,
    /// A failure is acknowledged.
    Acknowledged(i64),
    /// A failure is made good, by voice or not.
    MadeGood(i64, bool),
    /// Something was given on top of making good (R5).
    Extra(i64, Cents),
    /// Somebody asked back after a failure.
    CheckedBack(i64, Option<f64>),
    /// The cause of a failure was found.
    Learned(i64, String),
    /// A referrer was thanked.
    Thanked(i64),
    /// A referrer knows what became of it.
    Told(i64),
}

/// What is known of a nudge that was done.
#[derive(Debug, Clone, Copy)]
pub struct Doing<'a> {
    /// The nudge.
    pub nudge: &'a Nudge,
    /// Its play; `None` for a task.
    pub play: Option<&'a Play>,
    /// What was said of it.
    pub args: &'a DoneArgs,
    /// What happened, in the words that are kept.
    pub note: &'a str,
    /// When.
    pub at: Moment,
}

/// What a nudge will settle when it is done.
///
/// # Errors
/// When what has to be known for it is not known, or the log cannot be read.
pub fn of(context: &Context, workspace: &Workspace, ledger: &Ledger, doing: Doing<'_>) -> Result<Settled> {
    let giving = doing.play.filter(|play| play.is_gift() || play.hands_over());
    let gift = giving.map(|play| given(context, workspace, ledger, doing, play)).transpose()?;
    let value = gift.as_ref().and_then(|given| given.present.value);
    Ok(Settled { step: step(doing, value), gift })
}

/// The step that was taken, with something of this value or with nothing in hand.
fn step(doing: Doing<'_>, value: Option<Cents>) -> Step {
    let Doing { nudge, play, args, note, .. } = doing;
    let number = |prefix: &str| nudge.cause.place.strip_prefix(prefix).and_then(|number| number.parse::<i64>().ok());
    let rule = nudge.cause.rule.parse::<RuleId>().ok();
    let by_voice = play.is_some_and(|play| {
        play.contact.sender == Sender::Human && matches!(play.contact.channel, Channel::Phone | Channel::Visit | Channel::Video)
    });
    if let Some(id) = number("referral:") {
        return if rule == Some(RuleId::Ref7) { Step::Told(id) } else { Step::Thanked(id) };
    }
    // An explanation or the state of things answers a failure; any other recovery puts it right.
    let answers_only = play.is_none_or(|play| play.carries(EXPLANATION) || play.carries(STATUS_UPDATE));
    match (rule, number("incident:")) {
        (Some(RuleId::R1), Some(id)) if answers_only && !args.made_good => Step::Acknowledged(id),
        (Some(RuleId::R1 | RuleId::R2), Some(id)) => Step::MadeGood(id, by_voice),
        (Some(RuleId::R5), Some(id)) => value.map_or(Step::Nothing, |value| Step::Extra(id, value)),
        (Some(RuleId::R8), Some(id)) => Step::CheckedBack(id, args.felt),
        (Some(RuleId::R6), Some(id)) => Step::Learned(id, note.to_owned()),
        _ => Step::Nothing,
    }
}

/// What goes into the register: the present that was planned for this very occasion, or one that nobody
/// planned. What is not known of it is asked for; the rules it goes against are kept with it.
fn given(context: &Context, workspace: &Workspace, ledger: &Ledger, doing: Doing<'_>, play: &Play) -> Result<Given> {
    let Doing { nudge, args, note, at, .. } = doing;
    let cause = &nudge.cause;
    let crowd = Crowd::of_one(context, ledger, cause.customer, context.now())?;
    let person = crowd.person(cause.customer);
    let occasion = person.and_then(|person| person.occasions.iter().find(|occasion| occasion.key() == cause.place));
    let planned = person.and_then(|person| plan_for(person.plans, &cause.place, occasion, play)).cloned();
    let mut present = planned.unwrap_or_else(|| Gift::idea(cause.customer, play.title.get(context.lang())));
    if !note.is_empty() {
        note.clone_into(&mut present.what);
    }
    let usual = Some(play.cost).filter(|cost| cost.0 > 0);
    present.value = args.cost.or(present.value).or(usual);
    said_of_it(&mut present, args.why.as_deref(), args.by.as_deref(), args.approved_by.as_deref())?;
    if present.occasion.is_empty() {
        present.occasion.clone_from(&cause.place);
    }
    complete_it(context, &mut present)?;
    let stops = hold(context, workspace, ledger, &mut present, Some(play), at)?;
    Ok(Given { present, stops })
}

impl Settled {
    /// What was spent on what was given.
    pub fn value(&self) -> Option<Cents> {
        self.gift.as_ref().and_then(|given| given.present.value)
    }

    /// Stores it, in the transaction of the contact.
    ///
    /// # Errors
    /// When a plan was given already, or the file cannot be written.
    pub fn store(&self, batch: &mut Batch<'_>, touchpoint: Option<TouchpointId>, at: Moment) -> Result<()> {
        if let Some(given) = &self.gift {
            batch.give(&given.present, at, touchpoint)?;
        }
        match &self.step {
            Step::Nothing => Ok(()),
            Step::Acknowledged(id) => batch.acknowledge_incident(*id, at),
            Step::MadeGood(id, personal) => batch.make_good(*id, at, *personal),
            Step::Extra(id, value) => batch.give_extra(*id, *value),
            Step::CheckedBack(id, satisfied) => batch.check_back(*id, at, *satisfied),
            Step::Learned(id, lesson) => batch.learn_from(*id, lesson),
            Step::Thanked(id) => batch.thank(*id, at, None).map(drop),
            Step::Told(id) => batch.told(*id, at).map(drop),
        }
    }

    /// What was settled, as a person reads it.
    pub fn said(&self) -> Vec<Text> {
        let register =
            || text!("It stands in the register: `attent gifts --register`.", "Het staat in het register: `attent gifts --register`.");
        self.step.said().into_iter().chain(self.gift.as_ref().map(|_| register())).collect()
    }
}

impl Step {
    fn said(&self) -> Option<Text> {
        Some(match self {
            Self::Nothing => return None,
            Self::Acknowledged(id) => text!(
                "Failure #{id} is acknowledged. Once it is made good too: `attent done` on the nudge that asks for it, or attent incident resolve {id} --personal. What is made good at once can be said with --made-good.",
                "Misser #{id} is beantwoord. Zodra het ook goedgemaakt is: `attent done` bij de nudge die erom vraagt, of attent incident resolve {id} --personal. Wat meteen goedgemaakt is, zeg je met --made-good."
            ),
            Self::MadeGood(id, _) => text!(
                "Failure #{id} is made good; in two weeks you are asked to hear how it is.",
                "Misser #{id} is goedgemaakt; over twee weken is de vraag hoe het nu is."
            ),
            Self::Extra(id, _) => text!("It counts as the extra of failure #{id}.", "Het telt als het extraatje bij misser #{id}."),
            Self::CheckedBack(id, _) => text!("Failure #{id} is asked after.", "Naar misser #{id} is gevraagd."),
            Self::Thanked(_) => text!("The referral is thanked for.", "Voor de aanbeveling is bedankt."),
            Self::Told(_) => text!("They know what became of it.", "Ze weten hoe het afliep."),
            Self::Learned(id, _) => {
                text!("What will be different stands with failure #{id}.", "Wat er anders wordt staat bij misser #{id}.")
            }
        })
    }
}
