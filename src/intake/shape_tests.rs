use super::*;
use crate::intake::told::told;
use serde_json::Value as Json;

/// A schema with each of the things the derived ones use.
fn schema() -> Json {
    serde_json::json!({
        "type": "object", "additionalProperties": false, "required": ["id"],
        "properties": {
            "id": {"type": "string"},
            "count": {"type": ["integer", "null"], "minimum": 0, "maximum": 10},
            "mass": {"type": "number", "exclusiveMinimum": 0},
            "on": {"type": "boolean"},
            "word": {"allOf": [{"$ref": "#/$defs/Word"}], "description": "x"},
            "words": {"anyOf": [{"$ref": "#/$defs/Word"}, {"type": "array", "items": {"$ref": "#/$defs/Word"}}, {"type": "null"}]},
            "items": {"type": "array", "items": {"$ref": "#/$defs/Item"}}
        },
        "$defs": {
            "Word": {"oneOf": [{"const": "phone"}, {"const": "email"}]},
            "Item": {"type": "object", "additionalProperties": false, "required": ["id"], "properties": {"id": {"type": "string"}}}
        }
    })
}

fn read(text: &str) -> Shaped<Json> {
    Shaped::read(text.as_bytes(), &Schema::from(&schema())).unwrap_or_else(|wrong| panic!("{wrong:?}"))
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(told(text, &read(text).complaints), expected, "{text}");
}

#[test]
fn a_fine_file_is_silent() {
    check("id: a\ncount: 3\nmass: 0.5\non: true\nword: phone\nwords: [email]\nitems:\n  - id: x\n", &[]);
    check("id: a\nwords: email\n", &[]);
    check("id: a\nitems:\ncount:\nwords: ~\n", &[]);
}

#[test]
fn every_kind_of_mistake_has_its_place() {
    check("id: a\nitem: []\n", &["2:1 unknown key `item` | did you mean `items`?"]);
    check("id: a\nitems: x\n", &["2:8 expected a list, found text"]);
    check("id: a\nwords: {a: 1}\n", &["2:9 expected text or a list, found keys with values"]);
    check("id: a\nword: fone\n", &["2:7 `fone` is not a value of `word` | did you mean `phone`?"]);
    check("id: a\nwords: [phone, maill]\n", &["2:16 `maill` is not a value of `words` | did you mean `email`?"]);
    check("count: 1\n", &["1:1 `id` is missing"]);
    check("id:\n", &["1:1 `id` has no value"]);
    check("id: a\ncount: 11\n", &["2:8 this must be 10 or less"]);
    check("id: a\ncount: -1\n", &["2:8 this must be 0 or more"]);
    check("id: a\ncount: 1.5\n", &["2:8 expected a whole number, found a number"]);
    check("id: a\nmass: 0\n", &["2:7 this must be more than 0"]);
    check("id: a\non: yes\n", &["2:5 expected true or false, found text"]);
    check("id: a\nitems: [{id: x}, {}, y]\n", &["2:18 `id` is missing", "2:22 expected keys with values, found text"]);
    check("- a\n", &["1:1 expected keys with values, found a list"]);
}

#[test]
fn a_number_or_true_may_be_text_in_its_own_spelling() {
    assert_eq!(read("id: 2024.10\n").raw, Some(serde_json::json!({"id": "2024.10"})));
    assert_eq!(read("id: True\ncount: 2.0\n").raw, Some(serde_json::json!({"id": "True", "count": 2})));
}

#[test]
fn what_is_wrong_is_left_out_and_remembered() {
    let file = read("id: a\ncount: x\nitems: [{id: x}, {}, {id: y}, {id: [z]}]\n");
    assert_eq!(file.raw, Some(serde_json::json!({"id": "a", "items": [{"id": "x"}, null, {"id": "y"}, null]})));
    let items = Path::default().key("items");
    assert!(file.whole(&items.index(0)) && file.whole(&Path::default().key("id")));
    assert!(!file.whole(&items.index(1)) && !file.whole(&items) && !file.whole(&Path::default()));
}
