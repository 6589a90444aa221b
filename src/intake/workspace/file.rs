//! What one settings file says.

use std::collections::BTreeMap;

use super::raw::RawWeights;
use crate::domain::complaint::Span;
use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::money::Cents;
use crate::domain::retention::Retention;
use crate::domain::rule::RuleId;
use crate::domain::text::Lang;
use crate::domain::words::Channel;
use crate::intake::contact_words::Words;
use crate::intake::recovery::RecoveryFile;
use crate::intake::sources::Source;
use crate::intake::tables::Profile;

/// What one settings file says; nothing is filled in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WorkspaceFile {
    /// The language of the answers.
    pub language: Option<Lang>,
    /// The currency, three capitals.
    pub currency: Option<String>,
    /// My own addresses, lower case.
    pub me: Vec<String>,
    /// The id of the default journey.
    pub journey: Option<String>,
    /// Days.
    pub half_life: Option<f64>,
    /// Days.
    pub failure_half_life: Option<f64>,
    /// How much each component counts.
    pub weights: RawWeights,
    /// The masses that differ from the shipped ones, in the order of the channels.
    pub channels: Vec<(Channel, f64)>,
    /// The most outbound-equivalent contacts at once.
    pub pressure_cap: Option<f64>,
    /// Minutes a week.
    pub budget_minutes: Option<u32>,
    /// Money a week.
    pub budget_money: Option<Cents>,
    /// The rules something is said about, and whether they are on.
    pub rules: Vec<(RuleId, bool)>,
    /// How fast a failure is dealt with.
    pub recovery: RecoveryFile,
    /// The most actions a digest shows.
    pub nudge_max: Option<u32>,
    /// What something is said about how long it is kept, in days; `None` for good.
    pub retention: Vec<(Retention, Option<f64>)>,
    /// What may be accepted, by segment.
    pub gift_policies: Vec<(String, GiftPolicy, GiftTerms)>,
    /// Two capitals.
    pub country: Option<String>,
    /// Addresses that are no customer's, lower case.
    pub ignore: Vec<String>,
    /// Where contacts are read from.
    pub sources: Vec<Source>,
    /// My own words, which go before the shipped ones.
    pub words: Words,
    /// How the tables of other programs are read, by id.
    pub profiles: Vec<Profile>,
    /// Folders whose workspaces others may read or own; it counts in the user's own file only.
    pub trust: Vec<String>,
    pub(super) places: BTreeMap<String, Span>,
}

impl WorkspaceFile {
    /// Where the value of a key stands: `language`, `weights.human`, `channels.phone`,
    /// `budget.minutes`; `None` when the file does not say it.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.places.get(key).copied()
    }
}
