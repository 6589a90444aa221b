//! What went wrong, in three voices: what happened, why, and what to do.

use std::fmt;

use super::text::{Lang, Text};

/// The exit code a problem ends the program with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// 1: the work could not be done.
    Failure,
    /// 2: the command was not clear, or a name fits several.
    Usage,
    /// 3: an input file is not right.
    Input,
}

impl Exit {
    /// The number the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Failure => 1,
            Self::Usage => 2,
            Self::Input => 3,
        }
    }
}

/// A problem told to a person. `why` and `todo` may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// How the program ends.
    pub exit: Exit,
    /// What happened.
    pub what: Text,
    /// Why it happened.
    pub why: Text,
    /// What the person can do about it.
    pub todo: Text,
}

impl Problem {
    /// A problem of the work itself (exit 1).
    pub fn failure(what: Text) -> Self {
        Self { exit: Exit::Failure, what, why: Text::default(), todo: Text::default() }
    }

    /// A command that cannot be understood or is ambiguous (exit 2).
    pub fn usage(what: Text) -> Self {
        Self { exit: Exit::Usage, ..Self::failure(what) }
    }

    /// An input file with mistakes (exit 3).
    pub fn input(what: Text) -> Self {
        Self { exit: Exit::Input, ..Self::failure(what) }
    }

    /// Adds the reason.
    #[must_use]
    pub fn why(mut self, why: Text) -> Self {
        self.why = why;
        self
    }

    /// Adds the way out.
    #[must_use]
    pub fn todo(mut self, todo: Text) -> Self {
        self.todo = todo;
        self
    }

    /// The three voices, a line each, in one language.
    pub fn lines(&self, lang: Lang) -> Vec<&str> {
        [&self.what, &self.why, &self.todo].into_iter().map(|text| text.get(lang)).filter(|line| !line.is_empty()).collect()
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines(Lang::En).join("\n"))
    }
}

impl std::error::Error for Problem {}
