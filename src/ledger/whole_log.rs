//! Reading the whole log, a load of rows at a time, as they lie on disk.

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::functions::Context;

use super::stretches::{Rows, Stretches};
use super::touchpoints::{WORDS, facts_of};
use crate::domain::calendar::Moment;
use crate::domain::course::Course;
use crate::domain::touchpoint::{CustomerId, Facts, TouchpointId};

/// So many rows are read at once, or fewer where numbers are missing.
const STRETCH: i64 = 1024;

/// Rows on their way from reading to folding, and back with what became of them.
#[derive(Debug, Default)]
pub struct Load {
    /// In the order of their numbers.
    pub rows: Vec<ReadRow>,
    /// The sources, tags and notes of the rows, one behind the other.
    pub texts: String,
    /// Rows that belong under another stage number than the one they are kept under.
    pub moved: Vec<(TouchpointId, u32)>,
}

/// A touchpoint that is not planned.
#[derive(Debug)]
pub struct ReadRow {
    /// Whose it is.
    pub customer: CustomerId,
    /// Its number.
    pub id: TouchpointId,
    /// What is scored of it.
    pub facts: Facts,
    /// The number of the stage it names.
    pub said: Option<u32>,
    /// The number of the stage it is kept under.
    pub counted: Option<u32>,
    /// Where in the texts the source, the tags and the note end.
    pub ends: [usize; 3],
}

impl Load {
    /// Makes room for other rows.
    pub fn clear(&mut self) {
        self.rows.clear();
        self.texts.clear();
        self.moved.clear();
    }
}

/// Whether the rules of any journey read sources, tags and notes; what nobody reads is not fetched.
type Reads = [bool; 3];
const TRAITS: [&str; 3] = ["source", "tags", "note"];
/// Where they begin among the columns.
const TEXTS: usize = 7;

/// The log from its first touchpoint to its last.
pub struct WholeLog<'d>(Stretches<'d, Load>);

impl<'d> WholeLog<'d> {
    /// Begins at the first touchpoint; those after the horizon are planned and left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn open(db: &'d Connection, courses: &[Course], horizon: Moment) -> Result<Self> {
        let any = |reads: fn(&Course) -> bool| courses.iter().any(reads);
        let reads: Reads = [any(Course::reads_sources), any(Course::reads_tags), any(Course::reads_notes)];
        let texts: String = TRAITS.into_iter().zip(reads).filter(|(_, is_read)| *is_read).map(|(text, _)| format!(", {text}")).collect();
        let columns = format!("customer, id, said, stage, at, {WORDS}, sentiment{texts}");
        let rows = Rows { function: "attent_touchpoint", table: "main.touchpoints", key: "id", columns: &columns, stretch: STRETCH };
        Ok(Self(Stretches::open(db, rows, move |load: &mut Load, row| load.take(row, reads, horizon))?))
    }

    /// Puts the next rows into an empty load; at the end there are none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn fill(&mut self, load: &mut Load) -> Result<()> {
        while load.rows.is_empty() && self.0.next(load)? {}
        Ok(())
    }
}

impl Load {
    /// Takes in a row, unless it is planned.
    fn take(&mut self, row: &Context<'_>, reads: Reads, horizon: Moment) -> Result<()> {
        let at = Moment(row.get(4)?);
        if at > horizon {
            return Ok(());
        }
        let words: i64 = row.get(5)?;
        let facts = facts_of(at, words as u64, row.get(6)?)?;
        let mut ends = [0; 3];
        let mut column = TEXTS;
        for (is_read, end) in reads.into_iter().zip(&mut ends) {
            if is_read {
                self.texts.push_str(row.get_raw(column).as_str_or_null()?.unwrap_or_default());
                column += 1;
            }
            *end = self.texts.len();
        }
        let (customer, id) = (CustomerId(row.get(0)?), TouchpointId(row.get(1)?));
        self.rows.push(ReadRow { customer, id, facts, said: row.get(2)?, counted: row.get(3)?, ends });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A log of nothing but touchpoints with these numbers, each at the moment of its number.
    fn log(ids: &[i64]) -> Connection {
        let db = Connection::open_in_memory().unwrap();
        db.execute_batch(
            "CREATE TABLE touchpoints (id INTEGER PRIMARY KEY, customer, at, channel, direction, sender, personal, kind, sentiment, said, stage,
             source, tags, note)",
        )
        .unwrap();
        for id in ids {
            db.execute("INSERT INTO touchpoints VALUES (?1, 7, ?1, 1, 1, 0, 0, 0, 0.5, NULL, 3, 'csv', NULL, 'note')", [id]).unwrap();
        }
        db
    }

    fn read(db: &Connection, horizon: i64) -> Result<Vec<i64>> {
        let mut log = WholeLog::open(db, &[], Moment(horizon))?;
        let (mut load, mut ids) = (Load::default(), Vec::new());
        loop {
            load.clear();
            log.fill(&mut load)?;
            if load.rows.is_empty() {
                return Ok(ids);
            }
            assert!(load.rows.iter().all(|row| (row.customer.0, row.said, row.counted) == (7, None, Some(3))));
            ids.extend(load.rows.iter().map(|row| row.id.0));
        }
    }

    #[test]
    fn every_touchpoint_comes_once_in_order_however_its_number_is() {
        let dense: Vec<i64> = (1..=5 * STRETCH + 1).collect();
        for ids in [&[][..], &[1], &[-5, 0, 1, STRETCH, STRETCH + 1, 5_000_000_000, i64::MAX], &[i64::MIN, i64::MAX - 1], &dense] {
            assert_eq!(read(&log(ids), i64::MAX).unwrap(), ids);
        }
    }

    #[test]
    fn planned_ones_are_left_out_also_when_they_are_all_there_is_for_a_while() {
        let ids: Vec<i64> = (1..=5 * STRETCH).collect();
        let db = log(&ids);
        db.execute("UPDATE touchpoints SET at = 1000000 WHERE id BETWEEN 100 AND 3500", []).unwrap();
        let wanted: Vec<i64> = ids.into_iter().filter(|id| !(100..=3500).contains(id)).collect();
        assert_eq!(read(&db, 999_999).unwrap(), wanted);
    }

    #[test]
    fn a_row_that_cannot_be_read_is_told_for_what_it_is() {
        for (damage, told) in [("channel = 99", "a word this program does not know"), ("customer = 'x'", "Invalid function parameter type")]
        {
            let db = log(&[1, 2, 3]);
            db.execute(&format!("UPDATE touchpoints SET {damage} WHERE id = 2"), []).unwrap();
            let err = read(&db, i64::MAX).unwrap_err();
            assert!(err.to_string().contains(told), "{err}");
            db.execute("DELETE FROM touchpoints WHERE id = 2", []).unwrap();
            assert_eq!(read(&db, i64::MAX).unwrap(), [1, 3]);
        }
    }
}
