//! One row: fields → a touchpoint.

use std::str::FromStr;

use chrono::TimeZone;
use csv::ByteRecord;

use crate::domain::calendar::Moment;
use crate::domain::limits::{LONGEST_NAME, LONGEST_NOTE};
use crate::domain::money::Cents;
use crate::domain::text::Text;
use crate::domain::touchpoint::{Facts, Touchpoint};
use crate::domain::words::{Channel, Direction, Kind, Personal, Sender};
use crate::intake::dates::Stamps;
use crate::text;

use super::header::{Column, Layout};

/// One row of a log. Lend the same one for every row: its strings are used again.
#[derive(Debug, Clone, PartialEq)]
pub struct LogRow {
    /// The line of the file the row begins on, from 1.
    pub line: u64,
    /// What happened.
    pub touchpoint: Touchpoint,
    /// The customer as written.
    pub customer: String,
    /// What identifies the row by its meaning; equal rows have equal keys.
    pub key: [u8; 16],
}

impl Default for LogRow {
    /// An empty row to lend to the reader.
    fn default() -> Self {
        let channel = Channel::Visit;
        let usual = channel.defaults();
        let (direction, sender, personal, kind) = (usual.direction, usual.sender, usual.personal, usual.kind);
        let facts = Facts { at: Moment(0), channel, direction, sender, personal, kind, sentiment: None };
        let touchpoint = Touchpoint { facts, stage: None, amount: None, minutes: None, note: String::new(), tags: Vec::new() };
        Self { line: 0, touchpoint, customer: String::new(), key: [0; 16] }
    }
}

/// The fields of one record.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    pub(super) record: &'a ByteRecord,
    pub(super) layout: &'a Layout,
}

impl<'a> Fields<'a> {
    /// Fills the row; the line and the key are the reader's.
    pub(super) fn fill<Tz: TimeZone>(self, stamps: &mut Stamps<Tz>, row: &mut LogRow) -> Result<(), Text> {
        let (here, wanted) = (self.record.len(), self.layout.width);
        if here != wanted {
            return Err(text!("{here} fields where the header has {wanted}", "{here} velden waar de kopregel er {wanted} heeft"));
        }
        let touchpoint = &mut row.touchpoint;
        touchpoint.facts = self.facts(stamps)?;
        self.name(Column::Customer, &mut row.customer)?;
        if row.customer.is_empty() {
            return Err(text!("the customer is empty", "de klant is leeg"));
        }
        let mut stage = touchpoint.stage.take().unwrap_or_default();
        self.name(Column::Stage, &mut stage)?;
        touchpoint.stage = (!stage.is_empty()).then_some(stage);
        touchpoint.amount = self.optional(Column::Amount, str::parse::<Cents>)?;
        touchpoint.minutes = self.optional(Column::Minutes, minutes)?;
        self.note(&mut touchpoint.note)?;
        self.tags(&mut touchpoint.tags)
    }

    fn facts<Tz: TimeZone>(self, stamps: &mut Stamps<Tz>) -> Result<Facts, Text> {
        let at = stamps.parse(self.text(Column::At)?)?;
        let channel: Channel = self.word(Column::Channel, Channel::ALL, Channel::word)?.ok_or_else(no_channel)?;
        let usual = channel.defaults();
        Ok(Facts {
            at,
            channel,
            direction: self.word(Column::Direction, Direction::ALL, Direction::word)?.unwrap_or(usual.direction),
            sender: self.word(Column::Sender, Sender::ALL, Sender::word)?.unwrap_or(usual.sender),
            personal: self.word(Column::Personal, Personal::ALL, Personal::word)?.unwrap_or(usual.personal),
            kind: self.word(Column::Kind, Kind::ALL, Kind::word)?.unwrap_or(usual.kind),
            sentiment: self.optional(Column::Sentiment, sentiment)?,
        })
    }

    fn bytes(self, column: Column) -> &'a [u8] {
        self.layout.field(self.record, column)
    }

    fn text(self, column: Column) -> Result<&'a str, Text> {
        std::str::from_utf8(self.bytes(column)).map_err(|_| not_utf8(column)).map(str::trim)
    }

    fn optional<T>(self, column: Column, read: impl Fn(&str) -> Result<T, Text>) -> Result<Option<T>, Text> {
        if self.bytes(column).is_empty() {
            return Ok(None);
        }
        let text = self.text(column)?;
        read(text).map(Some).map_err(|said| in_column(column, text, said))
    }

    /// One of the fixed words: by its bytes when it is written exactly, else as a person's spelling of it.
    fn word<T: Copy + FromStr<Err = Text>>(self, column: Column, all: &[T], word: impl Fn(T) -> &'static str) -> Result<Option<T>, Text> {
        let bytes = self.bytes(column);
        match all.iter().find(|value| word(**value).as_bytes() == bytes) {
            Some(value) => Ok(Some(*value)),
            None => self.optional(column, str::parse),
        }
    }

    fn name(self, column: Column, out: &mut String) -> Result<(), Text> {
        let text = self.text(column)?;
        out.clear();
        if text.len() > LONGEST_NAME && text.chars().count() > LONGEST_NAME {
            return Err(too_long(column, LONGEST_NAME));
        }
        let tame = if text.is_ascii() { !text.bytes().any(|b| b.is_ascii_control()) } else { !text.chars().any(char::is_control) };
        if !tame {
            return Err(control(column));
        }
        out.push_str(text);
        Ok(())
    }

    fn note(self, out: &mut String) -> Result<(), Text> {
        let text = self.text(Column::Note)?;
        out.clear();
        if text.len() > LONGEST_NOTE && text.chars().count() > LONGEST_NOTE {
            return Err(too_long(Column::Note, LONGEST_NOTE));
        }
        // what a damaged file leaves behind is no part of what was noted (see limits::note)
        text.split('\0').for_each(|piece| out.push_str(piece));
        Ok(())
    }

    /// Lower case, sorted, each once: tags are a set.
    fn tags(self, out: &mut Vec<String>) -> Result<(), Text> {
        out.clear();
        if self.bytes(Column::Tags).is_empty() {
            return Ok(());
        }
        let text = self.text(Column::Tags)?;
        for tag in text.split([' ', ';', '\t', '\n']).map(str::trim).filter(|tag| !tag.is_empty()) {
            if tag.chars().any(char::is_control) {
                return Err(control(Column::Tags));
            }
            if tag.chars().count() > LONGEST_NAME {
                return Err(too_long(Column::Tags, LONGEST_NAME));
            }
            out.push(tag.to_lowercase());
        }
        out.sort_unstable();
        out.dedup();
        Ok(())
    }
}

fn sentiment(text: &str) -> Result<f64, Text> {
    let number = text.parse::<f64>().or_else(|_| text.replace(',', ".").replace('−', "-").parse());
    match number {
        Ok(felt) if (-1.0..=1.0).contains(&felt) => Ok(felt),
        _ => Err(text!("a sentiment is a number from -1 to 1", "een gevoel is een getal van -1 tot en met 1")),
    }
}

fn minutes(text: &str) -> Result<u32, Text> {
    let plain = text.bytes().all(|b| b.is_ascii_digit());
    let number = if plain { text.parse().ok() } else { None };
    number.ok_or_else(|| text!("minutes are a whole number, 0 or more", "minuten zijn een geheel getal, 0 of meer"))
}

fn in_column(column: Column, typed: &str, said: Text) -> Text {
    let (name, typed) = (column.name(), typed.chars().filter(|c| !c.is_control()).take(40).collect::<String>());
    let (en, nl) = (said.en, said.nl);
    text!("{name} `{typed}`: {en}", "{name} `{typed}`: {nl}")
}

fn no_channel() -> Text {
    text!("the channel is empty", "het kanaal is leeg")
}

fn not_utf8(column: Column) -> Text {
    let name = column.name();
    text!("the {name} is not UTF-8 text; save the file as `CSV UTF-8`", "{name} is geen UTF-8-tekst; sla het bestand op als `CSV UTF-8`")
}

fn too_long(column: Column, most: usize) -> Text {
    let name = column.name();
    text!("the {name} is longer than {most} characters", "{name} is langer dan {most} tekens")
}

fn control(column: Column) -> Text {
    let name = column.name();
    text!("the {name} has a line break or another control character in it", "in {name} staat een regeleinde of een ander stuurteken")
}
