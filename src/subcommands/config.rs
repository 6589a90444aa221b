//! `attent config`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &ConfigArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
