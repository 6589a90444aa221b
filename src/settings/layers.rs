//! The layers of settings: flags > environment > `attent.yaml` > the user's own file > defaults.

#![allow(clippy::result_large_err, reason = "a problem ends the command: it is made once, never in a loop")]

use crate::domain::problem::Problem;
use crate::domain::text::{Lang, Text};
use crate::intake::workspace::WorkspaceFile;
use crate::text;

use super::env::Environment;
use super::keys::{Key, Settings};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything else.
    Default,
    /// The locale of the system.
    Locale,
    /// A line of a file.
    File {
        /// As it is shown.
        path: String,
        /// From 1.
        line: usize,
    },
    /// A variable of the environment.
    Variable(String),
    /// A flag of this command.
    Flag(String),
}

impl Origin {
    /// The origin as a reader sees it.
    pub fn label(&self) -> Text {
        match self {
            Self::Default => Text::new("default", "standaard"),
            Self::Locale => Text::new("system language", "systeemtaal"),
            Self::File { path, line } => Text::same(format!("{path}:{line}")),
            Self::Variable(name) => Text::same(name.clone()),
            Self::Flag(flag) => Text::same(flag.clone()),
        }
    }
}

/// One settings file with what is needed to say where its values stand.
#[derive(Debug, Clone)]
pub struct FileLayer<'a> {
    /// As it is shown.
    pub path: String,
    /// The file's text, for line numbers.
    pub text: &'a str,
    /// What it says.
    pub file: &'a WorkspaceFile,
}

/// A value given by a flag: the flag as typed, the key, the value.
#[derive(Debug, Clone)]
pub struct FlagValue {
    /// As it is shown.
    pub flag: String,
    /// Which setting.
    pub key: Key,
    /// What it was set to.
    pub value: String,
}

/// Puts the layers together; `files` from the weakest to the strongest. Gives the settings and
/// where each came from.
///
/// # Errors
/// When the environment or a flag holds a value that is not possible.
pub fn layer(files: &[FileLayer<'_>], environment: &Environment, flags: &[FlagValue]) -> Result<(Settings, Vec<(Key, Origin)>), Problem> {
    let mut settings = Settings::default();
    let mut origins = Vec::new();
    let spoken = environment.locale().and_then(Lang::from_locale);
    for key in Key::all() {
        let mut origin = Origin::Default;
        if let (Key::Language, Some(lang)) = (key, spoken) {
            settings.language = lang;
            origin = Origin::Locale;
        }
        for layer in files {
            if let Some(span) = layer.file.span_of(&key.name()) {
                key.take_from(&mut settings, layer.file);
                let line = layer.text.as_bytes().iter().take(span.start).filter(|&&byte| byte == b'\n').count() + 1;
                origin = Origin::File { path: layer.path.clone(), line };
            }
        }
        if let Some((variable, value)) = environment.source(&key.name()) {
            key.take(&mut settings, value).map_err(|why| refused(&variable, value, why))?;
            origin = Origin::Variable(variable);
        }
        for given in flags.iter().filter(|given| given.key == key) {
            key.take(&mut settings, &given.value).map_err(|why| refused(&given.flag, &given.value, why))?;
            origin = Origin::Flag(given.flag.clone());
        }
        origins.push((key, origin));
    }
    files.iter().for_each(|layer| settings.take_lists(layer.file));
    Ok((settings, origins))
}

fn refused(from: &str, value: &str, why: Text) -> Problem {
    Problem::usage(text!("{from} cannot be `{value}`", "{from} kan niet `{value}` zijn")).why(why)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::customer::GiftPolicy;
    use crate::domain::money::Cents;
    use crate::domain::rule::RuleId;
    use crate::intake::workspace::parse_workspace;

    #[test]
    fn every_layer_goes_before_the_weaker_ones() {
        let (own, work) = ("currency: USD\nlanguage: en\nhalf_life: 60d\n", "# mine\ncurrency: GBP\nlanguage: nl\n");
        let (own_file, work_file) = (parse_workspace(own.as_bytes()).value.unwrap(), parse_workspace(work.as_bytes()).value.unwrap());
        let files = [
            FileLayer { path: "config.yaml".into(), text: own, file: &own_file },
            FileLayer { path: "attent.yaml".into(), text: work, file: &work_file },
        ];
        let env = Environment::from_pairs([("ATTENT_CURRENCY", "CHF"), ("LANG", "en_GB")]);
        let flags =
            [FlagValue { flag: "--set human=30".into(), key: Key::Weight(crate::domain::model::Component::Human), value: "30".into() }];
        let (settings, origins) = layer(&files, &env, &flags).unwrap();
        let origin = |name: &str| origins.iter().find(|(key, _)| key.name() == name).unwrap().1.label().en;
        assert_eq!((settings.currency.as_str(), settings.language, settings.model.half_life), ("CHF", Lang::Nl, 60.0));
        assert_eq!(origin("currency"), "ATTENT_CURRENCY");
        assert_eq!(origin("language"), "attent.yaml:3");
        assert_eq!(origin("half_life"), "config.yaml:3");
        assert_eq!(origin("weights.human"), "--set human=30");
        assert_eq!(origin("pressure_cap"), "default");
        let wrong = Environment::from_pairs([("ATTENT_BUDGET_MINUTES", "much")]);
        assert!(layer(&[], &wrong, &[]).unwrap_err().what.en.starts_with("ATTENT_BUDGET_MINUTES cannot be"));
    }

    #[test]
    fn rules_are_put_together_one_by_one_and_gift_policies_by_group() {
        let own = "rules: {G5: off, G9: off}\nrecovery: {hours: working, acknowledge: 4h}\ngift_policies: {Zorg: none, raad: 50}\n";
        let work = "rules: {G9: on, R8: off}\nrecovery: {working_days: ma-do}\ngift_policies: {zorg: 10, school: 5}\n";
        let (own_file, work_file) = (parse_workspace(own.as_bytes()).value.unwrap(), parse_workspace(work.as_bytes()).value.unwrap());
        let files = [
            FileLayer { path: "config.yaml".into(), text: own, file: &own_file },
            FileLayer { path: "attent.yaml".into(), text: work, file: &work_file },
        ];
        let env = Environment::from_pairs([("ATTENT_RULES_REF1", "uit"), ("ATTENT_RECOVERY_ACKNOWLEDGE", "8h"), ("ATTENT_NUDGE_MAX", "3")]);
        let flags = [FlagValue { flag: "--set rules.R8=on".into(), key: Key::Rule(RuleId::R8), value: "on".into() }];
        let (settings, origins) = layer(&files, &env, &flags).unwrap();
        let origin = |name: &str| origins.iter().find(|(key, _)| key.name() == name).unwrap().1.label().en;
        assert_eq!(settings.rules_off, [RuleId::G5, RuleId::Ref1]);
        assert_eq!(
            [origin("rules.G5"), origin("rules.G9"), origin("rules.R8"), origin("rules.REF1"), origin("rules.G1")],
            ["config.yaml:1", "attent.yaml:1", "--set rules.R8=on", "ATTENT_RULES_REF1", "default",]
        );
        let working = settings.recovery.working.unwrap();
        assert_eq!((working.days_shown().as_str(), settings.recovery.level.acknowledge, settings.nudge_max), ("mon-thu", 8.0, 3));
        let groups: Vec<_> = settings.gift_policies.iter().map(|(segment, policy, _)| (segment.as_str(), *policy)).collect();
        let up_to = |euros: i64| GiftPolicy::UpTo(Cents(euros * 100));
        assert_eq!(groups, [("raad", up_to(50)), ("zorg", up_to(10)), ("school", up_to(5))]);
        let wrong = Environment::from_pairs([("ATTENT_RULES_OPT_OUT", "off")]);
        assert_eq!(layer(&[], &wrong, &[]).unwrap_err().why.en, "this rule cannot be switched off");
    }
}
