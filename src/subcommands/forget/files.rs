//! Files that name somebody. attent changes no file that people wrote or that another program keeps: it says where
//! to look.

use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Result;

use super::pieces;
use crate::domain::directory::Mentions;
use crate::domain::numbers::count;
use crate::domain::text::Text;
use crate::ledger::is_connected;
use crate::render::pages::forget::{Kind, Line};
use crate::render::wrap::clip;
use crate::subcommands::check_files::of_workspace;
use crate::subcommands::context::Context;
use crate::subcommands::files;
use crate::subcommands::sync::resolve;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// So much of one file is looked into, and so many files of a source.
const MOST_BYTES: u64 = 64 << 20;
const MOST_FILES: usize = 20_000;
/// So many files of a source are named.
const NAMED: usize = 20;
/// So much of a line is shown.
const SHOWN: usize = 100;
/// Files whose text is packed.
const PACKED: &[&str] = &["gz", "xlsx", "xls", "xlsb", "ods", "zip"];

/// The lines of the workspace's files, and the files of its sources, in which somebody is named.
///
/// # Errors
/// Never; a source that cannot be read is told.
pub fn naming(context: &Context, workspace: &Workspace, keys: &[String]) -> Result<Vec<Line>> {
    let mut mentions = Mentions::new(context.country());
    keys.iter().for_each(|key| mentions.add(key));
    let mut found = Vec::new();
    for subject in of_workspace(context, &workspace.root, true) {
        let text = String::from_utf8_lossy(subject.bytes().unwrap_or_default());
        for (n, line) in text.lines().enumerate().filter(|(_, line)| mentions.named_in(line)) {
            let place = Text::same(format!("{}:{}", subject.shown, n + 1));
            let stands = clip(line.trim(), SHOWN, "…");
            let sure = !mentions.find(line).sure.is_empty();
            let text = if sure { Text::same(stands) } else { text!("perhaps: {stands}", "misschien: {stands}") };
            found.push(Line { kind: Kind::File, place, text });
        }
    }
    for (path, shown) in sources(workspace) {
        found.extend(of_source(&path, shown, &mentions));
    }
    Ok(found)
}

/// Where the sources are, and as what they are shown.
pub fn sources(workspace: &Workspace) -> impl Iterator<Item = (PathBuf, &str)> {
    workspace.settings.imports.sources.iter().map(|source| (resolve(workspace, &source.path), source.path.as_str()))
}

fn of_source(path: &Path, shown: &str, mentions: &Mentions) -> Vec<Line> {
    let mut files = Vec::new();
    walk(path, &mut files);
    let beyond = files.len() > MOST_FILES;
    files.truncate(MOST_FILES);
    let (mut found, mut unread) = (Vec::new(), 0_u64);
    for file in &files {
        let name = if file == path { shown.to_owned() } else { file.display().to_string() };
        let line = |said: Text| Line { kind: Kind::File, place: Text::same(name.clone()), text: said };
        match lines_naming(file, mentions) {
            Some(0) if mentions.named_in(&name) => found.push(line(text!("by its name", "door de naam"))),
            Some(0) => {}
            Some(n) => found.push(line(pieces::said(n))),
            None => unread += 1,
        }
    }
    let more = found.len().saturating_sub(NAMED);
    found.truncate(NAMED);
    let rest = |said: Text| Line { kind: Kind::File, place: Text::same(shown), text: said };
    if more > 0 {
        found.push(rest(text!("and {more} files more", "en nog {more} bestanden")));
    }
    if beyond {
        let most = count(MOST_FILES as u64);
        found.push(rest(Text::new(
            format!("perhaps: it has more than {} files, and the others were not looked through", most.en),
            format!("misschien: er zijn meer dan {} bestanden, en de andere zijn niet bekeken", most.nl),
        )));
    }
    if unread > 0 {
        found.push(rest(text!(
            "not all of it could be looked into: packed, too large, or not to be read",
            "niet alles kon worden bekeken: ingepakt, te groot of niet te lezen"
        )));
    }
    found
}

/// The files below a path: as many as are looked into, and one more when there are more.
fn walk(path: &Path, into: &mut Vec<PathBuf>) {
    if into.len() > MOST_FILES {
        return;
    }
    if path.is_dir() {
        let Ok(entries) = std::fs::read_dir(path) else { return };
        let mut all: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| !path.is_symlink()).collect();
        all.sort();
        all.iter().for_each(|path| walk(path, into));
    } else if !is_connected(path) {
        // The log and its copies are looked into row by row.
        into.push(path.to_owned());
    }
}

/// How many lines of a file name somebody; `None` when it could not be looked into, or not wholly.
fn lines_naming(path: &Path, mentions: &Mentions) -> Option<u64> {
    let packed = path.extension().is_some_and(|extension| PACKED.iter().any(|packed| extension.eq_ignore_ascii_case(packed)));
    if packed || !path.is_file() || path.metadata().ok()?.len() > MOST_BYTES {
        return None;
    }
    let file = files::open(path).ok()?;
    pieces::lines_naming(&mut BufReader::new(file.take(MOST_BYTES)), mentions, &|text| text).ok()
}
