//! Making a copy of the log.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, ErrorCode, OpenFlags, ffi, params};

use super::super::cipher::unlock_like;
use super::super::connected;
use super::super::open::{has_wal, look, read_only, version};
use super::super::patience::BUSY;
use super::super::trouble::{at, beside, differs, nothing_yet};
use super::contents::{COMPANIONS, Companion, Contents, read, rows, sound};
use super::place::{self, Draft, Target, private_folder};
use crate::domain::problem::Problem;

/// How many pages are copied between two words of progress: 1 MB.
const PAGES: i32 = 256;

/// A copy that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Where it is.
    pub path: PathBuf,
    /// What it holds.
    pub contents: Contents,
}

/// Makes a copy of a log while others may write, with the files that people wrote, and looks it through.
/// `tell` hears which share of it is done, from 0 to 1.
///
/// # Errors
/// When the log cannot be read, is not sound or is empty still, or the copy cannot be written; then there is none, and
/// what was at its place is still there.
pub fn back_up(log: &Path, target: Target<'_>, companions: &[Companion], tell: &mut dyn FnMut(f64)) -> Result<Kept> {
    let source = look(log)?;
    if holds_nothing(&source)? {
        return Err(nothing_yet(log).into());
    }
    copy_from(&source, log, target, companions, tell)
}

/// Whether a file was made and no command has put the tables of a log into it.
pub fn holds_nothing(db: &Connection) -> rusqlite::Result<bool> {
    Ok(version(db)? == 0 && db.query_row("SELECT NOT EXISTS (SELECT 1 FROM sqlite_schema)", [], |row| row.get(0))?)
}

/// As [`back_up`], through a connection that is open already.
pub fn copy_from(source: &Connection, log: &Path, target: Target<'_>, companions: &[Companion], tell: &mut dyn FnMut(f64)) -> Result<Kept> {
    let draft = Draft::new(&target.path())?;
    // One moment of the log for copying and counting, whatever others write meanwhile.
    source.execute_batch("BEGIN").map_err(|err| at(log, err.into()))?;
    let copied = fill(source, log, &draft, companions, tell);
    source.execute_batch("COMMIT").map_err(|err| at(log, err.into()))?;
    let contents = copied.map_err(|err| beside(&target.path(), err))?;
    Ok(Kept { path: draft.settle_at(target)?, contents })
}

fn fill(source: &Connection, log: &Path, draft: &Draft, companions: &[Companion], tell: &mut dyn FnMut(f64)) -> Result<Contents> {
    let expected = rows(source).map_err(|err| at(log, err))?;
    let mut copy = connect_like(draft.path(), log)?;
    // A draft that a power cut leaves behind is thrown away, so it needs no journal; it is synced when whole.
    copy.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    transfer(source, &mut copy, tell)?;
    drop(copy);
    add(draft.path(), companions)?;
    verify(draft.path(), &expected).map_err(|err| at(log, err))?;
    read(&read_only(draft.path())?, draft.path())
}

/// Opens a file that is there for writing, without anything that a log gets when a command opens it.
pub fn connect(path: &Path) -> Result<Connection> {
    connect_like(path, path)
}

/// As [`connect`], with the passphrase of another file when that has one.
pub fn connect_like(path: &Path, other: &Path) -> Result<Connection> {
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    unlock_like(&db, path, other)?;
    Ok(db)
}

/// Copies every page of one log over another; while another command is writing, it is tried again.
pub fn transfer(source: &Connection, copy: &mut Connection, tell: &mut dyn FnMut(f64)) -> Result<()> {
    let backup = Backup::new(source, copy)?;
    let begin = Instant::now();
    loop {
        match backup.step(PAGES)? {
            StepResult::Done => return Ok(()),
            StepResult::More => {
                let progress = backup.progress();
                tell(1.0 - f64::from(progress.remaining) / f64::from(progress.pagecount.max(1)));
            }
            _ if begin.elapsed() < BUSY && !connected::is_any_gone() => std::thread::sleep(Duration::from_millis(10)),
            _ => return Err(rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_BUSY), None).into()),
        }
    }
}

/// Puts the files that people wrote beside the log, and makes it one file that needs none beside it.
fn add(draft: &Path, companions: &[Companion]) -> Result<()> {
    let mut db = connect(draft)?;
    db.execute_batch("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF;")?;
    let tx = db.transaction()?;
    tx.execute_batch(&format!("DROP TABLE IF EXISTS {COMPANIONS};"))?;
    if !companions.is_empty() {
        tx.execute_batch(&format!("CREATE TABLE {COMPANIONS} (name TEXT PRIMARY KEY, content BLOB NOT NULL) STRICT;"))?;
        for Companion { name, bytes } in companions {
            tx.execute(&format!("INSERT INTO {COMPANIONS} (name, content) VALUES (?1, ?2)"), params![name, bytes])?;
        }
    }
    Ok(tx.commit()?)
}

/// That a copy opens, is sound, and has as many rows in every table as were there to copy.
fn verify(draft: &Path, expected: &[(String, i64)]) -> Result<()> {
    let db = read_only(draft)?;
    sound(&db)?;
    if rows(&db)? == expected { Ok(()) } else { Err(differs().into()) }
}

/// Copies a log that SQLite cannot read, byte for byte, with what lies beside it, to a name that nothing has. Nothing in this
/// process has it open.
///
/// # Errors
/// When it cannot be read at all, or the copy cannot be written.
pub fn copy_as_it_is(log: &Path, free: &dyn Fn() -> PathBuf) -> Result<PathBuf, Problem> {
    loop {
        let target = free();
        let copied = match has_wal(log) {
            true => place::copy(&connected::beside(log, "-wal"), &connected::beside(&target, "-wal")),
            false => Ok(()),
        };
        match copied.and_then(|()| place::copy(log, &target)) {
            Ok(()) => return Ok(target),
            // Another command took the name meanwhile.
            Err(_) if free() != target => {}
            Err(problem) => return Err(problem),
        }
    }
}

/// Keeps a log as it is before it gets a newer schema: `backups/attent-before-v4-STAMP.db`.
pub fn keep_before_migration(log: &Path, version: i64, stamp: Option<&str>) -> Result<PathBuf> {
    let folder = log.with_file_name("backups");
    private_folder(&folder)?;
    let stamp = stamp.map(|stamp| format!("-{stamp}")).unwrap_or_default();
    let name = |n: u32| match n {
        1 => format!("attent-before-v{version}{stamp}.db"),
        n => format!("attent-before-v{version}{stamp}-{n}.db"),
    };
    let taken = |path: &Path| path.symlink_metadata().is_ok();
    let free = || (1..).map(name).map(|name| folder.join(name)).find(|path| !taken(path)).unwrap_or_else(|| folder.join(name(1)));
    Ok(back_up(log, Target::Free(&free), &[], &mut |_| ())?.path)
}

/// Whether SQLite says that somebody else is at work in the file.
pub fn is_busy(err: &rusqlite::Error) -> bool {
    matches!(err.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}
