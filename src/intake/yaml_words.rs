//! The YAML parser's messages in words that help whoever wrote the file, in both languages.

use crate::domain::text::Text;
use crate::text;

const BRACKET: (&str, &str) = ("this bracket is never closed", "dit haakje wordt nergens gesloten");
const BOMB: (&str, &str) =
    ("this file unfolds into more than an honest file would hold", "dit bestand vouwt zich uit tot meer dan een eerlijk bestand bevat");
const QUOTE: (&str, &str) = ("this quoted text is not closed properly", "deze tekst tussen aanhalingstekens is niet goed gesloten");
const COLON: (&str, &str) = ("a colon is missing after this key", "na deze sleutel ontbreekt een dubbele punt");
const DEEP: (&str, &str) = ("this is nested too deep", "dit is te diep genest");
const ITEM: (&str, &str) = ("a `-` was expected here; is the indentation right?", "hier werd een `-` verwacht; klopt het inspringen?");
const KEY: (&str, &str) = ("a key was expected here; is the indentation right?", "hier werd een sleutel verwacht; klopt het inspringen?");

/// A part of a message, and what it means. The first that fits counts.
const SYNTAX: &[(&str, (&str, &str))] = &[
    ("recursion limit", DEEP),
    ("limit exceeded", BOMB),
    ("depth exceeded", BOMB),
    ("nesting", DEEP),
    ("unclosed bracket", BRACKET),
    ("misplaced bracket", ("this bracket closes nothing", "dit haakje sluit niets")),
    (
        "unknown escape",
        (
            "an unknown code after `\\` in this quoted text; use single quotes",
            "een onbekende code na `\\` in deze tekst; gebruik enkele aanhalingstekens",
        ),
    ),
    ("quoted scalar", QUOTE),
    ("unclosed quote", QUOTE),
    ("simple key expect", COLON),
    ("could not find expected ':'", COLON),
    (
        "mapping values are not allowed",
        (
            "a `key: value` cannot start here; put quotes around text that contains `: `",
            "hier kan geen `sleutel: waarde` beginnen; zet tekst met `: ` tussen aanhalingstekens",
        ),
    ),
    ("did not find expected key", KEY),
    ("did not find expected '-'", ITEM),
    ("block sequence entries are not allowed", ("a list item cannot start here", "hier kan geen lijstonderdeel beginnen")),
    ("expected string scalar", ("a key must be a plain word", "een sleutel moet een gewoon woord zijn")),
    (
        "unexpected character",
        (
            "a value cannot start with this character; put quotes around it",
            "een waarde kan niet met dit teken beginnen; zet er aanhalingstekens omheen",
        ),
    ),
    ("indent", ("the indentation is not right here", "het inspringen klopt hier niet")),
];

/// What a file of aliases of aliases is told.
pub(super) fn bomb() -> Text {
    Text::new(BOMB.0, BOMB.1)
}

/// What a message of the parser means.
pub(super) fn syntax(message: &str) -> Text {
    let message = message.split(" at line ").next().unwrap_or(message);
    let lower = message.to_lowercase();
    let known = SYNTAX.iter().find(|(part, _)| lower.contains(part));
    known.map_or_else(|| text!("this is not YAML: {message}", "dit is geen YAML: {message}"), |(_, (en, nl))| Text::new(*en, *nl))
}
