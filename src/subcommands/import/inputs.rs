//! From the files and folders that were named to the files that are read.

use std::collections::HashSet;
use std::io::{self, BufRead as _, Read};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::source::{is_stream, peek};
use crate::domain::problem::{Exit, Problem};
use crate::domain::shell;
use crate::domain::text::Text;
use crate::intake::kinds::{FileKind, sniff};
use crate::ledger::is_connected;
use crate::subcommands::files;
use crate::subcommands::output::unreadable;
use crate::text;

/// Files of one kind that are read one after the other as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// What they hold.
    pub kind: FileKind,
    /// The file, `-` for standard input; the messages of a Maildir folder.
    pub files: Vec<PathBuf>,
    /// How they are called together.
    pub shown: String,
    /// Whether they were found in a folder, where other things may lie too.
    pub found: bool,
}

/// What was found under the names.
#[derive(Debug, Default)]
pub struct Found {
    /// What can be read, what says who somebody is first.
    pub inputs: Vec<Input>,
    /// Files in folders that are of no kind that can be read.
    pub passed_by: Vec<PathBuf>,
    /// Folders looked into, without links: one that leads back to a folder above it is looked into once.
    folders: HashSet<PathBuf>,
}

/// Folders of mail that is no contact: not sent, not wanted, thrown away.
const NO_CONTACT: &[&str] = &[
    "trash",
    "junk",
    "spam",
    "drafts",
    "draft",
    "templates",
    "outbox",
    "deleted",
    "prullenbak",
    "concepten",
    "ongewenst",
    "ongewenste",
    "sjablonen",
    "verwijderd",
    "verwijderde",
    "unsent",
];

/// Finds what can be read. `kind` is what they were said to be.
///
/// # Errors
/// When a file is not there, or is of no kind that can be read.
pub fn find(paths: &[PathBuf], kind: Option<FileKind>) -> Result<Found> {
    let mut found = Found::default();
    for path in paths {
        if path.is_dir() {
            folder(path, kind, &mut found)?;
        } else {
            found.inputs.push(file(path, kind)?);
        }
    }
    found.inputs.sort_by_key(|input| input.kind);
    Ok(found)
}

fn file(path: &Path, kind: Option<FileKind>) -> Result<Input> {
    let kind = match kind {
        Some(FileKind::Maildir) => FileKind::Eml,
        Some(kind) => kind,
        // what has begun cannot be read again: its kind is told when it is read
        None if path == Path::new("-") && starts_as_export() => FileKind::Jsonl,
        None if is_stream(path) => FileKind::Csv,
        None => kind_of(path)?.ok_or_else(|| no_kind(path))?,
    };
    Ok(Input { kind, files: vec![path.to_owned()], shown: path.display().to_string(), found: false })
}

/// Whether an export waits on standard input; nothing is taken from it.
fn starts_as_export() -> bool {
    let mut input = io::stdin().lock();
    let Ok(waiting) = input.fill_buf() else { return false };
    let Ok((head, _)) = peek(Box::new(io::Cursor::new(waiting.to_vec()))) else { return false };
    sniff(&head, "-") == Some(FileKind::Jsonl)
}

/// The kind of a file by its beginning; `None` when it is nothing that can be read.
///
/// # Errors
/// When it cannot be opened.
pub fn kind_of(path: &Path) -> Result<Option<FileKind>> {
    let opened = files::open(path).map_err(|err| unreadable(path, &err))?;
    if opened.metadata().is_ok_and(|meta| meta.is_dir()) {
        return Err(unreadable(path, &io::Error::from(io::ErrorKind::IsADirectory)).into());
    }
    let (head, _) = peek(Box::new(opened) as Box<dyn Read + Send>).map_err(|err| unreadable(path, &err))?;
    Ok(sniff(&head, &path.file_name().unwrap_or_default().to_string_lossy()))
}

fn folder(path: &Path, kind: Option<FileKind>, found: &mut Found) -> Result<()> {
    if !found.folders.insert(path.canonicalize().map_err(|err| unreadable(path, &err))?) {
        return Ok(());
    }
    let is_maildir = is_maildir(path);
    if is_maildir && kind.is_none_or(|kind| matches!(kind, FileKind::Maildir | FileKind::Eml)) {
        let files = messages(path)?;
        found.inputs.push(Input { kind: FileKind::Maildir, files, shown: path.display().to_string(), found: true });
    }
    for entry in entries(path)? {
        let name = entry.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if entry.is_dir() {
            let part = matches!(name.as_str(), "cur" | "new" | "tmp") && is_maildir;
            let hidden = name.starts_with('.') && !self::is_maildir(&entry);
            if !part && !hidden && !no_contact(&name) {
                folder(&entry, kind, found)?;
            }
        } else if !name.starts_with('.') && !is_maildir {
            one_of_folder(entry, &name, kind, found)?;
        }
    }
    Ok(())
}

fn one_of_folder(path: PathBuf, name: &str, kind: Option<FileKind>, found: &mut Found) -> Result<()> {
    // a pipe would be waited for; a link may lead nowhere; the log is not read into itself
    if !path.is_file() || is_connected(&path) {
        found.passed_by.push(path);
        return Ok(());
    }
    match kind_of(&path).or_else(|err| if damaged(&err) { Ok(None) } else { Err(err) })? {
        Some(FileKind::Mbox) if no_contact(name) => {}
        // A whole log is no part of what is read into another: it is imported by its name.
        Some(FileKind::Jsonl) => found.passed_by.push(path),
        Some(told) if kind.is_none_or(|kind| kind == told) => {
            found.inputs.push(Input { kind: told, shown: path.display().to_string(), files: vec![path], found: true });
        }
        Some(_) => {}
        None => found.passed_by.push(path),
    }
    Ok(())
}

/// Whether something is wrong with a file itself rather than with getting at it.
fn damaged(err: &anyhow::Error) -> bool {
    err.downcast_ref::<Problem>().is_some_and(|problem| problem.exit == Exit::Input) && !err.chain().any(|cause| cause.is::<io::Error>())
}

/// Whether a folder is a Maildir: it has `cur` and `new`.
pub fn is_maildir(path: &Path) -> bool {
    path.join("cur").is_dir() && path.join("new").is_dir()
}

/// Whether the mail of a folder or file of this name is no contact.
pub fn no_contact(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words.into_iter().any(|word| NO_CONTACT.contains(&word))
}

/// The messages of a Maildir, without drafts and what is marked as deleted.
fn messages(path: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for part in ["cur", "new"] {
        let all = entries(&path.join(part))?;
        found.extend(all.into_iter().filter(|message| {
            let name = message.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let flags = name.rsplit_once(":2,").map_or("", |(_, flags)| flags);
            !name.starts_with('.') && !flags.contains(['D', 'T'])
        }));
    }
    Ok(found)
}

/// What is in a folder, by name.
///
/// # Errors
/// When it cannot be read.
pub fn entries(path: &Path) -> Result<Vec<PathBuf>> {
    let read = std::fs::read_dir(path).map_err(|err| unreadable(path, &err))?;
    let mut found =
        read.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>().map_err(|err| unreadable(path, &err))?;
    found.sort_unstable();
    Ok(found)
}

fn no_kind(path: &Path) -> Problem {
    let all = FileKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
    let shown = shell::path(&path.display().to_string());
    let todo: Text = text!(
        "say what it is with --as {all}; for a table with columns of its own, `attent import {shown} --map`",
        "zeg wat het is met --as {all}; voor een tabel met eigen kolommen: `attent import {shown} --map`"
    );
    Problem::input(text!("it is not clear what {shown} is", "het is niet duidelijk wat {shown} is")).todo(todo)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_without_contacts_are_known_by_a_word() {
        for name in ["Trash", ".Junk", "[Gmail].Spam", "Concepten", "Deleted Items", "Ongewenste e-mail"] {
            assert!(no_contact(name), "{name}");
        }
        for name in ["INBOX", ".Sent", "Archief 2025", "Klanten", "spammers-bv"] {
            assert!(!no_contact(name), "{name}");
        }
    }

    #[test]
    fn a_maildir_gives_its_messages_and_those_of_its_folders() {
        let root = tempfile::tempdir().unwrap();
        let make = |path: &str| {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "From: a@x.nl\n\n").unwrap();
        };
        for path in
            ["cur/1:2,S", "cur/2:2,DS", "cur/3:2,ST", "new/4", "tmp/5", ".Sent/cur/6:2,S", ".Sent/new/x", ".Trash/cur/7", ".Trash/new/8"]
        {
            make(path);
        }
        let found = find(&[root.path().to_owned()], None).unwrap();
        let names: Vec<Vec<String>> = found
            .inputs
            .iter()
            .map(|input| input.files.iter().map(|file| file.file_name().unwrap().to_string_lossy().into_owned()).collect())
            .collect();
        assert_eq!(names, [vec!["1:2,S", "4"], vec!["6:2,S", "x"]]);
    }

    #[test]
    fn a_folder_gives_what_can_be_read_and_says_what_cannot() {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("b.ics", "BEGIN:VCALENDAR\n"),
            ("a.vcf", "BEGIN:VCARD\n"),
            ("c.pdf", "%PDF-1.7"),
            (".hidden", "x"),
            ("Drafts", "From a@x Mon\n"),
        ] {
            std::fs::write(root.path().join(name), text).unwrap();
        }
        let found = find(&[root.path().to_owned()], None).unwrap();
        assert_eq!(found.inputs.iter().map(|input| input.kind).collect::<Vec<_>>(), [FileKind::Vcf, FileKind::Ics]);
        assert_eq!(found.passed_by, [root.path().join("c.pdf")]);
    }
}
