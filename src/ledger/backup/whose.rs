//! Whose a copy is. Several workspaces may have one folder for their backups, in which all are called alike: so a log that is
//! backed up gets a name of its own, drawn at random, and its copies have it too. It says nothing about anybody.

use std::path::Path;

use anyhow::Result;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OptionalExtension as _};

use super::super::open::{has_wal, look};
use super::contents::{open, sound};

/// Where `settings` keeps the name of a log.
pub const KEY: &str = "log_name";

/// Gives a log its name, when it is sound and has none.
///
/// # Errors
/// When it cannot be read or written; then it has none still, and is as it was.
pub fn name_log(log: &Path) -> Result<()> {
    let db = look(log)?;
    if named(&db)?.is_some() {
        return Ok(());
    }
    sound(&db)?;
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_wal(log))?;
    db.execute("INSERT OR IGNORE INTO settings (key, value) VALUES (?1, lower(hex(randomblob(16))))", [KEY])?;
    Ok(())
}

/// The name of the log that a copy is of, when it has one.
///
/// # Errors
/// When it is no copy, or cannot be read.
pub fn log_of(copy: &Path) -> Result<Option<String>> {
    Ok(named(&open(copy)?)?)
}

/// The name that a log goes by.
pub fn named(db: &Connection) -> rusqlite::Result<Option<String>> {
    db.query_row("SELECT value FROM settings WHERE key = ?1", [KEY], |row| row.get(0)).optional()
}

/// Gives a log the name it had before another was laid over it.
pub fn rename(db: &Connection, name: &str) -> rusqlite::Result<()> {
    db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)", [KEY, name]).map(drop)
}
