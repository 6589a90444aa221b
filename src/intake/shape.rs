//! Holds a tree against a schema: wrong types, unknown and missing keys and wrong words, all at
//! once, each at its place. The schema is the one editors get, derived from the types below, so
//! what an editor underlines and what `attent check` says come from one place.
//!
//! What is wrong is left out of the JSON that the types are read from, and remembered, so that
//! the mistakes of meaning can still be looked for in the rest of the file: an optional key is
//! dropped, an item of a list of mappings becomes null to keep the others' places.

use std::collections::{BTreeMap, HashSet};

use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use super::tree::{Entry, Node, Path, Step, Tree, Value};
use crate::domain::complaint::{Complaint, Severity, Span};
use crate::domain::text::Text;
use crate::text;

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
    pub fn read(bytes: &[u8], schema: &Json) -> Result<Self, Vec<Complaint>> {
        let mut tree = super::yaml::parse_bytes(bytes)?;
        let mut check = Check { defs: &schema["$defs"], complaints: std::mem::take(&mut tree.complaints), broken: HashSet::new() };
        let json = check.node(&tree.root, schema, &Path::default());
        let Check { mut complaints, broken, .. } = check;
        let raw = json.map(serde_json::from_value::<Raw>).and_then(|read| {
            let wrong = |error: serde_json::Error| complaints.push(Complaint::error(tree.root.span, Text::same(error.to_string())));
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

/// The word that was probably meant, if one is near.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    if typed.len() > 64 {
        return None;
    }
    let scored = known.into_iter().map(|word| (strsim::jaro_winkler(&typed, &word.to_lowercase()), word));
    scored.filter(|(score, _)| *score > 0.75).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
}

/// "did you mean", or the words there are.
pub fn suggest(typed: &str, known: &[&str]) -> Text {
    let all = known.join(", ");
    match nearest(typed, known.iter().copied()) {
        Some(word) => text!("did you mean `{word}`?", "bedoelde u `{word}`?"),
        None if known.is_empty() => Text::default(),
        None => text!("it is one of: {all}", "het is een van: {all}"),
    }
}

struct Check<'a> {
    defs: &'a Json,
    complaints: Vec<Complaint>,
    /// Each wrong place and all that holds it.
    broken: HashSet<Path>,
}

impl<'a> Check<'a> {
    fn wrong(&mut self, path: &Path, span: Span, what: Text, help: Text) -> Option<Json> {
        self.complaints.push(Complaint::error(span, what).help(help));
        self.broken.extend((0..=path.0.len()).map(|length| Path(path.0[..length].to_vec())));
        None
    }

    /// The JSON of a node, or nothing when it is wrong.
    fn node(&mut self, node: &Node, schema: &'a Json, path: &Path) -> Option<Json> {
        let schema = resolve(schema, self.defs);
        if let Some(branches) = schema["anyOf"].as_array() {
            return match branches.iter().map(|branch| resolve(branch, self.defs)).find(|branch| fits(node, branch)) {
                Some(branch) => self.node(node, branch, path),
                None => self.wrong_type(node, schema, path),
            };
        }
        if let Some(words) = words(schema) {
            return self.word(node, &words, path);
        }
        if !fits(node, schema) {
            return self.wrong_type(node, schema, path);
        }
        match &node.value {
            Value::Map(entries) => self.map(node, entries, schema, path),
            Value::List(items) => Some(self.list(items, schema, path)),
            Value::Bool(_, spelling) | Value::Number(_, spelling) if accepts(schema, "string") && !accepts_natively(node, schema) => {
                Some(spelling.as_str().into())
            }
            Value::Number(number, _) => self.number(node, number, schema, path),
            _ => Some(node.to_json()),
        }
    }

    fn wrong_type(&mut self, node: &Node, schema: &Json, path: &Path) -> Option<Json> {
        let (wanted, found) = (wanted(schema, self.defs), node.kind());
        let help = match node.value {
            Value::Map(_) if accepts(schema, "array") => {
                text!("start each item of a list with `- `", "begin elk onderdeel van een lijst met `- `")
            }
            Value::Map(_) if accepts(schema, "string") => {
                text!("put quotes around text that contains `: `", "zet tekst met `: ` tussen aanhalingstekens")
            }
            _ => Text::default(),
        };
        let what =
            Text::new(format!("expected {}, found {}", wanted.en, found.en), format!("verwacht: {}; gevonden: {}", wanted.nl, found.nl));
        self.wrong(path, node.span, what, help)
    }

    fn word(&mut self, node: &Node, words: &[&str], path: &Path) -> Option<Json> {
        let typed = match &node.value {
            Value::Text(typed) | Value::Bool(_, typed) | Value::Number(_, typed) => typed,
            _ => return self.wrong_type(node, &serde_json::json!({"type": "string"}), path),
        };
        if words.contains(&typed.as_str()) {
            return Some(typed.as_str().into());
        }
        let typed = shorten(typed);
        let key = path.0.iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        });
        let key = key.unwrap_or_default();
        let what = text!("`{typed}` is not a value of `{key}`", "`{typed}` is geen waarde van `{key}`");
        self.wrong(path, node.span, what, suggest(&typed, words))
    }

    fn number(&mut self, node: &Node, number: &serde_json::Number, schema: &Json, path: &Path) -> Option<Json> {
        let value = number.as_f64().unwrap_or(f64::NAN);
        let limit = |name: &str| schema[name].as_f64();
        let what = if let Some(least) = limit("minimum").filter(|least| value < *least) {
            text!("this must be {least} or more", "dit moet {least} of meer zijn")
        } else if let Some(most) = limit("maximum").filter(|most| value > *most) {
            text!("this must be {most} or less", "dit mag hoogstens {most} zijn")
        } else if let Some(least) = limit("exclusiveMinimum").filter(|least| value <= *least) {
            text!("this must be more than {least}", "dit moet meer dan {least} zijn")
        } else {
            let whole = accepts(schema, "integer") && !accepts(schema, "number");
            return Some(if whole { (value as i64).into() } else { number.clone().into() });
        };
        self.wrong(path, node.span, what, Text::default())
    }

    fn list(&mut self, items: &[Node], schema: &'a Json, path: &Path) -> Json {
        let item = &schema["items"];
        let keep_places = accepts(resolve(item, self.defs), "object");
        let read = items.iter().enumerate().map(|(index, node)| self.node(node, item, &path.index(index)));
        read.filter_map(|json| json.or_else(|| keep_places.then_some(Json::Null))).collect()
    }

    fn map(&mut self, node: &Node, entries: &[Entry], schema: &'a Json, path: &Path) -> Option<Json> {
        let no_properties = Map::new();
        let properties = schema["properties"].as_object().unwrap_or(&no_properties);
        let required = schema["required"].as_array().map_or(&[][..], Vec::as_slice);
        let required = required.iter().filter_map(Json::as_str).collect::<Vec<_>>();
        let mut complete = self.missing(node, &required, path);
        let mut json = Map::new();
        for entry in entries {
            let here = path.key(&entry.key);
            let Some(schema) = schema["properties"].get(&entry.key).or_else(|| extra(schema)) else {
                self.unknown(entry, properties, &here);
                continue;
            };
            if entry.node.value == Value::Null {
                continue;
            }
            match self.node(&entry.node, schema, &here) {
                Some(value) => drop(json.insert(entry.key.clone(), value)),
                None => complete &= !required.contains(&entry.key.as_str()),
            }
        }
        complete.then_some(Json::Object(json))
    }

    /// Complains of each key that must be there and is not; true when there is none.
    fn missing(&mut self, node: &Node, required: &[&str], path: &Path) -> bool {
        let absent = required.iter().filter(|&&key| node.get(key).is_none_or(|given| given.value == Value::Null));
        let absent = absent.collect::<Vec<_>>();
        for key in &absent {
            let (span, what) = match node.get(key) {
                Some(empty) => (empty.span, text!("`{key}` has no value", "`{key}` heeft geen waarde")),
                None => (node.span, text!("`{key}` is missing", "`{key}` ontbreekt")),
            };
            self.wrong(path, span, what, Text::default());
        }
        absent.is_empty()
    }

    fn unknown(&mut self, entry: &Entry, properties: &Map<String, Json>, path: &Path) {
        let known = properties.keys().map(String::as_str).collect::<Vec<_>>();
        let key = shorten(&entry.key);
        let what = text!("unknown key `{key}`", "onbekende sleutel `{key}`");
        self.wrong(path, entry.key_span, what, suggest(&key, &known));
    }
}

/// The schema of the keys that are not listed, when such keys may be there.
fn extra(schema: &Json) -> Option<&Json> {
    schema.get("additionalProperties").filter(|extra| extra.is_object())
}

/// The words a schema allows, when it allows nothing else.
fn words(schema: &Json) -> Option<Vec<&str>> {
    let list = schema["enum"].as_array().or_else(|| schema["oneOf"].as_array())?;
    Some(list.iter().filter_map(|word| word.as_str().or_else(|| word["const"].as_str())).collect())
}

/// The schema that is meant: draft 7 wraps a reference that has a description in an `allOf`.
fn resolve<'a>(schema: &'a Json, defs: &'a Json) -> &'a Json {
    let schema = schema.get("allOf").and_then(|all| all.get(0)).unwrap_or(schema);
    match schema["$ref"].as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
        Some(name) => &defs[name],
        None => schema,
    }
}

/// True when a schema names a type.
fn accepts(schema: &Json, kind: &str) -> bool {
    match &schema["type"] {
        Json::String(name) => name == kind,
        Json::Array(names) => names.iter().any(|name| name == kind),
        _ => false,
    }
}

fn accepts_natively(node: &Node, schema: &Json) -> bool {
    match &node.value {
        Value::Null => accepts(schema, "null"),
        Value::Bool(..) => accepts(schema, "boolean"),
        Value::Number(number, _) => {
            accepts(schema, "number") || accepts(schema, "integer") && number.as_f64().is_some_and(|value| value.fract() == 0.0)
        }
        Value::Text(_) => accepts(schema, "string") || words(schema).is_some(),
        Value::List(_) => accepts(schema, "array"),
        Value::Map(_) => accepts(schema, "object"),
    }
}

/// As [`accepts_natively`], and a number or `true` may stand where text is meant: `title: 2024`.
fn fits(node: &Node, schema: &Json) -> bool {
    let spelled = matches!(node.value, Value::Bool(..) | Value::Number(..)) && (accepts(schema, "string") || words(schema).is_some());
    accepts_natively(node, schema) || spelled
}

/// The words for what a schema asks.
fn wanted(schema: &Json, defs: &Json) -> Text {
    let mut kinds: Vec<Text> = Vec::new();
    let branches = schema["anyOf"].as_array().map_or_else(|| std::slice::from_ref(schema), Vec::as_slice);
    for branch in branches.iter().map(|branch| resolve(branch, defs)) {
        for (name, en, nl) in KINDS {
            let said = accepts(branch, name) || *name == "string" && words(branch).is_some();
            if said && !kinds.iter().any(|kind| kind.en == *en) {
                kinds.push(Text::new(*en, *nl));
            }
        }
    }
    let join = |pick: fn(&Text) -> &str, or: &str| kinds.iter().map(pick).collect::<Vec<_>>().join(or);
    Text::new(join(|kind| &kind.en, " or "), join(|kind| &kind.nl, " of "))
}

const KINDS: &[(&str, &str, &str)] = &[
    ("string", "text", "tekst"),
    ("integer", "a whole number", "een geheel getal"),
    ("number", "a number", "een getal"),
    ("boolean", "true or false", "true of false"),
    ("array", "a list", "een lijst"),
    ("object", "keys with values", "sleutels met waarden"),
];

/// A word as it can be shown inside a sentence.
pub(super) fn shorten(word: &str) -> String {
    let mut chars = word.chars();
    let short = chars.by_ref().take(60).collect::<String>();
    if chars.next().is_some() { short + "…" } else { short }
}

#[cfg(test)]
#[path = "shape_tests.rs"]
mod tests;
