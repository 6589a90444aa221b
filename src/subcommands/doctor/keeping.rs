//! The backups: whether there is one, how old it is, and making one before mending.

use std::path::{Path, PathBuf};

use anyhow::Result;
use chrono::{DateTime, Local};

use super::within;
use crate::domain::checkup::Check;
use crate::domain::numbers::days_ago;
use crate::domain::text::Text;
use crate::ledger::backup::{contents, copy_as_it_is};
use crate::subcommands::check_files::Subject;
use crate::subcommands::context::Context;
use crate::subcommands::workspace::LEDGER_FILE;
use crate::subcommands::{backup, backups};
use crate::text;

/// A backup older than this many days is worth a word.
const OLD: i64 = 30;

/// Looks at the latest backup in the workspace's folder: that it can be put back, and how old it is.
pub fn check(context: &Context, root: &Path) -> Check {
    let check = Check::fine("backups", text!("backups", "reservekopieën"), Text::default());
    let make = text!("`attent backup` makes one", "`attent backup` maakt er een");
    let Some(latest) = backups::own(&root.join(backups::FOLDER)).pop() else {
        let none = text!("none in this workspace", "geen in deze werkmap");
        return if root.join(LEDGER_FILE).exists() { check.note(none, make) } else { Check { found: none, ..check } };
    };
    let name = within(root, &latest);
    if contents(&latest).is_err() {
        return check.wrong(text!("{name} cannot be put back", "{name} is niet terug te zetten"), make);
    }
    match age(context, &latest) {
        None => Check { found: text!("the latest is {name}", "de laatste is {name}"), ..check },
        Some(0) => {
            Check { found: text!("the latest is {name}, less than a day old", "de laatste is {name}, minder dan een dag oud"), ..check }
        }
        Some(days) => {
            let ago = days_ago(days as f64);
            let found = Text::new(format!("the latest is {name}, of {}", ago.en), format!("de laatste is {name}, van {}", ago.nl));
            if days > OLD { check.note(found, make) } else { Check { found, ..check } }
        }
    }
}

/// How many days ago a file was last written.
fn age(context: &Context, path: &Path) -> Option<i64> {
    let written: DateTime<Local> = path.metadata().ok()?.modified().ok()?.into();
    Some((context.clock - written).num_days().max(0))
}

/// A backup before mending; of a log that does not pass for one, a copy byte for byte.
///
/// # Errors
/// When neither can be made.
pub fn keep(context: &Context, root: &Path, subjects: &[Subject]) -> Result<PathBuf> {
    let folder = backups::folder(root)?;
    match backup::keep_in(context, root, &folder, subjects) {
        Ok(kept) => Ok(kept.path),
        Err(_) => Ok(copy_as_it_is(&root.join(LEDGER_FILE), &|| backups::free(&folder, &backups::stamp(context), "-damaged"))?),
    }
}
