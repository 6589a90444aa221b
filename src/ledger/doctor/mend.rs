//! Mending what can be mended. The caller has made a copy.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, TransactionBehavior};

use super::super::backup::connect;
use super::super::forget::finish_marked;
use super::super::keeper::{Keeper, counted_to};
use super::super::open::Ledger;
use super::super::outcome::commit;
use super::super::patience::wait_for_others;
use super::super::rebuild::ensure_fresh;
use super::super::trouble::at;
use super::sums::is_possible;
use super::{orphans, schema};
use crate::domain::calendar::Moment;

/// Makes indexes and views anew, takes triggers out, and takes out loose rows that carry nothing a person typed:
/// all of it, or nothing.
///
/// # Errors
/// When the file cannot be written.
pub fn mend(path: &Path) -> Result<()> {
    mended(path).map_err(|err| at(path, err))
}

fn mended(path: &Path) -> Result<()> {
    let mut db = connect(path)?;
    wait_for_others(&mut db)?;
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = schema::differences(&tx)?;
    let quoted = |name: &str| format!("\"{}\"", name.replace('"', "\"\""));
    for (kind, name) in &found.drop {
        tx.execute_batch(&format!("DROP {kind} {};", quoted(name)))?;
    }
    for (kind, name, sql) in &found.remake {
        tx.execute_batch(&format!("DROP {kind} IF EXISTS {}; {sql};", quoted(name)))?;
    }
    tx.execute_batch("REINDEX")?;
    orphans::mend(&tx)?;
    commit(tx)
}

/// Makes the bytes of what was erased go, which a stopped command left. No copy comes before it, as that would have
/// them too. When another command still reads what was there, it stays for the next one.
///
/// # Errors
/// When the file cannot be written, as when the disk has no room for it twice.
pub fn finish_erasing(path: &Path) -> Result<()> {
    let finished = || -> Result<bool> {
        let mut db = connect(path)?;
        wait_for_others(&mut db)?;
        finish_marked(&db)
    };
    finished().map(drop).map_err(|err| at(path, err))
}

/// Up to when contacts are counted when that is not known: nothing was recorded after it.
fn last_entry(db: &Connection) -> Result<Moment> {
    Ok(Moment(db.query_row("SELECT coalesce(max(at), 0) FROM entries", [], |row| row.get(0))?))
}

impl Ledger {
    /// Adds the log up anew, whatever is kept. `tell` hears how many touchpoints are done.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn add_up_anew(&mut self, tell: &mut dyn FnMut(u64)) -> Result<()> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let now = match counted_to(&tx)? {
            Some(now) if is_possible(Some(now)) => now,
            _ => last_entry(&tx)?,
        };
        // The sums are counted up to the later of this and what is kept.
        tx.execute("DELETE FROM settings WHERE key = 'counted_to'", [])?;
        tx.execute("DELETE FROM settings WHERE key = 'fingerprint'", [])?;
        // What is counted in a stage without a name, or before its day, is placed anew as well.
        tx.execute(
            "UPDATE touchpoints SET stage = NULL WHERE stage IS NOT NULL AND (at > ?1 OR stage NOT IN (SELECT id FROM stages))",
            [now.0],
        )?;
        ensure_fresh(&tx, &self.courses, self.default_course, &self.dictionary, &self.fingerprint, now, tell)?;
        Keeper::new(&tx, &self.courses, self.default_course, &self.dictionary, now)?.finish(&self.dictionary)?;
        commit(tx)
    }
}
