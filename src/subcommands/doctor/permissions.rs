//! Who may read and write a workspace: its owner, and nobody else.
//!
//! What holds customers (the log and its backups) must not be readable by others. Settings and journeys name no
//! customer, and a folder that others may list gives nothing away while its files are closed: those are worth a
//! word only, unless others may write there.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::within;
use crate::domain::checkup::Check;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::settings::locate::WORKSPACE_FILE;
use crate::subcommands::backups;
use crate::subcommands::workspace::{PLAYBOOK_FILE, is_yaml};
use crate::text;

/// The name of this check.
pub const ID: &str = "permissions";

/// The permissions of others: any, and to write.
const ANY: u32 = 0o077;
const WRITE: u32 = 0o022;

/// A file or folder of a workspace.
struct Place {
    path: PathBuf,
    mode: u32,
    owner: u32,
    is_folder: bool,
    /// Whether it holds customers.
    is_private: bool,
}

/// Looks at every file and folder that attent reads or writes.
pub fn check(root: &Path) -> Check {
    let places = places(root);
    let check = Check::fine(
        ID,
        text!("permissions", "rechten"),
        text!("only you can read and write here", "alleen jij kunt hier lezen en schrijven"),
    );
    let names = |fits: &dyn Fn(&Place) -> bool| {
        places.iter().filter(|place| fits(place)).map(|place| within(root, &place.path)).collect::<Vec<_>>()
    };
    let strangers = myself().map(|me| names(&|place| place.owner != me)).unwrap_or_default();
    if !strangers.is_empty() {
        let list = clipped(&strangers);
        return check.wrong(
            text!("owned by somebody else: {list}", "van iemand anders: {list}"),
            text!("ask whoever owns them, or `sudo chown` them", "vraag de eigenaar, of neem ze over met `sudo chown`"),
        );
    }
    let writable = names(&|place| place.mode & WRITE != 0);
    let readable = names(&|place| place.is_private && !place.is_folder && place.mode & ANY != 0);
    if !writable.is_empty() {
        let list = clipped(&writable);
        return check.wrong_but_mendable(text!("others can write: {list}", "anderen kunnen schrijven: {list}"));
    }
    if !readable.is_empty() {
        let list = clipped(&readable);
        return check.wrong_but_mendable(text!("others can read: {list}", "anderen kunnen lezen: {list}"));
    }
    let open = names(&|place| place.mode & ANY != 0);
    if open.is_empty() {
        return check;
    }
    let list = clipped(&open);
    let found =
        text!("others can look into {list}; the log itself is closed", "anderen kunnen kijken in {list}; het logboek zelf is dicht");
    Check { mendable: true, ..check.note(found, text!("`attent doctor --fix` closes it", "`attent doctor --fix` sluit het")) }
}

/// Closes everything to others.
///
/// # Errors
/// When a file belongs to somebody else.
pub fn mend(root: &Path) -> Result<()> {
    for place in places(root).iter().filter(|place| place.mode & ANY != 0) {
        let mode = if place.is_folder { 0o700 } else { 0o600 };
        std::fs::set_permissions(&place.path, std::fs::Permissions::from_mode(mode)).map_err(|err| refused(root, &place.path, &err))?;
    }
    Ok(())
}

fn places(root: &Path) -> Vec<Place> {
    let (backups, journeys) = (root.join(backups::FOLDER), root.join("journeys"));
    let within = |folder: &Path| -> Vec<PathBuf> {
        std::fs::read_dir(folder).map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect()).unwrap_or_default()
    };
    let log = ["attent.db", "attent.db-wal", "attent.db-shm"].map(|name| root.join(name)).into_iter();
    let private = log.chain(within(&backups)).map(|path| (path, true));
    let written = [WORKSPACE_FILE, PLAYBOOK_FILE].map(|name| root.join(name)).into_iter();
    let written = written.chain(within(&journeys).into_iter().filter(|path| is_yaml(path))).map(|path| (path, false));
    let folders = [root.to_owned(), journeys].map(|path| (path, false)).into_iter().chain([(backups.clone(), true)]);
    let mut places: Vec<Place> = private.chain(written).chain(folders).filter_map(|(path, is_private)| place(path, is_private)).collect();
    places.sort_by(|a, b| a.path.cmp(&b.path));
    places
}

fn place(path: PathBuf, is_private: bool) -> Option<Place> {
    let meta = path.metadata().ok()?;
    Some(Place { mode: meta.permissions().mode() & 0o777, owner: meta.uid(), is_folder: meta.is_dir(), path, is_private })
}

/// The number of the user who runs this: that of a file just made.
fn myself() -> Option<u32> {
    Some(tempfile::tempfile().ok()?.metadata().ok()?.uid())
}

/// Names, of many the first few.
fn clipped(names: &[String]) -> String {
    const NAMED: usize = 5;
    let list = names.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > NAMED { format!("{list}, …") } else { list }
}

fn refused(root: &Path, path: &Path, err: &std::io::Error) -> Problem {
    let name = within(root, path);
    Problem::failure(text!("the permissions of {name} cannot be changed", "de rechten van {name} zijn niet te veranderen"))
        .why(Text::same(err.to_string()))
        .todo(text!("ask whoever owns it", "vraag de eigenaar"))
}
