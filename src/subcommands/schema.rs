//! `attent schema`: the shape of a file, for editors and other programs.

use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, ValueEnum};

use super::context::Context;
use super::output;
use crate::intake::schema::{JOURNEY, PLAYBOOK, WORKSPACE};

/// A file people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileKind {
    /// journeys/*.yaml
    Journey,
    /// playbook.yaml
    Playbook,
    /// attent.yaml
    Workspace,
}

/// The arguments of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Of which file
    #[arg(value_enum, value_name = "FILE")]
    pub of: FileKind,
}

/// Runs the command.
///
/// # Errors
/// When the schema cannot be written.
pub fn run(context: &Context, args: &SchemaArgs) -> Result<ExitCode> {
    let schema = match args.of {
        FileKind::Journey => JOURNEY,
        FileKind::Playbook => PLAYBOOK,
        FileKind::Workspace => WORKSPACE,
    };
    output::bytes(context, schema.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
