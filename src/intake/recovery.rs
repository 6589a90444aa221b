//! `recovery:` in `attent.yaml` and in a stage: how fast a failure is dealt with (METHOD §2.2, R2).

use schemars::JsonSchema;
use serde::Deserialize;

use super::raw::{OneOrMany, duration_schema, many};
use super::shape::Shaped;
use super::tree::Path;
use crate::domain::complaint::{Complaint, Span};
use crate::domain::incident::{ServiceLevel, WorkingWeek};
use crate::domain::text::Text;
use crate::text;

/// How fast a failure in this stage is dealt with.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawStageRecovery {
    /// Within how much time a person says that they know of it; the workspace's when left out.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub acknowledge: Option<String>,
    /// Within how much time it is made good; the workspace's when left out.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub resolve: Option<String>,
}

/// How fast a failure is dealt with.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawRecovery {
    /// Within how much time a person says that they know of it; 24h when left out.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub acknowledge: Option<String>,
    /// Within how much time it is made good; 72h when left out.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub resolve: Option<String>,
    /// Whether the time runs day and night, or in working hours, in which a day is a working day; calendar when left out.
    pub hours: Option<RawHours>,
    /// The working days; mon-fri when left out.
    #[schemars(example = &"mon-fri")]
    pub working_days: Option<OneOrMany<String>>,
    /// When a working day begins and ends; 9:00-17:00 when left out.
    #[schemars(example = &"9:00-17:00")]
    pub working_hours: Option<String>,
}

/// The hours in which time runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RawHours {
    /// All of them.
    Calendar,
    /// Working hours.
    Working,
}

/// What one settings file says of failures; nothing is filled in.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RecoveryFile {
    /// Hours.
    pub acknowledge: Option<f64>,
    /// Hours.
    pub resolve: Option<f64>,
    /// Whether time runs in working hours only.
    pub working: Option<bool>,
    /// The working days, Monday first.
    pub days: Option<[bool; 7]>,
    /// The beginning and the end of a working day, in minutes after midnight.
    pub hours: Option<(u32, u32)>,
}

/// The hours to acknowledge and to make good a failure in a stage, as far as they are said.
pub(super) fn of_stage<Raw>(file: &mut Shaped<Raw>, path: &Path, raw: &RawStageRecovery) -> (Option<f64>, Option<f64>) {
    level(file, path, raw.acknowledge.as_deref(), raw.resolve.as_deref())
}

/// What a settings file says of failures.
pub(super) fn recovery<Raw>(file: &mut Shaped<Raw>, path: &Path, raw: RawRecovery) -> RecoveryFile {
    let (acknowledge, resolve) = level(file, path, raw.acknowledge.as_deref(), raw.resolve.as_deref());
    let days = raw.working_days.map(|days| many(Some(days)).join(", "));
    let days_path = path.key("working_days");
    let days = days.and_then(|typed| read(file, &days_path, WorkingWeek::read_days(&typed)));
    let hours_path = path.key("working_hours");
    let hours = raw.working_hours.and_then(|typed| read(file, &hours_path, WorkingWeek::read_hours(&typed)));
    if raw.hours.is_none() {
        let unheard = [(days.is_some(), &days_path), (hours.is_some(), &hours_path)];
        if let Some((_, unheard)) = unheard.into_iter().find(|(said, _)| *said) {
            file.complaints.push(counts_for_nothing(file.key_span(unheard)));
        }
    }
    RecoveryFile { acknowledge, resolve, working: raw.hours.map(|hours| hours == RawHours::Working), days, hours }
}

/// Working hours beside a clock that may well run day and night.
fn counts_for_nothing(place: Span) -> Complaint {
    let what = text!("working time only counts when the clock runs in it", "werktijd telt alleen als de klok daarin loopt");
    Complaint::warning(place, what)
        .help(text!("add `hours: working`, or `hours: calendar`", "voeg `hours: working` toe, of `hours: calendar`"))
}

fn level<Raw>(file: &mut Shaped<Raw>, path: &Path, acknowledge: Option<&str>, resolve: Option<&str>) -> (Option<f64>, Option<f64>) {
    let (first, last) = (path.key("acknowledge"), path.key("resolve"));
    let acknowledge = acknowledge.and_then(|typed| read(file, &first, ServiceLevel::read_hours(typed)));
    let resolve = resolve.and_then(|typed| read(file, &last, ServiceLevel::read_hours(typed)));
    if acknowledge.zip(resolve).is_some_and(|(acknowledge, resolve)| acknowledge > resolve) {
        let place = file.span(&last);
        let what =
            text!("making it good would come before saying that you know of it", "goedmaken zou komen vóór laten weten dat je het weet");
        file.error(&first, what).also = Some((place, text!("to make it good", "om het goed te maken")));
    }
    (acknowledge, resolve)
}

fn read<Raw, T>(file: &mut Shaped<Raw>, path: &Path, read: Result<T, Text>) -> Option<T> {
    match read {
        Ok(value) => Some(value),
        Err(what) => {
            file.error(path, what);
            None
        }
    }
}
