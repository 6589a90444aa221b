//! What the parts of a derived JSON Schema mean: the few keywords that schemars uses here.

use super::schema::Schema;
use super::tree::{Node, Value};
use crate::domain::text::Text;

/// The schema of the keys that are not listed, when such keys may be there.
pub(super) fn extra<'a>(schema: &'a Schema<'a>) -> Option<&'a Schema<'a>> {
    Some(schema.get("additionalProperties")).filter(|extra| extra.is_object())
}

/// The words a schema allows, when it allows nothing else.
pub(super) fn words<'a>(schema: &'a Schema<'a>) -> Option<Vec<&'a str>> {
    let list = schema.get("enum").as_array().or_else(|| schema.get("oneOf").as_array())?;
    Some(list.iter().filter_map(|word| word.as_str().or_else(|| word.get("const").as_str())).collect())
}

/// The schema that is meant: draft 7 wraps a reference that has a description in an `allOf`.
pub(super) fn resolve<'a>(schema: &'a Schema<'a>, defs: &'a Schema<'a>) -> &'a Schema<'a> {
    let schema = schema.get("allOf").as_array().and_then(<[_]>::first).unwrap_or(schema);
    match schema.get("$ref").as_str().and_then(|reference| reference.strip_prefix("#/$defs/")) {
        Some(name) => defs.get(name),
        None => schema,
    }
}

/// True when a schema names a type.
pub(super) fn accepts(schema: &Schema<'_>, kind: &str) -> bool {
    match schema.get("type") {
        Schema::Str(name) => name == kind,
        Schema::Array(names) => names.iter().any(|name| name.as_str() == Some(kind)),
        _ => false,
    }
}

pub(super) fn accepts_natively(node: &Node, schema: &Schema<'_>) -> bool {
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
pub(super) fn fits(node: &Node, schema: &Schema<'_>) -> bool {
    let spelled = matches!(node.value, Value::Bool(..) | Value::Number(..)) && (accepts(schema, "string") || words(schema).is_some());
    accepts_natively(node, schema) || spelled
}

/// The words for what a schema asks.
pub(super) fn wanted(schema: &Schema<'_>, defs: &Schema<'_>) -> Text {
    let mut kinds: Vec<Text> = Vec::new();
    let branches = schema.get("anyOf").as_array().unwrap_or_else(|| std::slice::from_ref(schema));
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
