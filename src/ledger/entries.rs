//! The journal of what was done: one entry a command that changed something.

use std::ops::Range;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::journal;
use super::open::Ledger;
use crate::domain::calendar::Moment;

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
    /// When it was taken back.
    pub undone: Option<Moment>,
    /// Which entry it took back itself.
    pub undoes: Option<i64>,
    /// Whether it cannot be taken back any more, because what it did was erased or erased something.
    pub erased: bool,
}

const COLUMNS: &str = "id, at, verb, summary, undone, undoes, erased = 2";

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        at: Moment(row.get(1)?),
        verb: row.get(2)?,
        summary: row.get(3)?,
        undone: row.get::<_, Option<i64>>(4)?.map(Moment),
        undoes: row.get(5)?,
        erased: row.get(6)?,
    })
}

/// Opens an entry; its summary follows when the work is done. What changes from here on is
/// journalled under it.
pub fn open(db: &Connection, at: Moment, verb: &str) -> Result<i64> {
    journal::watch(db)?;
    db.execute("INSERT INTO entries (at, verb, summary) VALUES (?1, ?2, '')", params![at.0, verb])?;
    Ok(db.last_insert_rowid())
}

/// Adds an entry that cannot be taken back, because it erased something. Nothing is journalled.
pub fn note(db: &Connection, at: Moment, verb: &str, summary: &str) -> Result<()> {
    db.execute("INSERT INTO entries (at, verb, summary, erased) VALUES (?1, ?2, ?3, 2)", params![at.0, verb, summary])?;
    Ok(())
}

/// The newest entry that erased something.
pub fn latest_erasing(db: &Connection) -> Result<Option<Entry>> {
    let sql = format!("SELECT {COLUMNS} FROM entries WHERE erased = 2 AND verb IN ('forget', 'tidy') ORDER BY id DESC LIMIT 1");
    Ok(db.query_row(&sql, [], entry).optional()?)
}

/// Whether something from before an entry was taken back after it.
pub fn went_behind(db: &Connection, entry: i64) -> Result<bool> {
    Ok(db.query_row("SELECT EXISTS (SELECT 1 FROM entries WHERE id > ?1 AND undoes < ?1)", [entry], |row| row.get(0))?)
}

/// Finishes an entry; `touchpoints` are the numbers of those it added.
pub fn close(db: &Connection, entry: i64, summary: &str, touchpoints: Range<i64>) -> Result<()> {
    db.execute(
        "UPDATE entries SET summary = ?2, first_touchpoint = ?3, last_touchpoint = ?4 WHERE id = ?1",
        params![entry, summary, touchpoints.start, touchpoints.end - 1],
    )?;
    Ok(())
}

/// One entry; `None` when there is none of this number.
pub fn get(db: &Connection, id: i64) -> Result<Option<Entry>> {
    Ok(db.query_row(&format!("SELECT {COLUMNS} FROM entries WHERE id = ?1"), [id], entry).optional()?)
}

/// The latest entry of a person before this one that stands: neither taken back nor a taking back
/// itself, and no digest.
pub fn latest(db: &Connection, before: i64) -> Result<Option<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entries WHERE undone IS NULL AND undoes IS NULL AND erased < 2 AND verb <> 'nudge' AND id < ?1 ORDER BY id DESC LIMIT 1"
    );
    Ok(db.query_row(&sql, [before], entry).optional()?)
}

/// A row of a customer's that an entry made or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The number of the row.
    pub row: i64,
    /// Whose it is.
    pub customer: String,
    /// Whether the entry made it.
    pub is_new: bool,
}

impl Ledger {
    /// The failures that an entry made or changed, and whose they are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn incidents_touched(&self, entry: i64) -> Result<Vec<Touched>> {
        self.touched(entry, "incidents")
    }

    /// The nudges that an entry brought up or closed, and whose they are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nudges_touched(&self, entry: i64) -> Result<Vec<Touched>> {
        self.touched(entry, "nudges")
    }

    fn touched(&self, entry: i64, table: &str) -> Result<Vec<Touched>> {
        let sql = format!(
            "SELECT t.id, c.name, j.before IS NULL FROM changes j JOIN {table} t ON t.id = j.row JOIN customers c ON c.id = t.customer
             WHERE j.entry = ?1 AND j.tbl = '{table}' ORDER BY t.id"
        );
        let mut select = self.db.prepare_cached(&sql)?;
        let rows = select.query_map([entry], |row| Ok(Touched { row: row.get(0)?, customer: row.get(1)?, is_new: row.get(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The last entries, the newest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn entries(&self, count: u32) -> Result<Vec<Entry>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM entries ORDER BY id DESC LIMIT ?1"))?;
        let rows = select.query_map([count], entry)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
