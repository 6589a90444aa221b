//! Who may read and write a workspace: its owner, and nobody else.
//!
//! What holds customers (the log and its backups) must not be readable by others. Settings and journeys name no
//! customer, and a folder that others may list gives nothing away while its files are closed: those are worth a
//! word only, unless others may write there.
//!
//! A link may lead anywhere, and a workspace may be somebody else's: what it leads to is never changed, and told of only when
//! it is the log itself.

use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::within;
use crate::domain::checkup::Check;
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::ledger::BESIDE;
use crate::settings::locate::WORKSPACE_FILE;
use crate::subcommands::backups;
use crate::subcommands::workspace::{LEDGER_FILE, PLAYBOOK_FILE, is_yaml};
use crate::text;

/// The name of this check.
pub const ID: &str = "permissions";

/// The permissions there are; those of others: any, and to write.
const ALL: u32 = 0o7777;
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
    let root = &whole(root);
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
    if let Some(log) = linked_log(root) {
        let (shown, command) = (log.display(), shell::path(&log.display().to_string()));
        return check.wrong(
            text!(
                "others can look into the log, which is a link to {shown}",
                "anderen kunnen in het logboek kijken, dat een link is naar {shown}"
            ),
            text!("if that is yours, this closes it: chmod go= {command}", "is dat van jou, dan sluit je het zo af: chmod go= {command}"),
        );
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

/// What the log is a link to, when others may look there.
fn linked_log(root: &Path) -> Option<PathBuf> {
    let log = root.join(LEDGER_FILE);
    let open = log.is_symlink() && log.metadata().is_ok_and(|meta| meta.permissions().mode() & ANY != 0);
    if open { log.canonicalize().ok() } else { None }
}

/// Closes everything to others, and leaves to the owner what the owner may.
///
/// # Errors
/// When a file belongs to somebody else.
pub fn mend(root: &Path) -> Result<()> {
    let root = &whole(root);
    for place in places(root).iter().filter(|place| place.mode & ANY != 0) {
        let closed = std::fs::Permissions::from_mode(place.mode & !ANY);
        std::fs::set_permissions(&place.path, closed).map_err(|err| refused(root, &place.path, &err))?;
    }
    Ok(())
}

/// The folder itself, which somebody may have come to by a link of their own.
fn whole(root: &Path) -> PathBuf {
    root.canonicalize().unwrap_or_else(|_| root.to_owned())
}

fn places(root: &Path) -> Vec<Place> {
    let (backups, journeys) = (root.join(backups::FOLDER), root.join("journeys"));
    let within = |folder: &Path| -> Vec<PathBuf> {
        if folder.is_symlink() {
            return Vec::new();
        }
        std::fs::read_dir(folder).map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect()).unwrap_or_default()
    };
    let log = root.join(LEDGER_FILE);
    let beside = BESIDE.map(|behind| root.join(format!("{LEDGER_FILE}{behind}")));
    let private = std::iter::once(log).chain(beside).chain(within(&backups)).map(|path| (path, true));
    let written = [WORKSPACE_FILE, PLAYBOOK_FILE].map(|name| root.join(name)).into_iter();
    let written = written.chain(within(&journeys).into_iter().filter(|path| is_yaml(path))).map(|path| (path, false));
    let folders = [root.to_owned(), journeys].map(|path| (path, false)).into_iter().chain([(backups.clone(), true)]);
    let mut places: Vec<Place> = private.chain(written).chain(folders).filter_map(|(path, is_private)| place(path, is_private)).collect();
    places.sort_by(|a, b| a.path.cmp(&b.path));
    places
}

fn place(path: PathBuf, is_private: bool) -> Option<Place> {
    let meta = path.symlink_metadata().ok().filter(|meta| !meta.is_symlink())?;
    Some(Place { mode: meta.permissions().mode() & ALL, owner: meta.uid(), is_folder: meta.is_dir(), path, is_private })
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
