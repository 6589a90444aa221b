//! `sources:` in `attent.yaml`: where contacts are read from, for `attent sync`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::kinds::FileKind;
use super::raw::{OneOrMany, lower};
use super::shape::Shaped;
use super::tables::Profile;
use super::tables::profiles::shipped;
use super::tree::Path;
use super::workspace::RawWorkspace;
use crate::domain::text::Text;
use crate::text;

/// A file or folder that contacts are read from.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSource {
    /// The file or folder; `~` is your home, anything else not starting with `/` lies in this folder.
    #[schemars(length(min = 1), example = &"~/Maildir")]
    pub path: String,
    /// What it holds, when its beginning does not tell.
    #[serde(rename = "as")]
    pub kind: Option<RawKind>,
    /// The profile that says what the columns of a table mean, when the header does not tell.
    pub profile: Option<String>,
    /// Only contacts from this day on.
    #[schemars(regex(pattern = "^\\d{4}-\\d{2}-\\d{2}$"), example = &"2026-01-01")]
    pub since: Option<String>,
    /// Whether people you write with who are no customers yet become customers; no when left out.
    pub new: Option<bool>,
    /// Of an address book: only cards in one of these categories.
    pub only: Option<OneOrMany<String>>,
}

/// A kind of file.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "FileKind tells what they are")]
pub enum RawKind {
    Mbox,
    Eml,
    Maildir,
    Ics,
    Vcf,
    Csv,
    Xlsx,
    Xes,
}

impl From<RawKind> for FileKind {
    fn from(raw: RawKind) -> Self {
        match raw {
            RawKind::Mbox => Self::Mbox,
            RawKind::Eml => Self::Eml,
            RawKind::Maildir => Self::Maildir,
            RawKind::Ics => Self::Ics,
            RawKind::Vcf => Self::Vcf,
            RawKind::Csv => Self::Csv,
            RawKind::Xlsx => Self::Xlsx,
            RawKind::Xes => Self::Xes,
        }
    }
}

/// A source as it is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The file or folder as written.
    pub path: String,
    /// What it holds, if said.
    pub kind: Option<FileKind>,
    /// The id of a profile, if said.
    pub profile: Option<String>,
    /// Only contacts from this day on, `2026-01-31`.
    pub since: Option<String>,
    /// Whether people who are no customers yet become customers.
    pub new: bool,
    /// Only cards in one of these categories, lower case; all when empty.
    pub only: Vec<String>,
}

/// How a day is written: the one that was meant, where that can be seen.
fn since_help(typed: &str) -> Text {
    let ways = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d"];
    match ways.iter().find_map(|way| chrono::NaiveDate::parse_from_str(typed.trim(), way).ok()) {
        Some(day) => text!("write {day}", "schrijf {day}"),
        None => {
            text!("write the year, the month and the day, such as 2026-01-31", "schrijf het jaar, de maand en de dag, zoals 2026-01-31")
        }
    }
}

/// Reads the sources; mistakes are told at their place.
///
/// One that had a mistake of shape is `None`, and is not looked at again.
pub(super) fn sources(file: &mut Shaped<RawWorkspace>, raw: Vec<Option<RawSource>>, profiles: &[Profile]) -> Vec<Source> {
    let mut found: Vec<Source> = Vec::new();
    let whole = raw.into_iter().enumerate().filter_map(|(n, source)| Some((n, source?)));
    for (n, source) in whole {
        let place = Path::default().key("sources").index(n);
        if found.iter().any(|earlier| earlier.path == source.path) {
            let path = super::near::shorten(&source.path);
            file.error(&place.key("path"), text!("`{path}` stands in the list twice", "`{path}` staat twee keer in de lijst"));
            continue;
        }
        if let Some(since) = &source.since
            && chrono::NaiveDate::parse_from_str(since, "%Y-%m-%d").is_err()
        {
            let since = super::near::shorten(since);
            let what = text!("`{since}` is not a day of the calendar", "`{since}` is geen dag van de kalender");
            file.error(&place.key("since"), what).help = since_help(&since);
        }
        if let Some(id) = &source.profile {
            let known: Vec<&str> = profiles.iter().chain(shipped()).map(|profile| profile.id.as_str()).collect();
            if !known.contains(&id.as_str()) {
                let shown = super::near::shorten(id);
                let complaint = file.error(&place.key("profile"), text!("there is no profile `{shown}`", "er is geen profiel `{shown}`"));
                complaint.help = super::near::suggest(id, &known);
            }
        }
        found.push(Source {
            path: source.path,
            kind: source.kind.map(FileKind::from),
            profile: source.profile,
            since: source.since,
            new: source.new.unwrap_or(false),
            only: lower(source.only),
        });
    }
    found
}
