//! Mbox files, streamed: headers are kept for as long as one message is read, bodies never.

use std::io::{self, Read};

use crate::domain::text::Text;
use crate::intake::records::{Record, RecordError, Records};
use crate::text;

use super::lines::Lines;
use super::message::{MailRules, message};
use super::separator::{envelope, is_dateless, is_field};

/// The most that is kept of the headers of one message; what comes after it is passed over.
const MOST_HEADERS: usize = 256 * 1024;

/// What some editors put before UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Reads only the headers of one message: up to the blank line, at most 256 KiB. Blank lines before
/// them are passed over.
///
/// # Errors
/// When the source cannot be read.
pub fn headers_of(source: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut lines = Lines::new(source);
    let mut head = Vec::new();
    skip_blank(&mut lines)?;
    read_headers(&mut lines, &mut head, |_| Ok(false))?;
    Ok(head)
}

/// An mbox file; see the module for what it takes. A file that holds one message without the line that should
/// come before it is read as well.
pub struct Mbox<R: Read> {
    lines: Lines<R>,
    rules: MailRules,
    head: Vec<u8>,
    state: State,
    /// Whether the separators of this file have no date.
    dateless: bool,
}

/// How far the reading is.
enum State {
    Unopened,
    /// Somewhere after the headers of a message.
    Within,
    Done,
}

impl<R: Read> Mbox<R> {
    /// From the source of an mbox.
    pub fn new(source: R, rules: MailRules) -> Self {
        Self { lines: Lines::new(source), rules, head: Vec::new(), state: State::Unopened, dateless: false }
    }

    fn advance(&mut self) -> Result<Option<Result<Record, RecordError>>, RecordError> {
        let found = match self.state {
            State::Unopened => self.open()?,
            State::Within => self.skip_body().map_err(|error| self.unreadable(&error))?,
            State::Done => false,
        };
        if !found {
            self.state = State::Done;
            return Ok(None);
        }
        self.state = State::Within;
        self.read_message().map(Some).map_err(|error| self.unreadable(&error))
    }

    /// Goes to the first message; false when the file is empty.
    fn open(&mut self) -> Result<bool, RecordError> {
        skip_blank(&mut self.lines).map_err(|error| self.unreadable(&error))?;
        let number = self.lines.number;
        let line = self.lines.line().map(<[u8]>::to_vec).map_err(|error| self.unreadable(&error))?;
        let dated = envelope(&line).is_some();
        self.dateless = !dated && is_dateless(&line);
        match line.is_empty() || dated || self.dateless || is_field(&line) {
            true => Ok(!line.is_empty()),
            false => Err(RecordError { line: number, reason: no_mail(), fatal: true }),
        }
    }

    fn read_message(&mut self) -> io::Result<Result<Record, RecordError>> {
        let begun = self.lines.number;
        let first = self.lines.line()?;
        let (length, at) = (first.len(), envelope(first));
        let dateless = self.dateless;
        if at.is_some() || dateless && is_dateless(first) {
            self.lines.pass(length);
        }
        self.head.clear();
        read_headers(&mut self.lines, &mut self.head, |lines| separates(lines, dateless))?;
        Ok(message(&self.head, begun, &self.rules, at))
    }

    /// Goes to the next separator; false when there is none.
    fn skip_body(&mut self) -> io::Result<bool> {
        loop {
            let line = self.lines.line()?;
            let (length, from) = (line.len(), line.starts_with(b"From "));
            if length == 0 {
                return Ok(false);
            }
            if from && separates(&mut self.lines, self.dateless)? {
                return Ok(true);
            }
            self.lines.pass(length);
        }
    }

    fn unreadable(&self, error: &io::Error) -> RecordError {
        let reason = text!("cannot read on: {error}", "kan niet verder lezen: {error}");
        RecordError { line: self.lines.number, reason, fatal: true }
    }
}

impl<R: Read> Records for Mbox<R> {
    fn next(&mut self) -> Option<Result<Record, RecordError>> {
        self.advance().unwrap_or_else(|error| {
            self.state = State::Done;
            Some(Err(error))
        })
    }
}

/// Whether a message begins here.
fn separates<R: Read>(lines: &mut Lines<R>, dateless: bool) -> io::Result<bool> {
    if !lines.fresh() {
        return Ok(false);
    }
    let line = lines.line()?;
    Ok((envelope(line).is_some() || dateless && is_dateless(line)) && is_field(lines.after()?))
}

/// Goes past blank lines and the mark that some editors put before UTF-8.
fn skip_blank<R: Read>(lines: &mut Lines<R>) -> io::Result<()> {
    if lines.line()?.starts_with(MARK) {
        lines.pass(MARK.len());
    }
    loop {
        let line = lines.line()?;
        let length = line.len();
        if length == 0 || !line.trim_ascii().is_empty() {
            return Ok(());
        }
        lines.pass(length);
    }
}

/// Reads up to and past the blank line after the headers, or to where the next message begins.
fn read_headers<R: Read>(
    lines: &mut Lines<R>,
    head: &mut Vec<u8>,
    mut separates: impl FnMut(&mut Lines<R>) -> io::Result<bool>,
) -> io::Result<()> {
    loop {
        let fresh = lines.fresh();
        let line = lines.line()?;
        let (length, from) = (line.len(), line.starts_with(b"From "));
        if from && separates(lines)? {
            return Ok(());
        }
        let line = lines.line()?;
        let blank = fresh && matches!(line, b"\n" | b"\r\n");
        if !blank && head.len() + length <= MOST_HEADERS {
            head.extend_from_slice(line);
        }
        lines.pass(length);
        if blank || length == 0 {
            return Ok(());
        }
    }
}

fn no_mail() -> Text {
    text!(
        "this is no mail: it must begin with a line such as `From anna@example.nl Mon Jan  1 12:00:00 2024` or with headers",
        "dit is geen mail: die begint met een regel als `From anna@example.nl Mon Jan  1 12:00:00 2024` of met kopregels"
    )
}
