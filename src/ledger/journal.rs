//! What rows were before an entry changed them, so that every entry can be taken back, and the
//! taking back too.
//!
//! Triggers that live as long as the connection write a row of `changes` for every row of the small
//! tables that is added, changed or removed. A change nobody thought of journalling does not exist. (Only of a
//! customer who is added it is written by hand: a log that is read in brings them by the ten thousand, and for a
//! statement with a trigger SQLite first copies every page it is about to change.)
//! The log itself is too large for that: what an entry adds is a stretch of numbers, and what it
//! changes or takes out is copied to `former_touchpoints` by whoever does it.

use std::collections::BTreeMap;

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};

use crate::domain::calendar::Moment;

/// A table that is journalled: its name, the column a row is known by, and the others.
struct Table {
    name: &'static str,
    key: &'static str,
    columns: &'static [&'static str],
}

/// The table whose new rows have no trigger.
const CUSTOMERS: &str = "customers";

/// Parents before children.
const TABLES: &[Table] = &[
    Table {
        name: CUSTOMERS,
        key: "id",
        columns: &[
            "name",
            "folded",
            "segment",
            "journey",
            "since",
            "no_contact",
            "gifts",
            "gift_cap",
            "notes",
            "entry",
            "organisation",
            "gift_cap_year",
            "gift_approval",
            "gift_office",
            "origin",
        ],
    },
    Table { name: "customer_keys", key: "folded", columns: &["key", "customer"] },
    Table { name: "particulars", key: "id", columns: &["customer", "what", "value", "source"] },
    Table { name: "cards", key: "id", columns: &["key", "customer", "content"] },
    Table { name: "refused", key: "id", columns: &["key", "customer"] },
    Table {
        name: "incidents",
        key: "id",
        columns: &[
            "customer",
            "stage",
            "severity",
            "kind",
            "what",
            "owner",
            "opened",
            "acknowledged",
            "resolved",
            "personal",
            "generous",
            "quality",
            "entry",
            "loss",
            "extra",
            "lesson",
            "checked",
            "satisfied",
        ],
    },
    Table {
        name: "nudges",
        key: "id",
        columns: &[
            "customer",
            "place",
            "rule",
            "play",
            "because_en",
            "because_nl",
            "minutes",
            "cost",
            "owed",
            "opened",
            "due",
            "state",
            "snoozed",
            "ended",
            "why",
            "touchpoint",
            "told",
        ],
    },
    Table {
        name: "gifts",
        key: "id",
        columns: &["customer", "state", "what", "value", "day", "occasion", "why", "given_by", "approved", "against", "touchpoint"],
    },
    Table {
        name: "referrals",
        key: "id",
        columns: &["customer", "referrer", "at", "thanked", "told", "outcome", "reward", "reward_referred"],
    },
];

/// Sets the triggers of a connection; the newest entry is the one that changes things.
pub fn watch(db: &Connection) -> Result<()> {
    let set: bool =
        db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_temp_schema WHERE name = 'watch_customers_gone')", [], |row| row.get(0))?;
    if !set {
        db.execute_batch(&TABLES.iter().map(triggers).collect::<String>())?;
    }
    Ok(())
}

/// Keeps that a customer was added by the newest entry.
pub fn customer_added(db: &Connection, id: i64) -> Result<()> {
    let sql = "INSERT INTO changes (entry, tbl, row, before) VALUES ((SELECT max(id) FROM entries), 'customers', ?1, NULL)";
    db.prepare_cached(sql)?.execute([id])?;
    Ok(())
}

/// Takes the triggers away again: what is erased is not to be remembered.
pub fn look_away(db: &Connection) -> Result<()> {
    let drop = |table: &Table| {
        let name = table.name;
        ["new", "changed", "gone"].map(|when| format!("DROP TRIGGER IF EXISTS temp.watch_{name}_{when};")).concat()
    };
    Ok(db.execute_batch(&TABLES.iter().map(drop).collect::<String>())?)
}

/// The tables whose rows belong to customers: the name, the column a row is known by, and the columns that say whose it
/// is.
pub fn owned() -> impl Iterator<Item = (&'static str, &'static str, Vec<&'static str>)> {
    TABLES.iter().filter(|table| table.name != CUSTOMERS).map(|table| {
        let owners = table.columns.iter().copied().filter(|column| matches!(*column, "customer" | "referrer"));
        (table.name, table.key, owners.collect())
    })
}

fn triggers(table: &Table) -> String {
    let Table { name, key, columns } = table;
    let image = columns.iter().chain([key]).map(|column| format!("'{column}', OLD.{column}")).collect::<Vec<_>>().join(", ");
    let keep = |when: &str, action: &str, row: &str, before: &str| {
        format!(
            "CREATE TEMP TRIGGER watch_{name}_{when} AFTER {action} ON main.{name} BEGIN
             INSERT INTO changes (entry, tbl, row, before) VALUES ((SELECT max(id) FROM entries), '{name}', {row}.{key}, {before}); END;"
        )
    };
    let old = format!("json_object({image})");
    let new = if *name == CUSTOMERS { String::new() } else { keep("new", "INSERT", "NEW", "NULL") };
    new + &keep("changed", "UPDATE", "OLD", &old) + &keep("gone", "DELETE", "OLD", &old)
}

/// What one row was.
#[derive(Debug, Clone)]
pub struct Image {
    table: usize,
    row: Value,
    /// The values by column; `None` when it was not there.
    before: Option<BTreeMap<String, Value>>,
}

impl Image {
    /// The number of the customer that was not there before, if this is one.
    pub fn new_customer(&self) -> Option<i64> {
        match (self.table, &self.row, &self.before) {
            (0, Value::Integer(id), None) => Some(*id),
            _ => None,
        }
    }

    /// The number of the customer that was there before, if this is one.
    pub fn former_customer(&self) -> Option<i64> {
        match (self.table, &self.row, &self.before) {
            (0, Value::Integer(id), Some(_)) => Some(*id),
            _ => None,
        }
    }

    /// Whether this is about a row of a table, and whether the row was there before.
    pub fn of(&self, table: &str) -> Option<bool> {
        (TABLES[self.table].name == table).then_some(self.before.is_some())
    }

    /// Whether this is a nudge that stood.
    fn stood(&self) -> bool {
        let state = self.before.as_ref().and_then(|before| before.get("state"));
        TABLES[self.table].name == "nudges" && matches!(state, Some(Value::Text(state)) if state == "open")
    }

    /// Lets a nudge that stood be closed as of a moment, and known as such, when another of the same cause
    /// came to stand since. Gives its number when it is so.
    fn give_way(&mut self, db: &Connection, now: Moment, others: &[Value]) -> Result<Option<i64>> {
        let (true, Value::Integer(id), Some(before)) = (self.stood(), &self.row, &mut self.before) else { return Ok(None) };
        let value = |column: &str| before.get(column).cloned().unwrap_or(Value::Null);
        let mut select =
            db.prepare_cached("SELECT id FROM nudges WHERE customer = ?1 AND place = ?2 AND rule = ?3 AND state = 'open' AND id <> ?4")?;
        let given = params![value("customer"), value("place"), value("rule"), id];
        let Some(stands) = select.query_row(given, |row| row.get::<_, Value>(0)).optional()? else { return Ok(None) };
        // One that the same entry changed is about to be what it was before too.
        if others.contains(&stands) {
            return Ok(None);
        }
        let at = Value::Integer(now.0);
        let closed = [("state", Value::Text("closed".to_owned())), ("snoozed", Value::Null), ("ended", at.clone()), ("told", at)];
        before.extend(closed.map(|(column, value)| (column.to_owned(), value)));
        Ok(Some(*id))
    }

    /// The customer whose row this is or belongs to, as it was or is now.
    fn customer(&self, db: &Connection) -> Result<Option<i64>> {
        let Table { name, key, .. } = &TABLES[self.table];
        let column = if self.table == 0 { "id" } else { "customer" };
        if let Some(Value::Integer(id)) = self.before.as_ref().and_then(|before| before.get(column)) {
            return Ok(Some(*id));
        }
        let mut select = db.prepare_cached(&format!("SELECT {column} FROM {name} WHERE {key} = ?1"))?;
        let mut rows = select.query([&self.row])?;
        Ok(match rows.next()? {
            Some(row) => Some(row.get(0)?),
            None => None,
        })
    }
}

/// What the rows were that an entry changed, each as it was before the entry's first change.
pub fn images(db: &Connection, entry: i64) -> Result<Vec<Image>> {
    let sql =
        "SELECT tbl, row, before FROM changes WHERE seq IN (SELECT min(seq) FROM changes WHERE entry = ?1 GROUP BY tbl, row) ORDER BY seq";
    let mut select = db.prepare(sql)?;
    let mut rows = select.query([entry])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let name: String = row.get(0)?;
        let Some(table) = TABLES.iter().position(|table| table.name == name) else { continue };
        let before = row.get::<_, Option<String>>(2)?.map(|json| values(db, &json)).transpose()?;
        found.push(Image { table, row: row.get(1)?, before });
    }
    Ok(found)
}

fn values(db: &Connection, json: &str) -> Result<BTreeMap<String, Value>> {
    let mut select = db.prepare_cached("SELECT key, atom FROM json_each(?1)")?;
    let rows = select.query_map([json], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The newest entry after this one, not taken back itself, that changed a row of `images`.
pub fn changed_since(db: &Connection, entry: i64, images: &[Image]) -> Result<Option<i64>> {
    let mut select = db.prepare(
        "SELECT max(c.entry) FROM changes c JOIN entries e ON e.id = c.entry
         WHERE c.tbl = ?1 AND c.row = ?2 AND +c.entry > ?3 AND e.undone IS NULL AND (e.undoes IS NULL OR e.undoes < ?3)",
    )?;
    let mut latest = None;
    for image in images {
        let found: Option<i64> = select.query_row(params![TABLES[image.table].name, image.row, entry], |row| row.get(0))?;
        latest = latest.max(found);
    }
    Ok(latest)
}

/// Has the nudges among `images` that stood stay closed where the same came up again since; gives their
/// numbers.
pub fn give_way(db: &Connection, images: &mut [Image], now: Moment) -> Result<Vec<i64>> {
    let nudge = |image: &&Image| TABLES[image.table].name == "nudges";
    let changed: Vec<Value> = images.iter().filter(nudge).map(|image| image.row.clone()).collect();
    let mut closed = Vec::new();
    for image in images {
        closed.extend(image.give_way(db, now, &changed)?);
    }
    Ok(closed)
}

/// Makes the rows what they were, but for those of the customers in `keep`. Gives how many rows were
/// touched of each kind, and the customers they belong to.
pub fn restore(db: &Connection, images: &[Image], keep: &[i64]) -> Result<Vec<i64>> {
    let mut customers = Vec::new();
    let mut wanted = Vec::new();
    for image in images {
        let whose = image.customer(db)?;
        if whose.is_none_or(|id| !keep.contains(&id)) {
            customers.extend(whose);
            wanted.push(image);
        }
    }
    // Rows that hang on others go first and come back last; a nudge comes to stand when those of the same
    // cause have made room.
    wanted.sort_by_key(|image| (image.table, image.stood()));
    for image in wanted.iter().rev().filter(|image| image.before.is_none()) {
        let Table { name, key, .. } = &TABLES[image.table];
        db.prepare_cached(&format!("DELETE FROM {name} WHERE {key} = ?1"))?.execute([&image.row])?;
    }
    for image in wanted {
        if let Some(before) = &image.before {
            put(db, &TABLES[image.table], &image.row, before)?;
        }
    }
    customers.sort_unstable();
    customers.dedup();
    Ok(customers)
}

fn put(db: &Connection, table: &Table, row: &Value, before: &BTreeMap<String, Value>) -> Result<()> {
    let Table { name, key, .. } = table;
    let known: Vec<(&str, &Value)> = table.columns.iter().filter_map(|column| before.get(*column).map(|value| (*column, value))).collect();
    let set = known.iter().enumerate().map(|(n, (column, _))| format!("{column} = ?{}", n + 2)).collect::<Vec<_>>().join(", ");
    let values: Vec<&Value> = std::iter::once(row).chain(known.iter().map(|(_, value)| *value)).collect();
    let updated = db.prepare_cached(&format!("UPDATE {name} SET {set} WHERE {key} = ?1"))?.execute(params_from_iter(&values))?;
    if updated == 0 {
        let columns = known.iter().map(|(column, _)| *column).collect::<Vec<_>>().join(", ");
        let marks = (2..known.len() + 2).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        db.prepare_cached(&format!("INSERT INTO {name} ({key}, {columns}) VALUES (?1, {marks})"))?.execute(params_from_iter(&values))?;
        if let (CUSTOMERS, Value::Integer(id)) = (*name, row) {
            customer_added(db, *id)?;
        }
    }
    Ok(())
}
