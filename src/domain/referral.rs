//! A referral: somebody who came on a customer's recommendation (METHOD §3.2).

use std::collections::HashSet;

use super::calendar::Moment;
use super::money::Cents;
use super::touchpoint::CustomerId;

/// Who came through whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// The row number; 0 before it is kept.
    pub id: i64,
    /// Who came.
    pub customer: CustomerId,
    /// Who sent them.
    pub referrer: CustomerId,
    /// When.
    pub at: Moment,
    /// When the referrer was thanked.
    pub thanked: Option<Moment>,
    /// When the referrer was told what became of it.
    pub told: Option<Moment>,
    /// What became of it, or empty.
    pub outcome: String,
    /// What the referrer got for it.
    pub reward: Cents,
    /// What the one who came got for it.
    pub reward_referred: Cents,
}

/// What was given for a referral (METHOD §3.2, REF8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rewards {
    /// To who sent somebody.
    pub referrer: Cents,
    /// To who came.
    pub referred: Cents,
}

impl Rewards {
    /// Whether both got the same, or neither got anything.
    pub fn even(self) -> bool {
        self.referrer == self.referred
    }
}

/// The circle that would arise if `referrer` had sent `customer`: from the customer along those who sent
/// one another back to the customer, both ends named; `None` when there is none. Nobody can be sent by
/// themselves or by who came through them. `sent_by` gives who sent somebody.
///
/// # Errors
/// When `sent_by` fails.
pub fn circle<E>(
    customer: CustomerId,
    referrer: CustomerId,
    mut sent_by: impl FnMut(CustomerId) -> Result<Option<CustomerId>, E>,
) -> Result<Option<Vec<CustomerId>>, E> {
    let mut upwards = vec![customer];
    let mut met = HashSet::new();
    let mut next = Some(referrer);
    while let Some(above) = next {
        upwards.push(above);
        if above == customer {
            upwards.reverse();
            return Ok(Some(upwards));
        }
        // A circle that is there already and does not lead to the customer is not this one's.
        next = if met.insert(above) { sent_by(above)? } else { None };
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Somebody sent the one with the next number, up to `length`; would the last one have sent the first?
    fn of_a_chain(length: i64) -> Option<Vec<i64>> {
        let sent_by = |CustomerId(n): CustomerId| Ok::<_, ()>((n > 1).then_some(CustomerId(n - 1)));
        let found = circle(CustomerId(1), CustomerId(length), sent_by).expect("nothing fails");
        found.map(|circle| circle.into_iter().map(|CustomerId(n)| n).collect())
    }

    #[test]
    fn who_came_through_somebody_cannot_have_sent_them() {
        for (length, circle) in [(1, vec![1, 1]), (2, vec![1, 2, 1]), (5, vec![1, 2, 3, 4, 5, 1])] {
            assert_eq!(of_a_chain(length), Some(circle));
        }
    }

    #[test]
    fn a_chain_that_ends_is_no_circle_and_another_ones_circle_ends_the_search() {
        let sent_by = |CustomerId(n): CustomerId| Ok::<_, ()>((n < 9).then_some(CustomerId(n + 1)));
        assert_eq!(circle(CustomerId(1), CustomerId(2), sent_by), Ok(None));
        let broken = |CustomerId(n): CustomerId| Ok::<_, ()>(Some(CustomerId(if n == 3 { 2 } else { 3 })));
        assert_eq!(circle(CustomerId(1), CustomerId(2), broken), Ok(None));
    }
}
