//! One examination: the log opened for looking, and the looks in their order.

use std::path::Path;

use anyhow::Result;
use rusqlite::Connection;

use super::super::migrations::STEPS;
use super::super::open::{look, version};
use super::super::trouble::{is_damage, told};
use super::{forgotten, orphans, pages, schema, sums, values};
use crate::domain::checkup::{Check, Verdict};
use crate::domain::course::Course;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::text;

/// A log that is looked at and not changed.
#[derive(Debug)]
pub struct Examination {
    db: Connection,
    version: i64,
}

impl Examination {
    /// Opens a log for looking.
    ///
    /// # Errors
    /// When there is none, it cannot be read, or is not a log of attent.
    pub fn of(path: &Path) -> Result<Self> {
        let db = look(path)?;
        // One moment of the log for every look, whatever others write meanwhile.
        db.execute_batch("PRAGMA query_only = ON; BEGIN")?;
        let version = version(&db)?;
        Ok(Self { db, version })
    }

    /// What an error says that kept a log from being opened for looking.
    pub fn refused(err: &anyhow::Error) -> Check {
        let check = Check::fine("file", named(), Text::default());
        match problem(err) {
            Some(problem) if !is_damage(err) => check.wrong(join(&problem.what, &problem.why), problem.todo),
            Some(problem) => check.wrong(join(&problem.what, &problem.why), put_back()),
            None => check.wrong(Text::same(format!("{err:#}")), put_back()),
        }
    }

    /// Whether it has the schema of this program.
    pub fn is_current(&self) -> bool {
        self.version == STEPS.len() as i64
    }

    /// Of which version it is.
    pub fn kind(&self) -> Check {
        let (found, known) = (self.version, STEPS.len());
        let check = Check::fine("file", named(), text!("a log of version {found}", "een logboek van versie {found}"));
        if self.is_current() {
            return check;
        }
        check.note(
            text!(
                "a log of version {found}; this program writes {known}",
                "een logboek van versie {found}; dit programma schrijft {known}"
            ),
            text!(
                "the next command brings it up to date, and keeps a copy in backups/ first",
                "het volgende commando werkt het bij, en bewaart eerst een kopie in backups/"
            ),
        )
    }

    /// Looks at every page and index; then, in a log of this version, at tables, references and what hangs loose.
    pub fn log(&self) -> Vec<Check> {
        let mut checks = vec![answered(pages::check(&self.db), pages::named())];
        if self.is_current() {
            checks.push(answered(schema::check(&self.db), schema::named()));
            checks.push(answered(orphans::references(&self.db), orphans::references_named()));
            checks.push(answered(orphans::loose(&self.db), orphans::loose_named()));
            checks.push(answered(values::check(&self.db), values::named()));
            checks.push(answered(forgotten::check(&self.db), forgotten::named()));
        } else {
            checks.extend(answered_if_wrong(schema::check_older(&self.db, self.version), schema::named()));
        }
        checks
    }

    /// Compares every kept sum with one made anew from the log; nothing for a log of another version.
    pub fn sums(&self, courses: &[Course], default_course: usize) -> Option<Check> {
        self.is_current().then(|| answered(sums::check(&self.db, courses, default_course), sums::named()))
    }

    /// Sums of journeys that cannot be read.
    pub fn sums_unknown() -> Check {
        sums::named().note(
            text!(
                "not looked at, as they depend on the journeys and settings",
                "niet bekeken, want ze hangen af van klantreizen en instellingen"
            ),
            text!("mend the mistakes there first", "verbeter eerst de fouten daar"),
        )
    }
}

fn named() -> Text {
    text!("the log", "het logboek")
}

/// Of a log of another version only what is wrong is told.
fn answered_if_wrong(found: Result<Check>, check: Check) -> Option<Check> {
    Some(answered(found, check)).filter(|check| check.verdict == Verdict::Wrong)
}

/// A look that met damage says so; the others go on.
fn answered(found: Result<Check>, check: Check) -> Check {
    found.unwrap_or_else(|err| {
        let found = problem(&err).map_or_else(|| Text::same(format!("{err:#}")), |problem| join(&problem.what, &problem.why));
        check.wrong(found, put_back())
    })
}

fn problem(err: &anyhow::Error) -> Option<Problem> {
    err.chain().find_map(|cause| cause.downcast_ref::<Problem>()).cloned().or_else(|| told(err))
}

fn join(what: &Text, why: &Text) -> Text {
    Text::new(format!("{}: {}", what.en, why.en), format!("{}: {}", what.nl, why.nl))
}

/// What to do about what cannot be mended.
pub fn put_back() -> Text {
    text!("`attent restore` puts a backup back", "`attent restore` zet een reservekopie terug")
}
