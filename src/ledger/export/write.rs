//! Writing everything.

use std::io::Write;

use anyhow::Result;
use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, Row};
use serde_json::{Map, Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::form::{Form, Stages, fits, write, write_text};
use super::lines::hexadecimal;
use super::odd::{Odd, is_odd, row_key};
use super::tables::{TABLES, Table};
use super::{SCHEMA, TELL_EVERY};
use crate::ledger::migrations::STEPS;
use crate::ledger::open::Ledger;
use crate::ledger::trouble::odd;
use crate::text;

/// How many rows each table has, in the order in which they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowCounts(pub Vec<(&'static str, u64)>);

impl RowCounts {
    /// The rows of a table.
    pub fn of(&self, table: &str) -> u64 {
        self.0.iter().find(|(name, _)| *name == table).map_or(0, |(_, count)| *count)
    }

    /// All rows together.
    pub fn total(&self) -> u64 {
        self.0.iter().map(|(_, count)| count).sum()
    }
}

impl Ledger {
    /// How many rows an export will have.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn row_counts(&self) -> Result<RowCounts> {
        let count = |table: &Table| {
            let sql = format!("SELECT count(*) FROM {} WHERE {}", table.name, table.only);
            Ok((table.name, u64::try_from(self.db.query_row(&sql, [], |row| row.get::<_, i64>(0))?)?))
        };
        TABLES.iter().map(count).collect::<Result<_>>().map(RowCounts)
    }

    /// Writes everything that cannot be rebuilt as JSON Lines. `counts` are the rows there are, which is so
    /// when both are read in one [`Ledger::snapshot`]; `tell` hears how many are written.
    ///
    /// Gives what of it an import would refuse.
    ///
    /// # Errors
    /// When the file cannot be read, or `out` fails.
    pub fn export(&self, counts: &RowCounts, out: &mut dyn Write, tell: &mut dyn FnMut(u64)) -> Result<Odd> {
        let mut odd = Odd::default();
        let mut lines = Lines { out, hash: Sha256::new(), count: 0 };
        lines.put(&format!("{}\n", self.header(counts)?))?;
        let stages = numbered_stages(&self.db)?;
        let mut line = String::new();
        for table in TABLES {
            let sql = format!("SELECT {} FROM {} WHERE {} ORDER BY {}", table.names(), table.name, table.only, table.key);
            let mut select = self.db.prepare(&sql)?;
            let mut rows = select.query([])?;
            while let Some(row) = rows.next()? {
                line.clear();
                write_row(table, row, &stages, &mut line, &mut odd)?;
                lines.put(&line)?;
                if lines.count.is_multiple_of(TELL_EVERY) {
                    tell(lines.count);
                }
            }
        }
        lines.close().map(|()| odd)
    }

    fn header(&self, counts: &RowCounts) -> Result<Json> {
        let mut select = self.db.prepare("SELECT name, seq FROM sqlite_sequence ORDER BY name")?;
        let numbers = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)))?;
        let numbers = numbers.collect::<rusqlite::Result<Vec<_>>>()?;
        let highest: Map<String, Json> =
            numbers.into_iter().filter(|(name, _)| Table::named(name).is_some()).map(|(name, seq)| (name, seq.into())).collect();
        let rows: Map<String, Json> = counts.0.iter().map(|(name, count)| ((*name).to_owned(), (*count).into())).collect();
        Ok(json!({ "schema": SCHEMA, "attent": env!("CARGO_PKG_VERSION"), "log": STEPS.len(), "rows": rows, "highest": highest }))
    }
}

/// The stages by their numbers.
pub fn numbered_stages(db: &Connection) -> Result<Stages> {
    let mut stages = Stages::default();
    let mut select = db.prepare("SELECT id, journey, stage FROM stages")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        stages.add(row.get(0)?, &row.get::<_, String>(1)?, &row.get::<_, String>(2)?);
    }
    Ok(stages)
}

/// Lines on their way out, counted and hashed.
struct Lines<'o> {
    out: &'o mut dyn Write,
    hash: Sha256,
    count: u64,
}

impl Lines<'_> {
    fn put(&mut self, line: &str) -> Result<()> {
        self.hash.update(line);
        self.count += 1;
        Ok(self.out.write_all(line.as_bytes())?)
    }

    fn close(self) -> Result<()> {
        let end = json!({ "end": SCHEMA, "lines": self.count, "sha256": hexadecimal(self.hash) });
        Ok(writeln!(self.out, "{end}")?)
    }
}

fn write_row(table: &'static Table, row: &Row<'_>, stages: &Stages, line: &mut String, odd: &mut Odd) -> Result<()> {
    line.push_str("{\"table\":\"");
    line.push_str(table.name);
    line.push('"');
    for (place, (name, form)) in table.columns.iter().enumerate() {
        let value = row.get_ref(place)?;
        if value == ValueRef::Null {
            continue;
        }
        line.push_str(",\"");
        line.push_str(name);
        line.push_str("\":");
        match (form, value) {
            (_, ValueRef::Text(bytes)) if std::str::from_utf8(bytes).is_err() => return Err(no_text(table, row, name).into()),
            (Form::Before, _) => write_before(row.get_ref("tbl")?.as_str()?, value.as_str()?, stages, line)?,
            _ => write(*form, value, stages, line)?,
        }
        if is_odd(row, *form, value, stages)? {
            odd.add(table, row, name);
        }
    }
    line.push_str("}\n");
    Ok(())
}

/// Writes what a row of another table was, with its values as that table writes them.
fn write_before(table: &str, before: &str, stages: &Stages, line: &mut String) -> Result<()> {
    let image = image_of(before)?;
    line.push('{');
    for (place, (name, value)) in image.iter().enumerate() {
        if place > 0 {
            line.push(',');
        }
        write_text(name, line);
        line.push(':');
        let form = Table::named(table).and_then(|table| table.form(name)).unwrap_or(Form::Text);
        write(form, ValueRef::from(&scalar(value)?), stages, line)?;
    }
    line.push('}');
    Ok(())
}

/// Whether an import would refuse what a row of another table was.
pub fn is_odd_before(table: &str, before: &str, stages: &Stages) -> Result<bool> {
    for (name, value) in &image_of(before)? {
        let form = Table::named(table).and_then(|table| table.form(name));
        if !form.is_some_and(|form| scalar(value).is_ok_and(|value| fits(form, ValueRef::from(&value), stages))) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn image_of(before: &str) -> Result<Map<String, Json>> {
    Ok(serde_json::from_str(before).map_err(|_| damaged_journal())?)
}

/// A value of the journal as SQLite has it.
fn scalar(value: &Json) -> Result<Value> {
    Ok(match value {
        Json::Null => Value::Null,
        Json::String(text) => Value::Text(text.clone()),
        Json::Number(number) => match number.as_i64() {
            Some(whole) => Value::Integer(whole),
            None => Value::Real(number.as_f64().unwrap_or_default()),
        },
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => return Err(damaged_journal().into()),
    })
}

/// A text of which the bytes are no text, with the row it is in.
fn no_text(table: &Table, row: &Row<'_>, column: &str) -> crate::domain::problem::Problem {
    let (name, at) = (table.name, row_key(table, row));
    odd(text!(
        "row {at} of the table `{name}` holds bytes in `{column}` that are no text",
        "rij {at} van de tabel `{name}` heeft in `{column}` bytes die geen tekst zijn"
    ))
}

fn damaged_journal() -> crate::domain::problem::Problem {
    odd(text!("what it kept of an earlier change cannot be read", "wat het van een eerdere wijziging bewaarde, is niet te lezen"))
}
