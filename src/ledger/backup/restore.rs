//! Putting a copy back.
//!
//! A log that is sound is overwritten from within, in one transaction of SQLite's: whoever comes next finds the
//! old log or the new one. One that is damaged is replaced by a new file; what SQLite laid beside the damaged
//! one goes first, because a write-ahead file that outlives its log would be played into the new one. Between
//! the two steps a power cut leaves the damaged log alone, of which the copy is in `backups/`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Result;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use super::super::cipher::is_encrypted;
use super::super::connected::{BESIDE, beside, real};
use super::super::forget::{Memory, back_again, back_by};
use super::super::open::{advance, look, read_only};
use super::super::outcome::{concluded, recorded};
use super::super::patience::BUSY;
use super::super::trouble::{at, in_use, is_damage, not_a_ledger, of_copy, one_is_encrypted, unkept, unsound};
use super::contents::{COMPANIONS, Companion, Contents, fits, open, read, sound};
use super::copy::{connect, connect_like, copy_as_it_is, copy_from, holds_nothing, is_busy, transfer};
use super::place::{self, Draft, Target};
use super::whose;
use crate::domain::disk::asked;
use crate::text;

/// How long another command may take to end before this one gives up.
const PATIENCE: Duration = Duration::from_secs(5);
/// What SQLite gives a new file.
const PAGE_SIZE: i64 = 4096;

/// What became of the log that was there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replaced {
    /// There was none.
    Nothing,
    /// It was sound; a copy is here.
    Sound(PathBuf),
    /// It was damaged; its bytes are here.
    Damaged(PathBuf),
}

/// What a restore did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// What is in the log now.
    pub contents: Contents,
    /// What became of the one before.
    pub replaced: Replaced,
    /// How many customers in it were forgotten after the copy was made, and are there again. That they were stays known.
    pub forgotten: u64,
}

/// Where the log that is there is kept.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// When it is sound.
    pub sound: Target<'a>,
    /// Byte for byte, when it is damaged.
    pub damaged: &'a dyn Fn() -> PathBuf,
}

/// Puts a copy in the place of a log, of which it keeps a copy first, with `companions` when it is sound.
///
/// # Errors
/// When the copy is not sound, another command has the log open, the present log cannot be kept, or the folder
/// cannot be written; then the log is as it was.
pub fn restore(copy: &Path, log: &Path, places: Places<'_>, companions: &[Companion]) -> Result<Restored> {
    // A link that leads to the log stays a link.
    let log = &real(log);
    let draft = prepare(copy, log)?;
    // A log that was damaged a moment ago may be whole by now: one after the other looks and replaces.
    let _turn = place::turn_in(place::folder_of(&(places.damaged)()), BUSY)?;
    // Looked at before the log is locked: to read it past SQLite afterwards would take the lock away (`connected`).
    let encrypted = |path| is_encrypted(path).unwrap_or(false);
    let alike = encrypted(copy) == encrypted(log);
    let replaced = match present(log)? {
        Present::Nothing => {
            lay(draft, log)?;
            Replaced::Nothing
        }
        Present::Sound(_) if !alike => return Err(one_is_encrypted(copy, log).into()),
        Present::Sound(mut live) => {
            // The lock keeps others out, so that the log is read through the connection that has it.
            let kept = match holds_nothing(&live)? {
                true => None,
                false => Some(kept(&live, log, places.sound, companions, &draft)?),
            };
            let source = read_only(draft.path())?;
            concluded(Some(log), transfer(&source, &mut live, &mut |_| ())).map_err(|err| at(log, err))?;
            kept.map_or(Replaced::Nothing, Replaced::Sound)
        }
        Present::Damaged => {
            let kept = copy_as_it_is(log, places.damaged)?;
            // As far as it can be read still.
            let memory = read_only(log).and_then(|db| Memory::of(&db)).unwrap_or_default();
            remember(&draft, &memory)?;
            lay(draft, log)?;
            Replaced::Damaged(kept)
        }
    };
    let db = look(log)?;
    sound(&db).map_err(|err| at(log, err))?;
    Ok(Restored { contents: read(&db, log)?, replaced, forgotten: back_again(&db)?.len() as u64 })
}

/// Keeps a sound log, and what of it outlives a restore: whom it forgot, and which log it is.
fn kept(live: &Connection, log: &Path, place: Target<'_>, companions: &[Companion], draft: &Draft) -> Result<PathBuf> {
    let kept = copy_from(live, log, place, companions, &mut |_| ())?;
    remember(draft, &Memory::of(live)?)?;
    if let Some(name) = whose::named(live)? {
        whose::rename(&connect(draft.path())?, &name)?;
    }
    Ok(kept.path)
}

/// How many customers of a copy were forgotten in the log since, and would be there again.
///
/// # Errors
/// When one of the two cannot be read.
pub fn would_be_back(copy: &Path, log: &Path) -> Result<u64> {
    Ok(back_by(&read_only(copy)?, &look(log)?)?.len() as u64)
}

/// The log that is there now.
enum Present {
    Nothing,
    Sound(Connection),
    Damaged,
}

fn present(log: &Path) -> Result<Present> {
    let there = asked(log.display(), log.metadata())?;
    if there.as_ref().is_some_and(|meta| meta.is_dir()) {
        return Err(not_a_ledger(log.display(), text!("it is a folder", "het is een map")).into());
    }
    if there.is_none_or(|meta| meta.len() == 0) {
        return Ok(Present::Nothing);
    }
    match alone(log) {
        Ok(live) => Ok(Present::Sound(live)),
        Err(err) if is_damage(&err) => Ok(Present::Damaged),
        Err(err) => Err(at(log, err)),
    }
}

/// A copy of the copy in the folder of the log, looked through: what is verified is what is put back, also
/// when the copy lies on a stick that is pulled out.
fn prepare(copy: &Path, log: &Path) -> Result<Draft> {
    let draft = Draft::new(log)?;
    let source = open(copy)?;
    let mut db = connect_like(draft.path(), copy)?;
    db.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    transfer(&source, &mut db, &mut |_| ()).map_err(|err| of_copy(copy, err))?;
    drop((db, source));
    let db = connect(draft.path())?;
    db.execute_batch(&format!("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; DROP TABLE IF EXISTS {COMPANIONS};"))
        .map_err(|err| of_copy(copy, err.into()))?;
    fits(&db).and_then(|()| sound(&db)).map_err(|err| of_copy(copy, err))?;
    Ok(draft)
}

/// Who was forgotten since a copy was made stays forgotten, in whatever version the copy is: else the next file that
/// is read would bring them back.
fn remember(draft: &Draft, memory: &Memory) -> Result<()> {
    if memory.is_empty() {
        return Ok(());
    }
    let mut db = connect(draft.path())?;
    let tx = db.transaction()?;
    advance(&tx)?;
    memory.keep(&tx)?;
    Ok(tx.commit()?)
}

/// Opens a log so that no other command has it open: in this mode SQLite takes the lock that every open
/// connection shares, and keeps it.
fn alone(log: &Path) -> Result<Connection> {
    let db = connect(log)?;
    db.busy_timeout(PATIENCE)?;
    // Of a damaged log the write-ahead file is kept as well: nothing of it is moved before that is known.
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let locked = db.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; COMMIT;");
    match locked {
        Err(err) if is_busy(&err) => return Err(in_use(log.display()).into()),
        other => other?,
    }
    sound(&db)?;
    // Pages of another size cannot be written from within.
    // The library that encrypts gives this number as text.
    let size = db.pragma_query_value(None, "page_size", |row| {
        row.get_ref(0).map(|size| size.as_i64().ok().or_else(|| size.as_str().ok()?.parse().ok()))
    })?;
    if size != Some(PAGE_SIZE) {
        return Err(unsound(text!("its pages have another size", "de pagina's zijn anders van formaat")).into());
    }
    db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(db)
}

/// Lays a new file in the place of a log that cannot be written from within.
fn lay(draft: Draft, log: &Path) -> Result<()> {
    for name in BESIDE {
        place::remove(&beside(log, name)).map_err(|err| unkept(log, &err))?;
    }
    place::sync_folder(log).map_err(|err| unkept(log, &err))?;
    draft.settle(true)?;
    recorded();
    Ok(())
}
