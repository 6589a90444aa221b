//! The bytes of what was deleted: a database file keeps them until they are written over.
//!
//! The transaction deletes with `secure_delete`, which writes zeros over what it frees. What was deleted before,
//! by ordinary commands, lies in free pages still, and older versions of pages lie in the write-ahead file. So the file
//! is made anew from what is left (`VACUUM`) and the write-ahead file is emptied (`wal_checkpoint(TRUNCATE)`). While that
//! happens SQLite writes a temporary file in the system's folder for them; it holds what is left, never what was
//! deleted, and has no name there: nothing of it stays, also after a crash.

use std::time::Duration;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _};

use crate::ledger::open::Ledger;
use crate::ledger::patience::wait_for_others;

/// Where `settings` says that bytes have to go still.
const MARK: &str = "erasing";
/// How long a command that only finishes what another left waits for the file.
const IN_PASSING: Duration = Duration::from_millis(500);

/// From here on, what is deleted is written over.
pub(super) fn begin(db: &Connection) -> Result<()> {
    Ok(db.pragma_update(None, "secure_delete", true)?)
}

/// Says that the bytes of what was deleted have to go.
pub(super) fn mark(db: &Connection) -> Result<()> {
    db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, '1')", [MARK])?;
    Ok(())
}

/// Whether the bytes of what was deleted are still to go.
pub fn is_marked(db: &Connection) -> Result<bool> {
    let mut select = db.prepare_cached("SELECT 1 FROM settings WHERE key = ?1")?;
    Ok(select.query_row([MARK], |_| Ok(())).optional()?.is_some())
}

/// Makes the file anew; false when another command still reads what was there.
fn finish(db: &Connection) -> Result<bool> {
    begin(db)?;
    db.execute_batch("VACUUM")?;
    if !empty_log(db)? {
        return Ok(false);
    }
    db.execute("DELETE FROM settings WHERE key = ?1", [MARK])?;
    empty_log(db)
}

fn empty_log(db: &Connection) -> Result<bool> {
    let busy: i64 = db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// Finishes what a command left that was stopped. That it cannot be done now (another command is at work, the disk is
/// full) is no reason to stop: the mark stays for the next one.
pub fn finish_if_marked(db: &mut Connection) -> Result<()> {
    if is_marked(db)? {
        db.busy_timeout(IN_PASSING)?;
        let _ = finish(db);
        wait_for_others(db)?;
    }
    Ok(())
}

/// Finishes it if there is anything to finish; false when another command still reads what was there.
pub fn finish_marked(db: &Connection) -> Result<bool> {
    Ok(!is_marked(db)? || finish(db)?)
}

impl Ledger {
    /// Makes the file anew after somebody was forgotten, so that none of its bytes tells of them. False when another
    /// command still reads what was there: the next one that opens the log finishes it.
    ///
    /// # Errors
    /// When the file cannot be written, as when the disk has no room for it twice. What was forgotten stays
    /// forgotten, and the next command that opens the log tries again.
    pub fn finish_erasing(&mut self) -> Result<bool> {
        finish_marked(&self.db)
    }

    /// Whether the bytes of what was forgotten are still to go.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_erasing(&self) -> Result<bool> {
        is_marked(&self.db)
    }
}
