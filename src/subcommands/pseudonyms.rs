//! Which commands have an answer for others, that names nobody: `--pseudonymise`.
//!
//! Whoever reads the log through `Workspace::reader` sees pseudonyms and nothing that was typed, and `Workspace::ledger`
//! refuses. What a command says that comes from elsewhere, from files or from all of the log at once, no veil
//! covers; so each command is asked here, before it does anything.

use super::cli::Command;
use super::context::Context;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::text;

/// Stops a command that would tell names although pseudonyms were asked for.
///
/// # Errors
/// When it would (exit 2).
pub fn refuse_names(context: &Context, command: &Command) -> Result<(), Problem> {
    if !context.globals.pseudonymise {
        return Ok(());
    }
    match command {
        Command::Today(_) | Command::Score(_) | Command::Suggest(_) | Command::Plan(_) | Command::Nudge(_) | Command::Nudges(_) => Ok(()),
        Command::Why(_) | Command::Log(_) | Command::Undo(_) | Command::Incident(_) | Command::Incidents(_) => Ok(()),
        Command::Referral(_) | Command::Gift(_) | Command::Gifts(_) | Command::Customers(_) | Command::Timeline(_) => Ok(()),
        // These tell of no customer.
        Command::Plays(_) | Command::Init(_) | Command::Schema(_) | Command::Completions(_) => Ok(()),
        Command::Done(_) | Command::Skip(_) | Command::Snooze(_) | Command::Import(_) | Command::Sync(_) => Err(records()),
        Command::Edit(_) | Command::Forget(_) | Command::Tidy(_) | Command::Passphrase(_) | Command::Demo(_) => Err(records()),
        Command::Export(_) => Err(all_of_it()),
        Command::Dossier(_) => Err(about_somebody()),
        Command::Check(_) | Command::Config(_) | Command::Doctor(_) | Command::Backup(_) | Command::Restore(_) => Err(about_files()),
    }
}

/// What is recorded is recorded about somebody.
pub fn records() -> Problem {
    Problem::usage(text!("this command cannot be pseudonymised", "dit commando kan niet gepseudonimiseerd worden"))
        .why(text!(
            "it records something, and what is recorded is about somebody",
            "het legt iets vast, en wat wordt vastgelegd gaat over iemand"
        ))
        .todo(what_can())
}

/// Files say what people wrote into them.
fn about_files() -> Problem {
    Problem::usage(text!("this command cannot be pseudonymised", "dit commando kan niet gepseudonimiseerd worden"))
        .why(text!(
            "it is about your files, and in those names stand as they are",
            "het gaat over je bestanden, en daarin staan namen zoals ze zijn"
        ))
        .todo(what_can())
}

/// An export without names could not be read back, and with the journal in it it has them all.
fn all_of_it() -> Problem {
    Problem::usage(text!("an export cannot be pseudonymised", "een export kan niet gepseudonimiseerd worden"))
        .why(text!(
            "it is everything the log knows, with every name, so that it can be read back",
            "het is alles wat het logboek weet, met elke naam, zodat het weer in te lezen is"
        ))
        .todo(text!(
            "leave --pseudonymise out, and keep the export to yourself; for others there are score, why and timeline",
            "laat --pseudonymise weg, en houd de export voor jezelf; voor anderen zijn er score, why en timeline"
        ))
}

/// A dossier without a name is of nobody.
fn about_somebody() -> Problem {
    Problem::usage(text!("a dossier cannot be pseudonymised", "een dossier kan niet gepseudonimiseerd worden"))
        .why(text!("it is all that is known of somebody, for that person", "het is alles wat er van iemand bekend is, voor diegene zelf"))
        .todo(text!(
            "leave --pseudonymise out; for a report to others there are score, why and timeline",
            "laat --pseudonymise weg; voor een verslag aan anderen zijn er score, why en timeline"
        ))
}

fn what_can() -> Text {
    text!(
        "--pseudonymise is for answers, such as score, suggest, plan, why and timeline",
        "--pseudonymise is voor antwoorden, zoals score, suggest, plan, why en timeline"
    )
}
