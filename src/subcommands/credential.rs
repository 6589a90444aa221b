//! Where the passphrase of an encrypted log comes from: a file descriptor, a command of the user's own system, or a
//! question. Never the command line, which other users of the computer can see; never a file of the workspace.
//!
//! The credential command is the one program that attent ever starts, and it is named by the user's environment
//! alone. It is started as it is, without a shell.

use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::Result;

use super::context::Context;
use super::prompts::Asker;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::ledger::Passphrase;
use crate::text;

/// The variable that names the credential command.
const COMMAND: &str = "ATTENT_PASSPHRASE_COMMAND";
/// No passphrase is longer, in bytes.
const LONGEST: u64 = 4_096;
/// A new passphrase has at least so many characters, as NIST SP 800-63B (§5.1.1.1) asks of what a person chooses.
const SHORTEST: usize = 8;

/// The passphrase of a log that is encrypted.
///
/// # Errors
/// When nothing gives one, or what should give it fails.
pub fn known(context: &Context, log: &Path) -> Result<Passphrase> {
    if let Some(number) = context.globals.passphrase_fd {
        return Ok(from_descriptor(number)?);
    }
    if let Some(command) = context.environment.passphrase_command() {
        return Ok(from_command(command, log)?);
    }
    if !context.can_ask() {
        return Err(unsaid(log).into());
    }
    let shown = log.display();
    let asked = Asker::new(context).secret(&text!("Passphrase of {shown}", "Wachtwoordzin van {shown}"))?;
    Ok(asked.and_then(Passphrase::new).ok_or_else(|| unsaid(log))?)
}

/// A new passphrase, asked for twice when it is typed.
///
/// # Errors
/// When nothing gives one, it is short, or the two differ.
pub fn new(context: &Context, descriptor: Option<u32>) -> Result<Passphrase> {
    if let Some(number) = descriptor {
        let given = read_line(number)?;
        long_enough(&given)?;
        return Ok(Passphrase::new(given).ok_or_else(nothing)?);
    }
    if !context.can_ask() {
        return Err(Problem::usage(text!("the new passphrase was not given", "de nieuwe wachtwoordzin is niet gegeven"))
            .why(text!("nobody can be asked here", "hier kan niemand iets gevraagd worden"))
            .todo(text!("--new-fd 3 3< FILE reads it from a file", "--new-fd 3 3< BESTAND leest hem uit een bestand"))
            .into());
    }
    let asker = Asker::new(context);
    let once = asker.secret(&text!(
        "New passphrase (a few words; nobody can find it again)",
        "Nieuwe wachtwoordzin (een paar woorden; niemand vindt hem terug)"
    ))?;
    let once = once.ok_or_else(nothing)?;
    long_enough(&once)?;
    let again = asker.secret(&text!("Once more", "Nog een keer"))?;
    if again.as_deref() != Some(once.as_str()) {
        return Err(Problem::usage(text!("the two are not the same", "de twee zijn niet gelijk"))
            .todo(text!("try again; nothing was changed", "probeer het opnieuw; er is niets veranderd"))
            .into());
    }
    Ok(Passphrase::new(once).ok_or_else(nothing)?)
}

fn long_enough(typed: &str) -> Result<(), Problem> {
    if typed.chars().count() >= SHORTEST {
        return Ok(());
    }
    Err(Problem::usage(text!("this passphrase is too short", "deze wachtwoordzin is te kort"))
        .why(text!("whoever has the file can try all the short ones", "wie het bestand heeft, kan alle korte proberen"))
        .todo(text!(
            "use {SHORTEST} characters or more; a few words do well",
            "gebruik {SHORTEST} tekens of meer; een paar woorden is goed"
        )))
}

fn from_descriptor(number: u32) -> Result<Passphrase, Problem> {
    Passphrase::new(read_line(number)?).ok_or_else(nothing)
}

/// The first line of an open file descriptor; 0 is standard input.
fn read_line(number: u32) -> Result<String, Problem> {
    let unread = |why: Text| {
        Problem::usage(text!("file descriptor {number} cannot be read", "bestandsdescriptor {number} kan niet worden gelezen"))
            .why(why)
            .todo(text!("open it in the shell, as in: 3< FILE", "open hem in de shell, zoals: 3< BESTAND"))
    };
    if number == 0 {
        return first_line(std::io::stdin().lock()).map_err(unread);
    }
    let file = std::fs::File::open(format!("/dev/fd/{number}")).map_err(|err| unread(Text::same(err.to_string())))?;
    first_line(file).map_err(unread)
}

fn first_line(from: impl Read) -> Result<String, Text> {
    let mut line = String::new();
    let read = BufReader::new(from.take(LONGEST)).read_line(&mut line);
    read.map_err(|err| match err.kind() {
        std::io::ErrorKind::InvalidData => text!("it holds no text", "er staat geen tekst in"),
        _ => Text::same(err.to_string()),
    })?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// What a command of the user's own says on its first line. It may ask on the terminal by itself; it knows by
/// `ATTENT_LOG` which log it is about.
fn from_command(command: &str, log: &Path) -> Result<Passphrase, Problem> {
    let mut words = command.split_whitespace();
    let program = words.next().ok_or_else(nothing)?;
    let failed = |why: Text| {
        Problem::failure(text!("the passphrase command failed", "het commando voor de wachtwoordzin mislukte"))
            .why(why)
            .todo(text!("{COMMAND} says: {command}", "{COMMAND} is: {command}"))
    };
    let run = Command::new(program).args(words).env("ATTENT_LOG", log).stdin(Stdio::inherit()).stderr(Stdio::inherit()).output();
    let output = run.map_err(|err| failed(Text::same(format!("{program}: {err}"))))?;
    if !output.status.success() {
        return Err(failed(Text::same(format!("{program}: {}", output.status))));
    }
    let said = first_line(output.stdout.as_slice()).map_err(failed)?;
    Passphrase::new(said).ok_or_else(|| failed(text!("it said nothing", "het zei niets")))
}

fn nothing() -> Problem {
    Problem::usage(text!("the passphrase is empty", "de wachtwoordzin is leeg")).todo(text!("nothing was changed", "er is niets veranderd"))
}

fn unsaid(log: &Path) -> Problem {
    let shown = log.display();
    Problem::usage(text!("{shown} is encrypted, and no passphrase was given", "{shown} is versleuteld, en er is geen wachtwoordzin gegeven"))
        .why(text!("nobody can be asked here, or nothing was typed", "hier kan niemand iets gevraagd worden, of er is niets getypt"))
        .todo(text!(
            "--passphrase-fd 3 3< FILE reads it from a file; {COMMAND} names a command that says it, such as `secret-tool lookup service attent`",
            "--passphrase-fd 3 3< BESTAND leest hem uit een bestand; {COMMAND} noemt een commando dat hem zegt, zoals `secret-tool lookup service attent`"
        ))
}
