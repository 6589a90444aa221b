//! Who was forgotten, carried from one file to another: a copy that is put back may be of before.
//!
//! A log and its copies have one secret, once somebody was forgotten in it. A copy of before has none, and one of
//! another log another: so a file may have several, one after the other in `settings`.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::guard::{Guard, SECRET};
use crate::domain::calendar::Moment;
use crate::domain::touchpoint::CustomerId;
use crate::ledger::open::Ledger;

/// How long a secret is, in hexadecimal digits.
const LONG: usize = 64;

/// A digest, and until when it holds.
type Forgotten = ([u8; 32], Option<i64>);

/// What a log remembers of who was forgotten.
#[derive(Debug, Default)]
pub struct Memory {
    secrets: String,
    /// Each person's digests, and until when each holds.
    people: BTreeMap<i64, Vec<Forgotten>>,
}

impl Memory {
    /// What a log remembers; nothing for one of a version that remembers nobody.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn of(db: &Connection) -> Result<Self> {
        let mut memory = Self::default();
        let secrets = if remembers(db)? { secrets(db)? } else { None };
        let Some(secrets) = secrets else { return Ok(memory) };
        memory.secrets = secrets;
        let mut select = db.prepare("SELECT person, digest, until FROM forgotten")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            memory.people.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        }
        Ok(memory)
    }

    /// Whether nobody was forgotten.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Has a log of this version remember it too, besides what it remembers.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep(&self, db: &Connection) -> Result<()> {
        let mut all = secrets(db)?.unwrap_or_default();
        for at in (0..self.secrets.len()).step_by(LONG) {
            let secret = self.secrets.get(at..at + LONG).unwrap_or_default();
            if !all.contains(secret) {
                all.push_str(secret);
            }
        }
        db.execute("INSERT OR REPLACE INTO settings (key, value) VALUES (?1, ?2)", [SECRET, &all])?;
        // Who is somebody of both logs is one person, so that whom they let in is let in whole.
        let mut join = db.prepare("UPDATE forgotten SET person = ?2 WHERE person = (SELECT person FROM forgotten WHERE digest = ?1)")?;
        let mut insert = db.prepare(
            "INSERT INTO forgotten (digest, person, until) VALUES (?1, ?2, ?3) ON CONFLICT (digest) DO UPDATE SET
             until = CASE WHEN until IS NULL OR excluded.until IS NULL THEN NULL ELSE max(until, excluded.until) END",
        )?;
        let known: BTreeMap<[u8; 32], Option<i64>> = Self::of(db)?.people.into_values().flatten().collect();
        let highest: i64 = db.query_row("SELECT coalesce(max(person), 0) FROM forgotten", [], |row| row.get(0))?;
        for (person, digests) in (highest + 1..).zip(self.people.values()) {
            if digests.iter().all(|(digest, until)| known.get(digest) == Some(until)) {
                continue;
            }
            for (digest, until) in digests {
                join.execute(params![digest, person])?;
                insert.execute(params![digest, person, until])?;
            }
        }
        Ok(())
    }
}

/// The customers of a log who were forgotten in it, as after a copy of before was put back. Who was forgotten for
/// want of contact and has had some since is not among them.
///
/// # Errors
/// When the file cannot be read.
pub fn back_again(db: &Connection) -> Result<Vec<CustomerId>> {
    back_by(db, db)
}

/// A name of more bytes than this was never anybody's, and is not read to tell.
const LONGEST: usize = 4_096;

/// As [`back_again`], of the customers of one log who were forgotten in another.
///
/// # Errors
/// When a file cannot be read.
pub fn back_by(db: &Connection, memory: &Connection) -> Result<Vec<CustomerId>> {
    let guard = if remembers(memory)? { Guard::read(memory)? } else { Guard::default() };
    if guard.is_empty() {
        return Ok(Vec::new());
    }
    let mut select = db.prepare(&format!(
        "SELECT id, name, (SELECT max(at) FROM touchpoints t WHERE t.customer = c.id) FROM customers c WHERE octet_length(name) <= {LONGEST}
         UNION ALL SELECT customer, key, (SELECT max(at) FROM touchpoints t WHERE t.customer = k.customer) FROM customer_keys k ORDER BY 1"
    ))?;
    let (mut rows, mut found) = (select.query([])?, Vec::new());
    while let Some(row) = rows.next()? {
        let id = CustomerId(row.get(0)?);
        if found.last() != Some(&id) && guard.holds(row.get_ref(1)?.as_str()?, row.get::<_, Option<i64>>(2)?.map(Moment)) {
            found.push(id);
        }
    }
    Ok(found)
}

impl Ledger {
    /// The customers who were forgotten before, and came back with a copy.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn forgotten_before(&self) -> Result<Vec<CustomerId>> {
        back_again(&self.db)
    }
}

fn remembers(db: &Connection) -> rusqlite::Result<bool> {
    db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'forgotten')", [], |row| row.get(0))
}

fn secrets(db: &Connection) -> rusqlite::Result<Option<String>> {
    db.query_row("SELECT value FROM settings WHERE key = ?1", [SECRET], |row| row.get(0)).optional()
}

#[cfg(test)]
mod tests {
    use super::super::guard::{keep_out, let_in};
    use super::*;

    fn log(forgotten: &[&[&str]]) -> Connection {
        let db = Connection::open_in_memory().unwrap();
        crate::ledger::migrations::STEPS.iter().for_each(|step| db.execute_batch(step).unwrap());
        forgotten.iter().for_each(|keys| keep_out(&db, keys.iter().map(|key| (*key).to_owned()), None).unwrap());
        db
    }

    #[test]
    fn a_log_remembers_whom_two_logs_forgot() {
        let (one, other) = (log(&[&["anna"], &["bram", "bram@x.nl"]]), log(&[&["cleo"]]));
        for _ in 0..2 {
            Memory::of(&one).unwrap().keep(&other).unwrap();
        }
        let guard = Guard::read(&other).unwrap();
        assert_eq!(["Anna", "bram@x.nl", "Cleo", "Dirk"].map(|name| guard.holds(name, None)), [true, true, true, false]);
        keep_out(&other, ["dirk".to_owned()], None).unwrap();
        assert!(Guard::read(&other).unwrap().holds("Dirk", None), "and goes on to forget");
        let_in(&other, ["Bram"]).unwrap();
        let guard = Guard::read(&other).unwrap();
        assert_eq!(["Anna", "bram@x.nl", "Cleo"].map(|name| guard.holds(name, None)), [true, false, true]);
    }

    #[test]
    fn a_copy_of_before_has_no_secret_and_gets_it() {
        let (log, copy) = (log(&[&["anna"]]), log(&[]));
        Memory::of(&log).unwrap().keep(&copy).unwrap();
        assert_eq!(secrets(&log).unwrap(), secrets(&copy).unwrap());
        copy.execute("INSERT INTO customers (id, name, folded, segment, no_contact, gifts, notes, organisation, origin) VALUES (1, 'Anna', 'anna', '', 0, 'unknown', '', '', '')", []).unwrap();
        assert_eq!((back_again(&log).unwrap(), back_again(&copy).unwrap()), (vec![], vec![CustomerId(1)]));
    }
}
