//! Rows of the log.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::cards::PREFERS;
use super::open::Ledger;
use super::trouble::odd;
use crate::domain::calendar::Moment;
use crate::domain::customer::GiftsReceived;
use crate::domain::money::Cents;
use crate::domain::play::APOLOGY;
use crate::domain::rule::RuleId;
use crate::domain::touchpoint::{CustomerId, Facts, Touchpoint, TouchpointId};
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::text;

/// The columns a touchpoint's facts are read from, in the order [`facts`] expects.
pub const FACTS: &str = "at, channel, direction, sender, personal, kind, sentiment";

/// Reads the facts that begin at a column.
pub fn facts(row: &Row<'_>, from: usize) -> Result<Facts> {
    let words = (1..=5).try_fold(0, |words, column| Ok::<_, anyhow::Error>(words << 8 | u64::from(row.get::<_, u8>(from + column)?)))?;
    facts_of(Moment(row.get(from)?), words, row.get(from + 6)?)
}

/// The words of a touchpoint's facts as one number, a byte for each; where very many rows are read, a column more is
/// felt.
pub const WORDS: &str = "(((channel << 8 | direction) << 8 | sender) << 8 | personal) << 8 | kind";

/// The facts whose words are such a number.
pub fn facts_of(at: Moment, words: u64, sentiment: Option<f64>) -> Result<Facts> {
    let code = |place: u32| (words >> (8 * place)) as u8;
    let odd = || odd(text!("it holds a word this program does not know", "er staat een woord in dat dit programma niet kent"));
    Ok(Facts {
        at,
        channel: Channel::from_code(code(4)).ok_or_else(odd)?,
        direction: Direction::from_code(code(3)).ok_or_else(odd)?,
        sender: Sender::from_code(code(2)).ok_or_else(odd)?,
        personal: Personal::from_code(code(1)).ok_or_else(odd)?,
        kind: Kind::from_code(code(0)).ok_or_else(odd)?,
        sentiment,
    })
}

/// Tags as they are stored: one text, a space between them.
pub fn join_tags(tags: &[String]) -> Option<String> {
    (!tags.is_empty()).then(|| tags.join(" "))
}

/// Tags as they are read.
pub fn split_tags(tags: Option<&str>) -> Vec<String> {
    tags.unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

/// A touchpoint with what the ledger adds to it.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedTouchpoint {
    /// The row number.
    pub id: TouchpointId,
    /// Whose it is.
    pub customer: CustomerId,
    /// The touchpoint; its `stage` is the one it was said to belong to.
    pub touchpoint: Touchpoint,
    /// The stage it is counted in, by id; `None` while it lies in the future.
    pub counted_in: Option<String>,
    /// Where it came from.
    pub source: String,
}

/// A touchpoint just recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The row number.
    pub id: TouchpointId,
    /// The place of the stage it was put in, when it counts already. A touchpoint that arrives
    /// late may be placed anew when the batch ends.
    pub stage: Option<usize>,
}

const COLUMNS: &str =
    "id, customer, said, stage, amount, minutes, note, tags, source, at, channel, direction, sender, personal, kind, sentiment";

impl Ledger {
    /// One customer's log up to a moment, oldest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn timeline(&self, customer: CustomerId, until: Moment) -> Result<Vec<LoggedTouchpoint>> {
        let sql = format!("SELECT {COLUMNS} FROM touchpoints WHERE customer = ?1 AND at <= ?2 ORDER BY at, id");
        let mut found = Vec::new();
        self.each_row(&sql, params![customer.0, until.0], |row| {
            found.push(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// The last contacts of a customer up to a moment that were more than a machine sending something, the
    /// latest first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_by_people(&self, customer: CustomerId, until: Moment, most: u32) -> Result<Vec<LoggedTouchpoint>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM touchpoints WHERE customer = ?1 AND at <= ?2 AND sender <> ?3 ORDER BY at DESC, id DESC LIMIT ?4"
        );
        let mut found = Vec::new();
        self.each_row(&sql, params![customer.0, until.0, Sender::Automated.code(), most], |row| {
            found.push(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// When a customer was last heard from up to a moment: the latest contact that was not ours alone.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_heard(&self, customer: CustomerId, until: Moment) -> Result<Option<Moment>> {
        let sql = "SELECT at FROM touchpoints WHERE customer = ?1 AND at <= ?2 AND direction <> ?3 ORDER BY at DESC LIMIT 1";
        let mut select = self.db.prepare_cached(sql)?;
        let given = params![customer.0, until.0, Direction::Out.code()];
        Ok(select.query_row(given, |row| row.get(0)).optional()?.map(Moment))
    }

    /// One touchpoint; `None` when the number is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn touchpoint(&self, id: TouchpointId) -> Result<Option<LoggedTouchpoint>> {
        let mut found = None;
        self.each_row(&format!("SELECT {COLUMNS} FROM touchpoints WHERE id = ?1"), params![id.0], |row| {
            found = Some(row);
            Ok(())
        })?;
        Ok(found)
    }

    /// Streams the touchpoints counted in one stage up to a moment, as they were recorded, which is as
    /// they lie on disk.
    ///
    /// # Errors
    /// When the file cannot be read, or `each` fails.
    pub fn stage_log(&self, course: usize, stage: usize, until: Moment, each: impl FnMut(LoggedTouchpoint) -> Result<()>) -> Result<()> {
        let number = self.dictionary.of(course, stage);
        let sql = format!("SELECT {COLUMNS} FROM touchpoints WHERE stage = ?1 AND at <= ?2 ORDER BY id");
        self.each_row(&sql, params![number, until.0], each)
    }

    fn each_row(&self, sql: &str, given: &[&dyn rusqlite::ToSql], mut each: impl FnMut(LoggedTouchpoint) -> Result<()>) -> Result<()> {
        let mut select = self.db.prepare_cached(sql)?;
        let mut rows = select.query(given)?;
        while let Some(row) = rows.next()? {
            each(self.logged(row)?)?;
        }
        Ok(())
    }

    fn logged(&self, row: &Row<'_>) -> Result<LoggedTouchpoint> {
        let stage = |column| -> Result<Option<String>> {
            let number: Option<u32> = row.get(column)?;
            Ok(number.and_then(|number| self.dictionary.stage(number)).map(str::to_owned))
        };
        Ok(LoggedTouchpoint {
            id: TouchpointId(row.get(0)?),
            customer: CustomerId(row.get(1)?),
            touchpoint: Touchpoint {
                facts: facts(row, 9)?,
                stage: stage(2)?,
                amount: row.get::<_, Option<i64>>(4)?.map(Cents),
                minutes: row.get(5)?,
                note: row.get::<_, Option<String>>(6)?.unwrap_or_default(),
                tags: split_tags(row.get::<_, Option<String>>(7)?.as_deref()),
            },
            counted_in: stage(3)?,
            source: row.get(8)?,
        })
    }

    /// The gifts within a stretch of time, those given up to now and those planned after it, for each customer
    /// who gets any, or for one. What the last one was worth is asked apart ([`Ledger::last_gift`]).
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn gifts(&self, from: Moment, until: Moment, now: Moment, only: Option<CustomerId>) -> Result<HashMap<CustomerId, GiftsReceived>> {
        let whose = of(only);
        let mut select = self.db.prepare_cached(&format!(
            "SELECT customer, at, amount FROM touchpoints WHERE channel = 5 AND direction <> 0 AND at > ?1 AND at <= ?2{whose} ORDER BY customer, at",
        ))?;
        let mut rows = select.query(params![from.0, until.0])?;
        let mut found: HashMap<CustomerId, GiftsReceived> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (customer, last, value) = (CustomerId(row.get(0)?), Moment(row.get(1)?), row.get::<_, Option<i64>>(2)?.map(Cents));
            let none = GiftsReceived { count: 0, last, given: None, value: Cents(0), last_value: None };
            let received = found.entry(customer).or_insert(none);
            received.count += 1;
            received.last = last;
            received.value = [Some(received.value), value].into_iter().flatten().sum();
            if last <= now {
                received.given = Some(last);
            }
        }
        Ok(found)
    }

    /// When the latest gift of a known value was given to a customer up to a moment, and that value; `None`
    /// when there is none. An apology is not counted: one that carries its tag, or that a nudge for a
    /// gesture after a failure (R5) became.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_gift(&self, customer: CustomerId, until: Moment) -> Result<Option<(Moment, Cents)>> {
        let mut select = self.db.prepare_cached(
            "SELECT at, amount FROM touchpoints t WHERE customer = ?1 AND channel = 5 AND direction <> 0 AND at <= ?2 AND amount IS NOT NULL
             AND instr(' ' || coalesce(tags, '') || ' ', ' ' || ?3 || ' ') = 0
             AND NOT EXISTS (SELECT 1 FROM nudges n WHERE n.customer = t.customer AND n.touchpoint = t.id AND n.rule = ?4)
             ORDER BY at DESC, id DESC LIMIT 1",
        )?;
        let given = params![customer.0, until.0, APOLOGY, RuleId::R5.id()];
        Ok(select.query_row(given, |row| Ok((Moment(row.get(0)?), Cents(row.get(1)?)))).optional()?)
    }

    /// Whether a person noted anything about a customer: on the log up to a moment, or what they like.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_note(&self, customer: CustomerId, until: Moment) -> Result<bool> {
        let sql = "SELECT EXISTS (SELECT 1 FROM touchpoints WHERE customer = ?1 AND at <= ?2 AND note <> '' AND sender <> ?3)
             OR EXISTS (SELECT 1 FROM particulars WHERE customer = ?1 AND what = ?4)";
        let mut select = self.db.prepare_cached(sql)?;
        Ok(select.query_row(params![customer.0, until.0, Sender::Automated.code(), PREFERS], |row| row.get(0))?)
    }

    /// The tags on the log within a stretch of time, planned touchpoints included, by customer, or of one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn tags(&self, from: Moment, until: Moment, only: Option<CustomerId>) -> Result<HashMap<CustomerId, Vec<(Moment, String)>>> {
        let whose = of(only);
        let sql = format!("SELECT customer, at, tags FROM touchpoints WHERE tags IS NOT NULL AND at > ?1 AND at <= ?2{whose}");
        let mut select = self.db.prepare_cached(&sql)?;
        let mut rows = select.query(params![from.0, until.0])?;
        let mut found: HashMap<_, Vec<_>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let (customer, at) = (CustomerId(row.get(0)?), Moment(row.get(1)?));
            let tags = split_tags(row.get::<_, Option<String>>(2)?.as_deref());
            found.entry(customer).or_default().extend(tags.into_iter().map(|tag| (at, tag)));
        }
        Ok(found)
    }

    /// How many touchpoints the log holds, without counting them one by one.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn size(&self) -> Result<u64> {
        let highest: i64 = self.db.query_row("SELECT coalesce(max(id), 0) FROM touchpoints", [], |row| row.get(0))?;
        Ok(u64::try_from(highest)?)
    }
}

/// The condition that a row is of one customer, when it is about one.
pub fn of(only: Option<CustomerId>) -> String {
    only.map_or_else(String::new, |id| format!(" AND customer = {}", id.0))
}

/// Where `settings` keeps the highest number a touchpoint had when some were erased.
pub const HIGHEST: &str = "highest_touchpoint";

/// The highest number a touchpoint ever had, removed and erased ones included.
pub fn highest_id(db: &Connection) -> Result<i64> {
    Ok(db.query_row(
        "SELECT max(coalesce((SELECT max(id) FROM touchpoints), 0), coalesce((SELECT max(id) FROM former_touchpoints), 0),
         coalesce((SELECT CAST(value AS INTEGER) FROM settings WHERE key = ?1), 0))",
        [HIGHEST],
        |row| row.get(0),
    )?)
}
