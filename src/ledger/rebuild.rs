//! Makes every placement and sum anew from the log, when what they depend on has changed.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::codec::put_sums;
use super::dictionary::Dictionary;
use super::fold::{Basis, FoldTaker, Folded, Room, fold_all};
use super::keeper::{StandingWriter, came_late, counted_to, set_came_late, set_counted_to};
use super::open::Ledger;
use crate::domain::accumulators::Sums;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{CustomerId, TouchpointId};

/// How much of the file SQLite holds while the whole log is read, in KiB.
const READING: i64 = 4_000;

/// Stages that touchpoints name and no journey has any more, with how many of each.
pub type Gone = BTreeMap<String, u64>;

impl Ledger {
    /// Whether the kept sums stand for today's journeys and settings.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_fresh(&self) -> Result<bool> {
        is_fresh(&self.db, &self.fingerprint)
    }

    /// Brings the kept sums up to date: made anew when what they depend on changed, and with planned
    /// touchpoints counted up to `until`. A look at another moment gives no `until`, so that it changes
    /// nothing for later. `tell` hears how many touchpoints are done. Gives the stages that touchpoints
    /// name in vain, when everything was placed anew.
    ///
    /// # Errors
    /// When the file cannot be read or written.
    pub fn refresh(&mut self, until: Option<Moment>, tell: &mut dyn FnMut(u64)) -> Result<Gone> {
        let now = match until {
            Some(until) => until,
            None => counted_to(&self.db)?.unwrap_or_default(),
        };
        if self.is_fresh()? && !self.has_due(now)? {
            return Ok(Gone::new());
        }
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let gone = ensure_fresh(&tx, &self.courses, self.default_course, &self.dictionary, &self.fingerprint, now, tell)?;
        super::keeper::Keeper::new(&tx, &self.courses, self.default_course, &self.dictionary, now)?.finish(&self.dictionary)?;
        tx.commit()?;
        Ok(gone)
    }

    /// Holds what is read from here on to one moment of the file, whatever others write meanwhile.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn snapshot(&self) -> Result<()> {
        Ok(self.db.execute_batch("BEGIN")?)
    }

    fn has_due(&self, now: Moment) -> Result<bool> {
        let mut select = self.db.prepare_cached("SELECT EXISTS (SELECT 1 FROM touchpoints WHERE stage IS NULL AND at <= ?1)")?;
        Ok(select.query_row([now.0], |row| row.get(0))?)
    }
}

pub fn is_fresh(db: &Connection, fingerprint: &str) -> Result<bool> {
    let kept: Option<String> = db.query_row("SELECT value FROM settings WHERE key = 'fingerprint'", [], |row| row.get(0)).optional()?;
    Ok(kept.as_deref() == Some(fingerprint))
}

/// Rebuilds inside a transaction unless the sums stand for this fingerprint already.
pub fn ensure_fresh(
    db: &Connection,
    courses: &[Course],
    default_course: usize,
    dictionary: &Dictionary,
    fingerprint: &str,
    now: Moment,
    tell: &mut dyn FnMut(u64),
) -> Result<Gone> {
    if is_fresh(db, fingerprint)? {
        return Ok(Gone::new());
    }
    let horizon = counted_to(db)?.map_or(now, |before| before.max(now));
    let gone = rebuild(Room::WIDE, db, Basis { courses, default_course, dictionary, horizon }, came_late(db)?, tell)?;
    db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES ('fingerprint', ?1)", [fingerprint])?;
    Ok(gone)
}

/// Makes every placement and sum anew; `late` says whether touchpoints that came late are expected.
pub fn rebuild(room: Room, db: &Connection, basis: Basis<'_>, late: bool, tell: &mut dyn FnMut(u64)) -> Result<Gone> {
    db.execute_batch("DELETE FROM standings; DELETE FROM days;")?;
    // What is read once from front to end gains nothing by being held; memory is for the standings.
    let held: i64 = db.pragma_query_value(None, "cache_size", |row| row.get(0))?;
    db.pragma_update(None, "cache_size", -READING)?;
    let Folded { gone, late } = fold_all(room, db, basis, late, tell, &mut Rewriter::new(db, basis.dictionary)?)?;
    db.pragma_update(None, "cache_size", held)?;
    set_came_late(db, late)?;
    set_counted_to(db, basis.horizon)?;
    Ok(gone)
}

/// Writes what a fold of the whole log finds, into tables that were emptied.
struct Rewriter<'t> {
    dictionary: &'t Dictionary,
    standings: StandingWriter<'t>,
    update: rusqlite::Statement<'t>,
    days: rusqlite::Statement<'t>,
}

impl<'t> Rewriter<'t> {
    fn new(db: &'t Connection, dictionary: &'t Dictionary) -> Result<Self> {
        Ok(Self {
            dictionary,
            standings: StandingWriter::new(db)?,
            update: db.prepare("UPDATE touchpoints SET stage = ?2 WHERE id = ?1")?,
            days: db.prepare("INSERT INTO days (stage, day, count, sums) VALUES (?1, ?2, ?3, ?4)")?,
        })
    }
}

impl FoldTaker for Rewriter<'_> {
    fn moved(&mut self, id: TouchpointId, number: u32) -> Result<()> {
        self.update.execute(params![id.0, number])?;
        Ok(())
    }

    fn standing(&mut self, customer: CustomerId, course: usize, standing: &Standing) -> Result<()> {
        self.standings.write_first(customer, standing, |stage| self.dictionary.of(course, stage))
    }

    fn day(&mut self, stage: u32, day: i64, count: i64, sums: Sums) -> Result<()> {
        let mut bytes = Vec::with_capacity(80);
        put_sums(&mut bytes, &sums);
        self.days.execute(params![stage, day, count, bytes])?;
        Ok(())
    }
}
