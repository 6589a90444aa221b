//! Whether files changed: by their sizes and times of change, without reading them.

use std::collections::HashSet;
use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use anyhow::Result;

use crate::intake::records::digest;
use crate::subcommands::import::{entries, is_maildir};
use crate::subcommands::output::unreadable;
use crate::subcommands::workspace::LEDGER_FILE;

/// What a file or folder was: other when anything in it was added, removed or written.
///
/// # Errors
/// When it is not there or cannot be looked into.
pub fn stamp(path: &Path) -> Result<String> {
    let mut seen = Seen::default();
    look(path, &mut seen)?;
    Ok(digest(&[seen.files.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect())
}

/// What was looked at.
#[derive(Default)]
struct Seen {
    files: String,
    /// Folders, without links: one that leads back to a folder above it is looked into once.
    folders: HashSet<PathBuf>,
}

fn look(path: &Path, seen: &mut Seen) -> Result<()> {
    let meta = match std::fs::metadata(path) {
        // a file of a folder that went away just now, or a link that leads nowhere
        Err(err) if err.kind() == ErrorKind::NotFound && !seen.folders.is_empty() => return Ok(()),
        other => other.map_err(|err| unreadable(path, &err))?,
    };
    if !meta.is_dir() {
        note(path, &meta, seen);
        return Ok(());
    }
    if path.canonicalize().is_ok_and(|folder| !seen.folders.insert(folder)) {
        return Ok(());
    }
    // the folder may hold the log itself, which other commands write
    let is_log = |entry: &Path| entry.file_name().is_some_and(|name| name.to_string_lossy().starts_with(LEDGER_FILE));
    // A message of a Maildir never changes; the folder's time tells of new ones, and it may be large.
    let is_maildir = is_maildir(path);
    for entry in entries(path)?.into_iter().filter(|entry| !is_log(entry)) {
        let part = is_maildir && ["cur", "new", "tmp"].iter().any(|part| entry.ends_with(part));
        if part {
            let meta = std::fs::metadata(&entry).map_err(|err| unreadable(&entry, &err))?;
            note(&entry, &meta, seen);
        } else {
            look(&entry, seen)?;
        }
    }
    Ok(())
}

fn note(path: &Path, meta: &Metadata, seen: &mut Seen) {
    let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let size = if meta.is_dir() { 0 } else { meta.len() };
    seen.files += &format!("{}\0{size}\0{}\n", path.display(), changed.as_nanos());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_tells_new_changed_and_removed_files() {
        let root = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = root.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("a.csv", "x");
        write("box/cur/1", "x");
        write("box/new/2", "x");
        let mut stamps = vec![stamp(root.path()).unwrap()];
        assert_eq!(stamp(root.path()).unwrap(), stamps[0]);
        write("b.csv", "x");
        stamps.push(stamp(root.path()).unwrap());
        write("a.csv", "longer");
        stamps.push(stamp(root.path()).unwrap());
        write("box/cur/3", "x");
        stamps.push(stamp(root.path()).unwrap());
        std::fs::remove_file(root.path().join("box/new/2")).unwrap();
        stamps.push(stamp(root.path()).unwrap());
        for (n, one) in stamps.iter().enumerate() {
            assert!(!stamps[..n].contains(one), "{n}");
        }
        assert!(stamp(&root.path().join("gone")).is_err());
    }
}
