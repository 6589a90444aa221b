//! `attent log`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `log`.
#[derive(Debug, Args)]
pub struct LogArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &LogArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
