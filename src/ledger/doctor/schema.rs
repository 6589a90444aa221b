//! The tables, indexes and views, against those that this program would make.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use rusqlite::Connection;

use super::super::backup::COMPANIONS;
use super::super::migrations::STEPS;
use super::look::put_back;
use crate::domain::checkup::Check;
use crate::domain::text::Text;
use crate::text;

/// The check before anything was found.
pub fn named() -> Check {
    Check::fine("schema", text!("tables", "tabellen"), text!("all tables, and nothing else", "alle tabellen, en niets anders"))
}

/// A thing of the schema by its name: what it is (`table`, `index`, …) and the SQL it was made with.
type Things = BTreeMap<String, (String, String)>;

/// How the schema of a file differs from what it should be.
#[derive(Debug, Default)]
pub struct Differences {
    /// Indexes and views that are gone or otherwise: their names, and how to make them.
    pub remake: Vec<(String, String, String)>,
    /// Tables that are gone or otherwise.
    pub broken: Vec<String>,
    /// Triggers and tables that act or stay by mistake: what they are, and their names.
    pub drop: Vec<(String, String)>,
    /// What somebody else put there and that harms nothing.
    pub strange: Vec<String>,
}

/// Compares. What is gone of indexes is made anew; triggers, which would run with every command, are taken out.
pub fn check(db: &Connection) -> Result<Check> {
    let found = differences(db)?;
    let names = |list: Vec<String>| list.join(", ");
    if !found.broken.is_empty() {
        let tables = names(found.broken);
        return Ok(named().wrong(text!("a table is gone or changed: {tables}", "een tabel is weg of veranderd: {tables}"), put_back()));
    }
    let mend: Vec<String> = found.remake.iter().map(|(_, name, _)| name).chain(found.drop.iter().map(|(_, name)| name)).cloned().collect();
    if !mend.is_empty() {
        let list = names(mend);
        return Ok(named().wrong_but_mendable(text!("not as attent made it: {list}", "niet zoals attent het maakte: {list}")));
    }
    if !found.strange.is_empty() {
        let list = names(found.strange);
        return Ok(named().note(text!("not from attent: {list}", "niet van attent: {list}"), Text::default()));
    }
    Ok(named())
}

/// Compares a log of an older version, as far as its next steps ask.
pub fn check_older(db: &Connection, version: i64) -> Result<Check> {
    Ok(match of_a_later_version(db, version)? {
        None => named(),
        Some(table) => named().wrong(
            text!(
                "it says it is of version {version}, and has a table of a later one: {table}",
                "het zegt dat het van versie {version} is, en heeft een tabel van een latere: {table}"
            ),
            put_back(),
        ),
    })
}

/// A table in a file that only a later version than it says it is has; then its steps cannot be gone on with.
pub fn of_a_later_version(db: &Connection, version: i64) -> Result<Option<String>> {
    let had = usize::try_from(version)?.min(STEPS.len());
    let fresh = Connection::open_in_memory()?;
    let tables = || -> Result<BTreeSet<String>> {
        let mut select = fresh.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")?;
        Ok(select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?)
    };
    STEPS[..had].iter().try_for_each(|step| fresh.execute_batch(step))?;
    let known = tables()?;
    STEPS[had..].iter().try_for_each(|step| fresh.execute_batch(step))?;
    let found = things(db)?;
    Ok(tables()?.into_iter().find(|table| !known.contains(table) && found.contains_key(table)))
}

/// How a file differs from what this program makes.
pub fn differences(db: &Connection) -> Result<Differences> {
    let fresh = Connection::open_in_memory()?;
    STEPS.iter().try_for_each(|step| fresh.execute_batch(step))?;
    let (ought, mut is) = (things(&fresh)?, things(db)?);
    let mut found = Differences::default();
    for (name, (kind, sql)) in ought {
        let same = is.remove(&name).is_some_and(|(its, made)| its == kind && plain(&made) == plain(&sql));
        match (same, kind.as_str()) {
            (true, _) => {}
            (false, "table") => found.broken.push(name),
            (false, _) => found.remake.push((kind, name, sql)),
        }
    }
    for (name, (kind, _)) in is {
        match kind.as_str() {
            "trigger" => found.drop.push((kind, name)),
            _ if name == COMPANIONS => found.drop.push((kind, name)),
            _ => found.strange.push(name),
        }
    }
    Ok(found)
}

fn things(db: &Connection) -> Result<Things> {
    let mut select = db.prepare("SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND sql IS NOT NULL")?;
    let rows = select.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// SQL without how it was laid out.
fn plain(sql: &str) -> String {
    let code = sql.lines().map(|line| line.split("--").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
    code.split_whitespace().collect::<String>().replace('"', "")
}
