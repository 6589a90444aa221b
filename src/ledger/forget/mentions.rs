//! Taking somebody out of what was written about others.

use anyhow::Result;
use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::run::Neutral;
use super::texts::{Columns, Holds, TEXTS, holds};
use crate::domain::directory::{Found, Mentions};

/// So many places are told one by one.
const TOLD: usize = 200;

/// A place where somebody was or may be mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The table, and what of it: `touchpoints`, `note`.
    pub table: &'static str,
    /// The column.
    pub column: &'static str,
    /// The number of the row.
    pub row: i64,
    /// The customer it belongs to.
    pub customer: String,
    /// What stands there now.
    pub text: String,
}

/// Places, the first of them one by one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spots {
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub told: Vec<Spot>,
}

impl Spots {
    fn add(&mut self, spot: impl FnOnce() -> Spot) {
        self.count += 1;
        if self.told.len() < TOLD {
            self.told.push(spot());
        }
    }
}

/// What became of the mentions.
#[derive(Debug, Clone, Default)]
pub(super) struct Rewritten {
    /// Texts a mention was taken out of.
    pub changed: Spots,
    /// Texts in which something looks like a mention.
    pub alike: Spots,
    /// Earlier versions of texts and lines of the journal that were changed.
    pub earlier: u64,
}

/// Takes the mentions out of everything that is left.
pub(super) fn take_out(db: &Connection, mentions: &Mentions, neutral: &Neutral, alike: bool) -> Result<Rewritten> {
    let mut done = Rewritten::default();
    if mentions.is_empty() {
        return Ok(done);
    }
    let search = Search::new(mentions);
    for columns in TEXTS.iter().filter(|(_, columns)| columns.iter().any(|(_, holds)| matches!(holds, Holds::Prose | Holds::Name))) {
        Table { db, search: &search, neutral, alike, columns }.rewrite(&mut done)?;
    }
    images(db, &search, neutral, &mut done)?;
    summaries(db, mentions, neutral, &mut done)?;
    sources(db, mentions)?;
    Ok(done)
}

/// Whom is looked for, and in what.
pub(in crate::ledger) struct Search {
    mentions: Mentions,
    /// Where another customer lives is that customer's own, whoever else lives there.
    at_home: Mentions,
}

impl Search {
    /// Looks for these.
    pub fn new(mentions: &Mentions) -> Self {
        Self { mentions: mentions.clone(), at_home: mentions.without_places() }
    }

    /// Whom to look for in a column of another customer's row; of a particular, `what` says what it is.
    pub fn of(&self, table: &str, column: &str, what: Option<&str>) -> &Mentions {
        let home = table == "particulars" && column == "value" && what == Some("postal");
        if home { &self.at_home } else { &self.mentions }
    }
}

/// One table that is gone through.
struct Table<'a> {
    db: &'a Connection,
    search: &'a Search,
    neutral: &'a Neutral,
    alike: bool,
    columns: &'a Columns,
}

impl Table<'_> {
    fn rewrite(&self, done: &mut Rewritten) -> Result<()> {
        let (table, columns) = self.columns;
        let looked: Vec<(&'static str, Holds)> =
            columns.iter().copied().filter(|(_, holds)| matches!(holds, Holds::Prose | Holds::Name)).collect();
        let [first, second] = self.keys();
        let names = looked.iter().map(|(column, _)| *column).collect::<Vec<_>>().join(", ");
        let owner = if *table == "customers" { "id" } else { "customer" };
        let mut select = self.db.prepare(&format!("SELECT {first}, {second}, {owner}, {names} FROM {table} NOT INDEXED"))?;
        let mut rows = select.query([])?;
        let mut last_source = String::new();
        while let Some(row) = rows.next()? {
            let key: [Value; 2] = [row.get(0)?, row.get(1)?];
            let what = if *table == "particulars" { Some(row.get_ref("what")?.as_str()?) } else { None };
            for (n, (column, holds)) in looked.iter().enumerate() {
                let Some(text) = row.get_ref(n + 3)?.as_str_or_null()? else { continue };
                let mentions = self.search.of(table, column, what);
                // Millions of contacts come from a handful of sources.
                if *column == "source" {
                    if text == last_source {
                        continue;
                    }
                    if mentions.without(text, "").is_none() {
                        text.clone_into(&mut last_source);
                        continue;
                    }
                }
                self.one(mentions, &key, (row.get(2)?, column, *holds), text, done)?;
            }
        }
        Ok(())
    }

    /// By which columns a row is found; the second one is needed for versions of contacts only.
    fn keys(&self) -> [&'static str; 2] {
        match self.columns.0 {
            "former_touchpoints" => ["id", "by"],
            "customer_keys" => ["folded", "0"],
            _ => ["id", "0"],
        }
    }

    fn one(
        &self,
        mentions: &Mentions,
        key: &[Value; 2],
        (owner, column, holds): (Option<i64>, &'static str, Holds),
        text: &str,
        done: &mut Rewritten,
    ) -> Result<()> {
        let table = self.columns.0;
        let without = if holds == Holds::Prose { mentions.without(text, self.neutral.of(column)) } else { None };
        let spot = |text: String| -> Result<Spot> {
            let row = if let Value::Integer(row) = key[0] { row } else { 0 };
            Ok(Spot { table, column, row, customer: self.name(owner)?, text })
        };
        let is_version = table == "former_touchpoints";
        if let Some(without) = without {
            let without = if column == "tags" { without.replace(['[', ']'], "") } else { without };
            self.write(key, column, &without)?;
            if is_version {
                done.earlier += 1;
            } else {
                let spot = spot(without)?;
                done.changed.add(|| spot);
            }
        } else if self.alike && !is_version && mentions.find(text) != Found::default() {
            let spot = spot(text.to_owned())?;
            done.alike.add(|| spot);
        }
        Ok(())
    }

    /// What two rows say alike without the mention, one of them says.
    fn write(&self, key: &[Value; 2], column: &str, text: &str) -> Result<()> {
        let (table, [first, second]) = (self.columns.0, self.keys());
        let update = format!("UPDATE OR IGNORE {table} SET {column} = ?3 WHERE {first} = ?1 AND {second} = ?2");
        if self.db.prepare_cached(&update)?.execute(params![key[0], key[1], text])? == 0 {
            self.db.execute(&format!("DELETE FROM {table} WHERE {first} = ?1 AND {second} = ?2"), params![key[0], key[1]])?;
        }
        Ok(())
    }

    fn name(&self, owner: Option<i64>) -> Result<String> {
        let mut select = self.db.prepare_cached("SELECT coalesce((SELECT name FROM customers WHERE id = ?1), '')")?;
        Ok(select.query_row([owner], |row| row.get(0))?)
    }
}

/// The versions of rows that the journal keeps.
fn images(db: &Connection, search: &Search, neutral: &Neutral, done: &mut Rewritten) -> Result<()> {
    let mut select = db.prepare(
        "SELECT c.seq, c.tbl, j.key, j.atom, iif(c.tbl = 'particulars', json_extract(c.before, '$.what'), NULL)
         FROM changes c, json_each(c.before) j WHERE c.before IS NOT NULL AND j.type = 'text'",
    )?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let (table, column): (String, String) = (row.get(1)?, row.get(2)?);
        if holds(&table, &column) != Some(Holds::Prose) {
            continue;
        }
        let what: Option<String> = row.get(4)?;
        let text = row.get_ref(3)?.as_str()?;
        if let Some(without) = search.of(&table, &column, what.as_deref()).without(text, neutral.of(&column)) {
            found.push((row.get::<_, i64>(0)?, column, without));
        }
    }
    drop(rows);
    let mut update = db.prepare("UPDATE changes SET before = json_set(before, '$.' || ?2, ?3) WHERE seq = ?1")?;
    for (seq, column, without) in found {
        update.execute(params![seq, column, without])?;
        done.earlier += 1;
    }
    Ok(())
}

/// What the journal says was done. Of entries of which nothing is left, nothing is said.
fn summaries(db: &Connection, mentions: &Mentions, neutral: &Neutral, done: &mut Rewritten) -> Result<()> {
    let mut select = db.prepare("SELECT id, summary FROM entries")?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(without) = mentions.without(row.get_ref(1)?.as_str()?, neutral.of("summary")) {
            found.push((row.get::<_, i64>(0)?, without));
        }
    }
    drop(rows);
    let mut update = db.prepare("UPDATE entries SET summary = ?2 WHERE id = ?1")?;
    for (id, without) in found {
        update.execute(params![id, without])?;
        done.earlier += 1;
    }
    Ok(())
}

/// A source that names somebody is read anew the next time: how it was is forgotten.
fn sources(db: &Connection, mentions: &Mentions) -> Result<()> {
    let mut select = db.prepare("SELECT id, settings, stamp, ends FROM sources")?;
    let rows = select.query_map([], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    for texts in rows.collect::<rusqlite::Result<Vec<[String; 4]>>>()? {
        if texts.iter().any(|text| mentions.named_in(text)) {
            db.execute("DELETE FROM sources WHERE id = ?1", [&texts[0]])?;
        }
    }
    Ok(())
}
