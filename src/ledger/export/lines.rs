//! The lines of an export on their way in: their numbers, their length, and what can be wrong with them.

use std::fmt::Write as _;
use std::io::{BufRead, Read as _};

use anyhow::Result;
use serde_json::{Map, Value as Json};
use sha2::{Digest as _, Sha256};

use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::text;

/// No line of an export is longer, in bytes; what is, is no export.
const LONGEST: u64 = 32 * 1024 * 1024;

/// Lines as they come in, counted and hashed.
pub struct LinesIn<'s> {
    source: &'s mut dyn BufRead,
    bytes: Vec<u8>,
    hash: Sha256,
    /// The number of the current line.
    pub number: u64,
}

impl<'s> LinesIn<'s> {
    /// Before the first line.
    pub fn new(source: &'s mut dyn BufRead) -> Self {
        Self { source, bytes: Vec::new(), hash: Sha256::new(), number: 0 }
    }

    /// The object on the next line; `None` at the end of the file.
    ///
    /// # Errors
    /// When the source fails, or the line is no JSON object.
    pub fn next(&mut self) -> Result<Option<Map<String, Json>>> {
        self.bytes.clear();
        self.source.take(LONGEST).read_until(b'\n', &mut self.bytes)?;
        if self.bytes.is_empty() {
            return Ok(None);
        }
        self.number += 1;
        if self.bytes.len() as u64 == LONGEST {
            return Err(self.wrong(text!("it is longer than any line of an export", "die is langer dan elke regel van een export")));
        }
        match serde_json::from_slice(&self.bytes) {
            Ok(object) => Ok(Some(object)),
            // The end of the file in the middle of a line is no mistake of that line.
            Err(_) if !self.bytes.ends_with(b"\n") => Err(cut_off()),
            Err(err) => {
                let column = err.column();
                Err(self.wrong(text!(
                    "it is no JSON object (looked at up to column {column})",
                    "er staat geen JSON-object (bekeken tot en met kolom {column})"
                )))
            }
        }
    }

    /// Counts the current line in; the checksum of the last line is about those that were.
    pub fn accept(&mut self) {
        self.hash.update(&self.bytes);
    }

    /// The checksum of the lines that were accepted.
    pub fn checksum(&self) -> String {
        hexadecimal(self.hash.clone())
    }

    /// Whether nothing but spaces and line ends follows.
    ///
    /// # Errors
    /// When the source fails.
    pub fn at_end(&mut self) -> Result<bool> {
        loop {
            let rest = self.source.fill_buf()?;
            if rest.is_empty() {
                return Ok(true);
            }
            if !rest.trim_ascii().is_empty() {
                return Ok(false);
            }
            let length = rest.len();
            self.source.consume(length);
        }
    }

    /// What is wrong with the current line.
    pub fn wrong(&self, why: Text) -> anyhow::Error {
        wrong_line(self.number, why).into()
    }
}

/// What is wrong with a line.
pub fn wrong_line(number: u64, why: Text) -> Problem {
    Problem::input(text!("line {number} of the export is not right", "regel {number} van de export klopt niet")).why(why).todo(again())
}

/// The file ends before it should.
pub fn cut_off() -> anyhow::Error {
    let problem = Problem::input(text!("the export is cut off", "de export is afgebroken"));
    problem
        .why(text!("its last line, with the checksum, is not there", "de laatste regel, met de controlesom, ontbreekt"))
        .todo(again())
        .into()
}

/// The file is not what was written.
pub fn changed(why: Text) -> anyhow::Error {
    Problem::input(text!("the export was changed after it was written", "de export is veranderd nadat die geschreven was"))
        .why(why)
        .todo(again())
        .into()
}

fn again() -> Text {
    text!("copy it again, or export again; nothing was changed", "kopieer het opnieuw, of exporteer opnieuw; er is niets veranderd")
}

/// A checksum in hexadecimal.
pub fn hexadecimal(hash: Sha256) -> String {
    hash.finalize().iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
