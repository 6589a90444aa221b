//! One or two actions for every stage that needs it, the coldest stage first.
//!
//! Of the plays that answer a finding and that no rule stops for everybody, the first is the one
//! that does the most for those it is for: the mean gain in their own cells, times how sure its
//! family is (METHOD §7), less a quarter of a point for every minute and every euro **[J]**. The
//! second goes through another channel. A hurt customer's recovery stands before everything else,
//! what follows a recovery right behind it, and then what marks an occasion, which passes **[J]**.
//!
//! The guests of a stage are those with a cell there, and those without one who are waiting for
//! something there: their failure is open or just made good, or a promise of the stage to them is
//! overdue. The latter take no part in the expected gain of a stage that has cells.

use std::collections::HashSet;

use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::finding::{Finding, FindingKind};
use crate::domain::numbers::{counted, decimal, shortest};
use crate::domain::play::{Play, Theme};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::touchpoint::CustomerId;
use crate::measure::people::Concern;
use crate::measure::scoreboard::CellScore;
use crate::measure::warmth::drag;

use super::gain::{expected_gain, first_gain, gain_each};
use super::person::Person;
use super::rules::{Case, REST_DAYS, Rule, veto};

/// Points of warmth a minute or a euro must bring **[J]**.
pub const PRICE: f64 = 0.25;

/// A customer of a stage.
#[derive(Debug, Clone, Copy)]
pub struct Guest<'a> {
    /// Who.
    pub person: &'a Person<'a>,
    /// Their cell in this stage, when they had contact in it.
    pub cell: Option<&'a CellScore>,
    /// What is found about them in this stage, if anything is.
    pub concern: Option<&'a Concern>,
    /// Whether a failure here was made good in the last days of rest.
    pub healing: bool,
}

impl<'a> Guest<'a> {
    /// The person as a guest of a stage; `None` when the stage has nothing to do with them.
    pub fn of(
        person: &'a Person<'a>,
        cell: Option<&'a CellScore>,
        concern: Option<&'a Concern>,
        stage: usize,
        now: Moment,
    ) -> Option<Self> {
        let healing = person.failures.iter().any(|failure| failure.here == stage && failure.healing(now, REST_DAYS));
        let waiting = healing || concern.is_some_and(|concern| concern.wounded.is_some() || concern.overdue());
        (cell.is_some() || waiting).then_some(Self { person, cell, concern, healing })
    }

    /// Whether they are in this stage now.
    fn current(&self) -> bool {
        self.cell.is_some_and(|cell| cell.current)
    }

    /// Whether something is found about them, of this sort.
    fn is(&self, sort: impl Fn(&Concern) -> bool) -> bool {
        self.concern.is_some_and(sort)
    }

    /// Whether a play that answers these findings is about them.
    fn concerned(&self, play: &Play, answered: &[&Finding]) -> bool {
        match (play.theme, play.after_recovery) {
            (Theme::Recovery, true) => self.healing,
            (Theme::Recovery, false) => self.is(|concern| concern.wounded.is_some()),
            _ => self.current() || self.is(Concern::overdue) && answered.iter().any(|finding| finding.kind == FindingKind::Overdue),
        }
    }
}

/// One stage with what was found and who is there.
#[derive(Debug, Clone)]
pub struct StageCase<'a> {
    /// The place on the journey.
    pub stage: usize,
    /// What was found.
    pub findings: &'a [Finding],
    /// Everybody with a cell here, or something to wait for.
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
    /// The expected gain in the stage's warmth, were it done for everybody in the stage.
    pub gain: f64,
    /// The mean gain in the cells of those it is for: what plays are ranked by.
    pub each: f64,
    /// For whom: first those the finding is about, of them the coldest first; empty when nobody is
    /// in the stage now.
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

/// Which rules stopped whom.
type Stopped = Vec<(&'static Rule, HashSet<CustomerId>)>;

/// The actions for one stage.
pub fn advise<'a>(case: &StageCase<'_>, plays: &'a [Play], course: &Course, now: Moment, most: usize, off: &[RuleId]) -> Advice<'a> {
    let stage_id = &course.journey.stages[case.stage].id;
    let mut stopped = Stopped::new();
    let fitting = plays.iter().filter(|play| play.stages.is_empty() || play.stages.contains(stage_id));
    let mut found: Vec<_> = fitting.filter_map(|play| consider(case, play, course, now, off, &mut stopped)).collect();
    found.sort_by(|one, other| {
        worth(other.play, other.each).total_cmp(&worth(one.play, one.each)).then_with(|| one.play.id.cmp(&other.play.id))
    });
    let suggestions = pick(found.into_iter(), most);
    let stopped = if suggestions.is_empty() { stopped } else { Vec::new() };
    Advice { suggestions, stopped: stopped.into_iter().map(|(rule, who)| (rule.id.id(), (rule.reason)(), who.len())).collect() }
}

/// One play for one stage; `None` when it answers nothing here, or is for nobody.
fn consider<'a>(
    case: &StageCase<'_>,
    play: &'a Play,
    course: &Course,
    now: Moment,
    off: &[RuleId],
    stopped: &mut Stopped,
) -> Option<Suggestion<'a>> {
    let answered: Vec<&Finding> = case.findings.iter().filter(|finding| play.answers.contains(&finding.kind)).collect();
    let because = if play.after_recovery { made_good(case)? } else { answered.first()?.because.clone() };
    let guests = for_whom(case, play, &answered, course, now, off, stopped)?;
    let cells: Vec<&CellScore> = case.guests.iter().filter_map(|guest| guest.cell).collect();
    let gain = if cells.is_empty() {
        let drag_of =
            |guest: &&Guest<'_>| drag(guest.person.failures.iter().filter(|failure| failure.stage == Some(case.stage)), now, &course.model);
        first_gain(guests.iter().map(drag_of), &play.contact, course, now)
    } else {
        expected_gain(&cells, &play.contact, course, now)
    };
    let theirs = || guests.iter().filter_map(|guest| guest.cell);
    let each = if theirs().next().is_some() { gain_each(theirs(), &play.contact, course, now) } else { gain };
    Some(Suggestion {
        stage: case.stage,
        findings: answered.iter().map(|finding| finding.kind).collect(),
        play,
        reason: reason(&because, play, &cells, gain),
        gain,
        each,
        customers: guests.iter().map(|guest| guest.person.customer.id).collect(),
    })
}

/// Whom a play is for, those the finding is about first, and the coldest of them; `None` when it is
/// for nobody.
fn for_whom<'g, 'p>(
    case: &'g StageCase<'p>,
    play: &Play,
    answered: &[&Finding],
    course: &Course,
    now: Moment,
    off: &[RuleId],
    stopped: &mut Stopped,
) -> Option<Vec<&'g Guest<'p>>> {
    let here: Vec<&Guest<'_>> = case.guests.iter().filter(|guest| guest.concerned(play, answered)).collect();
    if here.is_empty() {
        // Nobody is here now: the play is for the next one who comes, unless it needs a person.
        let for_anybody = play.theme != Theme::Recovery && !play.is_gift() && play.occasion.is_none();
        return (for_anybody && !case.guests.iter().any(Guest::current)).then(Vec::new);
    }
    let mut fit = Vec::new();
    for guest in here {
        match veto(&Case { person: guest.person, play, now, model: &course.model, present: None, off }) {
            None => fit.push(guest),
            Some(rule) => note(stopped, rule, guest.person.customer.id),
        }
    }
    let about = |guest: &Guest<'_>| answered.first().is_some_and(|finding| guest.is(|concern| concern.is_about(finding.kind)));
    let late = |guest: &Guest<'_>| guest.is(|concern| concern.late);
    let warmth = |guest: &Guest<'_>| guest.cell.map_or(0.0, |cell| cell.score);
    fit.sort_by_cached_key(|guest| (!about(guest), !late(guest), ordered(warmth(guest)), guest.person.customer.id));
    (!fit.is_empty()).then_some(fit)
}

/// A whole number that sorts as the number does (IEEE 754, totalOrder).
fn ordered(number: f64) -> i64 {
    let bits = number.to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

fn note(stopped: &mut Stopped, rule: &'static Rule, who: CustomerId) {
    match stopped.iter_mut().find(|(known, _)| known.id == rule.id) {
        Some((_, people)) => {
            people.insert(who);
        }
        None => stopped.push((rule, HashSet::from([who]))),
    }
}

/// Why to follow up on a recovery; `None` when there was none here.
fn made_good(case: &StageCase<'_>) -> Option<Text> {
    let healing = case.guests.iter().filter(|guest| guest.healing).count();
    (healing > 0).then(|| {
        let (who, days) = (counted(healing as u64, ["customer", "customers"], ["klant", "klanten"]), shortest(REST_DAYS));
        Text::new(
            format!("something was made good for {} in the last {} days", who.en, days.en),
            format!("voor {} is de afgelopen {} dagen iets goedgemaakt", who.nl, days.nl),
        )
    })
}

/// What a play is worth: sure gain, less its time and money.
fn worth(play: &Play, gain: f64) -> f64 {
    let sure = match play.theme {
        Theme::Recovery => 1.0,
        Theme::Present => 0.7,
        Theme::Update | Theme::Card | Theme::Referral | Theme::Celebration | Theme::Question => 0.8,
    };
    let first = match (play.theme, play.after_recovery) {
        (Theme::Recovery, false) => 3000.0,
        (Theme::Recovery, true) => 2000.0,
        _ if play.occasion.is_some() => 1000.0,
        _ => 0.0,
    };
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
fn reason(because: &Text, play: &Play, cells: &[&CellScore], gain: f64) -> Text {
    let change = if play.after_recovery {
        Text::new("a small gesture afterwards shows that it was meant", "een klein gebaar daarna laat zien dat het gemeend was")
    } else if play.theme == Theme::Recovery {
        Text::new("making that good comes before anything else", "dat goedmaken gaat voor al het andere")
    } else {
        change(cells, gain)
    };
    Text::new(format!("{}; {}.", capital(&because.en), change.en), format!("{}; {}.", capital(&because.nl), change.nl))
}

/// What doing it for everybody changes in the stage's warmth.
fn change(cells: &[&CellScore], gain: f64) -> Text {
    if cells.is_empty() {
        let to = decimal(gain, 1);
        return Text::new(
            format!("as the first contact here it brings the warmth to {}", to.en),
            format!("als eerste contact hier brengt het de warmte op {}", to.nl),
        );
    }
    let (weight, sum) = cells.iter().fold((0.0, 0.0), |(n, w), cell| (n + cell.omega, w + cell.omega * cell.score));
    let before = if weight > 0.0 { sum / weight } else { 0.0 };
    let (from, to) = (decimal(before, 1), decimal(before + gain, 1));
    if cells.iter().any(|cell| cell.current) {
        return Text::new(
            format!("if everyone who is here now gets this, the warmth goes from {} to {}", from.en, to.en),
            format!("als iedereen die hier nu is dit krijgt, gaat de warmte van {} naar {}", from.nl, to.nl),
        );
    }
    Text::new(
        format!("had everyone who was here had this, the warmth would be {} instead of {}", to.en, from.en),
        format!("had iedereen die hier was dit gehad, dan was de warmte {} in plaats van {}", to.nl, from.nl),
    )
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
