//! Putting the rows of a table into the log.

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, ErrorCode, Statement, ffi, params, params_from_iter};
use serde_json::{Map, Value as Json};

use super::form::{Form, Stages, read};
use super::tables::Table;
use crate::domain::text::Text;
use crate::text;

/// Puts the rows of one table in.
pub struct Inserter<'t> {
    /// The table.
    pub table: &'static Table,
    db: &'t Connection,
    insert: Statement<'t>,
    /// What a column holds that a line does not name; `None` where it must.
    absent: Vec<Option<Value>>,
}

impl<'t> Inserter<'t> {
    /// Prepares for a table.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn new(db: &'t Connection, table: &'static Table) -> Result<Self> {
        let marks = (1..=table.columns.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        let insert = db.prepare(&format!("INSERT INTO {} ({}) VALUES ({marks})", table.name, table.names()))?;
        let absent = table.columns.iter().map(|(column, _)| default_of(db, table.name, column)).collect::<Result<_>>()?;
        Ok(Self { table, db, insert, absent })
    }

    /// Puts a line's row in; gives what is wrong with it when it cannot be.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn put(&mut self, mut line: Map<String, Json>, stages: &mut Stages) -> Result<Result<(), Text>> {
        let values = match self.values(&mut line, stages)? {
            Ok(values) => values,
            Err(why) => return Ok(Err(why)),
        };
        if let Some(unknown) = line.keys().find(|key| *key != "table") {
            return Ok(Err(unknown_field(unknown)));
        }
        if let Err(err) = self.insert.execute(params_from_iter(&values)) {
            return refusal(&err).map(Err).ok_or_else(|| err.into());
        }
        if let ("stages", [Value::Integer(id), Value::Text(journey), Value::Text(stage)]) = (self.table.name, &values[..]) {
            stages.add(*id, journey, stage);
        }
        Ok(Ok(()))
    }

    /// The values of the columns; what was read is taken out of the line.
    fn values(&self, line: &mut Map<String, Json>, stages: &Stages) -> Result<Result<Vec<Value>, Text>> {
        let mut values = Vec::with_capacity(self.table.columns.len());
        for ((column, form), absent) in self.table.columns.iter().zip(&self.absent) {
            let value = match (line.swap_remove(*column).filter(|json| !json.is_null()), form) {
                (Some(Json::Object(image)), Form::Before) => match self.image(values.get(2), &image, stages)? {
                    Ok(before) => before,
                    Err(why) => return Ok(Err(why)),
                },
                (Some(json), form) => match read(form_of(*form, values.get(2)), &json, stages) {
                    Ok(value) => value,
                    Err(why) => return Ok(Err(of_field(column, &why))),
                },
                (None, _) => match absent {
                    Some(value) => value.clone(),
                    None => return Ok(Err(text!("`{column}` is missing", "`{column}` ontbreekt"))),
                },
            };
            values.push(value);
        }
        Ok(Ok(values))
    }

    /// A row as it was, in SQLite's own spelling, which is that of the journal's triggers.
    fn image(&self, table: Option<&Value>, image: &Map<String, Json>, stages: &Stages) -> Result<Result<Value, Text>> {
        let Some(table) = table.and_then(|name| if let Value::Text(name) = name { Table::named(name) } else { None }) else {
            return Ok(Err(text!("it does not say of which table the row was", "er staat niet van welke tabel de rij was")));
        };
        let mut values = Vec::with_capacity(image.len());
        for (column, json) in image {
            let Some(form) = table.form(column) else { return Ok(Err(unknown_field(column))) };
            match read(form, json, stages) {
                Ok(value) => values.push(value),
                Err(why) => return Ok(Err(of_field(column, &why))),
            }
        }
        let pairs = image.keys().enumerate().map(|(n, column)| format!("'{column}', ?{}", n + 1)).collect::<Vec<_>>().join(", ");
        let mut object = self.db.prepare_cached(&format!("SELECT json_object({pairs})"))?;
        Ok(Ok(object.query_row(params_from_iter(&values), |row| row.get(0))?))
    }
}

/// What a column holds when nobody says so; `None` where somebody must.
fn default_of(db: &Connection, table: &str, column: &str) -> Result<Option<Value>> {
    let sql = "SELECT dflt_value, \"notnull\" OR pk > 0 FROM pragma_table_info(?1) WHERE name = ?2";
    let (default, wanted): (Option<String>, bool) = db.query_row(sql, params![table, column], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(match default {
        Some(default) => Some(db.query_row(&format!("SELECT {default}"), [], |row| row.get(0))?),
        None => (!wanted).then_some(Value::Null),
    })
}

/// How a value is read: the key of a row as in the table it is of.
fn form_of(form: Form, table: Option<&Value>) -> Form {
    match (form, table) {
        (Form::Key, Some(Value::Text(name))) if Table::named(name).is_some_and(Table::is_numbered) => Form::Row,
        _ => form,
    }
}

fn of_field(column: &str, why: &Text) -> Text {
    Text::new(format!("`{column}` {}", why.en), format!("`{column}` {}", why.nl))
}

fn unknown_field(name: &str) -> Text {
    let name: String = name.chars().take(80).collect();
    text!(
        "`{name}` is not known; a newer version of attent may have written it",
        "`{name}` is niet bekend; misschien is dit door een nieuwere versie van attent geschreven"
    )
}

/// Why a row was refused; `None` when the row is not to blame.
fn refusal(err: &rusqlite::Error) -> Option<Text> {
    let rusqlite::Error::SqliteFailure(failure, said) = err else { return None };
    if failure.code != ErrorCode::ConstraintViolation {
        return None;
    }
    let said = said.as_deref().unwrap_or_default();
    Some(match failure.extended_code {
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => {
            text!("it refers to a row that is not in the export", "er wordt verwezen naar een rij die niet in de export staat")
        }
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            text!("an earlier line has the same ({said})", "een eerdere regel heeft hetzelfde ({said})")
        }
        _ => text!("a value is not possible ({said})", "een waarde is niet mogelijk ({said})"),
    })
}
