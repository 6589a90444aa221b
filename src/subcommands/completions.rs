//! `attent completions`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &CompletionsArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
