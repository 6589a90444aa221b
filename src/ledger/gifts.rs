//! The register of presents: ideas, plans, and what was given.

use anyhow::Result;
use rusqlite::Row;

use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::gift::{Gift, GiftState};
use crate::domain::money::Cents;
use crate::domain::touchpoint::{CustomerId, TouchpointId};

const COLUMNS: &str = "id, customer, state, what, value, day, occasion, why, given_by, approved, against, touchpoint";

fn gift(row: &Row<'_>) -> rusqlite::Result<Gift> {
    let state: String = row.get(2)?;
    Ok(Gift {
        id: row.get(0)?,
        customer: CustomerId(row.get(1)?),
        state: state.parse().unwrap_or(GiftState::Idea),
        what: row.get(3)?,
        value: row.get::<_, Option<i64>>(4)?.map(Cents),
        day: row.get::<_, Option<i64>>(5)?.map(Moment),
        occasion: row.get(6)?,
        why: row.get(7)?,
        given_by: row.get(8)?,
        approved: row.get(9)?,
        against: row.get(10)?,
        touchpoint: row.get::<_, Option<i64>>(11)?.map(TouchpointId),
    })
}

impl Ledger {
    /// What is written in the register: ideas, plans, and the particulars of what was given. A gift that
    /// only the log knows is not among them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gift_plans(&self) -> Result<Vec<Gift>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM gifts ORDER BY id"))?;
        let rows = select.query_map([], gift)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
