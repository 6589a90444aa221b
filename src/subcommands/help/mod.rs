//! Help, and what is said about a command line that makes no sense, in the reader's language.
//!
//! The commands are declared in English, beside their arguments. For a Dutch reader their texts are
//! exchanged (`dutch`, `words`); what is wrong with a command line is said by `wrong` in either
//! language, so that it looks like every other problem.

mod dutch;
mod export_words;
mod forget_words;
mod gift_words;
mod keeping_words;
mod reader;
mod safety_words;
mod week_words;
mod words;
mod wrong;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Command, CommandFactory as _, FromArgMatches as _};

use super::cli::Cli;
use super::output;
use crate::domain::text::Lang;
use crate::settings::env::Environment;

/// The commands as a reader of this language sees them.
pub fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Cli::command(),
        Lang::Nl => dutch::in_dutch(Cli::command()),
    }
}

/// Understands a command line; otherwise says what there is to say, and gives the exit code.
///
/// # Errors
/// When help was asked for, or the line makes no sense.
pub fn parse(words: &[OsString], environment: &Environment) -> Result<Cli, ExitCode> {
    // A line that makes sense is the same in every language: Dutch is for who is shown something.
    let mut commands = Cli::command();
    let mut wrong = match understood(&mut commands, words) {
        Ok(cli) => {
            // Taking hundreds of arguments down takes longer than the process needs to end.
            std::mem::forget(commands);
            return Ok(cli);
        }
        Err(wrong) => wrong,
    };
    let lang = reader::language(words, environment);
    if lang != Lang::En {
        commands = command(lang);
        wrong = match understood(&mut commands, words) {
            Ok(cli) => return Ok(cli),
            Err(wrong) => wrong,
        };
    }
    Err(match wrong.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            output::page(&page(&wrong, lang, reader::color(words, environment, &io::stdout())));
            std::mem::forget(commands);
            ExitCode::SUCCESS
        }
        _ => output::tell(&wrong::problem(&wrong, &commands).into(), lang, reader::color(words, environment, &io::stderr())),
    })
}

fn understood(commands: &mut Command, words: &[OsString]) -> Result<Cli, clap::Error> {
    commands.try_get_matches_from_mut(words).and_then(|matches| Cli::from_arg_matches(&matches))
}

/// A page of help.
fn page(err: &clap::Error, lang: Lang, color: bool) -> String {
    let written = err.render();
    let written = if color { written.ansi().to_string() } else { written.to_string() };
    match lang {
        Lang::En => written,
        Lang::Nl => dutch::own_words(&written),
    }
}
