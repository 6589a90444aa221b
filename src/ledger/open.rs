//! Opening the file: who may read it, how it is kept, which version it is.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::Result;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::backup::{keep_before_migration, untouched};
use super::cipher::unlock;
use super::connected::beside;
use super::dictionary::Dictionary;
use super::doctor::of_a_later_version;
use super::fingerprint::fingerprint;
use super::forget::finish_if_marked;
use super::migrations::{APPLICATION_ID, STEPS};
use super::patience::{BUSY, wait_for_others};
use super::trouble::{at, cannot_make, misfit, newer, no_log, not_a_ledger, not_kept};
use crate::domain::course::Course;
use crate::domain::disk::asked;
use crate::domain::problem::Problem;
use crate::text;

/// How much of the file is kept in memory by a command that reads it from one end to the other, in KiB.
const READING_KIB: i64 = 1_000;
/// How much of the file SQLite holds in memory, in KiB; what is more, the system holds.
const HELD: i64 = 8_000;
/// How soon a file that was refused at once is tried again.
const AGAIN: Duration = Duration::from_millis(10);
const FOR_WRITING: OpenFlags = OpenFlags::SQLITE_OPEN_READ_WRITE.union(OpenFlags::SQLITE_OPEN_NO_MUTEX).union(OpenFlags::SQLITE_OPEN_URI);

/// The log of one workspace.
#[derive(Debug)]
pub struct Ledger {
    pub(super) db: Connection,
    pub(super) courses: Vec<Course>,
    pub(super) default_course: usize,
    pub(super) dictionary: Dictionary,
    pub(super) fingerprint: String,
    path: PathBuf,
    kept: Option<PathBuf>,
}

/// Keeps a copy of a log before it gets the version of this number; gives where.
type Keep<'a> = &'a dyn Fn(i64) -> Result<Option<PathBuf>>;

/// How a file was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opened {
    /// It can be written.
    ForWriting,
    /// The folder or file allows reading only.
    ForReading,
}

impl Ledger {
    /// Opens the ledger, creating it (readable by its owner only) when it does not exist. One of an older
    /// version is brought up to date, when a copy of it lies in `backups/`.
    ///
    /// `courses` are the journeys of the workspace, `default_course` the place of the one a
    /// customer is on unless said otherwise.
    ///
    /// # Errors
    /// When the file is not a ledger, is newer than this program, or cannot be opened; when it is older and
    /// the copy cannot be made.
    pub fn open(path: &Path, courses: Vec<Course>, default_course: usize) -> Result<(Self, Opened)> {
        Self::open_stamped(path, courses, default_course, None)
    }

    /// As [`Ledger::open`]; `stamp` is the moment that the name of a copy tells, such as `2026-11-20-120000`.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn open_stamped(path: &Path, courses: Vec<Course>, default_course: usize, stamp: Option<&str>) -> Result<(Self, Opened)> {
        Self::open_keeping(path, courses, default_course, &|known| keep_before_migration(path, known, stamp).map(Some))
    }

    /// Opens a copy of a log for writing. One of an older version is brought up to date as it is: a copy of it would
    /// still hold what is taken out of this one.
    ///
    /// # Errors
    /// As [`Ledger::open`]; when it cannot be written.
    pub fn open_copy(path: &Path, courses: Vec<Course>, default_course: usize) -> Result<Self> {
        Ok(Self::open_keeping(path, courses, default_course, &|_| Ok(None))?.0)
    }

    fn open_keeping(path: &Path, courses: Vec<Course>, default_course: usize, keep: Keep<'_>) -> Result<(Self, Opened)> {
        let (mut db, opened) = connect(path)?;
        let kept = migrate(&mut db, path, opened, keep).map_err(|err| at(path, err))?;
        if opened == Opened::ForWriting {
            finish_if_marked(&mut db).map_err(|err| at(path, err))?;
        }
        let dictionary = Dictionary::load(&db, &courses, opened == Opened::ForWriting)?;
        let fingerprint = fingerprint(&courses, default_course);
        Ok((Self { db, courses, default_course, dictionary, fingerprint, path: path.to_owned(), kept }, opened))
    }

    /// Where the log was copied to before this opening brought it up to date.
    pub fn kept(&self) -> Option<&Path> {
        self.kept.as_deref()
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether nothing was ever entered.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn is_untouched(&self) -> Result<bool> {
        untouched(&self.db)
    }

    /// Keeps few pages in memory from here on: what is read from one end to the other is read once.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reads_through(&self) -> Result<()> {
        Ok(self.db.pragma_update(None, "cache_size", -READING_KIB)?)
    }

    /// The journeys of the workspace.
    pub fn courses(&self) -> &[Course] {
        &self.courses
    }

    /// The place of the journey a customer is on.
    pub fn course_of(&self, journey: Option<&str>) -> usize {
        let named = journey.and_then(|id| self.courses.iter().position(|course| course.journey.id == id));
        named.unwrap_or(self.default_course)
    }
}

fn connect(path: &Path) -> Result<(Connection, Opened)> {
    if !is_there(path)? {
        create(path)?;
    }
    patiently(path, attempt)
}

/// Opens a log that is there to look at it or to copy it: nothing is made, mended or brought up to date. What
/// its write-ahead file holds stays there too, as it may be the last trace of what happened.
pub fn look(path: &Path) -> Result<Connection> {
    if !is_there(path)? {
        return Err(no_log(path).into());
    }
    patiently(path, |path| {
        let mut db = Connection::open_with_flags(path, FOR_WRITING)?;
        unlock(&db, path)?;
        let has_wal = has_wal(path);
        let readable = wait_for_others(&mut db).and_then(|()| {
            db.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_wal)?;
            db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
        });
        match readable {
            Ok(()) => identify(&db, path).map(|()| db),
            Err(err) if reading_only(&err) => read_only(path),
            Err(err) => Err(err.into()),
        }
    })
}

/// Whether there is a file. One that cannot be asked after may be there.
fn is_there(path: &Path) -> Result<bool, Problem> {
    match asked(path.display(), path.metadata())? {
        Some(meta) if meta.is_dir() => Err(not_a_ledger(path.display(), text!("it is a folder", "het is een map"))),
        there => Ok(there.is_some()),
    }
}

fn patiently<T>(path: &Path, mut attempt: impl FnMut(&Path) -> Result<T>) -> Result<T> {
    let begin = Instant::now();
    loop {
        match attempt(path) {
            Err(err) if is_busy(&err) && begin.elapsed() < BUSY => {
                asked(path.display(), path.metadata())?;
                std::thread::sleep(AGAIN);
            }
            other => return other.map_err(|err| at(path, err)),
        }
    }
}

/// Opens the file once. While another command makes it, or closes it as the last one that had it
/// open, SQLite refuses at once instead of waiting, so that a refusal here is worth another try.
fn attempt(path: &Path) -> Result<(Connection, Opened)> {
    let mut db = Connection::open_with_flags(path, FOR_WRITING)?;
    unlock(&db, path)?;
    let readable = wait_for_others(&mut db).and_then(|()| db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())));
    if readable.is_ok() {
        identify(&db, path)?;
    }
    match readable.and_then(|()| prepare(&db)) {
        Ok(()) => Ok((db, Opened::ForWriting)),
        Err(err) if reading_only(&err) => Ok((read_only(path)?, Opened::ForReading)),
        Err(err) => Err(err.into()),
    }
}

fn is_busy(err: &anyhow::Error) -> bool {
    let code = err.downcast_ref::<rusqlite::Error>().and_then(rusqlite::Error::sqlite_error_code);
    matches!(code, Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

pub(super) fn create(path: &Path) -> Result<()> {
    match new_file(path).map(drop) {
        Err(err) if err.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map_err(|err| cannot_make(path, &err).into()),
    }
}

/// Makes a file that is not there yet, which only its owner may read.
pub(super) fn new_file(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    for_owner(&file)?;
    Ok(file)
}

/// A umask may take away rights of the owner too. The files SQLite puts beside this one get its rights.
fn for_owner(file: &File) -> std::io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

fn prepare(db: &Connection) -> rusqlite::Result<()> {
    db.pragma_update(None, "foreign_keys", true)?;
    db.pragma_update(None, "cache_size", -HELD)?;
    // Sorting an index of a large import uses a second core.
    db.pragma_update(None, "threads", 2)?;
    // A file that is already in WAL mode is not written to by this.
    db.pragma_update(None, "journal_mode", "WAL")?;
    db.pragma_update(None, "synchronous", "FULL")?;
    if db.is_readonly(rusqlite::MAIN_DB)? {
        return Err(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_READONLY), None));
    }
    Ok(())
}

fn reading_only(err: &rusqlite::Error) -> bool {
    matches!(err.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied))
}

/// Opens a file in a folder that cannot be written. A log that nobody can write is not changing,
/// so without a write-ahead file it may be read as it is.
pub fn read_only(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let whole = uri(path, if has_wal(path) { "" } else { "?immutable=1" });
    let mut db = Connection::open_with_flags(whole, flags).map_err(|err| at(path, err.into()))?;
    unlock(&db, path)?;
    wait_for_others(&mut db)?;
    identify(&db, path)?;
    Ok(db)
}

/// A path as SQLite takes it with something behind it. Every byte but the plainest is written as a number, for a path may
/// hold what is no text; and one that begins with two slashes would be taken for the name of a computer.
pub(super) fn uri(path: &Path, behind: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte);
    let written = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02x}") };
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = path.to_string_lossy().replace('\\', "/").into_bytes();
    let computer = if bytes.starts_with(b"/") { "//" } else { "" };
    format!("file:{computer}{}{behind}", bytes.into_iter().map(written).collect::<String>())
}

/// Whether something stands beside a file that is not in it yet.
pub(super) fn has_wal(path: &Path) -> bool {
    beside(path, "-wal").metadata().is_ok_and(|wal| wal.len() > 0)
}

/// Refuses what is not a ledger of a version this program knows, before anything is changed.
fn identify(db: &Connection, path: &Path) -> Result<()> {
    let found = version(db)?;
    let known = STEPS.len() as i64;
    let application: i64 = db.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if application != APPLICATION_ID && tables > 0 {
        return Err(
            not_a_ledger(path.display(), text!("it is another program's database", "het is de database van een ander programma")).into()
        );
    }
    if found > known {
        return Err(newer(path, found, known).into());
    }
    Ok(())
}

/// How many steps of the schema a file has had.
pub fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes the file through the steps it has not had. A log with something in it is copied first, while nobody
/// else can write; gives where.
fn migrate(db: &mut Connection, path: &Path, opened: Opened, keep: Keep<'_>) -> Result<Option<PathBuf>> {
    let known = STEPS.len() as i64;
    let found = version(db)?;
    if found == known {
        return Ok(None);
    }
    if opened == Opened::ForReading {
        return Err(Problem::failure(text!("{} cannot be brought up to date", "{} kan niet worden bijgewerkt", path.display()))
            .why(text!(
                "it was made by an older version, and it cannot be written here",
                "het is van een oudere versie en kan hier niet geschreven worden"
            ))
            .into());
    }
    let tx = db.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = version(&tx)?;
    if from == known {
        return Ok(None);
    }
    if from > known {
        return Err(newer(path, from, known).into());
    }
    if let Some(table) = of_a_later_version(&tx, from)? {
        return Err(misfit(path, from, &table).into());
    }
    let kept = match from {
        0 => None,
        _ => keep(known).map_err(|err| not_kept(path, &err))?,
    };
    advance(&tx)?;
    tx.commit()?;
    Ok(kept)
}

/// The steps themselves, within the caller's transaction.
pub(super) fn advance(db: &Connection) -> Result<()> {
    for step in STEPS.iter().skip(usize::try_from(version(db)?)?) {
        db.execute_batch(step)?;
    }
    db.pragma_update(None, "application_id", APPLICATION_ID)?;
    Ok(db.pragma_update(None, "user_version", STEPS.len() as i64)?)
}
