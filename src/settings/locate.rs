//! Where the workspace is: `-w` > `ATTENT_WORKSPACE` > the nearest folder upwards that holds
//! `attent.yaml` > `attent` among the user's data.
//!
//! A folder that was named must be a workspace: looking elsewhere would answer about other
//! customers than the person meant.

#![allow(clippy::result_large_err, reason = "a problem ends the command: it is made once, never in a loop")]

use std::path::{Path, PathBuf};

use crate::domain::disk::asked;
use crate::domain::problem::Problem;
use crate::domain::shell;
use crate::text;

use super::env::Environment;

/// The file that makes a folder a workspace.
pub const WORKSPACE_FILE: &str = "attent.yaml";

/// What led to the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// `-w` on the command line.
    Flag,
    /// `ATTENT_WORKSPACE`.
    Environment,
    /// The current folder, or one above it.
    Nearest,
    /// The user's data folder.
    DataHome,
}

/// A workspace and what led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The folder that holds `attent.yaml`.
    pub root: PathBuf,
    /// What led to it.
    pub rule: Rule,
}

/// Finds the workspace. `flag` is what `-w` said, a folder or its `attent.yaml`; `here` the current folder.
///
/// # Errors
/// When the folder that was named is no workspace, or when there is none to be found.
pub fn locate(flag: Option<&Path>, environment: &Environment, here: &Path) -> Result<Located, Problem> {
    if let Some(named) = flag {
        return named_folder(named, Rule::Flag, here);
    }
    if let Some(named) = environment.workspace() {
        return named_folder(&named, Rule::Environment, here);
    }
    for folder in here.ancestors() {
        if is_workspace(folder)? {
            return Ok(Located { root: folder.to_owned(), rule: Rule::Nearest });
        }
    }
    match environment.data_home().map(|data| data.join("attent")) {
        Some(root) if is_workspace(&root)? => Ok(Located { root, rule: Rule::DataHome }),
        _ => Err(nowhere(here, environment)),
    }
}

/// The user's settings file, whether it exists or not.
pub fn config_file(environment: &Environment) -> Option<PathBuf> {
    environment.config_home().map(|config| config.join("attent").join("config.yaml"))
}

/// Whether a folder is a workspace. One that lies on a share that was lost may be: to look further would answer about other
/// customers than the person meant.
fn is_workspace(folder: &Path) -> Result<bool, Problem> {
    let file = asked(folder.display(), folder.join(WORKSPACE_FILE).metadata())?;
    Ok(file.is_some_and(|file| file.is_file()))
}

fn named_folder(named: &Path, rule: Rule, here: &Path) -> Result<Located, Problem> {
    let full = here.join(named);
    if is_workspace(&full)? {
        return Ok(Located { root: full, rule });
    }
    match full.parent().filter(|_| full.file_name().is_some_and(|name| name == WORKSPACE_FILE)) {
        Some(folder) if is_workspace(folder)? => Ok(Located { root: folder.to_owned(), rule }),
        _ => Err(no_workspace(named, &full, rule)),
    }
}

fn no_workspace(named: &Path, full: &Path, rule: Rule) -> Problem {
    let folder = named.display();
    let by = if rule == Rule::Flag { "-w" } else { "ATTENT_WORKSPACE" };
    let why = if full.is_dir() {
        text!("the folder has no {WORKSPACE_FILE}", "in de map staat geen {WORKSPACE_FILE}")
    } else if full.exists() {
        text!("it is a file", "het is een bestand")
    } else {
        text!("there is no such folder", "die map bestaat niet")
    };
    let word = shell::path(&folder.to_string());
    Problem::failure(text!("`{folder}`, named by {by}, is not a workspace", "`{folder}`, genoemd door {by}, is geen werkmap"))
        .why(why)
        .todo(text!("make it one with `attent init {word}`", "maak er een van met `attent init {word}`"))
}

fn nowhere(here: &Path, environment: &Environment) -> Problem {
    let here = here.display();
    let own = environment.data_home().map(|data| data.join("attent"));
    let (also_en, also_nl) = own.map_or_else(Default::default, |own| {
        let own = own.display();
        (format!(", nor does `{own}`"), format!(", en `{own}` ook niet"))
    });
    Problem::failure(text!("there is no workspace here", "hier is geen werkmap"))
        .why(text!(
            "neither `{here}` nor a folder above it holds {WORKSPACE_FILE}{also_en}",
            "`{here}` en de mappen erboven bevatten geen {WORKSPACE_FILE}{also_nl}"
        ))
        .todo(text!(
            "start one with `attent init`, name one with `-w FOLDER`, or look around first with `attent demo`",
            "begin er een met `attent init`, noem er een met `-w MAP`, of kijk eerst rond met `attent demo`"
        ))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Four workspaces, one for each rule, and a folder deep in one of them.
    fn four() -> (tempfile::TempDir, Environment) {
        let top = tempfile::tempdir().unwrap();
        for folder in ["flag", "env", "near/deep/er", "data/attent", "near/sub/attent.yaml", "bare"] {
            fs::create_dir_all(top.path().join(folder)).unwrap();
        }
        for folder in ["flag", "env", "near", "data/attent"] {
            fs::write(top.path().join(folder).join(WORKSPACE_FILE), "").unwrap();
        }
        let data = Environment::from_pairs([("XDG_DATA_HOME", top.path().join("data"))]);
        (top, data)
    }

    #[test]
    fn each_rule_goes_before_the_next() {
        let (top, data) = four();
        let at = |folder: &str| top.path().join(folder);
        let env = Environment::from_pairs([("ATTENT_WORKSPACE", at("env")), ("XDG_DATA_HOME", at("data"))]);
        let found = |flag: Option<&str>, environment, here: &str| {
            let located = locate(flag.map(Path::new), environment, &at(here)).unwrap();
            (located.root.strip_prefix(top.path()).unwrap().to_owned(), located.rule)
        };
        assert_eq!(found(Some("../../../flag"), &env, "near/deep/er").1, Rule::Flag);
        assert_eq!(found(Some("flag/attent.yaml"), &env, ""), ("flag".into(), Rule::Flag));
        assert_eq!(found(None, &env, "near/deep/er"), ("env".into(), Rule::Environment));
        assert_eq!(found(None, &data, "near/deep/er"), ("near".into(), Rule::Nearest));
        assert_eq!(found(None, &data, "near/sub"), ("near".into(), Rule::Nearest), "a folder named attent.yaml does not count");
        assert_eq!(found(None, &data, "bare"), ("data/attent".into(), Rule::DataHome));
    }

    #[test]
    fn a_folder_that_was_named_must_be_one_and_nothing_found_says_what_to_do() {
        let (top, data) = four();
        let said = locate(Some(Path::new("bare")), &data, top.path()).unwrap_err();
        assert_eq!(
            (said.why.en.as_str(), said.todo.nl.as_str()),
            ("the folder has no attent.yaml", "maak er een van met `attent init bare`")
        );
        let gone = Environment::from_pairs([("ATTENT_WORKSPACE", "gone")]);
        let said = locate(None, &gone, top.path()).unwrap_err();
        assert_eq!(said.what.en, "`gone`, named by ATTENT_WORKSPACE, is not a workspace");
        assert_eq!(said.why.en, "there is no such folder");
        let said = locate(None, &Environment::default(), &top.path().join("bare")).unwrap_err();
        assert!(said.todo.en.contains("attent init") && said.why.en.ends_with("holds attent.yaml"), "{said}");
    }

    #[test]
    fn the_users_settings_lie_under_config_home() {
        let home = Environment::from_pairs([("HOME", "/home/anna")]);
        assert_eq!(config_file(&home), Some(PathBuf::from("/home/anna/.config/attent/config.yaml")));
        assert_eq!(config_file(&Environment::default()), None);
    }
}
