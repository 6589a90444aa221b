//! What address books and exports say of customers.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::batch::Batch;
use super::customers::{COLUMNS, customer, exactly, put_key};
use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::customer::Customer;
use crate::domain::names::identity;
use crate::domain::party::{Anniversary, Card};
use crate::domain::touchpoint::CustomerId;

/// A card that was read before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownCard {
    /// The customer it is.
    pub customer: CustomerId,
    /// Whether it still says what it said.
    pub same: bool,
}

/// What a card added to a customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Enriched {
    /// Whether anything was new.
    pub changed: bool,
    /// Addresses and numbers that belong to another customer already.
    pub taken: Vec<String>,
}

/// A particular of a customer, as `particulars` has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Particular {
    /// `postal`, `birthday`, `anniversary`, [`PREFERS`], or a label of a file's own.
    pub what: String,
    /// The address, what they like, or the day: `1985-04-12`, or `--04-12` when the year is not known.
    pub value: String,
    /// The kind of file that said so; of what they like, where it was learned, or empty.
    pub source: String,
}

/// The word of particulars that say what a customer likes, cannot have, or how they want to be reached.
pub const PREFERS: &str = "prefers";

impl Batch<'_> {
    /// Calls `each` with every customer's number and name, and their keys; nobody is kept in memory.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(&self, mut each: impl FnMut(CustomerId, &str, &[String])) -> Result<()> {
        let sql = "SELECT c.id, c.name, k.key FROM customers c LEFT JOIN customer_keys k ON k.customer = c.id ORDER BY c.id, k.key";
        let mut select = self.db().prepare_cached(sql)?;
        let mut rows = select.query([])?;
        let (mut whose, mut name, mut keys) = (None, String::new(), Vec::new());
        while let Some(row) = rows.next()? {
            let id = CustomerId(row.get(0)?);
            if whose != Some(id) {
                whose.into_iter().for_each(|id| each(id, &name, &keys));
                (whose, name) = (Some(id), row.get(1)?);
                keys.clear();
            }
            keys.extend(row.get::<_, Option<String>>(2)?);
        }
        whose.into_iter().for_each(|id| each(id, &name, &keys));
        Ok(())
    }

    /// The customer a card is, when it was read before.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn card(&self, key: [u8; 16], content: [u8; 16]) -> Result<Option<KnownCard>> {
        let mut select = self.db().prepare_cached("SELECT customer, content = hex(?2) FROM cards WHERE key = hex(?1)")?;
        let found = select.query_row(params![key, content], |row| Ok(KnownCard { customer: CustomerId(row.get(0)?), same: row.get(1)? }));
        Ok(found.optional()?)
    }

    /// Remembers which customer a card is and what it says.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn keep_card(&self, key: [u8; 16], customer: CustomerId, content: [u8; 16]) -> Result<()> {
        let mut upsert = self.db().prepare_cached(
            "INSERT INTO cards (key, customer, content) VALUES (hex(?1), ?2, hex(?3))
             ON CONFLICT (key) DO UPDATE SET customer = excluded.customer, content = excluded.content",
        )?;
        upsert.execute(params![key, customer.0, content])?;
        Ok(())
    }

    /// Adds to a customer what a card knows: keys, particulars, and what was not said yet. Nothing that
    /// was said is written over. `phones` are the card's numbers as keys.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn enrich(&mut self, id: CustomerId, card: &Card, phones: &[String], source: &str) -> Result<Enriched> {
        let db = self.db();
        let mut done = Enriched::default();
        for key in card.party.addresses.iter().chain(phones) {
            let folded = identity(key);
            match exactly(db, &folded)? {
                Some(owner) if owner == id => {}
                Some(_) => done.taken.push(key.clone()),
                None => done.changed |= put_key(db, id, &folded, key)?,
            }
        }
        done.changed |= self.fill_in(id, card)?;
        let days = card.anniversaries.iter().map(|day| (day.what.clone(), written(day)));
        let postal = card.postal.iter().map(|address| ("postal".to_owned(), address.clone()));
        for (what, value) in days.chain(postal) {
            let mut insert =
                self.db().prepare_cached("INSERT OR IGNORE INTO particulars (customer, what, value, source) VALUES (?1, ?2, ?3, ?4)")?;
            done.changed |= insert.execute(params![id.0, what, value, source])? > 0;
        }
        Ok(done)
    }

    fn fill_in(&self, id: CustomerId, card: &Card) -> Result<bool> {
        let segment = card.categories.first().map(|category| category.trim().to_lowercase()).unwrap_or_default();
        let since = card.since.map(|since| since.0);
        let mut update = self.db().prepare_cached(
            "UPDATE customers SET organisation = iif(organisation = '', ?2, organisation), segment = iif(segment = '', ?3, segment),
             notes = iif(notes = '', ?4, notes), since = coalesce(since, ?5)
             WHERE id = ?1 AND ((organisation = '' AND ?2 <> '') OR (segment = '' AND ?3 <> '') OR (notes = '' AND ?4 <> '')
             OR (since IS NULL AND ?5 IS NOT NULL))",
        )?;
        Ok(update.execute(params![id.0, card.organisation, segment, card.notes, since])? > 0)
    }

    /// Adds a key a record taught: an address by which a customer wrote.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn learn(&mut self, id: CustomerId, key: &str) -> Result<bool> {
        let folded = identity(key);
        if exactly(self.db(), &folded)?.is_some() {
            return Ok(false);
        }
        put_key(self.db(), id, &folded, key)
    }
}

fn people(db: &Connection) -> Result<Vec<Customer>> {
    let mut select = db.prepare(&format!("SELECT {COLUMNS} FROM customers ORDER BY id"))?;
    let mut all = select.query_map([], customer)?.collect::<rusqlite::Result<Vec<Customer>>>()?;
    let mut keys = db.prepare("SELECT customer, key FROM customer_keys ORDER BY customer, key")?;
    let mut rows = keys.query([])?;
    let mut at = 0;
    while let Some(row) = rows.next()? {
        let id = CustomerId(row.get(0)?);
        while at < all.len() && all[at].id < id {
            at += 1;
        }
        if let Some(owner) = all.get_mut(at).filter(|owner| owner.id == id) {
            owner.keys.push(row.get(1)?);
        }
    }
    Ok(all)
}

fn written(day: &Anniversary) -> String {
    match day.year {
        Some(year) => format!("{year:04}-{:02}-{:02}", day.month, day.day),
        None => format!("--{:02}-{:02}", day.month, day.day),
    }
}

impl Ledger {
    /// Every customer with their keys.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn people(&self) -> Result<Vec<Customer>> {
        people(&self.db)
    }

    /// What is known of a customer besides.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn particulars(&self, id: CustomerId) -> Result<Vec<Particular>> {
        let mut select = self.db.prepare_cached("SELECT what, value, source FROM particulars WHERE customer = ?1 ORDER BY what, id")?;
        let rows = select.query_map([id.0], |row| Ok(Particular { what: row.get(0)?, value: row.get(1)?, source: row.get(2)? }))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What customers like, cannot have, and how they want to be reached, of everybody.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn preferences(&self) -> Result<HashMap<CustomerId, Vec<Particular>>> {
        let sql = "SELECT customer, what, value, source FROM particulars WHERE what = ?1 ORDER BY customer, id";
        let mut select = self.db.prepare_cached(sql)?;
        let mut rows = select.query([PREFERS])?;
        let mut found: HashMap<CustomerId, Vec<Particular>> = HashMap::new();
        while let Some(row) = rows.next()? {
            let known = Particular { what: row.get(1)?, value: row.get(2)?, source: row.get(3)? };
            found.entry(CustomerId(row.get(0)?)).or_default().push(known);
        }
        Ok(found)
    }

    /// Adds a particular of a customer, as an entry of this verb that can be undone; false when it was
    /// known. Where it was learned is written over when it was not.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn add_particular(&mut self, now: Moment, verb: &str, id: CustomerId, new: &Particular, summary: &str) -> Result<bool> {
        let done = self.change(now, verb, |change| {
            let sql = "INSERT INTO particulars (customer, what, value, source) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (customer, what, value) DO UPDATE SET source = excluded.source WHERE source = '' AND excluded.source <> ''";
            let added = change.db.execute(sql, params![id.0, new.what, new.value, new.source])?;
            Ok((added > 0).then(|| ((), summary.to_owned())))
        })?;
        Ok(done.is_some())
    }

    /// Takes a particular of a customer away, as an entry of this verb that can be undone; false when it
    /// was not known.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn remove_particular(&mut self, now: Moment, verb: &str, id: CustomerId, old: &Particular, summary: &str) -> Result<bool> {
        let done = self.change(now, verb, |change| {
            let sql = "DELETE FROM particulars WHERE customer = ?1 AND what = ?2 AND value = ?3";
            let gone = change.db.execute(sql, params![id.0, old.what, old.value])?;
            Ok((gone > 0).then(|| ((), summary.to_owned())))
        })?;
        Ok(done.is_some())
    }
}
