//! What customers paid, and their good moments: two questions the log answers from its indexes.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{OptionalExtension as _, params};

use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::touchpoint::CustomerId;
use crate::domain::words::{Channel, Kind, Sender};

/// The tags of an offer that somebody has yet to say yes to: its amount is nobody's revenue.
pub const OFFERS: [&str; 3] = ["quote", "offerte", "tender"];
/// The tags of what is a good moment whatever was said.
const GOOD: [&str; 2] = ["deal", "milestone"];
/// How well a contact must have felt to be a good moment **[J]**.
const FELT_GOOD: f64 = 0.5;

/// The condition that a touchpoint carries any of these tags.
fn tagged(any: &[&str]) -> String {
    let one = |tag: &&str| format!("instr(tags, '{tag}') > 0 AND instr(' ' || tags || ' ', ' {tag} ') > 0");
    any.iter().map(one).collect::<Vec<_>>().join(" OR ")
}

impl Ledger {
    /// What each customer paid after `from` and up to `until`, in cents; who paid nothing is not among them.
    ///
    /// **Revenue** is the sum of the amounts of contacts of kind `transactional` (orders, invoices, payments,
    /// what is logged with `--kind transactional`), but for gifts, and for offers nobody has agreed to yet:
    /// those tagged `quote`, `offerte` or `tender`. Refunds and credit notes are negative amounts and are
    /// taken off. Nothing is matched across files: where both the orders of a shop and the invoices of the
    /// bookkeeping of the same sale are imported, that sale counts twice, so bring amounts from one of them.
    ///
    /// One pass over `touchpoints_amounts`, which holds nothing but the contacts with an amount and has all
    /// columns that are asked for; the log itself is not read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn revenue(&self, from: Moment, until: Moment) -> Result<HashMap<CustomerId, Cents>> {
        let offered = tagged(&OFFERS);
        let mut select = self.db.prepare_cached(&format!(
            "SELECT customer, sum(amount) FROM main.touchpoints INDEXED BY touchpoints_amounts
             WHERE amount IS NOT NULL AND kind = ?1 AND channel <> ?2 AND at > ?3 AND at <= ?4 AND (tags IS NULL OR NOT ({offered}))
             GROUP BY customer"
        ))?;
        let given = params![Kind::Transactional.code(), Channel::Gift.code(), from.0, until.0];
        let rows = select.query_map(given, |row| Ok((CustomerId(row.get(0)?), Cents(row.get(1)?))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The latest good moment of each of these customers after `from` and up to `until`: a contact by or with
    /// a person that felt good to them (0.5 or more on the scale of −1…1 **[J]**), or a deal or milestone.
    /// Only the contacts of these customers in that time are read.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn good_moments(
        &self,
        customers: impl IntoIterator<Item = CustomerId>,
        from: Moment,
        until: Moment,
    ) -> Result<HashMap<CustomerId, Moment>> {
        let good = tagged(&GOOD);
        let mut select = self.db.prepare_cached(&format!(
            "SELECT at FROM touchpoints WHERE customer = ?1 AND at > ?2 AND at <= ?3
             AND (sender <> ?4 AND sentiment >= ?5 OR tags IS NOT NULL AND ({good})) ORDER BY at DESC LIMIT 1"
        ))?;
        let mut found = HashMap::new();
        for customer in customers {
            let given = params![customer.0, from.0, until.0, Sender::Automated.code(), FELT_GOOD];
            let latest = select.query_row(given, |row| row.get(0)).optional()?;
            found.extend(latest.map(|at| (customer, Moment(at))));
        }
        Ok(found)
    }
}
