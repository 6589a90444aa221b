//! What can be wrong with the file, in words. SQLite's own errors are found here wherever they
//! arose, so that no command shows one as it is.

use std::fmt::Display;
use std::io;
use std::path::Path;

use rusqlite::types::FromSqlError;
use rusqlite::{Error, ErrorCode, ffi};

use super::backup::reach;
use super::cipher::{can_encrypt, is_encrypted};
use super::outcome::so_far;
use crate::domain::disk;
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
    if err.chain().any(|cause| cause.is::<Problem>()) {
        return err;
    }
    let unknown =
        err.chain().find_map(|cause| cause.downcast_ref::<Error>()).and_then(Error::sqlite_error_code) == Some(ErrorCode::NotADatabase);
    if unknown && !can_encrypt() && is_encrypted(path).unwrap_or(false) {
        return no_encryption(path.display()).into();
    }
    let words = of_sqlite(path.display(), &err);
    words.map_or_else(|| err.context(format!("cannot open {}", path.display())), Into::into)
}

fn of_sqlite(file: impl Display, err: &anyhow::Error) -> Option<Problem> {
    if let Some(odd) = err.chain().find_map(|cause| cause.downcast_ref::<FromSqlError>()) {
        return Some(damaged(file, unreadable(odd)));
    }
    let sqlite = err.chain().find_map(|cause| cause.downcast_ref::<Error>())?;
    let why = in_dutch_too(&sqlite.to_string());
    let Some(code) = sqlite.sqlite_error_code() else { return misread(file, sqlite) };
    Some(match code {
        ErrorCode::NotADatabase => no_sqlite(file),
        ErrorCode::DatabaseCorrupt => damaged(file, why),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => in_use(file),
        ErrorCode::ReadOnly => Problem::failure(text!("{file} cannot be written", "{file} kan niet worden geschreven"))
            .why(text!("the file or its folder allows reading only", "het bestand of de map staat alleen lezen toe"))
            .todo(text!("check who may write there; nothing was changed", "kijk wie daar mag schrijven; er is niets veranderd")),
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => {
            Problem::failure(text!("{file} cannot be opened", "{file} kan niet worden geopend"))
                .why(text!(
                    "the file or its folder may not be read or written",
                    "het bestand of de map mag niet worden gelezen of geschreven"
                ))
                .todo(text!("check who may read and write both", "kijk wie beide mag lezen en schrijven"))
        }
        ErrorCode::DiskFull => Problem::failure(text!("{file} cannot be written", "{file} kan niet worden geschreven"))
            .why(text!("the disk is full", "de schijf is vol"))
            .todo(so_far(&text!("make room and try again", "maak ruimte en probeer het opnieuw"))),
        ErrorCode::SystemIoFailure => match Refusal::of(sqlite) {
            Some(refusal) => unwritten(file, refusal),
            None => disk::gone(file),
        },
        ErrorCode::FileLockingProtocolFailed | ErrorCode::NoLargeFileSupport => {
            Problem::failure(text!("{file} cannot be used where it is", "{file} kan niet gebruikt worden waar het staat"))
                .why(text!("the disk or network share cannot lock files", "de schijf of netwerkmap kan bestanden niet vergrendelen"))
                .todo(text!("move the workspace to a disk of this computer", "zet de werkmap op een schijf van deze computer"))
        }
        ErrorCode::OutOfMemory => Problem::failure(text!("there was not enough memory", "er was niet genoeg geheugen")).todo(text!(
            "close other programs and try again; nothing was changed",
            "sluit andere programma's en probeer het opnieuw; er is niets veranderd"
        )),
        _ => Problem::failure(text!("{file} could not be used", "{file} kon niet worden gebruikt"))
            .why(why)
            .todo(so_far(&text!("`attent doctor` looks whether the file is sound", "`attent doctor` kijkt of het bestand gezond is"))),
    })
}

/// What SQLite says, in Dutch where it is about damage that people meet.
fn in_dutch_too(said: &str) -> Text {
    let dutch = match said {
        "database disk image is malformed" => "de inhoud van het bestand klopt niet meer",
        other => other,
    };
    Text::new(said, dutch)
}

/// A write that the system would not do. SQLite has a code of its own for a full disk, but not everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    /// The file that readers and writers share beside the log could not be made larger.
    NoRoom,
    /// A write failed otherwise: a limit on the size of files, a quota, a share that is gone.
    Unknown,
}

impl Refusal {
    fn of(err: &Error) -> Option<Self> {
        match err.sqlite_error()?.extended_code {
            ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_SHMMAP => Some(Self::NoRoom),
            ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_TRUNCATE | ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC => {
                Some(Self::Unknown)
            }
            _ => None,
        }
    }
}

fn unwritten(file: impl Display, refusal: Refusal) -> Problem {
    let problem = Problem::failure(text!("{file} cannot be written", "{file} kan niet worden geschreven"));
    match refusal {
        Refusal::NoRoom => problem
            .why(text!("the disk is full, or a limit is reached", "de schijf is vol, of er is een grens bereikt"))
            .todo(so_far(&text!("make room and try again", "maak ruimte en probeer het opnieuw"))),
        Refusal::Unknown => problem
            .why(text!("the disk or the network share took no more", "de schijf of de netwerkmap nam niets meer aan"))
            .todo(so_far(&text!(
                "look whether the disk is full or a limit is reached, make room and try again",
                "kijk of de schijf vol is of een grens bereikt, maak ruimte en probeer het opnieuw"
            ))),
    }
}

/// A value that reads as something this program never writes, or a row that is not where it must be: bytes that
/// turned over inside a page.
fn misread(file: impl Display, err: &Error) -> Option<Problem> {
    let why = match err {
        Error::QueryReturnedNoRows => text!("a row is not there that others belong to", "een rij is er niet waar andere bij horen"),
        Error::FromSqlConversionFailure(..)
        | Error::InvalidColumnType(..)
        | Error::InvalidFunctionParameterType(..)
        | Error::IntegralValueOutOfRange(..)
        | Error::Utf8Error(..) => unreadable(err),
        _ => return None,
    };
    Some(damaged(file, why))
}

fn unreadable(err: impl Display) -> Text {
    text!("it holds a value that attent does not write ({err})", "er staat een waarde in die attent niet schrijft ({err})")
}

/// A complaint of SQLite's own examination as one line, without the heading it may have.
pub(super) fn complaint(said: &str) -> String {
    let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("***")).collect();
    lines.join("; ")
}

/// Whether an error says that the file does not hold what was put there, so that only a backup helps.
pub(super) fn is_damage(err: &anyhow::Error) -> bool {
    let of_sqlite = err.chain().filter_map(|cause| cause.downcast_ref::<Error>()).any(|sqlite| {
        let code = sqlite.sqlite_error_code();
        Refusal::of(sqlite).is_none()
            && matches!(code, None | Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt | ErrorCode::SystemIoFailure))
    });
    let told = |problem: &Problem| {
        let ways = [ways_out(), unsound(Text::default()).todo, no_sqlite(FILE).todo];
        ways.iter().any(|way| problem.todo.en.starts_with(&way.en))
    };
    let unreadable = err.chain().any(|cause| cause.is::<FromSqlError>());
    of_sqlite || unreadable || err.chain().filter_map(|cause| cause.downcast_ref::<Problem>()).any(told)
}

pub(super) fn in_use(file: impl Display) -> Problem {
    Problem::failure(text!("{file} is in use", "{file} is in gebruik"))
        .why(text!("another command has been at work in it for a while", "een ander commando is er al een tijd mee bezig"))
        .todo(text!("try again in a moment", "probeer het zo nog eens"))
}

/// A file that does not hold what this program put there.
fn damaged(file: impl Display, why: Text) -> Problem {
    Problem::failure(text!("{file} is damaged", "{file} is beschadigd")).why(why).todo(so_far(&ways_out()))
}

/// An error that arose while a copy was read: what is wrong with a copy is nothing the log has, and another copy helps.
pub(super) fn of_copy(path: &Path, err: anyhow::Error) -> anyhow::Error {
    if let Err(lost) = disk::asked(path.display(), reach(path)) {
        return lost.into();
    }
    let err = at(path, err);
    let problem = err.chain().find_map(|cause| cause.downcast_ref::<Problem>());
    let refused = problem.filter(|problem| is_damage(&err) || problem.todo == move_away()).map(|problem| match &problem.why {
        why if problem.todo.en.starts_with(&ways_out().en) => {
            Text::new(format!("it is damaged: {}", why.en), format!("hij is beschadigd: {}", why.nl))
        }
        why => why.clone(),
    });
    refused.map_or(err, |why| no_copy(path, why).into())
}

/// A file that cannot be put back.
pub(super) fn no_copy(path: &Path, why: Text) -> Problem {
    let shown = path.display();
    Problem::failure(text!("{shown} cannot be put back", "{shown} kan niet worden teruggezet"))
        .why(why)
        .todo(text!("choose another backup; the log is as it was", "kies een andere reservekopie; het logboek is wat het was"))
}

/// What to do about a file that is damaged.
fn ways_out() -> Text {
    text!(
        "`attent doctor` says how badly, and `attent restore` puts a backup back",
        "`attent doctor` zegt hoe erg, en `attent restore` zet een reservekopie terug"
    )
}

/// A file with a head that is no longer, or never was, that of a log.
fn no_sqlite(file: impl Display) -> Problem {
    let problem = not_a_ledger(file, text!("it is not an SQLite file", "het is geen SQLite-bestand"));
    problem.todo(text!(
        "if it was your log, `attent restore` puts a backup back; else move it away. Nothing was changed",
        "was het je logboek, dan zet `attent restore` een reservekopie terug; zet het anders ergens anders neer. Er is niets veranderd"
    ))
}

/// A value in the file that this program never writes.
pub(super) fn odd(why: Text) -> Problem {
    damaged(FILE, why)
}

/// A file in which SQLite, or attent, finds what does not belong there.
pub(super) fn unsound(why: Text) -> Problem {
    Problem::failure(text!("the file is damaged", "het bestand is beschadigd")).why(why).todo(text!(
        "`attent doctor` says what can be done; nothing was changed",
        "`attent doctor` zegt wat er te doen is; er is niets veranderd"
    ))
}

/// A copy that does not hold what was copied.
pub(super) fn differs() -> Problem {
    Problem::failure(text!("the copy is not like the log", "de kopie is niet als het logboek"))
        .why(text!("it has other numbers of rows", "er staan andere aantallen rijen in"))
        .todo(text!("check the disk and try again; no copy was kept", "kijk de schijf na en probeer het opnieuw; er is geen kopie bewaard"))
}

pub(super) fn no_log(path: &Path) -> Problem {
    Problem::failure(text!("there is no log yet", "er is nog geen logboek"))
        .why(text!("{} is not there", "{} is er niet", path.display()))
        .todo(text!("`attent log` and `attent import` begin one", "`attent log` en `attent import` beginnen er een"))
}

/// A log that was begun and never used.
pub(super) fn nothing_yet(path: &Path) -> Problem {
    Problem::failure(text!("there is nothing to copy yet", "er is nog niets om te kopiëren"))
        .why(text!("{} is empty", "{} is leeg", path.display()))
        .todo(text!("`attent log` and `attent import` fill it", "`attent log` en `attent import` vullen het"))
}

pub(super) fn newer(path: &Path, found: i64, known: i64) -> Problem {
    let path = path.display();
    Problem::failure(text!("{path} was made by a newer version of attent", "{path} is gemaakt door een nieuwere versie van attent"))
        .why(text!("it has version {found}; this program knows {known}", "het heeft versie {found}; dit programma kent {known}"))
        .todo(text!("install the newer version; nothing was changed", "installeer de nieuwere versie; er is niets veranderd"))
}

pub(super) fn not_a_ledger(file: impl Display, why: Text) -> Problem {
    Problem::failure(text!("{file} is not a log of attent", "{file} is geen logboek van attent")).why(why).todo(move_away())
}

/// What to do about a file that stands where the log should.
fn move_away() -> Text {
    text!(
        "move it away, or point to another workspace with --workspace",
        "zet het ergens anders neer, of wijs een andere werkmap aan met --workspace"
    )
}

/// A log that says of itself that it is of another version than its tables are.
pub(super) fn misfit(path: &Path, version: i64, table: &str) -> Problem {
    damaged(
        path.display(),
        text!(
            "it says it is of version {version}, and has a table of a later one (`{table}`)",
            "het zegt dat het van versie {version} is, en heeft een tabel van een latere (`{table}`)"
        ),
    )
}

/// A copy, or its folder, that cannot be written.
pub(super) fn unkept(path: &Path, err: &io::Error) -> Problem {
    let shown = path.display();
    if disk::is_gone(err) {
        return disk::gone(shown);
    }
    let (why, todo) = refused(err);
    Problem::failure(text!("{shown} cannot be written", "{shown} kan niet worden geschreven")).why(why).todo(todo)
}

/// Why the system refused, and what to do.
fn refused(err: &io::Error) -> (Text, Text) {
    match err.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => (
            text!("the folder allows reading only", "de map staat alleen lezen toe"),
            text!("check who may write there; the log is as it was", "kijk wie daar mag schrijven; het logboek is wat het was"),
        ),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => (
            text!("the disk is full", "de schijf is vol"),
            text!("make room and try again; the log is as it was", "maak ruimte en probeer het opnieuw; het logboek is wat het was"),
        ),
        io::ErrorKind::FileTooLarge => (
            text!("a limit on the size of files is reached", "een grens aan de grootte van bestanden is bereikt"),
            text!(
                "raise it, or name another disk; the log is as it was",
                "verhoog die, of noem een andere schijf; het logboek is wat het was"
            ),
        ),
        io::ErrorKind::NotFound => (
            text!("there is no such folder", "die map bestaat niet"),
            text!("make it first, or name another", "maak die eerst, of noem een andere"),
        ),
        io::ErrorKind::AlreadyExists => (
            text!("there is one already", "er is er al een"),
            text!("name another, or add --force", "noem een andere, of zet er --force bij"),
        ),
        io::ErrorKind::NotADirectory => (text!("a part of the path is a file", "een deel van het pad is een bestand"), Text::default()),
        _ => (Text::same(err.to_string()), text!("check the disk; the log is as it was", "kijk de schijf na; het logboek is wat het was")),
    }
}

/// An error that arose while a copy was written: that of a full disk is about the copy, any other about the log.
pub(super) fn beside(target: &Path, err: anyhow::Error) -> anyhow::Error {
    let Some(sqlite) = err.chain().find_map(|cause| cause.downcast_ref::<Error>()) else { return err };
    match (sqlite.sqlite_error_code(), Refusal::of(sqlite)) {
        (Some(ErrorCode::DiskFull), _) => unkept(target, &io::ErrorKind::StorageFull.into()).into(),
        (_, Some(Refusal::Unknown)) => unwritten(target.display(), Refusal::Unknown).into(),
        _ => err,
    }
}

/// The log of an older version could not be kept before it was brought up to date.
pub(super) fn not_kept(path: &Path, err: &anyhow::Error) -> Problem {
    let cause = err.chain().find_map(|cause| cause.downcast_ref::<Problem>()).cloned().or_else(|| of_sqlite(path.display(), err));
    let why = cause.map_or_else(
        || Text::same(err.to_string()),
        |cause| {
            let join = |lang| cause.lines(lang).into_iter().take(2).collect::<Vec<_>>().join(": ");
            Text::new(join(crate::domain::text::Lang::En), join(crate::domain::text::Lang::Nl))
        },
    );
    let path = path.display();
    Problem::failure(text!("{path} was not brought up to date", "{path} is niet bijgewerkt"))
        .why(Text::new(format!("a copy comes first, and {}", why.en), format!("eerst komt een kopie, en {}", why.nl)))
        .todo(text!("mend that and try again; nothing was changed", "los dat op en probeer het opnieuw; er is niets veranderd"))
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

/// A file is encrypted, and nobody gave its passphrase.
pub(super) fn locked(file: impl Display) -> Problem {
    Problem::failure(text!("{file} is encrypted", "{file} is versleuteld"))
        .why(text!("its passphrase was not given", "de wachtwoordzin is niet gegeven"))
        .todo(text!("--passphrase-fd 3 3< FILE reads it from a file", "--passphrase-fd 3 3< BESTAND leest hem uit een bestand"))
}

/// A copy cannot be laid over a log of which the pages are written in another way.
pub(super) fn one_is_encrypted(copy: &Path, log: &Path) -> Problem {
    let (copy, log) = (copy.display(), log.display());
    Problem::failure(text!("{copy} was not put back", "{copy} is niet teruggezet"))
        .why(text!("of it and {log} one is encrypted and the other is not", "daarvan en {log} is de een versleuteld en de ander niet"))
        .todo(text!(
            "`attent passphrase remove` decrypts the log, `attent passphrase set` encrypts it; then restore; nothing was changed",
            "`attent passphrase remove` ontsleutelt het logboek, `attent passphrase set` versleutelt het; zet dan terug; er is niets veranderd"
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

pub(super) fn cannot_make(path: &Path, err: &io::Error) -> Problem {
    let shown = path.display();
    if disk::is_gone(err) {
        return disk::gone(shown);
    }
    let why = match err.kind() {
        io::ErrorKind::PermissionDenied => text!("the folder allows reading only", "de map staat alleen lezen toe"),
        _ => Text::same(err.to_string()),
    };
    Problem::failure(text!("there is no log yet, and {shown} cannot be made", "er is nog geen logboek, en {shown} kan niet worden gemaakt"))
        .why(why)
        .todo(text!("check who may write in the folder", "kijk wie in de map mag schrijven"))
}

/// A temporary file that cannot be made, written or read on.
pub(super) fn no_room(folder: &Path, err: &std::io::Error) -> Problem {
    let shown = folder.display();
    if disk::is_gone(err) {
        return disk::gone(shown);
    }
    let why = match err.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => text!("the disk is full", "de schijf is vol"),
        std::io::ErrorKind::FileTooLarge => {
            text!("a limit on the size of files is reached", "een grens aan de grootte van bestanden is bereikt")
        }
        std::io::ErrorKind::PermissionDenied => text!("the folder allows reading only", "de map staat alleen lezen toe"),
        _ => Text::same(err.to_string()),
    };
    let what = text!("a temporary file in {shown} cannot be used", "een tijdelijk bestand in {shown} is niet te gebruiken");
    Problem::failure(what)
        .why(why)
        .todo(text!("make room there and try again; nothing was changed", "maak daar ruimte en probeer het opnieuw; er is niets veranderd"))
}
