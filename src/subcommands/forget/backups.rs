//! The copies of the log in the workspace's folder `backups`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::erasing::neutral;
use crate::domain::directory::Mentions;
use crate::domain::phone::Country;
use crate::domain::shell::quoted;
use crate::domain::text::Text;
use crate::ledger::backup::{Companion, companions};
use crate::ledger::{Ledger, holds, told};
use crate::render::pages::forget::{Kind, Line};
use crate::subcommands::context::Context;
use crate::subcommands::output::unreadable;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The folder of copies in a workspace.
pub const FOLDER: &str = "backups";

/// The copies there are, by name.
#[derive(Debug, Default)]
pub struct Copies {
    paths: Vec<PathBuf>,
    /// Links, and the files they lead to out of the folder. Those are not of this workspace's backups, whatever they are.
    links: Vec<(PathBuf, PathBuf)>,
    country: Country,
}

impl Copies {
    /// Looks for them.
    ///
    /// # Errors
    /// When the folder is there and cannot be read.
    pub fn of(workspace: &Workspace) -> Result<Self> {
        let folder = workspace.root.join(FOLDER);
        let entries = match std::fs::read_dir(&folder) {
            Err(err) if err.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            entries => entries.map_err(|err| unreadable(&folder, &err))?,
        };
        let is_copy = |path: &PathBuf| path.is_file() && path.extension().is_some_and(|extension| extension == "db");
        let (mut paths, mut links) = (Vec::new(), Vec::new());
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())).filter(&is_copy) {
            match led_out_of(&folder, &path) {
                Some(target) => links.push((path, target)),
                // What a link within the folder leads to is there by its own name.
                None if path.is_symlink() && path.canonicalize().is_ok_and(|target| is_copy(&target)) => {}
                None => paths.push(path),
            }
        }
        paths.sort();
        links.sort();
        Ok(Self { paths, links, country: Country::of(&workspace.settings.country).unwrap_or_default() })
    }

    /// Where they are.
    pub fn paths(&self) -> &[PathBuf] {
        &self.paths
    }

    /// Whether any copy has a customer of one of these names or keys.
    pub fn have(&self, keys: &[String]) -> bool {
        self.paths.iter().any(|path| holds(path, keys).is_ok_and(|ids| !ids.is_empty()))
    }

    /// The copies that have a customer of one of these names or keys, and those that cannot be looked into.
    pub fn holding(&self, keys: &[String], name: &str, will_be_erased: bool) -> Vec<Line> {
        let told = |path: &PathBuf| match holds(path, keys) {
            Ok(ids) if ids.is_empty() => None,
            Ok(_) if will_be_erased => Some(text!("they would be erased from it", "ze worden eruit gewist")),
            Ok(_) => {
                let name = quoted(name);
                Some(text!("still has them: `attent forget {name} --backups`", "heeft ze nog: `attent forget {name} --backups`"))
            }
            Err(err) => Some(not_read(&err)),
        };
        let beside = |path: &PathBuf| self.written_in(path, keys, true);
        let told = self.paths.iter().flat_map(|path| told(path).map(|said| line(path, said)).into_iter().chain(beside(path)));
        told.chain(self.not_followed()).collect()
    }

    /// Likewise, for who asks what is known of them.
    pub fn naming(&self, keys: &[String]) -> Vec<Line> {
        let told = |path: &PathBuf| match holds(path, keys) {
            Ok(ids) if ids.is_empty() => None,
            Ok(_) => Some(text!("a backup that has them too", "een backup waar ze ook in staan")),
            Err(err) => Some(not_read(&err)),
        };
        let beside = |path: &PathBuf| self.written_in(path, keys, false);
        let told = self.paths.iter().flat_map(|path| told(path).map(|said| line(path, said)).into_iter().chain(beside(path)));
        told.chain(self.not_followed()).collect()
    }

    /// The links that were left as they are.
    fn not_followed(&self) -> impl Iterator<Item = Line> {
        self.links.iter().map(|(path, target)| {
            let target = target.display();
            line(
                path,
                text!(
                    "not looked into: a link out of this folder, to {target}",
                    "niet bekeken: een link naar buiten deze map, naar {target}"
                ),
            )
        })
    }

    /// Erases a person from every copy, mentions included, as from the log.
    ///
    /// # Errors
    /// Never: a copy that cannot be read or written is told.
    pub fn erase(&self, context: &Context, workspace: &Workspace, keys: &[String]) -> Result<Vec<Line>> {
        let said = |path: &PathBuf| match one(context, workspace, path, keys) {
            Ok((0, 0)) => text!("did not have them", "had ze niet"),
            Ok((0, n)) => text!("mentions taken out: {n}", "vermeldingen eruit gehaald: {n}"),
            Ok(_) => text!("erased from it", "eruit gewist"),
            Err(err) => not_read(&err),
        };
        let erased = self.paths.iter().flat_map(|path| [line(path, said(path))].into_iter().chain(self.written_in(path, keys, true)));
        Ok(erased.chain(self.not_followed()).collect())
    }

    /// The files people wrote that are in a copy and name them. Those are left as they are, there as in the workspace.
    fn written_in(&self, path: &Path, keys: &[String], to_erase: bool) -> Vec<Line> {
        let mut mentions = Mentions::new(self.country);
        keys.iter().for_each(|key| mentions.add(key));
        // A copy that cannot be read was told of already.
        let written = companions(path).unwrap_or_default();
        let named = written.files.iter().filter_map(|companion| names_them(companion, &mentions, to_erase));
        let unread = written
            .too_large
            .iter()
            .map(|name| text!("perhaps: {name} in it is too large to look into", "misschien: {name} erin is te groot om te bekijken"));
        named.chain(unread).map(|said| line(path, said)).collect()
    }
}

/// Where a link leads that goes out of a folder.
fn led_out_of(folder: &Path, path: &Path) -> Option<PathBuf> {
    let target = path.canonicalize().ok().filter(|_| path.is_symlink())?;
    (target.parent() != folder.canonicalize().ok().as_deref()).then_some(target)
}

/// In which lines a file that is in a copy names them, or may.
fn names_them(companion: &Companion, mentions: &Mentions, to_erase: bool) -> Option<Text> {
    let text = String::from_utf8_lossy(&companion.bytes);
    let lines = text.lines().enumerate().filter(|(_, line)| mentions.named_in(line));
    let said = |(n, line): (usize, &str)| match mentions.find(line).sure.is_empty() {
        false => text!("line {}", "regel {}", n + 1),
        true => text!("perhaps line {}", "misschien regel {}", n + 1),
    };
    let (en, nl): (Vec<_>, Vec<_>) = lines.map(said).map(|said| (said.en, said.nl)).unzip();
    let name = &companion.name;
    let stays =
        if to_erase { text!("; that stays until you delete the copy", "; dat blijft tot je de kopie verwijdert") } else { Text::default() };
    (!en.is_empty()).then(|| {
        Text::new(
            format!("{name} in it names them: {}{}", en.join(", "), stays.en),
            format!("{name} erin noemt ze: {}{}", nl.join(", "), stays.nl),
        )
    })
}

/// Gives how many customers went, and how many mentions.
fn one(context: &Context, workspace: &Workspace, path: &Path, keys: &[String]) -> Result<(usize, u64)> {
    let mut copy = Ledger::open_copy(path, workspace.courses.clone(), workspace.default_course)?;
    let ids = holds(path, keys)?;
    let erased = copy.forget(context.now(), &ids, keys, context.country(), &neutral(workspace), true)?;
    copy.finish_erasing()?;
    Ok((ids.len(), erased.rewritten.count + erased.earlier))
}

fn line(path: &Path, said: Text) -> Line {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Line { kind: Kind::Copy, place: Text::same(format!("{FOLDER}/{name}")), text: said }
}

fn not_read(err: &anyhow::Error) -> Text {
    let why = told(err).map_or_else(|| Text::same(err.to_string()), |problem| problem.what);
    Text::new(format!("could not be looked into: {}", why.en), format!("kon niet worden bekeken: {}", why.nl))
}
