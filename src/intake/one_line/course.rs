//! Whether a sentence tells what happened, what is to come, or that nothing came of it.

use std::ops::Range;

use super::sentence::{Sentence, Use};
use super::vocabulary::is_contacting;

/// Whether the words up to the next comma around a place speak of what is to come.
pub(super) fn is_to_come(sentence: &Sentence<'_>, place: usize) -> bool {
    let clause = clause(sentence, place);
    !clause.clone().any(|at| tells_of_the_past(sentence, at)) && clause.into_iter().any(|at| tells_of_the_future(sentence, at))
}

/// Whether a time to come is when it will happen: nothing in the sentence has happened yet. In `lunch with
/// Anna, call back next week` the lunch has been.
pub(super) fn is_planned(sentence: &Sentence<'_>, time: &Range<usize>) -> bool {
    let clause = clause(sentence, time.start);
    let past = (0..sentence.words.len()).any(|at| tells_of_the_past(sentence, at));
    let only_time = clause.clone().all(|at| sentence.words[at].used == Some(Use::Time));
    !past && (only_time || clause.start == 0)
}

/// The words between the stops around a place.
fn clause(sentence: &Sentence<'_>, place: usize) -> Range<usize> {
    let start = (0..place).rev().find(|&at| sentence.words[at].stop_after).map_or(0, |at| at + 1);
    let end = (place..sentence.words.len()).find(|&at| sentence.words[at].stop_after).map_or(sentence.words.len(), |at| at + 1);
    start..end
}

/// Whether a word is a verb of what has been.
pub(super) fn tells_of_the_past(sentence: &Sentence<'_>, at: usize) -> bool {
    let word = &sentence.words[at];
    let folded = word.folded.as_str();
    let present =
        matches!(folded, "bel" | "bellen" | "met" | "geef" | "geen" | "gesprek" | "geld" | "gemeente" | "gebak" | "gezin" | "gewoon");
    let joined = folded.len() > 5 && folded.starts_with("ge") && (folded.ends_with(['d', 't']) || folded.ends_with("en"));
    let regular = folded.len() > 4 && folded.ends_with("ed") && !matches!(folded, "need" | "indeed" | "goed");
    let had = matches!(
        folded,
        "was"
            | "were"
            | "had"
            | "has"
            | "heeft"
            | "hebben"
            | "heb"
            | "got"
            | "gave"
            | "came"
            | "sent"
            | "went"
            | "spoke"
            | "kreeg"
            | "kwam"
            | "gaf"
            | "stuurde"
            | "stuurden"
            | "zei"
            | "vroeg"
            | "said"
            | "asked"
            | "wilde"
            | "wanted"
            | "left"
            | "is"
            | "are"
            | "been"
            | "langsgeweest"
            | "langsgegaan"
            | "bracht"
            | "brought"
            | "paid"
            | "chatte"
            | "lunchte"
            | "bought"
    );
    word.used.is_none() && !present && (joined || regular || had || is_contacting(folded))
}

fn tells_of_the_future(sentence: &Sentence<'_>, at: usize) -> bool {
    let word = &sentence.words[at];
    let next = sentence.words.get(at + 1).map_or("", |word| word.folded.as_str());
    let plain = matches!(
        word.folded.as_str(),
        "ga" | "gaan"
            | "zal"
            | "zullen"
            | "shall"
            | "gonna"
            | "bel"
            | "belt"
            | "bellen"
            | "terugbellen"
            | "opbellen"
            | "mailen"
            | "appen"
            | "bezoeken"
            | "langsgaan"
            | "langskomen"
            | "afspreken"
            | "lunchen"
            | "sturen"
    );
    let verb = word.text == "will" && !next.is_empty() || word.text.ends_with("'ll") || word.text.ends_with("’ll");
    word.used.is_none() && (plain || verb || word.folded == "going" && next == "to")
}

/// `niks gehoord van Sophie`: nothing happened, which is no contact.
pub(super) fn is_silence(sentence: &Sentence<'_>) -> bool {
    let said = sentence.words.iter().map(|word| word.folded.as_str()).collect::<Vec<_>>().join(" ");
    let padded = format!(" {said} ");
    SILENCE.split(", ").any(|phrase| padded.contains(&format!(" {phrase} ")))
}

/// How people say that they heard nothing.
const SILENCE: &str = "niks gehoord, niets gehoord, niks meer gehoord, niets meer gehoord, nog niks gehoord, nog niets gehoord, niks \
     vernomen, niets vernomen, nothing heard, heard nothing, nothing from, havent heard, have not heard, not heard \
     from, never heard back, niet gehoord van";
