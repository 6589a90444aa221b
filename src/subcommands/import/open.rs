//! The reader of each kind of file.

use std::io::Read;
use std::path::Path;

use anyhow::Result;

use super::reading::Order;
use super::source::Opened;
use crate::domain::problem::Problem;
use crate::intake::kinds::{FileKind, sniff};
use crate::intake::records::Records;
use crate::settings::keys::Settings;
use crate::subcommands::context::Context;
use crate::text;

/// What reads a file.
pub enum Reader {
    /// The log's own columns.
    Log(Box<dyn Read + Send>),
    /// Records, and where the log says they came from.
    Records(Box<dyn Records>, String),
}

/// The reader of a file; what standard input holds is told by its beginning.
///
/// # Errors
/// When it is of no kind that can be read, or not what it was said to be.
pub fn reader(_context: &Context, _settings: &Settings, kind: FileKind, order: &Order, path: &Path, opened: Opened) -> Result<Reader> {
    let kind = match (order.kind, path == Path::new("-")) {
        (None, true) => sniff(&opened.head, "-").unwrap_or(FileKind::Csv),
        _ => kind,
    };
    match kind {
        FileKind::Csv => Ok(Reader::Log(opened.all)),
        _ => Err(Problem::input(text!("not yet", "nog niet")).into()),
    }
}
