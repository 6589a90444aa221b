//! Taking a score apart: its terms, the weakest of them, and the touchpoints it was made of.

use crate::domain::accumulators::{Sums, decay, terms as own_terms};
use crate::domain::calendar::Moment;
use crate::domain::course::{Course, Traits};
use crate::domain::model::{Component, Model, Weights};
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{Facts, Touchpoint, TouchpointId};

use super::attribution;

/// One term of a score: value × weight = contribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Term {
    /// What it asks; `None` for unresolved failures.
    pub component: Option<Component>,
    /// c_k; for failures F.
    pub value: f64,
    /// w_k; for failures −B, all the others together.
    pub weight: f64,
    /// Their product.
    pub contribution: f64,
}

impl Term {
    /// What the term keeps from the score: the rest of its weight, or what failures take.
    pub fn missing(&self) -> f64 {
        match self.component {
            Some(_) => self.weight - self.contribution,
            None => -self.contribution,
        }
    }
}

/// The five components and, last, unresolved failures. Their contributions sum to the score.
pub fn terms(components: &[f64; 5], contributions: &[f64; 6], weights: &Weights) -> [Term; 6] {
    let base: f64 = contributions[..5].iter().sum();
    // In a stage the failures of each cell take from that cell, so F is what they take on the whole.
    let drag = if base > 0.0 { -contributions[5] / base } else { 0.0 };
    std::array::from_fn(|k| match Component::ALL.get(k) {
        Some(&component) => Term { component: Some(component), value: components[k], weight: weights[k], contribution: contributions[k] },
        // Adding zero turns −0 into 0.
        None => Term { component: None, value: drag + 0.0, weight: 0.0 - base, contribution: contributions[k] + 0.0 },
    })
}

/// The term furthest below what its weight allows; at a tie the earlier one.
pub fn weakest(terms: &[Term; 6]) -> Term {
    terms.iter().copied().reduce(|least, term| if term.missing() > least.missing() { term } else { least }).unwrap_or(terms[0])
}

/// What the share of a touchpoint is measured against: a cell or a relationship.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'a> {
    /// The moment e it is scored at.
    pub moment: Moment,
    /// H in days.
    pub half_life: f64,
    /// The sums at that moment.
    pub sums: Sums,
    /// F.
    pub drag: f64,
    /// The part it has in what is explained: ω/Σω of a cell in its stage, 1 of a relationship.
    pub part: f64,
    /// The constants.
    pub model: &'a Model,
}

impl Whole<'_> {
    /// What one touchpoint adds to what is explained. Over all touchpoints it sums to the score.
    pub fn share(&self, facts: &Facts) -> f64 {
        let own = own_terms(facts, self.model).scaled(decay(self.moment.days_since(facts.at), self.half_life));
        self.part * attribution::share(&own, &self.sums, self.drag, &self.model.weights)
    }
}

/// The few things with the largest shares, and what all others come to.
#[derive(Debug, Clone)]
pub struct Leaders<T> {
    most: usize,
    kept: Vec<(f64, T)>,
    /// The shares of all others together.
    pub others: f64,
    /// How many others.
    pub count: u64,
}

impl<T> Leaders<T> {
    /// Keeps so many.
    pub fn new(most: usize) -> Self {
        Self { most, kept: Vec::new(), others: 0.0, count: 0 }
    }

    /// Looks at one more; it is made only when it is kept. At equal shares the later one stays.
    pub fn add(&mut self, share: f64, make: impl FnOnce() -> T) {
        let at = self.kept.partition_point(|(kept, _)| kept.abs() > share.abs());
        if at < self.most {
            self.kept.insert(at, (share, make()));
        } else {
            self.pass(share);
        }
        if self.kept.len() > self.most
            && let Some((least, _)) = self.kept.pop()
        {
            self.pass(least);
        }
    }

    fn pass(&mut self, share: f64) {
        self.others += share;
        self.count += 1;
    }

    /// The kept ones, the largest first.
    pub fn kept(&self) -> &[(f64, T)] {
        &self.kept
    }
}

/// The stage each touchpoint of one customer counts in, the oldest first.
pub fn placed<'a>(log: impl IntoIterator<Item = (TouchpointId, &'a Touchpoint, &'a str)>, course: &Course) -> Vec<usize> {
    let mut standing = Standing::new(course.journey.stages.len());
    let place = |(id, touchpoint, source): (TouchpointId, &Touchpoint, &str)| {
        let said = touchpoint.stage.as_deref().and_then(|stage| course.journey.position(stage));
        let traits = Traits { tags: &touchpoint.tags, source, note: &touchpoint.note };
        standing.append(id, &touchpoint.facts, said.or_else(|| course.claim(&touchpoint.facts, traits)), course)
    };
    log.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_term_is_its_value_times_its_weight() {
        let weights = [25.0, 25.0, 20.0, 15.0, 15.0];
        let components = [0.5, 0.5075, 0.435, 0.1, 4.0 / 9.0];
        let mut contributions = [0.0; 6];
        (0..5).for_each(|k| contributions[k] = weights[k] * components[k]);
        contributions[5] = -0.3 * contributions.iter().sum::<f64>();
        let terms = terms(&components, &contributions, &weights);
        for term in terms {
            assert!((term.value * term.weight - term.contribution).abs() < 1e-9, "{term:?}");
        }
        assert_eq!(weakest(&terms).component, Some(Component::Sentiment));
    }

    #[test]
    fn failures_are_the_weakest_when_they_take_the_most() {
        let terms = terms(&[0.9; 5], &[22.5, 22.5, 18.0, 13.5, 13.5, -54.0], &[25.0, 25.0, 20.0, 15.0, 15.0]);
        assert_eq!(weakest(&terms).component, None);
        let none = super::terms(&[0.0; 5], &[0.0, 0.0, 0.0, 0.0, 0.0, -0.0], &[25.0, 25.0, 20.0, 15.0, 15.0]);
        assert!(none[5].contribution.is_sign_positive() && none[5].value == 0.0);
    }

    #[test]
    fn leaders_and_others_add_up() {
        let mut leaders = Leaders::new(2);
        for share in [1.0, 5.0, 2.0, 0.5, 5.0] {
            leaders.add(share, || share);
        }
        assert_eq!((leaders.others, leaders.count), (3.5, 3));
        assert_eq!(leaders.kept(), [(5.0, 5.0), (5.0, 5.0)]);
        let mut none = Leaders::new(0);
        none.add(1.0, || unreachable!("nothing is kept"));
        assert_eq!(none.others, 1.0);
    }
}
