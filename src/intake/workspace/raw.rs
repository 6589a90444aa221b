//! `attent.yaml` as it is written: the shape that editors are told, and that files are held against.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::gift_policies::RawGiftPolicy;
use super::retention::RawRetention;
use super::rules::rules_schema;
use crate::domain::words::Channel;
use crate::intake::contact_words::Meaning;
use crate::intake::raw::{OneOrMany, amount_schema, duration_schema};
use crate::intake::recovery::RawRecovery;
use crate::intake::sources::RawSource;
use crate::intake::tables::RawProfile;

/// The settings of a workspace.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "attent workspace")]
pub struct RawWorkspace {
    /// The language of the answers.
    pub language: Option<RawLanguage>,
    /// The currency of the amounts, as a code of three letters.
    #[schemars(regex(pattern = "^[A-Za-z]{3}$"), example = &"EUR")]
    pub currency: Option<String>,
    /// My own mail addresses: contact from these went out.
    pub me: Option<OneOrMany<String>>,
    /// The id of the journey that new customers are on.
    #[schemars(example = &"customer")]
    pub journey: Option<String>,
    /// In how much time a touchpoint loses half its weight; 90d when left out.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub half_life: Option<String>,
    /// In how much time a resolved failure loses half its weight; 90d when left out.
    #[schemars(schema_with = "duration_schema")]
    #[serde(default)]
    pub failure_half_life: Option<String>,
    /// How much each component counts; together 100.
    pub weights: Option<RawWeights>,
    /// How much of the experience a contact through a channel is; a visit is 1.
    #[schemars(schema_with = "channels_schema")]
    #[serde(default)]
    pub channels: BTreeMap<String, f64>,
    /// How many outbound contacts at once a customer may feel before it is crowded; 4 when left out.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub pressure_cap: Option<f64>,
    /// What a week may take.
    pub budget: Option<RawBudget>,
    /// Which rules are switched off; all are on when left out.
    #[schemars(schema_with = "rules_schema")]
    #[serde(default)]
    pub rules: BTreeMap<String, Value>,
    /// How fast a failure is dealt with, where the stage says nothing else.
    pub recovery: Option<RawRecovery>,
    /// The weekly list of what to do.
    pub nudge: Option<RawNudge>,
    /// For how long what is kept, for `attent tidy`; everything for good when left out.
    #[schemars(example = &serde_json::json!({"customers_without_contact": "5 years", "machine_mail": "1 year"}))]
    pub retention: Option<RawRetention>,
    /// What customers of a group may accept, where nothing is said of the customer itself.
    #[schemars(example = &serde_json::json!({"council": {"accepts": 50, "a_year": 100, "office_only": true}, "care": "none"}))]
    pub gift_policies: Option<BTreeMap<String, RawGiftPolicy>>,
    /// The country telephone numbers without a country code are of, in two letters; NL when left out.
    #[schemars(regex(pattern = "^[A-Za-z]{2}$"), example = &"NL")]
    pub country: Option<String>,
    /// Mail addresses that are never a customer's; `@example.nl` stands for everybody there.
    pub ignore: Option<OneOrMany<String>>,
    /// Where contacts are read from by `attent sync`.
    #[serde(default)]
    #[schemars(with = "Option<Vec<RawSource>>")]
    pub sources: Option<Vec<Option<RawSource>>>,
    /// My own words in what happened, by what they say: a channel, in, out, both, or what it was about.
    #[schemars(schema_with = "words_schema")]
    #[serde(default)]
    pub words: BTreeMap<String, Option<OneOrMany<String>>>,
    /// How the tables of other programs are read, each under an id.
    pub profiles: Option<BTreeMap<String, RawProfile>>,
    /// Only in your own config.yaml: folders whose workspaces others may read or own without a warning; `*` is every folder.
    #[schemars(example = &"~/shared")]
    pub trust: Option<OneOrMany<String>>,
}

/// A language of the program.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum RawLanguage {
    /// Dutch.
    Nl,
    /// English.
    En,
}

/// How much each component of warmth counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawWeights {
    /// Contact with a person; 25 when left out.
    #[schemars(range(min = 0))]
    pub human: Option<f64>,
    /// Contact about this customer's own situation; 25 when left out.
    #[schemars(range(min = 0))]
    pub personal: Option<f64>,
    /// Contact that is about the relation; 20 when left out.
    #[schemars(range(min = 0))]
    pub relational: Option<f64>,
    /// Contact that felt good; 15 when left out.
    #[schemars(range(min = 0))]
    pub sentiment: Option<f64>,
    /// Contact that goes both ways; 15 when left out.
    #[schemars(range(min = 0))]
    pub reciprocity: Option<f64>,
}

/// What a week may take.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawBudget {
    /// Minutes of a person's time.
    #[schemars(range(min = 0, max = 100_000))]
    pub minutes: Option<u32>,
    /// Money.
    #[schemars(schema_with = "amount_schema")]
    #[serde(default)]
    pub euros: Option<Value>,
}

/// The weekly list of what to do.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawNudge {
    /// How many actions at most it shows; 10 when left out.
    #[schemars(range(min = 1, max = 1000))]
    pub max: Option<u32>,
}

fn channels_schema(_: &mut SchemaGenerator) -> Schema {
    let mass = serde_json::json!({"type": "number", "exclusiveMinimum": 0, "maximum": 1});
    let properties = Channel::ALL.iter().map(|channel| (channel.word().to_owned(), mass.clone())).collect::<Map<_, _>>();
    json_schema!({"type": ["object", "null"], "additionalProperties": false, "properties": properties})
}

fn words_schema(_: &mut SchemaGenerator) -> Schema {
    let phrase = serde_json::json!({"type": "string"});
    let phrases = serde_json::json!({"anyOf": [phrase, {"type": "array", "items": phrase}]});
    let properties = Meaning::all().map(|(word, _)| (word.to_owned(), phrases.clone())).collect::<Map<_, _>>();
    json_schema!({"type": ["object", "null"], "additionalProperties": false, "properties": properties,
        "examples": [{"visit": ["koffieklets"], "transactional": ["pakbon"], "in": ["kwam binnen"]}]})
}
