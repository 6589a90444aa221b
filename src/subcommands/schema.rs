//! `attent schema`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &SchemaArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
