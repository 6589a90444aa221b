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
    peek(path, "SELECT name FROM customers ORDER BY name", |row| row.get(0))
}

/// The groups customers are in, in order of the alphabet.
///
/// # Errors
/// As [`customer_names`].
pub fn segment_names(path: &Path) -> Result<Vec<String>> {
    peek(path, "SELECT DISTINCT segment FROM customers WHERE segment <> '' ORDER BY segment", |row| row.get(0))
}

/// The failures that are not made good: their number, whose they are and what went wrong.
///
/// # Errors
/// As [`customer_names`].
pub fn open_failures(path: &Path) -> Result<Vec<(i64, String, String)>> {
    failures(path, "i.resolved IS NULL")
}

/// The failures that were made good and that nobody asked after yet, as [`open_failures`].
///
/// # Errors
/// As [`customer_names`].
pub fn failures_to_ask_after(path: &Path) -> Result<Vec<(i64, String, String)>> {
    failures(path, "i.resolved IS NOT NULL AND i.checked IS NULL")
}

/// The failures that are not over, as [`open_failures`].
///
/// # Errors
/// As [`customer_names`].
pub fn unfinished_failures(path: &Path) -> Result<Vec<(i64, String, String)>> {
    failures(path, "i.checked IS NULL")
}

fn failures(path: &Path, which: &str) -> Result<Vec<(i64, String, String)>> {
    let select = format!("SELECT i.id, c.name, i.what FROM incidents i JOIN customers c ON c.id = i.customer WHERE {which} ORDER BY i.id");
    peek(path, &select, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// The nudges that stand: number, customer, and why.
///
/// # Errors
/// As [`customer_names`].
pub fn open_nudges(path: &Path) -> Result<Vec<(i64, String, String)>> {
    let select =
        "SELECT n.id, c.name, n.because_en FROM nudges n JOIN customers c ON c.id = n.customer WHERE n.state = 'open' ORDER BY n.id";
    peek(path, select, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

fn peek<T>(path: &Path, select: &str, read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>) -> Result<Vec<T>> {
    let db = read_only(path, None)?;
    db.busy_timeout(PATIENCE)?;
    let mut select = db.prepare(select)?;
    let rows = select.query_map([], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
