//! Adding very much at once: the large indexes of the log are put off until the end.
//!
//! Finding its place in an index for every row goes all over the file; sorting the index once is a fraction of
//! that. Meanwhile a set of keys tells which records are known. All of it happens inside the transaction of
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
const SORTING: i64 = 12_000;

/// From so many new rows on it may pay to put the indexes off …
const MANY: i64 = 100_000;
/// … when the log has no more than so many times as many already, whose indexes are sorted again too.
const TIMES: i64 = 8;

/// The indexes that were put off, and what is known instead.
#[derive(Debug)]
pub struct PutOff {
    known: Known,
}

/// Whether to put the indexes off, after so many rows were added to a log of so many.
pub fn pays(added: i64, before: i64) -> bool {
    added >= MANY && added.saturating_mul(TIMES) >= before
}

impl PutOff {
    /// Puts the indexes off.
    pub fn begin(db: &Connection) -> Result<Self> {
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
        Ok(Self { known })
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
