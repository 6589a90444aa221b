//! The backups of a workspace: how they are called, which there are, and what goes along in them.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::check_files::{Role, Subject};
use super::context::Context;
use crate::ledger::backup::{Companion, private_folder};

/// The folder of a workspace in which its backups lie.
pub const FOLDER: &str = "backups";

/// The folder of backups, made when it is not there.
///
/// # Errors
/// When it cannot be made.
pub fn folder(root: &Path) -> Result<PathBuf> {
    let folder = root.join(FOLDER);
    private_folder(&folder)?;
    Ok(folder)
}

/// Now, as it stands in the name of a backup; names in order of the alphabet are in order of time.
pub fn stamp(context: &Context) -> String {
    context.clock.format("%Y-%m-%d-%H%M%S").to_string()
}

/// A name in a folder that nothing has yet: `attent-2026-11-20-120000.db`, with `-2` behind it when there is one
/// of the same second.
pub fn free(folder: &Path, stamp: &str, behind: &str) -> PathBuf {
    let name = |n: u32| match n {
        1 => format!("attent-{stamp}{behind}.db"),
        n => format!("attent-{stamp}-{n}{behind}.db"),
    };
    let path = |n| folder.join(name(n));
    let taken = |path: &Path| path.symlink_metadata().is_ok();
    (1..).map(path).find(|path| !taken(path)).unwrap_or_else(|| path(1))
}

/// Whether a file is called as `attent backup` calls those it names itself.
pub fn is_own(name: &str) -> bool {
    let inside = name.strip_prefix("attent-").and_then(|rest| rest.strip_suffix(".db"));
    inside.is_some_and(|inside| moment(inside).is_some())
}

/// When a copy was made that has its name from attent: by `backup`, of a damaged log, or before an older one was brought up
/// to date. As in the name: `2026-11-20-120000`, and which of that second.
pub fn made_at(name: &str) -> Option<(&str, u64)> {
    let inside = name.strip_prefix("attent-")?.strip_suffix(".db")?;
    let of_older = inside.strip_prefix("before-v").and_then(|rest| rest.split_once('-'));
    match of_older {
        Some((version, inside)) => moment(inside).filter(|_| is_number(version)),
        None => moment(inside.strip_suffix("-damaged").unwrap_or(inside)),
    }
}

fn moment(inside: &str) -> Option<(&str, u64)> {
    const LONG: usize = "2026-11-20-120000".len();
    let (stamp, again) = (inside.get(..LONG)?, inside.get(LONG..)?);
    let again = if again.is_empty() { 1 } else { again.strip_prefix('-').filter(|again| is_number(again))?.parse().ok()? };
    let parts: Vec<&str> = stamp.split('-').collect();
    let dated = parts.iter().map(|part| part.len()).eq([4, 2, 2, 6]) && parts.iter().all(|part| is_number(part));
    dated.then_some((stamp, again))
}

fn is_number(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// The files of a folder that may be backups, in order of their names.
pub fn all(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let is_copy = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("attent-") && name.ends_with(".db")
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_copy).collect();
    paths.sort_by_cached_key(|path| in_time(&name(path)));
    paths
}

/// Those of them that `attent backup` named itself, the oldest first.
pub fn own(folder: &Path) -> Vec<PathBuf> {
    all(folder).into_iter().filter(|path| is_own(&name(path))).collect()
}

/// The name of a file.
pub fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A second backup of one second comes after the first, and the tenth after the second.
fn in_time(name: &str) -> (String, u64) {
    let inside = name.strip_suffix(".db").unwrap_or(name);
    match inside.rsplit_once('-') {
        Some((before, again)) if is_own(&format!("{before}.db")) => (before.to_owned(), again.parse().unwrap_or_default()),
        _ => (inside.to_owned(), 0),
    }
}

/// The files that people wrote, as they go along in a backup. One that cannot be read stays out.
pub fn companions(root: &Path, subjects: &[Subject]) -> Vec<Companion> {
    let own = subjects.iter().filter(|subject| subject.role != Role::Own);
    let companion = |subject: &Subject| {
        let name = subject.path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        Some(Companion { name, bytes: subject.bytes()?.to_vec() })
    };
    own.filter_map(companion).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_its_own_are_told_from_others_and_sort_in_time() {
        for (name, own) in [
            ("attent-2026-11-20-120000.db", true),
            ("attent-2026-11-20-120000-2.db", true),
            ("attent-2026-11-20-120000-.db", false),
            ("attent-2026-11-20-120000-damaged.db", false),
            ("attent-before-v4-2026-11-20-120000.db", false),
            ("attent-2026-11-20.db", false),
            ("attent.db", false),
            ("attent-2026-11-20-12000x.db", false),
            ("attent-2026-11-20-120000.db-wal", false),
        ] {
            assert_eq!(is_own(name), own, "{name}");
        }
        let mut names = [
            "attent-2026-11-20-120000-10.db",
            "attent-2026-11-21-000000.db",
            "attent-2026-11-20-120000-2.db",
            "attent-2026-11-20-120000.db",
        ];
        names.sort_by_cached_key(|name| in_time(name));
        assert_eq!(
            names,
            [
                "attent-2026-11-20-120000.db",
                "attent-2026-11-20-120000-2.db",
                "attent-2026-11-20-120000-10.db",
                "attent-2026-11-21-000000.db"
            ]
        );
    }

    #[test]
    fn names_that_attent_gave_tell_when() {
        for (name, at) in [
            ("attent-2026-11-20-120000.db", Some(("2026-11-20-120000", 1))),
            ("attent-2026-11-20-120000-12.db", Some(("2026-11-20-120000", 12))),
            ("attent-2026-11-20-120000-damaged.db", Some(("2026-11-20-120000", 1))),
            ("attent-2026-11-20-120000-2-damaged.db", Some(("2026-11-20-120000", 2))),
            ("attent-before-v4-2026-11-20-120000.db", Some(("2026-11-20-120000", 1))),
            ("attent-before-v12-2026-11-20-120000-3.db", Some(("2026-11-20-120000", 3))),
            ("attent-before-v4.db", None),
            ("attent-before-vx-2026-11-20-120000.db", None),
            ("attent-2020-01-01-eindafrekening.db", None),
            ("attent-2020-01-01-120000-final.db", None),
            ("attent-2020-01-01.db", None),
            ("attent-2020-01-01-12000é.db", None),
            ("attent-2026-11-20-120000.db-wal", None),
        ] {
            assert_eq!(made_at(name), at, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let first = free(folder.path(), "2026-11-20-120000", "");
        assert_eq!(name(&first), "attent-2026-11-20-120000.db");
        std::fs::write(&first, "").unwrap();
        assert_eq!(name(&free(folder.path(), "2026-11-20-120000", "")), "attent-2026-11-20-120000-2.db");
    }
}
