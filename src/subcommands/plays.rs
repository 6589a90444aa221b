//! `attent plays`: the playbook that counts here, and one play whole.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::complete;
use super::config::located;
use super::context::Context;
use super::lines::as_table;
use super::output;
use super::typed::Words;
use super::workspace::{journey_files, own_playbook, settings, shipped_plays};
use crate::domain::finding::FindingKind;
use crate::domain::play::{Play, Theme};
use crate::domain::problem::Problem;
use crate::domain::text::Text;
use crate::intake::journey::parse_journey;
use crate::intake::near::nearest;
use crate::intake::playbook::{Playbook, merge};
use crate::render::cell::Word;
use crate::render::pages::plays::{ListPage, Origin, PlayLine, PlayPage};
use crate::text;

/// The arguments of `plays`.
#[derive(Debug, Args)]
pub struct PlaysArgs {
    /// Everything about this play, by its id or title; without it, the list
    #[arg(value_name = "PLAY", conflicts_with_all = ["answers", "theme"], add = ArgValueCandidates::new(complete::plays))]
    pub play: Option<String>,
    /// Only plays that answer this finding
    #[arg(long, value_name = "FINDING", value_parser = Words::new(FindingKind::ALL, FindingKind::id))]
    pub answers: Option<FindingKind>,
    /// Only plays of this family
    #[arg(long, value_name = "THEME", value_parser = Words::new(Theme::ALL, Theme::word))]
    pub theme: Option<Theme>,
}

/// Runs the command.
///
/// # Errors
/// When the settings or the playbook have mistakes, or no play is called so.
pub fn run(context: &Context, args: &PlaysArgs) -> Result<ExitCode> {
    let root = located(context)?.map(|located| located.root);
    let (settings, _) = settings(context, root.as_deref(), &[])?;
    let own = root.as_deref().map(|root| own_playbook(context, root)).transpose()?.unwrap_or_default();
    let shipped = shipped_plays();
    let plays = merge(&shipped, &own);
    let stages = stages(context, root)?;
    let line = |play: &Play| PlayLine::new(play, origin(play, &shipped, &own), &stages, &settings.model);
    let answer = if let Some(typed) = &args.play {
        let line = line(play_of(&plays, &own, typed)?);
        PlayPage { line }.answer(as_table(context))
    } else {
        let asked = |play: &&Play| {
            args.answers.is_none_or(|finding| play.answers.contains(&finding)) && args.theme.is_none_or(|theme| play.theme == theme)
        };
        let hidden = own.hide.iter().filter(|id| plays.iter().all(|play| play.id != **id)).cloned().collect();
        ListPage { lines: plays.iter().filter(asked).map(line).collect(), hidden }.answer()
    };
    output::answer(context, &settings.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

/// The play meant by an id or a title; `own` is the workspace's own playbook.
///
/// # Errors
/// When no play is called so, or it is hidden.
pub fn play_of<'a>(plays: &'a [Play], own: &Playbook, typed: &str) -> Result<&'a Play, Problem> {
    let lower = typed.trim().to_lowercase();
    let titled = |play: &&Play| [&play.title.en, &play.title.nl].iter().any(|title| title.to_lowercase() == lower);
    let found = plays.iter().find(|play| play.id == lower).or_else(|| plays.iter().find(titled));
    found.ok_or_else(|| hidden(own, &lower).unwrap_or_else(|| unknown(plays, typed)))
}

fn unknown(plays: &[Play], typed: &str) -> Problem {
    let problem = Problem::usage(text!("no play is called `{typed}`", "geen actie heet `{typed}`"));
    problem.todo(match nearest(typed, plays.iter().map(|play| play.id.as_str())) {
        Some(id) => text!("did you mean `{id}`?", "bedoel je `{id}`?"),
        None => text!("`attent plays` lists them", "`attent plays` toont ze"),
    })
}

/// A shipped play that the workspace does not want is there, but does not count.
fn hidden(own: &Playbook, typed: &str) -> Option<Problem> {
    let id = own.hide.iter().find(|id| **id == *typed)?;
    let problem = Problem::usage(text!("play `{id}` does not count here", "actie `{id}` telt hier niet mee"));
    Some(
        problem
            .why(text!("it stands under `hide` in playbook.yaml", "het id staat bij `hide` in playbook.yaml"))
            .todo(text!("take it out there to have it back", "haal het id daar weg om de actie terug te krijgen")),
    )
}

fn origin(play: &Play, shipped: &[Play], own: &Playbook) -> Origin {
    let named = |plays: &[Play]| plays.iter().any(|other| other.id == play.id);
    match (named(&own.plays), named(shipped)) {
        (false, _) => Origin::Shipped,
        (true, false) => Origin::Own,
        (true, true) => Origin::Changed,
    }
}

/// The stages of all journeys that can be read; a mistake in a journey is no reason not to show a play.
fn stages(context: &Context, root: Option<PathBuf>) -> Result<Vec<Word>> {
    let Some(root) = root else { return Ok(Vec::new()) };
    let journeys = journey_files(context, &root)?.into_iter().filter_map(|file| parse_journey(&file.bytes).value);
    Ok(journeys.flat_map(|journey| journey.stages).map(|stage| Word::new(stage.id, Text::same(stage.title))).collect())
}
