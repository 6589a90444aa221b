//! What an examination of a workspace finds: one check, one verdict, in words.

use super::text::Text;
use crate::text;

/// What became of one check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Fine,
    /// Worth knowing, and nothing is wrong.
    Note,
    /// It was wrong, and was mended.
    Mended,
    /// It is wrong.
    Wrong,
}

impl Verdict {
    /// The word in machine formats.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fine => "fine",
            Self::Note => "note",
            Self::Mended => "mended",
            Self::Wrong => "wrong",
        }
    }

    /// The word people read.
    pub fn label(self) -> Text {
        match self {
            Self::Fine => text!("fine", "in orde"),
            Self::Note => text!("note", "let op"),
            Self::Mended => text!("mended", "hersteld"),
            Self::Wrong => text!("to do", "te doen"),
        }
    }
}

/// One check and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Its name in machine formats, which never changes: `pages`, `sums`.
    pub id: &'static str,
    /// What was looked at, as people read it.
    pub name: Text,
    /// What became of it.
    pub verdict: Verdict,
    /// What was found.
    pub found: Text,
    /// What to do about it; empty when there is nothing to do.
    pub todo: Text,
    /// Whether the program can mend it without losing anything a person typed.
    pub mendable: bool,
}

impl Check {
    /// A check that found everything as it should be.
    pub fn fine(id: &'static str, name: Text, found: Text) -> Self {
        Self { id, name, verdict: Verdict::Fine, found, todo: Text::default(), mendable: false }
    }

    /// Something worth knowing.
    #[must_use]
    pub fn note(self, found: Text, todo: Text) -> Self {
        Self { verdict: Verdict::Note, found, todo, ..self }
    }

    /// Something wrong that a person has to do something about.
    #[must_use]
    pub fn wrong(self, found: Text, todo: Text) -> Self {
        Self { verdict: Verdict::Wrong, found, todo, ..self }
    }

    /// Something wrong that `attent doctor --fix` mends.
    #[must_use]
    pub fn wrong_but_mendable(self, found: Text) -> Self {
        let todo = text!("`attent doctor --fix` mends it", "`attent doctor --fix` herstelt het");
        Self { verdict: Verdict::Wrong, found, todo, mendable: true, ..self }
    }

    /// Something that was wrong before and is so no more.
    #[must_use]
    pub fn mended(self, before: &Self) -> Self {
        Self { verdict: Verdict::Mended, found: before.found.clone(), todo: Text::default(), mendable: false, ..self }
    }
}
