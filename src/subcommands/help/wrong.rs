//! What is wrong with a command line, in three voices and both languages: what does not fit, what
//! would, and how the command is used.

use std::error::Error as _;
use std::num::{IntErrorKind, ParseIntError};

use clap::Command;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::super::typed::Said;
use super::dutch::own_words;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::near::{nearest, suggest};
use crate::text;

/// The problem behind what clap found.
pub fn problem(err: &Error, commands: &Command) -> Problem {
    let usage = one(err, ContextKind::Usage);
    let (what, why) = match err.kind() {
        ErrorKind::UnknownArgument => unknown_argument(err),
        ErrorKind::InvalidSubcommand => unknown_command(err, commands, &usage),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => wrong_value(err),
        ErrorKind::ArgumentConflict => (conflict(err), Text::default()),
        ErrorKind::MissingRequiredArgument => {
            let missing = ticked(&many(err, ContextKind::InvalidArg));
            (text!("something is missing: {missing}", "er ontbreekt iets: {missing}"), Text::default())
        }
        ErrorKind::TooManyValues => {
            let (arg, value) = (argument(err), one(err, ContextKind::InvalidValue));
            (text!("`{value}` is one too many for `{arg}`", "`{value}` is er een te veel voor `{arg}`"), Text::default())
        }
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => (too_few(err), Text::default()),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => no_command(err),
        ErrorKind::InvalidUtf8 => {
            (text!("a word of the command line is not UTF-8", "een woord van de opdrachtregel is geen UTF-8"), Text::default())
        }
        kind => (Text::same(kind.to_string()), Text::default()),
    };
    Problem::usage(what).why(why).todo(Text::new(usage.clone(), own_words(&usage)))
}

/// What is known of an error, in a line.
fn one(err: &Error, kind: ContextKind) -> String {
    many(err, kind).join(", ")
}

fn many(err: &Error, kind: ContextKind) -> Vec<String> {
    match err.get(kind) {
        Some(ContextValue::String(said)) => vec![said.clone()],
        Some(ContextValue::Strings(all)) => all.clone(),
        Some(ContextValue::StyledStr(said)) => vec![said.to_string()],
        Some(ContextValue::StyledStrs(all)) => all.iter().map(ToString::to_string).collect(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

fn argument(err: &Error) -> String {
    one(err, ContextKind::InvalidArg)
}

fn ticked(words: &[String]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

fn did_you_mean(word: &str) -> Text {
    text!("did you mean `{word}`?", "bedoelde je `{word}`?")
}

fn unknown_argument(err: &Error) -> (Text, Text) {
    let arg = argument(err);
    let near = one(err, ContextKind::SuggestedArg);
    let tips = many(err, ContextKind::Suggested);
    let elsewhere = tips.iter().find_map(|tip| tip.strip_prefix('\'')?.strip_suffix("' exists"));
    let why = match elsewhere {
        _ if !near.is_empty() => did_you_mean(&near),
        Some(elsewhere) => did_you_mean(elsewhere),
        None if tips.iter().any(|tip| tip.contains("remove the '--'")) => text!("leave out the `--` before it", "laat de `--` ervoor weg"),
        None if tips.is_empty() => Text::default(),
        None => text!("if it is a word of yours, write `-- {arg}`", "schrijf `-- {arg}` als het een woord van jezelf is"),
    };
    (text!("unknown argument `{arg}`", "onbekend argument `{arg}`"), why)
}

/// The usage line names the command whose verbs these should have been.
fn unknown_command(err: &Error, commands: &Command, usage: &str) -> (Text, Text) {
    let typed = one(err, ContextKind::InvalidSubcommand);
    let mut place = commands;
    for word in usage.split_whitespace().skip(2) {
        place = place.find_subcommand(word).unwrap_or(place);
    }
    let known: Vec<&str> = place.get_subcommands().filter(|command| !command.is_hide_set()).map(Command::get_name).collect();
    (text!("unknown command `{typed}`", "onbekend commando `{typed}`"), suggest(&typed, &known))
}

/// A command that is a group of commands was named alone.
fn no_command(err: &Error) -> (Text, Text) {
    let group = one(err, ContextKind::InvalidSubcommand);
    let known = many(err, ContextKind::ValidSubcommand);
    let known: Vec<&str> = known.iter().map(String::as_str).filter(|word| *word != "help").collect();
    let what = text!("it is not said what `{group}` is to do", "er staat niet bij wat `{group}` moet doen");
    (what, fitting("", &known))
}

fn wrong_value(err: &Error) -> (Text, Text) {
    let (arg, value) = (argument(err), one(err, ContextKind::InvalidValue));
    let valid = many(err, ContextKind::ValidValue);
    let valid: Vec<&str> = valid.iter().map(String::as_str).collect();
    if value.is_empty() {
        return (text!("`{arg}` needs a value", "`{arg}` heeft een waarde nodig"), fitting(&value, &valid));
    }
    let what = text!("`{value}` does not fit `{arg}`", "`{value}` past niet bij `{arg}`");
    (what, if err.source().is_some() { reason(err, &value) } else { fitting(&value, &valid) })
}

/// The words a value may be, after the one that was probably meant.
fn fitting(value: &str, valid: &[&str]) -> Text {
    let all = valid.join(", ");
    match nearest(value, valid.iter().copied()) {
        _ if valid.is_empty() => Text::default(),
        Some(word) => text!("did you mean `{word}`?\nit is one of: {all}", "bedoelde je `{word}`?\nhet is een van: {all}"),
        None => text!("it is one of: {all}", "het is een van: {all}"),
    }
}

/// Why the reader of a value refused it: in our own words where it is ours, else what clap knows
/// about numbers.
fn reason(err: &Error, value: &str) -> Text {
    let Some(source) = err.source() else { return Text::default() };
    if let Some(Said(said)) = source.downcast_ref() {
        return said.clone();
    }
    let large = || text!("that number is too large", "dat getal is te groot");
    if let Some(number) = source.downcast_ref::<ParseIntError>() {
        let whole = || text!("it is a whole number", "het is een geheel getal");
        return if matches!(number.kind(), IntErrorKind::PosOverflow | IntErrorKind::NegOverflow) { large() } else { whole() };
    }
    let said = source.to_string();
    match said.split_once(" is not in ").and_then(|(_, bounds)| bounds.split_once("..=")) {
        // The largest number of its kind is no bound a person would name.
        Some((least, most)) if [u16::MAX.to_string(), u32::MAX.to_string()].contains(&most.to_owned()) => {
            if value.parse::<i64>().is_ok_and(|value| least.parse::<i64>().is_ok_and(|least| value >= least)) {
                return large();
            }
            text!("it is a whole number from {least}", "het is een geheel getal vanaf {least}")
        }
        Some((least, most)) => {
            text!("it is a whole number from {least} to {most}", "het is een geheel getal van {least} tot en met {most}")
        }
        None => Text::same(said),
    }
}

fn conflict(err: &Error) -> Text {
    let arg = if argument(err).is_empty() { one(err, ContextKind::InvalidSubcommand) } else { argument(err) };
    let others = many(err, ContextKind::PriorArg);
    if others == [arg.as_str()] {
        return text!("`{arg}` stands here twice", "`{arg}` staat hier twee keer");
    }
    let others = ticked(&others);
    text!("`{arg}` does not go together with {others}", "`{arg}` gaat niet samen met {others}")
}

fn too_few(err: &Error) -> Text {
    let (arg, there) = (argument(err), one(err, ContextKind::ActualNumValues));
    let least = [one(err, ContextKind::MinValues), one(err, ContextKind::ExpectedNumValues)].concat();
    text!("`{arg}` needs {least} words, not {there}", "`{arg}` heeft {least} woorden nodig, niet {there}")
}
