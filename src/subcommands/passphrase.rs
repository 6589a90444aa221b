//! `attent passphrase`: encrypts the log of a workspace, changes its passphrase, or decrypts it.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};

use super::context::Context;
use super::workspace::{LEDGER_FILE, Workspace};
use super::{credential, output};
use crate::domain::problem::Problem;
use crate::ledger::{can_encrypt, encrypt_anew, is_encrypted};
use crate::render::pages::passphrase::{Done, What};
use crate::text;

/// The arguments of `passphrase`. Without a word more it is said what is missing, as for every other command.
#[derive(Debug, Args)]
#[command(arg_required_else_help = false)]
pub struct PassphraseArgs {
    /// What to do
    #[command(subcommand)]
    pub what: PassphraseCommand,
}

/// What may be done with a passphrase.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum PassphraseCommand {
    /// Encrypt the log with a passphrase
    Set(NewArgs),
    /// Give an encrypted log another passphrase
    Change(NewArgs),
    /// Decrypt the log, so that no passphrase is needed any more
    Remove,
}

/// Where the new passphrase comes from.
#[derive(Debug, Clone, Copy, Args)]
pub struct NewArgs {
    /// Read the new passphrase from this open file descriptor instead of asking
    #[arg(long, value_name = "N")]
    pub new_fd: Option<u32>,
}

/// Runs the command.
///
/// # Errors
/// When this program cannot encrypt, there is no log, it is not as the command expects, the passphrase is wrong, or
/// the log is in use. Then nothing has changed.
pub fn run(context: &Context, args: &PassphraseArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let log = workspace.root.join(LEDGER_FILE);
    if !can_encrypt() {
        return Err(built_without(&log).into());
    }
    if !log.exists() {
        // A log that is to be encrypted from its first day on is made now.
        drop(workspace.ledger(context)?);
    }
    let encrypted = is_encrypted(&log).map_err(|err| output::unreadable(&log, &err))?;
    fits(args.what, encrypted, &log)?;
    let what = match args.what {
        PassphraseCommand::Set(new) => {
            let passphrase = credential::new(context, new.new_fd)?;
            encrypt_anew(&log, None, Some(&passphrase))?;
            What::Set
        }
        PassphraseCommand::Change(new) => {
            let old = credential::known(context, &log)?;
            let passphrase = credential::new(context, new.new_fd)?;
            encrypt_anew(&log, Some(&old), Some(&passphrase))?;
            What::Changed
        }
        PassphraseCommand::Remove => {
            encrypt_anew(&log, Some(&credential::known(context, &log)?), None)?;
            What::Removed
        }
    };
    let done = Done { what, log: log.display().to_string(), copies: copies(&workspace.root) };
    output::answer(context, &workspace.settings.currency, &done.answer())?;
    Ok(ExitCode::SUCCESS)
}

fn fits(what: PassphraseCommand, encrypted: bool, log: &Path) -> Result<(), Problem> {
    let shown = log.display();
    match what {
        PassphraseCommand::Set(_) if encrypted => Err(Problem::usage(text!("{shown} is encrypted already", "{shown} is al versleuteld"))
            .todo(text!(
                "`attent passphrase change` gives it another passphrase",
                "`attent passphrase change` geeft het een andere wachtwoordzin"
            ))),
        PassphraseCommand::Change(_) | PassphraseCommand::Remove if !encrypted => {
            Err(Problem::usage(text!("{shown} is not encrypted", "{shown} is niet versleuteld"))
                .todo(text!("`attent passphrase set` encrypts it", "`attent passphrase set` versleutelt het")))
        }
        _ => Ok(()),
    }
}

/// What lies beside the log and is as it was before: copies made earlier.
fn copies(root: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(root.join("backups")) else { return Vec::new() };
    let files = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file());
    let mut names: Vec<String> = files.filter_map(|path| Some(format!("backups/{}", path.file_name()?.to_string_lossy()))).collect();
    names.sort();
    names
}

fn built_without(log: &Path) -> Problem {
    let shown = log.display();
    Problem::failure(text!("{shown} cannot be encrypted by this attent", "{shown} kan door deze attent niet worden versleuteld"))
        .why(text!("it was built without encryption", "die is gebouwd zonder versleuteling"))
        .todo(text!(
            "`cargo install --locked --path . --features encryption` builds one that can",
            "`cargo install --locked --path . --features encryption` bouwt er een die het kan"
        ))
}
