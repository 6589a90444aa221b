//! Where somebody is named in what is recorded about others: the sure mentions that forgetting takes out, and the
//! likenesses that it points out.

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::read::is_owner;
use crate::domain::directory::{Found, Mentions};
use crate::domain::dossier::Section;
use crate::ledger::export::Table;
use crate::ledger::forget::{Holds, Search, TEXTS};

/// Every text about others that names them, former versions of contacts and of rows included.
pub(super) fn elsewhere(db: &Connection, ids: &[i64], mentions: &Mentions) -> Result<Section> {
    let mut section = Section::new(vec!["table", "column", "row", "customer", "text", "certainty"]);
    if mentions.is_empty() {
        return Ok(section);
    }
    let search = Search::new(mentions);
    for (table, columns) in TEXTS {
        let texts: Vec<&str> =
            columns.iter().filter(|(_, holds)| matches!(holds, Holds::Prose | Holds::Name)).map(|(column, _)| *column).collect();
        if !texts.is_empty() {
            Texts { db, ids, search: &search }.of_table(table, &texts, &mut section)?;
        }
    }
    Texts { db, ids, search: &search }.of_changes(&mut section)?;
    Ok(section)
}

struct Texts<'a> {
    db: &'a Connection,
    ids: &'a [i64],
    search: &'a Search,
}

impl Texts<'_> {
    fn of_table(&self, table: &str, texts: &[&str], section: &mut Section) -> Result<()> {
        let owners: Vec<&str> = match table {
            "customers" => vec!["id"],
            _ => Table::named(table)
                .map_or(&[][..], |table| table.columns)
                .iter()
                .map(|(name, _)| *name)
                .filter(|name| is_owner(name))
                .collect(),
        };
        let key = if table == "customer_keys" { "folded" } else { "id" };
        let sql = format!("SELECT {key}, {}, {} FROM {table} NOT INDEXED", owners.join(", "), texts.join(", "));
        let mut select = self.db.prepare(&sql)?;
        let mut rows = select.query([])?;
        let mut last_source = String::new();
        while let Some(row) = rows.next()? {
            let mut theirs = false;
            for at in 1..=owners.len() {
                theirs |= row.get::<_, Option<i64>>(at)?.is_some_and(|owner| self.ids.contains(&owner));
            }
            let what = if table == "particulars" { Some(row.get_ref("what")?.as_str()?) } else { None };
            for (at, column) in texts.iter().enumerate().filter(|_| !theirs) {
                let Some(text) = row.get_ref(at + 1 + owners.len())?.as_str_or_null()? else { continue };
                // Millions of contacts come from a handful of sources.
                if *column == "source" && text == last_source {
                    continue;
                }
                if let Some(sure) = named(self.search.of(table, column, what), text) {
                    self.add(section, (table, column, row.get(0)?), row.get(1)?, text, sure)?;
                } else if *column == "source" {
                    text.clone_into(&mut last_source);
                }
            }
        }
        Ok(())
    }

    /// What rows of others were before they were changed.
    fn of_changes(&self, section: &mut Section) -> Result<()> {
        let mut select = self.db.prepare(
            "SELECT c.tbl, j.key, c.row, iif(c.tbl = 'customers', c.row, json_extract(c.before, '$.customer')),
                 json_extract(c.before, '$.referrer'), j.atom, iif(c.tbl = 'particulars', json_extract(c.before, '$.what'), NULL)
             FROM changes c, json_each(c.before) j WHERE c.before IS NOT NULL AND j.type = 'text'",
        )?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (owner, referrer): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
            let (table, column) = (row.get_ref(0)?.as_str()?, row.get_ref(1)?.as_str()?);
            let theirs = [owner, referrer].into_iter().flatten().any(|owner| self.ids.contains(&owner));
            let text = row.get_ref(5)?.as_str()?;
            if theirs || !is_prose(table, column) {
                continue;
            }
            let what: Option<String> = row.get(6)?;
            if let Some(sure) = named(self.search.of(table, column, what.as_deref()), text) {
                self.add(section, (&format!("former_{table}"), column, row.get(2)?), owner, text, sure)?;
            }
        }
        Ok(())
    }

    fn add(&self, section: &mut Section, place: (&str, &str, Value), owner: Option<i64>, text: &str, sure: bool) -> Result<()> {
        let sql = "SELECT json_array(?1, ?2, ?3, (SELECT name FROM customers WHERE id = ?4), ?5, ?6)";
        let (table, column, row) = place;
        let certainty = if sure { "sure" } else { "perhaps" };
        let mut select = self.db.prepare_cached(sql)?;
        let array: String = select.query_row(params![table, column, row, owner, text, certainty], |row| row.get(0))?;
        section.push(&array);
        Ok(())
    }
}

/// Whether a text names them surely, or may; `None` when it does not.
fn named(mentions: &Mentions, text: &str) -> Option<bool> {
    let found = mentions.find(text);
    (found != Found::default()).then_some(!found.sure.is_empty())
}

fn is_prose(table: &str, column: &str) -> bool {
    let columns = TEXTS.iter().find(|(name, _)| *name == table).map_or(&[][..], |(_, columns)| columns);
    columns.iter().any(|(name, holds)| *name == column && matches!(holds, Holds::Prose | Holds::Name))
}
