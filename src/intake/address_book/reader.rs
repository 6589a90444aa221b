//! Lines → cards.

use std::io::Read;

use crate::domain::text::Text;
use crate::intake::records::{Record, RecordError, Records};
use crate::text;

use super::card;
use super::lines::Lines;
use super::properties::Properties;

/// How many lines may come before the first card.
const JUNK: u64 = 1_000;

/// Reads a vCard file card by card; see the module for what it takes.
///
/// A card becomes a `Told::Card`; a group, a place or an empty card is a `Told::Nothing`. Its
/// identity is its UID, or where it has none its content.
pub struct AddressBook<R: Read> {
    lines: Lines<R>,
    line: Vec<u8>,
    open: Option<Open>,
    any: bool,
    over: bool,
}

/// A card of which the end has not been read yet.
struct Open {
    line: u64,
    properties: Properties,
    /// How many cards are open within it (AGENT, vCard 2.1 and 3.0); they are passed over.
    within: u32,
}

impl<R: Read> AddressBook<R> {
    /// An address book; nothing is read yet. A file that is none gives a fatal error at first.
    pub fn new(source: R) -> Self {
        Self { lines: Lines::new(source), line: Vec::new(), open: None, any: false, over: false }
    }

    /// Takes in the line that was read; gives what it completes.
    fn take(&mut self) -> Option<Result<Record, RecordError>> {
        if marks(&self.line, "BEGIN") {
            return self.begin().map(|line| Err(wrong(line, unended())));
        }
        let Some(open) = &mut self.open else { return None };
        if !marks(&self.line, "END") {
            if open.within == 0 {
                open.properties.take(&self.line);
            }
            return None;
        }
        if open.within > 0 {
            open.within -= 1;
            return None;
        }
        let Open { line, properties, .. } = self.open.take()?;
        Some(finish(line, &properties))
    }

    /// Opens a card; gives the line of the one before if that was never closed.
    fn begin(&mut self) -> Option<u64> {
        self.any = true;
        if let Some(open) = self.open.as_mut().filter(|open| open.within > 0 || open.properties.expect_a_card()) {
            open.within += 1;
            return None;
        }
        let open = Open { line: self.lines.number, properties: Properties::default(), within: 0 };
        self.open.replace(open).map(|before| before.line)
    }

    fn end(&mut self) -> Option<Result<Record, RecordError>> {
        self.over = true;
        match self.open.take() {
            Some(open) => Some(Err(wrong(open.line, unended()))),
            None => (!self.any).then(|| Err(self.fatal(no_cards()))),
        }
    }

    fn fatal(&mut self, reason: Text) -> RecordError {
        self.over = true;
        RecordError { line: self.lines.number.max(1), reason, fatal: true }
    }
}

impl<R: Read> Records for AddressBook<R> {
    fn next(&mut self) -> Option<Result<Record, RecordError>> {
        while !self.over {
            match self.lines.next(&mut self.line) {
                Err(error) => {
                    return Some(
                        Err(self.fatal(text!("the file cannot be read: {error}", "het bestand kan niet gelezen worden: {error}"))),
                    );
                }
                Ok(false) => return self.end(),
                Ok(true) if !self.any && self.lines.number > JUNK => return Some(Err(self.fatal(no_cards()))),
                Ok(true) => {
                    if let Some(done) = self.take() {
                        return Some(done);
                    }
                }
            }
        }
        None
    }
}

fn finish(line: u64, properties: &Properties) -> Result<Record, RecordError> {
    let written = properties.written().ok_or_else(|| {
        let reason = text!("this card is too large, even without photographs", "deze kaart is te groot, zelfs zonder foto's");
        wrong(line, reason)
    })?;
    let (identity, told) =
        card::read(&written).ok_or_else(|| wrong(line, text!("this card cannot be read", "deze kaart kan niet gelezen worden")))?;
    Ok(Record { line, identity, told })
}

/// Whether a line begins or ends a card: `BEGIN:VCARD`.
fn marks(line: &[u8], word: &str) -> bool {
    let Some(colon) = line.iter().take(20).position(|byte| *byte == b':') else { return false };
    line[..colon].trim_ascii_end().eq_ignore_ascii_case(word.as_bytes()) && line[colon + 1..].trim_ascii().eq_ignore_ascii_case(b"VCARD")
}

fn wrong(line: u64, reason: Text) -> RecordError {
    RecordError { line, reason, fatal: false }
}

fn unended() -> Text {
    text!("this card is broken off: the line END:VCARD is missing", "deze kaart is afgebroken: de regel END:VCARD ontbreekt")
}

fn no_cards() -> Text {
    text!("this is no address book: there is no card (BEGIN:VCARD) in it", "dit is geen adresboek: er staat geen kaart (BEGIN:VCARD) in")
}
