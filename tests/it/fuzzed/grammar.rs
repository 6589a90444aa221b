//! The command line as the program itself describes it: every command, its options and what they take, read from
//! `--help`, so that a command that is new is tried without a word here.

use std::path::Path;
use std::process::Command;

/// A command with what it takes.
#[derive(Debug, Clone)]
pub struct Verb {
    /// The words that name it; none for the program without a command.
    pub words: Vec<String>,
    /// Its options, those that hold everywhere among them.
    pub options: Vec<Flag>,
    /// The names of what stands without an option: `CUSTOMER`.
    pub arguments: Vec<String>,
}

/// An option.
#[derive(Debug, Clone)]
pub struct Flag {
    /// `--now`, or `-O`.
    pub names: Vec<String>,
    /// What its value is called, when it takes one: `WHEN`.
    pub value: Option<String>,
    /// The words it takes, when only some are right.
    pub words: Vec<String>,
}

/// Every command of a program.
pub fn verbs(program: &Path) -> Vec<Verb> {
    let mut found = Vec::new();
    describe(program, Vec::new(), &mut found);
    assert!(found.len() > 30, "the help is read: {} commands", found.len());
    found
}

fn describe(program: &Path, words: Vec<String>, found: &mut Vec<Verb>) {
    let help = Command::new(program).args(&words).arg("--help").env_clear().output().expect("the program starts");
    assert!(help.status.success(), "attent {words:?} --help");
    let help = String::from_utf8(help.stdout).expect("the help is UTF-8");
    let below: Vec<String> = section(&help, "Commands:").iter().map(|(head, _)| head.clone()).filter(|word| word != "help").collect();
    let options = ["Options:", "Everywhere:"].iter().flat_map(|title| section(&help, title)).map(|(head, text)| flag(&head, &text));
    let usage = help.lines().find(|line| line.starts_with("Usage:")).unwrap_or_default();
    found.push(Verb { options: options.collect(), arguments: placeholders(usage), words: words.clone() });
    for word in below {
        describe(program, words.iter().cloned().chain([word]).collect(), found);
    }
}

/// The entries below a title: how each begins, and the rest of it on one line.
fn section(help: &str, title: &str) -> Vec<(String, String)> {
    let lines = help.lines().skip_while(|line| *line != title).skip(1).take_while(|line| !line.is_empty());
    let mut entries: Vec<(String, String)> = Vec::new();
    for line in lines {
        let deep = line.len() - line.trim_start().len();
        match entries.last_mut() {
            Some((_, text)) if deep > 6 => text.push_str(&format!(" {}", line.trim())),
            _ => {
                let (head, text) = line.trim().split_once("  ").unwrap_or((line.trim(), ""));
                entries.push((head.to_owned(), text.trim().to_owned()));
            }
        }
    }
    entries
}

/// `-O, --format <FORMAT>`, and what is said of it.
fn flag(head: &str, text: &str) -> Flag {
    let names = head.split([',', ' ', '=']).filter(|word| word.starts_with('-')).map(|word| word.trim_end_matches('.').to_owned());
    let words = text.split_once("[possible values: ").and_then(|(_, rest)| rest.split_once(']')).map(|(words, _)| words);
    Flag {
        names: names.collect(),
        value: placeholders(head).into_iter().next(),
        words: words.into_iter().flat_map(|words| words.split(", ")).map(str::to_owned).collect(),
    }
}

/// What stands between brackets: `CUSTOMER` of `[CUSTOMER]` and `<CUSTOMER>`.
fn placeholders(usage: &str) -> Vec<String> {
    let pieces = usage.split(['<', '[']).skip(1).filter_map(|piece| piece.split(['>', ']']).next());
    pieces.filter(|name| !name.is_empty() && !["OPTIONS", "COMMAND"].contains(name)).map(str::to_owned).collect()
}
