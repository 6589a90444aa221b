//! The register of presents: ideas, plans, and what was given.

use anyhow::Result;
use rusqlite::{OptionalExtension as _, Row, params};

use super::batch::{Batch, Key, Outcome};
use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::gift::{Gift, GiftState};
use crate::domain::money::Cents;
use crate::domain::problem::Problem;
use crate::domain::touchpoint::{CustomerId, Touchpoint, TouchpointId};
use crate::text;

const COLUMNS: &str = "id, customer, state, what, value, day, occasion, why, given_by, approved, against, touchpoint";

impl Batch<'_> {
    /// Writes down what was given, when, and the contact it became; gives it as it is kept. A present with a
    /// number was a plan or an idea; it is that no more.
    ///
    /// # Errors
    /// When it was given already, or the file cannot be written.
    pub fn give(&self, present: &Gift, at: Moment, touchpoint: Option<TouchpointId>) -> Result<Gift> {
        let mut given = Gift { state: GiftState::Given, day: Some(at), touchpoint, ..present.clone() };
        given.id = self.put_gift(&given)?;
        Ok(given)
    }

    /// Writes a present, over the plan or idea of its number when it has one; gives the number. What was
    /// given stays as it was given: between reading a plan and writing it somebody else may have given it.
    fn put_gift(&self, present: &Gift) -> Result<i64> {
        let values = params![
            (present.id > 0).then_some(present.id),
            present.customer.0,
            present.state.word(),
            present.what,
            present.value.map(|value| value.0),
            present.day.map(|day| day.0),
            present.occasion,
            present.why,
            present.given_by,
            present.approved,
            present.against,
            present.touchpoint.map(|touchpoint| touchpoint.0),
        ];
        let set = "customer = ?2, state = ?3, what = ?4, value = ?5, day = ?6, occasion = ?7, why = ?8, given_by = ?9, approved = ?10,
             against = ?11, touchpoint = ?12";
        let sql = format!(
            "INSERT INTO gifts ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12) ON CONFLICT (id) DO UPDATE SET {set}
             WHERE gifts.state <> 'given'"
        );
        if self.db().prepare_cached(&sql)?.execute(values)? == 0 {
            return Err(given_already(present.id).into());
        }
        Ok(if present.id > 0 { present.id } else { self.db().last_insert_rowid() })
    }
}

/// That a present cannot be given, because it was.
pub fn given_already(id: i64) -> Problem {
    Problem::failure(text!("gift #{id} was given already", "cadeau #{id} is al gegeven"))
        .why(text!("what was given stays in the register", "wat gegeven is, blijft in het register"))
        .todo(text!(
            "another one: say what it is after the name; was it a mistake, then `attent undo --list` shows which entry to take back",
            "is het een ander cadeau, zet dan achter de naam wat het is; was het een vergissing, dan laat `attent undo --list` zien welke invoer je kunt terugnemen"
        ))
}

fn gift(row: &Row<'_>) -> rusqlite::Result<Gift> {
    let state: String = row.get(2)?;
    Ok(Gift {
        id: row.get(0)?,
        customer: CustomerId(row.get(1)?),
        state: state.parse().unwrap_or(GiftState::Idea),
        what: row.get(3)?,
        value: row.get::<_, Option<i64>>(4)?.map(Cents),
        day: row.get::<_, Option<i64>>(5)?.map(Moment),
        occasion: row.get(6)?,
        why: row.get(7)?,
        given_by: row.get(8)?,
        approved: row.get(9)?,
        against: row.get(10)?,
        touchpoint: row.get::<_, Option<i64>>(11)?.map(TouchpointId),
    })
}

/// Every gift of the log, with its particulars where they are in the register. The log is what happened: of
/// what both say, it counts; a contact that went to another customer took the gift along.
const REGISTER: &str =
    "SELECT coalesce(g.id, 0), t.customer, 'given', coalesce(nullif(t.note, ''), g.what, ''), coalesce(t.amount, g.value), t.at,
    coalesce(g.occasion, ''), coalesce(g.why, ''), coalesce(g.given_by, ''), coalesce(g.approved, ''), coalesce(g.against, ''), t.id
    FROM touchpoints t LEFT JOIN gifts g ON g.touchpoint = t.id AND g.state = 'given'
    WHERE t.channel = 5 AND t.direction <> 0 AND t.at >= ?1 AND t.at <= ?2";

impl Ledger {
    /// The register: every gift of the log within a stretch of time, both ends included, the oldest first; of
    /// everybody, or of one customer.
    /// One that only the log knows, such as an imported one, has no number (0) and no particulars.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gift_register(&self, from: Moment, until: Moment, only: Option<CustomerId>) -> Result<Vec<Gift>> {
        let whose = only.map_or_else(String::new, |id| format!(" AND t.customer = {}", id.0));
        let mut select = self.db.prepare_cached(&format!("{REGISTER}{whose} ORDER BY t.at, t.id"))?;
        let rows = select.query_map(params![from.0, until.0], gift)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One present of the register; `None` when the number is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gift(&self, id: i64) -> Result<Option<Gift>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM gifts WHERE id = ?1"))?;
        Ok(select.query_row([id], gift).optional()?)
    }

    /// Keeps an idea or a plan, as an entry of this verb that can be undone; gives its number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_gift(&mut self, now: Moment, verb: &str, new: &Gift, summary: &str) -> Result<i64> {
        self.batch(now, verb, |batch| Ok((batch.put_gift(new)?, summary.to_owned())))
    }

    /// Records what was given: the contact on the log and its particulars in the register, both or neither,
    /// as one entry that can be undone. Gives it as it is kept.
    ///
    /// # Errors
    /// When it was given already, or the file cannot be written.
    pub fn give(&mut self, now: Moment, present: &Gift, contact: &Touchpoint, summary: &str) -> Result<Gift> {
        self.batch(now, "gift given", |batch| {
            let Outcome::Added(recorded) = batch.record(present.customer, contact, "gift", Key::None)? else {
                anyhow::bail!("a contact without a key is always added")
            };
            Ok((batch.give(present, contact.facts.at, Some(recorded.id))?, summary.to_owned()))
        })
    }

    /// Takes a plan or an idea out of the register, as an entry that can be undone; false when there is
    /// none of this number.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn drop_gift(&mut self, now: Moment, id: i64, summary: &str) -> Result<bool> {
        let done = self.change(now, "gift drop", |change| {
            let gone = change.db.execute("DELETE FROM gifts WHERE id = ?1 AND state <> 'given'", [id])?;
            Ok((gone > 0).then(|| ((), summary.to_owned())))
        })?;
        Ok(done.is_some())
    }

    /// What is written in the register: ideas, plans, and the particulars of what was given. A gift that
    /// only the log knows is not among them.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gift_plans(&self) -> Result<Vec<Gift>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM gifts ORDER BY id"))?;
        let rows = select.query_map([], gift)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}
