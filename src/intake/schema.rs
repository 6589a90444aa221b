//! JSON Schemas of the files people write, for editors and for `attent check`.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::journey::RawJourney;
use super::playbook::RawPlaybook;
use super::workspace::RawWorkspace;

/// The schema of `journeys/*.yaml`.
pub fn journey_schema() -> Value {
    of::<RawJourney>("journey")
}

/// The schema of `playbook.yaml`.
pub fn playbook_schema() -> Value {
    of::<RawPlaybook>("playbook")
}

/// The schema of `attent.yaml`.
pub fn workspace_schema() -> Value {
    of::<RawWorkspace>("workspace")
}

/// Draft 7 is what yaml-language-server knows best; `$defs` reads the same in it.
fn of<T: JsonSchema>(name: &str) -> Value {
    let mut settings = SchemaSettings::draft07();
    settings.definitions_path = "/$defs".into();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("$id".to_owned(), format!("https://attent.invalid/schema/{name}-1.json").into());
    let mut schema = schema.to_value();
    tidy(&mut schema);
    schema
}

/// Takes away what only the derivation put there: a default of nothing, and a choice inside a
/// choice, which editors show as two questions.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(fields) => {
            fields.values_mut().for_each(tidy);
            if fields.get("default") == Some(&Value::Null) {
                fields.remove("default");
            }
            if let Some(Value::Array(branches)) = fields.get_mut("anyOf") {
                *branches = branches.drain(..).flat_map(inner_choices).collect();
            }
        }
        _ => {}
    }
}

fn inner_choices(branch: Value) -> Vec<Value> {
    match branch {
        Value::Object(mut fields) if fields.contains_key("anyOf") => match fields.remove("anyOf") {
            Some(Value::Array(branches)) => branches,
            _ => Vec::new(),
        },
        other => vec![other],
    }
}

#[cfg(test)]
#[path = "schema_tests.rs"]
mod tests;
