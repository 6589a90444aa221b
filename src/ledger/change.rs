//! One transaction that changes what stands in the log, under one entry of the journal.

use anyhow::Result;
use rusqlite::{Connection, TransactionBehavior, params};

use super::dictionary::Dictionary;
use super::keeper::Keeper;
use super::open::Ledger;
use super::touchpoints::{FACTS, facts};
use super::{entries, outcome, rebuild};
use crate::domain::calendar::Moment;
use crate::domain::touchpoint::CustomerId;

/// The columns of a touchpoint, as `touchpoints` and `former_touchpoints` have them.
pub const ROW: &str = "id, customer, at, channel, direction, sender, personal, kind, sentiment, said, stage, amount, minutes, note, tags, \
     source, entry, key";

/// An open transaction with the bookkeeping that goes with it.
pub struct Change<'t> {
    /// The transaction.
    pub db: &'t Connection,
    /// The number of the entry everything happens under.
    pub entry: i64,
    pub(super) keeper: Keeper<'t>,
    pub(super) dictionary: &'t Dictionary,
}

impl Ledger {
    /// Runs `work` in one transaction under one entry. All of it is stored, with the summary it gives;
    /// or nothing, when it fails or gives `None`.
    pub(super) fn change<T>(
        &mut self,
        now: Moment,
        verb: &str,
        work: impl FnOnce(&mut Change<'_>) -> Result<Option<(T, String)>>,
    ) -> Result<Option<T>> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        rebuild::ensure_fresh(&tx, &self.courses, self.default_course, &self.dictionary, &self.fingerprint, now, &mut |_| ())?;
        let entry = entries::open(&tx, now, verb)?;
        let keeper = Keeper::new(&tx, &self.courses, self.default_course, &self.dictionary, now)?;
        let mut change = Change { db: &tx, entry, keeper, dictionary: &self.dictionary };
        let Some((answer, summary)) = work(&mut change)? else { return Ok(None) };
        change.keeper.finish(&self.dictionary)?;
        entries::close(&tx, entry, &summary, 0..0)?;
        outcome::commit(tx)?;
        Ok(Some(answer))
    }
}

impl Change<'_> {
    /// Places and sums a customer's touchpoints anew when the transaction ends.
    pub fn replay(&mut self, customer: CustomerId) -> Result<()> {
        self.keeper.replay(customer, self.dictionary)
    }

    /// Copies the touchpoints that fit `which` (a condition with `?1`) aside and takes them out of the
    /// sums, because they are about to be changed or removed. Gives how many.
    pub fn keep_aside(&mut self, which: &str, given: &dyn rusqlite::ToSql) -> Result<u64> {
        let sql = format!("INSERT OR IGNORE INTO former_touchpoints SELECT ?2, 1, {ROW} FROM touchpoints WHERE {which}");
        let count = self.db.execute(&sql, params![given, self.entry])?;
        let mut select = self.db.prepare(&format!("SELECT customer, stage, {FACTS} FROM touchpoints WHERE {which}"))?;
        let mut rows = select.query([given])?;
        while let Some(row) = rows.next()? {
            self.keeper.discount(CustomerId(row.get(0)?), &facts(row, 2)?, row.get(1)?, self.dictionary)?;
        }
        Ok(count as u64)
    }
}
