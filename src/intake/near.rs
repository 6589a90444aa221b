//! "Did you mean": the nearest word to what was typed.

use crate::domain::text::Text;
use crate::text;

/// The word that was probably meant, if one is near.
pub fn nearest<'a>(typed: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed = typed.to_lowercase();
    if typed.len() > 64 {
        return None;
    }
    let scored = known.into_iter().map(|word| (strsim::jaro_winkler(&typed, &word.to_lowercase()), word));
    scored.filter(|(score, _)| *score > 0.75).max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
}

/// "did you mean", or the words there are.
pub fn suggest(typed: &str, known: &[&str]) -> Text {
    let all = known.join(", ");
    match nearest(typed, known.iter().copied()) {
        Some(word) => text!("did you mean `{word}`?", "bedoelde je `{word}`?"),
        None if known.is_empty() => Text::default(),
        None => text!("it is one of: {all}", "het is een van: {all}"),
    }
}

/// A word as it can be shown inside a sentence.
pub fn shorten(word: &str) -> String {
    let mut chars = word.chars();
    let short = chars.by_ref().take(60).collect::<String>();
    if chars.next().is_some() { short + "…" } else { short }
}
