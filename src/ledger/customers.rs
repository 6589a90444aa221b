//! Customers and the keys they are known by.

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, Row, params};

use super::change::Change;
use super::forget::let_in;
use super::journal;
use super::open::Ledger;
use crate::domain::calendar::Moment;
use crate::domain::customer::{Customer, GiftPolicy, GiftTerms};
use crate::domain::money::Cents;
use crate::domain::names::identity;
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::touchpoint::CustomerId;
use crate::text;

pub const COLUMNS: &str = "id, name, segment, journey, since, no_contact, gifts, gift_cap, notes, organisation, gift_cap_year, gift_approval, \
     gift_office, origin";

/// Who goes by this folded name or key.
pub fn exactly(db: &Connection, folded: &str) -> Result<Option<CustomerId>> {
    let mut select = db.prepare_cached(
        "SELECT id FROM main.customers WHERE folded = ?1 UNION ALL SELECT customer FROM main.customer_keys WHERE folded = ?1 LIMIT 1",
    )?;
    Ok(select.query_row([folded], |row| row.get(0)).optional()?.map(CustomerId))
}

/// Adds a customer. The name and every key must be new.
pub fn insert(db: &Connection, customer: &Customer, entry: Option<i64>) -> Result<CustomerId> {
    let folded = identity(&customer.name);
    if let Some(owner) = exactly(db, &folded)? {
        return Err(taken(db, &customer.name, owner, None)?.into());
    }
    insert_unknown(db, customer, &folded, entry)
}

/// Adds a customer by whose folded name nobody goes. Every key must be new.
pub fn insert_unknown(db: &Connection, customer: &Customer, folded: &str, entry: Option<i64>) -> Result<CustomerId> {
    let (gifts, cap) = gift_columns(customer.gifts);
    db.prepare_cached(
        "INSERT INTO customers (name, folded, segment, journey, since, no_contact, gifts, gift_cap, notes, entry, organisation,
         gift_cap_year, gift_approval, gift_office, origin)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        customer.name,
        folded,
        customer.segment,
        customer.journey,
        customer.since.map(|since| since.0),
        customer.no_contact,
        gifts,
        cap,
        customer.notes,
        entry,
        customer.organisation,
        customer.gift_terms.a_year.map(|most| most.0),
        customer.gift_terms.approval,
        customer.gift_terms.office_only,
        customer.origin
    ])?;
    let id = CustomerId(db.last_insert_rowid());
    journal::customer_added(db, id.0)?;
    let_in(db, customer.keys.iter().chain([&customer.name]).map(String::as_str))?;
    add_keys(db, id, customer.keys.iter().map(|key| (identity(key), key)), None)?;
    Ok(id)
}

/// Makes these the keys of a customer; what stays is not touched. `known_as` is the name of a customer
/// who was there before, for what is said when a key is taken.
fn put_keys(db: &Connection, id: CustomerId, keys: &[String], known_as: Option<&str>) -> Result<()> {
    let wanted: Vec<(String, &String)> = keys.iter().map(|key| (identity(key), key)).collect();
    let mut select = db.prepare_cached("SELECT folded FROM customer_keys WHERE customer = ?1")?;
    for old in select.query_map([id.0], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()? {
        if !wanted.iter().any(|(folded, _)| *folded == old) {
            db.prepare_cached("DELETE FROM customer_keys WHERE folded = ?1")?.execute([old])?;
        }
    }
    add_keys(db, id, wanted.into_iter(), known_as)
}

fn add_keys<'k>(db: &Connection, id: CustomerId, keys: impl Iterator<Item = (String, &'k String)>, known_as: Option<&str>) -> Result<()> {
    for (folded, key) in keys {
        if let Some(owner) = exactly(db, &folded)?.filter(|owner| *owner != id) {
            return Err(taken(db, key, owner, known_as)?.into());
        }
        put_key(db, id, &folded, key)?;
    }
    Ok(())
}

/// Adds a key, or writes it as it is written now.
pub fn put_key(db: &Connection, id: CustomerId, folded: &str, key: &str) -> Result<bool> {
    let mut upsert = db.prepare_cached(
        "INSERT INTO customer_keys (folded, key, customer) VALUES (?1, ?2, ?3)
         ON CONFLICT (folded) DO UPDATE SET key = excluded.key WHERE key <> excluded.key",
    )?;
    Ok(upsert.execute(params![folded, key, id.0])? > 0)
}

/// A renamed customer keeps the old name as a key, so that files which still use it find them.
fn with_old_name(changed: &Customer, old_name: &str) -> Vec<String> {
    let mut keys = changed.keys.clone();
    let known = keys.iter().chain([&changed.name]).any(|key| identity(key) == identity(old_name));
    if !known {
        keys.push(old_name.to_owned());
    }
    keys
}

/// That a name or key belongs to somebody else; who is there already may be the same customer.
fn taken(db: &Connection, key: &str, owner: CustomerId, known_as: Option<&str>) -> Result<Problem> {
    let owner: String = db.query_row("SELECT name FROM customers WHERE id = ?1", [owner.0], |row| row.get(0))?;
    let problem = Problem::usage(text!("`{key}` is taken: it belongs to {owner}", "`{key}` is bezet: het hoort bij {owner}"));
    let word = shell::quoted(&owner);
    let otherwise = if identity(key) == identity(&owner) {
        text!("use a longer name, such as one with the town", "gebruik een langere naam, bijvoorbeeld met de plaats erbij")
    } else {
        let key = shell::quoted(key);
        text!(
            "`attent customers alias {word} {key} --remove` takes it away there",
            "`attent customers alias {word} {key} --remove` haalt het daar weg"
        )
    };
    let (en, nl) = (&otherwise.en, &otherwise.nl);
    Ok(problem.todo(match known_as {
        Some(name) => {
            let other = shell::quoted(name);
            text!(
                "if the two are one customer: `attent customers merge {word} {other}`; if not: {en}",
                "zijn die twee één klant: `attent customers merge {word} {other}`; zo niet: {nl}"
            )
        }
        None => otherwise,
    }))
}

fn gift_columns(gifts: GiftPolicy) -> (&'static str, Option<i64>) {
    match gifts {
        GiftPolicy::Unknown => ("unknown", None),
        GiftPolicy::None => ("none", None),
        GiftPolicy::UpTo(cap) => ("cap", Some(cap.0)),
    }
}

pub fn customer(row: &Row<'_>) -> rusqlite::Result<Customer> {
    let gifts = match (row.get::<_, String>(6)?.as_str(), row.get(7)?) {
        ("none", _) => GiftPolicy::None,
        ("cap", Some(cap)) => GiftPolicy::UpTo(Cents(cap)),
        _ => GiftPolicy::Unknown,
    };
    Ok(Customer {
        id: CustomerId(row.get(0)?),
        name: row.get(1)?,
        keys: Vec::new(),
        segment: row.get(2)?,
        journey: row.get(3)?,
        since: row.get::<_, Option<i64>>(4)?.map(Moment),
        no_contact: row.get(5)?,
        gifts,
        notes: row.get(8)?,
        organisation: row.get(9)?,
        gift_terms: GiftTerms { a_year: row.get::<_, Option<i64>>(10)?.map(Cents), approval: row.get(11)?, office_only: row.get(12)? },
        origin: row.get(13)?,
    })
}

impl Ledger {
    /// Every customer without their keys, by number.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customers(&self) -> Result<Vec<Customer>> {
        let mut customers = Vec::new();
        self.each_customer(|customer| customers.push(customer))?;
        Ok(customers)
    }

    /// Calls `each` for every customer, by number, without keys.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn each_customer(&self, mut each: impl FnMut(Customer)) -> Result<()> {
        let mut select = self.db.prepare(&format!("SELECT {COLUMNS} FROM customers ORDER BY id"))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            each(customer(row)?);
        }
        Ok(())
    }

    /// One customer with their keys; `None` when the number is not known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn customer(&self, id: CustomerId) -> Result<Option<Customer>> {
        let mut select = self.db.prepare_cached(&format!("SELECT {COLUMNS} FROM customers WHERE id = ?1"))?;
        let Some(mut found) = select.query_row([id.0], customer).optional()? else { return Ok(None) };
        let mut keys = self.db.prepare_cached("SELECT key FROM customer_keys WHERE customer = ?1 ORDER BY key")?;
        found.keys = keys.query_map([id.0], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Some(found))
    }

    /// Who goes by exactly this name or key, in any case.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn exactly(&self, name: &str) -> Result<Option<CustomerId>> {
        exactly(&self.db, &identity(name))
    }

    /// Adds a customer, as an entry that can be undone.
    ///
    /// # Errors
    /// When the name or a key is taken, or the file cannot be written.
    pub fn add_customer(&mut self, now: Moment, customer: &Customer) -> Result<CustomerId> {
        self.batch(now, "customers add", |batch| Ok((batch.add_customer(customer)?, customer.name.clone())))
    }

    /// Stores a customer's changed particulars, as an entry of this verb that can be undone. On another
    /// journey, all their touchpoints are placed anew.
    ///
    /// # Errors
    /// When the name or a key is taken, or the file cannot be written.
    pub fn change_customer(&mut self, now: Moment, verb: &str, changed: &Customer) -> Result<()> {
        self.change(now, verb, |change| {
            store(change, changed)?;
            Ok(Some(((), changed.name.clone())))
        })?;
        Ok(())
    }
}

/// Writes what is known of a customer over what was known.
pub fn store(change: &mut Change<'_>, changed: &Customer) -> Result<()> {
    let folded = identity(&changed.name);
    let sql = "SELECT journey, name FROM customers WHERE id = ?1";
    let (before, old_name): (Option<String>, String) = change.db.query_row(sql, [changed.id.0], |row| Ok((row.get(0)?, row.get(1)?)))?;
    if let Some(owner) = exactly(change.db, &folded)?.filter(|owner| *owner != changed.id) {
        return Err(taken(change.db, &changed.name, owner, Some(&old_name))?.into());
    }
    let (gifts, cap) = gift_columns(changed.gifts);
    change.db.execute(
        "UPDATE customers SET name = ?2, folded = ?3, segment = ?4, journey = ?5, since = ?6, no_contact = ?7, gifts = ?8, gift_cap = ?9,
         notes = ?10, organisation = ?11, gift_cap_year = ?12, gift_approval = ?13, gift_office = ?14, origin = ?15 WHERE id = ?1",
        params![
            changed.id.0,
            changed.name,
            folded,
            changed.segment,
            changed.journey,
            changed.since.map(|since| since.0),
            changed.no_contact,
            gifts,
            cap,
            changed.notes,
            changed.organisation,
            changed.gift_terms.a_year.map(|most| most.0),
            changed.gift_terms.approval,
            changed.gift_terms.office_only,
            changed.origin
        ],
    )?;
    put_keys(change.db, changed.id, &with_old_name(changed, &old_name), Some(&old_name))?;
    if before != changed.journey {
        change.replay(changed.id)?;
    }
    Ok(())
}
