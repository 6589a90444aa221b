//! `attent.yaml`: what a workspace says about itself. Everything may be left out.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::contact_words::{Meaning, Words};
use super::raw::{OneOrMany, amount, amount_schema, blank, days, duration_schema, lower, many, slug};
use super::shape::{Parsed, Shaped};
use super::sources::{RawSource, Source, sources};
use super::tables::{self, Profile, RawProfile};
use super::tree::Path;
use crate::domain::complaint::{Complaint, Span};
use crate::domain::money::Cents;
use crate::domain::names::fold;
use crate::domain::numbers::shortest;
use crate::domain::text::{Lang, Text};
use crate::domain::words::Channel;
use crate::text;

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
    places: BTreeMap<String, Span>,
}

impl WorkspaceFile {
    /// Where the value of a key stands: `language`, `weights.human`, `channels.phone`,
    /// `budget.minutes`; `None` when the file does not say it.
    pub fn span_of(&self, key: &str) -> Option<Span> {
        self.places.get(key).copied()
    }
}

static SCHEMA: LazyLock<Value> = LazyLock::new(super::schema::workspace_schema);

/// Reads the settings of a workspace.
pub fn parse_workspace(bytes: &[u8]) -> Parsed<WorkspaceFile> {
    if let Some(complaints) = blank(bytes) {
        return Parsed::new(Some(WorkspaceFile::default()), complaints);
    }
    let mut file = match Shaped::<RawWorkspace>::read(bytes, &SCHEMA) {
        Ok(file) => file,
        Err(complaints) => return Parsed::new(None, complaints),
    };
    let read = file.raw.take().map(|raw| workspace(&mut file, raw));
    Parsed::new(read, file.complaints)
}

type File = Shaped<RawWorkspace>;

fn workspace(file: &mut File, raw: RawWorkspace) -> WorkspaceFile {
    let key = |name: &str| Path::default().key(name);
    if let Some(id) = &raw.journey {
        slug(file, &key("journey"), id);
    }
    check_weights(file, raw.weights.as_ref());
    let budget = raw.budget.as_ref();
    let profiles = tables::checked(file, &key("profiles"), raw.profiles.unwrap_or_default());
    let sources = sources(file, raw.sources.unwrap_or_default(), &profiles);
    let words = words(file, raw.words);
    let masses = Channel::ALL.iter().filter_map(|channel| Some((*channel, *raw.channels.get(channel.word())?)));
    WorkspaceFile {
        language: raw.language.map(|language| match language {
            RawLanguage::Nl => Lang::Nl,
            RawLanguage::En => Lang::En,
        }),
        currency: raw.currency.as_deref().and_then(|code| currency(file, code)),
        channels: masses.collect(),
        me: me(file, raw.me),
        journey: raw.journey,
        half_life: days(file, &key("half_life"), raw.half_life.as_ref()),
        failure_half_life: days(file, &key("failure_half_life"), raw.failure_half_life.as_ref()),
        weights: raw.weights.unwrap_or_default(),
        pressure_cap: raw.pressure_cap,
        budget_minutes: budget.and_then(|budget| budget.minutes),
        budget_money: amount(file, &key("budget").key("euros"), budget.and_then(|budget| budget.euros.as_ref())),
        country: raw.country.map(|code| code.to_ascii_uppercase()),
        ignore: lower(raw.ignore),
        sources,
        words,
        profiles,
        places: file.places(),
    }
}

/// My own addresses; `@example.nl` is everybody there.
fn me(file: &mut File, raw: Option<OneOrMany<String>>) -> Vec<String> {
    let addresses = lower(raw);
    let is_address = |address: &str| address.rsplit_once('@').is_some_and(|(_, host)| !host.is_empty());
    for address in addresses.iter().filter(|address| !is_address(address)) {
        let shown = super::near::shorten(address);
        file.error(&Path::default().key("me"), text!("`{shown}` is not a mail address", "`{shown}` is geen mailadres")).help = text!(
            "write a whole address, such as anna@example.nl, or @example.nl for everybody there",
            "schrijf een heel adres, zoals anna@voorbeeld.nl, of @voorbeeld.nl voor iedereen daar"
        );
    }
    addresses
}

/// The phrases in the order of attent's words. One that holds no letter or digit could never be found.
fn words(file: &mut File, mut raw: BTreeMap<String, Option<OneOrMany<String>>>) -> Words {
    let mut words: Vec<(Meaning, String)> = Vec::new();
    for (word, meaning) in Meaning::all() {
        for phrase in many(raw.remove(word).flatten()) {
            if fold(&phrase).is_empty() {
                let shown = super::near::shorten(&phrase);
                let what = text!("`{shown}` holds no letter or digit", "in `{shown}` staat geen letter of cijfer");
                file.error(&Path::default().key("words").key(word), what);
            }
            words.push((meaning, phrase));
        }
    }
    Words::with(words)
}

fn currency(file: &mut File, code: &str) -> Option<String> {
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Some(code.to_ascii_uppercase());
    }
    let shown = super::near::shorten(code);
    let what = text!("`{shown}` is not a currency code", "`{shown}` is geen valutacode");
    file.error(&Path::default().key("currency"), what).help =
        text!("a currency code has three letters, such as EUR", "een valutacode heeft drie letters, zoals EUR");
    None
}

/// Weights that do not add up to 100 still work, but a warmth is then not out of 100.
fn check_weights(file: &mut File, weights: Option<&RawWeights>) {
    let path = Path::default().key("weights");
    let Some(weights) = weights.filter(|_| file.whole(&path)) else { return };
    let given = [weights.human, weights.personal, weights.relational, weights.sentiment, weights.reciprocity];
    let sum: f64 = given.iter().zip([25.0, 25.0, 20.0, 15.0, 15.0]).map(|(given, usual)| given.unwrap_or(usual)).sum();
    if (sum - 100.0).abs() > 1e-9 {
        let what = Text::new(
            format!("the weights add up to {}, not to 100", shortest(sum).en),
            format!("de gewichten zijn samen {}, geen 100", shortest(sum).nl),
        );
        let place = file.key_span(&path);
        let complaint = Complaint::warning(place, what).help(text!(
            "weights that are left out count as 25 human, 25 personal, 20 relational, 15 sentiment, 15 reciprocity",
            "gewichten die ontbreken tellen als 25 human, 25 personal, 20 relational, 15 sentiment, 15 reciprocity"
        ));
        file.complaints.push(complaint);
    }
}

#[cfg(test)]
#[path = "workspace_tests.rs"]
mod tests;
