//! Every setting: its key, how it is read, how it is shown.

use std::str::FromStr;

use crate::domain::calendar::Days;
use crate::domain::customer::{GiftPolicy, GiftTerms};
use crate::domain::incident::RecoveryTerms;
use crate::domain::model::{Component, Model};
use crate::domain::money::Cents;
use crate::domain::rule::RuleId;
use crate::domain::text::{Lang, Text};
use crate::domain::words::Channel;
use crate::intake::contact_words::Words;
use crate::intake::sources::Source;
use crate::intake::tables::Profile;
use crate::intake::workspace::WorkspaceFile;
use crate::text;

/// The settings of one run, all layers taken together.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// The language of the answers.
    pub language: Lang,
    /// The currency, three capitals.
    pub currency: String,
    /// My own addresses, lower case.
    pub me: Vec<String>,
    /// The id of the journey a customer is on unless said otherwise; the first file's when `None`.
    pub journey: Option<String>,
    /// The constants of the score.
    pub model: Model,
    /// Minutes a week.
    pub budget_minutes: u32,
    /// Money a week.
    pub budget: Cents,
    /// The country of telephone numbers without a country code, two capitals.
    pub country: String,
    /// The rules that are switched off.
    pub rules_off: Vec<RuleId>,
    /// The clocks of failures.
    pub recovery: RecoveryTerms,
    /// The most actions a digest shows.
    pub nudge_max: u32,
    /// What a recipient may accept, by segment, where nothing is said of the customer (METHOD §3.2, G7).
    pub gift_policies: Vec<(String, GiftPolicy, GiftTerms)>,
    /// What is read from files, and how.
    pub imports: Imports,
}

/// What is read from files, and how: lists, which no flag or variable sets.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Imports {
    /// Where contacts are read from.
    pub sources: Vec<Source>,
    /// Addresses that are no customer's.
    pub ignore: Vec<String>,
    /// The words by which notes, subjects and titles say what they are about.
    pub words: Words,
    /// How tables with columns of their own are read.
    pub profiles: Vec<Profile>,
}

impl Imports {
    /// What decides how a file is read, apart from the list of files.
    pub fn reading(&self) -> Self {
        Self { sources: Vec::new(), ..self.clone() }
    }

    /// Takes what a file says; a stronger file comes later.
    pub fn take_from(&mut self, file: &WorkspaceFile) {
        self.ignore.extend(file.ignore.iter().cloned());
        self.sources.extend(file.sources.iter().cloned());
        self.words = file.words.clone().before(std::mem::take(&mut self.words));
        self.profiles.retain(|known| !file.profiles.iter().any(|own| own.id == known.id));
        self.profiles.extend(file.profiles.iter().cloned());
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Lang::En,
            currency: "EUR".into(),
            me: Vec::new(),
            journey: None,
            model: Model::default(),
            budget_minutes: 180,
            budget: Cents(6000),
            country: "NL".into(),
            rules_off: Vec::new(),
            recovery: RecoveryTerms::default(),
            nudge_max: 10,
            gift_policies: Vec::new(),
            imports: Imports::default(),
        }
    }
}

/// The name of a setting, as in `attent.yaml` with a point for each level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// `language`.
    Language,
    /// `currency`.
    Currency,
    /// `me`.
    Me,
    /// `country`.
    Country,
    /// `journey`.
    Journey,
    /// `half_life`.
    HalfLife,
    /// `failure_half_life`.
    FailureHalfLife,
    /// `weights.…`.
    Weight(Component),
    /// `pressure_cap`.
    PressureCap,
    /// `budget.minutes`.
    BudgetMinutes,
    /// `budget.euros`.
    BudgetEuros,
    /// `channels.…`.
    Mass(Channel),
}

impl Key {
    /// Every key, in the order they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        let first = [Self::Language, Self::Currency, Self::Country, Self::Me, Self::Journey, Self::HalfLife, Self::FailureHalfLife];
        let weights = Component::ALL.map(Self::Weight);
        let last = [Self::PressureCap, Self::BudgetMinutes, Self::BudgetEuros];
        let masses = Channel::ALL.iter().copied().map(Self::Mass);
        first.into_iter().chain(weights).chain(last).chain(masses)
    }

    /// The key as it is written.
    pub fn name(self) -> String {
        match self {
            Self::Language => "language".into(),
            Self::Currency => "currency".into(),
            Self::Country => "country".into(),
            Self::Me => "me".into(),
            Self::Journey => "journey".into(),
            Self::HalfLife => "half_life".into(),
            Self::FailureHalfLife => "failure_half_life".into(),
            Self::Weight(component) => format!("weights.{}", component.id()),
            Self::PressureCap => "pressure_cap".into(),
            Self::BudgetMinutes => "budget.minutes".into(),
            Self::BudgetEuros => "budget.euros".into(),
            Self::Mass(channel) => format!("channels.{}", channel.word()),
        }
    }

    /// The value as it would be written in a file.
    pub fn show(self, settings: &Settings) -> String {
        match self {
            Self::Language => settings.language.code().into(),
            Self::Currency => settings.currency.clone(),
            Self::Country => settings.country.clone(),
            Self::Me => settings.me.join(", "),
            Self::Journey => settings.journey.clone().unwrap_or_default(),
            Self::HalfLife => Days(settings.model.half_life).to_string(),
            Self::FailureHalfLife => Days(settings.model.failure_half_life).to_string(),
            Self::Weight(component) => settings.model.weights[component as usize].to_string(),
            Self::PressureCap => settings.model.pressure_cap.to_string(),
            Self::BudgetMinutes => settings.budget_minutes.to_string(),
            Self::BudgetEuros => format!("{:.2}", settings.budget.units()),
            Self::Mass(channel) => settings.model.mass(channel).to_string(),
        }
    }

    /// Takes a value given as one word: on the command line or in the environment.
    ///
    /// # Errors
    /// When the value is not possible for this key.
    pub fn take(self, settings: &mut Settings, typed: &str) -> Result<(), Text> {
        match self {
            Self::Language => settings.language = language(typed)?,
            Self::Currency => settings.currency = currency(typed)?,
            Self::Country => settings.country = country(typed)?,
            Self::Me => settings.me = typed.split(',').map(|me| me.trim().to_lowercase()).filter(|me| !me.is_empty()).collect(),
            Self::Journey => settings.journey = Some(typed.trim().to_owned()),
            Self::HalfLife => settings.model.half_life = typed.parse::<Days>()?.0,
            Self::FailureHalfLife => settings.model.failure_half_life = typed.parse::<Days>()?.0,
            Self::Weight(component) => settings.model.weights[component as usize] = number(typed, 0.0, 1000.0)?,
            Self::PressureCap => settings.model.pressure_cap = number(typed, 0.01, 1000.0)?,
            Self::BudgetMinutes => settings.budget_minutes = whole(typed)?,
            Self::BudgetEuros => settings.budget = typed.parse()?,
            Self::Mass(channel) => settings.model.mass[usize::from(channel.code())] = number(typed, 0.000_001, 1.0)?,
        }
        Ok(())
    }

    /// Takes a file's value, when it has one.
    pub fn take_from(self, settings: &mut Settings, file: &WorkspaceFile) {
        let model = &mut settings.model;
        match self {
            Self::Language => put(&mut settings.language, file.language),
            Self::Currency => put(&mut settings.currency, file.currency.clone()),
            Self::Country => put(&mut settings.country, file.country.clone()),
            Self::Me => put(&mut settings.me, Some(file.me.clone()).filter(|me| !me.is_empty())),
            Self::Journey => put(&mut settings.journey, file.journey.clone().map(Some)),
            Self::HalfLife => put(&mut model.half_life, file.half_life),
            Self::FailureHalfLife => put(&mut model.failure_half_life, file.failure_half_life),
            Self::Weight(component) => {
                let w = &file.weights;
                let all = [w.human, w.personal, w.relational, w.sentiment, w.reciprocity];
                put(&mut model.weights[component as usize], all[component as usize]);
            }
            Self::PressureCap => put(&mut model.pressure_cap, file.pressure_cap),
            Self::BudgetMinutes => put(&mut settings.budget_minutes, file.budget_minutes),
            Self::BudgetEuros => put(&mut settings.budget, file.budget_money),
            Self::Mass(channel) => {
                let said = file.channels.iter().find(|(named, _)| *named == channel).map(|(_, mass)| *mass);
                put(&mut model.mass[usize::from(channel.code())], said);
            }
        }
    }
}

impl FromStr for Key {
    type Err = Text;

    /// Reads a full key, or a weight's own name.
    fn from_str(typed: &str) -> Result<Self, Text> {
        let wanted = typed.trim();
        let weight = Component::ALL.into_iter().find(|component| component.id() == wanted).map(Self::Weight);
        weight.or_else(|| Self::all().find(|key| key.name() == wanted)).ok_or_else(|| {
            text!(
                "there is no setting `{wanted}`; `attent config` shows them all",
                "er is geen instelling `{wanted}`; `attent config` toont ze allemaal"
            )
        })
    }
}

fn put<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

fn language(typed: &str) -> Result<Lang, Text> {
    Lang::from_locale(typed.trim())
        .ok_or_else(|| text!("`{typed}` is not a language here; it is nl or en", "`{typed}` is hier geen taal; het is nl of en"))
}

fn currency(typed: &str) -> Result<String, Text> {
    let code = typed.trim();
    if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(code.to_owned());
    }
    Err(text!("`{typed}` is not a currency code, such as EUR", "`{typed}` is geen valutacode, zoals EUR"))
}

fn country(typed: &str) -> Result<String, Text> {
    let code = typed.trim();
    if code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic()) {
        return Ok(code.to_ascii_uppercase());
    }
    Err(text!("`{typed}` is not a country in two letters, such as NL", "`{typed}` is geen land in twee letters, zoals NL"))
}

fn number(typed: &str, least: f64, most: f64) -> Result<f64, Text> {
    match typed.trim().replace(',', ".").parse::<f64>() {
        Ok(value) if (least..=most).contains(&value) => Ok(value),
        _ => Err(text!("`{typed}` is not a number from {least} to {most}", "`{typed}` is geen getal van {least} tot {most}")),
    }
}

fn whole(typed: &str) -> Result<u32, Text> {
    typed.trim().parse().map_err(|_| text!("`{typed}` is not a whole number", "`{typed}` is geen heel getal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_reads_back_what_it_shows() {
        for key in Key::all() {
            assert_eq!(key.name().parse(), Ok(key));
            let (mut one, other) = (Settings::default(), Settings::default());
            let shown = key.show(&other);
            if !shown.is_empty() {
                key.take(&mut one, &shown).unwrap();
            }
            assert_eq!(one, other, "{}", key.name());
        }
    }

    #[test]
    fn impossible_values_are_refused() {
        for (key, value) in
            [("human", "-1"), ("human", "NaN"), ("channels.phone", "2"), ("language", "fr"), ("half_life", "0d"), ("budget.minutes", "1.5")]
        {
            let key: Key = key.parse().unwrap();
            assert!(key.take(&mut Settings::default(), value).is_err(), "{value}");
        }
        assert!("weigths.human".parse::<Key>().is_err());
    }
}
