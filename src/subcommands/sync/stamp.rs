//! Whether files changed: by their sizes and times of change, without reading them.

use std::fs::Metadata;
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::Result;

use crate::intake::records::digest;
use crate::subcommands::import::{entries, is_maildir};
use crate::subcommands::output::unreadable;

/// What a file or folder was: other when anything in it was added, removed or written.
///
/// # Errors
/// When it is not there or cannot be looked into.
pub fn stamp(path: &Path) -> Result<String> {
    let mut seen = String::new();
    look(path, &mut seen)?;
    Ok(digest(&[seen.as_bytes()]).iter().map(|byte| format!("{byte:02x}")).collect())
}

fn look(path: &Path, seen: &mut String) -> Result<()> {
    let meta = std::fs::metadata(path).map_err(|err| unreadable(path, &err))?;
    note(path, &meta, seen);
    if !meta.is_dir() {
        return Ok(());
    }
    // A message of a Maildir never changes; the folder's time tells of new ones, and it may be large.
    let is_maildir = is_maildir(path);
    for entry in entries(path)? {
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

fn note(path: &Path, meta: &Metadata, seen: &mut String) {
    let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    let size = if meta.is_dir() { 0 } else { meta.len() };
    *seen += &format!("{}\0{size}\0{}\n", path.display(), changed.as_nanos());
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
