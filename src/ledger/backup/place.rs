//! Putting a file in its place: whole or not at all, for its owner only, and on the disk before it counts.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tempfile::NamedTempFile;

use super::super::trouble::unkept;
use crate::domain::problem::Problem;

/// How drafts are called.
const DRAFT: &str = ".attent-";
/// A draft that was last written so long before a new one is what a power cut or a kill left behind.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// A file that does not have its name yet; it goes away when it never gets one.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// Begins a file in the folder of its target, so that naming it later moves no bytes.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(target: &Path) -> Result<Self, Problem> {
        let folder = folder_of(target);
        // Its name begins with a dot and it may be read by its owner only, also while it grows.
        let made = tempfile::Builder::new().prefix(DRAFT).suffix(".db").tempfile_in(folder);
        let file = made.map_err(|err| unkept(target, &err))?;
        sweep(folder, file.as_file());
        Ok(Self { file, target: target.to_owned() })
    }

    /// Where it is for now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Gives it its name, when all of it is on the disk. A file of that name is replaced only when `over`.
    ///
    /// # Errors
    /// When the disk refuses, or the name is taken.
    pub fn settle(self, over: bool) -> Result<PathBuf, Problem> {
        let Self { file, target } = self;
        let named = (|| {
            file.as_file().sync_all()?;
            let named = if over { file.persist(&target) } else { file.persist_noclobber(&target) };
            named.map_err(|err| err.error)?;
            sync_folder(&target)
        })();
        named.map_err(|err| unkept(&target, &err))?;
        Ok(target)
    }
}

/// Takes drafts away that nobody is writing any more: they hold customers, and no one would look for them. How
/// old they are is told by the new draft, so that no clock is asked.
fn sweep(folder: &Path, new: &File) {
    let now = new.metadata().and_then(|meta| meta.modified());
    let (Ok(now), Ok(entries)) = (now, std::fs::read_dir(folder)) else { return };
    for entry in entries.filter_map(Result::ok) {
        let is_draft = entry.file_name().to_string_lossy().starts_with(DRAFT);
        let written = entry.metadata().and_then(|meta| meta.modified());
        let age = written.ok().and_then(|written| now.duration_since(written).ok());
        if is_draft && age.is_some_and(|age| age > ABANDONED) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Copies a file as it is.
///
/// # Errors
/// When it cannot be read, or the copy cannot be written.
pub fn copy(from: &Path, target: &Path) -> Result<(), Problem> {
    let draft = Draft::new(target)?;
    let copied = File::open(from).and_then(|mut from| io::copy(&mut from, &mut draft.file.as_file()));
    copied.map_err(|err| unkept(target, &err))?;
    draft.settle(false).map(drop)
}

/// Takes a file away, if it is there.
pub fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Makes a folder that only its owner may look into, if it is not there.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> Result<(), Problem> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(_) if path.is_dir() => Ok(()),
        made => made.map_err(|err| unkept(path, &err)),
    }
}

/// Has a folder remember its names after a power cut.
pub fn sync_folder(of: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder_of(of))?.sync_all()?;
    Ok(())
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_nobody_writes_any_more_is_swept_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let week = Duration::from_secs(7 * 24 * 60 * 60);
        for (name, age) in [(".attent-left.db", week), (".attent-busy.db", Duration::ZERO), ("attent-old.db", week), (".other.db", week)] {
            let file = File::create(folder.path().join(name)).unwrap();
            let now = file.metadata().unwrap().modified().unwrap();
            file.set_modified(now - age).unwrap();
        }
        let target = folder.path().join("new.db");
        Draft::new(&target).unwrap().settle(false).unwrap();
        let there = |name: &str| folder.path().join(name).exists();
        assert_eq!(
            [".attent-left.db", ".attent-busy.db", "attent-old.db", ".other.db", "new.db"].map(there),
            [false, true, true, true, true]
        );
        let said = Draft::new(&target).unwrap().settle(false).unwrap_err();
        assert_eq!(said.why.en, "there is one already");
        Draft::new(&target).unwrap().settle(true).unwrap();
    }
}
