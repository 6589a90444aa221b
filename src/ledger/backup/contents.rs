//! What a log holds, and whether it is sound.

use std::path::Path;

use anyhow::Result;
use rusqlite::{Connection, OptionalExtension as _, params};

use super::super::migrations::APPLICATION_ID;
use super::super::open::{look, read_only, version};
use super::super::trouble::{at, complaint, no_copy, of_copy, unsound};
use crate::domain::calendar::Moment;
use crate::domain::limits::LARGEST_FILE;
use crate::text;

/// What a log or a copy of it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// The version of its schema.
    pub version: i64,
    /// Customers.
    pub customers: u64,
    /// Touchpoints.
    pub touchpoints: u64,
    /// When something was last entered.
    pub latest: Option<Moment>,
    /// How large the file is, in bytes.
    pub bytes: u64,
    /// The names of the files that people wrote and that go along.
    pub companions: Vec<String>,
}

/// A file that people wrote: its name from the workspace on, with `/`, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Companion {
    /// `attent.yaml`, `journeys/customer.yaml`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// The files that people wrote in a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// Those that can be read, by name.
    pub files: Vec<Companion>,
    /// The names of those that nobody wrote by hand and that attent would not read: too large, or too many.
    pub too_large: Vec<String>,
}

/// So many bytes has what others are found by, at most; what attent writes there is far shorter.
const LONGEST_KEY: usize = 1024 * 1024;
/// So many bytes of files are read from a copy: a stranger's may hold anything.
const MOST_BYTES: usize = 4 * LARGEST_FILE;
/// So many bytes has the name of a file at most, and so many files are looked at.
const LONGEST_PATH: usize = 1_024;
const MOST_FILES: usize = 1_000;

/// The table in which the files that people wrote go along in a copy.
pub const COMPANIONS: &str = "workspace_files";

/// Looks a log or a copy through, without changing anything: that it is one, of a version this program
/// knows, sound, and without a mechanism this program did not put there.
///
/// # Errors
/// When it cannot be read, or is not a sound log of attent.
pub fn contents(path: &Path) -> Result<Contents> {
    let db = open(path)?;
    fits(&db).and_then(|()| sound(&db)).and_then(|()| read(&db, path)).map_err(|err| of_copy(path, err))
}

/// Opens a copy to read it. A log may be new and empty; what has nothing in it is no copy of one.
///
/// # Errors
/// When it is no copy of a log, or cannot be read.
pub fn open(path: &Path) -> Result<Connection> {
    if path.is_dir() {
        let problem = no_copy(path, text!("it is a folder", "het is een map"));
        return Err(problem.todo(text!("name a file in it", "noem een bestand daarin")).into());
    }
    if path.metadata().is_ok_and(|meta| !meta.is_file()) {
        return Err(
            no_copy(path, text!("it is no file but a device or a pipe", "het is geen bestand maar een apparaat of een pijp")).into()
        );
    }
    let opened = read_only(path).and_then(|db| Ok((is_a_copy(&db)?, db)));
    match opened.map_err(|err| of_copy(path, err))? {
        (true, db) => Ok(db),
        (false, _) => Err(no_copy(path, text!("there is no log in it", "er zit geen logboek in")).into()),
    }
}

fn is_a_copy(db: &Connection) -> Result<bool> {
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    Ok(application == APPLICATION_ID && version(db)? >= 1)
}

/// What a log holds that others may be writing, as far as it can be read: a look to tell a person by.
///
/// # Errors
/// When it cannot be read, or is not a log of attent.
pub fn contents_now(path: &Path) -> Result<Contents> {
    read(&look(path)?, path).map_err(|err| at(path, err))
}

/// Whether a file is a log in which nothing was ever entered, which one without a byte is too.
///
/// # Errors
/// When it cannot be read, or is not a log of attent.
pub fn is_untouched(path: &Path) -> Result<bool> {
    untouched(&look(path)?).map_err(|err| at(path, err))
}

/// Whether nothing was ever entered, by a connection.
pub fn untouched(db: &Connection) -> Result<bool> {
    let begun: bool = db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'entries')", [], |row| row.get(0))?;
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM entries) AND NOT EXISTS (SELECT 1 FROM customers)";
    Ok(!begun || db.query_row(sql, [], |row| row.get(0))?)
}

/// The files that people wrote in a copy.
///
/// # Errors
/// When the copy cannot be read.
pub fn companions(path: &Path) -> Result<Written> {
    let db = open(path)?;
    let names = names(&db)?;
    if names.is_empty() {
        return Ok(Written::default());
    }
    let (mut written, mut left) = (Written::default(), MOST_BYTES);
    // How long a value is stands before it, so that a large one is not read to tell.
    let mut content = db.prepare(&format!("SELECT content FROM {COMPANIONS} WHERE name = ?1 AND octet_length(content) <= ?2"))?;
    for name in names {
        let bytes: Option<Vec<u8>> = content.query_row(params![name, left.min(LARGEST_FILE) as i64], |row| row.get(0)).optional()?;
        match bytes {
            Some(bytes) => {
                left -= bytes.len();
                written.files.push(Companion { name, bytes });
            }
            None => written.too_large.push(name),
        }
    }
    Ok(written)
}

/// How the files are called that people wrote.
fn names(db: &Connection) -> rusqlite::Result<Vec<String>> {
    if !is_there(db, COMPANIONS)? {
        return Ok(Vec::new());
    }
    let sql = format!("SELECT name FROM {COMPANIONS} WHERE octet_length(name) <= {LONGEST_PATH} ORDER BY name LIMIT {MOST_FILES}");
    db.prepare(&sql)?.query_map([], |row| row.get(0))?.collect()
}

/// That what is found by its words is found by few: SQLite reads the whole of what it compares. Other values may be of any
/// size, for they are not read.
pub fn fits(db: &Connection) -> Result<()> {
    for (table, columns) in [("customer_keys", ["folded", "key"]), ("settings", ["key", "value"])] {
        let too_long = columns.map(|column| format!("octet_length({column}) > {LONGEST_KEY}")).join(" OR ");
        if is_there(db, table)? && db.query_row(&format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE {too_long})"), [], |row| row.get(0))? {
            return Err(unsound(text!(
                "it holds an address or a setting that is longer than any attent writes",
                "er staat een adres of een instelling in die langer is dan attent ooit schrijft"
            ))
            .into());
        }
    }
    Ok(())
}

/// That SQLite finds every page in order, and that nothing in the file acts by itself: a trigger in a copy
/// somebody handed over would run with everything that is recorded later.
pub fn sound(db: &Connection) -> Result<()> {
    let found: String = db.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if found != "ok" {
        let found = complaint(&found);
        return Err(unsound(text!("SQLite finds: {found}", "SQLite meldt: {found}")).into());
    }
    let trigger: Option<String> =
        db.query_row("SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1", [], |row| row.get(0)).optional()?;
    match trigger {
        None => Ok(()),
        Some(name) => Err(unsound(text!(
            "it has a trigger `{name}`, which attent did not put there",
            "er zit een trigger `{name}` in, die niet van attent is"
        ))
        .into()),
    }
}

/// What a log holds, by a connection to it.
pub fn read(db: &Connection, path: &Path) -> Result<Contents> {
    let count = |table: &str| -> Result<u64> {
        let there: bool = db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = ?1)", [table], |row| row.get(0))?;
        if !there {
            return Ok(0);
        }
        Ok(u64::try_from(db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))?)?)
    };
    let latest = if count("entries")? > 0 { db.query_row("SELECT max(at) FROM entries", [], |row| row.get(0))? } else { None };
    Ok(Contents {
        version: version(db)?,
        customers: count("customers")?,
        touchpoints: count("touchpoints")?,
        latest: latest.map(Moment),
        bytes: path.metadata().map(|meta| meta.len()).unwrap_or_default(),
        companions: names(db)?,
    })
}

/// How many rows each table has.
pub fn rows(db: &Connection) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name <> ?1 ORDER BY name";
    let names = db.prepare(sql)?.query_map([COMPANIONS], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?;
    let count = |name: String| {
        let quoted = name.replace('"', "\"\"");
        let rows = db.query_row(&format!("SELECT count(*) FROM \"{quoted}\""), [], |row| row.get(0))?;
        Ok((name, rows))
    };
    names.into_iter().map(count).collect()
}

fn is_there(db: &Connection, table: &str) -> rusqlite::Result<bool> {
    db.query_row("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?1)", [table], |row| row.get(0))
}
