//! The events of a log as records.

use std::collections::VecDeque;
use std::io::Read;

use chrono::TimeZone;

use super::events::Events;
use crate::intake::records::{Identity, Record, RecordError, Records, Told, digest};
use crate::intake::tables::{
    Decoded, Either, LIFECYCLE, Layout, Profile, RowReader, encoding_of, fatal, not_completed, peek, profiles, unreadable,
};

/// The shipped profile of event logs.
const USUAL: &str = "event-log";

/// A log that is read event by event.
pub struct Xes<'a, Tz> {
    events: Events<Box<dyn Read + 'a>>,
    reader: RowReader<'a, Tz>,
    /// Where the lifecycle stands among the values.
    lifecycle: Option<usize>,
    ready: VecDeque<Record>,
    over: bool,
}

impl<'a, Tz: TimeZone> Xes<'a, Tz> {
    /// Opens a log, unpacked. The columns of the profile are the names of attributes, with `case:` before
    /// those of traces; the shipped `event-log` is used when there is none. Times without an offset are
    /// in `zone`.
    ///
    /// # Errors
    /// When the source cannot be read; always fatal.
    pub fn open(source: impl Read + 'a, profile: Option<&'a Profile>, zone: Tz) -> Result<Self, RecordError> {
        let (start, source) = peek(source).map_err(|error| fatal(1, unreadable(&error)))?;
        let source: Box<dyn Read + 'a> = Box::new(match encoding_of(&start, declared(&start)) {
            Some(encoding) => Either::Decoded(Decoded::new(source, encoding)),
            None => Either::Plain(source),
        });
        let usual = || profiles::shipped().iter().find(|profile| profile.id == USUAL);
        let profile = profile.or_else(usual).ok_or_else(|| fatal(1, crate::domain::text::Text::same(USUAL)))?;
        let mut names: Vec<String> = profile.names().into_iter().map(|name| name.trim().to_owned()).collect();
        let layout = Layout::new(profile, names.clone()).map_err(|reason| fatal(1, reason))?;
        let own_say = names.iter().any(|name| name == LIFECYCLE);
        let lifecycle = (!own_say).then_some(names.len());
        names.extend(lifecycle.map(|_| LIFECYCLE.to_owned()));
        Ok(Self {
            events: Events::new(source, names),
            reader: RowReader::new(profile, layout, zone, Some('.')),
            lifecycle,
            ready: VecDeque::new(),
            over: false,
        })
    }

    fn read(&mut self, line: u64, values: &[String]) -> Result<Vec<Record>, RecordError> {
        let stage = self.lifecycle.and_then(|place| values.get(place)).map_or("", String::as_str);
        if !stage.is_empty() && !stage.eq_ignore_ascii_case("complete") {
            let said: Vec<&[u8]> = std::iter::once(&b"xes"[..]).chain(values.iter().map(String::as_bytes)).collect();
            return Ok(vec![Record { line, identity: Identity::Content(digest(&said)), told: Told::Nothing(not_completed()) }]);
        }
        self.reader.read(line, values)
    }
}

impl<Tz: TimeZone> Records for Xes<'_, Tz> {
    fn next(&mut self) -> Option<Result<Record, RecordError>> {
        loop {
            if let Some(record) = self.ready.pop_front() {
                return Some(Ok(record));
            }
            if self.over {
                return None;
            }
            match self.events.next() {
                None => self.over = true,
                Some(Err(error)) => {
                    self.over = error.fatal;
                    return Some(Err(error));
                }
                Some(Ok(event)) => match self.read(event.line, &event.values) {
                    Ok(records) => self.ready.extend(records),
                    Err(error) => return Some(Err(error)),
                },
            }
        }
    }
}

/// The character set the first line of the file names.
fn declared(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let line = String::from_utf8_lossy(start.get(..start.len().min(200))?).into_owned();
    let declaration = line.trim_start().strip_prefix("<?xml")?.split("?>").next()?.to_owned();
    let (_, label) = declaration.split_once("encoding")?;
    let label = label.trim_start().strip_prefix('=')?.trim_start();
    let quote = label.chars().next().filter(|sign| matches!(sign, '"' | '\''))?;
    encoding_rs::Encoding::for_label(label[1..].split(quote).next()?.as_bytes())
}
