//! `attent import FILE --map`: a profile for a table nobody knows, made by looking at it. What the
//! file does not tell is asked; the profile goes into attent.yaml, where nothing else changes.

use std::process::ExitCode;

use anyhow::Result;

use super::ImportArgs;
use super::confirm::confirm;
use super::sampled::{Seen, about, has_somebody, look, rows};
use crate::domain::names::slug;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::tables::profiles::{is_own_log, recognise, shipped};
use crate::intake::tables::{Profile, Proposal, Question, propose, with_profile};
use crate::render::document::Document;
use crate::render::format::Answer;
use crate::render::pages::mapped::{self as page, Mapped};
use crate::settings::locate::WORKSPACE_FILE;
use crate::subcommands::context::Context;
use crate::subcommands::files;
use crate::subcommands::output::{self, unreadable};
use crate::subcommands::prompts::Asker;
use crate::subcommands::workspace::Workspace;
use crate::text;

/// Runs the command.
///
/// # Errors
/// When the file is no table, is known already, or leaves something open that nobody can be asked;
/// and when attent.yaml cannot take the profile. Then nothing has changed.
pub fn run(context: &Context, args: &ImportArgs) -> Result<ExitCode> {
    let workspace = Workspace::open(context)?;
    let seen = look(context, &args.files, args.kind)?;
    let known = &workspace.settings.imports.profiles;
    is_new(&seen, args.profile.as_deref(), known)?;
    let asker = context.can_ask().then(|| Asker::new(context));
    let mut proposal = propose(&seen.head);
    has_somebody(&seen, &proposal.profile)?;
    match &asker {
        Some(asker) => ask(asker, &mut proposal)?,
        None if args.dry_run => proposal.unsure.iter().for_each(|question| output::note(context, &assumed(question))),
        None if proposal.unsure.is_empty() => {}
        None => return Err(unsure(&seen.shown, &proposal.unsure).into()),
    }
    let usual = free(&slug_of_file(&seen), known);
    proposal.profile.id = args.profile.clone().unwrap_or(usual);
    if let Some(asker) = &asker {
        has_somebody(&seen, &proposal.profile)?;
        confirm(context, asker, &workspace, &seen, &mut proposal)?;
    }
    let mut mapped = mapped(context, &seen, &proposal.profile)?;
    if let Some(asker) = asker.as_ref().filter(|_| args.profile.is_none()) {
        let question = text!("What should the profile be called?", "Hoe moet het profiel heten?");
        let check = |typed: &str| free_name(typed, known);
        proposal.profile.id = asker.line_or(&question, &mapped.id, check)?.ok_or_else(stopped)?;
        mapped = Mapped { id: proposal.profile.id.clone(), yaml: proposal.profile.to_yaml(), ..mapped };
    }
    if args.dry_run {
        return dry(context, &workspace, &mapped, asker.is_some());
    }
    keep(context, &workspace, &proposal.profile)?;
    output::answer(context, &workspace.settings.currency, &page::answer(&mapped, asker.is_some()))?;
    match asker.filter(|_| context.globals.format.is_none() && context.globals.output.is_none()) {
        Some(asker) => go_on(context, &asker, args, &mapped),
        None => Ok(ExitCode::SUCCESS),
    }
}

/// A profile is made of what no profile knows, or under a name that was said.
fn is_new(seen: &Seen, name: Option<&str>, known: &[Profile]) -> Result<(), Problem> {
    let file = &seen.shown;
    let read = text!("`attent import {file}` reads it", "`attent import {file}` leest het in");
    if is_own_log(&seen.head.header) {
        let what = text!("{file} has the columns of attent's own log", "{file} heeft de kolommen van attents eigen logboek");
        return Err(Problem::usage(what).why(text!("it needs no profile", "daar is geen profiel voor nodig")).todo(read));
    }
    if let Some(name) = name {
        let what = text!("a profile cannot be called `{name}`", "een profiel kan niet `{name}` heten");
        return free_name(name, known).map_err(|why| Problem::usage(what).why(why));
    }
    let header = &seen.head.header;
    let Some(profile) = recognise(header, known).or_else(|| recognise(header, shipped())) else { return Ok(()) };
    let id = &profile.id;
    let todo = Text::new(
        format!("{}; to make another profile, give it a name: --profile NAME", read.en),
        format!("{}; voor nog een profiel: noem het met --profile NAAM", read.nl),
    );
    Err(Problem::usage(text!("the profile `{id}` knows {file} already", "het profiel `{id}` kent {file} al")).todo(todo))
}

/// Asks what the file does not tell.
///
/// # Errors
/// When the person stops, or the terminal fails.
pub fn ask(asker: &Asker<'_>, proposal: &mut Proposal) -> Result<()> {
    let mut at = 0;
    while let Some(question) = proposal.unsure.get(at).cloned() {
        if proposal.matters(&question) {
            let chosen = asker.choose(&question.ask, &question.choices, 0)?.ok_or_else(stopped)?;
            proposal.answer(at, chosen);
        }
        at += 1;
    }
    Ok(())
}

/// How the file will be read, with its first rows.
///
/// # Errors
/// When the file cannot be read.
pub fn mapped(context: &Context, seen: &Seen, profile: &Profile) -> Result<Mapped> {
    Ok(Mapped {
        id: profile.id.clone(),
        path: seen.path.display().to_string(),
        file: seen.shown.clone(),
        columns: about(profile),
        yaml: profile.to_yaml(),
        rows: rows(context, seen, profile)?,
    })
}

/// Shows on standard error how the file will be read, before the last question.
///
/// # Errors
/// When it cannot be written.
pub fn show(context: &Context, workspace: &Workspace, mapped: &Mapped) -> Result<()> {
    let answer = Answer { document: page::preview(mapped), ..page::answer(mapped, true) };
    output::show(context, &workspace.settings.currency, &answer)
}

/// The lines for attent.yaml, and nothing stored.
fn dry(context: &Context, workspace: &Workspace, mapped: &Mapped, shown: bool) -> Result<ExitCode> {
    match context.globals.format {
        None => output::bytes(context, format!("profiles:\n{}", mapped.yaml).as_bytes())?,
        Some(_) => {
            let document = if shown { Document::default() } else { page::preview(mapped) };
            let answer = Answer { document, ..page::answer(mapped, shown) };
            output::answer(context, &workspace.settings.currency, &answer)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the profile into attent.yaml, whole or not at all.
fn keep(context: &Context, workspace: &Workspace, profile: &Profile) -> Result<()> {
    let path = workspace.root.join(WORKSPACE_FILE);
    let bytes = files::bytes(&path).map_err(|err| unreadable(&path, &err))?;
    match with_profile(&String::from_utf8_lossy(&bytes), profile) {
        Ok(whole) => {
            files::replace_as_it_was(&path, whole.as_bytes()).map_err(|err| output::unwritable(&path, &err))?;
            Ok(())
        }
        Err(why) => {
            output::bytes(context, format!("profiles:\n{}", profile.to_yaml()).as_bytes())?;
            Err(Problem::failure(text!("the profile cannot be put into attent.yaml", "het profiel kan niet in attent.yaml worden gezet"))
                .why(why)
                .todo(text!("put the lines above into it yourself", "zet de regels hierboven er zelf in"))
                .into())
        }
    }
}

/// Imports the file at once, if the person wants that.
fn go_on(context: &Context, asker: &Asker<'_>, args: &ImportArgs, mapped: &Mapped) -> Result<ExitCode> {
    let file = &mapped.file;
    let choices = [text!("yes", "ja"), text!("no, later", "nee, later")];
    match asker.choose(&text!("Import {file} now?", "{file} nu importeren?"), &choices, 0)? {
        Some(0) => super::run(context, &ImportArgs { map: false, profile: Some(mapped.id.clone()), ..args.clone() }),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// A name from that of the file: without its extension, and without the day of an export.
fn slug_of_file(seen: &Seen) -> String {
    let name = seen.path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let slug = slug(stem).chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(40).collect::<String>();
    let plain = slug.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-').trim_start_matches('-');
    if plain.is_empty() { "table".to_owned() } else { plain.to_owned() }
}

fn free(wanted: &str, known: &[Profile]) -> String {
    let taken = |name: &str| known.iter().chain(shipped()).any(|profile| profile.id == name);
    let numbered = (2..).map(|n| format!("{wanted}-{n}"));
    std::iter::once(wanted.to_owned()).chain(numbered).find(|name| !taken(name)).unwrap_or_default()
}

fn free_name(typed: &str, known: &[Profile]) -> Result<(), Text> {
    let inside = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'-');
    if !typed.bytes().all(inside) || !typed.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Err(text!(
            "a name is made of a-z, 0-9, `-` and `_` and starts with a letter or a digit",
            "een naam bestaat uit a-z, 0-9, `-` en `_` en begint met een letter of cijfer"
        ));
    }
    if known.iter().any(|profile| profile.id == typed) {
        return Err(text!("there is a profile `{typed}` already", "er is al een profiel `{typed}`"));
    }
    Ok(())
}

/// What is taken where nobody is asked.
fn assumed(question: &Question) -> Text {
    let first = question.choices.first().cloned().unwrap_or_default();
    let (en, nl) = (&question.ask.en, &question.ask.nl);
    Text::new(format!("note: assumed: {en} – {}", first.en), format!("let op: aangenomen: {nl} – {}", first.nl))
}

fn unsure(file: &str, questions: &[Question]) -> Problem {
    let all = |of: fn(&Text) -> &str| questions.iter().map(|question| of(&question.ask)).collect::<Vec<_>>().join("\n");
    Problem::usage(text!("{file} leaves something open, and there is nobody to ask here", "{file} laat iets open, en er is hier niemand om het aan te vragen"))
        .why(Text::new(all(|ask| &ask.en), all(|ask| &ask.nl)))
        .todo(text!(
            "run it in a terminal, which asks; `attent import {file} --map --dry-run` writes a profile with the likeliest answers, to put into attent.yaml yourself",
            "doe het in een terminal, die vraagt het; `attent import {file} --map --dry-run` schrijft een profiel met de waarschijnlijkste antwoorden, om zelf in attent.yaml te zetten"
        ))
}

/// The person stopped.
pub fn stopped() -> Problem {
    Problem::failure(text!("stopped, and nothing was stored", "gestopt, en er is niets opgeslagen"))
}
