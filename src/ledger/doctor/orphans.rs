//! Rows that belong to something that is not there.
//!
//! What carries nothing a person typed goes; the rest stays where it is, because a loose address or a loose
//! note is still better than none, and a backup may have what it belongs to.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::Connection;

use super::look::put_back;
use crate::domain::checkup::Check;
use crate::domain::numbers::counted;
use crate::domain::text::Text;
use crate::text;

/// Tables with rows that may go when their customer has: sums, hashes, and proposals nobody answered in words.
pub const DERIVED: &[(&str, &str)] = &[
    ("standings", "customer NOT IN (SELECT id FROM customers)"),
    ("cards", "customer NOT IN (SELECT id FROM customers)"),
    ("refused", "customer NOT IN (SELECT id FROM customers)"),
    ("nudges", "customer NOT IN (SELECT id FROM customers) AND why = ''"),
];

/// Tables with a number of a touchpoint that may be gone: one that was taken out by hand stays known by
/// what was kept of it, so that taking that back finds it again.
const LINKED: &[Linked] = &[
    Linked {
        table: "nudges",
        en: ["nudge points to a contact that is not there", "nudges point to a contact that is not there"],
        nl: ["nudge wijst naar een contact dat er niet is", "nudges wijzen naar een contact dat er niet is"],
    },
    Linked {
        table: "gifts",
        en: ["gift points to a contact that is not there", "gifts point to a contact that is not there"],
        nl: ["cadeau wijst naar een contact dat er niet is", "cadeaus wijzen naar een contact dat er niet is"],
    },
];

/// A table, and how it is told that one of its rows, or more, leads nowhere.
struct Linked {
    table: &'static str,
    en: [&'static str; 2],
    nl: [&'static str; 2],
}

/// A number that leads nowhere.
pub fn leads_nowhere(table: &str) -> String {
    format!(
        "{table}.touchpoint IS NOT NULL AND NOT EXISTS (SELECT 1 FROM touchpoints t WHERE t.id = {table}.touchpoint)
         AND NOT EXISTS (SELECT 1 FROM former_touchpoints f WHERE f.id = {table}.touchpoint)"
    )
}

/// The checks before anything was found.
pub fn references_named() -> Check {
    Check::fine("references", text!("references", "verwijzingen"), text!("every row belongs to something", "elke rij hoort ergens bij"))
}

/// As [`references_named`].
pub fn loose_named() -> Check {
    Check::fine("orphans", text!("loose ends", "losse eindjes"), text!("none", "geen"))
}

/// The references that SQLite keeps: rows of a customer or entry that is gone.
pub fn references(db: &Connection) -> Result<Check> {
    let mut broken = BTreeMap::<String, i64>::new();
    let mut select = db.prepare("SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        broken.insert(row.get(0)?, row.get(1)?);
    }
    if broken.is_empty() {
        return Ok(references_named());
    }
    let list = broken.iter().map(|(table, n)| format!("{table} {n}")).collect::<Vec<_>>().join(", ");
    let found = text!("rows of a customer or entry that is gone: {list}", "rijen van een klant of invoer die weg is: {list}");
    let mut derived = 0;
    for (table, which) in DERIVED {
        derived += count(db, &format!("SELECT count(*) FROM {table} WHERE {which}"))?;
    }
    Ok(match derived == broken.values().sum::<i64>() {
        true => references_named().wrong_but_mendable(found),
        false => references_named().wrong(found, put_back()),
    })
}

/// What hangs together without SQLite keeping it so.
pub fn loose(db: &Connection) -> Result<Check> {
    let mut mendable = Vec::new();
    let tell = |into: &mut Vec<Text>, n: i64, en: [&str; 2], nl: [&str; 2]| {
        into.extend(u64::try_from(n).ok().filter(|n| *n > 0).map(|n| counted(n, en, nl)));
    };
    for Linked { table, en, nl } in LINKED {
        let n = count(db, &format!("SELECT count(*) FROM {table} WHERE {}", leads_nowhere(table)))?;
        tell(&mut mendable, n, *en, *nl);
    }
    let (entry, said, stage) = db.query_row(
        "SELECT coalesce(sum(entry NOT IN (SELECT id FROM entries)), 0),
            coalesce(sum(said IS NOT NULL AND said NOT IN (SELECT id FROM stages)), 0),
            coalesce(sum(stage IS NOT NULL AND stage NOT IN (SELECT id FROM stages)), 0) FROM touchpoints",
        [],
        |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)),
    )?;
    let undoes = count(db, "SELECT count(*) FROM entries WHERE undoes IS NOT NULL AND undoes NOT IN (SELECT id FROM entries)")?;
    tell(
        &mut mendable,
        stage,
        ["contact is counted in a stage that has no name", "contacts are counted in a stage that has no name"],
        ["contact telt in een fase zonder naam", "contacten tellen in een fase zonder naam"],
    );
    let mut lasting = Vec::new();
    tell(
        &mut lasting,
        entry,
        ["contact belongs to no entry, so that undo does not find it", "contacts belong to no entry, so that undo does not find them"],
        ["contact hoort bij geen invoer, zodat undo het niet vindt", "contacten horen bij geen invoer, zodat undo ze niet vindt"],
    );
    tell(
        &mut lasting,
        said,
        ["contact names a stage that has no name", "contacts name a stage that has no name"],
        ["contact noemt een fase zonder naam", "contacten noemen een fase zonder naam"],
    );
    tell(
        &mut lasting,
        undoes,
        ["entry takes back one that is not there", "entries take back one that is not there"],
        ["keer is invoer teruggenomen die er niet is", "keer is invoer teruggenomen die er niet is"],
    );
    Ok(match (lasting.is_empty(), mendable.is_empty()) {
        (true, true) => loose_named(),
        (true, false) => loose_named().wrong_but_mendable(listed(&mendable)),
        (false, _) => loose_named().wrong(listed(&[lasting, mendable].concat()), put_back()),
    })
}

/// Takes out what carries nothing that a person typed.
pub fn mend(db: &Connection) -> Result<()> {
    for (table, which) in DERIVED {
        db.execute(&format!("DELETE FROM {table} WHERE {which}"), [])?;
    }
    for Linked { table, .. } in LINKED {
        db.execute(&format!("UPDATE {table} SET touchpoint = NULL WHERE {}", leads_nowhere(table)), [])?;
    }
    Ok(())
}

fn count(db: &Connection, sql: &str) -> Result<i64> {
    Ok(db.query_row(sql, [], |row| row.get(0))?)
}

fn listed(found: &[Text]) -> Text {
    let join = |pick: fn(&Text) -> &str| found.iter().map(pick).collect::<Vec<_>>().join("; ");
    Text::new(join(|text| &text.en), join(|text| &text.nl))
}
