//! Makes one customer's standing anew from the log.

use anyhow::{Context as _, Result};
use rusqlite::{Connection, Row, params};

use super::days::DayChanges;
use super::dictionary::Dictionary;
use super::touchpoints::{FACTS, facts, split_tags};
use crate::domain::accumulators::terms;
use crate::domain::calendar::Moment;
use crate::domain::course::{Course, Traits};
use crate::domain::standing::Standing;
use crate::domain::touchpoint::{CustomerId, Facts, TouchpointId};

/// A row as placing needs it.
#[derive(Debug)]
pub struct PlacingRow {
    /// The row number.
    pub id: TouchpointId,
    /// The facts.
    pub facts: Facts,
    /// The stage its words, its rules or nobody claims it for.
    pub claim: Option<usize>,
    /// The stage number it is counted under today.
    pub counted: Option<u32>,
}

/// The columns [`placing_row`] reads, after the customer.
pub fn placing_columns(course_reads_traits: bool) -> String {
    let traits = if course_reads_traits { "source, tags, note" } else { "NULL, NULL, NULL" };
    format!("customer, id, said, stage, {traits}, {FACTS}")
}

/// Reads a row for placing it on a course.
pub fn placing_row(row: &Row<'_>, course: &Course, dictionary: &Dictionary) -> Result<PlacingRow> {
    let facts = facts(row, 7)?;
    let number = row.get::<_, Option<u32>>(2)?;
    let said = number.and_then(|number| dictionary.stage(number)).and_then(|stage| course.journey.position(stage));
    let claim = match said {
        Some(stage) => Some(stage),
        None => {
            let tags = split_tags(row.get::<_, Option<String>>(5)?.as_deref());
            let (source, note): (Option<String>, Option<String>) = (row.get(4)?, row.get(6)?);
            let traits = Traits { tags: &tags, source: source.as_deref().unwrap_or_default(), note: note.as_deref().unwrap_or_default() };
            course.claim(&facts, traits)
        }
    };
    Ok(PlacingRow { id: TouchpointId(row.get(1)?), facts, claim, counted: row.get(3)? })
}

/// Makes standings anew from the log.
pub struct Replayer<'t> {
    select: rusqlite::Statement<'t>,
    update: rusqlite::Statement<'t>,
    dictionary: &'t Dictionary,
    /// Whether a touchpoint came later than one that happened after it.
    pub late: bool,
}

impl<'t> Replayer<'t> {
    /// Prepares the statements.
    pub fn new(db: &'t Connection, dictionary: &'t Dictionary) -> Result<Self> {
        let columns = placing_columns(true);
        let select = db.prepare(&format!("SELECT {columns} FROM touchpoints WHERE customer = ?1 AND at <= ?2 ORDER BY at, id"))?;
        Ok(Self { select, update: db.prepare("UPDATE touchpoints SET stage = ?2 WHERE id = ?1")?, dictionary, late: false })
    }

    /// Reads a customer's touchpoints up to the horizon in order of time, and moves those that lie under another
    /// stage number than they should.
    pub fn replay(&mut self, customer: CustomerId, course: &Course, at: usize, horizon: Moment, days: &mut DayChanges) -> Result<Standing> {
        let mut standing = Standing::new(course.journey.stages.len());
        let mut moved = Vec::new();
        let mut rows = self.select.query(params![customer.0, horizon.0])?;
        while let Some(row) = rows.next()? {
            let row = placing_row(row, course, self.dictionary)?;
            self.late |= standing.latest.is_some_and(|(_, before)| row.id < before);
            let stage = standing.append(row.id, &row.facts, row.claim, course);
            let number = self.dictionary.of(at, stage).context("a stage has no number")?;
            if row.counted != Some(number) {
                let terms = terms(&row.facts, &course.model);
                if let Some(before) = row.counted {
                    days.subtract(before, row.facts.at.day(), terms);
                }
                days.add(number, row.facts.at.day(), terms);
                moved.push((row.id, number));
            }
        }
        drop(rows);
        for (id, number) in moved {
            self.update.execute(params![id.0, number])?;
        }
        Ok(standing)
    }
}
