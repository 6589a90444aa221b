//! How a contact felt to the customer, in a number or a word.

use crate::domain::text::Text;
use crate::subcommands::typed::{Said, sentiment};
use crate::text;

/// The words there are, from the best to the worst, with what each counts as.
const WORDS: [(f64, &str, &str, &[&str]); 5] = [
    (1.0, "great", "geweldig", &["top", "super", "fantastisch", "heel goed", "very good", "excellent", "😍", "🤩", "😁", "❤️"]),
    (0.5, "good", "goed", &["fine", "fijn", "nice", "leuk", "prima", "positive", "positief", "😊", "🙂", "😀", "😃", "👍"]),
    (0.0, "neutral", "neutraal", &["ok", "oke", "oké", "okay", "gewoon", "meh", "so-so", "😐", "😶"]),
    (-0.5, "bad", "slecht", &["poor", "matig", "vervelend", "negative", "negatief", "🙁", "☹️", "😕", "😞", "👎"]),
    (
        -1.0,
        "terrible",
        "verschrikkelijk",
        &["awful", "vreselijk", "heel slecht", "very bad", "rampzalig", "horrible", "😠", "😡", "😢", "😭"],
    ),
];

/// Reads a number from −1 to 1, or a word such as `good`, `slecht` or 😊.
pub fn felt(typed: &str) -> Result<f64, Said> {
    let word = typed.trim().to_lowercase();
    let known = WORDS.iter().find(|(_, en, nl, others)| word == *en || word == *nl || others.contains(&word.as_str()));
    if let Some((felt, ..)) = known {
        return Ok(*felt);
    }
    sentiment(typed).map_err(|_| {
        Said(text!(
            "it is a number from -1 to 1, or great, good, neutral, bad or terrible",
            "het is een getal van -1 tot 1, of geweldig, goed, neutraal, slecht of verschrikkelijk"
        ))
    })
}

/// The words to choose from, each with what it counts as.
pub fn choices() -> impl Iterator<Item = (f64, Text)> {
    WORDS.iter().map(|(felt, en, nl, _)| (*felt, Text::new(*en, *nl)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feelings_are_numbers_or_words() {
        for (typed, meant) in [
            ("Good", 0.5),
            ("goed", 0.5),
            ("GEWELDIG", 1.0),
            ("neutraal", 0.0),
            ("bad", -0.5),
            ("terrible", -1.0),
            ("😊", 0.5),
            ("-0,25", -0.25),
        ] {
            assert_eq!(felt(typed).ok(), Some(meant), "{typed}");
        }
        for wrong in ["1.1", "goodish", "", "nan"] {
            assert!(felt(wrong).is_err(), "{wrong}");
        }
    }
}
