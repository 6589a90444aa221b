//! A journey: its stages in order, which touchpoints belong to them, and what is promised there.

use serde::Serialize;

use super::calendar::Days;
use super::words::{Channel, Direction, Kind, Sender};

/// The stages a customer goes through, in order. A checked journey has at least one stage and no
/// stage id twice.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Journey {
    /// The id, unique in the workspace.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The stages, in order.
    pub stages: Vec<Stage>,
}

impl Journey {
    /// The place of a stage in the journey.
    pub fn position(&self, stage: &str) -> Option<usize> {
        self.stages.iter().position(|candidate| candidate.id == stage)
    }
}

/// One stage of a journey.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Stage {
    /// The id, unique in the journey.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// What the customer should get out of it, or empty.
    pub goal: String,
    /// A touchpoint belongs here when any of these fits and no better one elsewhere does.
    pub rules: Vec<Rule>,
    /// The planned touchpoints.
    pub promises: Vec<Promise>,
    /// How long silence may last here.
    pub gap: Gap,
    /// A journey may pass it by.
    pub optional: bool,
    /// A customer may come here more than once.
    pub repeatable: bool,
    /// The half-life of this stage's cells in days; the workspace's when `None`.
    pub half_life: Option<f64>,
    /// Hours within which a failure here should be acknowledged; the workspace's when `None` (R2).
    pub acknowledge: Option<f64>,
    /// Hours within which a failure here should be made good; the workspace's when `None` (R2).
    pub resolve: Option<f64>,
}

/// The contact gap of a stage, in days.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Gap {
    /// What is aimed at.
    pub ideal: Option<f64>,
    /// What must not be passed.
    pub maximum: Option<f64>,
}

/// One rule: every list that is not empty must contain the touchpoint's value.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Rule {
    /// Channels.
    pub channel: Vec<Channel>,
    /// Kinds.
    pub kind: Vec<Kind>,
    /// Directions.
    pub direction: Vec<Direction>,
    /// Senders.
    pub sender: Vec<Sender>,
    /// Tags, lower case: any of them.
    pub tag: Vec<String>,
    /// Where the touchpoint came from (`log`, `csv`, …), lower case.
    pub source: Vec<String>,
    /// Words in the note, lower case: any of them, whole words.
    pub word: Vec<String>,
}

impl Rule {
    /// How many things the rule looks at: the more, the more specific.
    pub fn conditions(&self) -> usize {
        [
            self.channel.is_empty(),
            self.kind.is_empty(),
            self.direction.is_empty(),
            self.sender.is_empty(),
            self.tag.is_empty(),
            self.source.is_empty(),
            self.word.is_empty(),
        ]
        .iter()
        .filter(|&&empty| !empty)
        .count()
    }
}

/// A planned touchpoint: what the firm means to do for every customer in the stage.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Promise {
    /// What people call it.
    pub title: String,
    /// Through which channel.
    pub channel: Channel,
    /// Who at least: a machine's promise may be kept by a person, not the other way round.
    pub who: Sender,
    /// Within how many days of `after`.
    pub within: f64,
    /// From when the time runs: entering this stage (`None`), or the stage with this place.
    pub after: Option<usize>,
}

/// A possible duration, or `None`.
pub fn days(duration: Option<Days>) -> Option<f64> {
    duration.map(|days| days.0)
}
