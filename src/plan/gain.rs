//! What a play does to a stage's warmth, exactly and from the formula.
//!
//! The expected gain is the stage's warmth with the play's touchpoint added now to every customer
//! who is in the stage, minus the warmth without it. In a stage nobody is in now (customers pass
//! through it), it is what the play would have done for those who have been there.
//!
//! Customers who wait for something in a stage without having been in it have no cell, and the
//! definition does not count them. A stage where nobody has been yet has no warmth to add to: there
//! the gain is the warmth it gets when the play's touchpoint is the first one of those it is for.

use crate::domain::accumulators::{Sums, decay, terms};
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::play::PlayContact;
use crate::domain::touchpoint::Facts;
use crate::measure::scoreboard::CellScore;
use crate::measure::warmth::warmth;

/// The touchpoint a play becomes when it is done at a moment.
pub fn facts(contact: &PlayContact, at: Moment) -> Facts {
    Facts {
        at,
        channel: contact.channel,
        direction: contact.direction,
        sender: contact.sender,
        personal: contact.personal,
        kind: contact.kind,
        sentiment: Some(contact.sentiment).filter(|&sentiment| sentiment != 0.0),
    }
}

/// The gain in warmth of the stage these cells belong to; 0 without cells.
pub fn expected_gain(cells: &[&CellScore], contact: &PlayContact, course: &Course, now: Moment) -> f64 {
    let somebody = cells.iter().any(|cell| cell.current);
    let own = terms(&facts(contact, now), &course.model);
    let (mut before, mut after) = (Mean::default(), Mean::default());
    for cell in cells {
        before.add(cell.omega, cell.score);
        if cell.current || !somebody {
            after.add(1.0, after_contact(cell, &own, course, now));
        } else {
            after.add(cell.omega, cell.score);
        }
    }
    after.value() - before.value()
}

/// The warmth of a cell once it has got a touchpoint of these terms, now.
fn after_contact(cell: &CellScore, own: &Sums, course: &Course, now: Moment) -> f64 {
    let left = if cell.current { 1.0 } else { decay(now.days_since(cell.last), course.half_lives[cell.stage]) };
    let sums = cell.sums.scaled(left).plus(*own, 1.0);
    warmth(&sums, cell.drag, &course.model.weights).score
}

/// What the play does for the cells of those who get it: the mean gain of one of them.
pub fn gain_each<'a>(cells: impl Iterator<Item = &'a CellScore>, contact: &PlayContact, course: &Course, now: Moment) -> f64 {
    let own = terms(&facts(contact, now), &course.model);
    let mut mean = Mean::default();
    cells.for_each(|cell| mean.add(1.0, after_contact(cell, &own, course, now) - cell.score));
    mean.value()
}

/// The warmth of a stage nobody has been in when the play's touchpoint is the first there, for
/// customers whose failures in the stage drag so much; for anybody when nobody is named.
pub fn first_gain(drags: impl ExactSizeIterator<Item = f64>, contact: &PlayContact, course: &Course, now: Moment) -> f64 {
    let own = terms(&facts(contact, now), &course.model);
    let mut mean = Mean::default();
    if drags.len() == 0 {
        mean.add(1.0, warmth(&own, 0.0, &course.model.weights).score);
    }
    drags.for_each(|drag| mean.add(1.0, warmth(&own, drag, &course.model.weights).score));
    mean.value()
}

/// A weighted mean, 0 when empty.
#[derive(Default)]
struct Mean {
    weight: f64,
    sum: f64,
}

impl Mean {
    fn add(&mut self, weight: f64, value: f64) {
        self.weight += weight;
        self.sum += weight * value;
    }

    fn value(&self) -> f64 {
        if self.weight > 0.0 { self.sum / self.weight } else { 0.0 }
    }
}
