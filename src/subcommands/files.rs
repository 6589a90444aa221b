//! The one home of making files and folders: for their owner only, whatever the umask says; and of opening those that
//! are there, other than the log while a command works in it (`ledger/connected` says why).
//!
//! A umask can only take rights away, and may take the owner's own: under `0277` a new file could not be
//! written again. So the rights are asked for when something is made, which leaves no moment in which others
//! could look, and set once more on what was made. Where there are no such rights (Windows), a file has those
//! of its folder.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::ledger::backup::DRAFT;
use crate::ledger::is_connected;

/// The rights of a file: its owner reads and writes.
#[cfg(unix)]
const OWN_FILE: u32 = 0o600;
/// The rights of a folder: its owner looks into it and changes what is there.
#[cfg(unix)]
const OWN_FOLDER: u32 = 0o700;
/// The rights of what is made for everybody on the computer, such as a man page; only the owner changes it.
#[cfg(unix)]
const FOR_ALL: u32 = 0o644;

/// So much is gathered before it is written.
const BUFFER: usize = 128 * 1024;

/// Opens a file to read it.
///
/// # Errors
/// When it cannot be opened, or is the log this command works in.
pub fn open(path: &Path) -> io::Result<File> {
    if is_connected(path) { Err(io::ErrorKind::ResourceBusy.into()) } else { File::open(path) }
}

/// The bytes of a file.
///
/// # Errors
/// As [`open`]; when it cannot be read.
pub fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Makes a folder in one that is there.
///
/// # Errors
/// When it is there already, or cannot be made.
pub fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, OWN_FOLDER);
    builder.create(path)?;
    close_folder(path)
}

/// Makes a folder and those above it that are missing; gives what it made, the outermost first.
///
/// # Errors
/// When one cannot be made; those before it stay.
pub fn make_folders(path: &Path) -> io::Result<Vec<PathBuf>> {
    let above = path.ancestors().filter(|folder| !folder.as_os_str().is_empty());
    let mut missing: Vec<PathBuf> = above.take_while(|folder| !folder.is_dir()).map(Path::to_owned).collect();
    missing.reverse();
    missing.iter().try_for_each(|folder| make_folder(folder))?;
    Ok(missing)
}

/// Keeps others out of a folder that is there.
///
/// # Errors
/// When it is somebody else's.
pub fn close_folder(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(OWN_FOLDER))?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

/// A new folder among the system's temporary ones, which is gone when the value is dropped.
///
/// # Errors
/// When it cannot be made.
pub fn temporary_folder(prefix: &str) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(OWN_FOLDER));
    let folder = builder.tempdir()?;
    close_folder(folder.path())?;
    Ok(folder)
}

/// A file that has no name and is gone when the program ends.
///
/// # Errors
/// When it cannot be made.
pub fn nameless() -> io::Result<File> {
    tempfile::tempfile()
}

/// Writes a file that is not there yet.
///
/// # Errors
/// When it is there already, or cannot be written.
pub fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = new_file().open(path)?;
    for_owner(&file)?;
    file.write_all(bytes)
}

/// How a file is opened that is not there yet.
fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, OWN_FILE);
    options
}

/// Writes a file whole or not at all, over one that may be there. A link stays a link, and what is no plain
/// file (a pipe, `/dev/null`) is written to, never replaced.
///
/// # Errors
/// When it cannot be written.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    replace_with(path, |out| out.write_all(bytes))
}

/// Whether to write here may take as long as somebody else likes: a pipe, a terminal or another device.
pub fn waits_for_a_reader(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| !meta.is_file() && !meta.is_dir())
}

/// [`replace`] with what is written by and by.
///
/// # Errors
/// As [`replace`]; when `put` fails.
pub fn replace_with<E: From<io::Error>>(path: &Path, put: impl FnOnce(&mut dyn io::Write) -> Result<(), E>) -> Result<(), E> {
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    match fs::metadata(&target) {
        Ok(meta) if meta.is_dir() => Err(io::Error::from(io::ErrorKind::IsADirectory).into()),
        Ok(meta) if !meta.is_file() => buffered(OpenOptions::new().write(true).open(&target)?, put),
        _ => put_in_place(&target, put),
    }
}

/// As [`replace`], and who may read the file stays as it was; where that cannot be, fewer may.
///
/// # Errors
/// As [`replace`].
pub fn replace_as_it_was(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let rights = fs::metadata(path).map(|meta| meta.permissions());
    replace(path, bytes)?;
    let _ = rights.and_then(|rights| fs::set_permissions(path, rights));
    Ok(())
}

/// Writes a file that is about nobody, which everybody on the computer may read as far as the umask allows.
/// Its folder is made likewise.
///
/// # Errors
/// When it cannot be written.
pub fn write_for_all(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o755);
        builder.recursive(true).create(folder)?;
    }
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FOR_ALL);
    options.open(path)?.write_all(bytes)
}

fn buffered<E: From<io::Error>>(to: impl io::Write, put: impl FnOnce(&mut dyn io::Write) -> Result<(), E>) -> Result<(), E> {
    let mut out = io::BufWriter::with_capacity(BUFFER, to);
    put(&mut out)?;
    Ok(out.flush()?)
}

fn put_in_place<E: From<io::Error>>(path: &Path, put: impl FnOnce(&mut dyn io::Write) -> Result<(), E>) -> Result<(), E> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A run that is killed leaves it behind, and `attent doctor` knows it by its name.
    // It is opened and written here, as the crate's own errors do not tell a lost disk from others.
    let mut file = tempfile::Builder::new().prefix(DRAFT).make_in(folder, |path| new_file().open(path))?;
    for_owner(file.as_file())?;
    buffered(file.as_file_mut(), put)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(io::Error::from)?;
    Ok(())
}

fn for_owner(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(OWN_FILE))?;
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::Ledger;

    #[test]
    fn the_log_is_not_opened_past_sqlite_while_a_command_works_in_it() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("attent.db");
        write_new(&folder.path().join("notes.txt"), b"Anna").unwrap();
        write_new(&log, b"").unwrap();
        assert!(open(&log).is_ok(), "nothing works in it yet");
        let ledger = Ledger::open(&log, Vec::new(), 0).unwrap();
        for name in ["attent.db", "./attent.db", "attent.db-wal", "attent.db-shm"] {
            assert_eq!(open(&folder.path().join(name)).unwrap_err().kind(), io::ErrorKind::ResourceBusy, "{name}");
        }
        assert_eq!(bytes(&folder.path().join("notes.txt")).unwrap(), b"Anna");
        drop(ledger);
    }
}
