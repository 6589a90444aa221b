//! The Lagrangian bound (Fisher 1981): with a price λ for a minute and μ for a cent, each group on its own
//! takes the candidate with the largest *gain* v − λ·m − μ·c, and what the whole budget would fetch is
//! added. For any λ, μ ≥ 0 that is at least as much as any plan is worth:
//!
//! L(λ, μ) = λ·M + μ·C + Σ max(0, max_j v_j − λ·m_j − μ·c_j) ≥ value
//!
//! L is convex, so its lowest point can be closed in on: a line through the centre of the region where it
//! must lie leaves at most 63 % of that region (Grünbaum 1960; the method of centres of gravity, Levin and
//! Newman 1965). Which prices come out is a matter of floating point, that L with them is a bound is not:
//! they are whole numbers of 1/[`SCALE`], and everything that is concluded from them is exact.

use super::choice::Budget;
use super::frontier::State;
use super::reduce::{Candidate, Group};

/// Prices and gains are in parts of a value's unit: 1/2²⁴. With values below 2⁶¹, and minutes and cents below
/// 2³², every sum stays below 2¹²⁰.
pub const SCALE: i128 = 1 << 24;
/// The search for prices ends here at the latest.
const MOST_CUTS: usize = 250;
/// Or when no prices give a bound that is lower by this much, in units of value.
const CLOSE_ENOUGH: f64 = 0.25;

/// What a minute and a cent cost, in 1/[`SCALE`] of a unit of value.
#[derive(Debug, Clone, Copy)]
pub struct Prices {
    /// λ.
    pub minute: i128,
    /// μ.
    pub cent: i128,
}

impl Prices {
    /// What is left of a value after paying, in 1/[`SCALE`].
    pub fn gain(&self, value: i64, minutes: u32, cents: u32) -> i128 {
        i128::from(value) * SCALE - i128::from(minutes) * self.minute - i128::from(cents) * self.cent
    }

    /// The gain of a candidate.
    pub fn gain_of(&self, candidate: &Candidate) -> i128 {
        self.gain(candidate.value, candidate.minutes, candidate.cents)
    }

    /// The gain of a state: what it is worth after paying for what it spent.
    pub fn gain_of_state(&self, state: &State) -> i128 {
        self.gain(state.value, state.minutes, state.cents)
    }

    /// The largest gain of a group, in which nothing may be taken too.
    pub fn best_of(&self, group: &Group) -> i128 {
        group.candidates.iter().map(|candidate| self.gain_of(candidate)).max().unwrap_or(0).max(0)
    }

    /// What the whole budget would fetch.
    pub fn of_all(&self, budget: Budget) -> i128 {
        i128::from(budget.minutes) * self.minute + i128::from(budget.cents) * self.cent
    }

    /// L: no plan that goes on from one of these states with these groups is worth more, in 1/[`SCALE`].
    pub fn ceiling(&self, frontier: &[State], groups: &[Group], budget: Budget) -> i128 {
        let before = frontier.iter().map(|state| self.gain_of_state(state)).max().unwrap_or(0);
        self.of_all(budget) + before + groups.iter().map(|group| self.best_of(group)).sum::<i128>()
    }
}

/// The prices with about the lowest ceiling for plans that go on from one of these states with these groups.
pub fn lowest(frontier: &[State], groups: &[Group], budget: Budget) -> Prices {
    let mut region = first_region(frontier, groups);
    let mut best = (f64::INFINITY, [0.0, 0.0]);
    let mut floor = f64::NEG_INFINITY;
    for _ in 0..MOST_CUTS {
        let Some(centre) = centre(&region) else { break };
        let (ceiling, slope) = ceiling_at(centre, frontier, groups, budget);
        if ceiling < best.0 {
            best = (ceiling, centre);
        }
        let rise = |point: &[f64; 2]| slope[0] * (point[0] - centre[0]) + slope[1] * (point[1] - centre[1]);
        floor = floor.max(ceiling + region.iter().map(rise).fold(f64::INFINITY, f64::min));
        if best.0 - floor < CLOSE_ENOUGH {
            break;
        }
        region = cut(&region, rise);
    }
    let scaled = |price: f64| (price * SCALE as f64) as i128;
    Prices { minute: scaled(best.1[0]), cent: scaled(best.1[1]) }
}

/// The corners of a region that holds the lowest point: no price need be more than the most that any
/// minute, or any cent, is worth.
fn first_region(frontier: &[State], groups: &[Group]) -> Vec<[f64; 2]> {
    let mut most = [1.0_f64, 1.0];
    let mut look = |value: i64, minutes: u32, cents: u32| {
        for (most, spent) in most.iter_mut().zip([minutes, cents]) {
            if spent > 0 {
                *most = most.max(value as f64 / f64::from(spent));
            }
        }
    };
    groups.iter().flat_map(|group| &group.candidates).for_each(|one| look(one.value, one.minutes, one.cents));
    frontier.iter().for_each(|state| look(state.value, state.minutes, state.cents));
    let [minute, cent] = most;
    vec![[0.0, 0.0], [minute, 0.0], [minute, cent], [0.0, cent]]
}

/// L and its slope, at these prices.
fn ceiling_at(prices: [f64; 2], frontier: &[State], groups: &[Group], budget: Budget) -> (f64, [f64; 2]) {
    let gain = |value: i64, minutes: u32, cents: u32| value as f64 - prices[0] * f64::from(minutes) - prices[1] * f64::from(cents);
    let mut slope = [f64::from(budget.minutes), f64::from(budget.cents)];
    let mut ceiling = prices[0] * slope[0] + prices[1] * slope[1];
    let mut spend = |(gain, minutes, cents): (f64, u32, u32)| {
        ceiling += gain;
        slope[0] -= f64::from(minutes);
        slope[1] -= f64::from(cents);
    };
    let states = frontier.iter().map(|state| (gain(state.value, state.minutes, state.cents), state.minutes, state.cents));
    spend(states.reduce(better).unwrap_or((0.0, 0, 0)));
    for group in groups {
        let candidates = group.candidates.iter().map(|one| (gain(one.value, one.minutes, one.cents), one.minutes, one.cents));
        spend(candidates.fold((0.0, 0, 0), better));
    }
    (ceiling, slope)
}

fn better(one: (f64, u32, u32), other: (f64, u32, u32)) -> (f64, u32, u32) {
    if other.0 > one.0 { other } else { one }
}

/// The centre of gravity of a region; `None` when nothing of it is left to speak of.
fn centre(corners: &[[f64; 2]]) -> Option<[f64; 2]> {
    let origin = *corners.first()?;
    let (mut area, mut moment) = (0.0, [0.0, 0.0]);
    for pair in corners[1..].windows(2) {
        let [a, b] = [0, 1].map(|at| [pair[at][0] - origin[0], pair[at][1] - origin[1]]);
        let twice = a[0] * b[1] - a[1] * b[0];
        area += twice;
        moment = [moment[0] + twice * (a[0] + b[0]), moment[1] + twice * (a[1] + b[1])];
    }
    let centre = [origin[0] + moment[0] / (3.0 * area), origin[1] + moment[1] / (3.0 * area)];
    (area > 0.0 && centre.iter().all(|price| price.is_finite() && *price >= 0.0)).then_some(centre)
}

/// The part of a region where L does not rise.
fn cut(corners: &[[f64; 2]], rise: impl Fn(&[f64; 2]) -> f64) -> Vec<[f64; 2]> {
    let mut left = Vec::with_capacity(corners.len() + 1);
    for (at, corner) in corners.iter().enumerate() {
        let next = &corners[(at + 1) % corners.len()];
        let (here, there) = (rise(corner), rise(next));
        if here <= 0.0 {
            left.push(*corner);
        }
        if (here < 0.0 && there > 0.0) || (here > 0.0 && there < 0.0) {
            let share = here / (here - there);
            left.push([corner[0] + share * (next[0] - corner[0]), corner[1] + share * (next[1] - corner[1])]);
        }
    }
    left
}
