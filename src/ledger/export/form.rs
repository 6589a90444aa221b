//! How one value is written in an export, and read from it.
//!
//! What a form has no word for, such as a moment beyond the year 9999, is written as the plain value it
//! is, so that an export never fails on one odd value; only text that is no text stops it, and is told with its row. Reading is strict: no file brings in what the
//! program could not have stored itself.

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::Result;
use chrono::{DateTime, Datelike as _, Timelike as _, Utc};
use rusqlite::types::{Value, ValueRef};
use serde_json::Value as Json;

use super::tables::{TABLES, Table};
use crate::domain::hidden::is_hidden;
use crate::domain::limits;
use crate::domain::text::Text;
use crate::text;

/// How the values of a column are written.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// The number of a row: from 1 up to this.
    Id(i64),
    /// A whole number from the first up to the second.
    Whole(i64, i64),
    /// A number.
    Real,
    /// Text of one line, such as a name.
    Name,
    /// Text.
    Text,
    /// Text of any length.
    Long,
    /// `true` or `false`.
    Flag,
    /// RFC 3339 in UTC with milliseconds: `2026-07-03T09:30:00.000Z`.
    Moment,
    /// Bytes in hexadecimal.
    Hex,
    /// The word for a number, and back.
    Word(fn(u8) -> Option<&'static str>, fn(&str) -> Option<u8>),
    /// A stage: the id of its journey and its own, `["clients", "quotation"]`.
    Stage,
    /// The key of a row of whatever table: a number or text.
    Key,
    /// The key of a row of a table whose rows have numbers.
    Row,
    /// The name of a table that is exported.
    Table,
    /// A row as it was, as an object whose values are written as in a line of its table.
    Before,
}

/// The longest name that comes back, in characters: more than any that is stored, with what is put behind it.
const LONGEST_NAME: usize = 5 * limits::LONGEST_NAME;
/// The longest text: a note, with what is put around it.
const LONGEST_TEXT: usize = 10 * limits::LONGEST_NOTE;

/// The stages, by number and by name.
#[derive(Debug, Default)]
pub struct Stages {
    /// As they are written.
    written: HashMap<i64, String>,
    /// Journey → stage → number.
    numbers: HashMap<String, HashMap<String, i64>>,
}

impl Stages {
    /// Takes in that a stage has a number.
    pub fn add(&mut self, number: i64, journey: &str, stage: &str) {
        let mut written = String::from("[");
        write_text(journey, &mut written);
        written.push(',');
        write_text(stage, &mut written);
        written.push(']');
        self.written.insert(number, written);
        self.numbers.entry(journey.to_owned()).or_default().insert(stage.to_owned(), number);
    }
}

/// Writes a value as JSON.
///
/// # Errors
/// When it is text that is no text.
pub fn write(form: Form, value: ValueRef<'_>, stages: &Stages, out: &mut String) -> Result<()> {
    match value {
        ValueRef::Null => out.push_str("null"),
        ValueRef::Integer(number) => write_integer(form, number, stages, out),
        ValueRef::Real(number) if number.is_finite() => out.push_str(&serde_json::to_string(&number)?),
        ValueRef::Real(number) => write_text(&number.to_string(), out),
        ValueRef::Text(bytes) => write_text(std::str::from_utf8(bytes)?, out),
        ValueRef::Blob(bytes) => {
            out.push('"');
            bytes.iter().try_for_each(|byte| write!(out, "{byte:02x}"))?;
            out.push('"');
        }
    }
    Ok(())
}

fn write_integer(form: Form, number: i64, stages: &Stages, out: &mut String) {
    let written = match form {
        Form::Flag if number == 0 => out.write_str("false").is_ok(),
        Form::Flag if number == 1 => out.write_str("true").is_ok(),
        Form::Moment => write_moment(number, out),
        Form::Word(word, _) => match u8::try_from(number).ok().and_then(word) {
            Some(word) => write!(out, "\"{word}\"").is_ok(),
            None => false,
        },
        Form::Stage => match stages.written.get(&number) {
            Some(written) => out.write_str(written).is_ok(),
            None => false,
        },
        _ => false,
    };
    if !written {
        out.push_str(&number.to_string());
    }
}

/// A moment that can be written: RFC 3339 has years of four digits.
fn written_moment(moment: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp_millis(moment).filter(|at| (0..=9999).contains(&at.year()))
}

fn write_moment(moment: i64, out: &mut String) -> bool {
    let Some(at) = written_moment(moment) else { return false };
    let (day, time) = (at.date_naive(), at.time());
    let (hour, minute, second, milli) = (time.hour(), time.minute(), time.second(), time.nanosecond() / 1_000_000);
    write!(out, "\"{:04}-{:02}-{:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z\"", day.year(), day.month(), day.day()).is_ok()
}

/// Writes text as a JSON string, with what steers a terminal or hides text as `\u` and its number.
pub fn write_text(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some((at, c)) = rest.char_indices().find(|(_, c)| *c == '"' || *c == '\\' || is_hidden(*c)) {
        out.push_str(&rest[..at]);
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            _ => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
        rest = &rest[at + c.len_utf8()..];
    }
    out.push_str(rest);
    out.push('"');
}

/// Whether [`read`] takes a value as [`write`] writes it: one that this program could have stored itself.
pub fn fits(form: Form, value: ValueRef<'_>, stages: &Stages) -> bool {
    match (form, value) {
        (_, ValueRef::Null) | (Form::Long, ValueRef::Text(_)) | (Form::Hex, ValueRef::Blob(_)) => true,
        (Form::Real, ValueRef::Integer(_) | ValueRef::Real(_)) => true,
        (Form::Id(most), ValueRef::Integer(number)) => (1..=most).contains(&number),
        (Form::Whole(least, most), ValueRef::Integer(number)) => (least..=most).contains(&number),
        (Form::Key | Form::Row, ValueRef::Integer(number)) => number >= 1,
        (Form::Flag, ValueRef::Integer(number)) => matches!(number, 0 | 1),
        (Form::Moment, ValueRef::Integer(number)) => written_moment(number).is_some(),
        (Form::Word(word, _), ValueRef::Integer(number)) => u8::try_from(number).ok().and_then(word).is_some(),
        (Form::Stage, ValueRef::Integer(number)) => stages.written.contains_key(&number),
        (Form::Name, ValueRef::Text(bytes)) => is_no_longer(bytes, LONGEST_NAME),
        (Form::Text | Form::Key, ValueRef::Text(bytes)) => is_no_longer(bytes, LONGEST_TEXT),
        (Form::Table, ValueRef::Text(bytes)) => TABLES.iter().any(|table| table.name.as_bytes() == bytes),
        _ => false,
    }
}

/// Reads a value back.
///
/// # Errors
/// When it is not as [`write`] writes it: what it should have been.
pub fn read(form: Form, json: &Json, stages: &Stages) -> Result<Value, Text> {
    let wanted = |en: &str, nl: &str| Text::new(format!("is not {en}"), format!("is geen {nl}"));
    match (form, json) {
        (_, Json::Null) => Ok(Value::Null),
        (Form::Id(most), _) => whole(json, 1, most).ok_or_else(|| wanted("the number of a row", "nummer van een rij")),
        (Form::Whole(least, most), _) => whole(json, least, most).ok_or_else(|| wanted("a possible whole number", "mogelijk geheel getal")),
        (Form::Real, _) => real(json).map(Value::Real).ok_or_else(|| wanted("a number", "getal")),
        (Form::Name, Json::String(text)) => no_longer(text, LONGEST_NAME),
        (Form::Text | Form::Key, Json::String(text)) => no_longer(text, LONGEST_TEXT),
        (Form::Long, Json::String(text)) => Ok(Value::Text(text.clone())),
        (Form::Key | Form::Row, _) => whole(json, 1, i64::MAX).ok_or_else(|| wanted("the key of a row", "sleutel van een rij")),
        (Form::Flag, Json::Bool(flag)) => Ok(Value::Integer(i64::from(*flag))),
        (Form::Moment, Json::String(text)) => moment(text).ok_or_else(|| wanted("a moment", "moment")),
        (Form::Hex, Json::String(text)) => hex(text).map(Value::Blob).ok_or_else(|| wanted("hexadecimal", "hexadecimaal getal")),
        (Form::Word(_, code), Json::String(word)) => {
            code(word).map(|code| Value::Integer(code.into())).ok_or_else(|| wanted("a word that is known", "woord dat bekend is"))
        }
        (Form::Stage, Json::Array(names)) => stage(names, stages).ok_or_else(|| wanted("a stage of the export", "fase van de export")),
        (Form::Table, Json::String(name)) if Table::named(name).is_some() => Ok(Value::Text(name.clone())),
        (Form::Table, _) => Err(wanted("a table of the export", "tabel van de export")),
        (Form::Flag, _) => Err(wanted("true or false", "true of false")),
        (Form::Name | Form::Text | Form::Long, _) => Err(wanted("text", "tekst")),
        (Form::Moment, _) => Err(wanted("a moment", "moment")),
        (Form::Hex, _) => Err(wanted("hexadecimal", "hexadecimaal getal")),
        (Form::Word(..), _) => Err(wanted("a word", "woord")),
        (Form::Stage, _) => Err(wanted("a stage", "fase")),
        (Form::Before, _) => Err(wanted("a row as it was", "rij zoals die was")),
    }
}

/// Whether text has at most so many characters; none has more of them than bytes.
fn is_no_longer(text: &[u8], most: usize) -> bool {
    text.len() <= most || String::from_utf8_lossy(text).chars().count() <= most
}

fn no_longer(text: &str, most: usize) -> Result<Value, Text> {
    if !is_no_longer(text.as_bytes(), most) {
        return Err(text!("is longer than {most} characters", "is langer dan {most} tekens"));
    }
    Ok(Value::Text(text.to_owned()))
}

fn whole(json: &Json, least: i64, most: i64) -> Option<Value> {
    json.as_i64().filter(|number| (least..=most).contains(number)).map(Value::Integer)
}

fn real(json: &Json) -> Option<f64> {
    match json {
        Json::Number(number) => number.as_f64(),
        Json::String(text) => text.parse().ok().filter(|number: &f64| number.is_infinite()),
        _ => None,
    }
}

fn moment(text: &str) -> Option<Value> {
    let at = DateTime::parse_from_rfc3339(text).ok()?;
    (at.year() >= 0).then(|| Value::Integer(at.timestamp_millis()))
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digit = |c: u8| char::from(c).to_digit(16);
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some((digit(pair[0])? * 16 + digit(*pair.get(1)?)?) as u8)).collect()
}

fn stage(names: &[Json], stages: &Stages) -> Option<Value> {
    let [Json::String(journey), Json::String(stage)] = names else { return None };
    stages.numbers.get(journey)?.get(stage).map(|number| Value::Integer(*number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::words::Channel;

    /// What is told to be odd is what would be refused, and nothing else.
    #[test]
    fn what_fits_is_what_comes_back() {
        let mut stages = Stages::default();
        stages.add(3, "j", "s");
        let word = Form::Word(
            |code| Channel::from_code(code).map(Channel::word),
            |word| Channel::ALL.iter().find(|value| value.word() == word).map(|value| value.code()),
        );
        let forms = [
            Form::Id(10),
            Form::Whole(-5, 5),
            Form::Real,
            Form::Name,
            Form::Text,
            Form::Long,
            Form::Flag,
            Form::Moment,
            Form::Hex,
            word,
            Form::Stage,
            Form::Key,
            Form::Row,
            Form::Table,
        ];
        let year = 365 * 24 * 60 * 60 * 1_000_i64;
        let whole = [i64::MIN, -70_000 * year, -1_000 * year, -6, -1, 0, 1, 2, 3, 5, 10, 11, 14, 15, 255, 256, 9_000 * year, i64::MAX];
        let texts =
            ["", "a", "gifts", "a\0b\u{202e}\"", &"é".repeat(LONGEST_NAME), &"é".repeat(LONGEST_NAME + 1), &"x".repeat(LONGEST_TEXT + 1)];
        for form in forms {
            let number = |value: &i64| Value::Integer(*value);
            let text = |value: &&str| Value::Text((*value).to_owned());
            let odd = [Value::Null, Value::Real(0.5), Value::Real(f64::INFINITY), Value::Blob(vec![0, 255])];
            for value in whole.iter().map(number).chain(texts.iter().map(text)).chain(odd) {
                // Hexadecimal is no text in a table whose columns have types, and bytes are no text.
                if matches!(
                    (form, &value),
                    (Form::Hex, Value::Text(_)) | (Form::Name | Form::Text | Form::Long | Form::Key, Value::Blob(_))
                ) {
                    continue;
                }
                let mut written = String::new();
                write(form, ValueRef::from(&value), &stages, &mut written).unwrap();
                let back = read(form, &serde_json::from_str(&written).unwrap(), &stages);
                let same = back.as_ref() == Ok(&value)
                    || matches!((&back, &value), (Ok(Value::Real(back)), Value::Integer(was)) if *back == *was as f64);
                let shown: String = written.chars().take(40).collect();
                assert_eq!(fits(form, ValueRef::from(&value), &stages), same, "{form:?} {shown}: {back:?}");
            }
        }
    }
}
