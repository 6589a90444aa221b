//! The answer as one JSON document, or one JSON object a row.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use super::format::Answer;
use super::rows::Many;
use super::sanitize::is_hidden;

/// Writes one document, `schema` first.
pub fn write(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    put(&Whole(answer), Harmless(PrettyFormatter::new()), out)
}

/// Writes one object a line for each of the answer's rows.
pub fn write_lines(answer: &Answer, out: &mut dyn Write) -> io::Result<()> {
    if let Some(many) = answer.many_of(answer.rows_key) {
        return (0..many.count()).try_for_each(|at| put(&many.json(at), Harmless(CompactFormatter), out));
    }
    let rows = answer.json.get(answer.rows_key).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    rows.iter().try_for_each(|row| put(row, Harmless(CompactFormatter), out))
}

fn put(value: &impl Serialize, formatter: impl Formatter, out: &mut dyn Write) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut *out, formatter))?;
    writeln!(out)
}

/// The document: what it is, then what it holds, with rows that are many made one by one.
struct Whole<'a>(&'a Answer);

impl Serialize for Whole<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let answer = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("schema", answer.schema)?;
        for (name, value) in answer.json.as_object().into_iter().flatten().filter(|(name, _)| *name != "schema") {
            match answer.many_of(name) {
                Some(many) => map.serialize_entry(name, &Array(many))?,
                None => map.serialize_entry(name, value)?,
            }
        }
        map.end()
    }
}

/// Rows that are many, as an array.
struct Array<'a>(&'a dyn Many);

impl Serialize for Array<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rows = serializer.serialize_seq(Some(self.0.count()))?;
        (0..self.0.count()).try_for_each(|at| rows.serialize_element(&self.0.json(at)))?;
        rows.end()
    }
}

/// Escapes in strings the hidden characters that JSON itself allows there, such as a C1 control or a direction
/// override, so that the document stays the same. What stands between strings is ours.
struct Harmless<F>(F);

impl<F: Formatter> Formatter for Harmless<F> {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, hidden)) = rest.char_indices().find(|(_, c)| is_hidden(*c)) {
            writer.write_all(&rest.as_bytes()[..at])?;
            let mut units = [0; 2];
            for unit in hidden.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + hidden.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }

    fn begin_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_array(writer)
    }

    fn end_array<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array(writer)
    }

    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(writer, first)
    }

    fn end_array_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_array_value(writer)
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn end_object_key<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_key(writer)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.0.end_object_value(writer)
    }
}
