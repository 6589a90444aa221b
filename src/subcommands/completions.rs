//! `attent completions`: the completion scripts of the shells, and the man pages.
//!
//! The scripts ask the program itself what fits (see `complete`), so one installed file knows the
//! flags of every later version and the names of the workspace at hand.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use clap::{Args, CommandFactory as _, ValueEnum, ValueHint};
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};

use super::cli::Cli;
use super::complete::{PROGRAM, VARIABLE};
use super::context::Context;
use super::{files, output};

/// What a file named `_attent` in a folder of zsh's functions still has to do: it is run as the
/// function itself, at the first completion.
const ZSH_AUTOLOAD: &str = r#"
if [ "$funcstack[1]" = "_attent" ]; then
    _clap_dynamic_completer_attent "$@"
fi
"#;

/// A shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Shell {
    /// Bash.
    Bash,
    /// Zsh.
    Zsh,
    /// Fish.
    Fish,
    /// Elvish.
    Elvish,
    /// PowerShell.
    #[value(name = "powershell", alias = "pwsh")]
    Powershell,
}

/// The arguments of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell whose script is printed
    #[arg(value_enum, value_name = "SHELL", required_unless_present = "man")]
    pub shell: Option<Shell>,
    /// Write the man pages into this folder instead
    #[arg(long, value_name = "FOLDER", value_hint = ValueHint::DirPath, conflicts_with = "shell")]
    pub man: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
/// When the answer cannot be written.
pub fn run(context: &Context, args: &CompletionsArgs) -> Result<ExitCode> {
    if let Some(folder) = &args.man {
        man_pages(folder).with_context(|| format!("cannot write the man pages to {}", folder.display()))?;
    }
    if let Some(shell) = args.shell {
        let script = script(shell)?;
        output::bytes(context, &script)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn script(shell: Shell) -> Result<Vec<u8>> {
    let writer: &dyn EnvCompleter = match shell {
        Shell::Bash => &Bash,
        Shell::Zsh => &Zsh,
        Shell::Fish => &Fish,
        Shell::Elvish => &Elvish,
        Shell::Powershell => &Powershell,
    };
    let mut script = Vec::new();
    writer.write_registration(VARIABLE, PROGRAM, PROGRAM, PROGRAM, &mut script)?;
    if shell == Shell::Zsh {
        script.extend(ZSH_AUTOLOAD.bytes());
    }
    Ok(script)
}

/// Man pages are about nobody and are read by everybody on the computer.
fn man_pages(folder: &Path) -> std::io::Result<()> {
    let made = files::temporary_folder("attent-man-")?;
    clap_mangen::generate_to(Cli::command(), made.path())?;
    for page in std::fs::read_dir(made.path())? {
        let page = page?;
        files::write_for_all(&folder.join(page.file_name()), &files::bytes(&page.path())?)?;
    }
    Ok(())
}
