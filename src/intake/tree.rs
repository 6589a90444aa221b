//! A YAML document as a tree in which every value and every key knows its place in the text.

use serde_json::{Map, Number};

use crate::domain::complaint::{Complaint, Span};
use crate::domain::text::Text;
use crate::text;

/// What a value is. Numbers and booleans keep their spelling, so that `title: 2024` can be text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing: `key:` without a value, `~`, `null`.
    Null,
    /// `true` or `false`, with its spelling.
    Bool(bool, String),
    /// A finite number, with its spelling.
    Number(Number, String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// Keys and values, in the order of the file; a key stands at most once.
    Map(Vec<Entry>),
}

/// A value with its place. The place of a list or a mapping is its first character or key: a
/// caret under ten lines would hide what is meant.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where.
    pub span: Span,
    /// What.
    pub value: Value,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// Its value.
    pub node: Node,
}

/// A whole document.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The outermost value.
    pub root: Node,
    /// The mistakes found while reading that left a usable tree: keys that stand twice.
    pub complaints: Vec<Complaint>,
}

/// One step from a value into it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// Into a mapping.
    Key(String),
    /// Into a list.
    Index(usize),
}

/// The way from the root to a value; it may lead to something that is not there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// One step further, into a mapping.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.step(Step::Key(key.to_owned()))
    }

    /// One step further, into a list.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    fn step(&self, step: Step) -> Self {
        let mut steps = self.0.clone();
        steps.push(step);
        Self(steps)
    }
}

impl Node {
    /// The value of a key, when this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|entry| &entry.node)
    }

    fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// The words for what this is.
    pub fn kind(&self) -> Text {
        match &self.value {
            Value::Null => text!("nothing", "niets"),
            Value::Bool(..) => text!("true or false", "true of false"),
            Value::Number(..) => text!("a number", "een getal"),
            Value::Text(_) => text!("text", "tekst"),
            Value::List(_) => text!("a list", "een lijst"),
            Value::Map(_) => text!("keys with values", "sleutels met waarden"),
        }
    }

    /// The value as JSON; what is nothing is left out of mappings.
    pub fn to_json(&self) -> serde_json::Value {
        match &self.value {
            Value::Null => serde_json::Value::Null,
            Value::Bool(value, _) => (*value).into(),
            Value::Number(value, _) => value.clone().into(),
            Value::Text(value) => value.clone().into(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                let given = entries.iter().filter(|entry| entry.node.value != Value::Null);
                given.map(|entry| (entry.key.clone(), entry.node.to_json())).collect::<Map<_, _>>().into()
            }
        }
    }
}

impl Tree {
    /// The place of the value at the end of a path, or of the nearest thing on the way that is
    /// there. The place of nothing is its key.
    pub fn span_at(&self, path: &Path) -> Span {
        let mut node = &self.root;
        for step in &path.0 {
            let next = match (step, &node.value) {
                (Step::Key(key), _) => node.get(key),
                (Step::Index(index), Value::List(items)) => items.get(*index),
                (Step::Index(0), _) => Some(node),
                (Step::Index(_), _) => None,
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node.span
    }

    /// The place of the key itself at the end of a path; of its value or what is nearest otherwise.
    pub fn key_span_at(&self, path: &Path) -> Span {
        let Some((Step::Key(key), parents)) = path.0.split_last() else { return self.span_at(path) };
        let mut node = Some(&self.root);
        for step in parents {
            node = match (step, node.map(|node| &node.value)) {
                (Step::Key(key), Some(Value::Map(_))) => node.and_then(|node| node.get(key)),
                (Step::Index(index), Some(Value::List(items))) => items.get(*index),
                _ => None,
            };
        }
        node.and_then(|node| node.entry(key)).map_or_else(|| self.span_at(path), |entry| entry.key_span)
    }
}
