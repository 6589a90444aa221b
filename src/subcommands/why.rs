//! `attent why`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `why`.
#[derive(Debug, Args)]
pub struct WhyArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &WhyArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
