//! `attent init`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &InitArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
