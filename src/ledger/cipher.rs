//! The log encrypted at rest: SQLCipher's pages under a key derived from a passphrase (256-bit AES in CBC mode with an
//! HMAC-SHA-512 of each page; the key by PBKDF2 with 256,000 rounds, SQLCipher 4's defaults).
//!
//! Only a build with the feature `encryption` can read or make such a file; every build knows one when it sees it.
//! Encrypting, decrypting and changing the passphrase are one act: a whole new file is made beside the old one,
//! opened to see that it holds the same, and put in its place by one renaming. A crash leaves the old
//! file or the new one, never half of each.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use anyhow::{Context as _, Result};
use rusqlite::{Connection, OpenFlags, params};

use super::backup::{ANEW, DRAFT};
use super::connected::{connected, known, real, replaced};
use super::open::{create, uri, version};
use super::patience::wait_for_others;
use super::trouble::{at, locked, no_encryption, wrong_passphrase};
use crate::domain::problem::Problem;
use crate::text;

/// How every file of SQLite's begins that is not encrypted.
const PLAIN: &[u8; 16] = b"SQLite format 3\0";
/// What a file begins with that another one has replaced.
const REPLACED: &[u8; 16] = b"attent: replaced";
/// The size of an encrypted page.
const PAGE: u64 = 4_096;

/// What opens an encrypted log. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Passphrase(String);

impl Passphrase {
    /// A passphrase as it was typed; `None` when it is empty.
    pub fn new(typed: impl Into<String>) -> Option<Self> {
        Some(typed.into()).filter(|typed| !typed.is_empty()).map(Self)
    }
}

impl fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

/// Whether this program can encrypt and decrypt.
pub const fn can_encrypt() -> bool {
    cfg!(feature = "encryption")
}

/// Whether a file looks like an encrypted log: whole pages of no known kind. A short or empty file, text, or a log as
/// it is, are not; neither is a file that is not there. What a connection has open is not read again.
///
/// # Errors
/// When the file cannot be read.
pub fn is_encrypted(path: &Path) -> io::Result<bool> {
    if let Some(known) = known(path) {
        return Ok(known);
    }
    let Some((page, size)) = first_page(path)? else { return Ok(false) };
    Ok(size % PAGE == 0 && is_page_of_cipher(&page))
}

/// Whether a file begins as a copy of a log does, whole or half made: nothing yet, zeros, plain or encrypted.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn begins_as_a_log(path: &Path) -> io::Result<bool> {
    if known(path).is_some() {
        return Ok(true);
    }
    let Some((page, _)) = first_page(path)? else { return Ok(false) };
    Ok(page.starts_with(PLAIN) || page.iter().all(|byte| *byte == 0) || is_page_of_cipher(&page))
}

fn is_page_of_cipher(page: &[u8]) -> bool {
    page.len() as u64 == PAGE && !page.starts_with(PLAIN) && looks_random(page)
}

/// The first page of a plain file, as far as it is there, and the size of the file. A pipe would be waited for.
fn first_page(path: &Path) -> io::Result<Option<(Vec<u8>, u64)>> {
    match path.metadata() {
        Err(err) if err.kind() == io::ErrorKind::NotFound => return Ok(None),
        Ok(meta) if !meta.is_file() => return Ok(None),
        _ => {}
    }
    let file = File::open(path)?;
    let (size, mut page) = (file.metadata()?.len(), Vec::new());
    file.take(PAGE).read_to_end(&mut page)?;
    Ok(Some((page, size)))
}

/// Encrypted bytes are spread evenly; headers, text and empty pages are not. Of 4,096 random bytes each value is
/// expected 16 times; χ² over the 256 values has mean 255 and deviation 22.6, and text or records are in the tens of
/// thousands.
fn looks_random(page: &[u8]) -> bool {
    let mut counts = [0_u32; 256];
    page.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let expected = page.len() as f64 / 256.0;
    let chi_squared: f64 = counts.iter().map(|&count| (f64::from(count) - expected).powi(2) / expected).sum();
    chi_squared < 600.0
}

/// The passphrase of the log this process works with, and of the copies of it.
static KEY: RwLock<Option<Passphrase>> = RwLock::new(None);

/// Every encrypted file that is opened from here on is opened with this passphrase: a command works with one log, and
/// the files it opens besides are copies of that.
pub fn unlock_with(passphrase: Passphrase) {
    *KEY.write().unwrap_or_else(PoisonError::into_inner) = Some(passphrase);
}

/// Gives a connection that was just opened the passphrase, when its file is encrypted.
pub(super) fn unlock(db: &Connection, path: &Path) -> Result<()> {
    unlock_like(db, path, path)
}

/// As [`unlock`], for a new file that is to be a copy of another.
pub(super) fn unlock_like(db: &Connection, path: &Path, other: &Path) -> Result<()> {
    let encrypted = is_encrypted(other).unwrap_or(false);
    connected(path, encrypted);
    if !can_encrypt() || !encrypted {
        return Ok(());
    }
    let key = KEY.read().unwrap_or_else(PoisonError::into_inner).clone();
    with(db, path, Some(&key.ok_or_else(|| locked(path.display()))?))
}

fn with(db: &Connection, path: &Path, passphrase: Option<&Passphrase>) -> Result<()> {
    let Some(Passphrase(words)) = passphrase else { return Ok(()) };
    if !can_encrypt() {
        return Err(no_encryption(path.display()).into());
    }
    // What is wrong is said once, in words, not by the library on standard error.
    db.pragma_update(None, "cipher_log_level", "NONE")?;
    db.pragma_update(None, "key", words)?;
    match db.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())) {
        Err(err) if err.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => Err(wrong_passphrase(path.display()).into()),
        other => Ok(other?),
    }
}

/// Makes a log that `from` opens one that `to` opens; `None` is without a passphrase.
///
/// # Errors
/// When the passphrase is wrong, another command has the log open, or the folder cannot be written. Then
/// nothing has changed.
pub fn encrypt_anew(path: &Path, from: Option<&Passphrase>, to: Option<&Passphrase>) -> Result<()> {
    if !can_encrypt() {
        return Err(no_encryption(path.display()).into());
    }
    let path = &real(path);
    let old = alone(path, from)?;
    let new = beside(path)?;
    let made = export(&old, path, &new, to).and_then(|()| replace(path, &new));
    if made.is_err() {
        let _ = fs::remove_file(&new);
    }
    made.map_err(|err| at(path, err))
}

/// Where the new file is made; what an earlier attempt left there when it was killed goes. Nobody calls a file of
/// their own by this name.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let new = path.with_file_name(format!("{DRAFT}{ANEW}"));
    match fs::remove_file(&new) {
        Err(err) if err.kind() != io::ErrorKind::NotFound => Err(err),
        _ => Ok(new),
    }
}

/// Opens a log so that no other command can have it open meanwhile. Leaving the write-ahead mode is only possible
/// for the last one that has the file open.
fn alone(path: &Path, passphrase: Option<&Passphrase>) -> Result<Connection> {
    let open = || -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
        let mut db = Connection::open_with_flags(path, flags)?;
        connected(path, passphrase.is_some());
        with(&db, path, passphrase)?;
        wait_for_others(&mut db)?;
        db.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        let mode: String = db.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
        if mode != "delete" {
            return Err(in_use(path).into());
        }
        db.execute_batch("BEGIN EXCLUSIVE")?;
        Ok(db)
    };
    open().map_err(|err| at(path, err))
}

fn in_use(path: &Path) -> Problem {
    Problem::failure(text!("{} is in use", "{} is in gebruik", path.display()))
        .why(text!("another command has it open", "een ander commando heeft het open"))
        .todo(text!("try again when it is done; nothing was changed", "probeer het opnieuw als dat klaar is; er is niets veranderd"))
}

/// Copies everything to a new file under the other passphrase.
fn export(old: &Connection, path: &Path, new: &Path, to: Option<&Passphrase>) -> Result<()> {
    create(new)?;
    let key = to.map_or("", |Passphrase(words)| words);
    // The transaction keeps others out; a file can be attached only outside one, and the lock stays with the mode.
    old.execute_batch("COMMIT")?;
    old.execute("ATTACH DATABASE ?1 AS new KEY ?2", params![uri(new, ""), key])?;
    old.query_row("SELECT sqlcipher_export('new')", [], |_| Ok(()))?;
    for pragma in ["application_id", "user_version"] {
        let value: i64 = old.pragma_query_value(None, pragma, |row| row.get(0))?;
        old.pragma_update(Some("new"), pragma, value)?;
    }
    let sequences = "DELETE FROM new.sqlite_sequence; INSERT INTO new.sqlite_sequence SELECT * FROM main.sqlite_sequence;";
    old.execute_batch(&format!("{sequences} DETACH DATABASE new"))?;
    File::open(new)?.sync_all()?;
    same(old, path, new, to)
}

/// Sees that the new file opens, is sound, and holds as many rows of everything.
fn same(old: &Connection, path: &Path, new: &Path, passphrase: Option<&Passphrase>) -> Result<()> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let copy = Connection::open_with_flags(new, flags)?;
    with(&copy, new, passphrase)?;
    let sound: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    anyhow::ensure!(sound == "ok" && version(&copy)? == version(old)?, "the copy of {} is not sound: {sound}", path.display());
    let mut tables = old.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
    let tables = tables.query_map([], |row| row.get::<_, String>(0))?.collect::<rusqlite::Result<Vec<_>>>()?;
    for table in tables {
        let count = |db: &Connection| db.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get::<_, i64>(0));
        anyhow::ensure!(count(&copy)? == count(old)?, "the copy of {} lacks rows of {table}", path.display());
    }
    Ok(())
}

/// Puts the new file in the place of the old one. Who has waited for the old one finds a file that opens no more
/// and looks again, rather than a log nobody will ever read. The locks on the old file end here, and with them the file.
fn replace(path: &Path, new: &Path) -> Result<()> {
    let mut former = OpenOptions::new().write(true).open(path)?;
    fs::rename(new, path).with_context(|| format!("cannot replace {}", path.display()))?;
    replaced(path);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        // Not every system can flush a folder; where it can, the new name is safe before the old bytes go.
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
    Ok(wipe(&mut former)?)
}

/// Writes over what the old file held. A disk that keeps former versions of its blocks, as flash memory does, may keep
/// them all the same.
fn wipe(file: &mut File) -> io::Result<()> {
    static ZEROS: [u8; 1 << 16] = [0; 1 << 16];
    let mut left = file.metadata()?.len().saturating_sub(REPLACED.len() as u64);
    file.seek(SeekFrom::Start(0))?;
    file.write_all(REPLACED)?;
    while left > 0 {
        let piece = left.min(ZEROS.len() as u64);
        file.write_all(&ZEROS[..usize::try_from(piece).unwrap_or(ZEROS.len())])?;
        left -= piece;
    }
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_encrypted_is_known_from_other_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("attent.db");
        let is = |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            is_encrypted(&path).unwrap()
        };
        let mut state = 7_u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as u8
        };
        let noise: Vec<u8> = (0..8_192).map(|_| random()).collect();
        assert!(is(&noise));
        assert!(!is(&noise[..5_000]), "no whole pages");
        assert!(!is(&b"name,date,note\n".repeat(4_096)), "text");
        assert!(!is(&[0; 4_096]), "nothing but zeros");
        assert!(!is(&[&PLAIN[..], &noise[16..]].concat()), "a log as it is");
        assert!(!is(b""));
        assert!(!is_encrypted(&folder.path().join("none")).unwrap());
        fs::write(&path, &noise).unwrap();
        connected(&path, false);
        assert!(!is_encrypted(&path).unwrap(), "what a connection has open is not read again");
    }

    #[test]
    fn a_passphrase_is_not_shown() {
        let said = format!("{:?}", Passphrase::new("geheim").unwrap());
        assert!(!said.contains("geheim"), "{said}");
        assert_eq!(Passphrase::new(""), None);
    }
}
