//! The pieces that the files people write have in common, as they are written.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::shape::Shaped;
use super::tree::Path;
use crate::domain::calendar::Days;
use crate::domain::complaint::{Complaint, Span};
use crate::domain::money::Cents;
use crate::domain::text::Text;
use crate::text;

/// One value, or a list of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany<T> {
    /// One.
    One(T),
    /// A list.
    Many(Vec<T>),
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("OneOrMany{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let one = generator.subschema_for::<T>();
        json_schema!({"anyOf": [one, {"type": "array", "items": one}]})
    }
}

/// The values of an optional key that holds one or a list.
pub(super) fn many<T>(given: Option<OneOrMany<T>>) -> Vec<T> {
    match given {
        None => Vec::new(),
        Some(OneOrMany::One(one)) => vec![one],
        Some(OneOrMany::Many(many)) => many,
    }
}

/// The same in lower case, without what is empty.
pub(super) fn lower(given: Option<OneOrMany<String>>) -> Vec<String> {
    many(given).iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty()).collect()
}

/// A sentence: the same in both languages, or in each.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(untagged)]
#[schemars(inline)]
pub enum RawText {
    /// The same in both languages.
    Same(String),
    /// In each language.
    Both(RawBoth),
}

/// A sentence in both languages.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawBoth {
    /// In English.
    pub en: String,
    /// In Dutch.
    pub nl: String,
}

impl From<RawText> for Text {
    fn from(raw: RawText) -> Self {
        match raw {
            RawText::Same(word) => Self::same(word),
            RawText::Both(both) => Self::new(both.en, both.nl),
        }
    }
}

/// The schema of a duration.
pub(super) fn duration_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^ *[0-9]+(\\.[0-9]+)? *[A-Za-z]+ *$", "examples": ["48h", "2d", "3w", "6m", "1y"]})
}

/// The schema of an amount of money: a number, or text such as `2,50`.
pub(super) fn amount_schema(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": ["number", "string"], "minimum": 0, "examples": [2.5]})
}

/// Reads a duration in days, or complains at its place.
pub(super) fn days<Raw>(shaped: &mut Shaped<Raw>, path: &Path, typed: Option<&String>) -> Option<f64> {
    match typed?.parse::<Days>() {
        Ok(Days(days)) => Some(days),
        Err(what) => {
            shaped.error(path, what);
            None
        }
    }
}

/// Reads an amount, or complains at its place.
pub(super) fn amount<Raw>(shaped: &mut Shaped<Raw>, path: &Path, typed: Option<&serde_json::Value>) -> Option<Cents> {
    let read = match typed? {
        serde_json::Value::String(word) => word.parse::<Cents>(),
        number => Cents::from_units(number.as_f64().unwrap_or(f64::NAN)),
    };
    match read {
        Ok(cents) if cents.0 >= 0 => Some(cents),
        Ok(_) => {
            shaped.error(path, text!("this must be 0 or more", "dit moet 0 of meer zijn"));
            None
        }
        Err(what) => {
            shaped.error(path, what);
            None
        }
    }
}

/// Complains when an id is not a word that commands, files and addresses can carry.
pub(super) fn slug<Raw>(shaped: &mut Shaped<Raw>, path: &Path, id: &str) {
    let inside = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
    let starts = id.bytes().next().is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    if starts && id.bytes().all(inside) {
        return;
    }
    let (shown, better) = (super::near::shorten(id), slug_of(id));
    let complaint = shaped.error(path, text!("`{shown}` cannot be an id", "`{shown}` kan geen id zijn"));
    complaint.help = text!(
        "an id is made of a-z, 0-9, `-` and `_` and starts with a letter or a digit, such as `{better}`",
        "een id bestaat uit a-z, 0-9, `-` en `_` en begint met een letter of cijfer, zoals `{better}`"
    );
}

/// The nearest id to what was typed.
fn slug_of(typed: &str) -> String {
    let plain = typed.to_lowercase().chars().map(unaccented).take(40).collect::<String>();
    let joined = plain.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    if joined.is_empty() { "buy".to_owned() } else { joined }
}

/// The letter of an id that is nearest to a lower-case character.
fn unaccented(c: char) -> char {
    match c {
        'a'..='z' | '0'..='9' | '_' => c,
        'à'..='å' => 'a',
        'è'..='ë' => 'e',
        'ì'..='ï' => 'i',
        'ò'..='ö' | 'ø' => 'o',
        'ù'..='ü' => 'u',
        'ç' => 'c',
        'ñ' => 'n',
        _ => '-',
    }
}

/// For a file that may say nothing at all: what there is to say about one that does so. Comments
/// alone are fine; a file without a single character that counts may be an accident.
pub(super) fn blank(bytes: &[u8]) -> Option<Vec<Complaint>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut lines = text.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    if !lines.clone().all(|line| matches!(line, [] | [b'#', ..] | b"---")) {
        return None;
    }
    let empty = text!("this file is empty; it counts as not being there", "dit bestand is leeg; het telt alsof het er niet is");
    let complaint = Complaint::warning(Span::default(), empty);
    Some(if lines.any(|line| line.starts_with(b"#")) { Vec::new() } else { vec![complaint] })
}
