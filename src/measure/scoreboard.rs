//! From cells to stages: the weighted mean, its interval, and the value stages are ranked by
//! (METHOD §1.2, "Warmth of a stage").

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::domain::accumulators::{Cell, Sums, decay};
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::incident::Failure;
use crate::domain::model::{STAGE_HALF_LIFE, Weights};
use crate::domain::standing::Standing;

use super::warmth::{Warmth, drag, warmth};

/// A scored cell (customer × stage).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredCell {
    /// The stage's place in the journey.
    pub stage: usize,
    /// Whether it is the customer's current stage.
    pub current: bool,
    /// How many touchpoints.
    pub count: u32,
    /// The cell's latest touchpoint.
    pub last: Moment,
    /// The sums at the moment it is scored at.
    pub sums: Sums,
    /// F.
    pub drag: f64,
    /// The score.
    pub warmth: Warmth,
    /// ω: how recent the cell is.
    pub omega: f64,
}

/// What is planned from a scored cell: without what its score is made of, short enough to be kept of everybody.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CellScore {
    /// The stage's place in the journey.
    pub stage: usize,
    /// Whether it is the customer's current stage.
    pub current: bool,
    /// The cell's latest touchpoint.
    pub last: Moment,
    /// The sums at the moment it is scored at.
    pub sums: Sums,
    /// F.
    pub drag: f64,
    /// W.
    pub score: f64,
    /// ω: how recent the cell is.
    pub omega: f64,
}

impl From<&ScoredCell> for CellScore {
    fn from(cell: &ScoredCell) -> Self {
        let ScoredCell { stage, current, last, sums, drag, omega, .. } = *cell;
        Self { stage, current, last, sums, drag, score: cell.warmth.score, omega }
    }
}

/// A cell is scored at now while its stage is current, at its own latest touchpoint afterwards.
pub fn score_cell(stage: usize, cell: &Cell, current: bool, failures: &[Failure], course: &Course, now: Moment) -> ScoredCell {
    let sums = if current { cell.sums_at(now, course.half_lives[stage]) } else { cell.sums };
    let drag = drag(failures.iter().filter(|failure| failure.stage == Some(stage)), now, &course.model);
    ScoredCell {
        stage,
        current,
        count: cell.count,
        last: cell.last,
        sums,
        drag,
        warmth: warmth(&sums, drag, &course.model.weights),
        omega: decay(now.days_since(cell.last), STAGE_HALF_LIFE),
    }
}

/// All cells of one customer.
pub fn score_cells<'a>(
    standing: &'a Standing,
    failures: &'a [Failure],
    course: &'a Course,
    now: Moment,
) -> impl Iterator<Item = ScoredCell> + 'a {
    let cells = standing.cells.iter().enumerate();
    cells.filter_map(move |(stage, cell)| Some(score_cell(stage, cell.as_ref()?, standing.current == Some(stage), failures, course, now)))
}

/// The relationship with one customer: all stages together and all failures, at now.
pub fn score_relationship(standing: &Standing, failures: &[Failure], course: &Course, now: Moment) -> (Sums, f64, Warmth) {
    let sums = standing.overall.map_or_else(Sums::default, |cell| cell.sums_at(now, course.model.half_life));
    let drag = drag(failures, now, &course.model);
    (sums, drag, warmth(&sums, drag, &course.model.weights))
}

/// The cells of one stage, added up.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// How many cells.
    cells: usize,
    /// W of the first cell, from which deviations d = W − W₁ are taken, so that squares lose no digits.
    first: f64,
    /// Σ ω d.
    deviation: f64,
    /// Σ ω d².
    spread: f64,
    /// n = Σ ω.
    weight: f64,
    /// Σ ω².
    squares: f64,
    /// Σ ω W.
    weighted: f64,
    /// Σ ω·c_k.
    components: [f64; 5],
    /// Σ ω·F·c_k: what unresolved failures take of each.
    taken: [f64; 5],
    /// Σ ω·sums.
    sums: Sums,
    /// Touchpoints.
    count: u64,
    /// Customers whose current stage this is.
    present: u32,
}

impl Tally {
    /// Adds a cell.
    pub fn add(&mut self, cell: &ScoredCell) {
        if self.cells == 0 {
            self.first = cell.warmth.score;
        }
        let d = cell.warmth.score - self.first;
        self.cells += 1;
        self.deviation += cell.omega * d;
        self.spread += cell.omega * d * d;
        self.weight += cell.omega;
        self.squares += cell.omega * cell.omega;
        self.weighted += cell.omega * cell.warmth.score;
        for (sum, component) in self.components.iter_mut().zip(cell.warmth.components) {
            *sum += cell.omega * component;
        }
        // Most have no failure.
        if cell.drag > 0.0 {
            for (sum, component) in self.taken.iter_mut().zip(cell.warmth.components) {
                *sum += cell.omega * cell.drag * component;
            }
        }
        self.sums = self.sums.plus(cell.sums, cell.omega);
        self.count += u64::from(cell.count);
        self.present += u32::from(cell.current);
    }

    /// n = Σ ω.
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// W_stage = Σ ω W / Σ ω; `None` without cells.
    pub fn mean(&self) -> Option<f64> {
        (self.cells > 0).then(|| self.weighted / self.weight)
    }

    fn finish(self, journey_mean: Option<f64>, weights: &Weights) -> StageScore {
        let (weight, mean) = (self.weight, self.mean());
        let over = |sum: f64| if weight > 0.0 { sum / weight } else { 0.0 };
        let (components, taken) = (self.components.map(over), self.taken.map(over));
        let [human, personal, relational, sentiment, reciprocity] = std::array::from_fn(|k| weights[k] * components[k]);
        let failures = 0.0 - (0..5).map(|k| weights[k] * taken[k]).sum::<f64>();
        StageScore {
            customers: self.cells,
            present: self.present,
            touchpoints: self.count,
            warmth: mean,
            rank: mean.zip(journey_mean).map(|(mean, all)| shrunk(mean, all, weight)),
            interval: mean.and_then(|mean| self.interval(mean)),
            evidence: self.sums.mass,
            contributions: [human, personal, relational, sentiment, reciprocity, failures],
            components,
            per_weight: std::array::from_fn(|k| components[k] - taken[k]),
            pooled: self.sums,
            weight,
        }
    }

    /// The 95 % interval of a weighted mean: effective n_e = (Σω)²/Σω², weighted variance ×
    /// n_e/(n_e−1), Student t with n_e−1 degrees of freedom; `None` when n_e < 2.
    fn interval(&self, mean: f64) -> Option<(f64, f64)> {
        let n = self.weight * self.weight / self.squares;
        // Equal weights of two cells give 2 but for rounding.
        if n.is_nan() || n < 2.0 - 1e-9 {
            return None;
        }
        // Σ ω (W − W_stage)² / Σ ω
        let deviation = self.deviation / self.weight;
        let variance = (self.spread / self.weight - deviation * deviation).max(0.0) * n / (n - 1.0);
        let t = StudentsT::new(0.0, 1.0, n - 1.0).ok()?.inverse_cdf(0.975);
        let half = t * (variance / n).sqrt();
        Some((mean - half, mean + half))
    }
}

/// λ·W_stage + (1−λ)·journey mean with λ = n/(n+3).
pub fn shrunk(mean: f64, journey_mean: f64, n: f64) -> f64 {
    let lambda = n / (n + 3.0);
    lambda * mean + (1.0 - lambda) * journey_mean
}

/// One stage's line on the scoreboard.
#[derive(Debug, Clone, PartialEq)]
pub struct StageScore {
    /// Customers who have a cell here.
    pub customers: usize,
    /// Customers who are here now.
    pub present: u32,
    /// Touchpoints in those cells.
    pub touchpoints: u64,
    /// W_stage; `None` without cells.
    pub warmth: Option<f64>,
    /// The value the stage is ranked by.
    pub rank: Option<f64>,
    /// The 95 % interval of the warmth.
    pub interval: Option<(f64, f64)>,
    /// E = Σ ω N.
    pub evidence: f64,
    /// The averaged contributions; they sum to the warmth.
    pub contributions: [f64; 6],
    /// The averaged components.
    pub components: [f64; 5],
    /// The averaged (1−F)·c_k: the warmth is their sum weighted by w_k.
    pub per_weight: [f64; 5],
    /// Σ ω·sums: for the shares of the findings.
    pub pooled: Sums,
    /// n = Σ ω.
    pub weight: f64,
}

/// The stages of a journey, in order, and the mean over all cells.
#[derive(Debug, Clone, PartialEq)]
pub struct Scoreboard {
    /// One line a stage.
    pub stages: Vec<StageScore>,
    /// The mean over all cells with the same ω; `None` without any.
    pub journey_mean: Option<f64>,
}

/// Finishes the tallies of a journey's stages, whose cells were scored with these weights.
pub fn scoreboard(tallies: Vec<Tally>, weights: &Weights) -> Scoreboard {
    let weight: f64 = tallies.iter().map(Tally::weight).sum();
    let sum: f64 = tallies.iter().filter_map(|tally| Some(tally.mean()? * tally.weight())).sum();
    let journey_mean = (weight > 0.0).then(|| sum / weight);
    Scoreboard { stages: tallies.into_iter().map(|tally| tally.finish(journey_mean, weights)).collect(), journey_mean }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tally(cells: &[(f64, f64)]) -> Tally {
        let mut tally = Tally::default();
        for &(omega, score) in cells {
            let warmth = Warmth { score, ..Warmth::default() };
            let (last, sums) = (Moment(0), Sums::default());
            tally.add(&ScoredCell { stage: 0, current: false, count: 1, last, sums, drag: 0.0, warmth, omega });
        }
        tally
    }

    proptest! {
        /// The interval of METHOD §1.2 written out over all cells, beside the one that keeps none of them.
        #[test]
        fn the_interval_is_that_of_all_cells(cells in prop::collection::vec((0.01..1.0_f64, 0.0..100.0_f64), 3..200), close in 0.001..1.0_f64) {
            // scores that lie close together are where digits could be lost
            let cells: Vec<(f64, f64)> = cells.into_iter().map(|(omega, score)| (omega, 40.0 + close * (score - 40.0))).collect();
            let weight: f64 = cells.iter().map(|(omega, _)| omega).sum();
            let mean = cells.iter().map(|(omega, w)| omega * w).sum::<f64>() / weight;
            let n = weight * weight / cells.iter().map(|(omega, _)| omega * omega).sum::<f64>();
            let variance = cells.iter().map(|(omega, w)| omega * (w - mean).powi(2)).sum::<f64>() / weight * n / (n - 1.0);
            prop_assume!(n > 2.0);
            let half = StudentsT::new(0.0, 1.0, n - 1.0).unwrap().inverse_cdf(0.975) * (variance / n).sqrt();
            let (low, high) = tally(&cells).interval(mean).unwrap();
            prop_assert!((high - low - 2.0 * half).abs() < 1e-9 && (high + low - 2.0 * mean).abs() < 1e-9, "{low} {high}, {mean} ± {half}");
        }
    }

    #[test]
    fn equal_scores_have_no_spread() {
        let (low, high) = tally(&[(0.3, 61.7); 7]).interval(61.7).unwrap();
        assert_eq!((low, high), (61.7, 61.7));
    }
}
