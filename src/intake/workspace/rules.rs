//! `rules:` in `attent.yaml`: which rules are switched off.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value};

use super::read::File;
use crate::domain::rule::{RuleId, SWITCHES, switch};
use crate::intake::tree::Path;
use crate::text;

pub(super) fn rules_schema(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<&str> = SWITCHES.iter().map(|(word, _)| *word).collect();
    let switch = serde_json::json!({"anyOf": [{"type": "boolean"}, {"enum": words}]});
    let properties = RuleId::ALL.iter().map(|rule| (rule.id().to_owned(), switch.clone())).collect::<Map<_, _>>();
    json_schema!({"type": ["object", "null"], "additionalProperties": false, "properties": properties, "examples": [{"G5": "off"}]})
}

/// The rules something is said about, in the order of the documentation.
pub(super) fn rules(file: &mut File, raw: &BTreeMap<String, Value>) -> Vec<(RuleId, bool)> {
    let said = |rule: &RuleId| {
        let typed = raw.get(rule.id())?;
        Some((*rule, typed.as_bool().or_else(|| switch(typed.as_str()?))?))
    };
    let rules: Vec<(RuleId, bool)> = RuleId::ALL.iter().filter_map(said).collect();
    for (rule, _) in rules.iter().filter(|(rule, on)| !on && !rule.optional()) {
        let what = text!("the rule `{rule}` cannot be switched off", "de regel `{rule}` kan niet uit");
        file.error(&Path::default().key("rules").key(rule.id()), what).help = text!(
            "who asked not to be contacted is left alone; `attent customers edit` takes that back for one customer",
            "wie om rust vroeg, wordt met rust gelaten; `attent customers edit` neemt dat voor één klant terug"
        );
    }
    rules
}
