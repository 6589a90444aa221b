//! Which files `attent check` looks at, and what each of them is.

use std::path::{Path, PathBuf};

use super::context::Context;
use super::files;
use super::output::unreadable;
use crate::domain::complaint::Span;
use crate::domain::problem::Problem;
use crate::intake::tree::Value;
use crate::intake::yaml::parse_bytes;
use crate::settings::locate::{WORKSPACE_FILE, config_file};

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `attent.yaml`.
    Workspace,
    /// The user's own `config.yaml`.
    Own,
    /// One of `journeys/`.
    Journey,
    /// `playbook.yaml`.
    Playbook,
}

/// A file to check, or one that others name things of.
#[derive(Debug)]
pub struct Subject {
    /// Where it is.
    pub path: PathBuf,
    /// As it is shown: as it was named, else from the current folder when it lies below it.
    pub shown: String,
    /// Its bytes, or why it could not be read.
    pub file: Result<Vec<u8>, Problem>,
    /// What it is.
    pub role: Role,
    /// The workspace it belongs to.
    pub root: PathBuf,
    /// Whether its mistakes are shown.
    pub asked: bool,
}

impl Subject {
    fn new(path: PathBuf, shown: String, role: Role, root: &Path, asked: bool) -> Self {
        let file = files::bytes(&path).map_err(|err| unreadable(Path::new(&shown), &err));
        Self { file, role, root: root.to_owned(), asked, path, shown }
    }

    /// Its bytes, when it could be read.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.file.as_deref().ok()
    }

    /// The id of a journey and where it stands, also beside mistakes elsewhere in the file.
    pub fn id(&self) -> Option<(String, Span)> {
        self.word("id")
    }

    /// The word at a key of the outermost mapping, and where it stands.
    pub fn word(&self, key: &str) -> Option<(String, Span)> {
        let tree = parse_bytes(self.bytes()?).ok()?;
        let node = tree.root.get(key)?;
        match &node.value {
            Value::Text(word) | Value::Number(_, word) => Some((word.clone(), node.span)),
            _ => None,
        }
    }
}

/// All files of a workspace and the user's own settings.
pub fn of_workspace(context: &Context, root: &Path, asked: bool) -> Vec<Subject> {
    let subject = |path: PathBuf, role| {
        let shown = context.shown(&path);
        Subject::new(path, shown, role, root, asked)
    };
    let mut all = vec![subject(root.join(WORKSPACE_FILE), Role::Workspace)];
    let own = config_file(&context.environment).filter(|path| path.exists());
    all.extend(own.map(|path| subject(path, Role::Own)));
    all.extend(journeys(root).into_iter().map(|path| subject(path, Role::Journey)));
    all.extend(Some(root.join("playbook.yaml")).filter(|path| path.exists()).map(|path| subject(path, Role::Playbook)));
    all
}

/// That none of the files is out of reach: one that cannot be read is looked at as it is, but a lost share has them all.
///
/// # Errors
/// When the disk or network share of one no longer answers.
pub fn within_reach(subjects: &[Subject]) -> Result<(), Problem> {
    let lost = subjects.iter().filter_map(|subject| subject.file.as_ref().err()).find(|problem| problem.is_of_lost_disk());
    lost.map_or(Ok(()), |lost| Err(lost.clone()))
}

/// The files that were named, each with its role; and, not asked for, the others of their workspaces.
pub fn named(context: &Context, paths: &[PathBuf]) -> Vec<Subject> {
    let mut all: Vec<Subject> = Vec::new();
    for path in paths {
        let (path, shown) = (context.here.join(path), path.display().to_string());
        if all.iter().any(|subject| subject.path == path) {
            continue;
        }
        let root = root_of(&path);
        let mut subject = Subject::new(path, shown, Role::Journey, &root, true);
        subject.role = role(&subject);
        all.push(subject);
    }
    let mut roots: Vec<PathBuf> =
        all.iter().map(|subject| subject.root.clone()).filter(|root| root.join(WORKSPACE_FILE).is_file()).collect();
    roots.sort();
    roots.dedup();
    let others: Vec<Subject> = roots.iter().flat_map(|root| of_workspace(context, root, false)).collect();
    let is_new = |other: &Subject| all.iter().all(|subject| subject.path != other.path);
    let (others, _): (Vec<_>, Vec<_>) = others.into_iter().partition(is_new);
    all.extend(others);
    all
}

fn journeys(root: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(root.join("journeys")) else { return Vec::new() };
    let is_yaml = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        !hidden && path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml")
    };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(is_yaml).collect();
    paths.sort();
    paths
}

/// The folder that would be the workspace of a file.
fn root_of(path: &Path) -> PathBuf {
    let folder = path.parent().unwrap_or(path);
    let above = folder.parent().filter(|_| folder.file_name().is_some_and(|name| name == "journeys"));
    above.unwrap_or(folder).to_owned()
}

/// What a named file is: by its name, by its place in a workspace, by what it holds; else a journey.
fn role(subject: &Subject) -> Role {
    let name = subject.path.file_name().unwrap_or_default();
    if name == WORKSPACE_FILE {
        return Role::Workspace;
    }
    if name == "config.yaml" {
        return Role::Own;
    }
    let in_journeys = subject.path.parent().is_some_and(|folder| folder.ends_with("journeys"));
    if in_journeys && subject.root.join(WORKSPACE_FILE).is_file() {
        return Role::Journey;
    }
    let tree = subject.bytes().and_then(|bytes| parse_bytes(bytes).ok());
    let has = |key: &str| tree.as_ref().is_some_and(|tree| tree.root.get(key).is_some());
    match () {
        () if has("stages") => Role::Journey,
        () if has("plays") || has("hide") || name == "playbook.yaml" => Role::Playbook,
        () => Role::Journey,
    }
}
