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
}

const COLUMNS: &str = "id, at, verb, summary, undone, undoes";

fn entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        id: row.get(0)?,
        at: Moment(row.get(1)?),
        verb: row.get(2)?,
        summary: row.get(3)?,
        undone: row.get::<_, Option<i64>>(4)?.map(Moment),
        undoes: row.get(5)?,
    })
}

/// Opens an entry; its summary follows when the work is done. What changes from here on is
/// journalled under it.
pub fn open(db: &Connection, at: Moment, verb: &str) -> Result<i64> {
    journal::watch(db)?;
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

/// One entry; `None` when there is none of this number.
pub fn get(db: &Connection, id: i64) -> Result<Option<Entry>> {
    Ok(db.query_row(&format!("SELECT {COLUMNS} FROM entries WHERE id = ?1"), [id], entry).optional()?)
}

/// The latest entry of a person before this one that stands: neither taken back nor a taking back
/// itself, and no digest.
pub fn latest(db: &Connection, before: i64) -> Result<Option<Entry>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM entries WHERE undone IS NULL AND undoes IS NULL AND verb <> 'nudge' AND id < ?1 ORDER BY id DESC LIMIT 1"
    );
    Ok(db.query_row(&sql, [before], entry).optional()?)
}

impl Ledger {
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
