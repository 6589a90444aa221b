//! A log that is gone or empty beside backups of one that was not: a folder that was copied in part, a slip of the hand.
//!
//! Whoever goes on begins a second log, and misses the first only when nobody is in it. So what reads says it, and what writes
//! asks first; where nobody can be asked it stops, for a contact in the wrong log is found by nobody.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::context::Context;
use super::prompts::Asker;
use super::workspace::LEDGER_FILE;
use super::{backup, backups, output};
use crate::domain::checkup::Check;
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::ledger::backup::{contents_now, is_untouched};
use crate::ledger::is_encrypted;
use crate::text;

/// A log that holds nothing, and the backup that holds what it should.
#[derive(Debug)]
pub struct Lost {
    what: Text,
    backup: PathBuf,
    holds: Text,
}

/// What was lost of a workspace, when its log holds nothing and one of its backups does.
pub fn of(context: &Context, root: &Path) -> Option<Lost> {
    let log = root.join(LEDGER_FILE);
    let gone = !log.exists();
    if !gone && !is_untouched(&log).unwrap_or(false) {
        return None;
    }
    let what = if gone { text!("there is no log", "er is geen logboek") } else { text!("the log is empty", "het logboek is leeg") };
    let folder = root.join(backups::FOLDER);
    let (own, all) = (backups::own(&folder), backups::all(&folder));
    // What somebody asked for goes before the copies that were made in passing.
    let mut latest_first = own.into_iter().rev().chain(all.into_iter().rev());
    latest_first.find_map(|backup| Some(Lost { what: what.clone(), holds: holds(context, &backup)?, backup }))
}

/// What a backup holds; nothing of one without customers, or that cannot be read.
fn holds(context: &Context, path: &Path) -> Option<Text> {
    match contents_now(path) {
        Ok(contents) => (contents.customers > 0).then(|| backup::line(context, path, &contents).holds()),
        Err(_) => is_encrypted(path).unwrap_or(false).then(|| text!("an encrypted log", "een versleuteld logboek")),
    }
}

impl Lost {
    fn why(&self) -> Text {
        let (name, holds) = (backups::name(&self.backup), &self.holds);
        Text::new(format!("the backup {name} has {}", holds.en), format!("de reservekopie {name} heeft {}", holds.nl))
    }

    fn put_back(&self) -> Text {
        let name = shell::path(&backups::name(&self.backup));
        text!("`attent restore {name}` puts it back", "`attent restore {name}` zet die terug")
    }

    /// What was found and what to do, for a check.
    pub fn told(&self, check: Check) -> Check {
        let (what, why) = (&self.what, self.why());
        check.wrong(Text::new(format!("{}, but {}", what.en, why.en), format!("{}, maar {}", what.nl, why.nl)), self.put_back())
    }

    /// That nothing goes on without it.
    pub fn problem(&self) -> Problem {
        let todo = self.put_back();
        Problem::failure(self.what.clone()).why(self.why()).todo(Text::new(
            format!("{}; to begin a new log, move the folder backups elsewhere first", todo.en),
            format!("{}; wil je een nieuw logboek beginnen, zet dan eerst de map backups ergens anders", todo.nl),
        ))
    }

    fn note(&self) -> Text {
        let (what, why, todo) = (&self.what, self.why(), self.put_back());
        Text::new(format!("note: {}, but {}; {}", what.en, why.en, todo.en), format!("let op: {}, maar {}; {}", what.nl, why.nl, todo.nl))
    }
}

/// Says what was lost to whoever only reads.
pub fn tell(context: &Context, root: &Path) {
    if let Some(lost) = of(context, root) {
        output::note(context, &lost.note());
    }
}

/// Asks whether a new log may begin beside the backups of another one.
///
/// # Errors
/// When it may not, or nobody can be asked.
pub fn may_begin(context: &Context, root: &Path) -> Result<()> {
    let Some(lost) = of(context, root) else { return Ok(()) };
    if !context.can_ask() {
        return Err(lost.problem().into());
    }
    output::note(context, &lost.note());
    let items = [
        text!("stop, and put the backup back", "stoppen, en de reservekopie terugzetten"),
        text!("begin a new log", "een nieuw logboek beginnen"),
    ];
    match Asker::new(context).choose(&text!("What shall happen?", "Wat zal er gebeuren?"), &items, 0)? {
        Some(1) => Ok(()),
        _ => Err(Problem::failure(text!("stopped, and nothing was recorded", "gestopt, en er is niets vastgelegd"))
            .todo(lost.put_back())
            .into()),
    }
}
