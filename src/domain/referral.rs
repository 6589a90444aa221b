//! A referral: somebody who came on a customer's recommendation (METHOD §3.2).

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
