//! Answers → a document model of typed cells → terminal, Markdown, CSV, HTML, JSON. Writes to
//! `io::Write`, never to stdout.

pub mod complaints;
