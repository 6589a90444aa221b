//! What the journal keeps of somebody, and what would bring it back.
//!
//! A change is somebody's when the row it changed was theirs before it or after it; and every change of a row that
//! was theirs in the end. The rows of other customers keep their changes, so that what was done to those can
//! still be taken back. Only where two customers were made one, and parted again, the change of the other one tells
//! of both: such an entry goes whole.

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params};

use crate::ledger::journal;

/// Whose a row was at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whose {
    Nobodys,
    Theirs,
    Anothers,
}

impl Whose {
    fn of(there: bool, theirs: bool) -> Self {
        match (there, theirs) {
            (false, _) => Self::Nobodys,
            (true, true) => Self::Theirs,
            (true, false) => Self::Anothers,
        }
    }
}

/// Makes the lists this works with: who is forgotten, and the entries that lose something.
pub(super) fn begin(db: &Connection, ids: &[i64]) -> Result<()> {
    db.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS forgetting (id INTEGER PRIMARY KEY); DELETE FROM temp.forgetting;
         CREATE TEMP TABLE IF NOT EXISTS losing (entry INTEGER PRIMARY KEY); DELETE FROM temp.losing;",
    )?;
    let mut insert = db.prepare_cached("INSERT OR IGNORE INTO temp.forgetting (id) VALUES (?1)")?;
    ids.iter().try_for_each(|id| insert.execute([id]).map(drop))?;
    Ok(())
}

/// Takes out of the journal what is theirs.
pub(super) fn erase(db: &Connection) -> Result<()> {
    db.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS parting (entry INTEGER PRIMARY KEY); DELETE FROM temp.parting;
         INSERT INTO temp.parting SELECT DISTINCT c.entry FROM temp.forgetting w CROSS JOIN changes c ON c.tbl = 'customers' AND c.row = w.id
         JOIN entries e ON e.id = c.entry AND e.verb = 'customers merge';",
    )?;
    for (table, row) in changed_rows(db)? {
        let doomed = of_row(db, &table, &row)?;
        strike(db, "DELETE FROM changes WHERE seq = ?1", &doomed)?;
    }
    for id in changed_touchpoints(db)? {
        let doomed = of_touchpoint(db, id)?;
        // The entry that added it may have nothing else to tell of.
        let added = "INSERT OR IGNORE INTO temp.losing SELECT entry FROM former_touchpoints WHERE id = ?1 AND entry IS NOT NULL";
        db.prepare_cached(added)?.execute([id])?;
        for entry in doomed {
            lose(db, entry)?;
            db.prepare_cached("DELETE FROM former_touchpoints WHERE by = ?1 AND id = ?2")?.execute([entry, id])?;
        }
    }
    parted(db)?;
    let own = "INSERT OR IGNORE INTO temp.losing SELECT DISTINCT entry FROM touchpoints WHERE customer IN (SELECT id FROM temp.forgetting)";
    db.execute(own, [])?;
    Ok(())
}

fn lose(db: &Connection, entry: i64) -> Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO temp.losing (entry) VALUES (?1)")?.execute([entry])?;
    Ok(())
}

/// Deletes changes, given by number and entry.
fn strike(db: &Connection, sql: &str, doomed: &[(i64, i64)]) -> Result<()> {
    for (seq, entry) in doomed {
        lose(db, *entry)?;
        db.prepare_cached(sql)?.execute([seq])?;
    }
    Ok(())
}

const THEIRS: &str = "(json_extract(before, '$.customer') IN (SELECT id FROM temp.forgetting)
     OR json_extract(before, '$.referrer') IN (SELECT id FROM temp.forgetting))";

/// The rows that were theirs at any time, by table.
fn changed_rows(db: &Connection) -> Result<Vec<(String, Value)>> {
    let mut sql = format!(
        "SELECT 'customers', id FROM temp.forgetting UNION SELECT tbl, row FROM changes WHERE tbl <> 'customers' AND before IS NOT NULL AND {THEIRS}"
    );
    for (table, key, owners) in journal::owned() {
        for owner in owners {
            sql += &format!(" UNION SELECT '{table}', {key} FROM {table} WHERE {owner} IN (SELECT id FROM temp.forgetting)");
        }
    }
    let mut select = db.prepare(&sql)?;
    Ok(select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?)
}

/// The changes of a row that go: their numbers and entries.
fn of_row(db: &Connection, table: &str, row: &Value) -> Result<Vec<(i64, i64)>> {
    let theirs = if table == "customers" { "row IN (SELECT id FROM temp.forgetting)" } else { THEIRS };
    let sql = format!(
        "SELECT seq, entry, before IS NOT NULL, before IS NOT NULL AND coalesce({theirs}, 0) FROM changes WHERE tbl = ?1 AND row = ?2 ORDER BY seq"
    );
    let mut select = db.prepare_cached(&sql)?;
    let changes = select
        .query_map(params![table, row], |row| Ok(((row.get(0)?, row.get(1)?), Whose::of(row.get(2)?, row.get(3)?))))?
        .collect::<rusqlite::Result<Vec<((i64, i64), Whose)>>>()?;
    Ok(doomed(&changes, today(db, table, row)?))
}

/// Whose a row is today.
fn today(db: &Connection, table: &str, row: &Value) -> Result<Whose> {
    let Some((_, key, owners)) = journal::owned().find(|(name, ..)| *name == table) else {
        let there = db.prepare_cached("SELECT 1 FROM customers WHERE id = ?1")?.query_row([row], |_| Ok(())).optional()?.is_some();
        let theirs = db.prepare_cached("SELECT 1 FROM temp.forgetting WHERE id = ?1")?.query_row([row], |_| Ok(())).optional()?.is_some();
        return Ok(Whose::of(there, theirs));
    };
    let fits: Vec<String> = owners.iter().map(|owner| format!("{owner} IN (SELECT id FROM temp.forgetting)")).collect();
    let mut select = db.prepare_cached(&format!("SELECT {} FROM {table} WHERE {key} = ?1", fits.join(" OR ")))?;
    let theirs: Option<bool> = select.query_row([row], |row| row.get(0)).optional()?;
    Ok(Whose::of(theirs.is_some(), theirs.unwrap_or(false)))
}

/// Of the changes of a row, each with whose it was before, those that go.
fn doomed<T: Copy>(changes: &[(T, Whose)], today: Whose) -> Vec<T> {
    let there = changes.iter().map(|(_, whose)| *whose).chain([today]).filter(|whose| *whose != Whose::Nobodys);
    let theirs_in_the_end = there.last() == Some(Whose::Theirs);
    let after = changes.iter().skip(1).map(|(_, whose)| *whose).chain([today]);
    let goes = |before: Whose, after: Whose| theirs_in_the_end || before == Whose::Theirs || after == Whose::Theirs;
    changes.iter().zip(after).filter(|((_, before), after)| goes(*before, *after)).map(|((change, _), _)| *change).collect()
}

fn changed_touchpoints(db: &Connection) -> Result<Vec<i64>> {
    let sql = "SELECT id FROM former_touchpoints WHERE customer IN (SELECT id FROM temp.forgetting)
         UNION SELECT f.id FROM temp.forgetting w CROSS JOIN touchpoints t ON t.customer = w.id CROSS JOIN former_touchpoints f ON f.id = t.id";
    let mut select = db.prepare(sql)?;
    Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// The entries whose memory of a touchpoint goes.
fn of_touchpoint(db: &Connection, id: i64) -> Result<Vec<i64>> {
    let mut select = db.prepare_cached(
        "SELECT by, was = 1, coalesce(customer IN (SELECT id FROM temp.forgetting), 0) FROM former_touchpoints WHERE id = ?1 ORDER BY by",
    )?;
    let changes = select
        .query_map([id], |row| Ok((row.get(0)?, Whose::of(row.get(1)?, row.get(2)?))))?
        .collect::<rusqlite::Result<Vec<(i64, Whose)>>>()?;
    let mut today = db.prepare_cached("SELECT customer IN (SELECT id FROM temp.forgetting) FROM touchpoints WHERE id = ?1")?;
    let theirs: Option<bool> = today.query_row([id], |row| row.get(0)).optional()?;
    Ok(doomed(&changes, Whose::of(theirs.is_some(), theirs.unwrap_or(false))))
}

/// Entries that made them one with a customer who is another again, and what took those back: they tell of both.
fn parted(db: &Connection) -> Result<()> {
    db.execute_batch(
        "DELETE FROM temp.parting WHERE NOT EXISTS (SELECT 1 FROM changes c WHERE c.entry = parting.entry AND +c.tbl = 'customers');
         INSERT OR IGNORE INTO temp.parting WITH RECURSIVE both (entry) AS (
            SELECT entry FROM temp.parting UNION SELECT e.id FROM both b JOIN entries e ON e.undoes = b.entry) SELECT entry FROM both;
         DELETE FROM changes WHERE entry IN (SELECT entry FROM temp.parting);
         DELETE FROM former_touchpoints WHERE by IN (SELECT entry FROM temp.parting);
         INSERT OR IGNORE INTO temp.losing SELECT entry FROM temp.parting;",
    )?;
    Ok(())
}

/// Says of the entries that lost something whether anything is left to take back. To be done when all is gone that goes.
pub(super) fn judge(db: &Connection) -> Result<()> {
    db.execute(
        "UPDATE entries SET erased = max(erased, CASE WHEN EXISTS (SELECT 1 FROM changes c WHERE c.entry = entries.id)
            OR EXISTS (SELECT 1 FROM former_touchpoints f WHERE f.by = entries.id)
            OR EXISTS (SELECT 1 FROM touchpoints t WHERE t.id BETWEEN entries.first_touchpoint AND entries.last_touchpoint AND t.entry = entries.id)
            THEN 1 ELSE 2 END)
         WHERE id IN (SELECT entry FROM temp.losing)",
        [],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_theirs_before_after_or_in_the_end_goes() {
        use Whose::{Anothers as A, Nobodys as N, Theirs as T};
        for (befores, today, expected) in [
            // Added, changed, still there.
            (vec![N, T], T, vec![0, 1]),
            (vec![N, A], A, vec![]),
            // Moved from them to another: what it was with the other stays.
            (vec![N, T, A], A, vec![0, 1]),
            // Moved from another to them: all of it is theirs.
            (vec![N, A, T], T, vec![0, 1, 2]),
            // Moved to another and taken out there.
            (vec![N, T, A], N, vec![0, 1]),
            // Taken out while it was theirs.
            (vec![N, A, T], N, vec![0, 1, 2]),
            // Lent to them and back.
            (vec![N, A, T, A], A, vec![1, 2]),
        ] {
            let changes: Vec<(usize, Whose)> = befores.iter().copied().enumerate().collect();
            assert_eq!(doomed(&changes, today), expected, "{befores:?} {today:?}");
        }
    }
}
