//! Everything the log knows of somebody, for who asks what you have of them.
//!
//! Who somebody is includes whom they were before, as for forgetting: what would be erased is what is shown. The rows
//! come from the list of tables that an export has, with all their columns; so a column that is new is read here
//! without a thought of it, and the page says whether it is shown. SQLite packs a row as a JSON array, and nothing
//! unpacks it before it is written.

mod mentions;
mod read;
mod remembered;

use std::sync::Arc;

use anyhow::Result;
use rusqlite::Connection;
use serde_json::Value;

use super::forget::{Person, mentioned, person};
use super::open::Ledger;
use crate::domain::directory::Mentions;
use crate::domain::dossier::{Dossier, Part, Section};
use crate::domain::phone::Country;
use crate::domain::touchpoint::CustomerId;

impl Ledger {
    /// Everything the log knows of a customer; with `others` also where they are named in what is recorded about
    /// others. Without, no other customer is named in what was done with both of them. Nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn dossier(&self, customer: CustomerId, country: Country, others: bool) -> Result<Dossier> {
        let db = &self.db;
        let person = person(db, customer)?;
        let whose = read::Whose::of(&person.ids);
        let mentions = mentioned(db, std::slice::from_ref(&person), country)?;
        let strangers = if others { None } else { Some(strangers(db, &person, country)?) };
        let mut parts = Vec::with_capacity(Part::ALL.len());
        for part in Part::ALL {
            let section = match part {
                Part::Files => read::files(db, &whose, &mentions)?,
                Part::Entries => remembered::entries(db, &whose, others.then_some(&mentions))?,
                Part::Versions => remembered::versions(db, &whose)?,
                Part::Mentions if !others => continue,
                Part::Mentions => mentions::elsewhere(db, &person.ids, &mentions)?,
                own => match read::table_of(own) {
                    Some((table, order)) => read::rows(db, table, order, &whose)?,
                    None => Section::default(),
                },
            };
            let section = match &strangers {
                Some(strangers) if matches!(part, Part::Referrals | Part::Entries | Part::Versions) => unnamed(&section, strangers)?,
                _ => section,
            };
            parts.push((part, Arc::new(section)));
        }
        Ok(Dossier { parts, keys: person.keys.into_iter().collect() })
    }
}

/// What stands where another customer was named.
const SOMEBODY: &str = "[…]";

/// Every other customer, by name and by what else they are known by.
fn strangers(db: &Connection, person: &Person, country: Country) -> Result<Mentions> {
    let mut strangers = Mentions::new(country);
    let mut select = db.prepare("SELECT id, name FROM customers UNION ALL SELECT customer, key FROM customer_keys")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if !person.ids.contains(&row.get(0)?) {
            strangers.add(row.get_ref(1)?.as_str()?);
        }
    }
    person.keys.iter().for_each(|key| strangers.spare(key));
    Ok(strangers)
}

/// The same rows without the names of these.
fn unnamed(section: &Section, strangers: &Mentions) -> Result<Section> {
    let mut unnamed = Section::new(section.columns().to_vec());
    for at in 0..section.len() {
        let mut row: Value = serde_json::from_str(section.row(at))?;
        take_names(&mut row, strangers);
        unnamed.push(&row.to_string());
    }
    Ok(unnamed)
}

fn take_names(value: &mut Value, strangers: &Mentions) {
    match value {
        Value::String(text) => {
            if let Some(without) = strangers.without(text, SOMEBODY) {
                *text = without;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| take_names(value, strangers)),
        Value::Object(values) => values.values_mut().for_each(|value| take_names(value, strangers)),
        _ => {}
    }
}
