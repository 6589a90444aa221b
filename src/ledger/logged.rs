//! What people typed last, and the names they may type.

use anyhow::Result;
use rusqlite::params;

use super::open::Ledger;
use super::touchpoints::LoggedTouchpoint;
use crate::domain::touchpoint::{CustomerId, TouchpointId};

impl Ledger {
    /// The touchpoints of the last entries made by `log` that are still in the log, the latest
    /// entry first; an entry about several customers has one for each.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn logged_last(&self, entries: u32) -> Result<Vec<LoggedTouchpoint>> {
        let mut select = self.db.prepare_cached(
            "SELECT t.id FROM (SELECT id, first_touchpoint, last_touchpoint FROM entries e WHERE verb = 'log' AND undone IS NULL
                 AND EXISTS (SELECT 1 FROM touchpoints t WHERE t.id BETWEEN e.first_touchpoint AND e.last_touchpoint AND t.entry = e.id)
                 ORDER BY id DESC LIMIT ?1) e
             JOIN touchpoints t ON t.id BETWEEN e.first_touchpoint AND e.last_touchpoint AND t.entry = e.id
             ORDER BY e.id DESC, t.id",
        )?;
        let ids = select.query_map(params![entries], |row| row.get(0).map(TouchpointId))?.collect::<rusqlite::Result<Vec<_>>>()?;
        let found = ids.into_iter().map(|id| self.touchpoint(id)).collect::<Result<Vec<_>>>()?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Everything customers are known by: names, other names, addresses and numbers.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn known_as(&self) -> Result<Vec<(CustomerId, String)>> {
        let mut select =
            self.db.prepare_cached("SELECT id, name FROM main.customers UNION ALL SELECT customer, key FROM main.customer_keys")?;
        let rows = select.query_map([], |row| Ok((CustomerId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
