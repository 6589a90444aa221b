//! How much is given on top of making good (METHOD §2.2, R5).

use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::money::Cents;

/// An extra may be as much as this whatever was lost (R5, a judgement).
const EXTRA_FLOOR: Cents = Cents(1500);

/// The most that is worth giving on top: max(€ 15, 20 % of the loss), rounded down to a cent. More has
/// diminishing returns (Gelbrich & Roschk 2011).
pub fn extra_limit(loss: Option<Cents>) -> Cents {
    Cents(loss.map_or(0, |loss| loss.0 / 5)).max(EXTRA_FLOOR)
}

/// What speaks against an extra that was given. It is told; what has happened is recorded all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overdone {
    /// It is more than R5 says: the limit.
    Large(Cents),
    /// They accept no gifts (G7).
    NoGifts,
    /// It is more than they may accept (G7): as much as they may.
    AbovePolicy(Cents),
    /// Nobody knows yet what they may accept (G7).
    PolicyUnknown,
    /// Somebody on their side must approve first (G7).
    Approval,
}

/// Everything that speaks against an extra.
pub fn overdone(extra: Cents, loss: Option<Cents>, policy: GiftPolicy, terms: GiftTerms) -> Vec<Overdone> {
    if extra.0 <= 0 {
        return Vec::new();
    }
    let limit = extra_limit(loss);
    let large = (extra > limit).then_some(Overdone::Large(limit));
    let most = terms.a_year;
    let refused = match policy {
        GiftPolicy::None => Some(Overdone::NoGifts),
        GiftPolicy::Unknown => Some(Overdone::PolicyUnknown),
        GiftPolicy::UpTo(each) => Some(most.map_or(each, |most| most.min(each))).filter(|most| extra > *most).map(Overdone::AbovePolicy),
    };
    let approval = (terms.approval && policy != GiftPolicy::None).then_some(Overdone::Approval);
    [large, refused, approval].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r5_an_extra_is_small() {
        for (loss, limit) in [(None, 1500), (Some(0), 1500), (Some(7_500), 1500), (Some(7_505), 1501), (Some(100_000), 20_000)] {
            assert_eq!(extra_limit(loss.map(Cents)), Cents(limit), "{loss:?}");
        }
    }

    #[test]
    fn r5_what_speaks_against_an_extra() {
        let up_to = |cents| GiftPolicy::UpTo(Cents(cents));
        let none = GiftTerms::default();
        for (extra, policy, terms, against) in [
            (0, GiftPolicy::None, none, vec![]),
            (1500, up_to(2500), none, vec![]),
            (1501, up_to(2500), none, vec![Overdone::Large(Cents(1500))]),
            (1500, up_to(1000), none, vec![Overdone::AbovePolicy(Cents(1000))]),
            (1500, up_to(2500), GiftTerms { a_year: Some(Cents(1200)), ..none }, vec![Overdone::AbovePolicy(Cents(1200))]),
            (1000, up_to(2500), GiftTerms { approval: true, ..none }, vec![Overdone::Approval]),
            (1000, GiftPolicy::Unknown, none, vec![Overdone::PolicyUnknown]),
            (2000, GiftPolicy::None, GiftTerms { approval: true, ..none }, vec![Overdone::Large(Cents(1500)), Overdone::NoGifts]),
        ] {
            assert_eq!(overdone(Cents(extra), None, policy, terms), against, "{extra} {policy:?}");
        }
    }
}
