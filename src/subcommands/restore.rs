//! `attent restore`: puts a backup back, or lists the backups there are.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueHint};

use super::backup::{line, shown};
use super::check::speak_its_language;
use super::check_files::{of_workspace, within_reach};
use super::context::Context;
use super::forget::tell_of_forgotten;
use super::lines::as_table;
use super::prompts::Asker;
use super::workspace::{LEDGER_FILE, PLAYBOOK_FILE, is_yaml};
use super::{backups, files, output};
use crate::domain::disk::asked;
use crate::domain::numbers::counted;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::backup::{
    Companion, Contents, Places, Replaced, Target, Written, companions, contents, contents_now, private_folder, restore, would_be_back,
};
use crate::render::pages::backup::{PutBack, list, put_back};
use crate::settings::locate::{WORKSPACE_FILE, locate};
use crate::text;

/// The arguments of `restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The backup, by its path or its name in the folder backups; without one, those there are are listed
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    /// Do not ask whether it is right
    #[arg(long, short)]
    pub yes: bool,
    /// Put back settings, journeys and playbook that changed since, too; those that are gone come back anyway
    #[arg(long)]
    pub files: bool,
}

/// Runs the command. The log that is there is kept in `backups/` first, damaged or not. A folder that is named
/// with `-w` and is no workspace becomes one, when the backup holds its settings.
///
/// # Errors
/// When the backup is not there or not sound, nobody can be asked, another command has the log open, or the
/// folder cannot be written; then the log is as it was.
pub fn run(context: &Context, args: &RestoreArgs) -> Result<ExitCode> {
    let root = root(context, args)?;
    let subjects = of_workspace(context, &root, false);
    speak_its_language(context, &subjects);
    within_reach(&subjects)?;
    let log = root.join(LEDGER_FILE);
    context.unlock(&log)?;
    let Some(file) = &args.file else { return listed(context, &root) };
    let copy = found(context, &root, file)?;
    context.unlock(&copy)?;
    let holds = contents(&copy)?;
    let written = companions(&copy)?;
    known_names(&written)?;
    if !root.join(WORKSPACE_FILE).is_file() && !written.files.iter().any(|file| file.name == WORKSPACE_FILE) {
        return Err(no_settings(context, &root).into());
    }
    if !args.yes {
        confirm(context, &will(context, (&copy, &holds), &log))?;
    }
    made(&root)?;
    let folder = backups::folder(&root)?;
    let stamp = backups::stamp(context);
    let (sound, damaged) = (|| backups::free(&folder, &stamp, ""), || backups::free(&folder, &stamp, "-damaged"));
    let places = Places { sound: Target::Free(&sound), damaged: &damaged };
    let restored = restore(&copy, &log, places, &backups::companions(&root, &subjects))?;
    let (kept, was_damaged) = match restored.replaced {
        Replaced::Nothing => (None, false),
        Replaced::Sound(path) => (Some(path), false),
        Replaced::Damaged(path) => (Some(path), true),
    };
    let aside = (was_damaged || kept.is_none()).then(|| folder.join(format!("attent-{stamp}-files")));
    let (files, left) = put_files_back(&root, &written.files, args.files, aside.as_deref())?;
    let mut now = line(context, &log, &restored.contents);
    now.files = files.clone();
    let (from, kept) = (shown(context, &copy), kept.map(|path| shown(context, &path)));
    let done = PutBack { from, log: now, kept, was_damaged, files, left, too_large: written.too_large };
    output::answer(context, "EUR", &put_back(&done, as_table(context)))?;
    tell_of_forgotten(context, restored.forgotten);
    Ok(ExitCode::SUCCESS)
}

/// The workspace; or the folder named with `-w`, which is about to be one.
fn root(context: &Context, args: &RestoreArgs) -> Result<PathBuf> {
    let named = context.globals.workspace.as_deref();
    match (locate(named, &context.environment, &context.here), named) {
        (Ok(located), _) => Ok(located.root),
        (Err(problem), _) if problem.is_of_lost_disk() => Err(problem.into()),
        (Err(_), Some(folder)) if args.file.is_some() && !context.here.join(folder).is_file() => Ok(context.here.join(folder)),
        (Err(problem), _) => Err(problem.into()),
    }
}

fn made(root: &Path) -> Result<(), Problem> {
    if root.is_dir() { Ok(()) } else { private_folder(root) }
}

/// A backup by its path, or by its name in the folder of backups.
fn found(context: &Context, root: &Path, file: &Path) -> Result<PathBuf> {
    let (there, kept) = (context.here.join(file), root.join(backups::FOLDER).join(file));
    let path = if asked(there.display(), there.metadata())?.is_some() || !kept.is_file() { there } else { kept };
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    if !path.exists() {
        let shown = file.display();
        return Err(Problem::failure(text!("there is no backup {shown}", "er is geen reservekopie {shown}"))
            .todo(text!("`attent restore` lists those there are", "`attent restore` laat zien welke er zijn"))
            .into());
    }
    if real(&path) == real(&root.join(LEDGER_FILE)) {
        return Err(Problem::usage(text!("this is the log itself", "dit is het logboek zelf"))
            .todo(text!("`attent restore` lists the backups", "`attent restore` laat de reservekopieën zien"))
            .into());
    }
    Ok(path)
}

/// The backups there are, the latest first.
fn listed(context: &Context, root: &Path) -> Result<ExitCode> {
    let (mut lines, mut unreadable) = (Vec::new(), Vec::new());
    for path in backups::all(&root.join(backups::FOLDER)).iter().rev() {
        match contents(path) {
            Ok(contents) => lines.push(line(context, path, &contents)),
            Err(err) => unreadable.push((shown(context, path), reason(&err))),
        }
    }
    lines.sort_by_key(|line| std::cmp::Reverse(line.latest));
    output::answer(context, "EUR", &list(&lines, &unreadable))?;
    Ok(ExitCode::SUCCESS)
}

fn reason(err: &anyhow::Error) -> Text {
    let problem = err.chain().find_map(|cause| cause.downcast_ref::<Problem>());
    problem.map_or_else(|| Text::same(err.to_string()), |problem| problem.why.clone())
}

/// What is about to happen: what the backup holds, and what is there now.
fn will(context: &Context, (copy, holds): (&Path, &Contents), log: &Path) -> Text {
    let (from, backup) = (shown(context, copy), line(context, copy, holds).holds());
    let (en, nl) = match contents_now(log) {
        _ if !log.exists() => ("there is no log now".to_owned(), "er is nu geen logboek".to_owned()),
        Ok(now) => {
            let now = line(context, log, &now).holds();
            (
                format!("the log now has {}, and is kept in backups/ first", now.en),
                format!("het logboek heeft nu {}, en wordt eerst bewaard in backups/", now.nl),
            )
        }
        Err(_) => (
            "the log now cannot be read, and is kept in backups/ as it is first".to_owned(),
            "het logboek is nu niet te lezen, en wordt eerst bewaard in backups/ zoals het is".to_owned(),
        ),
    };
    let again = again(would_be_back(copy, log).unwrap_or_default());
    Text::new(format!("{from} has {}{}; {en}", backup.en, again.en), format!("{from} heeft {}{}; {nl}", backup.nl, again.nl))
}

/// That people who were forgotten come back with it.
fn again(forgotten: u64) -> Text {
    if forgotten == 0 {
        return Text::default();
    }
    let whom = counted(
        forgotten,
        ["customer in it was forgotten since and comes", "customers in it were forgotten since and come"],
        ["klant daarin is sindsdien vergeten en komt", "klanten daarin zijn sindsdien vergeten en komen"],
    );
    Text::new(format!("; {} back with it", whom.en), format!("; {} ermee terug", whom.nl))
}

fn confirm(context: &Context, will: &Text) -> Result<()> {
    if !context.can_ask() {
        return Err(Problem::usage(text!("this is done only when you say so", "dit gebeurt alleen als je het bevestigt"))
            .why(will.clone())
            .todo(text!("add --yes to do it", "zet er --yes bij om het te doen"))
            .into());
    }
    output::note(context, &Text::new(format!("{}.", will.en), format!("{}.", will.nl)));
    let items = [text!("put it back", "terugzetten"), text!("stop, and leave everything as it is", "stoppen, en alles laten zoals het is")];
    match Asker::new(context).choose(&text!("Is that right?", "Klopt dat?"), &items, 0)? {
        Some(0) => Ok(()),
        _ => Err(Problem::failure(text!("stopped, and nothing was changed", "gestopt, en er is niets veranderd")).into()),
    }
}

/// A backup somebody handed over must not write anywhere else than where attent reads.
fn known_names(written: &Written) -> Result<(), Problem> {
    let known = |name: &str| match name.strip_prefix("journeys/") {
        Some(file) => !file.contains(['/', '\\', ':']) && is_yaml(Path::new(file)),
        None => [WORKSPACE_FILE, PLAYBOOK_FILE].contains(&name),
    };
    match written.files.iter().map(|file| &file.name).chain(&written.too_large).find(|name| !known(name)) {
        None => Ok(()),
        Some(name) => Err(Problem::failure(text!("this is not a backup of attent", "dit is geen reservekopie van attent")).why(text!(
            "it holds a file `{name}`, which attent does not put there",
            "er zit een bestand `{name}` in, dat attent er niet in doet"
        ))),
    }
}

/// Puts the files back that are gone, and with `all` those that are otherwise; these are kept in `aside` first,
/// when they are not in the backup of what was there. Gives the names of those put back and of those left.
fn put_files_back(root: &Path, written: &[Companion], all: bool, aside: Option<&Path>) -> Result<(Vec<String>, Vec<String>)> {
    let (mut back, mut left) = (Vec::new(), Vec::new());
    for Companion { name, bytes } in written {
        let path = root.join(name);
        match files::bytes(&path) {
            Ok(now) if now == *bytes => continue,
            Ok(_) if !all => {
                left.push(name.clone());
                continue;
            }
            Ok(now) => {
                if let Some(aside) = aside {
                    put(&aside.join(name), &now)?;
                }
            }
            Err(_) => {}
        }
        put(&path, bytes)?;
        back.push(name.clone());
    }
    Ok((back, left))
}

fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    for folder in path.ancestors().skip(1).take(2).collect::<Vec<_>>().into_iter().rev() {
        if !folder.is_dir() {
            private_folder(folder)?;
        }
    }
    output::replace_file(path, bytes)
}

fn no_settings(context: &Context, root: &Path) -> Problem {
    let folder = shown(context, root);
    Problem::failure(text!("`{folder}` is not a workspace", "`{folder}` is geen werkmap"))
        .why(text!(
            "the backup holds the log alone, without settings and journeys",
            "de reservekopie bevat alleen het logboek, zonder instellingen en klantreizen"
        ))
        .todo(text!("make it one with `attent init {folder}` first", "maak er eerst een van met `attent init {folder}`"))
}
