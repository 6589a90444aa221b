use super::*;
use crate::intake::journey::parse_journey;

/// The keys of the properties of a schema and of all its definitions.
fn keys(schema: &Value) -> Vec<String> {
    let defs = schema["$defs"].as_object().into_iter().flatten().map(|(_, def)| def);
    let all = std::iter::once(schema).chain(defs).filter_map(|object| object["properties"].as_object());
    all.flat_map(|properties| properties.keys().cloned()).collect()
}

#[test]
fn every_key_and_word_tells_an_editor_what_it_is() {
    for schema in [journey_schema(), playbook_schema(), workspace_schema()] {
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
    for key in keys(&journey_schema()) {
        assert!(example.contains(&format!("{key}:")), "the example says nothing of `{key}`");
    }
}

#[test]
fn the_journey_schema_asks_what_the_reader_asks() {
    let schema = journey_schema();
    assert_eq!(schema["required"], serde_json::json!(["id", "stages"]));
    assert_eq!(schema["$defs"]["RawStage"]["required"], serde_json::json!(["id"]));
    assert_eq!(schema["$defs"]["RawPromise"]["required"], serde_json::json!(["title", "channel", "within"]));
}
