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
    /// Why, in one sentence made of the numbers: what was found, and what the play would change.
fn reason(finding: &Finding, play: &Play, cells: &[&ScoredCell], gain: f64) -> Text {
    let because = &finding.because;
    let change = if play.theme == Theme::Recovery {
        Text::new("making that good comes before anything else", "dat goedmaken gaat voor al het andere")
    } else {
        change(cells, gain)
    };
    Text::new(format!("{}; {}.", capital(&because.en), change.en), format!("{}; {}.", capital(&because.nl), change.nl))
}

/// What doing it for everybody changes in the stage's warmth.
fn change(cells: &[&ScoredCell], gain: f64) -> Text {
    let (weight, sum) = cells.iter().fold((0.0, 0.0), |(n, w), cell| (n + cell.omega, w + cell.omega * cell.warmth.score));
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
