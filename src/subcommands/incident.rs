//! `attent incident`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `incident`.
#[derive(Debug, Args)]
pub struct IncidentArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &IncidentArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
