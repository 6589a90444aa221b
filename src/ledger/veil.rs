//! Reading the log without telling who anybody is, for answers that go to others.
//!
//! Views of this connection stand before the tables: every reader of the ledger sees pseudonyms for names and `…`
//! for what somebody typed, also one that was written without a thought of it. Sums, stages, moments and amounts are as
//! they are, so that an answer differs in its words alone. Two kinds of readers look behind the views, through
//! `main.`: those that place touchpoints (a rule may look at a note), and the one that finds whom the user means.

use std::collections::HashMap;

use anyhow::Result;
use rusqlite::{OptionalExtension as _, params};

use super::open::Ledger;
use crate::domain::names::identity;
use crate::domain::pseudonym::Pseudonyms;
use crate::domain::text::Lang;
use crate::domain::touchpoint::CustomerId;

/// What stands where something was typed.
const HIDDEN: &str = "…";

/// The setting that holds the key of the pseudonyms, in hexadecimal.
const KEY: &str = "pseudonyms";

/// A table that readers see through a view.
struct Veil {
    table: &'static str,
    /// Columns whose words are hidden; an empty one stays empty.
    hidden: &'static [&'static str],
    /// Which rows are seen.
    rows: &'static str,
}

const fn veil(table: &'static str, hidden: &'static [&'static str], rows: &'static str) -> Veil {
    Veil { table, hidden, rows }
}

const VEILS: &[Veil] = &[
    veil("customer_keys", &[], "0"),
    veil("particulars", &[], "0"),
    veil("cards", &[], "0"),
    veil("touchpoints", &["note"], "1"),
    veil("incidents", &["what", "owner", "lesson"], "1"),
    veil("gifts", &["what", "occasion", "why", "given_by", "approved", "against"], "1"),
    veil("nudges", &["because_en", "because_nl", "why"], "place NOT LIKE 'birthday:%' AND place NOT LIKE 'anniversary:%'"),
    veil("referrals", &["outcome"], "1"),
    veil("entries", &["summary"], "1"),
    // Answers count changes of nudges. What a row was tells who it is, and so does a name that is the key of a row.
    veil("changes", &["before"], "typeof(row) = 'integer'"),
    veil("former_touchpoints", &[], "0"),
    veil("sources", &[], "0"),
    veil("refused", &[], "0"),
    veil("forgotten", &[], "0"),
    // The keys by which pseudonyms lead back, and the forgotten can be guessed.
    veil("settings", &[], "key NOT IN ('pseudonyms', 'forgotten_secret')"),
];

impl Ledger {
    /// From here on, what is read from this connection says nobody's name and nothing anybody typed. The key of the
    /// pseudonyms is made when there is none; true is given when it could not be kept, so that the
    /// next answer will have other pseudonyms.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn veil(&self, lang: Lang) -> Result<bool> {
        let (names, kept) = match self.pseudonyms()? {
            Some(names) => (names, true),
            None => self.make_pseudonyms()?,
        };
        self.db.execute_batch(
            "PRAGMA temp_store = MEMORY; DROP VIEW IF EXISTS temp.customers;
             CREATE TEMP TABLE IF NOT EXISTS pseudonyms (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT",
        )?;
        let mut insert = self.db.prepare("INSERT OR REPLACE INTO temp.pseudonyms (id, name) VALUES (?1, ?2)")?;
        let mut select = self.db.prepare("SELECT id FROM main.customers")?;
        let ids = select.query_map([], |row| row.get(0).map(CustomerId))?.collect::<rusqlite::Result<Vec<_>>>()?;
        for id in ids {
            insert.execute(params![id.0, names.name(id, lang)])?;
        }
        self.number_origins()?;
        self.db.execute_batch(
            "CREATE TEMP VIEW customers AS SELECT c.id, p.name, lower(p.name) AS folded, segment, journey, since, no_contact, gifts, gift_cap,
                 iif(notes = '', '', '…') AS notes, entry, iif(organisation = '', '', '…') AS organisation, gift_cap_year, gift_approval,
                 gift_office, coalesce((SELECT o.name FROM temp.origins o WHERE o.typed = c.origin), '') AS origin
             FROM main.customers c JOIN temp.pseudonyms p ON p.id = c.id",
        )?;
        for veil in VEILS {
            self.db.execute_batch(&self.view(veil)?)?;
        }
        Ok(!kept)
    }

    /// Numbers how customers came, in the order of the first who came so: what was typed may name a person, and
    /// revenue is told apart by it all the same.
    fn number_origins(&self) -> Result<()> {
        self.db.execute_batch(
            "CREATE TEMP TABLE IF NOT EXISTS origins (typed TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT; DELETE FROM temp.origins",
        )?;
        let mut select = self.db.prepare("SELECT origin FROM main.customers WHERE trim(origin) <> '' GROUP BY origin ORDER BY min(id)")?;
        let typed = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
        let mut insert = self.db.prepare("INSERT INTO temp.origins (typed, name) VALUES (?1, ?2)")?;
        let mut numbers: HashMap<String, usize> = HashMap::new();
        for typed in typed {
            let next = numbers.len() + 1;
            let n = *numbers.entry(identity(&typed)).or_insert(next);
            insert.execute(params![typed, format!("route {n}")])?;
        }
        Ok(())
    }

    /// What answers call each customer: the name, or the pseudonym where names are hidden.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shown_names(&self) -> Result<HashMap<CustomerId, String>> {
        let mut select = self.db.prepare("SELECT id, name FROM customers")?;
        let rows = select.query_map([], |row| Ok((CustomerId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// What answers call an origin that was typed: the word itself, or its number where words are hidden.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn shown_origin(&self, typed: &str) -> Result<String> {
        let mut select =
            self.db.prepare("SELECT m.origin, c.origin FROM main.customers m JOIN customers c ON c.id = m.id GROUP BY m.origin")?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        let shown = rows.collect::<rusqlite::Result<Vec<(String, String)>>>()?;
        Ok(shown.into_iter().find(|(own, _)| identity(own) == identity(typed)).map_or_else(|| typed.to_owned(), |(_, shown)| shown))
    }

    /// The view that stands before a table.
    fn view(&self, veil: &Veil) -> Result<String> {
        let mut select = self.db.prepare("SELECT name FROM pragma_table_info(?1, 'main') ORDER BY cid")?;
        let columns = select.query_map([veil.table], |row| row.get::<_, String>(0))?;
        let shown = columns.map(|column| {
            column.map(|column| match veil.hidden.contains(&column.as_str()) {
                true => format!("iif({column} = '', '', iif({column} IS NULL, NULL, '{HIDDEN}')) AS {column}"),
                false => column,
            })
        });
        let shown = shown.collect::<rusqlite::Result<Vec<_>>>()?.join(", ");
        let (table, rows) = (veil.table, veil.rows);
        Ok(format!("DROP VIEW IF EXISTS temp.{table}; CREATE TEMP VIEW {table} AS SELECT {shown} FROM main.{table} WHERE {rows}"))
    }

    /// The pseudonyms of this workspace, when it has given any.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn pseudonyms(&self) -> Result<Option<Pseudonyms>> {
        let sql = "SELECT unhex(value) FROM main.settings WHERE key = ?1";
        let key: Option<Vec<u8>> = self.db.query_row(sql, [KEY], |row| row.get(0)).optional()?.flatten();
        Ok(key.map(Pseudonyms::new))
    }

    fn make_pseudonyms(&self) -> Result<(Pseudonyms, bool)> {
        let key: Vec<u8> = self.db.query_row("SELECT randomblob(16)", [], |row| row.get(0))?;
        let sql = "INSERT OR IGNORE INTO main.settings (key, value) VALUES (?1, hex(?2))";
        let stored = !self.db.is_readonly(rusqlite::MAIN_DB)? && self.db.execute(sql, params![KEY, key]).is_ok();
        // Of two that make one at the same time the first has it.
        let known = if stored { self.pseudonyms()? } else { None };
        Ok((known.unwrap_or_else(|| Pseudonyms::new(key)), stored))
    }

    /// Everybody's own name, also when answers hide it: for finding whom the user means.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn own_names(&self) -> Result<Vec<(CustomerId, String)>> {
        let mut select = self.db.prepare("SELECT id, name FROM main.customers ORDER BY id")?;
        let rows = select.query_map([], |row| Ok((CustomerId(row.get(0)?), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::migrations::STEPS;
    use super::VEILS;
    use rusqlite::Connection;

    /// Words that are of the program or of the user's own order of things, not about a person.
    const OPEN: &[&str] = &[
        "settings.key",
        "settings.value",
        "stages.journey",
        "stages.stage",
        "customers.segment",
        "customers.journey",
        "customers.gifts",
        "touchpoints.tags",
        "touchpoints.source",
        "incidents.stage",
        "incidents.kind",
        "gifts.state",
        "nudges.place",
        "nudges.rule",
        "nudges.play",
        "nudges.state",
        "entries.verb",
        "changes.tbl",
        "changes.row",
        "sqlite_sequence.name",
        "sqlite_sequence.seq",
    ];

    #[test]
    fn every_column_of_words_is_hidden_or_known_to_be_harmless() {
        let db = Connection::open_in_memory().unwrap();
        STEPS.iter().for_each(|step| db.execute_batch(step).unwrap());
        let sql = "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                   WHERE t.type = 'table' AND c.type IN ('TEXT', 'ANY', '')";
        let mut select = db.prepare(sql).unwrap();
        let columns = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        let columns: Vec<(String, String)> = columns.collect::<Result<_, _>>().unwrap();
        let seen = |table: &str, column: &str| {
            let veil = VEILS.iter().find(|veil| veil.table == table);
            let hidden = veil.is_some_and(|veil| veil.rows == "0" || veil.hidden.contains(&column));
            let customers = table == "customers" && ["name", "folded", "notes", "organisation", "origin"].contains(&column);
            !(hidden || customers || OPEN.contains(&format!("{table}.{column}").as_str()))
        };
        let open: Vec<_> = columns.iter().filter(|(table, column)| seen(table, column)).collect();
        assert!(open.is_empty(), "these columns are neither hidden nor said to be harmless: {open:?}");
    }
}
