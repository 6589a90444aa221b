//! What the owner of a workspace cannot read or write any more: rights that were taken away too thoroughly, or a copy from a
//! medium that can only be read. Nothing is recorded there, and nobody else is to blame.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::within;
use crate::domain::checkup::{Check, Verdict};
use crate::domain::shell;
use crate::subcommands::backups;
use crate::text;

/// What an owner needs of a file and of a folder.
const FILE: u32 = 0o600;
const FOLDER: u32 = 0o700;

/// The check of permissions, unless it found all well and the owner has too few. The administrator needs none.
pub fn check(root: &Path, permissions: Check) -> Check {
    let me = rustix::process::geteuid();
    if permissions.verdict == Verdict::Wrong || me.is_root() {
        return permissions;
    }
    let log = ["attent.db", "attent.db-wal", "attent.db-shm"].map(|name| root.join(name));
    let places = [root.to_owned()].into_iter().chain(log).chain([root.join(backups::FOLDER)]);
    let closed: Vec<PathBuf> = places.filter(|path| is_closed_to(path, me.as_raw())).collect();
    if closed.is_empty() {
        return permissions;
    }
    let names = closed.iter().map(|path| within(root, path)).collect::<Vec<_>>().join(", ");
    let paths = closed.iter().map(|path| shell::path(&path.display().to_string())).collect::<Vec<_>>().join(" ");
    permissions.wrong(
        text!("you cannot read or write everything here: {names}", "je kunt hier niet alles lezen of schrijven: {names}"),
        text!("`chmod u+rwX {paths}` opens it to you", "`chmod u+rwX {paths}` opent het voor jou"),
    )
}

/// Whether a file or folder of this user's keeps them out. What is somebody else's is told apart.
fn is_closed_to(path: &Path, me: u32) -> bool {
    let Ok(meta) = path.metadata() else { return false };
    let needed = if meta.is_dir() { FOLDER } else { FILE };
    meta.uid() == me && meta.mode() & needed != needed
}
