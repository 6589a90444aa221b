//! `attent timeline`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `timeline`.
#[derive(Debug, Args)]
pub struct TimelineArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &TimelineArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
