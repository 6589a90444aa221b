//! `attent config`: every setting, and where it came from.

use std::path::Path;
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use clap_complete::engine::ArgValueCandidates;

use super::complete;
use super::context::Context;
use super::output;
use super::workspace::settings;
use crate::domain::problem::Problem;
use crate::render::cell::Word;
use crate::render::format::{Answer, Format};
use crate::render::pages::config::{ConfigPage, SettingLine};
use crate::render::sanitize::visible;
use crate::settings::keys::{Key, Settings};
use crate::settings::layers::Origin;
use crate::settings::locate::{Located, Rule, config_file, locate};
use crate::text;

/// The arguments of `config`.
#[derive(Debug, Args)]
pub struct ConfigArgs {
    /// Only the value of this setting, or only a group of them: weights, recovery, rules, …
    #[arg(value_name = "KEY", add = ArgValueCandidates::new(complete::keys))]
    pub key: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// When a settings file has mistakes, or there is no such setting.
pub fn run(context: &Context, args: &ConfigArgs) -> Result<ExitCode> {
    let located = located(context)?;
    let (values, origins) = settings(context, located.as_ref().map(|located| located.root.as_path()), &[])?;
    let asked = args.key.as_deref().map(keys).transpose()?;
    if let Some(&[only]) = asked.as_deref().filter(|_| format_of(context) == Format::Table) {
        one(context, &visible(&only.show(&values)))?;
        return Ok(ExitCode::SUCCESS);
    }
    let shown = |key: Key, origin: &Origin| match &asked {
        Some(asked) => asked.contains(&key),
        None => !matches!(key, Key::Rule(_)) || *origin != Origin::Default,
    };
    let lines = origins.iter().filter(|(key, origin)| shown(*key, origin)).map(|(key, origin)| line(*key, origin, &values));
    let page = ConfigPage {
        workspace: located.as_ref().map(|located| (located.root.display().to_string(), found_by(located.rule))),
        own_file: config_file(&context.environment).map(|path| (path.display().to_string(), path.is_file())),
        lines: lines.collect(),
        rules_off: asked.is_none().then_some(values.rules_off.len()),
    };
    let answer: Answer = page.answer();
    output::answer(context, &values.currency, &answer)?;
    Ok(ExitCode::SUCCESS)
}

/// The workspace; none is fine unless one was named.
///
/// # Errors
/// When the folder that was named is no workspace.
pub fn located(context: &Context) -> Result<Option<Located>, Problem> {
    let named = context.globals.workspace.is_some() || context.environment.workspace().is_some();
    match locate(context.globals.workspace.as_deref(), &context.environment, &context.here) {
        Ok(located) => Ok(Some(located)),
        Err(problem) if named || problem.is_of_lost_disk() => Err(problem),
        Err(_) => Ok(None),
    }
}

/// One setting, or all of a group.
fn keys(typed: &str) -> Result<Vec<Key>, Problem> {
    let group = |key: &Key| key.name().split_once('.').is_some_and(|(group, _)| group == typed.trim());
    let of_group: Vec<Key> = Key::all().filter(group).collect();
    if !of_group.is_empty() {
        return Ok(of_group);
    }
    typed.parse().map(|key| vec![key]).map_err(|why| {
        let names: Vec<String> = Key::all().map(Key::name).collect();
        let groups = names.iter().filter_map(|name| Some(name.split_once('.')?.0));
        let near = crate::intake::near::nearest(typed, groups.chain(names.iter().map(String::as_str)));
        let near = near.map(|near| text!("did you mean `{near}`?", "bedoelde je `{near}`?")).unwrap_or_default();
        Problem::usage(why).todo(near)
    })
}

/// One value as it is, on a line of its own.
fn one(context: &Context, value: &str) -> Result<()> {
    output::bytes(context, format!("{value}\n").as_bytes())
}

/// The format an answer will be written in.
pub fn format_of(context: &Context) -> Format {
    let by_name = || context.globals.output.as_deref().and_then(|path: &Path| Format::from_extension(path));
    context.globals.format.or_else(by_name).unwrap_or_default()
}

fn line(key: Key, origin: &Origin, values: &Settings) -> SettingLine {
    let shown = key.show(values);
    let json = match key {
        Key::Me => values.me.clone().into(),
        Key::Journey => values.journey.clone().into(),
        Key::Rule(rule) => values.rule_on(rule).into(),
        Key::Weight(_) | Key::PressureCap | Key::BudgetMinutes | Key::BudgetEuros | Key::NudgeMax | Key::Mass(_) => {
            serde_json::from_str(&shown).unwrap_or_default()
        }
        Key::Language | Key::Currency | Key::Country | Key::HalfLife | Key::FailureHalfLife => shown.clone().into(),
        Key::Kept(_) | Key::Acknowledge | Key::Resolve | Key::RecoveryHours | Key::WorkingDays | Key::WorkingHours => shown.clone().into(),
    };
    SettingLine { key: key.name(), shown, json, origin: origin.label(), changed: *origin != Origin::Default }
}

fn found_by(rule: Rule) -> Word {
    let (id, label) = match rule {
        Rule::Flag => ("flag", text!("named by -w", "genoemd met -w")),
        Rule::Environment => ("environment", text!("named by ATTENT_WORKSPACE", "genoemd door ATTENT_WORKSPACE")),
        Rule::Nearest => {
            ("nearest", text!("the nearest folder upwards with attent.yaml", "de dichtstbijzijnde map omhoog met attent.yaml"))
        }
        Rule::DataHome => ("data-home", text!("the one with your own data", "die bij je eigen gegevens")),
    };
    Word::new(id, label)
}
