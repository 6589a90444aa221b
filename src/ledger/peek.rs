//! A look at a log that never makes, mends or waits for one: for a shell that completes a word.

use std::path::Path;
use std::time::Duration;

use anyhow::Result;

use super::open::read_only;

/// How long a shell may be kept waiting.
const PATIENCE: Duration = Duration::from_millis(20);

/// The names of all customers in a log, in order of the alphabet.
///
/// # Errors
/// When there is no log, or it cannot be read as it is.
pub fn customer_names(path: &Path) -> Result<Vec<String>> {
    let db = read_only(path)?;
    db.busy_timeout(PATIENCE)?;
    let mut select = db.prepare("SELECT name FROM customers ORDER BY name")?;
    let rows = select.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
