//! How much a ranking depends on the weights: 1,000 seeded draws of ±30 % (METHOD §1.4, honesty
//! feature a). Cheap, because the warmth is linear in the weights.

use crate::domain::model::Weights;

use super::scoreboard::{Scoreboard, shrunk};

/// How many draws.
pub const DRAWS: usize = 1000;
/// How far each weight is drawn from its value, up and down.
pub const SPREAD: f64 = 0.30;
/// The seed, so that the answer is the same every time.
pub const SEED: u64 = 20_261_121;

/// The share of draws in which each stage is the coldest; empty when no stage has a score.
pub fn coldest_shares(board: &Scoreboard, weights: &Weights) -> Vec<f64> {
    let mut counts = vec![0_u32; board.stages.len()];
    let mut random = SplitMix(SEED);
    for _ in 0..DRAWS {
        let drawn = weights.map(|weight| weight * (1.0 + SPREAD * (2.0 * random.unit() - 1.0)));
        if let Some(coldest) = coldest(board, &drawn) {
            counts[coldest] += 1;
        }
    }
    counts.into_iter().map(|count| f64::from(count) / DRAWS as f64).collect()
}

/// The place of the stage with the lowest ranking value under these weights.
pub fn coldest(board: &Scoreboard, weights: &Weights) -> Option<usize> {
    let mean = |per_weight: &[f64; 5]| -> f64 { per_weight.iter().zip(weights).map(|(c, w)| c * w).sum() };
    let total: f64 = board.stages.iter().map(|stage| stage.weight).sum();
    let all = board.stages.iter().map(|stage| stage.weight * mean(&stage.per_weight)).sum::<f64>() / total;
    let scored = board.stages.iter().enumerate().filter(|(_, stage)| stage.warmth.is_some());
    let ranked = scored.map(|(place, stage)| (place, shrunk(mean(&stage.per_weight), all, stage.weight)));
    ranked.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(place, _)| place)
}

/// SplitMix64 (Steele, Lea & Flood 2014, OOPSLA): tiny, and the same on every machine and in every
/// version, which the answer's repeatability rests on.
struct SplitMix(u64);

impl SplitMix {
    /// A number in \[0, 1).
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix;

    #[test]
    fn the_draws_are_those_of_splitmix64() {
        // First output of the reference implementation for seed 1234567: 6457827717110365317.
        let mut random = SplitMix(1_234_567);
        assert_eq!(random.unit(), (6_457_827_717_110_365_317_u64 >> 11) as f64 / (1_u64 << 53) as f64);
    }
}
