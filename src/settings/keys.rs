//! Every setting: its key, how it is read, how it is shown.

use std::str::FromStr;

use super::typed::{clock, country, currency, language, number, on_or_off, show_clock, show_switch, whole};
use crate::domain::calendar::Days;
use crate::domain::incident::{ServiceLevel, WorkingWeek};
use crate::domain::model::Component;
use crate::domain::retention::{self, Retention};
use crate::domain::rule::RuleId;
use crate::domain::text::Text;
use crate::domain::words::Channel;
use crate::intake::workspace::WorkspaceFile;
use crate::text;

pub use super::values::{Imports, Settings};

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
    /// `recovery.acknowledge`.
    Acknowledge,
    /// `recovery.resolve`.
    Resolve,
    /// `recovery.hours`.
    RecoveryHours,
    /// `recovery.working_days`.
    WorkingDays,
    /// `recovery.working_hours`.
    WorkingHours,
    /// `nudge.max`.
    NudgeMax,
    /// `retention.…`.
    Kept(Retention),
    /// `channels.…`.
    Mass(Channel),
    /// `rules.…`.
    Rule(RuleId),
}

impl Key {
    /// Every key, in the order they are shown.
    pub fn all() -> impl Iterator<Item = Self> {
        let first = [Self::Language, Self::Currency, Self::Country, Self::Me, Self::Journey, Self::HalfLife, Self::FailureHalfLife];
        let weights = Component::ALL.map(Self::Weight);
        let last = [Self::PressureCap, Self::BudgetMinutes, Self::BudgetEuros];
        let masses = Channel::ALL.iter().copied().map(Self::Mass);
        let clocks = [Self::Acknowledge, Self::Resolve, Self::RecoveryHours, Self::WorkingDays, Self::WorkingHours, Self::NudgeMax];
        let kept = Retention::ALL.map(Self::Kept);
        let rules = RuleId::ALL.iter().copied().map(Self::Rule);
        first.into_iter().chain(weights).chain(last).chain(clocks).chain(kept).chain(masses).chain(rules)
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
            Self::Acknowledge => "recovery.acknowledge".into(),
            Self::Resolve => "recovery.resolve".into(),
            Self::RecoveryHours => "recovery.hours".into(),
            Self::WorkingDays => "recovery.working_days".into(),
            Self::WorkingHours => "recovery.working_hours".into(),
            Self::NudgeMax => "nudge.max".into(),
            Self::Kept(what) => format!("retention.{}", what.id()),
            Self::Mass(channel) => format!("channels.{}", channel.word()),
            Self::Rule(rule) => format!("rules.{rule}"),
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
            Self::Acknowledge => ServiceLevel::show_hours(settings.recovery.level.acknowledge),
            Self::Resolve => ServiceLevel::show_hours(settings.recovery.level.resolve),
            Self::RecoveryHours => show_clock(settings.recovery.working.is_some()),
            Self::WorkingDays => settings.working_week.days_shown(),
            Self::WorkingHours => settings.working_week.hours_shown(),
            Self::NudgeMax => settings.nudge_max.to_string(),
            Self::Kept(what) => retention::show(settings.kept_for(what)),
            Self::Mass(channel) => settings.model.mass(channel).to_string(),
            Self::Rule(rule) => show_switch(settings.rule_on(rule)),
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
            Self::BudgetMinutes => settings.budget_minutes = whole(typed, 0, 100_000)?,
            Self::BudgetEuros => settings.budget = typed.parse()?,
            Self::Acknowledge => settings.recovery.level.acknowledge = ServiceLevel::read_hours(typed)?,
            Self::Resolve => settings.recovery.level.resolve = ServiceLevel::read_hours(typed)?,
            Self::RecoveryHours => settings.work_by_the_week(clock(typed)?),
            Self::WorkingDays => {
                settings.put_working_week(WorkingWeek { days: WorkingWeek::read_days(typed)?, ..settings.working_week });
            }
            Self::WorkingHours => {
                let (from, until) = WorkingWeek::read_hours(typed)?;
                settings.put_working_week(WorkingWeek { from, until, ..settings.working_week });
            }
            Self::NudgeMax => settings.nudge_max = whole(typed, 1, 1000)?,
            Self::Kept(what) => settings.keep_for(what, retention::read(typed)?),
            Self::Mass(channel) => settings.model.mass[usize::from(channel.code())] = number(typed, 0.000_001, 1.0)?,
            Self::Rule(rule) => match on_or_off(typed)? {
                false if !rule.optional() => return Err(text!("this rule cannot be switched off", "deze regel kan niet uit")),
                on => settings.switch_rule(rule, on),
            },
        }
        Ok(())
    }

    /// Takes a file's value, when it has one.
    pub fn take_from(self, settings: &mut Settings, file: &WorkspaceFile) {
        let model = &mut settings.model;
        let (recovery, week) = (&file.recovery, settings.working_week);
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
            Self::Acknowledge => put(&mut settings.recovery.level.acknowledge, recovery.acknowledge),
            Self::Resolve => put(&mut settings.recovery.level.resolve, recovery.resolve),
            Self::RecoveryHours => settings.work_by_the_week(recovery.working.unwrap_or(settings.recovery.working.is_some())),
            Self::WorkingDays => settings.put_working_week(WorkingWeek { days: recovery.days.unwrap_or(week.days), ..week }),
            Self::WorkingHours => {
                let (from, until) = recovery.hours.unwrap_or((week.from, week.until));
                settings.put_working_week(WorkingWeek { from, until, ..week });
            }
            Self::NudgeMax => put(&mut settings.nudge_max, file.nudge_max),
            Self::Kept(what) => {
                let said = file.retention.iter().find(|(named, _)| *named == what);
                settings.keep_for(what, said.map_or(settings.kept_for(what), |(_, days)| *days));
            }
            Self::Rule(rule) => {
                let said = file.rules.iter().find(|(named, _)| *named == rule);
                settings.switch_rule(rule, said.map_or(settings.rule_on(rule), |(_, on)| *on));
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
        weight.or_else(|| Self::all().find(|key| key.name() == wanted)).or_else(|| rule(wanted)).ok_or_else(|| {
            text!(
                "there is no setting `{wanted}`; `attent config` shows them all",
                "er is geen instelling `{wanted}`; `attent config` toont ze allemaal"
            )
        })
    }
}

/// A rule in capitals or not: `rules.g5`.
fn rule(wanted: &str) -> Option<Key> {
    Some(Key::Rule(wanted.strip_prefix("rules.")?.parse().ok()?))
}

fn put<T>(slot: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::workspace::parse_workspace;

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
        for (key, value) in [
            ("human", "-1"),
            ("human", "NaN"),
            ("channels.phone", "2"),
            ("language", "fr"),
            ("half_life", "0d"),
            ("budget.minutes", "1.5"),
            ("nudge.max", "0"),
            ("retention.contacts", "1d"),
            ("recovery.hours", "always"),
            ("recovery.acknowledge", "30m"),
            ("recovery.working_days", "never"),
            ("recovery.working_hours", "17-9"),
            ("rules.G5", "perhaps"),
            ("rules.opt-out", "off"),
        ] {
            let key: Key = key.parse().unwrap();
            assert!(key.take(&mut Settings::default(), value).is_err(), "{value}");
        }
        assert!("weigths.human".parse::<Key>().is_err());
        assert_eq!("rules.ref1".parse(), Ok(Key::Rule(RuleId::Ref1)));
    }

    /// A value for each key that differs from the default, as typed.
    fn another(key: Key) -> &'static str {
        match key {
            Key::Language => "nl",
            Key::Currency => "CHF",
            Key::Country => "BE",
            Key::Me => "a@b.nl",
            Key::Journey => "client",
            Key::HalfLife | Key::FailureHalfLife => "30d",
            Key::Weight(_) => "33",
            Key::PressureCap | Key::BudgetMinutes | Key::BudgetEuros | Key::NudgeMax => "7",
            Key::Acknowledge | Key::Resolve => "36h",
            Key::RecoveryHours => "working",
            Key::Kept(_) => "400d",
            Key::WorkingDays => "tue",
            Key::WorkingHours => "8:00-12:30",
            Key::Mass(_) => "0.123",
            Key::Rule(RuleId::OptOut) => "on",
            Key::Rule(_) => "off",
        }
    }

    #[test]
    fn a_file_says_what_a_variable_says() {
        for key in Key::all() {
            let (name, value) = (key.name(), another(key));
            let text = match name.split_once('.') {
                Some((group, word)) => format!("{group}: {{{word}: {value}}}\n"),
                None => format!("{name}: {value}\n"),
            };
            let file = parse_workspace(text.as_bytes()).value.unwrap();
            let (mut told, mut typed) = (Settings::default(), Settings::default());
            key.take_from(&mut told, &file);
            key.take(&mut typed, value).unwrap();
            assert_eq!(told, typed, "{name}");
            assert!(told != Settings::default() || name == "rules.opt-out", "{name}");
            Key::all().filter(|&other| other != key).for_each(|other| other.take_from(&mut typed, &file));
            assert_eq!(told, typed, "{name} says something of another key");
        }
    }

    #[test]
    fn clocks_and_the_working_week_may_be_said_in_any_order() {
        let keys = [(Key::RecoveryHours, "working"), (Key::WorkingDays, "tue"), (Key::WorkingHours, "8-12")];
        let week = WorkingWeek { days: [false, true, false, false, false, false, false], from: 480, until: 720 };
        for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1]] {
            let mut settings = Settings::default();
            order.into_iter().try_for_each(|n| keys[n].0.take(&mut settings, keys[n].1)).unwrap();
            assert_eq!(settings.recovery.working, Some(week));
            Key::RecoveryHours.take(&mut settings, "calendar").unwrap();
            assert_eq!((settings.recovery.working, settings.working_week), (None, week));
        }
    }
}
