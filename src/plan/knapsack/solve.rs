//! From groups to the best plan: reduce, bound, search.

use std::borrow::Cow;

use super::choice::{Budget, Choice, Solution};
use super::frontier::State;
use super::greedy::greedy;
use super::prices::{self, SCALE};
use super::reduce::{Candidate, Group, Groups, drop_outnumbered, is_cut_off, without_beaten};
use super::search::{Limits, Search};

/// The best way to spend a budget on groups, of each of which one choice may be taken, or nothing (METHOD §7).
///
/// Of all ways to spend the budget it is the one of the most value; of those, of the fewest cents; then of the
/// fewest minutes; and then the one whose choices are the smallest, compared group by group in their order,
/// where "nothing" is the largest. So a choice that is worth nothing and costs nothing is taken.
///
/// It is exact, and `proven` says so, unless the search needs more states than it may keep (a frontier of some
/// 50,000, in less than 64 MiB) or look at (some 20 million). Then it goes on with the most promising ones: the
/// plan keeps to the budget and is at least as good as the greedy one, and `bound` says how much better another
/// could be. It takes thousands of groups that are nearly as good as each other at odd prices to get there.
///
/// Nothing overflows. Values that together (the best of each group) pass 2⁶¹ are cut off for the comparison, each
/// at its equal part of that, and the answer is then not called proven.
pub fn solve(groups: &[Vec<Choice>], budget: Budget) -> Solution {
    solve_within(groups, budget, Limits::USUAL)
}

/// [`solve`], for so many groups of which the choices are made when they are asked for: the same ones every time,
/// which is three times. So they need not all be kept at once.
pub fn solve_made<'g>(count: usize, choices: impl Fn(usize) -> Vec<Choice> + 'g, budget: Budget) -> Solution {
    solve_of(&Groups { count, choices: Box::new(move |place| Cow::Owned(choices(place))) }, budget, Limits::USUAL)
}

/// [`solve`], with limits of its own.
pub(super) fn solve_within(groups: &[Vec<Choice>], budget: Budget, limits: Limits) -> Solution {
    solve_of(&groups.into(), budget, limits)
}

fn solve_of(groups: &Groups<'_>, budget: Budget, limits: Limits) -> Solution {
    let cut_off = is_cut_off(groups);
    let mut left = without_beaten(groups, budget, cut_off);
    let most: i64 = left.iter().map(Group::best).sum();
    let prices = prices::lowest(&[State::ORIGIN], &left, budget);
    let quick = greedy(&left, budget, prices);
    let floor: i64 = quick.iter().flatten().map(|candidate| candidate.value).sum();
    let taken_quickly = taken_of(&left, &quick, groups.count);

    // What is so far below its group's best that no plan with it is as good as the greedy one.
    let slack = prices.ceiling(&[State::ORIGIN], &left, budget) - i128::from(floor) * SCALE;
    for group in &mut left {
        let best = prices.best_of(group);
        group.candidates.retain(|candidate| best - prices.gain_of(candidate) <= slack);
    }
    drop_outnumbered(&mut left, budget);

    let mut search = Search::new(left, budget, most, limits);
    let taken = search.best_from(floor, groups.count).unwrap_or(taken_quickly);
    let proven = search.is_exact() && !cut_off;
    let bound = if cut_off { i64::MAX } else { search.ceiling() };
    told(groups, taken, proven, bound)
}

/// For each of so many groups the place of what was taken.
fn taken_of(groups: &[Group], taken: &[Option<Candidate>], length: usize) -> Vec<Option<usize>> {
    let mut places = vec![None; length];
    for (group, candidate) in groups.iter().zip(taken) {
        places[group.place as usize] = candidate.map(|candidate| candidate.place as usize);
    }
    places
}

/// The answer, with what it comes to.
fn told(groups: &Groups<'_>, taken: Vec<Option<usize>>, proven: bool, bound: i64) -> Solution {
    let taken_of = |(group, place): (usize, &Option<usize>)| groups.of(group).get((*place)?).copied();
    let chosen: Vec<Choice> = taken.iter().enumerate().filter(|(_, place)| place.is_some()).filter_map(taken_of).collect();
    let value = chosen.iter().fold(0_i64, |sum, choice| sum.saturating_add(choice.value));
    let minutes = chosen.iter().map(|choice| choice.minutes).sum();
    let cents = chosen.iter().map(|choice| choice.cents).sum();
    let bound = if proven { value } else { bound.max(value) };
    Solution { value, minutes, cents, proven, bound, taken }
}
