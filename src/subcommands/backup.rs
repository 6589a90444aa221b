//! `attent backup`: a copy of the log, with the files that people wrote.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueHint};

use super::check::speak_its_language;
use super::check_files::{Subject, of_workspace, within_reach};
use super::context::Context;
use super::lines::as_table;
use super::lost;
use super::workspace::{LEDGER_FILE, progress};
use super::{backups, output};
use crate::domain::disk::asked;
use crate::domain::problem::Problem;
use crate::ledger::backup::{Contents, Kept, Target, back_up, log_of, name_log};
use crate::ledger::{BESIDE, beside};
use crate::render::pages::backup::{BackupLine, made};
use crate::settings::locate::locate;
use crate::text;

/// The arguments of `backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The file or folder for it; the folder backups of the workspace when left out
    #[arg(value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub file: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long)]
    pub force: bool,
    /// Keep this many backups in the folder, and remove older ones
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub keep: Option<u32>,
}

/// Runs the command. It works beside mistakes in the settings and journeys: a backup is for bad days.
///
/// # Errors
/// When there is no log, it holds nothing while an earlier backup does, it is damaged, or the copy cannot be written; then no backup was made or removed.
pub fn run(context: &Context, args: &BackupArgs) -> Result<ExitCode> {
    let root = locate(context.globals.workspace.as_deref(), &context.environment, &context.here)?.root;
    let subjects = of_workspace(context, &root, false);
    speak_its_language(context, &subjects);
    within_reach(&subjects)?;
    // A copy of nothing would in time push out the last one with customers in it.
    if let Some(lost) = lost::of(context, &root) {
        return Err(lost.problem().into());
    }
    let target = target(context, &root, args, &subjects)?;
    if args.keep.is_some() && matches!(&target, To::File(path) if !backups::is_own(&backups::name(path))) {
        return Err(keep_needs_a_folder().into());
    }
    // Without a name of its own the log has a backup all the same; only which others are of it is then not known.
    context.unlock(&root.join(LEDGER_FILE))?;
    let _ = name_log(&root.join(LEDGER_FILE));
    let kept = match &target {
        To::File(path) => keep(context, &root, Target::Named { path, over: args.force }, &subjects)?,
        To::Folder(folder) => keep_in(context, &root, folder, &subjects)?,
    };
    let removed = match args.keep {
        Some(most) => remove_older(&root, &kept.path, most as usize)?,
        None => Vec::new(),
    };
    let removed = removed.iter().map(|path| shown(context, path)).collect();
    output::answer(context, "EUR", &made(&line(context, &kept.path, &kept.contents), removed, as_table(context)))?;
    Ok(ExitCode::SUCCESS)
}

/// Makes a backup of a workspace in a folder, under a name that tells when.
///
/// # Errors
/// As [`run`].
pub fn keep_in(context: &Context, root: &Path, folder: &Path, subjects: &[Subject]) -> Result<Kept> {
    let stamp = backups::stamp(context);
    keep(context, root, Target::Free(&|| backups::free(folder, &stamp, "")), subjects)
}

/// Makes a backup of a workspace, with a bar on a terminal when the log is large.
fn keep(context: &Context, root: &Path, target: Target<'_>, subjects: &[Subject]) -> Result<Kept> {
    let log = root.join(LEDGER_FILE);
    context.unlock(&log)?;
    let size = log.metadata().map(|meta| meta.len() / 1_024).unwrap_or_default();
    let bar = progress(context, size, &text!("copying the log", "het logboek kopiëren"));
    let kept = back_up(&log, target, &backups::companions(root, subjects), &mut |share| bar.set_position((share * size as f64) as u64));
    bar.finish_and_clear();
    kept
}

/// A backup as it is shown.
pub fn line(context: &Context, path: &Path, contents: &Contents) -> BackupLine {
    BackupLine {
        path: shown(context, path),
        bytes: contents.bytes,
        customers: contents.customers,
        contacts: contents.touchpoints,
        version: contents.version,
        latest: contents.latest.map(|latest| context.local(latest)),
        files: contents.companions.clone(),
    }
}

/// A path as it is shown: from the current folder when it lies below it.
pub fn shown(context: &Context, path: &Path) -> String {
    context.shown(path)
}

/// Where the backup goes.
enum To {
    File(PathBuf),
    Folder(PathBuf),
}

fn target(context: &Context, root: &Path, args: &BackupArgs, subjects: &[Subject]) -> Result<To> {
    let Some(file) = &args.file else { return Ok(To::Folder(backups::folder(root)?)) };
    let path = context.here.join(file);
    if asked(path.display(), path.metadata())?.is_some_and(|meta| meta.is_dir()) {
        return Ok(To::Folder(path));
    }
    if is_ours(root, &path, subjects) {
        return Err(not_over_itself(&shown(context, &path)).into());
    }
    if path.metadata().is_ok_and(|meta| !meta.is_file()) {
        return Err(no_file(&shown(context, &path)).into());
    }
    if path.symlink_metadata().is_ok() && !args.force {
        return Err(there_already(&shown(context, &path)).into());
    }
    // A link stays a link: what it leads to is replaced.
    Ok(To::File(if path.is_symlink() { path.canonicalize().unwrap_or(path) } else { path }))
}

/// Whether a path is one of the files the workspace lives on, by whatever name.
fn is_ours(root: &Path, path: &Path, subjects: &[Subject]) -> bool {
    let real = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let log = root.join(LEDGER_FILE);
    let beside = BESIDE.map(|name| beside(&log, name));
    let own = std::iter::once(&log).chain(&beside).map(PathBuf::as_path).chain(subjects.iter().map(|subject| subject.path.as_path()));
    own.into_iter().any(|own| real(own) == real(path))
}

/// Removes the oldest backups that `attent backup` named itself, in the folder of the one just made. Another workspace may
/// have its backups in the same folder: elsewhere than in the workspace's own, only those of the same log count.
fn remove_older(root: &Path, made: &Path, most: usize) -> Result<Vec<PathBuf>> {
    let folder = made.parent().unwrap_or(Path::new("."));
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let is_own_folder = real(folder).is_some() && real(folder) == real(&root.join(backups::FOLDER));
    let log = |copy: &Path| log_of(copy).ok().flatten();
    let whose = log(made);
    let is_ours = |copy: &Path| is_own_folder || whose.is_some() && log(copy) == whose;
    let mut older: Vec<PathBuf> = backups::own(folder).into_iter().filter(|path| path != made && is_ours(path)).collect();
    older.truncate((older.len() + 1).saturating_sub(most));
    for path in &older {
        std::fs::remove_file(path).map_err(|err| output::unreadable(path, &err))?;
    }
    Ok(older)
}

fn no_file(shown: &str) -> Problem {
    Problem::usage(text!("a backup cannot go to {shown}", "een reservekopie kan niet naar {shown}"))
        .why(text!("it is no file but a device or a pipe", "het is geen bestand maar een apparaat of een pijp"))
        .todo(text!("name another file or a folder", "noem een ander bestand of een map"))
}

fn there_already(shown: &str) -> Problem {
    Problem::failure(text!("{shown} is there already", "{shown} bestaat al"))
        .why(text!("a backup does not write over another file by itself", "een reservekopie schrijft niet zomaar over een ander bestand"))
        .todo(text!("name another file or a folder, or add --force", "noem een ander bestand of een map, of zet er --force bij"))
}

fn not_over_itself(shown: &str) -> Problem {
    Problem::usage(text!("a backup cannot go to {shown}", "een reservekopie kan niet naar {shown}"))
        .why(text!("it is a file the workspace lives on", "het is een bestand waar de werkmap op draait"))
        .todo(text!("name another file or a folder", "noem een ander bestand of een map"))
}

fn keep_needs_a_folder() -> Problem {
    Problem::usage(text!("--keep goes with a folder", "--keep hoort bij een map"))
        .why(text!(
            "only backups that got their name from attent are counted and removed",
            "alleen reservekopieën die hun naam van attent kregen, worden geteld en verwijderd"
        ))
        .todo(text!("name a folder instead of a file, or leave --keep out", "noem een map in plaats van een bestand, of laat --keep weg"))
}
