//! What was in a source when it was read last.

use anyhow::Result;
use rusqlite::{OptionalExtension as _, params};

use super::batch::Batch;
use super::open::Ledger;
use crate::domain::calendar::Moment;

/// How a source was when it was read last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceState {
    /// A hash of the settings it was read with.
    pub settings: String,
    /// Its files: sizes, times of change.
    pub stamp: String,
    /// The customers there were, as [`Ledger::people_version`] gives them.
    pub people: i64,
    /// When it has something new although it did not change, such as an appointment of next week.
    pub next: Option<Moment>,
    /// When it was read.
    pub read: Moment,
    /// Where its files ended, as whoever reads them writes it down.
    pub ends: String,
}

impl Ledger {
    /// How a source was when it was read last; `None` when it never was, or something was taken back
    /// since.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn source(&self, id: &str) -> Result<Option<SourceState>> {
        let mut select = self.db.prepare_cached("SELECT settings, stamp, people, next, read, ends FROM sources WHERE id = ?1")?;
        let found = select.query_row([id], |row| {
            Ok(SourceState {
                settings: row.get(0)?,
                stamp: row.get(1)?,
                people: row.get(2)?,
                next: row.get::<_, Option<i64>>(3)?.map(Moment),
                read: Moment(row.get(4)?),
                ends: row.get(5)?,
            })
        });
        Ok(found.optional()?)
    }

    /// A number that grows whenever a customer or a key of one is added, changed or removed.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people_version(&self) -> Result<i64> {
        people_version(&self.db)
    }

    /// Remembers how a source was when it was read.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_source(&self, id: &str, state: &SourceState) -> Result<()> {
        keep(&self.db, id, state)
    }
}

impl Batch<'_> {
    /// As [`Ledger::people_version`], with what this batch did.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people_version(&self) -> Result<i64> {
        people_version(self.db())
    }

    /// Remembers how a source was when it was read, with what it brought.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_source(&self, id: &str, state: &SourceState) -> Result<()> {
        keep(self.db(), id, state)
    }
}

fn people_version(db: &rusqlite::Connection) -> Result<i64> {
    // From the newest change backwards, which meets such a row soon; the + keeps SQLite from going through
    // all of them by an index of another order.
    let sql = "SELECT coalesce((SELECT seq FROM changes WHERE +tbl IN ('customers', 'customer_keys') ORDER BY seq DESC LIMIT 1), 0)";
    Ok(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?)
}

fn keep(db: &rusqlite::Connection, id: &str, state: &SourceState) -> Result<()> {
    db.execute(
        "INSERT OR REPLACE INTO sources (id, settings, stamp, people, next, read, ends) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![id, state.settings, state.stamp, state.people, state.next.map(|next| next.0), state.read.0, state.ends],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::course::Course;
    use crate::domain::customer::Customer;
    use crate::domain::journey::{Journey, Stage};
    use crate::domain::model::Model;

    #[test]
    fn the_version_of_the_people_grows_with_them_and_with_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let stages = vec![Stage { id: "s".into(), ..Stage::default() }];
        let course = Course::new(Journey { id: "j".into(), title: "J".into(), stages }, &Model::default());
        let (mut ledger, _) = Ledger::open(&folder.path().join("attent.db"), vec![course], 0).unwrap();
        assert_eq!(ledger.people_version().unwrap(), 0);
        let id = ledger.add_customer(Moment(1), &Customer::named("Anna")).unwrap();
        let added = ledger.people_version().unwrap();
        ledger.batch(Moment(2), "import", |batch| Ok((batch.keep_card([1; 16], id, [2; 16])?, String::new()))).unwrap();
        assert_eq!(ledger.people_version().unwrap(), added);
        ledger.batch(Moment(3), "import", |batch| Ok((batch.learn(id, "anna@x.nl")?, String::new()))).unwrap();
        assert!(added > 0 && ledger.people_version().unwrap() > added);
    }
}
