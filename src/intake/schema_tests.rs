use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::*;
use crate::intake::journey::{RawJourney, parse_journey};
use crate::intake::playbook::RawPlaybook;
use crate::intake::workspace::RawWorkspace;

const KEPT: [&str; 3] = [JOURNEY, PLAYBOOK, WORKSPACE];

fn value(kept: &str) -> Value {
    serde_json::from_str(kept).unwrap()
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

/// Whether the kept schemas are written anew instead of compared.
#[allow(clippy::disallowed_methods, reason = "a test's own switch, not a setting of the program")]
fn renewing() -> bool {
    std::env::var_os("ATTENT_RENEW").is_some()
}

#[test]
fn the_kept_schemas_are_those_of_the_types() {
    let derived = [of::<RawJourney>("journey"), of::<RawPlaybook>("playbook"), of::<RawWorkspace>("workspace")];
    for (name, derived) in ["journey", "playbook", "workspace"].into_iter().zip(derived) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("src/intake/schemas/{name}.json"));
        let derived = format!("{derived:#}\n");
        if renewing() {
            std::fs::write(&path, &derived).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap();
        assert!(kept == derived, "{name}.json is behind the types; ATTENT_RENEW=1 cargo test --lib schema derives it anew");
    }
    // and what was compiled in can be read
    assert!(KEPT.into_iter().all(|kept| read(kept).is_object()));
}

/// The keys of the properties of a schema and of all its definitions.
fn keys(schema: &Value) -> Vec<String> {
    let defs = schema["$defs"].as_object().into_iter().flatten().map(|(_, def)| def);
    let all = std::iter::once(schema).chain(defs).filter_map(|object| object["properties"].as_object());
    all.flat_map(|properties| properties.keys().cloned()).collect()
}

#[test]
fn every_key_and_word_tells_an_editor_what_it_is() {
    for schema in KEPT.map(value) {
        assert!(schema["title"].as_str().is_some_and(|title| title.starts_with("attent ")));
        assert_eq!(schema["additionalProperties"], false);
        let defs = schema["$defs"].as_object().unwrap().values();
        for object in std::iter::once(&schema).chain(defs) {
            assert!(object["description"].is_string(), "{object}");
            for (key, property) in object["properties"].as_object().into_iter().flatten() {
                assert!(property["description"].is_string(), "{key}: {property}");
            }
        }
        let text = schema.to_string();
        assert!(!text.contains("\"default\":null") && !text.contains("\"anyOf\":[{\"anyOf\""), "{text}");
    }
}

#[test]
fn a_journey_with_every_key_of_the_schema_is_fine() {
    let example = include_str!("journey_example.yaml");
    assert_eq!(parse_journey(example.as_bytes()).complaints, []);
    for key in keys(&value(JOURNEY)) {
        assert!(example.contains(&format!("{key}:")), "the example says nothing of `{key}`");
    }
}

#[test]
fn the_journey_schema_asks_what_the_reader_asks() {
    let schema = value(JOURNEY);
    assert_eq!(schema["required"], serde_json::json!(["id", "stages"]));
    assert_eq!(schema["$defs"]["RawStage"]["required"], serde_json::json!(["id"]));
    assert_eq!(schema["$defs"]["RawPromise"]["required"], serde_json::json!(["title", "channel", "within"]));
}
