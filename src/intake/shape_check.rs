//! One walk over a tree beside its schema.

use std::collections::HashSet;

use serde_json::{Map, Value as Json};
use serde_json_borrow::ObjectAsVec;

use super::near::{shorten, suggest};
use super::schema::Schema;
use super::schema_terms::{accepts, accepts_natively, extra, fits, resolve, wanted, words};
use super::tree::{Entry, Node, Path, Step, Value};
use crate::domain::complaint::{Complaint, Span};
use crate::domain::text::Text;
use crate::text;

/// The walk, and what it found so far.
pub(super) struct Check<'a> {
    defs: &'a Schema<'a>,
    /// The mistakes.
    pub complaints: Vec<Complaint>,
    /// Each wrong place and all that holds it.
    pub broken: HashSet<Path>,
}

impl<'a> Check<'a> {
    /// A walk that goes on from the mistakes of reading.
    pub fn new(schema: &'a Schema<'a>, complaints: Vec<Complaint>) -> Self {
        Self { defs: schema.get("$defs"), complaints, broken: HashSet::new() }
    }

    fn wrong(&mut self, path: &Path, span: Span, what: Text, help: Text) -> Option<Json> {
        self.complaints.push(Complaint::error(span, what).help(help));
        self.broken.extend((0..=path.0.len()).map(|length| Path(path.0[..length].to_vec())));
        None
    }

    /// The JSON of a node, or nothing when it is wrong.
    pub fn node(&mut self, node: &Node, schema: &'a Schema<'a>, path: &Path) -> Option<Json> {
        let schema = resolve(schema, self.defs);
        if let Some(branches) = schema.get("anyOf").as_array() {
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

    fn wrong_type(&mut self, node: &Node, schema: &Schema<'_>, path: &Path) -> Option<Json> {
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
            _ => return self.wrong_type(node, &Schema::Object(vec![("type", "string".into())].into()), path),
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

    fn number(&mut self, node: &Node, number: &serde_json::Number, schema: &Schema<'_>, path: &Path) -> Option<Json> {
        let value = number.as_f64().unwrap_or(f64::NAN);
        let limit = |name: &str| schema.get(name).as_f64();
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

    fn list(&mut self, items: &[Node], schema: &'a Schema<'a>, path: &Path) -> Json {
        let item = schema.get("items");
        let keep_places = accepts(resolve(item, self.defs), "object");
        let read = items.iter().enumerate().map(|(index, node)| self.node(node, item, &path.index(index)));
        read.filter_map(|json| json.or_else(|| keep_places.then_some(Json::Null))).collect()
    }

    fn map(&mut self, node: &Node, entries: &[Entry], schema: &'a Schema<'a>, path: &Path) -> Option<Json> {
        let properties = schema.get("properties").as_object();
        let required = schema.get("required").as_array().unwrap_or_default();
        let required = required.iter().filter_map(Schema::as_str).collect::<Vec<_>>();
        let mut complete = self.missing(node, &required, path);
        let mut json = Map::new();
        for entry in entries {
            let here = path.key(&entry.key);
            let Some(schema) = properties.and_then(|properties| properties.get(&entry.key)).or_else(|| extra(schema)) else {
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

    fn unknown(&mut self, entry: &Entry, properties: Option<&ObjectAsVec<'_>>, path: &Path) {
        let known = properties.into_iter().flat_map(ObjectAsVec::keys).collect::<Vec<_>>();
        let key = shorten(&entry.key);
        let what = text!("unknown key `{key}`", "onbekende sleutel `{key}`");
        self.wrong(path, entry.key_span, what, suggest(&key, &known));
    }
}
