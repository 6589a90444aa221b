//! A journey in YAML.
//!
//! # Which stage a touchpoint belongs to
//! A stage said outright wins. Otherwise the rules decide: of all rules that fit, the one with
//! the most conditions claims the touchpoint, because who wrote `{channel: email, tag: invoice}`
//! meant it as an exception to `{channel: email}`. At a tie the stage that comes first in the
//! journey claims it. Two rules of different stages that look at the same fields and share a value
//! in each would be decided by that tie alone, which nobody who wrote them can have meant: they
//! are called overlapping, and that is a mistake. What no rule claims belongs to the customer's
//! current stage.

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;

use super::journey_rules::RawRule;
use super::near::{shorten, suggest};
use super::raw::{days, duration_schema, slug};
use super::recovery::{RawStageRecovery, of_stage};
use super::schema::{self, Schema};
use super::shape::{Parsed, Shaped};
use super::tree::Path;
use crate::domain::journey::{Gap, Journey, Promise, Stage};
use crate::domain::limits::LONGEST_NAME;
use crate::domain::words::{Channel, Sender};
use crate::text;

/// A customer journey: the stages a customer goes through, in order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "attent journey")]
pub struct RawJourney {
    /// The id of the journey, unique in the workspace: lower-case letters, digits, `-` and `_`.
    #[schemars(regex(pattern = "^[a-z0-9][a-z0-9_-]*$"), example = &"customer")]
    pub id: String,
    /// What people call it; the id when left out.
    pub title: Option<String>,
    /// The stages, in the order customers go through them.
    #[schemars(with = "Vec<RawStage>", length(min = 1))]
    pub stages: Vec<Option<RawStage>>,
}

/// One stage of the journey.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStage {
    /// The id of the stage, unique in the journey: lower-case letters, digits, `-` and `_`.
    #[schemars(regex(pattern = "^[a-z0-9][a-z0-9_-]*$"), example = &"buy")]
    pub id: String,
    /// What people call it; the id when left out.
    pub title: Option<String>,
    /// What the customer should get out of this stage.
    pub goal: Option<String>,
    /// Which touchpoints belong here: those that fit any of these rules. Of several rules that fit, the one with the most conditions counts.
    #[serde(default)]
    #[schemars(with = "Option<Vec<RawRule>>")]
    pub rules: Vec<Option<RawRule>>,
    /// The touchpoints every customer gets in this stage.
    #[serde(default)]
    #[schemars(with = "Option<Vec<RawPromise>>")]
    pub promises: Vec<Option<RawPromise>>,
    /// How long silence may last in this stage.
    pub gap: Option<RawGap>,
    /// A journey may pass this stage by.
    #[serde(default)]
    pub optional: bool,
    /// A customer may come here more than once.
    #[serde(default)]
    pub repeatable: bool,
    /// In how much time a touchpoint of this stage loses half its weight; the workspace's when left out.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub half_life: Option<String>,
    /// How fast a failure in this stage is dealt with; as the workspace says when left out.
    pub recovery: Option<RawStageRecovery>,
}

/// How long silence may last.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawGap {
    /// The gap between two contacts that is aimed at.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub ideal: Option<String>,
    /// The gap that must not be passed.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub maximum: Option<String>,
}

/// A planned touchpoint.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPromise {
    /// What people call it.
    pub title: String,
    /// Through which channel.
    pub channel: Channel,
    /// Who does it; what the channel stands for when left out.
    pub who: Option<Sender>,
    /// Within how much time.
    #[schemars(schema_with = "duration_schema")]
    pub within: String,
    /// From when the time runs: `entry` into this stage, or the id of a stage.
    #[schemars(example = &"entry")]
    pub of: Option<String>,
}

static SCHEMA: LazyLock<Schema<'static>> = LazyLock::new(|| schema::read(schema::JOURNEY));

/// Reads a journey: the value when nothing is wrong, and all mistakes at once.
pub fn parse_journey(bytes: &[u8]) -> Parsed<Journey> {
    let mut shaped = match Shaped::<RawJourney>::read(bytes, &SCHEMA) {
        Ok(shaped) => shaped,
        Err(complaints) => return Parsed::new(None, complaints),
    };
    let journey = shaped.raw.take().map(|raw| journey(&mut shaped, raw));
    Parsed::new(journey, shaped.complaints)
}

/// The ids of the stages of a journey file, even beside mistakes elsewhere in it; `None` when they
/// cannot all be known, so that a play is not blamed for a mistake in a journey.
pub fn stage_ids(bytes: &[u8]) -> Option<Vec<String>> {
    let raw = Shaped::<RawJourney>::read(bytes, &SCHEMA).ok()?.raw?;
    raw.stages.into_iter().map(|stage| stage.map(|stage| stage.id)).collect()
}

type File = Shaped<RawJourney>;

/// A stage that had to be left out keeps its place as an empty one, so that the places of the
/// others stay right; a file with such a stage has an error and its journey is never used.
fn journey(file: &mut File, raw: RawJourney) -> Journey {
    let root = Path::default();
    slug(file, &root.key("id"), &raw.id);
    titled(file, &root, raw.title.as_deref());
    let stages_path = root.key("stages");
    if raw.stages.is_empty() {
        file.error(&stages_path, text!("a journey needs at least one stage", "een klantreis heeft minstens één fase nodig"));
    }
    check_ids(file, &raw.stages, &stages_path);
    let ids = raw.stages.iter().map(|stage| stage.as_ref().map(|stage| stage.id.clone())).collect::<Vec<_>>();
    let read = raw.stages.into_iter().enumerate();
    let stages =
        read.map(|(index, raw)| raw.map(|raw| stage(file, raw, &stages_path.index(index), &ids)).unwrap_or_default()).collect::<Vec<_>>();
    super::journey_rules::check_overlaps(file, &stages);
    Journey { title: raw.title.unwrap_or_else(|| raw.id.clone()), id: raw.id, stages }
}

/// A title stands in tables and sentences.
fn titled(file: &mut File, path: &Path, title: Option<&str>) {
    if title.is_some_and(|title| title.chars().count() > LONGEST_NAME) {
        let what = text!("a title has at most {LONGEST_NAME} characters", "een titel heeft hoogstens {LONGEST_NAME} tekens");
        file.error(&path.key("title"), what);
    }
}

fn check_ids(file: &mut File, stages: &[Option<RawStage>], path: &Path) {
    let mut first = std::collections::HashMap::new();
    for (index, raw) in stages.iter().enumerate() {
        let Some(raw) = raw else { continue };
        let here = path.index(index).key("id");
        slug(file, &here, &raw.id);
        let id = shorten(&raw.id);
        if raw.id == "entry" {
            file.error(&here, text!("`entry` is the word for entering a stage", "`entry` is het woord voor het ingaan van een fase"))
                .help = text!("choose another id", "kies een andere id");
        }
        match first.get(&raw.id) {
            Some(&earlier) => {
                let complaint = file.error(&here, text!("stage `{id}` stands here twice", "fase `{id}` staat hier twee keer"));
                complaint.also = Some((earlier, text!("first here", "eerst hier")));
                complaint.help = text!("give one of them another id", "geef een van beide een andere id");
            }
            None => drop(first.insert(raw.id.clone(), file.span(&here))),
        }
    }
}

fn stage(file: &mut File, raw: RawStage, path: &Path, ids: &[Option<String>]) -> Stage {
    titled(file, path, raw.title.as_deref());
    let rules = super::journey_rules::rules(file, raw.rules, path);
    let promises = raw.promises.into_iter().enumerate();
    let promises = promises.filter_map(|(index, raw)| promise(file, raw?, &path.key("promises").index(index), ids)).collect();
    let level = raw.recovery.map(|raw| of_stage(file, &path.key("recovery"), &raw));
    let (acknowledge, resolve) = level.unwrap_or_default();
    Stage {
        title: raw.title.unwrap_or_else(|| raw.id.clone()),
        goal: raw.goal.unwrap_or_default(),
        rules,
        promises,
        gap: raw.gap.map(|gap| read_gap(file, &gap, &path.key("gap"))).unwrap_or_default(),
        optional: raw.optional,
        repeatable: raw.repeatable,
        half_life: days(file, &path.key("half_life"), raw.half_life.as_ref()),
        acknowledge,
        resolve,
        id: raw.id,
    }
}

fn read_gap(file: &mut File, raw: &RawGap, path: &Path) -> Gap {
    let (ideal_path, maximum_path) = (path.key("ideal"), path.key("maximum"));
    let ideal = days(file, &ideal_path, raw.ideal.as_ref());
    let maximum = days(file, &maximum_path, raw.maximum.as_ref());
    if ideal.zip(maximum).is_some_and(|(ideal, maximum)| ideal > maximum) {
        let place = file.span(&maximum_path);
        let what = text!("the ideal gap is longer than the maximum", "de ideale tussentijd is langer dan de maximale");
        file.error(&ideal_path, what).also = Some((place, text!("the maximum", "de maximale")));
    }
    Gap { ideal, maximum }
}

fn promise(file: &mut File, raw: RawPromise, path: &Path, ids: &[Option<String>]) -> Option<Promise> {
    let within = days(file, &path.key("within"), Some(&raw.within));
    let after = match raw.of.as_deref() {
        None | Some("entry") => None,
        Some(of) => Some(stage_named(file, of, &path.key("of"), ids)?),
    };
    let who = raw.who.unwrap_or(raw.channel.defaults().sender);
    Some(Promise { title: raw.title, channel: raw.channel, who, within: within?, after })
}

fn stage_named(file: &mut File, of: &str, path: &Path, ids: &[Option<String>]) -> Option<usize> {
    let place = ids.iter().position(|id| id.as_deref() == Some(of));
    let all_known = ids.iter().all(Option::is_some);
    if place.is_none() && all_known {
        let shown = shorten(of);
        let mut known = ids.iter().flatten().map(String::as_str).chain(["entry"]).collect::<Vec<_>>();
        known.dedup();
        let what = text!("no stage is called `{shown}`", "geen fase heet `{shown}`");
        file.error(path, what).help = suggest(&shown, &known);
    }
    place
}

#[cfg(test)]
#[path = "journey_tests.rs"]
mod tests;
