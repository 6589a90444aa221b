//! Every page, and every index beside its table.

use anyhow::Result;
use rusqlite::Connection;

use super::super::trouble::complaint;
use super::look::put_back;
use crate::domain::checkup::Check;
use crate::domain::numbers::counted;
use crate::text;

/// So many complaints of SQLite's say enough.
const MOST: usize = 100;

/// The check before anything was found.
pub fn named() -> Check {
    Check::fine("pages", text!("pages and indexes", "pagina's en indexen"), text!("every page is sound", "elke pagina is gezond"))
}

/// Asks SQLite. Indexes that do not fit their table are made anew from it; anything else is not to be mended.
pub fn check(db: &Connection) -> Result<Check> {
    let complaints = complaints(db)?;
    let Some(first) = complaints.first() else { return Ok(named()) };
    let n = complaints.len() as u64;
    if complaints.iter().all(|said| is_of_an_index(said)) {
        let rows = counted(n, ["place", "places"], ["plek", "plekken"]);
        let (en, nl) = (rows.en, rows.nl);
        return Ok(named().wrong_but_mendable(text!(
            "an index is not like its table, in {en} ({first})",
            "een index is niet als de tabel, op {nl} ({first})"
        )));
    }
    Ok(named().wrong(text!("SQLite finds damage: {first}", "SQLite vindt schade: {first}"), put_back()))
}

/// What SQLite has to say, a line each; nothing when all is fine.
pub fn complaints(db: &Connection) -> Result<Vec<String>> {
    let mut select = db.prepare(&format!("PRAGMA integrity_check({MOST})"))?;
    let lines = select.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(lines.into_iter().filter(|line| line != "ok").map(|line| complaint(&line)).collect())
}

fn is_of_an_index(said: &str) -> bool {
    let of_a_row = said.starts_with("row ") && said.contains(" missing from index ");
    of_a_row || ["wrong # of entries in index ", "non-unique entry in index "].iter().any(|begin| said.starts_with(begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_an_index_alone_is_told_apart() {
        for (said, of_an_index) in [
            ("row 12 missing from index touchpoints_by_customer", true),
            ("wrong # of entries in index touchpoints_by_key", true),
            ("non-unique entry in index touchpoints_by_key", true),
            ("Tree 14 page 99: btreeInitPage() returns error code 11", false),
            ("NULL value in touchpoints.at", false),
            ("non-INTEGER value in touchpoints.at", false),
            ("row 3 values differ from index of a table", false),
        ] {
            assert_eq!(is_of_an_index(said), of_an_index, "{said}");
        }
    }
}
