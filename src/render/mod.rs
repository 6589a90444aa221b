//! Answers → a document model of typed cells → terminal, Markdown, CSV, HTML, JSON. Writes to
//! `io::Write`, never to stdout; it reads no environment and no clock, so the same answer and
//! the same [`Look`](locale::Look) always give the same bytes.

pub mod cell;
mod columns;
pub mod complaints;
mod delimited;
pub mod document;
pub mod format;
mod html;
pub mod ics;
mod json;
pub mod locale;
mod markdown;
pub mod pages;
mod paint;
pub mod rows;
pub mod sanitize;
pub mod strip;
mod terminal;
pub mod wrap;

#[cfg(test)]
mod tests;
