//! Putting a file in its place: whole or not at all, for its owner only, and on the disk before it counts.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::super::trouble::unkept;
use crate::domain::problem::Problem;

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
        let made = tempfile::Builder::new().prefix(".attent-").suffix(".db").tempfile_in(folder);
        Ok(Self { file: made.map_err(|err| unkept(target, &err))?, target: target.to_owned() })
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
