//! The log itself.

use std::path::Path;

use anyhow::Result;

use super::is_mendable;
use crate::domain::checkup::{Check, Verdict};
use crate::ledger::doctor::{Examination, mend as mend_log};
use crate::subcommands::context::Context;
use crate::subcommands::lost;
use crate::subcommands::workspace::{LEDGER_FILE, Workspace, progress};
use crate::text;

/// The looks at the log that can find something to mend.
pub const LOOKS: &[&str] = &["pages", "schema", "references", "orphans", "sums"];

/// Looks at the log; at its sums when the journeys they depend on are known.
pub fn check(context: &Context, root: &Path, workspace: Option<&Workspace>) -> Vec<Check> {
    let path = root.join(LEDGER_FILE);
    let check = Check::fine("file", text!("the log", "het logboek"), text!("there is none yet", "er is er nog geen"));
    if let Some(lost) = lost::of(context, root) {
        return vec![lost.told(check)];
    }
    if !path.exists() {
        let found = check.found.clone();
        return vec![
            check.note(found, text!("`attent log` and `attent import` begin one", "`attent log` en `attent import` beginnen er een")),
        ];
    }
    let examination = match Examination::of(&path) {
        Ok(examination) => examination,
        Err(err) => return vec![Examination::refused(&err)],
    };
    let mut checks = vec![examination.kind()];
    checks.extend(examination.log());
    checks.extend(match workspace {
        Some(workspace) => examination.sums(&workspace.courses, workspace.default_course),
        None => examination.is_current().then(Examination::sums_unknown),
    });
    checks
}

/// Whether something is wrong with the log that mending would only bury.
pub fn is_beyond_mending(checks: &[Check]) -> bool {
    let broken = |check: &Check| ["file", "pages", "schema"].contains(&check.id) && check.verdict == Verdict::Wrong && !check.mendable;
    checks.iter().any(broken)
}

/// Mends what can be mended; a copy has been made.
///
/// # Errors
/// When the log cannot be written.
pub fn mend(context: &Context, root: &Path, checks: &[Check]) -> Result<()> {
    if LOOKS.iter().any(|id| *id != "sums" && is_mendable(checks, id)) {
        mend_log(&root.join(LEDGER_FILE))?;
    }
    if ["sums", "orphans"].iter().any(|id| is_mendable(checks, id)) {
        let mut ledger = Workspace::open(context)?.ledger(context)?;
        let bar = progress(context, ledger.size()?, &text!("adding up the log", "het logboek optellen"));
        ledger.add_up_anew(&mut |done| bar.set_position(done))?;
        bar.finish_and_clear();
    }
    Ok(())
}
