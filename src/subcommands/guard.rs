//! Whether a workspace is its owner's only. A workspace is found by looking upwards from the current folder,
//! so it may be somebody else's, and its files are about people who trust their owner with what is in them.
//!
//! A warning never stops a command, and is said once. One thing is stopped: `sync` in somebody else's
//! workspace that was found rather than named, because its `attent.yaml` says which files are read, with the
//! rights and into the log of whoever runs it. Nothing in a workspace is ever run.
//!
//! Where rights mean nothing (WSL, some shared disks) or others are meant to read along, `trust:` in the
//! user's own `config.yaml`, or `ATTENT_TRUST`, says so; a workspace cannot say it of itself.

use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::context::Context;
use super::output;
use super::workspace::{LEDGER_FILE, Workspace};
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::domain::text::Text;
use crate::settings::keys::Settings;
use crate::settings::locate::{Rule, WORKSPACE_FILE, locate};
use crate::text;

/// What others can do in a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exposure {
    /// The folder, the settings and the log, as far as they are the user's and others can read or change them.
    pub open: Vec<PathBuf>,
    /// Whether others can change one of those, and not only read it.
    pub changeable: bool,
    /// One of those that belongs to another user, who is not the administrator.
    pub foreign: Option<PathBuf>,
    /// One of those that belongs to the administrator, while somebody else runs this.
    pub of_administrator: Option<PathBuf>,
}

/// Looks who can do what in a workspace. Journeys and plays are about nobody and are not looked at. What is
/// not there is not open. Where there are no owners and rights (Windows) nothing is found.
pub fn exposure(root: &Path) -> Exposure {
    let mut found = Exposure::default();
    for path in [root.to_owned(), root.join(WORKSPACE_FILE), root.join(LEDGER_FILE)] {
        look_at(path, &mut found);
    }
    found
}

#[cfg(unix)]
fn look_at(path: PathBuf, found: &mut Exposure) {
    use std::os::unix::fs::MetadataExt as _;
    const OTHERS: u32 = 0o077;
    const OTHERS_WRITE: u32 = 0o022;
    const ADMINISTRATOR: u32 = 0;
    let Ok(meta) = std::fs::metadata(&path) else { return };
    let (owner, me) = (meta.uid(), rustix::process::geteuid().as_raw());
    if owner != me && owner != ADMINISTRATOR {
        found.foreign.get_or_insert_with(|| path.clone());
    } else if owner != me {
        found.of_administrator.get_or_insert_with(|| path.clone());
    }
    // The rights of what is somebody else's only they and the administrator can change.
    let mine = owner == me || me == ADMINISTRATOR;
    if mine && meta.mode() & OTHERS != 0 {
        found.changeable |= meta.mode() & OTHERS_WRITE != 0;
        found.open.push(path);
    }
}

#[cfg(not(unix))]
fn look_at(_: PathBuf, _: &mut Exposure) {}

/// Says once a command that others can look into the workspace, and how that is mended.
pub fn warn(context: &Context, root: &Path, settings: &Settings) {
    if !context.first_look_at_rights() || trusted(context, root, settings) {
        return;
    }
    let found = exposure(root);
    let said = match (&found.foreign, &found.of_administrator) {
        (Some(path), _) => of_somebody_else(path, &text!("another user", "een andere gebruiker")),
        (None, Some(path)) => of_somebody_else(path, &text!("another user, root", "een andere gebruiker, root")),
        (None, None) if found.open.is_empty() => return,
        (None, None) => open_to_others(&found, root),
    };
    output::note(context, &said);
    if std::io::stderr().is_terminal() {
        let folder = root.display();
        let meant = text!(
            "  meant to be so? `trust: [{folder}]` in your own config.yaml ends this warning",
            "  bedoel je het zo? met `trust: [{folder}]` in je eigen config.yaml stopt deze waarschuwing"
        );
        output::note(context, &meant);
    }
}

/// The command that closes one file or folder; of several that would be long, and the doctor knows them.
fn open_to_others(found: &Exposure, root: &Path) -> Text {
    let quoted = |path: &Path| shell::path(&path.display().to_string());
    let command = match found.open.as_slice() {
        [one] => format!("chmod go= {}", quoted(one)),
        _ => format!("attent doctor --fix -w {}", quoted(root)),
    };
    if found.changeable {
        text!(
            "warning: other users of this computer can read or change this workspace; this closes it: {command}",
            "let op: andere gebruikers van deze computer kunnen deze werkmap lezen of veranderen; zo sluit je hem af: {command}"
        )
    } else {
        text!(
            "warning: other users of this computer can look into this workspace; this closes it: {command}",
            "let op: andere gebruikers van deze computer kunnen in deze werkmap kijken; zo sluit je hem af: {command}"
        )
    }
}

fn of_somebody_else(path: &Path, owner: &Text) -> Text {
    let path = path.display();
    Text::new(
        format!("warning: {path} belongs to {}, who sees what you write there", owner.en),
        format!("let op: {path} is van {}, die ziet wat je daar schrijft", owner.nl),
    )
}

/// Stops before files are read that a workspace names which is somebody else's and was not named.
///
/// # Errors
/// When it is.
pub fn may_name_sources(context: &Context, workspace: &Workspace) -> Result<()> {
    let root = &workspace.root;
    let rule = locate(context.globals.workspace.as_deref(), &context.environment, &context.here)?.rule;
    let named = matches!(rule, Rule::Flag | Rule::Environment);
    let Some(path) = exposure(root).foreign.filter(|_| !named && !trusted(context, root, &workspace.settings)) else { return Ok(()) };
    let (path, folder, shell) = (path.display(), root.display(), shell::path(&root.display().to_string()));
    Err(Problem::failure(text!("{path} belongs to another user", "{path} is van een andere gebruiker"))
        .why(text!(
            "its attent.yaml says which of your files are read, and nobody named this workspace",
            "attent.yaml zegt welke van jouw bestanden worden gelezen, en niemand noemde deze werkmap"
        ))
        .todo(text!(
            "if you know it, name it: `attent sync -w {shell}`, or put `trust: [{folder}]` into your own config.yaml",
            "ken je hem, noem hem dan: `attent sync -w {shell}`, of zet `trust: [{folder}]` in je eigen config.yaml"
        ))
        .into())
}

/// Whether the user said that this workspace, or a folder it lies in, is as it is meant to be.
fn trusted(context: &Context, root: &Path, settings: &Settings) -> bool {
    let whole = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let home = context.environment.home();
    let expanded = |said: &str| match (said.strip_prefix("~/").or((said == "~").then_some("")), &home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(said),
    };
    let root = whole(&context.here.join(root));
    let said = settings.trust.iter().map(|said| expanded(said)).chain(context.environment.trust());
    said.into_iter().any(|folder| folder.as_os_str() == "*" || folder.is_absolute() && root.starts_with(whole(&folder)))
}
