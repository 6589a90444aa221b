//! The page of `attent passphrase`.

use serde_json::json;

use crate::domain::text::Text;
use crate::render::document::{Block, Document};
use crate::render::format::Answer;
use crate::text;

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// The log was encrypted.
    Set,
    /// It has another passphrase.
    Changed,
    /// It is no longer encrypted.
    Removed,
}

/// What was done with the passphrase of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What was done.
    pub what: What,
    /// The log.
    pub log: String,
    /// Copies of the log that are as they were, by name.
    pub copies: Vec<String>,
}

impl Done {
    /// The answer.
    pub fn answer(&self) -> Answer {
        let mut document = Document::new(Text::default()).named(text!("Passphrase", "Wachtwoordzin")).with(Block::Text(self.said()));
        if self.what != What::Removed {
            document = document.with(Block::Hint(text!(
                "Without the passphrase nobody can read the log, and nobody can find the passphrase again: keep it where you keep others.",
                "Zonder de wachtwoordzin kan niemand het logboek lezen, en niemand vindt hem terug: bewaar hem waar je ze bewaart."
            )));
        }
        if !self.copies.is_empty() && self.what != What::Removed {
            let (n, listed) = (self.copies.len(), self.copies.join(", "));
            document = document.with(Block::Text(text!(
                "Copies made before are as they were ({n}): {listed}",
                "Eerdere kopieën zijn zoals ze waren ({n}): {listed}"
            )));
        }
        Answer {
            schema: "attent.passphrase/1",
            json: json!({"log": self.log, "encrypted": self.what != What::Removed, "copies": self.copies}),
            rows_key: "copies",
            ids: self.copies.clone(),
            document,
            calendar: None,
        }
    }

    fn said(&self) -> Text {
        let log = &self.log;
        match self.what {
            What::Set => text!("{log} is encrypted.", "{log} is versleuteld."),
            What::Changed => text!("{log} has another passphrase.", "{log} heeft een andere wachtwoordzin."),
            What::Removed => text!("{log} is no longer encrypted.", "{log} is niet meer versleuteld."),
        }
    }
}
