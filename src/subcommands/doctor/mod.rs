//! `attent doctor`: whether the log, the files people write, and who may read them are as they should be.
//!
//! Every look gives a row and none stops the others. Looking changes nothing; `--fix` makes a copy first, and
//! what it mends it looks at again before it says so.

mod files;
mod keeping;
mod leftovers;
mod log;

#[cfg(unix)]
mod permissions;
#[cfg(unix)]
mod reach;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::check::speak_its_language;
use super::check_files::{Subject, of_workspace};
use super::context::Context;
use super::reach::still_answers;
use super::workspace::{LEDGER_FILE, Workspace};
use super::{backup, output};
use crate::domain::checkup::{Check, Verdict};
use crate::domain::problem::Exit;
use crate::ledger::doctor::finish_erasing;
use crate::render::pages::doctor as page;
use crate::settings::locate::locate;

/// The arguments of `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Mend what can be mended without losing anything, after a backup
    #[arg(long)]
    pub fix: bool,
    /// Say nothing when everything is in order, for cron
    #[arg(long)]
    pub quiet_if_empty: bool,
}

/// A workspace that is examined.
struct Patient<'c> {
    context: &'c Context,
    root: PathBuf,
    subjects: Vec<Subject>,
}

/// Runs the command.
///
/// # Errors
/// When there is no workspace, or with `--fix` when no copy can be made; what is wrong otherwise is the answer,
/// with exit code 1.
pub fn run(context: &Context, args: &DoctorArgs) -> Result<ExitCode> {
    let root = locate(context.globals.workspace.as_deref(), &context.environment, &context.here)?.root;
    let subjects = of_workspace(context, &root, true);
    speak_its_language(context, &subjects);
    context.unlock(&root.join(LEDGER_FILE))?;
    let patient = Patient { context, root, subjects };
    let mut checks = patient.examine();
    let mut kept = None;
    // What a lost share no longer shows is nothing that is wrong with the log.
    still_answers(context)?;
    // What an index hid, such as sums that are off, shows when it is mended: a second time is enough.
    for _ in 0..2 {
        if args.fix && checks.iter().any(|check| check.mendable) {
            kept = patient.mend(&checks, kept)?;
            checks = compared(&checks, patient.examine());
        }
    }
    let kept = kept.map(|path| backup::shown(context, &path));
    if !args.quiet_if_empty || checks.iter().any(|check| check.verdict != Verdict::Fine) {
        output::answer(context, "EUR", &page::answer(&checks, kept.as_deref()))?;
    }
    let wrong = checks.iter().any(|check| check.verdict == Verdict::Wrong);
    Ok(if wrong { ExitCode::from(Exit::Failure.code()) } else { ExitCode::SUCCESS })
}

impl Patient<'_> {
    fn examine(&self) -> Vec<Check> {
        let mut checks = files::check(self.context, &self.subjects);
        // Journeys with mistakes are told above; the log is then looked at without them.
        let sound = checks.iter().all(|check| check.verdict != Verdict::Wrong);
        let workspace = if sound { Workspace::open(self.context) } else { Err(anyhow::anyhow!("mistakes")) };
        if let (true, Err(err)) = (sound, &workspace) {
            files::blame(&mut checks, err);
        }
        let workspace = workspace.ok();
        checks.extend(workspace.as_ref().and_then(files::sources));
        checks.extend(log::check(self.context, &self.root, workspace.as_ref()));
        #[cfg(unix)]
        checks.push(reach::check(&self.root, permissions::check(&self.root)));
        checks.push(leftovers::check(self.context, &self.root));
        checks.push(keeping::check(self.context, &self.root));
        checks
    }

    /// Mends, after a copy when the log itself is touched and there is none yet; gives where that is.
    fn mend(&self, checks: &[Check], kept: Option<PathBuf>) -> Result<Option<PathBuf>> {
        #[cfg(unix)]
        if is_mendable(checks, permissions::ID) {
            permissions::mend(&self.root)?;
        }
        if is_mendable(checks, leftovers::ID) {
            leftovers::mend(self.context, &self.root)?;
        }
        if is_mendable(checks, "erased") && !log::is_beyond_mending(checks) {
            finish_erasing(&self.root.join(LEDGER_FILE))?;
        }
        if !log::LOOKS.iter().any(|id| is_mendable(checks, id)) || log::is_beyond_mending(checks) {
            return Ok(kept);
        }
        let kept = match kept {
            Some(kept) => kept,
            None => keeping::keep(self.context, &self.root, &self.subjects)?,
        };
        log::mend(self.context, &self.root, checks)?;
        Ok(Some(kept))
    }
}

fn is_mendable(checks: &[Check], id: &str) -> bool {
    checks.iter().any(|check| check.id == id && check.mendable)
}

/// What was wrong, or was mended before, and is not wrong now was mended.
fn compared(before: &[Check], after: Vec<Check>) -> Vec<Check> {
    let was_wrong = |check: &Check| before.iter().find(|was| was.id == check.id && was.verdict >= Verdict::Mended);
    let told = |check: Check| match was_wrong(&check) {
        Some(was) if check.verdict != Verdict::Wrong => check.mended(was),
        _ => check,
    };
    after.into_iter().map(told).collect()
}

/// A path below a workspace, as a row names it; of the workspace itself the name of its folder.
fn within(root: &Path, path: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path);
    if !inside.as_os_str().is_empty() {
        return inside.display().to_string();
    }
    let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    format!("{name}/")
}
