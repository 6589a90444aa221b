//! Everything somebody was known by, and every customer they were.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, params};

use super::guard::card;
use crate::domain::names::identity;
use crate::domain::phone::{self, Country};
use crate::domain::touchpoint::CustomerId;
use crate::ledger::open::read_only;

/// Somebody, with whom they were before.
#[derive(Debug, Clone, Default)]
pub(in crate::ledger) struct Person {
    /// The numbers of the customers they are and were.
    pub ids: Vec<i64>,
    /// Names, other names, addresses and numbers as written.
    pub keys: BTreeSet<String>,
    /// Postal addresses.
    pub places: Vec<String>,
    /// What their cards of address books are recognised by.
    cards: Vec<String>,
}

impl Person {
    /// By what a file would bring them back.
    pub fn identities(&self, country: Country) -> impl Iterator<Item = String> {
        let numbers = self.keys.iter().filter_map(move |key| phone::normal(key, country));
        let all: BTreeSet<String> = self.keys.iter().cloned().chain(numbers).map(|key| identity(&key)).collect();
        all.into_iter().filter(|key| !key.is_empty()).chain(self.cards.iter().map(|key| card(key)).collect::<Vec<_>>())
    }
}

/// Gathers what is known of a customer, now and in the journal.
pub(in crate::ledger) fn person(db: &Connection, customer: CustomerId) -> Result<Person> {
    let mut person = Person { ids: vec![customer.0], ..Person::default() };
    let mut next = 0;
    while next < person.ids.len() {
        let id = person.ids[next];
        known_by(db, id, &mut person)?;
        let before = merged_into(db, id)?.into_iter().chain(taken_back(db, &person.keys)?);
        for id in before.collect::<Vec<_>>() {
            if !person.ids.contains(&id) {
                person.ids.push(id);
            }
        }
        next += 1;
    }
    leave_others_theirs(db, &mut person)?;
    Ok(person)
}

/// What people are known by elsewhere, as far as it is nobody else's here.
pub(super) fn also_known_as(db: &Connection, people: &[Person], keys: &[String]) -> Result<Person> {
    let ids = people.iter().flat_map(|person| person.ids.iter().copied()).collect();
    let mut person = Person { ids, keys: keys.iter().cloned().collect(), ..Person::default() };
    leave_others_theirs(db, &mut person)?;
    Ok(Person { ids: Vec::new(), ..person })
}

fn known_by(db: &Connection, id: i64, person: &mut Person) -> Result<()> {
    let keys = "SELECT name FROM customers WHERE id = ?1 UNION SELECT key FROM customer_keys WHERE customer = ?1
         UNION SELECT json_extract(before, '$.name') FROM changes WHERE tbl = 'customers' AND row = ?1 AND before IS NOT NULL
         UNION SELECT json_extract(before, '$.key') FROM changes WHERE tbl = 'customer_keys' AND json_extract(before, '$.customer') = ?1";
    person.keys.extend(texts(db, keys, id)?);
    let places = "SELECT value FROM particulars WHERE customer = ?1 AND what = 'postal'
         UNION SELECT json_extract(before, '$.value') FROM changes WHERE tbl = 'particulars' AND json_extract(before, '$.customer') = ?1
         AND json_extract(before, '$.what') = 'postal'";
    person.places.extend(texts(db, places, id)?);
    let cards = "SELECT key FROM cards WHERE customer = ?1
         UNION SELECT json_extract(before, '$.key') FROM changes WHERE tbl = 'cards' AND json_extract(before, '$.customer') = ?1";
    person.cards.extend(texts(db, cards, id)?);
    Ok(())
}

fn texts(db: &Connection, sql: &str, id: i64) -> Result<Vec<String>> {
    let mut select = db.prepare_cached(sql)?;
    let rows = select.query_map([id], |row| row.get::<_, Option<String>>(0))?;
    Ok(rows.collect::<rusqlite::Result<Vec<_>>>()?.into_iter().flatten().collect())
}

/// The customers that were made part of this one, and are none of their own again.
fn merged_into(db: &Connection, id: i64) -> Result<Vec<i64>> {
    let sql =
        "SELECT DISTINCT other.row FROM changes own JOIN entries e ON e.id = own.entry AND e.verb = 'customers merge' AND e.undone IS NULL
         JOIN changes other ON other.entry = own.entry AND +other.tbl = 'customers' AND other.row <> ?1
         WHERE own.tbl = 'customers' AND own.row = ?1 AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = other.row)";
    let mut select = db.prepare_cached(sql)?;
    Ok(select.query_map([id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
}

/// Customers of one of these names who are there no more, as when adding them was taken back.
fn taken_back(db: &Connection, keys: &BTreeSet<String>) -> Result<Vec<i64>> {
    let sql = "SELECT DISTINCT row FROM changes WHERE tbl = 'customers' AND before IS NOT NULL AND json_extract(before, '$.folded') = ?1
         AND NOT EXISTS (SELECT 1 FROM customers c WHERE c.id = changes.row)";
    let mut select = db.prepare_cached(sql)?;
    let mut found = Vec::new();
    for key in keys {
        found.extend(select.query_map([identity(key)], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(found)
}

/// What was theirs once and is another customer's now stays that customer's.
fn leave_others_theirs(db: &Connection, person: &mut Person) -> Result<()> {
    let mut owner = db.prepare_cached(
        "SELECT id FROM customers WHERE folded = ?1 UNION ALL SELECT customer FROM customer_keys WHERE folded = ?1 LIMIT 1",
    )?;
    let mut others = Vec::new();
    for key in &person.keys {
        let mut rows = owner.query(params![identity(key)])?;
        if let Some(row) = rows.next()?
            && !person.ids.contains(&row.get(0)?)
        {
            others.push(key.clone());
        }
    }
    person.keys.retain(|key| !others.contains(key));
    Ok(())
}

/// Which customers of a log go by any of these names or keys; nothing is changed or brought up to date.
///
/// # Errors
/// When it is no log of a version this program knows, or cannot be read.
pub fn holds(path: &Path, keys: &[String]) -> Result<Vec<CustomerId>> {
    let db = read_only(path)?;
    let mut select = db.prepare("SELECT id FROM customers WHERE folded = ?1 UNION SELECT customer FROM customer_keys WHERE folded = ?1")?;
    let mut found = BTreeSet::new();
    for key in keys {
        found.extend(select.query_map([identity(key)], |row| row.get::<_, i64>(0))?.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    Ok(found.into_iter().map(CustomerId).collect())
}
