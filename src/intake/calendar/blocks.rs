//! Lines → one appointment or time zone at a time, with only the lines that are needed.

use std::io::{self, Read};

use encoding_rs::WINDOWS_1252;

use crate::domain::text::Text;
use crate::intake::records::RecordError;
use crate::text;

use super::lines::{Line, Lines};

/// More bytes than this of needed lines are no appointment.
const LONGEST_BLOCK: usize = 1024 * 1024;

/// The properties of an appointment that are read; the rest, attachments above all, passes by.
const WANTED: [&str; 23] = [
    "UID",
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "RECURRENCE-ID",
    "SEQUENCE",
    "STATUS",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "URL",
    "ATTENDEE",
    "ORGANIZER",
    "CATEGORIES",
    "CLASS",
    "CONFERENCE",
    "X-GOOGLE-CONFERENCE",
    "X-MICROSOFT-SKYPETEAMSMEETINGURL",
    "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK",
    "X-MICROSOFT-CDO-ALLDAYEVENT",
];

/// What the calendar around an appointment is for (RFC 5546).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    /// To be known: published, requested, or nothing said.
    Told,
    /// To call appointments off.
    Cancel,
    /// To answer an invitation.
    Answer,
}

/// An appointment or a time zone.
#[derive(Debug)]
pub(super) struct Block {
    /// The line its BEGIN stands on.
    pub(super) line: u64,
    /// Which appointment of the file it is, from 0.
    pub(super) number: u32,
    /// Whether it is a time zone.
    pub(super) zone: bool,
    pub(super) method: Method,
    /// The unfolded lines between BEGIN and END, each with a line end behind it.
    pub(super) text: String,
    /// Whether more than [`LONGEST_BLOCK`] came.
    pub(super) too_long: bool,
    /// Whether its END was there.
    pub(super) ended: bool,
}

/// Reads block by block.
pub(super) struct Blocks<R> {
    lines: Lines<R>,
    open: Option<Block>,
    /// Components inside the open one, such as alarms.
    depth: u32,
    method: Method,
    appointments: u32,
    /// Whether a first line told that this is a calendar.
    begun: bool,
    /// Whether a calendar is open.
    inside: bool,
    /// Whether the next line belongs to a quoted-printable one.
    soft: bool,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(source: R) -> Self {
        let lines = Lines::new(source);
        Self { lines, open: None, depth: 0, method: Method::Told, appointments: 0, begun: false, inside: false, soft: false }
    }

    /// The source as it was given.
    pub(super) fn into_source(self) -> R {
        self.lines.into_source()
    }

    /// The last line, and whether a calendar is still open there.
    pub(super) fn end(&self) -> (u64, bool) {
        (self.lines.count(), self.inside)
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// When the source cannot be read or is no calendar; always fatal.
    pub(super) fn next(&mut self) -> Result<Option<Block>, RecordError> {
        loop {
            let line = self.lines.next().map_err(|error| fatal(self.lines.count() + 1, unreadable(&error)))?;
            let Some(line) = line else {
                return if self.begun { Ok(self.open.take()) } else { Err(fatal(1, no_calendar())) };
            };
            self.check_first(&line)?;
            if let Some(block) = self.take(&line) {
                return Ok(Some(block));
            }
        }
    }

    /// The first line that is not empty must begin a calendar.
    fn check_first(&mut self, line: &Line) -> Result<(), RecordError> {
        let text = line.bytes.trim_ascii();
        if self.begun || text.is_empty() {
            return Ok(());
        }
        let whole = |word: &[u8]| text.eq_ignore_ascii_case(word);
        self.begun = whole(b"BEGIN:VCALENDAR") || whole(b"BEGIN:VEVENT");
        if self.begun { Ok(()) } else { Err(fatal(line.number, no_calendar())) }
    }

    /// Takes a line; gives the block that it closes.
    fn take(&mut self, line: &Line) -> Option<Block> {
        let name = property_name(&line.bytes);
        let is = |word: &str| name.eq_ignore_ascii_case(word.as_bytes());
        if std::mem::take(&mut self.soft) {
            self.keep(line);
            return None;
        }
        if is("BEGIN") {
            return self.begin(line, &component(&line.bytes));
        }
        if is("END") {
            return self.close(line, &component(&line.bytes));
        }
        match &self.open {
            None if is("METHOD") => self.method = method(&component(&line.bytes)),
            Some(block) if block.zone || (self.depth == 0 && WANTED.iter().any(|wanted| is(wanted))) => self.keep(line),
            _ => {}
        }
        None
    }

    fn begin(&mut self, line: &Line, what: &str) -> Option<Block> {
        match what {
            "VCALENDAR" => {
                self.inside = true;
                self.method = Method::Told;
                self.open.take()
            }
            "VEVENT" | "VTIMEZONE" => {
                let zone = what == "VTIMEZONE";
                let number = self.appointments;
                self.appointments += u32::from(!zone);
                self.depth = 0;
                let (method, text) = (self.method, String::new());
                self.open.replace(Block { line: line.number, number, zone, method, text, too_long: false, ended: false })
            }
            _ => {
                self.depth += 1;
                if self.open.as_ref().is_some_and(|block| block.zone) {
                    self.keep(line);
                }
                None
            }
        }
    }

    fn close(&mut self, line: &Line, what: &str) -> Option<Block> {
        let Some(block) = &mut self.open else {
            self.inside &= what != "VCALENDAR";
            return None;
        };
        let own = if block.zone { "VTIMEZONE" } else { "VEVENT" };
        if what == own {
            block.ended = true;
            return self.open.take();
        }
        if what == "VCALENDAR" {
            self.inside = false;
            return self.open.take();
        }
        self.depth = self.depth.saturating_sub(1);
        if block.zone {
            self.keep(line);
        }
        None
    }

    fn keep(&mut self, line: &Line) {
        let Some(block) = &mut self.open else { return };
        let description = property_name(&line.bytes).eq_ignore_ascii_case(b"DESCRIPTION");
        block.too_long |= (line.cut && !description) || block.text.len() + line.bytes.len() > LONGEST_BLOCK;
        if block.too_long {
            return;
        }
        match std::str::from_utf8(&line.bytes) {
            Ok(text) => block.text.push_str(text),
            Err(_) if line.cut => block.text.push_str(&String::from_utf8_lossy(&line.bytes)),
            Err(_) => block.text.push_str(&WINDOWS_1252.decode_without_bom_handling(&line.bytes).0),
        }
        block.text.push('\n');
        self.soft = line.bytes.last() == Some(&b'=') && is_quoted_printable(&line.bytes);
    }
}

/// An error after which nothing can be read.
pub(super) fn fatal(line: u64, reason: Text) -> RecordError {
    RecordError { line, reason, fatal: true }
}

pub(super) fn unreadable(error: &io::Error) -> Text {
    text!("the file cannot be read: {error}", "het bestand kan niet gelezen worden: {error}")
}

fn no_calendar() -> Text {
    text!("this is not a calendar: it does not begin with BEGIN:VCALENDAR", "dit is geen agenda: het begint niet met BEGIN:VCALENDAR")
}

/// What stands before the first `:` or `;`.
pub(super) fn property_name(line: &[u8]) -> &[u8] {
    let end = line.iter().position(|&byte| byte == b':' || byte == b';').unwrap_or(line.len());
    line[..end].trim_ascii()
}

/// The short word behind the colon, in capitals.
fn component(line: &[u8]) -> String {
    let word = line.iter().position(|&byte| byte == b':').map_or(&[][..], |colon| line[colon + 1..].trim_ascii());
    String::from_utf8_lossy(&word[..word.len().min(40)]).to_ascii_uppercase()
}

fn method(word: &str) -> Method {
    match word {
        "CANCEL" => Method::Cancel,
        "REPLY" | "COUNTER" | "DECLINECOUNTER" | "REFRESH" => Method::Answer,
        _ => Method::Told,
    }
}

fn is_quoted_printable(line: &[u8]) -> bool {
    let head = &line[..line.len().min(200)];
    head.to_ascii_uppercase().windows(16).any(|window| window == b"QUOTED-PRINTABLE")
}
