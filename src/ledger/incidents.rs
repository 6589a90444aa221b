//! Failures and how they were made good.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{OptionalExtension as _, Row, params};

use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::incident::Incident;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::Severity;

const COLUMNS: &str = "id, customer, stage, severity, kind, what, owner, opened, acknowledged, resolved, personal, generous, quality";

fn incident(row: &Row<'_>) -> rusqlite::Result<Incident> {
    let moment = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Moment));
    Ok(Incident {
        id: row.get(0)?,
        customer: CustomerId(row.get(1)?),
        stage: row.get(2)?,
        severity: Severity::from_code(row.get(3)?).unwrap_or(Severity::Moderate),
        kind: row.get(4)?,
        what: row.get(5)?,
        owner: row.get(6)?,
        opened: Moment(row.get(7)?),
        acknowledged: moment(8)?,
        resolved: moment(9)?,
        personal: row.get(10)?,
        generous: row.get(11)?,
        stated_quality: row.get(12)?,
    })
}

impl Ledger {
    /// Every failure, by customer, the oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incidents(&self) -> Result<HashMap<CustomerId, Vec<Incident>>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM incidents ORDER BY customer, opened, id"))?;
        let mut found: HashMap<CustomerId, Vec<Incident>> = HashMap::new();
        for row in select.query_map([], incident)? {
            let row = row?;
            found.entry(row.customer).or_default().push(row);
        }
        Ok(found)
    }

    /// One failure; `None` when the number is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incident(&self, id: i64) -> Result<Option<Incident>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM incidents WHERE id = ?1"))?;
        Ok(select.query_row([id], incident).optional()?)
    }

    /// Records a failure, as an entry that can be undone; gives its number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn open_incident(&mut self, now: Moment, new: &Incident) -> Result<i64> {
        self.batch(now, "incident open", |batch| {
            batch.db().execute(
                "INSERT INTO incidents (customer, stage, severity, kind, what, owner, opened, entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                params![new.customer.0, new.stage, new.severity.code(), new.kind, new.what, new.owner, new.opened.0, batch.entry()],
            )?;
            let id = batch.db().last_insert_rowid();
            Ok((id, id.to_string()))
        })
    }

    /// Stores how a failure was acknowledged and made good, as an entry that can be undone.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn resolve_incident(&mut self, now: Moment, resolved: &Incident) -> Result<()> {
        self.batch(now, "incident resolve", |batch| {
            batch.db().execute(
                "UPDATE incidents SET owner = ?2, acknowledged = ?3, resolved = ?4, personal = ?5, generous = ?6, quality = ?7 WHERE id = ?1",
                params![
                    resolved.id,
                    resolved.owner,
                    resolved.acknowledged.map(|at| at.0),
                    resolved.resolved.map(|at| at.0),
                    resolved.personal,
                    resolved.generous,
                    resolved.stated_quality
                ],
            )?;
            Ok(((), resolved.id.to_string()))
        })
    }
}
