//! The command line as a Dutch reader sees it: the same commands, with Dutch help.
//!
//! clap knows English only. Its own flags and its `help` are there once a command is built, so that
//! is done first; then every text of every command is exchanged. Four words stay that no command
//! carries, see [`own_words`].

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, Command};

use super::words::dutch;

/// The commands with Dutch help.
pub fn in_dutch(mut command: Command) -> Command {
    command.build();
    translated(command)
}

fn translated(mut command: Command) -> Command {
    if let Some(about) = command.get_about().map(said) {
        command = command.about(about);
    }
    if let Some(about) = command.get_long_about().map(said) {
        command = command.long_about(about);
    }
    if let Some(after) = command.get_after_help().map(said) {
        command = command.after_help(after);
    }
    command.subcommand_help_heading("Commando's").subcommand_value_name("COMMANDO").mut_args(argument).mut_subcommands(translated)
}

fn said(english: &StyledStr) -> String {
    word(&english.to_string())
}

fn word(english: &str) -> String {
    dutch(english).unwrap_or(english).to_owned()
}

fn argument(mut arg: Arg) -> Arg {
    if let Some(heading) = arg.get_help_heading().map(word) {
        arg = arg.help_heading(heading);
    }
    if let Some(names) = arg.get_value_names().map(|names| names.iter().map(|name| word(name)).collect::<Vec<_>>()) {
        arg = arg.value_names(names);
    }
    let help = arg.get_help().map(said).unwrap_or_default();
    let long = arg.get_long_help().map_or_else(|| help.clone(), said);
    let choices = if arg.is_hide_possible_values_set() { Vec::new() } else { choices(&arg) };
    let usual = if arg.is_hide_default_value_set() || !takes_values(&arg) { String::new() } else { usual(&arg) };
    let arg = arg.hide_possible_values(true).hide_default_value(true);
    arg.help(spaced([help, usual.clone(), listed(&choices)], " ")).long_help(spaced([long, explained(&choices), usual], "\n\n"))
}

fn takes_values(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}

fn choices(arg: &Arg) -> Vec<PossibleValue> {
    let all = if takes_values(arg) { arg.get_possible_values() } else { Vec::new() };
    all.into_iter().filter(|choice| !choice.is_hide_set()).collect()
}

fn usual(arg: &Arg) -> String {
    let values: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if values.is_empty() { String::new() } else { format!("[standaard: {}]", values.join(", ")) }
}

fn listed(choices: &[PossibleValue]) -> String {
    let names: Vec<_> = choices.iter().map(PossibleValue::get_name).collect();
    if names.is_empty() { String::new() } else { format!("[keuze uit: {}]", names.join(", ")) }
}

/// The choices with a word about each, if there is one about any.
fn explained(choices: &[PossibleValue]) -> String {
    if choices.iter().all(|choice| choice.get_help().is_none()) {
        return listed(choices);
    }
    let longest = choices.iter().map(|choice| choice.get_name().len()).max().unwrap_or_default();
    let line = |choice: &PossibleValue| {
        let name = format!("{}:", choice.get_name());
        format!("\n- {name:0$} {1}", longest + 1, choice.get_help().map(said).unwrap_or_default())
    };
    format!("Keuze uit:{}", choices.iter().map(line).collect::<String>())
}

fn spaced<const N: usize>(parts: [String; N], between: &str) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(between)
}

/// What clap writes from itself: the word before a usage line, the options in it, and two headings.
pub fn own_words(written: &str) -> String {
    let line = |line: &str| match anstream::adapter::strip_str(line).to_string().trim_end() {
        "Options:" => line.replace("Options:", "Opties:"),
        "Arguments:" => line.replace("Arguments:", "Argumenten:"),
        plain if plain.starts_with("Usage: ") => line.replacen("Usage:", "Gebruik:", 1).replacen("[OPTIONS]", "[OPTIES]", 1),
        _ => line.to_owned(),
    };
    written.split('\n').map(|said| line(said.trim_end())).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use clap::CommandFactory as _;

    use super::super::super::cli::Cli;
    use super::super::words::english;
    use super::*;

    /// Every text a reader can come across in the help of a command and of those below it.
    fn texts(command: &Command, into: &mut BTreeSet<String>) {
        let own = [command.get_about(), command.get_long_about(), command.get_before_help(), command.get_before_long_help()];
        let after = [command.get_after_help(), command.get_after_long_help()];
        into.extend(own.into_iter().chain(after).flatten().map(ToString::to_string));
        for arg in command.get_arguments() {
            into.extend([arg.get_help(), arg.get_long_help()].into_iter().flatten().map(ToString::to_string));
            into.extend(arg.get_help_heading().map(str::to_owned));
            if takes_values(arg) {
                into.extend(arg.get_value_names().into_iter().flatten().map(ToString::to_string));
                into.extend(arg.get_possible_values().iter().filter_map(PossibleValue::get_help).map(ToString::to_string));
            }
        }
        command.get_subcommands().for_each(|below| texts(below, into));
    }

    #[test]
    fn every_text_of_the_help_has_dutch_and_no_dutch_is_left_over() {
        let mut command = Cli::command();
        command.build();
        let mut said = BTreeSet::new();
        texts(&command, &mut said);
        let missing: Vec<_> = said.iter().filter(|text| dutch(text).is_none()).collect();
        assert!(missing.is_empty(), "no Dutch in help/words.rs for {missing:#?}");
        let left: Vec<_> = english().filter(|text| !said.contains(*text)).collect();
        assert!(left.is_empty(), "nothing says this any more, see help/words.rs: {left:#?}");
        assert_eq!(english().count(), english().collect::<BTreeSet<_>>().len(), "a text stands twice in help/words.rs");
    }

    /// clap words the rest of a page; what it would add in English is not in there.
    #[test]
    fn a_dutch_page_has_no_english_of_clap() {
        fn pages(command: &mut Command) {
            for written in [command.render_help(), command.render_long_help()] {
                let written = own_words(&written.to_string());
                for english in ["Usage", "OPTIONS", "Options", "Arguments", "Commands:", "[COMMAND]", "ossible values", "default:", "Print"]
                {
                    assert!(!written.contains(english), "{english}\n{written}");
                }
            }
            command.get_subcommands_mut().for_each(pages);
        }
        pages(&mut in_dutch(Cli::command()));
    }

    #[test]
    fn the_commands_are_the_same_in_both_languages() {
        in_dutch(Cli::command()).debug_assert();
        for line in ["score --by customer", "log Anna Bea hallo --in", "incident list --open", "-w here why Anna", "completions bash"] {
            let words: Vec<_> = std::iter::once("attent").chain(line.split(' ')).collect();
            let english = Cli::command().try_get_matches_from(&words).expect("it parses");
            let dutch = in_dutch(Cli::command()).try_get_matches_from(&words).expect("it parses");
            assert_eq!(format!("{english:?}"), format!("{dutch:?}"));
        }
    }
}
