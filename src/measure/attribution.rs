//! Which touchpoint contributes how much, exactly (METHOD §1.2, "per-touch attribution").

use crate::domain::accumulators::Sums;
use crate::domain::model::{KAPPA, Weights};

use super::warmth::components;

/// What one touchpoint contributes to the score of the cell or relationship it is part of:
/// (1−F)·[ dᵢ Σ_k w_k v_ik / (N + κ) + ½ w_rec c_rec (Iᵢ/I + Oᵢ/O) ].
///
/// `own` are the touchpoint's own terms times its decay, `sums` those of the whole. The sum over
/// all touchpoints is the score.
pub fn share(own: &Sums, sums: &Sums, drag: f64, weights: &Weights) -> f64 {
    let v = [own.human, own.personal, own.relational, own.sentiment];
    let quality: f64 = v.iter().zip(weights).map(|(v, w)| w * v).sum::<f64>() / (sums.mass + KAPPA);
    let reciprocity = if sums.two_way() > 0.0 {
        0.5 * weights[4] * components(sums)[4] * (own.inbound / sums.inbound + own.outbound / sums.outbound)
    } else {
        0.0
    };
    (1.0 - drag) * (quality + reciprocity)
}
