//! Adding very much at once: the large indexes of the log are put off until the end.
//!
//! Finding its place in an index for every row goes all over the file; sorting the index once is a fraction of
//! that. Meanwhile a set of keys tells which records are known, and the sums wait too (see the keeper). All of it happens inside the transaction of
//! the batch, so that nobody ever sees a log without its indexes.

use anyhow::Result;
use rusqlite::Connection;

use super::known::{Known, Whole};
use super::spill::folder_of;
use crate::domain::touchpoint::CustomerId;

const PUT_OFF: &str = "DROP INDEX touchpoints_by_customer; DROP INDEX touchpoints_by_key; DROP INDEX touchpoints_amounts;";
const MAKE_UP: &str = "CREATE INDEX touchpoints_by_customer ON touchpoints (customer, at);
    CREATE UNIQUE INDEX touchpoints_by_key ON touchpoints (key, customer) WHERE key IS NOT NULL;
    CREATE INDEX touchpoints_amounts ON touchpoints (customer, at, channel, direction, kind, amount, tags) WHERE amount IS NOT NULL;";

/// How much of the file SQLite holds while rows are only added at its end, in KiB.
const ADDING: i64 = 2_000;
/// The same from when the indexes are made on, which is also how much of one is sorted at a time.
const SORTING: i64 = 4_000;

/// From so many new rows on it may pay to put the indexes off …
const MANY: i64 = 100_000;
/// … when the log has no more than so many times as many already, whose indexes are sorted again too.
const TIMES: i64 = 8;

/// The indexes that were put off, and what is known instead.
#[derive(Debug)]
pub struct PutOff<'t> {
    known: Known,
    unchecked: Unchecked<'t>,
}

/// While it lives, SQLite does not check the values of every row that is added. What is read in was checked where it
/// was read, and its words are of types that have no others; the list of words of one check alone is a third of what
/// adding a customer costs.
#[derive(Debug)]
struct Unchecked<'t>(&'t Connection);

impl<'t> Unchecked<'t> {
    fn begin(db: &'t Connection) -> Result<Self> {
        db.pragma_update(None, "ignore_check_constraints", true)?;
        Ok(Self(db))
    }
}

impl Drop for Unchecked<'_> {
    fn drop(&mut self) {
        // Were it to fail, nothing wrong would be stored either.
        let _ = self.0.pragma_update(None, "ignore_check_constraints", false);
    }
}

/// Whether to put the indexes off, after so many rows were added to a log of so many.
pub fn pays(added: i64, before: i64) -> bool {
    added >= MANY && added.saturating_mul(TIMES) >= before
}

impl<'t> PutOff<'t> {
    /// Puts the indexes off.
    pub fn begin(db: &'t Connection) -> Result<Self> {
        let mut known = Known::new(folder_of(db));
        let mut select = db.prepare("SELECT key, customer, id FROM touchpoints WHERE key IS NOT NULL ORDER BY key, customer")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            known.insert(whole(row.get(0)?, CustomerId(row.get(1)?)), row.get(2)?)?;
        }
        drop(rows);
        drop(select);
        db.pragma_update(None, "cache_size", -ADDING)?;
        db.execute_batch(PUT_OFF)?;
        Ok(Self { known, unchecked: Unchecked::begin(db)? })
    }

    /// The touchpoint that a customer's record of this key is.
    pub fn known(&mut self, key: [u8; 16], customer: CustomerId) -> Result<Option<i64>> {
        self.known.get(whole(key, customer))
    }

    /// Notes a record that was added.
    pub fn add(&mut self, key: [u8; 16], customer: CustomerId, id: i64) -> Result<()> {
        self.known.insert(whole(key, customer), id)
    }

    /// Makes the indexes; from here on they tell which records are known.
    pub fn end(self, db: &Connection) -> Result<()> {
        drop(self.known);
        drop(self.unchecked);
        db.pragma_update(None, "cache_size", -SORTING)?;
        Ok(db.execute_batch(MAKE_UP)?)
    }
}

/// One key for both: keys are hashes, and a customer's number changes theirs like no other's.
fn whole(key: [u8; 16], customer: CustomerId) -> Whole {
    let key =
        u128::from_le_bytes(key) ^ u128::from(customer.0.unsigned_abs()).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835 << 32);
    [(key >> 64) as u64, key as u64]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::calendar::Moment;
    use crate::domain::course::Course;
    use crate::domain::journey::{Journey, Stage};
    use crate::domain::model::Model;
    use crate::domain::touchpoint::{Facts, Touchpoint};
    use crate::domain::words::Channel;
    use crate::ledger::{Batch, Key, Ledger, Outcome};

    fn ledger(folder: &std::path::Path) -> Ledger {
        let stages = vec![Stage { id: "s".into(), ..Stage::default() }];
        let journey = Journey { id: "j".into(), title: "J".into(), stages };
        Ledger::open(&folder.join("attent.db"), vec![Course::new(journey, &Model::default())], 0).unwrap().0
    }

    /// Records of two files, the second of which repeats much of the first; many are told twice or more.
    fn offer(batch: &mut Batch<'_>, file: u64, off_at: Option<u64>) -> Result<Vec<Outcome>> {
        let channel = Channel::Phone;
        let d = channel.defaults();
        batch.next_file();
        let mut outcomes = Vec::new();
        for n in 0..300_u64 {
            if off_at == Some(n) {
                batch.put_indexes_off()?;
            }
            let what = (n * n + 7 * file) % (60 + 30 * file);
            let customer = batch.customer(["Anna", "Bram", "Chloe"][(what % 3) as usize])?;
            let at = Moment(1_000 * what as i64);
            let (direction, sender, personal, kind) = (d.direction, d.sender, d.personal, d.kind);
            let facts = Facts { at, channel, direction, sender, personal, kind, sentiment: None };
            let note = what.to_string();
            let touchpoint = Touchpoint { facts, stage: None, amount: None, minutes: None, note, tags: Vec::new() };
            let key = [what as u8 + 1; 16];
            let key = match what % 5 {
                0 => Key::None,
                1 => Key::Own(key),
                _ => Key::Content(key),
            };
            outcomes.push(batch.record(customer, &touchpoint, "test", key)?);
        }
        Ok(outcomes)
    }

    /// The whole log with its keys, and what was made of it.
    fn all(ledger: &Ledger) -> Vec<String> {
        let mut select = ledger
            .db
            .prepare(
                "SELECT concat_ws(' ', id, customer, at, coalesce(stage, '-'), hex(key)) FROM touchpoints
                 UNION ALL SELECT concat_ws(' ', 'standing', customer, hex(sums)) FROM standings
                 UNION ALL SELECT concat_ws(' ', 'day', stage, day, count) FROM days ORDER BY 1",
            )
            .unwrap();
        select.query_map([], |row| row.get(0)).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    fn indexes(ledger: &Ledger) -> Vec<(String, String)> {
        let mut select =
            ledger.db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name").unwrap();
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<rusqlite::Result<_>>().unwrap()
    }

    #[test]
    fn what_is_stored_does_not_depend_on_when_the_indexes_are_made() {
        let mut wanted = None;
        // None: never. The log has rows already when the second batch begins.
        for off_at in [None, Some(0), Some(1), Some(150), Some(299)] {
            let folder = tempfile::tempdir().unwrap();
            let mut ledger = ledger(folder.path());
            let before = indexes(&ledger);
            let mut outcomes = Vec::new();
            for (files, off_at) in [([0, 1], None), ([1, 2], off_at), ([2, 0], off_at)] {
                ledger
                    .batch(Moment(50_000), "log", |batch| {
                        outcomes.extend(offer(batch, files[0], off_at)?);
                        outcomes.extend(offer(batch, files[1], None)?);
                        Ok(((), String::new()))
                    })
                    .unwrap();
            }
            assert!(indexes(&ledger) == before, "the indexes are there again");
            let added = outcomes.iter().filter(|outcome| matches!(outcome, Outcome::Added(_))).count();
            assert!(added > 600 && added < 1_500, "{added}");
            let got = (outcomes, all(&ledger));
            assert_eq!(*wanted.get_or_insert_with(|| got.clone()), got, "put off at {off_at:?}");
        }
    }

    #[test]
    fn a_batch_that_comes_to_nothing_leaves_the_indexes() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = ledger(folder.path());
        let before = indexes(&ledger);
        for verb in ["import", "log"] {
            let work = |batch: &mut Batch<'_>| {
                offer(batch, 0, (verb == "log").then_some(10))?;
                batch.discard();
                Ok(((), String::new()))
            };
            ledger.batch(Moment(50_000), verb, work).unwrap();
            assert!(indexes(&ledger) == before && all(&ledger).is_empty());
            assert!(ledger.batch(Moment(50_000), verb, |_| anyhow::bail!("half way") as Result<((), String)>).is_err());
            let unchecked: bool = ledger.db.pragma_query_value(None, "ignore_check_constraints", |row| row.get(0)).unwrap();
            assert!(!unchecked, "values are checked again");
        }
    }

    #[test]
    fn putting_off_pays_for_much_in_a_log_that_is_not_far_larger() {
        let cases =
            [(99_999, 0, false), (100_000, 0, true), (100_000, 800_000, true), (100_000, 900_000, false), (1_250_000, 10_000_000, true)];
        for (added, before, does) in cases {
            assert_eq!(pays(added, before), does, "{added} to {before}");
        }
    }
}
