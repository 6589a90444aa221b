//! The rows that are somebody's today.

use anyhow::Result;
use rusqlite::{Connection, Params};

use crate::domain::directory::Mentions;
use crate::domain::dossier::{Part, Section};
use crate::domain::text::Text;
use crate::ledger::export::{Form, Table};
use crate::ledger::trouble::odd;
use crate::text;

/// The numbers of the customers somebody is and was, for SQL.
pub(super) struct Whose(String);

impl Whose {
    pub fn of(ids: &[i64]) -> Self {
        Self(ids.iter().map(i64::to_string).collect::<Vec<_>>().join(", "))
    }

    /// Whether what an expression gives is one of them.
    pub fn has(&self, expression: &str) -> String {
        format!("{expression} IN ({})", self.0)
    }

    /// Which rows of a table are theirs.
    pub fn rows(&self, table: &Table) -> String {
        let owners: Vec<&str> = match table.name {
            "customers" => vec!["id"],
            _ => table.columns.iter().map(|(column, _)| *column).filter(|column| is_owner(column)).collect(),
        };
        owners.into_iter().map(|owner| self.has(owner)).collect::<Vec<_>>().join(" OR ")
    }
}

/// Whether a column says which customer a row is about.
pub(super) fn is_owner(column: &str) -> bool {
    matches!(column, "customer" | "referrer")
}

/// The table a part has its rows from, and how they are ordered; `None` for what is gathered from several.
pub(super) fn table_of(part: Part) -> Option<(&'static Table, &'static str)> {
    let (name, order) = match part {
        Part::Customer => ("customers", "id"),
        Part::Keys => ("customer_keys", "key"),
        Part::Particulars => ("particulars", "what, value"),
        Part::Referrals => ("referrals", "at, id"),
        Part::Contacts => ("touchpoints", "at, id"),
        Part::Incidents => ("incidents", "opened, id"),
        Part::Nudges => ("nudges", "id"),
        Part::Gifts => ("gifts", "day, id"),
        Part::Files | Part::Entries | Part::Versions | Part::Mentions => return None,
    };
    Some((Table::named(name)?, order))
}

/// How a column of a table is read: stages by their id, customers by their name. Digests are not read at all.
pub(super) fn readable(table: &str, column: &str, form: Form) -> Option<String> {
    match form {
        Form::Hex => None,
        Form::Stage => Some(format!("(SELECT stage FROM stages WHERE id = {table}.{column})")),
        _ if is_owner(column) => Some(format!("(SELECT name FROM customers WHERE id = {table}.{column})")),
        _ => Some(format!("{table}.{column}")),
    }
}

/// Their rows of a table.
pub(super) fn rows(db: &Connection, table: &'static Table, order: &str, whose: &Whose) -> Result<Section> {
    let (columns, read): (Vec<_>, Vec<_>) =
        table.columns.iter().filter_map(|(column, form)| Some((*column, readable(table.name, column, *form)?))).unzip();
    let sql = format!("SELECT json_array({}) FROM {} WHERE {} ORDER BY {order}", read.join(", "), table.name, whose.rows(table));
    packed(db, columns, &sql, [])
}

/// Where what is known was read from: how many contacts and particulars of each source, how many cards and records
/// are known by a digest alone, and the sources that name them.
pub(super) fn files(db: &Connection, whose: &Whose, mentions: &Mentions) -> Result<Section> {
    let theirs = whose.has("customer");
    let sql = format!(
        "SELECT json_array(kind, source, n, first, last) FROM (
         SELECT 'contacts' AS kind, source, count(*) AS n, min(at) AS first, max(at) AS last FROM touchpoints WHERE {theirs} GROUP BY source
         UNION ALL SELECT 'particulars', source, count(*), NULL, NULL FROM particulars WHERE {theirs} GROUP BY source
         UNION ALL SELECT 'cards', NULL, count(*), NULL, NULL FROM cards WHERE {theirs} HAVING count(*) > 0
         UNION ALL SELECT 'refused', NULL, count(*), NULL, NULL FROM refused WHERE {theirs} HAVING count(*) > 0)"
    );
    let mut section = packed(db, vec!["kind", "source", "count", "first", "last"], &sql, [])?;
    let mut select = db.prepare("SELECT id, settings, stamp, ends, json_array('source', id, NULL, NULL, read) FROM sources ORDER BY id")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..4 {
            if mentions.named_in(row.get_ref(column)?.as_str()?) {
                section.push(row.get_ref(4)?.as_str()?);
                break;
            }
        }
    }
    Ok(section)
}

/// The rows a question gives, each a JSON array.
pub(super) fn packed(db: &Connection, columns: Vec<&'static str>, sql: &str, given: impl Params) -> Result<Section> {
    let mut section = Section::new(columns);
    let mut select = db.prepare(sql)?;
    let mut rows = select.query(given)?;
    while let Some(row) = rows.next()? {
        let array = row.get_ref(0)?.as_str().map_err(|_| not_text())?;
        serde_json::from_str::<serde::de::IgnoredAny>(array).map_err(|_| not_text())?;
        section.push(array);
    }
    Ok(section)
}

fn not_text() -> crate::domain::problem::Problem {
    let why: Text = text!("it holds a value that cannot be shown", "er staat een waarde in die niet te tonen is");
    odd(why)
}
