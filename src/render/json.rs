//! The answer as one JSON document, or one JSON object a row.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::format::Answer;
use super::sanitize::is_hidden;

/// Writes one document, `schema` first.
pub fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let mut document = Map::new();
    document.insert("schema".to_owned(), answer.schema.into());
    if let Value::Object(fields) = &answer.json {
        document.extend(fields.iter().filter(|(name, _)| *name != "schema").map(|(name, value)| (name.clone(), value.clone())));
    }
    writeln!(out, "{}", harmless(&serde_json::to_string_pretty(&document)?))
}

/// Writes one object a line for each of the answer's rows.
pub fn write_lines(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    let rows = answer.json.get(answer.rows_key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    rows.iter().try_for_each(|row| writeln!(out, "{}", harmless(&serde_json::to_string(row)?)))
}

/// Escapes the hidden characters that JSON itself allows in a string, such as a C1 control or a
/// direction override. They can only stand in strings, so the document stays the same.
fn harmless(json: &str) -> String {
    let mut written = String::with_capacity(json.len());
    for c in json.chars() {
        if is_hidden(c) && c != '\n' {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().for_each(|unit| written.push_str(&format!("\\u{unit:04x}")));
        } else {
            written.push(c);
        }
    }
    written
}
