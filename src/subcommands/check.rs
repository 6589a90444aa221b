//! `attent check`: every mistake in the files people write, at its place; silent in a pipe when all is fine.
//!
//! Mistakes are the answer here, so they go to standard output, as those of a linter do.

use std::collections::HashMap;
use std::io::IsTerminal as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;

use super::check_files::{Role, Subject, named, of_workspace, within_reach};
use super::config::format_of;
use super::context::Context;
use super::output;
use super::reach::still_answers;
use super::workspace::shipped_plays;
use crate::domain::complaint::{Complaint, Severity, Span};
use crate::domain::numbers::counted;
use crate::domain::play::Play;
use crate::domain::problem::{Exit, Problem};
use crate::domain::text::{Lang, Text};
use crate::intake::journey::{parse_journey, stage_ids};
use crate::intake::near::suggest;
use crate::intake::playbook::{Known, check_playbook};
use crate::intake::workspace::{parse_own_settings, parse_workspace};
use crate::render::complaints::{Look, SourceFile};
use crate::render::format::Format;
use crate::render::pages::check::{self as page, Counts};
use crate::render::sanitize::visible;
use crate::settings::locate::locate;
use crate::text;

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// The files; the whole workspace when left out
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,
}

/// A file with what is wrong in it.
pub type Checked<'a> = (&'a Subject, Vec<Complaint>);

/// Runs the command. Ends with exit code 3 when there is a mistake, with 0 when there are only warnings.
///
/// # Errors
/// When no files are named and there is no workspace, or what they lie on no longer answers.
pub fn run(context: &Context, args: &CheckArgs) -> Result<ExitCode> {
    let root = locate(context.globals.workspace.as_deref(), &context.environment, &context.here).map(|located| located.root);
    let subjects = if args.files.is_empty() { of_workspace(context, &root?, true) } else { named(context, &args.files) };
    speak_its_language(context, &subjects);
    within_reach(&subjects)?;
    if args.files.is_empty() {
        still_answers(context)?;
    }
    let checked = check(&subjects);
    let complaints = || checked.iter().flat_map(|(_, complaints)| complaints);
    let errors = complaints().filter(|complaint| complaint.severity == Severity::Error).count();
    let counts = Counts { files: checked.len(), errors, warnings: complaints().count() - errors };
    if format_of(context) == Format::Table {
        for_people(context, &checked, counts)?;
    } else {
        let lang = context.lang();
        let rows = checked.iter().flat_map(|(subject, complaints)| {
            let source = SourceFile::new(&subject.shown, subject.bytes().unwrap_or_default());
            complaints.iter().map(move |complaint| source.locate(complaint, lang)).collect::<Vec<_>>()
        });
        output::answer(context, "EUR", &page::answer(&rows.collect::<Vec<_>>(), counts))?;
    }
    Ok(if errors > 0 { ExitCode::from(Exit::Input.code()) } else { ExitCode::SUCCESS })
}

/// The settings that are checked may say which language the reader wants.
pub fn speak_its_language(context: &Context, subjects: &[Subject]) {
    if context.globals.lang.is_some() || context.environment.setting("language").is_some() {
        return;
    }
    let said = |role| {
        let of_role = subjects.iter().filter(move |subject| subject.role == role);
        of_role.filter_map(|subject| parse_own_settings(subject.bytes()?).value?.language).next()
    };
    if let Some(lang) = said(Role::Workspace).or_else(|| said(Role::Own)) {
        context.set_lang(lang);
    }
}

/// Checks every file by itself and beside the others of its workspace.
pub fn check(subjects: &[Subject]) -> Vec<Checked<'_>> {
    let twice = twice(subjects);
    let shipped = shipped_plays();
    let mut roots: HashMap<&Path, Beside> = HashMap::new();
    let asked = subjects.iter().filter(|subject| subject.asked);
    let checked = asked.map(|subject| {
        let beside = roots.entry(&subject.root).or_insert_with(|| Beside::of(subjects, &subject.root));
        let mut complaints = of_one(subject, beside, &shipped);
        complaints.extend(twice.iter().filter(|(path, _)| *path == subject.path).map(|(_, complaint)| complaint.clone()));
        complaints.sort_by_key(|complaint| complaint.span);
        (subject, complaints)
    });
    checked.collect()
}

fn of_one(subject: &Subject, beside: &Beside, shipped: &[Play]) -> Vec<Complaint> {
    let bytes = match &subject.file {
        Ok(bytes) => bytes,
        Err(problem) => return vec![unread(problem)],
    };
    match subject.role {
        Role::Journey => parse_journey(bytes).complaints,
        Role::Workspace | Role::Own => settings(subject, bytes, beside),
        Role::Playbook => {
            let stages = beside.stages.as_ref().map(|stages| stages.iter().map(String::as_str).collect::<Vec<_>>());
            check_playbook(bytes, Known { stages: stages.as_deref(), shipped: Some(shipped) }).complaints
        }
    }
}

/// What the other files of a workspace say.
struct Beside {
    /// The ids of all journeys; `None` when one cannot be known, or when there is no workspace.
    journeys: Option<Vec<String>>,
    /// The stages of all journeys, likewise.
    stages: Option<Vec<String>>,
    /// Whether `attent.yaml` says which journey is the usual one.
    says_journey: bool,
}

impl Beside {
    fn of(subjects: &[Subject], root: &Path) -> Self {
        let here = || subjects.iter().filter(|subject| subject.root == root);
        let of_role = |role| here().filter(move |subject| subject.role == role);
        let known = of_role(Role::Workspace).next().is_some();
        let journeys: Option<Vec<String>> = of_role(Role::Journey).map(|subject| subject.id().map(|(id, _)| id)).collect();
        let stages: Option<Vec<Vec<String>>> = of_role(Role::Journey).map(|subject| stage_ids(subject.bytes()?)).collect();
        Self {
            journeys: journeys.filter(|_| known),
            stages: stages.map(|stages| stages.concat()).filter(|_| known),
            says_journey: of_role(Role::Workspace).any(|subject| subject.word("journey").is_some()),
        }
    }
}

/// The mistakes in a settings file, among them a usual journey that is not there, and a workspace
/// without any.
fn settings(subject: &Subject, bytes: &[u8], beside: &Beside) -> Vec<Complaint> {
    let parsed = if subject.role == Role::Own { parse_own_settings(bytes) } else { parse_workspace(bytes) };
    let mut complaints = parsed.complaints;
    let Some(journeys) = &beside.journeys else { return complaints };
    if subject.role == Role::Workspace && journeys.is_empty() {
        complaints.push(no_journeys());
    } else if subject.role == Role::Workspace || !beside.says_journey {
        complaints.extend(missing(subject, journeys));
    }
    complaints
}

fn missing(subject: &Subject, journeys: &[String]) -> Option<Complaint> {
    let (asked, place) = subject.word("journey").filter(|(asked, _)| !journeys.contains(asked))?;
    let known: Vec<&str> = journeys.iter().map(String::as_str).collect();
    let asked = visible(&asked);
    Some(Complaint::error(place, text!("no journey is called `{asked}`", "geen klantreis heet `{asked}`")).help(suggest(&asked, &known)))
}

fn no_journeys() -> Complaint {
    Complaint::error(Span::default(), text!("this workspace has no journey", "deze werkmap heeft geen klantreis")).help(text!(
        "write one in journeys/, as a file that ends in .yaml",
        "schrijf er een in journeys/, in een bestand dat eindigt op .yaml"
    ))
}

/// A file that could not be read, as a mistake at its beginning.
fn unread(problem: &Problem) -> Complaint {
    let join = |lang| problem.lines(lang).into_iter().take(2).collect::<Vec<_>>().join(": ");
    Complaint::error(Span::default(), Text::new(join(Lang::En), join(Lang::Nl))).help(problem.todo.clone())
}

/// Journeys of one workspace with the same id: the later file is wrong, or the one that was asked for.
fn twice(subjects: &[Subject]) -> Vec<(PathBuf, Complaint)> {
    let mut first: HashMap<(&Path, String), (&Subject, Span)> = HashMap::new();
    let mut found = Vec::new();
    let mut journeys: Vec<&Subject> = subjects.iter().filter(|subject| subject.role == Role::Journey).collect();
    journeys.sort_by(|a, b| a.path.cmp(&b.path));
    journeys.dedup_by(|a, b| a.path == b.path);
    for later in journeys {
        let Some((id, place)) = later.id() else { continue };
        let Some(&(earlier, its_place)) = first.get(&(later.root.as_path(), id.clone())) else {
            first.insert((&later.root, id), (later, place));
            continue;
        };
        let (wrong, place, other) = if later.asked { (later, place, earlier) } else { (earlier, its_place, later) };
        let other = &other.shown;
        let complaint = Complaint::error(place, text!("journey `{id}` is there twice", "klantreis `{id}` is er twee keer"))
            .help(text!("{other} has it too; give one of them another id", "{other} heeft hem ook; geef een van beide een andere id"));
        found.push((wrong.path.clone(), complaint));
    }
    found
}

/// Every mistake with its source line, and how many there are; nothing when all is fine.
fn for_people(context: &Context, checked: &[Checked<'_>], counts: Counts) -> Result<()> {
    let look = context.look("EUR");
    let width = look.width.map_or(100, usize::from);
    let look = Look { lang: look.lang, colour: look.color, ascii: look.ascii, width };
    let mut text = String::new();
    for (subject, complaints) in checked.iter().filter(|(_, complaints)| !complaints.is_empty()) {
        text += &match &subject.file {
            Ok(bytes) => SourceFile::new(&subject.shown, bytes).render(complaints, look),
            Err(problem) => without_source(problem, look.lang),
        };
    }
    if !text.is_empty() {
        text += &format!("{}\n", counts.in_words().get(context.lang()));
    } else if context.globals.format.is_some() || (context.globals.output.is_none() && std::io::stdout().is_terminal()) {
        text = format!("{}\n", in_order(checked).get(context.lang()));
    }
    output::bytes(context, text.as_bytes())
}

/// What a person who looks wants to know when nothing is wrong: that it was looked at.
fn in_order(checked: &[Checked<'_>]) -> Text {
    let of = |role| checked.iter().filter(|(subject, _)| subject.role == role).count() as u64;
    let mut parts = Vec::new();
    if of(Role::Journey) > 0 {
        parts.push(counted(of(Role::Journey), ["journey", "journeys"], ["klantreis", "klantreizen"]));
    }
    if of(Role::Workspace) + of(Role::Own) > 0 {
        parts.push(text!("settings", "instellingen"));
    }
    if of(Role::Playbook) > 0 {
        parts.push(Text::same("playbook"));
    }
    let all = |lang| parts.iter().map(|part| part.get(lang)).collect::<Vec<_>>().join(", ");
    Text::new(format!("Everything is in order: {}.", all(Lang::En)), format!("Alles is in orde: {}.", all(Lang::Nl)))
}

/// A file of which there is nothing to show.
fn without_source(problem: &Problem, lang: Lang) -> String {
    let lines = problem.lines(lang).into_iter().map(visible).collect::<Vec<_>>().join("\n  ");
    format!("{}: {lines}\n\n", lang.pick("error", "fout"))
}
