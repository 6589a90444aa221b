//! What is known of one customer, as the log keeps it: for who asks what you have of them.
//!
//! A customer of many years has a hundred thousand contacts. So rows are kept packed, as the JSON array of their
//! values, and read one by one when a page shows them.

use std::sync::Arc;

/// A part of what is known of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The customer: one row.
    Customer,
    /// Addresses, numbers, other names.
    Keys,
    /// Birthdays, postal addresses, what they like.
    Particulars,
    /// Through whom they came, and who came through them.
    Referrals,
    /// Contacts, planned ones included.
    Contacts,
    /// What went wrong and how it was made good.
    Incidents,
    /// What was proposed, and what became of it.
    Nudges,
    /// Gifts thought of, planned and given.
    Gifts,
    /// Where what is known was read from.
    Files,
    /// What was done that touched them.
    Entries,
    /// What rows of theirs were before they were changed or taken out.
    Versions,
    /// Where they are named in what is recorded about others.
    Mentions,
}

impl Part {
    /// Every part, in the order in which a page shows them.
    pub const ALL: [Self; 12] = [
        Self::Customer,
        Self::Keys,
        Self::Particulars,
        Self::Referrals,
        Self::Contacts,
        Self::Incidents,
        Self::Nudges,
        Self::Gifts,
        Self::Files,
        Self::Entries,
        Self::Versions,
        Self::Mentions,
    ];
}

/// Rows of one kind, packed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    columns: Vec<&'static str>,
    rows: String,
    ends: Vec<usize>,
}

impl Section {
    /// A section without rows, of these columns.
    pub fn new(columns: Vec<&'static str>) -> Self {
        Self { columns, ..Self::default() }
    }

    /// Adds a row: a JSON array with a value for each column.
    pub fn push(&mut self, row: &str) {
        self.rows.push_str(row);
        self.ends.push(self.rows.len());
    }

    /// The names of the columns.
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The row at a place, as it was added; empty where there is none.
    pub fn row(&self, at: usize) -> &str {
        let from = if at == 0 { Some(&0) } else { self.ends.get(at - 1) };
        let range = from.zip(self.ends.get(at)).map(|(from, to)| *from..*to);
        range.and_then(|range| self.rows.get(range)).unwrap_or_default()
    }
}

/// Everything the log knows of somebody.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    /// The parts, in the order of [`Part::ALL`]; mentions only when they were asked for.
    pub parts: Vec<(Part, Arc<Section>)>,
    /// Everything they were ever known by, as written: for looking in files.
    pub keys: Vec<String>,
}

impl Dossier {
    /// One part; `None` when it was not asked for.
    pub fn part(&self, part: Part) -> Option<&Arc<Section>> {
        self.parts.iter().find(|(of, _)| *of == part).map(|(_, section)| section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_went_in() {
        let mut section = Section::new(vec!["a"]);
        assert!(section.is_empty());
        ["[1]", "[\"é\"]", "[null]"].iter().for_each(|row| section.push(row));
        assert_eq!([0, 1, 2, 3].map(|at| section.row(at).to_owned()), ["[1]", "[\"é\"]", "[null]", ""]);
        assert_eq!((section.len(), section.columns()), (3, &["a"][..]));
    }
}
