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

use super::forget::{mentioned, person};
use super::open::Ledger;
use crate::domain::dossier::{Dossier, Part, Section};
use crate::domain::phone::Country;
use crate::domain::touchpoint::CustomerId;

impl Ledger {
    /// Everything the log knows of a customer; with `others` also where they are named in what is recorded about
    /// others. Nothing is written.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn dossier(&self, customer: CustomerId, country: Country, others: bool) -> Result<Dossier> {
        let db = &self.db;
        let person = person(db, customer)?;
        let whose = read::Whose::of(&person.ids);
        let mentions = mentioned(db, std::slice::from_ref(&person), country)?;
        let mut parts = Vec::with_capacity(Part::ALL.len());
        for part in Part::ALL {
            let section = match part {
                Part::Files => read::files(db, &whose, &mentions)?,
                Part::Entries => remembered::entries(db, &whose, &mentions)?,
                Part::Versions => remembered::versions(db, &whose)?,
                Part::Mentions if !others => continue,
                Part::Mentions => mentions::elsewhere(db, &person.ids, &mentions)?,
                own => match read::table_of(own) {
                    Some((table, order)) => read::rows(db, table, order, &whose)?,
                    None => Section::default(),
                },
            };
            parts.push((part, Arc::new(section)));
        }
        Ok(Dossier { parts, keys: person.keys.into_iter().collect() })
    }
}
