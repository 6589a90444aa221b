//! What occasions are made of: tagged contacts, and the days that come back every year.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::params;

use super::open::Ledger;
use super::touchpoints::{of, split_tags};
use crate::domain::calendar::Moment;
use crate::domain::occasion::{Noted, OccasionKind};
use crate::domain::party::Anniversary;
use crate::domain::touchpoint::CustomerId;

impl Ledger {
    /// The contacts within a stretch of time that carry the tag of an occasion, planned ones included, by
    /// customer (or of one) and in order of time. One pass over the tagged rows, by the index that holds no others.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn noted_occasions(&self, from: Moment, until: Moment, only: Option<CustomerId>) -> Result<HashMap<CustomerId, Vec<Noted>>> {
        let whose = of(only);
        // Left to choose, SQLite reads the whole log in the order that is asked for rather than sort the few. The note
        // is read as an answer may show it (ledger/veil.rs).
        let mut select = self.db.prepare_cached(&format!(
            "SELECT customer, at, tags, (SELECT note FROM touchpoints seen WHERE seen.id = tagged.id)
             FROM main.touchpoints tagged INDEXED BY touchpoints_tagged WHERE tags IS NOT NULL AND at >= ?1 AND at <= ?2{whose} ORDER BY customer, at, id",
        ))?;
        let mut rows = select.query(params![from.0, until.0])?;
        let mut found: HashMap<CustomerId, Vec<Noted>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let tags = split_tags(row.get::<_, Option<String>>(2)?.as_deref());
            for kind in tags.iter().filter_map(|tag| OccasionKind::of_tag(tag)) {
                let (at, note) = (Moment(row.get(1)?), row.get::<_, Option<String>>(3)?.unwrap_or_default());
                found.entry(CustomerId(row.get(0)?)).or_default().push(Noted { kind, at, note });
            }
        }
        Ok(found)
    }

    /// The birthdays and anniversaries that are known, by customer.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn yearly_days(&self) -> Result<HashMap<CustomerId, Vec<Anniversary>>> {
        let sql = "SELECT customer, what, value FROM particulars WHERE what IN ('birthday', 'anniversary') ORDER BY customer, what, value";
        let mut select = self.db.prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let mut found: HashMap<CustomerId, Vec<Anniversary>> = HashMap::new();
        while let Some(row) = rows.next()? {
            if let Some(day) = Anniversary::read(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?) {
                found.entry(CustomerId(row.get(0)?)).or_default().push(day);
            }
        }
        Ok(found)
    }
}
