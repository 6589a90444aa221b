//! The mistakes in a file: for a person with the source line and a caret under it, for a program
//! as rows with a line and a column.

use std::borrow::Cow;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde::Serialize;

use super::sanitize::{MOST_MARKS, is_hidden, is_mark};
use crate::domain::complaint::{Complaint, Severity, Span};
use crate::domain::text::Lang;

/// Two places of one mistake are shown in one excerpt when no more than this lies between them.
const ONE_EXCERPT: usize = 16 * 1024;

/// How mistakes are shown to a person.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// The reader's language.
    pub lang: Lang,
    /// With colours.
    pub colour: bool,
    /// With no other marks than ASCII.
    pub ascii: bool,
    /// The width of the terminal.
    pub width: usize,
}

/// One mistake as a row: what `attent check` gives as JSON and CSV.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocatedComplaint {
    /// The file.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// `error` or `warning`.
    pub severity: &'static str,
    /// What is wrong.
    pub what: String,
    /// What to do about it, or empty.
    pub help: String,
}

/// A file's text with the beginnings of its lines: every place is found in no time.
pub struct SourceFile<'a> {
    path: String,
    text: Cow<'a, str>,
    starts: Vec<usize>,
}

impl<'a> SourceFile<'a> {
    /// A file as it was read. Bytes that are not UTF-8 are shown as `?`, one each, so that every
    /// place stays where it is.
    pub fn new(path: &str, bytes: &'a [u8]) -> Self {
        let text = readable(bytes);
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { path: harmless(path), text, starts }
    }

    /// The line and the column, in characters, of a byte; both from 1.
    pub fn line_column(&self, byte: usize) -> (usize, usize) {
        let byte = byte.min(self.text.len());
        let line = self.starts.partition_point(|&start| start <= byte) - 1;
        let before = self.text.get(self.starts[line]..byte).unwrap_or_default();
        (line + 1, before.trim_start_matches('\u{feff}').chars().count() + 1)
    }

    /// A mistake as a row.
    pub fn locate(&self, complaint: &Complaint, lang: Lang) -> LocatedComplaint {
        let (line, column) = self.line_column(complaint.span.start);
        LocatedComplaint {
            path: self.path.clone(),
            line,
            column,
            severity: match complaint.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            what: harmless(complaint.what.get(lang)),
            help: harmless(complaint.help.get(lang)),
        }
    }

    /// The mistakes for a person, a block each, with an empty line after each.
    pub fn render(&self, complaints: &[Complaint], look: Look) -> String {
        let renderer = if look.colour { Renderer::styled() } else { Renderer::plain() };
        let decor = if look.ascii { DecorStyle::Ascii } else { DecorStyle::Unicode };
        let renderer = renderer.term_width(look.width.max(40)).decor_style(decor);
        complaints.iter().map(|complaint| renderer.render(&[self.group(complaint, look.lang)]) + "\n\n").collect()
    }

    fn group(&self, complaint: &Complaint, lang: Lang) -> Group<'_> {
        let level = match complaint.severity {
            Severity::Error => Level::ERROR.with_name(lang.pick("error", "fout")),
            Severity::Warning => Level::WARNING.with_name(lang.pick("warning", "let op")),
        };
        let mut group = level.primary_title(harmless(complaint.what.get(lang))).elements(self.excerpts(complaint, lang));
        if !complaint.help.is_empty() {
            let help = Level::HELP.with_name(lang.pick("help", "tip"));
            group = group.element(help.message(harmless(complaint.help.get(lang))));
        }
        group
    }

    /// The lines with the carets: one excerpt, or two when the places lie far apart.
    fn excerpts(&self, complaint: &Complaint, lang: Lang) -> Vec<Snippet<'static, annotate_snippets::Annotation<'static>>> {
        let main = Mark { span: self.one_line(complaint.span), kind: AnnotationKind::Primary, label: String::new() };
        let Some((span, label)) = &complaint.also else { return vec![self.excerpt(vec![main])] };
        let also = Mark { span: self.one_line(*span), kind: AnnotationKind::Context, label: harmless(label.get(lang)) };
        if main.span.start.abs_diff(also.span.start) <= ONE_EXCERPT {
            return vec![self.excerpt(vec![main, also])];
        }
        vec![self.excerpt(vec![main]), self.excerpt(vec![also])]
    }

    fn excerpt(&self, marks: Vec<Mark>) -> Snippet<'static, annotate_snippets::Annotation<'static>> {
        let first = marks.iter().map(|mark| self.line_column(mark.span.start).0).min().unwrap_or(1);
        let last = marks.iter().map(|mark| self.line_column(mark.span.end).0).max().unwrap_or(1);
        let start = self.starts[first - 1];
        let end = self.starts.get(last).copied().unwrap_or(self.text.len());
        let shown = |end: usize| harmless_lines(self.text.get(start..end).unwrap_or_default());
        let annotations = marks.into_iter().map(|mark| {
            let range = shown(mark.span.start).len()..shown(mark.span.end).len();
            let annotation = mark.kind.span(range);
            if mark.label.is_empty() { annotation } else { annotation.label(mark.label) }
        });
        let annotations = annotations.collect::<Vec<_>>();
        Snippet::source(shown(end)).line_start(first).path(self.path.clone()).annotations(annotations)
    }

    /// A span that ends on the line it begins on, on character boundaries.
    fn one_line(&self, span: Span) -> Span {
        let floor = |mut at: usize| {
            at = at.min(self.text.len());
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let start = floor(span.start);
        let rest = &self.text[start..];
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        Span { start, end: floor(span.end).clamp(start, start + line) }
    }
}

/// A place to mark in an excerpt.
struct Mark {
    span: Span,
    kind: AnnotationKind,
    label: String,
}

/// Text of the same length in bytes as what was read.
fn readable(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    Cow::Owned(text)
}

/// Characters that could move the cursor, turn the text around or hide; joiners are part of some scripts.
fn harmful(c: char) -> bool {
    is_hidden(c) && !matches!(c, '\u{200c}' | '\u{200d}')
}

/// One line that cannot harm a terminal: what could is written as its escape, and so are marks beyond those a
/// letter can have.
fn harmless(text: &str) -> String {
    let (mut shown, mut marks) = (String::with_capacity(text.len()), 0);
    text.chars().for_each(|c| put(&mut shown, c, &mut marks));
    shown
}

fn put(shown: &mut String, c: char, marks: &mut usize) {
    *marks = if is_mark(c) { *marks + 1 } else { 0 };
    if harmful(c) || *marks > MOST_MARKS { shown.extend(c.escape_unicode()) } else { shown.push(c) }
}

/// As [`harmless`] for several lines; tabs stay, a BOM and the first half of CRLF go.
fn harmless_lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let (mut chars, mut marks) = (text.chars().peekable(), 0);
    while let Some(c) = chars.next() {
        match c {
            '\u{feff}' => {}
            '\r' if matches!(chars.peek(), Some('\n') | None) => {}
            '\n' | '\t' => shown.push(c),
            c => put(&mut shown, c, &mut marks),
        }
    }
    shown
}

#[cfg(test)]
#[path = "complaints_tests.rs"]
mod tests;
