//! What became of what was asked, as far as this process can know. An error after it was recorded must not say that
//! nothing was changed; nor must one of the commit itself, for what a share took in before it was lost is read from the
//! write-ahead file by whoever opens the log next.

use std::path::Path;
use std::sync::atomic::{AtomicU8, Ordering};

use anyhow::Result;
use rusqlite::{Error, ErrorCode, Transaction, ffi};

use crate::domain::disk;
use crate::domain::text::Text;
use crate::text;

/// Nothing was recorded.
const NOTHING: u8 = 0;
/// It was to be recorded, and nobody could say whether it was.
const UNKNOWN: u8 = 1;
/// What a person asked for was recorded.
const RECORDED: u8 = 2;

static OUTCOME: AtomicU8 = AtomicU8::new(NOTHING);

/// What a person asked for was recorded, or done to a file.
pub fn recorded() {
    OUTCOME.store(RECORDED, Ordering::Relaxed);
}

/// What a person asked for may have been done.
pub(super) fn unknown() {
    OUTCOME.store(UNKNOWN, Ordering::Relaxed);
}

/// Commits what a person asked for.
pub(super) fn commit(tx: Transaction<'_>) -> Result<()> {
    let path = tx.path().map(ToOwned::to_owned);
    concluded(path.as_deref().map(Path::new), tx.commit().map_err(Into::into))
}

/// What became of the step that changes a log.
pub(super) fn concluded<T>(log: Option<&Path>, done: Result<T>) -> Result<T> {
    match &done {
        Ok(_) => recorded(),
        Err(err) if err.downcast_ref().is_some_and(|err| may_have_happened(log, err)) => unknown(),
        Err(_) => {}
    }
    done
}

/// Whether the log may hold what could not be committed. What a disk refused to write is not there; what it may have
/// written, when it cannot say so, may be.
fn may_have_happened(log: Option<&Path>, err: &Error) -> bool {
    let code = err.sqlite_error().map(|err| err.extended_code);
    let refused = code == Some(ffi::SQLITE_IOERR_WRITE) && log.is_some_and(|log| log.metadata().is_ok());
    let broken = matches!(err.sqlite_error_code(), Some(ErrorCode::SystemIoFailure | ErrorCode::DatabaseCorrupt | ErrorCode::CannotOpen));
    broken && !refused
}

/// What to do, and what became of what was asked.
pub(super) fn so_far(todo: &Text) -> Text {
    let became = match OUTCOME.load(Ordering::Relaxed) {
        NOTHING => text!("nothing was changed", "er is niets veranderd"),
        RECORDED => text!("what you asked for was recorded before that", "wat je vroeg, is daarvoor al vastgelegd"),
        _ => text!(
            "it may have been recorded: `attent undo --list` shows what was",
            "misschien is het vastgelegd: `attent undo --list` laat zien wat er vastligt"
        ),
    };
    Text::new(format!("{}; {}", todo.en, became.en), format!("{}; {}", todo.nl, became.nl))
}

/// What to do when a disk or a network share was lost, and what became of what was asked.
pub fn after_loss() -> Text {
    match OUTCOME.load(Ordering::Relaxed) {
        NOTHING => so_far(&disk::todo()),
        RECORDED => text!(
            "connect it again, and see with `attent doctor` whether anything is left to do; what you asked for was recorded before that",
            "verbind die weer, en kijk met `attent doctor` of er nog iets te doen is; wat je vroeg, is daarvoor al vastgelegd"
        ),
        _ => text!(
            "connect it again, and look with `attent undo --list` before you run the command again: it may have been recorded",
            "verbind die weer, en kijk met `attent undo --list` voor je het commando opnieuw geeft: misschien is het al vastgelegd"
        ),
    }
}
