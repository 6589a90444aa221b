//! `attent undo`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `undo`.
#[derive(Debug, Args)]
pub struct UndoArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &UndoArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
