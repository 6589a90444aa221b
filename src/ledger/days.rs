//! Plain sums per stage and day: how much contact of what sort there was in a period.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, params};
use rustc_hash::FxHashMap;

use super::codec::{put_sums, take_sums};
use super::open::Ledger;
use crate::domain::accumulators::{Sums, terms};
use crate::domain::calendar::{DAY_MS, Moment};

/// Changes to the day sums, gathered before they are written.
#[derive(Debug, Default)]
pub struct DayChanges(FxHashMap<(u32, i64), (i64, Sums)>);

impl DayChanges {
    /// Counts a touchpoint in.
    pub fn add(&mut self, stage: u32, day: i64, terms: Sums) {
        self.change(stage, day, terms, 1);
    }

    /// Counts so many touchpoints of one sort in.
    pub fn add_many(&mut self, stage: u32, day: i64, terms: Sums, times: i64) {
        let (count, sums) = self.0.entry((stage, day)).or_default();
        *count += times;
        *sums = sums.plus(terms, times as f64);
    }

    /// Takes a touchpoint out.
    pub fn subtract(&mut self, stage: u32, day: i64, terms: Sums) {
        self.change(stage, day, terms, -1);
    }

    fn change(&mut self, stage: u32, day: i64, terms: Sums, sign: i64) {
        let (count, sums) = self.0.entry((stage, day)).or_default();
        *count += sign;
        *sums = sums.plus(terms, sign as f64);
    }

    /// Hands out each change: stage number, day, touchpoints more or less, and their plain sums.
    pub fn each(self, mut taker: impl FnMut(u32, i64, i64, Sums) -> Result<()>) -> Result<()> {
        self.0.into_iter().try_for_each(|((stage, day), (count, sums))| taker(stage, day, count, sums))
    }

    /// Writes the changes. A day without touchpoints loses its row, and with it any rounding.
    pub fn flush(self, db: &Connection) -> Result<()> {
        let mut select = db.prepare("SELECT count, sums FROM days WHERE stage = ?1 AND day = ?2")?;
        let mut delete = db.prepare("DELETE FROM days WHERE stage = ?1 AND day = ?2")?;
        let mut upsert = db.prepare("INSERT OR REPLACE INTO days (stage, day, count, sums) VALUES (?1, ?2, ?3, ?4)")?;
        for ((stage, day), (change, sums)) in self.0 {
            let old: Option<(i64, Vec<u8>)> = select.query_row(params![stage, day], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
            let (count, before) =
                old.map_or(Ok((0, Sums::default())), |(count, bytes)| Ok::<_, anyhow::Error>((count, take_sums(&bytes)?)))?;
            if count + change <= 0 {
                delete.execute(params![stage, day])?;
            } else {
                let mut bytes = Vec::with_capacity(80);
                put_sums(&mut bytes, &before.plus(sums, 1.0));
                upsert.execute(params![stage, day, count + change, bytes])?;
            }
        }
        Ok(())
    }
}

impl Ledger {
    /// The number of touchpoints and their plain sums for each stage of a journey, over the days
    /// `from..to` (UTC day numbers).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn day_sums(&self, course: usize, from: i64, to: i64) -> Result<Vec<(u64, Sums)>> {
        let mut select = self.db.prepare_cached("SELECT count, sums FROM days WHERE stage = ?1 AND day >= ?2 AND day < ?3")?;
        let stages = self.courses[course].journey.stages.len();
        (0..stages)
            .map(|stage| {
                let mut rows = select.query(params![self.dictionary.of(course, stage), from, to])?;
                let mut total = (0, Sums::default());
                while let Some(row) = rows.next()? {
                    total.0 += u64::try_from(row.get::<_, i64>(0)?)?;
                    total.1 = total.1.plus(take_sums(row.get_ref(1)?.as_blob()?)?, 1.0);
                }
                Ok(total)
            })
            .collect::<Result<Vec<_>>>()
            .and_then(|totals| self.with_planned(course, from, to, totals))
    }

    /// Adds the planned touchpoints of these days that are not counted yet.
    fn with_planned(&self, course: usize, from: i64, to: i64, mut totals: Vec<(u64, Sums)>) -> Result<Vec<(u64, Sums)>> {
        let end = Moment(to.saturating_mul(DAY_MS) - 1);
        for customer in self.due(end)? {
            if self.course_of(self.customer(customer)?.and_then(|customer| customer.journey).as_deref()) != course {
                continue;
            }
            self.folded(customer, course, end, |row, stage| {
                if row.counted.is_none() && row.facts.at.day() >= from {
                    totals[stage].0 += 1;
                    totals[stage].1 = totals[stage].1.plus(terms(&row.facts, &self.courses[course].model), 1.0);
                }
            })?;
        }
        Ok(totals)
    }
}
