//! `attent customers`.

use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::context::Context;

/// The arguments of `customers`.
#[derive(Debug, Args)]
pub struct CustomersArgs {}

/// Runs the command.
///
/// # Errors
/// When the workspace cannot be read.
pub fn run(_context: &Context, _args: &CustomersArgs) -> Result<ExitCode> {
    anyhow::bail!("not yet")
}
