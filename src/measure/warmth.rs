//! Warmth of a cell or a relationship (METHOD §1.2).

use crate::domain::accumulators::{Sums, decay};
use crate::domain::calendar::Moment;
use crate::domain::incident::Failure;
use crate::domain::model::{KAPPA, KAPPA_RECIPROCITY, Model, PHI, Weights};

/// A score with the terms it is made of.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Warmth {
    /// c_k, each in \[0, 1).
    pub components: [f64; 5],
    /// w_k·c_k, in the order of the components; then −B·F, what unresolved failures take.
    pub contributions: [f64; 6],
    /// W, the sum of the contributions, in \[0, 100) for weights that add up to 100.
    pub score: f64,
}

/// c_k = S_k / (N + κ) for human, personal, relational, sentiment; c_rec = M / (M + κ_r).
pub fn components(sums: &Sums) -> [f64; 5] {
    let n = sums.mass + KAPPA;
    let m = sums.two_way();
    [sums.human / n, sums.personal / n, sums.relational / n, sums.sentiment / n, m / (m + KAPPA_RECIPROCITY)]
}

/// W = B·(1 − F) with B = Σ w_k c_k.
pub fn warmth(sums: &Sums, drag: f64, weights: &Weights) -> Warmth {
    let components = components(sums);
    let mut contributions = [0.0; 6];
    for k in 0..5 {
        contributions[k] = weights[k] * components[k];
    }
    let base: f64 = contributions[..5].iter().sum();
    contributions[5] = -base * drag;
    Warmth { components, contributions, score: base + contributions[5] }
}

/// F = φ (1 − 2^(−U)), U = Σ_open sev + Σ_resolved sev (1 − q) 2^(−(now − resolved)/H_f).
pub fn drag<'a>(failures: impl IntoIterator<Item = &'a Failure>, now: Moment, model: &Model) -> f64 {
    let u: f64 = failures.into_iter().map(|failure| weight(failure, now, model)).sum();
    // Most have no failure, and 2⁻⁰ is 1.
    if u == 0.0 { 0.0 } else { PHI * (1.0 - (-u).exp2()) }
}

fn weight(failure: &Failure, now: Moment, model: &Model) -> f64 {
    match failure.resolved {
        _ if failure.opened > now => 0.0,
        Some((resolved, quality)) if resolved <= now => {
            failure.severity * (1.0 - quality) * decay(now.days_since(resolved), model.failure_half_life)
        }
        _ => failure.severity,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::DAY_MS;
    use crate::domain::words::Severity;

    #[test]
    fn a_failure_counts_from_its_day_on_and_fades_once_it_is_made_good() {
        let day = |day: i64| Moment(day * DAY_MS);
        let (opened, resolved) = (day(10), Some((day(20), 0.5)));
        let failure = Failure {
            stage: None,
            here: 0,
            word: Severity::Moderate,
            severity: 1.0,
            opened,
            acknowledged: None,
            acknowledge_by: opened,
            resolve_by: opened,
            loss: None,
            resolved,
        };
        let drag_on = |now: i64| drag([&failure], day(now), &Model::default());
        assert_eq!(drag_on(9), 0.0, "it has not happened yet");
        assert!((drag_on(10) - 0.3).abs() < 1e-12, "F = .6 (1 − 2^−1)");
        assert!((drag_on(20) - 0.6 * (1.0 - (-0.5_f64).exp2())).abs() < 1e-12, "half is left");
        assert!((drag_on(110) - 0.6 * (1.0 - (-0.25_f64).exp2())).abs() < 1e-12, "half of that a half-life later");
    }
}
