//! Holds a tree against a schema: wrong types, unknown and missing keys and wrong words, all at
//! once, each at its place. The schema is the one editors get, derived from the types below, so
//! what an editor underlines and what `attent check` says come from one place.
//!
//! What is wrong is left out of the JSON that the types are read from, and remembered, so that
//! the mistakes of meaning can still be looked for in the rest of the file: an optional key is
//! dropped, an item of a list of mappings becomes null to keep the others' places.

use std::collections::{BTreeMap, HashSet};

use serde::de::DeserializeOwned;

use super::schema::Schema;
use super::shape_check::Check;
use super::tree::{Path, Tree, Value};
use crate::domain::complaint::{Complaint, Severity, Span};
use crate::domain::text::Text;

/// What was read from a file people write, and all its mistakes in the order of the file.
#[derive(Debug, Clone)]
pub struct Parsed<T> {
    /// The value; `None` when a complaint is an error.
    pub value: Option<T>,
    /// Every mistake; warnings may stand beside a value.
    pub complaints: Vec<Complaint>,
}

impl<T> Parsed<T> {
    /// Keeps a value only when nothing about it is an error, and sorts the mistakes.
    pub(super) fn new(value: Option<T>, mut complaints: Vec<Complaint>) -> Self {
        complaints.sort_by_key(|complaint| complaint.span);
        let fine = complaints.iter().all(|complaint| complaint.severity < Severity::Error);
        Self { value: value.filter(|_| fine), complaints }
    }
}

/// A file whose shape was looked at: the ground on which mistakes of meaning are looked for.
pub(super) struct Shaped<Raw> {
    /// The typed value, as far as it could be read.
    pub raw: Option<Raw>,
    /// The mistakes so far.
    pub complaints: Vec<Complaint>,
    tree: Tree,
    broken: HashSet<Path>,
}

impl<Raw: DeserializeOwned> Shaped<Raw> {
    /// Reads bytes and holds them against a schema.
    ///
    /// # Errors
    /// When they are no YAML at all.
    pub fn read(bytes: &[u8], schema: &Schema<'_>) -> Result<Self, Vec<Complaint>> {
        let mut tree = super::yaml::parse_bytes(bytes)?;
        let mut check = Check::new(schema, std::mem::take(&mut tree.complaints));
        let json = check.node(&tree.root, schema, &Path::default());
        let Check { mut complaints, broken, .. } = check;
        let raw = json.map(serde_json::from_value::<Raw>).and_then(|read| {
            // what follows from a mistake that was told already is not told again
            let told = complaints.iter().any(|complaint| complaint.severity == Severity::Error);
            let wrong = |error: serde_json::Error| {
                if !told {
                    complaints.push(Complaint::error(tree.root.span, Text::same(error.to_string())));
                }
            };
            read.map_err(wrong).ok()
        });
        Ok(Self { raw, complaints, tree, broken })
    }
}

impl<Raw> Shaped<Raw> {
    /// True when nothing at or below a path had a mistake of shape.
    pub fn whole(&self, path: &Path) -> bool {
        !self.broken.contains(path)
    }

    /// Says that the value at a path is wrong.
    pub fn error(&mut self, path: &Path, what: Text) -> &mut Complaint {
        let span = self.tree.span_at(path);
        self.complaints.push(Complaint::error(span, what));
        let last = self.complaints.len() - 1;
        &mut self.complaints[last]
    }

    /// The place of a value.
    pub fn span(&self, path: &Path) -> Span {
        self.tree.span_at(path)
    }

    /// The places of all values by their dotted keys, lists as a whole.
    pub fn places(&self) -> BTreeMap<String, Span> {
        let mut places = BTreeMap::new();
        let mut todo = vec![(String::new(), &self.tree.root)];
        while let Some((prefix, node)) = todo.pop() {
            let Value::Map(entries) = &node.value else { continue };
            for entry in entries.iter().filter(|entry| entry.node.value != Value::Null) {
                let name = if prefix.is_empty() { entry.key.clone() } else { format!("{prefix}.{}", entry.key) };
                places.insert(name.clone(), entry.node.span);
                todo.push((name, &entry.node));
            }
        }
        places
    }

    /// The place of a key.
    pub fn key_span(&self, path: &Path) -> Span {
        self.tree.key_span_at(path)
    }
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
