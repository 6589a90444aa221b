//! What was proposed, and what became of it.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, Row, TransactionBehavior, params};

use super::batch::Batch;
use super::open::Ledger;
use super::outcome;
use crate::domain::calendar::Moment;
use crate::domain::money::Cents;
use crate::domain::nudge::{Cause, Nudge, NudgeState};
use crate::domain::text::Text;
use crate::domain::touchpoint::{CustomerId, TouchpointId};

const COLUMNS: &str = "id, customer, place, rule, play, because_en, because_nl, minutes, cost, owed, opened, due, state, snoozed, ended, why, \
     touchpoint, told";
/// The verb under which nudges are brought up: no entry of a person's own.
pub const VERB: &str = "nudge";
/// Where `settings` keeps when the last digests were made, by their own clocks, the newest at the end.
const LAST: &str = "nudged";
/// How many are remembered: enough to see past a clock that was wrong for some of them.
const REMEMBERED: usize = 8;

fn nudge(row: &Row<'_>) -> rusqlite::Result<Nudge> {
    let moment = |column| row.get::<_, Option<i64>>(column).map(|at| at.map(Moment));
    let state: String = row.get(12)?;
    Ok(Nudge {
        id: row.get(0)?,
        cause: Cause { customer: CustomerId(row.get(1)?), place: row.get(2)?, rule: row.get(3)? },
        play: row.get(4)?,
        because: Text::new(row.get::<_, String>(5)?, row.get::<_, String>(6)?),
        minutes: row.get(7)?,
        cost: Cents(row.get(8)?),
        owed: row.get(9)?,
        opened: Moment(row.get(10)?),
        due: Moment(row.get(11)?),
        state: state.parse().unwrap_or(NudgeState::Closed),
        snoozed: moment(13)?,
        ended: moment(14)?,
        why: row.get(15)?,
        touchpoint: row.get::<_, Option<i64>>(16)?.map(TouchpointId),
        told: moment(17)?,
    })
}

/// What a digest brings up and what it closes.
#[derive(Debug, Clone, Copy)]
pub struct Raised<'a> {
    /// Which entry was the newest when it was computed ([`Ledger::newest_entry`]).
    pub seen: i64,
    /// What is new; their numbers are not looked at.
    pub new: &'a [Nudge],
    /// The numbers of those that close by themselves, with why.
    pub closed: &'a [(i64, &'a str)],
    /// Whether it is shown as a digest, so that the next one knows when this one was.
    pub digest: bool,
}

/// What became of what was to be recorded and shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// It was shown, and is recorded.
    Recorded,
    /// Something else was recorded since it was computed: nothing happened, and it has to be computed anew.
    Outdated,
    /// It was not shown yet, and nothing is recorded.
    NotYet,
}

/// How a nudge ends: done, with the contact it became, or skipped.
#[derive(Debug, Clone, Copy)]
pub struct NudgeEnd<'a> {
    /// What became of it.
    pub state: NudgeState,
    /// When.
    pub at: Moment,
    /// Why, or what was said, or empty.
    pub why: &'a str,
    /// The contact it became.
    pub touchpoint: Option<TouchpointId>,
    /// The minutes it really took, where known; they take the place of those that were planned.
    pub minutes: Option<u32>,
    /// What it really cost, where known; likewise.
    pub cost: Option<Cents>,
}

impl<'a> NudgeEnd<'a> {
    /// One of which no more is known.
    pub fn new(state: NudgeState, at: Moment, why: &'a str) -> Self {
        Self { state, at, why, touchpoint: None, minutes: None, cost: None }
    }
}

impl Ledger {
    /// Every nudge there ever was, by number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nudges(&self) -> Result<Vec<Nudge>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM nudges ORDER BY id"))?;
        let rows = select.query_map([], nudge)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// One nudge; `None` when the number is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nudge(&self, id: i64) -> Result<Option<Nudge>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM nudges WHERE id = ?1"))?;
        Ok(select.query_row([id], nudge).optional()?)
    }

    /// The nudges of one customer that stand, by number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn standing_nudges(&self, customer: CustomerId) -> Result<Vec<Nudge>> {
        let mut select =
            self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM nudges WHERE customer = ?1 AND state = 'open' ORDER BY id"))?;
        let rows = select.query_map([customer.0], nudge)?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// How often each nudge was changed, bringing it up among it, and when that was last. Taking something
    /// back is a change like any other, so that the number never goes down.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn nudge_changes(&self) -> Result<HashMap<i64, (u32, Moment)>> {
        let mut select = self.db.prepare_cached(
            "SELECT changes.row, count(*), max(entries.at) FROM changes JOIN entries ON entries.id = changes.entry
             WHERE changes.tbl = 'nudges' GROUP BY changes.row",
        )?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, Moment(row.get(2)?)))))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The number of the newest entry: it changes with everything that is done.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn newest_entry(&self) -> Result<i64> {
        newest(&self.db)
    }

    /// When the last digest before a moment was made. That of the very moment is not meant, so that a second
    /// run tells the same; nor is one by a clock that was ahead, and one by a clock that was behind hides none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_digest(&self, now: Moment) -> Result<Option<Moment>> {
        Ok(digests(&self.db)?.into_iter().filter(|at| *at < now).max())
    }

    /// Records what a digest brings up and closes, and calls `show` with the numbers of what is new
    /// before anything becomes final: what could not be shown was never recorded, and what was recorded
    /// has been shown. Others wait meanwhile, so `show` may say `false` when it would take long.
    ///
    /// # Errors
    /// When the file cannot be written, or `show` fails.
    pub fn raise(&mut self, now: Moment, raised: &Raised<'_>, show: impl FnOnce(&[i64]) -> Result<bool>) -> Result<Shown> {
        if raised.new.is_empty() && raised.closed.is_empty() {
            let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
            if newest(&tx)? != raised.seen {
                return Ok(Shown::Outdated);
            }
            if raised.digest {
                remember(&tx, now)?;
            }
            if !show(&[])? {
                return Ok(Shown::NotYet);
            }
            outcome::commit(tx)?;
            return Ok(Shown::Recorded);
        }
        let mut outdated = false;
        let done = self.change(now, VERB, |change| {
            let before: i64 =
                change.db.query_row("SELECT coalesce(max(id), 0) FROM entries WHERE id < ?1", [change.entry], |row| row.get(0))?;
            outdated = before != raised.seen;
            if outdated {
                return Ok(None);
            }
            // First what closes: the same cause may come up again with another play in the same digest.
            for (id, why) in raised.closed {
                change.db.execute(
                    "UPDATE nudges SET state = 'closed', ended = ?2, told = ?2, why = ?3 WHERE id = ?1 AND state = 'open'",
                    params![id, now.0, why],
                )?;
            }
            let ids = raised.new.iter().map(|new| insert(change.db, new)).collect::<Result<Vec<_>>>()?;
            if raised.digest {
                remember(change.db, now)?;
            }
            let summary = format!("+{} −{}", raised.new.len(), raised.closed.len());
            Ok(show(&ids)?.then_some(((), summary)))
        })?;
        Ok(match done {
            Some(()) => Shown::Recorded,
            None if outdated => Shown::Outdated,
            None => Shown::NotYet,
        })
    }
}

fn newest(db: &Connection) -> Result<i64> {
    Ok(db.query_row("SELECT coalesce(max(id), 0) FROM entries", [], |row| row.get(0))?)
}

/// The last digests, in the order in which they were made.
fn digests(db: &Connection) -> Result<Vec<Moment>> {
    let said = db.query_row("SELECT value FROM settings WHERE key = ?1", [LAST], |row| row.get::<_, String>(0)).optional()?;
    Ok(said.unwrap_or_default().split(' ').filter_map(|at| at.parse().ok()).map(Moment).collect())
}

fn remember(db: &Connection, now: Moment) -> Result<()> {
    let mut made = digests(db)?;
    if made.contains(&now) {
        return Ok(());
    }
    made.push(now);
    let kept: Vec<String> = made.iter().skip(made.len().saturating_sub(REMEMBERED)).map(|at| at.0.to_string()).collect();
    db.execute(
        "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        params![LAST, kept.join(" ")],
    )?;
    Ok(())
}

fn insert(db: &Connection, new: &Nudge) -> Result<i64> {
    db.prepare_cached(
        "INSERT INTO nudges (customer, place, rule, play, because_en, because_nl, minutes, cost, owed, opened, due, state)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'open')",
    )?
    .execute(params![
        new.cause.customer.0,
        new.cause.place,
        new.cause.rule,
        new.play,
        new.because.en,
        new.because.nl,
        new.minutes,
        new.cost.0,
        new.owed,
        new.opened.0,
        new.due.0
    ])?;
    Ok(db.last_insert_rowid())
}

impl Batch<'_> {
    /// Ends a nudge that stands. `false` when it stands no longer, as when somebody else was first.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn end_nudge(&mut self, id: i64, end: &NudgeEnd<'_>) -> Result<bool> {
        let changed = self.db().execute(
            "UPDATE nudges SET state = ?2, ended = ?3, why = ?4, touchpoint = ?5, minutes = coalesce(?6, minutes), cost = coalesce(?7, cost),
             snoozed = NULL WHERE id = ?1 AND state = 'open'",
            params![
                id,
                end.state.word(),
                end.at.0,
                end.why,
                end.touchpoint.map(|id| id.0),
                end.minutes,
                end.cost.map(|cost| cost.0)
            ],
        )?;
        Ok(changed == 1)
    }

    /// Puts a nudge that stands off until a moment; the day of what is owed stays what it was. `false` when it
    /// stands no longer.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn snooze_nudge(&mut self, id: i64, until: Moment, why: &str) -> Result<bool> {
        let sql = "UPDATE nudges SET snoozed = ?2, why = ?3, due = CASE owed WHEN 0 THEN max(due, ?2) ELSE due END WHERE id = ?1 AND state = 'open'";
        Ok(self.db().execute(sql, params![id, until.0, why])? == 1)
    }
}
