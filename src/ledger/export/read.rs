//! Reading everything back, into an empty log.

use std::io::BufRead;

use anyhow::Result;
use rusqlite::{Connection, ErrorCode, TransactionBehavior, params};
use serde_json::{Map, Value as Json};

use super::form::Stages;
use super::lines::{LinesIn, changed, cut_off, wrong_line};
use super::row::Inserter;
use super::tables::{REBUILT, TABLES, Table};
use super::write::RowCounts;
use super::{SCHEMA, TELL_EVERY, checks};
use crate::domain::calendar::Moment;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::dictionary::Dictionary;
use crate::ledger::forget::back_again;
use crate::ledger::keeper::counted_to;
use crate::ledger::migrations::STEPS;
use crate::ledger::open::Ledger;
use crate::ledger::outcome;
use crate::ledger::{journal, rebuild};
use crate::text;

/// What an export brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The version of attent that wrote it, as it says.
    pub written_by: String,
    /// The rows of each table.
    pub rows: RowCounts,
    /// How many of the customers were forgotten in the log it comes from, and are there all the same.
    pub forgotten: u64,
}

/// What an import tells while it is at work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// So many lines are read.
    Read(u64),
    /// So many of so many touchpoints are added up.
    AddedUp(u64, u64),
}

/// The cache, in KiB with a minus sign, while rows come in: they go to the end of their tables, and sorting an
/// index afterwards takes as much as the cache may, a few times over.
const SMALL_CACHE: i64 = -8_000;

impl Ledger {
    /// Reads an export into this log, which must be empty: all of it, or nothing. With `dry` nothing is
    /// stored in any case.
    ///
    /// # Errors
    /// When the log is not empty; the export is cut off, changed, from a newer version or holds what cannot
    /// be; or the file cannot be written.
    pub fn import_export(&mut self, now: Moment, source: &mut dyn BufRead, dry: bool, tell: &mut dyn FnMut(Step)) -> Result<Imported> {
        let tx = self.db.transaction_with_behavior(TransactionBehavior::Immediate)?;
        be_empty(&tx)?;
        let cache: i64 = tx.pragma_query_value(None, "cache_size", |row| row.get(0))?;
        tx.pragma_update(None, "cache_size", SMALL_CACHE)?;
        journal::look_away(&tx)?;
        let put_off = put_off_indexes(&tx)?;
        let mut reading = Reading { lines: LinesIn::new(source), stages: Stages::default(), highest: Map::new(), expected: Map::new() };
        let written_by = reading.header()?;
        let rows = reading.rows(&tx, &mut |lines| tell(Step::Read(lines)))?;
        reading.raise_numbers(&tx)?;
        for sql in put_off {
            tx.execute_batch(&sql).or_else(|err| same_key(&tx, err))?;
        }
        checks::hold(&tx)?;
        tx.pragma_update(None, "cache_size", cache)?;
        // A fingerprint in the file would vouch for sums that are not there.
        tx.execute("DELETE FROM settings WHERE key = 'fingerprint'", [])?;
        let until = counted_to(&tx)?.unwrap_or(now);
        tx.execute("UPDATE touchpoints SET stage = NULL WHERE stage IS NOT NULL AND at > ?1", [until.0])?;
        let dictionary = Dictionary::load(&tx, &self.courses, true)?;
        let all = rows.of("touchpoints");
        let tell_sums = &mut |done| tell(Step::AddedUp(done, all));
        rebuild::ensure_fresh(&tx, &self.courses, self.default_course, &dictionary, &self.fingerprint, until, tell_sums)?;
        let forgotten = back_again(&tx)?.len() as u64;
        if !dry {
            outcome::commit(tx)?;
            self.dictionary = dictionary;
        }
        Ok(Imported { written_by, rows, forgotten })
    }
}

/// Refuses a log that has rows of its own, and makes room for all rows of another.
fn be_empty(db: &Connection) -> Result<()> {
    let own: bool = db.query_row(
        "SELECT EXISTS (SELECT 1 FROM customers) OR EXISTS (SELECT 1 FROM touchpoints) OR EXISTS (SELECT 1 FROM entries)",
        [],
        |row| row.get(0),
    )?;
    if own {
        return Err(not_empty().into());
    }
    for table in TABLES.iter().rev().map(|table| table.name).chain(REBUILT.iter().copied()).chain(["sqlite_sequence"]) {
        db.execute(&format!("DELETE FROM {table}"), [])?;
    }
    Ok(())
}

/// Takes the indexes of the log away: sorting each once afterwards costs a fraction of finding the place
/// of every row. Gives the SQL that makes them.
fn put_off_indexes(db: &Connection) -> Result<Vec<String>> {
    let mut select =
        db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'touchpoints' AND sql IS NOT NULL")?;
    let found = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<Vec<(String, String)>>>()?;
    for (name, _) in &found {
        db.execute_batch(&format!("DROP INDEX {name}"))?;
    }
    Ok(found.into_iter().map(|(_, sql)| sql).collect())
}

fn same_key(db: &Connection, err: rusqlite::Error) -> Result<()> {
    if err.sqlite_error_code() == Some(ErrorCode::ConstraintViolation)
        && let Some(problem) = checks::same_key_twice(db)?
    {
        return Err(problem.into());
    }
    Err(err.into())
}

/// An export on its way in.
struct Reading<'s> {
    lines: LinesIn<'s>,
    stages: Stages,
    /// The rows each table should have, as the header says.
    expected: Map<String, Json>,
    /// The highest number given out in each table.
    highest: Map<String, Json>,
}

impl Reading<'_> {
    /// Reads the first line; gives the version of attent that wrote it.
    fn header(&mut self) -> Result<String> {
        let mut line = self.lines.next()?.ok_or_else(|| not_an_export(text!("it is empty", "het is leeg")))?;
        self.lines.accept();
        let schema = line.get("schema").and_then(Json::as_str).unwrap_or_default();
        let written_by = line.get("attent").and_then(Json::as_str).unwrap_or_default().to_owned();
        let log = line.get("log").and_then(Json::as_u64);
        match (schema, log) {
            (SCHEMA, Some(log)) if log <= STEPS.len() as u64 => {}
            (SCHEMA, None) => return Err(self.lines.wrong(text!("it does not say its version", "er staat geen versie"))),
            (SCHEMA, Some(_)) => return Err(newer(&written_by).into()),
            (other, _) if other.starts_with("attent.export/") => return Err(newer(&written_by).into()),
            _ => return Err(not_an_export(text!("its first line says so", "dat blijkt uit de eerste regel")).into()),
        }
        for (field, into) in [("rows", &mut self.expected), ("highest", &mut self.highest)] {
            if let Some(Json::Object(given)) = line.remove(field) {
                *into = given;
            }
        }
        Ok(written_by)
    }

    /// Reads all rows and the last line.
    fn rows(&mut self, db: &Connection, tell: &mut dyn FnMut(u64)) -> Result<RowCounts> {
        let mut counts = RowCounts(TABLES.iter().map(|table| (table.name, 0)).collect());
        let (mut place, mut inserter) = (0, None::<Inserter<'_>>);
        while let Some(line) = self.lines.next()? {
            if line.contains_key("end") {
                self.finish(&line, &counts)?;
                return Ok(counts);
            }
            let name = line.get("table").and_then(Json::as_str);
            if inserter.as_ref().is_none_or(|inserter| Some(inserter.table.name) != name) {
                let found = name.and_then(|name| TABLES.iter().position(|table| table.name == name));
                let found = found.ok_or_else(|| self.lines.wrong(unknown_table(name)))?;
                if found < place {
                    return Err(self.lines.wrong(text!("its table should come earlier", "die tabel had eerder moeten komen")));
                }
                (place, inserter) = (found, Some(Inserter::new(db, &TABLES[found])?));
            }
            if let Some(inserter) = &mut inserter {
                inserter.put(line, &mut self.stages)?.map_err(|why| self.lines.wrong(why))?;
            }
            counts.0[place].1 += 1;
            self.lines.accept();
            if self.lines.number.is_multiple_of(TELL_EVERY) {
                tell(self.lines.number);
            }
        }
        Err(cut_off())
    }

    /// Holds what was read against the header and the last line.
    fn finish(&mut self, end: &Map<String, Json>, counts: &RowCounts) -> Result<()> {
        if end.get("sha256").and_then(Json::as_str) != Some(&self.lines.checksum()) {
            return Err(changed(text!("the checksum in its last line is another", "de controlesom in de laatste regel is een andere")));
        }
        if end.get("lines").and_then(Json::as_u64) != Some(self.lines.number - 1) {
            return Err(changed(text!(
                "it has not as many lines as its last line says",
                "het heeft niet zoveel regels als de laatste regel zegt"
            )));
        }
        let expected = |table: &str| self.expected.get(table).and_then(Json::as_u64).unwrap_or_default();
        if let Some((table, _)) = counts.0.iter().find(|(table, count)| *count != expected(table)) {
            return Err(changed(text!(
                "`{table}` has not as many rows as its first line says",
                "`{table}` heeft niet zoveel rijen als de eerste regel zegt"
            )));
        }
        if !self.lines.at_end()? {
            return Err(changed(text!("something follows after its last line", "er staat nog iets na de laatste regel")));
        }
        Ok(())
    }

    /// Numbers that were given out before are not given out again.
    fn raise_numbers(&self, db: &Connection) -> Result<()> {
        for (table, highest) in &self.highest {
            let known = Table::named(table).ok_or_else(|| wrong_line(1, unknown_table(Some(table))))?;
            let highest = highest.as_i64().filter(|highest| known.may_be_numbered(*highest));
            let highest = highest.ok_or_else(|| {
                wrong_line(1, text!("the highest number of `{table}` is not possible", "het hoogste nummer van `{table}` is niet mogelijk"))
            })?;
            let raised = db.execute("UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1", params![table, highest])?;
            if raised == 0 {
                db.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", params![table, highest])?;
            }
        }
        Ok(())
    }
}

fn unknown_table(name: Option<&str>) -> Text {
    match name {
        None => text!("it does not say of which table it is", "er staat niet bij welke tabel die hoort"),
        Some(name) => {
            let name: String = name.chars().take(80).collect();
            text!(
                "there is no table `{name}`; a newer version of attent may have written it",
                "er is geen tabel `{name}`; misschien is dit door een nieuwere versie van attent geschreven"
            )
        }
    }
}

fn not_empty() -> Problem {
    Problem::failure(text!("this log is not empty", "dit logboek is niet leeg"))
        .why(text!(
            "an export holds a whole log, with the numbers of its rows, and two cannot be mixed",
            "een export bevat een heel logboek, met de nummers van de rijen, en twee zijn niet te mengen"
        ))
        .todo(text!(
            "make another workspace with `attent init FOLDER` and import it there; `attent restore` puts a backup back",
            "maak een andere werkmap met `attent init MAP` en importeer het daar; `attent restore` zet een reservekopie terug"
        ))
}

fn not_an_export(why: Text) -> Problem {
    Problem::input(text!("this is not an export of attent", "dit is geen export van attent"))
        .why(why)
        .todo(text!("`attent export -o FILE.jsonl` writes one", "`attent export -o BESTAND.jsonl` schrijft er een"))
}

fn newer(by: &str) -> Problem {
    let by: String = by.chars().take(40).collect();
    let why = if by.is_empty() { Text::default() } else { text!("attent {by} wrote it", "attent {by} schreef het") };
    Problem::input(text!("this export was made by a newer version of attent", "deze export is gemaakt door een nieuwere versie van attent"))
        .why(why)
        .todo(text!("install the newer version; nothing was changed", "installeer de nieuwere versie; er is niets veranderd"))
}
