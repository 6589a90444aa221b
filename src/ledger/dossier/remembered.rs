//! What the journal still remembers of somebody: what was done, and what rows were before.

use anyhow::Result;
use rusqlite::Connection;

use super::read::{Whose, packed, readable};
use crate::domain::directory::Mentions;
use crate::domain::dossier::Section;
use crate::ledger::export::Table;
use crate::ledger::journal;

/// Which changes are of rows that were theirs before, or are theirs today.
fn changes(whose: &Whose) -> String {
    let mut which = vec![
        format!("c.tbl = 'customers' AND {}", whose.has("c.row")),
        whose.has("json_extract(c.before, '$.customer')"),
        whose.has("json_extract(c.before, '$.referrer')"),
    ];
    for (table, key, owners) in journal::owned() {
        let theirs = owners.iter().map(|owner| whose.has(owner)).collect::<Vec<_>>().join(" OR ");
        which.push(format!("c.tbl = '{table}' AND c.row IN (SELECT {key} FROM {table} WHERE {theirs})"));
    }
    which.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" OR ")
}

/// Which former versions of contacts are theirs, likewise.
fn contacts(whose: &Whose) -> String {
    format!("({}) OR f.id IN (SELECT id FROM touchpoints WHERE {})", whose.has("f.customer"), whose.has("customer"))
}

/// Entries that touched a row of theirs, and those that name them where those are looked for; by number.
pub(super) fn entries(db: &Connection, whose: &Whose, mentions: Option<&Mentions>) -> Result<Section> {
    let mut section = Section::new(vec!["id", "at", "verb", "summary", "undone", "undoes", "erased"]);
    let sql = format!(
        "WITH theirs (id) AS (SELECT c.entry FROM changes c WHERE {} UNION SELECT f.by FROM former_touchpoints f WHERE {}
             UNION SELECT entry FROM touchpoints WHERE {} UNION SELECT entry FROM customers WHERE {})
         SELECT e.id IN (SELECT id FROM theirs), e.summary, json_array(id, at, verb, summary, undone, undoes, erased) FROM entries e ORDER BY id",
        changes(whose),
        contacts(whose),
        whose.has("customer"),
        whose.has("id"),
    );
    let mut select = db.prepare(&sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let summary = row.get_ref(1)?.as_str()?;
        if row.get(0)? || mentions.is_some_and(|mentions| mentions.without(summary, "").is_some()) {
            section.push(row.get_ref(2)?.as_str()?);
        }
    }
    Ok(section)
}

/// What rows of theirs were before an entry changed them or took them out, as an object of their columns; nothing
/// where a row was not there yet. The oldest first.
pub(super) fn versions(db: &Connection, whose: &Whose) -> Result<Section> {
    let name = |column: &str| format!("(SELECT name FROM customers WHERE id = json_extract(c.before, '$.{column}'))");
    let (customer, referrer) = (name("customer"), name("referrer"));
    let fields = Table::named("touchpoints").map_or(&[][..], |table| table.columns).iter();
    let pairs = fields.filter_map(|(column, form)| Some(format!("'{column}', {}", readable("f", column, *form)?)));
    let image = pairs.collect::<Vec<_>>().join(", ");
    let sql = format!(
        "SELECT json_array(v.entry, e.at, e.verb, v.tbl, v.row, json(v.before)) FROM (
         SELECT c.entry, c.seq, c.tbl, c.row, CASE WHEN json_type(c.before, '$.referrer') IS NOT NULL
             THEN json_set(c.before, '$.customer', {customer}, '$.referrer', {referrer}) ELSE c.before END AS before
         FROM changes c WHERE {}
         UNION ALL SELECT f.by, 0, 'touchpoints', f.id, CASE WHEN f.was THEN json_object({image}) END FROM former_touchpoints f WHERE {}
         ) v JOIN entries e ON e.id = v.entry ORDER BY v.entry, v.seq, v.row",
        changes(whose),
        contacts(whose),
    );
    packed(db, vec!["entry", "at", "verb", "table", "row", "before"], &sql, [])
}
