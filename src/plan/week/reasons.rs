//! Why something might be done for a customer this week.

use super::subject::{Subject, Week};
use crate::domain::calendar::{Moment, day_and_month};
use crate::domain::finding::FindingKind;
use crate::domain::incident::Incident;
use crate::domain::model::LITTLE_EVIDENCE;
use crate::domain::nudge::{Cause, NudgeState};
use crate::domain::numbers::{counted, days_ago, decimal};
use crate::domain::occasion::{Occasion, OccasionKind};
use crate::domain::play::{CHECK_BACK, Play, REFERRAL_NEWS, REFERRAL_THANKS, STATUS_UPDATE, Theme};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::measure::findings::{COLD, ONE_WAY, TOO_DIGITAL, TRANSACTIONAL};
use crate::measure::people::Concern;
use crate::measure::recovery::{CHECK_DAYS, REPEAT_DAYS, WAIT_DAYS, late, same_kind_before};
use crate::measure::scoreboard::CellScore;
use crate::plan::rules::{REST_DAYS, THANKS_HOURS};
use crate::text;

/// Days after which a thank-you that was never sent is not brought up again **[J]**.
pub const THANK_UNTIL_DAYS: f64 = 60.0;
/// Days before an occasion, beside a play's lead time, in which it may be prepared **[J]**.
pub const PREPARE_DAYS: f64 = 7.0;
/// Days after something was done before the same finding is brought up again **[J]**.
pub const REST_AFTER_DONE_DAYS: f64 = 30.0;
/// Days after something was skipped before the same finding is brought up again **[J]**.
pub const REST_AFTER_SKIPPED_DAYS: f64 = 90.0;
/// Days after an open failure was passed over before it is brought up again **[J]**.
pub const RECOVERY_REST_DAYS: f64 = 7.0;
/// Minutes it takes to look into the cause of a repeated failure **[J]**.
pub const FIX_MINUTES: u32 = 30;

/// How pressing a reason is; each goes before all of those before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// A good idea.
    Ordinary,
    /// Owed: asking back, a thank-you, the cause of a repeated failure.
    Owed,
    /// A failure is open.
    Wounded,
    /// A failure is open past its time (R2: overdue goes first).
    Late,
}

/// What a reason asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// An answer to a finding.
    Finding(FindingKind),
    /// Marking an occasion.
    Occasion(Occasion),
    /// Acknowledging a failure, or making it good.
    Recovery,
    /// A small gesture after a recovery.
    Gesture,
    /// Asking how it is after a recovery (R8).
    CheckBack,
    /// Finding the cause of a failure that came back (R6): no contact with the customer.
    FixCause,
    /// Thanking for a referral (REF6).
    Thank,
    /// Telling the referrer what became of it (REF7).
    Tell,
    /// Asking for a referral.
    Refer,
}

/// One reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// By what it is known.
    pub cause: Cause,
    /// What it asks for.
    pub ask: Ask,
    /// In one sentence made of the numbers, without a full stop.
    pub because: Text,
    /// By when, where the reason itself says so; else by the end of the week.
    pub due: Option<Moment>,
    /// How pressing it is.
    pub tier: Tier,
    /// Whether it is too long ago to be brought up **[J]**: a log of years begins without a pile of old
    /// debts. What stands already, stands.
    pub past: bool,
}

impl Reason {
    /// Whether a play answers it, apart from any rule.
    pub fn answered_by(&self, play: &Play, stage: Option<&str>) -> bool {
        let here = play.stages.is_empty() || stage.is_some_and(|stage| play.stages.iter().any(|own| own == stage));
        let marks = |kind: OccasionKind| play.occasion.as_ref().is_some_and(|occasion| occasion.tags.iter().any(|tag| tag == kind.word()));
        let own_purpose = [CHECK_BACK, REFERRAL_THANKS, REFERRAL_NEWS].iter().any(|tag| play.carries(tag)) || play.asks_for_referral();
        let recovers = play.theme == Theme::Recovery && !own_purpose;
        here && match &self.ask {
            Ask::Finding(kind) => !own_purpose && !recovers && play.occasion.is_none() && play.answers.contains(kind),
            Ask::Occasion(occasion) => !own_purpose && !recovers && marks(occasion.kind),
            // Saying where it stands answers a failure, and makes nothing good.
            Ask::Recovery => recovers && !play.after_recovery && (self.cause.rule == RuleId::R1.id() || !play.carries(STATUS_UPDATE)),
            Ask::Gesture => recovers && play.after_recovery,
            Ask::CheckBack => play.carries(CHECK_BACK),
            Ask::FixCause => false,
            Ask::Thank => play.carries(REFERRAL_THANKS),
            Ask::Tell => play.carries(REFERRAL_NEWS),
            Ask::Refer => play.asks_for_referral(),
        }
    }

    /// The moment at which the rules judge a play for it: asking back is for its own day, which may lie
    /// ahead this week.
    pub fn judged_at(&self, now: Moment) -> Moment {
        if self.ask == Ask::CheckBack { self.due.map_or(now, |due| due.max(now)) } else { now }
    }

    /// When a play for it is due: in time to arrive.
    pub fn due_with(&self, play: Option<&Play>, week: &Week, now: Moment) -> Moment {
        let lead = play.map_or(0.0, |play| play.lead_time);
        match (&self.ask, self.due) {
            // A day is not past until it is over.
            (Ask::Occasion(occasion), Some(due)) if occasion.at > now || yearly(occasion) && end_of_day(occasion.at) >= now => {
                let begin = end_of_day(occasion.at.minus_days(lead));
                if begin >= now { begin } else { end_of_day(occasion.at).min(due.max(now)) }
            }
            (_, Some(due)) => due,
            (_, None) => week.end(),
        }
    }
}

/// How long a cause rests after it was done or skipped, in days; `None` for ever. What is owed is settled in
/// the log when it is done, so that nothing has to rest; and an open failure does not go away because
/// somebody passed it over.
pub fn rest(cause: &Cause, ended: NudgeState) -> Option<f64> {
    let done = ended == NudgeState::Done;
    match cause.rule.parse::<RuleId>() {
        Ok(RuleId::R1 | RuleId::R2) => Some(if done { 0.0 } else { RECOVERY_REST_DAYS }),
        Ok(RuleId::R6 | RuleId::R8 | RuleId::Ref6 | RuleId::Ref7) => done.then_some(0.0),
        Ok(RuleId::Ref4) => Some(if done { REST_AFTER_DONE_DAYS } else { REST_AFTER_SKIPPED_DAYS }),
        Err(_) if cause.place.starts_with(STAGE) => Some(if done { REST_AFTER_DONE_DAYS } else { REST_AFTER_SKIPPED_DAYS }),
        _ => None,
    }
}

/// What the place of a finding begins with.
const STAGE: &str = "stage:";

fn yearly(occasion: &Occasion) -> bool {
    matches!(occasion.kind, OccasionKind::Birthday | OccasionKind::Anniversary)
}

/// The last second of the day that begins at a moment.
fn end_of_day(begins: Moment) -> Moment {
    Moment(begins.minus_days(-1.0).0 - 1000)
}

/// Everything there is to do something for, the most pressing first.
pub fn reasons(subject: &Subject<'_>, week: &Week, now: Moment, plays: &[Play], off: &[RuleId]) -> Vec<Reason> {
    let mut found = Vec::new();
    failures(subject, week, now, &mut found);
    referrals(subject, now, &mut found);
    occasions(subject, week, now, plays, &mut found);
    findings(subject, now, &mut found);
    // Switching a rule off that stops plays lets them pass; only what a rule asks for goes with it.
    let asks = [RuleId::R6, RuleId::R8, RuleId::Ref7];
    found.retain(|reason| !asks.iter().any(|rule| off.contains(rule) && rule.id() == reason.cause.rule));
    found
}

fn reason(subject: &Subject<'_>, place: String, rule: impl Into<String>, ask: Ask, because: Text) -> Reason {
    Reason { cause: Cause { customer: subject.id(), place, rule: rule.into() }, ask, because, due: None, tier: Tier::Ordinary, past: false }
}

/// What open failures, and those made good, ask for.
fn failures(subject: &Subject<'_>, week: &Week, now: Moment, found: &mut Vec<Reason>) {
    for (incident, failure) in subject.incidents.iter().zip(subject.person.failures) {
        let place = format!("incident:{}", incident.id);
        found.extend(same_again(subject, incident, now));
        if failure.open_at(now) {
            let acknowledged = failure.acknowledged.is_some_and(|at| at <= now);
            let (rule, due) = if acknowledged { (RuleId::R2, failure.resolve_by) } else { (RuleId::R1, failure.acknowledge_by) };
            let tier = if late(failure, now) { Tier::Late } else { Tier::Wounded };
            found.push(Reason {
                due: Some(due),
                tier,
                ..reason(subject, place.clone(), rule.id(), Ask::Recovery, wounded(incident, acknowledged, now))
            });
        } else if let Some((resolved, _)) = failure.resolved.filter(|(at, _)| *at <= now) {
            let ask_at = resolved.minus_days(-CHECK_DAYS);
            if incident.checked.is_none() && ask_at < week.until {
                let because = made_good_ago(resolved, now);
                let ask = reason(subject, place.clone(), RuleId::R8.id(), Ask::CheckBack, because);
                let past = now.days_since(resolved) > WAIT_DAYS;
                found.push(Reason { due: Some(ask_at), tier: Tier::Owed, past, ..ask });
            }
            if now.days_since(resolved) < REST_DAYS {
                let because = text!(
                    "what went wrong was made good; a small gesture shows that it was meant",
                    "wat misging is goedgemaakt; een klein gebaar laat zien dat het gemeend was"
                );
                found.push(reason(subject, place, RuleId::R5.id(), Ask::Gesture, because));
            }
        }
    }
}

fn made_good_ago(resolved: Moment, now: Moment) -> Text {
    let ago = days_ago(now.days_since(resolved));
    Text::new(
        format!("something was made good {}; ask how it is now", ago.en),
        format!("{} is er iets goedgemaakt; vraag hoe het nu is", ago.nl),
    )
}

fn wounded(incident: &Incident, acknowledged: bool, now: Moment) -> Text {
    let what = clipped(&incident.what);
    let days = now.days_since(incident.opened).floor().max(0.0) as u64;
    let since = if days == 0 {
        text!("open for less than a day", "minder dan een dag open")
    } else {
        let days = counted(days, ["day", "days"], ["dag", "dagen"]);
        Text::new(format!("open for {}", days.en), format!("{} open", days.nl))
    };
    let next = if acknowledged {
        text!("it still has to be made good", "het moet nog worden goedgemaakt")
    } else {
        text!("nobody has answered yet", "er heeft nog niemand op gereageerd")
    };
    Text::new(format!("“{what}”, {}; {}", since.en, next.en), format!("‘{what}’, {}; {}", since.nl, next.nl))
}

/// The first line of what went wrong, short enough for a sentence.
fn clipped(what: &str) -> String {
    const LONGEST: usize = 60;
    let line = what.lines().next().unwrap_or_default().trim().trim_end_matches('.');
    if line.chars().count() <= LONGEST { line.to_owned() } else { line.chars().take(LONGEST - 1).chain(['…']).collect() }
}

/// R6: the same sort of failure within a year has a cause that is still there.
fn same_again(subject: &Subject<'_>, incident: &Incident, now: Moment) -> Option<Reason> {
    let kind = incident.kind.trim();
    let again = same_kind_before(incident, subject.incidents).is_some();
    let fresh = now.days_since(incident.opened) <= REPEAT_DAYS;
    (again && fresh && incident.lesson.is_empty()).then(|| {
        let because = text!(
            "`{kind}` went wrong for the second time within a year: find the cause and say what will be different",
            "`{kind}` ging voor de tweede keer binnen een jaar mis: zoek de oorzaak en zeg wat er anders wordt"
        );
        let fix = reason(subject, format!("incident:{}", incident.id), RuleId::R6.id(), Ask::FixCause, because);
        Reason { tier: Tier::Owed, ..fix }
    })
}

/// Whom they sent, and whether they may be asked to send somebody.
fn referrals(subject: &Subject<'_>, now: Moment, found: &mut Vec<Reason>) {
    for referral in subject.person.referrals {
        let place = format!("referral:{}", referral.id);
        let age = now.days_since(referral.at);
        if referral.thanked.is_none() {
            let because =
                text!("they sent you a customer and have not been thanked yet", "ze stuurden je een klant en zijn nog niet bedankt");
            let thank = reason(subject, place.clone(), RuleId::Ref6.id(), Ask::Thank, because);
            let due = Some(referral.at.minus_days(-THANKS_HOURS / 24.0));
            found.push(Reason { due, tier: Tier::Owed, past: age > THANK_UNTIL_DAYS, ..thank });
        }
        if referral.told.is_none() && !referral.outcome.is_empty() {
            let because = text!(
                "they do not know yet what became of the customer they sent you",
                "ze weten nog niet hoe het ging met de klant die ze je stuurden"
            );
            found.push(Reason { past: age > REPEAT_DAYS, ..reason(subject, place, RuleId::Ref7.id(), Ask::Tell, because) });
        }
    }
    if let Some(good) = subject.person.positive.filter(|good| *good <= now) {
        let ago = days_ago(now.days_since(good));
        let because = Text::new(
            format!("a good moment {}, and a warm relationship: they may know somebody", ago.en),
            format!("{} een goed moment, en een warme relatie: misschien kennen ze iemand", ago.nl),
        );
        found.push(reason(subject, "good-moment".to_owned(), RuleId::Ref4.id(), Ask::Refer, because));
    }
}

/// The occasions for which it is time.
fn occasions(subject: &Subject<'_>, week: &Week, now: Moment, plays: &[Play], found: &mut Vec<Reason>) {
    for occasion in subject.person.occasions {
        let marks = |play: &&Play| play.occasion.as_ref().is_some_and(|own| own.tags.iter().any(|tag| tag == occasion.kind.word()));
        let fitting = || plays.iter().filter(marks);
        let lead = fitting().map(|play| play.lead_time).fold(0.0, f64::max);
        let after = fitting().filter_map(|play| play.occasion.as_ref()).map(|own| own.within).fold(0.0, f64::max);
        let (begins, ends) = (occasion.at.minus_days(lead + PREPARE_DAYS), occasion.at.minus_days(-after));
        if begins < week.until && now <= ends {
            let marked = reason(subject, occasion.key(), "occasion", Ask::Occasion(occasion.clone()), said(occasion, now));
            found.push(Reason { due: Some(ends), ..marked });
        }
    }
}

/// An occasion in a sentence.
pub fn said(occasion: &Occasion, now: Moment) -> Text {
    let day = day_and_month(occasion.day);
    let (en, nl) = (&day.en, &day.nl);
    let ahead = occasion.at > now;
    let years = occasion.years.filter(|years| *years > 0).unwrap_or_default();
    let note = clipped(&occasion.note);
    let with_note = |text: Text| {
        if note.is_empty() { text } else { Text::new(format!("{}: “{note}”", text.en), format!("{}: ‘{note}’", text.nl)) }
    };
    match occasion.kind {
        OccasionKind::Birthday if years > 0 && ahead => text!("turns {years} on {en}", "wordt {years} op {nl}"),
        OccasionKind::Birthday if years > 0 => text!("turned {years} on {en}", "werd {years} op {nl}"),
        OccasionKind::Birthday => text!("birthday on {en}", "jarig op {nl}"),
        OccasionKind::Anniversary if years == 1 => text!("a year a customer on {en}", "een jaar klant op {nl}"),
        OccasionKind::Anniversary if years > 1 => text!("{years} years a customer on {en}", "{years} jaar klant op {nl}"),
        OccasionKind::Anniversary => with_note(text!("an anniversary on {en}", "een jubileum op {nl}")),
        OccasionKind::Deal => with_note(text!("a deal on {en}", "een opdracht op {nl}")),
        OccasionKind::Milestone => with_note(text!("a milestone on {en}", "een mijlpaal op {nl}")),
        OccasionKind::LifeEvent => with_note(text!("something that matters to them on {en}", "iets wat voor hen telt op {nl}")),
        OccasionKind::Referral => text!("sent somebody to you on {en}", "stuurde iemand naar je op {nl}"),
    }
}

/// What is found about this customer's own cell in the stage they are in.
fn findings(subject: &Subject<'_>, now: Moment, found: &mut Vec<Reason>) {
    for (stage, of) in subject.course.journey.stages.iter().enumerate() {
        let place = || format!("{STAGE}{}", of.id);
        if let Some((_, about)) = subject.concerns.iter().find(|(at, about)| *at == stage && about.overdue()) {
            let because = overdue(about, subject, stage);
            found.push(reason(subject, place(), FindingKind::Overdue.id(), Ask::Finding(FindingKind::Overdue), because));
        }
        let Some(cell) = subject.here.filter(|cell| cell.stage == stage) else { continue };
        for (kind, because) in own_findings(subject, cell, &of.title, now) {
            found.push(reason(subject, place(), kind.id(), Ask::Finding(kind), because));
        }
    }
}

fn overdue(about: &Concern, subject: &Subject<'_>, stage: usize) -> Text {
    let promises = &subject.course.journey.stages[stage].promises;
    match (about.missed.first().and_then(|&place| promises.get(place)), about.silence) {
        (Some(promise), _) => {
            let title = &promise.title;
            text!("“{title}” was promised and has not happened", "‘{title}’ is beloofd en nog niet gebeurd")
        }
        (None, Some(silence)) => {
            let days = counted(silence.floor() as u64, ["day", "days"], ["dag", "dagen"]);
            let most = subject.course.journey.stages[stage].gap.maximum.unwrap_or_default();
            let most = decimal(most, 0);
            Text::new(
                format!("no contact for {}, where {} is the most", days.en, most.en),
                format!("al {} geen contact, waar {} het langste is", days.nl, most.nl),
            )
        }
        (None, None) => text!("something promised is overdue", "iets wat beloofd is, is te laat"),
    }
}

/// The findings of METHOD §1.2 on one cell. A share is judged on enough evidence; that a relationship
/// is cold also when contact has faded to nothing with somebody who was once met.
fn own_findings(subject: &Subject<'_>, cell: &CellScore, stage: &str, now: Moment) -> Vec<(FindingKind, Text)> {
    let sums = &cell.sums;
    let evident = sums.mass >= LITTLE_EVIDENCE;
    let score = cell.score;
    let mut found = Vec::new();
    if score < COLD && (evident || subject.person.relationship.met.is_some()) {
        // A newsletter is no contact to speak of.
        let last = subject.person.relationship.moved.unwrap_or(cell.last);
        let (warmth, ago) = (decimal(score, 0), days_ago(now.days_since(last)));
        found.push((
            FindingKind::Cold,
            Text::new(
                format!("warmth {} of 100 in {stage}; last contact {}", warmth.en, ago.en),
                format!("warmte {} van 100 in {stage}; laatste contact {}", warmth.nl, ago.nl),
            ),
        ));
    }
    let share = |part: f64| if sums.mass > 0.0 { part / sums.mass } else { 0.0 };
    let percent = |share: f64| decimal(share * 100.0, 0);
    if evident && share(sums.automated) >= TOO_DIGITAL {
        let part = percent(share(sums.automated));
        found.push((
            FindingKind::TooDigital,
            Text::new(
                format!("{}% of the contact in {stage} comes from a machine", part.en),
                format!("{}% van het contact in {stage} komt van een machine", part.nl),
            ),
        ));
    }
    if evident && share(sums.transactional) >= TRANSACTIONAL {
        let part = percent(share(sums.transactional));
        found.push((
            FindingKind::Transactional,
            Text::new(
                format!("{}% of the contact in {stage} is about orders, invoices or selling", part.en),
                format!("{}% van het contact in {stage} gaat over bestellingen, facturen of verkopen", part.nl),
            ),
        ));
    }
    if evident && sums.two_way() < ONE_WAY * sums.inbound.max(sums.outbound) {
        let because = if sums.outbound >= sums.inbound {
            text!("you reach out and hear little back", "je zoekt contact en hoort weinig terug")
        } else {
            text!("they reach out and hear little back", "ze zoeken contact en horen weinig terug")
        };
        found.push((FindingKind::OneWay, because));
    }
    found
}
