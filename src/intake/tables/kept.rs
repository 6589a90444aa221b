//! A profile put into the text of `attent.yaml`, in which nothing else changes.

use serde_json::Value as Json;

use super::profile::Profile;
use crate::domain::complaint::Severity;
use crate::domain::text::Text;
use crate::intake::tree::{Entry, Value};
use crate::intake::workspace::{WorkspaceFile, parse_workspace};
use crate::intake::yaml::parse;
use crate::text;

/// The key the profiles stand under.
const KEY: &str = "profiles";

/// The text of a settings file with a profile more: the first under `profiles:`, or at the end when
/// there is no such key. Every line that was there stays as it is, to the byte.
///
/// # Errors
/// Why it cannot be put there: the file has mistakes, or says its profiles in braces, or holds
/// something else that would not read back as before with the profile beside it.
pub fn with_profile(file: &str, profile: &Profile) -> Result<String, Text> {
    let before = usable(file).ok_or_else(mistakes)?;
    let after = inserted(file, profile).ok_or_else(in_braces)?;
    let mut wanted = before.profiles;
    wanted.push(profile.clone());
    wanted.sort_by(|a, b| a.id.cmp(&b.id));
    let kept = usable(&after).is_some_and(|read| read.profiles == wanted) && rest(&after) == rest(file);
    if kept { Ok(after) } else { Err(not_readable()) }
}

/// What a file says, when it has no mistakes.
fn usable(file: &str) -> Option<WorkspaceFile> {
    let parsed = parse_workspace(file.as_bytes());
    let wrong = parsed.complaints.iter().any(|complaint| complaint.severity == Severity::Error);
    parsed.value.filter(|_| !wrong)
}

/// All a file says but its profiles; nothing when it holds only comments.
fn rest(file: &str) -> Json {
    let mut said = parse(file).map_or_else(|_| Json::Object(Default::default()), |tree| tree.root.to_json());
    if let Some(said) = said.as_object_mut() {
        said.remove(KEY);
    }
    said
}

fn inserted(file: &str, profile: &Profile) -> Option<String> {
    let line_end = if file.contains("\r\n") { "\r\n" } else { "\n" };
    let Some(entry) = entry(file) else { return Some(appended(file, profile, line_end)) };
    let own = column(file, entry.key_span.start)?;
    let indent = match &entry.node.value {
        Value::Null => own + 2,
        // a key that does not begin its line stands in braces
        Value::Map(others) => column(file, others.first()?.key_span.start).filter(|column| *column > own)?,
        _ => return None,
    };
    let rest = &file[entry.key_span.start..];
    let (above, below) = match rest.find('\n') {
        Some(at) => (file[..entry.key_span.start + at + 1].to_owned(), &rest[at + 1..]),
        None => (format!("{file}{line_end}"), ""),
    };
    Some(above + &block(profile, indent, line_end) + below)
}

/// The key and what stands under it.
fn entry(file: &str) -> Option<Entry> {
    match parse(file).ok()?.root.value {
        Value::Map(entries) => entries.into_iter().find(|entry| entry.key == KEY),
        _ => None,
    }
}

fn appended(file: &str, profile: &Profile, line_end: &str) -> String {
    let gap = match file {
        "" => String::new(),
        file if !file.ends_with('\n') => line_end.repeat(2),
        file if file.ends_with(&line_end.repeat(2)) => String::new(),
        _ => line_end.to_owned(),
    };
    format!("{file}{gap}{KEY}:{line_end}{}", block(profile, 2, line_end))
}

/// The column of a place, when only spaces stand before it on its line.
fn column(file: &str, place: usize) -> Option<usize> {
    let before = file.get(..place)?;
    let line = before.rsplit('\n').next()?.trim_start_matches('\u{feff}');
    line.bytes().all(|byte| byte == b' ').then_some(line.len())
}

fn block(profile: &Profile, indent: usize, line_end: &str) -> String {
    let lines = profile.to_yaml();
    lines.lines().map(|line| format!("{:indent$}{}{line_end}", "", line.strip_prefix("  ").unwrap_or(line))).collect()
}

fn mistakes() -> Text {
    text!("it has mistakes, which `attent check` shows", "er staan fouten in, die `attent check` laat zien")
}

fn in_braces() -> Text {
    text!("its profiles are not written with a line for each", "de profielen erin staan niet elk op een eigen regel")
}

fn not_readable() -> Text {
    text!("it would no longer read as it does now", "het zou dan niet meer hetzelfde betekenen")
}
