//! Which files SQLite has open in this process, so that nothing reads them past it.
//!
//! POSIX takes every lock a process has on a file away as soon as it closes any descriptor of that file, also one that was only
//! read from (SQLite, "How To Corrupt An SQLite Database File", 2.2). SQLite minds this for what it opens itself. Whoever
//! else reads a page of the log while a connection has it locked lets others write into what is being written. So whether a
//! log is encrypted is read before a connection is made and remembered here, and `subcommands/files` opens nothing
//! that is connected.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use crate::domain::disk::is_gone;

/// What SQLite lays beside a log, by what stands behind its name.
pub const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// What is known of a file that has, or had, a connection.
struct File {
    /// Which file it was that had the name.
    identity: Option<(u64, u64)>,
    encrypted: bool,
}

/// The files there are, or were, connections to.
static CONNECTED: RwLock<BTreeMap<PathBuf, File>> = RwLock::new(BTreeMap::new());

/// A connection was made. One that was closed since stays on the list: not to read it is never wrong.
pub(super) fn connected(path: &Path, encrypted: bool) {
    let file = File { identity: identity(path), encrypted };
    CONNECTED.write().unwrap_or_else(PoisonError::into_inner).insert(real(path), file);
}

/// Another file has the name now.
pub(super) fn replaced(path: &Path) {
    CONNECTED.write().unwrap_or_else(PoisonError::into_inner).remove(&real(path));
}

/// Whether a file that SQLite has open is encrypted; `None` for one it has not, as when another command has put a new file
/// in its place.
pub(super) fn known(path: &Path) -> Option<bool> {
    let files = CONNECTED.read().unwrap_or_else(PoisonError::into_inner);
    files.get(&real(path)).filter(|file| file.identity == identity(path)).map(|file| file.encrypted)
}

/// Which file has a name now, where a system tells: to ask it opens nothing.
fn identity(path: &Path) -> Option<(u64, u64)> {
    #[cfg(unix)]
    return path.metadata().ok().map(|meta| {
        use std::os::unix::fs::MetadataExt as _;
        (meta.dev(), meta.ino())
    });
    #[cfg(not(unix))]
    return path.exists().then_some((0, 0));
}

/// Whether a file that is, or was, connected can no longer be asked after because nothing answers: to ask it opens nothing.
pub(super) fn is_any_gone() -> bool {
    let files = CONNECTED.read().unwrap_or_else(PoisonError::into_inner);
    files.keys().any(|path| path.metadata().is_err_and(|err| is_gone(&err)))
}

/// Whether SQLite has a file open in this process, or one that it lies beside.
pub fn is_connected(path: &Path) -> bool {
    let files = CONNECTED.read().unwrap_or_else(PoisonError::into_inner);
    if files.is_empty() {
        return false;
    }
    let path = real(path);
    let bytes = path.as_os_str().as_encoded_bytes();
    let lies_beside = |log: &PathBuf| {
        let behind = bytes.strip_prefix(log.as_os_str().as_encoded_bytes());
        behind.is_some_and(|behind| BESIDE.iter().any(|name| name.as_bytes() == behind))
    };
    files.contains_key(&path) || files.keys().any(lies_beside)
}

/// A file with all links followed; one that is not there yet is by the folder it will be in.
pub(super) fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    // A link that leads to nothing is where SQLite would make the file.
    let target = path.read_link().map_or_else(|_| path.to_owned(), |link| path.with_file_name(link));
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), target.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => target,
    }
}

/// A file that SQLite lays beside another: it follows the links, and puts something behind the whole name.
pub fn beside(path: &Path, behind: &str) -> PathBuf {
    let mut whole: OsString = real(path).into_os_string();
    whole.push(behind);
    whole.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sqlite_lays_beside_a_file_has_its_whole_name() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        assert_eq!(beside(&top.join("copy.db.bak"), "-wal"), top.join("copy.db.bak-wal"));
        assert_eq!(beside(&top.join("copy"), "-wal"), top.join("copy-wal"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_also_where_nothing_is_yet() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path().canonicalize().unwrap();
        std::fs::create_dir(top.join("disk")).unwrap();
        std::os::unix::fs::symlink("disk/real.db", top.join("attent.db")).unwrap();
        assert_eq!(beside(&top.join("attent.db"), "-wal"), top.join("disk/real.db-wal"));
        std::fs::write(top.join("disk/real.db"), "").unwrap();
        assert_eq!(real(&top.join("attent.db")), top.join("disk/real.db"));
    }

    #[test]
    fn what_is_connected_is_known_with_what_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("some.db");
        std::fs::write(&path, "").unwrap();
        assert!(!is_connected(&path) && known(&path).is_none());
        connected(&path, true);
        assert!(is_connected(&path) && known(&path) == Some(true));
        assert!(is_connected(&folder.path().join("some.db-shm")) && !is_connected(&folder.path().join("some.db2")));
        #[cfg(unix)]
        {
            let new = folder.path().join("new.db");
            std::fs::write(&new, "").unwrap();
            std::fs::rename(&new, &path).unwrap();
            assert_eq!(known(&path), None, "another file has the name now");
        }
        replaced(&path);
        assert!(!is_connected(&path));
    }
}
