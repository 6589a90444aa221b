//! Who came through whom.

use anyhow::Result;
use rusqlite::Row;

use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::referral::Referral;
use crate::domain::touchpoint::CustomerId;

const COLUMNS: &str = "id, customer, referrer, at, thanked, told, outcome, reward, reward_referred";

fn referral(row: &Row<'_>) -> rusqlite::Result<Referral> {
    Ok(Referral {
        id: row.get(0)?,
        customer: CustomerId(row.get(1)?),
        referrer: CustomerId(row.get(2)?),
        at: Moment(row.get(3)?),
        thanked: row.get::<_, Option<i64>>(4)?.map(Moment),
        told: row.get::<_, Option<i64>>(5)?.map(Moment),
        outcome: row.get(6)?,
        reward: Cents(row.get(7)?),
        reward_referred: Cents(row.get(8)?),
    })
}

impl Ledger {
    /// Every referral, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn referrals(&self) -> Result<Vec<Referral>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM referrals ORDER BY at, id"))?;
        let rows = select.query_map([], referral)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
