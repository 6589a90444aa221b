//! What can be wrong with the file, in words. SQLite's own errors are found here wherever they
//! arose, so that no command shows one as it is.

use std::fmt::Display;
use std::path::Path;

use rusqlite::ErrorCode;

use super::cipher::{can_encrypt, is_encrypted};
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::text;

/// How the file is called where its path is not at hand.
const FILE: &str = "attent.db";

/// The words for an error of SQLite's, if that is what it is and there are any.
pub fn told(err: &anyhow::Error) -> Option<Problem> {
    of_sqlite(FILE, err)
}

/// An error that arose while a file was opened.
pub(super) fn at(path: &Path, err: anyhow::Error) -> anyhow::Error {
    let unknown = err.chain().find_map(|cause| cause.downcast_ref::<rusqlite::Error>()).and_then(rusqlite::Error::sqlite_error_code)
        == Some(ErrorCode::NotADatabase);
    if unknown && !can_encrypt() && is_encrypted(path).unwrap_or(false) {
        return no_encryption(path.display()).into();
    }
    let words = of_sqlite(path.display(), &err);
    words.map_or_else(|| err.context(format!("cannot open {}", path.display())), Into::into)
}

fn of_sqlite(file: impl Display, err: &anyhow::Error) -> Option<Problem> {
    let sqlite = err.chain().find_map(|cause| cause.downcast_ref::<rusqlite::Error>())?;
    let why = Text::same(sqlite.to_string());
    Some(match sqlite.sqlite_error_code()? {
        ErrorCode::NotADatabase => not_a_ledger(file, text!("it is not an SQLite file", "het is geen SQLite-bestand")),
        ErrorCode::DatabaseCorrupt => damaged(file, why),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Problem::failure(text!("{file} is in use", "{file} is in gebruik"))
            .why(text!("another command has been writing for half a minute", "een ander commando schrijft al een halve minuut"))
            .todo(text!("try again in a moment", "probeer het zo nog eens")),
        ErrorCode::ReadOnly => Problem::failure(text!("{file} cannot be written", "{file} kan niet worden geschreven"))
            .why(text!("the file or its folder allows reading only", "het bestand of de map staat alleen lezen toe"))
            .todo(text!("check who may write there; nothing was changed", "kijk wie daar mag schrijven; er is niets veranderd")),
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            Problem::failure(text!("{file} cannot be opened", "{file} kan niet worden geopend"))
                .why(why)
                .todo(text!("check who may read and write the folder", "kijk wie de map mag lezen en schrijven"))
        }
        ErrorCode::DiskFull => Problem::failure(text!("{file} cannot be written", "{file} kan niet worden geschreven"))
            .why(text!("the disk is full", "de schijf is vol"))
            .todo(text!("make room and try again; nothing was changed", "maak ruimte en probeer het opnieuw; er is niets veranderd")),
        ErrorCode::SystemIoFailure => {
            Problem::failure(text!("{file} cannot be read or written", "{file} kan niet worden gelezen of geschreven"))
                .why(why)
                .todo(text!("check the disk; nothing was changed", "kijk de schijf na; er is niets veranderd"))
        }
        _ => return None,
    })
}

/// A file that does not hold what this program put there.
fn damaged(file: impl Display, why: Text) -> Problem {
    Problem::failure(text!("{file} is damaged", "{file} is beschadigd"))
        .why(why)
        .todo(text!("restore a backup; nothing was changed", "zet een reservekopie terug; er is niets veranderd"))
}

/// A value in the file that this program never writes.
pub(super) fn odd(why: Text) -> Problem {
    damaged(FILE, why)
}

pub(super) fn newer(path: &Path, found: i64, known: i64) -> Problem {
    let path = path.display();
    Problem::failure(text!("{path} was made by a newer version of attent", "{path} is gemaakt door een nieuwere versie van attent"))
        .why(text!("it has version {found}; this program knows {known}", "het heeft versie {found}; dit programma kent {known}"))
        .todo(text!("install the newer version; nothing was changed", "installeer de nieuwere versie; er is niets veranderd"))
}

pub(super) fn not_a_ledger(file: impl Display, why: Text) -> Problem {
    Problem::failure(text!("{file} is not a log of attent", "{file} is geen logboek van attent")).why(why).todo(text!(
        "move it away, or point to another workspace with --workspace",
        "zet het ergens anders neer, of wijs een andere werkmap aan met --workspace"
    ))
}

/// The log is encrypted, or is to be, and this program was built without the means.
pub(super) fn no_encryption(file: impl Display) -> Problem {
    Problem::failure(text!("{file} is encrypted, or no log of attent", "{file} is versleuteld, of geen logboek van attent"))
        .why(text!(
            "this attent was built without encryption and cannot tell",
            "deze attent is gebouwd zonder versleuteling en kan dat niet zien"
        ))
        .todo(text!(
            "`cargo install --locked --path . --features encryption` builds one that can; nothing was changed",
            "`cargo install --locked --path . --features encryption` bouwt er een die het kan; er is niets veranderd"
        ))
}

/// The passphrase that was given opens nothing.
pub(super) fn wrong_passphrase(file: impl Display) -> Problem {
    Problem::failure(text!("the passphrase does not open {file}", "de wachtwoordzin opent {file} niet"))
        .why(text!(
            "it is not the passphrase of this log, or the file is damaged at its beginning",
            "het is niet de wachtwoordzin van dit logboek, of het bestand is aan het begin beschadigd"
        ))
        .todo(text!("try again; nothing was changed", "probeer het opnieuw; er is niets veranderd"))
}

pub(super) fn cannot_make(path: &Path, err: &std::io::Error) -> Problem {
    let shown = path.display();
    let why = match err.kind() {
        std::io::ErrorKind::PermissionDenied => text!("the folder allows reading only", "de map staat alleen lezen toe"),
        _ => Text::same(err.to_string()),
    };
    Problem::failure(text!("there is no log yet, and {shown} cannot be made", "er is nog geen logboek, en {shown} kan niet worden gemaakt"))
        .why(why)
        .todo(text!("check who may write in the folder", "kijk wie in de map mag schrijven"))
}
