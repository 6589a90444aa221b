//! Putting a file in its place: whole or not at all, for its owner only, and on the disk before it counts.

use std::fs::{File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;

use super::super::cipher::begins_as_a_log;
use super::super::connected::{BESIDE, replaced};
use super::super::open::new_file;
use super::super::outcome;
use super::super::trouble::unkept;
use crate::domain::problem::Problem;
use crate::text;

/// How the names of drafts begin.
pub const DRAFT: &str = ".attent-draft-";
/// So many letters and digits are drawn to follow.
const DRAWN: usize = 6;
/// What follows for a log that gets another passphrase.
pub const ANEW: &str = "passphrase.db";
/// A draft that was last written so long before a new one is what a power cut or a kill left behind.
const ABANDONED: Duration = Duration::from_secs(24 * 60 * 60);

/// Where a copy goes.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// To this file, in the place of another only when `over` says so.
    Named {
        /// Its path.
        path: &'a Path,
        /// Whether one that is there may go.
        over: bool,
    },
    /// To a name that nothing has. When another command takes it meanwhile, the next is asked for.
    Free(&'a dyn Fn() -> PathBuf),
}

impl Target<'_> {
    /// Where it goes, as far as that is known before it is there.
    pub fn path(&self) -> PathBuf {
        match self {
            Self::Named { path, .. } => (*path).to_owned(),
            Self::Free(free) => free(),
        }
    }
}

/// So many names are tried before something else must be the matter.
const TRIES: u32 = 100;

/// A file that does not have its name yet; it goes away when it never gets one.
#[derive(Debug)]
pub struct Draft {
    file: NamedTempFile,
    target: PathBuf,
}

impl Draft {
    /// Begins a file in the folder of its target, so that naming it later moves no bytes.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn new(target: &Path) -> Result<Self, Problem> {
        let folder = folder_of(target);
        // Its name begins with a dot and it may be read by its owner only, also while it grows.
        let made = tempfile::Builder::new().prefix(DRAFT).rand_bytes(DRAWN).suffix(".db").make_in(folder, new_file);
        let file = made.map_err(|err| unkept(target, &err))?;
        sweep(folder, file.as_file());
        Ok(Self { file, target: target.to_owned() })
    }

    /// Where it is for now.
    pub fn path(&self) -> &Path {
        self.file.path()
    }

    /// Gives it its name, when all of it is on the disk. A file of that name is replaced only when `over`.
    ///
    /// # Errors
    /// When the disk refuses, or the name is taken.
    pub fn settle(self, over: bool) -> Result<PathBuf, Problem> {
        let Self { file, target } = self;
        let named = (|| {
            file.as_file().sync_all()?;
            let named = if over { file.persist(&target) } else { file.persist_noclobber(&target) };
            named.map_err(|err| err.error)?;
            kept(&target)
        })();
        named.map_err(|err| unkept(&target, &err))?;
        Ok(target)
    }

    /// Gives it the first name that is free, in the folder it is in.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn settle_at(mut self, place: Target<'_>) -> Result<PathBuf, Problem> {
        let free = match place {
            Target::Named { path, over } => return Self { target: path.to_owned(), ..self }.settle(over),
            Target::Free(free) => free,
        };
        self.file.as_file().sync_all().map_err(|err| unkept(&self.target, &err))?;
        for _ in 0..TRIES {
            let target = free();
            match self.file.persist_noclobber(&target) {
                Ok(_) => {
                    return kept(&target).map(|()| target.clone()).map_err(|err| unkept(&target, &err));
                }
                Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => self.file = taken.file,
                Err(refused) => return Err(unkept(&target, &refused.error)),
            }
        }
        Err(unkept(&self.target, &io::ErrorKind::AlreadyExists.into()))
    }
}

/// Takes drafts away that nobody is writing any more: they hold customers, and no one would look for them. How
/// old they are is told by the new draft, so that no clock is asked. What only looks like one by its name stays.
fn sweep(folder: &Path, new: &File) {
    let now = new.metadata().and_then(|meta| meta.modified());
    let (Ok(now), Ok(entries)) = (now, std::fs::read_dir(folder)) else { return };
    for entry in entries.filter_map(Result::ok) {
        // Of a link it is the link that is looked at.
        let Ok(meta) = entry.metadata() else { continue };
        let age = meta.modified().ok().and_then(|written| now.duration_since(written).ok());
        let is_old = meta.is_file() && age.is_some_and(|age| age > ABANDONED);
        if is_old && is_copy(&entry.file_name().to_string_lossy(), &entry.path()) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Whether a file is a copy of a log that never got its name, or what SQLite laid beside one.
fn is_copy(name: &str, path: &Path) -> bool {
    match BESIDE.iter().find_map(|behind| name.strip_suffix(behind)) {
        Some(copy) => is_draft(copy) && copy.ends_with(".db"),
        None => is_draft(name) && name.ends_with(".db") && begins_as_a_log(path).unwrap_or(false),
    }
}

/// Whether a file is called as what is being made, and as nobody calls a file of their own: a copy, an answer, or a log
/// that gets another passphrase.
pub fn is_draft(name: &str) -> bool {
    let name = BESIDE.iter().find_map(|behind| name.strip_suffix(behind)).unwrap_or(name);
    let Some(rest) = name.strip_prefix(DRAFT) else { return false };
    let drawn = rest.strip_suffix(".db").unwrap_or(rest);
    rest == ANEW || drawn.len() == DRAWN && drawn.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// How soon a folder that another command has is asked for again.
const AGAIN: Duration = Duration::from_millis(20);

/// Has a folder to itself among the commands that ask for it, for as long as the value lives: its lock is the system's, so that
/// a command that is killed keeps it from nobody. Where folders have no locks (Windows, some network shares) it is given at once.
///
/// # Errors
/// When another command still has it after that time.
pub fn turn_in(folder: &Path, patience: Duration) -> Result<Option<File>, Problem> {
    let Ok(open) = File::open(folder) else { return Ok(None) };
    let begin = Instant::now();
    loop {
        match open.try_lock() {
            Ok(()) => return Ok(Some(open)),
            Err(TryLockError::WouldBlock) if begin.elapsed() < patience => std::thread::sleep(AGAIN),
            Err(TryLockError::WouldBlock) => return Err(not_our_turn()),
            Err(TryLockError::Error(_)) => return Ok(None),
        }
    }
}

fn not_our_turn() -> Problem {
    Problem::failure(text!("the backup was not put back", "de reservekopie is niet teruggezet"))
        .why(text!("another command is putting one back just now", "een ander commando zet er net een terug"))
        .todo(text!("try again when it is done; nothing was changed", "probeer het opnieuw als dat klaar is; er is niets veranderd"))
}

/// Copies a file as it is.
///
/// # Errors
/// When it cannot be read, or the copy cannot be written.
pub fn copy(from: &Path, target: &Path) -> Result<(), Problem> {
    let draft = Draft::new(target)?;
    let copied = File::open(from).and_then(|mut from| io::copy(&mut from, &mut draft.file.as_file()));
    copied.map_err(|err| unkept(target, &err))?;
    draft.settle(false).map(drop)
}

/// Reads the beginning of a copy past SQLite, which takes a disk that no longer answers for a file that is damaged.
///
/// # Errors
/// When it cannot be read.
pub fn reach(copy: &Path) -> io::Result<()> {
    io::Read::read_exact(&mut File::open(copy)?, &mut [0])
}

/// Takes a file away, if it is there.
pub fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(err) if err.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

/// Makes a folder that only its owner may look into, if it is not there. A umask may take away rights of the owner too.
///
/// # Errors
/// When it cannot be made.
pub fn private_folder(path: &Path) -> Result<(), Problem> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(_) if path.is_dir() => return Ok(()),
        made => made.map_err(|err| unkept(path, &err))?,
    }
    #[cfg(unix)]
    std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(|err| unkept(path, &err))?;
    Ok(())
}

/// A file has its name now, which a disk that is lost at that moment may not remember.
fn kept(target: &Path) -> io::Result<()> {
    replaced(target);
    sync_folder(target).inspect_err(|_| outcome::unknown())
}

/// Has a folder remember its names after a power cut.
pub fn sync_folder(of: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder_of(of))?.sync_all()?;
    Ok(())
}

/// The folder of a file.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_that_nobody_writes_any_more_is_swept_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let week = Duration::from_secs(7 * 24 * 60 * 60);
        let plain = b"SQLite format 3\0 and more".to_vec();
        let files = [
            (".attent-draft-LeFt01.db", week, plain.clone(), false),
            (".attent-draft-empty1.db", week, Vec::new(), false),
            (".attent-draft-zeros1.db", week, vec![0; 8_192], false),
            (".attent-draft-LeFt01.db-journal", week, b"journal".to_vec(), false),
            (".attent-draft-busy01.db", Duration::ZERO, plain.clone(), true),
            // what somebody may call a file of their own
            (".attent-draft-brief1.db", week, b"Dear Anna,".to_vec(), true),
            (".attent-draft-letter-to-anna.db", week, plain.clone(), true),
            (".attent-draft-LeFt01.txt", week, plain.clone(), true),
            (".attent-passphrase", week, b"secret".to_vec(), true),
            (".attent-backup.db", week, plain.clone(), true),
            ("attent-old.db", week, plain, true),
        ];
        for (name, age, bytes, _) in &files {
            let mut file = File::create(folder.path().join(name)).unwrap();
            io::Write::write_all(&mut file, bytes).unwrap();
            let now = file.metadata().unwrap().modified().unwrap();
            file.set_modified(now - *age).unwrap();
        }
        let target = folder.path().join("new.db");
        Draft::new(&target).unwrap().settle(false).unwrap();
        for (name, _, _, stays) in &files {
            assert_eq!(folder.path().join(name).exists(), *stays, "{name}");
        }
        let said = Draft::new(&target).unwrap().settle(false).unwrap_err();
        assert_eq!(said.why.en, "there is one already");
        Draft::new(&target).unwrap().settle(true).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn commands_take_turns_in_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let turn = turn_in(folder.path(), Duration::ZERO).unwrap();
        let said = turn_in(folder.path(), Duration::from_millis(50)).unwrap_err();
        assert_eq!(said.why.en, "another command is putting one back just now");
        drop(turn);
        assert!(turn_in(folder.path(), Duration::ZERO).unwrap().is_some());
        assert!(turn_in(&folder.path().join("gone"), Duration::ZERO).unwrap().is_none(), "that is told where it is written");
    }

    #[test]
    fn a_name_that_another_command_took_meanwhile_is_not_asked_for_again() {
        let folder = tempfile::tempdir().unwrap();
        let asked = std::cell::Cell::new(0);
        let free = || {
            asked.set(asked.get() + 1);
            folder.path().join(format!("{}.db", asked.get().max(2)))
        };
        let place = Target::Free(&free);
        let draft = Draft::new(&place.path()).unwrap();
        File::create(folder.path().join("2.db")).unwrap();
        assert_eq!(draft.settle_at(place).unwrap(), folder.path().join("3.db"));
    }
}
