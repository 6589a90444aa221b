//! Where the columns of a profile stand in one file.

use super::profile::{Profile, Source, Target, same_column};
use super::raw::Gives;
use crate::domain::text::Text;
use crate::intake::near::{shorten, suggest};
use crate::text;

/// The lists of places of each target; the first that says something counts.
#[derive(Debug, Clone)]
pub(in crate::intake) struct Layout {
    places: Vec<(Target, Vec<Vec<usize>>)>,
    /// The place of each column of `only:`, `None` for one that may be missing and is.
    pub(super) only: Vec<Option<usize>>,
    /// The names of the columns, as in the file.
    pub(super) header: Vec<String>,
}

impl Layout {
    /// Finds the columns.
    ///
    /// # Errors
    /// When one that must be there is not.
    pub(in crate::intake) fn new(profile: &Profile, header: Vec<String>) -> Result<Self, Text> {
        let place = |column: &str| header.iter().position(|name| same_column(name, column));
        let mut places = Vec::new();
        for (target, source) in &profile.columns {
            let found = match source {
                Source::Columns(columns) => {
                    vec![columns.iter().map(|column| place(column).ok_or_else(|| absent(column, &header))).collect::<Result<_, _>>()?]
                }
                Source::Choice(lists) => lists.iter().filter_map(|list| list.iter().map(|column| place(column)).collect()).collect(),
            };
            if !found.is_empty() {
                places.push((*target, found));
            }
        }
        let has = |target: Target| places.iter().any(|(known, _)| *known == target);
        if profile.gives != Gives::Customers && !has(Target::At) {
            return Err(nowhere(profile, Target::At, &header));
        }
        if !Target::WHO.into_iter().any(has) {
            let first = Target::WHO.into_iter().find(|target| profile.source(*target).is_some());
            return Err(nowhere(profile, first.unwrap_or(Target::Customer), &header));
        }
        let mut only = Vec::new();
        for (column, words) in &profile.only {
            let found = place(column);
            if found.is_none() && !words.iter().any(String::is_empty) {
                return Err(absent(column, &header));
            }
            only.push(found);
        }
        Ok(Self { places, only, header })
    }

    /// The fields of a target that say something, from the first list that has any, and the column of
    /// the first of them.
    pub(super) fn parts<'f>(&self, fields: &'f [String], target: Target) -> (Vec<&'f str>, &str) {
        let lists = self.places.iter().find(|(known, _)| *known == target).map_or(&[][..], |(_, lists)| lists);
        for list in lists {
            let said = |place: &&usize| fields.get(**place).is_some_and(|field| !field.is_empty());
            if let Some(first) = list.iter().find(said) {
                let parts = list.iter().filter(said).map(|place| fields[*place].as_str()).collect();
                return (parts, &self.header[*first]);
            }
        }
        let column = lists.first().and_then(|list| self.header.get(*list.first()?)).map_or("", String::as_str);
        (Vec::new(), column)
    }
}

fn absent(column: &str, header: &[String]) -> Text {
    let shown = shorten(column.trim());
    let names: Vec<&str> = header.iter().map(String::as_str).filter(|name| !name.is_empty()).take(30).collect();
    let help = suggest(&shown, &names);
    let (en, nl) = (help.en, help.nl);
    text!("the file has no column `{shown}`; {en}", "het bestand heeft geen kolom `{shown}`; {nl}")
}

/// None of the columns a target may have is there.
fn nowhere(profile: &Profile, target: Target, header: &[String]) -> Text {
    let wanted = profile.source(target).and_then(|source| source.lists().first()?.first().cloned());
    absent(&wanted.unwrap_or_else(|| target.key().to_owned()), header)
}
