//! Exports and answers that were written into the workspace's folder, or beside the copies: they name whom they named
//! when they were written. attent deletes no file that somebody asked for: it says which name somebody.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use flate2::bufread::MultiGzDecoder;

use super::backups::FOLDER;
use super::{files, pieces};
use crate::domain::directory::Mentions;
use crate::domain::numbers::{count, counted};
use crate::domain::text::Text;
use crate::render::pages::forget::{Kind, Line};
use crate::subcommands::context::Context;
use crate::subcommands::files::open;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// The endings of what attent writes for people and programs; `.gz` behind them is looked through.
const ENDINGS: &[&str] = &["jsonl", "json", "csv", "md", "html"];
/// So much is looked into of one file, and of all together, unpacked.
const MOST_OF_ONE: u64 = 64 << 20;
const MOST: u64 = 256 << 20;
/// So many files of a folder are looked into.
const MOST_FILES: usize = 1_000;

/// The files that name somebody, and whether all could be looked into.
pub fn to_delete(context: &Context, workspace: &Workspace, keys: &[String]) -> Vec<Line> {
    let mut mentions = Mentions::new(context.country());
    keys.iter().for_each(|key| mentions.add(key));
    let sources: BTreeSet<PathBuf> = files::sources(workspace).map(|(path, _)| path).collect();
    let (candidates, beyond) = candidates(&workspace.root);
    let (mut found, mut unread, mut left) = (Vec::new(), beyond, MOST);
    for (path, shown) in candidates.into_iter().filter(|(path, _)| !path.ancestors().any(|above| sources.contains(above))) {
        let looked = look(&path, &mut left, &mentions);
        let line = |text: Text| Line { kind: Kind::Delete, place: Text::same(shown.clone()), text };
        match looked {
            (0, true) if mentions.named_in(&shown) => found.push(line(text!("by its name", "door de naam"))),
            (0, true) => {}
            (n, true) => found.push(line(pieces::said(n))),
            (0, false) => unread.push(Line {
                kind: Kind::File,
                place: Text::same(shown.clone()),
                text: text!(
                    "perhaps: not all of it could be looked into, it is too large or not to be read",
                    "misschien: niet alles kon worden bekeken, het is te groot of niet te lezen"
                ),
            }),
            (_, false) => found.push(line(text!("not all of it could be looked into", "niet alles kon worden bekeken"))),
        }
    }
    found.extend(unread);
    found
}

/// Files of these endings in the folder itself and in that of the copies, by name; and where there are more of them.
fn candidates(root: &Path) -> (Vec<(PathBuf, String)>, Vec<Line>) {
    let (mut all, mut beyond) = (Vec::new(), Vec::new());
    for (folder, before) in [(root.to_owned(), String::new()), (root.join(FOLDER), format!("{FOLDER}/"))] {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        let files = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
        let mut here: Vec<(PathBuf, String)> =
            files.map(|entry| (entry.path(), format!("{before}{}", entry.file_name().to_string_lossy()))).collect();
        here.retain(|(_, shown)| ending(shown).is_some());
        here.sort();
        let place = if before.is_empty() { root.display().to_string() } else { before };
        if here.len() > MOST_FILES {
            beyond.push(beyond_the_most(here.len() - MOST_FILES, place));
        }
        here.truncate(MOST_FILES);
        all.extend(here);
    }
    (all, beyond)
}

/// That a folder has more files than were looked through.
fn beyond_the_most(more: usize, folder: String) -> Line {
    let most = count(MOST_FILES as u64);
    let more = counted(
        more as u64,
        ["file in this folder was", "files in this folder were"],
        ["bestand in deze map is", "bestanden in deze map zijn"],
    );
    let said = Text::new(
        format!("perhaps: {} not looked through; only the first {} by name were", more.en, most.en),
        format!("misschien: {} niet bekeken; alleen de eerste {} op naam wel", more.nl, most.nl),
    );
    Line { kind: Kind::File, place: Text::same(folder), text: said }
}

/// The ending by which a file is known, and whether it is packed.
fn ending(name: &str) -> Option<(&'static str, bool)> {
    let name = name.to_lowercase();
    let (name, packed) = name.strip_suffix(".gz").map_or((name.as_str(), false), |name| (name, true));
    let (_, last) = name.rsplit_once('.')?;
    ENDINGS.iter().find(|ending| **ending == last).map(|ending| (*ending, packed))
}

/// How many lines name somebody, and whether all of it could be looked into.
fn look(path: &Path, left: &mut u64, mentions: &Mentions) -> (u64, bool) {
    let (Ok(file), Some((ending, packed))) = (open(path), ending(&path.to_string_lossy())) else { return (0, false) };
    let file = BufReader::new(file);
    let whole: Box<dyn BufRead> = if packed { Box::new(BufReader::new(MultiGzDecoder::new(file))) } else { Box::new(file) };
    let most = MOST_OF_ONE.min(*left);
    let mut rationed = whole.take(most);
    let found = pieces::lines_naming(&mut rationed, mentions, &|text| plain(ending, text));
    *left -= most - rationed.limit();
    (found.as_ref().map_or(0, |found| *found), found.is_ok() && rationed.limit() > 0)
}

/// Words as they were before they were written into a file of this kind.
fn plain<'t>(ending: &str, text: Cow<'t, str>) -> Cow<'t, str> {
    let marks: &[(&str, &str)] = match ending {
        "html" | "md" => &[("\\", ""), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")],
        "json" | "jsonl" => &[("\\\"", "\"")],
        _ => &[("\"\"", "\"")],
    };
    marks.iter().fold(text, |text, (mark, meant)| if text.contains(mark) { Cow::Owned(text.replace(mark, meant)) } else { text })
}
