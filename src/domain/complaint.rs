//! Mistakes in files people write, all of them at once, each at its place.

use super::text::Text;

/// How grave a complaint is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; the file is used as it is.
    Warning,
    /// The file cannot be used.
    Error,
}

/// A stretch of a source text, in bytes; `start..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// One mistake in one file. The file's name is added by whoever opened it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// How grave it is.
    pub severity: Severity,
    /// Where in the text.
    pub span: Span,
    /// What is wrong.
    pub what: Text,
    /// What to do about it, or empty.
    pub help: Text,
    /// A second place that belongs to it ("first here"), with its label.
    pub also: Option<(Span, Text)>,
}

impl Complaint {
    /// An error at a place.
    pub fn error(span: Span, what: Text) -> Self {
        Self { severity: Severity::Error, span, what, help: Text::default(), also: None }
    }

    /// A warning at a place.
    pub fn warning(span: Span, what: Text) -> Self {
        Self { severity: Severity::Warning, ..Self::error(span, what) }
    }

    /// Adds the way out.
    #[must_use]
    pub fn help(mut self, help: Text) -> Self {
        self.help = help;
        self
    }

    /// Adds the second place.
    #[must_use]
    pub fn also(mut self, span: Span, label: Text) -> Self {
        self.also = Some((span, label));
        self
    }
}
