//! The journal of what was done, and taking the last of it back.

use std::ops::Range;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::keeper::Keeper;
use super::open::Ledger;
use super::rebuild;
use super::touchpoints::{FACTS, facts};
use crate::domain::calendar::Moment;
use crate::domain::touchpoint::CustomerId;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The number.
    pub id: i64,
    /// When.
    pub at: Moment,
    /// Which command.
    pub verb: String,
    /// What it said it did.
    pub summary: String,
}

/// What taking an entry back did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The entry.
    pub entry: Entry,
    /// Touchpoints taken out of the log; they are kept aside.
    pub touchpoints: u64,
    /// Customers removed again, because the entry had made them and nothing else knows them.
    pub customers: u64,
    /// Failures removed again or opened again.
    pub incidents: u64,
}

/// Opens an entry; its summary follows when the work is done.
pub fn open(db: &Connection, at: Moment, verb: &str) -> Result<i64> {
    db.execute("INSERT INTO entries (at, verb, summary) VALUES (?1, ?2, '')", params![at.0, verb])?;
    Ok(db.last_insert_rowid())
}

/// Finishes an entry; `touchpoints` are the numbers of those it added.
pub fn close(db: &Connection, entry: i64, summary: &str, touchpoints: Range<i64>) -> Result<()> {
    db.execute(
        "UPDATE entries SET summary = ?2, first_touchpoint = ?3, last_touchpoint = ?4 WHERE id = ?1",
        params![entry, summary, touchpoints.start, touchpoints.end - 1],
    )?;
    Ok(())
}

/// Which touchpoints an entry added: a stretch of numbers, so that no other row is looked at.
const ITS_TOUCHPOINTS: &str = "id BETWEEN (SELECT first_touchpoint FROM entries WHERE entries.id = ?1)
    AND (SELECT last_touchpoint FROM entries WHERE entries.id = ?1) AND entry = ?1";

impl Ledger {
    /// Takes the latest entry back that has not been taken back yet; `None` when there is none.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn undo(&mut self, now: Moment) -> Result<Option<Undone>> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rebuild::ensure_fresh(&tx, &self.courses, self.default_course, &self.dictionary, &self.fingerprint, now, &mut |_| ())?;
        let Some(entry) = latest(&tx)? else { return Ok(None) };
        let changed = super::customers::take_back(&tx, entry.id)?;
        let mut keeper = Keeper::new(&tx, &self.courses, self.default_course, &self.dictionary, now)?;
        if let Some(customer) = changed {
            keeper.replay(customer, &self.dictionary)?;
        }
        let mut select = tx.prepare(&format!("SELECT id, customer, stage, {FACTS} FROM touchpoints WHERE {ITS_TOUCHPOINTS}"))?;
        let mut rows = select.query([entry.id])?;
        while let Some(row) = rows.next()? {
            keeper.discount(CustomerId(row.get(1)?), &facts(row, 3)?, row.get(2)?, &self.dictionary)?;
        }
        drop(rows);
        drop(select);
        tx.execute(
            &format!("INSERT INTO removed_touchpoints SELECT ?2, * FROM touchpoints WHERE {ITS_TOUCHPOINTS}"),
            params![entry.id, now.0],
        )?;
        let touchpoints = tx.execute(&format!("DELETE FROM touchpoints WHERE {ITS_TOUCHPOINTS}"), [entry.id])? as u64;
        keeper.finish(&self.dictionary)?;
        let incidents = super::incidents::take_back(&tx, &entry)?;
        let customers = tx.execute(
            "DELETE FROM customers WHERE entry = ?1 AND NOT EXISTS (SELECT 1 FROM touchpoints t WHERE t.customer = customers.id)
             AND NOT EXISTS (SELECT 1 FROM incidents i WHERE i.customer = customers.id)",
            [entry.id],
        )? as u64;
        tx.execute("UPDATE entries SET undone = ?2 WHERE id = ?1", params![entry.id, now.0])?;
        tx.commit()?;
        Ok(Some(Undone { entry, touchpoints, customers, incidents }))
    }
}

fn latest(db: &Connection) -> Result<Option<Entry>> {
    let sql = "SELECT id, at, verb, summary FROM entries WHERE undone IS NULL ORDER BY id DESC LIMIT 1";
    let entry =
        db.query_row(sql, [], |row| Ok(Entry { id: row.get(0)?, at: Moment(row.get(1)?), verb: row.get(2)?, summary: row.get(3)? }));
    Ok(entry.optional()?)
}
