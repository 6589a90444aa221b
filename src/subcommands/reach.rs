//! Whether the disk or network share that a workspace lies on still answers, which is asked when a command failed.
//!
//! SQLite has many words for a share that was lost in the middle of its work: the file is malformed, it is busy, it cannot
//! be opened. And what cannot be asked after looks as if it were not there. None of that is what a person can mend.

use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use anyhow::Result;

use super::context::Context;
use super::files;
use super::workspace::LEDGER_FILE;
use crate::domain::disk;
use crate::domain::problem::Problem;
use crate::settings::locate::{WORKSPACE_FILE, locate};

/// The error as it is, or that the workspace can no longer be reached, when that is what it comes of.
pub fn explained(context: &Context, err: anyhow::Error) -> anyhow::Error {
    let told = err.chain().filter_map(|cause| cause.downcast_ref::<Problem>()).any(Problem::is_of_lost_disk);
    match still_answers(context) {
        Err(lost) if !told => lost.into(),
        _ => err,
    }
}

/// Whether the workspace can be reached, if there is one.
///
/// # Errors
/// When what it lies on no longer answers.
pub fn still_answers(context: &Context) -> Result<(), Problem> {
    match locate(context.globals.workspace.as_deref(), &context.environment, &context.here) {
        Ok(located) => disk::asked(located.root.display(), ask(&located.root)).map(drop),
        Err(problem) if problem.is_of_lost_disk() => Err(problem),
        Err(_) => Ok(()),
    }
}

/// Asks what a system that only remembers the folder could not answer. The log is not opened: to close it would
/// take the locks away that SQLite has on it.
fn ask(root: &Path) -> io::Result<()> {
    fs::metadata(root)?;
    fs::read_dir(root)?.next().transpose()?;
    let log = root.join(LEDGER_FILE);
    // A link may lead to another disk.
    if let Ok(folder) = log.canonicalize().as_deref().map(Path::parent) {
        folder.map(fs::read_dir).transpose()?;
    }
    files::open(&root.join(WORKSPACE_FILE))?.read_exact(&mut [0])
}
