//! What a shell offers when a word is completed: names from the workspace beside our own words.
//!
//! A shell must never be kept waiting or be spoken to, so whatever is missing or wrong here means
//! that nothing is offered. Nothing is made, mended or written.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::CommandFactory as _;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::CompleteEnv;

use super::cli::Cli;
use super::files;
use super::workspace::{LEDGER_FILE, PLAYBOOK_FILE, is_yaml, shipped_plays};
use crate::domain::journey::{Journey, Stage};
use crate::domain::model::Component;
use crate::domain::names::slug;
use crate::domain::text::Lang;
use crate::intake::journey::parse_journey;
use crate::intake::playbook::{merge, parse_playbook};
use crate::intake::tables::profiles::shipped;
use crate::intake::workspace::{WorkspaceFile, parse_workspace};
use crate::ledger::{self, customer_names, segment_names};
use crate::render::format::Format;
use crate::render::sanitize::visible;
use crate::settings::env::Environment;
use crate::settings::keys::Key;
use crate::settings::locate::{WORKSPACE_FILE, locate};

/// The variable by which a shell asks, as `clap_complete`'s scripts have it.
pub const VARIABLE: &str = "COMPLETE";

/// The name of the program in a shell.
pub const PROGRAM: &str = "attent";

/// Answers a shell that asks for completions; `false` when none does.
pub fn answered() -> bool {
    let here = std::env::current_dir().ok();
    let asked = CompleteEnv::with_factory(Cli::command).var(VARIABLE).bin(PROGRAM).completer(PROGRAM);
    match asked.try_complete(std::env::args_os(), here.as_deref()) {
        Ok(answered) => answered,
        // The variable means something else to somebody else: not a question to us.
        Err(err) => !err.to_string().contains("unknown shell"),
    }
}

/// The stages of the journey, and the customers.
pub fn stages_and_customers(typed: &OsStr) -> Vec<CompletionCandidate> {
    let begun = typed.to_string_lossy();
    let stages = stages().into_iter().filter(|stage| stage.get_value().to_string_lossy().starts_with(&*begun));
    stages.chain(customers(typed)).collect()
}

/// The customers as one word each, with the name as help. A shell like bash takes a space for the
/// end of a word, so names as they are would not do.
pub fn customers(typed: &OsStr) -> Vec<CompletionCandidate> {
    let begun = typed.to_string_lossy().to_lowercase();
    let names = log().and_then(|log| customer_names(&log).ok()).unwrap_or_default();
    let words: Vec<(String, &String)> = names.iter().map(|name| (slug(name), name)).filter(|(word, _)| !word.is_empty()).collect();
    let offered = |begun: &str| -> Vec<CompletionCandidate> {
        words.iter().filter(|(word, _)| word.starts_with(begun)).map(|(word, name)| candidate(word, name)).collect()
    };
    match offered(&begun) {
        // Begun as the name is written: `O'Ne`.
        none if none.is_empty() => offered(&slug(&begun)),
        some => some,
    }
}

/// The stages of the journey that was typed, else of the one that counts unless said otherwise.
pub fn stages() -> Vec<CompletionCandidate> {
    let journeys = read_journeys();
    let asked = typed_value(&["--journey"]).or_else(default_journey);
    let named = asked.and_then(|id| journeys.iter().find(|journey| journey.id == id));
    let Some(journey) = named.or(journeys.first()) else { return Vec::new() };
    journey.stages.iter().map(|stage| candidate(&stage.id, &stage.title)).collect()
}

/// The stages of every journey, each id once: where the customer decides on the journey.
pub fn any_stages() -> Vec<CompletionCandidate> {
    let mut offered: Vec<Stage> = Vec::new();
    for stage in read_journeys().into_iter().flat_map(|journey| journey.stages) {
        if offered.iter().all(|known| known.id != stage.id) {
            offered.push(stage);
        }
    }
    offered.iter().map(|stage| candidate(&stage.id, &stage.title)).collect()
}

/// The plays that count here; outside a workspace the shipped ones.
pub fn plays() -> Vec<CompletionCandidate> {
    let own = root().and_then(|root| files::bytes(&root.join(PLAYBOOK_FILE)).ok());
    let own = own.and_then(|bytes| parse_playbook(&bytes).value).unwrap_or_default();
    merge(&shipped_plays(), &own).iter().map(|play| candidate(&play.id, play.title.get(lang()))).collect()
}

/// The groups of customers as one word each; they are found without regard to spaces and signs.
pub fn segments() -> Vec<CompletionCandidate> {
    let names = log().and_then(|log| segment_names(&log).ok()).unwrap_or_default();
    names.iter().map(|name| candidate(&slug(name), name)).filter(|word| !word.get_value().is_empty()).collect()
}

/// The groups of customers that are one word as they are written: what is typed is what is stored.
pub fn segments_as_written() -> Vec<CompletionCandidate> {
    let names = log().and_then(|log| segment_names(&log).ok()).unwrap_or_default();
    let plain = |name: &&String| name.chars().all(|sign| sign.is_alphanumeric() || sign == '-' || sign == '_');
    names.iter().filter(plain).map(CompletionCandidate::new).collect()
}

/// The failures that are not made good, by their number and by whose they are.
pub fn open_failures() -> Vec<CompletionCandidate> {
    numbered(&log().and_then(|log| ledger::open_failures(&log).ok()).unwrap_or_default())
}

/// The failures that were made good and that nobody asked after yet, by their number and by whose they are.
pub fn failures_to_ask_after() -> Vec<CompletionCandidate> {
    numbered(&log().and_then(|log| ledger::failures_to_ask_after(&log).ok()).unwrap_or_default())
}

/// The failures that are not over, by their number and by whose they are.
pub fn unfinished_failures() -> Vec<CompletionCandidate> {
    numbered(&log().and_then(|log| ledger::unfinished_failures(&log).ok()).unwrap_or_default())
}

/// The nudges that stand, by their number and by whose they are.
pub fn nudges() -> Vec<CompletionCandidate> {
    numbered(&log().and_then(|log| ledger::open_nudges(&log).ok()).unwrap_or_default())
}

fn numbered(rows: &[(i64, String, String)]) -> Vec<CompletionCandidate> {
    let numbers = rows.iter().map(|(id, name, what)| candidate(&id.to_string(), &format!("{name}: {what}")));
    let mut whose: Vec<&String> = Vec::new();
    for (_, name, _) in rows {
        if !whose.contains(&name) && !slug(name).is_empty() {
            whose.push(name);
        }
    }
    numbers.chain(whose.into_iter().map(|name| candidate(&slug(name), name))).collect()
}

/// The names of the settings.
pub fn keys() -> Vec<CompletionCandidate> {
    Key::all().map(|key| CompletionCandidate::new(key.name())).collect()
}

/// The journeys of the workspace.
pub fn journeys() -> Vec<CompletionCandidate> {
    read_journeys().iter().map(|journey| candidate(&journey.id, &journey.title)).collect()
}

/// The profiles of tables: the workspace's own, and the shipped ones.
pub fn profiles() -> Vec<CompletionCandidate> {
    let own = own_settings().map(|file| file.profiles).unwrap_or_default();
    own.iter().chain(shipped()).map(|profile| CompletionCandidate::new(&profile.id)).collect()
}

/// The paths of the sources in `attent.yaml`.
pub fn sources() -> Vec<CompletionCandidate> {
    let named = own_settings().map(|file| file.sources).unwrap_or_default();
    named.iter().map(|source| CompletionCandidate::new(&source.path)).collect()
}

/// The weights that can be tried, up to their values.
pub fn weights() -> Vec<CompletionCandidate> {
    Component::ALL.iter().map(|component| CompletionCandidate::new(format!("{}=", component.id()))).collect()
}

/// The formats of an answer.
pub fn formats() -> Vec<CompletionCandidate> {
    Format::ALL.iter().map(|format| CompletionCandidate::new(format.word())).collect()
}

/// The languages of an answer.
pub fn languages() -> Vec<CompletionCandidate> {
    [Lang::En, Lang::Nl].iter().map(|lang| CompletionCandidate::new(lang.code())).collect()
}

fn candidate(word: &str, help: &str) -> CompletionCandidate {
    CompletionCandidate::new(word).help(Some(visible(help).into_owned().into()))
}

/// The workspace the line being typed is about.
fn root() -> Option<PathBuf> {
    let flag = typed_value(&["-w", "--workspace"]).map(|typed| unquoted(&typed));
    let here = std::env::current_dir().ok()?;
    Some(locate(flag.as_deref(), &Environment::of_process(), &here).ok()?.root)
}

/// The log of that workspace.
fn log() -> Option<PathBuf> {
    root().map(|root| root.join(LEDGER_FILE)).filter(|log| log.is_file())
}

/// The reader's language as far as the environment tells; a shell does not wait for the settings.
fn lang() -> Lang {
    let said = typed_value(&["--lang"]).as_deref().and_then(Lang::from_locale);
    said.unwrap_or_else(|| Environment::of_process().language())
}

/// The journeys, leaving out those with mistakes.
fn read_journeys() -> Vec<Journey> {
    let Some(entries) = root().and_then(|root| std::fs::read_dir(root.join("journeys")).ok()) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| is_yaml(path)).collect();
    paths.sort();
    paths.iter().filter_map(|path| parse_journey(&files::bytes(path).ok()?).value).collect()
}

fn default_journey() -> Option<String> {
    let set = Environment::of_process().setting("journey").map(str::to_owned);
    set.or_else(|| own_settings()?.journey)
}

/// What `attent.yaml` says.
fn own_settings() -> Option<WorkspaceFile> {
    parse_workspace(&files::bytes(&root()?.join(WORKSPACE_FILE)).ok()?).value
}

/// What was typed behind a flag on the line being completed, which follows `--`.
fn typed_value(flags: &[&str]) -> Option<String> {
    let line: Vec<String> = std::env::args_os().skip_while(|word| word != "--").map(|word| word.to_string_lossy().into_owned()).collect();
    let apart = line.windows(2).rev().find(|pair| flags.contains(&pair[0].as_str())).map(|pair| pair[1].clone());
    apart.or_else(|| {
        line.iter().rev().find_map(|word| word.split_once('=').filter(|(flag, _)| flags.contains(flag)).map(|(_, value)| value.to_owned()))
    })
}

/// A path as a shell would read it: bash hands words over with their quotes and their `~`.
fn unquoted(typed: &str) -> PathBuf {
    let bare = typed.trim_matches(['"', '\'']).replace("\\ ", " ");
    match (bare.strip_prefix("~/"), std::env::home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => bare.into(),
    }
}
