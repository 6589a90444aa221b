//! Values that attent never writes, as somebody may put in with another program. An export holds them as they are, and an
//! import refuses them: so they are told before anybody counts on the file.

use anyhow::Result;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use super::form::{Form, Stages, fits};
use super::tables::{TABLES, Table};
use super::write::{is_odd_before, numbered_stages};
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::text;

/// So many are told one by one.
const NAMED: usize = 5;
/// So much is shown of the key of a row, in characters.
const SHOWN: usize = 60;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Odd {
    /// How many values.
    pub count: u64,
    /// Where the first of them are.
    places: Vec<Text>,
}

impl Odd {
    /// Takes in one.
    pub fn add(&mut self, table: &Table, row: &Row<'_>, column: &str) {
        self.count += 1;
        if self.places.len() < NAMED {
            self.places.push(place(table, row, column));
        }
    }

    /// `2 values that attent never writes (`channel` in row 12 of the table `touchpoints`, …)`.
    pub fn said(&self) -> Text {
        let n = counted(self.count, ["value", "values"], ["waarde", "waarden"]);
        let more = if self.count > self.places.len() as u64 { ", …" } else { "" };
        let list = |pick: fn(&Text) -> &str| self.places.iter().map(pick).collect::<Vec<_>>().join(", ");
        Text::new(
            format!("{} that attent never writes ({}{more})", n.en, list(|place| &place.en)),
            format!("{} die attent nooit schrijft ({}{more})", n.nl, list(|place| &place.nl)),
        )
    }
}

fn place(table: &Table, row: &Row<'_>, column: &str) -> Text {
    let (name, at) = (table.name, row_key(table, row));
    text!("`{column}` in row {at} of the table `{name}`", "`{column}` in rij {at} van de tabel `{name}`")
}

/// By what a row is found.
pub fn row_key(table: &Table, row: &Row<'_>) -> String {
    let key = |column: &str| match row.get_ref(column) {
        Ok(ValueRef::Integer(number)) => number.to_string(),
        Ok(ValueRef::Text(bytes)) => String::from_utf8_lossy(bytes).chars().take(SHOWN).collect(),
        _ => String::new(),
    };
    table.key.split(", ").map(key).collect::<Vec<_>>().join(", ")
}

/// Looks through all that an export would hold. What a stage of a contact should be is another look's.
///
/// # Errors
/// When the file cannot be read.
pub fn find_odd(db: &Connection) -> Result<Odd> {
    let stages = numbered_stages(db)?;
    let mut odd = Odd::default();
    for table in TABLES {
        let looked_at = |form: &Form| !matches!(form, Form::Stage | Form::Long | Form::Real | Form::Hex);
        let columns: Vec<(usize, &str, Form)> = table
            .columns
            .iter()
            .enumerate()
            .filter(|(_, (_, form))| looked_at(form))
            .map(|(at, (name, form))| (at, *name, *form))
            .collect();
        let mut select = db.prepare(&format!("SELECT {} FROM {} WHERE {}", table.names(), table.name, table.only))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            for (at, name, form) in &columns {
                if is_odd(row, *form, row.get_ref(*at)?, &stages)? {
                    odd.add(table, row, name);
                }
            }
        }
    }
    Ok(odd)
}

/// Whether an import would refuse a value of a row.
pub fn is_odd(row: &Row<'_>, form: Form, value: ValueRef<'_>, stages: &Stages) -> Result<bool> {
    Ok(match form {
        Form::Before if value == ValueRef::Null => false,
        Form::Before => is_odd_before(row.get_ref("tbl")?.as_str()?, value.as_str()?, stages)?,
        // In the journal, what is known by a number has one.
        Form::Key if matches!(value, ValueRef::Text(_)) => {
            Table::named(row.get_ref("tbl")?.as_str()?).is_some_and(Table::is_numbered) || !fits(form, value, stages)
        }
        form => !fits(form, value, stages),
    })
}
