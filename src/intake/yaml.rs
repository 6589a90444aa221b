//! The one module that touches the YAML library: text in, a tree with places out.
//!
//! Decided here for every file: `yes` and `no` are words and not booleans, `012` and `1_000` are
//! text, one document a file, and a mapping has a key once. Merge keys and aliases work within
//! bounds that no honest file reaches: a bomb is refused in milliseconds.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use serde_yaml::options::{DuplicateKeyPolicy, NonFiniteFloatPolicy};
use serde_yaml::{Error, Location, Options, Spanned};

use super::tree::{Entry, Node, Tree, Value};
use super::yaml_words::{bomb, syntax};
use crate::domain::complaint::{Complaint, Span};
use crate::domain::limits::{LARGEST_FILE, LONGEST_NOTE};
use crate::text;

/// A level takes some 30 KB of stack in a debug build; a journey needs six levels.
const DEEPEST: usize = 24;
const MOST_NODES: usize = 5_000_000;
const MOST_REPLAYED: usize = 100_000;
const BOM: &str = "\u{feff}";

/// Reads the bytes of a file.
///
/// # Errors
/// The mistake that makes it no YAML at all; there is always exactly one.
pub fn parse_bytes(bytes: &[u8]) -> Result<Tree, Vec<Complaint>> {
    match std::str::from_utf8(bytes) {
        Ok(text) => parse(text),
        Err(wrong) => Err(vec![not_utf8(bytes, wrong.valid_up_to())]),
    }
}

/// Reads a text.
///
/// # Errors
/// As [`parse_bytes`].
pub fn parse(text: &str) -> Result<Tree, Vec<Complaint>> {
    if text.len() > LARGEST_FILE {
        let what = text!("this file is larger than 2 MB", "dit bestand is groter dan 2 MB");
        return Err(vec![Complaint::error(Span::default(), what)]);
    }
    let body = text.strip_prefix(BOM).unwrap_or(text);
    let source = Source { text: body, shift: text.len() - body.len() };
    let tree = match serde_yaml::from_str_with_options::<Spanned<Raw>>(body, options()) {
        Ok(raw) => source.tree(raw),
        Err(error) => return Err(vec![source.complaint(&error)]),
    };
    if tree.root.value == Value::Null { Err(vec![empty(body)]) } else { Ok(tree) }
}

fn options() -> Options {
    serde_yaml::options! {
        budget: serde_yaml::budget! {
            max_depth: DEEPEST,
            max_nodes: MOST_NODES,
            max_events: 3 * MOST_NODES,
            max_documents: 2,
        },
        alias_limits: serde_yaml::alias_limits! { max_total_replayed_events: MOST_REPLAYED },
        duplicate_keys: DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
        non_finite_float_policy: NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    }
}

/// A text no longer than a note; of a longer one, which is a mistake, the beginning.
fn within_bounds(value: String, span: Span, complaints: &mut Vec<Complaint>) -> String {
    let Some((end, _)) = value.char_indices().nth(LONGEST_NOTE) else { return value };
    let what = text!("this text is longer than {LONGEST_NOTE} characters", "deze tekst is langer dan {LONGEST_NOTE} tekens");
    complaints.push(Complaint::error(span, what));
    value[..end].to_owned()
}

fn empty(text: &str) -> Complaint {
    let comments = text.lines().any(|line| line.trim_start().starts_with('#'));
    let what = if comments {
        text!("this file holds nothing but comments", "dit bestand bevat alleen commentaar")
    } else {
        text!("this file is empty", "dit bestand is leeg")
    };
    Complaint::error(Span::default(), what)
}

fn not_utf8(bytes: &[u8], at: usize) -> Complaint {
    let span = Span { start: at, end: at + 1 };
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let looks = if wide { "UTF-16" } else { "Latin-1 (Windows-1252)" };
    Complaint::error(span, text!("this file is not UTF-8; it looks like {looks}", "dit bestand is geen UTF-8; het lijkt {looks}"))
        .help(text!("save it as UTF-8 in your editor", "sla het in je editor op als UTF-8"))
}

/// A value as the library hands it over.
enum Raw {
    Null,
    Bool(bool),
    Number(Number),
    Text(String),
    List(Vec<Spanned<Raw>>),
    Map(Vec<(Spanned<String>, Spanned<Raw>)>),
}

impl<'de> Deserialize<'de> for Raw {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RawVisitor)
    }
}

struct RawVisitor;

impl<'de> Visitor<'de> for RawVisitor {
    type Value = Raw;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a YAML value")
    }

    fn visit_unit<E>(self) -> Result<Raw, E> {
        Ok(Raw::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Raw, E> {
        Ok(Raw::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Raw, E> {
        Ok(Raw::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Raw, E> {
        Ok(Number::from_f64(value).map_or_else(|| Raw::Text(value.to_string()), Raw::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Raw, E> {
        Ok(Raw::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Raw, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Raw::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Raw, A::Error> {
        let mut map = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            map.push(entry);
        }
        Ok(Raw::Map(map))
    }
}

/// The text without its BOM, and how many bytes the BOM took.
struct Source<'a> {
    text: &'a str,
    shift: usize,
}

impl Source<'_> {
    fn tree(&self, raw: Spanned<Raw>) -> Tree {
        let mut complaints = Vec::new();
        let root = self.node(raw, Span { start: self.shift, end: self.shift }, &mut complaints);
        complaints.sort_by_key(|complaint: &Complaint| complaint.span);
        Tree { root, complaints }
    }

    /// `fallback` is where a value stands that takes no room of its own.
    fn node(&self, raw: Spanned<Raw>, fallback: Span, complaints: &mut Vec<Complaint>) -> Node {
        let span = self.span(raw.referenced).unwrap_or(fallback);
        let spelling = |otherwise: String| {
            let written = self.span(raw.defined).and_then(|span| self.text.get(span.start - self.shift..span.end - self.shift));
            written.map_or(otherwise, str::to_owned)
        };
        match raw.value {
            Raw::Null => Node { span: if span.start == span.end { fallback } else { span }, value: Value::Null },
            Raw::Bool(value) => Node { span, value: Value::Bool(value, spelling(value.to_string())) },
            Raw::Number(value) => Node { span, value: Value::Number(value.clone(), spelling(value.to_string())) },
            Raw::Text(value) => {
                let span = self.first_line(span);
                let value = within_bounds(value, span, complaints);
                Node { span, value: Value::Text(value) }
            }
            Raw::List(items) => {
                let first = self.first_character(span);
                Node { span: first, value: Value::List(items.into_iter().map(|item| self.node(item, first, complaints)).collect()) }
            }
            Raw::Map(entries) => self.map(entries, span, complaints),
        }
    }

    fn map(&self, raw: Vec<(Spanned<String>, Spanned<Raw>)>, span: Span, complaints: &mut Vec<Complaint>) -> Node {
        let mut entries: Vec<Entry> = Vec::with_capacity(raw.len());
        let mut places = std::collections::HashMap::new();
        for (key, value) in raw {
            let key_span = self.span(key.referenced).unwrap_or(span);
            let node = self.node(value, key_span, complaints);
            if let Some(&first) = places.get(&key.value) {
                complaints.push(twice(&key.value, key_span, first));
                continue;
            }
            places.insert(key.value.clone(), key_span);
            entries.push(Entry { key: key.value, key_span, node });
        }
        let span = entries.first().map_or_else(|| self.first_character(span), |entry| entry.key_span);
        Node { span, value: Value::Map(entries) }
    }

    fn span(&self, location: Location) -> Option<Span> {
        let start = usize::try_from(location.span().byte_offset()?).ok()?.min(self.text.len());
        let length = usize::try_from(location.span().byte_len()?).ok()?;
        let end = start.saturating_add(length).min(self.text.len());
        Some(Span { start: start + self.shift, end: end + self.shift })
    }

    fn first_character(&self, span: Span) -> Span {
        let rest = self.text.get(span.start - self.shift..).unwrap_or_default();
        Span { start: span.start, end: span.start + rest.chars().next().map_or(0, char::len_utf8) }
    }

    fn first_line(&self, span: Span) -> Span {
        let written = self.text.get(span.start - self.shift..span.end - self.shift).unwrap_or_default();
        Span { start: span.start, end: span.start + written.lines().next().unwrap_or_default().len() }
    }

    fn complaint(&self, error: &Error) -> Complaint {
        let start = error.location().map_or(0, |location| self.offset(location));
        if let Some(tab) = self.tab_indent(start) {
            let span = Span { start: tab + self.shift, end: tab + 1 + self.shift };
            return Complaint::error(span, text!("a tab is used to indent", "er is met een tab ingesprongen"))
                .help(text!("YAML is indented with spaces only", "YAML springt alleen in met spaties"));
        }
        let start = start + self.shift;
        explain(error, self.first_character(Span { start, end: start }))
    }

    /// The byte a line and a column in characters point at: syntax errors know no bytes.
    fn offset(&self, location: Location) -> usize {
        let line = usize::try_from(location.line()).unwrap_or_default().saturating_sub(1);
        let column = usize::try_from(location.column()).unwrap_or_default().saturating_sub(1);
        let start = self.text.split_inclusive('\n').take(line).map(str::len).sum::<usize>();
        let rest = self.text.get(start..).unwrap_or_default();
        start + rest.chars().take(column).map(char::len_utf8).sum::<usize>()
    }

    /// A tab in the indentation of the line of a syntax error or one beside it.
    fn tab_indent(&self, error: usize) -> Option<usize> {
        let line = |end: usize| self.text[..end].rfind('\n').map_or(0, |newline| newline + 1);
        let current = line(error);
        let before = line(current.saturating_sub(1));
        let after = self.text[error..].find('\n').map_or(current, |newline| error + newline + 1);
        [before, current, after].into_iter().find_map(|start| {
            let rest = &self.text[start..];
            let indent = rest.len() - rest.trim_start_matches([' ', '\t']).len();
            rest[..indent].find('\t').map(|tab| start + tab)
        })
    }
}

fn twice(key: &str, again: Span, first: Span) -> Complaint {
    Complaint::error(again, text!("`{key}` stands here twice", "`{key}` staat hier twee keer"))
        .also(first, text!("first here", "eerst hier"))
        .help(text!("keep one of the two", "houd er een van over"))
}

/// The library's words, in both languages where they are common.
fn explain(error: &Error, span: Span) -> Complaint {
    let deep = text!("this is nested deeper than {DEEPEST} levels", "dit is dieper genest dan {DEEPEST} niveaus");
    let what = match error.without_snippet() {
        Error::MultipleDocuments { .. } => text!("a second document starts here", "hier begint een tweede document"),
        Error::Budget { breach: serde_yaml::budget::BudgetBreach::Depth { .. }, .. } => deep,
        Error::Budget { .. } => bomb(),
        Error::UnknownAnchor { .. } => text!("this alias names no anchor", "deze verwijzing noemt geen anker"),
        Error::RecursiveReferencesRequireWeakTypes { .. } => text!("this alias contains itself", "deze verwijzing bevat zichzelf"),
        Error::MergeValueNotMapOrSeqOfMaps { .. } => text!("`<<` needs keys with values", "bij `<<` horen sleutels met waarden"),
        Error::NullIntoString { .. } => text!("a key is missing before the colon", "voor de dubbele punt ontbreekt een sleutel"),
        Error::Eof { .. } => text!("the file ends too early", "het bestand houdt te vroeg op"),
        other => syntax(&other.to_string()),
    };
    let help = match error.without_snippet() {
        Error::MultipleDocuments { .. } => text!("use one file for each document", "gebruik een bestand per document"),
        _ => crate::domain::text::Text::default(),
    };
    Complaint::error(span, what).help(help)
}

#[cfg(test)]
#[path = "yaml_tests.rs"]
mod tests;
