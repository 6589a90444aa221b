//! What an action is worth (METHOD §7): round(ΔW₃₀ · importance · evidence).
//!
//! ΔW₃₀ is the mean over the next thirty days of the relationship's warmth with the action minus the
//! warmth without it. All constants here are judgements **[J]**.

use crate::domain::accumulators::{Sums, decay, terms};
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::incident::Failure;
use crate::domain::money::Cents;
use crate::domain::play::{Play, PlayContact, Theme};
use crate::measure::warmth::{drag, warmth};
use crate::plan::gain::facts;
use crate::plan::person::Person;

/// Days over which the gain is taken.
pub const HORIZON_DAYS: u32 = 30;

/// The quality a recovery is expected to reach when it is planned: no better than what a repeated
/// failure can reach (R6), so that no plan counts on a failure as an opportunity (METHOD §2.1).
pub const EXPECTED_QUALITY: f64 = 0.5;

/// The warmth of a relationship on each of the next thirty days, at noon of each.
#[derive(Debug, Clone)]
pub struct Outlook {
    sums: Sums,
    /// What is left of a contact on each day.
    left: Vec<f64>,
    /// F on each day as things are.
    drags: Vec<f64>,
    /// F on each day when every open failure is made good now.
    mended: Vec<f64>,
    /// Σ W as things are.
    total: f64,
}

impl Outlook {
    /// The outlook of a customer when nothing is done.
    pub fn new(person: &Person<'_>, course: &Course, now: Moment) -> Self {
        let half_life = course.model.half_life;
        let sums = person.relationship.overall.map_or_else(Sums::default, |cell| cell.sums_at(now, half_life));
        let healed: Vec<Failure> = person.failures.iter().map(|failure| made_good(failure, now)).collect();
        let on = |failures: &[Failure]| match failures {
            // Most have none.
            [] => vec![0.0; HORIZON_DAYS as usize],
            some => moments(now).map(|at| drag(some, at, &course.model)).collect(),
        };
        let left = days().map(|day| decay(day, half_life)).collect();
        let mut outlook = Self { sums, left, drags: on(person.failures), mended: on(&healed), total: 0.0 };
        outlook.total = outlook.sum(&outlook.sums, &outlook.drags, course);
        outlook
    }

    /// ΔW₃₀ of a contact made now; a recovery also makes good what is open.
    pub fn gain(&self, contact: &PlayContact, recovers: bool, course: &Course, now: Moment) -> f64 {
        let with = self.sums.plus(terms(&facts(contact, now), &course.model), 1.0);
        let drags = if recovers { &self.mended } else { &self.drags };
        (self.sum(&with, drags, course) - self.total) / f64::from(HORIZON_DAYS)
    }

    fn sum(&self, sums: &Sums, drags: &[f64], course: &Course) -> f64 {
        self.left.iter().zip(drags).map(|(left, drag)| warmth(&sums.scaled(*left), *drag, &course.model.weights).score).sum()
    }
}

/// The noon of each of the days, from now.
fn days() -> impl Iterator<Item = f64> {
    (0..HORIZON_DAYS).map(|day| f64::from(day) + 0.5)
}

fn moments(now: Moment) -> impl Iterator<Item = Moment> {
    days().map(move |day| now.minus_days(-day))
}

fn made_good(failure: &Failure, now: Moment) -> Failure {
    let mut failure = *failure;
    if failure.open_at(now) {
        failure.resolved = Some((now, EXPECTED_QUALITY));
    }
    failure
}

/// How sure the family of a play is, until there are outcomes of one's own (METHOD §7) **[J]**.
pub fn sureness(play: &Play) -> f64 {
    match play.theme {
        Theme::Recovery => 1.0,
        Theme::Present => 0.7,
        _ if play.asks_for_referral() => 0.5,
        Theme::Update | Theme::Card | Theme::Referral | Theme::Celebration | Theme::Question => 0.8,
    }
}

/// The integer value of an action: round(ΔW₃₀ · importance · evidence).
pub fn value(gain: f64, importance: f64, sureness: f64) -> i64 {
    (gain * importance * sureness).round() as i64
}

/// The importance of each customer from what they brought in, ½…2: 2^(2p − 1), where p is the
/// percentile of their revenue among all, midranks at ties; so the median customer counts once. All
/// count once when nobody brought in anything that is known.
pub fn importances(revenue: &[Cents]) -> Vec<f64> {
    if revenue.iter().all(|cents| cents.0 <= 0) {
        return vec![1.0; revenue.len()];
    }
    let mut sorted: Vec<i64> = revenue.iter().map(|cents| cents.0).collect();
    sorted.sort_unstable();
    let percentile = |cents: i64| {
        let below = sorted.partition_point(|&other| other < cents);
        let up_to = sorted.partition_point(|&other| other <= cents);
        (below + up_to) as f64 / (2.0 * sorted.len() as f64)
    };
    revenue.iter().map(|cents| (2.0 * percentile(cents.0) - 1.0).exp2()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_customer_counts_once_and_the_ends_half_and_twice() {
        let of = |cents: &[i64]| importances(&cents.iter().map(|&cents| Cents(cents)).collect::<Vec<_>>());
        assert_eq!(of(&[0, 0, 0]), [1.0, 1.0, 1.0]);
        assert_eq!(of(&[5, 0, 9])[0], 1.0);
        let many: Vec<i64> = (0..1000).collect();
        let all = of(&many);
        assert!((all[0] - 0.5).abs() < 0.001 && (all[999] - 2.0).abs() < 0.005, "{} {}", all[0], all[999]);
        assert!(all.windows(2).all(|pair| pair[0] <= pair[1]));
        assert_eq!(of(&[7, 7]), [1.0, 1.0]);
    }

    #[test]
    fn values_are_whole() {
        assert_eq!((value(12.3, 1.0, 0.8), value(0.4, 1.0, 0.8), value(-3.0, 2.0, 1.0)), (10, 0, -6));
    }
}
