//! `attent check`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &CheckArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
