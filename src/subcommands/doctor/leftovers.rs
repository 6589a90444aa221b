//! What a command left that was stopped by force: files without a name of their own yet, which hold customers.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use anyhow::Result;

use super::within;
use crate::domain::checkup::Check;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::backup::is_draft;
use crate::subcommands::backups;
use crate::subcommands::context::Context;
use crate::text;

/// The name of this check.
pub const ID: &str = "leftovers";
/// What was last written so long ago, nobody is writing any more.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Looks for drafts in the workspace and its folder of backups.
pub fn check(context: &Context, root: &Path) -> Check {
    let check =
        Check::fine(ID, text!("leftovers", "restanten"), text!("none of a command that was stopped", "geen van een afgebroken commando"));
    let (old, new): (Vec<PathBuf>, Vec<PathBuf>) = drafts(root).into_iter().partition(|path| is_abandoned(context, path));
    let names = |paths: &[PathBuf]| paths.iter().map(|path| within(root, path)).collect::<Vec<_>>().join(", ");
    let (old, new) = (names(&old), names(&new));
    if !old.is_empty() {
        return check.wrong_but_mendable(text!("of a command that was stopped: {old}", "van een afgebroken commando: {old}"));
    }
    if !new.is_empty() {
        return check.note(
            text!("not finished, of less than a day ago: {new}", "niet af, van minder dan een dag geleden: {new}"),
            text!(
                "if no command is running, `attent doctor --fix` takes it away after a day",
                "loopt er geen commando, dan haalt `attent doctor --fix` het na een dag weg"
            ),
        );
    }
    check
}

/// Takes away what nobody is writing any more.
///
/// # Errors
/// When a file cannot be removed.
pub fn mend(context: &Context, root: &Path) -> Result<()> {
    for path in drafts(root).iter().filter(|path| is_abandoned(context, path)) {
        match std::fs::remove_file(path) {
            Err(err) if err.kind() != std::io::ErrorKind::NotFound => return Err(refused(root, path, &err).into()),
            _ => {}
        }
    }
    Ok(())
}

fn drafts(root: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = [root.to_owned(), root.join(backups::FOLDER)]
        .iter()
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.filter_map(Result::ok))
        .filter(|entry| is_draft(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && !path.is_symlink())
        .collect();
    found.sort();
    found
}

fn is_abandoned(context: &Context, path: &Path) -> bool {
    let written = path.metadata().and_then(|meta| meta.modified());
    let age = written.ok().and_then(|written| SystemTime::from(context.clock).duration_since(written).ok());
    age.is_some_and(|age| age > ABANDONED)
}

fn refused(root: &Path, path: &Path, err: &std::io::Error) -> Problem {
    let name = within(root, path);
    Problem::failure(text!("{name} cannot be removed", "{name} is niet weg te halen"))
        .why(Text::same(err.to_string()))
        .todo(text!("check who may write in the folder", "kijk wie in de map mag schrijven"))
}
