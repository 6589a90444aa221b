//! One or two actions for every stage that needs it, the coldest stage first.
//!
//! Of the plays that answer a finding and that no rule stops for everybody, the first is the one
//! with the most to win: its expected gain times how sure its family is (METHOD §7), less a
//! quarter of a point for every minute and every euro **[J]**. The second goes through another
//! channel. A hurt customer's recovery stands before everything else.

use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::numbers::decimal;
use crate::domain::play::{Play, Theme};
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::measure::scoreboard::ScoredCell;

use super::gain::expected_gain;
use super::person::Person;
use super::rules::{Case, Rule, veto};

/// Points of warmth a minute or a euro must bring **[J]**.
pub const PRICE: f64 = 0.25;

/// A customer of a stage with their cell.
#[derive(Debug, Clone, Copy)]
pub struct Guest<'a> {
    /// Who.
    pub person: Person<'a>,
    /// Their cell in this stage.
    pub cell: &'a ScoredCell,
}

/// One stage with what was found and who is there.
#[derive(Debug, Clone)]
pub struct StageCase<'a> {
    /// The place on the journey.
    pub stage: usize,
    /// What was found.
    pub findings: &'a [Finding],
    /// Everybody with a cell here.
    pub guests: Vec<Guest<'a>>,
}

/// One suggested action for one stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion<'a> {
    /// The place of the stage.
    pub stage: usize,
    /// The findings of the stage that the play answers.
    pub findings: Vec<FindingKind>,
    /// The play.
    pub play: &'a Play,
    /// Why, in one sentence made of the numbers.
    pub reason: Text,
    /// The expected gain in the stage's warmth.
    pub gain: f64,
    /// For whom, the coldest first; empty when nobody is in the stage now.
    pub customers: Vec<CustomerId>,
}

/// What can be said about one stage.
#[derive(Debug, Clone, Default)]
pub struct Advice<'a> {
    /// At most as many actions as asked for.
    pub suggestions: Vec<Suggestion<'a>>,
    /// When there is none although something was found: which rules stopped how many customers.
    pub stopped: Vec<(&'static str, Text, usize)>,
}

/// The actions for one stage.
pub fn advise<'a>(case: &StageCase<'_>, plays: &'a [Play], course: &Course, now: Moment, most: usize) -> Advice<'a> {
    let stage_id = &course.journey.stages[case.stage].id;
    let cells: Vec<&ScoredCell> = case.guests.iter().map(|guest| guest.cell).collect();
    let mut stopped: Vec<(&'static Rule, Vec<CustomerId>)> = Vec::new();
    let mut found: Vec<(f64, Suggestion<'a>)> = Vec::new();
    for play in plays.iter().filter(|play| play.stages.is_empty() || play.stages.contains(stage_id)) {
        let answered: Vec<&Finding> = case.findings.iter().filter(|finding| play.answers.contains(&finding.kind)).collect();
        let Some(first) = answered.first() else { continue };
        let Some(customers) = for_whom(case, play, course, now, &mut stopped) else { continue };
        let gain = expected_gain(&cells, &play.contact, course, now);
        let suggestion = Suggestion {
            stage: case.stage,
            findings: answered.iter().map(|finding| finding.kind).collect(),
            play,
            reason: reason(first, &cells, gain),
            gain,
            customers,
        };
        found.push((worth(play, gain), suggestion));
    }
    found.sort_by(|(a, one), (b, other)| b.total_cmp(a).then_with(|| one.play.id.cmp(&other.play.id)));
    let suggestions = pick(found.into_iter().map(|(_, suggestion)| suggestion), most);
    let stopped = if suggestions.is_empty() { stopped } else { Vec::new() };
    Advice { suggestions, stopped: stopped.into_iter().map(|(rule, who)| (rule.id, (rule.reason)(), who.len())).collect() }
}

/// Whom a play is for, the coldest first; `None` when it is for nobody.
fn for_whom(
    case: &StageCase<'_>,
    play: &Play,
    course: &Course,
    now: Moment,
    stopped: &mut Vec<(&'static Rule, Vec<CustomerId>)>,
) -> Option<Vec<CustomerId>> {
    let recovery = play.theme == Theme::Recovery;
    let concerned = |guest: &&Guest<'_>| if recovery { hurt_here(guest, case.stage, now) } else { guest.cell.current };
    let here: Vec<&Guest<'_>> = case.guests.iter().filter(concerned).collect();
    if here.is_empty() {
        // Nobody is here now: the play is for the next one who comes, unless it needs a person.
        let for_anybody = !recovery && play.theme != Theme::Present && play.occasion.is_none();
        return (for_anybody && !case.guests.iter().any(|guest| guest.cell.current)).then(Vec::new);
    }
    let mut fit = Vec::new();
    for guest in here {
        match veto(&Case { person: &guest.person, play, now, model: &course.model }) {
            None => fit.push(guest),
            Some(rule) => note(stopped, rule, guest.person.customer.id),
        }
    }
    fit.sort_by(|a, b| a.cell.warmth.score.total_cmp(&b.cell.warmth.score).then(a.person.customer.id.cmp(&b.person.customer.id)));
    (!fit.is_empty()).then(|| fit.into_iter().map(|guest| guest.person.customer.id).collect())
}

fn note(stopped: &mut Vec<(&'static Rule, Vec<CustomerId>)>, rule: &'static Rule, who: CustomerId) {
    match stopped.iter_mut().find(|(known, _)| known.id == rule.id) {
        Some((_, people)) if people.contains(&who) => {}
        Some((_, people)) => people.push(who),
        None => stopped.push((rule, vec![who])),
    }
}

fn hurt_here(guest: &Guest<'_>, stage: usize, now: Moment) -> bool {
    guest.person.failures.iter().any(|failure| failure.stage == Some(stage) && failure.open_at(now))
}

/// What a play is worth: sure gain, less its time and money.
fn worth(play: &Play, gain: f64) -> f64 {
    let sure = match play.theme {
        Theme::Recovery => 1.0,
        Theme::Present => 0.7,
        Theme::Update | Theme::Card | Theme::Referral | Theme::Celebration | Theme::Question => 0.8,
    };
    let first = if play.theme == Theme::Recovery { 1000.0 } else { 0.0 };
    first + gain * sure - PRICE * (f64::from(play.minutes) + play.cost.units())
}

/// The best, then the best through another channel, and so on.
fn pick<'a>(ranked: impl Iterator<Item = Suggestion<'a>>, most: usize) -> Vec<Suggestion<'a>> {
    let mut picked: Vec<Suggestion<'a>> = Vec::new();
    for suggestion in ranked {
        let channel = suggestion.play.contact.channel;
        if picked.len() < most && picked.iter().all(|other| other.play.contact.channel != channel) {
            picked.push(suggestion);
        }
    }
    picked
}

/// Why, in one sentence made of the numbers: what was found, and what the play would change.
fn reason(finding: &Finding, cells: &[&ScoredCell], gain: f64) -> Text {
    let because = &finding.because;
    let (weight, sum) = cells.iter().fold((0.0, 0.0), |(n, w), cell| (n + cell.omega, w + cell.omega * cell.warmth.score));
    let before = if weight > 0.0 { sum / weight } else { 0.0 };
    let (from, to) = (decimal(before, 1), decimal(before + gain, 1));
    let change = if cells.iter().any(|cell| cell.current) {
        Text::new(
            format!("if everyone who is here now gets this, the warmth goes from {} to {}", from.en, to.en),
            format!("als iedereen die hier nu is dit krijgt, gaat de warmte van {} naar {}", from.nl, to.nl),
        )
    } else {
        Text::new(
            format!("had everyone who was here had this, the warmth would be {} instead of {}", to.en, from.en),
            format!("had iedereen die hier was dit gehad, dan was de warmte {} in plaats van {}", to.nl, from.nl),
        )
    };
    Text::new(format!("{}; {}.", capital(&because.en), change.en), format!("{}; {}.", capital(&because.nl), change.nl))
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
