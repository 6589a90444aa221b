//! Makes every placement and sum anew from the log, when what they depend on has changed.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result};
use rusqlite::{Connection, OptionalExtension as _, TransactionBehavior, params};

use super::days::DayChanges;
use super::dictionary::Dictionary;
use super::forget::count_in;
use super::keeper::{PlacingRow, StandingWriter, counted_to, placing_columns, placing_row, set_counted_to};
use super::open::Ledger;
use crate::domain::accumulators::terms;
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{CustomerId, TouchpointId};

/// How often progress is told, in touchpoints.
const TELL_EVERY: u64 = 10_000;

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
    db.execute_batch("DELETE FROM standings; DELETE FROM days;")?;
    let gone = rebuild(db, courses, default_course, dictionary, horizon, tell)?;
    set_counted_to(db, horizon)?;
    db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES ('fingerprint', ?1)", [fingerprint])?;
    Ok(gone)
}

fn rebuild(
    db: &Connection,
    courses: &[Course],
    default_course: usize,
    dictionary: &Dictionary,
    horizon: Moment,
    tell: &mut dyn FnMut(u64),
) -> Result<Gone> {
    let mut journeys = db.prepare("SELECT id, journey FROM customers WHERE journey IS NOT NULL")?;
    let others = journeys.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<Vec<(i64, String)>>>()?;
    let others: std::collections::HashMap<i64, usize> =
        others.into_iter().filter_map(|(id, name)| Some((id, courses.iter().position(|course| course.journey.id == name)?))).collect();
    let columns = placing_columns(courses.iter().any(Course::reads_traits));
    let mut select = db.prepare(&format!("SELECT {columns} FROM touchpoints WHERE at <= ?1 ORDER BY customer, at, id"))?;
    let mut rows = select.query([horizon.0])?;
    let mut maker = Maker {
        dictionary,
        writer: StandingWriter::new(db)?,
        update: db.prepare("UPDATE touchpoints SET stage = ?2 WHERE id = ?1")?,
        days: DayChanges::default(),
        standing: Standing::default(),
        moved: Vec::new(),
        gone: Gone::new(),
    };
    let (mut customer, mut at, mut done) = (CustomerId(0), 0, 0_u64);
    while let Some(row) = rows.next()? {
        let id = CustomerId(row.get(0)?);
        if id != customer {
            maker.put(customer, at)?;
            (customer, at) = (id, others.get(&id.0).copied().unwrap_or(default_course));
            maker.standing = Standing::new(courses[at].journey.stages.len());
        }
        maker.fold(placing_row(row, &courses[at], dictionary)?, &courses[at], at)?;
        done += 1;
        if done.is_multiple_of(TELL_EVERY) {
            tell(done);
        }
    }
    maker.put(customer, at)?;
    count_in(db, &courses[default_course].model, &mut maker.days)?;
    maker.days.flush(db)?;
    Ok(maker.gone)
}

struct Maker<'t> {
    dictionary: &'t Dictionary,
    writer: StandingWriter<'t>,
    update: rusqlite::Statement<'t>,
    days: DayChanges,
    standing: Standing,
    moved: Vec<(TouchpointId, u32)>,
    gone: Gone,
}

impl Maker<'_> {
    fn fold(&mut self, row: PlacingRow, course: &Course, at: usize) -> Result<()> {
        let stage = self.standing.append(row.id, &row.facts, row.claim, course);
        let number = self.dictionary.of(at, stage).context("a stage has no number")?;
        self.days.add(number, row.facts.at.day(), terms(&row.facts, &course.model));
        if let Some(gone) = row.gone.and_then(|gone| self.dictionary.stage(gone)) {
            *self.gone.entry(gone.to_owned()).or_insert(0) += 1;
        }
        if row.counted != Some(number) {
            self.moved.push((row.id, number));
        }
        Ok(())
    }

    fn put(&mut self, customer: CustomerId, at: usize) -> Result<()> {
        for (id, number) in self.moved.drain(..) {
            self.update.execute(params![id.0, number])?;
        }
        if self.standing.overall.is_some() {
            self.writer.write(customer, &self.standing, |stage| self.dictionary.of(at, stage))?;
        }
        Ok(())
    }
}
