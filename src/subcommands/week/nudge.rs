//! `attent nudge`: the digest of the week, for a mail that cron sends or for a calendar.
//!
//! What is new is recorded in the transaction in which it is shown: a run that is stopped in between
//! has recorded nothing, and two runs at once cannot both bring up the same.

use std::collections::HashSet;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use super::context_lines::{asked, nudge_line};
use super::desk::Desk;
use super::diary::{Diary, Pages};
use super::surroundings::{self, Surroundings};
use crate::domain::calendar::Moment;
use crate::domain::nudge::{Nudge, NudgeState};
use crate::domain::problem::Problem;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::{Ledger, Raised, Shown};
use crate::plan::week::{Closed, Considered, Planned, Register, Subject, review};
use crate::render::format::Format;
use crate::render::pages::nudges::{ClosedLine, Digest, NudgeLine};
use crate::subcommands::config::format_of;
use crate::subcommands::context::Context;
use crate::subcommands::lines::as_table;
use crate::subcommands::output::{self, Writing};
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The arguments of `nudge`.
#[derive(Debug, Args, Default)]
pub struct NudgeArgs {
    /// Show at most so many; nudge.max of attent.yaml when left out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max: Option<u32>,
    /// Print nothing at all when there is nothing to do
    #[arg(long)]
    pub quiet_if_empty: bool,
    /// Show what would be brought up, and record nothing
    #[arg(long)]
    pub dry_run: bool,
    /// With -O ics: appointments instead of tasks
    #[arg(long)]
    pub events: bool,
    /// End with exit code 10 when there is something to do
    #[arg(long)]
    pub exit_code: bool,
}

/// For so long others wait while a digest is read.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often it is computed anew when something else is recorded in between.
const TRIES: usize = 20;

/// Runs the command.
///
/// # Errors
/// When the workspace or its log cannot be read or written, or the answer cannot be written.
pub fn run(context: &Context, args: &NudgeArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let most = args.max.unwrap_or(workspace.settings.nudge_max) as usize;
    for _ in 0..TRIES {
        let mut ledger = if args.dry_run { workspace.reader(context)? } else { workspace.ledger(context)? };
        ledger.reads_through()?;
        let desk = Desk::read(context, &workspace, &ledger, None)?;
        let draft = draft(context, &ledger, &desk, most)?;
        let diary = Diary::asked(context, &workspace, &ledger, &desk.plays, args.events)?;
        let calendar = diary.map(|diary| draft.calendar(&diary, &desk, most)).transpose()?;
        let any = !draft.standing.is_empty();
        let show = |ids: &[i64]| {
            let mut digest = draft.digest(context, &desk, ids, most);
            digest.calendar = calendar.as_ref().map(|pages| pages.numbered(ids));
            if digest.says_nothing() && args.quiet_if_empty {
                return nothing(context);
            }
            aside(context, &digest);
            output::begin(context, &workspace.settings.currency, &digest.answer(as_table(context))).map(Some)
        };
        let shown = if args.dry_run {
            show(&[])?.map_or(Ok(()), Writing::finish)?;
            true
        } else {
            let closed: Vec<(i64, &str)> = draft.closing.iter().map(|(nudge, why)| (nudge.id, why.code())).collect();
            let raised = Raised { seen: desk.seen, new: &draft.new, closed: &closed, digest: true };
            record(&mut ledger, desk.now, &raised, show)?
        };
        if shown {
            return Ok(if any && args.exit_code { ExitCode::from(10) } else { ExitCode::SUCCESS });
        }
    }
    Err(Problem::failure(text!("the log keeps changing", "het logboek blijft veranderen"))
        .why(text!("something else was recorded every time the week was computed", "telkens werd er intussen iets anders vastgelegd"))
        .todo(text!("try again when the other command is done", "probeer het opnieuw als het andere commando klaar is"))
        .into())
}

/// Records a digest and shows it; `false` when it has to be computed anew. Somebody who takes their time to read
/// keeps nobody else waiting: then it is recorded when they have read it.
fn record(ledger: &mut Ledger, now: Moment, raised: &Raised<'_>, show: impl FnOnce(&[i64]) -> Result<Option<Writing>>) -> Result<bool> {
    let (mut given, mut slow) = (Vec::new(), None);
    let first = ledger.raise(now, raised, |ids| {
        given = ids.to_vec();
        let Some(writing) = show(ids)? else { return Ok(true) };
        let done = writing.is_done_within(PATIENCE)?;
        slow = (!done).then_some(writing);
        Ok(done)
    })?;
    let Some(writing) = slow else { return Ok(first == Shown::Recorded) };
    writing.finish()?;
    // By the numbers it was shown with, or not at all.
    match ledger.raise(now, raised, |ids| Ok(ids == given))? {
        Shown::Recorded => Ok(true),
        Shown::Outdated | Shown::NotYet => Err(read_too_late().into()),
    }
}

fn read_too_late() -> Problem {
    Problem::failure(text!("what was shown is not recorded", "wat er getoond is, is niet vastgelegd"))
        .why(text!(
            "it took long to be read, and something else was recorded meanwhile: its numbers may mean something else by now",
            "het lezen duurde lang, en intussen werd er iets anders vastgelegd: de nummers betekenen nu misschien iets anders"
        ))
        .todo(text!("ask again: `attent nudge`", "vraag het opnieuw: `attent nudge`"))
}

/// What is told once and has no row of its own, for formats that are rows only.
fn aside(context: &Context, digest: &Digest) {
    if matches!(format_of(context), Format::Csv | Format::Tsv | Format::Jsonl | Format::Ids | Format::Ics) {
        digest.asides().iter().for_each(|told| output::note(context, told));
    }
}

/// Says nothing at all. A file is emptied, as `>` of a shell does it: what it said last week would be
/// read, or sent, as this week's.
fn nothing(context: &Context) -> Result<Option<Writing>> {
    // A calendar without an item is no calendar (RFC 5545 §3.6): the one of last week stays.
    let emptied = context.globals.output.is_some() && format_of(context) != Format::Ics;
    emptied.then(|| output::begin_bytes(context, Vec::new())).transpose()
}

/// Brings up what is owed, after something that makes it so (a referral, a failure), without showing a
/// digest. Gives them with their numbers.
///
/// # Errors
/// When the log cannot be read or written.
pub fn bring_up_owed(context: &Context, workspace: &Workspace, customer: CustomerId) -> Result<Vec<Nudge>> {
    for _ in 0..TRIES {
        let mut ledger = workspace.ledger(context)?;
        let desk = Desk::read_one(context, workspace, &ledger, customer)?;
        let mut new = draft(context, &ledger, &desk, 0)?.new;
        // What stands for the same is the next digest's: only a digest closes anything, because it tells.
        let before = desk.register();
        new.retain(|nudge| nudge.owed && !before.stands(&nudge.cause));
        let mut ids = Vec::new();
        let raised = Raised { seen: desk.seen, new: &new, closed: &[], digest: false };
        let keep = |given: &[i64]| {
            ids = given.to_vec();
            Ok(true)
        };
        if new.is_empty() || ledger.raise(desk.now, &raised, keep)? == Shown::Recorded {
            new.iter_mut().zip(ids).for_each(|(nudge, id)| nudge.id = id);
            return Ok(new);
        }
    }
    Ok(Vec::new())
}

/// What a digest will say and record.
struct Draft {
    /// What is new.
    new: Vec<Nudge>,
    /// What closes by itself now, or did in a digest of this very moment.
    closing: Vec<(Nudge, Closed)>,
    told: Vec<(Nudge, Closed)>,
    /// Everything that stands, what is new among it, in the order it is shown.
    standing: Vec<NudgeLine>,
    /// How many are put off.
    asleep: usize,
    /// How many people there is something to do for that does not fit.
    waiting: usize,
    missed: Vec<surroundings::Missed>,
}

fn draft(context: &Context, ledger: &Ledger, desk: &Desk, most: usize) -> Result<Draft> {
    let subjects = desk.subjects(ledger);
    let considered = desk.consider(&subjects);
    let (closing, left) = closing(desk, &subjects, &considered);
    let register = Register::new(&left);
    let best = desk.best(&subjects, &considered, &register);
    let new: Vec<Nudge> = best.actions.iter().chain(&best.unfit).map(|action| nudge_of(desk, &subjects, action)).collect();
    let told = desk.nudges.iter().filter(|nudge| nudge.state == NudgeState::Closed && nudge.told == Some(desk.now));
    let told = told.filter_map(|nudge| Some((nudge.clone(), Closed::from_code(&nudge.why)?))).collect();
    let standing = standing(context, ledger, desk, &subjects, &considered, &register, &new, most)?;
    let asleep = register.open.iter().filter(|nudge| !nudge.awake(desk.now)).count();
    let missed = surroundings::missed(ledger, desk, &subjects, &new)?;
    Ok(Draft { new, closing, told, standing, asleep, waiting: best.waiting, missed })
}

/// What closes by itself with the next digest, and what is left: a plan is made beside the latter only. A
/// nudge that was brought up later than now, by a clock that has gone back since, is not judged.
pub(super) fn closing(desk: &Desk, subjects: &[Subject<'_>], considered: &[Considered<'_>]) -> (Vec<(Nudge, Closed)>, Vec<Nudge>) {
    let closing = review(&desk.register(), subjects, considered, &desk.plays, desk.now, &desk.off);
    let mut left = desk.nudges.clone();
    let gone = closing.into_iter().filter_map(|closing| {
        let place = left.iter().position(|nudge| nudge.id == closing.id && nudge.opened <= desk.now)?;
        Some((left.remove(place), closing.why))
    });
    (gone.collect(), left)
}

/// The nudge an action of a plan becomes when it is brought up; it has no number yet.
pub fn nudge_of(desk: &Desk, subjects: &[Subject<'_>], action: &Planned<'_>) -> Nudge {
    debug_assert_eq!(subjects[action.subject].id(), action.reason.cause.customer);
    Nudge {
        id: 0,
        cause: action.reason.cause.clone(),
        play: action.play.map(|play| play.id.clone()),
        because: action.reason.because.clone(),
        minutes: action.minutes,
        cost: action.cost,
        owed: action.reason.tier > crate::plan::week::Tier::Ordinary,
        opened: desk.now,
        due: action.due,
        state: NudgeState::Open,
        snoozed: None,
        ended: None,
        why: String::new(),
        touchpoint: None,
        told: None,
    }
}

/// What stands and is awake, then what is new; what is owed and what is late first. Those that will be
/// shown come with what is known around them.
#[expect(clippy::too_many_arguments, reason = "a digest is made from everything the plan was made from")]
fn standing(
    context: &Context,
    ledger: &Ledger,
    desk: &Desk,
    subjects: &[Subject<'_>],
    considered: &[Considered<'_>],
    register: &Register<'_>,
    new: &[Nudge],
    most: usize,
) -> Result<Vec<NudgeLine>> {
    let awake = register.open.iter().copied().filter(|nudge| nudge.awake(desk.now));
    let mut all: Vec<(&Nudge, Option<usize>)> = awake.map(|nudge| (nudge, None)).collect();
    all.extend(new.iter().enumerate().map(|(place, nudge)| (nudge, Some(place))));
    all.sort_by_key(|(nudge, place)| (nudge.rank(), nudge.due >= desk.now, nudge.due, place.is_some(), nudge.id, *place));
    let mut lines = Vec::new();
    for (at, (nudge, place)) in all.into_iter().enumerate() {
        let mut line = nudge_line(context, desk, subjects, considered, nudge);
        line.nudge = Some(nudge.id).filter(|id| *id > 0);
        let around = if at < most { surroundings::of(context, ledger, desk, nudge)? } else { Surroundings::default() };
        lines.push(NudgeLine { line, new: place.is_some() || nudge.opened == desk.now, place, around: around.into() });
    }
    Ok(lines)
}

impl Draft {
    /// The pages of a diary: what is shown, what is put off, and what ended lately.
    fn calendar(&self, diary: &Diary<'_>, desk: &Desk, most: usize) -> Result<Pages> {
        let hidden: HashSet<Option<i64>> = self.standing.iter().skip(most).map(|nudge| nudge.line.nudge).collect();
        let shown_new: Vec<usize> = self.standing.iter().take(most).filter_map(|nudge| nudge.place).collect();
        let kept = desk.nudges.iter().filter(|nudge| diary.tells(nudge) && !hidden.contains(&Some(nudge.id)));
        diary.of_digest(kept, &self.closing, &self.new, &shown_new)
    }

    fn digest(&self, context: &Context, desk: &Desk, ids: &[i64], most: usize) -> Digest {
        let mut lines = self.standing.clone();
        for line in &mut lines {
            if let Some(id) = line.place.and_then(|place| ids.get(place)) {
                line.line.nudge = Some(*id);
            }
        }
        let closed = self.closing.iter().chain(&self.told).map(|(nudge, why)| closed_line(desk, nudge, *why)).collect();
        Digest {
            as_of: context.local(desk.now),
            monday: desk.week.monday,
            lines,
            most,
            closed,
            missed: self.missed.iter().map(surroundings::Missed::said).collect(),
            asleep: self.asleep,
            waiting: self.waiting,
            open_failures: desk.crowd.people().filter(|(person, _)| person.wounded(desk.now)).count(),
            anybody: !desk.crowd.seen.is_empty(),
            calendar: None,
        }
    }
}

fn closed_line(desk: &Desk, nudge: &Nudge, why: Closed) -> ClosedLine {
    let (action, _) = asked(desk.play(nudge.play.as_deref()), nudge);
    ClosedLine { id: nudge.id, customer: desk.name(nudge.cause.customer), action, rule: nudge.cause.rule.clone(), why }
}
