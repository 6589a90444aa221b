//! Markup → events with the attributes somebody asked for.

use std::io::{self, Read};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event as Markup};
use quick_xml::reader::Reader;

use super::counted::Counted;
use crate::domain::text::Text;
use crate::intake::records::RecordError;
use crate::intake::tables::{fatal, unreadable};
use crate::text;

/// Deeper than this nothing honest is nested.
const DEEPEST: usize = 64;

/// More attributes than this in one event or trace are no event.
const MOST_ATTRIBUTES: usize = 10_000;

/// One event: the line it begins on and the values asked for, in their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    pub(super) line: u64,
    pub(super) values: Vec<String>,
}

/// Where in the document the reader is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before the first element.
    Outside,
    /// In the log, beside traces.
    Log,
    /// In a trace, beside events.
    Trace,
    /// In an event.
    Event,
}

/// The events of a log.
pub(super) struct Events<R: Read> {
    markup: Reader<Counted<R>>,
    buffer: Vec<u8>,
    place: Place,
    /// How many elements are open below the place: attributes, and whatever else is passed by.
    below: usize,
    names: Vec<String>,
    of_trace: Vec<String>,
    of_event: Vec<Option<String>>,
    begun: u64,
    attributes: usize,
    /// What was wrong with an attribute of this event or trace.
    wrong: Option<Text>,
    done: bool,
}

impl<R: Read> Events<R> {
    /// `names` are the columns asked for; those that begin with `case:` are of the trace.
    pub(super) fn new(source: R, names: Vec<String>) -> Self {
        let blank = vec![String::new(); names.len()];
        let markup = Reader::from_reader(Counted::new(source));
        let (place, of_event) = (Place::Outside, vec![None; names.len()]);
        Self {
            markup,
            buffer: Vec::new(),
            place,
            below: 0,
            names,
            of_trace: blank,
            of_event,
            begun: 1,
            attributes: 0,
            wrong: None,
            done: false,
        }
    }

    /// The next event; `None` at the end.
    pub(super) fn next(&mut self) -> Option<Result<Event, RecordError>> {
        while !self.done {
            match self.step() {
                Ok(None) => {}
                Ok(Some(event)) => return Some(event),
                Err(error) => {
                    self.done = true;
                    return Some(Err(error));
                }
            }
        }
        None
    }

    /// One piece of markup; every error is fatal.
    fn step(&mut self) -> Result<Option<Result<Event, RecordError>>, RecordError> {
        self.markup.get_mut().renew();
        self.buffer.clear();
        let line = self.markup.get_ref().line;
        let mut buffer = std::mem::take(&mut self.buffer);
        let read = self.markup.read_event_into(&mut buffer).map_err(|error| fatal(line, explain(&error)));
        let line = self.markup.get_ref().line;
        let event = match read? {
            Markup::Start(tag) => self.open(&tag, line).map(|()| None)?,
            Markup::Empty(tag) => {
                self.open(&tag, line)?;
                self.close(line)
            }
            Markup::End(_) => self.close(line),
            Markup::DocType(_) => return Err(fatal(line, no_doctype())),
            Markup::GeneralRef(_) if self.place == Place::Outside => return Err(fatal(line, no_log())),
            Markup::Eof if self.place == Place::Outside && !self.done => return Err(fatal(line, no_log())),
            Markup::Eof => return Err(fatal(line, cut_off())),
            _ => None,
        };
        self.buffer = buffer;
        Ok(event)
    }

    fn open(&mut self, tag: &BytesStart, line: u64) -> Result<(), RecordError> {
        let name = tag.local_name().into_inner();
        if self.below > 0 {
            self.below += 1;
            return if self.below > DEEPEST { Err(fatal(line, too_deep())) } else { Ok(()) };
        }
        match (self.place, name) {
            (Place::Outside, "log") => self.place = Place::Log,
            (Place::Outside, _) => return Err(fatal(line, no_log())),
            (Place::Log, "trace") => {
                self.place = Place::Trace;
                self.of_trace.iter_mut().for_each(String::clear);
                (self.attributes, self.wrong) = (0, None);
            }
            (Place::Trace, "event") => {
                self.place = Place::Event;
                self.of_event.iter_mut().for_each(|value| *value = None);
                (self.begun, self.attributes) = (line, 0);
            }
            (Place::Trace | Place::Event, _) => {
                self.attribute(tag, line)?;
                self.below = 1;
            }
            (Place::Log, _) => self.below = 1,
        }
        Ok(())
    }

    /// An element is closed; an event is then whole.
    fn close(&mut self, line: u64) -> Option<Result<Event, RecordError>> {
        if self.below > 0 {
            self.below -= 1;
            return None;
        }
        match self.place {
            Place::Event => {
                self.place = Place::Trace;
                let wrong = self.wrong.clone();
                return Some(match wrong {
                    Some(reason) => Err(RecordError { line: self.begun, reason, fatal: false }),
                    None => Ok(self.whole()),
                })
                .inspect(|_| self.wrong = None);
            }
            Place::Trace => self.place = Place::Log,
            Place::Log => self.done = true,
            Place::Outside => self.begun = line,
        }
        None
    }

    /// The event: what it says itself goes before what its trace says.
    fn whole(&mut self) -> Event {
        let values = self.of_event.iter_mut().zip(&self.of_trace).map(|(own, trace)| own.take().unwrap_or_else(|| trace.clone()));
        Event { line: self.begun, values: values.collect() }
    }

    fn attribute(&mut self, tag: &BytesStart, line: u64) -> Result<(), RecordError> {
        self.attributes += 1;
        if self.attributes > MOST_ATTRIBUTES {
            return Err(fatal(line, too_many()));
        }
        if !matches!(tag.local_name().into_inner(), "string" | "date" | "int" | "float" | "boolean" | "id") {
            return Ok(());
        }
        match pair(tag) {
            Ok(Some((key, value))) => self.keep(&key, value),
            Ok(None) => {}
            Err(reason) => self.wrong = Some(reason),
        }
        Ok(())
    }

    fn keep(&mut self, key: &str, value: String) {
        for (place, name) in self.names.iter().enumerate() {
            match self.place {
                Place::Event if name == key => self.of_event[place] = Some(value.trim().to_owned()),
                Place::Trace if name.strip_prefix("case:") == Some(key) => value.trim().clone_into(&mut self.of_trace[place]),
                _ => {}
            }
        }
    }
}

/// The key and the value of an attribute of the log.
fn pair(tag: &BytesStart) -> Result<Option<(String, String)>, Text> {
    let (mut key, mut value) = (None, None);
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|error| broken(&error))?;
        let slot = match attribute.key.into_inner() {
            "key" => &mut key,
            "value" => &mut value,
            _ => continue,
        };
        *slot = Some(attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| broken(&error))?.into_owned());
    }
    Ok(key.zip(value))
}

fn explain(error: &quick_xml::Error) -> Text {
    match error {
        quick_xml::Error::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
            text!("a piece of this file has no end within 4 MB", "een stuk van dit bestand heeft binnen 4 MB geen einde")
        }
        quick_xml::Error::Io(error) => unreadable(error),
        other => broken(other),
    }
}

fn broken(error: &dyn std::fmt::Display) -> Text {
    text!("this is not well-formed XML: {error}", "dit is geen goede XML: {error}")
}

fn no_log() -> Text {
    text!("this is no XES event log: its first element is not `log`", "dit is geen XES-logboek: het eerste element is geen `log`")
}

fn cut_off() -> Text {
    text!("the file ends before the log does", "het bestand houdt op voordat het logboek af is")
}

fn no_doctype() -> Text {
    text!(
        "this file defines entities of its own, and no event log needs those",
        "dit bestand definieert eigen entiteiten, en die heeft geen logboek nodig"
    )
}

fn too_deep() -> Text {
    text!("this is nested deeper than {DEEPEST} levels", "dit is dieper genest dan {DEEPEST} niveaus")
}

fn too_many() -> Text {
    text!("this has more than {MOST_ATTRIBUTES} attributes", "dit heeft meer dan {MOST_ATTRIBUTES} attributen")
}
