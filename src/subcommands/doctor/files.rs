//! The files people write: what `attent check` says of them, and whether the sources are there.

use crate::domain::checkup::{Check, Verdict};
use crate::domain::complaint::{Complaint, Severity};
use crate::domain::numbers::counted;
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::subcommands::check;
use crate::subcommands::check_files::{Role, Subject};
use crate::subcommands::context::Context;
use crate::subcommands::workspace::{Workspace, unknown_variables};
use crate::subcommands::{files, sync};
use crate::text;

/// Settings, journeys and playbook.
pub fn check(context: &Context, subjects: &[Subject]) -> Vec<Check> {
    let checked = check::check(subjects);
    let of = |roles: &[Role]| checked.iter().filter(|(subject, _)| roles.contains(&subject.role)).collect::<Vec<_>>();
    let (settings, journeys, playbook) = (of(&[Role::Workspace, Role::Own]), of(&[Role::Journey]), of(&[Role::Playbook]));
    let read = |n: usize| counted(n as u64, ["file", "files"], ["bestand", "bestanden"]);
    let mut checks = vec![
        variables(context, one("settings", text!("settings", "instellingen"), &settings, read(settings.len()))),
        one("journeys", text!("journeys", "klantreizen"), &journeys, read(journeys.len())),
    ];
    if !playbook.is_empty() {
        checks.push(one("playbook", text!("playbook", "playbook"), &playbook, read(1)));
    }
    checks
}

fn one(id: &'static str, name: Text, checked: &[&check::Checked<'_>], read: Text) -> Check {
    let check = Check::fine(id, name, Text::new(format!("{} without mistakes", read.en), format!("{} zonder fouten", read.nl)));
    let of = |severity: Severity| {
        let fits = move |complaint: &&Complaint| complaint.severity == severity;
        checked.iter().flat_map(move |(subject, complaints)| complaints.iter().filter(fits).map(move |complaint| (*subject, complaint)))
    };
    let look = text!("`attent check` shows where", "`attent check` laat zien waar");
    if let Some((subject, complaint)) = of(Severity::Error).next() {
        return check.wrong(said(subject, complaint, of(Severity::Error).count()), look);
    }
    match of(Severity::Warning).next() {
        Some((subject, complaint)) => check.note(said(subject, complaint, of(Severity::Warning).count()), look),
        None => check,
    }
}

/// The first complaint, and how many more there are.
fn said(subject: &Subject, complaint: &Complaint, all: usize) -> Text {
    let more = match all - 1 {
        0 => Text::default(),
        more => text!(", and {more} more", ", en nog {more}"),
    };
    let shown = &subject.shown;
    Text::new(format!("{shown}: {}{}", complaint.what.en, more.en), format!("{shown}: {}{}", complaint.what.nl, more.nl))
}

/// Variables that mean to be a setting and are none.
fn variables(context: &Context, check: Check) -> Check {
    let unknown = unknown_variables(context).join(", ");
    if unknown.is_empty() || check.verdict != Verdict::Fine {
        return check;
    }
    check.note(
        text!("not a setting, in the environment: {unknown}", "geen instelling, in de omgeving: {unknown}"),
        text!("`attent config` shows the settings there are", "`attent config` laat zien welke instellingen er zijn"),
    )
}

/// Files without a mistake of their own that do not go together, such as a value of the environment that is not
/// possible.
pub fn blame(checks: &mut [Check], err: &anyhow::Error) {
    let problem = err.chain().find_map(|cause| cause.downcast_ref::<Problem>());
    let (found, todo) =
        problem.map_or_else(|| (Text::same(err.to_string()), Text::default()), |problem| (both(problem), problem.todo.clone()));
    if let Some(settings) = checks.iter_mut().find(|check| check.id == "settings") {
        *settings = settings.clone().wrong(found, todo);
    }
}

fn both(problem: &Problem) -> Text {
    if problem.why.is_empty() {
        return problem.what.clone();
    }
    Text::new(format!("{}: {}", problem.what.en, problem.why.en), format!("{}: {}", problem.what.nl, problem.why.nl))
}

/// The sources of `attent.yaml`, when there are any: whether each is there and can be read.
pub fn sources(workspace: &Workspace) -> Option<Check> {
    let sources = &workspace.settings.imports.sources;
    if sources.is_empty() {
        return None;
    }
    let n = counted(
        sources.len() as u64,
        ["source, which can be read", "sources, which can be read"],
        ["bron, die te lezen is", "bronnen, die te lezen zijn"],
    );
    let check = Check::fine("sources", text!("sources", "bronnen"), n);
    let refused = |path: &str| {
        let full = sync::resolve(workspace, path);
        let opened = if full.is_dir() { std::fs::read_dir(&full).map(drop) } else { files::open(&full).map(drop) };
        opened.err().map(|_| path.to_owned())
    };
    let gone: Vec<String> = sources.iter().filter_map(|source| refused(&source.path)).collect();
    if gone.is_empty() {
        return Some(check);
    }
    let gone = gone.join(", ");
    Some(check.wrong(
        text!("not there, or not to be read: {gone}", "niet te vinden of niet te lezen: {gone}"),
        text!("mend the path in attent.yaml, or take the source out", "verbeter het pad in attent.yaml, of haal de bron eruit"),
    ))
}
